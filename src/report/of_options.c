/* The document of `options`: what each option does for what holds. */
#include "analyse/options.h"
#include "report/report.h"
#include "report/stability_words.h"

enum { NAMED = 6 };

static const char *const roles[] = {"idle", "used", "threat", "decisive"};

static dtn_value set_of(dtn_doc *doc, const dtn_conflict *c, const size_t *state, size_t count)
{
    dtn_value item[NAMED + 1];
    size_t listed = count < NAMED ? count : NAMED;
    for (size_t k = 0; k < listed; k++)
        item[k] = dtn_value_text(doc, "%s", dtn_holds_state(doc, c, state[k]));
    if (count > listed)
        item[listed] = dtn_value_text(doc, "… %zu more", count - listed);
    return count ? dtn_value_list(doc, item, (int)(listed + (count > listed)))
                 : dtn_value_with_tone(dtn_value_none(), DTN_TONE_QUIET);
}

static void one_concept(dtn_doc *doc, const dtn_options_answer *a, int concept_index)
{
    const dtn_conflict *c = a->conflict;
    size_t state[NAMED], count = dtn_stability_states(a->run, 0, concept_index, -1, state, NAMED);
    dtn_doc_table(doc, dtn_concept_name(concept_index),
                  dtn_doc_print(doc, "Under %s: what holds if the option cannot be taken",
                                dtn_concept_name(concept_index)));
    dtn_doc_column(doc, "option", "Option", DTN_LEFT);
    dtn_doc_column(doc, "player", "Of", DTN_LEFT);
    dtn_doc_column(doc, "role", "What it is", DTN_LEFT);
    dtn_doc_column(doc, "without", "Without it hold", DTN_LEFT);
    dtn_doc_column(doc, "owner", "Its owner at worst", DTN_LEFT);
    dtn_doc_row(doc, NULL);
    dtn_doc_cell(doc, dtn_value_text(doc, "(all options)"));
    dtn_doc_cell(doc, dtn_value_none());
    dtn_doc_cell(doc, dtn_value_none());
    dtn_doc_cell(doc, set_of(doc, c, state, count));
    dtn_doc_cell(doc, dtn_value_none());
    for (int k = 0; k < a->effects; k++) {
        const dtn_option_effect *e = &a->effect[k];
        if (e->concept_index != concept_index)
            continue;
        dtn_doc_row(doc, NULL);
        dtn_doc_cell(doc, dtn_value_text(doc, "`%s`", c->option[e->option].key));
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", dtn_holds_player(doc, c, c->option[e->option].player)));
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", e->none ? "always taken" : roles[e->role]));
        dtn_doc_cell(doc, set_of(doc, c, e->without, e->withouts));
        dtn_doc_cell(doc, dtn_value_text(doc, e->owner < 0   ? "worse off without"
                                              : e->owner > 0 ? "better off without"
                                                             : "–"));
    }
}

dtn_status dtn_report_of_options(dtn_ctx *ctx, dtn_doc *doc, const dtn_result *result, const dtn_look *look)
{
    (void)ctx, (void)look;
    const dtn_options_answer *a = result->data;
    int last = -1, count[4] = {0};
    for (int k = 0; k < a->effects; k++)
        last = a->effect[k].concept_index > last ? a->effect[k].concept_index : last;
    for (int k = 0; k < a->effects; k++)
        count[a->effect[k].role] += a->effect[k].concept_index == last;
    dtn_doc_say_as(doc, "answer",
                   "Of %d options *%d* %s decisive under %s, *%d* %s as threats only, %d %s used without "
                   "changing what else holds, and %d %s idle.",
                   a->conflict->options, count[DTN_OPTION_DECISIVE],
                   count[DTN_OPTION_DECISIVE] == 1 ? "is" : "are", last < 0 ? "-" : dtn_concept_name(last),
                   count[DTN_OPTION_THREAT], count[DTN_OPTION_THREAT] == 1 ? "works" : "work",
                   count[DTN_OPTION_USED], count[DTN_OPTION_USED] == 1 ? "is" : "are", count[DTN_OPTION_IDLE],
                   count[DTN_OPTION_IDLE] == 1 ? "is" : "are");
    for (int k = 0; k < dtn_concept_count(); k++)
        if (dtn_stability_has(a->run, k))
            one_concept(doc, a, k);
    dtn_doc_term(doc, "idle", "no state that holds takes it, and without it the same states hold");
    dtn_doc_term(doc, "used", "some state that holds takes it; the others hold without it as before");
    dtn_doc_term(doc, "threat", "no state that holds takes it, yet without it other states hold");
    dtn_doc_term(doc, "decisive", "some state that holds takes it, and without it not just the others hold");
    return dtn_doc_status(doc);
}
