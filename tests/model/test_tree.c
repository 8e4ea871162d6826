/* Trees built by hand: numbering, payoffs at inner nodes, recall, subgames, refusals. */
#include "kit/kit.h"

#include <stdio.h>
#include <string.h>

#include "model/tree.h"

typedef struct maker {
    dtn_ctx *ctx;
    dtn_tree_builder *b;
    fmpq *number;
} maker;

static maker start(dtn_ctx *ctx, int players)
{
    maker m = {.ctx = ctx, .number = dtn_arena_fmpq(ctx->scratch, 4)};
    int player;
    assert_ok(ctx, dtn_tree_builder_new(ctx, &m.b, "by hand"));
    static const char *const names[] = {"A", "B", "C"};
    for (int i = 0; i < players; i++)
        assert_ok(ctx, dtn_tree_add_player(m.b, &player, names[i], names[i], 0, NULL));
    return m;
}

static int infoset(maker *m, int player, const char *name)
{
    static const dtn_action two[2] = {{.name = "L", .target = -1}, {.name = "R", .target = -1}};
    int h;
    assert_ok(m->ctx, dtn_tree_add_infoset(m->b, &h, player, -1, name, "", 2, two));
    return h;
}

static int decision(maker *m, int parent, int branch, int h)
{
    int node;
    dtn_node_spec spec = {
        .parent = parent, .branch = branch, .kind = DTN_NODE_DECISION, .infoset = h, .outcome = -1, .draw = -1};
    assert_ok(m->ctx, dtn_tree_add_node(m->b, &node, &spec));
    return node;
}

static int end(maker *m, int parent, int branch, int a, int b)
{
    int node;
    dtn_node_spec spec = {.parent = parent,
                          .branch = branch,
                          .kind = DTN_NODE_TERMINAL,
                          .infoset = -1,
                          .outcome = -1,
                          .draw = -1,
                          .payoff = m->number};
    fmpq_set_si(&m->number[0], a, 1);
    fmpq_set_si(&m->number[1], b, 1);
    assert_ok(m->ctx, dtn_tree_add_node(m->b, &node, &spec));
    return node;
}

/* Nodes arrive breadth first and branches backwards; numbers come out in preorder, sets by player. */
static void preorder_and_numbering(void **state)
{
    dtn_ctx *ctx = *state;
    maker m = start(ctx, 2);
    int hb = infoset(&m, 1, "b"), ha = infoset(&m, 0, "a"), unused = infoset(&m, 0, "unused");
    int later = infoset(&m, 0, "later");
    (void)unused;
    int root = decision(&m, -1, 0, ha);
    int right = decision(&m, root, 1, hb), left = decision(&m, root, 0, hb);
    int deep = decision(&m, left, 1, later);
    end(&m, right, 1, 4, -4);
    end(&m, right, 0, 3, -3);
    end(&m, left, 0, 0, 0);
    end(&m, deep, 0, 1, -1);
    end(&m, deep, 1, 2, -2);
    dtn_tree *t;
    assert_ok(ctx, dtn_tree_finish(ctx, &t, m.b));
    assert_int_equal(t->nodes, 9);
    assert_int_equal(t->infosets, 3);
    assert_string_equal(t->infoset[0].name, "a");
    assert_string_equal(t->infoset[1].name, "later");
    assert_string_equal(t->infoset[2].name, "b");
    assert_int_equal(t->infoset[2].first_action, 4);
    assert_int_equal(t->action[5].infoset, 2);
    assert_int_equal(t->members[t->infoset[2].first_member], 1);
    assert_int_equal(t->members[t->infoset[2].first_member + 1], 6);
    for (int k = 0; k < 5; k++)
        assert_true(fmpq_cmp_si(dtn_payoffs_at(&t->payoff, 2 * k).q, k) == 0);
    for (int i = 1; i < t->nodes; i++) {
        const dtn_node *n = &t->node[i];
        assert_true(n->parent < i);
        assert_int_equal(dtn_tree_child(t, n->parent, n->branch), i);
        assert_int_equal(n->depth, t->node[n->parent].depth + 1);
    }
    assert_true(t->constant_sum);
    assert_true(t->perfect_recall);
    assert_false(t->perfect_information);
    bool subgame[9];
    assert_ok(ctx, dtn_tree_subgames(ctx, subgame, t));
    static const bool wanted[9] = {true, false, false, true};
    for (int i = 0; i < 9; i++)
        assert_int_equal(subgame[i], wanted[i]);
    assert_status(ctx, DTN_DOMAIN, dtn_tree_reprice(ctx, t, m.number));
    dtn_tree_free(t);
}

static void amounts_at_inner_nodes_add_up(void **state)
{
    dtn_ctx *ctx = *state;
    maker m = start(ctx, 2);
    int ha = infoset(&m, 0, "a"), hb = infoset(&m, 1, "b"), root, below;
    dtn_node_spec spec = {.parent = -1, .kind = DTN_NODE_DECISION, .infoset = ha, .outcome = -1, .draw = -1};
    spec.payoff = m.number;
    fmpq_set_si(&m.number[0], 10, 1);
    fmpq_set_si(&m.number[1], 20, 1);
    assert_ok(ctx, dtn_tree_add_node(m.b, &root, &spec));
    end(&m, root, 0, 1, 2);
    spec.parent = root;
    spec.branch = 1;
    spec.infoset = hb;
    fmpq_set_si(&m.number[0], 100, 1);
    fmpq_zero(&m.number[1]);
    assert_ok(ctx, dtn_tree_add_node(m.b, &below, &spec));
    end(&m, below, 0, 3, 4);
    end(&m, below, 1, 5, 6);
    dtn_tree *t;
    assert_ok(ctx, dtn_tree_finish(ctx, &t, m.b));
    static const char *const wanted[] = {"11", "22", "113", "24", "115", "26"};
    for (int i = 0; i < 6; i++)
        assert_fmpq_eq_str(dtn_payoffs_at(&t->payoff, i).q, wanted[i]);
    assert_true(t->perfect_information);
    dtn_tree_free(t);
}

