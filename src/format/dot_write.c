/* Writer of .dot files: a game tree as a graph for Graphviz and whatever else reads its language.
 *
 * A circle is a position, in the colour of who moves there; edges carry the actions, those of chance their probability; dashed lines
 * join the positions of one information set; a box is an end with its payoffs. Nodes are numbered in preorder.
 * Cost: linear. Numbers as fractions, exactly.
 * Source: Graphviz, "DOT Language". */
#include "format/write.h"

static const char *colour(int player)
{
    static const char *const colours[] = {"#0b6e99", "#b4441f", "#4d7a1f", "#7a4fa3", "#8a6d00", "#4f5b66"};
    return colours[(size_t)player % (sizeof colours / sizeof *colours)];
}

static dtn_status end(dtn_ctx *ctx, dtn_str *out, const dtn_tree *t, const dtn_node *n)
{
    dtn_str label = dtn_str_in(ctx->scratch);
    if (n->outcome >= 0)
        dtn_str_addf(&label, "%s\n", t->outcome_label[n->outcome]);
    for (int p = 0; p < t->players; p++) {
        dtn_str_add(&label, p ? ", " : "(");
        DTN_TRY(dtn_write_number(ctx, &label,
                                 dtn_payoffs_at(&t->payoff, (size_t)(n->terminal * t->players + p)).q));
    }
    dtn_str_add_char(&label, ')');
    const char *text = dtn_str_done(&label);
    if (!text)
        return dtn_fail_nomem(ctx);
    dtn_str_add(out, " [shape=box, label=");
    dtn_write_json_text(out, text);
    return DTN_OK;
}

static dtn_status position(dtn_ctx *ctx, dtn_str *out, const dtn_tree *t, int i)
{
    const dtn_node *n = &t->node[i];
    dtn_str_addf(out, "  n%d", i);
    if (n->kind == DTN_NODE_TERMINAL) {
        DTN_TRY(end(ctx, out, t, n));
    } else if (n->kind == DTN_NODE_CHANCE) {
        dtn_str_add(out, " [shape=diamond, label=\"\", xlabel=\"chance\"");
    } else {
        const dtn_infoset *h = &t->infoset[n->infoset];
        const char *text = dtn_arena_printf(ctx->scratch, "%s\n%s", t->player[h->player].label, h->name);
        if (!text)
            return dtn_fail_nomem(ctx);
        dtn_str_addf(out, " [color=\"%s\", label=", colour(h->player));
        dtn_write_json_text(out, text);
    }
    dtn_str_add(out, "];\n");
    for (int b = 0; b < n->branches; b++) {
        int child = dtn_tree_child(t, i, b);
        dtn_str_addf(out, "  n%d -> n%d [label=", i, child);
        if (n->kind == DTN_NODE_CHANCE) {
            const char *via = t->node[child].via, *prob = dtn_rational_text(ctx->scratch, t->chance + child);
            const char *text = dtn_arena_printf(ctx->scratch, "%s%s%s", via ? via : "",
                                                via && *via ? " " : "", prob ? prob : "");
            if (!text || !prob)
                return dtn_fail_nomem(ctx);
            dtn_write_json_text(out, text);
        } else {
            const dtn_infoset *h = &t->infoset[n->infoset];
            dtn_write_json_text(out, t->action[h->first_action + b].name);
            dtn_str_addf(out, ", color=\"%s\"", colour(h->player));
        }
        dtn_str_add(out, "];\n");
    }
    return DTN_OK;
}

dtn_status dtn_dot_write(dtn_ctx *ctx, dtn_str *out, const dtn_tree *t)
{
    dtn_str_add(out, "digraph ");
    dtn_write_json_text(out, t->title);
    dtn_str_add(out, " {\n  rankdir=LR;\n  node [shape=ellipse, fontname=\"sans-serif\"];\n"
                     "  edge [fontname=\"sans-serif\"];\n");
    for (int i = 0; i < t->nodes; i++) {
        if (i % 1024 == 0)
            DTN_TRY(dtn_ctx_poll(ctx));
        dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
        dtn_status status = position(ctx, out, t, i);
        dtn_arena_release(ctx->scratch, mark);
        DTN_TRY(status);
    }
    for (int h = 0; h < t->infosets; h++) {
        const dtn_infoset *set = &t->infoset[h];
        for (int k = 1; k < set->members; k++)
            dtn_str_addf(out, "  n%d -> n%d [dir=none, style=dashed, constraint=false, color=\"%s\"];\n",
                         t->members[set->first_member + k - 1], t->members[set->first_member + k],
                         colour(set->player));
    }
    dtn_str_add(out, "}\n");
    return dtn_write_done(ctx, out);
}
