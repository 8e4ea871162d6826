/* Stochastic games: equilibria in which what is done depends on the state only. docs/analyses/stochastic.md. */
#ifndef DTN_SOLVE_STOCHASTIC_H
#define DTN_SOLVE_STOCHASTIC_H

#include "model/stochastic.h"

/* What is done in one state. */
typedef struct dtn_stage_play {
    fmpq *mix; /* players in order, an entry an action: probability of it; in turn: on the way that is played */
    long profile; /* the combination played when nobody mixes; -1 */
    int *reply; /* in turn: [replies] the answers, mover after mover, an entry a combination of what came before */
    int replies;
} dtn_stage_play;

typedef struct dtn_markov {
    const dtn_stage_play *play; /* [states] */
    fmpq *value; /* [states][players] discounted sums; zero sum and not exact: middle of the enclosure */
    bool exact;
    fmpq *radius; /* one number: not exact: every value lies within it */
} dtn_markov;

typedef struct dtn_stochastic_answer {
    const dtn_markov *equilibrium; /* [count] */
    int count;
    dtn_outcome outcome; /* COMPLETE: the value of a zero-sum game, or all stationary equilibria in pure strategies */
    const char *note; /* what may be missing */
    long rounds;      /* of iteration */
} dtn_stochastic_answer;

/* Everything lives in arena (not ctx's scratch). Zero sum: the value and optimal strategies, exact or enclosed. Others: stationary equilibria in pure
 * strategies, found by policy iteration from several starts, or all of them where the combinations are few. Each one is verified:
 * no player gains by deviating once, in any state, after any history. */
dtn_status dtn_stochastic_solve(dtn_ctx *ctx, dtn_arena *arena, dtn_stochastic_answer *out,
                                const dtn_stochastic *g);

/* Parts. */
/* out[profiles][players] = pay + discount * expected value. */
void dtn_stage_worth(fmpq *out, const dtn_stochastic *g, int state, const fmpq *value);
/* Values of a stationary profile, profile[states], exactly: a linear system a player. false: it has no solution. */
dtn_status dtn_stochastic_values(dtn_ctx *ctx, bool *found, fmpq *value, const dtn_stochastic *g,
                                 const long *profile);
/* The state's stage with these worths, players in turn: backwards; ties go to what the mover before likes better, then to the first
 * action. reply: room for dtn_stage_replies. */
dtn_status dtn_stage_in_turn(dtn_ctx *ctx, long *profile, int *reply, const dtn_stochastic *g, int state,
                             const fmpq *worth);
int dtn_stage_replies(const dtn_stochastic *g, int state);
/* Whether nobody gains by another action against this combination. */
bool dtn_stage_is_nash(const dtn_stochastic *g, int state, const fmpq *worth, long profile);
/* The state is decided in turn, or by one player at most. */
bool dtn_stage_turns(const dtn_stochastic *g, int state);
/* Value of the first player and optimal mixes (room for both players' actions) of a two-player zero-sum stage: one linear program. */
dtn_status dtn_stage_matrix(dtn_ctx *ctx, fmpq_t value, fmpq *mix, const dtn_stochastic *g, int state,
                            const fmpq *worth);
dtn_status dtn_stochastic_zero_sum(dtn_ctx *ctx, dtn_arena *arena, dtn_stochastic_answer *out,
                                   const dtn_stochastic *g);
dtn_status dtn_stochastic_markov(dtn_ctx *ctx, dtn_arena *arena, dtn_stochastic_answer *out,
                                 const dtn_stochastic *g);
/* Room for an equilibrium's play in every state. */
dtn_status dtn_markov_new(dtn_ctx *ctx, dtn_arena *arena, dtn_markov *out, const dtn_stochastic *g);

#endif
