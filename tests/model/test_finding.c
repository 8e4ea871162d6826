/* Findings: what is put in is found again, and misuse is an error instead of a wrong table. */
#include "kit/kit.h"

#include "model/finding.h"

static const int strategies[] = {2, 3};

static void cells_keep_their_values(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_finding f = {.arena = ctx->scratch, .strategies = strategies};
    fmpq_t x;
    fmpq_init(x);
    fmpq_set_si(x, 1, 3);
    dtn_finding_answer(ctx, &f, "%d thing.", 1);
    dtn_finding_fact(ctx, &f, "value", "Value", dtn_cell_exact(x));
    dtn_finding_table_add(ctx, &f, "first", "First");
    dtn_finding_column_add(ctx, &f, "player", "Player");
    dtn_finding_column_add(ctx, &f, "strategy", "Strategy");
    dtn_finding_row_add(ctx, &f);
    dtn_finding_put(ctx, &f, dtn_cell_player(1));
    dtn_finding_put(ctx, &f, dtn_cell_strategy(1, 2));
    fmpq_clear(x); /* the finding has its own copy */
    assert_ok(ctx, dtn_finding_status(&f));
    assert_string_equal(f.answer, "1 thing.");
    assert_fmpq_eq_str(dtn_finding_fact_of(&f, "value")->cell.exact, "1/3");
    const dtn_finding_table *t = dtn_finding_table_of(&f, "first");
    assert_int_equal(t->rows, 1);
    assert_int_equal(dtn_finding_cell_of(t, t->row, "strategy").strategy, 2);
    assert_int_equal(dtn_finding_cell_of(t, t->row, "nothing").kind, DTN_CELL_NONE);
    assert_null(dtn_finding_table_of(&f, "second"));
    assert_null(dtn_finding_fact_of(&f, "second"));
}

static void too_many_cells_are_refused(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_finding f = {.arena = ctx->scratch, .strategies = strategies};
    dtn_finding_table_add(ctx, &f, "first", "First");
    dtn_finding_column_add(ctx, &f, "player", "Player");
    dtn_finding_row_add(ctx, &f);
    dtn_finding_put(ctx, &f, dtn_cell_integer(1));
    assert_ok(ctx, dtn_finding_status(&f));
    dtn_finding_put(ctx, &f, dtn_cell_integer(2));
    assert_status(ctx, DTN_INTERNAL, dtn_finding_status(&f));
    dtn_finding_say(ctx, &f, "more");
    assert_null(f.say);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(cells_keep_their_values),
        kit_test(too_many_cells_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
