/* What it rests on: the numbers that would change the conclusion, how far the target swings with each, and the ledger. */
#include "analyse/rests.h"

#include <string.h>

#include "report/draw.h"
#include "report/of_ledger.h"
#include "report/of_linchpin.h"
#include "report/of_model.h"
#include "report/report.h"
#include "report/words.h"

const char *dtn_report_conclusion(dtn_doc *doc, const dtn_rests_answer *a, int class_index)
{
    /* Classes that the file does not name are called by their play, which is long. */
    if (a->named && class_index >= a->scenario->classes)
        return dtn_doc_print(doc, "another play (no. %d)", class_index - a->scenario->classes + 1);
    return a->class_name[class_index];
}

const char *dtn_report_pattern(dtn_doc *doc, const dtn_rests_answer *a, int pattern)
{
    if (pattern < 0 || pattern >= a->patterns)
        return "–";
    const dtn_pattern *p = &a->pattern[pattern];
    const char *words = "";
    for (int i = 0; i < p->classes; i++)
        words = dtn_doc_print(doc, "%s%s%s", words, i ? " or " : "",
                              dtn_report_conclusion(doc, a, p->class_of[i]));
    return p->classes ? words : "none";
}

static const char *target_words(dtn_doc *doc, const dtn_rests_answer *a)
{
    return dtn_doc_print(doc, "“%s”", dtn_words_target(doc, a->scenario, a->target, a->targets));
}

static const char *place(dtn_doc *doc, const dtn_bind_end *e)
{
    return e->exact ? dtn_text_number(doc, &e->at)
                    : dtn_doc_print(doc, "between %s and %s", dtn_text_decimal(doc, &e->lo),
                                    dtn_text_decimal(doc, &e->hi));
}

static const char *param_link(dtn_doc *doc, const dtn_scenario *s, int param)
{
    return dtn_doc_link(doc, dtn_doc_print(doc, "parameter-%s", s->param[param].name), "%s",
                        s->param[param].name);
}

/* Parameters joined, those that change the conclusion or those that do not. */
static const char *names(dtn_doc *doc, const dtn_rests_answer *a, bool flips, int *count)
{
    const char **list = dtn_arena_array(dtn_doc_arena(doc), (size_t)a->criticals + 1, sizeof *list);
    *count = 0;
    if (!list) {
        dtn_doc_try(doc, dtn_fail_nomem(doc->ctx));
        return "";
    }
    for (int i = 0; i < a->criticals; i++) {
        const dtn_critical *c = &a->critical[a->order ? a->order[i] : i];
        if (c->moves && (c->values > 0) == flips)
            list[(*count)++] = param_link(doc, a->scenario, c->param);
    }
    return dtn_text_join(doc, list, *count, "and");
}

/* "claim c3", "no claim measures it". */
static const char *support(dtn_doc *doc, const dtn_rests_answer *a, int param)
{
    const dtn_scenario *s = a->scenario;
    const char *words = "";
    for (int i = 0; i < s->links; i++) {
        const dtn_element *e = &s->link[i].element;
        if ((e->kind == DTN_ELEMENT_PARAM && e->index == param) ||
            (e->kind == DTN_ELEMENT_FAMILY && s->param[param].family_index >= 0 &&
             e->index == s->param[param].family_index)) {
            const char *key = s->claim[s->link[i].claim].key;
            words = dtn_doc_print(doc, "%s%s%s", words, *words ? ", " : "claim ",
                                  dtn_doc_link(doc, dtn_doc_print(doc, "claim-%s", key), "%s", key));
        }
    }
    return *words ? words : "no claim measures it";
}

