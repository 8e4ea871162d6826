/* Best-response polytopes in doubles: restriction to faces, and proofs that a variable is positive on a face.
 *
 * Method: simplex steps that lower one variable until it leaves the basis or no entry of its row is positive. The proof takes that
 *   row as multipliers only: it drops the wrong signs, adds up the rows of the integer data with them, and lets bounds of
 *   the variables absorb what does not cancel; every rounding is bounded.
 * Cost: a pivot is rows x columns products; a proof is columns^2. Exact: what is proved, is; nothing else is claimed.
 * Source: A. Neumaier and O. Shcherbina, Safe bounds in linear and mixed-integer linear programming, Math. Program. 99 (2004);
 *   N. Higham, Accuracy and stability of numerical algorithms, 3.1 (2002). */
#include <math.h>
#include <string.h>

#include "solve/extreme_search.h"

enum { MOST_STEPS = 500, MOST = DTN_SEARCH_SIDE };
static const double tiny = 1e-12, tie = 1e-14;
static const double strategies_first = 100; /* preference for own strategies to enter: a third fewer nodes */

dtn_status dtn_tableau_new(dtn_ctx *ctx, dtn_arena *arena, dtn_tableau **out, const dtn_polytope *g,
                           int labels)
{
    dtn_tableau *t;
    size_t stride = (size_t)g->stride, rows = (size_t)g->rows, padded = (rows + 7) / 8 * 8;
    size_t doubles = rows * stride + stride + padded;
    DTN_ALLOC(ctx, arena, t, 1);
    *t = (dtn_tableau){.rows = g->rows,
                       .columns = g->columns,
                       .stride = g->stride,
                       .first_column = g->first_column,
                       .bytes = doubles * sizeof(double) +
                                (rows + (size_t)g->columns + (size_t)labels) * sizeof(int16_t)};
    t->block = dtn_arena_alloc(arena, t->bytes);
    if (!t->block)
        return dtn_fail_nomem(ctx);
    t->cell = t->block;
    t->limit = t->cell + rows * stride;
    t->value = t->limit + stride;
    t->basic = (int16_t *)(t->value + padded);
    t->nonbasic = t->basic + rows;
    t->place = t->nonbasic + g->columns;
    *out = t;
    return DTN_OK;
}

void dtn_tableau_copy(dtn_tableau *to, const dtn_tableau *from)
{
    memcpy(to->block, from->block, from->bytes);
}

static void pivot(dtn_tableau *t, const dtn_kernel *kernel, int row, int column)
{
    kernel->pivot(t->cell, t->value, t->rows, t->stride, row, column);
    int16_t leaving = t->basic[row], entering = t->nonbasic[column];
    t->basic[row] = entering;
    t->nonbasic[column] = leaving;
    t->place[entering] = (int16_t)row;
    t->place[leaving] = (int16_t)(-column - 1);
}

void dtn_tableau_start(dtn_tableau *t, const dtn_kernel *kernel, const dtn_polytope *g)
{
    memcpy(t->cell, g->scaled, (size_t)(t->rows * t->stride) * sizeof *t->cell);
    int best = 0;
    for (int i = 0; i < t->rows; i++) {
        t->value[i] = 1;
        t->basic[i] = (int16_t)(g->first_row + i);
        t->place[g->first_row + i] = (int16_t)i;
        best = t->cell[i * t->stride] > t->cell[best * t->stride] ? i : best;
    }
    for (int j = 0; j < t->stride; j++)
        t->limit[j] = j < t->columns ? tiny : HUGE_VAL;
    for (int j = 0; j < t->columns; j++) {
        t->nonbasic[j] = (int16_t)(g->first_column + j);
        t->place[g->first_column + j] = (int16_t)(-j - 1);
    }
    pivot(t, kernel, best, 0);
}

/* The row that leaves; among ties the wanted one. -1: unbounded. */
static int ratio_test(const dtn_tableau *t, int column, int wanted)
{
    int out = -1;
    double least = 0;
    for (int i = 0; i < t->rows; i++) {
        double entry = t->cell[i * t->stride + column];
        if (entry <= tiny)
            continue;
        double ratio = t->value[i] > 0 ? t->value[i] / entry : 0;
        if (out < 0 || ratio < least - tie || (i == wanted && ratio <= least + tie)) {
            out = i;
            least = ratio;
        }
    }
    return out;
}

