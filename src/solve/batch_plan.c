/* The plan of a batch: which minors decide games of one size, how each comes from smaller ones, which signs a support needs.
 *
 * Method: let W(R; C), |R| = |C| + 1, be the determinant of rows R and columns C of one player's payoffs with a column of ones before them. The
 *   other player's strategy on columns J that makes rows I, |I| = |J|, equally good has probabilities in proportion to (-1)^s W(I; J without
 *   its s-th column) (Cramer), and row r earns more than the rows of I exactly if (-1)^(position of r in I + r, from 1) W(I + r; J) has the
 *   common sign of those. So the signs of all W decide everything; W expands along its last column, of which the first row is subtracted.
 * Cost: (m + n choose m - 1) minors a player, (m + n choose m) - 1 pairs of supports.
 * Exact: with entries in [0, R] a bordered determinant of order k + 1 is at most (k + 1)^((k + 1) / 2) / 2^k R^k (Hadamard), and so is each
 *   partial sum of the expansion, which is the minor of a matrix with other entries of the range. Below 2^53 no double is rounded.
 * Source: C. Lemke, J. Howson, J. SIAM 12 (1964) for supports and labels; J. Hadamard, Bull. Sci. Math. 17 (1893). */
#include <math.h>

#include "solve/batch.h"

static int bits_in(unsigned mask)
{
    int count = 0;
    for (; mask; mask &= mask - 1)
        count++;
    return count;
}

/* The actions in a mask, ascending. */
static int list_of(unsigned mask, int *list)
{
    int count = 0;
    for (int i = 0; mask >> i; i++)
        if (mask >> i & 1)
            list[count++] = i;
    return count;
}

double batch_plan_range(int own, int other)
{
    if (own > BATCH_MOST || other > BATCH_MOST)
        return 0;
    int order = own - 1 < other ? own - 1 : other;
    double most = 9007199254740992.0; /* 2^53 */
    if (order <= 1)
        return most;
    double factor = pow(order + 1, (order + 1) / 2.0) / pow(2, order);
    return floor(pow(most / factor, 1.0 / order) * (1 - 1e-9));
}

/* Minors under construction: which number the minor of rows and columns has. */
typedef struct numbering {
    uint16_t *of; /* [1 << own][1 << other] */
    int columns;  /* 1 << other */
} numbering;

static uint16_t number_of(const numbering *n, unsigned rows, unsigned columns)
{
    return n->of[rows * (unsigned)n->columns + columns];
}

static int count_minors(const batch_side *s, int order)
{
    int rows = 0, columns = 0;
    for (unsigned r = 0; r < 1U << s->own; r++)
        rows += bits_in(r) == order + 1;
    for (unsigned c = 0; c < 1U << s->other; c++)
        columns += bits_in(c) == order;
    return rows * columns;
}

/* How minor (rows; columns) comes from smaller ones. */
static void expand(batch_side *s, const numbering *n, unsigned rows, unsigned columns, int w)
{
    int row[BATCH_MOST], column[BATCH_MOST], last = list_of(rows, row) - 1, order = list_of(columns, column);
    int c = column[order - 1];
    if (order == 1) {
        uint16_t *pair = s->pair + (size_t)2 * (size_t)w;
        pair[0] = (uint16_t)s->plane[row[0] * s->other + c];
        pair[1] = (uint16_t)s->plane[row[1] * s->other + c];
        return;
    }
    uint16_t *term = s->term[order - 2] + (size_t)(w - s->start[order - 1]) * (size_t)(2 * order);
    for (int t = last; t > 0; t--) {
        *term++ = number_of(n, 1U << row[0] | 1U << row[t], 1U << c);
        *term++ = number_of(n, rows & ~(1U << row[t]), columns & ~(1U << c));
    }
}