/* The parameters that swing the target most: the widest, and those that swing it as far. */
static const char *widest(dtn_doc *doc, const dtn_rests_answer *a)
{
    enum { MOST = 4 };
    const char *list[MOST];
    int count = 0;
    for (int i = 0; i < a->criticals && a->order && count < MOST; i++) {
        const dtn_critical *c = &a->critical[a->order[i]], *top = &a->critical[a->order[0]];
        if (!c->moves || !c->has_target || fmpq_is_zero(&c->share) || !fmpq_equal(&c->share, &top->share))
            break;
        const char *about = a->scenario->param[c->param].about;
        list[count++] =
            dtn_doc_print(doc, "%s (%s%s%s)", param_link(doc, a->scenario, c->param), about ? about : "",
                          about && *about ? "; " : "", support(doc, a, c->param));
    }
    return dtn_text_join(doc, list, count, "and");
}

static void answer(dtn_doc *doc, const dtn_rests_answer *a)
{
    int flips, stays;
    const char *flipping = names(doc, a, true, &flips), *staying = names(doc, a, false, &stays);
    const char *now = dtn_report_pattern(doc, a, 0), *more = "";
    if (stays)
        more = dtn_doc_print(doc, " It holds whatever the value of %s in the range explored.", staying);
    const char *most = a->targets ? widest(doc, a) : "";
    if (*most)
        more = dtn_doc_print(doc, "%s What moves the probability of %s most: %s.", more, target_words(doc, a),
                             most);
    if (*most && a->claims)
        more = dtn_doc_print(doc, "%s Numbers that no claim supports carry %s of the swing.", more,
                             dtn_text_percent(doc, &a->debt));
    if (!flips)
        dtn_doc_say_as(doc, "answer",
                       "The conclusion (%s) does not change when any one number moves over its range.%s", now,
                       more);
    else if (flips == 1)
        dtn_doc_say_as(doc, "answer", "The conclusion (%s) changes if %s passes a critical value.%s", now,
                       flipping, more);
    else
        dtn_doc_say_as(doc, "answer",
                       "The conclusion (%s) changes if any one of %s passes a critical value.%s", now,
                       flipping, more);
}

/* What the names of conclusions stand for, as far as they were met. */
static void conclusions(dtn_doc *doc, const dtn_rests_answer *a)
{
    bool any = false;
    for (int c = 0; c < a->class_names; c++) {
        const char *about = a->named && c < a->scenario->classes ? a->scenario->class_[c].about : NULL;
        bool met = false;
        for (int p = 0; p < a->patterns; p++)
            for (int i = 0; i < a->pattern[p].classes; i++)
                met |= a->pattern[p].class_of[i] == c;
        if (!met || (a->named && c < a->scenario->classes && !about))
            continue;
        if (!any)
            dtn_doc_list(doc, "conclusions", false);
        any = true;
        dtn_doc_item(doc, "*%s*: %s", dtn_report_conclusion(doc, a, c), about ? about : a->class_name[c]);
    }
}

