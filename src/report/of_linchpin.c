/* Which claims each conclusion cannot do without, and the audits: evidence ladder, contrary claims, parties exchanged. */
#include "report/of_linchpin.h"

#include <string.h>

#include "report/of_ledger.h"
#include "report/words.h"

/* --- variance ------------------------------------------------------------------------------------ */

static dtn_value share_value(dtn_doc *doc, double share)
{
    fmpq_t x;
    fmpq_init(x);
    dtn_rational_set_double(x, share < 0 ? 0 : share > 1 ? 1 : share);
    dtn_value v = dtn_value_percent(doc, x);
    fmpq_clear(x);
    return v;
}

static const char *with_error(dtn_doc *doc, double share, double error)
{
    return dtn_doc_print(doc, "%.0f %% ± %.0f", 100 * share, 100 * error);
}

void dtn_report_variance(dtn_doc *doc, const dtn_rests_answer *a)
{
    const dtn_variance *v = &a->variance;
    if (v->left_out && a->targets)
        dtn_doc_note(doc, DTN_TONE_QUIET, "No shares of the variance over the whole box: %s.", v->left_out);
    if (!v->shares)
        return;
    const char *list[3], *words;
    int count = 0;
    for (int i = 0; i < v->shares && count < 3 && v->share[i].total > 0.005; i++)
        list[count++] = dtn_doc_print(doc, "%s (%s)", a->scenario->param[v->share[i].param].name,
                                      with_error(doc, v->share[i].total, v->share[i].total_error));
    words = dtn_text_join(doc, list, count, "and");
    dtn_doc_say(doc,
                "With all numbers free at once in their ranges, the probability of %s is %.2f on average, "
                "give or take %.2f. "
                "What moves it most then, alone or together with others: %s.",
                dtn_words_target(doc, a->scenario, a->target, a->targets), v->mean, v->deviation, words);
    dtn_doc_table(doc, "variance", "Shares of the variance, all numbers free at once");
    dtn_doc_column(doc, "parameter", "Parameter", DTN_LEFT);
    dtn_doc_column(doc, "first", "Alone", DTN_RIGHT);
    dtn_doc_column(doc, "first-error", "±", DTN_RIGHT);
    dtn_doc_column(doc, "total", "With others", DTN_RIGHT);
    dtn_doc_column(doc, "total-error", "±", DTN_RIGHT);
    for (int i = 0; i < v->shares; i++) {
        const dtn_variance_share *x = &v->share[i];
        dtn_doc_row(doc, NULL);
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", a->scenario->param[x->param].name));
        dtn_doc_cell(doc, share_value(doc, x->first));
        dtn_doc_cell(doc, share_value(doc, x->first_error));
        dtn_doc_cell(doc, dtn_value_with_bar(share_value(doc, x->total)));
        dtn_doc_cell(doc, share_value(doc, x->total_error));
    }
    if (a->claims)
        dtn_doc_field(doc, "variance-debt", "Share of the variance that numbers without a claim carry",
                      share_value(doc, a->variance_debt));
    dtn_doc_say_as(
        doc, "variance-certainty",
        "Estimates from %ld points inside the constraints; ± is one standard deviation. Alone: the part of "
        "the variance "
        "that knowing this number would remove; with others: the part that stays when all others are known.",
        v->points);
}

/* --- linchpins ----------------------------------------------------------------------------------- */

static const char *conclusion_words(dtn_doc *doc, const dtn_rests_answer *a, const dtn_conclusion *c)
{
    if (c->kind == DTN_CONCLUDE_CLASS)
        return dtn_report_pattern(doc, a, 0);
    if (c->kind == DTN_CONCLUDE_TARGET)
        return dtn_doc_print(doc, "“%s” is %s", dtn_words_target(doc, a->scenario, a->target, a->targets),
                             c->pattern & DTN_VERDICT_EVERY  ? "at least as likely as not"
                             : c->pattern & DTN_VERDICT_SOME ? "in some equilibria at least as likely as not"
                                                             : "less likely than not");
    const dtn_action *act = &a->tree->action[c->act];
    return dtn_doc_print(doc, "%s by %s is %s", act->name, dtn_words_mover(doc, a->tree, act->infoset),
                         c->pattern & DTN_VERDICT_EVERY  ? "credible"
                         : c->pattern & DTN_VERDICT_SOME ? "credible in some equilibria"
                                                         : "not credible");
}

