/* Which method is chosen when none is named, and what it says it found. */
#include "kit/games.h"

#include "solve/solver.h"

static void chooses(dtn_ctx *ctx, dtn_strategic *g, const char *method, const char *guarantee)
{
    dtn_profiles *r;
    assert_ok(ctx, dtn_solve_strategic(ctx, &r, g, NULL));
    assert_string_equal(r->method, method);
    assert_string_equal(r->guarantee, guarantee);
    dtn_profiles_free(r);
    dtn_solve_options asked = {.method = method};
    assert_ok(ctx, dtn_solve_strategic(ctx, &r, g, &asked));
    assert_null(r->guarantee);
    dtn_profiles_free(r);
    dtn_strategic_free(g);
}

static void every_kind_of_game(void **state)
{
    dtn_ctx *ctx = *state;
    chooses(ctx, kit_bimatrix(ctx, 2, 2, (int[]){1, -1, -1, 1}, (int[]){-1, 1, 1, -1}), "lp",
            "all equilibria");
    chooses(ctx, kit_random_game(ctx, 2, (int[]){5, 6}, 1, 100), "extreme", "all equilibria");
    chooses(ctx, kit_random_game(ctx, 2, (int[]){30, 30}, 1, 100000), "lemke-howson",
            "at least one equilibrium");
    chooses(ctx, kit_random_game(ctx, 3, (int[]){2, 2, 2}, 3, 100), "support", "all equilibria");
}

int main(void)
{
    const struct CMUnitTest tests[] = {kit_test(every_kind_of_game)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
