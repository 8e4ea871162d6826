/* Inside of the solver `support`, and of the methods that end on a support: the indifference system of one support profile,
 * the search for its solutions, and what becomes of an approximate one. */
#ifndef DTN_SOLVE_SUPPORT_H
#define DTN_SOLVE_SUPPORT_H

#include "num/ball.h"
#include "solve/solver.h"

/* Ranks of payoffs among the own actions, for conditional dominance. */
typedef struct dtn_ranks dtn_ranks;
dtn_status dtn_ranks_new(dtn_ctx *ctx, dtn_ranks **out, const dtn_strategic *game); /* in ctx's scratch */
/* in [width]: what is left for each player; the first `chosen` players' actions are their supports. Drops dominated actions of the
 * others until nothing changes; false: an action of a support is dominated. */
bool dtn_ranks_prune(const dtn_ranks *ranks, bool *in, int chosen);

/* One player's payoff comparisons: row r is U(action[r]) - U(first action of the support), one entry for each choice of the
 * other mixing players' supported actions. Rows 0 .. equal - 1 must be 0 in equilibrium, the others <= 0. */
typedef struct dtn_comparisons {
    int rows, equal;
    const int *action;      /* [rows] */
    size_t entries;         /* product of the support sizes of the other mixing players */
    const size_t *profile;  /* [entries] index of the profile in which the player uses its strategy 0 */
    const size_t *of_tuple; /* [tuples] entry that a choice of all mixing players belongs to */
    size_t at;              /* of row 0 among dtn_indifference.value */
} dtn_comparisons;

/* The system of one support profile. Unknowns: for each mixing player the probabilities of its supported actions but the
 * first. Tuples: choices of one supported action by each mixing player, the first one's running fastest. */
typedef struct dtn_indifference {
    const dtn_strategic *game;
    const bool *in;           /* [width] */
    const int *first;         /* [players] into in */
    const size_t *step;       /* [players] distance in profiles between neighbouring strategies */
    const int *size;          /* [players] of the supports */
    const int *const *action; /* [players][size] */
    int players, mixing, unknowns;
    const int *mixer;     /* [mixing] player */
    const int *slot;      /* [players] place among the mixing ones, -1: plays one action */
    const int *origin;    /* [mixing] first unknown */
    const size_t *stride; /* [mixing] in tuples */
    size_t tuples, values;
    const dtn_comparisons *compare; /* [players] */
    const double *value; /* [values] scaled by a power of 2 for each player, |value| <= 1, wrong by at most 2^-53 */
} dtn_indifference;

/* In ctx's scratch. in: [width], at least one action of each player. LIMIT when it has more than some million numbers. */
dtn_status dtn_indifference_new(dtn_ctx *ctx, dtn_indifference **out, const dtn_strategic *game,
                                const bool *in);
/* Exact value of a comparison. */
void dtn_indifference_exact(fmpq_t out, const dtn_indifference *s, int player, int row, size_t entry);

/* A solution of the equations, certified: exactly one lies in the ball. */
typedef struct dtn_support_root {
    double *x; /* [unknowns] */
    struct dtn_support_root *next;
} dtn_support_root;

typedef enum dtn_root_kind {
    DTN_ROOT_NONE,        /* no solution was certified near the point */
    DTN_ROOT_ELSEWHERE,   /* a solution, but with a probability <= 0 or a better action outside the support */
    DTN_ROOT_EQUILIBRIUM, /* it was handed to dtn_profile_found or dtn_profile_found_ball, now or before */
    DTN_ROOT_UNDECIDED    /* a solution whose signs could not be decided */
} dtn_root_kind;

/* Follows Newton's method from x [unknowns] to a solution, certifies it in balls, recognises rational ones and hands on
 * equilibria. *root (made in arena) unless NONE. */
dtn_status dtn_support_certify(dtn_ctx *ctx, dtn_arena *arena, dtn_profile_run *run, dtn_root_kind *kind,
                               dtn_support_root **root, const dtn_indifference *s, const double *x);

/* All equilibria with exactly this support when at most two players mix; exact. *left: a set of equilibria that is not
 * described completely. */
dtn_status dtn_support_linear(dtn_ctx *ctx, dtn_profile_run *run, bool *left, const dtn_indifference *s);
/* All equilibria with exactly this support. *left: some part of the product of simplices was not decided within `cells`. */
dtn_status dtn_support_cover(dtn_ctx *ctx, dtn_profile_run *run, bool *left, const dtn_indifference *s,
                             long cells);

/* For methods that approximate: rounds sigma [width] to a support and hands on the equilibria certified there (all of them where at
 * most two players mix, else the one that Newton's method finds). *near: one is listed, new or old, within `close` of sigma. */
dtn_status dtn_support_near(dtn_ctx *ctx, dtn_profile_run *run, bool *near, const dtn_strategic *game,
                            const double *sigma, double close);

/* The same for one support of a game that is kept compact: what Newton's method finds from sigma. */
dtn_status dtn_support_graph(dtn_ctx *ctx, dtn_profile_run *run, const dtn_strategic *game, const bool *in,
                             const double *sigma);

/* Inverse of a [n][n] in place by Gauss-Jordan with row pivoting; work: [n] ints. false: singular to working precision. */
bool dtn_support_invert(double *a, int n, int *work);

#endif
