/* The table of a sweep: columns of doubles and words, exact texts beside them when asked.
 * Cost: 8 bytes a number. The doubles are those nearest to exact figures, so that they do not depend on how these were found. */
#include "analyse/sweep_table.h"

#include <math.h>
#include <string.h>

dtn_status dtn_sweep_table_new(dtn_ctx *ctx, dtn_sweep_table **out, const dtn_job *job, bool exact)
{
    *out = NULL;
    dtn_arena *arena = dtn_arena_new(ctx);
    dtn_sweep_table *t = arena ? dtn_arena_array(arena, 1, sizeof *t) : NULL;
    if (!t) {
        dtn_arena_free(arena);
        return dtn_fail_nomem(ctx);
    }
    t->arena = arena;
    t->exact = exact;
    dtn_status status = dtn_plan_read(ctx, arena, &t->plan, job);
    if (status != DTN_OK) {
        dtn_sweep_table_free(t);
        return status;
    }
    *out = t;
    return DTN_OK;
}

void dtn_sweep_table_free(dtn_sweep_table *t)
{
    if (t)
        dtn_arena_free(t->arena);
}

dtn_status dtn_sweep_table_columns(dtn_ctx *ctx, dtn_sweep_table *t, const dtn_columns *columns)
{
    dtn_sweep_column *copy;
    DTN_ALLOC(ctx, t->arena, copy, columns->columns);
    DTN_ALLOC(ctx, t->arena, t->cells, columns->columns);
    DTN_ALLOC(ctx, t->arena, t->done, t->plan.points);
    for (int i = 0; i < columns->columns; i++) {
        copy[i] = columns->column[i];
        copy[i].key = dtn_arena_strdup(t->arena, columns->column[i].key);
        if (!copy[i].key)
            return dtn_fail_nomem(ctx);
        if (copy[i].words)
            DTN_ALLOC(ctx, t->arena, t->cells[i].word, t->plan.points);
        else
            DTN_ALLOC(ctx, t->arena, t->cells[i].number, t->plan.points);
        if (t->exact && !copy[i].words && !copy[i].whole)
            DTN_ALLOC(ctx, t->arena, t->cells[i].exact, t->plan.points);
    }
    t->columns = (dtn_columns){copy, columns->columns};
    return DTN_OK;
}

/* The number of a text; texts are few. */
static dtn_status intern(dtn_ctx *ctx, int *out, dtn_sweep_table *t, const char *text)
{
    for (int i = 0; i < t->words; i++)
        if (strcmp(t->word[i], text) == 0) {
            *out = i;
            return DTN_OK;
        }
    if (t->words == t->word_room) {
        const char **bigger;
        DTN_ALLOC(ctx, t->arena, bigger, 2 * t->word_room + 16);
        if (t->words)
            memcpy(bigger, t->word, (size_t)t->words * sizeof *bigger);
        t->word = bigger;
        t->word_room = 2 * t->word_room + 16;
    }
    t->word[t->words] = dtn_arena_strdup(t->arena, text);
    if (!t->word[t->words])
        return dtn_fail_nomem(ctx);
    *out = t->words++;
    return DTN_OK;
}

dtn_status dtn_sweep_table_put(dtn_ctx *ctx, dtn_sweep_table *t, long id, const dtn_store_cell *cell)
{
    if (id < 0 || id >= t->plan.points || t->done[id])
        return DTN_OK;
    const dtn_store_cell *exact = cell + t->columns.columns;
    for (int i = 0; i < t->columns.columns; i++) {
        dtn_sweep_data *c = &t->cells[i];
        if (c->word) {
            c->word[id] = -1;
            if (cell[i].known)
                DTN_TRY(intern(ctx, &c->word[id], t, cell[i].text));
        } else {
            c->number[id] = cell[i].known ? cell[i].number : NAN;
        }
        if (c->exact) {
            c->exact[id] = exact->known ? dtn_arena_strdup(t->arena, exact->text) : "";
            if (!c->exact[id])
                return dtn_fail_nomem(ctx);
            exact++;
        }
    }
    t->done[id] = 1;
    t->rows++;
    return DTN_OK;
}

dtn_status dtn_sweep_table_shape(dtn_ctx *ctx, dtn_sweep_table *t, const dtn_store_column **out, int *count)
{
    dtn_store_column *c;
    *count = t->columns.columns;
    DTN_ALLOC(ctx, t->arena, c, 2 * t->columns.columns);
    *out = c;
    for (int i = 0; i < t->columns.columns; i++) {
        const dtn_sweep_column *own = &t->columns.column[i];
        c[i] = (dtn_store_column){own->key, own->words   ? DTN_STORE_TEXT
                                            : own->whole ? DTN_STORE_INTEGER
                                                         : DTN_STORE_REAL};
        if (!t->cells[i].exact)
            continue;
        c[*count].name = dtn_arena_printf(t->arena, "%s.exact", own->key);
        c[*count].type = DTN_STORE_TEXT;
        if (!c[(*count)++].name)
            return dtn_fail_nomem(ctx);
    }
    return DTN_OK;
}

dtn_status dtn_sweep_table_cells(dtn_ctx *ctx, dtn_arena *arena, dtn_store_cell *cell,
                                 const dtn_columns *columns, bool exact, const dtn_sweep_row *row)
{
    dtn_store_cell *next = cell + columns->columns;
    for (int i = 0; i < columns->columns; i++) {
        const dtn_sweep_column *c = &columns->column[i];
        if (c->words)
            cell[i] = (dtn_store_cell){.known = row->text[i] != NULL, .text = row->text[i]};
        else
            cell[i] = (dtn_store_cell){.known = row->known[i],
                                       .number = row->known[i] ? dtn_rational_double(&row->number[i]) : 0};
        if (!exact || c->words || c->whole)
            continue;
        next->known = row->known[i];
        next->text = row->known[i] ? dtn_rational_text(arena, &row->number[i]) : NULL;
        if (row->known[i] && !next->text)
            return dtn_fail_nomem(ctx);
        next++;
    }
    return DTN_OK;
}
