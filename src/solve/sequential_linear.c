/* Sequential equilibria: solving the linear system of a support, and what is linear in one with products.
 *
 * Method: Gauss-Jordan on the equations tells whether they have no, one or many solutions; feasibility with positive
 *   unknowns is one linear program: the least unknown is made as large as it can be.
 * Exact. */
#include <flint/fmpq_mat.h>

#include "solve/sequential_parts.h"

static fmpq *entry(const dtn_seq_system *s, int row, int column)
{
    return s->a + (size_t)row * (size_t)s->stride + (size_t)column;
}

/* row -= factor * from, over the unknowns and the right-hand side. */
static void subtract(dtn_seq_system *s, int row, int from, const fmpq *factor)
{
    for (int j = 0; j < s->unknowns; j++)
        if (!fmpq_is_zero(entry(s, from, j)))
            fmpq_submul(entry(s, row, j), factor, entry(s, from, j));
    fmpq_submul(&s->b[row], factor, &s->b[from]);
}

dtn_status dtn_seq_eliminate(dtn_seq_run *r, dtn_seq_solution *kind, fmpq *x)
{
    dtn_seq_system *s = &r->system;
    fmpq *factor = &s->sum[s->stride + 2];
    int rank = 0;
    *kind = DTN_SEQ_NONE;
    for (int i = 0; i < s->rows; i++) {
        if (s->sense[i] != DTN_LP_EQ)
            continue;
        int pivot = -1;
        for (int j = 0; j < s->unknowns && pivot < 0; j++)
            if (!fmpq_is_zero(entry(s, i, j)))
                pivot = j;
        if (pivot < 0) {
            if (!fmpq_is_zero(&s->b[i]))
                return DTN_OK;
            continue;
        }
        fmpq_inv(factor, entry(s, i, pivot));
        for (int j = 0; j < s->unknowns; j++)
            fmpq_mul(entry(s, i, j), entry(s, i, j), factor);
        fmpq_mul(&s->b[i], &s->b[i], factor);
        for (int k = 0; k < s->rows; k++)
            if (k != i && s->sense[k] == DTN_LP_EQ && !fmpq_is_zero(entry(s, k, pivot))) {
                fmpq_set(factor, entry(s, k, pivot));
                subtract(s, k, i, factor);
            }
        rank++;
    }
    *kind = rank == s->unknowns ? DTN_SEQ_POINT : DTN_SEQ_FAMILY;
    if (*kind == DTN_SEQ_POINT)
        for (int i = 0; i < s->rows; i++)
            for (int j = 0; j < s->unknowns && s->sense[i] == DTN_LP_EQ; j++)
                if (!fmpq_is_zero(entry(s, i, j)))
                    fmpq_set(&x[j], &s->b[i]);
    return DTN_OK;
}

/* x = y + least for unknowns that may not vanish, y >= 0, least <= 1; maximise least. */
static dtn_status largest_least(dtn_seq_run *r, bool *feasible, fmpq *x, const bool *may_vanish)
{
    dtn_seq_system *s = &r->system;
    int n = s->unknowns, columns = n + 1, rows = s->rows + 1;
    fmpq *a, *b, *c, *y;
    dtn_lp_sense *sense;
    bool *nonnegative;
    dtn_arena *scratch = r->ctx->scratch;
    DTN_ALLOC_FMPQ(r->ctx, scratch, a, rows * columns + rows + 2 * columns);
    b = a + rows * columns;
    c = b + rows;
    y = c + columns;
    DTN_ALLOC(r->ctx, scratch, sense, rows);
    DTN_ALLOC(r->ctx, scratch, nonnegative, columns);
    for (int j = 0; j < columns; j++)
        nonnegative[j] = j == n || !dtn_seq_is_value(r, s->unknown[j]);
    for (int i = 0; i < s->rows; i++) {
        fmpq *row = a + i * columns;
        for (int j = 0; j < n; j++) {
            fmpq_set(&row[j], entry(s, i, j));
            if (!may_vanish || !may_vanish[s->unknown[j]])
                fmpq_add(&row[n], &row[n], &row[j]);
        }
        fmpq_set(&b[i], &s->b[i]);
        sense[i] = s->sense[i];
    }
    fmpq_one(&a[s->rows * columns + n]);
    fmpq_one(&b[s->rows]);
    sense[s->rows] = DTN_LP_LE;
    fmpq_one(&c[n]);
    dtn_polyhedron set = {rows, columns, a, b, sense, nonnegative};
    dtn_lp_answer answer;
    r->lps++;
    DTN_TRY(dtn_lp_maximise(r->ctx, &answer, y, NULL, &set, c));
    *feasible = answer == DTN_LP_OPTIMAL && fmpq_sgn(&y[n]) > 0;
    for (int j = 0; j < n && *feasible; j++)
        if (!may_vanish || !may_vanish[s->unknown[j]])
            fmpq_add(&x[j], &y[j], &y[n]);
        else
            fmpq_set(&x[j], &y[j]);
    return DTN_OK;
}

