/* Integer dictionaries of best-response polytopes: fraction-free pivots and restriction to faces.
 *
 * Method: Edmonds' integer pivoting: all entries are minors over the common determinant, so each division is exact.
 * Cost: rows x columns multiplications a pivot. Exact.
 * Source: J. Edmonds, Systems of distinct representatives and linear algebra (1967); D. Avis, G. Rosenberg, R. Savani,
 *   B. von Stengel, Enumeration of Nash equilibria for two-player games, Economic Theory 42 (2010). */
#include "solve/extreme.h"

dtn_status dtn_dictionary_new(dtn_ctx *ctx, dtn_arena *arena, dtn_dictionary **out, int rows, int columns,
                              int labels)
{
    dtn_dictionary *d;
    DTN_ALLOC(ctx, arena, d, 1);
    DTN_ALLOC(ctx, arena, d->basic, rows);
    DTN_ALLOC(ctx, arena, d->nonbasic, columns + 1);
    DTN_ALLOC(ctx, arena, d->place, labels);
    size_t cells = (size_t)rows * (size_t)(columns + 1);
    fmpz *numbers = dtn_arena_fmpz(arena, cells + 1);
    if (!numbers)
        return dtn_fail_nomem(ctx);
    d->rows = rows;
    d->columns = columns;
    d->stride = columns + 1;
    d->cell = numbers + 1;
    d->det = numbers;
    *out = d;
    return DTN_OK;
}

void dtn_dictionary_copy(dtn_dictionary *to, const dtn_dictionary *from, int labels)
{
    to->rows = from->rows;
    to->columns = from->columns;
    fmpz_set(to->det, from->det);
    for (int l = 0; l < labels; l++)
        to->place[l] = from->place[l];
    for (int j = 1; j <= from->columns; j++)
        to->nonbasic[j] = from->nonbasic[j];
    for (int i = 0; i < from->rows; i++) {
        to->basic[i] = from->basic[i];
        for (int j = 0; j <= from->columns; j++)
            fmpz_set(to->cell + (size_t)i * (size_t)to->stride + j,
                     from->cell + (size_t)i * (size_t)from->stride + j);
    }
}

void dtn_dictionary_pivot(dtn_dictionary *d, int row, int column)
{
    fmpz *pivot_row = d->cell + (size_t)row * (size_t)d->stride;
    fmpz_t pivot;
    fmpz_init_set(pivot, pivot_row + column);
    bool negative = fmpz_sgn(pivot) < 0;
    for (int i = 0; i < d->rows; i++) {
        fmpz *r = d->cell + (size_t)i * (size_t)d->stride, *head = r + column;
        if (i == row)
            continue;
        for (int j = 0; j <= d->columns; j++) {
            if (j == column)
                continue;
            if (fmpz_is_zero(head) || fmpz_is_zero(pivot_row + j))
                fmpz_mul(r + j, r + j, pivot);
            else
                fmpz_fmms(r + j, r + j, pivot, head, pivot_row + j);
            if (!fmpz_is_one(d->det))
                fmpz_divexact(r + j, r + j, d->det);
            if (negative)
                fmpz_neg(r + j, r + j);
        }
        if (!negative)
            fmpz_neg(head, head);
    }
    fmpz_set(pivot_row + column, d->det);
    if (negative)
        for (int j = 0; j <= d->columns; j++)
            fmpz_neg(pivot_row + j, pivot_row + j);
    fmpz_abs(d->det, pivot);
    fmpz_clear(pivot);
    int leaving = d->basic[row], entering = d->nonbasic[column];
    d->basic[row] = entering;
    d->nonbasic[column] = leaving;
    d->place[entering] = row;
    d->place[leaving] = -column - 1;
}

