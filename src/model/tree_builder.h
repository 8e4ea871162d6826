/* What a tree builder has collected, shared by the files that collect and that freeze it. */
#ifndef DTN_MODEL_TREE_BUILDER_H
#define DTN_MODEL_TREE_BUILDER_H

#include "model/tree.h"

enum { DTN_BUILDER_CHUNK = 1024 };

typedef struct dtn_built_node {
    int parent, branch, infoset, outcome, draw;
    dtn_node_kind kind;
    const char *label, *move, *via;
    const dtn_expr *prob_formula;
    const dtn_expr *const *payoff_formula;
    const fmpq *payoff; /* [players] or NULL */
    const fmpq *prob;
} dtn_built_node;

typedef struct dtn_built_infoset {
    int player, type, actions;
    const char *name, *move;
    dtn_action *action;
} dtn_built_infoset;

struct dtn_tree_builder {
    dtn_ctx *ctx;
    dtn_arena *arena; /* the tree's */
    dtn_arena *work;  /* what the tree does not keep; the builder itself lives here */
    const char *title, *about;
    int players, infosets, outcomes, draws, nodes;
    int player_room, infoset_room, outcome_room, draw_room, chunks;
    dtn_tree_player *player;
    dtn_built_infoset *infoset;
    const char **outcome, **outcome_label;
    dtn_draw *draw;
    fmpq **draw_prob;
    dtn_built_node **chunk;
    fmpq *number; /* next unused numbers of a block */
    int numbers;
    const char **string; /* table of the texts copied so far */
    int strings, string_room;
};

static inline dtn_built_node *dtn_built_at(const dtn_tree_builder *b, int node)
{
    return &b->chunk[node / DTN_BUILDER_CHUNK][node % DTN_BUILDER_CHUNK];
}

/* Chance sums to 1 (DOMAIN otherwise); sets constant_sum. */
dtn_status dtn_tree_check(dtn_ctx *ctx, dtn_tree *t);

#endif
