/* The document builder: structure, markup, sticky errors, numbers. */
#include "kit/kit.h"

#include <string.h>

#include "report/doc.h"

typedef struct fixture {
    dtn_ctx *ctx;
    dtn_arena *arena;
    dtn_doc *doc;
} fixture;

static int setup(void **state)
{
    static fixture f;
    if (dtn_ctx_new(&f.ctx) != DTN_OK)
        return -1;
    f.arena = dtn_arena_new(f.ctx);
    f.doc = dtn_doc_new(f.ctx, f.arena);
    *state = &f;
    return 0;
}

static int teardown(void **state)
{
    fixture *f = *state;
    dtn_arena_free(f->arena);
    dtn_ctx_free(f->ctx);
    return 0;
}

static void markup_stands_in_formats_only(void **state)
{
    dtn_doc *d = ((fixture *)*state)->doc;
    dtn_doc_say(d, "*%s* is `%-*s` \\* %d%%", "a*b", 4, "`", 7);
    assert_ok(d->ctx, dtn_doc_status(d));
    assert_string_equal(d->root.first->text, "\001a*b\001 is \002`   \002 * 7%");
}

static void names_links_and_terms_are_marked(void **state)
{
    dtn_doc *d = ((fixture *)*state)->doc;
    dtn_doc_player(d, "P", "Proposer");
    dtn_doc_say(d, "%s, %s", dtn_doc_name(d, 0), dtn_doc_link(d, "c6", "claim *c6*"));
    assert_string_equal(d->root.first->text, "\0030P\007, \004c6\006claim \001c6\001\007");
    dtn_doc_term(d, "D1", "a test");
    dtn_doc_term(d, "D1", "a test");
    assert_non_null(d->term);
    assert_null(d->term->next);
    assert_string_equal(dtn_doc_name(d, -1), "chance");
}

static void sections_nest_and_tables_end_by_themselves(void **state)
{
    dtn_doc *d = ((fixture *)*state)->doc;
    dtn_doc_array(d, "equilibria", "Equilibria");
    for (int i = 0; i < 2; i++) {
        dtn_doc_open(d, NULL, "Equilibrium %d", i + 1);
        dtn_doc_table(d, "outcomes", "Outcomes");
        dtn_doc_column(d, "outcome", "Outcome", DTN_LEFT);
        dtn_doc_row(d, "x");
        dtn_doc_cell(d, dtn_value_text(d, "clash"));
        dtn_doc_close(d);
    }
    dtn_doc_close(d);
    assert_ok(d->ctx, dtn_doc_status(d));
    dtn_block *array = d->root.first;
    assert_int_equal(array->kind, DTN_BLOCK_ARRAY);
    assert_string_equal(array->first->next->text, "Equilibrium 2");
    assert_int_equal(array->first->first->rows, 1);
    assert_null(array->next);
}

static void misuse_is_a_sticky_error(void **state)
{
    dtn_doc *d = ((fixture *)*state)->doc;
    dtn_doc_table(d, "t", "");
    dtn_doc_column(d, "a", "A", DTN_LEFT);
    dtn_doc_row(d, NULL);
    dtn_doc_cell(d, dtn_value_integer(1));
    dtn_doc_cell(d, dtn_value_integer(2));
    assert_int_equal(dtn_doc_status(d), DTN_INTERNAL);
    assert_error_has(d->ctx, "more cells than 1");
    dtn_doc_say(d, "too late");
    assert_null(d->root.first->next);
}

static void numbers_read_well(void **state)
{
    dtn_doc *d = ((fixture *)*state)->doc;
    static const struct {
        const char *x, *number, *percent;
    } row[] = {
        {"1/3", "1/3 (≈ 0.333)", "33.3\u00a0%"},
        {"1/4", "0.25", "25\u00a0%"},
        {"-1/8", "-0.125", "-12.5\u00a0%"},
        {"2", "2", "200\u00a0%"},
        {"71/360", "71/360 (≈ 0.197)", "19.7\u00a0%"},
        {"1/30000", "1/30000 (≈ 3.33e-05)", "< 0.1\u00a0%"},
        {"29999/30000", "29999/30000 (≈ 1.000)", "> 99.9\u00a0%"},
        {"0", "0", "0\u00a0%"},
        {"123456789/1000000007", "≈ 0.123", "12.3\u00a0%"},
    };
    fmpq *x = dtn_arena_fmpq(d->arena, 2);
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        assert_true(dtn_rational_parse(x, row[i].x, strlen(row[i].x)));
        assert_string_equal(dtn_text_number(d, x), row[i].number);
        assert_string_equal(dtn_text_percent(d, x), row[i].percent);
    }
    fmpq_set_si(x, 1, 3);
    fmpq_set_si(x + 1, 1, 2);
    assert_string_equal(dtn_text_range(d, x, x + 1, true, false), "(1/3, 0.5]");
    assert_string_equal(dtn_text_range(d, x, NULL, true, false), "> 1/3");
    assert_string_equal(dtn_text_range(d, NULL, x + 1, true, false), "≤ 0.5");
    assert_string_equal(dtn_text_count(d, 1, "equilibrium", "equilibria"), "1 equilibrium");
    assert_string_equal(dtn_text_count(d, 0, "equilibrium", "equilibria"), "no equilibria");
    assert_string_equal(dtn_text_join(d, (const char *const[]){"a", "b", "c"}, 3, "and"), "a, b and c");
}

int main(void)
{
#define doc_test(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
    const struct CMUnitTest tests[] = {
        doc_test(markup_stands_in_formats_only),
        doc_test(names_links_and_terms_are_marked),
        doc_test(sections_nest_and_tables_end_by_themselves),
        doc_test(misuse_is_a_sticky_error),
        doc_test(numbers_read_well),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
