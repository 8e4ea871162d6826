/* Boxes of many parameters: what holds throughout a box, proved, and how much of a box each pattern has. */
#ifndef DTN_ANALYSE_SPACE_H
#define DTN_ANALYSE_SPACE_H

#include "analyse/face_index.h"
#include "num/box_sign.h"

typedef struct dtn_space {
    dtn_arena *arena;
    dtn_faces *faces; /* borrowed */
    const fmpq *lo, *hi;
    dtn_face_index *index;
    dtn_box_poly **poly; /* [polys] of the trace's factors */
    int polys;
    fmpq *point; /* [params] */
    int params;
    int *assumed, *assumed_sign; /* factors whose sign a branch of the cover assumes */
    int assumptions, branches;
    int8_t *sign; /* [signs] of factors on the box in hand; NOT_KNOWN */
    int signs, sign_room;
    double *influence; /* [params] of what is open on the box in hand */
} dtn_space;

/* The box [lo, hi] ([params] of faces) in arena. */
dtn_status dtn_space_new(dtn_ctx *ctx, dtn_space **out, dtn_arena *arena, dtn_faces *faces, const fmpq *lo,
                         const fmpq *hi);

/* Patterns as bits (regions.h): 1 << pattern, OUTSIDE, UNKNOWN. */
/* Subdivides until everything is decided or `most` boxes were looked at. share: [64] proved volume of each bit's pattern, as a share
 * of the box; open: what is left. With `wanted` not 0: stops as soon as a point of another pattern is met; then *other is true and
 * the point in space->point. OUTSIDE never counts as another. LIMIT and CANCELLED leave what is known. */
dtn_status dtn_space_measure(dtn_ctx *ctx, dtn_space *space, double share[64], double *open, long most,
                             uint64_t wanted, bool *other);

#endif
