/* Keys of play and targets on a small signalling game, against numbers worked out by hand. */
#include "kit/kit.h"

#include "analyse/key.h"

/* Chance draws hard (1/3) or soft (2/3) of A, who asks or stops ("demand"); B, who sees no type, yields or stops ("reply"). */
enum { NODES = 11 };
static const dtn_node node[NODES] = {
    {.kind = DTN_NODE_CHANCE, .parent = -1, .first_child = 0, .branches = 2, .infoset = -1, .terminal = -1},
    {.kind = DTN_NODE_DECISION, .branch = 0, .first_child = 2, .branches = 2, .infoset = 0, .terminal = -1},
    {.kind = DTN_NODE_DECISION, .parent = 1, .first_child = 4, .branches = 2, .infoset = 2, .terminal = -1},
    {.kind = DTN_NODE_TERMINAL, .parent = 2, .branch = 0, .infoset = -1, .terminal = 0, .outcome = 0},
    {.kind = DTN_NODE_TERMINAL, .parent = 2, .branch = 1, .infoset = -1, .terminal = 1, .outcome = 1},
    {.kind = DTN_NODE_TERMINAL, .parent = 1, .branch = 1, .infoset = -1, .terminal = 2, .outcome = 2},
    {.kind = DTN_NODE_DECISION, .branch = 1, .first_child = 6, .branches = 2, .infoset = 1, .terminal = -1},
    {.kind = DTN_NODE_DECISION, .parent = 6, .first_child = 8, .branches = 2, .infoset = 2, .terminal = -1},
    {.kind = DTN_NODE_TERMINAL, .parent = 7, .branch = 0, .infoset = -1, .terminal = 3, .outcome = 0},
    {.kind = DTN_NODE_TERMINAL, .parent = 7, .branch = 1, .infoset = -1, .terminal = 4, .outcome = 1},
    {.kind = DTN_NODE_TERMINAL, .parent = 6, .branch = 1, .infoset = -1, .terminal = 5, .outcome = 2},
};
static const int children[] = {1, 6, 2, 5, 3, 4, 7, 10, 8, 9};
static const dtn_infoset infoset[] = {
    {.player = 0, .type = 0, .actions = 2, .first_member = 0, .members = 1, .name = "demand.hard", .move = "demand"},
    {.player = 0,
     .type = 1,
     .first_action = 2,
     .actions = 2,
     .first_member = 1,
     .members = 1,
     .name = "demand.soft",
     .move = "demand"},
    {.player = 1,
     .type = -1,
     .first_action = 4,
     .actions = 2,
     .first_member = 2,
     .members = 2,
     .name = "reply",
     .move = "reply"},
};
static const int members[] = {1, 6, 2, 7};
static const dtn_action action[] = {{.name = "ask", .infoset = 0},   {.name = "stop", .infoset = 0},
                                    {.name = "ask", .infoset = 1},   {.name = "stop", .infoset = 1},
                                    {.name = "yield", .infoset = 2}, {.name = "stop", .infoset = 2}};
static const char *const type_names[] = {"hard", "soft"};
static const dtn_tree_player player[] = {{"A", "A", 2, type_names}, {"B", "B", 0, NULL}};
static const char *const outcome[] = {"deal", "clash", "rest"};

static dtn_tree make(dtn_ctx *ctx, fmpq **sigma)
{
    fmpq *chance = dtn_arena_fmpq(ctx->scratch, NODES);
    for (int i = 0; i < NODES; i++)
        fmpq_one(chance + i);
    fmpq_set_si(chance + 1, 1, 3);
    fmpq_set_si(chance + 6, 2, 3);
    *sigma = dtn_arena_fmpq(ctx->scratch, 6);
    static const int n[6] = {1, 1, 1, 3, 2, 3}, d[6] = {2, 2, 4, 4, 5, 5};
    for (int a = 0; a < 6; a++)
        fmpq_set_si(*sigma + a, n[a], (ulong)d[a]);
    return (dtn_tree){.players = 2,
                      .nodes = NODES,
                      .infosets = 3,
                      .actions = 6,
                      .terminals = 6,
                      .outcomes = 3,
                      .player = player,
                      .node = node,
                      .children = children,
                      .infoset = infoset,
                      .members = members,
                      .action = action,
                      .outcome = outcome,
                      .chance = chance};
}

