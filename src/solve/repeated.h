/* Infinitely repeated games with perfect monitoring: which pure profile of the stage, played for ever, is self-enforcing from which
 * discount factor on. docs/analyses/repeated.md.
 *
 * Payoffs are averages a period. Players see all actions; strategies are pure (a mixture that punishes could do more). */
#ifndef DTN_SOLVE_REPEATED_H
#define DTN_SOLVE_REPEATED_H

#include "model/strategic.h"
#include "num/polygon.h"

/* The stage game as repetition sees it. Profiles are numbered as in dtn_strategic. */
typedef struct dtn_stage {
    const dtn_strategic *game; /* borrowed */
    size_t profiles;
    fmpq *gain;   /* [profiles][players] what the best deviation wins in one period, >= 0 */
    fmpq *total;  /* [profiles] sum of the gains */
    fmpq *best;   /* [profiles][players] payoff of the best deviation (or of none) */
    bool *nash;   /* [profiles] no gain at all */
    fmpq *minmax; /* [players] least payoff to which the others' pure actions can hold the player */
} dtn_stage;

enum { DTN_STAGE_MOST = 1 << 20 };
/* Everything lives in arena. LIMIT beyond DTN_STAGE_MOST profiles. Cost: profiles times strategies. */
dtn_status dtn_stage_new(dtn_ctx *ctx, dtn_arena *arena, dtn_stage **out, const dtn_strategic *game);

/* A breach is noticed with probability detect > 0 only, and otherwise nothing follows: it is as tempting as one that wins 1/detect
 * times as much. Changes gain, total, best and minmax; to be called once. */
void dtn_stage_detect(dtn_stage *stage, const fmpq_t detect);

/* From which discount factor on something holds, and by what. */
typedef struct dtn_critical_discount {
    bool never;               /* at no discount factor below 1 */
    fmpq *delta;              /* one number, in [0, 1): it holds from there on; unset when never */
    const size_t *punishment; /* [players] the profile to which a breach of the player leads; NULL when never */
    fmpq *temptation, *stake; /* one number each: delta = temptation / (temptation + stake); transfers only */
} dtn_critical_discount;

/* Every breach is answered by the pure stage equilibrium that is worst for whoever broke, for ever (Friedman 1971). detect: probability that
 * a breach is noticed at all. */
dtn_status dtn_repeated_reversion(dtn_ctx *ctx, dtn_arena *arena, dtn_critical_discount *out,
                                  const dtn_stage *stage, size_t profile, const fmpq_t detect);
/* A lower bound for any punishment: nobody can be held below its pure minmax payoff. */
dtn_status dtn_repeated_minmax(dtn_ctx *ctx, dtn_arena *arena, dtn_critical_discount *out,
                               const dtn_stage *stage, size_t profile);
/* Whether the agreement survives renegotiation when the players are patient enough: for each of two players a profile that holds it
 * below what the agreement pays while the other gets no less than by the agreement, so that nobody wants to forgive. *stands = false:
 * no pure profile does. punish: [2]. Source: J. Farrell and E. Maskin, Renegotiation in repeated games, Games Econ. Behav. 1 (1989). */
void dtn_repeated_renegotiation(bool *stands, size_t punish[2], const dtn_stage *stage, size_t profile);
/* With transfers between the players (and money burnt) at the beginning of each period, any number of players: exact
 * (Goldluecke and Kranz 2012, theorem 1: stationary paths and punishments suffice). */
dtn_status dtn_repeated_transfers(dtn_ctx *ctx, dtn_arena *arena, dtn_critical_discount *out,
                                  const dtn_stage *stage, size_t profile);

/* Whether a breach of i, answered by one period of stick[i] and then by the profile again, is deterred at this discount factor,
 * for some sticks. Two players. */
dtn_status dtn_repeated_sticks(dtn_ctx *ctx, bool *stands, size_t stick[2], const dtn_stage *stage,
                               size_t profile, const fmpq_t delta);

/* Payoffs on a grid: units of range / 2^36 for each of two players. Discount factors are p / DTN_DISCOUNT_STEPS. */
enum { DTN_DISCOUNT_STEPS = 1 << 20 };
typedef struct dtn_payoff_grid {
    const dtn_stage *stage;
    fmpq *base, *unit;                               /* [2] payoff = base + unit * coordinate */
    dtn_grid_point *lo, *hi;                         /* [profiles] payoffs, rounded down and up */
    dtn_grid_point *gain_lo, *gain_hi;               /* [profiles] */
    dtn_grid_point *part, *hull, *cut, *made, *kept; /* workspaces */
} dtn_payoff_grid;

enum { DTN_PAYOFF_CORNERS = 4096 };
/* LIMIT beyond 1024 profiles; DOMAIN unless there are two players. */
dtn_status dtn_payoff_grid_new(dtn_ctx *ctx, dtn_arena *arena, dtn_payoff_grid **out, const dtn_stage *stage);
/* A set that holds every payoff of a subgame perfect equilibrium in pure strategies with public randomization at discount
 * factor p / DTN_DISCOUNT_STEPS: [*count] corners of a polygon, room for DTN_PAYOFF_CORNERS. It has converged, or `decided` said that it
 * knows enough (NULL: never). */
typedef bool dtn_set_decided(const void *user, const dtn_grid_point *corner, int count);
dtn_status dtn_payoff_set_outer(dtn_ctx *ctx, dtn_grid_point *corner, int *count, dtn_payoff_grid *grid,
                                int p, dtn_set_decided *decided, const void *user);
/* Whether the polygon is shown to be self-generating at p / DTN_DISCOUNT_STEPS: then every point of it is an equilibrium payoff. */
bool dtn_payoff_set_proved(dtn_payoff_grid *grid, const dtn_grid_point *corner, int count, int p);

/* Between which discount factors a profile of a two-player stage becomes self-enforcing without transfers: not below lo,
 * surely at hi and above. lo == hi: exact. hi_known false: not shown at any discount factor tried. */
typedef struct dtn_discount_bracket {
    fmpq *lo, *hi;
    bool exact, never, hi_known;
    bool sticks; /* the exact value needs punishments of one period, stick[i] for player i */
    size_t stick[2];
} dtn_discount_bracket;
dtn_status dtn_repeated_bracket(dtn_ctx *ctx, dtn_arena *arena, dtn_discount_bracket *out,
                                dtn_payoff_grid *grid, size_t profile);

#endif
