/* Writers: what is written is read back as the same game, and a second pass gives the same bytes. */
#include "kit/games.h"
#include "kit/kit.h"

#include <string.h>

#include "format/game.h"
#include "format/write.h"
#include "model/model.h"

static const char *nfg_of(dtn_ctx *ctx, dtn_arena *arena, const dtn_strategic *g)
{
    dtn_str out = dtn_str_in(arena);
    assert_ok(ctx, dtn_nfg_write(ctx, &out, g));
    return dtn_str_done(&out);
}

static const char *efg_of(dtn_ctx *ctx, dtn_arena *arena, const dtn_tree *t)
{
    dtn_str out = dtn_str_in(arena);
    assert_ok(ctx, dtn_efg_write(ctx, &out, t));
    return dtn_str_done(&out);
}

static void assert_same_game(const dtn_strategic *a, const dtn_strategic *b)
{
    assert_int_equal(a->players, b->players);
    assert_int_equal(a->profiles, b->profiles);
    for (int p = 0; p < a->players; p++) {
        assert_int_equal(a->strategies[p], b->strategies[p]);
        assert_string_equal(a->player[p], b->player[p]);
        for (int s = 0; s < a->strategies[p]; s++)
            assert_string_equal(a->strategy[p][s], b->strategy[p][s]);
    }
    for (size_t i = 0; i < a->profiles * (size_t)a->players; i++)
        assert_true(fmpq_equal(dtn_payoffs_at(&a->payoff, i).q, dtn_payoffs_at(&b->payoff, i).q));
}

static void assert_same_tree(const dtn_tree *a, const dtn_tree *b)
{
    assert_int_equal(a->nodes, b->nodes);
    assert_int_equal(a->infosets, b->infosets);
    assert_int_equal(a->actions, b->actions);
    for (int i = 0; i < a->nodes; i++) {
        assert_int_equal(a->node[i].kind, b->node[i].kind);
        assert_int_equal(a->node[i].infoset, b->node[i].infoset);
        assert_int_equal(a->node[i].parent, b->node[i].parent);
        assert_string_equal(a->node[i].label, b->node[i].label);
        assert_string_equal(a->node[i].via, b->node[i].via);
        assert_true(fmpq_equal(a->chance + i, b->chance + i));
    }
    for (int i = 0; i < a->terminals * a->players; i++)
        assert_true(fmpq_equal(dtn_payoffs_at(&a->payoff, i).q, dtn_payoffs_at(&b->payoff, i).q));
    for (int i = 0; i < a->actions; i++)
        assert_string_equal(a->action[i].name, b->action[i].name);
}

static void strategic_games_survive(void **state)
{
    dtn_ctx *ctx = *state;
    static const char *const games[] = {
        "NFG 1 R \"a \\\"t\\\" \\\\\" { \"\" \"x\\\\\" } { { \"a\" \"a\" } { \"\" } } \"a comment\" 1 -1/3 "
        ".5 "
        "123456789012345678901234567890",
        "NFG 1 D \"\" { \"1\" } { 3 } 1 2 3",
        "NFG 1 R \"o\" { \"p\" \"q\" \"r\" } { 2 1 2 } { { \"\" 1, 2, 3 } { \"w\" 4e20 5 6/7 } } 1 0 2 2"};
    for (size_t i = 0; i < sizeof games / sizeof *games; i++) {
        dtn_strategic *a, *b;
        assert_ok(ctx, dtn_nfg_read(ctx, &a, NULL, "a", games[i], strlen(games[i])));
        dtn_arena *arena = dtn_arena_new(ctx);
        const char *once = nfg_of(ctx, arena, a);
        assert_ok(ctx, dtn_nfg_read(ctx, &b, NULL, "b", once, strlen(once)));
        assert_same_game(a, b);
        assert_string_equal(a->about, b->about);
        assert_string_equal(once, nfg_of(ctx, arena, b));
        dtn_strategic_free(a);
        dtn_strategic_free(b);
        dtn_arena_free(arena);
    }
}

