/* Sequence form and reduced strategic form: sizes worked out by hand, payoffs against the tree, equilibria that agree. */
#include "kit/games.h"
#include "kit/trees.h"

#include "model/sequence_form.h"
#include "solve/solver.h"

static void the_horse(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_tree *t = kit_tree(ctx, kit_horse);
    dtn_sequence_form f;
    assert_ok(ctx, dtn_sequence_form_make(ctx, ctx->scratch, &f, t));
    for (int p = 0; p < 3; p++) {
        assert_int_equal(f.sequences[p], 3);
        assert_int_equal(f.constraints[p], 2);
        assert_int_equal(f.from[p][1], 0);
    }
    assert_int_equal(f.ends, 5);
    dtn_strategic *g;
    assert_ok(ctx, dtn_strategic_from_tree(ctx, &g, t, 1000));
    assert_int_equal(g->profiles, 8);
    assert_string_equal(g->strategy[2][1], "R");
    assert_fmpq_eq_str(dtn_payoffs_at(&g->payoff, 0).q, "1"); /* C c L */
    assert_fmpq_eq_str(dtn_payoffs_at(&g->payoff, 3).q, "3"); /* D c L */
    assert_fmpq_eq_str(dtn_payoffs_at(&g->payoff, 7).q, "4"); /* C d L */
    dtn_strategic_free(g);
    dtn_tree_free(t);
}

/* 1 moves, and again after its own first choice: two of four plans exclude the second set. */
static void plans_are_reduced(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_tree *t =
        kit_tree(ctx, "EFG 2 R \"twice\" { \"1\" \"2\" \"3\" }\n"
                      "p \"\" 1 1 \"\" { \"stop\" \"go\" } 0 t \"\" 1 \"\" { 1 0 0 }\n"
                      "p \"\" 2 1 \"\" { \"l\" \"r\" } 0 t \"\" 2 \"\" { 0 2 0 }\n"
                      "p \"\" 1 2 \"\" { \"u\" \"d\" } 0 t \"\" 3 \"\" { 3 3 3 } t \"\" 4 \"\" { 4 4 4 }");
    dtn_strategic *g;
    assert_ok(ctx, dtn_strategic_from_tree(ctx, &g, t, 6));
    assert_int_equal(g->strategies[0], 3);
    assert_string_equal(g->strategy[0][0], "stop");
    assert_string_equal(g->strategy[0][1], "go/u");
    assert_string_equal(g->strategy[0][2], "go/d");
    assert_int_equal(g->strategies[2], 1);
    assert_string_equal(g->strategy[2][0], "-");
    assert_fmpq_eq_str(dtn_payoffs_at(&g->payoff, 3 * 5 + 2).q, "4");
    dtn_strategic_free(g);
    assert_status(ctx, DTN_LIMIT, dtn_strategic_from_tree(ctx, &g, t, 5));
    assert_error_has(ctx, "more than 5 profiles");
    dtn_tree_free(t);
}

static void kuhn_poker(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_tree *t = kit_tree_file(ctx, "examples/games/kuhn-poker.efg");
    dtn_strategic *g;
    assert_ok(ctx, dtn_strategic_from_tree(ctx, &g, t, 100000));
    assert_int_equal(g->strategies[0], 27); /* per card: bet, check and fold, check and call */
    assert_int_equal(g->strategies[1], 64); /* per card: after a check and after a bet */
    dtn_strategic_free(g);
    dtn_tree_free(t);
}

