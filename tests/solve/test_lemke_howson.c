/* Lemke-Howson: published paths, agreement with `extreme`, ties, and larger games. */
#include "kit/games.h"

#include "solve/lemke_howson.h"

static dtn_profiles *solve(dtn_ctx *ctx, const dtn_strategic *g, const char *option, const char *value)
{
    dtn_options more = {0};
    dtn_profiles *r;
    if (option)
        assert_ok(ctx, dtn_options_add(ctx, ctx->scratch, &more, option, value));
    dtn_solve_options o = {.method = "lemke-howson", .more = &more};
    assert_ok(ctx, dtn_solve_strategic(ctx, &r, g, &o));
    assert_true(r->count > 0);
    for (int i = 0; i < r->count; i++)
        assert_true(r->item[i].certified);
    assert_int_equal(r->outcome, DTN_OUTCOME_PARTIAL);
    assert_non_null(r->note);
    return r;
}

/* von Stengel (2002), example 2.3: three equilibria; every label ends in one of them. */
static dtn_strategic *von_stengel(dtn_ctx *ctx)
{
    return kit_bimatrix(ctx, 3, 2, (int[]){3, 3, 2, 5, 0, 6}, (int[]){3, 2, 2, 6, 3, 1});
}

static void published_paths(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g = von_stengel(ctx);
    dtn_profiles *r = solve(ctx, g, "label", "1");
    assert_int_equal(r->count, 1);
    assert_fmpq_eq_str(r->item->sigma, "1"); /* (1, 0, 0), (1, 0) */
    assert_fmpq_eq_str(r->item->sigma + 3, "1");
    dtn_profiles_free(r);
    r = solve(ctx, g, "all-labels", "");
    assert_int_equal(r->count, 3); /* dropping labels at the equilibria reaches the other two */
    dtn_profiles_free(r);
    dtn_strategic_free(g);
}

static bool has(const dtn_profiles *all, const fmpq *sigma)
{
    for (int i = 0; i < all->count; i++) {
        bool same = true;
        for (int k = 0; k < all->width; k++)
            same &= fmpq_equal(all->item[i].sigma + k, sigma + k);
        if (same)
            return true;
    }
    return false;
}

/* Every label of random games: in doubles and exactly the same equilibrium, one of those that `extreme` lists. */
static void labels_agree_with_exact_pivots(void **state)
{
    dtn_ctx *ctx = *state;
    static const dtn_solve_options extreme = {.method = "extreme"};
    for (uint64_t seed = 1; seed <= 25; seed++) {
        int sizes[] = {2 + (int)(seed % 4), 2 + (int)(seed % 5)};
        dtn_strategic *g = kit_random_game(ctx, 2, sizes, seed, 1000000);
        dtn_profiles *all;
        assert_ok(ctx, dtn_solve_strategic(ctx, &all, g, &extreme));
        fmpq *sigma = dtn_arena_fmpq(ctx->scratch, (size_t)all->width);
        for (int label = 0; label < all->width; label++) {
            char text[16];
            snprintf(text, sizeof text, "%d", label + 1);
            dtn_profiles *r = solve(ctx, g, "label", text);
            assert_ok(ctx, dtn_lh_exact(ctx, sigma, g, label));
            assert_true(has(r, sigma));
            assert_true(has(all, sigma));
            dtn_profiles_free(r);
        }
        dtn_profiles *reached = solve(ctx, g, "all-labels", "");
        assert_true(reached->count <= all->count && reached->count % 2 == 1);
        for (int i = 0; i < reached->count; i++)
            assert_true(has(all, reached->item[i].sigma));
        dtn_profiles_free(reached);
        dtn_profiles_free(all);
        dtn_strategic_free(g);
    }
}

/* Ties everywhere: the certificate decides, exact pivots help out. */
static void degenerate_games(void **state)
{
    dtn_ctx *ctx = *state;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        int sizes[] = {2 + (int)(seed % 6), 2 + (int)(seed % 7)};
        dtn_strategic *g = kit_random_game(ctx, 2, sizes, seed, 1 + (int)(seed % 4));
        dtn_profiles_free(solve(ctx, g, NULL, NULL));
        dtn_profiles_free(solve(ctx, g, "label", seed % 2 ? "1" : "2"));
        dtn_profiles_free(solve(ctx, g, "all-labels", ""));
        fmpq *sigma = dtn_arena_fmpq(ctx->scratch, (size_t)(sizes[0] + sizes[1]));
        assert_ok(ctx, dtn_lh_exact(ctx, sigma, g, (int)(seed % 2)));
        dtn_strategic_free(g);
    }
}

/* Player 1 wants to match, player 2 not to, with many random extra strategies that lose: no pure equilibrium. */
static void larger_games(void **state)
{
    dtn_ctx *ctx = *state;
    for (uint64_t seed = 1; seed <= 6; seed++) {
        dtn_strategic *g = kit_random_game(ctx, 2, (int[]){80, 60 + (int)seed}, seed, 1000000000);
        dtn_profiles_free(solve(ctx, g, NULL, NULL));
        dtn_profiles_free(solve(ctx, g, "label", "7"));
        dtn_strategic_free(g);
    }
}

static dtn_status work(dtn_ctx *ctx, void *user)
{
    dtn_profiles *r;
    dtn_solve_options o = {.method = "lemke-howson"};
    DTN_TRY(dtn_solve_strategic(ctx, &r, user, &o));
    dtn_profiles_free(r);
    return DTN_OK;
}

static void out_of_memory(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g =
        kit_bimatrix(ctx, 3, 3, (int[]){0, -1, 2, 1, 0, -3, -2, 3, 0}, (int[]){0, 1, -2, -1, 0, 3, 2, -3, 0});
    kit_memory_sweep(work, g);
    dtn_strategic_free(g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(published_paths),  kit_test(labels_agree_with_exact_pivots),
        kit_test(degenerate_games), kit_test(larger_games),
        kit_test(out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
