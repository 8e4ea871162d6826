/* Quasi-perfect and extensive-form perfect equilibria: examples that tell them apart, random trees, and a verifier that refutes. */
#include "kit/trees.h"

#include "solve/solver.h"
#include "solve/verify_finding.h"

static const dtn_solve_options quasi = {.method = "quasi-perfect"},
                               perfect = {.method = "extensive-form-perfect"};

static dtn_equilibria *solve(dtn_ctx *ctx, const dtn_tree *t, const dtn_solve_options *how)
{
    dtn_equilibria *r;
    assert_ok(ctx, dtn_solve_tree(ctx, &r, t, how));
    assert_int_equal(r->count, 1);
    assert_true(r->item->certified);
    assert_true(r->item->rung >= DTN_RUNG_SEQUENTIAL);
    assert_non_null(r->finding.certificate);
    return r;
}

static void kuhn(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_tree *t = kit_tree_file(ctx, "examples/games/kuhn-poker.efg");
    for (int k = 0; k < 2; k++) {
        dtn_equilibria *r = solve(ctx, t, k ? &perfect : &quasi);
        assert_fmpq_eq_str(r->item->payoff, "-1/18");
        dtn_equilibria_free(r);
    }
    dtn_tree_free(t);
}

/* Who may err later had better stop at once: R, then r, pays as much as L only without mistakes (E. van Damme 1984, section 2). */
static void own_mistakes_count_only_in_perfect(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_tree *t = kit_tree(
        ctx, "EFG 2 R \"\" { \"1\" \"2\" } p \"\" 1 1 \"\" { \"R\" \"L\" } 0 p \"\" 1 2 \"\" { \"r\" "
             "\"d\" } 0 t \"\" 1 \"\" { 1 0 } t \"\" 2 \"\" { 0 0 } t \"\" 1");
    dtn_equilibria *r = solve(ctx, t, &perfect);
    assert_fmpq_eq_str(r->item->at.sigma, "0");
    assert_fmpq_eq_str(r->item->at.sigma + 1, "1");
    assert_fmpq_eq_str(r->item->at.sigma + 2, "1");
    dtn_equilibria_free(r);
    r = solve(ctx, t, &quasi); /* indifferent between L and R; never d */
    assert_fmpq_eq_str(r->item->at.sigma + 3, "0");
    dtn_equilibria_free(r);
    dtn_tree_free(t);
}

/* Selten's chain store with one entrant, simultaneous form: the threat to fight is weakly dominated, so both refinements refuse it. */
static void no_dominated_threat(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_tree *t = kit_tree(
        ctx,
        "EFG 2 R \"\" { \"store\" \"entrant\" } p \"\" 1 1 \"\" { \"fight\" \"share\" } 0 p \"\" 2 1 \"\" { "
        "\"in\" \"out\" } 0 t \"\" 1 \"\" { 0 -1 } t \"\" 2 \"\" { 5 0 } p \"\" 2 1 0 t \"\" 3 \"\" { 2 2 "
        "} t \"\" 2");
    for (int k = 0; k < 2; k++) {
        dtn_equilibria *r = solve(ctx, t, k ? &perfect : &quasi);
        assert_fmpq_eq_str(r->item->at.sigma + 1, "1");
        assert_fmpq_eq_str(r->item->at.sigma + 2, "1");
        dtn_equilibria_free(r);
    }
    dtn_tree_free(t);
}

static void random_trees(void **state)
{
    dtn_ctx *ctx = *state;
    for (uint64_t seed = 1; seed <= 80; seed++) {
        dtn_tree *t = kit_random_tree(ctx, 2, 4, seed, seed % 2 ? 3 : 50);
        dtn_equilibria_free(solve(ctx, t, &quasi));
        dtn_equilibria_free(solve(ctx, t, &perfect));
        dtn_tree_free(t);
    }
}

/* In games of one move each both notions are perfection, and affine changes of payoffs leave the answer alone. */
static void affine_payoffs(void **state)
{
    dtn_ctx *ctx = *state;
    for (uint64_t seed = 1; seed <= 10; seed++) {
        dtn_tree *t = kit_random_tree(ctx, 2, 4, seed, 9), *u = kit_random_tree(ctx, 2, 4, seed, 9);
        kit_tree_affine(ctx, u, (int[]){7, 3}, (int[]){-5, -5});
        for (int k = 0; k < 2; k++) {
            dtn_equilibria *a = solve(ctx, t, k ? &perfect : &quasi),
                           *b = solve(ctx, u, k ? &perfect : &quasi);
            for (int i = 0; i < t->actions; i++)
                assert_true(fmpq_equal(a->item->at.sigma + i, b->item->at.sigma + i));
            dtn_equilibria_free(a);
            dtn_equilibria_free(b);
        }
        dtn_tree_free(t);
        dtn_tree_free(u);
    }
}

static void the_verifier_refutes(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_tree *t = kit_tree_file(ctx, "examples/games/kuhn-poker.efg");
    dtn_equilibria *r = solve(ctx, t, &quasi);
    dtn_trembles *trembles = r->item->trembles;
    trembles->kind = DTN_TREMBLE_MOVE; /* plans that allow for rarer mistakes than each move must have */
    assert_status(ctx, DTN_INTERNAL, dtn_verify_trembles(ctx, r, t));
    trembles->kind = DTN_TREMBLE_PLAN;
    assert_ok(ctx, dtn_verify_trembles(ctx, r, t));
    fmpz_add_ui(trembles->weight, trembles->weight, 1);
    assert_status(ctx, DTN_INTERNAL, dtn_verify_trembles(ctx, r, t));
    fmpz_sub_ui(trembles->weight, trembles->weight, 1);
    fmpq_swap(r->item->at.sigma, r->item->at.sigma + 1);
    assert_status(ctx, DTN_INTERNAL, dtn_verify_trembles(ctx, r, t));
    assert_error_has(ctx, "has another probability than its limit");
    dtn_equilibria_free(r);
    dtn_tree_free(t);
}

static dtn_status work(dtn_ctx *ctx, void *user)
{
    dtn_equilibria *r;
    DTN_TRY(dtn_solve_tree(ctx, &r, user, &perfect));
    dtn_equilibria_free(r);
    return DTN_OK;
}

static void out_of_memory(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_tree *t = kit_random_tree(ctx, 2, 2, 3, 5);
    kit_memory_sweep(work, t);
    dtn_tree_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(kuhn),
        kit_test(own_mistakes_count_only_in_perfect),
        kit_test(no_dominated_threat),
        kit_test(random_trees),
        kit_test(affine_payoffs),
        kit_test(the_verifier_refutes),
        kit_test(out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
