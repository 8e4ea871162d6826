/* The verifier of balls: what it proves, and what it must refuse. */
#include "kit/games.h"

#include <math.h>

#include "solve/verify.h"

/* Three players who each want to mismatch the next with payoffs that make the mixed equilibrium irrational: player p's gain from
 * strategy 2 is a + b x + c y + d x y. */
static dtn_strategic *irrational(dtn_ctx *ctx)
{
    fmpq *payoff = dtn_arena_fmpq(ctx->scratch, 24);
    /* gain of 2 over 1 for everyone: 1 - x - x y of the two others x (next) and y: symmetric root x^2 + x = 1. */
    for (size_t i = 0; i < 8; i++)
        for (size_t p = 0; p < 3; p++) {
            long x = (long)(i >> ((p + 1) % 3) & 1), y = (long)(i >> ((p + 2) % 3) & 1),
                 own = (long)(i >> p & 1);
            fmpq_set_si(payoff + 3 * i + p, own * (1 - x - x * y), 1);
        }
    dtn_strategic *g;
    assert_ok(ctx, dtn_strategic_new(ctx, &g, "golden", 3, (int[]){2, 2, 2}, NULL, NULL, payoff));
    return g;
}

static bool check(dtn_ctx *ctx, const dtn_strategic *g, const fmpq *sigma, double radius,
                  double *payoff_radius)
{
    bool held;
    fmpq *out = dtn_arena_fmpq(ctx->scratch, 2 * (size_t)g->players);
    assert_ok(ctx, dtn_verify_ball(ctx, &held, out, out + g->players, payoff_radius, g, sigma, radius));
    return held;
}

static void golden(fmpq *sigma, const char *text)
{
    for (int p = 0; p < 3; p++) {
        dtn_rational_parse(sigma + 2 * p + 1, text, 16);
        fmpq_one(sigma + 2 * p);
        fmpq_sub(sigma + 2 * p, sigma + 2 * p, sigma + 2 * p + 1);
    }
}

static void an_irrational_equilibrium(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g = irrational(ctx);
    fmpq *sigma = dtn_arena_fmpq(ctx->scratch, 6);
    double payoffs;
    golden(sigma, "0.61803398874989");
    assert_true(check(ctx, g, sigma, 1e-13, &payoffs));
    assert_true(payoffs > 0 && payoffs < 1e-11);
    assert_true(check(ctx, g, sigma, 1e-3, &payoffs));
    assert_false(check(ctx, g, sigma, 1e-15, &payoffs)); /* the golden ratio lies outside */
    golden(sigma, "0.61813398874989");
    assert_false(check(ctx, g, sigma, 1e-5, &payoffs));
    assert_false(check(ctx, g, sigma, 0, &payoffs));
    assert_false(check(ctx, g, sigma, 0.7, &payoffs)); /* a probability could be 0 */
    dtn_strategic_free(g);
}

/* Other strategies must stay worse all over the ball. */
static void strategies_outside(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g = kit_bimatrix(ctx, 2, 2, (int[]){3, 0, 2, 1}, (int[]){3, 0, 0, 1});
    fmpq *sigma = dtn_arena_fmpq(ctx->scratch, 4);
    double payoffs;
    fmpq_one(sigma);
    fmpq_one(sigma + 2);
    assert_true(check(ctx, g, sigma, 0.1, &payoffs));
    assert_false(check(ctx, g, sigma, 0.6, &payoffs)); /* the mixed equilibrium is near */
    dtn_strategic_free(g);
    g = kit_bimatrix(ctx, 2, 2, (int[]){1, 1, 1, 1},
                     (int[]){1, 0, 1, 0}); /* player 1 does not care: a continuum */
    assert_false(check(ctx, g, sigma, 1e-6, &payoffs));
    dtn_strategic_free(g);
}

static void wrong_profiles(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g = kit_bimatrix(ctx, 2, 2, (int[]){1, 0, 0, 1}, (int[]){1, 0, 0, 1});
    fmpq *sigma = dtn_arena_fmpq(ctx->scratch, 4);
    fmpq out[4];
    double payoffs;
    bool held;
    for (int i = 0; i < 4; i++)
        fmpq_init(out + i);
    assert_status(ctx, DTN_ARG, dtn_verify_ball(ctx, &held, out, out + 2, &payoffs, g, sigma, 0.1));
    for (int i = 0; i < 4; i++) {
        fmpq_set_si(sigma + i, 1, 2);
        fmpq_clear(out + i);
    }
    assert_true(check(ctx, g, sigma, 0.4, &payoffs)); /* the mixed one, far from both pure ones */
    dtn_strategic_free(g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(an_irrational_equilibrium),
        kit_test(strategies_outside),
        kit_test(wrong_profiles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
