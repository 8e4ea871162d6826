/* Traced numbers: they are rational functions, the signs asked are what a run rests on, and linear programs keep their answers
 * wherever those signs hold. */
#include "kit/games.h"

#include "num/traced.h"

typedef struct scene {
    dtn_trace *trace;
    fmpq *x; /* [2] the parameters; [2] more */
    fmpq *sample;
} scene;

static scene open_scene(dtn_ctx *ctx, int sx, int sy)
{
    scene s;
    assert_ok(ctx, dtn_trace_new(ctx, &s.trace, 2));
    s.sample = dtn_arena_fmpq(ctx->scratch, 2);
    s.x = dtn_arena_fmpq(ctx->scratch, 8);
    fmpq_set_si(&s.sample[0], sx, 7);
    fmpq_set_si(&s.sample[1], sy, 7);
    dtn_trace_start(s.trace, s.sample);
    dtn_trace_param(&s.x[0], s.trace, 0);
    dtn_trace_param(&s.x[1], s.trace, 1);
    return s;
}

static void equal_functions_are_one(void **state)
{
    dtn_ctx *ctx = *state;
    scene s = open_scene(ctx, 3, 5);
    fmpq *x = &s.x[0], *y = &s.x[1], *a = &s.x[2], *b = &s.x[3], *c = &s.x[4];
    int asked;
    dtn_traced_add(a, x, y); /* (x + y)^2 - x^2 - y^2 - 2 x y is 0, whatever x and y */
    dtn_traced_mul(a, a, a);
    dtn_traced_submul(a, x, x);
    dtn_traced_submul(a, y, y);
    dtn_traced_mul(b, x, y);
    dtn_traced_mul_si(b, b, 2);
    dtn_traced_sub(a, a, b);
    assert_true(dtn_traced_is_zero(a));
    assert_fmpq_eq_str(a, "0");
    dtn_trace_asked(s.trace, &asked);
    assert_int_equal(asked, 0); /* no condition: it is no number but 0 */
    dtn_traced_mul(a, x, x);    /* (x^2 - y^2) / (x - y) - y = x */
    dtn_traced_submul(a, y, y);
    dtn_traced_sub(b, x, y);
    dtn_traced_div(c, a, b);
    dtn_traced_sub(c, c, y);
    assert_true(dtn_traced_equal(c, x));
    dtn_trace_asked(s.trace, &asked);
    assert_int_equal(asked, 1); /* x - y is not 0 */
    assert_int_equal(dtn_traced_sgn(b), -1);
    dtn_traced_pow_si(a, x, -2);
    dtn_traced_mul(a, a, x);
    dtn_traced_mul(a, a, x);
    assert_fmpq_eq_str(a, "1");
    assert_int_equal(dtn_trace_end(s.trace), DTN_TRACE_SOUND);
    dtn_trace_free(s.trace);
}

static void signs_are_conditions(void **state)
{
    dtn_ctx *ctx = *state;
    scene s = open_scene(ctx, 3, 5);
    fmpq *x = &s.x[0], *y = &s.x[1], *a = &s.x[2];
    int asked;
    dtn_traced_mul(a, x, x); /* x^3 - x y^2 = x (x - y)(x + y): three factors, one question */
    dtn_traced_submul(a, y, y);
    dtn_traced_mul(a, a, x);
    assert_int_equal(dtn_traced_peek(a), -1);
    dtn_trace_asked(s.trace, &asked);
    assert_int_equal(asked, 0);
    assert_int_equal(dtn_traced_sgn(a), -1);
    dtn_trace_asked(s.trace, &asked);
    assert_int_equal(asked, 3);
    fmpq_set_si(&s.sample[0], 6, 7); /* the same numbers at another sample */
    dtn_trace_start(s.trace, s.sample);
    dtn_trace_asked(s.trace, &asked);
    assert_int_equal(asked, 0);
    assert_int_equal(dtn_traced_sgn(a), 1);
    fmpq_set(&s.sample[1], &s.sample[0]); /* on a border */
    dtn_trace_start(s.trace, s.sample);
    assert_int_equal(dtn_traced_sgn(a), 0);
    assert_int_equal(dtn_trace_end(s.trace), DTN_TRACE_DEGENERATE);
    dtn_trace_free(s.trace);
}

enum { ROWS = 4, COLUMNS = 3, ENTRIES = ROWS * COLUMNS + ROWS + COLUMNS };

