/* Verifier: messages that nobody sends, and the linear data of the replies to them (definitions: verify_signal.h).
 * Cost: pairs of unplayed actions times information sets, and the nodes below. Exact. */
#include "solve/verify_signal.h"

#include "solve/verify_settled.h"

typedef struct gather {
    dtn_check *c;
    dtn_settled settled;
    int *type;        /* [infosets] */
    bool *hears;      /* [infosets] working space: other players' sets that are next after an action */
    int *group;       /* [actions] message that an unplayed action belongs to, -1 */
    bool *answered;   /* [infosets] open sets that reply to a message that can be examined */
    bool *impossible; /* [nodes] chance never leads there */
} gather;

/* Marks the sets of other players that move next after an action. */
static void listeners(const gather *g, int action, bool *hears)
{
    const dtn_tree *t = g->c->tree;
    const dtn_infoset *from = &t->infoset[t->action[action].infoset];
    for (int h = 0; h < t->infosets; h++)
        hears[h] = false;
    for (int k = 0; k < from->members; k++) {
        int start = dtn_tree_child(t, t->members[from->first_member + k], action - from->first_action);
        for (int n = start; n < g->c->end[start];) {
            int h = t->node[n].infoset;
            bool other = h >= 0 && t->infoset[h].player != from->player;
            if (other)
                hears[h] = true;
            n = other ? g->c->end[n] : n + 1;
        }
    }
}

/* A mover of some type could have acted so, and does not. */
static bool unsent(const gather *g, int action)
{
    int h = g->c->tree->action[action].infoset;
    return g->c->reached[h] && g->type[h] >= 0 && fmpq_is_zero(g->c->sigma + action);
}

/* Joins a later action to the groups whose listeners it shares. */
static dtn_status find_groups(dtn_ctx *ctx, gather *g)
{
    const dtn_tree *t = g->c->tree;
    bool *hears;
    DTN_ALLOC(ctx, ctx->scratch, hears, t->infosets);
    for (int a = 0; a < t->actions; a++)
        g->group[a] = unsent(g, a) ? a : -1;
    for (int a = 0; a < t->actions; a++) {
        if (g->group[a] < 0)
            continue;
        listeners(g, a, g->hears);
        for (int b = 0; b < a; b++) {
            if (g->group[b] < 0 || g->group[b] == g->group[a] ||
                t->infoset[t->action[a].infoset].player != t->infoset[t->action[b].infoset].player)
                continue;
            bool shared = false;
            listeners(g, b, hears);
            for (int h = 0; h < t->infosets; h++)
                shared = shared || (g->hears[h] && hears[h]);
            int from = g->group[a], to = g->group[b];
            for (int k = 0; k < t->actions && shared; k++)
                g->group[k] = g->group[k] == from ? to : g->group[k];
        }
    }
    return DTN_OK;
}

static void find_senders(const gather *g, dtn_signal *m, int group)
{
    const dtn_tree *t = g->c->tree;
    for (int a = 0; a < t->actions; a++) {
        if (g->group[a] != group)
            continue;
        int h = t->action[a].infoset;
        for (int k = 0; k < m->types; k++)
            if (m->sender[k].type == g->type[h])
                m->obstacle = "indistinct actions";
        if (m->types == DTN_SIGNAL_TYPES) {
            m->obstacle = "too many types";
            return;
        }
        m->player = t->infoset[h].player;
        m->sender[m->types++] = (dtn_signal_sender){h, a, g->type[h]};
    }
}

/* Which sender's action lies above a node, -1: none. *plain: all else on the path is played, so that the node is as
 * likely as the message; *blocked: another open set lies between. *weight: probability of the path without the message. */
static int sender_above(const gather *g, const dtn_signal *m, int node, bool *plain, bool *blocked,
                        fmpq_t weight)
{
    const dtn_tree *t = g->c->tree;
    int found = -1;
    *plain = true;
    *blocked = false;
    fmpq_one(weight);
    for (int n = node; n > 0; n = t->node[n].parent) {
        const dtn_node *up = &t->node[t->node[n].parent];
        int action = up->infoset < 0 ? -1 : t->infoset[up->infoset].first_action + t->node[n].branch;
        int sender = -1;
        for (int k = 0; k < m->types; k++)
            if (m->sender[k].action == action)
                sender = k;
        if (sender >= 0) {
            found = sender;
            continue;
        }
        if (found < 0 && up->infoset >= 0 && g->settled.open[up->infoset])
            *blocked = true;
        const fmpq *branch = dtn_check_branch(g->c, n);
        *plain = *plain && !fmpq_is_zero(branch);
        fmpq_mul(weight, weight, branch);
    }
    return found;
}

