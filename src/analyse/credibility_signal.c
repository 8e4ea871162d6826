/* Signals: what the observed actions of a player with private types tell, and what they change.
 *
 * Method: a signal is one move of the player in one situation, its messages the actions there, sent with the equilibrium's
 * probabilities by each type. Prior: probability of each type when the move is reached; posterior: Bayes. Mutual information
 * of type and message in bits, from the exact probabilities. The continuations after two messages are compared node by node:
 * the same moves with the same payoffs (talk), a constant apart (a sunk cost), other payoffs (ties hands), other moves.
 * Decision value: what receivers would lose if they heard the message but believed what they would believe had all types
 * mixed alike: at each receiver's first information set afterwards, best payoff - payoff of the action that is best at the
 * pooled belief (the best of those when several are). Cost: two sweeps a signal and one comparison a message. Exact but for bits.
 * Source: Spence 1973; Fearon 1997 (tying hands, sinking costs); Shannon 1948; Raiffa & Schlaifer 1961 (value of information). */
#include <math.h>
#include <string.h>

#include "analyse/credibility.h"

/* One equilibrium with its sweeps. */
typedef struct view {
    const dtn_tree *tree;
    const dtn_equilibrium *e;
    fmpq *reach, *value; /* [nodes], [nodes][players] */
    int *size;           /* [nodes] nodes of the subtree */
} view;

/* The situation: the information set's name without the type. */
static bool same_situation(const dtn_tree *tree, int a, int b)
{
    const dtn_infoset *h = &tree->infoset[a], *g = &tree->infoset[b];
    if (h->player != g->player || h->actions != g->actions || strcmp(h->move, g->move) != 0)
        return false;
    size_t move = strlen(h->move);
    const char *names[2] = {h->name, g->name};
    for (int i = 0; i < 2; i++) {
        const dtn_infoset *x = i ? g : h;
        const char *type = tree->player[x->player].type_names[x->type];
        if (strncmp(names[i], x->move, move) != 0 || names[i][move] != '.' ||
            strncmp(names[i] + move + 1, type, strlen(type)) != 0)
            return false;
        names[i] += move + 1 + strlen(type);
    }
    return strcmp(names[0], names[1]) == 0;
}

static bool is_signal(const dtn_tree *tree, int h)
{
    const dtn_infoset *set = &tree->infoset[h];
    if (set->type < 0 || set->actions < 2)
        return false;
    for (int a = 0; a < set->actions; a++)
        if (tree->action[set->first_action + a].seen)
            return true;
    return false;
}

static bool same_node(const dtn_tree *tree, int a, int b)
{
    const dtn_node *x = &tree->node[a], *y = &tree->node[b];
    if (x->kind != y->kind || x->branches != y->branches)
        return false;
    if (x->kind == DTN_NODE_CHANCE) {
        for (int k = 0; k < x->branches; k++)
            if (!fmpq_equal(&tree->chance[dtn_tree_child(tree, a, k)],
                            &tree->chance[dtn_tree_child(tree, b, k)]))
                return false;
        return true;
    }
    if (x->kind == DTN_NODE_TERMINAL)
        return true;
    const dtn_infoset *h = &tree->infoset[x->infoset], *g = &tree->infoset[y->infoset];
    if (h->player != g->player || strcmp(h->move, g->move) != 0)
        return false;
    for (int k = 0; k < h->actions; k++)
        if (strcmp(tree->action[h->first_action + k].name, tree->action[g->first_action + k].name) != 0)
            return false;
    return true;
}

/* How the continuations below two nodes differ. work: [players] + 1. */
static dtn_signal_kind compare(const view *v, int a, int b, fmpq *work)
{
    const dtn_tree *tree = v->tree;
    dtn_signal_kind kind = DTN_SIGNAL_TALK;
    bool first = true;
    if (v->size[a] != v->size[b])
        return DTN_SIGNAL_MOVES;
    for (int i = 0; i < v->size[a]; i++) {
        if (!same_node(tree, a + i, b + i))
            return DTN_SIGNAL_MOVES;
        if (tree->node[a + i].kind != DTN_NODE_TERMINAL)
            continue;
        size_t players = (size_t)tree->players;
        size_t x = (size_t)tree->node[a + i].terminal * players,
               y = (size_t)tree->node[b + i].terminal * players;
        for (int p = 0; p < tree->players; p++) {
            fmpq_sub(work + tree->players, dtn_payoffs_at(&tree->payoff, x + (size_t)p).q,
                     dtn_payoffs_at(&tree->payoff, y + (size_t)p).q);
            if (first)
                fmpq_set(work + p, work + tree->players);
            else if (!fmpq_equal(work + p, work + tree->players))
                kind = DTN_SIGNAL_TIES;
            if (kind == DTN_SIGNAL_TALK && !fmpq_is_zero(work + p))
                kind = DTN_SIGNAL_COST;
        }
        first = false;
    }
    return kind;
}

