/* Against brute force on random trees: every pure strategy profile for which the verifier finds beliefs that make it sequential is among
 * what the solver lists, and every pure outcome listed is one of those. */
#include "kit/trees.h"

#include "solve/sequential.h"
#include "solve/verify.h"

enum { TREES = 300, MOST_SETS = 8 };

/* Is p, where sigma's play reaches, as item e plays, or within what may vary in e? */
static bool fits(const dtn_tree *t, const bool *reached, const fmpq *sigma, const dtn_equilibrium *e)
{
    for (int a = 0; a < t->actions; a++) {
        if (!reached[t->action[a].infoset])
            continue;
        bool within = fmpq_equal(&sigma[a], &e->at.sigma[a]);
        for (int i = 0; i < e->frees && !within; i++)
            within = !e->free[i].is_belief && e->free[i].index == a &&
                     fmpq_cmp(&e->free[i].lo, &sigma[a]) <= 0 && fmpq_cmp(&sigma[a], &e->free[i].hi) <= 0;
        if (!within)
            return false;
    }
    return true;
}

/* Does e itself play purely where its play reaches? */
static bool pure(const dtn_tree *t, const dtn_equilibrium *e)
{
    for (int a = 0; a < t->actions; a++)
        if (e->reached[t->action[a].infoset] && !fmpq_is_zero(&e->at.sigma[a]) && !fmpq_is_one(&e->at.sigma[a]))
            return false;
    return e->extremes == 0;
}

typedef struct tally {
    long profiles, sequential, listed, unknown;
} tally;

static void every_profile(dtn_ctx *ctx, const dtn_tree *t, const dtn_equilibria *all, tally *n)
{
    bool met[64] = {false};
    assert_in_range(all->count, 0, 64);
    for (unsigned pick = 0; pick < 1U << t->infosets; pick++) {
        dtn_equilibria *one;
        dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
        fmpq *sigma = dtn_arena_fmpq(ctx->scratch, (size_t)t->actions);
        for (int h = 0; h < t->infosets; h++)
            fmpq_one(&sigma[t->infoset[h].first_action + (int)(pick >> h & 1)]);
        assert_ok(ctx, dtn_verify_profile(ctx, &one, t, sigma, NULL));
        const dtn_equilibrium *judged = &one->item[0];
        bool found = false;
        n->profiles++;
        n->unknown += judged->rung_unknown && judged->rung < DTN_RUNG_SEQUENTIAL;
        for (int i = 0; i < all->count && judged->rung >= DTN_RUNG_SEQUENTIAL; i++)
            if (fits(t, judged->reached, sigma, &all->item[i]))
                found = met[i] = true;
        n->sequential += judged->rung >= DTN_RUNG_SEQUENTIAL;
        assert_true(found || judged->rung < DTN_RUNG_SEQUENTIAL);
        dtn_equilibria_free(one);
        dtn_arena_release(ctx->scratch, mark);
    }
    for (int i = 0; i < all->count; i++)
        if (pure(t, &all->item[i])) { /* held, if not by pure play off the path, then by mixtures there */
            bool mixed = false;
            for (int k = 0; k < t->actions; k++)
                mixed = mixed ||
                        (!fmpq_is_zero(&all->item[i].at.sigma[k]) && !fmpq_is_one(&all->item[i].at.sigma[k]));
            assert_true(met[i] || mixed);
            n->listed += met[i];
        }
}

static void three_hundred_trees(void **state)
{
    dtn_ctx *ctx = *state;
    tally n = {0};
    int trees = 0;
    for (uint64_t seed = 1; trees < TREES; seed++) {
        dtn_tree *t =
            kit_random_tree(ctx, 2 + (int)(seed % 3 == 0), 3 + (int)(seed % 2), seed, seed % 5 ? 50 : 4);
        dtn_equilibria *all;
        if (t->infosets <= MOST_SETS && t->infosets > 1) {
            assert_ok(ctx, dtn_sequential_solve(ctx, &all, t, NULL));
            trees++;
            if (all->outcome == DTN_OUTCOME_COMPLETE || all->outcome == DTN_OUTCOME_NONE)
                every_profile(ctx, t, all, &n);
            dtn_equilibria_free(all);
        }
        dtn_tree_free(t);
    }
    assert_true(n.profiles > 5000);
    assert_true(n.sequential > 300);
    assert_true(n.listed > 150);
    assert_true(n.unknown * 100 < n.profiles);
}

int main(void)
{
    const struct CMUnitTest tests[] = {kit_test(three_hundred_trees)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
