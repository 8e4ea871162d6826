/* A sweep in words: how many points, what holds at how many of them, and how far each figure runs; the rows for programs. */
#include "analyse/sweep_table.h"

#include <math.h>
#include <string.h>

#include "report/report.h"
#include "report/words.h"

enum { CLASSES_MOST = 24 };

/* --- rows ---------------------------------------------------------------------------------------- */

/* The rows that are known, with "id" in front and exact texts behind. */
typedef struct view {
    const dtn_sweep_table *table;
    const char **key;
    int columns, exacts;
    const int *exact; /* [exacts] column of each exact text */
    const long *row;  /* [rows]; NULL: all */
    long rows;
} view;

static dtn_value words_value(const char *text)
{
    return (dtn_value){.kind = DTN_VALUE_TEXT, .text = text};
}

static dtn_value cell(const void *user, long row, int column)
{
    const view *v = user;
    long id = v->row ? v->row[row] : row;
    if (column == 0)
        return dtn_value_integer(id);
    column--;
    int columns = v->table->columns.columns;
    if (column >= columns) {
        const char *text = v->table->cells[v->exact[column - columns]].exact[id];
        return text && *text ? words_value(text) : dtn_value_none();
    }
    const dtn_sweep_data *c = &v->table->cells[column];
    if (c->word)
        return c->word[id] < 0 ? dtn_value_none() : words_value(v->table->word[c->word[id]]);
    if (isnan(c->number[id]))
        return dtn_value_none();
    return v->table->columns.column[column].whole ? dtn_value_integer((long)c->number[id])
                                                  : dtn_value_real(c->number[id], 0);
}

static void rows(dtn_doc *doc, const dtn_sweep_table *t)
{
    dtn_arena *arena = dtn_doc_arena(doc);
    int columns = t->columns.columns, *exact = dtn_arena_array(arena, (size_t)columns, sizeof *exact);
    view *v = dtn_arena_array(arena, 1, sizeof *v);
    const char **key = dtn_arena_array(arena, (size_t)(2 * columns + 1), sizeof *key);
    long *row = t->rows < t->plan.points ? dtn_arena_array(arena, (size_t)t->rows, sizeof *row) : NULL;
    if (!v || !exact || !key || (t->rows < t->plan.points && !row)) {
        dtn_doc_try(doc, dtn_fail_nomem(doc->ctx));
        return;
    }
    *v = (view){.table = t, .key = key, .columns = columns + 1, .exact = exact, .row = row, .rows = t->rows};
    key[0] = "id";
    for (int i = 0; i < columns; i++) {
        key[i + 1] = t->columns.column[i].key;
        if (t->cells[i].exact)
            exact[v->exacts++] = i;
    }
    for (int i = 0; i < v->exacts; i++)
        key[v->columns++] = dtn_doc_print(doc, "%s.exact", t->columns.column[exact[i]].key);
    long at = 0;
    for (long id = 0; row && id < t->plan.points; id++)
        if (t->done[id])
            row[at++] = id;
    dtn_doc_records(
        doc, "rows",
        &(dtn_records){.rows = v->rows, .columns = v->columns, .key = key, .cell = cell, .user = v});
}

/* --- summary ------------------------------------------------------------------------------------- */

static int column_of(const dtn_sweep_table *t, dtn_column_what what)
{
    for (int i = 0; i < t->columns.columns; i++)
        if (t->columns.column[i].what == what)
            return i;
    return -1;
}

typedef struct tally {
    int word;
    long count;
} tally;

/* The texts of a column by how often they are met, most often first. */
static int count_words(tally *out, int most, const dtn_sweep_table *t, int column)
{
    int found = 0;
    for (long id = 0; id < t->plan.points; id++) {
        int word = t->done[id] ? t->cells[column].word[id] : -1, i = 0;
        if (word < 0)
            continue;
        while (i < found && out[i].word != word)
            i++;
        if (i == most)
            continue;
        if (i == found)
            out[found++] = (tally){word, 0};
        out[i].count++;
        for (; i > 0 && out[i].count > out[i - 1].count; i--) {
            tally kept = out[i];
            out[i] = out[i - 1];
            out[i - 1] = kept;
        }
    }
    return found;
}

