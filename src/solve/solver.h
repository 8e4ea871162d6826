/* Solvers: one record each, found by name; the dispatchers that check what a solver needs, run it, and certify. */
#ifndef DTN_SOLVE_SOLVER_H
#define DTN_SOLVE_SOLVER_H

#include "base/option.h"
#include "model/assessment.h"
#include "model/profile.h"

/* What a game must have for a solver to accept it (bits). The dispatcher checks; solvers rely on it. */
typedef enum dtn_need {
    DTN_NEED_TWO_PLAYERS = 1,
    DTN_NEED_ZERO_SUM = 2, /* constant sum */
    DTN_NEED_PERFECT_RECALL = 4,
    DTN_NEED_PERFECT_INFORMATION = 8
} dtn_need;

/* ANSWER: not equilibria but a finding (model/finding.h). */
typedef enum dtn_finds { DTN_FINDS_ONE, DTN_FINDS_SOME, DTN_FINDS_ALL, DTN_FINDS_ANSWER } dtn_finds;

/* Called for every result after it was certified, in the order of the result list. false: stop, enough. */
typedef bool dtn_equilibrium_sink(void *user, const dtn_equilibrium *e);
typedef bool dtn_profile_sink(void *user, const dtn_profile *profile);

/* Zero-filled = defaults. */
typedef struct dtn_solve_options {
    const char *method;      /* solver's name; NULL: chosen by the dispatcher */
    int first;               /* stop after this many results; 0: all */
    bool certify;            /* say how it is proved that the list is complete */
    dtn_rung rung;           /* trees: weakest rung that is listed; NONE: the solver's own default */
    bool brief;              /* trees: without what is free in an equilibrium and its dimension */
    const dtn_options *more; /* options of the named solver, by its table; ARG for other names */
    dtn_equilibrium_sink *equilibrium_sink;
    dtn_profile_sink *profile_sink;
    void *user;
} dtn_solve_options;

/* Where a strategic-form solver puts what it finds. */
typedef struct dtn_profile_run {
    dtn_profiles *out;    /* equilibria by dtn_profile_found; out->outcome, out->note */
    dtn_finding *finding; /* out->finding: what the method says besides or instead */
    const dtn_strategic *game;
    const dtn_solve_options *options;
    bool enough; /* the asked number was found or the sink said stop: return soon, outcome PARTIAL is set for you */
} dtn_profile_run;

typedef struct dtn_solver {
    const char *name;   /* kebab case of the file's stem */
    const char *title;  /* one line */
    const char *source; /* literature */
    unsigned needs;     /* dtn_need bits */
    dtn_finds finds;
    bool exact;
    bool compact; /* takes strategic games that are kept compact (game->graph); for others the dispatcher makes the table */
    const dtn_option_spec *options; /* own options beyond the common ones; NULL: none */
    /* Which models it accepts: NULL where it does not. Scratch memory is marked and released by the dispatcher.
     * A tree solver makes *out with an own arena (on failure it frees it). */
    dtn_status (*run_tree)(dtn_ctx *ctx, dtn_equilibria **out, const dtn_tree *tree,
                           const dtn_solve_options *options);
    dtn_status (*run_strategic)(dtn_ctx *ctx, dtn_profile_run *run, const dtn_strategic *game,
                                const dtn_solve_options *options);
    /* The verifier of the finding (verify_finding.h): words the certificate, or fails with INTERNAL. NULL: no certificate. */
    dtn_status (*check)(dtn_ctx *ctx, dtn_finding *finding, const dtn_strategic *game);
    dtn_status (*check_tree)(dtn_ctx *ctx, dtn_equilibria *found, const dtn_tree *tree);
    /* Trees: the rung that it promises: the weakest that is listed, and the highest that is judged, unless a rung is asked for.
     * NONE: the whole ladder is judged. */
    dtn_rung promises;
} dtn_solver;

/* For solvers: certifies sigma [width], appends it and tells the sink; INTERNAL if it is no Nash equilibrium.
 * Sets run->enough. *out (NULL allowed) is the item, valid until the next call. */
dtn_status dtn_profile_found(dtn_ctx *ctx, dtn_profile_run *run, const fmpq *sigma, dtn_profile **out);
/* The same for an equilibrium that is irrational: sigma is a rational profile near it, and the verifier of balls has to prove that
 * exactly one equilibrium lies within radius of it. *held = false: it could not; nothing was appended. */
dtn_status dtn_profile_found_ball(dtn_ctx *ctx, dtn_profile_run *run, bool *held, const fmpq *sigma,
                                  double radius, dtn_profile **out);
/* All solvers, in the order of solvers.def. */
const dtn_solver *const *dtn_solvers(int *count);
const dtn_solver *dtn_solver_find(const char *name); /* NULL: unknown */

/* Runs the named method, or one that fits: perfect information and large -> backward; otherwise -> sequential, and where that
 * is out of reach, one Nash equilibrium of two players -> sequence-lp (constant sum; cfr+ beyond 1,500 information sets), sequence-lcp.
 * options NULL: defaults. Every result is certified by verify.h, whatever the solver claims. Statuses: ARG (unknown method
 * or bad option), DOMAIN (the game lacks what the method needs), LIMIT, CANCELLED, NOMEM. Free with dtn_equilibria_free. */
dtn_status dtn_solve_tree(dtn_ctx *ctx, dtn_equilibria **out, const dtn_tree *tree,
                          const dtn_solve_options *options);
/* By the method `sequential`, at one point of the parameters given the equilibria at a neighbouring one (the same tree at other
 * numbers): those are verified first, and only if they do not all hold everything is searched (solve/sequential.h). */
dtn_status dtn_solve_tree_near(dtn_ctx *ctx, dtn_equilibria **out, const dtn_tree *tree,
                               const dtn_equilibria *neighbour, const dtn_solve_options *options);
/* The same for strategic games. A game that is kept compact is expanded for methods that need its table, up to a million payoffs
 * (DOMAIN beyond). Chosen: two players and constant sum -> lp; two players -> extreme, lemke-howson beyond 40
 * strategies in all; more players -> support, beyond 10,000 supports pure (PARTIAL: mixed equilibria are not sought). */
dtn_status dtn_solve_strategic(dtn_ctx *ctx, dtn_profiles **out, const dtn_strategic *game,
                               const dtn_solve_options *options);

#endif
