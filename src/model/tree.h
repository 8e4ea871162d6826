/* Extensive game: a finite tree with exact payoffs and chance probabilities, immutable once built.
 *
 * Nodes are numbered in preorder (0 = root). Information sets are numbered by player, then by first visit in
 * preorder (the order of Gambit's profiles). Actions of all information sets have one global numbering:
 * infosets[h].first_action + a. Payoffs stand at terminals only: whatever a format puts on inner nodes is
 * added up when the tree is built. */
#ifndef DTN_MODEL_TREE_H
#define DTN_MODEL_TREE_H

#include "model/payoffs.h"
#include "num/expr.h"
#include "num/rational.h"

typedef enum dtn_node_kind { DTN_NODE_TERMINAL, DTN_NODE_CHANCE, DTN_NODE_DECISION } dtn_node_kind;

typedef struct dtn_node {
    dtn_node_kind kind;
    int parent, branch; /* parent node (-1 at the root) and which of its branches leads here */
    int first_child;    /* into tree->children; child of branch b: tree->children[first_child + b] */
    int branches;       /* number of children */
    int infoset;        /* decision: information set; otherwise -1 */
    int terminal;       /* terminal: index into payoffs; otherwise -1 */
    int outcome;        /* terminal: index into tree->outcomes (a named class of ends), or -1 */
    int draw;           /* index into tree->draws of the type profile on this path, or -1 */
    int depth;
    const char *label; /* of the node, may be "" */
    const char *via;   /* below chance: name of the branch that leads here, "" or NULL if it has none */
    const char *move;  /* key of the protocol's move, "" if none */
} dtn_node;

typedef struct dtn_infoset {
    int player, type; /* type: of that player on all nodes here, or -1 */
    int first_action, actions;
    int first_member, members; /* nodes: tree->members[first_member + k] */
    const char *name;          /* unique: "answer", "answer.resolved", "reaction.hard[publish]" */
    const char *move;          /* key of the move, "" if none */
    bool absentminded;         /* some path meets it twice (then perfect_recall is false) */
} dtn_infoset;

/* What an action declares itself to be (scenario: threat: / promise:). */
typedef enum dtn_act_kind { DTN_ACT_PLAIN, DTN_ACT_THREAT, DTN_ACT_PROMISE } dtn_act_kind;

typedef struct dtn_action {
    const char *name; /* as shown */
    int infoset;
    dtn_act_kind kind;
    int target;         /* threat/promise: addressee, or -1 */
    const char *unless; /* threat: "move.action" that averts it (promise: that earns it); NULL */
    bool seen;          /* another player than the mover observes it (a signal if the mover has types) */
} dtn_action;

typedef struct dtn_tree_player {
    const char *name, *label; /* key and what is shown */
    int types;                /* 0: no private information */
    const char *const *type_names;
} dtn_tree_player;

/* A profile of private types drawn by the first chance move(s). */
typedef struct dtn_draw {
    const int *types; /* [players], -1 where the player has none */
    int node;         /* the node below the draw */
} dtn_draw;

typedef struct dtn_tree {
    dtn_arena *arena;          /* owned when the tree was made by a builder, see dtn_tree_free */
    const char *title, *about; /* about: a comment, "" if none */
    int players, nodes, infosets, actions, terminals, outcomes, draws;
    const dtn_tree_player *player; /* [players] */
    const dtn_node *node;          /* [nodes] */
    const int *children;
    const dtn_infoset *infoset; /* [infosets] */
    const int *members;
    const dtn_action *action;   /* [actions] */
    const char *const *outcome; /* [outcomes] names */
    const char *const *outcome_label;
    const dtn_draw *draw;  /* [draws] */
    const fmpq *draw_prob; /* [draws] */
    const fmpq *chance; /* [nodes]: probability of the branch into a node if its parent is chance, else 1 */
    dtn_payoffs payoff; /* [terminals][players] */
    /* The same as formulas over the scenario's parameters (constants folded); NULL for a tree read from numbers. */
    const dtn_expr *const *chance_formula; /* [nodes], NULL entries where the parent is not chance */
    const dtn_expr *const *payoff_formula; /* [terminals][players] */
    bool perfect_recall, perfect_information, constant_sum;
    int recall_infoset; /* information set that breaks perfect recall, or -1 */
    int recall_node[2]; /* two of its nodes with different own histories (equal: absent-minded) */
} dtn_tree;

typedef struct dtn_tree_builder dtn_tree_builder;

/* A builder collects nodes in any order as long as parents come first; strings are copied. */
dtn_status dtn_tree_builder_new(dtn_ctx *ctx, dtn_tree_builder **out, const char *title);
/* A comment on the whole game. */
dtn_status dtn_tree_set_about(dtn_tree_builder *b, const char *about);
void dtn_tree_builder_free(dtn_tree_builder *b); /* NULL allowed; not needed after a successful finish */
dtn_status dtn_tree_add_player(dtn_tree_builder *b, int *player, const char *name, const char *label,
                               int types, const char *const *type_names);
/* types [players]: -1 where none. prob is copied. */
dtn_status dtn_tree_add_draw(dtn_tree_builder *b, int *draw, const int *types, const fmpq_t prob);
dtn_status dtn_tree_add_outcome(dtn_tree_builder *b, int *outcome, const char *name, const char *label);
/* Returns the information set's provisional number (final numbers are given by finish). */
dtn_status dtn_tree_add_infoset(dtn_tree_builder *b, int *infoset, int player, int type, const char *name,
                                const char *move, int actions, const dtn_action *action);
/* Provisional node numbers are in order of adding; finish renumbers in preorder, children by branch.
 * prob (and formula, NULL allowed) belong to the branch from a chance parent; ignored otherwise. */
typedef struct dtn_node_spec {
    int parent, branch;
    dtn_node_kind kind;
    int infoset;       /* decision */
    int outcome, draw; /* -1: none */
    const char *label, *move;
    const char *via; /* name of the branch from a chance parent, or NULL */
    const fmpq *prob;
    const dtn_expr *prob_formula;
    const fmpq *payoff; /* terminal: [players]; otherwise NULL, or an amount [players] that every end below receives */
    const dtn_expr *const *payoff_formula; /* terminal: [players] or NULL */
} dtn_node_spec;
dtn_status dtn_tree_add_node(dtn_tree_builder *b, int *node, const dtn_node_spec *spec);
/* The arena in which formulas handed to the builder may be made (it becomes the tree's). */
dtn_arena *dtn_tree_builder_arena(dtn_tree_builder *b);
/* Checks (every branch filled once, actions of an information set agree in number, chance sums to 1) and freezes.
 * The builder is consumed on success and on failure. Cost: linear. */
dtn_status dtn_tree_finish(dtn_ctx *ctx, dtn_tree **out, dtn_tree_builder *b);
void dtn_tree_free(dtn_tree *tree); /* NULL allowed */

/* Recomputes payoffs and chance from the formulas at a point (slots: one value a parameter slot); only for trees that have them.
 * The shape stays: DOMAIN when a formula is undefined or a probability is outside [0, 1] there. */
dtn_status dtn_tree_reprice(dtn_ctx *ctx, dtn_tree *tree, const fmpq *slots);

/* The child of node by branch. */
static inline int dtn_tree_child(const dtn_tree *t, int node, int branch)
{
    return t->children[t->node[node].first_child + branch];
}

/* subgame[node] = true where a proper subgame starts (the root included). [nodes]. Cost: linear. */
dtn_status dtn_tree_subgames(dtn_ctx *ctx, bool *subgame, const dtn_tree *tree);

#endif
