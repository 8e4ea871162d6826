/* Inside of `support`: cells, products of small simplices of mixed strategies, and what can be proved about one. */
#ifndef DTN_SOLVE_SUPPORT_CELL_H
#define DTN_SOLVE_SUPPORT_CELL_H

#include "solve/support.h"

/* For each mixing player a simplex spanned by as many mixed strategies as it supports actions. Payoff comparisons are
 * multilinear, so on a cell they range between their values at choices of corners: those are kept, as those of a game
 * whose actions are the corners. */
typedef struct dtn_support_cell {
    double *value;   /* [values] comparisons at the corners */
    double *corner;  /* [mixing], blocks of size x size: row i is corner i */
    double *inverse; /* the same blocks: coordinates in the cell = inverse x probabilities */
    int depth;       /* bisections so far */
    struct dtn_support_cell *next;
} dtn_support_cell;

/* Room for the tests on one support's cells. */
typedef struct dtn_support_cell_work {
    const dtn_indifference *s;
    size_t *block;               /* [mixing] where a player's corners begin */
    size_t corners;              /* length of dtn_support_cell.corner */
    double *weight;              /* [mixing + 1][tuples] products of coordinates */
    double *jacobian, *residual; /* [unknowns][unknowns], [unknowns] */
    double *inverse;             /* [unknowns][unknowns]: of the jacobian at the cell's middle */
    double *step, *at, *best;
    double *low, *high; /* [unknowns][unknowns] */
    double *contracted; /* room for one row of comparisons */
    int *pivot;
    bool regular; /* inverse holds it */
} dtn_support_cell_work;

dtn_status dtn_support_cell_work_new(dtn_ctx *ctx, dtn_support_cell_work **out, const dtn_indifference *s);
dtn_status dtn_support_cell_new(dtn_ctx *ctx, dtn_support_cell **out, const dtn_support_cell_work *w);
/* The whole product of simplices. */
void dtn_support_cell_whole(dtn_support_cell *c, const dtn_support_cell_work *w);
void dtn_support_cell_copy(dtn_support_cell *to, const dtn_support_cell *from, const dtn_support_cell_work *w);
/* Moves corner i of mixing player m half way to corner j. */
void dtn_support_cell_halve(dtn_support_cell *c, const dtn_support_cell_work *w, int m, int i, int j);
/* The edge to bisect. */
void dtn_support_cell_longest(const dtn_support_cell *c, const dtn_support_cell_work *w, int *m, int *i,
                              int *j);

/* Proved: no equilibrium with this support lies in the cell. Prepares w->inverse. */
bool dtn_support_cell_refuted(dtn_support_cell_work *w, const dtn_support_cell *c);
/* Proved: the equations have no solution in the cell but perhaps this one. */
bool dtn_support_cell_only(dtn_support_cell_work *w, const dtn_support_cell *c, const double *root);
/* Newton's method from the cell's middle: x [unknowns]; false: it leads away from the cell. */
bool dtn_support_cell_newton(dtn_support_cell_work *w, const dtn_support_cell *c, double *x);

#endif
