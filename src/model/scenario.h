/* A scenario: everything one file says about a standoff, names resolved, formulas parsed, nothing evaluated.
 *
 * Written once by format/scenario_*.c (or built by hand in tests), read-only afterwards. Strings, formulas and rationals
 * live in the scenario's arena. Index -1 means "none" throughout.
 *
 * Slots of formulas (num/expr.h), in this order:
 *   [0, params)                         scalar parameters (a type-indexed parameter is one scalar a type: "k.resolved")
 *   [params, params + states)           state variables of the protocol
 *   [.., + grids)                       grid variables (of an action grid or a type grid), known along a path
 *   [.., + families)                    k(P) / k[P] of a type-indexed parameter: the entry of P's type on the path
 *   [.., + type_indices)                not used in formulas by name: reserved
 */
#ifndef DTN_MODEL_SCENARIO_H
#define DTN_MODEL_SCENARIO_H

#include "model/tree.h"
#include "num/expr.h"

struct dtn_conflict;

/* Where something stands in the source: line and column count from 1; 0 = unknown. */
typedef struct dtn_place {
    int line, column, length;
} dtn_place;

typedef struct dtn_scn_player {
    const char *key, *name, *about;
    int types;               /* 0: no private information */
    const char *const *type; /* [types] names; a grid's types are named by their value, "c=1/50" */
    int grid;                /* grid variable whose value is the type, or -1 */
    const fmpq *grid_value;  /* [types] value of that variable for each type, NULL without a grid */
    const dtn_expr *const *prior; /* [types] when types are independent (also the marginal where given); else NULL */
    dtn_place place;
} dtn_scn_player;

/* One line of a joint type distribution. */
typedef struct dtn_scn_joint {
    const int *types; /* [players], -1 where a player has none */
    const dtn_expr *prob;
    dtn_place place;
} dtn_scn_joint;

typedef struct dtn_scn_param {
    const char *name;   /* "pi", "k.resolved" */
    const char *family; /* "k" or NULL */
    int family_index;   /* into families, or -1 */
    int type;           /* of families[].player, or -1 */
    const char *about, *unit, *source;
    const dtn_expr *formula; /* derived parameter: over earlier parameters; NULL for a free one */
    fmpq value;              /* free: the reference value */
    bool ranged, lever;
    fmpq lo, hi;          /* range when ranged */
    const dtn_expr *cost; /* of a lever; NULL: the parameter itself */
    dtn_place place;
} dtn_scn_param;

typedef struct dtn_scn_family {
    const char *name;
    int player;
    const int *param; /* [types of player]: scalar parameter of each type */
} dtn_scn_family;

/* left <= right, left < right, left = right as one formula that is nonzero where the constraint holds. */
typedef struct dtn_scn_constraint {
    const char *text;
    const dtn_expr *holds;
    dtn_place place;
} dtn_scn_constraint;

typedef struct dtn_scn_set {
    int state;
    const dtn_expr *value;
} dtn_scn_set; /* state := value */
typedef struct dtn_scn_pay {
    int player;
    const dtn_expr *amount;
} dtn_scn_pay; /* added to the player's payoff */

typedef enum dtn_scn_goal_kind { DTN_GOAL_MOVE, DTN_GOAL_OUTCOME } dtn_scn_goal_kind;
typedef struct dtn_scn_goal { /* what comes next */
    dtn_scn_goal_kind kind;
    int index; /* into moves or outcomes */
} dtn_scn_goal;

typedef struct dtn_scn_action {
    const char *key, *about;
    dtn_scn_goal to;
    int grid;                                      /* grid variable that this action chooses, or -1 */
    const dtn_expr *grid_lo, *grid_hi, *grid_step; /* over parameters */
    const dtn_scn_set *set;
    int sets;
    const dtn_scn_pay *pay;
    int pays;
    const dtn_expr *prob; /* chance moves: the branch's probability */
    dtn_act_kind kind;    /* threat / promise */
    int target;           /* addressee, or -1 */
    const char *unless;   /* "move.action" or NULL */
    dtn_place place;
} dtn_scn_action;

typedef enum dtn_scn_move_kind { DTN_MOVE_PLAYER, DTN_MOVE_CHANCE, DTN_MOVE_TOGETHER } dtn_scn_move_kind;

