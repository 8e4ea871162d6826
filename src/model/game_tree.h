/* From a game given by functions (detente/game.h) to its tree. */
#ifndef DTN_MODEL_GAME_TREE_H
#define DTN_MODEL_GAME_TREE_H

#include "detente/game.h"
#include "model/tree.h"

/* The tree, exact. Information sets are named by what the mover knows; where two players know the same text, the later one's name
 * has the player behind it. Statuses and cost as for dtn_model_of_game. Free with dtn_tree_free. */
dtn_status dtn_tree_of_game(dtn_ctx *ctx, dtn_tree **out, const dtn_game *game);

#endif