static void drop_column(dtn_dictionary *d, int column)
{
    d->place[d->nonbasic[column]] = DTN_PLACE_GONE;
    int last = d->columns--;
    if (column == last)
        return;
    d->nonbasic[column] = d->nonbasic[last];
    d->place[d->nonbasic[column]] = -column - 1;
    for (int i = 0; i < d->rows; i++) {
        fmpz *r = d->cell + (size_t)i * (size_t)d->stride;
        fmpz_swap(r + column, r + last);
    }
}

static void drop_row(dtn_dictionary *d, int row)
{
    d->place[d->basic[row]] = DTN_PLACE_GONE;
    int last = --d->rows;
    if (row == last)
        return;
    d->basic[row] = d->basic[last];
    d->place[d->basic[row]] = row;
    for (int j = 0; j <= d->columns; j++)
        fmpz_swap(d->cell + (size_t)row * (size_t)d->stride + j,
                  d->cell + (size_t)last * (size_t)d->stride + j);
}

/* Compares value/entry of two rows at an entering column, both entries positive. */
static int compare_ratio(const dtn_dictionary *d, int i, int k, int column, fmpz_t left, fmpz_t right)
{
    const fmpz *a = d->cell + (size_t)i * (size_t)d->stride, *b = d->cell + (size_t)k * (size_t)d->stride;
    fmpz_mul(left, a, b + column);
    fmpz_mul(right, b, a + column);
    return fmpz_cmp(left, right);
}

/* The row that leaves when column enters; among ties the wanted row, else the least label. */
static int ratio_test(const dtn_dictionary *d, int column, int wanted)
{
    fmpz_t left, right;
    fmpz_init(left);
    fmpz_init(right);
    int out = -1;
    for (int i = 0; i < d->rows; i++) {
        if (fmpz_sgn(d->cell + (size_t)i * (size_t)d->stride + column) <= 0)
            continue;
        int order = out < 0 ? -1 : compare_ratio(d, i, out, column, left, right);
        if (order < 0 || (order == 0 && out != wanted && (i == wanted || d->basic[i] < d->basic[out])))
            out = i;
    }
    fmpz_clear(left);
    fmpz_clear(right);
    return out;
}

bool dtn_dictionary_force(dtn_dictionary *d, int label)
{
    bool careful = false; /* least labels (Bland) from the first pivot that moves nothing */
    for (;;) {
        int place = d->place[label];
        if (place == DTN_PLACE_GONE)
            return true;
        if (place < 0) {
            drop_column(d, -place - 1);
            return true;
        }
        const fmpz *row = d->cell + (size_t)place * (size_t)d->stride;
        bool zero = fmpz_is_zero(row);
        int enter = 0;
        for (int j = 1; j <= d->columns; j++) {
            if (zero ? fmpz_is_zero(row + j) : fmpz_sgn(row + j) <= 0)
                continue;
            if (!enter || (careful ? d->nonbasic[j] < d->nonbasic[enter] : fmpz_cmp(row + j, row + enter) > 0))
                enter = j;
        }
        if (!enter) {
            if (zero)
                drop_row(d, place);
            return zero;
        }
        int leave = zero ? place : ratio_test(d, enter, place);
        careful = careful || fmpz_is_zero(d->cell + (size_t)leave * (size_t)d->stride);
        dtn_dictionary_pivot(d, leave, enter);
    }
}

dtn_tightness dtn_dictionary_tightness(const dtn_dictionary *d, int label)
{
    int place = d->place[label];
    if (place < 0)
        return place == DTN_PLACE_GONE ? DTN_TIGHT_ALWAYS : DTN_TIGHT_OPEN;
    const fmpz *row = d->cell + (size_t)place * (size_t)d->stride;
    bool zero = fmpz_is_zero(row);
    for (int j = 1; j <= d->columns; j++)
        if (zero ? !fmpz_is_zero(row + j) : fmpz_sgn(row + j) > 0)
            return DTN_TIGHT_OPEN;
    return zero ? DTN_TIGHT_ALWAYS : DTN_TIGHT_NEVER;
}