typedef struct dtn_scn_cell { /* simultaneous move: where a combination of actions leads */
    const int *choice;        /* [movers] action index or -1 for "*" */
    dtn_scn_goal to;
    dtn_place place;
} dtn_scn_cell;

typedef struct dtn_scn_move {
    const char *key, *about;
    dtn_scn_move_kind kind;
    int player;                   /* of a player's move */
    const dtn_scn_action *action; /* player / chance: [actions] */
    int actions;
    const int *mover; /* together: [movers] players in order */
    int movers;
    const dtn_scn_action *const *mover_action; /* together: [movers][mover_actions[m]] (their `to` is unused) */
    const int *mover_actions;
    /* together: in file order; the first match that is most exact wins: exact beats *, a lone * last */
    const dtn_scn_cell *cell;
    int cells;
    bool seen_restricted; /* seen_by given */
    const bool *seen_by;  /* [players] when seen_restricted (the mover always sees an own move) */
    dtn_place place;
} dtn_scn_move;

typedef struct dtn_scn_outcome {
    const char *key, *name, *about;
    const dtn_expr *const *payoff;             /* [players] or NULL entries where given by type */
    const dtn_expr *const *const *type_payoff; /* [players][types of the player], NULL where not by type */
    dtn_place place;
} dtn_scn_outcome;

/* A named group of outcomes (for reports, maps and targets), e.g. alternative: [accommodated, clash]. */
typedef struct dtn_scn_group {
    const char *key, *name;
    const int *outcome;
    int outcomes;
    dtn_place place;
} dtn_scn_group;

/* A named class of equilibria by on-path play, e.g. E2. The first class (in file order) that matches names an equilibrium. */
typedef enum dtn_scn_test_kind { DTN_TEST_PLAY, DTN_TEST_OUTCOME } dtn_scn_test_kind;
typedef enum dtn_scn_relation {
    DTN_REL_EQ,
    DTN_REL_MIXED,
    DTN_REL_UNREACHED,
    DTN_REL_POSITIVE,
    DTN_REL_LT,
    DTN_REL_GT,
    DTN_REL_LE,
    DTN_REL_GE
} dtn_scn_relation;
typedef struct dtn_scn_test {
    dtn_scn_test_kind kind;
    const char *what;          /* "answer.soft.engage" (move[.type].action) or an outcome / group key */
    dtn_scn_relation relation; /* MIXED: strictly between 0 and 1 */
    const dtn_expr *value;     /* right-hand side of EQ, LT ... over parameters; NULL otherwise */
    dtn_place place;
} dtn_scn_test;
typedef struct dtn_scn_class {
    const char *key, *about;
    const dtn_expr *when;     /* condition on parameters, NULL: always */
    const dtn_scn_test *test; /* all must hold */
    int tests;
    dtn_place place;
} dtn_scn_class;

typedef struct dtn_scn_guarantee { /* an obligation and what makes it bind (answers.md: the scalar rule) */
    const char *key, *about;
    int by;              /* player */
    const char *channel; /* escrow | enforcer | shadow | audience | irreversibility */
    const dtn_expr *gain, *value, *detect, *false_alarm, *bond, *penalty, *enforce, *discount,
        *hazard;              /* NULL: 0 (hazard of `repeated`, discount of `repeated` when absent) */
    const dtn_expr *tranches; /* the obligation is kept in so many equal steps; NULL: 1 */
    const char *with;         /* key of the guarantee that the other side gives in return, NULL */
    int enforcer;             /* player who carries the penalty out, or -1 */
    const dtn_expr *enforcer_incentive; /* >= 0 where carrying it out is rational for the enforcer; NULL: not given */
    dtn_place place;
} dtn_scn_guarantee;

/* ---- provenance ---- */
typedef struct dtn_scn_source {
    const char *key, *outlet, *date, *kind, *lang, *title, *url;
    dtn_place place;
} dtn_scn_source;
typedef struct dtn_scn_actor {
    const char *key, *role;
    int party;              /* player, or -1: third party */
    const char *party_text; /* as written */
    bool named;             /* false: an unnamed source */
    dtn_place place;
} dtn_scn_actor;

