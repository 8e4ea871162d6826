/* Batches: every kernel against support enumeration in rationals, the general method, each other and any number of threads. */
#include "kit/batch_oracle.h"
#include "kit/games.h"

#include <math.h>
#include <string.h>

#include "detente/batch.h"

static const char *const all_kernels[] = {"avx512", "avx2", "plain", "exact"};

/* --- random batches ------------------------------------------------------------------------------ */

typedef struct games {
    dtn_batch batch;
    double *a, *b;
    int32_t *a32, *b32;
} games;

static void *room(dtn_ctx *ctx, size_t bytes)
{
    void *p = dtn_arena_alloc(ctx->scratch, bytes);
    assert_non_null(p);
    return p;
}

static size_t whole(const dtn_batch *b)
{
    size_t block = b->block ? b->block : b->games;
    return block ? (b->games + block - 1) / block * block : 0;
}

/* draw: the next payoff. What lies beyond the last game is no number. */
static games random_games(dtn_ctx *ctx, int rows, int columns, size_t count, size_t block, uint64_t seed,
                          double (*draw)(uint64_t *state, double range), double range)
{
    games g = {.batch = {.rows = rows, .columns = columns, .games = count, .block = block}};
    int planes = rows * columns;
    size_t payoffs = whole(&g.batch) * (size_t)planes;
    g.a = room(ctx, payoffs * sizeof *g.a);
    g.b = room(ctx, payoffs * sizeof *g.b);
    for (size_t i = 0; i < payoffs; i++)
        g.a[i] = g.b[i] = NAN;
    for (size_t k = 0; k < count; k++)
        for (int p = 0; p < planes; p++) {
            g.a[kit_batch_place(&g.batch, k, p)] = draw(&seed, range);
            g.b[kit_batch_place(&g.batch, k, p)] = draw(&seed, range);
        }
    g.batch.a = g.a;
    g.batch.b = g.b;
    return g;
}

static double uniform(uint64_t *state, double range)
{
    return (double)(kit_random(state) % (uint64_t)(range + 1)) - floor(range / 3);
}

/* Often at an end of the range, where determinants are largest. */
static double extremes(uint64_t *state, double range)
{
    uint64_t way = kit_random(state) % 8;
    double x = (double)(kit_random(state) % 3);
    return way < 3 ? x : way < 6 ? range - x : (double)(kit_random(state) % (uint64_t)(range + 1));
}

static dtn_batch_answer *solve(dtn_ctx *ctx, const dtn_batch *batch, const char *kernel)
{
    dtn_batch_answer *answer;
    dtn_batch_options options = {.kernel = kernel};
    assert_ok(ctx, dtn_batch_solve(ctx, &answer, batch, &options));
    if (kernel)
        assert_string_equal(answer->kernel, kernel);
    return answer;
}

static bool runs(const char *kernel)
{
    const char *name;
    for (int i = 0; (name = dtn_batch_kernel(i)); i++)
        if (strcmp(name, kernel) == 0)
            return true;
    return strcmp(kernel, "exact") == 0;
}

static void assert_same(const dtn_batch_answer *x, const dtn_batch_answer *y)
{
    assert_int_equal(x->games, y->games);
    for (size_t g = 0; g < x->games; g++) {
        if (x->first[g + 1] - x->first[g] != y->first[g + 1] - y->first[g] ||
            memcmp(x->item + x->first[g], y->item + y->first[g],
                   (x->first[g + 1] - x->first[g]) * sizeof *x->item) != 0)
            fail_msg("%s and %s differ at game %zu", x->kernel, y->kernel, g);
        assert_int_equal(x->flags[g] & DTN_BATCH_TIED, y->flags[g] & DTN_BATCH_TIED);
    }
    assert_int_equal(x->count, y->count);
    assert_int_equal(x->tied, y->tied);
}

/* Solves by every kernel and compares; returns the first answer. */
static dtn_batch_answer *by_all(dtn_ctx *ctx, const dtn_batch *batch)
{
    dtn_batch_answer *first = NULL;
    for (size_t k = 0; k < sizeof all_kernels / sizeof *all_kernels; k++) {
        if (!runs(all_kernels[k]))
            continue;
        dtn_batch_answer *answer = solve(ctx, batch, all_kernels[k]);
        if (first) {
            assert_same(first, answer);
            dtn_batch_answer_free(answer);
        } else {
            first = answer;
        }
    }
    return first;
}

