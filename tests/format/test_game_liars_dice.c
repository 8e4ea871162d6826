/* Liar's dice: sizes worked out by hand, the way dice fall, the wild face. */
#include "kit/kit.h"

#include <string.h>

#include "detente/model.h"
#include "model/model.h"

/* One die of f faces each: 2 f bids; every set of bids that leaves a move is a history, for f rolls. With f = 6: 6 x 2^12. */
static void sizes(void **state)
{
    const struct {
        const char *name;
        int infosets;
    } wanted[] = {{"@liars-dice?faces=2", 2 * 16}, {"@liars-dice?faces=4", 4 * 256}};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        dtn_model *model;
        assert_ok(*state, dtn_model_read(*state, &model, NULL, wanted[i].name));
        assert_int_equal(model->tree->infosets, wanted[i].infosets);
        assert_true(model->tree->constant_sum && model->tree->perfect_recall);
        dtn_model_free(model);
    }
}

/* Two dice of two faces: 11, 12, 22 with 1/4, 1/2, 1/4. The bid "3x1", called at once, is true when three dice show 1 or the wild 2:
 * always with wild, with probability 5/16 without. */
static void dice(void **state)
{
    const char *const names[] = {"@liars-dice?dice=2&faces=2", "@liars-dice?dice=2&faces=2&wild=no"};
    for (int i = 0; i < 2; i++) {
        dtn_model *model;
        assert_ok(*state, dtn_model_read(*state, &model, NULL, names[i]));
        const dtn_tree *t = model->tree;
        assert_int_equal(t->node[0].branches, 3);
        assert_fmpq_eq_str(&t->chance[dtn_tree_child(t, 0, 1)], "1/2");
        fmpq_t won, p;
        fmpq_init(won);
        fmpq_init(p);
        for (int a = 0; a < 3; a++)
            for (int b = 0; b < 3; b++) {
                int first = dtn_tree_child(t, 0, a), second = dtn_tree_child(t, first, b), bid = -1, n;
                for (int k = 0; k < t->node[second].branches; k++)
                    if (strcmp(t->action[t->infoset[t->node[second].infoset].first_action + k].name, "3x1") ==
                        0)
                        bid = k;
                n = dtn_tree_child(t, second, bid);
                n = dtn_tree_child(t, n, t->node[n].branches - 1);
                assert_int_equal(t->node[n].kind, DTN_NODE_TERMINAL);
                fmpq_mul(p, &t->chance[first], &t->chance[second]);
                fmpq_addmul(won, p, dtn_payoffs_at(&t->payoff, 2 * t->node[n].terminal).q);
            }
        assert_fmpq_eq_str(won, i == 0 ? "1" : "-3/8"); /* 5/16 - 11/16 */
        fmpq_clear(won);
        fmpq_clear(p);
        dtn_model_free(model);
    }
}

static void settings(void **state)
{
    dtn_model *model;
    assert_status(*state, DTN_ARG, dtn_model_read(*state, &model, NULL, "@liars-dice?dice=3"));
    assert_error_has(*state, "at most 24 possible bids");
}

int main(void)
{
    const struct CMUnitTest tests[] = {kit_test(sizes), kit_test(dice), kit_test(settings)};
    return cmocka_run_group_tests_name("game_liars_dice", tests, NULL, NULL);
}
