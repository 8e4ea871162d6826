/* Strategic form: players, strategies, exact payoffs; immutable once built. Player 1's index runs fastest. */
#ifndef DTN_MODEL_STRATEGIC_H
#define DTN_MODEL_STRATEGIC_H

#include "model/payoffs.h"
#include "model/tree.h"

typedef struct dtn_strategic {
    dtn_arena *arena;
    const char *title, *about; /* about: a comment, "" if none */
    int players;
    const int *strategies;              /* [players] */
    const char *const *player;          /* [players] names */
    const char *const *const *strategy; /* [players][strategies] names */
    size_t profiles;                    /* product of strategies */
    dtn_payoffs payoff;                 /* [profiles][players] */
    /* A game that is kept compact (model/action_graph.h): payoffs come from its graph, which it owns; profiles is 0 and the table
     * empty. NULL: a game with a table. */
    struct dtn_action_graph *graph;
} dtn_strategic;

/* Copies everything. payoff: [profiles][players]. ARG when sizes are not positive or the product overflows. */
dtn_status dtn_strategic_new(dtn_ctx *ctx, dtn_strategic **out, const char *title, int players,
                             const int *strategies, const char *const *player,
                             const char *const *const *strategy, const fmpq *payoff);
/* The same with all payoffs 0, for large games: each is then given by dtn_payoffs_set(ctx, &game->payoff, ...). */
dtn_status dtn_strategic_new_zero(dtn_ctx *ctx, dtn_strategic **out, const char *title, int players,
                                  const int *strategies, const char *const *player,
                                  const char *const *const *strategy);
/* A comment on the whole game, copied; before it is shared. */
dtn_status dtn_strategic_set_about(dtn_ctx *ctx, dtn_strategic *game, const char *about);
void dtn_strategic_free(dtn_strategic *game); /* NULL allowed */

/* The reduced strategic form of a tree with perfect recall: strategies that differ only at information sets which they
 * themselves exclude are one. Names join the actions ("engage/carry-out"). LIMIT when more than max_profiles. */
dtn_status dtn_strategic_from_tree(dtn_ctx *ctx, dtn_strategic **out, const dtn_tree *tree,
                                   size_t max_profiles);
/* *out = the number of a player's reduced strategies in a tree with perfect recall; -1: more than fit a long. Cost: linear. */
dtn_status dtn_reduced_count(dtn_ctx *ctx, long *out, const dtn_tree *tree, int player);
/* The strategic game as a tree: one information set a player, who moves without knowing what was chosen before. Payoffs stand
 * at the ends. LIMIT: more than 10^8 ends. Cost: linear. Free with dtn_tree_free. */
dtn_status dtn_tree_from_strategic(dtn_ctx *ctx, dtn_tree **out, const dtn_strategic *game);

#endif
