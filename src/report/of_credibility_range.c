/* Credibility over the ranges in words: how often, where it switches, the least commitment, and where commitment is too much. */
#include "report/of_credibility.h"

#include "report/of_bind.h"
#include "report/report.h"
#include "report/words.h"

static const char *who(dtn_doc *doc, const dtn_tree *tree, int action)
{
    return dtn_words_mover(doc, tree, tree->action[action].infoset);
}

/* "P (hard) would carry out alternative". */
static const char *act_words(dtn_doc *doc, const dtn_tree *tree, int action)
{
    return dtn_doc_print(doc, "%s’s %s %s", who(doc, tree, action),
                         tree->action[action].kind == DTN_ACT_PROMISE ? "promise" : "threat",
                         tree->action[action].name);
}

static void say_least(dtn_doc *doc, const dtn_credibility_answer *a, const dtn_scenario *s)
{
    for (int i = 0; i < a->ranges; i++)
        for (int k = 0; k < a->range[i].lines; k++) {
            const dtn_bind_item *x = &a->range[i].line[k];
            if (!s->param[x->lever].lever)
                continue;
            const char *border = dtn_bind_borders(doc, x);
            dtn_doc_item(doc, "%s is credible in every equilibrium when %s is *%s*%s%s%s (now %s).",
                         act_words(doc, a->tree, a->range[i].action), s->param[x->lever].name,
                         dtn_bind_where(doc, x), *border ? ": " : "", border, "",
                         dtn_text_number(doc, &x->now));
        }
}

static void say_jumps(dtn_doc *doc, const dtn_credibility_answer *a, const dtn_scenario *s)
{
    for (int i = 0; i < a->jumps; i++) {
        const dtn_act_jump *j = &a->jump[i];
        int order = fmpq_cmp(&j->cost_after, &j->cost_before);
        bool costs = order < 0, same = order == 0;
        const char *player = dtn_doc_name(doc, a->tree->infoset[a->tree->action[j->action].infoset].player);
        dtn_doc_item(
            doc,
            "*Over-credible*: as %s rises past %s, the probability that %s is carried out jumps from %s to "
            "*%s*: "
            "what has become credible has to be carried out. %s",
            s->param[j->lever].name, dtn_text_number(doc, &j->at), a->tree->action[j->action].name,
            dtn_text_number(doc, &j->before), dtn_text_number(doc, &j->after),
            same ? dtn_doc_print(doc, "%s gets %s as before.", player, dtn_text_number(doc, &j->cost_after))
                 : dtn_doc_print(doc, "%s gets %s instead of %s%s.", player,
                                 dtn_text_number(doc, &j->cost_after), dtn_text_number(doc, &j->cost_before),
                                 costs ? ", and pays for the commitment" : ""));
    }
}

static void shares(dtn_doc *doc, const dtn_credibility_answer *a, const dtn_scenario *s)
{
    bool mapped = false;
    for (int i = 0; i < a->ranges; i++)
        mapped |= a->range[i].mapped;
    dtn_doc_table(doc, "shares", "How much of the ranges has it credible in every equilibrium");
    dtn_doc_column(doc, "player", "Who", DTN_LEFT);
    dtn_doc_column(doc, "act", "Act", DTN_LEFT);
    dtn_doc_column(doc, "now", "Now", DTN_LEFT);
    dtn_doc_column(doc, "box", "Whole box, counted", DTN_RIGHT);
    if (mapped)
        dtn_doc_column(doc, "map",
                       dtn_doc_print(doc, "Over %s and %s, proved", s->param[a->range[0].map[0]].name,
                                     s->param[a->range[0].map[1]].name),
                       DTN_RIGHT);
    dtn_doc_column(doc, "switches", "Switches along", DTN_RIGHT);
    dtn_doc_column(doc, "steady", "Not along", DTN_RIGHT);
    for (int i = 0; i < a->ranges; i++) {
        const dtn_act_range *r = &a->range[i];
        dtn_doc_row(doc, NULL);
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", who(doc, a->tree, r->action)));
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", a->tree->action[r->action].name));
        dtn_doc_cell(doc, dtn_value_bool(r->now));
        dtn_doc_cell(doc, dtn_value_text(doc, "%ld of %ld points", r->credible, r->sampled));
        if (mapped)
            dtn_doc_cell(doc,
                         r->mapped ? dtn_value_interval(doc, &r->share_lo, &r->share_hi) : dtn_value_none());
        dtn_doc_cell(doc, dtn_value_integer(r->lines));
        dtn_doc_cell(doc, dtn_value_integer(r->steady));
    }
    for (int i = 0; i < a->ranges; i++)
        if (a->range[i].undecided)
            dtn_doc_note(doc, DTN_TONE_WARN, "Along %s it is not known where %s switches.",
                         dtn_text_count(doc, a->range[i].undecided, "parameter", "parameters"),
                         act_words(doc, a->tree, a->range[i].action));
}