/* --- tests --------------------------------------------------------------------------------------- */

static void supports_in_rationals(void **state)
{
    dtn_ctx *ctx = *state;
    static const double ranges[] = {1, 2, 3, 9, 999};
    static const int sizes[][2] = {{1, 1}, {1, 4}, {3, 1}, {2, 2}, {2, 3},
                                   {3, 2}, {3, 3}, {2, 5}, {4, 3}, {4, 4}};
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++)
        for (size_t r = 0; r < sizeof ranges / sizeof *ranges; r++) {
            size_t count = sizes[s][0] * sizes[s][1] > 9 ? 100 : 303;
            games g = random_games(ctx, sizes[s][0], sizes[s][1], count, 0, 10 * s + r, uniform, ranges[r]);
            dtn_batch_answer *answer = by_all(ctx, &g.batch);
            for (size_t k = 0; k < count; k++)
                kit_assert_supports(&g.batch, answer, k);
            dtn_batch_answer_free(answer);
        }
}

static void supports_in_rationals_5(void **state)
{
    dtn_ctx *ctx = *state;
    static const double ranges[] = {1, 3, 999};
    for (size_t r = 0; r < sizeof ranges / sizeof *ranges; r++) {
        games g = random_games(ctx, 5, 5, 20, 8, r, uniform, ranges[r]);
        dtn_batch_answer *answer = by_all(ctx, &g.batch);
        for (size_t k = 0; k < g.batch.games; k++)
            kit_assert_supports(&g.batch, answer, k);
        dtn_batch_answer_free(answer);
    }
}

/* Thousands of games a size, all kernels, the general method among them. */
static void kernels_agree(void **state)
{
    dtn_ctx *ctx = *state;
    static const int sizes[][3] = {{2, 2, 2000}, {3, 3, 1500}, {2, 4, 600}, {5, 3, 300},
                                   {4, 4, 600},  {5, 5, 150},  {6, 6, 40},  {7, 4, 30}};
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++)
        for (int way = 0; way < 2; way++) {
            games g = random_games(ctx, sizes[s][0], sizes[s][1], (size_t)sizes[s][2], 8, s, uniform,
                                   way ? 3 : 999);
            dtn_batch_answer *answer = by_all(ctx, &g.batch);
            assert_int_equal(answer->big, 0);
            assert_true(way || answer->tied < answer->games / 10);
            assert_true(!way || answer->tied > answer->games / 10);
            dtn_batch_answer_free(answer);
        }
}

/* At the largest payoffs that doubles take exactly, and one beyond. */
static void edge_of_the_range(void **state)
{
    dtn_ctx *ctx = *state;
    for (int n = 2; n <= 6; n++) {
        double range = dtn_batch_range(n, n);
        assert_true(range > 100);
        /* Differences of any size are exact, but payoffs beyond 2^51 are left to the general method. */
        range = range > 2251799813685248.0 ? 2251799813685248.0 : range;
        size_t count = n < 5 ? 200 : n == 5 ? 60 : 20;
        games g = random_games(ctx, n, n, count, 8, (uint64_t)n, extremes, range);
        dtn_batch_answer *answer = by_all(ctx, &g.batch);
        assert_int_equal(answer->big, 0);
        dtn_batch_answer_free(answer);
        g = random_games(ctx, n, n, count, 8, (uint64_t)n, extremes, 2 * range);
        answer = by_all(ctx, &g.batch);
        assert_true(answer->big > count / 2);
        dtn_batch_answer_free(answer);
    }
}

/* Whether the third row spoils the mixed equilibrium hangs on a minor of 1 between products near 2^53. */
static void no_rounding(void **state)
{
    dtn_ctx *ctx = *state;
    double r = dtn_batch_range(3, 3), s = r - 1;
    assert_true(s * s > 4503599627370496.0);
    double b[9] = {1, 0, 0, 0, 1, 0, 0, 0, 0};
    for (int worse = 0; worse < 2; worse++) {
        double p = worse ? s : s - 1,
               q = worse ? s - 1 : s; /* gains of rows 2 and 3 at the first column, less 1 at the second */
        double a[9] = {0, r, 0, p, r - p - 1, 0, q, r - q - 1, 0};
        dtn_batch batch = {.rows = 3, .columns = 3, .games = 1, .a = a, .b = b};
        dtn_batch_answer *answer = by_all(ctx, &batch);
        assert_int_equal(answer->big, 0);
        bool mixed = false;
        for (size_t i = 0; i < answer->count; i++)
            mixed = mixed || (answer->item[i].rows == 3 && answer->item[i].columns == 3);
        assert_int_equal(mixed, worse);
        dtn_batch_answer_free(answer);
    }
}

