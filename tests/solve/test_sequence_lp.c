/* Constant-sum trees: published values, agreement with `lp` on the reduced strategic form, invariances. */
#include "kit/trees.h"

#include "detente/model.h"
#include "model/model.h"
#include "solve/solver.h"
#include "solve/verify_finding.h"

static const dtn_solve_options by_lp = {.method = "sequence-lp"};

static const fmpq *value_of(const dtn_equilibria *r)
{
    return dtn_finding_fact_of(&r->finding, "value")->cell.exact;
}

/* H. W. Kuhn, A simplified two-person poker (1950): -1/18, one optimal strategy of the second player. */
static void kuhn(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_tree *t = kit_tree_file(ctx, "examples/games/kuhn-poker.efg");
    dtn_equilibria *r;
    assert_ok(ctx, dtn_solve_tree(ctx, &r, t, &by_lp));
    assert_fmpq_eq_str(value_of(r), "-1/18");
    assert_int_equal(r->count, 1);
    assert_true(r->item->certified);
    assert_true(r->item->rung == DTN_RUNG_NASH);
    assert_int_equal(r->outcome, DTN_OUTCOME_PARTIAL); /* the first player has a family of optimal strategies */
    assert_non_null(r->finding.certificate);
    dtn_equilibria_free(r);
    dtn_tree_free(t);
}

/* Leduc poker, three ranks, suits merged: -0.0856064 (Southey et al. 2005; the value by OpenSpiel's best replies). */
static void leduc(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_model *model;
    dtn_equilibria *r;
    assert_ok(ctx, dtn_model_read(ctx, &model, NULL, "@leduc?ranks=3&suits=merged"));
    assert_ok(ctx, dtn_solve_tree(ctx, &r, model->tree, &by_lp));
    assert_int_equal(model->tree->infosets, 288);
    assert_close(dtn_rational_double(value_of(r)), -0.0856064, 1e-7);
    assert_true(r->item->certified);
    dtn_equilibria_free(r);
    dtn_model_free(model);
}

/* Player 2's payoff becomes `sum` minus player 1's. */
static void make_constant_sum(dtn_ctx *ctx, dtn_tree *t, int sum)
{
    fmpq_t x;
    fmpq_init(x);
    for (size_t k = 0; k < (size_t)t->terminals; k++) {
        fmpq_set_si(x, sum, 1);
        fmpq_sub(x, x, dtn_payoffs_at(&t->payoff, 2 * k).q);
        assert_ok(ctx, dtn_payoffs_set(ctx, &t->payoff, k, 1, x));
    }
    fmpq_clear(x);
    t->constant_sum = true;
}

static void random_trees_agree_with_lp(void **state)
{
    dtn_ctx *ctx = *state;
    static const dtn_solve_options lp = {.method = "lp"};
    for (uint64_t seed = 1; seed <= 60; seed++) {
        dtn_tree *t = kit_random_tree(ctx, 2, 5, seed, 7);
        make_constant_sum(ctx, t, (int)(seed % 3));
        dtn_strategic *g;
        dtn_equilibria *r;
        dtn_profiles *reference;
        assert_ok(ctx, dtn_strategic_from_tree(ctx, &g, t, 100000));
        assert_ok(ctx, dtn_solve_tree(ctx, &r, t, &by_lp));
        assert_ok(ctx, dtn_solve_strategic(ctx, &reference, g, &lp));
        assert_true(fmpq_equal(value_of(r), reference->item->payoff));
        assert_true(r->item->certified);
        dtn_profiles_free(reference);
        dtn_equilibria_free(r);
        dtn_strategic_free(g);
        dtn_tree_free(t);
    }
}

static void scaled_payoffs_scale_the_value(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_tree *t = kit_tree_file(ctx, "examples/games/kuhn-poker.efg");
    kit_tree_affine(ctx, t, (int[]){6, 6}, (int[]){2, 1});
    dtn_equilibria *r;
    assert_ok(ctx, dtn_solve_tree(ctx, &r, t, &by_lp));
    assert_fmpq_eq_str(value_of(r), "5/3"); /* 2 - 6/18 */
    dtn_equilibria_free(r);
    dtn_tree_free(t);
}

static void general_sum_is_refused(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_tree *t = kit_tree_file(ctx, "examples/games/entry-game.efg");
    dtn_equilibria *r;
    assert_status(ctx, DTN_DOMAIN, dtn_solve_tree(ctx, &r, t, &by_lp));
    assert_error_has(ctx, "a constant sum of payoffs");
    dtn_tree_free(t);
}

/* The verifier does not take the solver's word. */
static void a_wrong_value_is_refuted(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_tree *t = kit_tree_file(ctx, "examples/games/kuhn-poker.efg");
    dtn_equilibria *r;
    assert_ok(ctx, dtn_solve_tree(ctx, &r, t, &by_lp));
    fmpq *value = (fmpq *)value_of(r);
    fmpq_neg(value, value);
    assert_status(ctx, DTN_INTERNAL, dtn_verify_plans(ctx, r, t));
    fmpq_neg(value, value);
    assert_ok(ctx, dtn_verify_plans(ctx, r, t));
    fmpq *weight = (fmpq *)dtn_finding_table_of(&r->finding, "plans")->row->cell[2].exact;
    fmpq_add_si(weight, weight, 1);
    assert_status(ctx, DTN_INTERNAL, dtn_verify_plans(ctx, r, t));
    assert_error_has(ctx, "is not what the strategies give");
    dtn_equilibria_free(r);
    dtn_tree_free(t);
}

static dtn_status work(dtn_ctx *ctx, void *user)
{
    dtn_equilibria *r;
    DTN_TRY(dtn_solve_tree(ctx, &r, user, &by_lp));
    dtn_equilibria_free(r);
    return DTN_OK;
}

static void out_of_memory(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_tree *t = kit_random_tree(ctx, 2, 3, 3, 5);
    make_constant_sum(ctx, t, 1);
    kit_memory_sweep(work, t);
    dtn_tree_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(kuhn),
        kit_test(leduc),
        kit_test(random_trees_agree_with_lp),
        kit_test(scaled_payoffs_scale_the_value),
        kit_test(general_sum_is_refused),
        kit_test(a_wrong_value_is_refuted),
        kit_test(out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
