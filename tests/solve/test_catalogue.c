/* The games under examples/games, read from their files: what they are known for. */
#include <string.h>

#include "kit/trees.h"

#include "format/game.h"
#include "solve/solver.h"

/* Number of extreme equilibria; the payoffs of the first one. */
static void bimatrix(dtn_ctx *ctx, const char *file, int count, const char *first, const char *second)
{
    size_t length;
    const char *text = kit_read(ctx->scratch, file, &length);
    dtn_strategic *g;
    dtn_profiles *r;
    assert_ok(ctx, dtn_nfg_read(ctx, &g, NULL, file, text, length));
    assert_ok(ctx, dtn_solve_strategic(ctx, &r, g, NULL));
    assert_int_equal(r->count, count);
    assert_fmpq_eq_str(r->item->payoff, first);
    assert_fmpq_eq_str(r->item->payoff + 1, second);
    dtn_profiles_free(r);
    dtn_strategic_free(g);
}

static void small_games(void **state)
{
    dtn_ctx *ctx = *state;
    bimatrix(ctx, "examples/games/prisoners-dilemma.nfg", 1, "1", "1");
    bimatrix(ctx, "examples/games/battle-of-the-sexes.nfg", 3, "3", "2");
    bimatrix(ctx, "examples/games/chicken.nfg", 3, "2", "4");
    bimatrix(ctx, "examples/games/matching-pennies.nfg", 1, "0", "0");
}

static void kuhn_poker(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_tree *t = kit_tree_file(ctx, "examples/games/kuhn-poker.efg");
    dtn_equilibria *e;
    assert_ok(ctx, dtn_solve_tree(ctx, &e, t, NULL));
    assert_int_equal(e->outcome, DTN_OUTCOME_COMPLETE);
    assert_true(e->count > 0);
    for (int i = 0; i < e->count; i++) {
        assert_true(e->item[i].certified);
        assert_fmpq_eq_str(e->item[i].payoff, "-1/18");
    }
    dtn_equilibria_free(e);
    dtn_tree_free(t);
}

static void the_horse(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_tree *t = kit_tree_file(ctx, "examples/games/selten-horse.efg");
    dtn_equilibria *e;
    assert_ok(ctx, dtn_solve_tree(ctx, &e, t, NULL));
    assert_int_equal(e->count, 1);
    assert_true(e->item->certified);
    for (int p = 0; p < 3; p++)
        assert_fmpq_eq_str(e->item->payoff + p, "1");
    dtn_equilibria_free(e);
    dtn_tree_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(small_games),
        kit_test(kuhn_poker),
        kit_test(the_horse),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
