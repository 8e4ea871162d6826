/* Result of `bind`: what would make a target outcome hold. */
#ifndef DTN_ANALYSE_BIND_H
#define DTN_ANALYSE_BIND_H

#include "analyse/solve.h"

/* What is asked of a value of the lever. */
typedef enum dtn_predicate {
    DTN_PREDICATE_EVERY,     /* U: every equilibrium of the rung yields the target */
    DTN_PREDICATE_SOME,      /* E: some equilibrium does */
    DTN_PREDICATE_DOMINANCE, /* D: everything that survives iterated conditional dominance does */
    DTN_PREDICATE_TRANSFERS, /* S: play with the target enforces itself when repeated, and the players can pay each other */
    DTN_PREDICATE_REVERSION, /* S: the same without payments, by reversion to a stage equilibrium */
    DTN_PREDICATES
} dtn_predicate;
/* "every", "some", "dominance", "repeated-transfers", "repeated" */
const char *dtn_predicate_name(dtn_predicate predicate);

/* An inequality that holds with equality at a threshold: player (type) at infoset is indifferent there. */
typedef struct dtn_binding {
    int player, type, infoset;
    int action,
        other; /* global actions: what is played where the target holds, and what is as good at the threshold */
    fmpq below, above; /* payoff of action - payoff of other just below and just above the threshold */
    bool switches;     /* they have opposite signs, or other is played on the far side */
} dtn_binding;

/* One end of an interval of values, or the place of a change. */
typedef struct dtn_bind_end {
    fmpq at;        /* exact value when exact; otherwise the bracket's middle */
    fmpq lo, hi;    /* bracket that holds the change; lo = hi = at when exact */
    bool exact;     /* an incentive switches exactly there, or the target has exactly the asked probability */
    bool range_end; /* not a threshold: the parameter's range (or a constraint) ends here */
    bool included;  /* what holds inside holds at `at` itself */
    bool by_probability;    /* no incentive switches: the target's probability passes the asked one */
    bool by_definition;     /* no incentive switches: a class is defined to end there */
    const char *polynomial; /* irrational: the equation whose only root in [lo, hi] it is; NULL */
    /* The border over all parameters, "a = k.soft", where it was found; NULL. */
    const char *formula, *formula_latex;
    const dtn_binding *binding; /* [bindings] the first is the one whose incentive switches */
    int bindings;
} dtn_bind_end;

typedef struct dtn_bind_interval {
    dtn_bind_end lo, hi;
} dtn_bind_interval;

/* One question: least value of one lever. */
typedef struct dtn_bind_item {
    int lever;                 /* parameter */
    const char *const *target; /* as written */
    int targets;
    fmpq prob; /* q */
    dtn_rung rung;
    dtn_predicate predicate;
    bool every;       /* every equilibrium (U), else some (E) */
    fmpq lo, hi, now; /* the lever's range, cut by the constraints, and its value at the job's point */
    bool holds_now;
    const dtn_bind_interval *interval; /* [intervals] where the target holds, ascending; 0: nowhere in the range */
    int intervals;
    bool monotone; /* at most one interval, and it reaches the end of the range */
    bool proved; /* the intervals are all there are, up to single irrational points; else they come from a scan */
    fmpq resolution;     /* not proved: widest gap of the scan; a shorter interval may have been missed */
    bool has_least;      /* some value in the range will do */
    bool attained;       /* ... and the cheapest one does itself; else all values near it */
    fmpq cheapest;       /* the value of least cost, or what such values come near to */
    fmpq cost, cost_now; /* there, and at the present value */
    fmpq witness;        /* a value at which the target holds, exactly solved */
    const dtn_binding *next; /* [nexts] the smallest strict margins at the least value, tightest first (below = above) */
    int nexts;
    long solves;   /* points solved for this lever */
    int undecided; /* points whose equilibria could not all be listed */
} dtn_bind_item;

typedef enum dtn_scalar_verdict {
    DTN_SCALAR_BINDS, /* holds already, whatever this lever is (the least value is its lower bound) */
    DTN_SCALAR_LEAST, /* holds from `least` on (hazard, false alarms: up to it) */
    DTN_SCALAR_NONE   /* no value of this lever makes it hold */
} dtn_scalar_verdict;

