/* Inside of the compiler of games: what a walk through a game collects, before it is arranged in slices.
 *
 * A walk goes through the game in preorder and tells, for each depth of its path, what happened. Sequences are provisional here: 0 the
 * empty one, then by information set, in the order of first visit, and action. */
#ifndef DTN_MODEL_COMPILE_H
#define DTN_MODEL_COMPILE_H

#include "model/compiled_game.h"

typedef struct dtn_raw_infoset {
    int number; /* in the model */
    int actions;
    int sequence;  /* of the first action */
    int from;      /* sequence that leads here */
    int level;     /* own moves before */
    int public[2]; /* representatives: of the sets that common knowledge does not tell apart, and of those that meet the same ends */
    uint64_t deal; /* what chance did, the latest first */
} dtn_raw_infoset;

typedef struct dtn_raw_side {
    dtn_raw_infoset *infoset;
    int infosets, infoset_room, sequences, sequence_room;
    int *set_of;   /* [sequences] information set of a sequence, -1 for the empty one */
    int **seen[2]; /* [players] by sequence or set of another player: 1 + an own information set met with it */
    int *final;    /* [sequences] after arranging: sequence in the compiled game */
} dtn_raw_side;

typedef struct dtn_raw_ends {
    size_t count, room;
    int *sequence;  /* [count][players] */
    double *payoff; /* [count][players] times the probability of chance */
    double *worth;  /* [count][players] without it; NULL unless for playing */
} dtn_raw_ends;

/* The states for playing, while they grow. */
typedef struct dtn_raw_play {
    dtn_compiled_node *node;
    double *chance;
    size_t nodes, room, chances, chance_room;
} dtn_raw_play;

typedef struct dtn_collector {
    dtn_ctx *ctx;
    dtn_arena *work;
    int players, depths; /* depths: room of the path */
    dtn_raw_side *side;  /* [players] */
    dtn_raw_ends ends;
    /* The path, by depth. */
    double *chance;
    uint64_t *deal;
    int *sequence, *level; /* [players] */
    int *node;             /* in play */
    dtn_raw_play *play;    /* NULL: not asked for */
} dtn_collector;

/* ends: how many are expected, or 0. */
dtn_status dtn_collect_start(dtn_ctx *ctx, dtn_collector *c, dtn_arena *work, int players, size_t ends,
                             bool play);
/* At depth chance has so many moves. */
dtn_status dtn_collect_fork(dtn_collector *c, int depth, int moves);
/* The path reaches depth (from 1) by a move of chance; by a move of a player at an information set of his. */
dtn_status dtn_collect_chance(dtn_collector *c, int depth, int branch, double probability);
dtn_status dtn_collect_move(dtn_collector *c, int depth, int player, int infoset, int branch);
/* A decision of a player at this depth: at an information set met before, or (*infoset < 0) a new one, whose index is returned. DOMAIN
 * when the player came to it by another way of its own before: no perfect recall. */
dtn_status dtn_collect_decision(dtn_collector *c, int depth, int player, int *infoset, int number,
                                int actions);
dtn_status dtn_collect_end(dtn_collector *c, int depth, const double *payoff);
/* Arranges what was collected. */
dtn_status dtn_collect_finish(dtn_collector *c, dtn_arena *arena, dtn_compiled_game *out);

/* Slices, levels, parents and children of one player; fills raw->final. */
dtn_status dtn_arrange_side(dtn_ctx *ctx, dtn_arena *arena, dtn_compiled_side *out, dtn_raw_side *raw);
/* Terms of ends of one player; final sequences stand in ends->sequence. work is released by the caller. */
dtn_status dtn_compile_terms(dtn_ctx *ctx, dtn_arena *arena, dtn_arena *work, dtn_compiled_side *out,
                             const dtn_raw_ends *ends, int player, int players);

#endif
