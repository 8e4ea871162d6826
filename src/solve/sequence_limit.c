/* What polynomials of trembles tend to: strategies and consistent beliefs.
 *
 * Method: a quotient of polynomials tends to that of their lowest coefficients where the powers are equal, else to 0. Beliefs are the
 *   shares of the members in the probability of their set, of which a player's own part is common to all.
 * Cost: linear in nodes. Exact. */
#include "solve/sequence_epsilon.h"

/* Lowest power of a polynomial that is not 0. */
static int order(const fmpz *p, int terms)
{
    int i = 0;
    while (i < terms - 1 && fmpz_is_zero(p + i))
        i++;
    return i;
}

typedef struct limit {
    const dtn_tree *tree;
    const dtn_trembles *trembles;
    int *last;    /* [nodes][2] last own action, -1 */
    fmpq *chance; /* [nodes] */
} limit;

static const fmpz *weight(const limit *l, int player, int action)
{
    return action < 0 ? l->trembles->whole + player * l->trembles->terms
                      : l->trembles->weight + (size_t)action * (size_t)l->trembles->terms;
}

static dtn_status walk(dtn_ctx *ctx, limit *l)
{
    const dtn_tree *t = l->tree;
    DTN_ALLOC(ctx, ctx->scratch, l->last, 2 * (size_t)t->nodes);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, l->chance, t->nodes);
    l->last[0] = l->last[1] = -1;
    fmpq_one(l->chance);
    for (int n = 1; n < t->nodes; n++) {
        int up = t->node[n].parent, h = t->node[up].infoset;
        for (int p = 0; p < 2; p++)
            l->last[2 * n + p] = l->last[2 * up + p];
        fmpq_mul(l->chance + n, l->chance + up, t->chance + n);
        if (h >= 0)
            l->last[2 * n + t->infoset[h].player] = t->infoset[h].first_action + t->node[n].branch;
    }
    return DTN_OK;
}

static void strategy(const limit *l, const dtn_infoset *h, fmpq *sigma)
{
    int terms = l->trembles->terms;
    const fmpz *from = weight(l, h->player, l->last[2 * l->tree->members[h->first_member] + h->player]);
    int k = order(from, terms);
    for (int a = h->first_action; a < h->first_action + h->actions; a++) {
        const fmpz *own = weight(l, h->player, a);
        if (order(own, terms) == k)
            fmpq_set_fmpz_frac(sigma + a, own + k, from + k);
    }
}

/* Shares of the members among those of the lowest power; even where chance excludes them all. */
static void beliefs(const limit *l, const dtn_infoset *h, fmpq *belief, fmpq *total)
{
    const dtn_tree *t = l->tree;
    const int *member = t->members + h->first_member;
    int terms = l->trembles->terms, other = 1 - h->player, least = terms;
    for (int k = 0; k < h->members; k++) {
        int own = order(weight(l, other, l->last[2 * member[k] + other]), terms);
        if (!fmpq_is_zero(l->chance + member[k]) && own < least)
            least = own;
    }
    fmpq_zero(total);
    for (int k = 0; k < h->members; k++) {
        const fmpz *w = weight(l, other, l->last[2 * member[k] + other]);
        fmpq *to = belief + member[k];
        fmpq_zero(to);
        if (least == terms)
            fmpq_one(to);
        else if (order(w, terms) == least)
            fmpq_mul_fmpz(to, l->chance + member[k], w + least);
        fmpq_add(total, total, to);
    }
    for (int k = 0; k < h->members; k++)
        fmpq_div(belief + member[k], belief + member[k], total);
}

static dtn_status take(dtn_ctx *ctx, limit *l, dtn_assessment *at)
{
    fmpq *total;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, total, 1);
    DTN_TRY(walk(ctx, l));
    for (int h = 0; h < l->tree->infosets; h++) {
        strategy(l, &l->tree->infoset[h], at->sigma);
        beliefs(l, &l->tree->infoset[h], at->belief, total);
    }
    return DTN_OK;
}

dtn_status dtn_trembles_limit(dtn_ctx *ctx, dtn_assessment *at, const dtn_tree *tree,
                              const dtn_trembles *trembles)
{
    limit l = {.tree = tree, .trembles = trembles};
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = take(ctx, &l, at);
    dtn_arena_release(ctx->scratch, mark);
    return status;
}
