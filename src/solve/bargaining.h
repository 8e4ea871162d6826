/* The Pareto frontier of two players' payoffs, and agreements on it. */
#ifndef DTN_SOLVE_BARGAINING_H
#define DTN_SOLVE_BARGAINING_H

#include "solve/solver.h"

/* A corner of the frontier of the convex hull of payoffs. */
typedef struct dtn_corner {
    size_t profile;
    const fmpq *payoff; /* [2] */
} dtn_corner;

/* Corners in ctx->scratch from player 1's favourite to player 2's: player 1's payoff falls, player 2's rises. */
dtn_status dtn_frontier(dtn_ctx *ctx, dtn_corner **corner, int *count, const dtn_strategic *game);

/* Bargaining: lotteries over profiles, or the disagreement. All numbers in ctx->scratch. */
typedef struct dtn_bargain {
    dtn_corner *corner;
    int corners;
    fmpq *disagreement; /* [2] */
    fmpq *ideal,
        *trade; /* [2] greatest payoff that leaves the other its disagreement; what giving the other less would add */
    bool gains;      /* some agreement is better than the disagreement for both */
    int at;          /* the agreement lies between corner[at] and corner[at + 1] (or on the last one) */
    fmpq *share;     /* one number: probability of corner[at + 1] */
    fmpq *agreement; /* [2] */
} dtn_bargain;

/* Frontier, disagreement (the option "disagreement", else security levels), ideals; the agreement is the method's to find. */
dtn_status dtn_bargain_open(dtn_ctx *ctx, dtn_bargain *b, const dtn_strategic *game,
                            const dtn_solve_options *options);
/* point [2] = the lottery of share on corner[at + 1], else corner[at]. */
void dtn_bargain_point(const dtn_bargain *b, int at, const fmpq_t share, fmpq *point);
/* Answer and tables; weights: [2] of the line that supports the agreement. name: "Nash". */
dtn_status dtn_bargain_word(dtn_ctx *ctx, dtn_profile_run *run, const dtn_bargain *b,
                            const dtn_strategic *game, const char *name, const fmpq *weight);

extern const dtn_option_spec dtn_bargain_options[];

#endif
