/* Exact linear programs against brute force over all bases, and against facts that are known by hand. */
#include "kit/kit.h"

#include <flint/fmpq_mat.h>
#include <stdlib.h>

#include "num/lp.h"

enum { MOST_ROWS = 8, MOST_COLUMNS = 3 };

typedef struct rows_system {
    dtn_polyhedron set;
    fmpq a[MOST_ROWS * MOST_COLUMNS], b[MOST_ROWS];
    dtn_lp_sense senses[MOST_ROWS];
    bool nonnegative[MOST_COLUMNS];
} rows_system;

static void open_system(rows_system *s, int rows, int columns)
{
    s->set = (dtn_polyhedron){rows, columns, s->a, s->b, s->senses, s->nonnegative};
    for (int i = 0; i < MOST_ROWS * MOST_COLUMNS; i++)
        fmpq_init(&s->a[i]);
    for (int i = 0; i < MOST_ROWS; i++)
        fmpq_init(&s->b[i]);
    for (int j = 0; j < MOST_COLUMNS; j++)
        s->nonnegative[j] = false;
}

static void close_system(rows_system *s)
{
    for (int i = 0; i < MOST_ROWS * MOST_COLUMNS; i++)
        fmpq_clear(&s->a[i]);
    for (int i = 0; i < MOST_ROWS; i++)
        fmpq_clear(&s->b[i]);
}

static void set_row(rows_system *s, int row, const int *a, dtn_lp_sense sense, int b)
{
    for (int j = 0; j < s->set.columns; j++)
        fmpq_set_si(&s->a[row * s->set.columns + j], a[j], 1);
    fmpq_set_si(&s->b[row], b, 1);
    s->senses[row] = sense;
}

static int side(const rows_system *s, int row, const fmpq *x)
{
    fmpq_t left;
    fmpq_init(left);
    for (int j = 0; j < s->set.columns; j++)
        fmpq_addmul(left, &s->a[row * s->set.columns + j], &x[j]);
    int sign = fmpq_cmp(left, &s->b[row]);
    fmpq_clear(left);
    return sign;
}

static bool holds(const rows_system *s, const fmpq *x)
{
    for (int r = 0; r < s->set.rows; r++) {
        int sign = side(s, r, x);
        if (s->senses[r] == DTN_LP_LE ? sign > 0 : s->senses[r] == DTN_LP_GE ? sign < 0 : sign != 0)
            return false;
    }
    for (int j = 0; j < s->set.columns; j++)
        if (s->nonnegative[j] && fmpq_sgn(&x[j]) < 0)
            return false;
    return true;
}

static unsigned long long state;

static int roll(int lo, int hi)
{
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return lo + (int)((state >> 33) % (unsigned long long)(hi - lo + 1));
}

/* Random rows, then a box |x_j| <= 4 so that brute force over bases finds the optimum. */
static void random_system(rows_system *s, int columns, int extra)
{
    open_system(s, extra + 2 * columns, columns);
    for (int r = 0; r < extra; r++) {
        int a[MOST_COLUMNS];
        for (int j = 0; j < columns; j++)
            a[j] = roll(-3, 3);
        set_row(s, r, a, roll(0, 5) == 0 ? DTN_LP_EQ : roll(0, 1) ? DTN_LP_LE : DTN_LP_GE, roll(-4, 4));
        fmpq_div_2exp(&s->a[r * columns], &s->a[r * columns], (ulong)roll(0, 2));
    }
    for (int j = 0; j < columns; j++) {
        int a[MOST_COLUMNS] = {0};
        a[j] = 1;
        set_row(s, extra + 2 * j, a, DTN_LP_LE, 4);
        set_row(s, extra + 2 * j + 1, a, DTN_LP_GE, -4);
        s->nonnegative[j] = roll(0, 1);
    }
}

