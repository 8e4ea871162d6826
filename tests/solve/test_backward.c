/* Backward induction: unique values, ties as a set, all plays of pure subgame perfect equilibria against brute force. */
#include "kit/games.h"
#include "kit/trees.h"

#include <stdio.h>
#include <string.h>

#include "solve/solver.h"
#include "solve/verify.h"

static const dtn_solve_options backward = {.method = "backward"};

static dtn_equilibria *solve(dtn_ctx *ctx, const dtn_tree *t)
{
    dtn_equilibria *e;
    assert_ok(ctx, dtn_solve_tree(ctx, &e, t, &backward));
    for (int i = 0; i < e->count; i++) {
        assert_true(e->item[i].certified);
        assert_true(e->item[i].rung >= DTN_RUNG_SEQUENTIAL);
    }
    return e;
}

static void entry_is_shared(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_tree *t = kit_tree(
        ctx,
        "EFG 2 R \"\" { \"E\" \"I\" } p \"\" 1 1 \"entrant\" { \"out\" \"in\" } 0 t \"\" 1 \"\" { 0 2 }\n"
        "p \"\" 2 1 \"incumbent\" { \"fight\" \"share\" } 0 t \"\" 2 \"\" { -1 -1 } t \"\" 3 \"\" { 1 1 }");
    dtn_equilibria *e = solve(ctx, t);
    assert_int_equal(e->count, 1);
    assert_int_equal(e->outcome, DTN_OUTCOME_COMPLETE);
    assert_int_equal(e->item->dimension, 0);
    assert_fmpq_eq_str(e->item->at.sigma + 1, "1");
    assert_fmpq_eq_str(e->item->at.sigma + 3, "1");
    assert_fmpq_eq_str(e->item->payoff + 1, "1");
    dtn_equilibria_free(e);
    dtn_tree_free(t);
}

static void equal_moves_are_free(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_tree *t = kit_tree(ctx, "EFG 2 R \"\" { \"1\" \"2\" } p \"\" 1 1 \"\" { \"a\" \"b\" \"c\" } 0 t \"\" "
                                "1 \"\" { 2 3 } t \"\" 2 \"\" { 1 1 }\n"
                                "t \"\" 3 \"\" { 2 3 }");
    dtn_equilibria *e = solve(ctx, t);
    assert_int_equal(e->count, 1);
    assert_int_equal(e->outcome, DTN_OUTCOME_COMPLETE);
    assert_int_equal(e->item->frees, 2);
    assert_int_equal(e->item->dimension, 1);
    assert_int_equal(e->item->free[1].index, 2);
    dtn_equilibria_free(e);
    dtn_tree_free(t);
}

/* 2 is indifferent, and what it does decides whether 1 goes there: two plays. */
static void ties_that_matter_are_listed(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_tree *t = kit_tree(
        ctx, "EFG 2 R \"\" { \"1\" \"2\" } p \"\" 1 1 \"\" { \"out\" \"in\" } 0 t \"\" 1 \"\" { 1 5 }\n"
             "p \"\" 2 1 \"\" { \"nice\" \"nasty\" } 0 t \"\" 2 \"\" { 2 0 } t \"\" 3 \"\" { 0 0 }");
    dtn_equilibria *e = solve(ctx, t);
    assert_int_equal(e->count, 2);
    assert_int_equal(e->outcome, DTN_OUTCOME_PARTIAL);
    assert_text_has(e->note, "mixtures");
    dtn_equilibria_free(e);
    dtn_solve_options one = {.method = "backward", .first = 1};
    assert_ok(ctx, dtn_solve_tree(ctx, &e, t, &one));
    assert_int_equal(e->count, 1);
    dtn_equilibria_free(e);
    dtn_tree_free(t);
}

static void imperfect_information_is_refused(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_tree *t = kit_tree(ctx, kit_horse);
    dtn_equilibria *e;
    assert_status(ctx, DTN_DOMAIN, dtn_solve_tree(ctx, &e, t, &backward));
    assert_error_has(ctx, "method backward needs perfect information: the game \"horse\" has the information "
                          "set 3 of player 3 with 2 nodes");
    dtn_solve_options o = {.method = "extreme"};
    assert_status(ctx, DTN_DOMAIN, dtn_solve_tree(ctx, &e, t, &o));
    assert_error_has(ctx, "method extreme needs a strategic game");
    dtn_tree_free(t);
}

/* --- brute force ---------------------------------------------------------------------------------- */

