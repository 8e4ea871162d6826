/* Strategic form: copies, scaled integers, refusals. */
#include "kit/games.h"

#include <string.h>

static void payoffs_are_scaled_per_player(void **state)
{
    dtn_ctx *ctx = *state;
    fmpq *payoff = dtn_arena_fmpq(ctx->scratch, 4);
    fmpq_set_si(payoff, 1, 6);
    fmpq_set_si(payoff + 1, 3, 1);
    fmpq_set_si(payoff + 2, -5, 4);
    fmpq_set_si(payoff + 3, 1, 2);
    dtn_strategic *g;
    assert_ok(ctx, dtn_strategic_new(ctx, &g, "t", 2, (int[]){2, 1}, NULL, NULL, payoff));
    assert_int_equal(g->profiles, 2);
    assert_true(fmpz_equal_si(g->payoff.denominator, 12) && fmpz_equal_si(g->payoff.denominator + 1, 2));
    assert_int_equal(g->payoff.integer[0], 2);
    assert_int_equal(g->payoff.integer[1], 6);
    assert_int_equal(g->payoff.integer[2], -15);
    assert_int_equal(g->payoff.integer[3], 1);
    assert_close(dtn_payoffs_double(&g->payoff, 1, 0), -1.25, 0);
    assert_string_equal(g->strategy[0][1], "2");
    assert_string_equal(g->player[1], "2");
    dtn_strategic_free(g);
}

static void large_payoffs_stay_exact(void **state)
{
    dtn_ctx *ctx = *state;
    fmpq *payoff = dtn_arena_fmpq(ctx->scratch, 2);
    assert_true(dtn_rational_parse(payoff, "1e30", 4));
    dtn_strategic *g;
    assert_ok(ctx, dtn_strategic_new(ctx, &g, "t", 1, (int[]){2}, NULL, NULL, payoff));
    assert_null(g->payoff.integer);
    assert_fmpq_eq_str(dtn_payoffs_at(&g->payoff, 0).q, "1000000000000000000000000000000");
    dtn_strategic_free(g);
}

static void bad_sizes_are_refused(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g;
    fmpq *payoff = dtn_arena_fmpq(ctx->scratch, 2);
    assert_status(ctx, DTN_ARG, dtn_strategic_new(ctx, &g, "t", 0, NULL, NULL, NULL, payoff));
    assert_status(ctx, DTN_ARG, dtn_strategic_new(ctx, &g, "t", 2, (int[]){2, 0}, NULL, NULL, payoff));
    assert_error_has(ctx, "player 2 has 0 strategies");
    int many[8] = {2000000000, 2000000000, 2000000000, 2000000000, 2000000000, 2000000000, 2, 2};
    assert_status(ctx, DTN_ARG, dtn_strategic_new(ctx, &g, "t", 8, many, NULL, NULL, payoff));
    assert_error_has(ctx, "overflows");
    assert_null(g);
}

static dtn_status build(dtn_ctx *ctx, void *user)
{
    (void)user;
    fmpq *payoff;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, payoff, 8);
    dtn_strategic *g;
    DTN_TRY(dtn_strategic_new(ctx, &g, "t", 2, (int[]){2, 2}, NULL, NULL, payoff));
    dtn_strategic_free(g);
    return DTN_OK;
}

static void out_of_memory(void **state)
{
    (void)state;
    assert_true(kit_memory_sweep(build, NULL) > 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(payoffs_are_scaled_per_player),
        kit_test(large_payoffs_stay_exact),
        kit_test(bad_sizes_are_refused),
        kit_test(out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