static const char *claim_link(dtn_doc *doc, const dtn_rests_answer *a, int claim)
{
    const char *key = a->scenario->claim[claim].key;
    return dtn_doc_link(doc, dtn_doc_print(doc, "claim-%s", key), "%s", key);
}

/* "c3; c4a with c4b". */
static const char *sets_words(dtn_doc *doc, const dtn_rests_answer *a, const dtn_conclusion *c)
{
    const char *words = "";
    for (int i = 0; i < c->linchpins; i++)
        for (int k = 0; k < c->linchpin[i].claims; k++)
            words = dtn_doc_print(doc, "%s%s%s", words,
                                  k   ? " with "
                                  : i ? "; "
                                      : "",
                                  claim_link(doc, a, c->linchpin[i].claim[k]));
    return *words ? words : "none";
}

static const char *witness_words(dtn_doc *doc, const dtn_rests_answer *a, const dtn_conclusion *c)
{
    const char *words = "";
    for (int i = 0; i < c->linchpins; i++)
        for (int k = 0; k < c->linchpin[i].params; k++)
            words = dtn_doc_print(doc, "%s%s%s = %s", words,
                                  k   ? ", "
                                  : i ? "; "
                                      : "",
                                  a->scenario->param[c->linchpin[i].param[k]].name,
                                  dtn_text_decimal(doc, c->linchpin[i].value + k));
    return *words ? words : "–";
}

static void linchpin_table(dtn_doc *doc, const dtn_rests_answer *a)
{
    const dtn_linchpins *l = &a->linchpins;
    dtn_doc_table(doc, "linchpins", "Linchpins: the smallest sets of claims without which a conclusion falls");
    dtn_doc_column(doc, "conclusion", "Conclusion", DTN_LEFT);
    dtn_doc_column(doc, "claims", "It cannot do without", DTN_LEFT);
    dtn_doc_column(doc, "witness", "It falls, for one, at", DTN_LEFT);
    dtn_doc_column(doc, "worth", "How sure", DTN_LEFT);
    for (int i = 0; i < l->conclusions; i++) {
        const dtn_conclusion *c = &l->conclusion[i];
        dtn_doc_row(doc, NULL);
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", conclusion_words(doc, a, c)));
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", sets_words(doc, a, c)));
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", witness_words(doc, a, c)));
        dtn_doc_cell(doc, dtn_value_with_tone(
                              dtn_value_text(doc, "%s", c->proved ? "proved: no other set" : "as far as seen"),
                              DTN_TONE_QUIET));
    }
    if (l->largest)
        dtn_doc_note(doc, DTN_TONE_QUIET, "Sets of more than %d claims were not tried.", l->largest);
}

static dtn_value stays_value(dtn_doc *doc, dtn_stays stays)
{
    static const struct {
        const char *words;
        dtn_tone tone;
    } row[] = {[DTN_STAYS_UNASKED] = {"stands", DTN_TONE_QUIET},
               [DTN_STAYS_PROVED] = {"stands", DTN_TONE_YES},
               [DTN_STAYS_SEEN] = {"stands as far as seen", DTN_TONE_UNSURE},
               [DTN_STAYS_NOT] = {"falls", DTN_TONE_NO}};
    return dtn_value_with_tone(dtn_value_text(doc, "%s", row[stays].words), row[stays].tone);
}

