/* The sign of a polynomial in many variables on a box, in doubles with a bound on their error. */
#ifndef DTN_NUM_BOX_SIGN_H
#define DTN_NUM_BOX_SIGN_H

#include <flint/fmpz_mpoly.h>

#include "num/rational.h"

/* A polynomial over the box [lo, hi] seen as the unit cube, in those variables that it has. */
typedef struct dtn_box_poly {
    int variables;
    const int *variable; /* [variables] */
    const int *degree;   /* [variables] */
    const double *power; /* [size] coefficients of t^i, last variable fastest */
    int size;
    double *work;   /* [2 size] */
    bool too_large; /* more coefficients than are worth it: never decided */
} dtn_box_poly;

/* lo, hi: [variables of the ring]. *out in arena. */
dtn_status dtn_box_poly_make(dtn_ctx *ctx, dtn_arena *arena, dtn_box_poly *out, const fmpz_mpoly_struct *p,
                             const fmpz_mpoly_ctx_struct *ring, const fmpq *lo, const fmpq *hi);
/* 1, -1: proved at every point of the piece [from, to] of the unit cube (ends dyadic, below 2^-40 nothing is decided); 0: not
 * known. influence: NULL, or [variables of the ring], to which is added how far the polynomial moves with each of its variables
 * on the piece, as a share of how far it moves in all. */
int dtn_box_poly_sign(const dtn_box_poly *p, const double *from, const double *to, double *influence);

#endif