static long count_state(const dtn_sweep_table *t, const char *state)
{
    int column = column_of(t, DTN_COLUMN_STATE);
    long count = 0;
    for (long id = 0; id < t->plan.points; id++)
        count += t->done[id] && strcmp(t->word[t->cells[column].word[id]], state) == 0;
    return count;
}

static const char *class_words(dtn_doc *doc, const dtn_sweep_answer *a, const char *key)
{
    for (int c = 0; c < a->scenario->classes; c++)
        if (strcmp(a->scenario->class_[c].key, key) == 0)
            return a->scenario->class_[c].about ? a->scenario->class_[c].about : "";
    (void)doc;
    return "";
}

static dtn_value share_of(dtn_doc *doc, long part, long whole)
{
    fmpq_t share;
    fmpq_init(share);
    if (whole)
        fmpq_set_si(share, part, (ulong)whole);
    dtn_value v = dtn_value_percent(doc, share);
    fmpq_clear(share);
    return v;
}

static const char *share_words(dtn_doc *doc, long part, long whole)
{
    fmpq_t share;
    fmpq_init(share);
    if (whole)
        fmpq_set_si(share, part, (ulong)whole);
    const char *words = dtn_text_percent(doc, share);
    fmpq_clear(share);
    return words;
}

static void class_table(dtn_doc *doc, const dtn_sweep_answer *a, const tally *list, int count, long inside)
{
    dtn_doc_table(doc, "classes", "What holds at how many of the points inside");
    dtn_doc_column(doc, "conclusion", "Conclusion", DTN_LEFT);
    dtn_doc_column(doc, "points", "Points", DTN_RIGHT);
    dtn_doc_column(doc, "share", "Share", DTN_RIGHT);
    dtn_doc_column(doc, "about", "What it is", DTN_LEFT);
    for (int i = 0; i < count; i++) {
        const char *key = a->table->word[list[i].word];
        dtn_doc_row(doc, NULL);
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", key));
        dtn_doc_cell(doc, dtn_value_integer(list[i].count));
        dtn_doc_cell(doc, dtn_value_with_bar(share_of(doc, list[i].count, inside)));
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", class_words(doc, a, key)));
    }
}

static void figure_table(dtn_doc *doc, const dtn_sweep_table *t)
{
    bool any = false;
    for (int i = 0; i < t->columns.columns; i++) {
        const dtn_sweep_column *c = &t->columns.column[i];
        double least = INFINITY, most = -INFINITY, sum = 0;
        long known = 0;
        if (c->words || c->whole || c->what == DTN_COLUMN_PARAM)
            continue;
        for (long id = 0; id < t->plan.points; id++) {
            double x = t->done[id] ? t->cells[i].number[id] : NAN;
            if (isnan(x))
                continue;
            least = x < least ? x : least;
            most = x > most ? x : most;
            sum += x;
            known++;
        }
        if (!any) {
            dtn_doc_table(doc, "figures", "How far each figure runs over the points");
            dtn_doc_column(doc, "column", "Column", DTN_LEFT);
            dtn_doc_column(doc, "least", "Least", DTN_RIGHT);
            dtn_doc_column(doc, "mean", "Mean", DTN_RIGHT);
            dtn_doc_column(doc, "most", "Greatest", DTN_RIGHT);
            dtn_doc_column(doc, "points", "Points", DTN_RIGHT);
        }
        any = true;
        dtn_doc_row(doc, NULL);
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", c->key));
        dtn_doc_cell(doc, known ? dtn_value_real(least, 0) : dtn_value_none());
        dtn_doc_cell(doc, known ? dtn_value_real(sum / (double)known, 0) : dtn_value_none());
        dtn_doc_cell(doc, known ? dtn_value_real(most, 0) : dtn_value_none());
        dtn_doc_cell(doc, dtn_value_integer(known));
    }
}

