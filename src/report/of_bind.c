/* What would bind: for each lever the least value that brings the target about, and whose incentive decides it; for each
 * guarantee the scalar rule, solved for each of its levers. */
#include "analyse/bind.h"

#include <string.h>

#include "report/of_bind.h"
#include "report/report.h"
#include "report/words.h"

static const char *target_words(dtn_doc *doc, const dtn_scenario *s, const dtn_bind_item *x)
{
    const char *words = dtn_doc_print(doc, "“%s”", dtn_words_target(doc, s, x->target, x->targets));
    return fmpq_is_one(&x->prob)
               ? dtn_doc_print(doc, "%s for certain", words)
               : dtn_doc_print(doc, "%s with probability at least %s", words, dtn_text_exact(doc, &x->prob));
}

static const char *end_number(dtn_doc *doc, const dtn_bind_end *e)
{
    return e->exact || e->range_end
               ? dtn_text_number(doc, &e->at)
               : dtn_doc_print(doc, "a value between %s and %s", dtn_text_decimal(doc, &e->lo),
                               dtn_text_decimal(doc, &e->hi));
}

/* What the lever has to be: "at least 0.9", "above 0.2", "at most 1/3", "any value explored". */
static const char *interval_words(dtn_doc *doc, const dtn_bind_interval *i)
{
    if (i->lo.range_end && i->hi.range_end)
        return "any value explored";
    if (i->hi.range_end)
        return dtn_doc_print(doc, i->lo.included ? "at least %s" : "above %s", end_number(doc, &i->lo));
    if (i->lo.range_end)
        return dtn_doc_print(doc, i->hi.included ? "at most %s" : "below %s", end_number(doc, &i->hi));
    if (i->lo.exact && i->hi.exact && fmpq_equal(&i->lo.at, &i->hi.at))
        return dtn_doc_print(doc, "exactly %s", end_number(doc, &i->lo));
    return dtn_doc_print(doc, "from %s%s to %s%s", i->lo.included ? "" : "just above ",
                         end_number(doc, &i->lo), i->hi.included ? "" : "just below ",
                         end_number(doc, &i->hi));
}

const char *dtn_bind_where(dtn_doc *doc, const dtn_bind_item *x)
{
    const char *words = "";
    for (int i = 0; i < x->intervals; i++)
        words = dtn_doc_print(doc, "%s%s%s", words, i ? ", or " : "", interval_words(doc, &x->interval[i]));
    return *words ? words
                  : dtn_doc_print(doc, "at no value in %s", dtn_text_range(doc, &x->lo, &x->hi, false, false));
}

/* The end at which the target begins (or, where it holds from the start of the range, ceases) to hold; NULL: none. */
static const dtn_bind_end *threshold(const dtn_bind_item *x)
{
    for (int i = 0; i < x->intervals; i++) {
        if (!x->interval[i].lo.range_end)
            return &x->interval[i].lo;
        if (!x->interval[i].hi.range_end)
            return &x->interval[i].hi;
    }
    return NULL;
}

static bool same_place(const dtn_bind_item *x, const dtn_bind_item *y)
{
    if (x->lever != y->lever || x->intervals != y->intervals || !fmpq_equal(&x->prob, &y->prob) ||
        x->predicate == y->predicate ||
        (x->predicate > DTN_PREDICATE_DOMINANCE) != (y->predicate > DTN_PREDICATE_DOMINANCE))
        return false;
    for (int i = 0; i < x->intervals; i++)
        if (!fmpq_equal(&x->interval[i].lo.at, &y->interval[i].lo.at) ||
            !fmpq_equal(&x->interval[i].hi.at, &y->interval[i].hi.at))
            return false;
    return true;
}

/* Who brings it about: what item number `first` asks for, with all later ones that agree with it. */
static const char *subject(dtn_doc *doc, const dtn_bind_answer *a, int first)
{
    static const char *const name[DTN_PREDICATES] = {
        "every equilibrium", "some equilibrium", "all that survives iterated conditional dominance",
        "play that enforces itself when repeated and paid for", "play that enforces itself when repeated"};
    const char *one[DTN_PREDICATES], *words = "";
    int found = 0;
    for (int i = first; i < a->items && found < (int)DTN_PREDICATES; i++)
        if (i == first || same_place(&a->item[first], &a->item[i]))
            one[found++] = name[a->item[i].predicate];
    for (int i = 0; i < found; i++)
        words = i == 0 ? dtn_doc_print(doc, "%c%s", one[0][0] - 'a' + 'A', one[0] + 1)
                       : dtn_doc_print(doc, "%s%s%s", words, i + 1 < found ? ", " : " and ", one[i]);
    return words;
}