static void layouts(void **state)
{
    dtn_ctx *ctx = *state;
    static const size_t blocks[] = {0, 8, 16, 64, 1024};
    enum { GAMES = 1237 };
    dtn_batch_answer *first = NULL;
    for (size_t k = 0; k < sizeof blocks / sizeof *blocks; k++) {
        games g = random_games(ctx, 3, 3, GAMES, blocks[k], 7, uniform, 20);
        dtn_batch_answer *answer = solve(ctx, &g.batch, NULL);
        if (!first)
            first = answer;
        assert_same(first, answer);
        size_t payoffs = whole(&g.batch) * 9;
        int32_t *a = room(ctx, payoffs * sizeof *a), *b = room(ctx, payoffs * sizeof *b);
        for (size_t i = 0; i < payoffs; i++) {
            a[i] = isnan(g.a[i]) ? 0 : (int32_t)g.a[i];
            b[i] = isnan(g.b[i]) ? 0 : (int32_t)g.b[i];
        }
        dtn_batch ints = g.batch;
        ints.a = ints.b = NULL;
        ints.a32 = a;
        ints.b32 = b;
        dtn_batch_answer *same = by_all(ctx, &ints);
        assert_same(first, same);
        dtn_batch_answer_free(same);
        if (answer != first)
            dtn_batch_answer_free(answer);
    }
    dtn_batch_answer_free(first);
}

static void any_number_of_threads(void **state)
{
    dtn_ctx *ctx = *state;
    games g = random_games(ctx, 3, 4, 5000, 64, 3, uniform, 5);
    g.a[kit_batch_place(&g.batch, 4321, 2)] = 1e14; /* one for the general method */
    dtn_batch_answer *one = solve(ctx, &g.batch, NULL);
    static const int threads[] = {2, 3, 8, 64};
    for (int i = 0; i < 4; i++) {
        dtn_ctx_set_threads(ctx, threads[i]);
        dtn_batch_answer *more = solve(ctx, &g.batch, NULL);
        assert_same(one, more);
        assert_int_equal(more->big, 1);
        assert_memory_equal(one->first, more->first, (one->games + 1) * sizeof *one->first);
        dtn_batch_answer_free(more);
    }
    dtn_batch_answer_free(one);
}

static void probabilities(void **state)
{
    dtn_ctx *ctx = *state;
    /* Battle of the sexes 3-2: rows 3 : 2, columns 2 : 3. */
    double a[4] = {3, 0, 0, 2}, b[4] = {2, 0, 0, 3};
    dtn_batch batch = {.rows = 2, .columns = 2, .games = 1, .a = a, .b = b};
    dtn_batch_answer *answer = by_all(ctx, &batch);
    assert_int_equal(answer->count, 3);
    int64_t x[2], y[2];
    assert_ok(ctx, dtn_batch_weights(ctx, x, y, &batch, 0, answer->item + 2));
    assert_int_equal(x[0], 3);
    assert_int_equal(x[1], 2);
    assert_int_equal(y[0], 2);
    assert_int_equal(y[1], 3);
    assert_ok(ctx, dtn_batch_weights(ctx, x, y, &batch, 0, answer->item));
    assert_int_equal(x[0], 1);
    assert_int_equal(x[1], 0);
    dtn_batch_equilibrium wrong = {3, 3, 1, 3};
    assert_status(ctx, DTN_ARG, dtn_batch_weights(ctx, x, y, &batch, 0, &wrong));
    dtn_batch_answer_free(answer);
    /* Every equilibrium's weights: no action does better than those played. */
    games g = random_games(ctx, 4, 5, 300, 8, 5, uniform, 4);
    answer = solve(ctx, &g.batch, NULL);
    for (size_t k = 0; k < 300; k++)
        for (size_t i = answer->first[k]; i < answer->first[k + 1]; i++) {
            int64_t p[4], q[5], best = INT64_MIN;
            assert_ok(ctx, dtn_batch_weights(ctx, p, q, &g.batch, k, answer->item + i));
            int64_t value[4] = {0};
            for (int r = 0; r < 4; r++) {
                for (int c = 0; c < 5; c++)
                    value[r] += q[c] * kit_batch_payoff(&g.batch, k, 0, r, c);
                best = value[r] > best ? value[r] : best;
            }
            for (int r = 0; r < 4; r++) {
                assert_int_equal(answer->item[i].best_rows >> r & 1, value[r] == best);
                assert_int_equal(answer->item[i].rows >> r & 1, p[r] > 0);
            }
        }
    dtn_batch_answer_free(answer);
}

