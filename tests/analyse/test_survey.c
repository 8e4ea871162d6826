/* What a game is, measured: every property against games for which it is known. */
#include "kit/kit.h"

#include <string.h>

#include "analyse/job.h"
#include "analyse/survey.h"
#include "format/game.h"
#include "kit/games.h"
#include "kit/trees.h"

static dtn_survey of_game(dtn_ctx *ctx, dtn_strategic *game)
{
    dtn_model model = {.kind = DTN_MODEL_STRATEGIC, .file = "game.nfg", .format = "nfg", .strategic = game};
    dtn_survey out;
    dtn_job *job;
    assert_ok(ctx, dtn_job_new(ctx, &job, &model, "check"));
    assert_ok(ctx, dtn_survey_make(ctx, ctx->scratch, &out, job));
    dtn_job_free(job);
    return out;
}

static dtn_survey of_tree(dtn_ctx *ctx, dtn_tree *tree)
{
    dtn_model model = {.kind = DTN_MODEL_TREE, .file = "game.efg", .format = "efg", .tree = tree};
    dtn_survey out;
    dtn_job *job;
    assert_ok(ctx, dtn_job_new(ctx, &job, &model, "check"));
    assert_ok(ctx, dtn_survey_make(ctx, ctx->scratch, &out, job));
    dtn_job_free(job);
    return out;
}

static void properties_of_tables(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *dilemma = kit_bimatrix(ctx, 2, 2, (int[]){3, 0, 5, 1}, (int[]){3, 5, 0, 1});
    dtn_survey s = of_game(ctx, dilemma);
    assert_true(s.symmetric && !s.constant_sum && s.compared && !s.ties);
    assert_string_equal(s.player[0].dominated, "1");
    assert_string_equal(s.player[1].dominated, "1");
    assert_true(s.profiles == 4);
    assert_true(s.methods > 5);
    dtn_strategic_free(dilemma);
    dtn_strategic *rps =
        kit_bimatrix(ctx, 3, 3, (int[]){0, -1, 1, 1, 0, -1, -1, 1, 0}, (int[]){0, 1, -1, -1, 0, 1, 1, -1, 0});
    s = of_game(ctx, rps);
    assert_true(s.symmetric && s.constant_sum && s.compared && !s.ties);
    assert_null(s.player[0].dominated);
    dtn_strategic_free(rps);
    dtn_strategic *tied = kit_bimatrix(ctx, 2, 2, (int[]){1, 2, 1, 0}, (int[]){1, 2, 3, 4});
    s = of_game(ctx, tied);
    assert_true(!s.symmetric && !s.constant_sum && s.ties);
    assert_null(s.player[0].dominated); /* only weakly */
    assert_string_equal(s.player[1].dominated, "1");
    dtn_strategic_free(tied);
}

static void many_dominated_strategies_are_counted(void **state)
{
    dtn_ctx *ctx = *state;
    int a[8] = {8, 7, 6, 5, 4, 3, 2, 1}, b[8] = {0};
    dtn_strategic *game = kit_bimatrix(ctx, 8, 1, a, b);
    dtn_survey s = of_game(ctx, game);
    assert_string_equal(s.player[0].dominated, "2, 3, 4, 5, 6 and 2 more");
    dtn_strategic_free(game);
}

static void properties_of_trees(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_tree *kuhn = kit_tree_file(ctx, "examples/games/kuhn-poker.efg");
    dtn_survey s = of_tree(ctx, kuhn);
    assert_true(s.constant_sum);
    assert_int_equal(s.player[0].sets, 6);
    assert_int_equal(s.player[0].actions, 12);
    assert_int_equal(s.player[0].strategies, 27);
    assert_int_equal(s.player[1].strategies, 64);
    assert_true(s.profiles == 27 * 64);
    assert_int_equal(s.subgames, 1);
    assert_int_equal(s.impossible, 0);
    dtn_tree_free(kuhn);
    static const char text[] =
        "EFG 2 R \"\" { \"A\" } c \"\" 1 \"\" { \"x\" 1 \"y\" 0 } 0 p \"\" 1 1 \"\" { \"l\" \"r\" } 0 "
        "p \"\" 1 1 0 t \"\" 0 t \"\" 0 t \"\" 0 t \"\" 0";
    dtn_tree *driver;
    assert_ok(ctx, dtn_efg_read(ctx, &driver, NULL, "game.efg", text, strlen(text)));
    s = of_tree(ctx, driver);
    assert_int_equal(s.impossible, 1);
    assert_int_equal(s.chance_nodes, 1);
    assert_int_equal(s.player[0].strategies, -1); /* not defined without recall */
    assert_true(s.profiles < 0);
    dtn_tree_free(driver);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(properties_of_tables),
        kit_test(many_dominated_strategies_are_counted),
        kit_test(properties_of_trees),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
