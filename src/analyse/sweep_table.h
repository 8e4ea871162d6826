/* Result of the analysis `sweep`: a table with a row a point. */
#ifndef DTN_ANALYSE_SWEEP_TABLE_H
#define DTN_ANALYSE_SWEEP_TABLE_H

#include "analyse/sweep_prober.h"
#include "format/store.h"

/* A column of all points: numbers are doubles nearest to the exact figures (NaN: none), words are numbers of texts (-1: none). */
typedef struct dtn_sweep_data {
    double *number;     /* [points] */
    int *word;          /* [points]; one of these two is NULL */
    const char **exact; /* [points] the exact numbers, with --exact; else NULL */
} dtn_sweep_data;

typedef struct dtn_sweep_table {
    dtn_arena *arena; /* owned: the prober's columns, cells, words */
    dtn_plan plan;
    dtn_columns columns;
    dtn_sweep_data *cells; /* [columns] */
    uint8_t *done;         /* [points] */
    const char **word;     /* [words] texts met */
    int words, word_room;
    long rows, resumed; /* points known; of these, read from the file */
    bool exact;
} dtn_sweep_table;

typedef struct dtn_sweep_answer {
    const dtn_scenario *scenario;
    dtn_rung rung;
    dtn_sweep_table *table;
    const char *store; /* file, or NULL */
    const char *const *target;
    int targets;
    long placed, solved, faces;
    int threads;
} dtn_sweep_answer;

/* columns: copied. */
dtn_status dtn_sweep_table_new(dtn_ctx *ctx, dtn_sweep_table **out, const dtn_job *job, bool exact);
dtn_status dtn_sweep_table_columns(dtn_ctx *ctx, dtn_sweep_table *table, const dtn_columns *columns);
void dtn_sweep_table_free(dtn_sweep_table *table); /* NULL allowed */
/* Row of point id; kept when there is one already. cell: [columns], with --exact [2 columns], the exact texts behind. */
dtn_status dtn_sweep_table_put(dtn_ctx *ctx, dtn_sweep_table *table, long id, const dtn_store_cell *cell);
/* The columns of the file, and one row for it. *out: in the table's arena. */
dtn_status dtn_sweep_table_shape(dtn_ctx *ctx, dtn_sweep_table *table, const dtn_store_column **out,
                                 int *count);
/* cell: [columns of the file] the prober's row; texts of numbers in arena. */
dtn_status dtn_sweep_table_cells(dtn_ctx *ctx, dtn_arena *arena, dtn_store_cell *cell,
                                 const dtn_columns *columns, bool exact, const dtn_sweep_row *row);

/* sweep_run.c: fills the table, and the store if there is one. LIMIT and CANCELLED leave what is done. */
typedef struct dtn_sweep_run {
    dtn_sweep_table *table;
    dtn_store *store; /* NULL: none */
    const dtn_point *base;
    dtn_rung rung;
    const char *const *target;
    int targets;
    unsigned asked;
    dtn_sweep_answer *answer;
    dtn_prober *prober; /* of the calling thread */
} dtn_sweep_run;
dtn_status dtn_sweep_fill(dtn_ctx *ctx, dtn_sweep_run *run);

#endif
