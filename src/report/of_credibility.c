/* Is it credible: threats and promises, who would heed them, and what signals tell; an equilibrium a section. */
#include "analyse/credibility.h"

#include <string.h>

#include "report/of_credibility.h"
#include "report/report.h"

static const char *kind_word(dtn_act_kind kind)
{
    return kind == DTN_ACT_PROMISE ? "promise" : "threat";
}

/* A figure: one number, or the interval that free beliefs leave. */
static dtn_value span(dtn_doc *doc, const dtn_span *s)
{
    return fmpq_equal(&s->lo, &s->hi) ? dtn_value_exact(doc, &s->lo) : dtn_value_interval(doc, &s->lo, &s->hi);
}

static dtn_truth is_credible(const dtn_credible_act *act)
{
    if (fmpq_sgn(&act->margin.lo) >= 0)
        return DTN_YES;
    return fmpq_sgn(&act->margin.hi) < 0 ? DTN_NO : DTN_UNDECIDED;
}

static dtn_value verdict(dtn_doc *doc, const dtn_credible_act *act)
{
    dtn_truth truth = is_credible(act);
    bool indifferent = fmpq_is_zero(&act->margin.lo) && fmpq_is_zero(&act->margin.hi);
    return dtn_value_verdict(doc, truth,
                             truth == DTN_UNDECIDED ? "depends on beliefs"
                             : indifferent          ? "just: indifferent"
                             : truth == DTN_YES     ? "yes"
                                                    : "no");
}

/* Whether another act has the same player and type: then the place has to be told. */
static bool needs_place(const dtn_credibility_item *item, const dtn_credible_act *act)
{
    for (int i = 0; i < item->acts; i++)
        if (&item->act[i] != act && item->act[i].player == act->player && item->act[i].type == act->type)
            return true;
    return false;
}

static const char *mover(dtn_doc *doc, const dtn_tree *tree, const dtn_credibility_item *item,
                         const dtn_credible_act *act)
{
    const char *who = dtn_words_mover(doc, tree, act->infoset);
    return needs_place(item, act)
               ? dtn_doc_print(doc, "%s at %s", who, dtn_words_move(doc, tree, act->infoset))
               : who;
}

static void acts(dtn_doc *doc, const dtn_tree *tree, const dtn_credibility_item *item)
{
    dtn_doc_table(doc, "acts", "Would it be carried out?");
    dtn_doc_column(doc, "player", "Who", DTN_LEFT);
    dtn_doc_column(doc, "act", "Act", DTN_LEFT);
    dtn_doc_column(doc, "credible", "Credible", DTN_LEFT);
    dtn_doc_column(doc, "margin", "Margin", DTN_RIGHT);
    dtn_doc_column(doc, "least-cost", "Least cost", DTN_RIGHT);
    dtn_doc_column(doc, "instead", "Otherwise", DTN_LEFT);
    dtn_doc_column(doc, "probability", "Done with", DTN_RIGHT);
    dtn_doc_column(doc, "reached", "Reached", DTN_LEFT);
    for (int i = 0; i < item->acts; i++) {
        const dtn_credible_act *a = &item->act[i];
        dtn_doc_row(doc, NULL);
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", mover(doc, tree, item, a)));
        dtn_doc_cell(doc,
                     dtn_value_hint(doc, dtn_value_text(doc, "%s", tree->action[a->action].name), "%s at %s",
                                    kind_word(a->kind), dtn_words_move(doc, tree, a->infoset)));
        dtn_doc_cell(doc, verdict(doc, a));
        dtn_doc_cell(doc, span(doc, &a->margin));
        dtn_doc_cell(doc, span(doc, &a->least_cost));
        dtn_doc_cell(doc, a->rival >= 0 ? dtn_value_text(doc, "%s", tree->action[a->rival].name)
                                        : dtn_value_none());
        dtn_doc_cell(doc, span(doc, &a->probability));
        dtn_doc_cell(doc, dtn_value_bool(a->reached));
    }
}

/* "whatever it believes", "never", or the beliefs that make the act a best choice. */
static void say_beliefs(dtn_doc *doc, const dtn_tree *tree, const dtn_credibility_item *item)
{
    int lines = 0;
    for (int i = 0; i < item->acts; i++)
        lines += item->act[i].needs > 0;
    if (lines == 0)
        return;
    dtn_doc_open(doc, "beliefs", "What it would have to believe");
    dtn_doc_list(doc, "thresholds", false);
    for (int i = 0; i < item->acts; i++) {
        const dtn_credible_act *a = &item->act[i];
        const char *who = mover(doc, tree, item, a), *act = tree->action[a->action].name;
        if (a->needs == 0)
            continue;
        if (a->always || a->never) {
            dtn_doc_item(doc, "%s: %s is %s, whatever it believes.", who, act,
                         a->always ? "a best choice" : "never a best choice");
            continue;
        }
        const char *words = "";
        for (int k = 0; k < a->needs; k++) {
            if (a->needs == 2 && k == 1)
                break; /* the other position has the rest */
            const dtn_belief_need *n = &a->need[k];
            words = dtn_doc_print(doc, "%s%sthat %s with probability in %s (it holds %s)", words,
                                  k ? "; " : "", dtn_words_position(doc, tree, n->node),
                                  dtn_text_range(doc, &n->best.lo, &n->best.hi, false, false),
                                  dtn_text_range(doc, &n->held.lo, &n->held.hi, false, false));
        }
        dtn_doc_item(doc, "%s: %s is a best choice if it believes %s.", who, act, words);
    }
    dtn_doc_close(doc);
}

