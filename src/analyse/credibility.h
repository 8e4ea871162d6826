/* Result of `credibility`: threats, promises and signals in each equilibrium that is listed. */
#ifndef DTN_ANALYSE_CREDIBILITY_H
#define DTN_ANALYSE_CREDIBILITY_H

#include "analyse/bind.h"
#include "analyse/solve.h"

/* All values between lo and hi that the admitted beliefs give; lo = hi where the figure is fixed. */
typedef struct dtn_span {
    fmpq lo, hi;
} dtn_span;

/* What the mover must believe for the act to be a best choice: the range of each position's probability. */
typedef struct dtn_belief_need {
    int node;      /* position of the information set */
    dtn_span best; /* probabilities of this position among the beliefs at which the act is optimal */
    dtn_span held; /* probability the equilibrium gives it (an interval where beliefs are free) */
} dtn_belief_need;

typedef enum dtn_heed_verdict {
    DTN_HEED_ALWAYS, /* complies even if the act is never carried out */
    DTN_HEED_AT,     /* complies from `threshold` on */
    DTN_HEED_NEVER,  /* no probability of carrying out makes compliance best */
    DTN_HEED_UNKNOWN /* the act can be met more than once on a path: not linear */
} dtn_heed_verdict;

/* The addressee's side, at one of its information sets. */
typedef struct dtn_heed {
    int infoset; /* where the addressee decides whether to comply */
    int type;    /* its type there, -1 */
    int comply;  /* global action that averts the threat (earns the promise) */
    int other;   /* the best other action, judged at the threshold */
    dtn_heed_verdict verdict;
    fmpq threshold;  /* AT: least probability of carrying out; NEVER with `formal`: above 1 */
    bool formal;     /* threshold holds cost / loss although it is not in [0, 1] */
    fmpq cost, loss; /* of conceding; if carried out. threshold = cost / loss */
    dtn_span execute; /* probability of carrying out as the addressee sees it after refusing (after complying: promise) */
    dtn_span surplus;  /* execute - threshold; 0 when verdict is NEVER without formal or UNKNOWN */
    dtn_span complies; /* probability that it complies in the equilibrium */
    bool reached;
} dtn_heed;

/* One threat or promise at one information set. */
typedef struct dtn_credible_act {
    int action, infoset, player, type, target;
    dtn_act_kind kind;
    bool reached;
    int rival;            /* the best other action (at the representative beliefs) */
    dtn_span probability; /* of carrying out, there */
    dtn_span margin;      /* payoff of the act - best other payoff */
    dtn_span regret;      /* max(0, -margin) */
    dtn_span least_cost; /* audience cost that makes it optimal, in addition to what the payoffs hold, belief fixed */
    bool never, always;          /* optimal at no belief / at every belief */
    const dtn_belief_need *need; /* [needs]: one a position when the set has at least two; 0 otherwise */
    int needs;
    const dtn_heed *heed; /* [heeds]: one an information set at which the addressee can comply */
    int heeds;
} dtn_credible_act;

typedef enum dtn_signal_kind {
    DTN_SIGNAL_TALK, /* the continuation is the same whatever is said */
    DTN_SIGNAL_COST, /* only a constant differs: a sunk cost or gain */
    DTN_SIGNAL_TIES, /* the same moves follow with other payoffs: ties hands */
    DTN_SIGNAL_MOVES /* other moves follow */
} dtn_signal_kind;

/* One message: an action as each type of the sender may send it. */
typedef struct dtn_message {
    const char *name;
    int *action;      /* [types] global action, -1 where that type does not decide here */
    fmpq probability; /* of being sent, given that the move is reached */
    fmpq *sent;       /* [types] Pr(message | type) */
    fmpq *posterior;  /* [types]; all 0 when never sent */
    fmpq shift;       /* largest |posterior - prior|, 0 when never sent */
    fmpq *gain; /* [types] payoff from sending it - equilibrium payoff there; < 0: deterred by so much */
} dtn_message;

