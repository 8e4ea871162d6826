/* Inside of `support`: an indifference system in exact numbers, evaluated in balls and in rationals. */
#ifndef DTN_SOLVE_SUPPORT_EXACT_H
#define DTN_SOLVE_SUPPORT_EXACT_H

#include "solve/support.h"
#if __FLINT_VERSION >= 3
#include <flint/arb_mat.h>
#else
#include <arb_mat.h>
#endif

typedef struct dtn_exact_system {
    const dtn_indifference *s;
    const fmpq *value;         /* as dtn_indifference.value, not scaled */
    arb_struct *weight;        /* [mixing + 1] products of probabilities */
    arb_struct *coordinate;    /* [sum of mixing sizes] */
    const arb_struct **factor; /* [mixing] */
    arb_struct *work;          /* one */
    fmpq *exact;               /* [sum of mixing sizes + 2] */
} dtn_exact_system;

/* In ctx's scratch. */
dtn_status dtn_exact_system_new(dtn_ctx *ctx, dtn_exact_system **out, const dtn_indifference *s);
/* Equations and derivatives at x [unknowns]; residual NULL: derivatives only. */
void dtn_exact_evaluate(const dtn_exact_system *e, arb_mat_struct *residual, arb_mat_struct *jacobian,
                        const arb_struct *x, slong bits);
/* One comparison at x. */
void dtn_exact_compare(const dtn_exact_system *e, arb_t out, const arb_struct *x, int player, int row,
                       slong bits);
/* Do the rationals x [unknowns] solve all equations? */
bool dtn_exact_solves(const dtn_exact_system *e, const fmpq *x);

#endif
