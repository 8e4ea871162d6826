/* Draws of profiles that some players obey: correlated equilibria, and leader and follower. */
#ifndef DTN_SOLVE_CORRELATED_H
#define DTN_SOLVE_CORRELATED_H

#include "solve/solver.h"

/* max sum_p weight[p] * payoff of p (fair: the least payoff of all) over the draws under which no player that obeys gains by
 * disobeying: by another strategy for each one recommended; coarse: by one strategy, chosen before the draw. */
typedef struct dtn_obeyed_task {
    bool coarse, fair;
    const bool *obeys;  /* [players] */
    const fmpq *weight; /* [players]; fair: not read */
} dtn_obeyed_task;

/* What dissuades: gains from this deviation, times the multiplier, taken from the objective leave no profile more than the value. */
typedef struct dtn_dissuasion {
    int player, recommended, instead; /* recommended -1: coarse */
    const fmpq *multiplier;
} dtn_dissuasion;

typedef struct dtn_obeyed {
    fmpq *value;       /* one number */
    fmpq *probability; /* [profiles] */
    fmpq *payoff;      /* [players] */
    fmpq *weight; /* [players] that certify the value: the given ones, or those that the fair draw has found */
    dtn_dissuasion *dissuasion;
    int dissuasions;
} dtn_obeyed;

/* In ctx->scratch. LIMIT when the program has more than about ten million entries. Cost: one exact linear program, profiles x
 * deviations. */
dtn_status dtn_obeyed_best(dtn_ctx *ctx, dtn_obeyed *out, const dtn_strategic *game,
                           const dtn_obeyed_task *task);
/* Adds the rows of a draw to the table "multipliers" (leader, player, recommended, instead, multiplier); columns first. */
void dtn_obeyed_multiplier_columns(dtn_ctx *ctx, dtn_finding *f);
void dtn_obeyed_multiplier_rows(dtn_ctx *ctx, dtn_finding *f, const dtn_obeyed *draw, int leader);

#endif