static const char *reply_obstacle(const gather *g, const dtn_signal *m, int h, fmpq_t weight)
{
    const dtn_tree *t = g->c->tree;
    unsigned seen = 0;
    if (t->infoset[h].player == m->player)
        return "continuation";
    for (int k = 0; k < t->infoset[h].members; k++) {
        int node = t->members[t->infoset[h].first_member + k];
        bool plain, blocked;
        if (g->impossible[node])
            continue;
        int sender = sender_above(g, m, node, &plain, &blocked, weight);
        if (blocked)
            return "continuation";
        if (sender < 0)
            return "several deviators";
        if (plain)
            seen |= 1U << sender;
    }
    return seen == (1U << m->types) - 1 ? NULL : "partial observation";
}

static void find_replies(const gather *g, dtn_signal *m, fmpq_t weight)
{
    const dtn_tree *t = g->c->tree;
    for (int h = 0; h < t->infosets; h++) {
        bool below = false, plain, blocked;
        for (int k = 0; k < t->infoset[h].members && !below && g->settled.open[h]; k++)
            below =
                sender_above(g, m, t->members[t->infoset[h].first_member + k], &plain, &blocked, weight) >= 0;
        if (!below)
            continue;
        if (m->replies == DTN_SIGNAL_REPLIES) {
            m->obstacle = "too many replies";
            return;
        }
        m->first[m->replies + 1] = m->first[m->replies] + t->infoset[h].actions;
        m->reply[m->replies++] = h;
        const char *obstacle = reply_obstacle(g, m, h, weight);
        m->obstacle = m->obstacle ? m->obstacle : obstacle;
    }
}

/* f_t: walks below the message, stopping at replies. */
static void fill_gain(const gather *g, const dtn_signal *m, int k, fmpq *weight)
{
    const dtn_check *c = g->c;
    const dtn_tree *t = c->tree;
    size_t players = (size_t)t->players, p = (size_t)m->player;
    int columns = m->first[m->replies];
    fmpq *f = m->gain + (size_t)k * (size_t)(columns + 1);
    const dtn_infoset *from = &t->infoset[m->sender[k].infoset];
    for (int i = 0; i < from->members; i++) {
        int x = t->members[from->first_member + i];
        fmpq_submul(f + columns, c->reach + x, c->value + (size_t)x * players + p);
        int start = dtn_tree_child(t, x, m->sender[k].action - from->first_action);
        fmpq_set(weight + start, c->reach + x);
        for (int n = start; n < c->end[start];) {
            int h = t->node[n].infoset, reply = -1;
            for (int r = 0; r < m->replies; r++)
                reply = m->reply[r] == h ? r : reply;
            if (n != start)
                fmpq_mul(weight + n, weight + t->node[n].parent, dtn_check_branch(c, n));
            if (fmpq_is_zero(weight + n)) {
                n = c->end[n];
            } else if (reply >= 0) {
                for (int b = 0; b < t->infoset[h].actions; b++)
                    fmpq_addmul(f + m->first[reply] + b, weight + n,
                                c->value + (size_t)dtn_tree_child(t, n, b) * players + p);
                n = c->end[n];
            } else {
                if (t->node[n].kind == DTN_NODE_TERMINAL)
                    fmpq_addmul(f + columns, weight + n, c->value + (size_t)n * players + p);
                n++;
            }
        }
    }
}

static void fill_margin(const gather *g, const dtn_signal *m, int reply, fmpq_t weight)
{
    const dtn_check *c = g->c;
    const dtn_tree *t = c->tree;
    const dtn_infoset *set = &t->infoset[m->reply[reply]];
    size_t players = (size_t)t->players, p = (size_t)set->player;
    for (int i = 0; i < set->members; i++) {
        int n = t->members[set->first_member + i];
        bool plain, blocked;
        int k = sender_above(g, m, n, &plain, &blocked, weight);
        if (k < 0 || !plain)
            continue;
        for (int b = 0; b < set->actions; b++)
            fmpq_addmul(m->margin + (size_t)(m->first[reply] + b) * (size_t)m->types + (size_t)k, weight,
                        c->value + (size_t)dtn_tree_child(t, n, b) * players + p);
    }
}

