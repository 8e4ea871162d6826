/* Signs of polynomials on dyadic pieces, against their values at random points of the pieces. */
#include "kit/games.h"

#include "num/bernstein.h"

/* p at (x, y), straight from its coefficients. */
static int sign_at(const fmpz *p, const int degree[2], const fmpq *x)
{
    fmpq_t sum, term, power;
    fmpq_init(sum);
    fmpq_init(term);
    fmpq_init(power);
    for (int i = 0; i <= degree[0]; i++)
        for (int j = 0; j <= degree[1]; j++) {
            fmpq_set_fmpz(term, &p[i * (degree[1] + 1) + j]);
            fmpq_pow_si(power, &x[0], i);
            fmpq_mul(term, term, power);
            fmpq_pow_si(power, &x[1], j);
            fmpq_mul(term, term, power);
            fmpq_add(sum, sum, term);
        }
    int sign = fmpq_sgn(sum);
    fmpq_clear(sum);
    fmpq_clear(term);
    fmpq_clear(power);
    return sign;
}

static void signs_hold(void **state)
{
    dtn_ctx *ctx = *state;
    uint64_t seed = 5;
    int decided = 0, mixed = 0;
    fmpq *box = dtn_arena_fmpq(ctx->scratch, 6), *hi = box + 2, *x = box + 4;
    fmpz *p = dtn_arena_fmpz(ctx->scratch, 16), *work = dtn_arena_fmpz(ctx->scratch, 16);
    fmpq_set_si(&box[0], -1, 3);
    fmpq_set_si(&hi[0], 5, 2);
    fmpq_set_si(&box[1], 1, 7);
    fmpq_set_si(&hi[1], 2, 1);
    for (int k = 0; k < 400; k++) {
        int degree[2] = {(int)(kit_random(&seed) % 4), (int)(kit_random(&seed) % 4)};
        for (int i = 0; i < (degree[0] + 1) * (degree[1] + 1); i++)
            fmpz_set_si(&p[i], (slong)(kit_random(&seed) % 21) - 10);
        dtn_unit_poly unit;
        assert_ok(ctx, dtn_unit_poly_new(ctx, ctx->scratch, &unit, p, degree, box, hi, 2));
        int level = (int)(kit_random(&seed) % 6);
        long at[2] = {(long)(kit_random(&seed) % (1ULL << level)),
                      (long)(kit_random(&seed) % (1ULL << level))};
        int sign = dtn_unit_poly_sign(&unit, level, at, work, NULL);
        decided += sign != 0;
        mixed += sign == 0;
        for (int t = 0; t < 20 && sign; t++) {
            for (int v = 0; v < 2; v++) {
                long share = (long)(kit_random(&seed) % 999) + 1;
                fmpq_set_si(&x[v], at[v] * 1000 + share, 1000);
                fmpq_div_2exp(&x[v], &x[v], (ulong)level);
                fmpq_t width;
                fmpq_init(width);
                fmpq_sub(width, &hi[v], &box[v]);
                fmpq_mul(&x[v], &x[v], width);
                fmpq_add(&x[v], &x[v], &box[v]);
                fmpq_clear(width);
            }
            assert_int_equal(sign_at(p, degree, x), sign);
        }
    }
    assert_true(decided > 100 && mixed > 20);
}

/* (x - 1/3)(x - 2/3) has two roots on the unit interval, one on each half, none on the middle quarter's neighbours. */
static void roots_are_counted(void **state)
{
    dtn_ctx *ctx = *state;
    fmpq *box = dtn_arena_fmpq(ctx->scratch, 2);
    fmpz *p = dtn_arena_fmpz(ctx->scratch, 3), *work = dtn_arena_fmpz(ctx->scratch, 3);
    const int degree[2] = {2, 0};
    dtn_unit_poly unit;
    int changes;
    fmpq_one(&box[1]);
    fmpz_set_si(&p[0], 2);
    fmpz_set_si(&p[1], -9);
    fmpz_set_si(&p[2], 9);
    assert_ok(ctx, dtn_unit_poly_new(ctx, ctx->scratch, &unit, p, degree, box, box + 1, 1));
    assert_int_equal(dtn_unit_poly_sign(&unit, 0, (const long[2]){0, 0}, work, &changes), 0);
    assert_int_equal(changes, 2);
    for (long half = 0; half < 2; half++) {
        assert_int_equal(dtn_unit_poly_sign(&unit, 1, (const long[2]){half, 0}, work, &changes), 0);
        assert_int_equal(changes, 1);
    }
    assert_int_equal(dtn_unit_poly_sign(&unit, 3, (const long[2]){3, 0}, work, &changes), -1);
    assert_int_equal(dtn_unit_poly_sign(&unit, 3, (const long[2]){0, 0}, work, &changes), 1);
    assert_int_equal(changes, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {kit_test(signs_hold), kit_test(roots_are_counted)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
