/* Parts of the document of `stability` that are asked for: why a state holds, concept by concept; what groups could do; the
 * sets of states as programs read them. */
#include <string.h>

#include "model/conflict.h"
#include "report/of_stability.h"
#include "report/stability_words.h"

enum { PATHS_MOST = 64, LISTED_MOST = 4096 };

/* Concepts for which the player's sentence is the same, joined: "R, SSEQ, SEQ". Marks them as told. */
static const char *same_sentence(dtn_doc *doc, const char *const *sentence, bool *told,
                                 const dtn_witness *const *w, int k)
{
    const char *names = dtn_concept_name(k);
    for (int other = k + 1; other < dtn_concept_count(); other++)
        if (sentence[other] && !told[other] && w[other]->stable == w[k]->stable &&
            !strcmp(sentence[other], sentence[k])) {
            names = dtn_doc_print(doc, "%s, %s", names, dtn_concept_name(other));
            told[other] = true;
        }
    return names;
}

static void why_player(dtn_doc *doc, const dtn_stability_answer *a, const dtn_stability_why *why, int player)
{
    const char *sentence[DTN_CONCEPTS_MOST] = {0};
    bool told[DTN_CONCEPTS_MOST] = {0};
    int concepts = dtn_concept_count();
    const dtn_witness *const *w = (const dtn_witness *const *)why->witness + player * concepts;
    for (int k = 0; k < concepts; k++)
        if (w[k])
            sentence[k] = dtn_holds_witness(doc, a->conflict, w[k], -1, PATHS_MOST);
    dtn_doc_list(doc, a->conflict->player[player].key, false);
    for (int k = 0; k < concepts; k++)
        if (sentence[k] && !told[k])
            dtn_doc_item(doc, "*%s* %s: %s", same_sentence(doc, sentence, told, w, k),
                         w[k]->stable ? "stable" : "not stable", sentence[k]);
}

void dtn_stability_tell_why(dtn_doc *doc, const dtn_stability_answer *a)
{
    if (!a->whys)
        return;
    dtn_doc_array(doc, "why", "%s", "");
    for (int k = 0; k < a->whys; k++) {
        const dtn_stability_why *why = &a->why[k];
        const char *name = dtn_stability_combination_name(doc, a, why->combination);
        dtn_doc_open(doc, NULL, "%s: %s%s%s", dtn_holds_state(doc, a->conflict, why->state),
                     dtn_holds_options(doc, a->conflict, why->state), *name ? " – " : "", name);
        dtn_doc_data(doc, "state", dtn_value_text(doc, "%s", dtn_holds_state(doc, a->conflict, why->state)));
        for (int i = 0; i < a->conflict->players; i++)
            why_player(doc, a, why, i);
        dtn_doc_close(doc);
    }
    dtn_doc_close(doc);
}

/* The state as programs read it: Y/N pattern, or id where there are no options. */
static dtn_value code_of(dtn_doc *doc, const dtn_conflict *c, size_t state)
{
    char pattern[DTN_CONFLICT_MAX_OPTIONS + 1];
    if (!c->options)
        return dtn_value_text(doc, "%s", dtn_conflict_state_name(dtn_doc_arena(doc), c, state));
    dtn_conflict_state_pattern(c, state, pattern, sizeof pattern);
    return dtn_value_text(doc, "%s", pattern);
}

static void add_set(dtn_doc *doc, const char *key, const dtn_stability_answer *a, int combination,
                    int concept_index, int player)
{
    size_t count = dtn_stability_states(a->run, combination, concept_index, player, NULL, 0);
    if (a->count_only || count > LISTED_MOST) {
        dtn_doc_data(doc, key, dtn_value_integer((long)count));
        return;
    }
    size_t *state = dtn_arena_array(dtn_doc_arena(doc), count + 1, sizeof *state);
    dtn_value *item = dtn_arena_array(dtn_doc_arena(doc), count + 1, sizeof *item);
    if (!state || !item) {
        dtn_doc_try(doc, dtn_fail_nomem(doc->ctx));
        return;
    }
    dtn_stability_states(a->run, combination, concept_index, player, state, count);
    for (size_t k = 0; k < count; k++)
        item[k] = code_of(doc, a->conflict, state[k]);
    dtn_doc_data(doc, key, dtn_value_list(doc, item, (int)count));
}

void dtn_stability_sets(dtn_doc *doc, const dtn_stability_answer *a, int combination)
{
    dtn_doc_open(doc, "concepts", "%s", "");
    for (int k = 0; k < dtn_concept_count(); k++) {
        if (!dtn_stability_has(a->run, k))
            continue;
        dtn_doc_open(doc, dtn_concept_name(k), "%s", "");
        add_set(doc, "equilibria", a, combination, k, -1);
        dtn_doc_open(doc, "stable", "%s", "");
        for (int i = 0; i < a->conflict->players; i++)
            add_set(doc, a->conflict->player[i].key, a, combination, k, i);
        dtn_doc_close(doc);
        dtn_doc_close(doc);
    }
    dtn_doc_close(doc);
}

static void group(dtn_doc *doc, const dtn_stability_answer *a, const dtn_stability_group *g)
{
    const dtn_conflict *c = a->conflict;
    const char *name = dtn_stability_combination_name(doc, a, g->combination);
    size_t shown = 0;
    dtn_doc_open(doc, NULL, "%s together%s%s", dtn_holds_players(doc, c, g->members), *name ? " – " : "",
                 name);
    dtn_doc_table(doc, "moves",
                  "What the group could improve together, and under which concepts that is deterred");
    dtn_doc_column(doc, "state", "From", DTN_LEFT);
    dtn_doc_column(doc, "to", "To", DTN_LEFT);
    dtn_doc_column(doc, "path", "By", DTN_LEFT);
    for (int k = 1; k < DTN_GROUP_CONCEPTS; k++)
        dtn_doc_column(doc, dtn_stability_group_concepts[k], dtn_stability_group_concepts[k], DTN_LEFT);
    for (size_t s = 0; s < a->states; s++) {
        dtn_coalition_view *const *view = g->view + s * DTN_GROUP_CONCEPTS;
        const dtn_reply *r;
        for (size_t n = 0; (r = dtn_coalition_reply(view[0], n)); n++, shown++) {
            dtn_doc_row(doc, NULL);
            dtn_doc_cell(doc, dtn_value_text(doc, "%s", dtn_holds_state(doc, c, a->state[s])));
            dtn_doc_cell(doc, dtn_value_text(doc, "%s", dtn_holds_state(doc, c, r->to)));
            dtn_doc_cell(doc, dtn_value_text(doc, "%s", dtn_holds_path(doc, c, r->lead, r->leads)));
            for (int k = 1; k < DTN_GROUP_CONCEPTS; k++)
                dtn_doc_cell(doc, dtn_coalition_reply(view[k], n)->sanctioned
                                      ? dtn_value_text(doc, "deterred")
                                      : dtn_value_strong(dtn_value_text(doc, "pays")));
        }
    }
    if (!shown)
        dtn_doc_say(doc, "There is nothing that they could improve together.");
    dtn_doc_close(doc);
}

void dtn_stability_tell_groups(dtn_doc *doc, const dtn_stability_answer *a)
{
    if (!a->groups)
        return;
    dtn_doc_array(doc, "coalitions", "What coalitions could do");
    for (int k = 0; k < a->groups; k++)
        group(doc, a, &a->group[k]);
    dtn_doc_close(doc);
}