/* Random behaviour strategies: same payoffs by the tree and by the sequence form, and back to the same strategies. */
static void payoffs_agree_with_the_tree(void **state)
{
    dtn_ctx *ctx = *state;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        dtn_tree *t = kit_random_tree(ctx, 2 + (int)(seed % 2), 4, seed, 9);
        dtn_arena *arena = dtn_arena_new(ctx);
        fmpq *sigma = dtn_arena_fmpq(arena, (size_t)t->actions),
             *again = dtn_arena_fmpq(arena, (size_t)t->actions);
        fmpq *value = dtn_arena_fmpq(arena, (size_t)(t->nodes * t->players));
        fmpq *payoff = dtn_arena_fmpq(arena, (size_t)t->players), *weight[4];
        uint64_t random = seed;
        for (int h = 0; h < t->infosets; h++) {
            int k = 1 + (int)(kit_random(&random) % 6);
            fmpq_set_si(sigma + t->infoset[h].first_action, k, 7);
            fmpq_set_si(sigma + t->infoset[h].first_action + 1, 7 - k, 7);
        }
        dtn_sequence_form f;
        assert_ok(ctx, dtn_sequence_form_make(ctx, arena, &f, t));
        for (int p = 0; p < t->players; p++)
            weight[p] = dtn_arena_fmpq(arena, (size_t)f.sequences[p]);
        dtn_sequence_form_realize(&f, weight, sigma);
        dtn_sequence_form_payoff(&f, payoff, weight);
        dtn_assessment_values(t, sigma, value);
        for (int p = 0; p < t->players; p++)
            assert_true(fmpq_equal(payoff + p, value + p));
        dtn_sequence_form_behave(&f, again, weight);
        for (int a = 0; a < t->actions; a++)
            assert_true(fmpq_equal(sigma + a, again + a));
        dtn_arena_free(arena);
        dtn_tree_free(t);
    }
}

/* Every payoff of a sequential equilibrium of a two-player tree is that of some Nash equilibrium of its strategic form; here
 * the check runs the other way round a small way: pure equilibria found on the tree are pure equilibria of the form. */
static void equilibria_agree(void **state)
{
    dtn_ctx *ctx = *state;
    for (uint64_t seed = 1; seed <= 30; seed++) {
        dtn_tree *t = kit_random_tree(ctx, 2, 3, seed, 20);
        dtn_strategic *g;
        dtn_equilibria *e;
        dtn_profiles *nash;
        assert_ok(ctx, dtn_strategic_from_tree(ctx, &g, t, 100000));
        assert_ok(ctx, dtn_solve_tree(ctx, &e, t, NULL));
        assert_ok(ctx, dtn_solve_strategic(ctx, &nash, g, NULL));
        for (int i = 0; i < e->count; i++) {
            bool found = e->item[i].dimension != 0; /* within a component only its extreme points are listed */
            for (int k = 0; k < nash->count && !found; k++)
                found = fmpq_equal(nash->item[k].payoff, e->item[i].payoff) &&
                        fmpq_equal(nash->item[k].payoff + 1, e->item[i].payoff + 1);
            assert_true(found);
        }
        dtn_profiles_free(nash);
        dtn_equilibria_free(e);
        dtn_strategic_free(g);
        dtn_tree_free(t);
    }
}

static void imperfect_recall_is_refused(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_tree *t = kit_tree(ctx, "EFG 2 R \"\" { \"1\" } p \"\" 1 1 \"fork\" { \"a\" \"b\" } 0 t \"\" 0 p "
                                "\"\" 1 1 0 t \"\" 0 t \"\" 0");
    dtn_strategic *g;
    assert_status(ctx, DTN_DOMAIN, dtn_strategic_from_tree(ctx, &g, t, 100));
    assert_error_has(ctx, "forgets at fork");
    dtn_tree_free(t);
}

static dtn_status work(dtn_ctx *ctx, void *user)
{
    dtn_strategic *g;
    DTN_TRY(dtn_strategic_from_tree(ctx, &g, user, 100));
    dtn_strategic_free(g);
    return DTN_OK;
}

static void out_of_memory(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_tree *t = kit_tree(ctx, kit_horse);
    kit_memory_sweep(work, t);
    dtn_tree_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(the_horse),        kit_test(plans_are_reduced),
        kit_test(kuhn_poker),       kit_test(payoffs_agree_with_the_tree),
        kit_test(equilibria_agree), kit_test(imperfect_recall_is_refused),
        kit_test(out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
