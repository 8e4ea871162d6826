/* detente/batch.h: many small two-player games at once: all equilibria of each, exactly, as support masks. */
#ifndef DETENTE_BATCH_H
#define DETENTE_BATCH_H

#include "detente/base.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
    DTN_BATCH_MOST_ACTIONS = 16, /* of one player */
    DTN_BATCH_LANES = 8          /* dtn_batch.block is a multiple of it */
};

/* Games of one size with integer payoffs, borrowed, in structure-of-arrays form: games stand in blocks, and inside a block
 * one plane of payoffs follows the other. The payoff of player 1 in game g at row i, column j is
 *
 *     a[((g / block) * rows * columns + i * columns + j) * block + g % block]
 *
 * and b holds player 2's in the same way. block is a multiple of 8, or 0: all games in one block (plain planes, `games`
 * numbers each). The last block has room for `block` games too; what stands there beyond the last game is not looked at.
 * Blocks of 8 to 64 games are read fastest. Give a and b, or a32 and b32, and leave the others NULL. Any alignment works;
 * 64 bytes is best. Doubles must be integers of at most 2^53 in magnitude. */
typedef struct dtn_batch {
    int rows, columns; /* 1 .. 16 */
    size_t games, block;
    const double *a, *b;
    const int32_t *a32, *b32;
} dtn_batch;

/* One equilibrium (x, y): bit i of rows is set when x plays row i, bit i of best_rows when row i is a best reply to y; so
 * for columns. Extreme strategies are determined by these masks: dtn_batch_weights gives the probabilities. */
typedef struct dtn_batch_equilibrium {
    uint16_t rows, columns, best_rows, best_columns;
} dtn_batch_equilibrium;

/* What is known of a game beside its list (bits). */
enum {
    DTN_BATCH_TIED =
        1, /* at some equilibrium an unplayed action is a best reply: the list holds the extreme equilibria, and
                         * others, a continuum, may lie between them. Without it the list is the whole set. */
    DTN_BATCH_BIG = 2 /* payoffs beyond the range of the vector kernels: solved by the general exact method */
};

/* All extreme equilibria of each game; of game g: item[first[g]] .. item[first[g + 1] - 1], ordered by the number of rows
 * played, then by rows, columns, best_rows and best_columns as numbers. */
typedef struct dtn_batch_answer {
    size_t games, count;
    const size_t *first;               /* [games + 1] */
    const dtn_batch_equilibrium *item; /* [count] */
    const uint8_t *flags;              /* [games] */
    const char *kernel;                /* the kernel that ran: "avx512", "avx2", "plain" or "exact" */
    size_t big, tied;                  /* games with these flags */
} dtn_batch_answer;

/* Zero-filled = defaults. */
typedef struct dtn_batch_options {
    const char *kernel; /* "avx512", "avx2", "plain" or "exact" (the general method for every game); NULL: the widest that this
                         * machine has */
} dtn_batch_options;

/* *out = all equilibria of all games; the same for every kernel and number of threads (dtn_ctx_set_threads). Up to 8 x 8
 * vector kernels decide every game whose payoffs of one player differ by at most dtn_batch_range; other games take the
 * general exact method, game by game. Statuses: ARG (sizes, an unknown kernel, a payoff that is no integer: the message
 * names the game), UNSUPPORTED (this machine lacks the kernel), LIMIT, CANCELLED, NOMEM. Cost: docs/solvers/batch.md.
 * Free with dtn_batch_answer_free. Source: see src/solve/batch.c. */
DTN_API dtn_status dtn_batch_solve(dtn_ctx *ctx, dtn_batch_answer **out, const dtn_batch *batch,
                                   const dtn_batch_options *options);
DTN_API void dtn_batch_answer_free(dtn_batch_answer *answer); /* NULL allowed */

/* The largest difference between two payoffs of one player that the vector kernels take (of payoffs up to 2^51 in
 * magnitude); 0: the size has no vector kernel. */
DTN_API double dtn_batch_range(int rows, int columns);

/* Probabilities of one equilibrium, as the least integers in proportion to them: row i is played with probability
 * x[i] / (x[0] + ... + x[rows - 1]). x [rows], y [columns]. LIMIT: they need more than 63 bits. */
DTN_API dtn_status dtn_batch_weights(dtn_ctx *ctx, int64_t *x, int64_t *y, const dtn_batch *batch,
                                     size_t game, const dtn_batch_equilibrium *equilibrium);

/* The i-th kernel this machine can run, the widest first; NULL past the end. */
DTN_API const char *dtn_batch_kernel(int i);

/* How dtn_batch_text reads and writes; zero-filled = defaults. */
typedef struct dtn_batch_text_options {
    int rows, columns; /* size of all games; 0: each line says, or is square */
    bool pairs; /* payoffs stand in pairs a11 b11 a12 b12 ...; otherwise all of player 1's before all of player 2's */
    bool probabilities; /* write exact probabilities, not only who is played */
    const char *format; /* "text" (NULL), "csv" or "json", one line a game */
    const char *kernel; /* as in dtn_batch_options */
    const char *name;   /* of the input, in messages; NULL: "input" */
} dtn_batch_text_options;

/* Puts at most room bytes into bytes; their number, 0 at the end, negative when reading failed (the call then returns IO). */
typedef long dtn_batch_read_fn(void *user, char *bytes, size_t room);
/* false: writing failed (the call then returns IO). */
typedef bool dtn_batch_write_fn(void *user, const char *bytes, size_t length);

/* Solves games that are written one a line (docs/solvers/batch.md has the grammar) and writes a line for each, in order, as they
 * come: memory does not grow with their number. *games = lines answered. Uses the context's threads; what is written does not
 * depend on them. Statuses: PARSE (the message begins with NAME:LINE:; the lines before were answered), ARG, IO, LIMIT,
 * CANCELLED, NOMEM. */
DTN_API dtn_status dtn_batch_text(dtn_ctx *ctx, size_t *games, const dtn_batch_text_options *options,
                                  dtn_batch_read_fn *read, dtn_batch_write_fn *write, void *user);

#ifdef __cplusplus
}
#endif
#endif
