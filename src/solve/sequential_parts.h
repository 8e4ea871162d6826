/* Inside of the sequential solver: the flat game, the state of the search, linear systems, cells, outcomes.
 *
 * The unknowns are realization weights R(a) of actions a: the product of the mover's own probabilities down to a. Under perfect
 * recall a condition of player i at an information set is then linear in the R of each other player; with two players
 * the whole system of a support is linear. For an action off the support (a tremble) R(a) is the leading coefficient. */
#ifndef DTN_SOLVE_SEQUENTIAL_PARTS_H
#define DTN_SOLVE_SEQUENTIAL_PARTS_H

#include "num/lp.h"
#include "solve/sequential.h"

/* A terminal node below an action, and the member of the action's information set above it. */
typedef struct dtn_seq_end {
    int node, member;
} dtn_seq_end;

typedef struct dtn_seq_game {
    const dtn_tree *tree;
    int players, nodes, infosets, actions, words; /* words: 64-bit words of a set of actions */
    int *last;      /* [nodes][players] the player's last own action on the way to a node, -1 */
    int *prior;     /* [infosets] owner's last own action before it, -1 */
    int *into;      /* [nodes] action that leads into it, -1: chance, root */
    int *nulls;     /* [nodes] branches of probability 0 on the way */
    fmpq *chance;   /* [nodes] product of the chance probabilities on the way; null branches count as 1 */
    fmpq *stake;    /* [nodes][players] chance * payoff at ends */
    int *end_first; /* [actions + 1] */
    dtn_seq_end *end;
    uint64_t *allowed; /* [infosets] actions that can be played where reached: best for some belief and continuation */
    uint64_t *full; /* [infosets] the same where not reached; every action below the rung pbe */
    bool *subgame;  /* [nodes] a proper subgame starts here */
    fmpq *lo, *hi;  /* [nodes][players] bounds of continuation payoffs under allowed actions */
} dtn_seq_game;

/* Linear (or multilinear) conditions on realization weights. Column j < unknowns stands for unknown[j], column
 * most + p for product p. Codes of unknowns: actions (R); below the rung sequential also information sets (value of
 * their mover's best play from there on), nodes (weight of a member in a free belief), and pairs of information sets (the value
 * from the second on as it counts at the first, which holds a free belief). */
typedef struct dtn_seq_system {
    int codes, most;                            /* most: unknowns */
    int flowed;                                 /* unknowns whose flow rows were added */
    int unknowns, *unknown;                     /* codes */
    int *column;                                /* [codes] or -1 */
    bool *known;                                /* [codes] */
    fmpq *value;                                /* [codes] R where known */
    int products, most_products, (*product)[4]; /* unknown columns, ascending, -1 padded */
    int stride, rows, room;
    fmpq *a, *b; /* [rows][stride], [rows] */
    dtn_lp_sense *sense;
    int *infoset, *action; /* [rows] what the row is about; infoset -1: a flow */
    fmpq *sum;             /* [stride + 1] accumulator, constant last */
    bool overflow;         /* too many products */
} dtn_seq_system;

/* A deviation from the path: an unplayed action at a reached information set. */
typedef struct dtn_seq_deviation {
    int infoset, action;
} dtn_seq_deviation;

/* Part of the game off the path that can be solved by itself once the path is known. */
typedef struct dtn_seq_component {
    int *infoset, infosets; /* unreached, not decided by dominance */
    dtn_seq_deviation *deviation;
    int deviations;
    struct dtn_seq_cell *cell; /* [cells] all its solutions, each a polyhedron */
    int cells, cell_room;
    bool undecided; /* some support could not be decided (nonlinear) */
} dtn_seq_component;

/* One polyhedron of solutions: a support, which nodes carry beliefs, and a point. */
typedef struct dtn_seq_cell {
    uint64_t *support; /* [component->infosets] */
    int unknowns, *unknown;
    fmpq *point;       /* [unknowns] */
    bool slice;        /* of a larger set that is no polyhedron: one factor of every product is fixed */
    int rows, columns; /* of the closed polyhedron over the unknowns (all >= 0) */
    fmpq *a, *b;
    dtn_lp_sense *sense;
    int trembles, *tremble; /* actions whose order was chosen */
    int *order;             /* [trembles] */
} dtn_seq_cell;

