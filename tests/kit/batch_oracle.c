/* Support enumeration in rationals: all equilibria of a game of a batch, slowly and independently of the solver.
 *
 * Method: every pair of supports of equal size, one linear system each, solved by FLINT; kept when positive and a best reply.
 */
#include "kit/batch_oracle.h"

#include <stdlib.h>

#include <flint/fmpq_mat.h>

enum { MOST_VERTICES = 512, MOST_FOUND = 4096 };

size_t kit_batch_place(const dtn_batch *b, size_t game, int plane)
{
    size_t block = b->block ? b->block : b->games, planes = (size_t)b->rows * (size_t)b->columns;
    return (game / block * planes + (size_t)plane) * block + game % block;
}

typedef struct vertex {
    unsigned own, best;
} vertex;

static int size_of(unsigned mask)
{
    return __builtin_popcount(mask);
}

slong kit_batch_payoff(const dtn_batch *b, size_t game, int payee, int mine, int theirs)
{
    int plane = payee ? theirs * b->columns + mine : mine * b->columns + theirs;
    return (slong)(payee ? b->b : b->a)[kit_batch_place(b, game, plane)];
}

/* The opponent's strategy on support `own` that makes the payee's actions in `equal` equally good, if it is unique and positive;
 * all best replies to it. */
static bool mixture(const dtn_batch *b, size_t game, int payee, unsigned own, unsigned equal, vertex *out)
{
    int k = size_of(own), actions = payee ? b->columns : b->rows, row = 0, at = 0;
    fmpq_mat_t left, right, solution;
    fmpq_mat_init(left, k + 1, k + 1);
    fmpq_mat_init(right, k + 1, 1);
    fmpq_mat_init(solution, k + 1, 1);
    for (int i = 0; i < actions; i++) {
        if (!(equal >> i & 1))
            continue;
        at = 0;
        for (int j = 0; own >> j; j++)
            if (own >> j & 1)
                fmpq_set_si(fmpq_mat_entry(left, row, at++), kit_batch_payoff(b, game, payee, i, j), 1);
        fmpq_set_si(fmpq_mat_entry(left, row++, k), -1, 1);
    }
    for (int j = 0; j < k; j++)
        fmpq_one(fmpq_mat_entry(left, k, j));
    fmpq_one(fmpq_mat_entry(right, k, 0));
    bool ok = fmpq_mat_solve(solution, left, right) != 0;
    for (int j = 0; ok && j < k; j++)
        ok = fmpq_sgn(fmpq_mat_entry(solution, j, 0)) > 0;
    *out = (vertex){own, 0};
    fmpq_t value, scaled;
    fmpq_init(value);
    fmpq_init(scaled);
    for (int i = 0; ok && i < actions; i++) {
        fmpq_zero(value);
        at = 0;
        for (int j = 0; own >> j; j++)
            if (own >> j & 1) {
                fmpq_set_si(scaled, kit_batch_payoff(b, game, payee, i, j), 1);
                fmpq_addmul(value, scaled, fmpq_mat_entry(solution, at++, 0));
            }
        int order = fmpq_cmp(value, fmpq_mat_entry(solution, k, 0));
        ok = order <= 0;
        out->best |= order == 0 ? 1U << i : 0;
    }
    fmpq_clear(value);
    fmpq_clear(scaled);
    fmpq_mat_clear(left);
    fmpq_mat_clear(right);
    fmpq_mat_clear(solution);
    return ok;
}

static int vertices(const dtn_batch *b, size_t game, int payee, vertex *list)
{
    int actions = payee ? b->columns : b->rows, others = payee ? b->rows : b->columns, count = 0;
    for (unsigned own = 1; own < 1U << others; own++)
        for (unsigned equal = 1; equal < 1U << actions; equal++) {
            vertex v;
            if (size_of(own) != size_of(equal) || !mixture(b, game, payee, own, equal, &v))
                continue;
            bool known = false;
            for (int i = 0; i < count; i++)
                known = known || (list[i].own == v.own && list[i].best == v.best);
            if (!known)
                list[count++] = v;
        }
    return count;
}

static int by_order(const void *a, const void *b)
{
    const dtn_batch_equilibrium *x = a, *y = b;
    int d = size_of(x->rows) - size_of(y->rows);
    d = d ? d : x->rows - y->rows;
    d = d ? d : x->columns - y->columns;
    d = d ? d : x->best_rows - y->best_rows;
    return d ? d : x->best_columns - y->best_columns;
}

void kit_assert_supports(const dtn_batch *b, const dtn_batch_answer *answer, size_t game)
{
    static vertex y[MOST_VERTICES], x[MOST_VERTICES];
    static dtn_batch_equilibrium found[MOST_FOUND];
    int ys = vertices(b, game, 0, y), xs = vertices(b, game, 1, x);
    size_t count = 0;
    bool tied = false;
    for (int i = 0; i < xs; i++)
        for (int j = 0; j < ys; j++)
            if (!(x[i].own & ~y[j].best) && !(y[j].own & ~x[i].best)) {
                tied = tied || x[i].own != y[j].best || y[j].own != x[i].best;
                found[count++] = (dtn_batch_equilibrium){(uint16_t)x[i].own, (uint16_t)y[j].own,
                                                         (uint16_t)y[j].best, (uint16_t)x[i].best};
            }
    assert_true(count > 0);
    qsort(found, count, sizeof *found, by_order);
    assert_int_equal(answer->first[game + 1] - answer->first[game], count);
    assert_memory_equal(answer->item + answer->first[game], found, count * sizeof *found);
    assert_int_equal(answer->flags[game] & DTN_BATCH_TIED, tied);
}
