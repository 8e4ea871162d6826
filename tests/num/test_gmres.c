/* GMRES against systems with known solutions. */
#include "kit/kit.h"

#include <math.h>

#include "kit/games.h"
#include "num/gmres.h"

enum { N = 40 };

typedef struct matrix {
    double a[N][N];
    long used;
} matrix;

static void apply(void *user, double *out, const double *x)
{
    matrix *m = user;
    m->used++;
    for (int i = 0; i < N; i++) {
        out[i] = 0;
        for (int j = 0; j < N; j++)
            out[i] += m->a[i][j] * x[j];
    }
}

static void fill(matrix *m, uint64_t seed, double diagonal)
{
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++)
            m->a[i][j] = (double)(kit_random(&seed) % 2001) / 1000 - 1 + (i == j ? diagonal : 0);
}

static double solve(dtn_ctx *ctx, matrix *m, int space, int most, double *reached)
{
    double want[N], right[N], x[N], error = 0;
    for (int i = 0; i < N; i++)
        want[i] = i % 7 - 3;
    apply(m, right, want);
    m->used = 0;
    assert_ok(ctx, dtn_gmres(ctx, x, reached, N, right, 1e-12, space, most, apply, m));
    for (int i = 0; i < N; i++)
        error = fmax(error, fabs(x[i] - want[i]));
    return error;
}

static void full_space_is_direct(void **state)
{
    matrix m = {0};
    double reached;
    for (uint64_t seed = 1; seed < 20; seed++) {
        fill(&m, seed, 3);
        assert_true(solve(*state, &m, N + 5, 4 * N, &reached) < 1e-8);
        assert_true(reached <= 1e-12);
        assert_true(m.used <= N + 3);
    }
}

static void restarts_converge(void **state)
{
    matrix m = {0};
    double reached;
    fill(&m, 5, 30);
    assert_true(solve(*state, &m, 4, 400, &reached) < 1e-8);
}

static void a_bound_is_kept(void **state)
{
    matrix m = {0};
    double reached;
    fill(&m, 6, 0);
    solve(*state, &m, 10, 12, &reached);
    assert_true(reached > 1e-12);
    assert_true(m.used <= 12 + 3);
}

static void nothing_to_solve(void **state)
{
    matrix m = {0};
    double x[N], right[N] = {0}, reached;
    fill(&m, 7, 3);
    assert_ok(*state, dtn_gmres(*state, x, &reached, N, right, 1e-12, 10, 100, apply, &m));
    for (int i = 0; i < N; i++)
        assert_true(x[i] == 0);
    assert_true(reached == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {kit_test(full_space_is_direct), kit_test(restarts_converge),
                                       kit_test(a_bound_is_kept), kit_test(nothing_to_solve)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