static const char *const trees[] = {
    /* Chance, payoffs at inner nodes, unnamed outcomes, a set without a name, an outcome of no payoff. */
    "EFG 2 R \"t\" { \"A\" \"\" } \"c\"\nc \"root\" 5 \"\" { \"l\" 1/3 \"\" 2/3 } 0\n"
    "p \"\" 1 7 \"\" { \"x\" \"y\" } 3 \"bonus\" { 1, 2 }\nt \"\" 0\nt \"e\" 4 \"\" { 0, 0 }\n"
    "p \"n\" 1 7 0\nt \"\" 9 \"win\" { 1/2, -1e3 }\nt \"\" 10 \"win\" { 2, 2 }\n",
    /* One node. */
    "EFG 2 R \"\" { \"A\" } t \"\" 1 \"5\" { 7 }",
    /* Equal names of sets and of outcomes, absent-minded. */
    "EFG 2 R \"\" { \"A\" } p \"\" 1 1 \"s\" { \"a\" \"a\" } 0 p \"\" 1 1 \"s\" 0 t \"\" 1 \"o\" { 1 } t "
    "\"\" 2 "
    "\"o\" { 1 } p \"\" 1 2 \"s\" { \"b\" } 0 t \"\" 1"};

static void trees_survive(void **state)
{
    dtn_ctx *ctx = *state;
    for (size_t i = 0; i < sizeof trees / sizeof *trees; i++) {
        dtn_tree *a, *b;
        assert_ok(ctx, dtn_efg_read(ctx, &a, NULL, "a", trees[i], strlen(trees[i])));
        dtn_arena *arena = dtn_arena_new(ctx);
        const char *once = efg_of(ctx, arena, a);
        assert_ok(ctx, dtn_efg_read(ctx, &b, NULL, "b", once, strlen(once)));
        assert_same_tree(a, b);
        assert_string_equal(once, efg_of(ctx, arena, b));
        dtn_tree_free(a);
        dtn_tree_free(b);
        dtn_arena_free(arena);
    }
}

static dtn_model *parse(dtn_ctx *ctx, const char *name, const char *text)
{
    dtn_model *m = NULL;
    assert_ok(ctx, dtn_model_parse(ctx, &m, NULL, name, text, strlen(text)));
    return m;
}

static void json_holds_games_and_trees(void **state)
{
    dtn_ctx *ctx = *state;
    for (size_t i = 0; i < sizeof trees / sizeof *trees; i++) {
        dtn_arena *arena = dtn_arena_new(ctx);
        dtn_model *a = parse(ctx, "a.efg", trees[i]);
        dtn_str once = dtn_str_in(arena), twice = dtn_str_in(arena);
        assert_ok(ctx, dtn_tree_json_write(ctx, &once, a->tree));
        dtn_model *b = parse(ctx, "-", dtn_str_done(&once));
        assert_string_equal(b->format, "json");
        assert_same_tree(a->tree, b->tree);
        assert_ok(ctx, dtn_tree_json_write(ctx, &twice, b->tree));
        assert_string_equal(dtn_str_done(&once), dtn_str_done(&twice));
        dtn_model_free(a);
        dtn_model_free(b);
        dtn_arena_free(arena);
    }
    for (uint64_t seed = 1; seed <= 20; seed++) {
        dtn_arena *arena = dtn_arena_new(ctx);
        dtn_strategic *g = kit_random_game(ctx, 3, (int[]){2, 3, 2}, seed, 100);
        dtn_str json = dtn_str_in(arena), csv = dtn_str_in(arena);
        assert_ok(ctx, dtn_strategic_json_write(ctx, &json, g));
        assert_ok(ctx, dtn_csv_write(ctx, &csv, g));
        dtn_model *a = parse(ctx, "-", dtn_str_done(&json)), *b = parse(ctx, "-", dtn_str_done(&csv));
        assert_string_equal(b->format, "csv");
        assert_same_game(g, a->strategic);
        assert_same_game(g, b->strategic);
        dtn_model_free(a);
        dtn_model_free(b);
        dtn_strategic_free(g);
        dtn_arena_free(arena);
    }
}