/* The open column with the largest positive entry (any: in absolute value) of a row; -1: there is none. */
static int entering(const dtn_tableau *t, int row, bool any)
{
    const double *r = t->cell + row * t->stride;
    int best = -1;
    double most = 0;
    for (int j = 0; j < t->columns; j++) {
        double entry = any ? fabs(r[j]) : r[j];
        if (entry <= t->limit[j])
            continue;
        if (t->nonbasic[j] >= t->first_column && t->nonbasic[j] < t->first_column + t->columns)
            entry *= strategies_first;
        if (entry > most) {
            best = j;
            most = entry;
        }
    }
    return best;
}

dtn_forced dtn_tableau_force(dtn_tableau *t, const dtn_kernel *kernel, int label)
{
    for (int step = 0; step < MOST_STEPS; step++) {
        int place = t->place[label];
        if (place < 0) {
            t->limit[-place - 1] = HUGE_VAL;
            return DTN_FORCED;
        }
        bool zero = fabs(t->value[place]) <= tiny;
        int enter = entering(t, place, zero);
        if (enter < 0)
            return zero ? DTN_FORCED : DTN_FORCED_EMPTY;
        int leave = zero ? place : ratio_test(t, enter, place);
        if (leave < 0)
            return DTN_FORCED_STUCK;
        pivot(t, kernel, leave, enter);
    }
    return DTN_FORCED_STUCK;
}

uint64_t dtn_tableau_positive(const dtn_tableau *t, const dtn_kernel *kernel)
{
    uint64_t rows = kernel->closed(t->cell, t->limit, t->rows, t->stride);
    for (uint64_t left = rows; left; left &= left - 1) {
        int i = __builtin_ctzll(left);
        if (t->value[i] <= tiny)
            rows &= ~((uint64_t)1 << i);
    }
    return rows;
}

/* With multipliers u of rows l and w = sum of u_l M_l, and M_k (k a row) or -1 at k (k a column) added to it:
 * variable k = (1 if k is a row) + sum u - w x - sum of u_l * (slack of l), and the last sum is <= 0 where u_l <= 0 or the
 * slack is 0. So the variable is at least (1) + sum u - sum of max(w_i, 0) bound_i over the columns i that are not set to 0.
 * Rounding: u are the doubles themselves; w_i, a sum of count + 1 products of entries below 1, errs by less than
 * (count + 2) eps (1 + sum |u|), and by slip (1 + sum |u|) from the data; the final sums by (count + columns + 6) eps of what
 * they add up. eps = 2^-53; 1.2e-16 covers the second-order terms and the rounding of the error bounds themselves. */
bool dtn_tableau_proves(const dtn_tableau *t, const dtn_kernel *kernel, const dtn_polytope *g, int label)
{
    static const double eps = 1.2e-16;
    int at = t->place[label], count = 0;
    const double *r = t->cell + at * t->stride, *line[MOST];
    double factor[MOST], w[MOST], sum = 0, weight = 1;
    uint64_t zero = 0;
    bool row = label >= g->first_row && label < g->first_row + g->rows;
    for (int j = 0; j < t->columns; j++) {
        int l = t->nonbasic[j];
        bool open = t->limit[j] < HUGE_VAL;
        if (l >= g->first_column && l < g->first_column + g->columns) {
            if (!open)
                zero |= (uint64_t)1 << (l - g->first_column);
            continue;
        }
        if (r[j] == 0 || (open && r[j] > 0))
            continue;
        line[count] = g->scaled + (l - g->first_row) * g->stride;
        factor[count++] = r[j];
        sum += r[j];
        weight += fabs(r[j]);
    }
    if (row) {
        memcpy(w, g->scaled + (label - g->first_row) * g->stride, (size_t)g->stride * sizeof *w);
        sum += 1;
    } else {
        memset(w, 0, (size_t)g->stride * sizeof *w);
        w[label - g->first_column] = -1;
    }
    kernel->combine(w, line, factor, count, g->stride);
    double slack = ((count + 3) * eps + 1.01 * g->slip) * weight, least = 0;
    for (int i = 0; i < g->columns; i++)
        if (!(zero >> i & 1) && !(w[i] + slack <= 0))
            least += (w[i] + slack) * g->bound[i];
    return sum - least > 2 * (count + g->columns + 6) * eps * (weight + least);
}
