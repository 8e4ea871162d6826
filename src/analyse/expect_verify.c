/* Expectations of `verify`: a profile written down, completed, judged by the verifier, and compared.
 *
 * At an information set that is not mentioned nothing is assumed (unless it has one action); where all but one action are
 * mentioned the last gets the rest; where those mentioned sum to 1 the others get 0. Beliefs come from equal trembles. */
#include <string.h>

#include "analyse/expect.h"
#include "analyse/profile_arg.h"
#include "analyse/trembles.h"
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

static dtn_status judge(dtn_ctx *ctx, dtn_expecting *x, const dtn_tree *tree)
{
    dtn_equilibrium e = {.certified = true, .exact = true};
    dtn_verdict verdict;
    bool *given;
    DTN_TRY(dtn_assessment_new(ctx, ctx->scratch, &e.at, tree));
    DTN_ALLOC(ctx, ctx->scratch, given, tree->actions);
    DTN_TRY(read_profile(ctx, x, tree, e.at.sigma, given));
    DTN_TRY(dtn_profile_complete(ctx, e.at.sigma, given, tree));
    DTN_TRY(dtn_assessment_tremble(ctx, &e.at, tree));
    DTN_TRY(dtn_verify_tree(ctx, x->arena, &verdict, tree, &e.at));
    e.rung = verdict.rung;
    DTN_TRY(dtn_equilibrium_describe(ctx, x->arena, &e, tree));
    dtn_like_tree subject = {tree, &e};
    dtn_like_view view = {&subject, dtn_like_tree_test};
    if (!x->entry->every) /* nothing more was asked: it has to be an equilibrium */
        return dtn_expect_add(ctx, x, x->entry->place, e.rung >= DTN_RUNG_NASH, "verify", "an equilibrium",
                              dtn_rung_title(e.rung));
    return dtn_expect_every(ctx, x, x->entry->every, &view, 1, "verify");
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
