/* Reader of .efg: all node kinds, what real files leave out, and errors with their places. */
#include "kit/kit.h"

#include <stdio.h>
#include <string.h>

#include "format/game.h"

static dtn_tree *read_ok(dtn_ctx *ctx, const char *text)
{
    dtn_tree *t;
    assert_ok(ctx, dtn_efg_read(ctx, &t, NULL, "game.efg", text, strlen(text)));
    return t;
}

static void kinds_of_nodes(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_tree *t = read_ok(ctx, "EFG 2 R \"title\" { \"Ann\" \"Bob\" }\n\"comment\"\n"
                               "c \"root\" 7 \"draw\" { \"x\" 1/3 \"y\" 2/3 } 0\n"
                               "p \"n\" 2 40 \"seen\" { \"l\" \"r\" } 0\n"
                               "t \"\" 5 \"win\" { 1, -1/2 }\n"
                               "t \"\" 0\n"
                               "p \"m\" 2 40 0 t \"\" 5 t \"\" 6 \"win\" { 2 .25 }");
    assert_string_equal(t->title, "title");
    assert_int_equal(t->players, 2);
    assert_string_equal(t->player[1].name, "Bob");
    assert_int_equal(t->nodes, 7);
    assert_int_equal(t->infosets, 1);
    assert_int_equal(t->infoset[0].player, 1);
    assert_int_equal(t->infoset[0].members, 2);
    assert_string_equal(t->infoset[0].name, "seen");
    assert_string_equal(t->action[1].name, "r");
    assert_fmpq_eq_str(t->chance + 4, "2/3");
    assert_int_equal(t->terminals, 4);
    assert_fmpq_eq_str(dtn_payoffs_at(&t->payoff, 1).q, "-1/2");
    assert_fmpq_eq_str(dtn_payoffs_at(&t->payoff, 2).q, "0");
    assert_fmpq_eq_str(dtn_payoffs_at(&t->payoff, 7).q, "1/4");
    assert_int_equal(t->outcomes, 1); /* two outcomes named "win" are one class of ends */
    assert_false(t->perfect_information);
    assert_true(t->perfect_recall);
    dtn_tree_free(t);
}

static void outcomes_at_inner_nodes_add_up(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_tree *t = read_ok(ctx, "EFG 2 R \"\" { \"1\" \"2\" }\n"
                               "c \"\" 1 \"\" { \"a\" 0.5 \"b\" .5 } 1 \"entry fee\" { -1 -2 }\n"
                               "p \"\" 1 1 \"\" { \"u\" \"d\" } 2 \"bonus\" { 10 0 }\n"
                               "t \"\" 3 \"\" { 100 200 }\nt \"\" 0\n"
                               "t \"\" 2");
    assert_fmpq_eq_str(dtn_payoffs_at(&t->payoff, 0).q, "109");
    assert_fmpq_eq_str(dtn_payoffs_at(&t->payoff, 1).q, "198");
    assert_fmpq_eq_str(dtn_payoffs_at(&t->payoff, 2).q, "9");
    assert_fmpq_eq_str(dtn_payoffs_at(&t->payoff, 3).q, "-2");
    assert_fmpq_eq_str(dtn_payoffs_at(&t->payoff, 4).q, "9");
    dtn_tree_free(t);
}

static void names_become_unique(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_tree *t = read_ok(ctx, "EFG 2 R \"\" { \"\" \"b\" }\n"
                               "p \"\" 1 1 \"same\" { \"\" \"x\" } 0\n"
                               "p \"\" 2 1 \"same\" { \"x\" \"x\" } 0 t \"\" 0 t \"\" 0\n"
                               "p \"\" 2 9 { \"x\" } 0 t \"\" 0");
    assert_string_equal(t->player[0].name, "1");
    assert_string_equal(t->infoset[0].name, "same");
    assert_string_equal(t->infoset[1].name, "same (2:1)");
    assert_string_equal(t->infoset[2].name, "2:9");
    assert_string_equal(t->action[0].name, "1");
    dtn_tree_free(t);
}

static void shipped_examples(void **state)
{
    dtn_ctx *ctx = *state;
    size_t length;
    const char *text = kit_read(ctx->scratch, "examples/games/kuhn-poker.efg", &length);
    dtn_tree *t;
    assert_ok(ctx, dtn_efg_read(ctx, &t, NULL, "kuhn.efg", text, length));
    assert_int_equal(t->infosets, 12);
    assert_int_equal(t->terminals, 30);
    assert_true(t->constant_sum && t->perfect_recall);
    dtn_tree_free(t);
    text = kit_read(ctx->scratch, "examples/games/selten-horse.efg", &length);
    assert_ok(ctx, dtn_efg_read(ctx, &t, NULL, "selten-horse.efg", text, length));
    assert_int_equal(t->players, 3);
    assert_int_equal(t->infosets, 3);
    dtn_tree_free(t);
}

