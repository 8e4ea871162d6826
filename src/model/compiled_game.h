/* A game tree as flat arrays, for methods that pass through it thousands of times a second.
 *
 * Information sets of a player that have as many own moves before them and as many actions stand eight to a slice, one a lane. The
 * sequences "information set, action" of a slice are one vector of eight an action, so that sequence = 8 * vector + lane. Vector 0
 * is the empty sequence, in every lane. Lanes that are left over are inert: nothing depends on them.
 *
 * What a sequence earns is a sum over the ends of the game whose last own move it is, and over the information sets that come next after it. Terms
 * of ends multiply a column (what the others' moves contribute; for two players the other's sequence) by eight numbers, one a lane:
 * shared terms have one column for all lanes, own terms one a lane. */
#ifndef DTN_MODEL_COMPILED_GAME_H
#define DTN_MODEL_COMPILED_GAME_H

#include "detente/game.h"
#include "model/tree.h"

enum { DTN_LANES = 8 };

typedef struct dtn_compiled_side {
    int infosets, slices, vectors, levels;
    int widest;        /* most actions of a slice */
    const int *first;  /* [slices + 1] first vector; the slice's actions are first[s + 1] - first[s] */
    const int *level;  /* [levels + 1] first slice with so many own moves before; slices come in this order */
    const int *above;  /* [slices] vector whose lanes lead to the same lanes here; -1: see parent */
    const int *parent; /* [slices][8] sequence that leads here */
    const int *infoset; /* [slices][8] number in the model, -1: inert */
    const int *row;     /* [slices][8] of its actions among those of the player (dtn_compiled_play) */
    int rows;           /* actions of the player */
    /* Terms of ends, by vector. */
    const size_t *shared; /* [vectors + 1] */
    const int *shared_column;
    const double *shared_value; /* [][8] */
    const size_t *own;          /* [vectors + 1] */
    const int *own_column;      /* [][8] */
    const double *own_value;    /* [][8] */
    /* Information sets that follow, by vector. */
    const int *next;                    /* [vectors + 1] */
    const int *next_slice;              /* slices that follow lane by lane */
    const int *loose;                   /* [vectors + 1] */
    const int *loose_lane, *loose_from; /* this lane is followed by the lane 8 * slice + lane */
    /* Columns of games without exactly two players: products of the others' sequences. */
    int columns;
    const int *joint; /* [columns][players - 1] by player; NULL: two players */
} dtn_compiled_side;

/* A state of the game, for methods that play it instead of passing through all of it. */
typedef struct dtn_compiled_node {
    int first; /* its children are nodes first .. first + moves - 1 */
    int moves;
    int who; /* a player, DTN_GAME_CHANCE or DTN_GAME_END (detente/game.h) */
    int row; /* player: the row of the first action; chance: into chance, -1: all alike; end: into payoff */
} dtn_compiled_node;

typedef struct dtn_compiled_play {
    int nodes; /* the first is the start */
    const dtn_compiled_node *node;
    const double *chance; /* sums of probabilities up to and with each move */
    const double *payoff; /* [ends][players] */
} dtn_compiled_play;

typedef struct dtn_compiled_game {
    int players;
    size_t ends;
    dtn_compiled_side *side; /* [players] */
    dtn_compiled_play play;  /* nodes 0: was not asked for */
} dtn_compiled_game;

/* In arena (not scratch), with the states for playing if asked for. DOMAIN without perfect recall. Probabilities and payoffs become doubles.
 * Cost: linear, but for sorting information sets and the ends of each vector. */
dtn_status dtn_compile_tree(dtn_ctx *ctx, dtn_arena *arena, dtn_compiled_game *out, const dtn_tree *tree,
                            bool play);
/* The same from functions (detente/game.h), without making the tree; information sets are numbered over all players in the order of first
 * visit. Ten million ends take about a gigabyte. */
dtn_status dtn_compile_game(dtn_ctx *ctx, dtn_arena *arena, dtn_compiled_game *out, const dtn_game *game,
                            bool play);

#endif
