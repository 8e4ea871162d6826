/* Constant-sum games: published values, agreement with `extreme` on all optimal strategies, and guarantees by definition. */
#include "kit/games.h"

#include "solve/solver.h"
#include "solve/verify_finding.h"

static const dtn_solve_options by_lp = {.method = "lp"};

static dtn_strategic *zero_sum(dtn_ctx *ctx, int m, int n, const int *a)
{
    int b[64];
    for (int i = 0; i < m * n; i++)
        b[i] = -a[i];
    return kit_bimatrix(ctx, m, n, a, b);
}

static const fmpq *value_of(const dtn_profiles *r)
{
    return dtn_finding_fact_of(&r->finding, "value")->cell.exact;
}

/* Colonel Blotto's 4 against 3 companies, two posts (Williams, The Compleat Strategyst; Karlin 1959): value 14/9. */
static void colonel_blotto(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g =
        zero_sum(ctx, 5, 4, (int[]){4, 2, 1, 0, 1, 3, 0, -1, -2, 2, 2, -2, -1, 0, 3, 1, 0, 1, 2, 4});
    dtn_profiles *r;
    assert_ok(ctx, dtn_solve_strategic(ctx, &r, g, &by_lp));
    assert_fmpq_eq_str(value_of(r), "14/9");
    assert_non_null(r->finding.certificate);
    assert_int_equal(r->outcome, DTN_OUTCOME_COMPLETE);
    dtn_profiles_free(r);
    dtn_strategic_free(g);
}

/* Rock, paper, scissors, with a win worth 1, 2, 3: optimal shares are proportional to the other two wins. */
static void weighted_rock_paper_scissors(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g = zero_sum(ctx, 3, 3, (int[]){0, -1, 2, 1, 0, -3, -2, 3, 0});
    dtn_profiles *r;
    assert_ok(ctx, dtn_solve_strategic(ctx, &r, g, &by_lp));
    assert_int_equal(r->count, 1);
    assert_fmpq_eq_str(value_of(r), "0");
    assert_fmpq_eq_str(r->item->sigma, "1/2");
    assert_fmpq_eq_str(r->item->sigma + 1, "1/3");
    assert_fmpq_eq_str(r->item->sigma + 2, "1/6");
    dtn_profiles_free(r);
    dtn_strategic_free(g);
}

/* The sum is 7, not 0. */
static void constant_sum(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g = kit_bimatrix(ctx, 2, 2, (int[]){5, 2, 1, 4}, (int[]){2, 5, 6, 3});
    dtn_profiles *r;
    assert_ok(ctx, dtn_solve_strategic(ctx, &r, g, &by_lp));
    assert_fmpq_eq_str(value_of(r), "3");
    assert_fmpq_eq_str(r->item->payoff + 1, "4");
    assert_fmpq_eq_str(dtn_finding_fact_of(&r->finding, "sum")->cell.exact, "7");
    dtn_profiles_free(r);
    dtn_strategic_free(g);
}

static bool has(const dtn_profiles *all, const dtn_profile *x)
{
    for (int i = 0; i < all->count; i++) {
        bool same = true;
        for (int k = 0; k < all->width; k++)
            same &= fmpq_equal(all->item[i].sigma + k, x->sigma + k);
        if (same)
            return true;
    }
    return false;
}

/* The extreme equilibria of a zero-sum game are the pairs of extreme optimal strategies: another algorithm finds the same. */
static void agrees_with_extreme(void **state)
{
    dtn_ctx *ctx = *state;
    static const dtn_solve_options extreme = {.method = "extreme"};
    int many = 0;
    for (uint64_t seed = 1; seed <= 80; seed++) {
        int m = 2 + (int)(seed % 5), n = 2 + (int)(seed / 5 % 5), a[64];
        uint64_t state_of = seed;
        for (int i = 0; i < m * n; i++)
            a[i] = (int)(kit_random(&state_of) % (seed % 2 ? 3 : 100)) - 1;
        dtn_strategic *g = zero_sum(ctx, m, n, a);
        dtn_profiles *r, *e;
        assert_ok(ctx, dtn_solve_strategic(ctx, &r, g, &by_lp));
        assert_ok(ctx, dtn_solve_strategic(ctx, &e, g, &extreme));
        assert_int_equal(r->outcome, DTN_OUTCOME_COMPLETE);
        assert_int_equal(r->count, e->count);
        many += r->count > 1;
        for (int i = 0; i < r->count; i++)
            assert_true(has(e, &r->item[i]));
        dtn_profiles_free(r);
        dtn_profiles_free(e);
        dtn_strategic_free(g);
    }
    assert_true(many > 10);
}