/* An entry c0 + c1 x + c2 y; value: its number at a point. */
static void entry(fmpq *out, const int c[3], const fmpq *x, const fmpq *y)
{
    fmpq_t t;
    fmpq_init(t);
    fmpq_set_si(out, c[0], 1);
    dtn_traced_mul_si(t, x, c[1]);
    dtn_traced_add(out, out, t);
    dtn_traced_mul_si(t, y, c[2]);
    dtn_traced_add(out, out, t);
    fmpq_clear(t);
}

/* Where every factor asked keeps its sign, the answer is the same, the traced point is a best one. */
static void programs_keep_their_answers(void **state)
{
    dtn_ctx *ctx = *state;
    uint64_t seed = 11;
    int same = 0, answers[3] = {0};
    for (int k = 0; k < 150; k++) {
        scene s = open_scene(ctx, (int)(kit_random(&seed) % 40) + 1, (int)(kit_random(&seed) % 40) + 1);
        fmpq *number = dtn_arena_fmpq(ctx->scratch, ENTRIES), *plain = dtn_arena_fmpq(ctx->scratch, ENTRIES);
        fmpq *best = dtn_arena_fmpq(ctx->scratch, 2 * COLUMNS + 2), *point = dtn_arena_fmpq(ctx->scratch, 2);
        int c[ENTRIES][3];
        dtn_lp_sense sense[ROWS];
        bool nonnegative[COLUMNS];
        for (int i = 0; i < ENTRIES; i++)
            for (int t = 0; t < 3; t++)
                c[i][t] = t && kit_random(&seed) % 3 ? 0 : (int)(kit_random(&seed) % 9) - 4;
        for (int i = 0; i < ROWS; i++)
            sense[i] = kit_random(&seed) % 4 == 0 ? DTN_LP_EQ : kit_random(&seed) % 2 ? DTN_LP_LE : DTN_LP_GE;
        for (int j = 0; j < COLUMNS; j++)
            nonnegative[j] = kit_random(&seed) % 4 != 0;
        for (int i = 0; i < ENTRIES; i++)
            entry(&number[i], c[i], &s.x[0], &s.x[1]);
        dtn_polyhedron set = {ROWS, COLUMNS, number, number + ROWS * COLUMNS, sense, nonnegative};
        dtn_lp_answer answer, again;
        assert_ok(ctx, dtn_traced_lp_maximise(ctx, &answer, best, best + COLUMNS, &set,
                                              number + ROWS * COLUMNS + ROWS));
        answers[answer]++;
        int asked;
        const int *factor = dtn_trace_asked(s.trace, &asked);
        for (int t = 0; t < 30 && dtn_trace_end(s.trace) == DTN_TRACE_SOUND; t++) {
            for (int v = 0; v < 2; v++)
                fmpq_set_si(&point[v], (slong)(kit_random(&seed) % 400) + 1, 61);
            bool inside = true;
            for (int i = 0; i < asked && inside; i++)
                inside = dtn_trace_factor_sign_at(s.trace, factor[i], point) ==
                         dtn_trace_factor_sign(s.trace, factor[i]);
            if (!inside)
                continue;
            for (int i = 0; i < ENTRIES; i++)
                entry(&plain[i], c[i], &point[0], &point[1]);
            dtn_polyhedron there = {ROWS, COLUMNS, plain, plain + ROWS * COLUMNS, sense, nonnegative};
            assert_ok(ctx, dtn_lp_maximise(ctx, &again, best + COLUMNS + 1, best + 2 * COLUMNS + 1, &there,
                                           plain + ROWS * COLUMNS + ROWS));
            assert_int_equal(again, answer);
            same++;
            if (answer != DTN_LP_OPTIMAL)
                continue;
            dtn_trace *other =
                s.trace; /* the traced optimum at that point: its difference from the number there has sign 0 */
            dtn_trace_start(other, point);
            fmpq_t gap;
            fmpq_init(gap);
            dtn_traced_sub(gap, best + COLUMNS, best + 2 * COLUMNS + 1);
            assert_int_equal(dtn_traced_peek(gap), 0);
            fmpq_clear(gap);
            break; /* the run's list is gone */
        }
        dtn_trace_free(s.trace);
    }
    assert_true(same > 300);
    assert_true(answers[DTN_LP_OPTIMAL] > 10 && answers[DTN_LP_INFEASIBLE] > 10 &&
                answers[DTN_LP_UNBOUNDED] > 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {kit_test(equal_functions_are_one), kit_test(signs_are_conditions),
                                       kit_test(programs_keep_their_answers)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
