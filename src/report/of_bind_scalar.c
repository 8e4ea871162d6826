/* The scalar rule of each guarantee in words: whether it binds, by which channel, who enforces it, what each lever would have to be. */
#include "report/of_bind.h"
#include "report/words.h"

static const char *depth_words(dtn_depth depth)
{
    static const char *const words[] = {
        [DTN_DEPTH_AUTOMATIC] = "0: automatic, nobody has to want to carry it out",
        [DTN_DEPTH_INCENTIVE] = "1: the enforcer itself gains from carrying it out, over the whole range",
        [DTN_DEPTH_GUARANTEE] = "2: the enforcer would need a guarantee of its own",
        [DTN_DEPTH_NOBODY] = "none: nobody carries it out",
        [DTN_DEPTH_UNKNOWN] = ("not decided: whether the enforcer gains depends on the numbers in a way that "
                               "could not be bounded"),
    };
    return words[depth];
}

static const fmpq *lever_now(const dtn_scalar_item *x, dtn_scalar_lever lever)
{
    switch (lever) {
    case DTN_SCALAR_BOND:
        return &x->bond;
    case DTN_SCALAR_PENALTY:
        return &x->penalty;
    case DTN_SCALAR_DETECT:
        return &x->detect;
    case DTN_SCALAR_DISCOUNT:
        return &x->discount;
    case DTN_SCALAR_HAZARD:
        return &x->hazard;
    case DTN_SCALAR_ENFORCE:
        return &x->enforce;
    case DTN_SCALAR_FALSE:
        return &x->false_alarm;
    case DTN_SCALAR_TRANCHES:
        return &x->tranches;
    default:
        return &x->value;
    }
}

static const char *lever_about(dtn_scalar_lever lever)
{
    static const char *const about[] = {
        [DTN_SCALAR_BOND] = "deposit lost when a breach is detected",
        [DTN_SCALAR_PENALTY] = "penalty, where it is enforced",
        [DTN_SCALAR_DETECT] = "probability that a breach is detected",
        [DTN_SCALAR_DISCOUNT] = "weight of the next period",
        [DTN_SCALAR_HAZARD] = "hazard a period that the relationship ends",
        [DTN_SCALAR_ENFORCE] = "probability that the penalty is enforced",
        [DTN_SCALAR_FALSE] = "probability of a false alarm",
        [DTN_SCALAR_VALUE] = "worth a period of the kept agreement",
        [DTN_SCALAR_TRANCHES] = "equal steps in which it is kept",
    };
    return about[lever];
}

static void guarantee(dtn_doc *doc, const dtn_scenario *s, const dtn_scalar_item *x)
{
    const dtn_scn_guarantee *g = &s->guarantee[x->guarantee];
    dtn_doc_open(doc, NULL, "“%s”, by %s", g->key, dtn_doc_name(doc, g->by));
    dtn_doc_data(doc, "guarantee", dtn_value_text(doc, "%s", g->key));
    if (g->about && *g->about)
        dtn_doc_say(doc, "%s", g->about);
    dtn_doc_field(doc, "binds", "Binds as it stands", dtn_value_bool(x->honoured));
    dtn_doc_field(doc, "gain", "Gain from breaking it once", dtn_value_exact(doc, &x->left));
    dtn_doc_field(doc, "cost", "Expected cost of breaking it", dtn_value_exact(doc, &x->right));
    if (g->channel && *g->channel)
        dtn_doc_field(doc, "channel", "Channel", dtn_value_text(doc, "%s", g->channel));
    dtn_doc_field(doc, "depth", "Who enforces the enforcer", dtn_value_text(doc, "%s", depth_words(x->depth)));
    if (x->label_only)
        dtn_doc_note(doc, DTN_TONE_WARN,
                     "As it stands this guarantee is a label: it changes no payoff and no detection.");
    dtn_doc_table(doc, "levers", "One lever alone: what it would have to be");
    dtn_doc_column(doc, "lever", "Lever", DTN_LEFT);
    dtn_doc_column(doc, "about", "What it is", DTN_LEFT);
    dtn_doc_column(doc, "now", "Now", DTN_RIGHT);
    dtn_doc_column(doc, "needed", "Needed", DTN_RIGHT);
    dtn_doc_column(doc, "verdict", "Bound", DTN_LEFT);
    for (int k = 0; k < DTN_SCALAR_LEVERS; k++) {
        dtn_scalar_lever lever = (dtn_scalar_lever)k;
        bool greatest = lever == DTN_SCALAR_HAZARD || lever == DTN_SCALAR_FALSE;
        dtn_doc_row(doc, NULL);
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", dtn_scalar_lever_name(lever)));
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", lever_about(lever)));
        dtn_doc_cell(doc, dtn_value_exact(doc, lever_now(x, lever)));
        dtn_doc_cell(doc, x->verdict[k] == DTN_SCALAR_LEAST
                              ? dtn_value_strong(dtn_value_exact(doc, &x->least[k]))
                              : dtn_value_none());
        dtn_doc_cell(
            doc, dtn_value_with_tone(dtn_value_text(doc, "%s",
                                                    x->verdict[k] == DTN_SCALAR_BINDS  ? "binds at any value"
                                                    : x->verdict[k] == DTN_SCALAR_NONE ? "no value is enough"
                                                    : greatest                         ? "at most"
                                                                                       : "at least"),
                                     DTN_TONE_QUIET));
    }
    dtn_doc_close(doc);
}

