/* Leduc hold'em: its published sizes, with suits distinct and merged. */
#include "kit/kit.h"

#include <string.h>

#include "detente/model.h"
#include "model/model.h"

static void sizes(void **state)
{
    const struct {
        const char *name;
        int infosets, nodes, terminals;
    } wanted[] = {
        {"@leduc", 936, 9457, 5520},
        {"@leduc?suits=merged", 288, 0, 0},
    };
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        dtn_model *model;
        assert_ok(*state, dtn_model_read(*state, &model, NULL, wanted[i].name));
        const dtn_tree *t = model->tree;
        assert_int_equal(t->infosets, wanted[i].infosets);
        if (wanted[i].nodes)
            assert_int_equal(t->nodes, wanted[i].nodes);
        if (wanted[i].terminals)
            assert_int_equal(t->terminals, wanted[i].terminals);
        assert_true(t->constant_sum && t->perfect_recall && t->players == 2);
        dtn_model_free(model);
    }
}

/* What a hand is worth against play that never bets: the better hand wins the antes, so both expect nothing. */
static void checking(void **state)
{
    dtn_model *model;
    assert_ok(*state, dtn_model_read(*state, &model, NULL, "@leduc?suits=merged"));
    const dtn_tree *t = model->tree;
    fmpq_t sum, p;
    fmpq_init(sum);
    fmpq_init(p);
    for (int n = 0; n < t->nodes; n++) {
        if (t->node[n].kind != DTN_NODE_TERMINAL)
            continue;
        bool quiet = true;
        fmpq_one(p);
        for (int at = n; t->node[at].parent >= 0; at = t->node[at].parent) {
            const dtn_node *above = &t->node[t->node[at].parent];
            fmpq_mul(p, p, &t->chance[at]);
            if (above->kind == DTN_NODE_DECISION)
                quiet = quiet &&
                        strcmp(t->action[t->infoset[above->infoset].first_action + t->node[at].branch].name,
                               "check") == 0;
        }
        if (!quiet)
            continue;
        dtn_number won = dtn_payoffs_at(&t->payoff, 2 * (size_t)t->node[n].terminal);
        assert_true(fmpq_cmp_si(won.q, 1) <= 0 && fmpq_cmp_si(won.q, -1) >= 0);
        fmpq_addmul(sum, p, won.q);
    }
    assert_fmpq_eq_str(sum, "0");
    fmpq_clear(sum);
    fmpq_clear(p);
    dtn_model_free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {kit_test(sizes), kit_test(checking)};
    return cmocka_run_group_tests_name("game_leduc", tests, NULL, NULL);
}