static void forgetting_is_found(void **state)
{
    dtn_ctx *ctx = *state;
    maker m = start(ctx, 2);
    int first = infoset(&m, 0, "first"), again = infoset(&m, 0, "again");
    int root = decision(&m, -1, 0, first);
    for (int k = 0; k < 2; k++) {
        int node = decision(&m, root, k, again);
        end(&m, node, 0, 0, 0);
        end(&m, node, 1, 1, 1);
    }
    dtn_tree *t;
    assert_ok(ctx, dtn_tree_finish(ctx, &t, m.b));
    assert_false(t->perfect_recall);
    assert_string_equal(t->infoset[t->recall_infoset].name, "again");
    assert_int_equal(t->recall_node[0], 1);
    assert_int_equal(t->recall_node[1], 4);
    assert_false(t->infoset[t->recall_infoset].absentminded);
    dtn_tree_free(t);
    /* The absent-minded driver. */
    m = start(ctx, 2);
    int exits = infoset(&m, 0, "exit");
    root = decision(&m, -1, 0, exits);
    end(&m, root, 0, 0, 0);
    int second = decision(&m, root, 1, exits);
    end(&m, second, 0, 4, 0);
    end(&m, second, 1, 1, 0);
    assert_ok(ctx, dtn_tree_finish(ctx, &t, m.b));
    assert_false(t->perfect_recall);
    assert_true(t->infoset[0].absentminded);
    assert_int_equal(t->recall_node[0], t->recall_node[1]);
    dtn_tree_free(t);
}

static void half_built_trees_are_refused(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_tree *t;
    int node;
    maker m = start(ctx, 2);
    assert_status(ctx, DTN_ARG, dtn_tree_finish(ctx, &t, m.b));
    assert_null(t);
    m = start(ctx, 2);
    int h = infoset(&m, 0, "h"), root = decision(&m, -1, 0, h);
    end(&m, root, 0, 0, 0);
    assert_status(ctx, DTN_ARG, dtn_tree_finish(ctx, &t, m.b));
    assert_error_has(ctx, "information set h has 1 branches, the set has 2 actions");
    m = start(ctx, 2);
    h = infoset(&m, 0, "h");
    root = decision(&m, -1, 0, h);
    end(&m, root, 1, 0, 0);
    end(&m, root, 1, 0, 0);
    assert_status(ctx, DTN_ARG, dtn_tree_finish(ctx, &t, m.b));
    assert_error_has(ctx, "are both branch 1");
    m = start(ctx, 2);
    int leaf = end(&m, -1, 0, 0, 0);
    dtn_node_spec spec = {.parent = leaf, .kind = DTN_NODE_TERMINAL, .outcome = -1, .draw = -1};
    assert_status(ctx, DTN_ARG, dtn_tree_add_node(m.b, &node, &spec));
    spec.parent = -1;
    assert_status(ctx, DTN_ARG, dtn_tree_add_node(m.b, &node, &spec));
    dtn_tree_builder_free(m.b);
    dtn_tree_builder_free(NULL);
    m = start(ctx, 2);
    spec = (dtn_node_spec){.parent = -1, .kind = DTN_NODE_CHANCE, .infoset = -1, .outcome = -1, .draw = -1};
    assert_ok(ctx, dtn_tree_add_node(m.b, &root, &spec));
    for (int k = 0; k < 2; k++) {
        spec =
            (dtn_node_spec){.parent = root, .branch = k, .kind = DTN_NODE_TERMINAL, .outcome = -1, .draw = -1};
        fmpq_set_si(&m.number[2], 1, 3);
        spec.prob = &m.number[2];
        assert_ok(ctx, dtn_tree_add_node(m.b, &node, &spec));
    }
    assert_status(ctx, DTN_DOMAIN, dtn_tree_finish(ctx, &t, m.b));
    assert_error_has(ctx, "sum to 2/3");
}

/* A line of 500,000 moves, two and two in one information set: recall is decided in linear time, or this takes hours. */
static void a_million_nodes(void **state)
{
    enum { MOVES = 500000 };
    dtn_ctx *ctx = *state;
    maker m = start(ctx, 2);
    int node = -1, set = -1;
    for (int k = 0; k < MOVES; k++) {
        if (k % 2 == 0 || k + 1 == MOVES) {
            char name[16];
            snprintf(name, sizeof name, "%d", k);
            set = infoset(&m, k / 2 % 2, name);
        }
        node = decision(&m, node, k > 0, set);
        end(&m, node, 0, 0, 0);
    }
    end(&m, node, 1, 1, 1);
    dtn_tree *t;
    assert_ok(ctx, dtn_tree_finish(ctx, &t, m.b));
    assert_int_equal(t->nodes, 2 * MOVES + 1);
    assert_false(t->perfect_recall);
    assert_true(t->infoset[t->recall_infoset].absentminded);
    dtn_tree_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(preorder_and_numbering),       kit_test(amounts_at_inner_nodes_add_up),
        kit_test(forgetting_is_found),          kit_test(a_million_nodes),
        kit_test(half_built_trees_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