static dtn_status fill(dtn_ctx *ctx, gather *g, dtn_signal *m, fmpq_t weight)
{
    size_t columns = (size_t)m->first[m->replies], types = (size_t)m->types;
    fmpq *below;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, below, g->c->tree->nodes);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, m->gain, types * (columns + 1));
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, m->margin, columns * types);
    for (int k = 0; k < m->types; k++)
        fill_gain(g, m, k, below);
    for (int r = 0; r < m->replies; r++) {
        fill_margin(g, m, r, weight);
        g->answered[m->reply[r]] = true;
    }
    return DTN_OK;
}

/* Do the nodes of a set differ in what others did against their plans, or in open sets? Then belief there is a choice. */
static bool belief_is_free(const gather *g, int h, bool *above)
{
    const dtn_tree *t = g->c->tree;
    const int *member = t->members + t->infoset[h].first_member;
    for (int k = 0; k < t->infoset[h].members; k++) {
        if (g->impossible[member[k]])
            continue;
        for (int a = 0; a < t->actions; a++)
            above[a] = false;
        for (int n = member[k]; n > 0; n = t->node[n].parent)
            if (t->node[t->node[n].parent].infoset >= 0)
                above[t->infoset[t->node[t->node[n].parent].infoset].first_action + t->node[n].branch] = true;
        for (int i = 0; i < t->infoset[h].members; i++)
            for (int n = member[i]; n > 0 && !g->impossible[member[i]]; n = t->node[n].parent) {
                int from = t->node[t->node[n].parent].infoset;
                if (from < 0 || t->infoset[from].player == t->infoset[h].player)
                    continue;
                int action = t->infoset[from].first_action + t->node[n].branch;
                if (!above[action] && (g->settled.open[from] || fmpq_is_zero(g->c->sigma + action)))
                    return true;
            }
    }
    return false;
}

static dtn_status gather_new(dtn_ctx *ctx, gather *g, dtn_check *c)
{
    const dtn_tree *t = c->tree;
    *g = (gather){.c = c};
    DTN_ALLOC(ctx, ctx->scratch, g->hears, t->infosets);
    DTN_ALLOC(ctx, ctx->scratch, g->answered, t->infosets);
    DTN_ALLOC(ctx, ctx->scratch, g->group, t->actions);
    DTN_ALLOC(ctx, ctx->scratch, g->impossible, t->nodes);
    for (int n = 1; n < t->nodes; n++)
        g->impossible[n] = g->impossible[t->node[n].parent] ||
                           (t->node[t->node[n].parent].kind == DTN_NODE_CHANCE && fmpq_is_zero(t->chance + n));
    DTN_TRY(dtn_settled_new(ctx, &g->settled, c));
    DTN_TRY(dtn_check_types(ctx, c, &g->type));
    return find_groups(ctx, g);
}

dtn_status dtn_check_signals(dtn_ctx *ctx, dtn_check *c, dtn_signal **out, int *count, const char **obstacle)
{
    const dtn_tree *t = c->tree;
    gather g;
    fmpq *weight;
    bool *above;
    *count = 0;
    *obstacle = NULL;
    DTN_TRY(gather_new(ctx, &g, c));
    DTN_ALLOC(ctx, ctx->scratch, *out, t->actions + 1);
    DTN_ALLOC(ctx, ctx->scratch, above, t->actions);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, weight, 1);
    for (int a = 0; a < t->actions; a++) {
        if (g.group[a] != a)
            continue;
        dtn_signal *m = &(*out)[*count];
        *m = (dtn_signal){0};
        find_senders(&g, m, a);
        find_replies(&g, m, weight);
        if (m->types < 2 || m->replies == 0)
            continue;
        (*count)++;
        if (!m->obstacle)
            DTN_TRY(fill(ctx, &g, m, weight));
        else if (!*obstacle)
            *obstacle = m->obstacle;
    }
    bool typed = false; /* otherwise the refinements have nobody to speak of */
    for (int h = 0; h < t->infosets; h++)
        typed = typed || g.type[h] >= 0;
    for (int h = 0; h < t->infosets && !*obstacle && typed; h++)
        if (g.settled.open[h] && !g.answered[h] && belief_is_free(&g, h, above))
            *obstacle = "beliefs beyond one message";
    return DTN_OK;
}
