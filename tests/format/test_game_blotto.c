/* Colonel Blotto, inspections, phantom tic-tac-toe: sizes and values worked out by hand, or by a closed form. */
#include "kit/kit.h"

#include <string.h>

#include "detente/model.h"
#include "model/model.h"
#include "solve/solver.h"

/* The exact value for player 1, by sequence-lp. */
static void check_value(dtn_ctx *ctx, const char *name, const char *value)
{
    dtn_model *model;
    dtn_equilibria *e;
    assert_ok(ctx, dtn_model_read(ctx, &model, NULL, name));
    assert_ok(ctx, dtn_solve_tree(ctx, &e, model->tree, &(dtn_solve_options){.method = "sequence-lp"}));
    assert_fmpq_eq_str(e->item[0].payoff, value);
    dtn_equilibria_free(e);
    dtn_model_free(model);
}

static void blotto(void **state)
{
    dtn_model *model;
    assert_ok(*state, dtn_model_read(*state, &model, NULL, "@blotto?troops=4&enemy=2"));
    const dtn_tree *t = model->tree;
    assert_int_equal(t->infosets, 2);
    assert_int_equal(t->terminals, 15 * 6); /* 6 over 2, 4 over 2 */
    assert_string_equal(t->action[0].name, "4-0-0");
    assert_string_equal(t->action[14].name, "0-0-4");
    dtn_model_free(model);
    check_value(*state, "@blotto?troops=3&enemy=3", "0");
    check_value(*state, "@blotto?troops=1&enemy=1&fields=2", "0");
    check_value(*state, "@blotto?troops=3&enemy=1&fields=2", "3/2"); /* 2-1 or 1-2 */
    assert_status(*state, DTN_ARG, dtn_model_read(*state, &model, NULL, "@blotto?troops=90&fields=9"));
    assert_error_has(*state, "more than 5000");
}

/* Dresher: -C(n - 1, k) / sum of C(n, 0 .. k). */
static void inspections(void **state)
{
    check_value(*state, "@inspections?periods=2&inspections=1", "-1/3");
    check_value(*state, "@inspections?periods=3&inspections=1", "-1/2");
    check_value(*state, "@inspections", "-3/11");                        /* C(3, 2) / (1 + 4 + 6) */
    check_value(*state, "@inspections?periods=5&inspections=2", "-3/8"); /* 6 / 16 */
    check_value(*state, "@inspections?periods=3&inspections=3", "0");
    check_value(*state, "@inspections?periods=1&inspections=0", "-1");
}

static void phantom(void **state)
{
    dtn_model *model;
    check_value(*state, "@phantom?rows=2&columns=2&line=2", "1"); /* any two cells are in line */
    check_value(*state, "@phantom?rows=1&columns=3&line=2", "1"); /* the middle first: then one side is free */
    check_value(*state, "@phantom?rows=1&columns=3&line=3", "0");
    assert_ok(*state, dtn_model_read(*state, &model, NULL, "@phantom?rows=1&columns=4&line=2"));
    assert_true(model->tree->perfect_recall && model->tree->constant_sum && !model->tree->perfect_information);
    dtn_model_free(model);
    assert_status(*state, DTN_ARG, dtn_model_read(*state, &model, NULL, "@phantom?rows=3"));
    assert_error_has(*state, "at most 8 cells");
}

int main(void)
{
    const struct CMUnitTest tests[] = {kit_test(blotto), kit_test(inspections), kit_test(phantom)};
    return cmocka_run_group_tests_name("game_blotto", tests, NULL, NULL);
}
