/* Rows of results in an SQLite file, written so that a run that is killed at any moment can be taken up again
 * (docs/formats/results.md). The library is opened on first use. */
#ifndef DTN_FORMAT_STORE_H
#define DTN_FORMAT_STORE_H

#include "base/ctx.h"

typedef enum dtn_store_type { DTN_STORE_REAL, DTN_STORE_INTEGER, DTN_STORE_TEXT } dtn_store_type;

typedef struct dtn_store_column {
    const char *name;
    dtn_store_type type;
} dtn_store_column;

/* A fact about the run: equal facts are what makes it the same run. */
typedef struct dtn_store_fact {
    const char *key, *value;
} dtn_store_fact;

typedef struct dtn_store_cell {
    bool known;
    double number;    /* REAL, INTEGER */
    const char *text; /* TEXT */
} dtn_store_cell;

typedef struct dtn_store dtn_store;

/* Opens the file, or makes it. The facts must be those that it holds: ARG names the first that differs. UNSUPPORTED: the SQLite
 * library is not installed, or this build is without. IO: not such a file, or it cannot be written. */
dtn_status dtn_store_open(dtn_ctx *ctx, dtn_store **out, const char *path, const dtn_store_fact *fact,
                          int facts, const dtn_store_column *column, int columns);
/* Rows are kept in transactions: what was committed survives whatever happens to the process. */
dtn_status dtn_store_begin(dtn_ctx *ctx, dtn_store *store);
dtn_status dtn_store_commit(dtn_ctx *ctx, dtn_store *store);
/* cell: [columns]. A row that is there already stays as it is. */
dtn_status dtn_store_put(dtn_ctx *ctx, dtn_store *store, int64_t id, const dtn_store_cell *cell);
/* Calls back for each row, by id; texts live during the call. */
typedef dtn_status dtn_store_row_fn(dtn_ctx *ctx, void *user, int64_t id, const dtn_store_cell *cell);
dtn_status dtn_store_each(dtn_ctx *ctx, dtn_store *store, dtn_store_row_fn *fn, void *user);
/* Folds the log into the file. NULL allowed. */
void dtn_store_close(dtn_store *store);

#endif