dtn_status dtn_seq_feasible(dtn_seq_run *r, bool *feasible, fmpq *x, const bool *may_vanish)
{
    dtn_seq_system *s = &r->system;
    *feasible = true;
    for (int i = 0; i < s->rows && *feasible; i++) { /* rows of constants decide alone */
        bool constant = true;
        for (int j = 0; j < s->unknowns && constant; j++)
            constant = fmpq_is_zero(entry(s, i, j));
        if (constant)
            *feasible = s->sense[i] == DTN_LP_EQ ? fmpq_is_zero(&s->b[i]) : fmpq_sgn(&s->b[i]) >= 0;
    }
    if (!*feasible || s->unknowns == 0)
        return DTN_OK;
    dtn_arena_mark mark = dtn_arena_save(r->ctx->scratch);
    dtn_status status = largest_least(r, feasible, x, may_vanish);
    dtn_arena_release(r->ctx->scratch, mark);
    return status;
}

bool dtn_seq_has_products(const dtn_seq_system *s, int row)
{
    for (int k = 0; k < s->products; k++)
        if (!fmpq_is_zero(entry(s, row, s->most + k)))
            return true;
    return false;
}

/* Unknown v has this value: products with it become linear. Does any change? */
static bool put_in(dtn_seq_system *s, int v, const fmpq *value)
{
    bool changed = false;
    for (int k = 0; k < s->products; k++) {
        const int *f = s->product[k];
        if ((f[0] != v && f[1] != v) || f[2] >= 0)
            continue;
        int other = f[0] == v ? f[1] : f[0];
        for (int i = 0; i < s->rows; i++) {
            fmpq *product = entry(s, i, s->most + k);
            if (fmpq_is_zero(product))
                continue;
            fmpq_addmul(entry(s, i, other), product, value);
            fmpq_zero(product);
            changed = true;
        }
    }
    return changed;
}

bool dtn_seq_determine(dtn_seq_run *r, bool *consistent)
{
    dtn_seq_system *s = &r->system;
    fmpq_mat_t m;
    bool changed = false;
    int rows = 0;
    fmpq_mat_init(m, s->rows, s->unknowns + 1);
    for (int i = 0; i < s->rows; i++) {
        if (s->sense[i] != DTN_LP_EQ || dtn_seq_has_products(s, i))
            continue;
        for (int j = 0; j < s->unknowns; j++)
            fmpq_set(fmpq_mat_entry(m, rows, j), entry(s, i, j));
        fmpq_set(fmpq_mat_entry(m, rows++, s->unknowns), &s->b[i]);
    }
    slong rank = fmpq_mat_rref(m, m);
    for (slong i = 0; i < rank && *consistent; i++) {
        int count = 0, only = -1;
        for (int j = 0; j < s->unknowns; j++)
            if (!fmpq_is_zero(fmpq_mat_entry(m, i, j))) {
                count++;
                only = j;
            }
        *consistent = count > 0;
        if (count == 1)
            changed = put_in(s, only, fmpq_mat_entry(m, i, s->unknowns)) || changed;
    }
    fmpq_mat_clear(m);
    return changed;
}
