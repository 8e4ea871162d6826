/* Games one a line: numbers with a size in front or given, or columns of a CSV file named by its first line. */
#ifndef DTN_FORMAT_BATCH_LINE_H
#define DTN_FORMAT_BATCH_LINE_H

#include "base/ctx.h"

enum { BATCH_LINE_ACTIONS = 16, BATCH_LINE_PAYOFFS = 2 * BATCH_LINE_ACTIONS * BATCH_LINE_ACTIONS };

/* How lines are read. */
typedef struct batch_lines {
    int rows, columns; /* 0: each line says */
    bool pairs; /* a11 b11 a12 b12 ...; otherwise all of player 1's payoffs, then all of player 2's, row by row */
    /* CSV with names: */
    int fields; /* of a line; 0: lines are numbers only */
    int *place; /* [fields] which payoff (player 1's row by row, then player 2's); -1: none */
    int label;  /* the field that names the game, or -1 */
} batch_lines;

typedef struct batch_line {
    int rows, columns;
    const double *payoff; /* [2][rows][columns] integers in proportion to what is written, for each player; borrowed from room */
    const char *label; /* not terminated; NULL: none */
    size_t label_length;
} batch_line;

/* Is there nothing to read on the line (blank, or a comment behind #)? */
bool batch_line_blank(const char *text, size_t length);
/* Does the line name columns? Then lines is set to it, names in arena. PARSE: it names no complete set of payoffs. */
dtn_status batch_lines_header(dtn_ctx *ctx, bool *named, batch_lines *lines, dtn_arena *arena,
                              const char *text, size_t length);
/* Reads one game; room [BATCH_LINE_PAYOFFS] receives the numbers. PARSE: what was found and expected, without the place. */
dtn_status batch_line_read(dtn_ctx *ctx, batch_line *out, double *room, const batch_lines *lines,
                           const char *text, size_t length);

#endif