static void larger_games(void **state)
{
    dtn_ctx *ctx = *state;
    assert_true(dtn_batch_range(9, 9) == 0);
    games g = random_games(ctx, 3, 10, 4, 0, 1, uniform, 99);
    dtn_batch_answer *answer = solve(ctx, &g.batch, NULL);
    assert_string_equal(answer->kernel, "exact");
    dtn_batch_answer *exact = solve(ctx, &g.batch, "exact");
    assert_same(answer, exact);
    dtn_batch_answer_free(exact);
    dtn_batch_answer_free(answer);
    games none = random_games(ctx, 3, 3, 0, 8, 1, uniform, 9);
    answer = solve(ctx, &none.batch, NULL);
    assert_int_equal(answer->count, 0);
    assert_int_equal(answer->first[0], 0);
    dtn_batch_answer_free(answer);
}

static void mistakes(void **state)
{
    dtn_ctx *ctx = *state;
    games g = random_games(ctx, 2, 2, 600, 8, 1, uniform, 9);
    dtn_batch_answer *answer;
    for (int way = 0; way < 3; way++) {
        double *wrong = &g.b[kit_batch_place(&g.batch, 555, 1)], kept = *wrong;
        *wrong = way == 0 ? 0.5 : way == 1 ? (double)NAN : 1e300;
        for (size_t k = 0; k < 4; k++) {
            if (!runs(all_kernels[k]))
                continue;
            dtn_batch_options options = {.kernel = all_kernels[k]};
            assert_status(ctx, DTN_ARG, dtn_batch_solve(ctx, &answer, &g.batch, &options));
            assert_error_has(ctx, "game 555: player 2's payoff at row 1, column 2");
        }
        *wrong = kept;
    }
    dtn_batch wrong = g.batch;
    wrong.rows = 17;
    assert_status(ctx, DTN_ARG, dtn_batch_solve(ctx, &answer, &wrong, NULL));
    wrong = g.batch;
    wrong.block = 12;
    assert_status(ctx, DTN_ARG, dtn_batch_solve(ctx, &answer, &wrong, NULL));
    wrong = g.batch;
    wrong.b = NULL;
    assert_status(ctx, DTN_ARG, dtn_batch_solve(ctx, &answer, &wrong, NULL));
    assert_status(ctx, DTN_ARG,
                  dtn_batch_solve(ctx, &answer, &g.batch, &(dtn_batch_options){.kernel = "mmx"}));
    assert_error_has(ctx, "mmx");
}

static dtn_status work(dtn_ctx *ctx, void *user)
{
    dtn_batch_answer *answer;
    DTN_TRY(dtn_batch_solve(ctx, &answer, user, NULL));
    dtn_batch_answer_free(answer);
    return DTN_OK;
}

static void out_of_memory(void **state)
{
    dtn_ctx *ctx = *state;
    games g = random_games(ctx, 3, 3, 700, 8, 2, uniform, 2);
    g.a[kit_batch_place(&g.batch, 600, 0)] = 1e14;
    kit_memory_sweep(work, &g.batch);
}

static void interrupted(void **state)
{
    dtn_ctx *ctx = *state;
    games g = random_games(ctx, 2, 2, 5000, 8, 2, uniform, 9);
    dtn_batch_answer *answer;
    dtn_ctx_set_threads(ctx, 3);
    dtn_ctx_cancel(ctx);
    assert_status(ctx, DTN_CANCELLED, dtn_batch_solve(ctx, &answer, &g.batch, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(supports_in_rationals), kit_test(supports_in_rationals_5),
        kit_test(kernels_agree),         kit_test(edge_of_the_range),
        kit_test(no_rounding),           kit_test(layouts),
        kit_test(any_number_of_threads), kit_test(probabilities),
        kit_test(larger_games),          kit_test(mistakes),
        kit_test(out_of_memory),         kit_test(interrupted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
