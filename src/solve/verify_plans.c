/* Verifier of optimal plans in a constant-sum tree: they are the plans of the strategies shown, and neither side can have more.
 *
 * Method: a walk down the tree multiplies the strategies shown; the plans must say the same. The regrets of both players are 0 by the
 *   verifier of equilibria (verify_tree.c): so each plan guarantees its payoff in the pair, and these add up to the constant sum.
 * Cost: linear in nodes. Exact. */
#include "solve/verify_finding.h"

/* reach[action] = probability that its player does everything up to and with it. */
static dtn_status own_reach(dtn_ctx *ctx, fmpq **out, const dtn_tree *t, const fmpq *sigma)
{
    fmpq *at, *reach; /* [nodes] [players]: own part of the way here */
    size_t players = (size_t)t->players;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, at, (size_t)t->nodes * players);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, reach, t->actions);
    for (int n = 0; n < t->nodes; n++) {
        const dtn_node *node = &t->node[n];
        for (size_t p = 0; p < players; p++)
            if (n == 0)
                fmpq_one(at + p);
            else
                fmpq_set(at + (size_t)n * players + p, at + (size_t)node->parent * players + p);
        int h = n > 0 ? t->node[node->parent].infoset : -1;
        if (h < 0)
            continue;
        int a = t->infoset[h].first_action + node->branch;
        fmpq *own = at + (size_t)n * players + (size_t)t->infoset[h].player;
        fmpq_mul(own, own, sigma + a);
        fmpq_set(reach + a, own);
    }
    *out = reach;
    return DTN_OK;
}

dtn_status dtn_verify_plans(dtn_ctx *ctx, dtn_equilibria *found, const dtn_tree *tree)
{
    const dtn_fact *value = dtn_finding_fact_of(&found->finding, "value");
    const dtn_finding_table *plans = dtn_finding_table_of(&found->finding, "plans");
    if (!value || !plans || found->count != 1)
        return dtn_fail(ctx, DTN_INTERNAL, "the verifier of plans was given none");
    const dtn_equilibrium *e = found->item;
    for (int p = 0; p < 2; p++)
        if (!fmpq_is_zero(e->regret + p))
            return dtn_fail(ctx, DTN_INTERNAL, "the plan of %s is not optimal", tree->player[p].name);
    if (!fmpq_equal(e->payoff, value->cell.exact))
        return dtn_fail(ctx, DTN_INTERNAL, "the plans do not give the value that is claimed");
    fmpq *reach;
    DTN_TRY(own_reach(ctx, &reach, tree, e->at.sigma));
    for (const dtn_finding_row *r = plans->row; r; r = r->next) {
        int a = dtn_finding_cell_of(plans, r, "sequence").strategy;
        if (!fmpq_equal(reach + a, dtn_finding_cell_of(plans, r, "weight").exact))
            return dtn_fail(ctx, DTN_INTERNAL, "the weight of %s is not what the strategies give",
                            tree->action[a].name);
        fmpq_zero(reach + a);
    }
    for (int a = 0; a < tree->actions; a++)
        if (!fmpq_is_zero(reach + a))
            return dtn_fail(ctx, DTN_INTERNAL, "%s is played and has no weight in the plans",
                            tree->action[a].name);
    dtn_finding_certify(
        ctx, &found->finding,
        "no reply gives %s less than the value, and none gives %s more than the rest; the plans are "
        "those of the strategies shown",
        tree->player[0].name, tree->player[1].name);
    return dtn_finding_status(&found->finding);
}
