/* The scalar rule: the reference figures, and random terms against the rule itself. */
#include "kit/kit.h"

#include "analyse/bind.h"
#include "kit/games.h"
#include "model/box.h"
#include "model/scene.h"

enum { GAIN, VALUE, DETECT, FALSE_ALARM, BOND, PENALTY, ENFORCE, DISCOUNT, HAZARD, TERMS };

typedef struct deal {
    scene *c;
    dtn_scn_guarantee guarantee[2];
    dtn_point point;
} deal;

/* One guarantee whose terms are parameters of the given values. */
static deal make(dtn_ctx *ctx, const char *const *term)
{
    static const char *const name[TERMS] = {"G", "Delta", "d", "f", "K", "F", "r", "delta", "s"};
    deal out = {.c = scene_new(ctx)};
    for (int i = 0; i < TERMS; i++)
        scene_param(out.c, name[i], term[i]);
    const dtn_expr *e[TERMS];
    for (int i = 0; i < TERMS; i++)
        e[i] = dtn_expr_slot(out.c->s.arena, i);
    out.guarantee[0] = (dtn_scn_guarantee){.key = "written",
                                           .channel = "escrow",
                                           .gain = e[GAIN],
                                           .value = e[VALUE],
                                           .detect = e[DETECT],
                                           .false_alarm = e[FALSE_ALARM],
                                           .bond = e[BOND],
                                           .penalty = e[PENALTY],
                                           .enforce = e[ENFORCE],
                                           .discount = e[DISCOUNT],
                                           .hazard = e[HAZARD],
                                           .enforcer = -1};
    out.c->s.guarantees = 1;
    assert_ok(ctx, dtn_point_new(ctx, out.c->s.arena, &out.point, &out.c->s));
    return out;
}

static dtn_scalar_item solve(dtn_ctx *ctx, deal *d)
{
    dtn_scalar_item item, *kept = dtn_arena_alloc(d->c->s.arena, sizeof *kept);
    d->c->s.guarantee = d->guarantee;
    assert_ok(ctx, dtn_scalar_solve(ctx, d->c->s.arena, kept, &d->c->s, 0, &d->point));
    item = *kept;
    return item;
}

static void reference_figures(void **state)
{
    dtn_ctx *ctx = *state;
    deal d = make(ctx, (const char *const[]){"3/10", "1/10", "4/5", "0", "0", "0", "0", "4/5", "1/5"});
    dtn_scalar_item x = solve(ctx, &d);
    assert_false(x.honoured);
    assert_int_equal(x.verdict[DTN_SCALAR_BOND], DTN_SCALAR_LEAST);
    assert_fmpq_eq_str(&x.least[DTN_SCALAR_BOND], "71/360");
    assert_int_equal(x.verdict[DTN_SCALAR_PENALTY], DTN_SCALAR_NONE); /* nobody enforces */
    assert_int_equal(x.depth, DTN_DEPTH_AUTOMATIC);
    assert_false(x.label_only);
    /* x = (3/8) / (1/10) = 15/4: effective 15/19; over (1 - 1/5): 75/76; hazard 1 - (15/19)/(4/5) = 1/76 */
    assert_fmpq_eq_str(&x.least[DTN_SCALAR_DISCOUNT], "75/76");
    assert_fmpq_eq_str(&x.least[DTN_SCALAR_HAZARD], "1/76");
    dtn_scenario_free(&d.c->s);

    d = make(ctx, (const char *const[]){"3/10", "1/10", "4/5", "0", "0", "0", "0", "4/5", "0"});
    x = solve(ctx, &d);
    assert_true(x.honoured);
    assert_int_equal(x.verdict[DTN_SCALAR_BOND], DTN_SCALAR_BINDS);
    assert_fmpq_eq_str(&x.least[DTN_SCALAR_BOND], "0");
    assert_fmpq_eq_str(&x.right, "8/25");
    assert_fmpq_eq_str(&x.least[DTN_SCALAR_DETECT], "3/4");
    dtn_scenario_free(&d.c->s);
}