/* One move of a player with private types that another player sees, in one situation (what was seen before). */
typedef struct dtn_signal {
    int player;
    const char *move, *name; /* key of the move; with the situation where it has several */
    int types;               /* of the player */
    bool *present;           /* [types] the type decides here */
    bool reached;
    fmpq *prior; /* [types] probability of each type when the move is reached (its prior when it is not) */
    const dtn_message *message;
    int messages;
    dtn_signal_kind kind;
    bool changes_beliefs, changes_incentives;
    double bits;         /* mutual information of type and message */
    fmpq decision_value; /* what receivers would lose together if they heard but did not learn */
    int receiver;        /* the receiver with the largest part of it, -1: none decides afterwards */
} dtn_signal;

/* How a threat or promise stands as the parameters move over their ranges, one at a time and all together. */
typedef struct dtn_act_range {
    int action;
    bool now; /* a best choice in every equilibrium where things stand */
    const dtn_bind_item *
        line; /* [lines] one a parameter along which that changes: where it is a best choice in every equilibrium */
    int lines;
    int steady;    /* parameters along which it does not change, proved */
    int undecided; /* parameters along which that is not known */
    long sampled,
        credible; /* points spread evenly over the whole box, and those at which it is a best choice in every equilibrium */
    bool mapped; /* share of the box of the parameters `map`, the others as they stand: between lo and hi, proved */
    int map[2];
    fmpq share_lo, share_hi;
} dtn_act_range;

/* Carrying out as a lever of commitment rises. */
typedef struct dtn_act_jump {
    const char *key; /* "reaction.alternative" */
    int action;      /* one of its actions */
    int lever;
    fmpq at;
    fmpq before, after;           /* probability that it is carried out, just below and just above, exactly */
    fmpq cost_before, cost_after; /* payoff of the player there */
} dtn_act_jump;

typedef struct dtn_credibility_item {
    int equilibrium; /* into equilibria->item */
    const dtn_credible_act *act;
    int acts;
    const dtn_signal *signal;
    int signals;
} dtn_credibility_item;

typedef struct dtn_credibility_answer {
    const dtn_tree *tree;
    dtn_equilibria *equilibria; /* freed with the result */
    dtn_rung rung;
    const int *class_of;              /* as in dtn_solve_answer */
    const dtn_credibility_item *item; /* [equilibria->count] */
    const dtn_act_range *range; /* [ranges] one an action that is a threat or promise; 0: see range_note */
    int ranges;
    const dtn_act_jump *jump; /* [jumps] upwards, of threats, along levers */
    int jumps;
    const char *range_note; /* why nothing is said about ranges; NULL */
} dtn_credibility_answer;

/* Ranges of every threat and promise (credibility_range.c), and jumps along levers (credibility_jump.c). */
dtn_status dtn_credibility_ranges(dtn_ctx *ctx, dtn_arena *arena, dtn_credibility_answer *answer,
                                  const dtn_scenario *s, const dtn_point *point);
dtn_status dtn_credibility_jumps(dtn_ctx *ctx, dtn_arena *arena, dtn_credibility_answer *answer,
                                 const dtn_scenario *s, const dtn_point *point);

/* Figures of every threat and promise in one equilibrium. *out: [count] in arena. */
dtn_status dtn_credibility_acts(dtn_ctx *ctx, dtn_arena *arena, const dtn_credible_act **out, int *count,
                                const dtn_tree *tree, const dtn_equilibrium *e);
/* Figures of every signal in one equilibrium. */
dtn_status dtn_credibility_signals(dtn_ctx *ctx, dtn_arena *arena, const dtn_signal **out, int *count,
                                   const dtn_tree *tree, const dtn_equilibrium *e);

/* Parts of the above. */
/* The addressee's side of one act. values: continuation values of the equilibrium, [nodes][players]. */
dtn_status dtn_credibility_heeds(dtn_ctx *ctx, dtn_arena *arena, dtn_credible_act *act, const dtn_tree *tree,
                                 const dtn_equilibrium *e, const fmpq *values);
/* lo = hi = 0, cleared by the arena that the span lives in. false: out of memory. */
bool dtn_span_init(dtn_arena *arena, dtn_span *span);
/* A belief (index: node) or a probability of an action: fixed, or free within the equilibrium's component. */
void dtn_free_span(dtn_span *out, const dtn_equilibrium *e, bool is_belief, int index);

#endif