typedef enum dtn_claim_mode {
    DTN_MODE_QUOTED,
    DTN_MODE_PARAPHRASED,
    DTN_MODE_REPORTED_SPEECH,
    DTN_MODE_DOCUMENT,
    DTN_MODE_OBSERVED
} dtn_claim_mode;
typedef enum dtn_claim_kind {
    DTN_CLAIM_FACT,
    DTN_CLAIM_POSITION,
    DTN_CLAIM_THREAT,
    DTN_CLAIM_OFFER,
    DTN_CLAIM_COMMITMENT,
    DTN_CLAIM_EVALUATION,
    DTN_CLAIM_CAPABILITY,
    DTN_CLAIM_INTENTION,
    DTN_CLAIM_FORECAST
} dtn_claim_kind;
typedef enum dtn_claim_check {
    DTN_CHECK_NOT_CHECKABLE,
    DTN_CHECK_CHECKED_TRUE,
    DTN_CHECK_CHECKED_FALSE,
    DTN_CHECK_CHECKABLE,
    DTN_CHECK_DISPUTED
} dtn_claim_check;

typedef struct dtn_scn_claim {
    const char *key, *text;
    int about;        /* player the claim is about, or -1 */
    const int *chain; /* originator > relayers: actors; [chain_actors] */
    int chain_actors;
    int source; /* the document at the end of the chain, or -1 */
    dtn_claim_mode mode;
    dtn_claim_kind kind;
    dtn_claim_check check;
    const char *checked_by, *rate, *word, *word_scale;
    const int *contra; /* claims that contradict this one */
    int contras;
    dtn_place place;
} dtn_scn_claim;

/* An element of the model that a claim or an assumption speaks of. */
typedef enum dtn_element_kind {
    DTN_ELEMENT_PARAM,
    DTN_ELEMENT_FAMILY,
    DTN_ELEMENT_ACTION,
    DTN_ELEMENT_MOVE,
    DTN_ELEMENT_OUTCOME,
    DTN_ELEMENT_GUARANTEE,
    DTN_ELEMENT_OPTION,
    DTN_ELEMENT_PREFERENCE,
    DTN_ELEMENT_PLAYER
} dtn_element_kind;
typedef struct dtn_element {
    dtn_element_kind kind;
    int index, sub;   /* sub: action within a move, variant within preferences, or -1 */
    const char *text; /* as written: "parameters.pi", "moves.answer.engage" */
} dtn_element;

typedef struct dtn_scn_link {
    int claim;
    dtn_element element;
    const char *as, *why;
    bool has_effect, has_else; /* else is mandatory when effect is given */
    fmpq effect_lo, effect_hi, else_lo, else_hi;
    dtn_place place;
} dtn_scn_link;

typedef struct dtn_scn_assume {
    dtn_element element;
    bool ranged;
    fmpq lo, hi;
    const char *by, *why;
    dtn_place place;
} dtn_scn_assume;

/* ---- questions and expectations ---- */
typedef struct dtn_scn_target { /* an outcome or group, an action ("move.action"), or a set of them (any of) */
    const char *const *item;
    int items;
    dtn_place place;
} dtn_scn_target;

typedef struct dtn_scn_ask {
    dtn_scn_target target; /* items == 0: none given */
    fmpq prob;             /* q of the target, default 1 */
    const int *map;        /* parameters */
    int maps;
    const char *rung; /* default rung of `solve` and the report, or NULL */
    const int *lever; /* parameters */
    int levers;
    const char *party; /* reserved */
} dtn_scn_ask;

typedef struct dtn_scn_at {
    int param;
    fmpq value;
} dtn_scn_at; /* a parameter set for one expectation */

/* key -> exact value as formula over parameters, e.g. outcomes {kept: 1/2}, strategies {answer.resolved.reject: 1},
 * payoffs {P.resolved: 2/5}, beliefs {reaction.resolved: 1} (probability of the first node or type: see docs). */
typedef struct dtn_scn_pair {
    const char *key, *subkey;      /* beliefs: infoset, then what is believed; otherwise subkey NULL */
    const dtn_expr *value, *upper; /* upper: an interval [value, upper]; NULL: equality */
    dtn_place place;
} dtn_scn_pair;

typedef struct dtn_scn_like { /* what an equilibrium must look like; lists may be empty */
    const dtn_scn_pair *outcome, *strategy, *belief, *payoff;
    int outcomes, strategies, beliefs, payoffs;
    const char *class_key; /* or NULL */
    const char *rung;      /* reaches exactly this rung, or NULL */
} dtn_scn_like;