static void critical_table(dtn_doc *doc, const dtn_rests_answer *a)
{
    dtn_doc_table(doc, "critical", "One number at a time: where the conclusion changes");
    dtn_doc_column(doc, "parameter", "Parameter", DTN_LEFT);
    dtn_doc_column(doc, "now", "Now", DTN_RIGHT);
    dtn_doc_column(doc, "range", "Range", DTN_RIGHT);
    dtn_doc_column(doc, "values", "Critical values", DTN_LEFT);
    dtn_doc_column(doc, "course", "Conclusion along the range", DTN_LEFT);
    dtn_doc_column(doc, "worth", "How sure", DTN_LEFT);
    for (int i = 0; i < a->criticals; i++) {
        const dtn_critical *c = &a->critical[i];
        if (!c->moves)
            continue;
        dtn_doc_row(doc, NULL);
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", param_link(doc, a->scenario, c->param)));
        dtn_doc_cell(doc, dtn_value_exact(doc, &c->now));
        dtn_doc_cell(doc, dtn_value_interval(doc, &c->lo, &c->hi));
        const char *course = "";
        dtn_value *value = dtn_arena_array(dtn_doc_arena(doc), (size_t)c->values + 1, sizeof *value);
        if (!value) {
            dtn_doc_try(doc, dtn_fail_nomem(doc->ctx));
            return;
        }
        for (int v = 0; v < c->values; v++) {
            const dtn_critical_value *x = &c->value[v];
            value[v] = dtn_value_strong(x->end.exact ? dtn_value_exact(doc, &x->end.at)
                                                     : dtn_value_interval(doc, &x->end.lo, &x->end.hi));
            course = v ? dtn_doc_print(doc, "%s → %s", course, dtn_report_pattern(doc, a, x->after))
                       : dtn_doc_print(doc, "%s → %s", dtn_report_pattern(doc, a, x->before),
                                       dtn_report_pattern(doc, a, x->after));
        }
        dtn_doc_cell(doc, c->values ? dtn_value_list(doc, value, c->values)
                                    : dtn_value_with_tone(dtn_value_none(), DTN_TONE_QUIET));
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", c->values ? course : dtn_report_pattern(doc, a, 0)));
        dtn_doc_cell(doc, dtn_value_with_tone(dtn_value_text(doc, "%s",
                                                             c->undecided ? "some points undecided"
                                                             : c->proved  ? "proved"
                                                                          : "scanned"),
                                              c->undecided ? DTN_TONE_UNSURE : DTN_TONE_QUIET));
    }
    for (int i = 0; i < a->criticals; i++)
        if (a->critical[i].cut_lo || a->critical[i].cut_hi) {
            dtn_doc_note(doc, DTN_TONE_QUIET,
                         "Where a constraint of the file forbids part of a range, the rest is explored.");
            break;
        }
    bool proved = true;
    for (int i = 0; i < a->criticals; i++)
        proved &= !a->critical[i].moves || a->critical[i].proved;
    dtn_doc_say_as(
        doc, "certainty", "%s",
        dtn_words_quiet(
            doc,
            proved
                ? "Certain, given the model: the values are exact, and it is proved that there are no others."
                : "The values are exact. Where the table says “proved” there are no others; where it says "
                  "“scanned” "
                  "a pair of changes between two neighbouring points could have been missed."));
}

static void incentives(dtn_doc *doc, const dtn_rests_answer *a)
{
    bool any = false;
    for (int i = 0; i < a->criticals; i++)
        any |= a->critical[i].values > 0;
    if (!any)
        return;
    dtn_doc_fold(doc, "incentives", "Whose incentive switches at each critical value");
    dtn_doc_table(doc, "switches", "");
    dtn_doc_column(doc, "parameter", "Parameter", DTN_LEFT);
    dtn_doc_column(doc, "value", "Critical value", DTN_LEFT);
    dtn_doc_column(doc, "before", "Below", DTN_LEFT);
    dtn_doc_column(doc, "after", "Above", DTN_LEFT);
    dtn_doc_column(doc, "who", "Indifferent there", DTN_LEFT);
    for (int i = 0; i < a->criticals; i++)
        for (int v = 0; v < a->critical[i].values; v++) {
            const dtn_critical_value *x = &a->critical[i].value[v];
            dtn_doc_row(doc, NULL);
            dtn_doc_cell(doc, dtn_value_text(doc, "%s", a->scenario->param[a->critical[i].param].name));
            dtn_doc_cell(doc, dtn_value_text(doc, "%s", place(doc, &x->end)));
            dtn_doc_cell(doc, dtn_value_text(doc, "%s", dtn_report_pattern(doc, a, x->before)));
            dtn_doc_cell(doc, dtn_value_text(doc, "%s", dtn_report_pattern(doc, a, x->after)));
            dtn_doc_cell(doc, dtn_value_text(doc, "%s", dtn_words_switch(doc, a->tree, &x->end)));
        }
    dtn_doc_close(doc);
}

