/* Where an answer changes along a parameter: exact places of several kinds, brackets, cuts, and what a scan cannot see. */
#include "kit/kit.h"

#include <math.h>
#include <string.h>

#include "analyse/binding.h"
#include "analyse/critical.h"
#include "detente/model.h"
#include "model/model.h"

/* One player who takes `up` (worth the formula) or `down` (worth 0), x in [0, 1]. */
static dtn_model *choice(dtn_ctx *ctx, const char *up, const char *more)
{
    char text[1200];
    snprintf(text, sizeof text,
             "detente: 1\ntitle: t\nplayers: {P: {name: P}}\nparameters: {x: {value: 0.3, range: [0, 1]}, y: "
             "{value: 1, range: [0, 1]}}\n"
             "start: go\nmoves:\n  go: {player: P, actions: {up: high, down: low}}\n"
             "outcomes: {high: {P: \"%s\"}, low: {P: 0}}\n%s\n",
             up, more);
    dtn_model *model;
    assert_ok(ctx, dtn_model_parse(ctx, &model, NULL, "t", text, strlen(text)));
    return model;
}

static dtn_critical *find(dtn_ctx *ctx, const dtn_model *model, int param, int cells)
{
    dtn_point point;
    dtn_critical *c = dtn_arena_alloc(ctx->scratch, sizeof *c);
    assert_ok(ctx, dtn_point_new(ctx, ctx->scratch, &point, model->scenario));
    assert_ok(ctx,
              dtn_critical_find(ctx, ctx->scratch, c, model->scenario, &point, DTN_RUNG_SPE, param, cells));
    return c;
}

/* proved: the exact stretches confirm that there are no others. */
static void assert_values(dtn_ctx *ctx, const char *up, int cells, const char *const *value, bool proved)
{
    dtn_model *model = choice(ctx, up, "");
    dtn_critical *c = find(ctx, model, 0, cells);
    int count = 0;
    while (value[count])
        count++;
    assert_int_equal(c->values, count);
    for (int i = 0; i < count; i++) {
        assert_true(c->value[i].end.exact);
        assert_fmpq_eq_str(&c->value[i].end.at, value[i]);
        assert_int_equal(c->value[i].end.bindings, 1);
        assert_true(c->value[i].end.binding[0].switches);
    }
    assert_int_equal(c->proved, proved);
    dtn_model_free(model);
}

static void exact_places(void **state)
{
    dtn_ctx *ctx = *state;
    assert_values(ctx, "x - 1/3", 0, (const char *const[]){"1/3", NULL}, true);
    assert_values(ctx, "1000003*x - 618034", 0, (const char *const[]){"618034/1000003", NULL},
                  true); /* no simple number */
    assert_values(ctx, "x/(1 + x) - 3/10", 0, (const char *const[]){"3/7", NULL},
                  true); /* a Moebius function */
    assert_values(ctx, "(x - 1/5)*(x - 3/4)", 0, (const char *const[]){"1/5", "3/4", NULL}, true);
    assert_values(ctx, "x - 1/4", 4, (const char *const[]){"1/4", NULL}, true); /* on a point of the scan */
    assert_values(ctx, "x", 0, (const char *const[]){NULL}, true); /* at the very end of the range only */
    assert_values(ctx, "x + 1", 0, (const char *const[]){NULL}, true);
}

static void what_a_scan_misses(void **state)
{
    dtn_ctx *ctx = *state;
    static const char up[] = "(x - 41/100)*(x - 415/1000)"; /* both roots inside one of twelve cells */
    assert_values(ctx, up, 12, (const char *const[]){NULL}, false);
    assert_values(ctx, up, 400, (const char *const[]){"41/100", "83/200", NULL}, true);
}

