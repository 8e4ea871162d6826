/* Shares of the variance of a product of two numbers, known by hand; and of numbers that constrain each other. */
#include "kit/games.h"

#include <stdio.h>
#include <string.h>

#include "analyse/variance.h"
#include "detente/model.h"

/* The probability of "both" is x y; z only pays. */
static dtn_variance find(dtn_ctx *ctx, const char *constraint)
{
    static const char format[] =
        "detente: 1\ntitle: t\nplayers: {P: {name: P}}\n"
        "parameters: {x: {value: 1/4, range: [0, 1]}, y: {value: 1/2, range: [0, 1]}, z: {value: 1/2, range: "
        "[1/10, "
        "1]}}\n"
        "%sstart: go\n"
        "moves:\n  go: {player: P, actions: {up: first, down: low}}\n"
        "  first: {chance: {second: x, failed: 1 - x}}\n"
        "  second: {chance: {both: y, failed: 1 - y}}\n"
        "outcomes: {both: {P: z}, failed: {P: z}, low: {P: 0}}\nask: {target: both, rung: spe}\n";
    static const char *const target[] = {"both"};
    char text[1024];
    dtn_model *model;
    dtn_sweep *sweep;
    const dtn_snapshot *now;
    dtn_point base;
    dtn_variance v;
    snprintf(text, sizeof text, format, constraint);
    assert_ok(ctx, dtn_model_parse(ctx, &model, NULL, "t", text, strlen(text)));
    assert_ok(ctx, dtn_point_new(ctx, ctx->scratch, &base, model->scenario));
    assert_ok(ctx, dtn_sweep_new(ctx, &sweep, model->scenario, &base, DTN_RUNG_SPE, target, 1));
    assert_ok(ctx, dtn_sweep_now(ctx, &now, sweep));
    assert_ok(ctx, dtn_variance_find(ctx, ctx->scratch, &v, sweep, target, 1, 4096));
    assert_null(v.left_out);
    dtn_sweep_free(sweep);
    dtn_model_free(model);
    return v;
}

static void a_product(void **state)
{
    dtn_variance v = find(*state, "");
    assert_int_equal(v.points, 4096);
    assert_close(v.mean, 0.25, 0.002);
    assert_close(v.deviation, 0.22048, 0.003); /* sqrt(7 / 144) */
    assert_int_equal(v.shares, 3);
    for (int i = 0; i < 2; i++) {
        assert_in_range(v.share[i].param, 0, 1);
        assert_close(v.share[i].first, 3.0 / 7, 0.03);
        assert_close(v.share[i].total, 4.0 / 7, 0.03);
        assert_true(v.share[i].total_error > 0 && v.share[i].total_error < 0.02);
    }
    assert_int_equal(v.share[2].param, 2);
    assert_close(v.share[2].first, 0, 0.05);
    assert_true(v.share[2].total == 0);
}

/* x < y: uniform on a triangle. Given y, x y has the variance y^4 / 12, on average 1/36; given x, x^2 (1 - x)^2 / 12, on average
 1/360; E[x y] = 1/4, E[x^2 y^2] = 1/9. */
static void numbers_that_constrain_each_other(void **state)
{
    dtn_variance v = find(*state, "constraints: [x < y]\n");
    double all = 1.0 / 9 - 1.0 / 16;
    assert_in_range(v.points, 1900, 2200);
    assert_close(v.mean, 0.25, 0.005);
    assert_close(v.deviation * v.deviation, all, 0.002);
    assert_int_equal(v.share[0].param, 0);
    assert_close(v.share[0].total, 1.0 / 36 / all, 0.05);
    assert_close(v.share[1].total, 1.0 / 360 / all, 0.02);
    assert_close(v.share[0].first, 1 - 1.0 / 360 / all, 0.05); /* two numbers: what the other leaves */
}

int main(void)
{
    const struct CMUnitTest tests[] = {kit_test(a_product), kit_test(numbers_that_constrain_each_other)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
