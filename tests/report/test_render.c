/* Every renderer against its golden file: DETENTE_BLESS=1 rewrites them (read the diff before committing). */
#include "kit/kit.h"

#include <stdio.h>
#include <stdlib.h>

#include "report/render.h"
#include "sample.h"

static void compare(const char *seen, dtn_arena *arena, const char *path)
{
    if (getenv("DETENTE_BLESS")) {
        FILE *f = fopen(kit_source_path(arena, path), "w");
        assert_non_null(f);
        fputs(seen, f);
        fclose(f);
    }
    assert_string_equal(seen, kit_read(arena, path, NULL));
}

static void golden(void **state, dtn_render_fn *render, const dtn_look *look, const char *path)
{
    dtn_ctx *ctx = *state;
    dtn_arena *arena = dtn_arena_new(ctx);
    dtn_doc *d = sample_document(ctx, arena);
    assert_ok(ctx, dtn_doc_status(d));
    dtn_out out = dtn_out_new(ctx, arena);
    assert_ok(ctx, render(&out, d, look));
    compare(out.data, arena, path);
    dtn_arena_free(arena);
}

static void text_is_golden(void **state)
{
    golden(state, dtn_render_text, NULL, "tests/report/golden/sample.txt");
}

static void narrow_ascii_is_golden(void **state)
{
    golden(state, dtn_render_text, &(dtn_look){.width = 60, .ascii = true},
           "tests/report/golden/sample_ascii.txt");
}

static void coloured_text_is_golden(void **state)
{
    golden(state, dtn_render_text, &(dtn_look){.colour = true}, "tests/report/golden/sample_colour.txt");
}

static void json_is_golden(void **state)
{
    golden(state, dtn_render_json, NULL, "tests/report/golden/sample.json");
}

static void csv_is_golden(void **state)
{
    golden(state, dtn_render_csv, NULL, "tests/report/golden/sample.csv");
}

static void markdown_is_golden(void **state)
{
    golden(state, dtn_render_markdown, NULL, "tests/report/golden/sample.md");
}

static void latex_is_golden(void **state)
{
    golden(state, dtn_render_latex, NULL, "tests/report/golden/sample.tex");
}

static void html_is_golden(void **state)
{
    golden(state, dtn_render_html, NULL, "tests/report/golden/sample.html");
}

static void svg_is_golden(void **state)
{
    golden(state, dtn_render_svg, NULL, "tests/report/golden/sample.svg");
}

static void tikz_is_golden(void **state)
{
    golden(state, dtn_render_tikz, NULL, "tests/report/golden/sample.tikz");
}

static dtn_status everything(dtn_ctx *ctx, void *user)
{
    (void)user;
    static dtn_render_fn *const all[] = {dtn_render_text,     dtn_render_json,  dtn_render_csv,
                                         dtn_render_markdown, dtn_render_latex, dtn_render_html,
                                         dtn_render_svg,      dtn_render_tikz};
    dtn_arena *arena = dtn_arena_new(ctx);
    if (!arena)
        return dtn_fail_nomem(ctx);
    dtn_doc *d = sample_document(ctx, arena);
    dtn_status status = d ? dtn_doc_status(d) : dtn_fail_nomem(ctx);
    for (size_t i = 0; i < sizeof all / sizeof *all && status == DTN_OK; i++) {
        dtn_out out = dtn_out_new(ctx, arena);
        status = all[i](&out, d, NULL);
    }
    dtn_arena_free(arena);
    return status;
}

static void memory_may_run_out_anywhere(void **state)
{
    (void)state;
    assert_true(kit_memory_sweep(everything, NULL) > 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(text_is_golden),
        kit_test(narrow_ascii_is_golden),
        kit_test(coloured_text_is_golden),
        kit_test(json_is_golden),
        kit_test(csv_is_golden),
        kit_test(markdown_is_golden),
        kit_test(latex_is_golden),
        kit_test(html_is_golden),
        kit_test(svg_is_golden),
        kit_test(tikz_is_golden),
        cmocka_unit_test(memory_may_run_out_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
