/* Games as JSON: docs/formats/json-model.md. Numbers that a double holds exactly stand bare, others as texts ("1/3").
 *
 * Cost: linear. Exact. */
#include "format/write.h"

/* Whole numbers below 2^53 survive any JSON reader. */
static dtn_status number(dtn_ctx *ctx, dtn_str *out, const fmpq_t x)
{
    bool bare = fmpz_is_one(fmpq_denref(x)) && fmpz_bits(fmpq_numref(x)) <= 53;
    if (!bare)
        dtn_str_add_char(out, '"');
    DTN_TRY(dtn_write_number(ctx, out, x));
    if (!bare)
        dtn_str_add_char(out, '"');
    return DTN_OK;
}

static dtn_status numbers(dtn_ctx *ctx, dtn_str *out, const dtn_payoffs *t, size_t row)
{
    dtn_str_add_char(out, '[');
    for (size_t k = 0; k < t->columns; k++) {
        if (k)
            dtn_str_add(out, ", ");
        DTN_TRY(number(ctx, out, dtn_payoffs_at(t, row * t->columns + k).q));
    }
    dtn_str_add_char(out, ']');
    return DTN_OK;
}

static void texts(dtn_str *out, const char *const *text, int count)
{
    dtn_str_add_char(out, '[');
    for (int i = 0; i < count; i++) {
        if (i)
            dtn_str_add(out, ", ");
        dtn_write_json_text(out, text[i]);
    }
    dtn_str_add_char(out, ']');
}

static void header(dtn_str *out, const char *game, const char *title, const char *about)
{
    dtn_str_addf(out, "{\n\"detente\": 1,\n\"game\": \"%s\",\n\"title\": ", game);
    dtn_write_json_text(out, title);
    if (*about) {
        dtn_str_add(out, ",\n\"about\": ");
        dtn_write_json_text(out, about);
    }
}

dtn_status dtn_strategic_json_write(dtn_ctx *ctx, dtn_str *out, const dtn_strategic *g)
{
    header(out, "strategic", g->title, g->about);
    dtn_str_add(out, ",\n\"players\": ");
    texts(out, g->player, g->players);
    dtn_str_add(out, ",\n\"strategies\": [");
    for (int p = 0; p < g->players; p++) {
        dtn_str_add(out, p ? ", " : "");
        texts(out, g->strategy[p], g->strategies[p]);
    }
    dtn_str_add(out, "],\n\"payoffs\": [");
    for (size_t k = 0; k < g->profiles && !out->failed; k++) {
        if (k % 1024 == 0)
            DTN_TRY(dtn_ctx_poll(ctx));
        dtn_str_add(out, k % (size_t)g->strategies[0] ? ", " : k ? ",\n  " : "\n  ");
        DTN_TRY(numbers(ctx, out, &g->payoff, k));
    }
    dtn_str_add(out, "\n]\n}\n");
    return dtn_write_done(ctx, out);
}

static void label(dtn_str *out, const char *key, const char *text)
{
    if (!*text)
        return;
    dtn_str_addf(out, ", \"%s\": ", key);
    dtn_write_json_text(out, text);
}

static void sets(dtn_str *out, const dtn_tree *t)
{
    dtn_str_add(out, ",\n\"information_sets\": [");
    for (int h = 0; h < t->infosets; h++) {
        const dtn_infoset *s = &t->infoset[h];
        dtn_str_add(out, h ? ",\n  {\"name\": " : "\n  {\"name\": ");
        dtn_write_json_text(out, s->name);
        dtn_str_addf(out, ", \"player\": %d, \"actions\": [", s->player + 1);
        for (int a = 0; a < s->actions; a++) {
            dtn_str_add(out, a ? ", " : "");
            dtn_write_json_text(out, t->action[s->first_action + a].name);
        }
        dtn_str_add(out, "]}");
    }
    dtn_str_add(out, "\n]");
}

static dtn_status node(dtn_ctx *ctx, dtn_str *out, const dtn_tree *t, int at)
{
    const dtn_node *n = &t->node[at];
    if (n->kind == DTN_NODE_DECISION) {
        dtn_str_addf(out, "{\"set\": %d", n->infoset + 1);
    } else if (n->kind == DTN_NODE_TERMINAL) {
        dtn_str_add(out, "{\"payoffs\": ");
        DTN_TRY(numbers(ctx, out, &t->payoff, (size_t)n->terminal));
        if (n->outcome >= 0)
            label(out, "outcome", t->outcome_label[n->outcome]);
    } else {
        dtn_str_add(out, "{\"chance\": [");
        for (int b = 0; b < n->branches; b++) {
            int child = dtn_tree_child(t, at, b);
            const dtn_node *to = &t->node[child];
            dtn_str_add(out, b ? ", [" : "[");
            dtn_write_json_text(out, to->via && *to->via ? to->via : to->label);
            dtn_str_add(out, ", ");
            DTN_TRY(number(ctx, out, t->chance + child));
            dtn_str_add_char(out, ']');
        }
        dtn_str_add_char(out, ']');
    }
    label(out, "name", n->label);
    dtn_str_add_char(out, '}');
    return DTN_OK;
}

dtn_status dtn_tree_json_write(dtn_ctx *ctx, dtn_str *out, const dtn_tree *t)
{
    header(out, "tree", t->title, t->about);
    dtn_str_add(out, ",\n\"players\": [");
    for (int p = 0; p < t->players; p++) {
        dtn_str_add(out, p ? ", " : "");
        dtn_write_json_text(out, t->player[p].name);
    }
    dtn_str_add_char(out, ']');
    sets(out, t);
    dtn_str_add(out, ",\n\"nodes\": [");
    for (int i = 0; i < t->nodes && !out->failed; i++) {
        if (i % 1024 == 0)
            DTN_TRY(dtn_ctx_poll(ctx));
        dtn_str_add(out, i ? ",\n  " : "\n  ");
        DTN_TRY(node(ctx, out, t, i));
    }
    dtn_str_add(out, "\n]\n}\n");
    return dtn_write_done(ctx, out);
}
