/* Reader of tables: each form, what spreadsheets do to them, and errors with their places. */
#include "kit/kit.h"

#include <string.h>

#include "format/diag.h"
#include "model/model.h"

static dtn_model *parse(dtn_ctx *ctx, const char *text)
{
    dtn_model *m = NULL;
    assert_ok(ctx, dtn_model_parse(ctx, &m, NULL, "t.csv", text, strlen(text)));
    assert_int_equal(m->kind, DTN_MODEL_STRATEGIC);
    return m;
}

static void rows_in_any_order(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_model *m = parse(ctx, "# made by hand\nA;B;Payoff A;payoff "
                              "B\r\nx;\"l;1\";0,5;1/3\r\ny;r;4;5\r\n\r\ny;\"l;1\";-2;.25\r\nx;r;6;7");
    const dtn_strategic *g = m->strategic;
    assert_string_equal(g->player[1], "B");
    assert_string_equal(g->strategy[1][0], "l;1");
    assert_fmpq_eq_str(dtn_payoffs_at(&g->payoff, 0).q, "1/2");
    assert_fmpq_eq_str(dtn_payoffs_at(&g->payoff, 1).q, "1/3");
    assert_fmpq_eq_str(dtn_payoffs_at(&g->payoff, 2).q, "-2");
    assert_fmpq_eq_str(dtn_payoffs_at(&g->payoff, 4).q, "6");
    assert_fmpq_eq_str(dtn_payoffs_at(&g->payoff, 7).q, "5");
    dtn_model_free(m);
}

static void matrices(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_model *m = parse(ctx, "Me \\ You,l,r,m\nup,\"2, 1\",\"0, 0\",3|4\ndown,\"0, 0\",\"1, 2\",5 6\n");
    assert_string_equal(m->strategic->player[0], "Me");
    assert_string_equal(m->strategic->player[1], "You");
    assert_string_equal(m->strategic->strategy[1][2], "m");
    assert_fmpq_eq_str(dtn_payoffs_at(&m->strategic->payoff, 9).q, "4");
    assert_fmpq_eq_str(dtn_payoffs_at(&m->strategic->payoff, 7).q, "2"); /* down, r: You */
    dtn_model_free(m);
    m = parse(ctx, "3,0\n5,1\n\n3,5\n0,1\n");
    assert_fmpq_eq_str(dtn_payoffs_at(&m->strategic->payoff, 2).q, "5"); /* second row, first column */
    assert_fmpq_eq_str(dtn_payoffs_at(&m->strategic->payoff, 3).q, "0");
    assert_string_equal(m->strategic->strategy[0][1], "2");
    dtn_model_free(m);
    m = parse(ctx, "1,-1\n-1,1\n");
    assert_fmpq_eq_str(dtn_payoffs_at(&m->strategic->payoff, 2).q, "-1");
    assert_fmpq_eq_str(dtn_payoffs_at(&m->strategic->payoff, 3).q, "1");
    dtn_model_free(m);
}

static void faults_have_places(void **state)
{
    dtn_ctx *ctx = *state;
    static const struct {
        const char *text, *message;
        int line, column;
    } bad[] = {
        {"A,B,payoff A,payoff B\nx,l,1\n", "expected 4 fields, as in the first row, found 3", 2, 1},
        {"A,B,payoff A,payoff B\nx,l,1,2\nx,l,1,2\n", "found 2 rows", 0, 0},
        {"A,B,payoff A,payoff B\nx,l,1,2\ny,r,1,2\nx,r,3,3\nx,r,3,3\n", "stands in an earlier row too", 5, 1},
        {"A,payoff A\nx,one\n", "expected a payoff, found 'one'", 2, 3},
        {"1,2\n3,x\n", "expected one payoff, found 'x'", 2, 3},
        {"1,2\n3\n", "expected 2 fields, as in the first row, found 1", 2, 1},
        {"1,2\n\n3,4\n\n5,6\n", "found 3 matrices", 0, 0},
        {"1,\"2\n", "a text without its closing", 1, 3},
        {"a,b\n", "expected a table of payoffs, found names only", 1, 1},
        {"\n", "expected a table, found nothing", 1, 1},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        dtn_model *m;
        dtn_diags *d = NULL;
        assert_status(ctx, DTN_PARSE, dtn_model_parse(ctx, &m, &d, "t.csv", bad[i].text, strlen(bad[i].text)));
        int line, column, last = dtn_diags_count(d) - 1;
        assert_text_has(dtn_diag_message(d, last), bad[i].message);
        dtn_diag_place(d, last, &line, &column);
        assert_int_equal(line, bad[i].line);
        assert_int_equal(column, bad[i].column);
        dtn_diags_free(d);
    }
}

static dtn_status read_table(dtn_ctx *ctx, void *user)
{
    dtn_model *m = NULL;
    DTN_TRY(dtn_model_parse(ctx, &m, NULL, "t.csv", user, strlen(user)));
    dtn_model_free(m);
    return DTN_OK;
}

static void memory_runs_out(void **state)
{
    (void)state;
    kit_memory_sweep(read_table, (char *)"A,B,payoff A,payoff B\nx,\"l\",1,2/3\ny,\"l\",3,4\n");
    kit_memory_sweep(read_table, (char *)"A \\ B,l,r\nup,\"2, 1\",\"0, 0\"\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {kit_test(rows_in_any_order), kit_test(matrices),
                                       kit_test(faults_have_places), cmocka_unit_test(memory_runs_out)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
