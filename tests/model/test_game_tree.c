/* Games given by functions: the tree that comes of one, and what is said of those that cannot be. */
#include "kit/kit.h"

#include <stdio.h>

#include "detente/model.h"
#include "model/game_tree.h"
#include "model/model.h"

/* Chance shows one player a coin (heads 1/3); the player says so or lies to the other, who believes or doubts. */
typedef struct coin_state {
    int coin, said, answer; /* 0: not yet; 1, 2 */
} coin_state;

typedef struct rules {
    int wrong; /* which fault to make; 0: none */
} rules;

static void begin(const void *user, void *at)
{
    (void)user;
    (void)at;
}

static int mover(const void *user, const void *at)
{
    const rules *r = user;
    const coin_state *s = at;
    if (r->wrong == 1 && s->said)
        return 7;
    if (r->wrong == 2)
        return 0;
    return !s->coin ? DTN_GAME_CHANCE : !s->said ? 0 : !s->answer ? 1 : DTN_GAME_END;
}

static int moves(const void *user, const void *at)
{
    const rules *r = user;
    const coin_state *s = at;
    return r->wrong == 3 && s->said && s->coin == 2 ? 3 : r->wrong == 4 ? 0 : 2;
}

static dtn_fraction chance(const void *user, const void *at, int move)
{
    const rules *r = user;
    (void)at;
    return (dtn_fraction){move + 1, r->wrong == 5 ? 4 : r->wrong == 6 ? 0 : 3};
}

static void apply(const void *user, void *at, int move)
{
    const rules *r = user;
    coin_state *s = at;
    if (r->wrong == 2)
        return;
    *(!s->coin ? &s->coin : !s->said ? &s->said : &s->answer) = move + 1;
}

static void payoff(const void *user, const void *at, dtn_fraction *out)
{
    const coin_state *s = at;
    (void)user;
    bool right = (s->answer == 1) == (s->said == s->coin);
    out[1] = (dtn_fraction){right ? 3 : -3, 6};
    if (!right)
        out[0].num = 1;
}

static void known(const void *user, const void *at, char *text, size_t room)
{
    const coin_state *s = at;
    (void)user;
    int seen = s->said ? s->said : s->coin;
    snprintf(text, room, "%s", seen == 1 ? "heads" : "tails");
}

static dtn_game coin(const rules *r)
{
    return (dtn_game){.title = "Coin",
                      .players = 2,
                      .state_bytes = sizeof(coin_state),
                      .rules = r,
                      .begin = begin,
                      .mover = mover,
                      .moves = moves,
                      .chance = chance,
                      .apply = apply,
                      .payoff = payoff,
                      .known = known};
}

static void the_tree(void **state)
{
    dtn_ctx *ctx = *state;
    rules r = {0};
    dtn_game g = coin(&r);
    dtn_model *model;
    assert_ok(ctx, dtn_model_of_game(ctx, &model, &g));
    assert_string_equal(dtn_model_kind_name(model), "tree");
    assert_string_equal(dtn_model_file(model), "Coin");
    const dtn_tree *t = model->tree;
    assert_int_equal(t->nodes, 15);
    assert_int_equal(t->infosets, 4);
    assert_string_equal(t->infoset[0].name, "heads");
    assert_string_equal(t->infoset[2].name, "heads (player 2)");
    assert_int_equal(t->infoset[2].members, 2);
    assert_string_equal(t->action[0].name, "1");
    assert_fmpq_eq_str(&t->chance[dtn_tree_child(t, 0, 1)], "2/3");
    assert_fmpq_eq_str(dtn_payoffs_at(&t->payoff, 0).q, "0");
    assert_fmpq_eq_str(dtn_payoffs_at(&t->payoff, 1).q, "1/2");
    assert_fmpq_eq_str(dtn_payoffs_at(&t->payoff, 2).q, "1");
    dtn_model_free(model);
}

static void faults(void **state)
{
    dtn_ctx *ctx = *state;
    const struct {
        int wrong;
        dtn_status status;
        const char *words;
    } wanted[] = {{1, DTN_ARG, "found the mover 7"},
                  {2, DTN_ARG, "does not end"},
                  {3, DTN_ARG, "there are 2 moves, and 3"},
                  {4, DTN_ARG, "found 0 moves"},
                  {5, DTN_DOMAIN, "sum to 3/4"},
                  {6, DTN_ARG, "denominator 0"}};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        rules r = {wanted[i].wrong};
        dtn_game g = coin(&r);
        dtn_tree *t;
        assert_status(ctx, wanted[i].status, dtn_tree_of_game(ctx, &t, &g));
        assert_error_has(ctx, wanted[i].words);
    }
    rules r = {0};
    dtn_game g = coin(&r);
    dtn_tree *t;
    g.known = NULL;
    assert_status(ctx, DTN_ARG, dtn_tree_of_game(ctx, &t, &g));
    g = coin(&r);
    g.players = 11;
    assert_status(ctx, DTN_ARG, dtn_tree_of_game(ctx, &t, &g));
}

static dtn_status make(dtn_ctx *ctx, void *user)
{
    dtn_game g = coin(user);
    dtn_model *model;
    DTN_TRY(dtn_model_of_game(ctx, &model, &g));
    dtn_model_free(model);
    return DTN_OK;
}

static void memory(void **state)
{
    (void)state;
    rules r = {0};
    assert_true(kit_memory_sweep(make, &r) > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {kit_test(the_tree), kit_test(faults), kit_test(memory)};
    return cmocka_run_group_tests_name("game_tree", tests, NULL, NULL);
}
