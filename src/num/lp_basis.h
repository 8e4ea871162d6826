/* Bases of linear programs: found in doubles or exactly, then proved. Internal to num/lp*.c. */
#ifndef DTN_NUM_LP_BASIS_H
#define DTN_NUM_LP_BASIS_H

#include "num/lp.h"

/* As many rows (those that are tight) as columns (those that may be other than 0). */
typedef struct dtn_lp_basis {
    int size;
    int *row, *column; /* ascending; room for the smaller of rows and columns */
} dtn_lp_basis;

dtn_status dtn_lp_basis_new(dtn_ctx *ctx, dtn_lp_basis *basis, const dtn_polyhedron *set);

/* ---- in doubles (lp_double.c) ---- */
typedef struct dtn_lp_double dtn_lp_double;

/* In ctx->scratch. */
dtn_status dtn_lp_double_new(dtn_ctx *ctx, dtn_lp_double **out, const dtn_polyhedron *set,
                             const fmpq *objective);
/* Pivots until the basis seems optimal. *seems false: it seems that there is none. Calling again recomputes the tableau from the
 * basis it had and goes on. */
dtn_status dtn_lp_double_run(dtn_ctx *ctx, bool *seems, dtn_lp_basis *basis, dtn_lp_double *t);
/* One dual simplex pivot on a variable that is known to be negative. *moved false: none is possible. */
dtn_status dtn_lp_double_repair(dtn_ctx *ctx, bool *moved, dtn_lp_basis *basis, dtn_lp_double *t,
                                int variable);
long dtn_lp_double_pivots(const dtn_lp_double *t);

/* ---- exactly ---- */

/* An optimal basis by exact pivots (lp.c). */
dtn_status dtn_lp_exact_basis(dtn_ctx *ctx, dtn_lp_answer *answer, dtn_lp_basis *basis,
                              const dtn_polyhedron *set, const fmpq *objective);
/* Solves for the basis and checks every row and column (lp_prove.c). *optimal: what is in *out is an optimal pair. *broken (NULL
 * allowed): else a variable that is negative, columns first, then slacks; -1: the failure is another one. */
dtn_status dtn_lp_prove(dtn_ctx *ctx, bool *optimal, int *broken, dtn_lp_optimum *out,
                        const dtn_lp_basis *basis, const dtn_polyhedron *set, const fmpq *objective);

#endif
