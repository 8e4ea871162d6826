/* Linear programs of any size against the exact tableau, and their proofs by definition. */
#include "kit/games.h"

#include "num/lp.h"

typedef struct program {
    dtn_polyhedron set;
    fmpq *a, *b, *c;
    dtn_lp_sense *senses;
    bool *nonnegative;
} program;

static program make(dtn_ctx *ctx, int rows, int columns)
{
    program p = {.a = dtn_arena_fmpq(ctx->scratch, (size_t)(rows * columns)),
                 .b = dtn_arena_fmpq(ctx->scratch, (size_t)rows),
                 .c = dtn_arena_fmpq(ctx->scratch, (size_t)columns),
                 .senses = dtn_arena_array(ctx->scratch, (size_t)rows, sizeof(dtn_lp_sense)),
                 .nonnegative = dtn_arena_array(ctx->scratch, (size_t)columns, sizeof(bool))};
    p.set = (dtn_polyhedron){rows, columns, p.a, p.b, p.senses, p.nonnegative};
    return p;
}

static long draw(uint64_t *seed, long range)
{
    return (long)(kit_random(seed) % (uint64_t)range);
}

/* Ties by design: small numbers. Some rows are equations, some variables free, some numbers fractions. */
static program any_program(dtn_ctx *ctx, uint64_t seed, int rows, int columns, long range)
{
    program p = make(ctx, rows, columns);
    for (int r = 0; r < rows; r++) {
        for (int j = 0; j < columns; j++)
            if (draw(&seed, 3) < 2)
                fmpq_set_si(p.a + r * columns + j, draw(&seed, 2 * range + 1) - range,
                            (ulong)(1 + draw(&seed, 2)));
        long sense = draw(&seed, 6);
        p.senses[r] = sense == 0 ? DTN_LP_EQ : sense == 1 ? DTN_LP_GE : DTN_LP_LE;
        fmpq_set_si(p.b + r, p.senses[r] == DTN_LP_LE ? draw(&seed, 3 * range) : draw(&seed, range), 1);
    }
    for (int j = 0; j < columns; j++) {
        fmpq_set_si(p.c + j, draw(&seed, 2 * range + 1) - range, 1);
        p.nonnegative[j] = draw(&seed, 5) > 0;
    }
    return p;
}

/* Signs, feasibility of both, equal values: weak duality makes it a proof. */
static void assert_proved(const program *p, const dtn_lp_optimum *o)
{
    int m = p->set.rows, n = p->set.columns;
    fmpq_t sum, primal, dual;
    fmpq_init(sum);
    fmpq_init(primal);
    fmpq_init(dual);
    for (int r = 0; r < m; r++) {
        fmpq_zero(sum);
        for (int j = 0; j < n; j++)
            fmpq_addmul(sum, p->a + r * n + j, o->x + j);
        int side = fmpq_cmp(sum, p->b + r), sign = fmpq_sgn(o->u + r);
        assert_true(p->senses[r] == DTN_LP_LE   ? side <= 0 && sign >= 0
                    : p->senses[r] == DTN_LP_GE ? side >= 0 && sign <= 0
                                                : side == 0);
        fmpq_addmul(dual, o->u + r, p->b + r);
    }
    for (int j = 0; j < n; j++) {
        fmpq_zero(sum);
        for (int r = 0; r < m; r++)
            fmpq_addmul(sum, p->a + r * n + j, o->u + r);
        int side = fmpq_cmp(sum, p->c + j);
        assert_true(p->nonnegative[j] ? side >= 0 && fmpq_sgn(o->x + j) >= 0 : side == 0);
        fmpq_addmul(primal, o->x + j, p->c + j);
    }
    assert_true(fmpq_equal(primal, dual));
    assert_true(fmpq_equal(primal, o->value));
    fmpq_clear(sum);
    fmpq_clear(primal);
    fmpq_clear(dual);
}

