/* Beliefs that hold a strategy profile: found where they exist, refused where they cannot. */
#include <string.h>

#include "kit/trees.h"

#include "solve/sequential.h"
#include "solve/solver.h"
#include "solve/verify.h"

static dtn_equilibria *verify(dtn_ctx *ctx, dtn_tree *t, const char *sigma)
{
    dtn_equilibria *e;
    dtn_assessment a = kit_assessment(ctx, t, sigma, NULL);
    assert_ok(ctx, dtn_verify_profile(ctx, &e, t, a.sigma, NULL));
    assert_int_equal(e->count, 1);
    assert_non_null(e->item->payoff);
    return e;
}

static void the_horse(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_tree *t = kit_tree(ctx, kit_horse);
    dtn_equilibria *e = verify(ctx, t, "1 0 1 0 1/4 3/4");
    assert_int_equal(e->item->rung, DTN_RUNG_D1);                  /* nobody has types */
    assert_fmpq_eq_str(e->item->at.belief + t->members[3], "1/3"); /* after D; 3 mixes only there */
    dtn_equilibria_free(e);
    e = verify(ctx, t, "0 1 1 0 1 0"); /* 2 would rather play d: no belief of 3 mends that */
    assert_int_equal(e->item->rung, DTN_RUNG_SPE);
    assert_false(e->item->rung_unknown);
    assert_int_equal(e->item->fall->infoset, 1);
    dtn_equilibria_free(e);
    e = verify(ctx, t, "0 1 0 1 1 0"); /* 1 would then take 4 by C */
    assert_int_equal(e->item->rung, DTN_RUNG_NONE);
    assert_int_equal(e->item->fall->player, 0);
    assert_fmpq_eq_str(e->item->regret, "1");
    dtn_equilibria_free(e);
    dtn_tree_free(t);
}

static void beer_and_quiche(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_tree *t = kit_tree(ctx, kit_beer_quiche(ctx, "9/10", "1/10"));
    dtn_equilibria *e = verify(ctx, t, "1 0 1 0 0 1 1 0");
    assert_int_equal(e->item->rung, DTN_RUNG_D1);
    dtn_equilibria_free(e);
    e = verify(ctx, t,
               "1 0 1 0 0 1 1/2 1/2"); /* needs even belief after quiche, so weight on the strong type */
    assert_int_equal(e->item->rung, DTN_RUNG_INTUITIVE);
    dtn_equilibria_free(e);
    e = verify(ctx, t, "0 1 0 1 1 0 0 1");
    assert_int_equal(e->item->rung, DTN_RUNG_SEQUENTIAL);
    assert_string_equal(e->item->fall->note, "intuitive");
    dtn_equilibria_free(e);
    dtn_tree_free(t);
}

/* 2's fight hurts itself at either node: a threat that no belief supports. */
static void threats_without_belief(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_tree *t = kit_tree(
        ctx, "EFG 2 R \"\" { \"1\" \"2\" }\n"
             "p \"\" 1 1 \"\" { \"out\" \"a\" \"b\" } 0 t \"\" 1 \"\" { 2 2 }\n"
             "p \"\" 2 1 \"\" { \"fight\" \"share\" } 0 t \"\" 2 \"\" { 0 0 } t \"\" 3 \"\" { 3 1 }\n"
             "p \"\" 2 1 0 t \"\" 2 t \"\" 3");
    dtn_equilibria *e = verify(ctx, t, "1 0 0 1 0");
    assert_int_equal(e->item->rung, DTN_RUNG_SPE);
    assert_int_equal(e->item->fall->rung, DTN_RUNG_PBE);
    assert_string_equal(e->item->fall->note, "no belief");
    assert_int_equal(e->item->fall->infoset, 1);
    assert_false(e->item->rung_unknown);
    assert_true(fmpq_is_zero(e->item->at.belief + t->members[1]));
    dtn_equilibria_free(e);
    dtn_tree_free(t);
}