/* The verb that goes with it. */
static const char *ends(const dtn_bind_answer *a, int first)
{
    for (int i = first + 1; i < a->items; i++)
        if (same_place(&a->item[first], &a->item[i]))
            return "end";
    return "ends";
}

static const char *end_formula(const dtn_bind_end *e)
{
    return e->formula ? e->formula : e->polynomial;
}

/* All borders, "K = g/(d - f) and K = V/alpha"; "" without. */
const char *dtn_bind_borders(dtn_doc *doc, const dtn_bind_item *x)
{
    const char *words = "";
    for (int i = 0; i < 2 * x->intervals; i++) {
        const dtn_bind_interval *v = &x->interval[i / 2];
        const char *one = end_formula(i % 2 ? &v->hi : &v->lo);
        if (one && !strstr(words, one))
            words = dtn_doc_print(doc, "%s%s%s", words, *words ? " and " : "", one);
    }
    return words;
}

static const char *formula_words(dtn_doc *doc, const dtn_bind_item *x)
{
    const char *words = dtn_bind_borders(doc, x);
    return *words ? dtn_doc_print(doc, " (%s: %s)", strstr(words, " and ") ? "borders" : "border", words) : "";
}

/* What the cheapest such value costs, where the cost is not just the value. */
static const char *cost_words(dtn_doc *doc, const dtn_scenario *s, const dtn_bind_item *x)
{
    if (!x->has_least || x->holds_now || !s->param[x->lever].cost || fmpq_equal(&x->cost, &x->cheapest))
        return "";
    return dtn_doc_print(doc, "; that costs %s%s", x->attained ? "" : "a little more than ",
                         dtn_text_number(doc, &x->cost));
}

/* Predicates that agree are told in one sentence. */
static void say_items(dtn_doc *doc, const dtn_bind_answer *a, const dtn_scenario *s, const char **words)
{
    for (int i = 0; i < a->items; i++) {
        const dtn_bind_item *x = &a->item[i];
        bool told = false, again = false;
        for (int k = 0; k < i; k++) {
            told |= same_place(x, &a->item[k]);
            again |= a->item[k].lever == x->lever;
        }
        if (told)
            continue;
        const dtn_bind_end *e = threshold(x);
        const char *lever = dtn_doc_link(doc, dtn_doc_print(doc, "parameter-%s", s->param[x->lever].name),
                                         "%s", s->param[x->lever].name);
        const char *about = s->param[x->lever].about;
        const char *name = again ? lever
                                 : dtn_doc_print(doc, "%s (%s%snow %s)", lever, about ? about : "",
                                                 about && *about ? "; " : "", dtn_text_number(doc, &x->now));
        const char *one = dtn_doc_print(
            doc, x->intervals ? "%s %s in %s when %s is %c%s%c" : "%s %s in %s for no value of %s%c%s%c",
            subject(doc, a, i), ends(a, i), target_words(doc, s, x), name, DTN_MARK_STRONG,
            x->intervals ? dtn_bind_where(doc, x) : "", DTN_MARK_STRONG);
        if (e)
            one = dtn_doc_print(doc, "%s%s%s", one, formula_words(doc, x), cost_words(doc, s, x));
        if (e && e->bindings)
            one = dtn_doc_print(doc, "%s; what decides is whether %s", one,
                                dtn_words_preference(doc, a->tree, &e->binding[0]));
        *words = dtn_doc_print(doc, "%s%s%s.", *words, **words ? " " : "", one);
    }
}

static const char *guarantee_name(const dtn_scenario *s, int g)
{
    return s->guarantee[g].key;
}

static const char *scalar_sentence(dtn_doc *doc, const dtn_scenario *s, const dtn_scalar_item *x)
{
    const dtn_scn_guarantee *g = &s->guarantee[x->guarantee];
    const char *lead = dtn_doc_print(
        doc, "The guarantee “%s” by %s %s: breaking it gains %s and is expected to cost %s",
        guarantee_name(s, x->guarantee), dtn_doc_name(doc, g->by), x->honoured ? "binds" : "does not bind",
        dtn_text_number(doc, &x->left), dtn_text_number(doc, &x->right));
    if (!x->honoured && x->verdict[DTN_SCALAR_BOND] == DTN_SCALAR_LEAST)
        return dtn_doc_print(doc, "%s; a bond of %c%s%c would make it bind.", lead, DTN_MARK_STRONG,
                             dtn_text_number(doc, &x->least[DTN_SCALAR_BOND]), DTN_MARK_STRONG);
    return dtn_doc_print(doc, "%s.", lead);
}

