/* Quantal response: fixed points, limits that are equilibria, a fit that finds the lambda its data came from. */
#include "kit/games.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "solve/expected.h"
#include "solve/solver.h"

static dtn_profiles *run(dtn_ctx *ctx, const dtn_strategic *g, const char *name, const char *value)
{
    dtn_profiles *r;
    dtn_options more = {0};
    if (name)
        assert_ok(ctx, dtn_options_add(ctx, ctx->scratch, &more, name, value));
    dtn_solve_options o = {.method = "logit", .more = &more};
    assert_ok(ctx, dtn_solve_strategic(ctx, &r, g, &o));
    return r;
}

static double fact(const dtn_profiles *r, const char *key)
{
    const dtn_fact *f = dtn_finding_fact_of(&r->finding, key);
    assert_non_null(f);
    return f->cell.real;
}

/* The probabilities of a table with a column of this key, [width]. */
static void probabilities(const dtn_profiles *r, const char *table, const char *key, double *out)
{
    const dtn_finding_table *t = dtn_finding_table_of(&r->finding, table);
    assert_non_null(t);
    assert_int_equal(t->rows, r->width);
    for (const dtn_finding_row *row = t->row; row; row = row->next)
        *out++ = dtn_finding_cell_of(t, row, key).real;
}

/* By the definition, profile by profile. */
static double payoff(const dtn_strategic *g, const dtn_profiles *r, const double *sigma, int player,
                     int strategy)
{
    double sum = 0;
    for (size_t i = 0; i < g->profiles; i++) {
        size_t rest = i;
        double weight = 1;
        for (int p = 0; p < g->players; p++) {
            int s = (int)(rest % (size_t)g->strategies[p]);
            rest /= (size_t)g->strategies[p];
            weight *= p == player ? s == strategy : sigma[r->first[p] + s];
        }
        sum += weight * dtn_payoffs_double(&g->payoff, i, (size_t)player);
    }
    return sum;
}

static void points_are_fixed_points(void **state)
{
    dtn_ctx *ctx = *state;
    static const int sizes[][4] = {{2, 2, 1, 1}, {3, 4, 1, 1}, {2, 3, 2, 1}, {2, 2, 2, 3}};
    static const char *const lambda[] = {"0", "0.02", "1/3", "5"};
    for (uint64_t seed = 1; seed <= 16; seed++) {
        const int *size = sizes[seed % 4];
        dtn_strategic *g = kit_random_game(ctx, 4, size, seed, 20);
        dtn_profiles *r = run(ctx, g, "lambda", lambda[seed / 4 % 4]);
        double sigma[16], l = fact(r, "lambda");
        assert_int_equal(r->outcome, DTN_OUTCOME_COMPLETE);
        probabilities(r, "strategies", "probability", sigma);
        for (int p = 0; p < 4; p++) {
            double sum = 0, e[4];
            for (int s = 0; s < size[p]; s++)
                sum += e[s] = exp(l * (payoff(g, r, sigma, p, s) - payoff(g, r, sigma, p, 0)));
            for (int s = 0; s < size[p]; s++)
                assert_close(sigma[r->first[p] + s], e[s] / sum, 1e-9);
        }
        dtn_profiles_free(r);
        dtn_strategic_free(g);
    }
}

static void limits_are_equilibria(void **state)
{
    dtn_ctx *ctx = *state;
    static const int sizes[][5] = {{3, 3, 3, 1, 1}, {2, 2, 2, 2, 2}, {4, 5, 1, 1, 1}, {2, 3, 4, 1, 1}};
    for (uint64_t seed = 1; seed <= 40; seed++) {
        dtn_strategic *g = kit_random_game(ctx, 5, sizes[seed % 4], seed, 1000);
        dtn_profiles *r = run(ctx, g, NULL, NULL);
        assert_int_equal(r->outcome, DTN_OUTCOME_COMPLETE);
        assert_int_equal(r->count, 1);
        assert_true(r->item->certified);
        dtn_profiles_free(r);
        dtn_strategic_free(g);
    }
}

/* J. Harsanyi and R. Selten's selection agrees here: the branch of a stag hunt goes to the risk-dominant equilibrium. */
static void stag_hunt(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g = kit_bimatrix(ctx, 2, 2, (int[]){9, 0, 8, 7}, (int[]){9, 8, 0, 7});
    dtn_profiles *r = run(ctx, g, NULL, NULL);
    assert_int_equal(r->count, 1);
    assert_fmpq_eq_str(r->item->sigma + 1, "1");
    assert_fmpq_eq_str(r->item->sigma + 3, "1");
    dtn_profiles_free(r);
    dtn_strategic_free(g);
}

/* In the game of R. McKelvey and A. McLennan (1997) players 1 and 2 stay at 1/2 by symmetry; that other branches cross is said. */
static void a_crossing_is_told(void **state)
{
    dtn_ctx *ctx = *state;
    static const int payoff[] = {9, 8, 12, 0, 0, 0, 0, 0, 0, 9, 8, 2, 0, 0, 0, 3, 4, 6, 3, 4, 6, 0, 0, 0};
    fmpq *exact = dtn_arena_fmpq(ctx->scratch, 24);
    for (size_t i = 0; i < 24; i++)
        fmpq_set_si(exact + i, payoff[i], 1);
    dtn_strategic *g;
    assert_ok(ctx, dtn_strategic_new(ctx, &g, "crossing", 3, (int[]){2, 2, 2}, NULL, NULL, exact));
    dtn_profiles *r = run(ctx, g, NULL, NULL);
    assert_int_equal(r->count, 1);
    assert_fmpq_eq_str(r->item->sigma, "1/2");
    assert_fmpq_eq_str(r->item->sigma + 4, "1");
    assert_int_equal(dtn_finding_fact_of(&r->finding, "crossings")->cell.integer, 1);
    dtn_profiles_free(r);
    dtn_strategic_free(g);
}

