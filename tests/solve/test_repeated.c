/* Repeated games: published thresholds, exact; brackets against sticks, reversion and transfers on random stages. */
#include "kit/games.h"

#include "solve/repeated.h"

static dtn_stage *stage_of(dtn_ctx *ctx, const dtn_strategic *g)
{
    dtn_stage *s;
    assert_ok(ctx, dtn_stage_new(ctx, ctx->scratch, &s, g));
    return s;
}

static void bracket(dtn_ctx *ctx, dtn_discount_bracket *b, const dtn_stage *s, size_t profile)
{
    dtn_payoff_grid *grid;
    assert_ok(ctx, dtn_payoff_grid_new(ctx, ctx->scratch, &grid, s));
    assert_ok(ctx, dtn_repeated_bracket(ctx, ctx->scratch, b, grid, profile));
}

/* T 5, R 3, P 1, S 0: grim trigger from (T - R)/(T - P) on; breaches noticed with probability 1/2: from 2/3 on. */
static void prisoners_dilemma(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g = kit_bimatrix(ctx, 2, 2, (int[]){3, 0, 5, 1}, (int[]){3, 5, 0, 1});
    dtn_stage *s = stage_of(ctx, g);
    dtn_critical_discount c;
    dtn_discount_bracket b;
    fmpq_t detect;
    fmpq_init(detect);
    fmpq_one(detect);
    assert_ok(ctx, dtn_repeated_reversion(ctx, ctx->scratch, &c, s, 0, detect));
    assert_fmpq_eq_str(c.delta, "1/2");
    assert_int_equal(c.punishment[0], 3);
    fmpq_set_si(detect, 1, 2);
    assert_ok(ctx, dtn_repeated_reversion(ctx, ctx->scratch, &c, s, 0, detect));
    assert_fmpq_eq_str(c.delta, "2/3");
    fmpq_clear(detect);
    bracket(ctx, &b, s, 0);
    assert_true(b.exact);
    assert_fmpq_eq_str(b.hi, "1/2");
    bracket(ctx, &b, s, 2); /* one defects: the other would rather have its minmax payoff */
    assert_true(b.never);
    bracket(ctx, &b, s, 3);
    assert_true(b.exact && fmpq_is_zero(b.hi));
    dtn_strategic_free(g);
}

/* T 6, R 3, P 1 for one player and T 4, R 3, P 0 for the other: sum (T - R) / sum (T - P) = 4/9 with transfers, the larger of 3/5
 * and 1/4 without. */
static void asymmetric_dilemma(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g = kit_bimatrix(ctx, 2, 2, (int[]){3, 0, 6, 1}, (int[]){3, 4, -1, 0});
    dtn_stage *s = stage_of(ctx, g);
    dtn_critical_discount c;
    dtn_discount_bracket b;
    assert_ok(ctx, dtn_repeated_transfers(ctx, ctx->scratch, &c, s, 0));
    assert_fmpq_eq_str(c.delta, "4/9");
    assert_fmpq_eq_str(c.temptation, "4");
    assert_fmpq_eq_str(c.stake, "5");
    bracket(ctx, &b, s, 0);
    assert_true(b.exact);
    assert_fmpq_eq_str(b.hi, "3/5");
    dtn_strategic_free(g);
}

/* Work, shirk, fight: reversion needs 1/2; one period of mutual fighting makes it 1/4, and nothing makes it less. */
static void stick_and_carrot(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g =
        kit_bimatrix(ctx, 3, 3, (int[]){4, 0, 1, 5, 3, 0, 0, 0, 0}, (int[]){4, 5, 0, 0, 3, 0, 1, 0, 0});
    dtn_stage *s = stage_of(ctx, g);
    dtn_critical_discount c;
    dtn_discount_bracket b;
    fmpq_t one;
    fmpq_init(one);
    fmpq_one(one);
    assert_fmpq_eq_str(&s->minmax[0], "1");
    assert_ok(ctx, dtn_repeated_reversion(ctx, ctx->scratch, &c, s, 0, one));
    assert_fmpq_eq_str(c.delta, "1/2");
    bracket(ctx, &b, s, 0);
    assert_true(b.exact && b.sticks);
    assert_fmpq_eq_str(b.hi, "1/4");
    assert_int_equal(b.stick[0], 8);
    fmpq_clear(one);
    dtn_strategic_free(g);
}

/* The dilemma's set of payoffs: below 1/4 only the equilibrium of the stage (taking turns needs 5 delta/(1 + delta) >= 1); well above
 * 1/2, cooperation too. */
