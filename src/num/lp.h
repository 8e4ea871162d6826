/* Exact linear programs of moderate size, and the vertices of small polyhedra. Variables are free unless
 * bounded by rows; give x >= 0 by `nonnegative`. All data are rationals; answers are exact. */
#ifndef DTN_NUM_LP_H
#define DTN_NUM_LP_H

#include "num/rational.h"

typedef enum dtn_lp_sense { DTN_LP_LE, DTN_LP_EQ, DTN_LP_GE } dtn_lp_sense;
typedef enum dtn_lp_answer { DTN_LP_OPTIMAL, DTN_LP_INFEASIBLE, DTN_LP_UNBOUNDED } dtn_lp_answer;

/* rows x columns system: a[r * columns + c], right-hand sides b[r], senses[r]. */
typedef struct dtn_polyhedron {
    int rows, columns;
    const fmpq *a, *b;
    const dtn_lp_sense *senses;
    const bool *nonnegative; /* [columns], NULL: all free */
} dtn_polyhedron;

/* maximise objective . x over the polyhedron (objective NULL: any feasible point). x has room for columns values,
 * value (NULL allowed) receives the optimum. Bland's rule: always ends. LIMIT / CANCELLED from the context. */
dtn_status dtn_lp_maximise(dtn_ctx *ctx, dtn_lp_answer *answer, fmpq *x, fmpq_t value,
                           const dtn_polyhedron *set, const fmpq *objective);

/* An optimum with its proof. Where a row is u[r] times the multiplier, sum_r u[r] a[r][j] >= objective[j] (= for free j), with
 * u[r] >= 0 for LE and <= 0 for GE rows, and u . b = objective . x: no feasible point is better. */
typedef struct dtn_lp_optimum {
    fmpq *x, *u;             /* [columns], [rows] */
    fmpq *value;             /* one number */
    bool unique_x, unique_u; /* seen to be the only one; false: not known */
} dtn_lp_optimum;

/* The same as dtn_lp_maximise for programs of any size, with multipliers: simplex in doubles, then the basis is solved exactly
 * (p-adic lifting) and checked; where that fails, exact pivots. *out lives in arena (ctx's scratch is fine); filled when OPTIMAL.
 * Cost: a pivot is rows * columns operations on doubles; the proof about (basis size)^3. */
dtn_status dtn_lp_optimise(dtn_ctx *ctx, dtn_arena *arena, dtn_lp_answer *answer, dtn_lp_optimum *out,
                           const dtn_polyhedron *set, const fmpq *objective);

/* A point of the relative interior (all inequalities that can be strict are strict), found by one LP an
 * inequality at most. strict_rows / strict_columns (NULL allowed) receive which rows / sign bounds are strict there. */
dtn_status dtn_lp_interior(dtn_ctx *ctx, dtn_lp_answer *answer, fmpq *x, bool *strict_rows,
                           bool *strict_columns, const dtn_polyhedron *set);

/* *dimension of the set, -1 when it is empty. */
dtn_status dtn_polyhedron_dimension(dtn_ctx *ctx, int *dimension, const dtn_polyhedron *set);

/* All vertices of a bounded polyhedron in lexicographic order, at most limit (then *complete is false):
 * *out = [count][columns] in arena (not ctx's scratch). Also the dimension of the set (-1: empty).
 * DOMAIN when the set is unbounded. */
dtn_status dtn_polyhedron_vertices(dtn_ctx *ctx, dtn_arena *arena, fmpq **out, int *count, int *dimension,
                                   bool *complete, const dtn_polyhedron *set, int limit);

#endif