static void irrational_places_are_bracketed(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_model *model = choice(ctx, "x^2 - 1/2", "");
    dtn_critical *c = find(ctx, model, 0, 0);
    assert_int_equal(c->values, 1);
    const dtn_bind_end *end = &c->value[0].end;
    double lo = dtn_rational_double(&end->lo), hi = dtn_rational_double(&end->hi);
    assert_false(end->exact);
    assert_true(lo < sqrt(0.5) && sqrt(0.5) < hi && hi - lo < 1e-5);
    dtn_model_free(model);
}

static void constraints_cut(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_model *model = choice(ctx, "x - 1/4", "constraints: [x > 1/7, x < 0.9]");
    dtn_critical *c = find(ctx, model, 0, 0);
    assert_true(c->cut_lo && c->cut_hi);
    assert_fmpq_eq_str(&c->lo, "1/7");
    assert_fmpq_eq_str(&c->hi, "9/10");
    assert_int_equal(c->values, 1);
    dtn_model_free(model);
    model = choice(ctx, "x - 1/10", "constraints: [x > 1/7]"); /* the change lies beyond the cut */
    c = find(ctx, model, 0, 0);
    assert_int_equal(c->values, 0);
    dtn_model_free(model);
}

static void parameters_that_do_not_matter(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_model *model = choice(ctx, "x - 1/3", "");
    dtn_critical *c = find(ctx, model, 1, 0);
    assert_true(c->proved);
    assert_int_equal(c->values, 0);
    assert_true(c->solves <= 4);
    dtn_model_free(model);
}

static dtn_bind_item *bind(dtn_ctx *ctx, const dtn_model *model, const char *target, bool every)
{
    dtn_point point;
    dtn_sweep *sweep;
    dtn_line *line;
    dtn_bind_item *item = dtn_arena_alloc(ctx->scratch, sizeof *item);
    fmpq *one = dtn_arena_fmpq(ctx->scratch, 1);
    const dtn_scn_param *x = &model->scenario->param[0];
    fmpq_one(one);
    assert_ok(ctx, dtn_point_new(ctx, ctx->scratch, &point, model->scenario));
    assert_ok(ctx, dtn_sweep_new(ctx, &sweep, model->scenario, &point, DTN_RUNG_SPE, &target, 1));
    assert_ok(ctx, dtn_line_scan(ctx, &line, sweep, 0, &x->lo, &x->hi, 0));
    assert_ok(ctx, dtn_bind_on_line(ctx, ctx->scratch, item, line, one, every));
    dtn_sweep_free(sweep);
    return item;
}

static void several_intervals(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_model *model = choice(ctx, "(x - 1/5)*(x - 3/4)", "");
    dtn_bind_item *item = bind(ctx, model, "high", true);
    assert_int_equal(item->intervals, 2);
    assert_false(item->monotone);
    assert_true(item->interval[0].lo.range_end && item->interval[0].lo.included);
    assert_fmpq_eq_str(&item->interval[0].hi.at, "1/5");
    assert_false(item->interval[0].hi.included); /* down is an equilibrium there too */
    assert_fmpq_eq_str(&item->interval[1].lo.at, "3/4");
    assert_true(item->interval[1].hi.range_end);
    item = bind(ctx, model, "high", false);
    assert_true(item->interval[0].hi.included && item->interval[1].lo.included);
    item = bind(ctx, model, "low", true);
    assert_int_equal(item->intervals, 1);
    assert_true(item->holds_now);
    dtn_model_free(model);
    model = choice(ctx, "-x", "");
    item = bind(ctx, model, "high", true);
    assert_int_equal(item->intervals, 0);
    item = bind(ctx, model, "high", false); /* only where both are worth 0 */
    assert_int_equal(item->intervals, 1);
    assert_fmpq_eq_str(&item->interval[0].lo.at, "0");
    assert_fmpq_eq_str(&item->interval[0].hi.at, "0");
    dtn_model_free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(exact_places),
        kit_test(what_a_scan_misses),
        kit_test(irrational_places_are_bracketed),
        kit_test(constraints_cut),
        kit_test(parameters_that_do_not_matter),
        kit_test(several_intervals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
