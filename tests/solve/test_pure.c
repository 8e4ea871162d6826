/* Pure equilibria against brute force; the dispatcher's checks. */
#include "kit/games.h"

#include "solve/solver.h"

static const dtn_solve_options pure = {.method = "pure"};

static void prisoners_dilemma(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g = kit_bimatrix(ctx, 2, 2, (int[]){3, 0, 5, 1}, (int[]){3, 5, 0, 1});
    dtn_profiles *r;
    assert_ok(ctx, dtn_solve_strategic(ctx, &r, g, &pure));
    assert_int_equal(r->count, 1);
    assert_int_equal(r->outcome, DTN_OUTCOME_COMPLETE);
    assert_fmpq_eq_str(r->item->sigma + 1, "1");
    assert_fmpq_eq_str(r->item->sigma + 3, "1");
    assert_fmpq_eq_str(r->item->payoff, "1");
    assert_true(r->item->certified);
    dtn_profiles_free(r);
    dtn_strategic_free(g);
}

static void matching_pennies_has_none(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g = kit_bimatrix(ctx, 2, 2, (int[]){1, -1, -1, 1}, (int[]){-1, 1, 1, -1});
    dtn_profiles *r;
    assert_ok(ctx, dtn_solve_strategic(ctx, &r, g, &pure));
    assert_int_equal(r->count, 0);
    assert_int_equal(r->outcome, DTN_OUTCOME_NONE);
    dtn_profiles_free(r);
    dtn_strategic_free(g);
}

/* Definition, by single comparisons of rationals. */
static bool is_equilibrium(const dtn_strategic *g, size_t profile)
{
    size_t step = 1;
    for (int p = 0; p < g->players; p++) {
        size_t n = (size_t)g->strategies[p], own = profile / step % n, players = (size_t)g->players;
        for (size_t s = 0; s < n; s++)
            if (fmpq_cmp(dtn_payoffs_at(&g->payoff, (profile + (s - own) * step) * players + (size_t)p).q,
                         dtn_payoffs_at(&g->payoff, profile * players + (size_t)p).q) > 0)
                return false;
        step *= n;
    }
    return true;
}

static void random_games_match_the_definition(void **state)
{
    dtn_ctx *ctx = *state;
    static const int sizes[][4] = {{3, 3, 3, 3}, {1, 5, 2, 4}, {7, 2, 3, 1}, {9, 9, 1, 2}};
    for (uint64_t seed = 1; seed <= 40; seed++) {
        const int *size = sizes[seed % 4];
        dtn_strategic *g = kit_random_game(ctx, 4, size, seed, seed % 3 ? 100 : 3);
        size_t expected = 0;
        for (size_t i = 0; i < g->profiles; i++)
            expected += is_equilibrium(g, i);
        dtn_profiles *r;
        assert_ok(ctx, dtn_solve_strategic(ctx, &r, g, &pure));
        assert_int_equal(r->count, expected);
        dtn_profiles_free(r);
        dtn_strategic_free(g);
    }
}

static bool stop_after_two(void *user, const dtn_profile *profile)
{
    assert_true(profile->certified);
    return ++*(int *)user < 2;
}

static void results_stream_and_stop(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g = kit_random_game(ctx, 2, (int[]){4, 4}, 1, 1); /* all payoffs 0: 16 equilibria */
    dtn_profiles *r;
    int seen = 0;
    dtn_solve_options o = {.method = "pure", .profile_sink = stop_after_two, .user = &seen};
    assert_ok(ctx, dtn_solve_strategic(ctx, &r, g, &o));
    assert_int_equal(seen, 2);
    assert_int_equal(r->outcome, DTN_OUTCOME_PARTIAL);
    assert_non_null(r->note);
    dtn_profiles_free(r);
    o = (dtn_solve_options){.method = "pure", .first = 5};
    assert_ok(ctx, dtn_solve_strategic(ctx, &r, g, &o));
    assert_int_equal(r->count, 5);
    dtn_profiles_free(r);
    dtn_strategic_free(g);
}

static void wrong_requests_are_explained(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g = kit_random_game(ctx, 3, (int[]){2, 2, 2}, 1, 9);
    dtn_profiles *r;
    dtn_solve_options o = {.method = "nonsense"};
    assert_status(ctx, DTN_ARG, dtn_solve_strategic(ctx, &r, g, &o));
    assert_error_has(ctx, "expected one of ");
    dtn_options more = {0};
    assert_ok(ctx, dtn_options_add(ctx, ctx->scratch, &more, "depth", "3"));
    o = (dtn_solve_options){.method = "pure", .more = &more};
    assert_status(ctx, DTN_ARG, dtn_solve_strategic(ctx, &r, g, &o));
    assert_error_has(ctx, "method pure has no option \"depth\"; it has: none");
    assert_null(r);
    dtn_strategic_free(g);
}

static void unnamed_method_says_what_it_leaves_out(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g = kit_random_game(ctx, 3, (int[]){6, 6, 6}, 1, 9);
    dtn_profiles *r;
    assert_ok(ctx, dtn_solve_strategic(ctx, &r, g, NULL));
    assert_string_equal(r->method, "pure");
    assert_true(r->outcome == DTN_OUTCOME_PARTIAL || r->outcome == DTN_OUTCOME_UNKNOWN);
    assert_text_has(r->note, "mixed");
    dtn_profiles_free(r);
    dtn_strategic_free(g);
}

static dtn_status solve(dtn_ctx *ctx, void *user)
{
    dtn_profiles *r;
    DTN_TRY(dtn_solve_strategic(ctx, &r, user, &pure));
    dtn_profiles_free(r);
    return DTN_OK;
}

static void out_of_memory(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g = kit_random_game(ctx, 2, (int[]){6, 6}, 1, 1);
    kit_memory_sweep(solve, g);
    dtn_strategic_free(g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(prisoners_dilemma),
        kit_test(matching_pennies_has_none),
        kit_test(random_games_match_the_definition),
        kit_test(results_stream_and_stop),
        kit_test(wrong_requests_are_explained),
        kit_test(unnamed_method_says_what_it_leaves_out),
        kit_test(out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
