/* Small systems of polynomial equations, all terms products of a few unknowns: every positive solution, exact or enclosed. */
#ifndef DTN_NUM_POLYSYSTEM_H
#define DTN_NUM_POLYSYSTEM_H

#include "num/ball.h"
#include "num/rational.h"

enum { DTN_POLY_FACTORS = 4 };

/* sum over columns of a[row][column] * (product of the column's unknowns) = b[row]. */
typedef struct dtn_polysystem {
    int unknowns, rows, columns;
    const int (*factor)[DTN_POLY_FACTORS]; /* [columns] unknowns, -1 padded at the end */
    const fmpq *a, *b;                     /* [rows][columns], [rows] */
} dtn_polysystem;

typedef struct dtn_polyroots {
    int count;
    fmpq *value;      /* [count][unknowns]; where not exact, a rational inside the ball */
    arb_struct *ball; /* [count][unknowns] */
    bool *exact;      /* [count] the values are rational and given exactly */
    bool complete;    /* no positive solution is missing (false also when there are infinitely many) */
} dtn_polyroots;

/* All solutions with every unknown > 0, in arena. Cost: resultants; degrees multiply, so for a handful of unknowns.
 * Statuses: NOMEM, CANCELLED, LIMIT. */
dtn_status dtn_polysystem_solve(dtn_ctx *ctx, dtn_arena *arena, dtn_polyroots *out,
                                const dtn_polysystem *system);

#endif
