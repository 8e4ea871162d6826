/* The Pareto frontier of the convex hull of two players' payoffs.
 *
 * Method: profiles by falling payoff of player 1; those that raise player 2's are efficient; of them the corners of the hull
 *   stay, by signs of turns.
 * Cost: sorting. Exact.
 * Source: A. Andrew, Another efficient algorithm for convex hulls in two dimensions, Information Processing Letters 9 (1979). */
#include <stdlib.h>

#include "solve/bargaining.h"

static int by_payoff(const void *a, const void *b)
{
    const dtn_corner *x = a, *y = b;
    int first = fmpq_cmp(y->payoff, x->payoff);
    int second = first ? first : fmpq_cmp(y->payoff + 1, x->payoff + 1);
    return second ? second : (x->profile > y->profile) - (x->profile < y->profile);
}

/* Is b above the line from a to c? */
static bool is_corner(const dtn_corner *a, const dtn_corner *b, const dtn_corner *c)
{
    fmpq_t x, y, left, right;
    fmpq_init(x);
    fmpq_init(y);
    fmpq_init(left);
    fmpq_init(right);
    fmpq_sub(x, b->payoff, a->payoff);
    fmpq_sub(y, c->payoff + 1, a->payoff + 1);
    fmpq_mul(left, x, y);
    fmpq_sub(x, c->payoff, a->payoff);
    fmpq_sub(y, b->payoff + 1, a->payoff + 1);
    fmpq_mul(right, x, y);
    bool above = fmpq_cmp(left, right) > 0;
    fmpq_clear(x);
    fmpq_clear(y);
    fmpq_clear(left);
    fmpq_clear(right);
    return above;
}

dtn_status dtn_frontier(dtn_ctx *ctx, dtn_corner **corner, int *count, const dtn_strategic *game)
{
    dtn_corner *list;
    const fmpq *payoff;
    DTN_TRY(dtn_payoffs_fractions(ctx, &payoff, ctx->scratch, &game->payoff));
    DTN_ALLOC(ctx, ctx->scratch, list, game->profiles);
    for (size_t i = 0; i < game->profiles; i++)
        list[i] = (dtn_corner){i, payoff + 2 * i};
    qsort(list, game->profiles, sizeof *list, by_payoff);
    int kept = 0;
    for (size_t i = 0; i < game->profiles; i++) {
        if (kept && fmpq_cmp(list[i].payoff + 1, list[kept - 1].payoff + 1) <= 0)
            continue;
        while (kept > 1 && !is_corner(&list[kept - 2], &list[kept - 1], &list[i]))
            kept--;
        list[kept++] = list[i];
    }
    *corner = list;
    *count = kept;
    return DTN_OK;
}
