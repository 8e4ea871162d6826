/* Iterated dominance: published games, the definition on random games, certificates that fail when they are bent. */
#include "kit/games.h"

#include <string.h>

#include "solve/solver.h"
#include "solve/verify_finding.h"

static dtn_profiles *solve(dtn_ctx *ctx, const dtn_strategic *g, const char *kind, const char *by,
                           const char *order)
{
    dtn_options more = {0};
    assert_ok(ctx, dtn_options_add(ctx, ctx->scratch, &more, "kind", kind));
    assert_ok(ctx, dtn_options_add(ctx, ctx->scratch, &more, "by", by));
    assert_ok(ctx, dtn_options_add(ctx, ctx->scratch, &more, "order", order));
    dtn_solve_options o = {.method = "dominance", .more = &more};
    dtn_profiles *r;
    assert_ok(ctx, dtn_solve_strategic(ctx, &r, g, &o));
    assert_non_null(r->finding.certificate);
    return r;
}

static int eliminated(const dtn_profiles *r)
{
    const dtn_finding_table *t = dtn_finding_table_of(&r->finding, "eliminated");
    return t ? t->rows : 0;
}

static void prisoners_dilemma(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g = kit_bimatrix(ctx, 2, 2, (int[]){3, 0, 5, 1}, (int[]){3, 5, 0, 1});
    dtn_profiles *r = solve(ctx, g, "strict", "mixed", "together");
    assert_text_has(r->finding.answer, "solves the game in 1 round");
    assert_int_equal(eliminated(r), 2);
    assert_int_equal(r->count, 0);
    dtn_profiles_free(r);
    dtn_strategic_free(g);
}

/* Osborne and Rubinstein, A Course in Game Theory, figure 61.1: M is dominated by half T, half B, and by neither alone. */
static void only_a_mixture_dominates(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g = kit_bimatrix(ctx, 3, 2, (int[]){4, 0, 1, 1, 0, 4}, (int[]){1, 0, 0, 1, 0, 1});
    dtn_profiles *r = solve(ctx, g, "strict", "pure", "together");
    assert_int_equal(eliminated(r), 0);
    dtn_profiles_free(r);
    r = solve(ctx, g, "strict", "mixed", "together");
    assert_int_equal(eliminated(r), 1);
    const dtn_finding_table *t = dtn_finding_table_of(&r->finding, "eliminated");
    assert_int_equal(dtn_finding_cell_of(t, t->row, "strategy").strategy, 1);
    /* A bent certificate is refuted. */
    fmpq *by = (fmpq *)dtn_finding_cell_of(t, t->row, "by").exact;
    fmpq_set_si(by, 1, 5);
    fmpq_set_si(by + 2, 4, 5);
    assert_status(ctx, DTN_INTERNAL, dtn_verify_dominance(ctx, &r->finding, g));
    assert_error_has(ctx, "does not dominate");
    dtn_profiles_free(r);
    dtn_strategic_free(g);
}

/* Weak dominance depends on the order: T, B tie with M somewhere (Osborne and Rubinstein, figure 63.1). */
static void order_matters_for_weak_dominance(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g = kit_bimatrix(ctx, 3, 2, (int[]){1, 0, 1, 2, 0, 2}, (int[]){1, 0, 1, 1, 0, 1});
    dtn_profiles *r = solve(ctx, g, "weak", "mixed", "together");
    assert_int_equal(eliminated(r), 2);
    dtn_profiles_free(r);
    r = solve(ctx, g, "weak", "mixed", "in-turn");
    assert_int_equal(eliminated(r), 2);
    assert_text_has(r->finding.say->text, "order");
    dtn_profiles_free(r);
    dtn_strategic_free(g);
}