static void nothing_binds_without_detection(void **state)
{
    dtn_ctx *ctx = *state;
    deal d = make(ctx, (const char *const[]){"1/10", "1", "1/5", "1/5", "5", "5", "1", "1/2", "0"});
    dtn_scalar_item x = solve(ctx, &d);
    assert_false(x.honoured);
    for (int i = 0; i < DTN_SCALAR_LEVERS; i++)
        assert_int_equal(x.verdict[i], i == DTN_SCALAR_DETECT || i == DTN_SCALAR_FALSE ? DTN_SCALAR_LEAST
                                                                                       : DTN_SCALAR_NONE);
    assert_fmpq_eq_str(&x.least[DTN_SCALAR_DETECT], "23/110"); /* 1/5 + (1/10) / (5 + 5 + 1) */
    dtn_scenario_free(&d.c->s);
    d = make(ctx, (const char *const[]){"1/10", "0", "1", "0", "0", "0", "0", "1/2", "0"});
    x = solve(ctx, &d);
    assert_true(x.label_only);
    assert_int_equal(x.verdict[DTN_SCALAR_DISCOUNT], DTN_SCALAR_NONE);
    assert_int_equal(x.verdict[DTN_SCALAR_DETECT], DTN_SCALAR_NONE);
    dtn_scenario_free(&d.c->s);
    d = make(ctx, (const char *const[]){"1/10", "0", "1", "0", "0", "0", "0", "1", "0"});
    d.c->s.guarantee = d.guarantee;
    dtn_scalar_item item;
    dtn_arena *arena = dtn_arena_new(ctx);
    assert_status(ctx, DTN_DOMAIN, dtn_scalar_solve(ctx, arena, &item, &d.c->s, 0, &d.point));
    assert_error_has(ctx, "below 1");
    dtn_arena_free(arena);
    dtn_scenario_free(&d.c->s);
}

/* honour iff gain <= (d - f) (K + r F + w Delta), in doubles of small fractions. */
static double surplus(const double *t)
{
    double x = t[DISCOUNT] * (1 - t[HAZARD]);
    return (t[DETECT] - t[FALSE_ALARM]) * (t[BOND] + t[ENFORCE] * t[PENALTY] + x / (1 - x) * t[VALUE]) -
           t[GAIN];
}

/* The value of a lever that helps most. */
static double extreme_of(int lever)
{
    switch (lever) {
    case DTN_SCALAR_DISCOUNT:
        return 0.999999;
    case DTN_SCALAR_HAZARD:
    case DTN_SCALAR_FALSE:
        return 0;
    case DTN_SCALAR_ENFORCE:
        return 1;
    default:
        return 1e6;
    }
}

/* The least value makes the rule an equality; a little less breaks it, a little more keeps it. */
static void least_values_are_least(void **state)
{
    dtn_ctx *ctx = *state;
    static const int term_of[DTN_SCALAR_LEVERS] = {BOND,   PENALTY, DETECT,      DISCOUNT,
                                                   HAZARD, ENFORCE, FALSE_ALARM, VALUE};
    uint64_t seed = 7;
    int met[DTN_SCALAR_LEVERS] = {0};
    for (int round = 0; round < 400; round++) {
        char text[TERMS][16];
        const char *term[TERMS];
        double value[TERMS];
        for (int i = 0; i < TERMS; i++) {
            int p = (int)(kit_random(&seed) % 10);
            snprintf(text[i], sizeof text[i], "%d/10", p);
            term[i] = text[i];
            value[i] = p / 10.0;
        }
        deal d = make(ctx, term);
        dtn_scalar_item x = solve(ctx, &d);
        if (surplus(value) > 1e-9 || surplus(value) < -1e-9)
            assert_int_equal(x.honoured, surplus(value) > 0);
        for (int l = 0; l < DTN_SCALAR_TRANCHES; l++) {
            double probe[TERMS], sign = l == DTN_SCALAR_HAZARD || l == DTN_SCALAR_FALSE ? -1 : 1;
            memcpy(probe, value, sizeof probe);
            if (x.verdict[l] == DTN_SCALAR_LEAST) {
                met[l]++;
                probe[term_of[l]] = dtn_rational_double(&x.least[l]);
                assert_close(surplus(probe), 0, 1e-9);
                probe[term_of[l]] += sign * 1e-4;
                assert_true(surplus(probe) >= 0);
                probe[term_of[l]] -= sign * 2e-4;
                assert_true(surplus(probe) <= 0);
            } else if (x.verdict[l] == DTN_SCALAR_NONE && value[DETECT] > value[FALSE_ALARM] &&
                       l != DTN_SCALAR_DETECT) {
                probe[term_of[l]] = extreme_of(l);
                assert_true(surplus(probe) <
                            1e-5 * (1 + 1e6 * (l == DTN_SCALAR_DISCOUNT && value[HAZARD] == 0)));
            }
        }
        dtn_scenario_free(&d.c->s);
    }
    for (int l = 0; l < DTN_SCALAR_TRANCHES; l++)
        assert_true(met[l] > 5);
}

