/* Verifier: beliefs by Bayes on the path, and no signalling what you don't know (the equations of verify.h).
 * Cost: for each unreached information set, pairs of members times pairs of common information sets above them. Exact.
 * Source: D. Fudenberg, J. Tirole, Perfect Bayesian equilibrium and sequential equilibrium, J. Economic Theory 53 (1991). */
#include "solve/verify_tree.h"

bool dtn_check_bayes(dtn_check *c, dtn_fall *fall)
{
    const dtn_tree *t = c->tree;
    fmpq_t total, share;
    fmpq_init(total);
    fmpq_init(share);
    bool holds = true;
    for (int h = 0; h < t->infosets && holds; h++) {
        if (!c->reached[h] || t->infoset[h].members == 1)
            continue;
        const int *member = t->members + t->infoset[h].first_member;
        fmpq_zero(total);
        for (int k = 0; k < t->infoset[h].members; k++)
            fmpq_add(total, total, c->reach + member[k]);
        for (int k = 0; k < t->infoset[h].members && holds; k++) {
            fmpq_mul(share, total, c->belief + member[k]);
            holds = fmpq_equal(share, c->reach + member[k]);
        }
        if (!holds)
            fall->infoset = h;
    }
    fmpq_clear(total);
    fmpq_clear(share);
    return holds;
}

/* Path probabilities: out[n] = probability of the path from a node to member, for every node n on the path; above[n] without the
 * branch that leaves n. Arrays by depth. */
static void path_to(const dtn_check *c, int member, fmpq *with, fmpq *without)
{
    int depth = c->tree->node[member].depth;
    fmpq_one(with + depth);
    for (int n = member; n > 0; n = c->tree->node[n].parent) {
        int d = c->tree->node[n].depth;
        fmpq_set(without + d - 1, with + d);
        fmpq_mul(with + d - 1, with + d, dtn_check_branch(c, n));
    }
}

/* Ancestor of node at a depth, and the branch taken there. */
typedef struct step {
    int node, branch;
} step;

static void steps_to(const dtn_tree *t, int member, step *out)
{
    for (int n = member; n > 0; n = t->node[n].parent)
        out[t->node[n].depth - 1] = (step){t->node[n].parent, t->node[n].branch};
}

/* b(m) b(y) P(n|y) = b(n) b(x) P(m|x) */
static bool balanced(const fmpq *bm, const fmpq *by, const fmpq *pn, const fmpq *bn, const fmpq *bx,
                     const fmpq *pm, fmpq_t left, fmpq_t right)
{
    fmpq_mul(left, bm, pn);
    fmpq_mul(right, bn, pm);
    if (by) {
        fmpq_mul(left, left, by);
        fmpq_mul(right, right, bx);
    }
    return fmpq_equal(left, right);
}

typedef struct pair {
    step *up[2];
    fmpq *with[2], *without[2];
    fmpq left, right;
} pair;

static bool check_pair(dtn_check *c, pair *p, int m, int n, dtn_fall *fall)
{
    const dtn_tree *t = c->tree;
    for (int d = 0; d < t->node[m].depth; d++)
        for (int e = 0; e < t->node[n].depth; e++) {
            step x = p->up[0][d], y = p->up[1][e];
            bool same_node = x.node == y.node, same_branch = x.branch == y.branch;
            if (same_node ? same_branch
                          : t->node[x.node].infoset < 0 || t->node[x.node].infoset != t->node[y.node].infoset)
                continue;
            const fmpq *pm = same_branch ? p->without[0] + d : p->with[0] + d;
            const fmpq *pn = same_branch ? p->without[1] + e : p->with[1] + e;
            const fmpq *bx = same_node ? NULL : c->belief + x.node,
                       *by = same_node ? NULL : c->belief + y.node;
            if (balanced(c->belief + m, by, pn, c->belief + n, bx, pm, &p->left, &p->right))
                continue;
            fall->player = t->node[x.node].infoset < 0 ? -1 : t->infoset[t->node[x.node].infoset].player;
            fall->action =
                same_branch && !same_node ? t->infoset[t->node[x.node].infoset].first_action + x.branch : -1;
            return false;
        }
    return true;
}

dtn_status dtn_check_signalling(dtn_ctx *ctx, dtn_check *c, bool *holds, dtn_fall *fall)
{
    const dtn_tree *t = c->tree;
    int depth = 1;
    for (int n = 0; n < t->nodes; n++)
        depth = t->node[n].depth >= depth ? t->node[n].depth + 1 : depth;
    pair p = {0};
    for (int i = 0; i < 2; i++) {
        DTN_ALLOC(ctx, ctx->scratch, p.up[i], depth);
        DTN_ALLOC_FMPQ(ctx, ctx->scratch, p.with[i], depth);
        DTN_ALLOC_FMPQ(ctx, ctx->scratch, p.without[i], depth);
    }
    fmpq_init(&p.left);
    fmpq_init(&p.right);
    dtn_status status = DTN_OK;
    *holds = true;
    for (int h = 0; h < t->infosets && *holds && status == DTN_OK; h++) {
        if (c->reached[h])
            continue;
        const int *member = t->members + t->infoset[h].first_member;
        for (int i = 1; i < t->infoset[h].members && *holds && status == DTN_OK; i++) {
            status = dtn_ctx_poll(ctx);
            path_to(c, member[i], p.with[0], p.without[0]);
            steps_to(t, member[i], p.up[0]);
            for (int j = 0; j < i && *holds; j++) {
                path_to(c, member[j], p.with[1], p.without[1]);
                steps_to(t, member[j], p.up[1]);
                *holds = check_pair(c, &p, member[i], member[j], fall);
            }
        }
        if (!*holds)
            fall->infoset = h;
    }
    fmpq_clear(&p.left);
    fmpq_clear(&p.right);
    return status;
}