typedef enum dtn_scalar_lever {
    DTN_SCALAR_BOND,
    DTN_SCALAR_PENALTY,
    DTN_SCALAR_DETECT,
    DTN_SCALAR_DISCOUNT,
    DTN_SCALAR_HAZARD,
    DTN_SCALAR_ENFORCE,
    DTN_SCALAR_FALSE,
    DTN_SCALAR_VALUE,
    DTN_SCALAR_TRANCHES,
    DTN_SCALAR_LEVERS
} dtn_scalar_lever;
const char *dtn_scalar_lever_name(dtn_scalar_lever lever); /* "bond" */
bool dtn_scalar_lever_parse(const char *name, dtn_scalar_lever *out);

typedef enum dtn_depth {
    DTN_DEPTH_AUTOMATIC, /* 0: automatic or escrow */
    DTN_DEPTH_INCENTIVE, /* 1: the enforcer's own incentive holds over the whole range */
    DTN_DEPTH_GUARANTEE, /* 2: that incentive needs a guarantee itself */
    DTN_DEPTH_NOBODY,    /* infinite: nobody carries it out */
    DTN_DEPTH_UNKNOWN    /* balls could not decide the enforcer's incentive over the box */
} dtn_depth;

/* The scalar rule for one guarantee, kept in n equal tranches: honour iff G / n <= (d - f) [K + r F + delta' / (1 - delta') Delta], delta' = delta (1 - s). */
typedef struct dtn_scalar_item {
    int guarantee;
    fmpq gain, value, detect, false_alarm, bond, penalty, enforce, discount, hazard, tranches;
    fmpq left, right; /* the two sides of the rule */
    bool honoured;
    dtn_scalar_verdict verdict[DTN_SCALAR_LEVERS];
    fmpq least[DTN_SCALAR_LEVERS]; /* hazard, false alarms: the greatest */
    dtn_depth depth;
    bool label_only; /* no part of the rule is above 0: a label that changes no payoff and no detection */
} dtn_scalar_item;

/* Two guarantees given for each other: neither is worth anything unless the other binds as well. */
typedef struct dtn_scalar_pair {
    int first, second; /* into dtn_bind_answer.scalar */
    bool honoured;     /* both */
    /* One lever that both share, at the same value: LEAST only where one value serves both. */
    dtn_scalar_verdict verdict[DTN_SCALAR_LEVERS];
    fmpq least[DTN_SCALAR_LEVERS];
    int decides[DTN_SCALAR_LEVERS]; /* the guarantee whose bound it is */
} dtn_scalar_pair;

struct dtn_bind_frontier; /* analyse/bind_frontier.h */
typedef struct dtn_bind_answer {
    const dtn_tree *tree; /* at the job's point; NULL: no protocol */
    const dtn_bind_item *item;
    int items;
    const struct dtn_bind_frontier *frontier; /* two levers or more: the first pairs */
    int frontiers;
    const char *left_out;          /* predicates that were not asked, and why; NULL */
    const dtn_scalar_item *scalar; /* one a guarantee */
    int scalars;
    const dtn_scalar_pair *pair;
    int pairs;
    const char *no_target; /* why there are no items, as a machine word: "target", "lever", "moves"; NULL */
} dtn_bind_answer;

/* Pairs of guarantees that name each other by `with:`. *out: [*count] in arena. */
dtn_status dtn_scalar_pairs(dtn_ctx *ctx, dtn_arena *arena, const dtn_scalar_pair **out, int *count,
                            const dtn_scalar_item *scalar, const dtn_scenario *s);
/* The scalar rule at a point. out's numbers belong to arena, in which out has to live. DOMAIN: a discount factor or a
 * hazard outside its range. */
dtn_status dtn_scalar_solve(dtn_ctx *ctx, dtn_arena *arena, dtn_scalar_item *out, const dtn_scenario *s,
                            int guarantee, const dtn_point *point);

#endif
