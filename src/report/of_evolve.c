/* The document of `evolve`: the end, then stage by stage. */
#include "analyse/evolve.h"
#include "report/report.h"
#include "report/stability_words.h"

enum { ROWS = 40, NAMED = 8 };

static const char *rest_name(dtn_doc *doc, const dtn_conflict *c, const dtn_rest *r)
{
    const char *name[NAMED];
    int count = 0;
    for (size_t k = 0; k < r->states && count < NAMED; k++)
        name[count++] = dtn_holds_state(doc, c, r->state[k]);
    return r->states == 1 ? name[0]
                          : dtn_doc_print(doc, "round %s%s", dtn_text_join(doc, name, count, "and"),
                                          r->states > NAMED ? " and more" : "");
}

static void ends(dtn_doc *doc, const dtn_evolve_answer *a)
{
    const dtn_conflict *c = a->conflict;
    const dtn_evolution *e = &a->found;
    dtn_doc_table(doc, "end", "Where it ends: a state that nobody improves on, or several that it goes round");
    dtn_doc_column(doc, "states", "Ends at", DTN_LEFT);
    dtn_doc_column(doc, "about", "What stands", DTN_LEFT);
    dtn_doc_column(doc, "probability", "Probability", DTN_RIGHT);
    for (size_t k = 0; k < e->rests; k++) {
        dtn_doc_row(doc, NULL);
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", rest_name(doc, c, &e->rest[k])));
        dtn_doc_cell(doc, e->rest[k].states == 1
                              ? dtn_value_text(doc, "%s", dtn_holds_options(doc, c, e->rest[k].state[0]))
                              : dtn_value_none());
        dtn_doc_cell(doc, dtn_value_exact(doc, e->rest[k].probability));
    }
}

static void stages(dtn_doc *doc, const dtn_evolve_answer *a)
{
    const dtn_evolution *e = &a->found;
    dtn_doc_table(doc, "stages", "Probability of each state after so many turns");
    dtn_doc_column(doc, "state", "State", DTN_LEFT);
    int step = e->stages <= 6 ? 1 : e->stages / 5;
    for (int s = 0; s <= e->stages; s += step)
        dtn_doc_column(doc, dtn_doc_print(doc, "stage-%d", s), dtn_doc_print(doc, "%d", s), DTN_RIGHT);
    for (size_t k = 0; k < e->states && k < ROWS; k++) {
        dtn_doc_row(doc, NULL);
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", dtn_holds_state(doc, a->conflict, e->state[k])));
        for (int s = 0; s <= e->stages; s += step)
            dtn_doc_cell(doc, dtn_value_percent(doc, e->share + (size_t)s * e->states + k));
    }
}

dtn_status dtn_report_of_evolve(dtn_ctx *ctx, dtn_doc *doc, const dtn_result *result, const dtn_look *look)
{
    (void)ctx, (void)look;
    const dtn_evolve_answer *a = result->data;
    const dtn_evolution *e = &a->found;
    const char *from = dtn_holds_state(doc, a->conflict, a->start);
    if (e->settled && e->rests == 1)
        dtn_doc_say_as(doc, "answer", "From %s it ends at *%s*, whoever is in turn.", from,
                       rest_name(doc, a->conflict, &e->rest[0]));
    else if (e->settled) {
        size_t most = 0;
        for (size_t k = 1; k < e->rests; k++)
            if (fmpq_cmp(e->rest[k].probability, e->rest[most].probability) > 0)
                most = k;
        dtn_doc_say_as(doc, "answer",
                       "From %s it can end in *%zu* ways, depending on who is in turn; most likely at *%s*.",
                       from, e->rests, rest_name(doc, a->conflict, &e->rest[most]));
    } else
        dtn_doc_say_as(doc, "answer",
                       "From %s more than can be solved for the end can be come to: *%zu* states.", from,
                       e->states);
    if (e->settled)
        ends(doc, a);
    stages(doc, a);
    if (e->states > ROWS)
        dtn_doc_say(doc, "%zu more states can be come to.", e->states - ROWS);
    return dtn_doc_status(doc);
}
