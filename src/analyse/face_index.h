/* Which of the known faces holds a point. */
#ifndef DTN_ANALYSE_FACE_INDEX_H
#define DTN_ANALYSE_FACE_INDEX_H

#include "analyse/faces.h"
#include "num/traced_view.h"

typedef struct dtn_face_index {
    dtn_arena *arena;
    const dtn_faces *faces;
    dtn_trace_view *view;
    int *order; /* [room] faces, those met last in front */
    int known, room;
} dtn_face_index;

dtn_status dtn_face_index_new(dtn_ctx *ctx, dtn_face_index **out, dtn_arena *arena, const dtn_faces *faces);
/* Moves the view to the point; *face = -1: no known face holds it. */
dtn_status dtn_face_index_find(dtn_ctx *ctx, int *face, dtn_face_index *index, const fmpq *point);

#endif
