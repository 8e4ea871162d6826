/* The document of `inverse`: what has to change for a state to hold, concept by concept. */
#include <flint/fmpz.h>

#include "analyse/inverse.h"
#include "report/report.h"
#include "report/stability_words.h"

/* "U no longer prefers s3, s4" for each player with demotions. */
static const char *changes(dtn_doc *doc, const dtn_inverse_answer *a, const dtn_inverse *x)
{
    const char *part[DTN_CONFLICT_MAX_PLAYERS];
    int parts = 0;
    for (int i = 0; i < a->conflict->players; i++) {
        const char *state[64];
        int count = 0;
        for (int k = 0; k < x->demotions && count < 64; k++)
            if (x->demotion[k].player == i)
                state[count++] = dtn_holds_state(doc, a->conflict, x->demotion[k].state);
        if (count)
            part[parts++] =
                dtn_doc_print(doc, "%s no longer prefers %s", dtn_holds_player(doc, a->conflict, i),
                              dtn_text_join(doc, state, count, "or"));
    }
    return dtn_text_join(doc, part, parts, "and");
}

static const char *sentence(dtn_doc *doc, const dtn_inverse_answer *a, const dtn_inverse_row *row)
{
    const dtn_inverse *x = &row->found;
    const char *state = dtn_holds_state(doc, a->conflict, a->target);
    if (x->holds)
        return dtn_doc_print(doc, "%s holds as it is.", state);
    if (!x->possible && row->obstacle)
        return dtn_doc_print(doc, "impossible, whatever the others want: %s",
                             dtn_holds_witness(doc, a->conflict, row->obstacle, -1, 8));
    if (!x->possible)
        return dtn_doc_print(
            doc, x->exact ? "impossible: no demotions of the players that may change make it hold."
                          : "none was found before the search was cut short.");
    return dtn_doc_print(doc, "%s holds if %s (placed level with %s).%s", state, changes(doc, a, x), state,
                         x->exact ? "" : " Fewer changes may do: the search was cut short.");
}

static dtn_value profiles(dtn_doc *doc, const dtn_inverse *x)
{
    if (!x->counted)
        return dtn_value_none();
    char *text = fmpz_get_str(NULL, 10, x->profiles);
    dtn_value v = dtn_value_text(doc, "%s", text);
    flint_free(text);
    return v;
}

static dtn_value share(dtn_doc *doc, const dtn_inverse *x)
{
    if (!x->counted)
        return dtn_value_none();
    fmpq_t q;
    fmpq_init(q);
    fmpq_set_fmpz_frac(q, x->profiles, x->all);
    dtn_value v = dtn_value_percent(doc, q);
    fmpq_clear(q);
    return v;
}

dtn_status dtn_report_of_inverse(dtn_ctx *ctx, dtn_doc *doc, const dtn_result *result, const dtn_look *look)
{
    (void)ctx, (void)look;
    const dtn_inverse_answer *a = result->data;
    const char *state = dtn_holds_state(doc, a->conflict, a->target);
    int least = -1, best = -1;
    for (int k = 0; k < a->rows; k++)
        if (a->row[k].found.possible && (best < 0 || a->row[k].found.demotions < least)) {
            best = k;
            least = a->row[k].found.demotions;
        }
    if (best < 0)
        dtn_doc_say_as(doc, "answer",
                       "%s (%s) cannot be made to hold by the players whose preferences may change.", state,
                       dtn_holds_options(doc, a->conflict, a->target));
    else if (!least)
        dtn_doc_say_as(doc, "answer", "%s (%s) holds as it is under %s.", state,
                       dtn_holds_options(doc, a->conflict, a->target),
                       dtn_concept_name(a->row[best].concept_index));
    else
        dtn_doc_say_as(doc, "answer", "%s (%s) holds under %s if %s.", state,
                       dtn_holds_options(doc, a->conflict, a->target),
                       dtn_concept_name(a->row[best].concept_index), changes(doc, a, &a->row[best].found));
    dtn_doc_table(doc, "concepts", "Least change, and how many profiles of strict rankings make it hold");
    dtn_doc_column(doc, "concept", "Concept", DTN_LEFT);
    dtn_doc_column(doc, "changes", "Changes", DTN_RIGHT);
    dtn_doc_column(doc, "minimal", "Fewest?", DTN_LEFT);
    dtn_doc_column(doc, "profiles", "Profiles", DTN_RIGHT);
    dtn_doc_column(doc, "share", "Of all", DTN_RIGHT);
    for (int k = 0; k < a->rows; k++) {
        const dtn_inverse *x = &a->row[k].found;
        dtn_doc_row(doc, NULL);
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", dtn_concept_name(a->row[k].concept_index)));
        dtn_doc_cell(doc, x->possible ? dtn_value_integer(x->demotions) : dtn_value_text(doc, "impossible"));
        dtn_doc_cell(doc, dtn_value_verdict(doc, x->exact ? DTN_YES : DTN_UNDECIDED, NULL));
        dtn_doc_cell(doc, profiles(doc, x));
        dtn_doc_cell(doc, share(doc, x));
    }
    dtn_doc_list(doc, "ways", false);
    for (int k = 0; k < a->rows; k++)
        dtn_doc_item(doc, "*%s*: %s", dtn_concept_name(a->row[k].concept_index), sentence(doc, a, &a->row[k]));
    return dtn_doc_status(doc);
}
