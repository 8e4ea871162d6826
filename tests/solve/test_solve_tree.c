/* Solvers of trees against the verifier: what they find on random trees is certified, and something is always found. */
#include "kit/games.h"
#include "kit/trees.h"

#include "solve/solver.h"

static void solve_all(dtn_ctx *ctx, int players, int depth, uint64_t seeds)
{
    for (uint64_t seed = 1; seed <= seeds; seed++) {
        dtn_tree *t = kit_random_tree(ctx, players, depth, seed, 5);
        dtn_equilibria *e;
        assert_ok(ctx, dtn_solve_tree(ctx, &e, t, NULL));
        /* a sequential equilibrium exists: none is an answer only where something was left undecided */
        assert_true(e->count > 0 || e->outcome == DTN_OUTCOME_UNKNOWN);
        if (players == 2)
            assert_int_equal(e->outcome, DTN_OUTCOME_COMPLETE);
        for (int i = 0; i < e->count; i++) {
            assert_true(e->item[i].rung >= DTN_RUNG_SEQUENTIAL);
            assert_true(fmpq_is_zero(&e->item[i].max_regret));
            assert_true(i == 0 || e->item[i].rung <= e->item[i - 1].rung);
        }
        dtn_equilibria_free(e);
        dtn_tree_free(t);
    }
}

static void two_players(void **state)
{
    solve_all(*state, 2, 4, 150);
}

static void three_players(void **state)
{
    solve_all(*state, 3, 4, 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(two_players),
        kit_test(three_players),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
