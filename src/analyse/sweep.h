/* The equilibria of a scenario along one parameter: solved at points, what is known at each kept small. */
#ifndef DTN_ANALYSE_SWEEP_H
#define DTN_ANALYSE_SWEEP_H

#include "analyse/key.h"

/* One equilibrium at one point. */
typedef struct dtn_moment {
    int class_; /* number of its class (see dtn_sweep.class_name) */
    fmpq *sigma,
        *slack; /* [actions] probability; payoff of the best action there - payoff of this one, at the beliefs held */
    bool *reached; /* [infosets] */
    fmpq *payoff;  /* [players] */
    fmpq *target;  /* one number: probability of the target */
    fmpq *outcome; /* [outcomes] probability; NULL unless the sweep keeps values */
    fmpq *worth;   /* [actions] payoff of each action at the beliefs held; the same */
} dtn_moment;

typedef struct dtn_snapshot {
    fmpq *x;       /* one number: value of the parameter */
    bool inside;   /* the constraints hold; otherwise nothing below is known */
    bool complete; /* all equilibria of the rung are listed */
    bool gave_up;  /* the search was stopped at its limit of supports */
    int pattern;   /* what the sweep asks, see dtn_sweep_asks; -1 outside */
    const dtn_moment *moment;
    int moments;
} dtn_snapshot;

/* A set of classes, ascending. */
typedef struct dtn_class_set {
    const int *class_of;
    int classes;
} dtn_class_set;

/* What the pattern of a snapshot says. */
typedef enum dtn_sweep_asks {
    DTN_ASKS_CLASSES, /* the set of classes of the equilibria: a number into dtn_sweep.pattern */
    DTN_ASKS_TARGET,  /* whether some, whether every equilibrium has the target with at least `prob` (bits) */
    DTN_ASKS_ACT, /* whether in some, in every equilibrium `act` is a best choice where it is decided (bits) */
    DTN_ASKS_DOMINANCE, /* whether all that survives iterated conditional dominance has the target so (bit EVERY) */
    DTN_ASKS_REPEATED /* whether the target enforces itself when the game is repeated (bits) */
} dtn_sweep_asks;
enum { DTN_VERDICT_SOME = 1, DTN_VERDICT_EVERY = 2 };
enum {
    DTN_VERDICT_TRANSFERS = 1,
    DTN_VERDICT_REVERSION = 2
}; /* REPEATED: paying each other; by reversion without */

typedef struct dtn_sweep {
    dtn_arena *arena; /* names, patterns, points and snapshots */
    const dtn_scenario *scenario;
    dtn_rung rung;
    dtn_point point; /* where the other parameters stand */
    dtn_tree *tree;  /* priced at the last point that was solved; owned */
    bool reprices;   /* the shape of the tree depends on no parameter */
    bool *matters; /* [params] some payoff, probability or class depends on it; else the answer cannot change with it */
    bool has_target;
    dtn_target target;
    const char **class_name; /* keys of `classes:`, then supports that none of them names */
    int class_names, class_room;
    bool named; /* the file has classes */
    dtn_class_set *pattern;
    int patterns, pattern_room;
    long solves;
    bool classes_only; /* of what is found only class and pattern are kept */
    bool values; /* payoffs, target, outcomes and worths are kept, even so; nothing is compared for them */
    const dtn_snapshot *now; /* at the point itself; NULL before dtn_sweep_now */
    long effort;             /* what one solver run costs here, in supports; the same on every machine */
    long spent;              /* all runs so far */
    bool unbounded;          /* dtn_sweep_tired is never the case */
    dtn_sweep_asks asks;
    const fmpq *prob; /* TARGET, DOMINANCE, REPEATED: borrowed */
    int act;          /* ACT: action */
} dtn_sweep;

/* target: items as in dtn_target_make, 0 items: none. Free with dtn_sweep_free. The point is copied. */
dtn_status dtn_sweep_new(dtn_ctx *ctx, dtn_sweep **out, const dtn_scenario *scenario, const dtn_point *point,
                         dtn_rung rung, const char *const *target, int targets);
void dtn_sweep_free(dtn_sweep *sweep); /* NULL allowed */

/* Solves at the sweep's point with `param` at x (param -1: the point itself). *out lives in the sweep's arena. */
dtn_status dtn_sweep_at(dtn_ctx *ctx, const dtn_snapshot **out, dtn_sweep *sweep, int param, const fmpq_t x);
/* Solves at the sweep's point, once. UNSUPPORTED when the game is too large for its equilibria to be listed again and again;
 * DOMAIN when the constraints do not hold there. */
dtn_status dtn_sweep_now(dtn_ctx *ctx, const dtn_snapshot **out, dtn_sweep *sweep);
/* How many cells a first scan should have, and how many further points a search for changes may solve, given the effort. */
int dtn_sweep_cells(const dtn_sweep *sweep);
int dtn_sweep_budget(const dtn_sweep *sweep);
/* Enough has been solved for an answer by default (some seconds): what is not begun yet is better left out, and said to be. */
bool dtn_sweep_tired(const dtn_sweep *sweep);
/* Whether the constraints hold there; costs no solving. */
dtn_status dtn_sweep_inside(dtn_ctx *ctx, bool *inside, dtn_sweep *sweep, int param, const fmpq_t x);
/* Keeps what was found at the sweep's point in s (snapshot.c). */
dtn_status dtn_snapshot_fill(dtn_ctx *ctx, dtn_sweep *sweep, dtn_snapshot *s, const dtn_equilibria *all);
/* Least and greatest probability of the target over the snapshot's equilibria; false without any. */
bool dtn_snapshot_target(fmpq_t lo, fmpq_t hi, const dtn_snapshot *s);

#endif
