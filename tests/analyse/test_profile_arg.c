/* Profiles written by people: Gambit's order, names, what is left open, and what is wrong. */
#include <string.h>

#include "kit/games.h"
#include "kit/trees.h"

#include "analyse/profile_arg.h"

static void numbers_of_a_tree(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_tree *t = kit_tree(ctx, kit_horse);
    fmpq *x = dtn_arena_fmpq(ctx->scratch, 6);
    assert_ok(ctx, dtn_profile_arg_tree(ctx, x, t, "NE,1,0,1/3, 2/3 ,0.25,3/4"));
    assert_fmpq_eq_str(x + 3, "2/3");
    assert_fmpq_eq_str(x + 4, "1/4");
    assert_status(ctx, DTN_ARG, dtn_profile_arg_tree(ctx, x, t, "1,0,1,0,1"));
    assert_error_has(ctx, "expected 6 probabilities (by player, information set and action), found 5");
    assert_status(ctx, DTN_ARG, dtn_profile_arg_tree(ctx, x, t, "1,0,1,0,1,0,0"));
    assert_error_has(ctx, "found 7");
    assert_status(ctx, DTN_ARG, dtn_profile_arg_tree(ctx, x, t, "1,0,1/2,1/3,1,0"));
    assert_error_has(ctx, "at 2 sum to 5/6, not 1");
    assert_status(ctx, DTN_ARG, dtn_profile_arg_tree(ctx, x, t, "1,0,2,-1,1,0"));
    assert_error_has(ctx, "negative");
    assert_status(ctx, DTN_ARG, dtn_profile_arg_tree(ctx, x, t, "1,0,x,0,1,0"));
    assert_error_has(ctx, "found \"x\"");
    dtn_tree_free(t);
}

static void names_of_a_tree(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_tree *t = kit_tree(ctx, kit_beer_quiche(ctx, "9/10", "1/10"));
    fmpq *x = dtn_arena_fmpq(ctx->scratch, 8);
    assert_ok(ctx,
              dtn_profile_arg_tree(
                  ctx, x, t, "strong.beer=1, weak.quiche = 3/4, after beer.let=1, after quiche.fight=1/2"));
    assert_fmpq_eq_str(x + 1, "0");
    assert_fmpq_eq_str(x + 2, "1/4");
    assert_fmpq_eq_str(x + 5, "1");
    assert_fmpq_eq_str(x + 7, "1/2");
    fmpq *y = dtn_arena_fmpq(ctx->scratch, 8);
    assert_status(ctx, DTN_ARG,
                  dtn_profile_arg_tree(ctx, y, t, "strong.beer=1, weak.beer=1, after beer.let=1"));
    assert_error_has(ctx, "does not say what happens at after quiche");
    assert_status(ctx, DTN_ARG, dtn_profile_arg_tree(ctx, y, t, "strong.ber=1"));
    assert_error_has(ctx, "strong.beer");
    assert_status(ctx, DTN_ARG, dtn_profile_arg_tree(ctx, y, t, "strong.beer=3/2, weak.beer=1"));
    assert_error_has(ctx, "do not sum to 1");
    dtn_tree_free(t);
}

/* Names of information sets tell what was seen in brackets. */
static void names_with_brackets(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_tree *t = kit_tree(ctx, "EFG 2 R \"\" { \"1\" } p \"\" 1 1 \"a[x,y]\" { \"l\" \"r\" } 0\n"
                                "p \"\" 1 2 \"b[l,[u,v]]\" { \"l\" \"r\" } 0 t \"\" 0 t \"\" 0 t \"\" 0");
    fmpq *x = dtn_arena_fmpq(ctx->scratch, 4);
    assert_ok(ctx, dtn_profile_arg_tree(ctx, x, t, "a[x,y].l=1/3,b[l,[u,v]].r=1"));
    assert_fmpq_eq_str(x + 1, "2/3");
    assert_fmpq_eq_str(x + 3, "1");
    dtn_tree_free(t);
}

static void strategic_games(void **state)
{
    dtn_ctx *ctx = *state;
    fmpq *payoff = dtn_arena_fmpq(ctx->scratch, 12), *x = dtn_arena_fmpq(ctx->scratch, 5);
    const char *rows[] = {"up", "down"}, *columns[] = {"left", "mid", "up"};
    dtn_strategic *g;
    assert_ok(ctx, dtn_strategic_new(ctx, &g, "t", 2, (int[]){2, 3}, (const char *[]){"Row", "Column"},
                                     (const char *const *const[]){rows, columns}, payoff));
    assert_ok(ctx, dtn_profile_arg_strategic(ctx, x, g, "1/2,1/2,0,1/3,2/3"));
    assert_fmpq_eq_str(x + 4, "2/3");
    for (int i = 0; i < 5; i++)
        fmpq_zero(x + i);
    assert_ok(ctx, dtn_profile_arg_strategic(ctx, x, g, "Row.up=1/4, left=1/2, mid=1/2"));
    assert_fmpq_eq_str(x + 1, "3/4");
    assert_fmpq_eq_str(x + 4, "0");
    assert_status(ctx, DTN_ARG, dtn_profile_arg_strategic(ctx, x, g, "up=1, left=1"));
    assert_error_has(ctx, "names 2 strategies");
    assert_status(ctx, DTN_ARG, dtn_profile_arg_strategic(ctx, x, g, "Row.dwn=1, left=1"));
    assert_error_has(ctx, "did you mean \"Row.down\"");
    assert_status(ctx, DTN_ARG, dtn_profile_arg_strategic(ctx, x, g, "1,0,0,1"));
    assert_error_has(ctx, "expected 5 probabilities (by player and strategy), found 4");
    dtn_strategic_free(g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(numbers_of_a_tree),
        kit_test(names_of_a_tree),
        kit_test(names_with_brackets),
        kit_test(strategic_games),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