static char *grow(char *to, uint64_t *seed, int depth, int *set, bool chance)
{
    uint64_t kind = kit_random(seed) % 10;
    if (depth == 0 || kind == 0)
        return to + sprintf(to, "t \"\" %d \"\" { %d %d }\n", 1000 + (*set)++, (int)(kit_random(seed) % 3),
                            (int)(kit_random(seed) % 3));
    if (kind == 1 && chance) {
        to += sprintf(to, "c \"\" %d \"\" { \"x\" 1/3 \"y\" 2/3 } 0\n", 1000 + (*set)++);
    } else {
        int player = (int)(kit_random(seed) % 2) + 1;
        to += sprintf(to, "p \"\" %d %d \"\" { \"l\" \"r\" } 0\n", player, (*set)++);
    }
    to = grow(to, seed, depth - 1, set, chance);
    return grow(to, seed, depth - 1, set, chance);
}

/* Signature of the play: which ends are reached. */
static uint64_t play_of(const dtn_tree *t, const fmpq *reach)
{
    uint64_t bits = 0;
    for (int n = 0; n < t->nodes; n++)
        if (t->node[n].terminal >= 0 && !fmpq_is_zero(reach + n))
            bits |= (uint64_t)1 << t->node[n].terminal;
    return bits;
}

static int add_play(uint64_t *plays, int count, uint64_t play)
{
    for (int i = 0; i < count; i++)
        if (plays[i] == play)
            return count;
    plays[count] = play;
    return count + 1;
}

/* Plays of all pure profiles that the verifier finds subgame perfect. */
static int by_brute_force(dtn_ctx *ctx, const dtn_tree *t, uint64_t *plays)
{
    int count = 0;
    for (unsigned profile = 0; profile < 1u << t->infosets; profile++) {
        dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
        dtn_arena *arena = dtn_arena_new(ctx);
        dtn_assessment a;
        assert_ok(ctx, dtn_assessment_new(ctx, arena, &a, t));
        for (int h = 0; h < t->infosets; h++)
            fmpq_one(a.sigma + t->infoset[h].first_action + (int)(profile >> h & 1));
        dtn_verdict v;
        assert_ok(ctx, dtn_verify_tree(ctx, arena, &v, t, &a));
        if (v.rung >= DTN_RUNG_SPE) {
            fmpq *reach = dtn_arena_fmpq(arena, (size_t)t->nodes);
            dtn_assessment_reach(t, a.sigma, reach);
            count = add_play(plays, count, play_of(t, reach));
        }
        dtn_arena_free(arena);
        dtn_arena_release(ctx->scratch, mark);
    }
    return count;
}

static void random_trees_match_brute_force(void **state)
{
    dtn_ctx *ctx = *state;
    int with_ties = 0;
    for (uint64_t k = 1; k <= 60; k++) {
        char text[8192];
        uint64_t seed = k, expected[256], found[256];
        int set = 1, count = 0;
        char *to = text + sprintf(text, "EFG 2 R \"random\" { \"1\" \"2\" }\n");
        grow(to, &seed, 3, &set, k % 2 == 0);
        dtn_tree *t = kit_tree(ctx, text);
        dtn_equilibria *e = solve(ctx, t);
        int all = by_brute_force(ctx, t, expected);
        for (int i = 0; i < e->count; i++) {
            fmpq *reach = dtn_arena_fmpq(ctx->scratch, (size_t)t->nodes);
            dtn_assessment_reach(t, e->item[i].at.sigma, reach);
            count = add_play(found, count, play_of(t, reach));
        }
        assert_int_equal(count, e->count); /* no play twice */
        for (int i = 0; i < count; i++)
            assert_int_equal(add_play(expected, all, found[i]), all); /* each is right */
        if (e->outcome == DTN_OUTCOME_COMPLETE ? e->item->frees == 0 : !strstr(e->note, "more"))
            assert_int_equal(count, all); /* none is missing */
        with_ties += e->outcome != DTN_OUTCOME_COMPLETE;
        dtn_equilibria_free(e);
        dtn_tree_free(t);
    }
    assert_in_range(with_ties, 10, 59);
}

static dtn_status work(dtn_ctx *ctx, void *user)
{
    dtn_equilibria *e;
    DTN_TRY(dtn_solve_tree(ctx, &e, user, &backward));
    dtn_equilibria_free(e);
    return DTN_OK;
}

static void out_of_memory(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_tree *t =
        kit_tree(ctx, "EFG 2 R \"\" { \"1\" \"2\" } c \"\" 1 \"\" { \"x\" 1/2 \"y\" 1/2 } 0 p \"\" 1 1 \"\" "
                      "{ \"a\" \"b\" } 0 t \"\" 1 \"\" "
                      "{ 1 1 } t \"\" 1 p \"\" 2 1 \"\" { \"a\" \"b\" } 0 t \"\" 1 t \"\" 2 \"\" { 0 1 }");
    kit_memory_sweep(work, t);
    dtn_tree_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(entry_is_shared),
        kit_test(equal_moves_are_free),
        kit_test(ties_that_matter_are_listed),
        kit_test(imperfect_information_is_refused),
        kit_test(random_trees_match_brute_force),
        kit_test(out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
