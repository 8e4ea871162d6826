/* What is self-enforcing when the game is repeated: the least discount factor of each play of the stage, and the payoffs that can be
 * kept up. */
#include "analyse/repeated.h"

#include "report/draw.h"
#include "report/report.h"
#include "report/words.h"

/* "cooperate, defect" */
static const char *profile_words(dtn_doc *doc, const dtn_strategic *g, size_t profile)
{
    const char *words = "";
    for (int p = 0; p < g->players; p++) {
        words = dtn_doc_print(doc, "%s%s%s", words, p ? ", " : "",
                              g->strategy[p][profile % (size_t)g->strategies[p]]);
        profile /= (size_t)g->strategies[p];
    }
    return words;
}

static const char *patience(dtn_doc *doc)
{
    return dtn_doc_term(doc, "the discount factor",
                        "What a payoff of 1 in the next period is worth now; times the probability that "
                        "there is a next period.");
}

static const char *self_enforcing(dtn_doc *doc)
{
    return dtn_doc_term(doc, "self-enforcing",
                        "Played for ever, nobody gains by breaking it once, because of what follows a "
                        "breach; and what follows is self-enforcing too.");
}

/* "when the discount factor is at least 1/2", "at no discount factor"; what: "the discount factor" or "it". */
static const char *least_words(dtn_doc *doc, const fmpq *delta, const char *what)
{
    return fmpq_is_zero(delta)
               ? "at any discount factor"
               : dtn_doc_print(doc, "when %s is at least %s", what, dtn_text_number(doc, delta));
}

static const char *bracket_words(dtn_doc *doc, const dtn_discount_bracket *b)
{
    if (b->never)
        return "at no discount factor";
    if (b->exact)
        return least_words(doc, b->hi, patience(doc));
    if (!b->hi_known)
        return dtn_doc_print(doc, "at most when %s is at least %s", patience(doc),
                             dtn_text_decimal(doc, b->lo));
    return dtn_doc_print(doc, "when %s is at least %s (and not when it is below %s)", patience(doc),
                         dtn_text_decimal(doc, b->hi), dtn_text_decimal(doc, b->lo));
}

static const char *critical_words(dtn_doc *doc, const dtn_critical_discount *c, const char *what)
{
    return c->never ? "at no discount factor" : least_words(doc, c->delta, what);
}

static void punishments(dtn_doc *doc, const dtn_repeated_answer *a, const dtn_repeated_item *x)
{
    const dtn_strategic *g = a->game;
    if (x->bracketed && x->free_hand.sticks)
        for (int p = 0; p < 2; p++)
            dtn_doc_say(
                doc,
                "After a breach by %s one period of (%s) follows, then the agreed play again: a stick "
                "and a carrot.",
                dtn_doc_name(doc, p), profile_words(doc, g, x->free_hand.stick[p]));
    if (x->bracketed && !x->forgiven && !x->nash)
        dtn_doc_say(doc,
                    "It survives renegotiation among the patient: after a breach by %s (%s) follows, after "
                    "one by %s (%s), and "
                    "whoever was wronged gets no less than by the agreement, and has no reason to forgive.",
                    dtn_doc_name(doc, 0), profile_words(doc, g, x->punish[0]), dtn_doc_name(doc, 1),
                    profile_words(doc, g, x->punish[1]));
    if (x->transfers.never || fmpq_is_zero(x->transfers.delta))
        return;
    dtn_doc_say(
        doc,
        "With transfers the threshold is %s/(%s + %s): the largest sum of gains from a breach that has "
        "to be deterred, and what the agreement is worth above the punishments, a period.",
        dtn_text_exact(doc, x->transfers.temptation), dtn_text_exact(doc, x->transfers.temptation),
        dtn_text_exact(doc, x->transfers.stake));
    for (int p = 0; p < g->players; p++)
        dtn_doc_say(doc, "Unless %s pays for its breach, (%s) follows.", dtn_doc_name(doc, p),
                    profile_words(doc, g, x->transfers.punishment[p]));
}

static dtn_value critical_value(dtn_doc *doc, const dtn_critical_discount *c)
{
    return c->never ? dtn_value_text(doc, "never") : dtn_value_exact(doc, c->delta);
}

static dtn_value bracket_value(dtn_doc *doc, const dtn_discount_bracket *b)
{
    if (b->never)
        return dtn_value_text(doc, "never");
    return b->exact ? dtn_value_exact(doc, b->hi) : dtn_value_interval(doc, b->lo, b->hi_known ? b->hi : NULL);
}

/* At the discount factor given: yes, no, or within the bracket. */
static dtn_truth at_discount(const dtn_repeated_answer *a, const dtn_repeated_item *x)
{
    const dtn_discount_bracket *b = &x->free_hand;
    if (b->never || fmpq_cmp(a->effective, b->lo) < 0)
        return DTN_NO;
    return b->hi_known && fmpq_cmp(a->effective, b->hi) >= 0 ? DTN_YES : DTN_UNDECIDED;
}

static dtn_truth with_transfers(const dtn_repeated_answer *a, const dtn_repeated_item *x)
{
    return !x->transfers.never && fmpq_cmp(a->effective, x->transfers.delta) >= 0 ? DTN_YES : DTN_NO;
}