/* All vertices: every choice of `columns` tight rows (sign bounds count as rows) with one solution that holds. */
static int brute_vertices(const rows_system *s, fmpq_mat_t points)
{
    int n = s->set.columns, all = s->set.rows + n, found = 0;
    fmpq_mat_t m, rhs, x;
    fmpq_mat_init(m, n, n);
    fmpq_mat_init(rhs, n, 1);
    fmpq_mat_init(x, n, 1);
    for (unsigned pick = 0; pick < 1U << all; pick++) {
        int k = 0;
        bool bounds = true;
        for (int r = 0; r < all; r++) {
            k += pick >> r & 1;
            bounds = bounds && (r < s->set.rows || !(pick >> r & 1) || s->nonnegative[r - s->set.rows]);
        }
        if (k != n || !bounds)
            continue;
        k = 0;
        for (int r = 0; r < all; r++) {
            if (!(pick >> r & 1))
                continue;
            for (int j = 0; j < n; j++) {
                if (r < s->set.rows)
                    fmpq_set(fmpq_mat_entry(m, k, j), &s->a[r * n + j]);
                else
                    fmpq_set_si(fmpq_mat_entry(m, k, j), j == r - s->set.rows, 1);
            }
            if (r < s->set.rows)
                fmpq_set(fmpq_mat_entry(rhs, k, 0), &s->b[r]);
            else
                fmpq_zero(fmpq_mat_entry(rhs, k, 0));
            k++;
        }
        if (!fmpq_mat_solve(x, m, rhs))
            continue;
        fmpq point[MOST_COLUMNS];
        for (int j = 0; j < n; j++) {
            fmpq_init(&point[j]);
            fmpq_set(&point[j], fmpq_mat_entry(x, j, 0));
        }
        bool fresh = holds(s, point);
        for (int v = 0; v < found && fresh; v++) {
            bool same = true;
            for (int j = 0; j < n; j++)
                same = same && fmpq_equal(fmpq_mat_entry(points, v, j), &point[j]);
            fresh = !same;
        }
        for (int j = 0; j < n; j++) {
            if (fresh)
                fmpq_set(fmpq_mat_entry(points, found, j), &point[j]);
            fmpq_clear(&point[j]);
        }
        found += fresh;
    }
    fmpq_mat_clear(m);
    fmpq_mat_clear(rhs);
    fmpq_mat_clear(x);
    return found;
}

static void optimum_is_the_best_vertex(void **test)
{
    dtn_ctx *ctx = *test;
    state = 1;
    for (int trial = 0; trial < 300; trial++) {
        int n = roll(1, 3), feasible;
        rows_system s;
        random_system(&s, n, roll(0, MOST_ROWS - 2 * n));
        fmpq_mat_t points;
        fmpq_mat_init(points, 400, n);
        feasible = brute_vertices(&s, points);
        fmpq x[MOST_COLUMNS], c[MOST_COLUMNS];
        fmpq_t value, best, here;
        fmpq_init(value);
        fmpq_init(best);
        fmpq_init(here);
        for (int j = 0; j < n; j++) {
            fmpq_init(&x[j]);
            fmpq_init(&c[j]);
            fmpq_set_si(&c[j], roll(-5, 5), (ulong)roll(1, 3));
        }
        dtn_lp_answer answer;
        assert_ok(ctx, dtn_lp_maximise(ctx, &answer, x, value, &s.set, c));
        assert_int_equal(answer, feasible ? DTN_LP_OPTIMAL : DTN_LP_INFEASIBLE);
        for (int v = 0; v < feasible; v++) {
            fmpq_zero(here);
            for (int j = 0; j < n; j++)
                fmpq_addmul(here, &c[j], fmpq_mat_entry(points, v, j));
            if (v == 0 || fmpq_cmp(here, best) > 0)
                fmpq_set(best, here);
        }
        if (feasible) {
            assert_true(fmpq_equal(best, value));
            assert_true(holds(&s, x));
        }
        for (int j = 0; j < n; j++) {
            fmpq_clear(&x[j]);
            fmpq_clear(&c[j]);
        }
        fmpq_clear(value);
        fmpq_clear(best);
        fmpq_clear(here);
        fmpq_mat_clear(points);
        close_system(&s);
    }
}

