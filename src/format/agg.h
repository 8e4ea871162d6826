/* What the readers and writers of .agg and .bagg share. */
#ifndef DTN_FORMAT_AGG_H
#define DTN_FORMAT_AGG_H

#include "format/diag.h"
#include "model/action_graph.h"

/* A name given in a comment: "# node 3: North Street", "# player 1: Ann", "# type 1.2: strong", "# title: Shops". */
typedef struct dtn_agg_name {
    char what;         /* t title, n node, p player, y type */
    int first, second; /* numbers as written */
    const char *text;
    struct dtn_agg_name *next;
} dtn_agg_name;

typedef enum dtn_agg_kind {
    DTN_AGG_END,
    DTN_AGG_NUMBER,
    DTN_AGG_OPEN,
    DTN_AGG_CLOSE,
    DTN_AGG_BAD
} dtn_agg_kind;

/* Words of the files: numbers, [ and ], comments from # to the end of the line. now: the next one, not yet consumed. */
typedef struct dtn_agg_lexer {
    dtn_ctx *ctx;
    dtn_diags *diags;
    const char *at, *end;
    int line, column;
    dtn_agg_kind kind;
    const char *start;
    size_t length;
    dtn_place place;            /* of the word */
    dtn_agg_name *name, **last; /* met so far, in ctx's scratch */
    bool nomem;
} dtn_agg_lexer;

void dtn_agg_start(dtn_agg_lexer *x, dtn_ctx *ctx, dtn_diags *diags, const char *bytes, size_t length);
void dtn_agg_next(dtn_agg_lexer *x);
/* Says what was expected and found; false. */
bool dtn_agg_expected(dtn_agg_lexer *x, const char *expected, ...) DTN_PRINTF(2, 3);
/* Each consumes a word of its kind; false: said why not. */
bool dtn_agg_integer(dtn_agg_lexer *x, int *out, int least, int most, const char *what);
bool dtn_agg_rational(dtn_agg_lexer *x, fmpq_t out, const char *what);
bool dtn_agg_bracket(dtn_agg_lexer *x, dtn_agg_kind kind, const char *what);

/* The names met, or the numbers where there is none, to the graph. */
dtn_status dtn_agg_names(dtn_ctx *ctx, dtn_action_graph *graph, const dtn_agg_name *names);
/* The payoffs of all nodes. *good = false: said why not. */
dtn_status dtn_agg_payoffs(dtn_agg_lexer *x, bool *good, dtn_action_graph *graph);

#endif