static void switches(dtn_doc *doc, const dtn_credibility_answer *a, const dtn_scenario *s)
{
    bool any = false;
    for (int i = 0; i < a->ranges; i++)
        any |= a->range[i].lines > 0;
    if (!any)
        return;
    dtn_doc_table(doc, "switches", "Where it switches, one parameter at a time");
    dtn_doc_column(doc, "player", "Who", DTN_LEFT);
    dtn_doc_column(doc, "act", "Act", DTN_LEFT);
    dtn_doc_column(doc, "parameter", "Parameter", DTN_LEFT);
    dtn_doc_column(doc, "now", "Now", DTN_RIGHT);
    dtn_doc_column(doc, "where", "Credible when it is", DTN_LEFT);
    dtn_doc_column(doc, "border", "Border", DTN_LEFT);
    for (int i = 0; i < a->ranges; i++)
        for (int k = 0; k < a->range[i].lines; k++) {
            const dtn_bind_item *x = &a->range[i].line[k];
            const char *border = dtn_bind_borders(doc, x);
            dtn_doc_row(doc, NULL);
            dtn_doc_cell(doc, dtn_value_text(doc, "%s", who(doc, a->tree, a->range[i].action)));
            dtn_doc_cell(doc, dtn_value_text(doc, "%s", a->tree->action[a->range[i].action].name));
            dtn_doc_cell(doc, dtn_value_text(doc, "%s", s->param[x->lever].name));
            dtn_doc_cell(doc, dtn_value_exact(doc, &x->now));
            dtn_doc_cell(doc, dtn_value_text(doc, "%s", dtn_bind_where(doc, x)));
            dtn_doc_cell(doc, *border ? dtn_value_text(doc, "%s", border) : dtn_value_none());
        }
}

void dtn_credibility_range_words(dtn_doc *doc, const dtn_credibility_answer *a, const dtn_scenario *s)
{
    if (!a->ranges && !a->range_note)
        return;
    dtn_doc_open(doc, "ranges", "Over the ranges of the parameters");
    if (a->range_note) {
        dtn_doc_note(doc, DTN_TONE_QUIET, "Nothing is said about the ranges: %s.", a->range_note);
        dtn_doc_close(doc);
        return;
    }
    bool levers = a->jumps > 0;
    for (int i = 0; i < a->ranges; i++)
        for (int k = 0; k < a->range[i].lines; k++)
            levers |= s->param[a->range[i].line[k].lever].lever;
    if (levers) {
        dtn_doc_list(doc, "commitment", false);
        say_least(doc, a, s);
        say_jumps(doc, a, s);
    }
    shares(doc, a, s);
    switches(doc, a, s);
    dtn_doc_say(doc, "%s",
                dtn_words_quiet(
                    doc, "Switches, borders and shares over two parameters are proved. Points of the whole "
                         "box are spread evenly and solved exactly; their share is an estimate."));
    dtn_doc_close(doc);
}