static void vertices_are_all_found(void **test)
{
    dtn_ctx *ctx = *test;
    state = 2;
    for (int trial = 0; trial < 300; trial++) {
        int n = roll(1, 3), count, dimension;
        bool complete;
        rows_system s;
        random_system(&s, n, roll(0, MOST_ROWS - 2 * n));
        fmpq_mat_t points;
        fmpq_mat_init(points, 400, n);
        int wanted = brute_vertices(&s, points);
        dtn_arena *arena = dtn_arena_new(ctx);
        fmpq *found;
        assert_ok(ctx,
                  dtn_polyhedron_vertices(ctx, arena, &found, &count, &dimension, &complete, &s.set, 1000));
        assert_true(complete);
        assert_int_equal(count, wanted);
        for (int v = 0; v < count; v++) {
            bool known = false;
            for (int w = 0; w < wanted && !known; w++) {
                known = true;
                for (int j = 0; j < n; j++)
                    known = known && fmpq_equal(fmpq_mat_entry(points, w, j), &found[v * n + j]);
            }
            assert_true(known);
        }
        /* dimension = rank of the differences from the first vertex */
        int rank = -1;
        if (wanted) {
            fmpq_mat_t d;
            fmpq_mat_init(d, wanted, n);
            for (int v = 1; v < wanted; v++)
                for (int j = 0; j < n; j++)
                    fmpq_sub(fmpq_mat_entry(d, v, j), fmpq_mat_entry(points, v, j),
                             fmpq_mat_entry(points, 0, j));
            rank = (int)fmpq_mat_rref(d, d);
            fmpq_mat_clear(d);
        }
        assert_int_equal(dimension, rank);
        dtn_arena_free(arena);
        fmpq_mat_clear(points);
        close_system(&s);
    }
}

static void interior_is_strict_wherever_it_can_be(void **test)
{
    dtn_ctx *ctx = *test;
    state = 3;
    for (int trial = 0; trial < 200; trial++) {
        int n = roll(1, 3);
        rows_system s;
        random_system(&s, n, roll(0, MOST_ROWS - 2 * n));
        fmpq_mat_t points;
        fmpq_mat_init(points, 400, n);
        int wanted = brute_vertices(&s, points);
        fmpq x[MOST_COLUMNS], v[MOST_COLUMNS];
        for (int j = 0; j < n; j++) {
            fmpq_init(&x[j]);
            fmpq_init(&v[j]);
        }
        bool rows[MOST_ROWS], columns[MOST_COLUMNS];
        dtn_lp_answer answer;
        assert_ok(ctx, dtn_lp_interior(ctx, &answer, x, rows, columns, &s.set));
        assert_int_equal(answer, wanted ? DTN_LP_OPTIMAL : DTN_LP_INFEASIBLE);
        for (int r = 0; r < s.set.rows && wanted; r++) { /* strict somewhere iff strict at a vertex */
            bool can = false;
            for (int p = 0; p < wanted; p++) {
                for (int j = 0; j < n; j++)
                    fmpq_set(&v[j], fmpq_mat_entry(points, p, j));
                can = can || (s.senses[r] != DTN_LP_EQ && side(&s, r, v) != 0);
            }
            assert_int_equal(rows[r], can);
            if (can)
                assert_true(side(&s, r, x) != 0);
        }
        if (wanted)
            assert_true(holds(&s, x));
        for (int j = 0; j < n && wanted; j++)
            assert_int_equal(columns[j], s.nonnegative[j] && fmpq_sgn(&x[j]) > 0);
        for (int j = 0; j < n; j++) {
            fmpq_clear(&x[j]);
            fmpq_clear(&v[j]);
        }
        fmpq_mat_clear(points);
        close_system(&s);
    }
}

