/* Equilibria of two-player trees by pivoting: certified on random trees, all of them reached where there are few. */
#include "kit/trees.h"

#include "solve/solver.h"

static const dtn_solve_options by_lcp = {.method = "sequence-lcp"};

static dtn_equilibria *starts(dtn_ctx *ctx, const dtn_tree *t, const char *count)
{
    dtn_options more = {0};
    dtn_equilibria *r;
    assert_ok(ctx, dtn_options_add(ctx, ctx->scratch, &more, "starts", count));
    dtn_solve_options o = {.method = "sequence-lcp", .more = &more};
    assert_ok(ctx, dtn_solve_tree(ctx, &r, t, &o));
    return r;
}

/* Whatever the tree, the path ends in an equilibrium; the separate verifier says that it is one. */
static void random_trees(void **state)
{
    dtn_ctx *ctx = *state;
    for (uint64_t seed = 1; seed <= 150; seed++) {
        dtn_tree *t = kit_random_tree(ctx, 2, 5, seed, seed % 2 ? 3 : 100); /* few payoffs: ties */
        dtn_equilibria *r = starts(ctx, t, "3");
        assert_in_range(r->count, 1, 3);
        for (int i = 0; i < r->count; i++) {
            assert_true(r->item[i].certified);
            assert_true(fmpq_is_zero(r->item[i].regret) && fmpq_is_zero(r->item[i].regret + 1));
        }
        dtn_equilibria_free(r);
        dtn_tree_free(t);
    }
}

static void kuhn_gives_its_value(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_tree *t = kit_tree_file(ctx, "examples/games/kuhn-poker.efg");
    dtn_equilibria *r;
    assert_ok(ctx, dtn_solve_tree(ctx, &r, t, &by_lcp));
    assert_fmpq_eq_str(r->item->payoff, "-1/18");
    dtn_equilibria_free(r);
    dtn_tree_free(t);
}

/* Battle of the sexes as a tree has two pure equilibria and a mixed one; random starts find both pure ones. */
static void several_starts(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_tree *t =
        kit_tree(ctx, "EFG 2 R \"bos\" { \"A\" \"B\" } p \"\" 1 1 \"\" { \"l\" \"r\" } 0 p \"\" 2 1 \"\" { "
                      "\"l\" \"r\" } 0 t \"\" 1 \"\" { 2 1 } t \"\" 2 \"\" { 0 0 } p \"\" 2 1 0 t \"\" 2 t "
                      "\"\" 3 \"\" { 1 2 }");
    dtn_equilibria *one = starts(ctx, t, "1"), *many = starts(ctx, t, "40");
    assert_int_equal(one->count, 1);
    assert_in_range(many->count, 2, 3);
    dtn_equilibria_free(one);
    dtn_equilibria_free(many);
    dtn_tree_free(t);
}

/* Renaming the players, and positive affine changes of payoffs, change nothing. */
static void affine_payoffs(void **state)
{
    dtn_ctx *ctx = *state;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        dtn_tree *t = kit_random_tree(ctx, 2, 4, seed, 9), *u = kit_random_tree(ctx, 2, 4, seed, 9);
        kit_tree_affine(ctx, u, (int[]){7, 3}, (int[]){-5, -5});
        dtn_equilibria *a = starts(ctx, t, "1"), *b = starts(ctx, u, "1");
        for (int i = 0; i < t->actions; i++)
            assert_true(fmpq_equal(a->item->at.sigma + i, b->item->at.sigma + i));
        dtn_equilibria_free(a);
        dtn_equilibria_free(b);
        dtn_tree_free(t);
        dtn_tree_free(u);
    }
}

static dtn_status work(dtn_ctx *ctx, void *user)
{
    dtn_equilibria *r;
    DTN_TRY(dtn_solve_tree(ctx, &r, user, &by_lcp));
    dtn_equilibria_free(r);
    return DTN_OK;
}

static void out_of_memory(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_tree *t = kit_random_tree(ctx, 2, 3, 3, 5);
    kit_memory_sweep(work, t);
    dtn_tree_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(random_trees),   kit_test(kuhn_gives_its_value), kit_test(several_starts),
        kit_test(affine_payoffs), kit_test(out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