/* The same act at another information set has the same addressees. */
static bool said_before(const dtn_tree *tree, const dtn_credibility_item *item, int index)
{
    const dtn_credible_act *a = &item->act[index];
    for (int i = 0; i < index; i++) {
        const dtn_credible_act *b = &item->act[i];
        if (b->player == a->player &&
            strcmp(tree->infoset[a->infoset].move, tree->infoset[b->infoset].move) == 0 &&
            strcmp(tree->action[a->action].name, tree->action[b->action].name) == 0)
            return true;
    }
    return false;
}

static dtn_value threshold(dtn_doc *doc, const dtn_heed *h)
{
    switch (h->verdict) {
    case DTN_HEED_ALWAYS:
        return dtn_value_text(doc, "none needed");
    case DTN_HEED_AT:
        return dtn_value_exact(doc, &h->threshold);
    case DTN_HEED_NEVER:
        return h->formal ? dtn_value_text(doc, "%s: none is enough", dtn_text_number(doc, &h->threshold))
                         : dtn_value_text(doc, "none is enough");
    case DTN_HEED_UNKNOWN:
        break;
    }
    return dtn_value_text(doc, "not linear");
}

static void heeds(dtn_doc *doc, const dtn_tree *tree, const dtn_credibility_item *item)
{
    int rows = 0, families = 0;
    for (int i = 0; i < item->acts; i++) {
        bool fresh = !said_before(tree, item, i);
        rows += fresh ? item->act[i].heeds : 0;
        families += fresh;
    }
    if (rows == 0)
        return;
    dtn_doc_table(doc, "heeds", "Would it be heeded?");
    dtn_doc_column(doc, "player", "Addressee", DTN_LEFT);
    if (families > 1)
        dtn_doc_column(doc, "act", "Of what", DTN_LEFT);
    dtn_doc_column(doc, "comply", "Complies by", DTN_LEFT);
    dtn_doc_column(doc, "cost", "Cost", DTN_RIGHT);
    dtn_doc_column(doc, "loss", "At stake", DTN_RIGHT);
    dtn_doc_column(doc, "needed", "Needed", DTN_RIGHT);
    dtn_doc_column(doc, "seen", "Seen", DTN_RIGHT);
    dtn_doc_column(doc, "surplus", "Surplus", DTN_RIGHT);
    dtn_doc_column(doc, "complies", "Does so", DTN_RIGHT);
    for (int i = 0; i < item->acts; i++)
        for (int k = 0; k < item->act[i].heeds && !said_before(tree, item, i); k++) {
            const dtn_credible_act *a = &item->act[i];
            const dtn_heed *h = &a->heed[k];
            dtn_doc_row(doc, NULL);
            dtn_doc_cell(doc, dtn_value_text(doc, "%s", dtn_words_mover(doc, tree, h->infoset)));
            if (families > 1)
                dtn_doc_cell(doc, dtn_value_text(doc, "%s", tree->action[a->action].name));
            dtn_doc_cell(doc, dtn_value_text(doc, "%s", tree->action[h->comply].name));
            dtn_doc_cell(doc, dtn_value_exact(doc, &h->cost));
            dtn_doc_cell(doc, dtn_value_exact(doc, &h->loss));
            dtn_doc_cell(doc, threshold(doc, h));
            dtn_doc_cell(doc, span(doc, &h->execute));
            dtn_doc_cell(doc, h->formal ? span(doc, &h->surplus) : dtn_value_none());
            dtn_doc_cell(doc, span(doc, &h->complies));
        }
}

/* Who would carry the first act out, as part of the answer. */
static const char *carriers(dtn_doc *doc, const dtn_tree *tree, const dtn_credibility_item *item,
                            dtn_truth wanted)
{
    enum { MOST = 6 };
    const char *who[MOST];
    int count = 0;
    for (int i = 0; i < item->acts && count < MOST; i++)
        if (said_before(tree, item, i) || i == 0) {
            bool same = i == 0 || (item->act[i].player == item->act[0].player &&
                                   strcmp(tree->action[item->act[i].action].name,
                                          tree->action[item->act[0].action].name) == 0);
            if (same && is_credible(&item->act[i]) == wanted)
                who[count++] = mover(doc, tree, item, &item->act[i]);
        }
    return count ? dtn_text_join(doc, who, count, "and") : NULL;
}