/* Data in the proportions of the point at lambda are fitted best by that lambda; the error shrinks with their root. */
static void a_fit_finds_its_lambda(void **state)
{
    dtn_ctx *ctx = *state;
    for (uint64_t seed = 1; seed <= 6; seed++) {
        dtn_strategic *g = kit_random_game(ctx, 3, (int[]){2, 3, 2}, seed, 10);
        dtn_profiles *at = run(ctx, g, "lambda", "0.3");
        double sigma[7], error[2];
        char counts[512];
        probabilities(at, "strategies", "probability", sigma);
        for (int k = 0; k < 2; k++) {
            int used = 0;
            for (int i = 0; i < 7; i++)
                used += snprintf(counts + used, sizeof counts - (size_t)used, "%s%.12g", i ? "," : "",
                                 (k ? 40000 : 10000) * sigma[i]);
            dtn_profiles *r = run(ctx, g, "data", counts);
            assert_close(fact(r, "lambda"), 0.3, 1e-6);
            error[k] = fact(r, "standard-error");
            assert_true(fact(r, "log-likelihood") > fact(r, "log-likelihood-uniform"));
            dtn_profiles_free(r);
        }
        assert_close(error[0] / error[1], 2, 1e-4);
        dtn_profiles_free(at);
        dtn_strategic_free(g);
    }
}

static void wrong_options(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g = kit_bimatrix(ctx, 2, 2, (int[]){1, 0, 0, 1}, (int[]){1, 0, 0, 1});
    static const char *const wrong[][2] = {{"lambda", "-1"},      {"lambda", "x"},     {"data", "1,2,3"},
                                           {"data", "1,2,3,4,5"}, {"data", "0,0,0,0"}, {"branch", "maybe"}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        dtn_profiles *r;
        dtn_options more = {0};
        assert_ok(ctx, dtn_options_add(ctx, ctx->scratch, &more, wrong[i][0], wrong[i][1]));
        dtn_solve_options o = {.method = "logit", .more = &more};
        assert_status(ctx, DTN_ARG, dtn_solve_strategic(ctx, &r, g, &o));
        assert_error_has(ctx, wrong[i][0]);
    }
    dtn_strategic_free(g);
}

/* Slopes against differences of payoffs at pure play. */
static void expected_payoffs(void **state)
{
    dtn_ctx *ctx = *state;
    for (uint64_t seed = 1; seed <= 8; seed++) {
        static const int size[] = {2, 3, 1, 2};
        dtn_strategic *g = kit_random_game(ctx, 4, size, seed, 9);
        dtn_profiles *list;
        dtn_expected *e;
        double sigma[8], u[8], slope[64], moved[8];
        uint64_t random = seed;
        assert_ok(ctx, dtn_profiles_new(ctx, &list, g, "test"));
        assert_ok(ctx, dtn_expected_new(ctx, &e, g));
        for (int p = 0; p < 4; p++) {
            double sum = 0;
            for (int s = 0; s < size[p]; s++)
                sum += sigma[list->first[p] + s] = 1 + (double)(kit_random(&random) % 100);
            for (int s = 0; s < size[p]; s++)
                sigma[list->first[p] + s] /= sum;
        }
        dtn_expected_at(e, u, slope, sigma);
        for (int p = 0; p < 4; p++)
            for (int s = 0; s < size[p]; s++) {
                int i = list->first[p] + s;
                assert_close(u[i] - u[list->first[p]],
                             (payoff(g, list, sigma, p, s) - payoff(g, list, sigma, p, 0)) / e->scale, 1e-12);
                for (int q = 0; q < 4; q++)
                    for (int t = 0; t < size[q] && q != p; t++) {
                        memcpy(moved, sigma, sizeof moved);
                        for (int k = 0; k < size[q]; k++)
                            moved[list->first[q] + k] = k == t;
                        assert_close(
                            slope[i * 8 + list->first[q] + t] - slope[list->first[p] * 8 + list->first[q] + t],
                            (payoff(g, list, moved, p, s) - payoff(g, list, moved, p, 0)) / e->scale, 1e-12);
                    }
            }
        dtn_profiles_free(list);
        dtn_strategic_free(g);
    }
}

static dtn_status work(dtn_ctx *ctx, void *user)
{
    dtn_profiles *r;
    DTN_TRY(dtn_solve_strategic(ctx, &r, user, &(dtn_solve_options){.method = "logit"}));
    dtn_profiles_free(r);
    return DTN_OK;
}

static void out_of_memory(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g = kit_random_game(ctx, 3, (int[]){2, 2, 2}, 3, 100);
    kit_memory_sweep(work, g);
    dtn_strategic_free(g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(expected_payoffs), kit_test(points_are_fixed_points), kit_test(limits_are_equilibria),
        kit_test(stag_hunt),        kit_test(a_crossing_is_told),      kit_test(a_fit_finds_its_lambda),
        kit_test(wrong_options),    kit_test(out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