/* Play on the path: supports at reached information sets, weights, and what off the path can hold it. */
typedef struct dtn_seq_outcome {
    struct dtn_seq_run *run; /* in which it was found */
    uint64_t *support;       /* [infosets] 0: unreached and not decided by dominance */
    bool *reached;           /* [infosets] */
    bool family;             /* the weights on the path are not unique: one joint component holds them */
    fmpq *weight;            /* [actions] R on the path when unique */
    bool *known;             /* [actions] */
    dtn_seq_component *component;
    int components;
    dtn_seq_component *refined;       /* [components] what is left of them under D1; NULL: everything */
    bool *banned;                     /* [actions] on which D1 puts no belief; NULL: none */
    struct dtn_seq_outcome *stand_in; /* of a family: a point of it that survives D1; NULL */
    bool exact; /* false: the weights on the path are rounded from an irrational solution */
    dtn_rung rung;
    dtn_fall *fall;
    int falls;
    bool rung_unknown;
} dtn_seq_outcome;

/* Everything found so far, in the runs for one rung after the other. */
typedef struct dtn_seq_found {
    dtn_seq_outcome *outcome;
    int outcomes, room;
    bool undecided; /* supports were left open in the run for a higher rung */
    double drawn;   /* work done to describe what is free: entries of linear programs */
} dtn_seq_found;

typedef struct dtn_seq_run {
    dtn_ctx *ctx;
    dtn_arena *arena; /* of the result */
    dtn_arena *work;  /* of the run */
    dtn_seq_game game;
    dtn_sequential_options options;
    dtn_rung mode;     /* what is sought: NASH, SPE, PBE or SEQUENTIAL */
    uint64_t *support; /* [infosets] decided so far */
    bool *on;          /* [nodes] reached under support */
    bool *open;        /* [nodes] whether it is reached depends on supports still to be chosen */
    bool *carrier;     /* [nodes] carries belief at its information set */
    int *type;         /* [infosets] private type of the owner, -1 */
    bool *trivial;     /* [infosets] off the path: the support is best at every node, whatever the belief */
    bool *reached;     /* [infosets] */
    bool *settled;     /* [infosets] no member is open */
    int *blocks;       /* [infosets] scratch */
    dtn_seq_system system;
    /* Below the rung sequential (NULL there). */
    bool *freed;      /* [infosets] need not play well */
    bool *filled;     /* [infosets] no support was chosen: all actions, whose weights may vanish */
    bool *own_belief; /* [infosets] belief is free: unknown weights of its members */
    bool *sub_on;     /* [nodes] play from the nearest start of a subgame gets here */
    bool *sub_reached, *above_subgame; /* [infosets] reached from there; some subgame lies below */
    bool *counted;                     /* [infosets] the value of best play stands in this row */
    bool every_belief; /* choose carriers also where the support is best whatever the belief (to describe beliefs) */
    /* Beliefs that refinements forbid: unplayed actions whose nodes get no weight where others could have it. */
    const bool *banned; /* [actions] or NULL */
    dtn_seq_found *found;
    long supports, refuted, lps;
    long nonlinear; /* supports that were left undecided */
    long rounded;   /* outcomes whose play off the path was found at rounded weights */
    bool stopped;   /* max_supports was reached */
} dtn_seq_run;

static inline const dtn_infoset *dtn_seq_set(const dtn_seq_run *r, int h)
{
    return &r->game.tree->infoset[h];
}

static inline int dtn_seq_member(const dtn_seq_run *r, int h, int k)
{
    return r->game.tree->members[r->game.tree->infoset[h].first_member + k];
}

/* Whether the mover of g plays action a under the current support. */
static inline bool dtn_seq_plays(const dtn_seq_run *r, int g, int a)
{
    return r->support[g] >> (a - r->game.tree->infoset[g].first_action) & 1;
}

/* An information set where dominance leaves one action, reached or not. */
static inline bool dtn_seq_decided(const dtn_seq_run *r, int h)
{
    return (r->game.full[h] & (r->game.full[h] - 1)) == 0;
}

/* Is the unknown of this code the value of best play (which may be negative)? */
static inline bool dtn_seq_is_value(const dtn_seq_run *r, int code)
{
    int values = r->game.actions, weights = values + r->game.infosets;
    return code >= values && (code < weights || code >= weights + r->game.nodes);
}

/* sequential_game.c */
dtn_status dtn_seq_game_build(dtn_seq_run *r, const dtn_tree *tree);

/* sequential_rows.c */
dtn_status dtn_seq_system_build(dtn_seq_run *r);
void dtn_seq_system_clear(dtn_seq_run *r); /* no rows, no unknowns; known weights stay */
/* Row "value of action a at h minus value of the support's first action": = 0 on the support, <= 0 off it. false: some
 * information set below is not decided yet, no row was added. */
