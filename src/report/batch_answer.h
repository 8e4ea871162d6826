/* One line a game: the equilibria of a batch as text, CSV or JSON. */
#ifndef DTN_REPORT_BATCH_ANSWER_H
#define DTN_REPORT_BATCH_ANSWER_H

#include "base/str.h"
#include "detente/batch.h"

typedef enum batch_form { BATCH_FORM_TEXT, BATCH_FORM_CSV, BATCH_FORM_JSON } batch_form;

/* What stands before the first game: the names of the columns in CSV. */
const char *batch_answer_head(batch_form form, bool probabilities);
/* Appends the line of one game, which is called label (line: its number where it has none). */
dtn_status batch_answer_add(dtn_ctx *ctx, dtn_str *out, const dtn_batch *batch,
                            const dtn_batch_answer *answer, size_t game, const char *label,
                            size_t label_length, size_t line, batch_form form, bool probabilities);

#endif
