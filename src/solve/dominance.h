/* Iterated elimination of dominated strategies: what is removed and by what, and what holds the rest up. */
#ifndef DTN_SOLVE_DOMINANCE_H
#define DTN_SOLVE_DOMINANCE_H

#include "solve/solver.h"

typedef struct dtn_removal {
    int round, player, strategy;
    const fmpq *mixture; /* [strategies of player] what dominates it, of strategies that were left before the round */
} dtn_removal;

/* A strategy that stays, and a belief about the others that makes it a best reply: probabilities of the others' profiles that
 * are left (by dtn_others; all positive for weak dominance). */
typedef struct dtn_support {
    int player, strategy;
    const fmpq *belief; /* [others] */
} dtn_support;

typedef struct dtn_elimination {
    bool weak;        /* weak dominance; else strict */
    bool mixed;       /* by mixtures too; else by pure strategies only, and no beliefs */
    bool in_turn;     /* one player a round; else all players together */
    bool *left;       /* [width] by player then strategy */
    const int *first; /* [players] */
    dtn_removal *removal;
    int removals, rounds;
    dtn_support *support;
    int supports;
} dtn_elimination;

/* Set weak, mixed and in_turn; the rest is filled in ctx->scratch. Cost: per round and strategy, comparisons with every other
 * one, and where those do not decide, one exact linear program of (own strategies) x (profiles of the others). */
dtn_status dtn_eliminate(dtn_ctx *ctx, dtn_elimination *e, const dtn_strategic *game);

/* Adds the tables "eliminated", "remaining" and (as evidence) "beliefs". */
dtn_status dtn_elimination_tables(dtn_ctx *ctx, dtn_finding *f, const dtn_elimination *e,
                                  const dtn_strategic *game);

#endif