/* Who would heed it: those whose surplus is not negative (complies 1), or is. */
static const char *heeders(dtn_doc *doc, const dtn_tree *tree, const dtn_credible_act *act, bool yes)
{
    enum { MOST = 6 };
    const char *who[MOST];
    int count = 0;
    for (int k = 0; k < act->heeds && count < MOST; k++) {
        const dtn_heed *h = &act->heed[k];
        bool heeds_it =
            h->verdict == DTN_HEED_ALWAYS || (h->verdict == DTN_HEED_AT && fmpq_sgn(&h->surplus.lo) >= 0);
        if (heeds_it == yes)
            who[count++] = dtn_words_mover(doc, tree, h->infoset);
    }
    return count ? dtn_text_join(doc, who, count, "and") : NULL;
}

static void answer(dtn_doc *doc, const dtn_credibility_answer *a)
{
    const dtn_tree *tree = a->tree;
    const dtn_credibility_item *item = a->equilibria->count ? &a->item[0] : NULL;
    if (!item) {
        dtn_doc_say_as(doc, "answer", "No %s was found, so there is nothing to judge credibility in.",
                       dtn_words_rung_noun(doc, a->rung, false));
        return;
    }
    if (item->acts == 0) {
        dtn_doc_say_as(doc, "answer", "The file marks no action as a threat or a promise%s.",
                       item->signals ? "; what signals tell stands below" : "");
        return;
    }
    const dtn_credible_act *act = &item->act[0];
    const char *would = carriers(doc, tree, item, DTN_YES), *not = carriers(doc, tree, item, DTN_NO);
    const char *open = carriers(doc, tree, item, DTN_UNDECIDED);
    const char *heed = heeders(doc, tree, act, true), *ignore = heeders(doc, tree, act, false);
    const char *name = dtn_doc_print(doc, "the %s %s", kind_word(act->kind), tree->action[act->action].name);
    const char *first = would ? dtn_doc_print(doc, "*%s* would carry out %s", would, name)
                              : dtn_doc_print(doc, "*Nobody* would surely carry out %s", name);
    const char *second = not ? dtn_doc_print(doc, ", %s would not", not ) : "";
    const char *third = open ? dtn_doc_print(doc, "; for %s it depends on beliefs", open) : "";
    const char *fourth =
        heed && ignore ? dtn_doc_print(doc, " Seeing how likely that is, %s had better comply, %s need not.",
                                       heed, ignore)
        : heed         ? dtn_doc_print(doc, " Seeing how likely that is, %s had better comply.", heed)
        : ignore       ? dtn_doc_print(doc, " Seeing how likely that is, %s need not comply.", ignore)
                       : "";
    dtn_doc_say_as(doc, "answer", "%s%s%s.%s", dtn_doc_marked(doc, first), second, third, fourth);
}

static void equilibrium(dtn_doc *doc, const dtn_credibility_answer *a, const dtn_scenario *s, int index)
{
    const dtn_credibility_item *item = &a->item[index];
    const char *class_ = dtn_words_class(doc, s, a->class_of ? a->class_of[index] : -1);
    dtn_doc_open(doc, NULL, "%s", *class_ ? class_ : dtn_doc_print(doc, "Equilibrium %d", index + 1));
    if (item->acts) {
        acts(doc, a->tree, item);
        say_beliefs(doc, a->tree, item);
        heeds(doc, a->tree, item);
    }
    for (int i = 0; i < item->signals; i++)
        dtn_report_signal(doc, a->tree, &item->signal[i]);
    dtn_doc_close(doc);
}

dtn_status dtn_report_of_credibility(dtn_ctx *ctx, dtn_doc *doc, const dtn_result *result,
                                     const dtn_look *look)
{
    const dtn_credibility_answer *a = result->data;
    (void)ctx;
    (void)look;
    answer(doc, a);
    if (a->equilibria->count == 0)
        return dtn_doc_status(doc);
    dtn_doc_say(doc, "*Margin*: what carrying out is worth beyond the best alternative at that moment. "
                     "*Least cost*: what an audience "
                     "would have to charge for not doing it, on top of what the payoffs hold. *Needed*: the "
                     "probability of carrying out "
                     "from which complying is better, the cost of complying over what is at stake. "
                     "*Surplus*: the probability that the "
                     "addressee sees, less the one needed.");
    dtn_doc_array(doc, "equilibria", "Threats, promises and signals in each %s",
                  dtn_words_rung_noun(doc, a->rung, false));
    for (int i = 0; i < a->equilibria->count; i++)
        equilibrium(doc, a, result->job->model->scenario, i);
    dtn_doc_close(doc);
    dtn_credibility_range_words(doc, a, result->job->model->scenario);
    return dtn_doc_status(doc);
}
