/* Solvers of trees against the verifier: what they find on random trees is certified, and something is always found. */
#include "kit/games.h"
#include "kit/trees.h"

#include <stdio.h>

#include "solve/sequential.h"
#include "solve/solver.h"
#include "solve/verify.h"

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
            assert_true(e->item[i].certified);
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
    solve_all(*state, 2, 4, 60);
}

static void three_players(void **state)
{
    solve_all(*state, 3, 4, 60);
}

/* Random signalling games: types of the sender, messages, replies; the first message may end the game. */
static dtn_tree *signalling(dtn_ctx *ctx, uint64_t seed, int types, int messages, int replies, bool silent)
{
    char text[8192], *to = text;
    int ends = 0;
    to += sprintf(to, "EFG 2 R \"signals\" { \"S\" \"R\" }\nc \"\" 1 \"\" {");
    for (int t = 0; t < types; t++)
        to += sprintf(to, " \"%d\" %d/%d", t, t + 1, types * (types + 1) / 2);
    to += sprintf(to, " } 0\n");
    for (int t = 0; t < types; t++) {
        to += sprintf(to, "p \"\" 1 %d \"\" {", t + 1);
        for (int m = 0; m < messages; m++)
            to += sprintf(to, " \"m%d\"", m);
        to += sprintf(to, " } 0\n");
        for (int m = 0; m < messages; m++) {
            bool over = m == 0 && silent;
            if (!over) {
                to += sprintf(to, "p \"\" 2 %d \"\" {", m + 1);
                for (int k = 0; k < replies; k++)
                    to += sprintf(to, " \"a%d\"", k);
                to += sprintf(to, " } 0\n");
            }
            for (int a = 0; a < (over ? 1 : replies); a++)
                to += sprintf(to, "t \"\" %d \"\" { %d %d }\n", ++ends, (int)(kit_random(&seed) % 6),
                              (int)(kit_random(&seed) % 6));
        }
    }
    return kit_tree(ctx, text);
}

/* Two programs decide the intuitive criterion and D1, the solver's and the verifier's: they agree. */
static void refinements_agree(void **state)
{
    dtn_ctx *ctx = *state;
    int seen[DTN_RUNG_COUNT] = {0};
    for (uint64_t seed = 1; seed <= 120; seed++) {
        dtn_tree *t = signalling(ctx, seed, 2 + (int)(seed % 2), 2 + (int)(seed % 3 == 0),
                                 2 + (int)(seed % 5 == 0), seed % 4 == 0);
        dtn_equilibria *claimed, *judged;
        dtn_verdict v;
        assert_ok(ctx, dtn_sequential_solve(ctx, &claimed, t, NULL));
        for (int i = 0; i < claimed->count; i++) {
            assert_ok(ctx, dtn_verify_tree(ctx, claimed->arena, &v, t, &claimed->item[i].at));
            seen[v.rung]++;
            if (!claimed->item[i].rung_unknown)
                assert_int_equal(v.rung, claimed->item[i].rung);
        }
        assert_ok(ctx, dtn_solve_tree(ctx, &judged, t, NULL));
        assert_int_equal(judged->count, claimed->count);
        dtn_equilibria_free(judged);
        dtn_equilibria_free(claimed);
        dtn_tree_free(t);
    }
    assert_true(seen[DTN_RUNG_SEQUENTIAL] > 4 && seen[DTN_RUNG_INTUITIVE] > 2 && seen[DTN_RUNG_D1] > 50);
}

static bool within(const dtn_equilibrium *e, int action, const fmpq *x)
{
    if (fmpq_equal(e->at.sigma + action, x))
        return true;
    for (int i = 0; i < e->frees; i++)
        if (!e->free[i].is_belief && e->free[i].index == action)
            return fmpq_cmp(&e->free[i].lo, x) <= 0 && fmpq_cmp(&e->free[i].hi, x) >= 0;
    return false;
}

/* Does some listed component allow this play where it leads? */
static bool is_listed(const dtn_tree *t, const dtn_equilibria *all, const dtn_equilibrium *play)
{
    for (int i = 0; i < all->count; i++) {
        bool same = true;
        for (int a = 0; a < t->actions && same; a++)
            same = !play->reached[t->action[a].infoset] || within(&all->item[i], a, play->at.sigma + a);
        if (same)
            return true;
    }
    return false;
}

/* Every pure profile for which the verifier finds consistent beliefs is among the solver's results. */
static void nothing_pure_is_missing(void **state)
{
    dtn_ctx *ctx = *state;
    int checked = 0;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        dtn_tree *t = kit_random_tree(ctx, 2 + (int)(seed % 2), 3, seed, seed % 4 ? 4 : 1000);
        dtn_equilibria *e, *judged;
        assert_ok(ctx, dtn_solve_tree(ctx, &e, t, NULL));
        for (unsigned profile = 0; profile < 1u << t->infosets && e->outcome == DTN_OUTCOME_COMPLETE;
             profile++) {
            dtn_arena *arena = dtn_arena_new(ctx);
            fmpq *sigma = dtn_arena_fmpq(arena, (size_t)t->actions);
            for (int h = 0; h < t->infosets; h++)
                fmpq_one(sigma + t->infoset[h].first_action + (int)(profile >> h & 1));
            assert_ok(ctx, dtn_verify_profile(ctx, &judged, t, sigma, NULL));
            if (judged->item->rung >= DTN_RUNG_SEQUENTIAL) {
                checked++;
                assert_true(is_listed(t, e, judged->item));
            }
            dtn_equilibria_free(judged);
            dtn_arena_free(arena);
        }
        dtn_equilibria_free(e);
        dtn_tree_free(t);
    }
    assert_true(checked > 60);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(two_players),
        kit_test(three_players),
        kit_test(refinements_agree),
        kit_test(nothing_pure_is_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
