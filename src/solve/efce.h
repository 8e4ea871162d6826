/* Correlation in trees of two players: the linear program of the equilibria that are best by an objective. */
#ifndef DTN_SOLVE_EFCE_H
#define DTN_SOLVE_EFCE_H

#include "model/assessment.h"
#include "model/sequence_form.h"

/* When a player may leave the mediator for good: on hearing a recommended move; at an information set, before it hears the move; before play. */
typedef enum dtn_leave { DTN_LEAVE_AT_MOVE, DTN_LEAVE_AT_SET, DTN_LEAVE_AT_START } dtn_leave;

typedef struct dtn_correlation_task {
    dtn_leave leave;
    bool fair;          /* greatest least payoff; weight is not read */
    const fmpq *weight; /* [2] of the players' payoffs */
} dtn_correlation_task;

/* A situation in which a player may leave, and what dissuades it: multipliers of its moves from there on. */
typedef struct dtn_trigger {
    int player, set;  /* constraint of the sequence form; 0: the start */
    int sequence;     /* what it has done or was told to do */
    bool told;        /* the sequence ends with a move that was just recommended */
    fmpq *multiplier; /* [sequences of player] of the moves after leaving */
} dtn_trigger;

/* One draw of the mediator: both players' plans, drawn independently, times the draw's probability. */
typedef struct dtn_plan_draw {
    fmpq *weight[2]; /* [sequences] */
} dtn_plan_draw;

typedef struct dtn_correlation {
    fmpq *value;  /* one number */
    fmpq *payoff; /* [2] */
    fmpq *share;  /* [2] weights of payoffs that certify the value */
    dtn_plan_draw *draw;
    int draws;
    dtn_trigger *trigger;
    int triggers;
} dtn_correlation;

/* In ctx->scratch. LIMIT when the program is too large. Cost: one exact linear program; columns: reduced strategies of one player times
 * sequences of the other. */
dtn_status dtn_correlation_best(dtn_ctx *ctx, dtn_correlation *out, const dtn_tree *tree,
                                const dtn_sequence_form *form, const dtn_correlation_task *task);

#endif
