/* What `detente new` writes reads without a warning and has the answers that it says it has. */
#include "kit/kit.h"

#include <string.h>

#include "detente/model.h"
#include "model/model.h"
#include "solve/solver.h"

static void solve(dtn_ctx *ctx, const dtn_scenario *s, const char *pi, const char *deal, const char *clash)
{
    dtn_point point;
    dtn_tree *tree;
    dtn_equilibria *found;
    fmpq *value = dtn_arena_fmpq(ctx->scratch, 1);
    assert_true(dtn_rational_parse(value, pi, strlen(pi)));
    assert_ok(ctx, dtn_point_new(ctx, ctx->scratch, &point, s));
    assert_ok(ctx, dtn_point_set(ctx, &point, s, dtn_scenario_param(s, "pi"), value));
    assert_ok(ctx, dtn_scenario_tree(ctx, &tree, s, &point, 0));
    assert_ok(ctx, dtn_solve_tree(ctx, &found, tree, &(dtn_solve_options){.rung = DTN_RUNG_SEQUENTIAL}));
    assert_int_equal(found->count, 1);
    for (int i = 0; i < tree->outcomes; i++) {
        if (strcmp(tree->outcome[i], "deal") == 0)
            assert_fmpq_eq_str(found->item[0].outcome_prob + i, deal);
        if (strcmp(tree->outcome[i], "clash") == 0)
            assert_fmpq_eq_str(found->item[0].outcome_prob + i, clash);
    }
    dtn_equilibria_free(found);
    dtn_tree_free(tree);
}

static void the_starter_reads_and_solves(void **state)
{
    dtn_ctx *ctx = *state;
    const char *text = dtn_model_starter();
    dtn_model *model;
    dtn_diags *diags;
    assert_ok(ctx, dtn_model_parse(ctx, &model, &diags, "new.yaml", text, strlen(text)));
    if (dtn_diags_count(diags))
        fail_msg("%s", dtn_diag_message(diags, 0));
    solve(ctx, model->scenario, "1/2", "1", "0");
    solve(ctx, model->scenario, "1/4", "0", "1/4");
    dtn_diags_free(diags);
    dtn_model_free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {kit_test(the_starter_reads_and_solves)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
