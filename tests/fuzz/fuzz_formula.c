/* Any bytes as a formula. What can be read is written out and read again, and the second writing is the same; the exact
 * value, where there is one, lies in the ball. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "num/expr.h"
#include "num/expr_code.h"

enum { NAMES = 4 };
static const char *const names[NAMES] = {"a", "pi", "k.hard", "x_1"};
static const char *const values[NAMES] = {"1/3", "-2", "0", "7.5"};

/* Type indices as scenarios have them: k(P) and k.hard are slots. */
static int resolve(void *user, const char *name, const char *index, const dtn_expr **replacement)
{
    (void)user;
    (void)replacement;
    if (index)
        return strcmp(name, "k") == 0 && (strcmp(index, "P") == 0 || strcmp(index, "hard") == 0) ? 2 : -1;
    for (int i = 0; i < NAMES; i++)
        if (strcmp(name, names[i]) == 0)
            return i;
    return -1;
}

static void require(bool holds)
{
    if (!holds)
        abort();
}

/* The ball of precision 64 holds the exact value; the value as a double is at most approximate, so only asked for. */
static void compare_values(dtn_ctx *ctx, const dtn_expr *e)
{
    fmpq *slots = dtn_arena_fmpq(ctx->scratch, NAMES + 1), *exact = slots + NAMES;
    arb_struct *balls = dtn_arena_arb(ctx->scratch, NAMES + 1), *ball = balls + NAMES;
    double doubles[NAMES];
    require(slots && balls);
    for (int i = 0; i < NAMES; i++) {
        require(dtn_rational_parse(slots + i, values[i], strlen(values[i])));
        arb_set_fmpq(balls + i, slots + i, 64);
        doubles[i] = dtn_rational_double(slots + i);
    }
    (void)dtn_expr_double(e, doubles);
    dtn_expr_ball(ball, e, balls, 64);
    if (dtn_expr_exact(ctx, exact, e, slots) == DTN_OK && arb_is_finite(ball))
        require(arb_contains_fmpq(ball, exact));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dtn_ctx *ctx;
    if (size > 2000 || dtn_ctx_new(&ctx) != DTN_OK)
        return 0;
    dtn_ctx_set_memory_limit(ctx, (size_t)256 << 20);
    char *text = dtn_arena_strndup(ctx->scratch, (const char *)data, size);
    dtn_expr_error error;
    const dtn_expr *e, *again;
    dtn_status status = dtn_expr_parse(ctx, ctx->scratch, &e, text, resolve, NULL, &error);
    if (status == DTN_PARSE)
        require(error.offset >= 0 && (size_t)error.offset <= strlen(text) && error.message[0]);
    if (status == DTN_OK) {
        char *written = dtn_expr_text(ctx->scratch, e, names);
        require(written && dtn_expr_latex(ctx->scratch, e, names));
        if (strlen(written) <= DTN_EXPR_LONGEST_TEXT) { /* 1e-99999 is longer once written out */
            require(dtn_expr_parse(ctx, ctx->scratch, &again, written, resolve, NULL, &error) == DTN_OK);
            require(strcmp(dtn_expr_text(ctx->scratch, again, names), written) == 0);
        }
        compare_values(ctx, e);
    }
    dtn_ctx_free(ctx);
    return 0;
}