static const char *plan_words(dtn_doc *doc, const dtn_plan *plan)
{
    const char *words = "";
    for (int k = 0; k < plan->params; k++)
        words = dtn_doc_print(doc, "%s%s%s", words,
                              k == 0                 ? ""
                              : k + 1 < plan->params ? ", "
                                                     : " and ",
                              plan->scenario->param[plan->param[k]].name);
    return words;
}

static void summary(dtn_doc *doc, const dtn_sweep_answer *a)
{
    const dtn_sweep_table *t = a->table;
    tally list[CLASSES_MOST];
    int column = column_of(t, DTN_COLUMN_CLASSES);
    int classes = column >= 0 ? count_words(list, CLASSES_MOST, t, column) : 0;
    long outside = count_state(t, "outside"), partial = count_state(t, "partial"), inside = t->rows - outside;
    const char *list_words = "";
    for (int i = 0; i < classes && i < 6 && a->scenario->classes; i++)
        list_words = dtn_doc_print(doc, "%s%s*%s* at %s", list_words, i ? ", " : ": ", t->word[list[i].word],
                                   share_words(doc, list[i].count, inside));
    list_words = dtn_doc_marked(doc, list_words);
    dtn_doc_say_as(
        doc, "answer", "%s of %s over %s%s%s%s.", dtn_text_count(doc, t->rows, "point", "points"),
        t->plan.sampling == DTN_SAMPLE_GRID    ? "a grid"
        : t->plan.sampling == DTN_SAMPLE_LATIN ? "a Latin hypercube"
                                               : "an even sample",
        plan_words(doc, &t->plan),
        outside ? dtn_doc_print(doc, "; %s lie inside the constraints", share_words(doc, inside, t->rows))
                : "",
        *list_words ? outside ? "; of these" : "" : "", list_words);
    dtn_doc_data(doc, "sampling", dtn_value_text(doc, "%s", dtn_sampling_name(t->plan.sampling)));
    dtn_doc_data(doc, "planned", dtn_value_integer(t->plan.points));
    dtn_doc_data(doc, "done", dtn_value_integer(t->rows));
    dtn_doc_data(doc, "outside", dtn_value_integer(outside));
    dtn_doc_data(doc, "partial", dtn_value_integer(partial));
    dtn_doc_data(doc, "rung", dtn_value_text(doc, "%s", dtn_rung_name(a->rung)));
    if (partial)
        dtn_doc_note(doc, DTN_TONE_WARN,
                     "At %s not all equilibria could be listed: the column state says where.",
                     dtn_text_count(doc, partial, "point", "points"));
    if (classes)
        class_table(doc, a, list, classes, inside);
    figure_table(doc, t);
}

dtn_status dtn_report_of_sweep(dtn_ctx *ctx, dtn_doc *doc, const dtn_result *result, const dtn_look *look)
{
    const dtn_sweep_answer *a = result->data;
    const dtn_sweep_table *t = a->table;
    (void)ctx;
    if (t->rows)
        summary(doc, a);
    dtn_words_point(doc, a->scenario, &result->job->point);
    if (result->note)
        dtn_doc_note(doc, DTN_TONE_WARN, "%s.", result->note);
    if (a->store)
        dtn_doc_say(doc, "The rows are in `%s`, table point.%s", a->store,
                    t->resumed ? dtn_doc_print(doc, " %s there already.",
                                               dtn_text_count(doc, t->resumed, "was", "were"))
                               : "");
    else
        dtn_doc_say(doc, "The rows: `-o rows.csv` or `--json`; `--store rows.sqlite` keeps them in a file.");
    rows(doc, t);
    if (look && look->stats)
        dtn_doc_say(doc, "%ld points from %ld faces, %ld solved; %d threads, %.3f s, %.0f points/s.",
                    a->placed, a->faces, a->solved, a->threads, result->seconds,
                    result->seconds > 0 ? (double)(t->rows - t->resumed) / result->seconds : 0);
    return dtn_doc_status(doc);
}
