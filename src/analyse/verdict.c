/* What survives iterated conditional dominance, and what enforces itself when the game is repeated, as answers of a sweep.
 *
 * Method: the pure plans of the tree are listed (a number whose digits are the actions at the information sets). The target's
 *   probability is linear in each plan, so that pure profiles decide. Repeated: the listed plans are the stage (solve/repeated.h).
 * Cost: profiles times nodes. Exact. Compiled over traced numbers, too. */
#include "analyse/verdict.h"

#include "solve/conditional_dominance.h"
#include "solve/repeated.h"

enum { MOST_PROFILES = 4096, MOST_STAGE = 512 };

static dtn_status dominance(dtn_ctx *ctx, int *bits, dtn_sweep *sweep)
{
    dtn_conditional c;
    fmpq *sigma, *p;
    *bits = -1;
    DTN_TRY(dtn_conditional_dominance(ctx, ctx->scratch, &c, sweep->tree, MOST_PROFILES));
    if (c.too_large)
        return DTN_OK;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, sigma, sweep->tree->actions);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, p, 1);
    *bits = DTN_VERDICT_EVERY;
    for (long k = 0; k < c.profiles && *bits; k++) {
        if (!dtn_conditional_alive(&c, k))
            continue;
        dtn_conditional_play(&c, k, sigma);
        DTN_TRY(dtn_target_probability(ctx, p, &sweep->target, sweep->tree, sigma));
        if (fmpq_cmp(p, sweep->prob) < 0)
            *bits = 0;
    }
    return DTN_OK;
}

dtn_status dtn_verdict_dominance(dtn_ctx *ctx, int *bits, dtn_sweep *sweep)
{
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = dominance(ctx, bits, sweep);
    dtn_arena_release(ctx->scratch, mark);
    return status;
}

/* The stage: all plans of the players, the first player's digits first. has[k]: profile k has the target. */
static dtn_status list_stage(dtn_ctx *ctx, dtn_strategic *game, const int *strategies, bool *has,
                             dtn_sweep *sweep)
{
    const dtn_tree *tree = sweep->tree;
    fmpq *sigma, *value, *payoff, *p;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, sigma, tree->actions);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, p, 1);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, value, (size_t)tree->nodes * (size_t)tree->players);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, payoff, game->profiles * (size_t)tree->players);
    for (size_t k = 0; k < game->profiles; k++) {
        size_t rest = k;
        for (int a = 0; a < tree->actions; a++)
            fmpq_zero(sigma + a);
        for (int h = 0; h < tree->infosets; h++) {
            size_t actions = (size_t)tree->infoset[h].actions;
            fmpq_one(sigma + tree->infoset[h].first_action + rest % actions);
            rest /= actions;
        }
        dtn_assessment_values(tree, sigma, value);
        for (int i = 0; i < tree->players; i++)
            fmpq_set(payoff + k * (size_t)tree->players + i, value + i);
        DTN_TRY(dtn_target_probability(ctx, p, &sweep->target, tree, sigma));
        has[k] = fmpq_cmp(p, sweep->prob) >= 0;
    }
    game->payoff = (dtn_payoffs){.rows = game->profiles, .columns = (size_t)tree->players, .exact = payoff};
    game->strategies = strategies;
    return DTN_OK;
}

dtn_status dtn_verdict_at_once(dtn_ctx *ctx, bool *at_once, const dtn_tree *tree)
{
    size_t sets = (size_t)tree->infosets;
    bool *surely, *below;
    *at_once = true;
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    DTN_ALLOC(ctx, ctx->scratch, surely, (size_t)tree->nodes * sets + 1);
    DTN_ALLOC(ctx, ctx->scratch, below, sets + 1);
    for (int n = tree->nodes - 1; n >= 0; n--) {
        const dtn_node *node = &tree->node[n];
        for (size_t h = 0; h < sets; h++) {
            int met = 0;
            for (int b = 0; b < node->branches; b++)
                met += surely[(size_t)dtn_tree_child(tree, n, b) * sets + h];
            surely[(size_t)n * sets + h] =
                node->kind == DTN_NODE_DECISION ? node->infoset == (int)h || met == node->branches : met > 0;
        }
    }
    for (size_t h = 0; h < sets; h++)
        *at_once = *at_once && surely[h];
    dtn_arena_release(ctx->scratch, mark);
    return DTN_OK;
}

static dtn_status repeated(dtn_ctx *ctx, int *bits, dtn_sweep *sweep)
{
    const dtn_tree *tree = sweep->tree;
    const dtn_scn_repeated *r = &sweep->scenario->repeated;
    dtn_strategic game = {.players = tree->players, .profiles = 1};
    int *strategies;
    bool *has;
    fmpq *delta, *one;
    *bits = -1;
    if (!r->discount)
        return dtn_fail(ctx, DTN_DOMAIN, "the file gives no discount factor (`repeated:`)");
    DTN_ALLOC(ctx, ctx->scratch, strategies, tree->players);
    for (int i = 0; i < tree->players; i++)
        strategies[i] = 1;
    for (int h = 0; h < tree->infosets; h++) {
        game.profiles *= (size_t)tree->infoset[h].actions;
        if (game.profiles > MOST_STAGE)
            return DTN_OK;
        strategies[tree->infoset[h].player] *= tree->infoset[h].actions;
    }
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, delta, 2);
    one = delta + 1;
    DTN_ALLOC(ctx, ctx->scratch, has, game.profiles);
    DTN_TRY(list_stage(ctx, &game, strategies, has, sweep));
    DTN_TRY(dtn_expr_exact(ctx, delta, r->discount, sweep->point.value));
    if (r->hazard) {
        DTN_TRY(dtn_expr_exact(ctx, one, r->hazard, sweep->point.value));
        fmpq_neg(one, one);
        fmpq_add_si(one, one, 1);
        fmpq_mul(delta, delta, one);
    }
    fmpq_one(one);
    dtn_stage *stage;
    DTN_TRY(dtn_stage_new(ctx, ctx->scratch, &stage, &game));
    *bits = 0;
    if (r->detect) {
        fmpq *detect;
        DTN_ALLOC_FMPQ(ctx, ctx->scratch, detect, 1);
        DTN_TRY(dtn_expr_exact(ctx, detect, r->detect, sweep->point.value));
        if (fmpq_sgn(detect) <= 0)
            return DTN_OK;
        dtn_stage_detect(stage, detect);
    }
    for (size_t k = 0; k < game.profiles && *bits != (DTN_VERDICT_TRANSFERS | DTN_VERDICT_REVERSION); k++) {
        dtn_critical_discount c;
        if (!has[k])
            continue;
        DTN_TRY(dtn_repeated_transfers(ctx, ctx->scratch, &c, stage, k));
        if (!c.never && fmpq_cmp(c.delta, delta) <= 0)
            *bits |= DTN_VERDICT_TRANSFERS;
        DTN_TRY(dtn_repeated_reversion(ctx, ctx->scratch, &c, stage, k, one));
        if (!c.never && fmpq_cmp(c.delta, delta) <= 0)
            *bits |= DTN_VERDICT_REVERSION;
    }
    return DTN_OK;
}

dtn_status dtn_verdict_repeated(dtn_ctx *ctx, int *bits, dtn_sweep *sweep)
{
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = repeated(ctx, bits, sweep);
    dtn_arena_release(ctx->scratch, mark);
    return status;
}
