/* Correlated play and commitment: published values, inclusion of equilibria, certificates that fail when bent. */
#include "kit/games.h"

#include <string.h>

#include "solve/solver.h"
#include "solve/verify_finding.h"

static dtn_profiles *solve(dtn_ctx *ctx, const dtn_strategic *g, const char *method, const char *objective,
                           const char *player)
{
    dtn_options more = {0};
    if (objective)
        assert_ok(ctx, dtn_options_add(ctx, ctx->scratch, &more, "objective", objective));
    if (player)
        assert_ok(ctx, dtn_options_add(ctx, ctx->scratch, &more, "player", player));
    dtn_solve_options o = {.method = method, .more = &more};
    dtn_profiles *r;
    assert_ok(ctx, dtn_solve_strategic(ctx, &r, g, &o));
    assert_non_null(r->finding.certificate);
    return r;
}

static const fmpq *value(const dtn_profiles *r)
{
    return dtn_finding_fact_of(&r->finding, "value")->cell.exact;
}

static void is_worth(dtn_ctx *ctx, const dtn_strategic *g, const char *method, const char *objective,
                     const char *player, const char *expected)
{
    dtn_profiles *r = solve(ctx, g, method, objective, player);
    assert_fmpq_eq_str(value(r), expected);
    dtn_profiles_free(r);
}

/* Aumann (1974): chicken with payoffs 6,6 2,7 7,2 0,0: the best correlated sum is 10 1/2, more than any equilibrium's 9 1/3 or 9. */
static void aumann(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g = kit_bimatrix(ctx, 2, 2, (int[]){6, 2, 7, 0}, (int[]){6, 7, 2, 0});
    is_worth(ctx, g, "correlated", "welfare", NULL, "21/2");
    is_worth(ctx, g, "correlated", "fairness", NULL, "21/4");
    is_worth(ctx, g, "correlated", "best", "1", "7");
    is_worth(ctx, g, "correlated", "worst", "2", "2");
    dtn_strategic_free(g);
}

/* Moulin and Vial: in a coarse equilibrium of this game (rock, paper, scissors with a penalty for ties) both players may avoid
 * ties, which no correlated equilibrium allows. */
static void coarse_is_larger(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g =
        kit_bimatrix(ctx, 3, 3, (int[]){-3, 0, 1, 1, -3, 0, 0, 1, -3}, (int[]){-3, 1, 0, 0, -3, 1, 1, 0, -3});
    dtn_profiles *fine = solve(ctx, g, "correlated", "welfare", NULL);
    dtn_profiles *coarse = solve(ctx, g, "coarse-correlated", "welfare", NULL);
    assert_true(fmpq_cmp(value(fine), value(coarse)) <= 0);
    assert_fmpq_eq_str(value(coarse), "1");
    dtn_profiles_free(fine);
    dtn_profiles_free(coarse);
    dtn_strategic_free(g);
}

/* best >= every equilibrium's payoff >= worst; coarse reaches at least as far. Certificates are checked on the way. */
static void equilibria_lie_between(void **state)
{
    dtn_ctx *ctx = *state;
    for (uint64_t seed = 1; seed <= 25; seed++) {
        dtn_strategic *g = kit_random_game(ctx, 2, (int[]){2 + (int)(seed % 3), 3}, seed, seed % 2 ? 5 : 100);
        dtn_profiles *e, *best = solve(ctx, g, "correlated", "best", "2"),
                         *worst = solve(ctx, g, "correlated", "worst", "2");
        dtn_profiles *more = solve(ctx, g, "coarse-correlated", "best", "2");
        assert_ok(ctx, dtn_solve_strategic(ctx, &e, g, &(dtn_solve_options){.method = "extreme"}));
        for (int i = 0; i < e->count; i++) {
            assert_true(fmpq_cmp(e->item[i].payoff + 1, value(best)) <= 0);
            assert_true(fmpq_cmp(e->item[i].payoff + 1, value(worst)) >= 0);
        }
        assert_true(fmpq_cmp(value(best), value(more)) <= 0);
        dtn_profiles_free(e);
        dtn_profiles_free(best);
        dtn_profiles_free(worst);
        dtn_profiles_free(more);
        dtn_strategic_free(g);
    }
    for (uint64_t seed = 1; seed <= 5; seed++) {
        dtn_strategic *g = kit_random_game(ctx, 3, (int[]){2, 3, 2}, seed, 50);
        dtn_profiles_free(solve(ctx, g, "correlated", "fairness", NULL));
        dtn_profiles_free(solve(ctx, g, "coarse-correlated", "fairness", NULL));
        dtn_strategic_free(g);
    }
}

