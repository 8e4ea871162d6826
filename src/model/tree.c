/* A frozen tree: its flags, subgames, and its numbers at another point of the parameter space.
 *
 * Cost: linear in the nodes (repricing: in the size of the formulas). Exact: yes. */
#include "model/tree.h"

#include <string.h>

#include "model/tree_builder.h"

void dtn_tree_free(dtn_tree *tree)
{
    if (tree)
        dtn_arena_free(tree->arena); /* tree lives there */
}

dtn_status dtn_tree_check(dtn_ctx *ctx, dtn_tree *t)
{
    fmpq_t sum, first;
    fmpq_init(sum);
    fmpq_init(first);
    dtn_status status = DTN_OK;
    for (int i = 0; i < t->nodes && status == DTN_OK; i++) {
        const dtn_node *n = &t->node[i];
        if (n->kind != DTN_NODE_CHANCE)
            continue;
        fmpq_zero(sum);
        for (int k = 0; k < n->branches; k++) {
            const fmpq *p = &t->chance[t->children[n->first_child + k]];
            if (fmpq_sgn(p) < 0)
                status = dtn_fail(ctx, DTN_DOMAIN, "node %d%s%s: a negative probability", i,
                                  *n->move ? ", move " : "", n->move);
            fmpq_add(sum, sum, p);
        }
        if (status == DTN_OK && !fmpq_is_one(sum)) {
            dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
            const char *text = dtn_rational_text(ctx->scratch, sum);
            status = dtn_fail(ctx, DTN_DOMAIN, "node %d%s%s: the probabilities of chance sum to %s, not 1", i,
                              *n->move ? ", move " : "", n->move, text ? text : "another number");
            dtn_arena_release(ctx->scratch, mark);
        }
    }
    t->constant_sum = true;
    for (int k = 0; k < t->terminals && t->constant_sum; k++) {
        fmpq_zero(sum);
        for (int p = 0; p < t->players; p++)
            fmpq_add(sum, sum, dtn_payoffs_at(&t->payoff, (size_t)k * (size_t)t->players + (size_t)p).q);
        if (k == 0)
            fmpq_set(first, sum);
        t->constant_sum = fmpq_equal(first, sum);
    }
    fmpq_clear(sum);
    fmpq_clear(first);
    return status;
}

/* One number of the tree at the point; formulas shared by neighbours are evaluated once. */
static dtn_status price(dtn_ctx *ctx, fmpq *out, const dtn_expr *formula, const dtn_expr *previous,
                        const fmpq *known, const fmpq *slots)
{
    if (formula == previous) {
        fmpq_set(out, known);
        return DTN_OK;
    }
    return dtn_expr_exact(ctx, out, formula, slots);
}

/* Probability of each draw of types: the product along its path. */
static void draw_probabilities(const dtn_tree *t, fmpq *prob)
{
    for (int d = 0; d < t->draws; d++) {
        fmpq_one(&prob[d]);
        for (int i = t->draw[d].node; i > 0; i = t->node[i].parent)
            fmpq_mul(&prob[d], &prob[d], &t->chance[i]);
    }
}

dtn_status dtn_tree_reprice(dtn_ctx *ctx, dtn_tree *t, const fmpq *slots)
{
    if (!t->payoff_formula)
        return dtn_fail(ctx, DTN_DOMAIN, "the tree was read from numbers: it has no parameters");
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    size_t values = (size_t)t->terminals * (size_t)t->players;
    fmpq *payoff, *chance; /* new numbers, exchanged with the old ones when all are known */
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, payoff, values);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, chance, t->nodes);
    dtn_status status = DTN_OK;
    size_t players = (size_t)t->players;
    for (size_t k = 0; k < values && status == DTN_OK; k++)
        status =
            price(ctx, &payoff[k], t->payoff_formula[k], k >= players ? t->payoff_formula[k - players] : NULL,
                  k >= players ? &payoff[k - players] : NULL, slots);
    for (int i = 0; i < t->nodes && status == DTN_OK; i++) {
        fmpq_one(&chance[i]);
        if (t->chance_formula && t->chance_formula[i])
            status = dtn_expr_exact(ctx, &chance[i], t->chance_formula[i], slots);
    }
    if (status == DTN_OK) {
        fmpq *old_payoff = (fmpq *)t->payoff.exact, *old_chance = (fmpq *)t->chance;
        for (size_t k = 0; k < values; k++)
            fmpq_swap(&old_payoff[k], &payoff[k]);
        for (int i = 0; i < t->nodes; i++)
            fmpq_swap(&old_chance[i], &chance[i]);
        status = dtn_tree_check(ctx, t);
        if (status != DTN_OK) { /* as it was */
            for (size_t k = 0; k < values; k++)
                fmpq_swap(&old_payoff[k], &payoff[k]);
            for (int i = 0; i < t->nodes; i++)
                fmpq_swap(&old_chance[i], &chance[i]);
        }
        draw_probabilities(t, (fmpq *)t->draw_prob);
    }
    dtn_arena_release(ctx->scratch, mark);
    return status;
}

dtn_status dtn_tree_subgames(dtn_ctx *ctx, bool *subgame, const dtn_tree *t)
{
    /* A node starts a subgame iff the members of all information sets met below it lie below it. Nodes below a node are
     * consecutive: a backward sweep carries the first and the last node that those sets span, and the end of the subtree. */
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    int *first, *last, *end;
    DTN_ALLOC(ctx, ctx->scratch, first, 3 * (size_t)t->nodes);
    last = first + t->nodes;
    end = last + t->nodes;
    for (int i = 0; i < t->nodes; i++)
        first[i] = last[i] = i;
    for (int i = t->nodes - 1; i >= 0; i--) {
        const dtn_node *n = &t->node[i];
        bool shared = false;
        end[i] = end[i] ? end[i] : i + 1;
        if (n->kind == DTN_NODE_DECISION) {
            const dtn_infoset *set = &t->infoset[n->infoset];
            const int *member = t->members + set->first_member;
            shared = set->members > 1;
            first[i] = member[0] < first[i] ? member[0] : first[i];
            last[i] = member[set->members - 1] > last[i] ? member[set->members - 1] : last[i];
        }
        subgame[i] = n->kind != DTN_NODE_TERMINAL && !shared && first[i] >= i && last[i] < end[i];
        if (i == 0)
            break;
        int up = n->parent;
        end[up] = end[up] ? end[up] : end[i]; /* the last child comes first */
        first[up] = first[i] < first[up] ? first[i] : first[up];
        last[up] = last[i] > last[up] ? last[i] : last[up];
    }
    dtn_arena_release(ctx->scratch, mark);
    return DTN_OK;
}
