/* Assessments on a small signalling game, against numbers worked out by hand. */
#include "kit/kit.h"

#include "model/assessment.h"

/* Nature draws type 0 (1/3) or 1 (2/3) of player A, who asks or stops; B, who sees no type, yields or holds.
 */
enum { NODES = 11 };
static const dtn_node node[NODES] = {
    {.kind = DTN_NODE_CHANCE,
     .parent = -1,
     .first_child = 0,
     .branches = 2,
     .infoset = -1,
     .terminal = -1,
     .depth = 0},
    {.kind = DTN_NODE_DECISION,
     .branch = 0,
     .first_child = 2,
     .branches = 2,
     .infoset = 0,
     .terminal = -1,
     .depth = 1},
    {.kind = DTN_NODE_DECISION,
     .parent = 1,
     .first_child = 4,
     .branches = 2,
     .infoset = 2,
     .terminal = -1,
     .depth = 2},
    {.kind = DTN_NODE_TERMINAL, .parent = 2, .branch = 0, .infoset = -1, .terminal = 0, .outcome = 0, .depth = 3},
    {.kind = DTN_NODE_TERMINAL, .parent = 2, .branch = 1, .infoset = -1, .terminal = 1, .outcome = 1, .depth = 3},
    {.kind = DTN_NODE_TERMINAL, .parent = 1, .branch = 1, .infoset = -1, .terminal = 2, .outcome = -1, .depth = 2},
    {.kind = DTN_NODE_DECISION,
     .branch = 1,
     .first_child = 6,
     .branches = 2,
     .infoset = 1,
     .terminal = -1,
     .depth = 1},
    {.kind = DTN_NODE_DECISION,
     .parent = 6,
     .first_child = 8,
     .branches = 2,
     .infoset = 2,
     .terminal = -1,
     .depth = 2},
    {.kind = DTN_NODE_TERMINAL, .parent = 7, .branch = 0, .infoset = -1, .terminal = 3, .outcome = 0, .depth = 3},
    {.kind = DTN_NODE_TERMINAL, .parent = 7, .branch = 1, .infoset = -1, .terminal = 4, .outcome = 1, .depth = 3},
    {.kind = DTN_NODE_TERMINAL, .parent = 6, .branch = 1, .infoset = -1, .terminal = 5, .outcome = -1, .depth = 2},
};
static const int children[] = {1, 6, 2, 5, 3, 4, 7, 10, 8, 9};
static const dtn_infoset infoset[] = {
    {.player = 0, .type = 0, .first_action = 0, .actions = 2, .first_member = 0, .members = 1},
    {.player = 0, .type = 1, .first_action = 2, .actions = 2, .first_member = 1, .members = 1},
    {.player = 1, .type = -1, .first_action = 4, .actions = 2, .first_member = 2, .members = 2},
};
static const int members[] = {1, 6, 2, 7};
static const int types0[] = {0, -1}, types1[] = {1, -1};

typedef struct fixture {
    dtn_ctx *ctx;
    dtn_arena *arena;
    dtn_tree tree;
} fixture;

static int set_up(void **state)
{
    static fixture f;
    assert_int_equal(dtn_ctx_new(&f.ctx), DTN_OK);
    f.arena = dtn_arena_new(f.ctx);
    fmpq *chance = dtn_arena_fmpq(f.arena, NODES), *prior = dtn_arena_fmpq(f.arena, 2);
    fmpq *payoff = dtn_arena_fmpq(f.arena, 12);
    dtn_draw *draw = dtn_arena_array(f.arena, 2, sizeof *draw);
    dtn_tree_player *player = dtn_arena_array(f.arena, 2, sizeof *player);
    static const int pay[12] = {4, -1, -2, 3, 1, 0, 6, -6, -3, 1, 0, 2};
    for (int i = 0; i < 12; i++)
        fmpq_set_si(payoff + i, pay[i], 1);
    for (int i = 0; i < NODES; i++)
        fmpq_one(chance + i);
    fmpq_set_si(chance + 1, 1, 3);
    fmpq_set_si(chance + 6, 2, 3);
    fmpq_set(prior, chance + 1);
    fmpq_set(prior + 1, chance + 6);
    draw[0] = (dtn_draw){types0, 1};
    draw[1] = (dtn_draw){types1, 6};
    player[0].types = 2;
    f.tree = (dtn_tree){.players = 2,
                        .nodes = NODES,
                        .infosets = 3,
                        .actions = 6,
                        .terminals = 6,
                        .outcomes = 2,
                        .draws = 2,
                        .player = player,
                        .node = node,
                        .children = children,
                        .infoset = infoset,
                        .members = members,
                        .draw = draw,
                        .draw_prob = prior,
                        .chance = chance,
                        .payoff = {.rows = 6, .columns = 2, .exact = payoff}};
    *state = &f;
    return 0;
}

static int tear_down(void **state)
{
    fixture *f = *state;
    dtn_arena_free(f->arena);
    dtn_ctx_free(f->ctx);
    return 0;
}