static void bent_certificates_fail(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g = kit_bimatrix(ctx, 2, 2, (int[]){6, 2, 7, 0}, (int[]){6, 7, 2, 0});
    dtn_profiles *r = solve(ctx, g, "correlated", "welfare", NULL);
    const dtn_finding_table *t = dtn_finding_table_of(&r->finding, "draw");
    fmpq *x = (fmpq *)t->row->cell[2].exact, *y = (fmpq *)t->row->next->cell[2].exact;
    fmpq_add(y, y, x);
    fmpq_div_fmpz(x, x, (const fmpz[]){1000});
    fmpq_sub(y, y, x);
    assert_status(ctx, DTN_INTERNAL, dtn_verify_correlated(ctx, &r->finding, g));
    dtn_profiles_free(r);
    r = solve(ctx, g, "stackelberg", NULL, NULL);
    t = dtn_finding_table_of(&r->finding, "commitments");
    fmpq_sub_si((fmpq *)t->row->cell[3].exact, t->row->cell[3].exact, 1);
    assert_status(ctx, DTN_INTERNAL, dtn_verify_stackelberg(ctx, &r->finding, g));
    dtn_profiles_free(r);
    dtn_strategic_free(g);
}

static const fmpq *leads(const dtn_profiles *r, const char *table, int leader)
{
    const dtn_finding_row *row = dtn_finding_table_of(&r->finding, table)->row;
    return (leader ? row->next : row)->cell[3 + leader].exact;
}

/* Conitzer and Sandholm (2006), figure 1: 2,1 4,0 / 1,0 3,1: committing to half and half gives the leader 7/2, purely 3. */
static void conitzer_and_sandholm(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g = kit_bimatrix(ctx, 2, 2, (int[]){2, 4, 1, 3}, (int[]){1, 0, 0, 1});
    dtn_profiles *r = solve(ctx, g, "stackelberg", NULL, NULL);
    assert_fmpq_eq_str(leads(r, "commitments", 0), "7/2");
    assert_fmpq_eq_str(leads(r, "pure", 0), "3");
    dtn_profiles_free(r);
    dtn_strategic_free(g);
}

/* Leading is at least as good as any equilibrium; in a zero-sum game it is the value. */
static void leading_never_hurts(void **state)
{
    dtn_ctx *ctx = *state;
    for (uint64_t seed = 1; seed <= 25; seed++) {
        dtn_strategic *g = kit_random_game(ctx, 2, (int[]){3, 2 + (int)(seed % 3)}, seed, seed % 2 ? 4 : 100);
        dtn_profiles *r = solve(ctx, g, "stackelberg", NULL, NULL), *e;
        assert_ok(ctx, dtn_solve_strategic(ctx, &e, g, &(dtn_solve_options){.method = "extreme"}));
        for (int i = 0; i < e->count; i++)
            for (int p = 0; p < 2; p++)
                assert_true(fmpq_cmp(e->item[i].payoff + p, leads(r, "commitments", p)) <= 0);
        for (int p = 0; p < 2; p++)
            assert_true(fmpq_cmp(leads(r, "pure", p), leads(r, "commitments", p)) <= 0);
        dtn_profiles_free(r);
        dtn_profiles_free(e);
        dtn_strategic_free(g);
    }
    dtn_strategic *g =
        kit_bimatrix(ctx, 3, 3, (int[]){0, -1, 2, 1, 0, -3, -2, 3, 0}, (int[]){0, 1, -2, -1, 0, 3, 2, -3, 0});
    dtn_profiles *r = solve(ctx, g, "stackelberg", NULL, NULL);
    assert_fmpq_eq_str(leads(r, "commitments", 0), "0");
    assert_fmpq_eq_str(leads(r, "pure", 0), "-1");
    dtn_profiles_free(r);
    dtn_strategic_free(g);
}

static void wrong_options_are_explained(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g = kit_random_game(ctx, 2, (int[]){2, 2}, 1, 9);
    dtn_options more = {0};
    dtn_profiles *r;
    dtn_solve_options o = {.method = "correlated", .more = &more};
    assert_ok(ctx, dtn_options_add(ctx, ctx->scratch, &more, "objective", "best"));
    assert_ok(ctx, dtn_options_add(ctx, ctx->scratch, &more, "player", "nobody"));
    assert_status(ctx, DTN_ARG, dtn_solve_strategic(ctx, &r, g, &o));
    assert_error_has(ctx, "player=nobody");
    dtn_strategic_free(g);
}

static dtn_status work(dtn_ctx *ctx, void *user)
{
    static const char *const methods[] = {"correlated", "stackelberg"};
    for (int i = 0; i < 2; i++) {
        dtn_profiles *r;
        dtn_solve_options o = {.method = methods[i]};
        DTN_TRY(dtn_solve_strategic(ctx, &r, user, &o));
        dtn_profiles_free(r);
    }
    return DTN_OK;
}

static void out_of_memory(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g = kit_bimatrix(ctx, 2, 2, (int[]){6, 2, 7, 0}, (int[]){6, 7, 2, 0});
    kit_memory_sweep(work, g);
    dtn_strategic_free(g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(aumann),
        kit_test(coarse_is_larger),
        kit_test(equilibria_lie_between),
        kit_test(bent_certificates_fail),
        kit_test(conitzer_and_sandholm),
        kit_test(leading_never_hurts),
        kit_test(wrong_options_are_explained),
        kit_test(out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