static void absent_mindedness_is_read(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_tree *t = read_ok(ctx, "EFG 2 R \"the driver\" { \"1\" }\n"
                               "p \"\" 1 1 \"\" { \"exit\" \"on\" } 0 t \"\" 0\n"
                               "p \"\" 1 1 0 t \"\" 1 \"\" { 4 } t \"\" 2 \"\" { 1 }");
    assert_false(t->perfect_recall);
    assert_true(t->infoset[0].absentminded);
    dtn_tree_free(t);
}

static void faults_have_places(void **state)
{
    dtn_ctx *ctx = *state;
    static const struct {
        const char *text, *message;
        int line, column;
    } bad[] = {
        {"NFG 1", "expected EFG, found NFG", 1, 1},
        {"EFG 2 R \"\" { }", "expected a player's name in double quotes, found }", 1, 14},
        {"EFG 2 R \"\" { \"1\" }\n", "expected a node (c, p or t), found the end of the file", 2, 1},
        {"EFG 2 R \"\" { \"1\" }\nx \"\" 0", "expected a node (c, p or t), found x", 2, 1},
        {"EFG 2 R \"\" { \"1\" }\np \"\" 2 1 \"\" { \"a\" } 0",
         "expected the number of a player (1 to 1), found 2", 2, 6},
        {"EFG 2 R \"\" { \"1\" }\np \"\" 1 1 0", "expected the actions of information set 1, which is new", 2,
         8},
        {"EFG 2 R \"\" { \"1\" }\np \"\" 1 1 \"\" { \"a\" \"b\" } 0\nt \"\" 0\n",
         "a branch that is still open, found the end of the file", 4, 1},
        {"EFG 2 R \"\" { \"1\" }\np \"\" 1 1 \"\" { \"a\" } 0\nt \"\" 0\nt \"\" 0",
         "expected the end of the file after the last branch, found t", 4, 1},
        {"EFG 2 R \"\" { \"1\" }\nc \"\" 1 \"\" { \"a\" 1/2 \"b\" 1/3 } 0",
         "expected probabilities that sum to 1, found a sum of 5/6", 2, 11},
        {"EFG 2 R \"\" { \"1\" }\nc \"\" 1 \"\" { \"a\" \"b\" } 0", "expected the probability of this branch",
         2, 17},
        {"EFG 2 R \"\" { \"1\" }\nc \"\" 1 \"\" { \"a\" -1 \"b\" 2 } 0", "found a negative number", 2, 17},
        {"EFG 2 R \"\" { \"1\" }\nt \"\" 3", "expected payoffs of outcome 3, which is new, found none", 2, 6},
        {"EFG 2 R \"\" { \"1\" \"2\" }\nt \"\" 3 \"\" { 1 }", "expected a payoff of every player, found }", 2,
         15},
        {"EFG 2 R \"\" { \"1\" }\nt \"\" 0 { 1 }", "expected no payoffs after outcome 0", 2, 8},
        {"EFG 2 R \"\" { \"1\" }\np \"\" 1 1 \"\" { \"a\" \"b\" } 0\nt \"\" 1 \"\" { 1 }\nt \"\" 1 \"\" { 2 "
         "}",
         "outcome 1 was given other payoffs before", 4, 13},
        {"EFG 2 R \"\" { \"1\" }\np \"\" 1 1 \"\" { \"a\" \"b\" } 0\np \"\" 1 1 \"\" { \"a\" } 0",
         "expected 2 actions, as where this set was given first, found 1", 3, 13},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        dtn_tree *t;
        dtn_game_fault fault = {0};
        assert_status(ctx, DTN_PARSE,
                      dtn_efg_read(ctx, &t, &fault, "game.efg", bad[i].text, strlen(bad[i].text)));
        assert_null(t);
        assert_text_has(fault.message, bad[i].message);
        if (fault.line != bad[i].line || fault.column != bad[i].column)
            fail_msg("%s: at %d:%d instead of %d:%d", bad[i].text, fault.line, fault.column, bad[i].line,
                     bad[i].column);
    }
}

/* A path of 20,000 decisions: no recursion anywhere. */
static void deep_trees(void **state)
{
    dtn_ctx *ctx = *state;
    enum { DEPTH = 20000, LINE = 64 };
    char *text = dtn_arena_alloc(ctx->scratch, DEPTH * LINE + 64), *to = text;
    to += sprintf(to, "EFG 2 R \"\" { \"1\" \"2\" }\n");
    for (int i = 0; i < DEPTH; i++)
        to += sprintf(to, "p \"\" %d %d \"\" { \"stop\" \"go\" } 0 t \"\" 0\n", i % 2 + 1, i);
    sprintf(to, "t \"\" 0");
    dtn_tree *t = read_ok(ctx, text);
    assert_int_equal(t->nodes, 2 * DEPTH + 1);
    assert_true(t->perfect_information);
    dtn_tree_free(t);
}

