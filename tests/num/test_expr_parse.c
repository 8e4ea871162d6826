/* Formulas are read with the documented precedence, and every mistake is pointed at. */
#include "kit/kit.h"

#include <string.h>

#include "num/expr.h"

static const char *const names[] = {"a", "b", "k.hard", "k.soft", "x_1", "δ"};
enum { NAMES = sizeof names / sizeof *names };

static int resolve(void *user, const char *name, const char *index, const dtn_expr **replacement)
{
    (void)user, (void)replacement;
    char whole[256];
    snprintf(whole, sizeof whole, index ? "%s.%s" : "%s", name, index);
    for (int i = 0; i < NAMES; i++)
        if (strcmp(names[i], whole) == 0)
            return i;
    return -1;
}

static const dtn_expr *parse(dtn_ctx *ctx, const char *text)
{
    const dtn_expr *e;
    dtn_expr_error error;
    assert_ok(ctx, dtn_expr_parse(ctx, ctx->scratch, &e, text, resolve, NULL, &error));
    return e;
}

static void values_are_exact(void **state)
{
    dtn_ctx *ctx = *state;
    static const char *const slots[NAMES] = {"2", "-3", "1/2", "3/2", "7", "0.8"};
    static const char *const cases[][2] = {
        {"1/3", "1/3"},
        {"0.25 + .25 + 2e-3", "251/500"},
        {"1 - 2 - 3", "-4"},
        {"8/4/2", "1"},
        {"2^3^2", "512"},
        {"-2^2", "-4"},
        {"2^-1", "1/2"},
        {"(-2)^2", "4"},
        {"--2", "2"},
        {"+2", "2"},
        {"a*b + 1", "-5"},
        {"a - b*2", "8"},
        {"-a*b", "6"},
        {"k.hard + k.soft", "2"},
        {"k(hard)*k[soft]", "3/4"},
        {"k( hard )", "1/2"},
        {"x_1", "7"},
        {"δ/(1 - δ)", "4"},
        {"a < 3", "1"},
        {"a <= 2 & b < 0", "1"},
        {"a > 2 | b < 0", "1"},
        {"a > 2 and b < 0 or 1", "1"},
        {"0 & 1 | 1", "1"},
        {"not a == 2", "0"},
        {"!a", "0"},
        {"!0 + 1", "2"},
        {"a != 2", "0"},
        {"a ≤ 2", "1"},
        {"a − 1", "1"},
        {"3 × 2 · 2", "12"},
        {"if(a > b, 10, 1/0)", "10"},
        {"if(a < b, 1/0, if(a == 2, 5, 6))", "5"},
        {"0 & 1/0", "0"},
        {"1 | 1/0", "1"},
        {"5 & 7", "1"},
        {"min(3, a, b)", "-3"},
        {"max(3, a, b) + abs(b)", "6"},
        {"min(4)", "4"},
        {"  1\n+ 1\t", "2"},
        {"1e5", "100000"},
        {"0^0", "1"},
        {"not not 3", "1"},
        {"1e2*2", "200"},
    };
    fmpq *values = dtn_arena_fmpq(ctx->scratch, NAMES), *x = dtn_arena_fmpq(ctx->scratch, 1);
    for (int i = 0; i < NAMES; i++)
        assert_true(dtn_rational_parse(values + i, slots[i], strlen(slots[i])));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const dtn_expr *e = parse(ctx, cases[i][0]);
        assert_ok(ctx, dtn_expr_exact(ctx, x, e, values));
        if (strcmp(dtn_rational_text(ctx->scratch, x), cases[i][1]) != 0)
            fail_msg("%s = %s, expected %s", cases[i][0], dtn_rational_text(ctx->scratch, x), cases[i][1]);
    }
}

