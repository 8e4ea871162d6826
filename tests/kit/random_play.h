/* Random extensive games with perfect recall, for tests of completeness and invariances. */
#ifndef DTN_TESTS_RANDOM_PLAY_H
#define DTN_TESTS_RANDOM_PLAY_H

#include "kit/prefix.h"

typedef struct kit_random_play_spec {
    int players, types, stages,
        actions; /* types: of each player that has some (player 0; with `both` also player 1) */
    bool both;
    int range;  /* payoffs are integers in [0, range) */
    int unseen; /* a stage is hidden from a player with this probability in percent */
    int exits;  /* an action ends the game with this probability in percent */
    /* The same game in other clothes: */
    bool swap;        /* players are numbered from the other end */
    bool reverse;     /* actions are listed from the other end */
    int scale, shift; /* payoffs become scale * payoff + shift; scale 0: as they are */
} kit_random_play_spec;

/* Prefix text of kit_prefix_tree, in arena. Players move in turn; equal seeds, equal games. */
const char *kit_random_play_text(dtn_arena *arena, const kit_random_play_spec *spec, uint64_t seed);
dtn_tree *kit_random_play(dtn_ctx *ctx, const kit_random_play_spec *spec, uint64_t seed);

/* Every pure strategy of a player: choice[strategy][infosets of the game] (action index, -1 at others' sets); *count strategies. */
const int *kit_pure_strategies(dtn_arena *arena, const dtn_tree *tree, int player, int *count);
/* prob[node] of every node when strategies (choice rows) are mixed with these weights. weight[player]: [count[player]]. */
void kit_reach(const dtn_tree *tree, const int *const *choice, const int *count, const fmpq *const *weight,
               fmpq *prob);

#endif
