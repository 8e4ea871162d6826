/* Is the file in order: what it holds, how large its game is, and every expectation with what came out. */
#include "analyse/check.h"

#include "report/report.h"

static int part(dtn_doc *doc, const char **list, int at, int count, const char *one, const char *many)
{
    if (count)
        list[at++] = dtn_text_count(doc, count, one, many);
    return at;
}

static void contents(dtn_doc *doc, const dtn_check_answer *a)
{
    const dtn_scenario *s = a->scenario;
    const char *list[8];
    int count = 0;
    if (!s)
        return;
    count = part(doc, list, count, s->params, "parameter", "parameters");
    count = part(doc, list, count, s->moves, "move", "moves");
    count = part(doc, list, count, s->outcomes, "outcome", "outcomes");
    count = part(doc, list, count, s->guarantees, "guarantee", "guarantees");
    count = part(doc, list, count, s->conflict != NULL, "conflict in option form", "");
    count = part(doc, list, count, s->matrix != NULL, "matrix", "");
    count = part(doc, list, count, s->claims, "claim", "claims");
    if (count)
        dtn_doc_say(doc, "The file holds %s.", dtn_text_join(doc, list, count, "and"));
}

static void size(dtn_doc *doc, const dtn_check_answer *a)
{
    if (a->nodes == 0)
        return;
    dtn_doc_open(doc, "tree", "The game tree");
    dtn_doc_field(doc, "nodes", "positions", dtn_value_integer(a->nodes));
    dtn_doc_field(doc, "terminals", "ends", dtn_value_integer(a->terminals));
    dtn_doc_field(doc, "infosets", "information sets", dtn_value_integer(a->infosets));
    if (a->draws > 0)
        dtn_doc_field(doc, "draws", "combinations of types", dtn_value_integer(a->draws));
    dtn_doc_field(doc, "perfect-recall", "nobody forgets", dtn_value_bool(a->perfect_recall));
    dtn_doc_close(doc);
}

static void answer(dtn_doc *doc, const dtn_check_answer *a)
{
    int statements = 0;
    for (int i = 0; i < a->rows; i++)
        statements += !a->row[i].pass;
    if (!a->ran || a->entries == 0)
        dtn_doc_say_as(doc, "answer", "The file is in order%s.",
                       a->ran ? "; it states no expectations" : "; its expectations were not run");
    else if (a->failed == 0)
        dtn_doc_say_as(doc, "answer", "*Every expectation holds*: %s, %s.",
                       dtn_text_count(doc, a->entries, "expectation", "expectations"),
                       dtn_text_count(doc, a->rows, "statement", "statements"));
    else
        dtn_doc_say_as(doc, "answer", "*%s of %d fail*: %s of %d.",
                       dtn_text_count(doc, a->failed, "expectation", "expectations"), a->entries,
                       dtn_text_count(doc, statements, "statement", "statements"), a->rows);
}

static void rows(dtn_doc *doc, const dtn_check_answer *a)
{
    if (a->rows == 0)
        return;
    dtn_doc_table(doc, "expectations", "What was expected, and what came out");
    dtn_doc_column(doc, "line", "Line", DTN_RIGHT);
    dtn_doc_column(doc, "at", "At", DTN_LEFT);
    dtn_doc_column(doc, "asked", "Asked", DTN_LEFT);
    dtn_doc_column(doc, "expected", "Expected", DTN_LEFT);
    dtn_doc_column(doc, "found", "Found", DTN_LEFT);
    dtn_doc_column(doc, "holds", "Holds", DTN_LEFT);
    for (int i = 0; i < a->rows; i++) {
        const dtn_expect_row *r = &a->row[i];
        dtn_doc_row(doc, NULL);
        dtn_doc_cell(doc, dtn_value_integer(r->place.line));
        dtn_doc_cell(doc, *r->at ? dtn_value_text(doc, "%s", r->at)
                                 : dtn_value_with_tone(dtn_value_text(doc, "reference"), DTN_TONE_QUIET));
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", r->asked));
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", r->expected));
        dtn_value found = dtn_value_text(doc, "%s", r->found);
        dtn_doc_cell(doc, r->pass ? found : dtn_value_strong(found));
        dtn_doc_cell(doc, dtn_value_bool(r->pass));
    }
}

dtn_status dtn_report_of_check(dtn_ctx *ctx, dtn_doc *doc, const dtn_result *result, const dtn_look *look)
{
    const dtn_check_answer *a = result->data;
    (void)ctx;
    (void)look;
    answer(doc, a);
    contents(doc, a);
    size(doc, a);
    rows(doc, a);
    return dtn_doc_status(doc);
}
