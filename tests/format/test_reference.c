/* The reference pages are true: the blocks of docs/formats/scenario.md are one scenario, diagnostics.md lists every code. */
#include "kit/kit.h"

#include <string.h>

#include "base/str.h"
#include "detente/model.h"

static void the_blocks_are_a_scenario(void **state)
{
    dtn_ctx *ctx = *state;
    const char *page = kit_read(ctx->scratch, "docs/formats/scenario.md", NULL), *at = page;
    dtn_str text = dtn_str_in(ctx->scratch);
    int blocks = 0;
    for (const char *open; (open = strstr(at, "```yaml\n")); blocks++) {
        open += strlen("```yaml\n");
        at = strstr(open, "```");
        assert_non_null(at);
        dtn_str_add_n(&text, open, (size_t)(at - open));
        at += 3;
    }
    assert_true(blocks > 8);
    dtn_model *model;
    dtn_diags *diags;
    dtn_status status =
        dtn_model_parse(ctx, &model, &diags, "docs/formats/scenario.md", text.data, text.length);
    if (status != DTN_OK || dtn_diags_count(diags))
        fail_msg("%s", status == DTN_OK ? dtn_diag_message(diags, 0) : dtn_ctx_error(ctx));
    dtn_diags_free(diags);
    dtn_model_free(model);
}

static void every_code_is_listed(void **state)
{
    dtn_ctx *ctx = *state;
    const char *page = kit_read(ctx->scratch, "docs/formats/diagnostics.md", NULL);
    const char *code, *title, *text;
    for (int i = 0; (code = dtn_diag_listed(i)); i++) {
        assert_true(dtn_diag_explain(code, &title, &text));
        char *entry = dtn_arena_printf(ctx->scratch, "## %s: %s\n\n%s\n", code, title, text);
        if (!strstr(page, entry))
            fail_msg("docs/formats/diagnostics.md should hold:\n%s", entry);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {kit_test(the_blocks_are_a_scenario), kit_test(every_code_is_listed)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
