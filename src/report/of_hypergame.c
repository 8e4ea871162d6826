/* The document of `hypergame`: what comes about, what each player expects, and what would hold if all knew. */
#include "analyse/hypergame.h"
#include "report/report.h"
#include "report/stability_words.h"

enum { NAMED = 8 };

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

static dtn_value equilibria_of(dtn_doc *doc, const dtn_hypergame_answer *a, int combination, int concept_index)
{
    size_t state[NAMED];
    size_t count = dtn_stability_states(a->run, combination, concept_index, -1, state, NAMED);
    return set_of(doc, a->conflict, state, count);
}

static void beliefs(dtn_doc *doc, const dtn_hypergame_answer *a)
{
    const dtn_conflict *c = a->conflict;
    dtn_doc_list(doc, "beliefs", false);
    for (int i = 0; i < c->players; i++)
        for (int j = 0; j < c->players; j++) {
            int truth = a->variant[j], seen = a->variant[(1 + i) * c->players + j];
            if (seen != truth)
                dtn_doc_item(doc, "%s believes that %s wants *%s*; it wants *%s*.",
                             dtn_holds_player(doc, c, i), dtn_holds_player(doc, c, j),
                             dtn_conflict_variant_name(c, j, seen), dtn_conflict_variant_name(c, j, truth));
        }
}

/* States that hold although a player did not expect that they would. */
static void surprises(dtn_doc *doc, const dtn_hypergame_answer *a)
{
    const dtn_conflict *c = a->conflict;
    dtn_doc_list(doc, "surprises", false);
    for (int k = 0; k < dtn_concept_count(); k++)
        for (int i = 0; dtn_stability_has(a->run, k) && i < c->players; i++) {
            const char *name[NAMED];
            int count = 0;
            for (size_t n = 0; n < a->states[k] && count < NAMED; n++)
                if (!dtn_stability_equilibrium(a->run, 1 + i, k, a->state[k][n]))
                    name[count++] = dtn_holds_state(doc, c, a->state[k][n]);
            if (count)
                dtn_doc_item(doc, "Under %s, %s is surprised that %s %s.", dtn_concept_name(k),
                             dtn_holds_player(doc, c, i), dtn_text_join(doc, name, count, "and"),
                             count > 1 ? "hold" : "holds");
        }
}

dtn_status dtn_report_of_hypergame(dtn_ctx *ctx, dtn_doc *doc, const dtn_result *result, const dtn_look *look)
{
    (void)ctx, (void)look;
    const dtn_hypergame_answer *a = result->data;
    const dtn_conflict *c = a->conflict;
    int differ = 0, computed = 0;
    for (int k = 0; k < dtn_concept_count(); k++) {
        if (!dtn_stability_has(a->run, k))
            continue;
        bool same = dtn_stability_states(a->run, 0, k, -1, NULL, 0) == a->states[k];
        for (size_t n = 0; n < a->states[k]; n++)
            same = same && dtn_stability_equilibrium(a->run, 0, k, a->state[k][n]);
        computed++;
        differ += !same;
    }
    if (differ)
        dtn_doc_say_as(doc, "answer", "The mistakes change what holds under *%d* of %d concepts.", differ,
                       computed);
    else
        dtn_doc_say_as(doc, "answer", "The mistakes change nothing: the same states hold as if all knew.");
    beliefs(doc, a);
    dtn_doc_table(doc, "states",
                  "States that every player stays at as it sees things, and what each expects to hold");
    dtn_doc_column(doc, "concept", "Concept", DTN_LEFT);
    dtn_doc_column(doc, "holds", "Holds", DTN_LEFT);
    for (int i = 0; i < c->players; i++)
        dtn_doc_column(doc, c->player[i].key, dtn_doc_print(doc, "%s expects", c->player[i].key), DTN_LEFT);
    dtn_doc_column(doc, "known", "If all knew", DTN_LEFT);
    for (int k = 0; k < dtn_concept_count(); k++) {
        if (!dtn_stability_has(a->run, k))
            continue;
        dtn_doc_row(doc, NULL);
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", dtn_concept_name(k)));
        dtn_doc_cell(doc, set_of(doc, c, a->state[k], a->states[k]));
        for (int i = 1; i <= c->players; i++)
            dtn_doc_cell(doc, equilibria_of(doc, a, i, k));
        dtn_doc_cell(doc, equilibria_of(doc, a, 0, k));
    }
    surprises(doc, a);
    return dtn_doc_status(doc);
}