typedef enum dtn_expect_kind {
    DTN_EXPECT_SOLVE,
    DTN_EXPECT_CRITICAL,
    DTN_EXPECT_SCALAR,
    DTN_EXPECT_STABILITY,
    DTN_EXPECT_BIND,
    DTN_EXPECT_CREDIBILITY,
    DTN_EXPECT_VERIFY
} dtn_expect_kind;

typedef struct dtn_scn_expect {
    dtn_expect_kind kind;
    const dtn_scn_at *at; /* parameters off their reference value */
    int ats;
    const char *solve;                       /* SOLVE: rung name or method name; BIND: rung */
    int count;                               /* number of equilibria, -1: not asked */
    const dtn_scn_like *every, *some, *none; /* NULL: not asked */
    int param;                               /* CRITICAL: the parameter */
    const fmpq *value;                       /* CRITICAL: [values] exact, in order */
    int values;
    int guarantee;     /* SCALAR */
    const char *lever; /* SCALAR: bond | penalty | detect | discount | hazard ...; BIND: parameter name */
    const fmpq *least; /* SCALAR, BIND: the least value; NULL with no_least: nothing binds */
    bool no_least;
    const dtn_scn_target *target;    /* BIND */
    const fmpq *prob;                /* BIND: NULL = 1 */
    bool some_equilibrium;           /* BIND: predicate E (some) rather than U (every) */
    const char *concept_id;          /* STABILITY: "R" */
    const int *variant;              /* STABILITY: [players] preference variant chosen, -1 default */
    const char *const *variant_name; /* [players] as written, NULL default */
    const char *const *state;        /* STABILITY: equilibria, exactly this set, as written */
    int states;
    int player;         /* STABILITY: stable set of this player instead of equilibria; -1: equilibria */
    const char *action; /* CREDIBILITY: "move[.type].action" */
    const dtn_scn_pair *figure; /* CREDIBILITY: margin, least_cost, belief_threshold_lo, heed ... */
    int figures;
    /* VERIFY: strategies, names -> probability; unnamed sets must be pure by default 0/1 completion error */
    const dtn_scn_pair *profile;
    int profiles;
    const char *about;
    dtn_place place;
} dtn_scn_expect;

typedef struct dtn_scn_repeated {
    bool given, transfers;
    const dtn_expr *discount, *hazard, *detect; /* NULL: not given */
} dtn_scn_repeated;

/* `stochastic:`: a game that goes on for ever and moves between states, which decide what can be done and what it pays. */
typedef struct dtn_scn_stage_actions {
    int count; /* 0: the player has nothing to decide there */
    const char *const *name;
    int grid;          /* grid variable that the action sets, or -1 */
    const fmpq *value; /* [count] of that variable; NULL without */
} dtn_scn_stage_actions;
typedef struct dtn_scn_rule {   /* what some combinations of actions pay, and where they lead */
    const int *choice;          /* [players] action, -1: any */
    int fixed;                  /* how many are not -1: exact beats * */
    const dtn_expr *const *pay; /* [players], NULL entries: 0 */
    const int *to;              /* [ways] states; no ways: the state itself */
    const dtn_expr *const *prob;
    int ways;
    dtn_place place;
} dtn_scn_rule;
typedef struct dtn_scn_stage {
    const char *key, *about;
    const dtn_scn_stage_actions *actions; /* [players] */
    const int *order; /* [movers] players in turn, each seeing what came before; 0 movers: all at once */
    int movers;
    const dtn_scn_rule *rule; /* in file order; the most exact counts, the first of equals */
    int rules;
    dtn_place place;
} dtn_scn_stage;
typedef struct dtn_scn_stochastic {
    const dtn_expr *discount;
    int start;
    const dtn_scn_stage *state;
    int states;
} dtn_scn_stochastic;

