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

void dtn_bind_guarantee_words(dtn_doc *doc, const dtn_bind_answer *a, const dtn_scenario *s)
{
    if (!a->scalars)
        return;
    dtn_doc_array(doc, "guarantees", "Guarantees");
    dtn_doc_say(
        doc, "A guarantee is honoured when the one-off gain G from breaking it is at most what breaking it "
             "is expected to cost: `G <= (d - f) * (K + r*F + D/(1-D) "
             "* Delta)` with `D = delta*(1-s)`. d: probability that a breach is detected, f: false alarms, "
             "K: bond, r F: penalty where it is enforced, Delta: worth a "
             "period of the kept agreement, delta: weight of the next period, s: hazard that there is none.");
    for (int i = 0; i < a->scalars; i++)
        guarantee(doc, s, &a->scalar[i]);
    dtn_doc_close(doc);
}
