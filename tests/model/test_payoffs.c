/* Tables of payoffs: the same numbers come back however they are stored, and the store changes when it has to. */
#include "model/payoffs.h"

#include <string.h>

#include "kit/kit.h"

static void put(dtn_ctx *ctx, dtn_payoffs *t, size_t row, size_t column, const char *text)
{
    fmpq_t x;
    fmpq_init(x);
    assert_true(dtn_rational_parse(x, text, strlen(text)));
    assert_ok(ctx, dtn_payoffs_set(ctx, t, row, column, x));
    fmpq_clear(x);
}

static void whole_numbers_share_a_denominator(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_payoffs t;
    assert_ok(ctx, dtn_payoffs_make(ctx, &t, ctx->scratch, 4, 2));
    put(ctx, &t, 0, 0, "7");
    put(ctx, &t, 1, 0, "-1/6");
    put(ctx, &t, 2, 0, ".25");
    put(ctx, &t, 0, 1, "3");
    assert_int_equal(t.integer[0], 84);
    assert_int_equal(t.integer[2], -2);
    assert_int_equal(t.integer[4], 3);
    assert_true(fmpz_equal_si(t.denominator, 12) && fmpz_is_one(t.denominator + 1));
    assert_fmpq_eq_str(dtn_payoffs_at(&t, 0).q, "7");
    assert_fmpq_eq_str(dtn_payoffs_at(&t, 2).q, "-1/6");
    assert_fmpq_eq_str(dtn_payoffs_at(&t, 4).q, "1/4");
    assert_fmpq_eq_str(dtn_payoffs_at(&t, 6).q, "0"); /* not set */
    assert_close(dtn_payoffs_double(&t, 1, 0), -1 / 6.0, 0);
    assert_true(dtn_payoffs_cmp(&t, 2, 4) < 0 && dtn_payoffs_cmp(&t, 0, 4) > 0 &&
                dtn_payoffs_cmp(&t, 0, 0) == 0);
}

/* The numbers of one table must come back from every store: a last number decides which one it is. */
static void every_store_gives_the_numbers_back(void **state)
{
    static const char *const last[] = {"5",
                                       "4611686018427387903",
                                       "-4611686018427387903",
                                       "4611686018427387904",
                                       "1/4611686018427387903",
                                       "1/4611686018427387847",
                                       "1e30",
                                       "1/3000000000000000000000000000000"};
    static const bool fits[] = {true, false, false, false, false, false, false, false};
    static const char *const first[] = {"1/2", "-3/10", "12345678901", "0", ".001"};
    dtn_ctx *ctx = *state;
    for (size_t k = 0; k < sizeof last / sizeof *last; k++) {
        dtn_payoffs t;
        assert_ok(ctx, dtn_payoffs_make(ctx, &t, ctx->scratch, 6, 1));
        for (size_t i = 0; i < 5; i++)
            put(ctx, &t, i, 0, first[i]);
        put(ctx, &t, 5, 0, last[k]);
        assert_int_equal(t.integer != NULL, fits[k]);
        fmpq_t x;
        fmpz_t scaled;
        fmpq_init(x);
        fmpz_init(scaled);
        const fmpz *common;
        const fmpq *all;
        double *doubles;
        assert_ok(ctx, dtn_payoffs_common(ctx, &common, ctx->scratch, &t));
        assert_ok(ctx, dtn_payoffs_fractions(ctx, &all, ctx->scratch, &t));
        assert_ok(ctx, dtn_payoffs_doubles(ctx, &doubles, ctx->scratch, &t));
        for (size_t i = 0; i < 6; i++) {
            const char *text = i < 5 ? first[i] : last[k];
            assert_true(dtn_rational_parse(x, text, strlen(text)));
            assert_true(fmpq_equal(dtn_payoffs_at(&t, i).q, x));
            assert_true(fmpq_equal(all + i, x));
            assert_close(doubles[i], dtn_rational_double(x), 0);
            assert_true((dtn_payoffs_cmp(&t, i, 0) > 0) == (fmpq_cmp(x, all) > 0));
            dtn_payoffs_scaled(scaled, &t, i, common);
            fmpq_mul_fmpz(x, x, common);
            assert_true(fmpz_is_one(fmpq_denref(x)) && fmpz_equal(fmpq_numref(x), scaled));
        }
        fmpq_clear(x);
        fmpz_clear(scaled);
    }
}

/* The greatest whole numbers that fit stay in 8 bytes, with either sign. */
static void the_edge_fits(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_payoffs t;
    assert_ok(ctx, dtn_payoffs_make(ctx, &t, ctx->scratch, 2, 1));
    put(ctx, &t, 0, 0, "4611686018427387903");
    put(ctx, &t, 1, 0, "-4611686018427387903");
    assert_non_null(t.integer);
    assert_fmpq_eq_str(dtn_payoffs_at(&t, 1).q, "-4611686018427387903");
    put(ctx, &t, 1, 0, "1/2"); /* would double the other one */
    assert_null(t.integer);
    assert_fmpq_eq_str(dtn_payoffs_at(&t, 0).q, "4611686018427387903");
    assert_fmpq_eq_str(dtn_payoffs_at(&t, 1).q, "1/2");
}

/* Denominators without common factors: found by halves, never while the table is filled. */
static void many_denominators(void **state)
{
    enum { N = 3000 };
    dtn_ctx *ctx = *state;
    dtn_payoffs t;
    char text[32];
    assert_ok(ctx, dtn_payoffs_make(ctx, &t, ctx->scratch, N, 1));
    for (size_t i = 0; i < N; i++) {
        snprintf(text, sizeof text, "1/%zu", 1000003 + 2 * i);
        put(ctx, &t, i, 0, text);
    }
    assert_null(t.integer);
    const fmpz *common;
    fmpz_t one;
    fmpz_init(one);
    assert_ok(ctx, dtn_payoffs_common(ctx, &common, ctx->scratch, &t));
    for (size_t i = 0; i < N; i += 97) {
        dtn_payoffs_scaled(one, &t, i, common);
        fmpz_mul_ui(one, one, 1000003 + 2 * i);
        assert_true(fmpz_equal(one, common));
    }
    fmpz_clear(one);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(whole_numbers_share_a_denominator),
        kit_test(every_store_gives_the_numbers_back),
        kit_test(the_edge_fits),
        kit_test(many_denominators),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