static void payoff_sets(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g = kit_bimatrix(ctx, 2, 2, (int[]){3, 0, 5, 1}, (int[]){3, 5, 0, 1});
    dtn_stage *s = stage_of(ctx, g);
    dtn_payoff_grid *grid;
    static dtn_grid_point corner[DTN_PAYOFF_CORNERS + 1];
    int n;
    assert_ok(ctx, dtn_payoff_grid_new(ctx, ctx->scratch, &grid, s));
    assert_ok(ctx, dtn_payoff_set_outer(ctx, corner, &n, grid, DTN_DISCOUNT_STEPS / 5, NULL, NULL));
    for (int i = 0; i < n; i++) {
        assert_in_range(corner[i].x - grid->lo[3].x + 64, 0, 128);
        assert_in_range(corner[i].y - grid->lo[3].y + 64, 0, 128);
    }
    assert_false(dtn_payoff_set_proved(grid, corner, n, DTN_DISCOUNT_STEPS / 5)); /* a point has no inside */
    assert_ok(ctx, dtn_payoff_set_outer(ctx, corner, &n, grid, DTN_DISCOUNT_STEPS * 4 / 5, NULL, NULL));
    assert_true(dtn_polygon_holds(corner, n, grid->lo[0]));
    assert_true(dtn_polygon_holds(corner, n, grid->lo[3]));
    assert_false(dtn_polygon_holds(corner, n, grid->lo[1]));
    dtn_grid_point least = dtn_polygon_least(corner, n);
    assert_in_range(grid->lo[3].x - least.x + 64, 0, 128);
    /* What is no fixed point is not taken for one: the hull of all payoffs. */
    corner[0] = grid->lo[3];
    corner[1] = grid->lo[2];
    corner[2] = grid->lo[0];
    corner[3] = grid->lo[1];
    assert_false(dtn_payoff_set_proved(grid, corner, 4, DTN_DISCOUNT_STEPS * 4 / 5));
    dtn_strategic_free(g);
}

/* No pure equilibrium and no patience: nothing can be kept up. */
static void matching_pennies(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g = kit_bimatrix(ctx, 2, 2, (int[]){1, -1, -1, 1}, (int[]){-1, 1, 1, -1});
    dtn_stage *s = stage_of(ctx, g);
    dtn_discount_bracket b;
    dtn_critical_discount c;
    bracket(ctx, &b, s, 0);
    assert_true(b.never);
    assert_ok(ctx, dtn_repeated_transfers(ctx, ctx->scratch, &c, s, 0));
    assert_true(c.never);
    dtn_strategic_free(g);
}

/* Transfers never hurt; sticks and reversion bound the bracket from above, minmax from below; scaling one player's payoffs and
 * exchanging the players change nothing. */
static void random_stages(void **state)
{
    dtn_ctx *ctx = *state;
    fmpq_t one;
    fmpq_init(one);
    fmpq_one(one);
    for (uint64_t seed = 0; seed < 12; seed++) {
        dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
        uint64_t at = seed;
        int a[9], b[9], scaled[9], a_turned[9], b_turned[9];
        for (int i = 0; i < 9; i++) {
            a[i] = (int)(kit_random(&at) % 10);
            b[i] = (int)(kit_random(&at) % 10);
            scaled[i] = 7 * a[i] - 20;
        }
        for (int i = 0; i < 9; i++) {
            a_turned[i] = b[3 * (i % 3) + i / 3];
            b_turned[i] = a[3 * (i % 3) + i / 3];
        }
        dtn_strategic *g = kit_bimatrix(ctx, 3, 3, a, b), *h = kit_bimatrix(ctx, 3, 3, scaled, b),
                      *t = kit_bimatrix(ctx, 3, 3, a_turned, b_turned);
        dtn_stage *s = stage_of(ctx, g), *u = stage_of(ctx, h), *v = stage_of(ctx, t);
        for (size_t k = 0; k < 9; k += 2) {
            dtn_discount_bracket x, y, z;
            dtn_critical_discount paid, back, floor;
            bracket(ctx, &x, s, k);
            bracket(ctx, &y, u, k);
            bracket(ctx, &z, v, k / 3 + 3 * (k % 3));
            assert_ok(ctx, dtn_repeated_transfers(ctx, ctx->scratch, &paid, s, k));
            assert_ok(ctx, dtn_repeated_reversion(ctx, ctx->scratch, &back, s, k, one));
            assert_ok(ctx, dtn_repeated_minmax(ctx, ctx->scratch, &floor, s, k));
            assert_int_equal(x.never, floor.never);
            assert_int_equal(x.never, y.never);
            assert_int_equal(x.never, z.never);
            assert_int_equal(x.exact, z.exact);
            if (x.never)
                continue;
            assert_true(fmpq_cmp(x.lo, floor.delta) >= 0 || x.exact);
            if (x.hi_known) {
                assert_true(fmpq_cmp(x.lo, x.hi) <= 0);
                assert_false(paid.never);
                assert_true(fmpq_cmp(paid.delta, x.hi) <= 0);
                assert_true(back.never || fmpq_cmp(x.hi, back.delta) <= 0);
                assert_true(!y.hi_known || fmpq_cmp(x.lo, y.hi) <= 0);
                assert_true(!z.hi_known || fmpq_cmp(z.lo, x.hi) <= 0);
            }
        }
        dtn_strategic_free(g);
        dtn_strategic_free(h);
        dtn_strategic_free(t);
        dtn_arena_release(ctx->scratch, mark);
    }
    fmpq_clear(one);
}

