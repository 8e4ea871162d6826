/* The catalogue: example files inside the library, and generators of families of games, both opened as @name. */
#ifndef DTN_FORMAT_CATALOGUE_H
#define DTN_FORMAT_CATALOGUE_H

#include "base/ctx.h"
#include "base/option.h"
#include "base/str.h"
#include "detente/game.h"

/* A file of examples/. */
typedef struct dtn_example {
    const char *name, *file; /* "chicken", "games/chicken.nfg" */
    const unsigned char *bytes;
    size_t length;
} dtn_example;

/* All files; the last has no name. Generated when the build is configured (cmake/embed.cmake). */
extern const dtn_example dtn_examples[];

/* Writes the text of a game file of any format to out. given: the settings behind the question mark, each one of the
 * generator's table; ARG with a message for values that it does not take. */
typedef dtn_status dtn_generate_fn(dtn_ctx *ctx, dtn_str *out, const dtn_options *given);
/* The same as functions (detente/game.h): fills in the game; its rules stand in arena. */
typedef dtn_status dtn_game_fn(dtn_ctx *ctx, dtn_arena *arena, dtn_game *game, const dtn_options *given);

/* A family of games; a new one is a record of its own and a line in generators.def. */
typedef struct dtn_generator {
    const char *name, *title;
    const dtn_option_spec *options; /* ends with a row without a name */
    dtn_generate_fn *generate;      /* NULL: there is game */
    dtn_game_fn *game;
} dtn_generator;

/* For generators: the integer setting of this row, or the row's default. */
dtn_status dtn_setting(dtn_ctx *ctx, long *out, const dtn_options *given, const dtn_option_spec *spec,
                       long lo, long hi);
/* The setting that is one of these words (ends with NULL): its index. */
dtn_status dtn_setting_word(dtn_ctx *ctx, int *out, const dtn_options *given, const dtn_option_spec *spec,
                            const char *const *words);

/* The text behind "@name" or "@name?key=value&key=value" (path without the @), in arena. ARG: no such name, with the
 * nearest, or a setting that is not taken. */
dtn_status dtn_catalogue_open(dtn_ctx *ctx, dtn_arena *arena, const char **text, size_t *length,
                              const char *path);
/* The game behind it, *is = true, when the name is that of a family given by functions. */
dtn_status dtn_catalogue_game(dtn_ctx *ctx, dtn_arena *arena, bool *is, dtn_game *game, const char *path);
/* A model of a game, called by this name (model_of_game.c). */
dtn_status dtn_catalogue_model(dtn_ctx *ctx, dtn_model **out, const dtn_game *game, const char *name);

#endif