bool dtn_seq_add_optimality(dtn_seq_run *r, int h, int a);
/* Flow rows for every mixed information set of which an unknown occurs. */
void dtn_seq_add_flows(dtn_seq_run *r);
/* Rows that hold up the values of best play that occur. Before the flows. */
void dtn_seq_add_bests(dtn_seq_run *r);
/* No row has a product of unknowns. */
bool dtn_seq_linear(const dtn_seq_run *r);
/* The unknown (new if need be) or known weight behind an action: -1 for "1", else an action. */
int dtn_seq_alias(const dtn_seq_run *r, int a);
int dtn_seq_column(dtn_seq_run *r, int code);
/* Gauss: are the equations solvable, and uniquely? Then x[unknowns]. Only when products == 0. */
typedef enum dtn_seq_solution { DTN_SEQ_NONE, DTN_SEQ_POINT, DTN_SEQ_FAMILY } dtn_seq_solution;
dtn_status dtn_seq_eliminate(dtn_seq_run *r, dtn_seq_solution *kind, fmpq *x);
/* A point with every unknown positive, rows satisfied. */
dtn_status dtn_seq_feasible(dtn_seq_run *r, bool *feasible, fmpq *x, const bool *may_vanish);

/* A row with a product of unknowns. */
bool dtn_seq_has_products(const dtn_seq_system *s, int row);
/* Unknowns that linear equations determine are put into the products. true: some became linear; *consistent = false: the
 * linear equations contradict each other. */
bool dtn_seq_determine(dtn_seq_run *r, bool *consistent);

/* sequential_products.c: the same with products. YES: point is a solution and the rows have become linear (one factor of every
 * product is fixed); NO: proved. */
typedef enum dtn_seq_answer { DTN_SEQ_NO, DTN_SEQ_YES, DTN_SEQ_UNDECIDED } dtn_seq_answer;
dtn_status dtn_seq_products(dtn_seq_run *r, dtn_seq_answer *answer, fmpq *point, const bool *may_vanish);

/* sequential_early.c: conditions among reached information sets, as far as supports are chosen. */
void dtn_seq_path_equations(dtn_seq_run *r);
void dtn_seq_path_deviations(dtn_seq_run *r);
/* The reached information set to decide next, -1: all are. */
int dtn_seq_path_next(dtn_seq_run *r);
/* Does no completion of the supports chosen so far have a solution? */
dtn_status dtn_seq_refute_early(dtn_seq_run *r, bool *refuted);
/* The same for the supports chosen so far in a component off the path. */
dtn_status dtn_seq_refute_off(dtn_seq_run *r, const dtn_seq_component *c, bool *refuted);
/* Counts one more support that is looked at. false: that were too many. */
bool dtn_seq_may_look(dtn_seq_run *r);

/* sequential_path.c: every play on the path that its own conditions allow. */
dtn_status dtn_seq_paths(dtn_seq_run *r);
void dtn_seq_mark_reached(dtn_seq_run *r);

/* sequential_off.c: what off the path holds this play; *held = false: nothing does. */
dtn_status dtn_seq_components(dtn_seq_run *r, dtn_seq_outcome *o);
dtn_status dtn_seq_hold(dtn_seq_run *r, dtn_seq_outcome *o, bool *held);
/* The rows of a cell: supports and carriers are those of the run's state. */
void dtn_seq_cell_rows(dtn_seq_run *r, const dtn_seq_outcome *o, const dtn_seq_component *c,
                       const int *tremble, const int *order, int trembles, const bool *may_vanish);
/* Makes the run's state that of an outcome's path. */
void dtn_seq_enter(dtn_seq_run *r, const dtn_seq_outcome *o);

/* sequential_orders.c: every choice of nodes that carry beliefs at the component's information sets. */
typedef dtn_status dtn_seq_orders_fn(dtn_seq_run *r, void *user, const int *tremble, const int *order,
                                     int trembles, const bool *may_vanish);
dtn_status dtn_seq_orders(dtn_seq_run *r, const dtn_seq_component *c, dtn_seq_orders_fn *found, void *user);
/* The supports chosen so far settle which nodes of h carry its belief: they are marked as carriers. */
dtn_status dtn_seq_sole_carriers(dtn_seq_run *r, int h, bool *sole);

