/* Beliefs from equal trembles.
 *
 * Method: each node has the number of unused actions on its path and the product of the probabilities on the rest; at an
 * information set the nodes with the fewest mistakes share the belief in proportion to their products. That is the limit of
 * Bayes' rule for one sequence of completely mixed strategies, so consistent (Kreps & Wilson 1982). A chance move of
 * probability 0 counts as unreachable: infinitely many mistakes. Cost: linear in nodes. Exact. */
#include "analyse/trembles.h"

enum { NEVER = 1 << 29 };

dtn_status dtn_assessment_tremble(dtn_ctx *ctx, dtn_assessment *a, const dtn_tree *tree)
{
    int *mistakes;
    fmpq *weight, *total;
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    DTN_ALLOC(ctx, ctx->scratch, mistakes, tree->nodes);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, weight, tree->nodes);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, total, 1);
    fmpq_one(weight);
    for (int n = 1; n < tree->nodes; n++) {
        const dtn_node *above = &tree->node[tree->node[n].parent];
        bool chance = above->kind == DTN_NODE_CHANCE;
        const fmpq *p = chance ? &tree->chance[n]
                               : &a->sigma[tree->infoset[above->infoset].first_action + tree->node[n].branch];
        mistakes[n] = mistakes[tree->node[n].parent];
        fmpq_set(weight + n, weight + tree->node[n].parent);
        if (!fmpq_is_zero(p))
            fmpq_mul(weight + n, weight + n, p);
        else
            mistakes[n] = chance || mistakes[n] >= NEVER ? NEVER : mistakes[n] + 1;
    }
    for (int h = 0; h < tree->infosets; h++) {
        const int *member = tree->members + tree->infoset[h].first_member;
        int fewest = NEVER;
        for (int k = 0; k < tree->infoset[h].members; k++)
            fewest = mistakes[member[k]] < fewest ? mistakes[member[k]] : fewest;
        fmpq_zero(total);
        for (int k = 0; k < tree->infoset[h].members; k++)
            if (mistakes[member[k]] == fewest)
                fmpq_add(total, total, weight + member[k]);
        for (int k = 0; k < tree->infoset[h].members; k++) {
            fmpq *belief = a->belief + member[k];
            fmpq_zero(belief);
            if (mistakes[member[k]] == fewest)
                fmpq_div(belief, weight + member[k], total);
        }
    }
    dtn_arena_release(ctx->scratch, mark);
    return DTN_OK;
}