static void tornado_picture(dtn_ctx *ctx, dtn_doc *doc, const dtn_rests_answer *a)
{
    enum { MOST = 16 };
    dtn_tornado_bar bar[MOST];
    int bars = 0;
    for (int i = 0; i < a->criticals && bars < MOST; i++) {
        const dtn_critical *c = &a->critical[a->order[i]];
        if (c->moves && c->has_target && !fmpq_equal(&c->target.lo, &c->target.hi))
            bar[bars++] = (dtn_tornado_bar){.name = a->scenario->param[c->param].name,
                                            .range = dtn_text_range(doc, &c->lo, &c->hi, false, false),
                                            .lo = &c->target.lo,
                                            .hi = &c->target.hi};
    }
    dtn_picture *p = NULL;
    const char *title =
        dtn_doc_print(doc, "Probability of %s as each number moves over its range", target_words(doc, a));
    if (bars &&
        dtn_doc_try(doc, dtn_draw_tornado(ctx, dtn_doc_arena(doc), &p, title, bar, bars, &a->target_now.lo)))
        dtn_doc_picture(
            doc, "tornado",
            dtn_doc_print(
                doc, "%s; the line is where it stands now. Numbers that do not move it are left out.", title),
            p);
}

static void tornado(dtn_ctx *ctx, dtn_doc *doc, const dtn_rests_answer *a)
{
    if (!a->order)
        return;
    tornado_picture(ctx, doc, a);
    dtn_doc_fold(doc, "figures", "The figures");
    dtn_doc_table(doc, "swing",
                  dtn_doc_print(doc, "How far the probability of %s swings, one number at a time",
                                target_words(doc, a)));
    dtn_doc_column(doc, "parameter", "Parameter", DTN_LEFT);
    dtn_doc_column(doc, "range", "Over", DTN_RIGHT);
    dtn_doc_column(doc, "least", "Least", DTN_RIGHT);
    dtn_doc_column(doc, "greatest", "Greatest", DTN_RIGHT);
    dtn_doc_column(doc, "share", "Share of the swing", DTN_RIGHT);
    for (int i = 0; i < a->criticals; i++) {
        const dtn_critical *c = &a->critical[a->order[i]];
        if (!c->moves || !c->has_target)
            continue;
        dtn_doc_row(doc, NULL);
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", a->scenario->param[c->param].name));
        dtn_doc_cell(doc, dtn_value_interval(doc, &c->lo, &c->hi));
        dtn_doc_cell(doc, dtn_value_percent(doc, &c->target.lo));
        dtn_doc_cell(doc, dtn_value_percent(doc, &c->target.hi));
        dtn_doc_cell(doc, dtn_value_with_bar(dtn_value_percent(doc, &c->share)));
    }
    dtn_doc_close(doc);
}

dtn_status dtn_report_of_rests(dtn_ctx *ctx, dtn_doc *doc, const dtn_result *result, const dtn_look *look)
{
    const dtn_rests_answer *a = result->data;
    dtn_words_legend(doc);
    if (!a->tree) {
        dtn_doc_say_as(
            doc, "answer",
            "The file has no moves, so that there is no number to vary; the ledger tells who said what.");
        dtn_report_ledger(doc, a);
        return dtn_doc_status(doc);
    }
    answer(doc, a);
    dtn_words_point(doc, a->scenario, &result->job->point);
    if (result->note)
        dtn_doc_note(doc, DTN_TONE_WARN, "%s", result->note);
    dtn_doc_data(doc, "rung", dtn_value_text(doc, "%s", dtn_rung_name(a->rung)));
    dtn_doc_open(doc, "sensitivity", "Critical values");
    conclusions(doc, a);
    critical_table(doc, a);
    incentives(doc, a);
    dtn_doc_close(doc);
    if (a->targets) {
        dtn_doc_open(doc, "tornado", "What moves the target");
        tornado(ctx, doc, a);
        dtn_report_variance(doc, a);
        dtn_doc_close(doc);
    }
    dtn_report_ledger(doc, a);
    if (look && look->stats)
        dtn_doc_say(doc, "Work: %ld points solved, %.3f s.", a->solves, result->seconds);
    return dtn_doc_status(doc);
}
