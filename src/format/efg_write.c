/* Writer of .efg files: nodes in prefix order.
 *
 * Information sets get their numbers by player in the tree's order, outcomes theirs by first mention: one for each class of ends
 * with each vector of payoffs. Names that the reader made up ("2:5", "7") are left out again.
 * Cost: linear, and a look into a hash table an end. Exact. Grammar: docs/formats/efg.md. */
#include <string.h>

#include "format/write.h"

typedef struct writer {
    dtn_ctx *ctx;
    dtn_str *out;
    const dtn_tree *t;
    int *number;  /* [infosets] from 1 within the player */
    int *slot;    /* table of outcomes by content: a terminal of it, or -1 */
    int *outcome; /* [terminals] number; 0: none needed */
    int *node_of; /* [terminals] */
    bool *shared; /* [outcomes] the class has several vectors of payoffs */
    int slots, chance;
} writer;

static size_t cell_of(const writer *w, int terminal, int player)
{
    return (size_t)terminal * (size_t)w->t->players + (size_t)player;
}

static int class_of(const writer *w, int terminal)
{
    return w->t->node[w->node_of[terminal]].outcome;
}

static const char *label_of(const writer *w, int class)
{
    return class >= 0 ? w->t->outcome_label[class] : "";
}

static bool same(const writer *w, int a, int b)
{
    if (strcmp(label_of(w, class_of(w, a)), label_of(w, class_of(w, b))) != 0)
        return false;
    for (int p = 0; p < w->t->players; p++)
        if (dtn_payoffs_cmp(&w->t->payoff, cell_of(w, a, p), cell_of(w, b, p)) != 0)
            return false;
    return true;
}

static uint64_t key_of(const writer *w, int terminal)
{
    uint64_t h = 0x9e3779b97f4a7c15u;
    for (const char *c = label_of(w, class_of(w, terminal)); *c; c++)
        h = (h ^ (unsigned char)*c) * 1099511628211u;
    for (int p = 0; p < w->t->players; p++) {
        dtn_number number = dtn_payoffs_at(&w->t->payoff, cell_of(w, terminal, p));
        const fmpq *x = number.q;
        h = (h ^ fmpz_get_ui(fmpq_numref(x))) * 0xbf58476d1ce4e5b9u;
        h = (h ^ (uint64_t)(fmpz_sgn(fmpq_numref(x)) + 3)) * 0x94d049bb133111ebu;
        h = (h ^ fmpz_get_ui(fmpq_denref(x))) * 0xbf58476d1ce4e5b9u;
        h ^= h >> 31;
    }
    return h;
}

/* Numbers the outcomes; ends without a class whose payoffs are 0 need none. */
static dtn_status number_outcomes(writer *w)
{
    const dtn_tree *t = w->t;
    int count = 0, *first;
    for (w->slots = 64; w->slots < 2 * t->terminals;)
        w->slots *= 2;
    DTN_ALLOC(w->ctx, w->ctx->scratch, w->slot, w->slots);
    DTN_ALLOC(w->ctx, w->ctx->scratch, w->outcome, t->terminals);
    DTN_ALLOC(w->ctx, w->ctx->scratch, w->node_of, t->terminals);
    DTN_ALLOC(w->ctx, w->ctx->scratch, w->shared, t->outcomes + 1);
    DTN_ALLOC(w->ctx, w->ctx->scratch, first, t->outcomes + 1);
    for (int i = 0; i < t->nodes; i++)
        if (t->node[i].terminal >= 0)
            w->node_of[t->node[i].terminal] = i;
    for (int e = 0; e < t->terminals; e++) {
        bool zero = class_of(w, e) < 0;
        for (int p = 0; p < t->players; p++)
            zero = zero && fmpq_is_zero(dtn_payoffs_at(&t->payoff, cell_of(w, e, p)).q);
        if (zero)
            continue;
        uint64_t at = key_of(w, e) & (uint64_t)(w->slots - 1);
        while (w->slot[at] && !same(w, w->slot[at] - 1, e))
            at = (at + 1) & (uint64_t)(w->slots - 1);
        if (!w->slot[at]) {
            w->slot[at] = e + 1;
            w->outcome[e] = ++count;
            int c = class_of(w, e);
            if (c >= 0 && first[c])
                w->shared[c] = true;
            if (c >= 0)
                first[c] = 1;
        } else {
            w->outcome[e] = w->outcome[w->slot[at] - 1];
        }
    }
    return DTN_OK;
}

static dtn_status number_sets(writer *w)
{
    DTN_ALLOC(w->ctx, w->ctx->scratch, w->number, w->t->infosets);
    for (int h = 0, count = 0; h < w->t->infosets; h++) {
        count = h && w->t->infoset[h].player == w->t->infoset[h - 1].player ? count + 1 : 1;
        w->number[h] = count;
    }
    return DTN_OK;
}

