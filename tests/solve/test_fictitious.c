/* Fictitious play and regret matching: where they converge, what they state. */
#include "kit/games.h"

#include "solve/solver.h"

static dtn_profiles *solve(dtn_ctx *ctx, const dtn_strategic *g, const char *method, const char *rounds)
{
    dtn_profiles *r;
    dtn_options more = {0};
    if (rounds)
        assert_ok(ctx, dtn_options_add(ctx, ctx->scratch, &more, "rounds", rounds));
    dtn_solve_options o = {.method = method, .more = &more};
    assert_ok(ctx, dtn_solve_strategic(ctx, &r, g, &o));
    return r;
}

/* J. Robinson: in zero-sum games the mixtures converge. */
static void zero_sum_converges(void **state)
{
    dtn_ctx *ctx = *state;
    int a[9] = {0, -1, 1, 1, 0, -1, -1, 1, 0}, b[9];
    for (int i = 0; i < 9; i++)
        b[i] = -a[i];
    dtn_strategic *g = kit_bimatrix(ctx, 3, 3, a, b);
    dtn_profiles *r = solve(ctx, g, "fictitious", "200000");
    assert_int_equal(r->count, 1);
    for (int i = 0; i < 6; i++)
        assert_fmpq_eq_str(r->item->sigma + i, "1/3");
    assert_true(dtn_finding_fact_of(&r->finding, "regret")->cell.real < 0.02);
    dtn_profiles_free(r);
    dtn_strategic_free(g);
}

/* L. Shapley, Some topics in two-person games (1964): play runs in ever longer rounds and stays away from the only equilibrium. */
static void shapley_cycles(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g =
        kit_bimatrix(ctx, 3, 3, (int[]){1, 0, 0, 0, 1, 0, 0, 0, 1}, (int[]){0, 1, 0, 0, 0, 1, 1, 0, 0});
    dtn_profiles *r = solve(ctx, g, "fictitious", "100000");
    assert_true(dtn_finding_fact_of(&r->finding, "regret")->cell.real > 0.05);
    dtn_profiles_free(r);
    dtn_strategic_free(g);
}

/* Every count is a round. */
static void counts_add_up(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g = kit_random_game(ctx, 3, (int[]){2, 3, 2}, 4, 50);
    dtn_profiles *r = solve(ctx, g, "fictitious", "777");
    const dtn_finding_table *t = dtn_finding_table_of(&r->finding, "frequencies");
    long sum = 0;
    for (const dtn_finding_row *row = t->row; row; row = row->next)
        sum += dtn_finding_cell_of(t, row, "rounds").integer;
    assert_int_equal(sum, 3 * 777);
    dtn_profiles_free(r);
    dtn_strategic_free(g);
}

static double regret(const dtn_profiles *r, int player)
{
    const dtn_finding_table *t = dtn_finding_table_of(&r->finding, "regrets");
    const dtn_finding_row *row = t->row;
    while (player--)
        row = row->next;
    return dtn_rational_double(dtn_finding_cell_of(t, row, "regret").exact);
}

/* Regret falls like one over the root of the rounds (Hart and Mas-Colell); payoffs are between their extremes. */
static void regrets_vanish(void **state)
{
    dtn_ctx *ctx = *state;
    for (uint64_t seed = 1; seed <= 5; seed++) {
        dtn_strategic *g = kit_random_game(ctx, 3, (int[]){3, 2, 3}, seed, 100);
        dtn_profiles *few = solve(ctx, g, "regret-matching", "100"),
                     *many = solve(ctx, g, "regret-matching", "200000");
        for (int p = 0; p < 3; p++) {
            assert_true(regret(many, p) < 2);
            assert_true(regret(few, p) < 60);
        }
        assert_int_equal(many->outcome, DTN_OUTCOME_COMPLETE);
        assert_int_equal(many->count, 0);
        dtn_profiles_free(few);
        dtn_profiles_free(many);
        dtn_strategic_free(g);
    }
}

/* One round: the regret is the gain of the best deviation from a pure profile, exactly. */
static void one_round_is_exact(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g = kit_bimatrix(ctx, 1, 2, (int[]){3, 3}, (int[]){5, 9});
    dtn_profiles *r = solve(ctx, g, "regret-matching", "1");
    const dtn_finding_table *t = dtn_finding_table_of(&r->finding, "regrets");
    dtn_cell paid = dtn_finding_cell_of(t, t->row->next, "payoff"),
             missed = dtn_finding_cell_of(t, t->row->next, "regret");
    fmpq_t sum;
    fmpq_init(sum);
    fmpq_add(sum, paid.exact, missed.exact);
    assert_fmpq_eq_str(sum, "9");
    fmpq_clear(sum);
    dtn_profiles_free(r);
    dtn_strategic_free(g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(zero_sum_converges), kit_test(shapley_cycles),     kit_test(counts_add_up),
        kit_test(regrets_vanish),     kit_test(one_round_is_exact),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