static void refusals(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_payoff_grid *grid;
    dtn_strategic *g = kit_random_game(ctx, 3, (int[]){2, 2, 2}, 1, 5);
    assert_status(ctx, DTN_DOMAIN, dtn_payoff_grid_new(ctx, ctx->scratch, &grid, stage_of(ctx, g)));
    assert_error_has(ctx, "two players");
    dtn_strategic_free(g);
    g = kit_random_game(ctx, 2, (int[]){40, 40}, 1, 5);
    assert_status(ctx, DTN_LIMIT, dtn_payoff_grid_new(ctx, ctx->scratch, &grid, stage_of(ctx, g)));
    dtn_strategic_free(g);
}

/* d noticed: delta >= (T - R)/((T - R) + d (R - P)), with and without transfers; for d = 1/4 from 4/5 on. */
static void imperfect_detection(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g = kit_bimatrix(ctx, 2, 2, (int[]){3, 0, 5, 1}, (int[]){3, 5, 0, 1});
    dtn_stage *s = stage_of(ctx, g);
    dtn_critical_discount c;
    dtn_discount_bracket b;
    fmpq_t x;
    fmpq_init(x);
    fmpq_set_si(x, 1, 4);
    dtn_stage_detect(s, x);
    fmpq_clear(x);
    assert_fmpq_eq_str(s->minmax, "1");
    assert_ok(ctx, dtn_repeated_transfers(ctx, ctx->scratch, &c, s, 0));
    assert_fmpq_eq_str(c.delta, "4/5");
    bracket(ctx, &b, s, 0);
    assert_true(b.exact);
    assert_fmpq_eq_str(b.hi, "4/5");
    dtn_strategic_free(g);
}

/* Whoever is exploited during the punishment of the other does better than by the agreement; two who can only hurt each other
 * forgive. */
static void renegotiation(void **state)
{
    dtn_ctx *ctx = *state;
    bool stands;
    size_t punish[2];
    dtn_strategic *g = kit_bimatrix(ctx, 2, 2, (int[]){3, 0, 5, 1}, (int[]){3, 5, 0, 1});
    dtn_repeated_renegotiation(&stands, punish, stage_of(ctx, g), 0);
    assert_true(stands);
    assert_int_equal(punish[0], 2); /* cooperate against defect */
    assert_int_equal(punish[1], 1);
    dtn_strategic_free(g);
    g = kit_bimatrix(ctx, 3, 3, (int[]){4, 0, 1, 5, 3, 0, 0, 0, 0}, (int[]){4, 5, 0, 0, 3, 0, 1, 0, 0});
    dtn_repeated_renegotiation(&stands, punish, stage_of(ctx, g), 0);
    assert_true(stands == (punish[0] != 0 && punish[1] != 0));
    dtn_strategic_free(g);
    g = kit_bimatrix(ctx, 2, 2, (int[]){3, -1, 4, -2},
                     (int[]){3, 4, -1, -2}); /* chicken-like: hurting hurts both */
    dtn_repeated_renegotiation(&stands, punish, stage_of(ctx, g), 0);
    assert_true(stands);
    dtn_strategic_free(g);
    g = kit_bimatrix(ctx, 2, 2, (int[]){3, 0, 4, 0},
                     (int[]){3, 2, 0, 0}); /* 1 is tempted; 2 always loses by punishing */
    dtn_repeated_renegotiation(&stands, punish, stage_of(ctx, g), 0);
    assert_false(stands);
    dtn_strategic_free(g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(prisoners_dilemma), kit_test(asymmetric_dilemma),  kit_test(stick_and_carrot),
        kit_test(payoff_sets),       kit_test(matching_pennies),    kit_test(random_stages),
        kit_test(refusals),          kit_test(imperfect_detection), kit_test(renegotiation),
    };
    return cmocka_run_group_tests_name("repeated", tests, NULL, NULL);
}