static void depth_follows_the_enforcer(void **state)
{
    dtn_ctx *ctx = *state;
    deal d = make(ctx, (const char *const[]){"3/10", "1/10", "4/5", "0", "0", "1", "1/2", "4/5", "1/5"});
    d.guarantee[0].channel = "enforcer";
    assert_int_equal(solve(ctx, &d).depth, DTN_DEPTH_NOBODY);
    dtn_scn_param *bond = &d.c->param[BOND];
    bond->ranged = true;
    fmpq_set_si(&bond->lo, 0, 1);
    fmpq_set_si(&bond->hi, 1, 1);
    d.guarantee[0].enforcer_incentive = scene_formula(d.c, "K - K^2 + 1/10");
    assert_int_equal(solve(ctx, &d).depth, DTN_DEPTH_INCENTIVE);
    d.guarantee[0].enforcer_incentive = scene_formula(d.c, "K - 1/2");
    assert_int_equal(solve(ctx, &d).depth, DTN_DEPTH_NOBODY);
    d.guarantee[0].enforcer = 1;
    d.guarantee[1] = d.guarantee[0];
    d.guarantee[1].by = 1;
    d.c->s.guarantees = 2;
    assert_int_equal(solve(ctx, &d).depth, DTN_DEPTH_GUARANTEE);
    d.guarantee[0].channel = "shadow";
    d.guarantee[0].enforcer_incentive = NULL;
    assert_int_equal(solve(ctx, &d).depth, DTN_DEPTH_INCENTIVE);
    dtn_scenario_free(&d.c->s);
}

/* The reference guarantee gains 3/10 against an expected cost of 32/225: three tranches. */
static void tranches(void **state)
{
    dtn_ctx *ctx = *state;
    deal d = make(ctx, (const char *const[]){"3/10", "1/10", "4/5", "0", "0", "0", "0", "4/5", "1/5"});
    dtn_scalar_item x = solve(ctx, &d);
    assert_false(x.honoured);
    assert_fmpq_eq_str(&x.right, "32/225");
    assert_int_equal(x.verdict[DTN_SCALAR_TRANCHES], DTN_SCALAR_LEAST);
    assert_fmpq_eq_str(&x.least[DTN_SCALAR_TRANCHES], "3");
    d.guarantee[0].tranches = scene_formula(d.c, "3");
    x = solve(ctx, &d);
    assert_true(x.honoured);
    assert_fmpq_eq_str(&x.left, "1/10");
    d.guarantee[0].tranches = scene_formula(d.c, "2");
    x = solve(ctx, &d);
    assert_false(x.honoured);
    assert_fmpq_eq_str(&x.least[DTN_SCALAR_BOND], "7/720"); /* 3/16 - 8/45 */
    dtn_scenario_free(&d.c->s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(reference_figures),          kit_test(nothing_binds_without_detection),
        kit_test(least_values_are_least),     kit_test(tranches),
        kit_test(depth_follows_the_enforcer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
