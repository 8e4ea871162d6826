/* Pivots without fractions: every entry is a minor of the first tableau, the denominator the last pivot.
 *
 * Cost: rows * columns multiplications and exact divisions a pivot. Exact.
 * Source: J. Edmonds, J.-F. Maurras, Note sur les Q-matrices d'Edmonds, RAIRO 31 (1997) 203-209. */
#include "num/integer_tableau.h"

dtn_status dtn_integer_tableau_new(dtn_ctx *ctx, dtn_integer_tableau *out, int rows, int columns)
{
    *out = (dtn_integer_tableau){.rows = rows, .columns = columns};
    size_t entries = (size_t)rows * ((size_t)columns + 1);
    out->entry = dtn_arena_fmpz(ctx->scratch, entries + 2);
    if (!out->entry)
        return dtn_fail_nomem(ctx);
    out->denominator = out->entry + entries;
    out->work = out->denominator + 1;
    fmpz_one(out->denominator);
    DTN_ALLOC(ctx, ctx->scratch, out->basic, rows + 1);
    DTN_ALLOC(ctx, ctx->scratch, out->nonbasic, columns + 1);
    return DTN_OK;
}

/* row = (row * pivot - pivot_row * row[column]) / denominator, but for the column itself. */
static void combine(dtn_integer_tableau *t, fmpz *row, const fmpz *pivot_row, int column, bool divide)
{
    bool touched = !fmpz_is_zero(row + column);
    for (int j = 0; j <= t->columns; j++) {
        if (j == column)
            continue;
        bool both = touched && !fmpz_is_zero(pivot_row + j);
        if (fmpz_is_zero(row + j) && !both)
            continue;
        fmpz_mul(row + j, row + j, t->work);
        if (both)
            fmpz_submul(row + j, row + column, pivot_row + j);
        if (divide)
            fmpz_divexact(row + j, row + j, t->denominator);
    }
    fmpz_neg(row + column, row + column);
}

void dtn_integer_tableau_pivot(dtn_integer_tableau *t, int row, int column)
{
    fmpz *pivot_row = dtn_integer_tableau_at(t, row, 0);
    fmpz_set(t->work, pivot_row + column);
    bool divide = !fmpz_is_one(t->denominator), negative = fmpz_sgn(t->work) < 0;
    for (int i = 0; i < t->rows; i++) {
        fmpz *other = dtn_integer_tableau_at(t, i, 0);
        if (i == row)
            continue;
        combine(t, other, pivot_row, column, divide);
        for (int j = 0; negative && j <= t->columns; j++)
            fmpz_neg(other + j, other + j);
    }
    fmpz_set(pivot_row + column, t->denominator);
    for (int j = 0; negative && j <= t->columns; j++)
        fmpz_neg(pivot_row + j, pivot_row + j);
    fmpz_abs(t->denominator, t->work);
    int entering = t->nonbasic[column];
    t->nonbasic[column] = t->basic[row];
    t->basic[row] = entering;
}