/* Guess 2/3 of the average, 3 players, numbers 1 .. 5: iterated strict and weak dominance go down to 1 by steps. */
static void guessing_game(void **state)
{
    dtn_ctx *ctx = *state;
    enum { N = 5 };
    int sizes[3] = {N, N, N};
    fmpq *payoff = dtn_arena_fmpq(ctx->scratch, N * N * N * 3);
    for (int i = 0; i < N * N * N; i++) {
        int x[3] = {i % N + 1, i / N % N + 1, i / N / N + 1}, best = 1000000, winners = 0;
        for (int p = 0; p < 3; p++) { /* distance to 2/3 of the average, times 9 */
            int d = abs(9 * x[p] - 2 * (x[0] + x[1] + x[2]));
            winners = d < best ? 1 : winners + (d == best);
            best = d < best ? d : best;
        }
        for (int p = 0; p < 3; p++)
            if (abs(9 * x[p] - 2 * (x[0] + x[1] + x[2])) == best)
                fmpq_set_si(payoff + i * 3 + p, 1, (ulong)winners);
    }
    dtn_strategic *g;
    assert_ok(ctx, dtn_strategic_new(ctx, &g, "guess", 3, sizes, NULL, NULL, payoff));
    dtn_profiles *r = solve(ctx, g, "weak", "mixed", "together");
    assert_text_has(r->finding.answer, "solves the game");
    assert_text_has(r->finding.answer, "1 plays 1, 2 plays 1, 3 plays 1");
    dtn_profiles_free(r);
    dtn_strategic_free(g);
}

/* Strict dominance does not depend on the order; every certificate is checked on the way. */
static void orders_agree_on_random_games(void **state)
{
    dtn_ctx *ctx = *state;
    static const int sizes[][3] = {{4, 4, 1}, {5, 3, 1}, {3, 3, 3}, {2, 4, 2}};
    int more_by_mixtures = 0;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        dtn_strategic *g = kit_random_game(ctx, 3, sizes[seed % 4], seed, seed % 3 ? 50 : 3);
        dtn_profiles *a = solve(ctx, g, "strict", "mixed", "together");
        dtn_profiles *b = solve(ctx, g, "strict", "mixed", "in-turn");
        dtn_profiles *c = solve(ctx, g, "strict", "pure", "in-turn");
        dtn_profiles *d = solve(ctx, g, "strict", "pure", "together");
        dtn_profiles *w = solve(ctx, g, "weak", "mixed", "together");
        dtn_profiles *v = solve(ctx, g, "weak", "pure", "in-turn");
        assert_int_equal(eliminated(a), eliminated(b));
        assert_int_equal(eliminated(c), eliminated(d));
        assert_true(eliminated(c) <= eliminated(a));
        more_by_mixtures += eliminated(c) < eliminated(a);
        dtn_profiles *all[] = {a, b, c, d, w, v};
        for (int i = 0; i < 6; i++)
            dtn_profiles_free(all[i]);
        dtn_strategic_free(g);
    }
    assert_true(more_by_mixtures > 0);
}

static void wrong_options_are_explained(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g = kit_random_game(ctx, 2, (int[]){2, 2}, 1, 9);
    dtn_options more = {0};
    assert_ok(ctx, dtn_options_add(ctx, ctx->scratch, &more, "kind", "strong"));
    dtn_solve_options o = {.method = "dominance", .more = &more};
    dtn_profiles *r;
    assert_status(ctx, DTN_ARG, dtn_solve_strategic(ctx, &r, g, &o));
    assert_error_has(ctx, "kind=strong, expected strict or weak");
    dtn_strategic_free(g);
}

static dtn_status work(dtn_ctx *ctx, void *user)
{
    dtn_solve_options o = {.method = "dominance"};
    dtn_profiles *r;
    DTN_TRY(dtn_solve_strategic(ctx, &r, user, &o));
    dtn_profiles_free(r);
    return DTN_OK;
}

static void out_of_memory(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g = kit_bimatrix(ctx, 3, 2, (int[]){4, 0, 1, 1, 0, 4}, (int[]){1, 0, 0, 1, 0, 1});
    kit_memory_sweep(work, g);
    dtn_strategic_free(g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(prisoners_dilemma),
        kit_test(only_a_mixture_dominates),
        kit_test(order_matters_for_weak_dominance),
        kit_test(guessing_game),
        kit_test(orders_agree_on_random_games),
        kit_test(wrong_options_are_explained),
        kit_test(out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
