/* Faces: the pieces of a parameter plane (or line) on each of which the way from parameters to classes of equilibria goes the same way,
 * so that the classes are the same: proved, with exact polynomials for its borders. docs/decisions/0012-sign-traces.md. */
#ifndef DTN_ANALYSE_FACES_H
#define DTN_ANALYSE_FACES_H

#include "analyse/sweep.h"
#include "num/traced.h"

enum { DTN_FACE_OUTSIDE = -1, DTN_FACE_UNKNOWN = -2 };

/* All points at which the listed factors have the listed signs. */
typedef struct dtn_face {
    const int *factor; /* [factors] into the trace's */
    const int8_t *sign;
    int factors;
    int pattern; /* of the sweep; OUTSIDE: a constraint fails, or the game is not defined; UNKNOWN: equilibria may be missing */
    const dtn_snapshot *found; /* what was found, as functions of the parameters (num/traced_view.h) */
} dtn_face;

typedef struct dtn_faces {
    dtn_arena *arena;
    dtn_sweep *sweep; /* borrowed */
    dtn_trace *trace; /* owned */
    int params;
    const int *param; /* [params] of the scenario */
    dtn_face *face;
    int faces, room;
    bool values; /* payoffs and probabilities are kept beside the classes (dtn_sweep.values) */
    long runs, degenerate, lost;
    const char *why; /* why the last face that is UNKNOWN is; NULL: none */
} dtn_faces;

/* params parameters of the sweep's scenario are free, the others stand at the sweep's point. UNSUPPORTED when the shape of the tree
 * depends on a parameter, or the tree is solved by another method than `sequential`. */
dtn_status dtn_faces_new(dtn_ctx *ctx, dtn_faces **out, dtn_sweep *sweep, const int *param, int params);
void dtn_faces_free(dtn_faces *faces); /* NULL allowed */
/* The face around a point, by one traced run. *face = -1: the point lies on a border. */
dtn_status dtn_faces_at(dtn_ctx *ctx, int *face, dtn_faces *faces, const fmpq *point);

#endif
