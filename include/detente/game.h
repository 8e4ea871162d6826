/* detente/game.h: a game as a few functions, so that it can be solved without anybody writing its tree.
 *
 *     typedef struct state { ... } state;           plain memory: copied and compared by nobody but you
 *     static void begin(const void *rules, void *s) { ... }
 *     ...
 *     const dtn_game game = {.title = "My game", .players = 2, .state_bytes = sizeof(state), .begin = begin, ...};
 *     dtn_model *model;
 *     dtn_model_of_game(ctx, &model, &game);
 *     dtn_job_new(ctx, &job, model, "solve");         then as with a model from a file (detente/job.h)
 *
 * examples/plug-in/matching-coins.c is a whole program. */
#ifndef DETENTE_GAME_H
#define DETENTE_GAME_H

#include "detente/base.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct dtn_model dtn_model;

enum {
    DTN_GAME_CHANCE = -1, /* who moves: nature */
    DTN_GAME_END = -2,    /* nobody: play is over */
    DTN_GAME_MOST_PLAYERS = 10,
    DTN_GAME_MOST_MOVES = 100000, /* at one state */
    DTN_GAME_TEXT = 256           /* bytes of a text, its zero included */
};

/* An exact number, den > 0; need not be reduced. */
typedef struct dtn_fraction {
    int64_t num, den;
} dtn_fraction;

/* A game for players 0 .. players - 1. A state is state_bytes of memory that is copied freely (no pointers to itself); every function
 * gets the rules, which are yours. The functions must depend on nothing but their arguments: equal states, equal answers. Perfect
 * recall is not assumed; methods that need it check. */
typedef struct dtn_game {
    const char *title, *about; /* about: a comment, or NULL */
    int players;
    const char *const *player; /* [players] names; NULL: "1", "2", ... */
    size_t state_bytes;
    const void *rules;
    /* Fills the zeroed state with the start of play. */
    void (*begin)(const void *rules, void *state);
    /* The player to move, DTN_GAME_CHANCE or DTN_GAME_END. */
    int (*mover)(const void *rules, const void *state);
    /* How many moves there are, at least 1; the same at all states between which the mover cannot tell. */
    int (*moves)(const void *rules, const void *state);
    /* Chance: the probability of a move, >= 0; they sum to 1. NULL: all moves are equally likely. */
    dtn_fraction (*chance)(const void *rules, const void *state, int move);
    /* Makes a move, 0 .. moves - 1. */
    void (*apply)(const void *rules, void *state, int move);
    /* End: what each player receives, payoff [players], zeroed num and den 1 on entry. */
    void (*payoff)(const void *rules, const void *state, dtn_fraction *payoff);
    /* All that the player to move knows, as a text of at most room bytes: states where it is equal are one information
     * set, and answers show it. */
    void (*known)(const void *rules, const void *state, char *text, size_t room);
    /* Name of a move of a player or of chance, as answers show it. NULL: moves are numbered from 1. */
    void (*name)(const void *rules, const void *state, int move, char *text, size_t room);
} dtn_game;

/* *out = a model of the game: its tree, written by walking through all states. Nothing of game is kept. Free with dtn_model_free
 * (detente/model.h). Statuses: ARG (a function is missing or answers what cannot be, such as different numbers of moves in one
 * information set), DOMAIN (probabilities that do not sum to 1), NOMEM, LIMIT, CANCELLED. Cost: linear in states, about 1 µs each. */
DTN_API dtn_status dtn_model_of_game(dtn_ctx *ctx, dtn_model **out, const dtn_game *game);

#ifdef __cplusplus
}
#endif
#endif
