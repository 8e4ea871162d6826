/* Kuhn poker: its size, its value -1/18, its equilibrium family; more players and cards. */
#include "kit/kit.h"

#include <stdlib.h>

#include "detente/model.h"
#include "model/model.h"
#include "solve/solver.h"

static const dtn_tree *opened(dtn_ctx *ctx, dtn_model **model, const char *name)
{
    assert_ok(ctx, dtn_model_read(ctx, model, NULL, name));
    assert_non_null((*model)->tree);
    return (*model)->tree;
}

static void sizes(void **state)
{
    const struct {
        const char *name;
        int infosets, nodes, terminals;
    } wanted[] = {
        {"@kuhn", 12, 58, 30}, /* 58 with the four chance nodes */
        {"@kuhn?cards=13", 52, 0, 780},
        {"@kuhn?players=3&cards=4", 48, 0, 312}, /* Abou Risk & Szafron: 48 information sets */
    };
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        dtn_model *model;
        const dtn_tree *t = opened(*state, &model, wanted[i].name);
        assert_int_equal(t->infosets, wanted[i].infosets);
        assert_int_equal(t->terminals, wanted[i].terminals);
        if (wanted[i].nodes)
            assert_int_equal(t->nodes, wanted[i].nodes);
        assert_true(t->constant_sum && t->perfect_recall);
        dtn_model_free(model);
    }
}

static void value(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_model *model;
    dtn_strategic *form;
    dtn_profiles *found;
    const dtn_tree *t = opened(ctx, &model, "@kuhn");
    assert_ok(ctx, dtn_strategic_from_tree(ctx, &form, t, 10000));
    assert_ok(ctx, dtn_solve_strategic(ctx, &found, form, &(dtn_solve_options){.method = "lp"}));
    assert_true(found->count > 0);
    assert_fmpq_eq_str(&found->item[0].payoff[0], "-1/18");
    dtn_profiles_free(found);
    dtn_strategic_free(form);
    dtn_model_free(model);
}

/* The tree and its .efg file are one game. */
static void text(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_model *model, *again;
    char *efg;
    size_t length;
    const dtn_tree *t = opened(ctx, &model, "@kuhn?cards=4");
    assert_ok(ctx, dtn_example_text(ctx, &efg, &length, "kuhn?cards=4"));
    assert_ok(ctx, dtn_model_parse(ctx, &again, NULL, "kuhn.efg", efg, length));
    assert_int_equal(again->tree->nodes, t->nodes);
    assert_int_equal(again->tree->infosets, t->infosets);
    for (int i = 0; i < t->terminals; i++)
        assert_true(fmpq_equal(dtn_payoffs_at(&t->payoff, 2 * (size_t)i).q,
                               dtn_payoffs_at(&again->tree->payoff, 2 * (size_t)i).q));
    for (int h = 0; h < t->infosets; h++)
        assert_string_equal(t->infoset[h].name, again->tree->infoset[h].name);
    free(efg);
    dtn_model_free(model);
    dtn_model_free(again);
}

static void settings(void **state)
{
    dtn_model *model;
    assert_status(*state, DTN_ARG, dtn_model_read(*state, &model, NULL, "@kuhn?players=4"));
    assert_error_has(*state, "a card for each");
    assert_status(*state, DTN_ARG, dtn_model_read(*state, &model, NULL, "@kuhn?suits=2"));
    assert_error_has(*state, "cards=3");
}

static dtn_status open_it(dtn_ctx *ctx, void *user)
{
    dtn_model *model;
    dtn_diags *diags;
    (void)user;
    DTN_TRY(dtn_model_read(ctx, &model, &diags, "@kuhn"));
    dtn_diags_free(diags);
    dtn_model_free(model);
    return DTN_OK;
}

static void memory(void **state)
{
    (void)state;
    assert_true(kit_memory_sweep(open_it, NULL) > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {kit_test(sizes), kit_test(value), kit_test(text), kit_test(settings),
                                       kit_test(memory)};
    return cmocka_run_group_tests_name("game_kuhn", tests, NULL, NULL);
}
