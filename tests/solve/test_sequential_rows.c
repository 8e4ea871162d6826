/* A deviation that stays on known ground must be weighed even where other play, cut off above, is still open. */
#include "model/scene.h"

#include "solve/sequential.h"

/* Dresher's inspection game, two periods and one inspection: the only outcomes have value -1/3 to the inspector. "Wait, and
 * the other violates" is none: inspecting would catch it, whatever happens in the second period, which is not reached. */
static void inspection(void **state)
{
    dtn_ctx *ctx = *state;
    scene *c = scene_new(ctx);
    scene_player(c, "I");
    scene_player(c, "V");
    int caught = scene_outcome(c, "caught", "1", "-1"), missed = scene_outcome(c, "missed", "-1", "1");
    int kept = scene_outcome(c, "kept", "0", "0");
    const int first[4][3] = {{0, 0, SCENE_END(caught)}, {0, 1, 1}, {1, 0, SCENE_END(missed)}, {1, 1, 2}};
    const int second[3][3] = {{0, 0, SCENE_END(caught)}, {1, 0, SCENE_END(missed)}, {-1, 1, SCENE_END(kept)}};
    scene_together(c, "first", "act", "pass", 4, first);
    int unwatched = scene_move(c, "unwatched", 1);
    scene_action(c, unwatched, "violate", SCENE_END(missed), NULL);
    scene_action(c, unwatched, "comply", SCENE_END(kept), NULL);
    scene_together(c, "second", "act", "pass", 3, second);
    dtn_tree *t;
    assert_ok(ctx, scene_tree(c, &t, 0));
    static const dtn_rung rungs[] = {DTN_RUNG_NASH, DTN_RUNG_SPE, DTN_RUNG_SEQUENTIAL};
    for (int k = 0; k < 3; k++) {
        dtn_equilibria *e;
        dtn_sequential_options options = {.rung = rungs[k]};
        assert_ok(ctx, dtn_sequential_solve(ctx, &e, t, &options));
        assert_true(e->count > 0);
        for (int i = 0; i < e->count; i++)
            assert_fmpq_eq_str(&e->item[i].payoff[0], "-1/3");
        dtn_equilibria_free(e);
    }
    dtn_tree_free(t);
    dtn_scenario_free(&c->s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(inspection),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
