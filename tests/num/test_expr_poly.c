/* Identities are decided, multilinear shapes recognised. */
#include "kit/kit.h"

#include <string.h>

#include "num/expr.h"

static const char *const names[] = {"a", "b", "c"};

static int resolve(void *user, const char *name, const char *index, const dtn_expr **replacement)
{
    (void)user, (void)replacement, (void)index;
    for (int i = 0; i < 3; i++)
        if (strcmp(names[i], name) == 0)
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

static void identities(void **state)
{
    dtn_ctx *ctx = *state;
    static const struct {
        const char *text;
        bool decided, equal;
    } cases[] = {
        {"a + 1 - a", true, true},
        {"a + b", true, false},
        {"a*b + (1 - a)*b + (1 - b)", true, true},
        {"a/(a + b) + b/(a + b)", true, true},
        {"a/b*b/a", true, true},
        {"(a + b)^2 - a^2 - 2*a*b - b^2 + 1", true, true},
        {"a^-1*a", true, true},
        {"(a - b)/(b - a) + 2", true, true},
        {"0*a + 1", true, true},
        {"2", true, false},
        {"max(a, 1 - a) + min(a, 1 - a)", false, false},
        {"if(a > 0, 1, 1)", false, false},
        {"(a + b + c + 1)^60", false, false},
        {"a^b", false, false},
    };
    fmpq *one = dtn_arena_fmpq(ctx->scratch, 1);
    fmpq_one(one);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool decided, equal;
        assert_ok(ctx, dtn_expr_is_identically(ctx, &decided, &equal, parse(ctx, cases[i].text), one));
        if (decided != cases[i].decided || equal != cases[i].equal)
            fail_msg("%s: decided %d, equal %d", cases[i].text, decided, equal);
    }
}

static void shapes(void **state)
{
    dtn_ctx *ctx = *state;
    static const char *const yes[] = {"3", "a", "1 - a", "a*b - c/3", "-(a + b)*c", "a*(b + c) + a"};
    static const char *const no[] = {"a*a",         "a/b",  "a^2", "abs(a)", "(a + b)*(b - c)",
                                     "if(a, b, c)", "a < b"};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        assert_true(dtn_expr_is_multilinear(parse(ctx, yes[i])));
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        assert_false(dtn_expr_is_multilinear(parse(ctx, no[i])));
    assert_true(dtn_expr_is_total(parse(ctx, "if(a > 0, a/2, min(a, b)) & !c")));
    assert_false(dtn_expr_is_total(parse(ctx, "if(a > 0, 1/a, 0)")));
    assert_false(dtn_expr_is_total(parse(ctx, "1/0")));
    assert_false(dtn_expr_is_total(parse(ctx, "a^2")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {kit_test(identities), kit_test(shapes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
