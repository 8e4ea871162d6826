/* Compiles a tree: one walk in preorder. Cost: linear in the nodes. */
#include "model/compile.h"

static dtn_status collect(dtn_collector *c, const dtn_tree *t, int *at, double *payoff)
{
    for (int i = 0; i < t->infosets; i++)
        at[i] = -1;
    for (int node = 0; node < t->nodes; node++) {
        const dtn_node *n = &t->node[node], *above = node ? &t->node[n->parent] : NULL;
        if (node % 4096 == 0)
            DTN_TRY(dtn_ctx_poll(c->ctx));
        if (above && above->kind == DTN_NODE_CHANCE)
            DTN_TRY(dtn_collect_chance(c, n->depth, n->branch, dtn_rational_double(&t->chance[node])));
        else if (above)
            DTN_TRY(dtn_collect_move(c, n->depth, t->infoset[above->infoset].player, at[above->infoset],
                                     n->branch));
        if (n->kind == DTN_NODE_CHANCE)
            DTN_TRY(dtn_collect_fork(c, n->depth, n->branches));
        if (n->kind == DTN_NODE_DECISION)
            DTN_TRY(dtn_collect_decision(c, n->depth, t->infoset[n->infoset].player, &at[n->infoset],
                                         n->infoset, n->branches));
        if (n->kind != DTN_NODE_TERMINAL)
            continue;
        for (int p = 0; p < t->players; p++)
            payoff[p] = dtn_payoffs_double(&t->payoff, (size_t)n->terminal, (size_t)p);
        DTN_TRY(dtn_collect_end(c, n->depth, payoff));
    }
    return DTN_OK;
}

static dtn_status compile(dtn_ctx *ctx, dtn_arena *arena, dtn_arena *work, dtn_compiled_game *out,
                          const dtn_tree *t, bool play)
{
    dtn_collector c;
    int *at;
    double *payoff;
    DTN_ALLOC(ctx, work, at, t->infosets + 1);
    DTN_ALLOC(ctx, work, payoff, t->players);
    DTN_TRY(dtn_collect_start(ctx, &c, work, t->players, (size_t)t->terminals, play));
    DTN_TRY(collect(&c, t, at, payoff));
    return dtn_collect_finish(&c, arena, out);
}

dtn_status dtn_compile_tree(dtn_ctx *ctx, dtn_arena *arena, dtn_compiled_game *out, const dtn_tree *tree,
                            bool play)
{
    if (!tree->perfect_recall)
        return dtn_fail(ctx, DTN_DOMAIN, "compiling needs perfect recall: the game \"%s\" lacks it",
                        tree->title);
    dtn_arena *work = dtn_arena_new(ctx);
    if (!work)
        return dtn_fail_nomem(ctx);
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = compile(ctx, arena, work, out, tree, play);
    dtn_arena_release(ctx->scratch, mark);
    dtn_arena_free(work);
    return status;
}
