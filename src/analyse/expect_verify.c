/* Expectations of `verify`: a profile written down, completed, judged by the verifier, and compared.
 *
 * The profile is completed as profile_arg.h says; beliefs are those that take it highest. */
#include "analyse/expect.h"
#include "analyse/profile_arg.h"
#include "solve/verify.h"

/* "answer.reject", or the pair {answer: {reject: ...}}. */
static const char *action_key(dtn_ctx *ctx, const dtn_scn_pair *pair)
{
    return pair->subkey ? dtn_arena_printf(ctx->scratch, "%s.%s", pair->key, pair->subkey) : pair->key;
}

static dtn_status read_profile(dtn_ctx *ctx, dtn_expecting *x, const dtn_tree *tree, fmpq *sigma, bool *given)
{
    fmpq *value;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, value, 1);
    for (int i = 0; i < x->entry->profiles; i++) {
        const dtn_scn_pair *pair = &x->entry->profile[i];
        const char *key = action_key(ctx, pair);
        int *actions, count;
        if (!key)
            return dtn_fail_nomem(ctx);
        DTN_TRY(dtn_key_actions(ctx, ctx->scratch, &actions, &count, tree, key));
        DTN_TRY(dtn_expr_exact(ctx, value, pair->value, x->point.value));
        for (int k = 0; k < count; k++) {
            fmpq_set(sigma + actions[k], value);
            given[actions[k]] = true;
        }
    }
    return DTN_OK;
}

static dtn_status compare(dtn_ctx *ctx, dtn_expecting *x, const dtn_tree *tree, const dtn_equilibrium *e)
{
    dtn_like_tree subject = {tree, e};
    dtn_like_view view = {&subject, dtn_like_tree_test};
    if (x->entry->every)
        return dtn_expect_every(ctx, x, x->entry->every, &view, 1, "verify");
    /* nothing more was asked: it has to be an equilibrium */
    return dtn_expect_add(ctx, x, x->entry->place, e->rung >= DTN_RUNG_NASH, "verify", "an equilibrium",
                          dtn_rung_title(e->rung));
}

static dtn_status judge(dtn_ctx *ctx, dtn_expecting *x, const dtn_tree *tree)
{
    fmpq *sigma;
    bool *given;
    dtn_equilibria *found;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, sigma, tree->actions);
    DTN_ALLOC(ctx, ctx->scratch, given, tree->actions);
    DTN_TRY(read_profile(ctx, x, tree, sigma, given));
    DTN_TRY(dtn_profile_complete(ctx, sigma, given, tree));
    DTN_TRY(dtn_verify_profile(ctx, &found, tree, sigma, NULL));
    dtn_status status = compare(ctx, x, tree, &found->item[0]);
    dtn_equilibria_free(found);
    return status;
}

dtn_status dtn_expect_verify(dtn_ctx *ctx, dtn_expecting *x)
{
    if (x->scenario->start < 0)
        return dtn_fail(ctx, DTN_DOMAIN, "verify: the file has no `moves:`");
    dtn_tree *tree;
    DTN_TRY(dtn_scenario_tree(ctx, &tree, x->scenario, &x->point, 0));
    dtn_status status = judge(ctx, x, tree);
    dtn_tree_free(tree);
    return status;
}