static void mistakes_are_pointed_at(void **state)
{
    dtn_ctx *ctx = *state;
    static const struct {
        const char *text;
        int offset, length;
        const char *words;
    } cases[] = {
        {"", 0, 1, "expected a number, a name or '(', found the end"},
        {"1 +", 3, 1, "found the end"},
        {"a + * b", 4, 1, "found '*'"},
        {"(a + b", 6, 1, "close the '(' at position 1"},
        {"a + b)", 5, 1, "closes nothing"},
        {"a b", 2, 1, "two values follow each other"},
        {"2a", 1, 1, "write *"},
        {"a = b", 2, 1, "write =="},
        {"a ? 1 : 2", 2, 1, "if(condition"},
        {"a < b < 3", 6, 1, "not chained"},
        {"a + gamma", 4, 5, "unknown name 'gamma'"},
        {"k.firm*2", 0, 6, "unknown name 'k.firm'"},
        {"k(P", 1, 2, "one player or type"},
        {"a*(b)(a)", 5, 1, "two values"},
        {"a(b + 1)", 1, 4, "to multiply write a*"},
        {"if(a, 1)", 0, 8, "three arguments"},
        {"if(a, 1, 2, 3)", 10, 1, "three arguments"},
        {"abs(a, b)", 5, 1, "one argument"},
        {"if a", 0, 2, "is a function"},
        {"min(a; b)", 5, 1, "expected ',' or ')'"},
        {"1, 5", 1, 1, "decimals are written with a point"},
        {"a and", 5, 1, "found the end"},
        {"1 + and", 4, 3, "operator 'and'"},
        {"a $ b", 2, 1, "expected an operator"},
        {"'a'", 0, 1, "expected a number"},
        {"1e999999", 0, 8, "cannot be held"},
        {"k.", 2, 1, "name of a type"},
        {".", 0, 1, "cannot be held"},
    };
    const dtn_expr *e;
    dtn_expr_error error;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_status(ctx, DTN_PARSE,
                      dtn_expr_parse(ctx, ctx->scratch, &e, cases[i].text, resolve, NULL, &error));
        assert_null(e);
        if (error.offset != cases[i].offset || error.length != cases[i].length ||
            !strstr(error.message, cases[i].words))
            fail_msg("'%s': at %d+%d: %s", cases[i].text, error.offset, error.length, error.message);
    }
    assert_status(ctx, DTN_PARSE, dtn_expr_parse(ctx, ctx->scratch, &e, "1 + k.firm", resolve, NULL, &error));
    assert_string_equal(error.name, "k.firm");
}

static void nesting_is_bounded(void **state)
{
    dtn_ctx *ctx = *state;
    enum { N = 30000 };
    char *text = dtn_arena_alloc(ctx->scratch, 2 * N + 8);
    const dtn_expr *e;
    dtn_expr_error error;
    static const char *const openings[] = {"(", "-", "!", "2^", "if(", "not "};
    for (size_t k = 0; k < sizeof openings / sizeof *openings; k++) {
        size_t n = strlen(openings[k]), at = 0;
        for (; at + n < 2 * N; at += n)
            memcpy(text + at, openings[k], n);
        text[at] = '\0';
        assert_status(ctx, DTN_PARSE, dtn_expr_parse(ctx, ctx->scratch, &e, text, resolve, NULL, &error));
        assert_non_null(strstr(error.message, "nested"));
    }
    for (int i = 0; i < N; i++)
        memcpy(text + 2 * i, "a+", 2);
    memcpy(text + 2 * N, "a", 2);
    e = parse(ctx, text);
    double slots[NAMES] = {0.5};
    assert_true(dtn_expr_double(e, slots) == 0.5 * (N + 1));
    dtn_expr_text(ctx->scratch, e, names);
}

static dtn_status parse_and_bind(dtn_ctx *ctx, void *user)
{
    (void)user;
    const dtn_expr *e;
    dtn_expr_error error;
    dtn_arena *arena = dtn_arena_new(ctx);
    if (!arena)
        return dtn_fail_nomem(ctx);
    fmpq values[NAMES] = {0};
    for (int i = 0; i < NAMES; i++)
        fmpq_init(values + i);
    bool known[NAMES] = {true};
    dtn_status status =
        dtn_expr_parse(ctx, arena, &e, "if(a < 1 & b > 2/3, k.hard^2, min(a, 123456789012345678901234567890))",
                       resolve, NULL, &error);
    if (status == DTN_OK && (!dtn_expr_bind(ctx, arena, e, known, values) || !dtn_expr_text(arena, e, names)))
        status = dtn_fail_nomem(ctx);
    dtn_arena_free(arena);
    return status;
}

static void memory_may_run_out(void **state)
{
    (void)state;
    assert_true(kit_memory_sweep(parse_and_bind, NULL) > 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(values_are_exact),
        kit_test(mistakes_are_pointed_at),
        kit_test(nesting_is_bounded),
        cmocka_unit_test(memory_may_run_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