static void keys_name_actions(void **state)
{
    dtn_ctx *ctx = *state;
    fmpq *sigma;
    dtn_tree tree = make(ctx, &sigma);
    int *actions, count;
    assert_ok(ctx, dtn_key_actions(ctx, ctx->scratch, &actions, &count, &tree, "demand.ask"));
    assert_int_equal(count, 2);
    assert_int_equal(actions[0], 0);
    assert_int_equal(actions[1], 2);
    assert_ok(ctx, dtn_key_actions(ctx, ctx->scratch, &actions, &count, &tree, "demand.soft.stop"));
    assert_int_equal(count, 1);
    assert_int_equal(actions[0], 3);
    assert_ok(ctx, dtn_key_actions(ctx, ctx->scratch, &actions, &count, &tree, "yield"));
    assert_int_equal(count, 1);
    assert_status(ctx, DTN_ARG, dtn_key_actions(ctx, ctx->scratch, &actions, &count, &tree, "stop"));
    assert_error_has(ctx, "several moves");
    assert_status(ctx, DTN_ARG,
                  dtn_key_actions(ctx, ctx->scratch, &actions, &count, &tree, "demand.sfot.ask"));
    assert_error_has(ctx, "did you mean \"demand.soft.ask\"");
    assert_status(ctx, DTN_ARG, dtn_key_actions(ctx, ctx->scratch, &actions, &count, &tree, "elsewhere.go"));
    assert_error_has(ctx, "expected move.action");
}

static void play_is_conditional_on_reach(void **state)
{
    dtn_ctx *ctx = *state;
    fmpq *sigma, *reach = dtn_arena_fmpq(ctx->scratch, NODES), *p = dtn_arena_fmpq(ctx->scratch, 1);
    dtn_tree tree = make(ctx, &sigma);
    dtn_assessment_reach(&tree, sigma, reach);
    bool reached;
    dtn_key_play(p, &reached, &tree, sigma, reach, (const int[]){0, 2}, 2);
    assert_true(reached);
    assert_fmpq_eq_str(p, "1/3"); /* 1/3 * 1/2 + 2/3 * 1/4 */
    dtn_key_play(p, &reached, &tree, sigma, reach, (const int[]){4}, 1);
    assert_fmpq_eq_str(p, "2/5"); /* where B decides, not 2/5 * 1/3 */
    dtn_key_play(p, &reached, &tree, sigma, reach, (const int[]){4, 5}, 2);
    assert_fmpq_eq_str(p, "1");
    fmpq_zero(sigma), fmpq_one(sigma + 1), fmpq_zero(sigma + 2), fmpq_one(sigma + 3);
    dtn_assessment_reach(&tree, sigma, reach);
    dtn_key_play(p, &reached, &tree, sigma, reach, (const int[]){4}, 1);
    assert_false(reached);
}

static void target_counts_each_path_once(void **state)
{
    dtn_ctx *ctx = *state;
    fmpq *sigma, *p = dtn_arena_fmpq(ctx->scratch, 1);
    dtn_tree tree = make(ctx, &sigma);
    dtn_target target;
    const char *const *item;
    int items;
    assert_ok(ctx, dtn_target_words(ctx, ctx->scratch, &item, &items, "deal, demand.hard.ask"));
    assert_int_equal(items, 2);
    assert_string_equal(item[0], "deal");
    assert_ok(ctx, dtn_target_make(ctx, ctx->scratch, &target, &tree, NULL, item, items));
    assert_ok(ctx, dtn_target_probability(ctx, p, &target, &tree, sigma));
    assert_fmpq_eq_str(p, "7/30"); /* hard asks 1/6; soft asks and B yields 2/3 * 1/4 * 2/5 */
    assert_status(ctx, DTN_ARG, dtn_target_words(ctx, ctx->scratch, &item, &items, " , "));
    assert_status(ctx, DTN_ARG,
                  dtn_target_make(ctx, ctx->scratch, &target, &tree, NULL, (const char *const[]){"peace"}, 1));
}

static void target_knows_groups(void **state)
{
    dtn_ctx *ctx = *state;
    fmpq *sigma, *p = dtn_arena_fmpq(ctx->scratch, 1);
    dtn_tree tree = make(ctx, &sigma);
    static const dtn_scn_outcome outcomes[] = {
        {.key = "rest"}, {.key = "deal"}, {.key = "clash"}, {.key = "never"}};
    static const int inside[] = {1, 2};
    static const dtn_scn_group group = {.key = "asked", .outcome = inside, .outcomes = 2};
    dtn_scenario scenario = {.outcomes = 4, .outcome = outcomes, .groups = 1, .group = &group};
    dtn_target target;
    assert_ok(ctx, dtn_target_make(ctx, ctx->scratch, &target, &tree, &scenario,
                                   (const char *const[]){"asked"}, 1));
    assert_ok(ctx, dtn_target_probability(ctx, p, &target, &tree, sigma));
    assert_fmpq_eq_str(p, "1/3");
    assert_ok(ctx, dtn_target_make(ctx, ctx->scratch, &target, &tree, &scenario,
                                   (const char *const[]){"never"}, 1));
    assert_ok(ctx, dtn_target_probability(ctx, p, &target, &tree, sigma));
    assert_fmpq_eq_str(p, "0"); /* an outcome that no path of this tree ends in */
    assert_status(
        ctx, DTN_ARG,
        dtn_target_make(ctx, ctx->scratch, &target, &tree, &scenario, (const char *const[]){"clahs"}, 1));
    assert_error_has(ctx, "did you mean \"clash\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(keys_name_actions),
        kit_test(play_is_conditional_on_reach),
        kit_test(target_counts_each_path_once),
        kit_test(target_knows_groups),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
