/* Broken files: each gets its own error at the right place, nothing is handed out, and every code can be explained. */
#include "kit/kit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "detente/model.h"

static bool first_error(const dtn_diags *d, const char **code, int *line, int *column, const char **message)
{
    for (int i = 0; i < dtn_diags_count(d); i++) {
        if (dtn_diag_severity(d, i) != DTN_SEVERITY_ERROR)
            continue;
        *code = dtn_diag_code(d, i);
        *message = dtn_diag_message(d, i);
        dtn_diag_place(d, i, line, column);
        return true;
    }
    return false;
}

static void each_is_pointed_at(void **state)
{
    dtn_ctx *ctx = *state;
    char *table = kit_read(ctx->scratch, "tests/format/broken/expected.txt", NULL);
    int files = 0, wrong = 0;
    for (char *line = strtok(table, "\n"); line; line = strtok(NULL, "\n")) {
        char file[64], code[16], path[128];
        int at_line, at_column;
        if (*line == '#')
            continue;
        assert_int_equal(sscanf(line, "%60s %12s %d %d", file, code, &at_line, &at_column), 4);
        snprintf(path, sizeof path, "tests/format/broken/%s", file);
        dtn_model *model;
        dtn_diags *diags;
        dtn_status status = dtn_model_read(ctx, &model, &diags, kit_source_path(ctx->scratch, path));
        const char *found = "none", *message = "";
        int found_line = 0, found_column = 0;
        if (status != DTN_PARSE || model || !first_error(diags, &found, &found_line, &found_column, &message) ||
            strcmp(code, found) != 0 || at_line != found_line || at_column != found_column) {
            print_message("%s: %s, found %s at %d:%d, expected %s at %d:%d: %s\n", file,
                          dtn_status_name(status), found, found_line, found_column, code, at_line, at_column,
                          message);
            wrong++;
        }
        assert_non_null(strstr(dtn_ctx_error(ctx), found));
        for (int colour = 0; colour < 2; colour++) {
            char *text;
            assert_ok(ctx, dtn_diags_render(ctx, &text, diags, colour));
            assert_non_null(strstr(text, found));
            free(text);
        }
        dtn_diags_free(diags);
        files++;
    }
    assert_int_equal(wrong, 0);
    assert_true(files >= 40);
}

static void every_code_is_explained(void **state)
{
    (void)state;
    const char *title, *text;
    int codes = 0;
    for (const char *code; (code = dtn_diag_listed(codes)); codes++) {
        assert_true(dtn_diag_explain(code, &title, &text));
        assert_true(strlen(title) > 5 && strlen(text) > 40);
        for (int i = 0; i < codes; i++)
            assert_string_not_equal(dtn_diag_listed(i), code);
    }
    assert_true(codes > 50);
    assert_true(dtn_diag_explain("dt31", &title, &text) && dtn_diag_explain("31", &title, &text));
    assert_false(dtn_diag_explain("DT999", &title, &text) || dtn_diag_explain("", &title, &text) ||
                 dtn_diag_explain("DT", &title, &text));
}

static void the_rendering(void **state)
{
    dtn_ctx *ctx = *state;
    static const char text[] = "detente: 1\n"
                               "players: {A: , B: }\n"
                               "parameters: {pi: {value: 1/2, range: [0, 1]}}\n"
                               "moves: {m: {player: A, actions: {go: ennd}}}\n"
                               "outcomes:\n"
                               "\tend: 1\n";
    dtn_model *model;
    dtn_diags *diags;
    assert_status(ctx, DTN_PARSE, dtn_model_parse(ctx, &model, &diags, "demo.yaml", text, sizeof text - 1));
    char *out;
    assert_ok(ctx, dtn_diags_render(ctx, &out, diags, false));
    assert_text_has(out, "demo.yaml:6:1: error: found a tab");
    assert_text_has(out, "     6 | \tend: 1\n       | ^\n");
    free(out);
    dtn_diags_free(diags);
}

static void warnings_do_not_stop(void **state)
{
    dtn_ctx *ctx = *state;
    static const char text[] = "players: {A: , B: }\n"
                               "parameters: {p: {value: 1/2, range: [0, 1]}, q: 1}\n"
                               "moves:\n"
                               "  m: {player: A, actions: {go: end}}\n"
                               "  lost: {player: B, actions: {go: end}}\n"
                               "outcomes: {end: [0, p], never: [1, 2]}\n";
    dtn_model *model;
    dtn_diags *diags;
    assert_ok(ctx, dtn_model_parse(ctx, &model, &diags, NULL, text, sizeof text - 1));
    assert_non_null(model);
    assert_int_equal(dtn_diags_errors(diags), 0);
    assert_int_equal(dtn_diags_warnings(diags), 4);
    assert_string_equal(dtn_diag_code(diags, 0), "DT029");
    assert_string_equal(dtn_diag_code(diags, 1), "DT044");
    assert_string_equal(dtn_diag_code(diags, 2), "DT053");
    assert_string_equal(dtn_diag_code(diags, 3), "DT053");
    dtn_diags_free(diags);
    dtn_model_free(model);
}

static void what_balls_cannot_decide_is_a_warning(void **state)
{
    dtn_ctx *ctx = *state;
    static const char text[] = "detente: 1\n"
                               "players: [A, B]\n"
                               "parameters: {p: {value: 1/3, range: [0, 1]}}\n"
                               "moves: {m: {player: A, actions: {go: end}}}\n"
                               "outcomes: {end: [0, 1/(p^2 - 1/2)]}\n";
    dtn_model *model;
    dtn_diags *diags;
    assert_ok(ctx, dtn_model_parse(ctx, &model, &diags, NULL, text, sizeof text - 1));
    assert_int_equal(dtn_diags_warnings(diags), 1);
    assert_string_equal(dtn_diag_code(diags, 0), "DT038");
    dtn_diags_free(diags);
    dtn_model_free(model);
}

static void a_file_that_is_not_there(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_model *model;
    dtn_diags *diags;
    assert_status(ctx, DTN_IO, dtn_model_read(ctx, &model, &diags, "/nonexistent/file.yaml"));
    assert_null(diags);
    assert_error_has(ctx, "/nonexistent/file.yaml");
    assert_status(ctx, DTN_IO, dtn_model_read(ctx, &model, NULL, "/"));
}

static void files_of_more_than_8_megabytes(void **state)
{
    dtn_ctx *ctx = *state;
    enum { SIZE = (8 << 20) + 100 };
    char *text = malloc(SIZE);
    memset(text, ' ', SIZE);
    memcpy(text, "detente: 1\n", 11);
    dtn_model *model;
    dtn_diags *diags;
    assert_status(ctx, DTN_PARSE, dtn_model_parse(ctx, &model, &diags, NULL, text, SIZE));
    assert_string_equal(dtn_diag_code(diags, 0), "DT001");
    dtn_diags_free(diags);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(each_is_pointed_at),
        cmocka_unit_test(every_code_is_explained),
        kit_test(the_rendering),
        kit_test(warnings_do_not_stop),
        kit_test(what_balls_cannot_decide_is_a_warning),
        kit_test(a_file_that_is_not_there),
        kit_test(files_of_more_than_8_megabytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