static void find_kind(dtn_signal *s, const view *v, const int *infoset, fmpq *work)
{
    s->kind = DTN_SIGNAL_TALK;
    for (int t = 0; t < s->types; t++) {
        if (!s->present[t])
            continue;
        const dtn_infoset *h = &v->tree->infoset[infoset[t]];
        for (int k = 0; k < h->members; k++)
            for (int a = 1; a < h->actions; a++) {
                int node = v->tree->members[h->first_member + k];
                dtn_signal_kind kind =
                    compare(v, dtn_tree_child(v->tree, node, 0), dtn_tree_child(v->tree, node, a), work);
                if (kind > s->kind)
                    s->kind = kind;
            }
    }
    s->changes_incentives = s->kind >= DTN_SIGNAL_TIES;
}

/* Prior of the types where the move is reached; their draw probabilities where it is not. total: probability of the move. */
static void find_prior(dtn_signal *s, const view *v, const int *infoset, fmpq *total)
{
    const dtn_tree *tree = v->tree;
    fmpq_zero(total);
    for (int t = 0; t < s->types; t++) {
        const dtn_infoset *h = s->present[t] ? &tree->infoset[infoset[t]] : NULL;
        for (int k = 0; h && k < h->members; k++)
            fmpq_add(s->prior + t, s->prior + t, v->reach + tree->members[h->first_member + k]);
        fmpq_add(total, total, s->prior + t);
    }
    s->reached = !fmpq_is_zero(total);
    if (!s->reached)
        for (int d = 0; d < tree->draws; d++) {
            int t = tree->draw[d].types[s->player];
            if (t < 0 || !s->present[t])
                continue;
            fmpq_add(s->prior + t, s->prior + t, tree->draw_prob + d);
            fmpq_add(total, total, tree->draw_prob + d);
        }
    if (fmpq_is_zero(total))
        return;
    for (int t = 0; t < s->types; t++)
        fmpq_div(s->prior + t, s->prior + t, total);
}

static void payoff_at(fmpq_t out, const view *v, int infoset, int action)
{
    const dtn_infoset *h = &v->tree->infoset[infoset];
    fmpq_zero(out);
    for (int k = 0; k < h->members; k++) {
        int node = v->tree->members[h->first_member + k];
        int below = dtn_tree_child(v->tree, node, action);
        fmpq_addmul(out, &v->e->at.belief[node],
                    v->value + (size_t)below * (size_t)v->tree->players + h->player);
    }
}

static dtn_status fill_message(dtn_ctx *ctx, dtn_arena *arena, dtn_message *m, dtn_signal *s, const view *v,
                               const int *infoset, int action, fmpq *work)
{
    DTN_ALLOC(ctx, arena, m->action, s->types);
    DTN_ALLOC_FMPQ(ctx, arena, m->sent, s->types);
    DTN_ALLOC_FMPQ(ctx, arena, m->posterior, s->types);
    DTN_ALLOC_FMPQ(ctx, arena, m->gain, s->types);
    if (!dtn_arena_fmpq_at(arena, &m->probability, 1) || !dtn_arena_fmpq_at(arena, &m->shift, 1))
        return dtn_fail_nomem(ctx);
    for (int t = 0; t < s->types; t++) {
        m->action[t] = -1;
        if (!s->present[t])
            continue;
        const dtn_infoset *h = &v->tree->infoset[infoset[t]];
        m->action[t] = h->first_action + action;
        m->name = v->tree->action[m->action[t]].name;
        fmpq_set(m->sent + t, &v->e->at.sigma[m->action[t]]);
        fmpq_addmul(&m->probability, s->prior + t, m->sent + t);
        payoff_at(m->gain + t, v, infoset[t], action);
        for (int a = 0; a < h->actions; a++) {
            payoff_at(work, v, infoset[t], a);
            fmpq_submul(m->gain + t, &v->e->at.sigma[h->first_action + a], work);
        }
    }
    if (fmpq_is_zero(&m->probability))
        return DTN_OK;
    for (int t = 0; t < s->types; t++) {
        fmpq_mul(m->posterior + t, s->prior + t, m->sent + t);
        fmpq_div(m->posterior + t, m->posterior + t, &m->probability);
        fmpq_sub(work, m->posterior + t, s->prior + t);
        fmpq_abs(work, work);
        if (fmpq_cmp(work, &m->shift) > 0)
            fmpq_set(&m->shift, work);
    }
    s->changes_beliefs = s->changes_beliefs || !fmpq_is_zero(&m->shift);
    return DTN_OK;
}