/* Subgame perfection fails, yet every choice is best for some belief: 2 believes what 1 would not do. */
static void beside_the_ladder(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_tree *t =
        kit_tree(ctx, "EFG 2 R \"\" { \"1\" \"2\" }\n"
                      "p \"\" 1 1 \"open\" { \"stay\" \"open\" } 0 t \"\" 1 \"\" { 2 0 }\n"
                      "p \"\" 1 2 \"side\" { \"u\" \"d\" } 0\n"
                      "p \"\" 2 1 \"reply\" { \"l\" \"r\" } 0 t \"\" 2 \"\" { 3 3 } t \"\" 3 \"\" { 1 0 }\n"
                      "p \"\" 2 1 0 t \"\" 4 \"\" { 0 0 } t \"\" 5 \"\" { 0 1 }");
    dtn_equilibria *e = verify(ctx, t, "1 0 1 0 0 1");
    assert_int_equal(e->item->rung, DTN_RUNG_NASH);
    assert_true(e->item->weak_pbe);
    const fmpq *belief = e->item->at.belief + t->members[3]; /* on d: r is best from 3/4 on */
    assert_true(4 * fmpz_get_si(fmpq_numref(belief)) >= 3 * fmpz_get_si(fmpq_denref(belief)));
    dtn_equilibria_free(e);
    dtn_tree_free(t);
}

/* Beliefs that are no choice: 2 hears of a deviation by one who does not know what chance drew. */
static void beliefs_that_follow(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_tree *t =
        kit_tree(ctx, "EFG 2 R \"\" { \"1\" \"2\" }\n"
                      "c \"\" 1 \"\" { \"x\" 1/3 \"y\" 2/3 } 0\n"
                      "p \"\" 1 1 \"blind\" { \"stop\" \"go\" } 0 t \"\" 1 \"\" { 1 0 }\n"
                      "p \"\" 2 1 \"reply\" { \"l\" \"r\" } 0 t \"\" 2 \"\" { 0 1 } t \"\" 3 \"\" { 2 0 }\n"
                      "p \"\" 1 1 0 t \"\" 1\n"
                      "p \"\" 2 1 0 t \"\" 4 \"\" { 0 0 } t \"\" 5 \"\" { 2 1 }");
    dtn_equilibria *e = verify(ctx, t, "1 0 1 0"); /* l is best only when x is likelier than it can be */
    assert_int_equal(e->item->rung, DTN_RUNG_PBE);
    assert_int_equal(e->item->fall->rung, DTN_RUNG_NSWYDK);
    dtn_equilibria_free(e);
    e = verify(ctx, t, "0 1 0 1");
    assert_true(e->item->rung >= DTN_RUNG_SEQUENTIAL);
    dtn_equilibria_free(e);
    dtn_tree_free(t);
}

/* What the solver finds, stripped of its beliefs, is found again. */
static void solver_results_are_confirmed(void **state)
{
    dtn_ctx *ctx = *state;
    int confirmed = 0, open = 0;
    for (uint64_t seed = 1; seed <= 150; seed++) {
        dtn_tree *t = kit_random_tree(ctx, 2 + (int)(seed % 2), 4, seed, 5);
        dtn_equilibria *found, *again;
        assert_ok(ctx, dtn_sequential_solve(ctx, &found, t, NULL));
        for (int i = 0; i < found->count; i++) {
            assert_ok(ctx, dtn_verify_profile(ctx, &again, t, found->item[i].at.sigma, NULL));
            if (again->item->rung >= found->item[i].rung)
                confirmed++;
            else if (again->item->rung_unknown)
                open++;
            else
                fail_msg("seed %d: %s was found, %s is confirmed", (int)seed,
                         dtn_rung_name(found->item[i].rung), dtn_rung_name(again->item->rung));
            dtn_equilibria_free(again);
        }
        dtn_equilibria_free(found);
        dtn_tree_free(t);
    }
    print_message("%d confirmed, %d open\n", confirmed, open);
    assert_true(confirmed > 100);
    assert_in_range(open, 0, confirmed / 10);
}

static dtn_status work(dtn_ctx *ctx, void *user)
{
    dtn_tree *t = user;
    fmpq *sigma;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, sigma, t->actions);
    fmpq_one(sigma);
    fmpq_one(sigma + 2);
    fmpq_set_si(sigma + 4, 1, 4);
    fmpq_set_si(sigma + 5, 3, 4);
    dtn_equilibria *e;
    DTN_TRY(dtn_verify_profile(ctx, &e, t, sigma, NULL));
    dtn_equilibria_free(e);
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
        kit_test(the_horse),           kit_test(beer_and_quiche),   kit_test(threats_without_belief),
        kit_test(beliefs_that_follow), kit_test(beside_the_ladder), kit_test(solver_results_are_confirmed),
        kit_test(out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
