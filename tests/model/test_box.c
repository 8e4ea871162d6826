/* Signs of formulas and their values over the box of a scenario, with the point that refutes. */
#include "kit/kit.h"

#include <string.h>

#include "detente/model.h"
#include "model/box.h"
#include "model/model.h"

static const char text[] = "detente: 1\n"
                           "players: [A, B]\n"
                           "parameters:\n"
                           "  p: {value: 1/4, range: [0, 3/10]}\n"
                           "  q: {value: 1/2, range: [0, 1]}\n"
                           "  t: {value: 1, range: [-1, 2]}\n"
                           "  u: {formula: p*q}\n"
                           "constraints: [q >= 1/8]\n"
                           "matrix: {strategies: {A: [x], B: [y]}, payoffs: [[[0, 0]]]}\n";

static int resolve(void *user, const char *name, const char *index, const dtn_expr **replacement)
{
    (void)index, (void)replacement;
    return dtn_scenario_param(user, name);
}

typedef struct ground {
    dtn_ctx *ctx;
    dtn_model *model;
    dtn_box box;
    dtn_point witness;
} ground;

static void expect(ground *g, bool defined, const char *formula, dtn_box_verdict wanted)
{
    dtn_ctx *ctx = g->ctx;
    const dtn_scenario *s = g->model->scenario;
    const dtn_expr *e;
    dtn_expr_error error;
    dtn_box_verdict verdict;
    assert_ok(ctx, dtn_expr_parse(ctx, ctx->scratch, &e, formula, resolve, g->model->scenario, &error));
    assert_ok(ctx, (defined ? dtn_box_defined : dtn_box_nonnegative)(ctx, &verdict, s, &g->box, e, 500,
                                                                     &g->witness));
    if (verdict != wanted)
        fail_msg("%s: verdict %d, expected %d", formula, verdict, wanted);
    if (verdict != DTN_BOX_NOT)
        return;
    fmpq *value = dtn_arena_fmpq(ctx->scratch, 1);
    bool holds;
    int violated;
    assert_ok(ctx, dtn_point_constraints(ctx, &holds, &violated, s, &g->witness));
    assert_true(holds);
    dtn_status status = dtn_expr_exact(ctx, value, e, g->witness.value);
    assert_true(defined ? status == DTN_DOMAIN : status == DTN_OK && fmpq_sgn(value) < 0);
}

static void verdicts_and_witnesses(void **state)
{
    dtn_ctx *ctx = *state;
    ground g = {.ctx = ctx};
    dtn_diags *diags;
    assert_ok(ctx, dtn_model_parse(ctx, &g.model, &diags, NULL, text, sizeof text - 1));
    dtn_diags_free(diags);
    dtn_point point;
    assert_ok(ctx, dtn_point_new(ctx, ctx->scratch, &point, g.model->scenario));
    assert_ok(ctx, dtn_point_new(ctx, ctx->scratch, &g.witness, g.model->scenario));
    assert_ok(ctx, dtn_box_new(ctx, ctx->scratch, &g.box, g.model->scenario, &point));
    expect(&g, false, "p", DTN_BOX_ALWAYS); /* touches 0 at an end that no double holds */
    expect(&g, false, "3/10 - p", DTN_BOX_ALWAYS);
    expect(&g, false, "q*(1 - p)", DTN_BOX_ALWAYS);
    expect(&g, false, "u", DTN_BOX_ALWAYS);
    expect(&g, false, "q - 1/10", DTN_BOX_ALWAYS); /* by the constraint */
    expect(&g, false, "q - 1/4", DTN_BOX_NOT);
    expect(&g, false, "p^2 + q^2 - 1/100", DTN_BOX_ALWAYS);
    expect(&g, true, "1/q", DTN_BOX_ALWAYS);
    expect(&g, true, "1/p", DTN_BOX_NOT);
    expect(&g, true, "1/(t - 1/2)", DTN_BOX_NOT);
    expect(&g, true, "1/(t^2 - 2)", DTN_BOX_UNKNOWN); /* an irrational point */
    dtn_model_free(g.model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {kit_test(verdicts_and_witnesses)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
