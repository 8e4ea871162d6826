/* What a signal tells, what it changes, and who would imitate it. */
#include "report/of_credibility.h"

static const char *kind_words(dtn_signal_kind kind)
{
    switch (kind) {
    case DTN_SIGNAL_TALK:
        return "changes no incentives: the same follows whatever is said";
    case DTN_SIGNAL_COST:
        return "changes no later incentives: it costs (or brings) a fixed amount";
    case DTN_SIGNAL_TIES:
        return "changes incentives: the same moves follow with other payoffs, so it ties hands";
    case DTN_SIGNAL_MOVES:
        break;
    }
    return "changes incentives: other moves follow";
}

/* "hard : soft = 0 : 1" as the odds that the message speaks for one type against another. */
static const char *ratio(dtn_doc *doc, const dtn_signal *s, const dtn_message *m, int t, int u)
{
    if (fmpq_is_zero(m->sent + t) && fmpq_is_zero(m->sent + u))
        return "–";
    if (fmpq_is_zero(m->sent + u))
        return "∞";
    fmpq_t x;
    fmpq_init(x);
    fmpq_div(x, m->sent + t, m->sent + u);
    const char *text = dtn_text_exact(doc, x);
    fmpq_clear(x);
    (void)s;
    return text;
}

static const char *imitation(dtn_doc *doc, const dtn_signal *s, const dtn_message *m, int t)
{
    (void)s;
    if (!fmpq_is_zero(m->sent + t))
        return "sends it";
    if (fmpq_is_zero(m->gain + t))
        return "would as soon send it";
    fmpq_t loss;
    fmpq_init(loss);
    fmpq_neg(loss, m->gain + t);
    const char *text = dtn_doc_print(doc, "deterred by %s", dtn_text_number(doc, loss));
    fmpq_clear(loss);
    return text;
}

static void messages(dtn_doc *doc, const dtn_tree *tree, const dtn_signal *s)
{
    int first = -1, second = -1, present = 0;
    for (int t = s->types - 1; t >= 0; t--)
        if (s->present[t]) {
            second = first;
            first = t;
            present++;
        }
    dtn_doc_table(doc, "messages", "");
    dtn_doc_column(doc, "message", "Message", DTN_LEFT);
    dtn_doc_column(doc, "type", "Sender", DTN_LEFT);
    dtn_doc_column(doc, "sent", "Sends it with", DTN_RIGHT);
    dtn_doc_column(doc, "prior", "Before", DTN_RIGHT);
    dtn_doc_column(doc, "posterior", "After", DTN_RIGHT);
    if (present == 2)
        dtn_doc_column(doc, "ratio",
                       dtn_doc_print(doc, "Speaks for %s", tree->player[s->player].type_names[first]),
                       DTN_RIGHT);
    dtn_doc_column(doc, "imitation", "Imitation", DTN_LEFT);
    for (int i = 0; i < s->messages; i++)
        for (int t = 0; t < s->types; t++) {
            const dtn_message *m = &s->message[i];
            if (!s->present[t])
                continue;
            dtn_doc_row(doc, NULL);
            dtn_doc_cell(doc, dtn_value_text(doc, "%s", m->name));
            dtn_doc_cell(doc, dtn_value_text(doc, "%s", dtn_words_player(doc, tree, s->player, t)));
            dtn_doc_cell(doc, dtn_value_exact(doc, m->sent + t));
            dtn_doc_cell(doc, dtn_value_exact(doc, s->prior + t));
            dtn_doc_cell(doc, fmpq_is_zero(&m->probability) ? dtn_value_none()
                                                            : dtn_value_exact(doc, m->posterior + t));
            if (present == 2)
                dtn_doc_cell(doc, dtn_value_text(doc, "%s", ratio(doc, s, m, first, second)));
            dtn_doc_cell(doc, dtn_value_text(doc, "%s", imitation(doc, s, m, t)));
        }
}

void dtn_report_signal(dtn_doc *doc, const dtn_tree *tree, const dtn_signal *s)
{
    if (s->receiver < 0)
        return; /* nobody decides afterwards: there is nobody to tell */
    dtn_doc_open(doc, dtn_doc_print(doc, "signal-%s", s->name), "What %s tells by its choice at %s",
                 dtn_doc_name(doc, s->player), s->name);
    if (!s->reached)
        dtn_doc_say(doc, "Play does not lead there: nothing is told. The choice %s.", kind_words(s->kind));
    else
        dtn_doc_say(
            doc, "It *%s beliefs* and %s. It carries %s of information about the type; to %s, learning from it is worth %s.",
            s->changes_beliefs ? "changes" : "does not change", kind_words(s->kind),
            dtn_doc_term(doc, dtn_doc_print(doc, "%.3g bit%s", s->bits, s->bits == 1 ? "" : "s"),
                         "How much the message reduces the uncertainty about the sender: 1 bit settles a "
                         "question of two "
                         "equally likely answers."),
            dtn_doc_name(doc, s->receiver), dtn_text_number(doc, &s->decision_value));
    dtn_doc_data(doc, "bits", dtn_value_real(s->bits, 0));
    dtn_doc_data(doc, "changes-beliefs", dtn_value_bool(s->changes_beliefs));
    dtn_doc_data(doc, "changes-incentives", dtn_value_bool(s->changes_incentives));
    messages(doc, tree, s);
    dtn_doc_close(doc);
}
