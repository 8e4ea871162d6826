/* Reader of .nfg: both versions, what real files do, and errors with their places. */
#include "kit/kit.h"

#include <string.h>

#include "format/game.h"

static dtn_strategic *read_ok(dtn_ctx *ctx, const char *text)
{
    dtn_strategic *g;
    assert_ok(ctx, dtn_nfg_read(ctx, &g, NULL, "game.nfg", text, strlen(text)));
    return g;
}

static void by_payoffs(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g = read_ok(ctx, "NFG 1 R \"a \\\"title\\\"\" { \"Row\" \"Column\" }\n\n"
                                    "{ { \"up\" \"down\" } { \"l\" \"m\" \"r\" } }\n\"comment\"\n\n"
                                    "1 -1, 2 -2\t3 1/3 4 .5 5.25 2e-1 +6 0");
    assert_string_equal(g->title, "a \"title\"");
    assert_string_equal(g->player[1], "Column");
    assert_string_equal(g->strategy[0][1], "down");
    assert_string_equal(g->strategy[1][2], "r");
    assert_fmpq_eq_str(dtn_payoffs_at(&g->payoff, 2).q, "2"); /* down, l: player 1's strategy runs fastest */
    assert_fmpq_eq_str(dtn_payoffs_at(&g->payoff, 5).q, "1/3");  /* up, m */
    assert_fmpq_eq_str(dtn_payoffs_at(&g->payoff, 7).q, "1/2");  /* down, m */
    assert_fmpq_eq_str(dtn_payoffs_at(&g->payoff, 8).q, "21/4"); /* up, r */
    assert_fmpq_eq_str(dtn_payoffs_at(&g->payoff, 9).q, "1/5");
    dtn_strategic_free(g);
}

static void by_outcomes(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g = read_ok(
        ctx,
        "NFG 1 R \"t\" {\"1\" \"2\"} { 2 2 } { { \"\" 1, 2 } { \"good\" 99999999999999999999 4 } } 1 0 2 1");
    assert_fmpq_eq_str(dtn_payoffs_at(&g->payoff, 0).q, "1");
    assert_fmpq_eq_str(dtn_payoffs_at(&g->payoff, 2).q, "0");
    assert_fmpq_eq_str(dtn_payoffs_at(&g->payoff, 4).q, "99999999999999999999");
    assert_fmpq_eq_str(dtn_payoffs_at(&g->payoff, 7).q, "2");
    assert_string_equal(g->strategy[0][1], "2"); /* no names: numbers */
    dtn_strategic_free(g);
}

static void empty_and_repeated_names(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g = read_ok(
        ctx,
        "\xef\xbb\xbfNFG 1 D \"\" { \"\" \"\" \"x\" } { { \"a\" \"a\" } { \"\" } { \"b\" } } 1 2 3 4 5 6");
    assert_int_equal(g->players, 3);
    assert_string_equal(g->player[0], "1");
    assert_string_equal(g->strategy[1][0], "1");
    dtn_strategic_free(g);
}