static void agrees_with_the_exact_tableau(void **state)
{
    dtn_ctx *ctx = *state;
    int seen[3] = {0};
    for (uint64_t seed = 1; seed <= 400; seed++) {
        dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
        program p = any_program(ctx, seed, 3 + (int)(seed % 14), 3 + (int)(seed % 11), seed % 2 ? 3 : 1000);
        fmpq *x = dtn_arena_fmpq(ctx->scratch, (size_t)p.set.columns);
        fmpq_t value;
        fmpq_init(value);
        dtn_lp_answer expected, answer;
        dtn_lp_optimum o;
        assert_ok(ctx, dtn_lp_maximise(ctx, &expected, x, value, &p.set, p.c));
        assert_ok(ctx, dtn_lp_optimise(ctx, ctx->scratch, &answer, &o, &p.set, p.c));
        assert_int_equal(answer, expected);
        seen[answer]++;
        if (answer == DTN_LP_OPTIMAL) {
            assert_proved(&p, &o);
            assert_true(fmpq_equal(value, o.value));
            for (int j = 0; o.unique_x && j < p.set.columns; j++)
                assert_true(fmpq_equal(x + j, o.x + j));
        }
        fmpq_clear(value);
        dtn_arena_release(ctx->scratch, mark);
    }
    assert_true(seen[0] > 50 && seen[1] > 20 && seen[2] > 20);
}

static void larger_programs_are_proved(void **state)
{
    dtn_ctx *ctx = *state;
    static const int sizes[][2] = {{60, 40}, {30, 80}, {50, 50}};
    for (int i = 0; i < 3; i++)
        for (long range = 2; range <= 1000000; range *= 1000) {
            program p = make(ctx, sizes[i][0], sizes[i][1]);
            uint64_t seed = (uint64_t)i;
            for (int k = 0; k < p.set.rows * p.set.columns; k++)
                fmpq_set_si(p.a + k, draw(&seed, range), 1);
            for (int r = 0; r < p.set.rows; r++) {
                fmpq_one(p.b + r);
                fmpq_one(p.a + r * p.set.columns + r % p.set.columns);
            }
            for (int j = 0; j < p.set.columns; j++) {
                fmpq_one(p.c + j);
                p.nonnegative[j] = true;
            }
            dtn_lp_answer answer;
            dtn_lp_optimum o;
            assert_ok(ctx, dtn_lp_optimise(ctx, ctx->scratch, &answer, &o, &p.set, p.c));
            if (answer == DTN_LP_OPTIMAL)
                assert_proved(&p, &o);
        }
}

/* A basis that looks optimal in doubles and is not: two columns differ by less than a double can tell. */
static void doubles_do_not_decide(void **state)
{
    dtn_ctx *ctx = *state;
    program p = make(ctx, 8, 8);
    for (int r = 0; r < 8; r++) {
        fmpq_one(p.a + r * 8 + r);
        fmpq_one(p.b + r);
        p.nonnegative[r] = true;
    }
    fmpq_set_si(p.a + 1, 1, 1); /* x0 + x1 <= 1: one of them */
    fmpq_one(p.c);
    dtn_rational_parse(p.c + 1, "1.0000000000000000000000001", 27);
    dtn_lp_answer answer;
    dtn_lp_optimum o;
    assert_ok(ctx, dtn_lp_optimise(ctx, ctx->scratch, &answer, &o, &p.set, p.c));
    assert_int_equal(answer, DTN_LP_OPTIMAL);
    assert_fmpq_eq_str(o.value, "1.0000000000000000000000001");
    assert_proved(&p, &o);
}

static dtn_status work(dtn_ctx *ctx, void *user)
{
    (void)user;
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    program p = make(ctx, 10, 9);
    if (!p.a || !p.b || !p.c || !p.senses || !p.nonnegative)
        return dtn_fail_nomem(ctx);
    for (int r = 0; r < 10; r++) {
        fmpq_one(p.b + r);
        for (int j = 0; j < 9; j++)
            fmpq_set_si(p.a + r * 9 + j, 1 + (r * 7 + j * 5) % 11, 1);
    }
    for (int j = 0; j < 9; j++) {
        fmpq_one(p.c + j);
        p.nonnegative[j] = true;
    }
    dtn_lp_answer answer;
    dtn_lp_optimum o;
    DTN_TRY(dtn_lp_optimise(ctx, ctx->scratch, &answer, &o, &p.set, p.c));
    assert_int_equal(answer, DTN_LP_OPTIMAL);
    dtn_arena_release(ctx->scratch, mark);
    return DTN_OK;
}

static void out_of_memory(void **state)
{
    (void)state;
    kit_memory_sweep(work, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(agrees_with_the_exact_tableau),
        kit_test(larger_programs_are_proved),
        kit_test(doubles_do_not_decide),
        kit_test(out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
