/* Tables of separated values: rows of fields with their places. */
#ifndef DTN_FORMAT_CSV_ROWS_H
#define DTN_FORMAT_CSV_ROWS_H

#include "format/diag.h"

typedef struct dtn_csv_field {
    const char *text; /* without quotes and surrounding blanks, zero-terminated */
    dtn_place place;
} dtn_csv_field;

typedef struct dtn_csv_row {
    const dtn_csv_field *field;
    int fields;
    int block; /* blocks are parted by empty lines; from 0 */
} dtn_csv_row;

typedef struct dtn_csv {
    const dtn_csv_row *row;
    int rows, blocks;
    char separator; /* ',', ';' or a tab */
} dtn_csv;

/* Splits text into rows; lines that start with # are skipped. A quote that does not end is an error in diags. Everything lives
 * in arena. Statuses: OK (look at diags), NOMEM, CANCELLED, LIMIT. Cost: linear. */
dtn_status dtn_csv_split(dtn_ctx *ctx, dtn_arena *arena, dtn_csv *out, dtn_diags *diags, const char *text,
                         size_t length);
/* The separator of the first line that is no comment: a tab or ; where there is one, otherwise a comma. */
char dtn_csv_separator(const char *text, size_t length);

#endif