static double information(const dtn_signal *s)
{
    double bits = 0;
    for (int i = 0; i < s->messages; i++)
        for (int t = 0; t < s->types; t++) {
            double prior = dtn_rational_double(s->prior + t),
                   sent = dtn_rational_double(s->message[i].sent + t);
            if (prior > 0 && sent > 0)
                bits += prior * sent * log2(sent / dtn_rational_double(&s->message[i].probability));
        }
    return bits > 0 ? bits : 0;
}

/* S(action) = sum over the set's positions of weight * continuation payoff of its player. */
static void weigh(fmpq_t out, const view *v, const dtn_infoset *g, const fmpq *weight, int action)
{
    fmpq_zero(out);
    for (int k = 0; k < g->members; k++) {
        int node = v->tree->members[g->first_member + k];
        int below = dtn_tree_child(v->tree, node, action);
        fmpq_addmul(out, weight + node, v->value + (size_t)below * (size_t)v->tree->players + g->player);
    }
}

/* What the set's player loses by acting on the pooled belief. work: [4]. */
static void loss_at(fmpq_t out, const view *v, const dtn_infoset *g, const fmpq *pooled, fmpq *work)
{
    fmpq *here = work, *blind = work + 1, *best = work + 2, *best_blind = work + 3;
    fmpq_zero(out);
    for (int a = 0; a < g->actions; a++) {
        weigh(here, v, g, v->reach, a);
        weigh(blind, v, g, pooled, a);
        if (a == 0 || fmpq_cmp(here, best) > 0)
            fmpq_set(best, here);
        int order = a == 0 ? 1 : fmpq_cmp(blind, best_blind);
        if (order > 0 || (order == 0 && fmpq_cmp(here, out) > 0)) {
            fmpq_set(best_blind, blind);
            fmpq_set(out, here);
        }
    }
    fmpq_sub(out, best, out);
}

/* first[n]: n is its player's first decision after the signal; after[n]: on a path through the signal. */
static void mark_first(bool *first, const view *v, const dtn_signal *s, const int *infoset, int *below)
{
    const dtn_tree *tree = v->tree;
    for (int n = 0; n < tree->nodes; n++) {
        const dtn_node *node = &tree->node[n];
        below[n] = n ? below[node->parent] : -1;
        first[n] = false;
        if (node->kind != DTN_NODE_DECISION)
            continue;
        for (int t = 0; t < s->types; t++)
            if (s->present[t] && node->infoset == infoset[t])
                below[n] = n;
        int player = tree->infoset[node->infoset].player;
        if (below[n] < 0 || below[n] == n || player == s->player)
            continue;
        first[n] = true;
        for (int at = node->parent; at != below[n]; at = tree->node[at].parent)
            if (tree->node[at].kind == DTN_NODE_DECISION &&
                tree->infoset[tree->node[at].infoset].player == player)
                first[n] = false;
    }
}