static dtn_status plan_minors(dtn_ctx *ctx, dtn_arena *arena, batch_side *s, numbering *n)
{
    s->order = s->own - 1 < s->other ? s->own - 1 : s->other;
    DTN_ALLOC(ctx, arena, s->start, s->order + 2);
    DTN_ALLOC(ctx, arena, s->term, s->order + 1);
    for (int k = 1; k <= s->order; k++) {
        int count = count_minors(s, k), w = s->start[k - 1];
        s->start[k] = s->minors = w + count;
        if (k == 1)
            DTN_ALLOC(ctx, arena, s->pair, 2 * count);
        else
            DTN_ALLOC(ctx, arena, s->term[k - 2], 2 * k * count);
        for (unsigned c = 0; c < 1U << s->other; c++)
            for (unsigned r = 0; bits_in(c) == k && r < 1U << s->own; r++)
                if (bits_in(r) == k + 1) {
                    n->of[r * (unsigned)n->columns + c] = (uint16_t)w;
                    expand(s, n, r, c, w++);
                }
    }
    return DTN_OK;
}

/* The signs that the supports (own, other) ask for. */
static void test_of(const batch_side *s, const numbering *n, unsigned own, unsigned other, uint16_t *test)
{
    int list[BATCH_MOST], size = list_of(other, list);
    for (int j = 0; j < size && size > 1; j++)
        *test++ = (uint16_t)(2 * number_of(n, own, other & ~(1U << list[j])) + j % 2);
    for (int r = 0; r < s->own; r++)
        if (!(own >> r & 1)) {
            int position = bits_in(own & ((1U << r) - 1));
            *test++ = (uint16_t)(2 * number_of(n, own | 1U << r, other) + (position + 1) % 2);
        }
}

static dtn_status plan_side(dtn_ctx *ctx, dtn_arena *arena, batch_plan *plan, int player)
{
    batch_side *s = &plan->side[player];
    s->own = player ? plan->columns : plan->rows;
    s->other = player ? plan->rows : plan->columns;
    s->range = batch_plan_range(s->own, s->other);
    DTN_ALLOC(ctx, arena, s->plane, s->own * s->other);
    for (int i = 0; i < s->own; i++)
        for (int j = 0; j < s->other; j++)
            s->plane[i * s->other + j] = player ? j * plan->columns + i : i * plan->columns + j;
    numbering n = {.columns = 1 << s->other};
    DTN_ALLOC(ctx, arena, n.of, (size_t)1 << (s->own + s->other));
    DTN_TRY(plan_minors(ctx, arena, s, &n));
    DTN_ALLOC(ctx, arena, s->test, plan->supports * s->own);
    for (int e = 0; e < plan->supports; e++) {
        unsigned own = player ? plan->columns_of[e] : plan->rows_of[e];
        unsigned other = player ? plan->rows_of[e] : plan->columns_of[e];
        test_of(s, &n, own, other, s->test + (size_t)e * (size_t)s->own);
    }
    return DTN_OK;
}

dtn_status batch_plan_new(dtn_ctx *ctx, dtn_arena *arena, batch_plan **out, int rows, int columns)
{
    batch_plan *plan;
    DTN_ALLOC(ctx, arena, plan, 1);
    plan->rows = rows;
    plan->columns = columns;
    for (unsigned i = 1; i < 1U << rows; i++)
        for (unsigned j = 1; j < 1U << columns; j++)
            plan->supports += bits_in(i) == bits_in(j);
    DTN_ALLOC(ctx, arena, plan->rows_of, plan->supports);
    DTN_ALLOC(ctx, arena, plan->columns_of, plan->supports);
    int e = 0;
    for (int k = 1; k <= rows && k <= columns; k++)
        for (unsigned i = 1; i < 1U << rows; i++)
            for (unsigned j = 1; bits_in(i) == k && j < 1U << columns; j++)
                if (bits_in(j) == k) {
                    plan->rows_of[e] = (uint8_t)i;
                    plan->columns_of[e++] = (uint8_t)j;
                }
    DTN_TRY(plan_side(ctx, arena, plan, 0));
    DTN_TRY(plan_side(ctx, arena, plan, 1));
    *out = plan;
    return DTN_OK;
}