/* "2:5", as the reader names a set without a name. */
static bool made_up(const char *name)
{
    size_t digits = strspn(name, "0123456789");
    return digits && name[digits] == ':' && name[digits + 1] &&
           strspn(name + digits + 1, "0123456789") == strlen(name + digits + 1);
}

static const char *outcome_name(const writer *w, int class)
{
    const char *name = label_of(w, class);
    bool number = strspn(name, "0123456789") == strlen(name);
    return number && !(class >= 0 && w->shared[class]) ? "" : name;
}

static dtn_status chance(writer *w, int node)
{
    const dtn_node *n = &w->t->node[node];
    dtn_str_addf(w->out, "%d \"\" { ", ++w->chance);
    for (int b = 0; b < n->branches; b++) {
        int child = dtn_tree_child(w->t, node, b);
        const dtn_node *to = &w->t->node[child];
        if ((to->via && *to->via) || *to->label)
            dtn_write_quoted(w->out, to->via && *to->via ? to->via : to->label);
        else
            dtn_str_addf(w->out, "\"%d\"", b + 1);
        dtn_str_add_char(w->out, ' ');
        DTN_TRY(dtn_write_number(w->ctx, w->out, w->t->chance + child));
        dtn_str_add_char(w->out, ' ');
    }
    dtn_str_add(w->out, "} 0\n");
    return DTN_OK;
}

static void decision(writer *w, const dtn_node *n)
{
    const dtn_infoset *h = &w->t->infoset[n->infoset];
    dtn_str_addf(w->out, "%d %d ", h->player + 1, w->number[n->infoset]);
    dtn_write_quoted(w->out, made_up(h->name) ? "" : h->name);
    dtn_str_add(w->out, " { ");
    for (int a = 0; a < h->actions; a++) {
        dtn_write_quoted(w->out, w->t->action[h->first_action + a].name);
        dtn_str_add_char(w->out, ' ');
    }
    dtn_str_add(w->out, "} 0\n");
}

static dtn_status terminal(writer *w, const dtn_node *n)
{
    if (!w->outcome[n->terminal]) {
        dtn_str_add(w->out, "0\n");
        return DTN_OK;
    }
    dtn_str_addf(w->out, "%d ", w->outcome[n->terminal]);
    dtn_write_quoted(w->out, outcome_name(w, n->outcome));
    dtn_str_add(w->out, " { ");
    for (int p = 0; p < w->t->players; p++) {
        if (p)
            dtn_str_add(w->out, ", ");
        DTN_TRY(dtn_write_number(w->ctx, w->out, dtn_payoffs_at(&w->t->payoff, cell_of(w, n->terminal, p)).q));
    }
    dtn_str_add(w->out, " }\n");
    return DTN_OK;
}

static dtn_status write(writer *w)
{
    const dtn_tree *t = w->t;
    DTN_TRY(number_sets(w));
    DTN_TRY(number_outcomes(w));
    dtn_str_add(w->out, "EFG 2 R ");
    dtn_write_quoted(w->out, t->title);
    dtn_str_add(w->out, " { ");
    for (int p = 0; p < t->players; p++) {
        dtn_write_quoted(w->out, t->player[p].name);
        dtn_str_add_char(w->out, ' ');
    }
    dtn_str_add(w->out, "}\n");
    dtn_write_quoted(w->out, t->about);
    dtn_str_add(w->out, "\n\n");
    for (int i = 0; i < t->nodes && !w->out->failed; i++) {
        if (i % 1024 == 0)
            DTN_TRY(dtn_ctx_poll(w->ctx));
        const dtn_node *n = &t->node[i];
        dtn_str_add(w->out, n->kind == DTN_NODE_CHANCE ? "c " : n->kind == DTN_NODE_DECISION ? "p " : "t ");
        dtn_write_quoted(w->out, n->label);
        dtn_str_add_char(w->out, ' ');
        if (n->kind == DTN_NODE_CHANCE)
            DTN_TRY(chance(w, i));
        else if (n->kind == DTN_NODE_DECISION)
            decision(w, n);
        else
            DTN_TRY(terminal(w, n));
    }
    return dtn_write_done(w->ctx, w->out);
}

dtn_status dtn_efg_write(dtn_ctx *ctx, dtn_str *out, const dtn_tree *tree)
{
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    writer w = {.ctx = ctx, .out = out, .t = tree};
    dtn_status status = write(&w);
    dtn_arena_release(ctx->scratch, mark);
    return status;
}