/* Two obligations given for each other. */
static void pair(dtn_doc *doc, const dtn_bind_answer *a, const dtn_scenario *s, const dtn_scalar_pair *p)
{
    const dtn_scalar_item *x = &a->scalar[p->first], *y = &a->scalar[p->second];
    const char *first = s->guarantee[p->first].key, *second = s->guarantee[p->second].key;
    dtn_doc_open(doc, NULL, "“%s” for “%s”", first, second);
    dtn_doc_data(
        doc, "pair",
        dtn_value_list(
            doc, (dtn_value[]){dtn_value_text(doc, "%s", first), dtn_value_text(doc, "%s", second)}, 2));
    if (p->honoured)
        dtn_doc_say(doc, "Both sides are bound: the exchange *holds*.");
    else
        dtn_doc_say(
            doc, "The exchange *does not hold*: %s. Who expects the other to break its word has no reason to keep its own.",
            !x->honoured && !y->honoured
                ? "neither side is bound"
                : dtn_doc_print(doc, "“%s” by %s does not bind", x->honoured ? second : first,
                                dtn_doc_name(doc, s->guarantee[x->honoured ? p->second : p->first].by)));
    dtn_doc_table(doc, "levers", "One lever alone, the same on both sides");
    dtn_doc_column(doc, "lever", "Lever", DTN_LEFT);
    dtn_doc_column(doc, "needed", "Needed", DTN_RIGHT);
    dtn_doc_column(doc, "verdict", "Bound", DTN_LEFT);
    dtn_doc_column(doc, "decides", "Decided by", DTN_LEFT);
    for (int k = 0; k < DTN_SCALAR_LEVERS; k++) {
        bool greatest = k == DTN_SCALAR_HAZARD || k == DTN_SCALAR_FALSE;
        dtn_doc_row(doc, NULL);
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", dtn_scalar_lever_name((dtn_scalar_lever)k)));
        dtn_doc_cell(doc, p->verdict[k] == DTN_SCALAR_LEAST
                              ? dtn_value_strong(dtn_value_exact(doc, &p->least[k]))
                              : dtn_value_none());
        dtn_doc_cell(doc, dtn_value_text(doc, "%s",
                                         p->verdict[k] == DTN_SCALAR_BINDS  ? "binds at any value"
                                         : p->verdict[k] == DTN_SCALAR_NONE ? "no value is enough"
                                         : greatest                         ? "at most"
                                                                            : "at least"));
        dtn_doc_cell(doc, p->verdict[k] == DTN_SCALAR_BINDS
                              ? dtn_value_none()
                              : dtn_value_text(doc, "“%s”", s->guarantee[p->decides[k]].key));
    }
    dtn_doc_close(doc);
}

void dtn_bind_guarantee_words(dtn_doc *doc, const dtn_bind_answer *a, const dtn_scenario *s)
{
    if (!a->scalars)
        return;
    dtn_doc_array(doc, "guarantees", "Guarantees");
    dtn_doc_say(
        doc, "*Whoever is bound keeps its word when what one breach wins is at most the chance of being "
             "found out times what is then "
             "lost*: `G/n <= (d - f) * (K + r*F + D/(1-D) "
             "* Delta)` with `D = delta*(1-s)`. d: probability that a breach is detected, f: false alarms, "
             "K: bond, r F: penalty where it is enforced, Delta: worth a "
             "period of the kept agreement, delta: weight of the next period, s: hazard that there is none, "
             "n: equal "
             "tranches in which it is kept, so that one breach wins a part only.");
    for (int i = 0; i < a->scalars; i++)
        guarantee(doc, s, &a->scalar[i]);
    for (int i = 0; i < a->pairs; i++)
        pair(doc, a, s, &a->pair[i]);
    dtn_doc_close(doc);
}
