/* Positive solutions of small polynomial systems, against systems made from known solutions and by hand. */
#include "kit/kit.h"

#include "num/polysystem.h"

static void set(fmpq *x, const char *text)
{
    fmpq_init(x);
    assert_int_equal(fmpq_set_str(x, text, 10), 0);
}

/* Game of Nash: three players who all mix; x y = 1/6, x + y = 5/6 and z = x y + 1/2 have two rational solutions. */
static void rational_solutions_are_exact(void **state)
{
    dtn_ctx *ctx = *state;
    static const int factor[][DTN_POLY_FACTORS] = {
        {0, -1, -1, -1}, {1, -1, -1, -1}, {2, -1, -1, -1}, {0, 1, -1, -1}};
    static const char *const text[] = {"0", "0", "0", "1", "1", "1", "0", "0", "0", "0", "1", "-1"};
    fmpq a[12], b[3];
    for (int i = 0; i < 12; i++)
        set(&a[i], text[i]);
    set(&b[0], "1/6");
    set(&b[1], "5/6");
    set(&b[2], "1/2");
    dtn_polysystem s = {3, 3, 4, factor, a, b};
    dtn_arena *arena = dtn_arena_new(ctx);
    dtn_polyroots out;
    assert_ok(ctx, dtn_polysystem_solve(ctx, arena, &out, &s));
    assert_true(out.complete);
    assert_int_equal(out.count, 2);
    for (int i = 0; i < 2; i++) {
        assert_true(out.exact[i]);
        assert_fmpq_eq_str(&out.value[3 * i + 2], "2/3");
    }
    fmpq_t sum;
    fmpq_init(sum);
    fmpq_add(sum, &out.value[0], &out.value[3]);
    assert_fmpq_eq_str(sum, "5/6");
    fmpq_clear(sum);
    dtn_arena_free(arena);
    for (int i = 0; i < 12; i++)
        fmpq_clear(&a[i]);
    for (int i = 0; i < 3; i++)
        fmpq_clear(&b[i]);
}

/* x y = 1/2, x = y: the positive solution is 1/sqrt(2), in balls. */
static void irrational_solutions_are_enclosed(void **state)
{
    dtn_ctx *ctx = *state;
    static const int factor[][DTN_POLY_FACTORS] = {{0, -1, -1, -1}, {1, -1, -1, -1}, {0, 1, -1, -1}};
    static const char *const text[] = {"0", "0", "1", "1", "-1", "0"};
    fmpq a[6], b[2];
    for (int i = 0; i < 6; i++)
        set(&a[i], text[i]);
    set(&b[0], "1/2");
    set(&b[1], "0");
    dtn_polysystem s = {2, 2, 3, factor, a, b};
    dtn_arena *arena = dtn_arena_new(ctx);
    dtn_polyroots out;
    assert_ok(ctx, dtn_polysystem_solve(ctx, arena, &out, &s));
    assert_true(out.complete);
    assert_int_equal(out.count, 1);
    assert_false(out.exact[0]);
    arb_t square;
    arb_init(square);
    for (int v = 0; v < 2; v++) {
        assert_close(dtn_rational_double(&out.value[v]), 0.70710678118654752, 1e-15);
        arb_sqr(square, out.ball + v, 256);
        arb_mul_2exp_si(square, square, 1);
        assert_true(arb_contains_si(square, 1));
        assert_true(arb_rel_accuracy_bits(out.ball + v) > 100);
    }
    arb_clear(square);
    dtn_arena_free(arena);
    for (int i = 0; i < 6; i++)
        fmpq_clear(&a[i]);
    for (int i = 0; i < 2; i++)
        fmpq_clear(&b[i]);
}

/* x y = 1 alone has infinitely many solutions; x y = -1 with x = 1 has no positive one. */
static void says_when_it_is_not_complete(void **state)
{
    dtn_ctx *ctx = *state;
    static const int factor[][DTN_POLY_FACTORS] = {{0, -1, -1, -1}, {0, 1, -1, -1}};
    fmpq a[4], b[2];
    set(&a[0], "0");
    set(&a[1], "1");
    set(&a[2], "1");
    set(&a[3], "0");
    set(&b[0], "1");
    set(&b[1], "1");
    dtn_arena *arena = dtn_arena_new(ctx);
    dtn_polyroots out;
    dtn_polysystem one = {2, 1, 2, factor, a, b}, two = {2, 2, 2, factor, a, b};
    assert_ok(ctx, dtn_polysystem_solve(ctx, arena, &out, &one));
    assert_false(out.complete);
    fmpq_set_si(&b[0], -1, 1);
    assert_ok(ctx, dtn_polysystem_solve(ctx, arena, &out, &two));
    assert_true(out.complete);
    assert_int_equal(out.count, 0);
    dtn_arena_free(arena);
    for (int i = 0; i < 4; i++)
        fmpq_clear(&a[i]);
    for (int i = 0; i < 2; i++)
        fmpq_clear(&b[i]);
}

/* Systems of three equations that share a planted rational solution: it is found. */
static void planted_solutions_are_found(void **state)
{
    dtn_ctx *ctx = *state;
    static const int factor[][DTN_POLY_FACTORS] = {{0, -1, -1, -1}, {1, -1, -1, -1}, {2, -1, -1, -1},
                                                   {0, 1, -1, -1},  {0, 2, -1, -1},  {1, 2, -1, -1}};
    unsigned long long seed = 5;
    for (int trial = 0; trial < 40; trial++) {
        fmpq a[18], b[3], x[3], term;
        fmpq_init(&term);
        for (int v = 0; v < 3; v++) {
            seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
            fmpq_init(&x[v]);
            fmpq_set_si(&x[v], 1 + (slong)(seed >> 40) % 6, 7);
        }
        for (int i = 0; i < 3; i++) {
            fmpq_init(&b[i]);
            for (int c = 0; c < 6; c++) {
                seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
                fmpq_init(&a[6 * i + c]);
                fmpq_set_si(&a[6 * i + c], (slong)(seed >> 40) % 7 - 3, 1);
                fmpq_mul(&term, &a[6 * i + c], &x[factor[c][0]]);
                if (factor[c][1] >= 0)
                    fmpq_mul(&term, &term, &x[factor[c][1]]);
                fmpq_add(&b[i], &b[i], &term);
            }
        }
        dtn_arena *arena = dtn_arena_new(ctx);
        dtn_polysystem s = {3, 3, 6, factor, a, b};
        dtn_polyroots out;
        assert_ok(ctx, dtn_polysystem_solve(ctx, arena, &out, &s));
        bool found = false;
        for (int k = 0; k < out.count; k++)
            found = found ||
                    (out.exact[k] && fmpq_equal(&out.value[3 * k], &x[0]) &&
                     fmpq_equal(&out.value[3 * k + 1], &x[1]) && fmpq_equal(&out.value[3 * k + 2], &x[2]));
        assert_true(found || !out.complete);
        dtn_arena_free(arena);
        for (int i = 0; i < 18; i++)
            fmpq_clear(&a[i]);
        for (int i = 0; i < 3; i++) {
            fmpq_clear(&b[i]);
            fmpq_clear(&x[i]);
        }
        fmpq_clear(&term);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(rational_solutions_are_exact),
        kit_test(irrational_solutions_are_enclosed),
        kit_test(says_when_it_is_not_complete),
        kit_test(planted_solutions_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
