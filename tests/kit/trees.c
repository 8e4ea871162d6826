/* Small trees for tests. */
#include "kit/trees.h"

#include <string.h>

#include "format/game.h"

const char kit_horse[] = "EFG 2 R \"horse\" { \"1\" \"2\" \"3\" }\n"
                         "p \"\" 1 1 \"1\" { \"C\" \"D\" } 0\n"
                         "p \"\" 2 1 \"2\" { \"c\" \"d\" } 0\n"
                         "t \"\" 1 \"\" { 1, 1, 1 }\n"
                         "p \"\" 3 1 \"3\" { \"L\" \"R\" } 0\n"
                         "t \"\" 2 \"\" { 4, 4, 0 }\nt \"\" 3 \"\" { 0, 0, 1 }\n"
                         "p \"\" 3 1 0\n"
                         "t \"\" 4 \"\" { 3, 3, 2 }\nt \"\" 5 \"\" { 0, 0, 0 }\n";

dtn_tree *kit_tree(dtn_ctx *ctx, const char *efg)
{
    dtn_tree *t;
    assert_ok(ctx, dtn_efg_read(ctx, &t, NULL, "test.efg", efg, strlen(efg)));
    return t;
}

dtn_tree *kit_tree_file(dtn_ctx *ctx, const char *relative)
{
    size_t length;
    const char *text = kit_read(ctx->scratch, relative, &length);
    dtn_tree *t;
    assert_ok(ctx, dtn_efg_read(ctx, &t, NULL, relative, text, length));
    return t;
}

static const char *number(fmpq *out, const char *text)
{
    text += strspn(text, " ,;");
    size_t length = strcspn(text, " ,;");
    assert_true(length > 0 && dtn_rational_parse(out, text, length));
    return text + length;
}

dtn_assessment kit_assessment(dtn_ctx *ctx, const dtn_tree *tree, const char *sigma, const char *belief)
{
    dtn_assessment a;
    assert_ok(ctx, dtn_assessment_new(ctx, ctx->scratch, &a, tree));
    for (int i = 0; i < tree->actions; i++)
        sigma = number(a.sigma + i, sigma);
    assert_int_equal(strspn(sigma, " ,;"), strlen(sigma));
    for (int h = 0; h < tree->infosets; h++)
        for (int k = 0; k < tree->infoset[h].members; k++) {
            fmpq *b = a.belief + tree->members[tree->infoset[h].first_member + k];
            if (tree->infoset[h].members == 1)
                fmpq_one(b);
            else if (belief)
                belief = number(b, belief);
        }
    return a;
}

const char *kit_beer_quiche(dtn_ctx *ctx, const char *p, const char *q)
{
    const char *text = dtn_arena_printf(ctx->scratch,
                                        "EFG 2 R \"beer-quiche\" { \"sender\" \"receiver\" }\n"
                                        "c \"\" 1 \"\" { \"strong\" %s \"weak\" %s } 0\n"
                                        "p \"\" 1 1 \"strong\" { \"beer\" \"quiche\" } 0\n"
                                        "p \"\" 2 1 \"after beer\" { \"fight\" \"let\" } 0\n"
                                        "t \"\" 1 \"\" { 1 0 } t \"\" 2 \"\" { 3 1 }\n"
                                        "p \"\" 2 2 \"after quiche\" { \"fight\" \"let\" } 0\n"
                                        "t \"\" 3 \"\" { 0 0 } t \"\" 4 \"\" { 2 1 }\n"
                                        "p \"\" 1 2 \"weak\" { \"beer\" \"quiche\" } 0\n"
                                        "p \"\" 2 1 0\n"
                                        "t \"\" 5 \"\" { 0 1 } t \"\" 6 \"\" { 2 0 }\n"
                                        "p \"\" 2 2 0\n"
                                        "t \"\" 7 \"\" { 1 1 } t \"\" 8 \"\" { 3 0 }\n",
                                        p, q);
    assert_non_null(text);
    return text;
}

void kit_tree_affine(dtn_ctx *ctx, dtn_tree *t, const int *factor, const int *shift)
{
    fmpq_t x;
    fmpq_init(x);
    for (size_t k = 0; k < t->payoff.rows; k++)
        for (size_t p = 0; p < t->payoff.columns; p++) {
            fmpq_mul_si(x, dtn_payoffs_at(&t->payoff, k * t->payoff.columns + p).q, factor[p]);
            fmpq_add_si(x, x, shift[p]);
            assert_ok(ctx, dtn_payoffs_set(ctx, &t->payoff, k, p, x));
        }
    fmpq_clear(x);
}
