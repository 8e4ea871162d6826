/* Goofspiel: published size, more orders and payoffs, symmetry. */
#include "kit/kit.h"

#include <string.h>

#include "detente/model.h"
#include "model/model.h"

static void sizes(void **state)
{
    const struct {
        const char *name;
        int infosets, nodes;
    } wanted[] = {
        {"@goofspiel", 162, 1077},
        {"@goofspiel?cards=5", 2124, 26931},
        {"@goofspiel?cards=3", 0, 0},
        {"@goofspiel?order=random&cards=3", 0, 0},
        {"@goofspiel?order=rising&payoff=points&cards=3&bids=open", 0, 0},
    };
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        dtn_model *model;
        assert_ok(*state, dtn_model_read(*state, &model, NULL, wanted[i].name));
        const dtn_tree *t = model->tree;
        if (wanted[i].nodes) {
            assert_int_equal(t->infosets, wanted[i].infosets);
            assert_int_equal(t->nodes, wanted[i].nodes);
        }
        assert_true(t->constant_sum && t->perfect_recall);
        dtn_model_free(model);
    }
}

/* Players are alike: over all ends together, what one wins the other wins as often. */
static void symmetric(void **state)
{
    dtn_model *model;
    assert_ok(*state, dtn_model_read(*state, &model, NULL, "@goofspiel?payoff=points"));
    const dtn_tree *t = model->tree;
    int wins[21] = {0};
    for (int k = 0; k < t->terminals; k++) {
        long won = fmpz_get_si(fmpq_numref(dtn_payoffs_at(&t->payoff, 2 * k).q));
        assert_in_range(won + 10, 0, 20);
        wins[won + 10]++;
    }
    for (int k = 0; k <= 10; k++)
        assert_int_equal(wins[10 - k], wins[10 + k]);
    assert_int_equal(t->terminals, 576);
    assert_int_equal(wins[0] + wins[20], 0); /* nobody takes all: each card is bid once, the last ones meet */
    dtn_model_free(model);
}

static void settings(void **state)
{
    dtn_model *model;
    assert_status(*state, DTN_ARG, dtn_model_read(*state, &model, NULL, "@goofspiel?order=any"));
    assert_error_has(*state, "falling, rising, random");
}

int main(void)
{
    const struct CMUnitTest tests[] = {kit_test(sizes), kit_test(symmetric), kit_test(settings)};
    return cmocka_run_group_tests_name("game_goofspiel", tests, NULL, NULL);
}