/* What files of other programs hold and some readers stumble over. */
static void traps(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_tree *t =
        read_ok(ctx, "\xef\xbb\xbf"
                     "EFG\t2\tR\t\"tabs, \\\"quotes\\\" and \\\\\"\t{\t\"P\"\t\"P\"\t}\r\n"
                     "p\t\"\"\t1\t2147483647\t\"\"\t{\t\"a\"\t\"a\"\t\"\"\t}\t9\t\"inner\"\t{\t.1,\t+4\t}\r\n"
                     "t \"null\" 0\r\n"
                     "t \"\" 2147483647 \"big\" { 123456789012345678901/4294967297, 1e3 }\n"
                     "p \"\" 2 0 { \"only\" } 9\n" /* an outcome twice on one path; no name of the set */
                     "t \"\" 9 \"again\" { 0.10, 4 }");
    assert_string_equal(t->title, "tabs, \"quotes\" and \\");
    assert_string_equal(t->player[1].name, "P");
    assert_int_equal(t->infosets, 2);
    assert_string_equal(t->infoset[0].name, "1:2147483647");
    assert_string_equal(t->infoset[1].name, "2:0");
    assert_string_equal(t->action[1].name, "a");
    assert_string_equal(t->action[2].name, "3");
    assert_fmpq_eq_str(dtn_payoffs_at(&t->payoff, 0).q, "1/10");
    assert_fmpq_eq_str(dtn_payoffs_at(&t->payoff, 1).q, "4");
    assert_fmpq_eq_str(dtn_payoffs_at(&t->payoff, 2).q, "1234567890127751756307/42949672970");
    assert_fmpq_eq_str(dtn_payoffs_at(&t->payoff, 3).q, "1004");
    assert_fmpq_eq_str(dtn_payoffs_at(&t->payoff, 4).q, "3/10");
    assert_fmpq_eq_str(dtn_payoffs_at(&t->payoff, 5).q, "12");
    dtn_tree_free(t);
}

/* Each is refused with its place, at once and in little memory. */
static void hostile_numbers(void **state)
{
    dtn_ctx *ctx = *state;
    enum { DIGITS = 1000000 };
    char *text = dtn_arena_alloc(ctx->scratch, DIGITS + 64);
    int head = sprintf(text, "EFG 2 R \"\" { \"1\" } t \"\" 1 \"\" { ");
    memset(text + head, '7', DIGITS);
    memcpy(text + head + DIGITS, " }", 3);
    const char *bad[] = {text,
                         "EFG 2 R \"\" { \"1\" } t \"\" 1 \"\" { NaN }",
                         "EFG 2 R \"\" { \"1\" } t \"\" 1 \"\" { inf }",
                         "EFG 2 R \"\" { \"1\" } t \"\" 1 \"\" { 1/0 }",
                         "EFG 2 R \"\" { \"1\" } t \"\" 1 \"\" { 1e1000000000 }",
                         "EFG 2 R \"\" { \"1\" } t \"\" 99999999999999999999",
                         "EFG 2 R \"\" { \"1\" } p \"\" 1 -1 \"\" { \"a\" } 0 t \"\" 0"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        dtn_tree *t;
        dtn_game_fault fault = {0};
        assert_status(ctx, DTN_PARSE, dtn_efg_read(ctx, &t, &fault, "game.efg", bad[i], strlen(bad[i])));
        assert_int_equal(fault.line, 1);
        assert_true(fault.column > 20 && fault.message[0]);
    }
}

static dtn_status work(dtn_ctx *ctx, void *user)
{
    dtn_tree *t;
    DTN_TRY(dtn_efg_read(ctx, &t, NULL, "game.efg", user, strlen(user)));
    dtn_tree_free(t);
    return DTN_OK;
}

static void out_of_memory(void **state)
{
    (void)state;
    char text[] = "EFG 2 R \"t\" { \"a\" \"b\" } c \"\" 1 \"\" { \"x\" 1/2 \"y\" 1/2 } 0 p \"\" 1 1 \"s\" { "
                  "\"l\" \"r\" } 1 \"o\" { 1 1 } "
                  "t \"\" 1 t \"\" 0 p \"\" 2 1 \"s\" { \"l\" } 0 t \"\" 2 \"o\" { 2 2 }";
    kit_memory_sweep(work, text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(kinds_of_nodes),
        kit_test(outcomes_at_inner_nodes_add_up),
        kit_test(names_become_unique),
        kit_test(shipped_examples),
        kit_test(absent_mindedness_is_read),
        kit_test(faults_have_places),
        kit_test(deep_trees),
        kit_test(traps),
        kit_test(hostile_numbers),
        kit_test(out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