static void table(dtn_doc *doc, const dtn_repeated_answer *a)
{
    const dtn_strategic *g = a->game;
    dtn_doc_table(doc, "plays", "Least discount factor of each play of the stage");
    dtn_doc_column(doc, "play", "Play", DTN_LEFT);
    for (int p = 0; p < g->players; p++)
        dtn_doc_column(doc, dtn_doc_print(doc, "payoff-%d", p + 1),
                       dtn_doc_print(doc, "To %s", dtn_doc_name(doc, p)), DTN_RIGHT);
    dtn_doc_column(doc, "transfers", "With transfers", DTN_RIGHT);
    if (g->players == 2)
        dtn_doc_column(doc, "no-transfers", "Without", DTN_RIGHT);
    dtn_doc_column(doc, "reversion", "By reversion", DTN_RIGHT);
    if (g->players == 2)
        dtn_doc_column(doc, "renegotiation", "Not forgiven", DTN_LEFT);
    if (a->given && g->players == 2)
        dtn_doc_column(doc, "holds", dtn_doc_print(doc, "At %s", dtn_text_exact(doc, a->effective)), DTN_LEFT);
    if (a->given)
        dtn_doc_column(doc, "holds-with-transfers", "And with transfers", DTN_LEFT);
    for (int i = 0; i < a->items; i++) {
        const dtn_repeated_item *x = &a->item[i];
        dtn_doc_row(doc, NULL);
        dtn_doc_cell(doc, dtn_value_text(doc, "%s%s", profile_words(doc, g, x->profile),
                                         x->nash ? " (stage equilibrium)" : ""));
        for (int p = 0; p < g->players; p++)
            dtn_doc_cell(doc,
                         dtn_value_exact(
                             doc, dtn_payoffs_at(&g->payoff, x->profile * (size_t)g->players + (size_t)p).q));
        dtn_doc_cell(doc, critical_value(doc, &x->transfers));
        if (g->players == 2)
            dtn_doc_cell(doc, bracket_value(doc, &x->free_hand));
        dtn_doc_cell(doc, critical_value(doc, &x->reversion));
        if (g->players == 2)
            dtn_doc_cell(doc, dtn_value_verdict(doc, x->forgiven ? DTN_NO : DTN_YES, NULL));
        if (a->given && g->players == 2)
            dtn_doc_cell(doc, dtn_value_verdict(doc, at_discount(a, x), NULL));
        if (a->given)
            dtn_doc_cell(doc, dtn_value_verdict(doc, with_transfers(a, x), NULL));
    }
    if (a->left_out)
        dtn_doc_note(doc, DTN_TONE_QUIET,
                     "%d further plays, worth less to the players together, are left out; "
                     "--play asks for any one.",
                     a->left_out);
}

static void answer(dtn_doc *doc, const dtn_repeated_answer *a)
{
    const dtn_repeated_item *x = &a->item[a->first];
    const char *play = profile_words(doc, a->game, x->profile);
    if (x->bracketed)
        dtn_doc_say_as(doc, "answer",
                       "Played again and again, (%s) is %s %s; if the players can pay each other, %s.", play,
                       self_enforcing(doc), bracket_words(doc, &x->free_hand),
                       critical_words(doc, &x->transfers, "it"));
    else
        dtn_doc_say_as(
            doc, "answer",
            "Played again and again, (%s) is %s %s if the players can pay each other; by the threat to "
            "return to an equilibrium of the stage, %s.",
            play, self_enforcing(doc), critical_words(doc, &x->transfers, patience(doc)),
            critical_words(doc, &x->reversion, "it"));
    if (!a->given)
        return;
    const char *what = fmpq_is_zero(a->hazard)
                           ? dtn_doc_print(doc, "%s", dtn_text_number(doc, a->discount))
                           : dtn_doc_print(doc, "%s (%s, and a hazard of %s that it all ends)",
                                           dtn_text_number(doc, a->effective),
                                           dtn_text_number(doc, a->discount), dtn_text_number(doc, a->hazard));
    dtn_truth holds = a->transfers || !x->bracketed ? with_transfers(a, x) : at_discount(a, x);
    dtn_doc_say(doc, "The discount factor is %s: it %s%s.", what,
                holds == DTN_YES  ? "holds"
                : holds == DTN_NO ? "does not hold"
                                  : "lies too near the threshold to be decided",
                a->transfers || !x->bracketed ? ", with transfers" : "");
}

dtn_status dtn_report_of_repeated(dtn_ctx *ctx, dtn_doc *doc, const dtn_result *result, const dtn_look *look)
{
    (void)look;
    const dtn_repeated_answer *a = result->data;
    answer(doc, a);
    table(doc, a);
    if (!fmpq_is_one(a->detect))
        dtn_doc_note(doc, DTN_TONE_PLAIN, "A breach is noticed with probability %s.",
                     dtn_text_exact(doc, a->detect));
    dtn_doc_open(doc, "punishments", "What keeps it up");
    punishments(doc, a, &a->item[a->first]);
    dtn_doc_close(doc);
    if (a->corners > 0) {
        dtn_picture *picture;
        if (dtn_doc_try(doc, dtn_draw_payoffs(ctx, dtn_doc_arena(doc), &picture, a)))
            dtn_doc_picture(
                doc, "payoffs",
                "Payoffs a period. Light: what the stage can pay on average. Filled: what can be "
                "kept up at this discount factor without transfers. Dots: plays of the stage; the "
                "cross: what each player can be held to.",
                picture);
    }
    dtn_doc_note(
        doc, DTN_TONE_QUIET,
        "Not forgiven: for each player some punishment exists that the other prefers to the agreement, so "
        "that patient players keep it "
        "up without being talked out of it (a sufficient condition). Reversion: after a breach an "
        "equilibrium of the stage, for ever. Everybody sees what was played; "
        "strategies are pure; without transfers the players may let a "
        "public draw decide. Numbers are exact; an interval encloses the threshold with proof at both "
        "ends.");
    return dtn_doc_status(doc);
}
