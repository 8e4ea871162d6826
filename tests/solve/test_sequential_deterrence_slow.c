/* Unilateral deterrence (Kilgour and Zagare 1991): the class of equilibrium at every point of a grid of 200 x 200 credibilities. */
#include "kit/kit.h"

#include <string.h>

#include "analyse/classes.h"
#include "detente/model.h"
#include "kit/games.h"
#include "model/model.h"
#include "solve/sequential.h"

enum { GRID = 200 };

/* The closed form. With these payoffs certain deterrence needs pD >= 2/3, separation 8/15 <= pD <= 2/3; below, a soft challenger
 * bluffs now and then if pC <= 7/10, otherwise all attack. On a border both neighbours hold. */
static bool may_be(const char *class, const fmpq *pC, const fmpq *pD)
{
    fmpq_t border;
    fmpq_init(border);
    fmpq_set_si(border, 2, 3);
    int high = fmpq_cmp(pD, border);
    fmpq_set_si(border, 8, 15);
    int low = fmpq_cmp(pD, border);
    fmpq_set_si(border, 7, 10);
    int bold = fmpq_cmp(pC, border);
    fmpq_clear(border);
    return (strcmp(class, "deterrence") == 0 && high >= 0) ||
           (strcmp(class, "separating") == 0 && high <= 0 && low >= 0) ||
           (strcmp(class, "bluff") == 0 && low <= 0 && bold <= 0) ||
           (strcmp(class, "attack") == 0 && low <= 0 && bold >= 0);
}

static void a_grid_is_classified_without_error(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_model *model;
    dtn_point point;
    dtn_tree *t;
    long points = 0;
    assert_ok(ctx,
              dtn_model_read(ctx, &model, NULL,
                             kit_source_path(ctx->scratch, "examples/models/unilateral-deterrence.yaml")));
    const dtn_scenario *s = model->scenario;
    assert_ok(ctx, dtn_point_new(ctx, ctx->scratch, &point, s));
    assert_ok(ctx, dtn_scenario_tree(ctx, &t, s, &point, 0));
    fmpq *pC = &point.value[dtn_scenario_param(s, "pC")], *pD = &point.value[dtn_scenario_param(s, "pD")];
    dtn_sequential_options options = {.rung = DTN_RUNG_D1, .brief = true};
    for (int i = 0; i < GRID; i++)
        for (int k = 0; k < GRID; k++) {
            dtn_equilibria *e;
            fmpq_set_si(pC, 2 * i + 1, 2 * GRID); /* the middles of the cells */
            fmpq_set_si(pD, 2 * k + 1, 2 * GRID);
            assert_ok(ctx, dtn_tree_reprice(ctx, t, point.value));
            assert_ok(ctx, dtn_sequential_solve(ctx, &e, t, &options));
            assert_int_equal(e->outcome, DTN_OUTCOME_COMPLETE);
            assert_int_equal(e->count, 1);
            int class;
            assert_ok(ctx, dtn_class_of(ctx, &class, s, &point, t, e->item[0].at.sigma));
            assert_true(class >= 0);
            assert_true(may_be(s->class_[class].key, pC, pD));
            points++;
            dtn_equilibria_free(e);
        }
    assert_int_equal(points, GRID * GRID);
    dtn_tree_free(t);
    dtn_model_free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {kit_test(a_grid_is_classified_without_error)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