static void answer(dtn_doc *doc, const dtn_bind_answer *a, const dtn_scenario *s)
{
    const char *words = "";
    say_items(doc, a, s, &words);
    if (!a->items && a->no_target)
        words = strcmp(a->no_target, "target") == 0 ? "No target was given (`ask:` in the file, or --target)."
                : strcmp(a->no_target, "lever") == 0
                    ? "No lever was given (`lever: true` or `ask:` in the file, or --lever)."
                    : "The file has no moves that a target could be read from.";
    for (int i = 0; i < a->scalars; i++)
        words = dtn_doc_print(doc, "%s%s%s", words, *words ? " " : "", scalar_sentence(doc, s, &a->scalar[i]));
    dtn_doc_say_as(doc, "answer", "%s",
                   *words ? words : "There is neither a target nor a guarantee to ask about.");
}

static dtn_value predicate_value(dtn_doc *doc, const dtn_bind_item *x)
{
    static const char *const words[DTN_PREDICATES] = {"", "", "dominance", "repeated, paid", "repeated"};
    return x->predicate <= DTN_PREDICATE_SOME
               ? dtn_value_text(doc, "%s equilibrium (%s)", dtn_predicate_name(x->predicate),
                                dtn_rung_name(x->rung))
               : dtn_value_text(doc, "%s", words[x->predicate]);
}

/* What is proved, what was scanned. */
static void certainty(dtn_doc *doc, const dtn_bind_answer *a, const dtn_scenario *s)
{
    const char *scanned = "";
    bool proved = false;
    for (int i = 0; i < a->items; i++) {
        const dtn_bind_item *x = &a->item[i];
        proved |= x->proved;
        if (!x->proved && (i == 0 || a->item[i - 1].lever != x->lever || a->item[i - 1].proved))
            scanned = dtn_doc_print(doc, "%s%s%s in steps of %s", scanned, *scanned ? ", " : "",
                                    s->param[x->lever].name, dtn_text_decimal(doc, &x->resolution));
    }
    if (!*scanned)
        dtn_doc_say_as(
            doc, "certainty", "%s",
            dtn_words_quiet(doc, "Proved over the whole range: where the target holds and where it does "
                                 "not, and every threshold, exactly."));
    else
        dtn_doc_say_as(
            doc, "certainty", "%s",
            dtn_words_quiet(
                doc, dtn_doc_print(doc,
                                   "%sThresholds are exact as told, but found by a scan (%s): a shorter "
                                   "interval in between could have been missed.",
                                   proved ? "Some answers are proved over the whole range. " : "", scanned)));
    if (a->left_out)
        dtn_doc_note(doc, DTN_TONE_QUIET, "Not answered: %s.", a->left_out);
}

static void items(dtn_doc *doc, const dtn_bind_answer *a, const dtn_scenario *s)
{
    bool priced = false;
    for (int i = 0; i < a->items; i++)
        priced |= s->param[a->item[i].lever].cost && !fmpq_equal(&a->item[i].cost, &a->item[i].cheapest);
    if (a->items) {
        const char *target = "";
        for (int k = 0; k < a->item[0].targets; k++)
            target = dtn_doc_print(doc, "%s%s%s", target, k ? ", " : "", a->item[0].target[k]);
        dtn_doc_field(doc, "target", "Target", dtn_value_text(doc, "%s", target));
        dtn_doc_field(doc, "prob", "With probability at least", dtn_value_exact(doc, &a->item[0].prob));
    }
    dtn_doc_table(doc, "levers", "What a lever has to be for the target to come about");
    dtn_doc_column(doc, "lever", "Lever", DTN_LEFT);
    dtn_doc_column(doc, "predicate", "In", DTN_LEFT);
    dtn_doc_column(doc, "now", "Now", DTN_RIGHT);
    dtn_doc_column(doc, "holds-now", "Holds now", DTN_LEFT);
    dtn_doc_column(doc, "least", "Threshold", DTN_RIGHT);
    dtn_doc_column(doc, "where", "Holds when it is", DTN_LEFT);
    dtn_doc_column(doc, "border", "Border", DTN_LEFT);
    if (priced)
        dtn_doc_column(doc, "cost", "Least cost", DTN_RIGHT);
    dtn_doc_column(doc, "witness", "Witness", DTN_RIGHT);
    dtn_doc_column(doc, "binding", "Decided by", DTN_LEFT);
    for (int i = 0; i < a->items; i++) {
        const dtn_bind_item *x = &a->item[i];
        const dtn_bind_end *e = threshold(x);
        dtn_doc_row(doc, NULL);
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", s->param[x->lever].name));
        dtn_doc_cell(doc, predicate_value(doc, x));
        dtn_doc_cell(doc, dtn_value_exact(doc, &x->now));
        dtn_doc_cell(doc, dtn_value_bool(x->holds_now));
        dtn_doc_cell(doc, !e         ? dtn_value_none()
                          : e->exact ? dtn_value_strong(dtn_value_exact(doc, &e->at))
                                     : dtn_value_interval(doc, &e->lo, &e->hi));
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", dtn_bind_where(doc, x)));
        const char *border = dtn_bind_borders(doc, x);
        dtn_doc_cell(doc, *border ? dtn_value_text(doc, "%s", border) : dtn_value_none());
        if (priced)
            dtn_doc_cell(doc, !x->has_least ? dtn_value_none() : dtn_value_exact(doc, &x->cost));
        dtn_doc_cell(doc, !x->has_least ? dtn_value_none() : dtn_value_exact(doc, &x->witness));
        dtn_doc_cell(doc, dtn_value_text(doc, "%s",
                                         !e ? "–"
                                         : x->predicate > DTN_PREDICATE_SOME && !e->bindings
                                             ? "the border"
                                             : dtn_words_switch(doc, a->tree, e)));
    }
    for (int i = 0; i < a->items; i++) {
        const dtn_bind_item *x = &a->item[i];
        if (!x->monotone && (i == 0 || a->item[i - 1].lever != x->lever || a->item[i - 1].monotone))
            dtn_doc_note(doc, DTN_TONE_WARN,
                         "%s is not monotone: raising it can make the target hold and then fail again. All "
                         "intervals%s are listed.",
                         s->param[x->lever].name, x->proved ? "" : " found");
        if (x->undecided)
            dtn_doc_note(doc, DTN_TONE_WARN,
                         "At %s the equilibria could not all be listed; the intervals for %s leave them out.",
                         dtn_text_count(doc, x->undecided, "point", "points"), s->param[x->lever].name);
    }
    if (a->items)
        certainty(doc, a, s);
}