static void ladder_table(dtn_doc *doc, const dtn_rests_answer *a)
{
    static const char *const key[DTN_LADDER] = {"facts", "first-hand", "relayed", "attributed"};
    static const char *const title[DTN_LADDER] = {"Checkable facts only", "+ said first hand", "+ relayed",
                                                  "+ intentions ascribed to others"};
    const dtn_linchpins *l = &a->linchpins;
    dtn_doc_table(doc, "ladder",
                  "Evidence ladder: does the conclusion stand on the claims up to a rung alone?");
    dtn_doc_column(doc, "conclusion", "Conclusion", DTN_LEFT);
    for (int r = 0; r < DTN_LADDER; r++)
        dtn_doc_column(doc, key[r], title[r], DTN_LEFT);
    for (int p = 0; p < a->scenario->players; p++)
        dtn_doc_column(doc, dtn_doc_print(doc, "without-%s", a->scenario->player[p].key),
                       dtn_doc_print(doc, "Without what %s says", a->scenario->player[p].key), DTN_LEFT);
    for (int i = 0; i < l->conclusions; i++) {
        dtn_doc_row(doc, NULL);
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", conclusion_words(doc, a, &l->conclusion[i])));
        for (int r = 0; r < DTN_LADDER; r++)
            dtn_doc_cell(doc, stays_value(doc, l->conclusion[i].ladder[r]));
        for (int p = 0; p < a->scenario->players; p++)
            dtn_doc_cell(doc, stays_value(doc, l->conclusion[i].party[p]));
    }
}

static void denial_table(dtn_doc *doc, const dtn_rests_answer *a)
{
    const dtn_linchpins *l = &a->linchpins;
    dtn_doc_table(doc, "denials", "If the contrary of a claim, rated the same, stood beside it");
    dtn_doc_column(doc, "claim", "Claim", DTN_LEFT);
    for (int i = 0; i < l->conclusions; i++)
        dtn_doc_column(doc, dtn_doc_print(doc, "conclusion-%d", i + 1),
                       conclusion_words(doc, a, &l->conclusion[i]), DTN_LEFT);
    for (int c = 0; c < a->claims; c++) {
        bool any = false;
        for (int i = 0; i < l->conclusions; i++)
            any = any || l->conclusion[i].alone[c] != DTN_STAYS_UNASKED;
        if (!any)
            continue;
        dtn_doc_row(doc, NULL);
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", claim_link(doc, a, c)));
        for (int i = 0; i < l->conclusions; i++)
            dtn_doc_cell(doc, stays_value(doc, l->conclusion[i].denied[c]));
    }
}

/* "E2 holds for all values in the ranges; it rests on c6; it does not need c3." */
static void sentences(dtn_doc *doc, const dtn_rests_answer *a)
{
    const dtn_linchpins *l = &a->linchpins;
    dtn_doc_list(doc, "rests-on", false);
    for (int i = 0; i < l->conclusions; i++) {
        const dtn_conclusion *c = &l->conclusion[i];
        const char *words = conclusion_words(doc, a, c), *free = "";
        for (int k = 0; k < a->claims; k++) {
            bool in = c->alone[k] == DTN_STAYS_UNASKED;
            for (int s = 0; s < c->linchpins; s++)
                for (int m = 0; m < c->linchpin[s].claims; m++)
                    in = in || c->linchpin[s].claim[m] == k;
            if (!in)
                free = dtn_doc_print(doc, "%s%s%s", free, *free ? ", " : "", claim_link(doc, a, k));
        }
        const char *needs_not = *free ? dtn_doc_print(doc, " It does not need %s.", free) : "";
        if (c->linchpins)
            dtn_doc_item(doc, "*%s*: it rests on %s.%s", words, sets_words(doc, a, c), needs_not);
        else
            dtn_doc_item(doc, "*%s*: it holds whatever is left of the claims.%s", words, needs_not);
    }
}

void dtn_report_linchpins(dtn_doc *doc, const dtn_rests_answer *a)
{
    const dtn_linchpins *l = &a->linchpins;
    if (!l->conclusions)
        return;
    dtn_doc_open(doc, "supports", "What each conclusion cannot do without");
    dtn_doc_say(doc, "Claims are taken away one, two or more at a time: their numbers then lie anywhere in "
                     "the range that is left "
                     "without them, the others stand where they are.");
    sentences(doc, a);
    linchpin_table(doc, a);
    dtn_doc_fold(doc, "audits", "Audits: evidence ladder, one party's word, contrary claims");
    ladder_table(doc, a);
    denial_table(doc, a);
    dtn_doc_close(doc);
    dtn_doc_close(doc);
}