static void faults_have_places(void **state)
{
    dtn_ctx *ctx = *state;
    static const struct {
        const char *text, *message;
        int line, column;
    } bad[] = {
        {"", "expected NFG, found the end of the file", 1, 1},
        {"EFG 2 R", "expected NFG, found EFG", 1, 1},
        {"NFG 2 R", "expected format version 1", 1, 5},
        {"NFG 1 X", "expected R or D, found X", 1, 7},
        {"NFG 1 R title", "expected the title in double quotes, found title", 1, 9},
        {"NFG 1 R \"title", "a text without its closing", 1, 9},
        {"NFG 1 R \"t\" { \"a\" 3", "expected a player's name in double quotes or }, found 3", 1, 19},
        {"NFG 1 R \"t\" { \"a\" } { 0 }", "expected a number of strategies, { or }, found 0", 1, 23},
        {"NFG 1 R \"t\" { \"a\" \"b\" }\n{ 2 }", "expected strategies of 2 players", 2, 5},
        {"NFG 1 R \"t\" { \"a\" \"b\" }\n{ {} 2 }", "expected at least one strategy, found none", 2, 3},
        {"NFG 1 R \"t\" { \"\xc3\xa9\" \"b\" }\n{ 2 1 }\n\xc3\xa9 1 2 3", "expected 4 payoffs (0 so far)", 3,
         1},
        {"NFG 1 R \"t\" { \"a\" \"b\" } { 2 1 }\n1 2 3",
         "expected 4 payoffs (3 so far), found the end of the file", 2, 6},
        {"NFG 1 R \"t\" { \"a\" \"b\" } { 2 1 }\n1 2 3 4 5",
         "expected the end of the file after 2 profiles, found 5", 2, 9},
        {"NFG 1 R \"t\" { \"a\" } { 2 } 1 1/0", "expected a payoff, found 1/0", 1, 29},
        {"NFG 1 R \"t\" { \"a\" } { 2 } { { \"x\" 1 } } 1 2", "expected an outcome number (0 to 1), found 2",
         1, 43},
        {"NFG 1 R \"t\" { \"a\" } { 2 } { { \"x\" 1 2 } } 1 1",
         "expected } after the outcome's payoffs, found 2", 1, 37},
        {"NFG 1 R \"t\" { \"a\" \"b\" } { 2000000000 2000000000 } 1 2",
         "too short for the number of strategy profiles", 1, 51},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        dtn_strategic *g;
        dtn_game_fault fault = {0};
        assert_status(ctx, DTN_PARSE,
                      dtn_nfg_read(ctx, &g, &fault, "game.nfg", bad[i].text, strlen(bad[i].text)));
        assert_null(g);
        assert_text_has(fault.message, bad[i].message);
        assert_error_has(ctx, fault.message);
        if (fault.line != bad[i].line || fault.column != bad[i].column)
            fail_msg("%s: at %d:%d instead of %d:%d", bad[i].text, fault.line, fault.column, bad[i].line,
                     bad[i].column);
    }
    assert_error_has(ctx, "game.nfg:1:51: ");
}

static dtn_status work(dtn_ctx *ctx, void *user)
{
    dtn_strategic *g;
    DTN_TRY(dtn_nfg_read(ctx, &g, NULL, "game.nfg", user, strlen(user)));
    dtn_strategic_free(g);
    return DTN_OK;
}

/* Sizes that no file of this length can fill are refused before anything is allocated for them; so is what is no number. */
static void hostile_sizes_and_numbers(void **state)
{
    dtn_ctx *ctx = *state;
    static const char *const bad[] = {
        "NFG 1 R \"\" { \"a\" \"b\" } { 2000000000 2000000000 } 1 2",
        "NFG 1 R \"\" { \"a\" \"b\" \"c\" \"d\" \"e\" } { 65536 65536 65536 65536 2 } 1",
        "NFG 1 R \"\" { \"a\" } { 99999999999 } 1",
        "NFG 1 R \"\" { \"a\" } { 1 } NaN",
        "NFG 1 R \"\" { \"a\" } { 1 } 1e999999999",
        "NFG 1 R \"\" { \"a\" } { 1 } { { \"o\" 1 } } 2",
        "NFG 1 R \"\" { \"a\" } { 1 } 1 2",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        dtn_strategic *g;
        dtn_game_fault fault = {0};
        assert_status(ctx, DTN_PARSE, dtn_nfg_read(ctx, &g, &fault, "game.nfg", bad[i], strlen(bad[i])));
        assert_null(g);
        assert_true(fault.line == 1 && fault.message[0]);
    }
    dtn_strategic *g;
    const char *mixed = "NFG 1 R \"\" { \"a\" \"b\" } { 2 1 } \"a comment\" .1, -.5\t+1/3 1e-2";
    assert_ok(ctx, dtn_nfg_read(ctx, &g, NULL, "game.nfg", mixed, strlen(mixed)));
    assert_fmpq_eq_str(dtn_payoffs_at(&g->payoff, 0).q, "1/10");
    assert_fmpq_eq_str(dtn_payoffs_at(&g->payoff, 1).q, "-1/2");
    assert_fmpq_eq_str(dtn_payoffs_at(&g->payoff, 2).q, "1/3");
    assert_fmpq_eq_str(dtn_payoffs_at(&g->payoff, 3).q, "1/100");
    assert_string_equal(g->about, "a comment");
    dtn_strategic_free(g);
}

static void out_of_memory(void **state)
{
    (void)state;
    char text[] = "NFG 1 R \"t\" { \"a\" \"b\" } { { \"x\" \"y\" } { \"z\" } } { { \"o\" 1 2 } } 1 0";
    kit_memory_sweep(work, text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(by_payoffs),
        kit_test(by_outcomes),
        kit_test(empty_and_repeated_names),
        kit_test(faults_have_places),
        kit_test(hostile_sizes_and_numbers),
        kit_test(out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
