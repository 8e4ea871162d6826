#include "model/scene.h"

static void derived_parameters_follow(void **state)
{
    dtn_ctx *ctx = *state;
    scene *c = scene_new(ctx);
    int m = scene_param(c, "m", "0.4"), delta = scene_param(c, "delta", "0.8");
    int r = scene_param(c, "r", "m/(1 - delta)"), twice = scene_param(c, "twice", "2*r");
    dtn_point point;
    fmpq *x = dtn_arena_fmpq(ctx->scratch, 1);
    assert_ok(ctx, dtn_point_new(ctx, ctx->scratch, &point, &c->s));
    assert_fmpq_eq_str(&point.value[r], "2");
    assert_fmpq_eq_str(&point.value[twice], "4");
    fmpq_set_si(x, 1, 2);
    assert_ok(ctx, dtn_point_set(ctx, &point, &c->s, delta, x));
    assert_ok(ctx, dtn_point_complete(ctx, &point, &c->s));
    assert_fmpq_eq_str(&point.value[twice], "8/5");
    assert_fmpq_eq_str(&point.value[m], "2/5");
    assert_status(ctx, DTN_ARG, dtn_point_set(ctx, &point, &c->s, r, x));
    assert_error_has(ctx, "r is derived");
    assert_status(ctx, DTN_ARG, dtn_point_set(ctx, &point, &c->s, 4, x));
    fmpq_one(x);
    assert_ok(ctx, dtn_point_set(ctx, &point, &c->s, delta, x));
    assert_status(ctx, DTN_DOMAIN, dtn_point_complete(ctx, &point, &c->s));
    assert_error_has(ctx, "scene.yaml:3:1: parameter r has no value at this point");
    assert_int_equal(dtn_scenario_param(&c->s, "delta"), delta);
    assert_int_equal(dtn_scenario_param(&c->s, "q"), -1);
    dtn_scenario_free(&c->s);
}

static void the_first_violated_constraint_is_named(void **state)
{
    dtn_ctx *ctx = *state;
    scene *c = scene_new(ctx);
    scene_param(c, "low", "1");
    int mid = scene_param(c, "mid", "2");
    scene_param(c, "high", "3");
    static const char *const text[] = {"low < mid", "mid < high", "1/(mid - 9) < 0"};
    for (int i = 0; i < 3; i++)
        c->constraint[c->s.constraints++] =
            (dtn_scn_constraint){text[i], scene_formula(c, text[i]), {7, 4, 9}};
    dtn_point point;
    bool holds;
    int violated;
    fmpq *x = dtn_arena_fmpq(ctx->scratch, 1);
    assert_ok(ctx, dtn_point_new(ctx, ctx->scratch, &point, &c->s));
    assert_ok(ctx, dtn_point_constraints(ctx, &holds, &violated, &c->s, &point));
    assert_true(holds);
    assert_int_equal(violated, -1);
    fmpq_set_si(x, 3, 1);
    assert_ok(ctx, dtn_point_set(ctx, &point, &c->s, mid, x));
    assert_ok(ctx, dtn_point_constraints(ctx, &holds, &violated, &c->s, &point));
    assert_false(holds);
    assert_int_equal(violated, 1);
    c->s.constraints = 3;
    fmpq_set_si(x, 9, 1);
    fmpq_set_si(&c->param[2].value, 10, 1);
    assert_ok(ctx, dtn_point_new(ctx, ctx->scratch, &point, &c->s));
    assert_ok(ctx, dtn_point_set(ctx, &point, &c->s, mid, x));
    assert_status(ctx, DTN_DOMAIN, dtn_point_constraints(ctx, &holds, &violated, &c->s, &point));
    assert_error_has(ctx, "scene.yaml:7:4: constraint 1/(mid - 9) < 0 cannot be decided");
    dtn_scenario_free(&c->s);
}

static void nothing_is_freed_twice(void **state)
{
    (void)state;
    dtn_scenario_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(derived_parameters_follow),
        kit_test(the_first_violated_constraint_is_named),
        kit_test(nothing_is_freed_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
