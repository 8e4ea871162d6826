/* Looking at traced numbers from outside gives what rationals give at the same point, on borders too. */
#include "kit/games.h"

#include "num/traced_view.h"

/* z = (x^2 - y) / (3 x + 1), and the factors that its sign rests on. */
static void values_and_signs_are_those_of_rationals(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_trace *trace;
    dtn_trace_view *view;
    fmpq *x = dtn_arena_fmpq(ctx->scratch, 8), *at = x + 2, *z = x + 4, *d = x + 5, *seen = x + 6,
         *wanted = x + 7;
    uint64_t seed = 5;
    assert_ok(ctx, dtn_trace_new(ctx, &trace, 2));
    assert_ok(ctx, dtn_trace_view_new(ctx, &view, ctx->scratch, trace));
    fmpq_set_si(&at[0], 3, 7);
    fmpq_set_si(&at[1], 5, 7);
    dtn_trace_start(trace, at);
    dtn_trace_param(&x[0], trace, 0);
    dtn_trace_param(&x[1], trace, 1);
    dtn_traced_mul(z, &x[0], &x[0]);
    dtn_traced_sub(z, z, &x[1]);
    dtn_traced_mul_si(d, &x[0], 3);
    dtn_traced_add_si(d, d, 1);
    dtn_traced_div(z, z, d);
    assert_int_equal(dtn_traced_sgn(z), -1);
    int border = 0;
    for (int i = 0; i < 500; i++) {
        fmpq_set_si(&at[0], (slong)(kit_random(&seed) % 21) - 10, 5);
        if (i % 5 == 0)
            fmpq_mul(&at[1], &at[0], &at[0]); /* on the border */
        else
            fmpq_set_si(&at[1], (slong)(kit_random(&seed) % 1000001), 250000);
        dtn_trace_view_move(view, at);
        fmpq_mul(wanted, &at[0], &at[0]);
        fmpq_sub(wanted, wanted, &at[1]);
        fmpq_mul_si(seen, &at[0], 3);
        fmpq_add_si(seen, seen, 1);
        fmpq_div(wanted, wanted, seen);
        assert_ok(ctx, dtn_trace_view_value(ctx, seen, view, z));
        assert_true(fmpq_equal(seen, wanted));
        for (int f = 0; f < dtn_trace_factors(trace); f++)
            for (int twice = 0; twice < 2; twice++) {
                int sign;
                assert_ok(ctx, dtn_trace_view_sign(ctx, &sign, view, f));
                assert_int_equal(sign, dtn_trace_factor_sign_at(trace, f, at));
                border += sign == 0;
            }
    }
    assert_true(border >= 200);
    fmpq_set_si(&at[0], -1, 3);
    dtn_trace_view_move(view, at);
    assert_status(ctx, DTN_DOMAIN, dtn_trace_view_value(ctx, seen, view, z));
    fmpq_set_si(wanted, 2, 3); /* constants are copied */
    assert_ok(ctx, dtn_trace_view_value(ctx, seen, view, wanted));
    assert_fmpq_eq_str(seen, "2/3");
    dtn_trace_free(trace);
}

int main(void)
{
    const struct CMUnitTest tests[] = {kit_test(values_and_signs_are_those_of_rationals)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
