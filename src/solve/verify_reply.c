/* Verifier: best replies of one player against the strategies of an assessment.
 *
 * Method: one walk below the roots carries the others' probability and the player's own last action to every end; summed by that action
 *   they are sequence-form payoffs, and with perfect recall the own information sets, taken backwards, keep the best action each.
 * Cost: linear in the nodes below the roots. Exact.
 * Source: D. Koller, N. Megiddo, B. von Stengel, Games and Economic Behavior 14 (1996); the verifier shares no code with solvers. */
#include "solve/verify_tree.h"

const fmpq *dtn_check_branch(const dtn_check *c, int node)
{
    const dtn_tree *t = c->tree;
    const dtn_node *parent = &t->node[t->node[node].parent];
    if (parent->kind == DTN_NODE_CHANCE)
        return &t->chance[node];
    return &c->sigma[t->infoset[parent->infoset].first_action + t->node[node].branch];
}

/* Weight and last own action of a node from its parent's. */
static void enter(dtn_check *c, int player, int node)
{
    const dtn_tree *t = c->tree;
    int above = t->node[node].parent;
    const dtn_node *parent = &t->node[above];
    if (parent->kind == DTN_NODE_DECISION && t->infoset[parent->infoset].player == player) {
        fmpq_set(c->weight + node, c->weight + above);
        c->last[node] = t->infoset[parent->infoset].first_action + t->node[node].branch;
        return;
    }
    const fmpq *branch = dtn_check_branch(c, node);
    if (fmpq_is_one(branch))
        fmpq_set(c->weight + node, c->weight + above);
    else
        fmpq_mul(c->weight + node, c->weight + above, branch);
    c->last[node] = c->last[above];
}

/* First visit of an own information set: its actions start at 0. */
static void touch(dtn_check *c, int infoset, int parent, int *count)
{
    if (c->seen[infoset])
        return;
    const dtn_infoset *h = &c->tree->infoset[infoset];
    c->seen[infoset] = true;
    c->parent[infoset] = parent;
    c->touched[(*count)++] = infoset;
    for (int a = 0; a < h->actions; a++)
        fmpq_zero(c->gain + h->first_action + a);
}

static int best_action(const dtn_check *c, int infoset)
{
    const dtn_infoset *h = &c->tree->infoset[infoset];
    int best = h->first_action;
    for (int a = best + 1; a < h->first_action + h->actions; a++)
        if (fmpq_cmp(c->gain + a, c->gain + best) > 0)
            best = a;
    return best;
}

/* The first information set that the player's own play allows and at which it plays something worse than the best. */
static dtn_deviation first_deviation(const dtn_check *c, int count)
{
    for (int i = 0; i < count; i++) {
        int infoset = c->touched[i], above = c->parent[infoset];
        /* seen[] now means: not excluded by the player itself */
        c->seen[infoset] =
            above < 0 || (c->seen[c->tree->action[above].infoset] && !fmpq_is_zero(c->sigma + above));
        if (!c->seen[infoset])
            continue;
        const dtn_infoset *h = &c->tree->infoset[infoset];
        int best = best_action(c, infoset);
        for (int a = h->first_action; a < h->first_action + h->actions; a++)
            if (!fmpq_is_zero(c->sigma + a) && fmpq_cmp(c->gain + a, c->gain + best) < 0)
                return (dtn_deviation){infoset, best};
    }
    return (dtn_deviation){-1, -1};
}

void dtn_check_best_reply(dtn_check *c, fmpq_t gain, dtn_deviation *where, int player, const int *root,
                          const fmpq *root_weight, int roots, bool stop)
{
    const dtn_tree *t = c->tree;
    size_t players = (size_t)t->players;
    int touched = 0;
    fmpq_zero(gain);
    for (int r = 0; r < roots; r++) {
        if (fmpq_is_zero(root_weight + r))
            continue;
        fmpq_submul(gain, root_weight + r, c->value + (size_t)root[r] * players + (size_t)player);
        for (int n = root[r]; n < c->end[root[r]];) {
            if (n == root[r]) {
                fmpq_set(c->weight + n, root_weight + r);
                c->last[n] = -1;
            } else {
                enter(c, player, n);
            }
            bool leaf = t->node[n].kind == DTN_NODE_TERMINAL || (stop && n != root[r] && c->subgame[n]);
            if (leaf) {
                if (!fmpq_is_zero(c->weight + n))
                    fmpq_addmul(c->last[n] < 0 ? gain : c->gain + c->last[n], c->weight + n,
                                c->value + (size_t)n * players + (size_t)player);
                n = c->end[n];
                continue;
            }
            if (t->node[n].infoset >= 0 && t->infoset[t->node[n].infoset].player == player)
                touch(c, t->node[n].infoset, c->last[n], &touched);
            n++;
        }
    }
    for (int i = touched - 1; i >= 0; i--) {
        const fmpq *best = c->gain + best_action(c, c->touched[i]);
        int above = c->parent[c->touched[i]];
        fmpq_add(above < 0 ? gain : c->gain + above, above < 0 ? gain : c->gain + above, best);
    }
    if (where)
        *where = fmpq_sgn(gain) > 0 ? first_deviation(c, touched) : (dtn_deviation){-1, -1};
    for (int i = 0; i < touched; i++)
        c->seen[c->touched[i]] = false;
}