static void free_variables_may_run_away(void **test)
{
    dtn_ctx *ctx = *test;
    rows_system s;
    open_system(&s, 1, 2);
    set_row(&s, 0, (int[]){1, -1}, DTN_LP_LE, 2);
    fmpq c[2], x[2];
    for (int j = 0; j < 2; j++) {
        fmpq_init(&c[j]);
        fmpq_init(&x[j]);
    }
    fmpq_one(&c[0]);
    dtn_lp_answer answer;
    assert_ok(ctx, dtn_lp_maximise(ctx, &answer, x, NULL, &s.set, c));
    assert_int_equal(answer, DTN_LP_UNBOUNDED);
    fmpq_set_si(&c[1], -1, 1); /* x - y is bounded although both variables are not */
    fmpq_t value;
    fmpq_init(value);
    assert_ok(ctx, dtn_lp_maximise(ctx, &answer, x, value, &s.set, c));
    assert_int_equal(answer, DTN_LP_OPTIMAL);
    assert_fmpq_eq_str(value, "2");
    dtn_arena *arena = dtn_arena_new(ctx);
    fmpq *found;
    int count, dimension;
    bool complete;
    assert_status(ctx, DTN_DOMAIN,
                  dtn_polyhedron_vertices(ctx, arena, &found, &count, &dimension, &complete, &s.set, 10));
    assert_error_has(ctx, "unbounded");
    dtn_arena_free(arena);
    fmpq_clear(value);
    for (int j = 0; j < 2; j++) {
        fmpq_clear(&c[j]);
        fmpq_clear(&x[j]);
    }
    close_system(&s);
}

/* Beale's example cycles under the largest-coefficient rule. */
static void degenerate_pivots_end(void **test)
{
    dtn_ctx *ctx = *test;
    static const char *const rows[3][4] = {
        {"1/4", "-60", "-1/25", "9"}, {"1/2", "-90", "-1/50", "3"}, {"0", "0", "1", "0"}};
    static const char *const cost[4] = {"3/4", "-150", "1/50", "-6"};
    fmpq a[12], b[3], c[4], x[4];
    dtn_lp_sense senses[3] = {DTN_LP_LE, DTN_LP_LE, DTN_LP_LE};
    bool nonnegative[4] = {true, true, true, true};
    for (int i = 0; i < 12; i++) {
        fmpq_init(&a[i]);
        fmpq_set_str(&a[i], rows[i / 4][i % 4], 10);
    }
    for (int i = 0; i < 3; i++) {
        fmpq_init(&b[i]);
        fmpq_set_si(&b[i], i == 2, 1);
    }
    for (int i = 0; i < 4; i++) {
        fmpq_init(&c[i]);
        fmpq_init(&x[i]);
        fmpq_set_str(&c[i], cost[i], 10);
    }
    dtn_polyhedron set = {3, 4, a, b, senses, nonnegative};
    dtn_lp_answer answer;
    fmpq_t value;
    fmpq_init(value);
    assert_ok(ctx, dtn_lp_maximise(ctx, &answer, x, value, &set, c));
    assert_int_equal(answer, DTN_LP_OPTIMAL);
    assert_fmpq_eq_str(value, "1/20");
    fmpq_clear(value);
    for (int i = 0; i < 12; i++)
        fmpq_clear(&a[i]);
    for (int i = 0; i < 3; i++)
        fmpq_clear(&b[i]);
    for (int i = 0; i < 4; i++) {
        fmpq_clear(&c[i]);
        fmpq_clear(&x[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(optimum_is_the_best_vertex),
        kit_test(vertices_are_all_found),
        kit_test(interior_is_strict_wherever_it_can_be),
        kit_test(free_variables_may_run_away),
        kit_test(degenerate_pivots_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