/* sequential_signal.c: messages that nobody sends, and who could be meant by them. */
enum { DTN_SEQ_TYPES = 8, DTN_SEQ_REPLIES = 8 };
typedef struct dtn_seq_message {
    int player, types;
    int type[DTN_SEQ_TYPES], infoset[DTN_SEQ_TYPES], action[DTN_SEQ_TYPES];
    int replies, reply[DTN_SEQ_REPLIES]; /* information sets that answer, where belief counts */
    const char *obstacle;                /* why it cannot be analysed; NULL: it can */
} dtn_seq_message;
/* Type of each information set's owner, -1: none; from the tree, else from the chance moves at the root. */
dtn_status dtn_seq_types(dtn_seq_run *r);
dtn_status dtn_seq_messages(dtn_seq_run *r, dtn_seq_message **out, int *count, const char **obstacle);

/* sequential_pieces.c: replies to a message, and who gains on them. */
/* The linear data of one message. Columns: all actions of all replies, in order. */
typedef struct dtn_seq_stage {
    dtn_seq_run *r;
    const dtn_seq_message *m;
    int columns, first[DTN_SEQ_REPLIES + 1]; /* columns of reply i: [first[i], first[i + 1]) */
    fmpq *gain;   /* [types][columns + 1] f_t: coefficients of replies, constant last */
    fmpq *margin; /* [columns][types] value of an action at its information set per unit of weight on a type */
    fmpq *total;  /* [replies] what the probabilities of an answer sum to (the replier's own weight) */
    uint64_t *piece; /* [pieces][replies] maximal feasible supports */
    int pieces;
} dtn_seq_stage;

/* The gains and margins of stage->m at the path at hand. */
dtn_status dtn_seq_read_stage(dtn_seq_stage *s);
/* Adds the maximal supports of answers that some c, zero on the types left out, makes best. Start with i = 0; support: scratch. */
dtn_status dtn_seq_pieces(dtn_seq_stage *s, uint64_t *support, int i, unsigned left_out, bool *complete);
typedef enum dtn_seq_question {
    DTN_SEQ_GAINS_NOWHERE,
    DTN_SEQ_GAINS_EVERYWHERE,
    DTN_SEQ_LESS_OFTEN
} dtn_seq_question;
/* Piece by piece. LESS_OFTEN: {f_t >= 0} is a proper subset of {f_other > 0}. */
dtn_status dtn_seq_ask(dtn_seq_stage *s, dtn_seq_question q, int t, int other, bool *yes);

/* sequential_lower.c: what differs below the rung sequential. */
dtn_status dtn_seq_lower_build(dtn_seq_run *r);
/* rung spe: the next information set of the component whose support is to be chosen, -1: none. */
int dtn_seq_lower_next(dtn_seq_run *r, const dtn_seq_component *c);
/* Once supports are chosen: which sets are freed (their supports become whole), which beliefs are free. And back. */
void dtn_seq_lower_set_up(dtn_seq_run *r, const dtn_seq_component *c);
void dtn_seq_lower_undo(dtn_seq_run *r, const dtn_seq_component *c);
/* Is h freed, or its belief free? Then its carriers are set and its unknowns may vanish. */
bool dtn_seq_lower_beliefs(dtn_seq_run *r, int h, bool *may_vanish);

/* sequential_refine.c: the intuitive criterion and D1 for the path at hand; sets o's rung and falls. */
dtn_status dtn_seq_refine(dtn_seq_run *r, dtn_seq_outcome *o);
/* Whether o reaches the rung stays open. */
dtn_status dtn_seq_doubt(dtn_seq_run *r, dtn_seq_outcome *o, dtn_rung rung, const char *why);

/* sequential_describe.c: exact ranges of what is free in an outcome, and its dimension (-1: not computed). Hulls are
 * widened, so that several outcomes can be described together. */
typedef struct dtn_seq_ranges {
    fmpq *lo, *hi; /* [actions + nodes] probabilities, then beliefs */
    bool *seen;    /* [actions + nodes] */
    int dimension; /* largest of the outcomes described */
    bool complete; /* false: something nonlinear was left out */
} dtn_seq_ranges;
dtn_status dtn_seq_describe(dtn_seq_run *r, const dtn_seq_outcome *o, dtn_seq_ranges *out);

/* Widens by the play on the path of an outcome that is no family. */
void dtn_seq_fixed_path(const dtn_seq_run *r, const dtn_seq_outcome *o, dtn_seq_ranges *out);

/* sequential_group.c: outcomes joined by a continuum of equilibria. group[i]: first outcome of i's group. */
dtn_status dtn_seq_group(dtn_seq_run *r, int *group);

/* sequential_found.c: a member of an outcome, from one cell of each component. */
dtn_status dtn_seq_assess(dtn_seq_run *r, const dtn_seq_outcome *o, const dtn_seq_cell *const *cell,
                          dtn_assessment *out);
dtn_status dtn_seq_results(dtn_seq_run *r, dtn_equilibria *e);

#endif