typedef struct dtn_scenario {
    dtn_arena *arena;
    const char *file, *title, *about;
    const char *source_text; /* the file, zero-terminated, for reports and carets */
    int players, params, families, states, grids, constraints, joints, moves, outcomes, groups, classes,
        guarantees;
    int sources, actors, claims, links, assumes, expects;
    const dtn_scn_player *player;
    const dtn_scn_param *param;
    const dtn_scn_family *family;
    const char *const *state;             /* [states] names */
    const dtn_expr *const *state_initial; /* [states] over parameters */
    const char *const *grid;              /* [grids] names */
    const dtn_scn_constraint *constraint;
    const dtn_scn_joint *joint; /* used instead of the players' priors when joints > 0 */
    int start;                  /* first move, -1: the scenario has no protocol */
    const dtn_scn_move *move;
    const dtn_scn_outcome *outcome;
    const dtn_scn_group *group;
    const dtn_scn_class *class_;
    const dtn_scn_guarantee *guarantee;
    dtn_scn_repeated repeated;
    const dtn_scn_stochastic *stochastic; /* NULL: none */
    const struct dtn_conflict *conflict;  /* NULL: none */
    const struct dtn_strategic *matrix;   /* `matrix:` of a plain strategic form, NULL: none */
    const dtn_scn_source *source;
    const dtn_scn_actor *actor;
    const dtn_scn_claim *claim;
    const dtn_scn_link *link;
    const dtn_scn_assume *assume;
    dtn_scn_ask ask;
    const dtn_scn_expect *expect;
} dtn_scenario;

/* Slot numbers of each kind (see above) and how many there are. */
static inline int dtn_scn_slot_state(const dtn_scenario *s, int state)
{
    return s->params + state;
}
static inline int dtn_scn_slot_grid(const dtn_scenario *s, int grid)
{
    return s->params + s->states + grid;
}
static inline int dtn_scn_slot_family(const dtn_scenario *s, int family)
{
    return s->params + s->states + s->grids + family;
}
static inline int dtn_scn_slots(const dtn_scenario *s)
{
    return s->params + s->states + s->grids + s->families;
}

/* A point of the parameter space: value[params], derived ones computed from the free ones. */
typedef struct dtn_point {
    int params;
    fmpq *value;
} dtn_point;

/* The reference point; then set free parameters by name or index and complete the derived ones.
 * ARG: unknown or derived parameter. DOMAIN: a derived one is undefined there. */
dtn_status dtn_point_new(dtn_ctx *ctx, dtn_arena *arena, dtn_point *out, const dtn_scenario *s);
dtn_status dtn_point_set(dtn_ctx *ctx, dtn_point *point, const dtn_scenario *s, int param, const fmpq_t value);
int dtn_scenario_param(const dtn_scenario *s, const char *name); /* -1: unknown */
dtn_status dtn_point_complete(dtn_ctx *ctx, dtn_point *point, const dtn_scenario *s);
/* *holds: all constraints hold; else *violated is the first that does not. Ranges are not checked here. */
dtn_status dtn_point_constraints(dtn_ctx *ctx, bool *holds, int *violated, const dtn_scenario *s,
                                 const dtn_point *point);

/* Expands the protocol into a tree at a point: types drawn first (a player with one type is not drawn), information sets derived
 * from (player, own type, move, what the player has seen), simultaneous moves as hidden moves, grids as actions.
 * - Information sets are named "move", "move.type", "move.PLAYER[.type]" in a simultaneous move, with "[seen actions]" appended
 *   where needed to be unique. Actions of a grid: "demand(1/20)". The label of a node below chance is its branch ("P: hard",
 *   "kept"), of another end its outcome's name.
 * - What an action pays and sets is read before any of it takes effect; in a simultaneous move mover after mover.
 * - A chance branch that state or grid variables make 0 whatever the parameters is left out; a chance move with one way left makes no
 *   node. Other branches and types of probability 0 are kept, unreached.
 * - Payoff and chance formulas over the parameter slots are kept, so dtn_tree_reprice works where the shape does not depend on
 *   parameters (only the bounds of a grid can make it).
 * DOMAIN: no protocol, a probability outside [0, 1] or not summing to 1, an undefined formula (message with place).
 * LIMIT: more than max_nodes nodes (0: 10^7), a path of 10,000 moves, or a path that meets a move again in the same state, which
 * can never end (message with the circle). Cost: a few table look-ups a node; 10^6 nodes in about a second. */
dtn_status dtn_scenario_tree(dtn_ctx *ctx, dtn_tree **out, const dtn_scenario *s, const dtn_point *point,
                             long max_nodes);

void dtn_scenario_free(dtn_scenario *s); /* frees its arena, conflict and matrix; NULL allowed */

#endif
