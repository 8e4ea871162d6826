/* Verifier: which information sets off the path are settled whatever is believed, and the types of movers.
 *
 * Method: intervals of continuation payoffs from the ends up, play on the path as it is, off it any action not yet dominated; an action
 *   whose greatest value is below another's least value at every node of its set goes; repeated until nothing goes.
 * Cost: rounds x nodes x players. Exact. */
#include "solve/verify_settled.h"

/* Intervals of one node from its children. */
static void bound(dtn_settled *s, const dtn_check *c, int n)
{
    const dtn_tree *t = c->tree;
    size_t players = (size_t)t->players;
    const dtn_node *node = &t->node[n];
    fmpq *lo = s->lo + (size_t)n * players, *hi = s->hi + (size_t)n * players;
    if (node->kind == DTN_NODE_TERMINAL) {
        for (size_t p = 0; p < players; p++) {
            fmpq_set(lo + p, dtn_payoffs_at(&t->payoff, (size_t)node->terminal * players + p).q);
            fmpq_set(hi + p, lo + p);
        }
        return;
    }
    bool average = node->kind == DTN_NODE_CHANCE || c->reached[node->infoset], first = true;
    for (size_t p = 0; p < players; p++) {
        fmpq_zero(lo + p);
        fmpq_zero(hi + p);
    }
    for (int b = 0; b < node->branches; b++) {
        int child = dtn_tree_child(t, n, b);
        const fmpq *low = s->lo + (size_t)child * players, *high = s->hi + (size_t)child * players;
        if (!average && !s->allowed[t->infoset[node->infoset].first_action + b])
            continue;
        for (size_t p = 0; p < players; p++) {
            if (average) {
                fmpq_addmul(lo + p, dtn_check_branch(c, child), low + p);
                fmpq_addmul(hi + p, dtn_check_branch(c, child), high + p);
            } else {
                if (first || fmpq_cmp(low + p, lo + p) < 0)
                    fmpq_set(lo + p, low + p);
                if (first || fmpq_cmp(high + p, hi + p) > 0)
                    fmpq_set(hi + p, high + p);
            }
        }
        first = false;
    }
}

/* At every node of h: greatest value of branch a below the least of branch b? */
static bool dominated(const dtn_settled *s, const dtn_check *c, int h, int a, int b)
{
    const dtn_tree *t = c->tree;
    size_t players = (size_t)t->players, p = (size_t)t->infoset[h].player;
    for (int k = 0; k < t->infoset[h].members; k++) {
        int n = t->members[t->infoset[h].first_member + k];
        size_t x = (size_t)dtn_tree_child(t, n, a), y = (size_t)dtn_tree_child(t, n, b);
        if (fmpq_cmp(s->hi + x * players + p, s->lo + y * players + p) >= 0)
            return false;
    }
    return true;
}

static bool remove_dominated(dtn_settled *s, const dtn_check *c, int h)
{
    const dtn_infoset *set = &c->tree->infoset[h];
    bool removed = false;
    for (int a = 0; a < set->actions; a++)
        for (int b = 0; b < set->actions && s->allowed[set->first_action + a]; b++) {
            if (a == b || !s->allowed[set->first_action + b] || !dominated(s, c, h, a, b))
                continue;
            s->allowed[set->first_action + a] = false;
            removed = true;
        }
    return removed;
}

dtn_status dtn_settled_new(dtn_ctx *ctx, dtn_settled *s, const dtn_check *c)
{
    const dtn_tree *t = c->tree;
    size_t cells = (size_t)t->nodes * (size_t)t->players;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, s->lo, cells);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, s->hi, cells);
    DTN_ALLOC(ctx, ctx->scratch, s->allowed, t->actions);
    DTN_ALLOC(ctx, ctx->scratch, s->open, t->infosets);
    for (int a = 0; a < t->actions; a++)
        s->allowed[a] = true;
    for (bool again = true; again;) {
        DTN_TRY(dtn_ctx_poll(ctx));
        again = false;
        for (int n = t->nodes - 1; n >= 0; n--)
            bound(s, c, n);
        for (int h = 0; h < t->infosets; h++)
            if (!c->reached[h])
                again = remove_dominated(s, c, h) || again;
    }
    for (int h = 0; h < t->infosets; h++) {
        int left = 0;
        for (int a = 0; a < t->infoset[h].actions; a++)
            left += s->allowed[t->infoset[h].first_action + a];
        s->open[h] = !c->reached[h] && left > 1;
    }
    return DTN_OK;
}

/* --- types --------------------------------------------------------------------------------------- */

static int root_of(int *link, int i)
{
    while (link[i] != i)
        i = link[i] = link[link[i]];
    return i;
}

/* Without declared types: what chance drew in its opening moves, as far as the player can tell. */
static void derive(const dtn_tree *t, int player, const int *opening, int *link, int *type)
{
    int classes = 0;
    for (int n = 0; n < t->nodes; n++)
        link[n] = n;
    for (int n = 0; n < t->nodes; n++) {
        if (t->node[n].infoset < 0 || t->infoset[t->node[n].infoset].player != player)
            continue;
        int head = t->members[t->infoset[t->node[n].infoset].first_member];
        link[root_of(link, opening[n])] = root_of(link, opening[head]);
    }
    /* number[root] is kept in type order of first visit: information sets are few next to nodes, a search is enough */
    for (int h = 0; h < t->infosets; h++) {
        if (t->infoset[h].player != player)
            continue;
        int root = root_of(link, opening[t->members[t->infoset[h].first_member]]);
        type[h] = classes;
        for (int k = 0; k < h; k++)
            if (t->infoset[k].player == player &&
                root_of(link, opening[t->members[t->infoset[k].first_member]]) == root) {
                type[h] = type[k];
                break;
            }
        classes += type[h] == classes;
    }
    for (int h = 0; h < t->infosets && classes < 2; h++)
        if (t->infoset[h].player == player)
            type[h] = -1;
}

dtn_status dtn_check_types(dtn_ctx *ctx, const dtn_check *c, int **out)
{
    const dtn_tree *t = c->tree;
    int *type, *opening, *link;
    bool declared = t->draws > 0;
    DTN_ALLOC(ctx, ctx->scratch, type, t->infosets);
    DTN_ALLOC(ctx, ctx->scratch, opening, t->nodes);
    DTN_ALLOC(ctx, ctx->scratch, link, t->nodes);
    for (int h = 0; h < t->infosets; h++) {
        type[h] = t->infoset[h].type;
        declared = declared || type[h] >= 0;
    }
    *out = type;
    if (declared || t->node[0].kind != DTN_NODE_CHANCE)
        return DTN_OK;
    for (int n = 0; n < t->nodes; n++) {
        int up = t->node[n].parent;
        bool drawing = up < 0 || opening[up] < 0;
        opening[n] = !drawing ? opening[up] : t->node[n].kind == DTN_NODE_CHANCE ? -1 : n;
    }
    for (int p = 0; p < t->players; p++)
        derive(t, p, opening, link, type);
    return DTN_OK;
}
