/* A walk through all states of a game given by functions, in preorder; whoever needs them is told of each. */
#ifndef DTN_MODEL_GAME_WALK_H
#define DTN_MODEL_GAME_WALK_H

#include "base/ctx.h"
#include "detente/game.h"

/* The way into a state: the move at the state above. */
typedef struct dtn_game_way {
    int mover, infoset; /* who moved, and (a player) at which information set */
    int branch, moves;
    dtn_fraction probability; /* chance */
    const void *above;        /* the state before */
} dtn_game_way;

/* A state of the path, depth moves from the start. Every function gets way (NULL at the start). */
typedef struct dtn_game_visitor {
    dtn_status (*chance)(void *user, int depth, const dtn_game_way *way, int moves);
    /* Information sets are numbered over all players in the order of first visit; fresh: now is the first, and text is what the mover knows. */
    dtn_status (*decision)(void *user, int depth, const dtn_game_way *way, int player, int infoset,
                           bool fresh, const char *text, int moves, const void *state);
    dtn_status (*end)(void *user, int depth, const dtn_game_way *way, const dtn_fraction *payoff);
    void *user;
} dtn_game_visitor;

/* ARG unless every function that is needed is there and the sizes are possible. */
dtn_status dtn_game_check(dtn_ctx *ctx, const dtn_game *game);
/* ARG where the functions answer what cannot be. Cost: linear in states, a table look-up a decision. work: temporaries. */
dtn_status dtn_game_walk(dtn_ctx *ctx, dtn_arena *work, const dtn_game *game, const dtn_game_visitor *visitor);
/* Name of a move, text [DTN_GAME_TEXT]. */
void dtn_game_move_name(const dtn_game *game, const void *state, int move, char *text);

#endif
