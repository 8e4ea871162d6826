/* Iterated conditional dominance: forward induction in games with an outside option, and backward induction's outcome in games of
 * perfect information (Battigalli 1997). */
#include "kit/games.h"
#include "kit/trees.h"

#include <string.h>

#include "model/assessment.h"
#include "solve/conditional_dominance.h"
#include "solve/solver.h"

static void outside_option(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_tree *t =
        kit_tree(ctx, "EFG 2 R \"\" { \"1\" \"2\" } p \"\" 1 1 \"\" { \"in\" \"out\" } 0\n"
                      "p \"\" 1 2 \"\" { \"T\" \"B\" } 0\n"
                      "p \"\" 2 1 \"\" { \"L\" \"R\" } 0 t \"\" 1 \"\" { 3 1 } t \"\" 2 \"\" { 0 0 }\n"
                      "p \"\" 2 1 \"\" { \"L\" \"R\" } 0 t \"\" 3 \"\" { 0 0 } t \"\" 4 \"\" { 1 3 }\n"
                      "t \"\" 5 \"\" { 2 2 }");
    dtn_conditional c;
    assert_ok(ctx, dtn_conditional_dominance(ctx, ctx->scratch, &c, t, 4096));
    assert_int_equal(c.agents, 2);
    assert_int_equal(c.profiles, 8);
    assert_int_equal(c.rounds, 3);
    assert_int_equal(c.agent[0].survivors, 1);
    assert_int_equal(c.agent[1].survivors, 1);
    fmpq *sigma = dtn_arena_fmpq(ctx->scratch, (size_t)t->actions);
    for (long p = 0; p < c.profiles; p++)
        if (dtn_conditional_alive(&c, p))
            dtn_conditional_play(&c, p, sigma);
    static const char *const played[] = {"1", "0", "1", "0", "1", "0"}; /* in, T, L */
    for (int a = 0; a < t->actions; a++)
        assert_fmpq_eq_str(sigma + a, played[a]);
    dtn_tree_free(t);
}

/* Only a mixture of a and c does better than b. */
static void mixtures_dominate(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_tree *t =
        kit_tree(ctx, "EFG 2 R \"\" { \"1\" \"2\" } p \"\" 1 1 \"\" { \"a\" \"b\" \"c\" } 0\n"
                      "p \"\" 2 1 \"\" { \"L\" \"R\" } 0 t \"\" 1 \"\" { 4 0 } t \"\" 2 \"\" { 0 0 }\n"
                      "p \"\" 2 1 \"\" { \"L\" \"R\" } 0 t \"\" 3 \"\" { 1 0 } t \"\" 4 \"\" { 1 0 }\n"
                      "p \"\" 2 1 \"\" { \"L\" \"R\" } 0 t \"\" 5 \"\" { 0 0 } t \"\" 6 \"\" { 4 0 }");
    dtn_conditional c;
    assert_ok(ctx, dtn_conditional_dominance(ctx, ctx->scratch, &c, t, 4096));
    assert_int_equal(c.agent[0].survivors, 2);
    assert_false(c.agent[0].alive[1]);
    assert_int_equal(c.agent[1].survivors, 2);
    assert_ok(ctx, dtn_conditional_dominance(ctx, ctx->scratch, &c, t, 5));
    assert_true(c.too_large);
    dtn_tree_free(t);
}

/* A centipede of four moves: only taking at once survives as an outcome. */
static void backward_induction_outcome(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_tree *t = kit_tree(
        ctx, "EFG 2 R \"\" { \"1\" \"2\" } p \"\" 1 1 \"\" { \"take\" \"pass\" } 0 t \"\" 1 \"\" { 2 0 }\n"
             "p \"\" 2 1 \"\" { \"take\" \"pass\" } 0 t \"\" 2 \"\" { 1 3 }\n"
             "p \"\" 1 2 \"\" { \"take\" \"pass\" } 0 t \"\" 3 \"\" { 4 2 }\n"
             "p \"\" 2 2 \"\" { \"take\" \"pass\" } 0 t \"\" 4 \"\" { 3 5 } t \"\" 5 \"\" { 6 4 }");
    dtn_conditional c;
    assert_ok(ctx, dtn_conditional_dominance(ctx, ctx->scratch, &c, t, 4096));
    fmpq *sigma = dtn_arena_fmpq(ctx->scratch, (size_t)t->actions);
    int alive = 0;
    for (long p = 0; p < c.profiles; p++)
        if (dtn_conditional_alive(&c, p)) {
            dtn_conditional_play(&c, p, sigma);
            assert_fmpq_eq_str(sigma, "1");
            alive++;
        }
    assert_true(alive > 0);
    dtn_tree_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(outside_option),
        kit_test(mixtures_dominate),
        kit_test(backward_induction_outcome),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
