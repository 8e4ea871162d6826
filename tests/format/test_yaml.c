/* The YAML tree: texts as they are meant, places as an editor counts them, mended flows. */
#include "kit/kit.h"

#include <stdio.h>
#include <string.h>

#include "format/yaml.h"

typedef struct parsed {
    dtn_diags *diags;
    dtn_bytes bytes;
    const dtn_yaml *root;
} parsed;

static parsed parse(dtn_ctx *ctx, const char *text)
{
    parsed p = {0};
    assert_ok(ctx, dtn_diags_new(ctx, &p.diags, "t", text, strlen(text)));
    if (dtn_bytes_check(p.diags, ctx->scratch, &p.bytes, text, strlen(text)))
        assert_ok(ctx, dtn_yaml_parse(ctx, ctx->scratch, &p.root, p.diags, &p.bytes));
    return p;
}

static void at(const parsed *p, const char *key, int offset, int line, int column)
{
    const dtn_yaml *y = dtn_yaml_get(p->root, key);
    assert_non_null(y);
    dtn_place place = dtn_yaml_place_in(y, &p->bytes, offset, 1);
    if (place.line != line || place.column != column)
        fail_msg("%s, byte %d: %d:%d, expected %d:%d", key, offset, place.line, place.column, line, column);
}

static void places_within_texts(void **state)
{
    parsed p = parse(*state, "plain: a + b\n"
                             "folded: a +\n"
                             "  b + c\n"
                             "single: 'it''s x'\n"
                             "double: \"\\u00e9\\n x\"\n"
                             "wide: \xc3\xa9\xc3\xa9 + x\n"
                             "after: &m 1\n"
                             "alias: *m\n"
                             "block: |\n"
                             "  line\n");
    assert_int_equal(dtn_diags_count(p.diags), 0);
    at(&p, "plain", 0, 1, 8);
    at(&p, "plain", 4, 1, 12);
    assert_string_equal(dtn_yaml_get(p.root, "folded")->text, "a + b + c");
    at(&p, "folded", 4, 3, 3);
    at(&p, "folded", 8, 3, 7);
    assert_string_equal(dtn_yaml_get(p.root, "single")->text, "it's x");
    at(&p, "single", 5, 4, 16);
    assert_string_equal(dtn_yaml_get(p.root, "double")->text, "\xc3\xa9\n x");
    at(&p, "double", 4, 5, 19);
    at(&p, "wide", 7, 6, 12);
    at(&p, "after", 0, 7, 11);
    assert_ptr_equal(dtn_yaml_get(p.root, "after"), dtn_yaml_get(p.root, "alias"));
    assert_string_equal(dtn_yaml_get(p.root, "block")->text, "line\n");
    dtn_diags_free(p.diags);
}

static void columns_behind_joined_escapes(void **state)
{
    parsed p =
        parse(*state, "{\"a\": \"\\ud83d\\ude00\", \"b\": 1, \"c\": \"\\ud83d\\ude00 x\",\n \"d\": 2}");
    assert_string_equal(dtn_yaml_get(p.root, "a")->text, "\xf0\x9f\x98\x80");
    at(&p, "b", 0, 1, 28);
    at(&p, "c", 0, 1, 37);
    at(&p, "d", 0, 2, 7);
    dtn_diags_free(p.diags);
}

static void cut_formulas_are_mended(void **state)
{
    parsed p = parse(*state, "{Q: if(a > b, 1, 2)*3, P: min(a, b), L: [max(a, b), 3], pi:1/2, R: (1)}");
    assert_int_equal(dtn_diags_errors(p.diags), 4);
    assert_string_equal(dtn_yaml_get(p.root, "Q")->text, "if(a > b, 1, 2)*3");
    assert_string_equal(dtn_yaml_get(p.root, "P")->text, "min(a, b)");
    assert_int_equal(dtn_yaml_get(p.root, "L")->count, 2);
    assert_string_equal(dtn_yaml_get(p.root, "pi")->text, "1/2");
    for (int i = 0; i < 3; i++)
        assert_string_equal(dtn_diag_code(p.diags, i), i == 3 ? "DT013" : "DT012");
    dtn_diags_free(p.diags);
}

static void nothing_is_converted(void **state)
{
    parsed p = parse(*state, "a: NO\nb: y\nc: 0x10\nd: 1_000\ne: ~\nf: ''\ng:\nh: 12:30\n");
    static const char *const texts[] = {"NO", "y", "0x10", "1_000", "~", "", "", "12:30"};
    for (int i = 0; i < 8; i++)
        assert_string_equal(p.root->item[i]->text, texts[i]);
    assert_true(dtn_yaml_is_null(p.root->item[4]) && !dtn_yaml_is_null(p.root->item[5]) &&
                dtn_yaml_is_null(p.root->item[6]));
    dtn_diags_free(p.diags);
}

static void line_ends_of_all_systems(void **state)
{
    parsed p = parse(*state, "\xef\xbb\xbf"
                             "a: 1\r\nb: 2\r\nc: 3\n");
    at(&p, "c", 0, 3, 4);
    dtn_diags_free(p.diags);
    p = parse(*state, "a: 1\rb: 2\rc: 3");
    at(&p, "c", 0, 3, 4);
    dtn_diags_free(p.diags);
    /* A line separator within a text is no new line for an editor. */
    p = parse(*state, "a: \"x\xe2\x80\xa8y\"\nb: 2\n");
    at(&p, "b", 0, 2, 4);
    dtn_diags_free(p.diags);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(places_within_texts),      kit_test(columns_behind_joined_escapes),
        kit_test(cut_formulas_are_mended),  kit_test(nothing_is_converted),
        kit_test(line_ends_of_all_systems),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