static void assert_fraction(const fmpq_t x, long p, unsigned long q)
{
    fmpq_t expected;
    fmpq_init(expected);
    fmpq_set_si(expected, p, q);
    assert_true(fmpq_equal(x, expected));
    fmpq_clear(expected);
}

/* Type 0 asks with 1/2, type 1 with 1/4; B yields with 2/5. */
static void fill(fmpq *sigma)
{
    static const int n[6] = {1, 1, 1, 3, 2, 3}, d[6] = {2, 2, 4, 4, 5, 5};
    for (int a = 0; a < 6; a++)
        fmpq_set_si(sigma + a, n[a], (ulong)d[a]);
}

static void reach_bayes_and_values(void **state)
{
    fixture *f = *state;
    dtn_assessment a;
    assert_int_equal(dtn_assessment_new(f->ctx, f->arena, &a, &f->tree), DTN_OK);
    fill(a.sigma);
    fmpq *reach = dtn_arena_fmpq(f->arena, NODES), *value = dtn_arena_fmpq(f->arena, 2 * NODES);
    dtn_assessment_reach(&f->tree, a.sigma, reach);
    assert_fraction(reach + 2, 1, 6);
    assert_fraction(reach + 7, 1, 6);
    assert_fraction(reach + 10, 1, 2);
    dtn_assessment_bayes(&f->tree, &a, reach);
    assert_fraction(a.belief + 1, 1, 1);
    assert_fraction(a.belief + 2, 1, 2);
    assert_fraction(a.belief + 7, 1, 2);
    dtn_assessment_values(&f->tree, a.sigma, value);
    assert_fraction(value + 4, 2, 5);   /* A at node 2: 2/5 * 4 - 3/5 * 2 */
    assert_fraction(value + 14, 3, 5);  /* A at node 7: 2/5 * 6 - 3/5 * 3 */
    assert_fraction(value + 2, 7, 10);  /* A at node 1 */
    assert_fraction(value + 12, 3, 20); /* A at node 6 */
    assert_fraction(value, 1, 3);       /* A at the root */
    assert_fraction(value + 1, 14, 15); /* B at the root: 7/5 / 6 - 9/5 / 6 + 2/2 */
}

static void beliefs_off_the_path_stay(void **state)
{
    fixture *f = *state;
    dtn_assessment a;
    assert_int_equal(dtn_assessment_new(f->ctx, f->arena, &a, &f->tree), DTN_OK);
    fmpq *reach = dtn_arena_fmpq(f->arena, NODES);
    fmpq_one(a.sigma + 1);
    fmpq_one(a.sigma + 3);
    fmpq_one(a.sigma + 4);
    fmpq_set_si(a.belief + 2, 1, 7);
    fmpq_set_si(a.belief + 7, 6, 7);
    dtn_assessment_reach(&f->tree, a.sigma, reach);
    dtn_assessment_bayes(&f->tree, &a, reach);
    assert_fraction(a.belief + 2, 1, 7);
    assert_fraction(a.belief + 7, 6, 7);
}

static void description(void **state)
{
    fixture *f = *state;
    dtn_equilibrium e = {0};
    assert_int_equal(dtn_assessment_new(f->ctx, f->arena, &e.at, &f->tree), DTN_OK);
    fill(e.at.sigma);
    assert_int_equal(dtn_equilibrium_describe(f->ctx, f->arena, &e, &f->tree), DTN_OK);
    assert_fraction(e.outcome_prob, 2, 15);
    assert_fraction(e.outcome_prob + 1, 1, 5);
    assert_fraction(e.payoff, 1, 3);
    assert_int_equal(e.type_stride, 2);
    assert_fraction(e.type_payoff, 7, 10);
    assert_fraction(e.type_payoff + 1, 3, 20);
    assert_fraction(e.type_payoff + 2, 0, 1); /* B has no types */
    for (int h = 0; h < 3; h++)
        assert_true(e.reached[h]);
    fmpq_zero(e.at.sigma), fmpq_one(e.at.sigma + 1);
    fmpq_zero(e.at.sigma + 2), fmpq_one(e.at.sigma + 3);
    assert_int_equal(dtn_equilibrium_describe(f->ctx, f->arena, &e, &f->tree), DTN_OK);
    assert_true(e.reached[0] && e.reached[1]);
    assert_false(e.reached[2]);
}

static void rung_names(void **state)
{
    (void)state;
    dtn_rung rung = DTN_RUNG_NONE;
    assert_true(dtn_rung_parse("d1", &rung));
    assert_int_equal(rung, DTN_RUNG_D1);
    for (int r = 0; r < DTN_RUNG_COUNT; r++) {
        assert_true(dtn_rung_parse(dtn_rung_name((dtn_rung)r), &rung));
        assert_int_equal(rung, r);
    }
    assert_false(dtn_rung_parse("D1", &rung));
    assert_string_equal(dtn_rung_title(DTN_RUNG_SPE), "subgame perfect");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(reach_bayes_and_values, set_up, tear_down),
        cmocka_unit_test_setup_teardown(beliefs_off_the_path_stay, set_up, tear_down),
        cmocka_unit_test_setup_teardown(description, set_up, tear_down),
        cmocka_unit_test(rung_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