static void a_strategic_game_as_a_tree(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g = kit_random_game(ctx, 3, (int[]){2, 3, 4}, 7, 1000), *back;
    dtn_tree *t;
    assert_ok(ctx, dtn_tree_from_strategic(ctx, &t, g));
    assert_int_equal(t->nodes, 1 + 2 + 6 + 24);
    assert_int_equal(t->infosets, 3);
    assert_true(t->perfect_recall);
    assert_ok(ctx, dtn_strategic_from_tree(ctx, &back, t, 1000));
    assert_same_game(g, back);
    dtn_strategic_free(g);
    dtn_strategic_free(back);
    dtn_tree_free(t);
}

static void yaml_says_what_it_said(void **state)
{
    dtn_ctx *ctx = *state;
    const char *text =
        "a: {b: [1, 'two words', ~], c: \"x: y\"}\nlong: |\n  one\n  two\nlist:\n  - p: 1\n    "
        "q: [min(x, y), 3]\n  - no\n  -\n\"no\": 'yes'\nempty:\nnone: {}\nnil: []\nquote: \"a\\tb\"\n";
    dtn_arena *arena = dtn_arena_new(ctx);
    const char *seen[2][3];
    const char *source = text;
    for (int pass = 0; pass < 3; pass++) {
        dtn_diags *d;
        dtn_bytes bytes;
        const dtn_yaml *root = NULL;
        assert_ok(ctx, dtn_diags_new(ctx, &d, "t", source, strlen(source)));
        assert_true(dtn_bytes_check(d, arena, &bytes, source, strlen(source)));
        assert_ok(ctx, dtn_yaml_parse(ctx, arena, &root, d, &bytes));
        assert_non_null(root);
        dtn_str yaml = dtn_str_in(arena), json = dtn_str_in(arena);
        assert_ok(ctx, dtn_yaml_write(ctx, &yaml, root));
        assert_ok(ctx, dtn_yaml_write_json(ctx, &json, root));
        seen[0][pass] = dtn_str_done(&yaml);
        seen[1][pass] = dtn_str_done(&json);
        source = pass ? seen[1][pass] : seen[0][pass]; /* then by way of JSON */
        dtn_diags_free(d);
    }
    assert_string_equal(seen[0][0], seen[0][1]);
    assert_string_equal(seen[1][0], seen[1][1]);
    assert_string_equal(seen[1][0], seen[1][2]);
    assert_text_has(seen[1][0], "\"a\": {\"b\": [1, \"two words\", null], \"c\": \"x: y\"}");
    assert_text_has(seen[1][0], "\"q\": [\"min(x, y)\", 3]");
    assert_text_has(seen[0][0], "long: |\n  one\n  two\n");
    assert_text_has(seen[0][0], "quote: \"a\\tb\"\n");
    dtn_arena_free(arena);
}

static dtn_status write_all(dtn_ctx *ctx, void *user)
{
    (void)user;
    dtn_tree *t = NULL;
    DTN_TRY(dtn_efg_read(ctx, &t, NULL, "a", trees[0], strlen(trees[0])));
    dtn_arena *arena = dtn_arena_new(ctx);
    dtn_status status = arena ? DTN_OK : dtn_fail_nomem(ctx);
    if (arena) {
        dtn_str a = dtn_str_in(arena), b = dtn_str_in(arena);
        status = dtn_efg_write(ctx, &a, t);
        if (status == DTN_OK)
            status = dtn_tree_json_write(ctx, &b, t);
    }
    dtn_arena_free(arena);
    dtn_tree_free(t);
    return status;
}

static void memory_runs_out(void **state)
{
    (void)state;
    kit_memory_sweep(write_all, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(strategic_games_survive),    kit_test(trees_survive),
        kit_test(json_holds_games_and_trees), kit_test(a_strategic_game_as_a_tree),
        kit_test(yaml_says_what_it_said),     cmocka_unit_test(memory_runs_out)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
