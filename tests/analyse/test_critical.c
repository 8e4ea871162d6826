/* Critical values and thresholds of the reference standoff: the numbers of its closed form. */
#include "kit/kit.h"

#include "analyse/binding.h"
#include "analyse/critical.h"
#include "analyse/standoff_scene.h"

static void class_follows_the_closed_form(void **state)
{
    dtn_ctx *ctx = *state;
    scene *c = standoff_scene(ctx);
    dtn_point point;
    dtn_sweep *sweep;
    assert_ok(ctx, dtn_point_new(ctx, c->s.arena, &point, &c->s));
    assert_ok(ctx,
              dtn_sweep_new(ctx, &sweep, &c->s, &point, DTN_RUNG_D1, (const char *const[]){"engaged"}, 1));
    kit_standoff s;
    kit_standoff_init(&s);
    uint64_t seed = 11;
    fmpq *outcome = dtn_arena_fmpq(c->s.arena, 4);
    int met[KIT_CLASSES] = {0};
    for (int round = 0; round < 600; round++) {
        if (round)
            kit_standoff_random(&s, &seed);
        const fmpq *const field[STANDOFF_PARAMS] = {&s.pi, &s.rho, &s.a,  &s.m,  &s.kH,
                                                    &s.kS, &s.l,   &s.nH, &s.nS, &s.e};
        for (int i = 0; i < STANDOFF_PARAMS; i++)
            fmpq_set(&sweep->point.value[i], field[i]);
        kit_standoff_class expected;
        const dtn_snapshot *at;
        if (!kit_standoff_answer(&s, &expected, outcome))
            continue;
        assert_ok(ctx, dtn_sweep_at(ctx, &at, sweep, -1, NULL));
        assert_true(at->inside && at->complete);
        assert_int_equal(at->moments, 1);
        assert_string_equal(sweep->class_name[at->moment[0].class_], kit_standoff_names[expected]);
        assert_true(fmpq_equal(at->moment[0].target, outcome));
        met[expected]++;
    }
    for (int i = 0; i < KIT_CLASSES; i++)
        assert_true(met[i] > 0);
    kit_standoff_clear(&s);
    dtn_sweep_free(sweep);
    dtn_scenario_free(&c->s);
}

static void critical_values_of_every_parameter(void **state)
{
    static const struct {
        int param;
        const char *value[4];
    } expected[] = {{AT_PI, {"1/3", "2/3"}},
                    {AT_A, {"1/5", "9/10"}},
                    {AT_KH, {"3/10"}},
                    {AT_L, {"2/5"}},
                    {AT_NH, {"2/5"}},
                    {AT_E, {"-3/10", "-3/20", "0"}},
                    {AT_RHO, {0}},
                    {AT_M, {0}},
                    {AT_KS, {0}},
                    {AT_NS, {0}}};
    dtn_ctx *ctx = *state;
    scene *c = standoff_scene(ctx);
    dtn_point point;
    assert_ok(ctx, dtn_point_new(ctx, c->s.arena, &point, &c->s));
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        dtn_critical *out = dtn_arena_alloc(c->s.arena, sizeof *out);
        assert_ok(ctx,
                  dtn_critical_find(ctx, c->s.arena, out, &c->s, &point, DTN_RUNG_D1, expected[i].param, 0));
        int count = 0;
        while (expected[i].value[count])
            count++;
        assert_int_equal(out->values, count);
        assert_int_equal(out->undecided, 0);
        for (int k = 0; k < count; k++) {
            assert_true(out->value[k].end.exact);
            assert_fmpq_eq_str(&out->value[k].end.at, expected[i].value[k]);
            assert_true(out->value[k].end.bindings > 0 || out->value[k].end.by_definition);
        }
    }
    dtn_scenario_free(&c->s);
}

static dtn_bind_item *bind(dtn_ctx *ctx, scene *c, const char *prob, bool every)
{
    dtn_point point;
    dtn_sweep *sweep;
    dtn_line *line;
    dtn_bind_item *item = dtn_arena_alloc(c->s.arena, sizeof *item);
    fmpq *q = dtn_arena_fmpq(c->s.arena, 1);
    assert_true(dtn_rational_parse(q, prob, strlen(prob)));
    assert_ok(ctx, dtn_point_new(ctx, c->s.arena, &point, &c->s));
    assert_ok(ctx,
              dtn_sweep_new(ctx, &sweep, &c->s, &point, DTN_RUNG_D1, (const char *const[]){"engaged"}, 1));
    assert_ok(ctx, dtn_line_scan(ctx, &line, sweep, AT_A, &c->param[AT_A].lo, &c->param[AT_A].hi, 16));
    assert_ok(ctx, dtn_bind_on_line(ctx, c->s.arena, item, line, q, every));
    dtn_sweep_free(sweep);
    return item;
}

static void thresholds_of_the_audience_cost(void **state)
{
    dtn_ctx *ctx = *state;
    scene *c = standoff_scene(ctx);
    for (int every = 0; every < 2; every++) {
        dtn_bind_item *item = bind(ctx, c, "1", every);
        assert_int_equal(item->intervals, 1);
        assert_true(item->monotone);
        assert_true(item->interval[0].lo.exact);
        assert_fmpq_eq_str(&item->interval[0].lo.at, "9/10");
        assert_int_equal(item->interval[0].lo.included, !every);
        assert_true(item->interval[0].hi.range_end);
        assert_false(item->holds_now);
        const dtn_binding *b = &item->interval[0].lo.binding[0]; /* soft P, at the threat */
        assert_true(item->interval[0].lo.bindings >= 1);
        assert_int_equal(b->player, 0);
        assert_int_equal(b->type, 1);
        assert_true(b->switches);
        assert_true(fmpq_sgn(&b->above) > 0);
    }
    dtn_bind_item *half = bind(ctx, c, "1/2", true);
    assert_int_equal(half->intervals, 1);
    assert_fmpq_eq_str(&half->interval[0].lo.at, "1/5");
    assert_true(half->interval[0].lo.exact);
    assert_int_equal(half->interval[0].lo.binding[0].player, 0);
    assert_int_equal(half->interval[0].lo.binding[0].type, 0);
    assert_true(half->holds_now);
    /* Within E4H engagement is (1 - rho)(1 - rho (1 - t) / ((1 - rho) t)), t = (m + a)/(m + k): 29/59 at a = 0.19. */
    dtn_bind_item *mixed = bind(ctx, c, "29/59", true);
    assert_fmpq_eq_str(&mixed->interval[0].lo.at, "19/100");
    assert_true(mixed->interval[0].lo.exact && mixed->interval[0].lo.by_probability &&
                mixed->interval[0].lo.included);
    dtn_scenario_free(&c->s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(class_follows_the_closed_form),
        kit_test(critical_values_of_every_parameter),
        kit_test(thresholds_of_the_audience_cost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