/* Large enough for doubles and lifting. */
static void a_larger_game(void **state)
{
    dtn_ctx *ctx = *state;
    enum { N = 60 };
    int sizes[] = {N, N};
    for (int range = 10; range <= 1000; range *= 100) {
        uint64_t seed = 7;
        fmpq *payoff = dtn_arena_fmpq(ctx->scratch, N * N * 2);
        for (int i = 0; i < N * N; i++) {
            fmpq_set_si(payoff + 2 * i, (long)(kit_random(&seed) % (uint64_t)range), 3);
            fmpq_neg(payoff + 2 * i + 1, payoff + 2 * i);
        }
        dtn_strategic *g;
        dtn_profiles *r;
        assert_ok(ctx, dtn_strategic_new(ctx, &g, "", 2, sizes, NULL, NULL, payoff));
        assert_ok(ctx, dtn_solve_strategic(ctx, &r, g, &by_lp));
        assert_true(r->count > 0 && r->item->certified);
        assert_non_null(r->finding.certificate);
        dtn_profiles_free(r);
        dtn_strategic_free(g);
    }
}

static void perturbed_certificates_fail(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g = zero_sum(ctx, 3, 3, (int[]){0, -1, 2, 1, 0, -3, -2, 3, 0});
    dtn_profiles *r;
    assert_ok(ctx, dtn_solve_strategic(ctx, &r, g, &by_lp));
    fmpq *x = (fmpq *)dtn_finding_table_of(&r->finding, "optimal")->row->cell[1].exact;
    fmpq_set_si(x, 3, 5);
    fmpq_set_si(x + 1, 7, 30);
    assert_status(ctx, DTN_INTERNAL, dtn_verify_security(ctx, &r->finding, g));
    fmpq_set_si(x, 3, 5);
    fmpq_set_si(x + 1, 1, 3);
    assert_status(ctx, DTN_INTERNAL, dtn_verify_security(ctx, &r->finding, g));
    assert_error_has(ctx, "no probability distribution");
    dtn_profiles_free(r);
    dtn_strategic_free(g);
}

static void other_games_are_refused(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g = kit_bimatrix(ctx, 2, 2, (int[]){3, 0, 5, 1}, (int[]){3, 5, 0, 1});
    dtn_profiles *r;
    assert_status(ctx, DTN_DOMAIN, dtn_solve_strategic(ctx, &r, g, &by_lp));
    assert_error_has(ctx, "constant sum");
    dtn_strategic_free(g);
}

/* Levels of chicken: swerving secures 2. Three players, odd one out loses: nobody can be protected by a pure strategy. */
static void maxmin_levels(void **state)
{
    dtn_ctx *ctx = *state;
    static const dtn_solve_options maxmin = {.method = "maxmin"};
    int payoff[8][3];
    for (int i = 0; i < 8; i++)
        for (int p = 0; p < 3; p++) {
            int own = i >> p & 1, same = (own == (i >> (p + 1) % 3 & 1)) + (own == (i >> (p + 2) % 3 & 1));
            payoff[i][p] = same == 0 ? -1 : 0;
        }
    fmpq *x = dtn_arena_fmpq(ctx->scratch, 24);
    for (int i = 0; i < 24; i++)
        fmpq_set_si(x + i, payoff[i / 3][i % 3], 1);
    dtn_strategic *g;
    dtn_profiles *r;
    assert_ok(ctx, dtn_strategic_new(ctx, &g, "", 3, (int[]){2, 2, 2}, NULL, NULL, x));
    assert_ok(ctx, dtn_solve_strategic(ctx, &r, g, &maxmin));
    const dtn_finding_table *t = dtn_finding_table_of(&r->finding, "optimal");
    assert_int_equal(t->rows, 3);
    assert_fmpq_eq_str(dtn_finding_cell_of(t, t->row, "guarantees").exact, "-1/2");
    t = dtn_finding_table_of(&r->finding, "pure");
    assert_fmpq_eq_str(dtn_finding_cell_of(t, t->row, "guarantees").exact, "-1");
    dtn_profiles_free(r);
    dtn_strategic_free(g);
    for (uint64_t seed = 1; seed <= 20; seed++) { /* certificates are checked on the way */
        g = kit_random_game(ctx, 3, (int[]){3, 2, 4}, seed, 20);
        assert_ok(ctx, dtn_solve_strategic(ctx, &r, g, &maxmin));
        assert_non_null(r->finding.certificate);
        dtn_profiles_free(r);
        dtn_strategic_free(g);
    }
}

static dtn_status work(dtn_ctx *ctx, void *user)
{
    dtn_profiles *r;
    DTN_TRY(dtn_solve_strategic(ctx, &r, user, &by_lp));
    dtn_profiles_free(r);
    return DTN_OK;
}

static void out_of_memory(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g = zero_sum(ctx, 3, 3, (int[]){0, 0, 0, 0, 0, 1, 0, 1, 0});
    kit_memory_sweep(work, g);
    dtn_strategic_free(g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(colonel_blotto),
        kit_test(weighted_rock_paper_scissors),
        kit_test(constant_sum),
        kit_test(agrees_with_extreme),
        kit_test(a_larger_game),
        kit_test(perturbed_certificates_fail),
        kit_test(other_games_are_refused),
        kit_test(maxmin_levels),
        kit_test(out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
