/* The verifier of profiles: known regrets, and certificates that fail when an equilibrium is disturbed. */
#include "kit/games.h"

#include "solve/verify.h"

#include <string.h>

static void set(fmpq *x, const char *const *text, int count)
{
    for (int i = 0; i < count; i++)
        assert_true(dtn_rational_parse(x + i, text[i], strlen(text[i])));
}

static void battle_of_the_sexes(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g = kit_bimatrix(ctx, 2, 2, (int[]){3, 0, 0, 2}, (int[]){2, 0, 0, 3});
    fmpq *x = dtn_arena_fmpq(ctx->scratch, 8);
    set(x, (const char *[]){"3/5", "2/5", "2/5", "3/5"}, 4);
    assert_ok(ctx, dtn_verify_strategic(ctx, x + 4, x + 6, g, x));
    assert_fmpq_eq_str(x + 4, "6/5");
    assert_fmpq_eq_str(x + 5, "6/5");
    assert_true(fmpq_is_zero(x + 6) && fmpq_is_zero(x + 7));
    /* 2's mixture is what keeps 1 indifferent: disturbed, 1 gains by playing the first row. */
    set(x, (const char *[]){"3/5", "2/5", "3/5", "2/5"}, 4);
    assert_ok(ctx, dtn_verify_strategic(ctx, x + 4, x + 6, g, x));
    assert_fmpq_eq_str(x + 6, "2/5");
    assert_true(fmpq_is_zero(x + 7));
    dtn_strategic_free(g);
}

/* Regrets of a mixed profile of a three-player game, by the definition over all profiles. */
static void matches_the_definition(void **state)
{
    dtn_ctx *ctx = *state;
    static const int size[3] = {2, 3, 4}, first[3] = {0, 2, 5};
    fmpq *x = dtn_arena_fmpq(ctx->scratch, 20);
    set(x, (const char *[]){"1/3", "2/3", "1/2", "0", "1/2", "1/4", "1/6", "1/3", "1/4"}, 9);
    fmpq *weight = x + 16, *value = x + 17, *best = x + 18;
    for (uint64_t seed = 0; seed < 20; seed++) {
        dtn_strategic *g = kit_random_game(ctx, 3, size, seed, 50);
        assert_ok(ctx, dtn_verify_strategic(ctx, x + 9, x + 12, g, x));
        for (int p = 0; p < 3; p++) {
            for (int deviation = -1; deviation < size[p]; deviation++) {
                fmpq_zero(value);
                for (size_t i = 0; i < 24; i++) {
                    int s[3] = {(int)(i % 2), (int)(i / 2 % 3), (int)(i / 6)};
                    fmpq_one(weight);
                    for (int q = 0; q < 3; q++)
                        if (q != p || deviation < 0)
                            fmpq_mul(weight, weight, x + first[q] + s[q]);
                        else if (s[q] != deviation)
                            fmpq_zero(weight);
                    fmpq_addmul(value, weight, dtn_payoffs_at(&g->payoff, 3 * i + (size_t)p).q);
                }
                if (deviation < 0)
                    assert_true(fmpq_equal(value, x + 9 + p));
                else if (deviation == 0 || fmpq_cmp(value, best) > 0)
                    fmpq_set(best, value);
            }
            fmpq_sub(best, best, x + 9 + p);
            assert_true(fmpq_equal(best, x + 12 + p));
        }
        dtn_strategic_free(g);
    }
}

static void fractions_and_large_payoffs(void **state)
{
    dtn_ctx *ctx = *state;
    fmpq *x = dtn_arena_fmpq(ctx->scratch, 16);
    set(x, (const char *[]){"1e40", "1/3", "0", "1/7", "0", "2", "1e40", "0"}, 8);
    dtn_strategic *g;
    assert_ok(ctx, dtn_strategic_new(ctx, &g, "t", 2, (int[]){2, 2}, NULL, NULL, x));
    set(x + 8, (const char *[]){"1/2", "1/2", "1", "0"}, 4);
    assert_ok(ctx, dtn_verify_strategic(ctx, x + 12, x + 14, g, x + 8));
    assert_fmpq_eq_str(x + 12, "5e39");
    assert_fmpq_eq_str(x + 13, "5/21");
    assert_fmpq_eq_str(x + 14, "5e39");
    assert_fmpq_eq_str(x + 15, "16/21");
    dtn_strategic_free(g);
}

static void no_distribution(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g = kit_bimatrix(ctx, 2, 2, (int[]){3, 0, 0, 2}, (int[]){2, 0, 0, 3});
    fmpq *x = dtn_arena_fmpq(ctx->scratch, 8);
    set(x, (const char *[]){"3/5", "1/5", "2/5", "3/5"}, 4);
    assert_status(ctx, DTN_ARG, dtn_verify_strategic(ctx, x + 4, x + 6, g, x));
    assert_error_has(ctx, "do not sum to 1");
    set(x, (const char *[]){"1", "0", "-1", "2"}, 4);
    assert_status(ctx, DTN_ARG, dtn_verify_strategic(ctx, x + 4, x + 6, g, x));
    assert_error_has(ctx, "negative");
    dtn_strategic_free(g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(battle_of_the_sexes),
        kit_test(matches_the_definition),
        kit_test(fractions_and_large_payoffs),
        kit_test(no_distribution),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