static void margins(dtn_doc *doc, const dtn_bind_answer *a, const dtn_scenario *s)
{
    bool any = false;
    for (int i = 0; i < a->items; i++)
        any |= a->item[i].nexts > 0;
    if (!any)
        return;
    dtn_doc_fold(doc, "margins", "Next tightest incentives at the threshold");
    dtn_doc_table(doc, "next", "");
    dtn_doc_column(doc, "lever", "Lever", DTN_LEFT);
    dtn_doc_column(doc, "predicate", "In", DTN_LEFT);
    dtn_doc_column(doc, "player", "Who", DTN_LEFT);
    dtn_doc_column(doc, "infoset", "Where", DTN_LEFT);
    dtn_doc_column(doc, "action", "Plays", DTN_LEFT);
    dtn_doc_column(doc, "other", "Rather than", DTN_LEFT);
    dtn_doc_column(doc, "margin", "Margin", DTN_RIGHT);
    for (int i = 0; i < a->items; i++)
        for (int k = 0; k < a->item[i].nexts; k++) {
            const dtn_binding *b = &a->item[i].next[k];
            dtn_doc_row(doc, NULL);
            dtn_doc_cell(doc, dtn_value_text(doc, "%s", s->param[a->item[i].lever].name));
            dtn_doc_cell(doc, dtn_value_text(doc, "%s", dtn_predicate_name(a->item[i].predicate)));
            dtn_doc_cell(doc, dtn_value_text(doc, "%s", dtn_words_player(doc, a->tree, b->player, b->type)));
            dtn_doc_cell(doc, dtn_value_text(doc, "%s", dtn_words_move(doc, a->tree, b->infoset)));
            dtn_doc_cell(doc, dtn_value_text(doc, "%s", a->tree->action[b->action].name));
            dtn_doc_cell(doc, dtn_value_text(doc, "%s", a->tree->action[b->other].name));
            dtn_doc_cell(doc, dtn_value_exact(doc, &b->above));
        }
    dtn_doc_close(doc);
}

dtn_status dtn_report_of_bind(dtn_ctx *ctx, dtn_doc *doc, const dtn_result *result, const dtn_look *look)
{
    const dtn_bind_answer *a = result->data;
    const dtn_scenario *s = result->job->model->scenario;
    dtn_words_legend(doc);
    answer(doc, a, s);
    dtn_words_point(doc, s, &result->job->point);
    if (result->note)
        dtn_doc_note(doc, DTN_TONE_WARN, "%s", result->note);
    if (a->items) {
        dtn_doc_open(doc, "targets", "Levers");
        items(doc, a, s);
        margins(doc, a, s);
        dtn_doc_close(doc);
    }
    if (a->frontiers) {
        dtn_doc_array(doc, "frontiers", "Two levers together");
        for (int i = 0; i < a->frontiers; i++)
            dtn_bind_frontier_words(ctx, doc, &a->frontier[i]);
        dtn_doc_close(doc);
    }
    dtn_bind_guarantee_words(doc, a, s);
    if (look && look->stats) {
        long solves = 0;
        for (int i = 0; i < a->items; i++)
            solves += a->item[i].solves;
        dtn_doc_say(doc, "Work: %ld points solved, %.3f s.", solves, result->seconds);
    }
    return dtn_doc_status(doc);
}
