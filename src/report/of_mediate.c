/* The documents of `mediate` and `robust`. */
#include "analyse/mediate.h"
#include "report/report.h"
#include "report/stability_words.h"

static const char *states(dtn_doc *doc, const dtn_conflict *c, const size_t *state, int count)
{
    const char *item[32];
    int listed = count < 32 ? count : 32;
    for (int k = 0; k < listed; k++)
        item[k] = dtn_holds_state(doc, c, state[k]);
    return dtn_text_join(doc, item, listed, "and");
}

static const char *change(dtn_doc *doc, const dtn_mediate_answer *a, const dtn_change *x)
{
    static const char *const words[] = {"gives up", "wants the opposite of", "puts first"};
    const char *text = a->conflict->player[x->player].variant[a->variant[x->player]].text[x->statement];
    return dtn_doc_print(doc, "%s %s “%s”", dtn_holds_player(doc, a->conflict, x->player), words[x->kind],
                         text);
}

static const char *changes(dtn_doc *doc, const dtn_mediate_answer *a, const dtn_mediation *m)
{
    const char *item[DTN_CHANGES_MOST];
    for (int k = 0; k < m->changes; k++)
        item[k] = change(doc, a, &m->change[k]);
    return dtn_text_join(doc, item, m->changes, "and");
}

dtn_status dtn_report_of_mediate(dtn_ctx *ctx, dtn_doc *doc, const dtn_result *result, const dtn_look *look)
{
    (void)ctx, (void)look;
    const dtn_mediate_answer *a = result->data;
    const dtn_mediate *m = &a->found;
    const char *hold = a->goal.holds
                           ? dtn_doc_print(doc, "%s %s", states(doc, a->conflict, a->hold, a->goal.holds),
                                           a->goal.holds > 1 ? "hold" : "holds")
                           : "";
    const char *fail = a->goal.fails ? dtn_doc_print(doc, "%s%s %s not", a->goal.holds ? " and " : "",
                                                     states(doc, a->conflict, a->fail, a->goal.fails),
                                                     a->goal.fails > 1 ? "do" : "does")
                                     : "";
    const char *name = dtn_concept_name(a->concept_index);
    if (m->ways && !m->way[0].changes)
        dtn_doc_say_as(doc, "answer", "Under %s, %s%s as it is: nothing has to change.", name, hold, fail);
    else if (!m->ways)
        dtn_doc_say_as(
            doc, "answer",
            "There is no way, by changing at most %d statements, that under %s %s%s: all were tried.",
            a->goal.most, name, hold, fail);
    else
        dtn_doc_say_as(doc, "answer", "Under %s, %s%s if %s%s.", name, hold, fail, changes(doc, a, &m->way[0]),
                       m->ways > 1 ? dtn_doc_print(doc, "; there are %s%d ways at that cost",
                                                   m->more ? "more than " : "", m->ways)
                                   : "");
    if (!m->ways || !m->way[0].changes)
        return dtn_doc_status(doc);
    dtn_doc_field(doc, "cost", "Cost", dtn_value_integer(m->cost));
    dtn_doc_list(doc, "ways", true);
    for (int k = 0; k < m->ways; k++)
        dtn_doc_item(doc, "%s.", changes(doc, a, &m->way[k]));
    return dtn_doc_status(doc);
}

static dtn_value share(dtn_doc *doc, long times, long samples)
{
    fmpq_t q;
    fmpq_init(q);
    fmpq_set_si(q, times, (unsigned long)samples);
    dtn_value v = dtn_value_percent(doc, q);
    fmpq_clear(q);
    return v;
}

static const char *surely(const dtn_robust *x, int k, size_t s)
{
    return x->necessary[k][s] ? "always" : x->possible[k][s] ? "possibly" : "never";
}

dtn_status dtn_report_of_robust(dtn_ctx *ctx, dtn_doc *doc, const dtn_result *result, const dtn_look *look)
{
    (void)ctx, (void)look;
    static const char *const name[DTN_ROBUST_CONCEPTS] = {"R", "GMR", "SMR", "SEQ", "SSEQ"};
    const dtn_robust_answer *a = result->data;
    const dtn_robust *x = &a->found;
    int now = 0, always = 0;
    for (int k = 0; k < a->rows; k++) {
        now += x->holds[0][a->row[k]];
        always += x->necessary[0][a->row[k]];
    }
    dtn_doc_say_as(doc, "answer",
                   "Of %s even if nobody looks ahead (R), *%d* %s so whatever the comparisons between states "
                   "less than %d "
                   "ranks apart are.",
                   dtn_text_count(doc, now, "state that holds", "states that hold"), always,
                   always == 1 ? "does" : "do", x->blur);
    dtn_doc_table(
        doc,
        "states", "What the uncertain comparisons decide (exact), and the share of rankings drawn in which each state holds");
    dtn_doc_column(doc, "state", "State", DTN_LEFT);
    for (int k = 0; k < 3; k++)
        dtn_doc_column(doc, dtn_doc_print(doc, "%s-holds", name[k]), name[k], DTN_LEFT);
    for (int k = 0; k < DTN_ROBUST_CONCEPTS; k++)
        dtn_doc_column(doc, name[k], dtn_doc_print(doc, "%s drawn", name[k]), DTN_RIGHT);
    for (int n = 0; n < a->rows; n++) {
        size_t s = a->row[n];
        dtn_doc_row(doc, NULL);
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", dtn_holds_state(doc, a->conflict, s)));
        for (int k = 0; k < 3; k++)
            dtn_doc_cell(doc, dtn_value_text(doc, "%s", surely(x, k, s)));
        for (int k = 0; k < DTN_ROBUST_CONCEPTS; k++) {
            dtn_value v = share(doc, x->times[k][s], x->samples);
            dtn_doc_cell(doc, x->holds[k][s] ? dtn_value_strong(v) : v);
        }
    }
    dtn_doc_say(doc, "Drawn: %ld profiles of rankings. Bold: holds as ranked.", x->samples);
    return dtn_doc_status(doc);
}