static dtn_status find_value(dtn_ctx *ctx, dtn_signal *s, const view *v, const int *infoset, const fmpq *total)
{
    const dtn_tree *tree = v->tree;
    fmpq *sigma, *pooled, *loss, *work;
    bool *first;
    int *below;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, sigma, tree->actions);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, pooled, tree->nodes);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, loss, tree->players);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, work, 5);
    DTN_ALLOC(ctx, ctx->scratch, first, tree->nodes);
    DTN_ALLOC(ctx, ctx->scratch, below, tree->nodes);
    s->receiver = -1;
    mark_first(first, v, s, infoset, below);
    for (int a = 0; a < tree->actions; a++)
        fmpq_set(sigma + a, &v->e->at.sigma[a]);
    for (int i = 0; i < s->messages; i++)
        for (int t = 0; t < s->types; t++)
            if (s->present[t])
                fmpq_set(sigma + s->message[i].action[t], &s->message[i].probability);
    dtn_assessment_reach(tree, sigma, pooled);
    for (int g = 0; g < tree->infosets; g++) {
        const dtn_infoset *set = &tree->infoset[g];
        if (!first[tree->members[set->first_member]])
            continue;
        loss_at(work, v, set, pooled, work + 1);
        fmpq_add(loss + set->player, loss + set->player, work);
        fmpq_add(&s->decision_value, &s->decision_value, work);
        if (s->receiver < 0 || fmpq_cmp(loss + set->player, loss + s->receiver) > 0)
            s->receiver = set->player;
    }
    if (s->reached)
        fmpq_div(&s->decision_value, &s->decision_value, total);
    return DTN_OK;
}

static dtn_status fill_signal(dtn_ctx *ctx, dtn_arena *arena, dtn_signal *s, const view *v, int lead)
{
    const dtn_tree *tree = v->tree;
    const dtn_infoset *h = &tree->infoset[lead];
    *s = (dtn_signal){
        .player = h->player, .move = h->move, .name = h->name, .types = tree->player[h->player].types};
    int *infoset;
    fmpq *work;
    dtn_message *message;
    DTN_ALLOC(ctx, ctx->scratch, infoset, s->types);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, work, tree->players + 2);
    DTN_ALLOC(ctx, arena, s->present, s->types);
    DTN_ALLOC_FMPQ(ctx, arena, s->prior, s->types);
    DTN_ALLOC(ctx, arena, message, h->actions);
    if (!dtn_arena_fmpq_at(arena, &s->decision_value, 1))
        return dtn_fail_nomem(ctx);
    for (int g = lead; g < tree->infosets; g++)
        if (g == lead || (is_signal(tree, g) && same_situation(tree, lead, g))) {
            s->present[tree->infoset[g].type] = true;
            infoset[tree->infoset[g].type] = g;
        }
    /* The situation's name: the lead's without its type. */
    const char *type = tree->player[h->player].type_names[h->type];
    size_t move = strlen(h->move);
    if (strncmp(h->name, h->move, move) == 0 && h->name[move] == '.' &&
        strncmp(h->name + move + 1, type, strlen(type)) == 0)
        s->name = dtn_arena_printf(arena, "%s%s", h->move, h->name + move + 1 + strlen(type));
    if (!s->name)
        return dtn_fail_nomem(ctx);
    fmpq *total = work + tree->players + 1;
    find_prior(s, v, infoset, total);
    s->message = message;
    s->messages = h->actions;
    for (int a = 0; a < h->actions; a++)
        DTN_TRY(fill_message(ctx, arena, &message[a], s, v, infoset, a, work));
    s->bits = s->reached ? information(s) : 0;
    find_kind(s, v, infoset, work);
    return find_value(ctx, s, v, infoset, total);
}

dtn_status dtn_credibility_signals(dtn_ctx *ctx, dtn_arena *arena, const dtn_signal **out, int *count,
                                   const dtn_tree *tree, const dtn_equilibrium *e)
{
    view v = {.tree = tree, .e = e};
    dtn_signal *list;
    DTN_ALLOC(ctx, arena, list, tree->infosets);
    *out = list;
    *count = 0;
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, v.reach, tree->nodes);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, v.value, (size_t)tree->nodes * (size_t)tree->players);
    DTN_ALLOC(ctx, ctx->scratch, v.size, tree->nodes);
    dtn_assessment_reach(tree, e->at.sigma, v.reach);
    dtn_assessment_values(tree, e->at.sigma, v.value);
    for (int n = tree->nodes - 1; n >= 0; n--) {
        v.size[n]++;
        if (n)
            v.size[tree->node[n].parent] += v.size[n];
    }
    for (int h = 0; h < tree->infosets; h++) {
        bool leads = is_signal(tree, h);
        for (int g = 0; g < h && leads; g++)
            leads = !is_signal(tree, g) || !same_situation(tree, g, h);
        if (leads)
            DTN_TRY(fill_signal(ctx, arena, &list[(*count)++], &v, h));
    }
    dtn_arena_release(ctx->scratch, mark);
    return DTN_OK;
}
