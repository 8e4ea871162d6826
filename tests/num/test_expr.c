/* Exact, double and ball values agree on random formulas; text, binding and substitution keep the value. */
#include "kit/kit.h"

#include <math.h>
#include <string.h>

#include "base/str.h"
#include "num/expr.h"

static const char *const names[] = {"a", "b", "c", "pi"};
enum { NAMES = 4 };

static int resolve(void *user, const char *name, const char *index, const dtn_expr **replacement)
{
    (void)user, (void)replacement;
    for (int i = 0; i < NAMES && !index; i++)
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

static unsigned long pick(flint_rand_t rand, unsigned long n)
{
    return n_randint(rand, n);
}

/* A random formula, fully parenthesised. */
static void random_formula(dtn_str *s, flint_rand_t rand, int size)
{
    static const char *const binary[] = {
        "+", "-", "*", "/", "<", "<=", ">", ">=", "==", "!=", "&", "|", "+", "*", "-"};
    if (size <= 0) {
        if (pick(rand, 2))
            dtn_str_add(s, names[pick(rand, NAMES)]);
        else
            dtn_str_addf(s, "%lu", pick(rand, 5));
        return;
    }
    switch (pick(rand, 8)) {
    case 0:
        dtn_str_add(s, "(-");
        random_formula(s, rand, size - 1);
        dtn_str_add(s, ")");
        break;
    case 1:
        dtn_str_add(s, pick(rand, 2) ? "(!" : "abs(");
        random_formula(s, rand, size - 1);
        dtn_str_add(s, ")");
        break;
    case 2:
        dtn_str_add(s, "if(");
        random_formula(s, rand, size / 3);
        dtn_str_add(s, ",");
        random_formula(s, rand, size / 3);
        dtn_str_add(s, ",");
        random_formula(s, rand, size / 3);
        dtn_str_add(s, ")");
        break;
    case 3:
        dtn_str_add(s, pick(rand, 2) ? "min(" : "max(");
        random_formula(s, rand, size / 2);
        dtn_str_add(s, ",");
        random_formula(s, rand, size / 2);
        dtn_str_add(s, ")");
        break;
    case 4:
        dtn_str_add(s, "(");
        random_formula(s, rand, size - 1);
        dtn_str_addf(s, ")^%s%lu", pick(rand, 3) ? "" : "-", pick(rand, 4));
        break;
    default:
        dtn_str_add(s, "(");
        random_formula(s, rand, size / 2);
        dtn_str_add(s, binary[pick(rand, sizeof binary / sizeof *binary)]);
        random_formula(s, rand, size / 2);
        dtn_str_add(s, ")");
    }
}

/* The value, or false where it is undefined. */
static bool value(dtn_ctx *ctx, fmpq_t out, const dtn_expr *e, const fmpq *slots)
{
    dtn_status status = dtn_expr_exact(ctx, out, e, slots);
    assert_true(status == DTN_OK || status == DTN_DOMAIN);
    return status == DTN_OK;
}

static bool same(dtn_ctx *ctx, const dtn_expr *x, const fmpq *x_slots, const dtn_expr *y, const fmpq *y_slots)
{
    fmpq *v = dtn_arena_fmpq(ctx->scratch, 2);
    bool defined = value(ctx, v, x, x_slots);
    return value(ctx, v + 1, y, y_slots) == defined && (!defined || fmpq_equal(v, v + 1));
}

static void all_ways_agree(void **state)
{
    dtn_ctx *ctx = *state;
    flint_rand_t rand;
    flint_randinit(rand);
    int defined = 0, enclosed = 0;
    for (int round = 0; round < 4000; round++) {
        dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
        dtn_str s = dtn_str_in(ctx->scratch);
        random_formula(&s, rand, 1 + (int)pick(rand, 12));
        const dtn_expr *e = parse(ctx, s.data), *again = parse(ctx, dtn_expr_text(ctx->scratch, e, names));
        fmpq *lo = dtn_arena_fmpq(ctx->scratch, NAMES), *x = dtn_arena_fmpq(ctx->scratch, NAMES),
             *width = dtn_arena_fmpq(ctx->scratch, NAMES), *v = dtn_arena_fmpq(ctx->scratch, 1);
        arb_struct *box = dtn_arena_arb(ctx->scratch, NAMES + 1), *ball = box + NAMES;
        bool known[NAMES];
        for (int i = 0; i < NAMES; i++) {
            fmpq_set_si(lo + i, (slong)pick(rand, 17) - 8, 1 + pick(rand, 4));
            fmpq_set_si(width + i, pick(rand, 2) ? 0 : (slong)pick(rand, 5), 1 + pick(rand, 8));
            known[i] = pick(rand, 2);
            arb_t end;
            arb_init(end);
            arb_set_fmpq(box + i, lo + i, 60);
            fmpq_add(x + i, lo + i, width + i);
            arb_set_fmpq(end, x + i, 60);
            arb_union(box + i, box + i, end, 60);
            arb_clear(end);
        }
        dtn_expr_ball(ball, e, box, 60);
        for (int point = 0; point < 4; point++) {
            double d[NAMES];
            for (int i = 0; i < NAMES; i++) {
                fmpq_set_si(v, (slong)pick(rand, 9), 8);
                fmpq_mul(x + i, width + i, v);
                fmpq_add(x + i, x + i, lo + i);
                d[i] = dtn_rational_double(x + i);
            }
            if (!same(ctx, e, x, again, x))
                fail_msg("%s and its text %s differ", s.data, dtn_expr_text(ctx->scratch, e, names));
            const dtn_expr *bound = dtn_expr_bind(ctx, ctx->scratch, e, known, x);
            assert_non_null(bound);
            if (!same(ctx, e, x, bound, x))
                fail_msg("%s and its binding %s differ", s.data, dtn_expr_text(ctx->scratch, bound, names));
            if (!value(ctx, v, e, x)) {
                if (arb_is_finite(ball))
                    fail_msg("%s is undefined at a point, yet its ball is finite", s.data);
                continue;
            }
            defined++;
            enclosed += arb_is_finite(ball);
            if (!arb_contains_fmpq(ball, v))
                fail_msg("%s leaves its ball at a point", s.data);
            bool exact_points = true;
            for (int i = 0; i < NAMES; i++)
                exact_points = exact_points && fmpz_cmp_si(fmpq_denref(x + i), 1) == 0;
            double wanted = dtn_rational_double(v);
            /* Doubles may fall on the other side of a comparison; without fractions they do not. */
            if (exact_points && !strchr(s.data, '/') && !strstr(s.data, "^-"))
                assert_close(dtn_expr_double(e, d), wanted, 1e-9 * (1 + fabs(wanted)));
        }
        dtn_arena_release(ctx->scratch, mark);
    }
    assert_true(defined > 5000 && enclosed > 3000);
    flint_randclear(rand);
}

static void folding(void **state)
{
    dtn_ctx *ctx = *state;
    static const char *const cases[][2] = {
        {"1/3 + 1/6", "1/2"},
        {"a + 0*b", "a"},
        {"0*(a/b)", "0*(a/b)"},
        {"1*a - 0", "a"},
        {"0 + a*(b + c)", "a*(b + c)"},
        {"1/0 + a", "1/0 + a"},
        {"if(1, a, b)", "a"},
        {"if(0, a, b) + if(2 > 1, 1, 1/0)", "b + 1"},
        {"if(a, 1, 2) * if(0, 1, 0)", "0"},
        {"a & 0", "a & 0"},
        {"0 | a", "a != 0"},
        {"a > 0 & b > 0 | c", "a > 0 & b > 0 | c"},
        {"a & (b | c)", "a & (b | c)"},
        {"(a | b) & c", "(a | b) & c"},
        {"--a", "a"},
        {"-(a + b)^2", "-(a + b)^2"},
        {"(-a)^2", "(-a)^2"},
        {"a - (b - c)", "a - (b - c)"},
        {"a/(b*c)/2", "a/(b*c)/2"},
        {"(a/b)*c", "a/b*c"},
        {"a*(b/c)", "a*(b/c)"},
        {"!(a < b)", "!(a < b)"},
        {"min(a, b, 1)", "min(a, b, 1)"},
        {"min(a, min(b, 1), max(c, max(a, b)))", "min(a, min(b, 1), max(c, max(a, b)))"},
        {"!!!(a < b)", "!!!(a < b)"},
        {"(1/3)*a", "1/3*a"},
        {"a*-1/3", "a*-1/3"},
        {"(a < b) + 1", "(a < b) + 1"},
        {"0 + if(a, b, c)", "if(a, b, c)"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(dtn_expr_text(ctx->scratch, parse(ctx, cases[i][0]), names), cases[i][1]);
}

static void latex(void **state)
{
    dtn_ctx *ctx = *state;
    static const char *const odd[] = {"k.resolved", "n_H", "rho", "pi"};
    static const char *const cases[][2] = {
        {"-a/(1 - c)", "\\frac{-k_{\\mathrm{resolved}}}{1 - \\rho}"},
        {"b^2*pi", "n_{H}^{2} \\cdot \\pi"},
        {"(a + 1/3)^c", "\\left(k_{\\mathrm{resolved}} + \\frac{1}{3}\\right)^{\\rho}"},
        {"b <= c & !pi", "n_{H} \\le \\rho \\land \\lnot \\pi"},
        {"max(b, c, 1)", "\\max\\left(n_{H}, \\rho, 1\\right)"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(dtn_expr_latex(ctx->scratch, parse(ctx, cases[i][0]), odd), cases[i][1]);
}

static void substitution_addition_and_uses(void **state)
{
    dtn_ctx *ctx = *state;
    const dtn_expr *out, *with[NAMES] = {NULL, parse(ctx, "a + 1"), parse(ctx, "3"), NULL};
    out = dtn_expr_substitute(ctx, ctx->scratch, parse(ctx, "b*c + if(c > 2, b, 1/0)"), with);
    assert_non_null(out);
    assert_string_equal(dtn_expr_text(ctx->scratch, out, names), "(a + 1)*3 + a + 1");
    out = dtn_expr_add(ctx, ctx->scratch, parse(ctx, "a"), parse(ctx, "2*b"));
    assert_string_equal(dtn_expr_text(ctx->scratch, out, names), "a + 2*b");
    bool uses[NAMES] = {false};
    dtn_expr_uses(out, uses);
    assert_true(uses[0] && uses[1] && !uses[2] && !uses[3]);
    fmpq *v = dtn_arena_fmpq(ctx->scratch, 1);
    assert_true(dtn_expr_is_constant(dtn_expr_constant(ctx->scratch, v), v));
    assert_false(dtn_expr_is_constant(out, v));
    out = dtn_expr_slot(ctx->scratch, 2);
    assert_string_equal(dtn_expr_text(ctx->scratch, out, names), "c");
    /* Right-nested growth is refused, not followed. */
    for (int i = 0; i < 400 && out; i++)
        out = dtn_expr_add(ctx, ctx->scratch, parse(ctx, "a*b"), out);
    assert_null(out);
    assert_error_has(ctx, "nested too deeply");
}

static void what_is_undefined_is_said(void **state)
{
    dtn_ctx *ctx = *state;
    static const char *const cases[][2] = {
        {"1/a", "division by zero"}, {"a^-1", "negative power"},         {"2^(1/2)", "exponent"},
        {"2^20000", "exponent"},     {"((2^10000)^10000)", "2^20 bits"}, {"b/(a*a)", "division by zero"}};
    fmpq *slots = dtn_arena_fmpq(ctx->scratch, NAMES), *v = dtn_arena_fmpq(ctx->scratch, 1);
    double zero[NAMES] = {0};
    arb_struct *box = dtn_arena_arb(ctx->scratch, NAMES), *ball = dtn_arena_arb(ctx->scratch, 1);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const dtn_expr *e = parse(ctx, cases[i][0]);
        assert_status(ctx, DTN_DOMAIN, dtn_expr_exact(ctx, v, e, slots));
        assert_error_has(ctx, cases[i][1]);
        if (i == 4)
            continue;
        assert_true(isnan(dtn_expr_double(e, zero)));
        dtn_expr_ball(ball, e, box, 60);
        assert_false(arb_is_finite(ball));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(all_ways_agree),
        kit_test(folding),
        kit_test(latex),
        kit_test(substitution_addition_and_uses),
        kit_test(what_is_undefined_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
