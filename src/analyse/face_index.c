/* Which of the known faces holds a point.
 *
 * Method: faces are tried in the order in which they were met last; a face is left at the first factor with another sign. Signs are
 *   taken once a point. Cost: a few comparisons a face, a few nanoseconds a term of each factor. Exact. */
#include "analyse/face_index.h"

#include <string.h>

dtn_status dtn_face_index_new(dtn_ctx *ctx, dtn_face_index **out, dtn_arena *arena, const dtn_faces *faces)
{
    dtn_face_index *x;
    DTN_ALLOC(ctx, arena, x, 1);
    *x = (dtn_face_index){.arena = arena, .faces = faces};
    DTN_TRY(dtn_trace_view_new(ctx, &x->view, arena, faces->trace));
    *out = x;
    return DTN_OK;
}

static dtn_status take_new(dtn_ctx *ctx, dtn_face_index *x)
{
    if (x->faces->faces > x->room) {
        int room = 2 * x->faces->faces + 64, *bigger;
        DTN_ALLOC(ctx, x->arena, bigger, room);
        if (x->known)
            memcpy(bigger, x->order, (size_t)x->known * sizeof *bigger);
        x->order = bigger;
        x->room = room;
    }
    for (; x->known < x->faces->faces; x->known++)
        x->order[x->known] = x->known;
    return DTN_OK;
}

static dtn_status holds(dtn_ctx *ctx, bool *out, dtn_face_index *x, const dtn_face *face)
{
    *out = true;
    for (int i = 0; i < face->factors && *out; i++) {
        int sign;
        DTN_TRY(dtn_trace_view_sign(ctx, &sign, x->view, face->factor[i]));
        *out = sign == face->sign[i];
    }
    return DTN_OK;
}

dtn_status dtn_face_index_find(dtn_ctx *ctx, int *face, dtn_face_index *x, const fmpq *point)
{
    DTN_TRY(take_new(ctx, x));
    dtn_trace_view_move(x->view, point);
    *face = -1;
    for (int k = 0; k < x->known; k++) {
        bool found;
        int own = x->order[k];
        DTN_TRY(holds(ctx, &found, x, &x->faces->face[own]));
        if (!found)
            continue;
        memmove(x->order + 1, x->order, (size_t)k * sizeof *x->order);
        x->order[0] = *face = own;
        break;
    }
    return DTN_OK;
}
