/* Games one a line: sizes, numbers of any kind, names of columns, and what is said of faulty lines. */
#include "kit/kit.h"

#include <string.h>

#include "format/batch_line.h"

static double room[BATCH_LINE_PAYOFFS];

static batch_line read(dtn_ctx *ctx, const batch_lines *lines, const char *text)
{
    batch_line line;
    assert_ok(ctx, batch_line_read(ctx, &line, room, lines, text, strlen(text)));
    return line;
}

static void fails(dtn_ctx *ctx, const batch_lines *lines, const char *text, const char *words)
{
    batch_line line;
    assert_status(ctx, DTN_PARSE, batch_line_read(ctx, &line, room, lines, text, strlen(text)));
    assert_error_has(ctx, words);
}

static void assert_payoffs(const batch_line *line, const double *wanted)
{
    assert_memory_equal(line->payoff, wanted, (size_t)(2 * line->rows * line->columns) * sizeof *wanted);
}

static void numbers(void **state)
{
    dtn_ctx *ctx = *state;
    batch_lines lines = {0};
    batch_line line = read(ctx, &lines, "1 -2,+3;4\t[5, 6] | 7 8\r");
    assert_int_equal(line.rows, 2);
    assert_int_equal(line.columns, 2);
    assert_payoffs(&line, (double[]){1, -2, 3, 4, 5, 6, 7, 8});
    line = read(ctx, &lines, "1x3: 1 2 3 4 5 6");
    assert_int_equal(line.columns, 3);
    /* Each player's payoffs in proportion: player 1 by 4, player 2 by 6. */
    line = read(ctx, &lines, "1/2 .25 1e0 0  1/3 1/2 -1 2");
    assert_payoffs(&line, (double[]){2, 1, 4, 0, 2, 3, -6, 12});
    line = read(ctx, &lines, "9007199254740992 0 0 0 1 2 3 -9007199254740992");
    assert_payoffs(&line, (double[]){9007199254740992.0, 0, 0, 0, 1, 2, 3, -9007199254740992.0});
    lines.pairs = true;
    line = read(ctx, &lines, "1 5 2 6 3 7 4 8");
    assert_payoffs(&line, (double[]){1, 2, 3, 4, 5, 6, 7, 8});
    lines.rows = 2, lines.columns = 1;
    line = read(ctx, &lines, "1 5 2 6");
    assert_int_equal(line.rows, 2);
}

static void faults(void **state)
{
    dtn_ctx *ctx = *state;
    batch_lines lines = {0};
    fails(ctx, &lines, "1 2 3", "found 3 numbers, expected 8");
    fails(ctx, &lines, "2x2 1 2 3", "expected 8 for a game of 2x2");
    fails(ctx, &lines, "17x1 1 2 3", "1 to 16 actions");
    fails(ctx, &lines, "1 2 3 4 5 6 7 8x", "found \"8x\"");
    fails(ctx, &lines, "1 2 3 4 5 6 7 1/0", "found \"1/0\"");
    fails(ctx, &lines, "1 2 3 4 5 6 7 9007199254740993", "more than 53 bits");
    fails(ctx, &lines, "1/99999999 2 3 1/99999997 5 6 7 8", "more than 53 bits");
    assert_true(batch_line_blank(" \t\r", 3));
    assert_true(batch_line_blank(" # 1 2", 6));
    assert_false(batch_line_blank("1", 1));
}

static void names(void **state)
{
    dtn_ctx *ctx = *state;
    batch_lines lines = {0};
    bool named;
    const char *head = "b11, \"who\" ,A1_2,b1.2,ignored,a11\r";
    assert_ok(ctx, batch_lines_header(ctx, &named, &lines, ctx->scratch, head, strlen(head)));
    assert_true(named);
    assert_int_equal(lines.rows, 1);
    assert_int_equal(lines.columns, 2);
    batch_line line = read(ctx, &lines, "5,\"a, b\",2,6,,1");
    assert_payoffs(&line, (double[]){1, 2, 5, 6});
    assert_int_equal(line.label_length, 4);
    assert_memory_equal(line.label, "a, b", 4);
    fails(ctx, &lines, "1,2,3", "found 3 fields, expected 6");
    fails(ctx, &lines, "5,x,2,,9,1", "found \"\", expected a number");
    batch_lines other = {0};
    assert_ok(ctx, batch_lines_header(ctx, &named, &other, ctx->scratch, "1 2", 3));
    assert_false(named);
    assert_ok(ctx, batch_lines_header(ctx, &named, &other, ctx->scratch, "3x3: 1", 6));
    assert_false(named);
    assert_status(ctx, DTN_PARSE, batch_lines_header(ctx, &named, &other, ctx->scratch, "p,q", 3));
    other = (batch_lines){0};
    assert_status(ctx, DTN_PARSE, batch_lines_header(ctx, &named, &other, ctx->scratch, "a11,a11", 7));
    assert_error_has(ctx, "more than one column a1_1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {kit_test(numbers), kit_test(faults), kit_test(names)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
