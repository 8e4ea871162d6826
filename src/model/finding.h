/* What a method finds besides equilibria: an answer in a sentence, facts and tables with typed cells. It
 * describes itself, so that one function words every finding in every format, and a verifier reads what a reader sees.
 *
 *     dtn_finding_answer(ctx, f, "%d strategies are dominated.", n);
 *     dtn_finding_fact(ctx, f, "value", "Value of the game", dtn_cell_exact(v));
 *     dtn_finding_table_add(ctx, f, "eliminated", "What is eliminated, in order");
 *     dtn_finding_column_add(ctx, f, "round", "Round");
 *     dtn_finding_column_add(ctx, f, "by", "Dominated by");
 *     for (...) {
 *         dtn_finding_row_add(ctx, f);
 *         dtn_finding_put(ctx, f, dtn_cell_integer(round));
 *         dtn_finding_put(ctx, f, dtn_cell_mixture(p, lambda));
 *     }
 *     return dtn_finding_status(f);
 *
 * Failures are sticky: after the first one every call does nothing, so that only the end needs a check. Everything is
 * copied. Keys are kebab case (names in JSON and CSV); titles and sentences are for people. */
#ifndef DTN_MODEL_FINDING_H
#define DTN_MODEL_FINDING_H

#include "num/rational.h"

typedef enum dtn_cell_kind {
    DTN_CELL_NONE,
    DTN_CELL_TEXT,
    DTN_CELL_INTEGER,
    DTN_CELL_EXACT,
    DTN_CELL_REAL, /* a double, right to within radius */
    DTN_CELL_PLAYER,
    DTN_CELL_STRATEGY, /* strategy of player */
    DTN_CELL_SUBSET,   /* some strategies of player */
    DTN_CELL_MIXTURE,  /* a distribution over the strategies of player */
    DTN_CELL_ACTION    /* of a tree: strategy is its global number; -1: before any action of player */
} dtn_cell_kind;

typedef struct dtn_cell {
    dtn_cell_kind kind;
    int player, strategy;
    long integer;
    double real, radius;
    const char *text;
    const bool *in;    /* SUBSET: [strategies of player] */
    const fmpq *exact; /* EXACT: one number; MIXTURE: [strategies of player] */
} dtn_cell;

typedef struct dtn_finding_row {
    dtn_cell *cell; /* [columns] */
    struct dtn_finding_row *next;
} dtn_finding_row;

typedef struct dtn_finding_column {
    const char *key, *title;
    struct dtn_finding_column *next;
} dtn_finding_column;

typedef struct dtn_finding_table {
    const char *key, *title;
    bool evidence; /* rather for programs and full reports: left out of the terminal's text */
    dtn_finding_column *column, *last_column;
    dtn_finding_row *row, *last_row;
    int columns, rows, filled; /* filled: cells of the last row */
    struct dtn_finding_table *next;
} dtn_finding_table;

typedef struct dtn_fact {
    const char *key, *title;
    dtn_cell cell;
    struct dtn_fact *next;
} dtn_fact;

typedef struct dtn_sentence {
    const char *text;
    struct dtn_sentence *next;
} dtn_sentence;

typedef struct dtn_finding {
    dtn_arena *arena;      /* borrowed: of the result that it is part of */
    const int *strategies; /* [players], borrowed likewise; NULL for trees, which have no subsets and mixtures */
    dtn_status status;     /* first failure */
    const char *answer;    /* one sentence; NULL: the method finds equilibria only and says nothing here */
    const char *certificate; /* what the verifier checked, in a sentence; NULL: nothing was */
    dtn_sentence *say, *last_say;
    dtn_fact *fact, *last_fact;
    dtn_finding_table *table, *last_table;
} dtn_finding;

dtn_cell dtn_cell_none(void);
dtn_cell dtn_cell_text(const char *text);
dtn_cell dtn_cell_integer(long n);
dtn_cell dtn_cell_exact(const fmpq_t x);
dtn_cell dtn_cell_real(double x, double radius);
dtn_cell dtn_cell_player(int player);
dtn_cell dtn_cell_strategy(int player, int strategy);
dtn_cell dtn_cell_subset(int player, const bool *in);
dtn_cell dtn_cell_mixture(int player, const fmpq *sigma);
dtn_cell dtn_cell_action(int player, int action);

/* Sentences, with their full stop; the certificate goes on after a colon or semicolon, and has none. */
void dtn_finding_answer(dtn_ctx *ctx, dtn_finding *f, const char *format, ...) DTN_PRINTF(3, 4);
void dtn_finding_say(dtn_ctx *ctx, dtn_finding *f, const char *format, ...) DTN_PRINTF(3, 4);
void dtn_finding_certify(dtn_ctx *ctx, dtn_finding *f, const char *format, ...) DTN_PRINTF(3, 4);
void dtn_finding_fact(dtn_ctx *ctx, dtn_finding *f, const char *key, const char *title, dtn_cell cell);
/* A table, its columns, then rows of as many cells. */
void dtn_finding_table_add(dtn_ctx *ctx, dtn_finding *f, const char *key, const char *title);
void dtn_finding_column_add(dtn_ctx *ctx, dtn_finding *f, const char *key, const char *title);
void dtn_finding_row_add(dtn_ctx *ctx, dtn_finding *f);
void dtn_finding_put(dtn_ctx *ctx, dtn_finding *f, dtn_cell cell);
dtn_status dtn_finding_status(const dtn_finding *f);

/* For verifiers. NULL: there is none of this key. */
const dtn_finding_table *dtn_finding_table_of(const dtn_finding *f, const char *key);
const dtn_fact *dtn_finding_fact_of(const dtn_finding *f, const char *key);
/* The row's cell in the column of this key; of kind NONE when there is no such column. */
dtn_cell dtn_finding_cell_of(const dtn_finding_table *table, const dtn_finding_row *row, const char *key);

#endif
