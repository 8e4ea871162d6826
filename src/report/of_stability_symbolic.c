/* The document of `stability` where states are not listed: how many hold, the first of them, and whether given ones do. */
#include <inttypes.h>

#include "model/conflict.h"
#include "report/of_stability.h"
#include "report/stability_words.h"

static const char *pattern_of(dtn_doc *doc, const dtn_conflict *c, uint64_t pattern)
{
    char text[DTN_CONFLICT_MAX_OPTIONS + 1];
    for (int o = 0; o < c->options; o++)
        text[o] = pattern >> o & 1 ? 'Y' : 'N';
    text[c->options] = 0;
    return dtn_doc_print(doc, "%s", text);
}

static void counts(dtn_doc *doc, const dtn_conflict *c, const dtn_symbolic *r)
{
    dtn_doc_table(doc, "counts", "How many states are stable");
    dtn_doc_column(doc, "concept", "Concept", DTN_LEFT);
    dtn_doc_column(doc, "equilibria", "For all players", DTN_RIGHT);
    for (int i = 0; i < c->players; i++)
        dtn_doc_column(doc, c->player[i].key, dtn_doc_print(doc, "For %s", c->player[i].key), DTN_RIGHT);
    for (int k = 0; k < dtn_concept_count(); k++) {
        if (!dtn_symbolic_has(r, k))
            continue;
        dtn_doc_row(doc, NULL);
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", dtn_concept_name(k)));
        for (int i = -1; i < c->players; i++)
            dtn_doc_cell(doc, dtn_value_integer((long)dtn_symbolic_count(r, k, i)));
    }
}

static void sets(dtn_doc *doc, const dtn_conflict *c, const dtn_stability_symbolic *x)
{
    dtn_doc_open(doc, "concepts", "%s", "");
    for (int k = 0; k < dtn_concept_count(); k++) {
        if (!dtn_symbolic_has(x->run, k))
            continue;
        dtn_doc_open(doc, dtn_concept_name(k), "%s", "");
        dtn_doc_data(doc, "equilibria", dtn_value_integer((long)dtn_symbolic_count(x->run, k, -1)));
        dtn_value *item = dtn_arena_array(dtn_doc_arena(doc), x->firsts[k] + 1, sizeof *item);
        for (size_t n = 0; item && n < x->firsts[k]; n++)
            item[n] = dtn_value_text(doc, "%s", pattern_of(doc, c, x->first[k][n]));
        if (item)
            dtn_doc_data(doc, "first", dtn_value_list(doc, item, (int)x->firsts[k]));
        dtn_doc_open(doc, "stable", "%s", "");
        for (int i = 0; i < c->players; i++)
            dtn_doc_data(doc, c->player[i].key, dtn_value_integer((long)dtn_symbolic_count(x->run, k, i)));
        dtn_doc_close(doc);
        dtn_doc_close(doc);
    }
    dtn_doc_close(doc);
}

static void asked(dtn_doc *doc, const dtn_conflict *c, const dtn_stability_symbolic *x)
{
    if (!x->askeds)
        return;
    dtn_doc_table(doc, "states", "For whom the states asked about are stable");
    dtn_doc_column(doc, "state", "State", DTN_LEFT);
    for (int k = 0; k < dtn_concept_count(); k++)
        if (dtn_symbolic_has(x->run, k))
            dtn_doc_column(doc, dtn_concept_name(k), dtn_concept_name(k), DTN_LEFT);
    for (int n = 0; n < x->askeds; n++) {
        dtn_doc_row(doc, NULL);
        dtn_doc_cell(doc, dtn_value_text(doc, "`%s`", pattern_of(doc, c, x->asked[n])));
        for (int k = 0; k < dtn_concept_count(); k++) {
            uint32_t who = 0;
            if (!dtn_symbolic_has(x->run, k))
                continue;
            for (int i = 0; i < c->players; i++)
                who |= (uint32_t)dtn_symbolic_holds(x->run, k, i, x->asked[n]) << i;
            dtn_doc_cell(doc,
                         who ? dtn_value_text(doc, "%s", dtn_holds_players(doc, c, who)) : dtn_value_none());
        }
    }
}

void dtn_stability_tell_symbolic(dtn_doc *doc, const dtn_stability_answer *a)
{
    const dtn_conflict *c = a->conflict;
    const dtn_stability_symbolic *x = a->symbolic;
    int r = dtn_concept_find("R"), gmr = dtn_concept_find("GMR");
    dtn_doc_say_as(doc, "answer",
                   "Of %" PRIu64 " states, *%" PRIu64
                   "* hold for everyone even if nobody looks ahead (R), and *%" PRIu64
                   "* when every answer of the others counts (GMR). They are counted, not listed.",
                   dtn_symbolic_feasible(x->run), dtn_symbolic_count(x->run, r, -1),
                   dtn_symbolic_count(x->run, gmr, -1));
    counts(doc, c, x->run);
    dtn_doc_list(doc, "first", false);
    for (int k = 0; k < dtn_concept_count(); k++) {
        if (!dtn_symbolic_has(x->run, k) || !x->firsts[k])
            continue;
        for (size_t n = 0; n < x->firsts[k]; n++)
            dtn_doc_item(doc, "%s: `%s`", dtn_concept_name(k), pattern_of(doc, c, x->first[k][n]));
    }
    asked(doc, c, x);
    sets(doc, c, x);
}
