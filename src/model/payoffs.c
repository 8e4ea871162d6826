/* Payoffs: whole numbers over a common denominator a column, fractions where that does not fit.
 *
 * Method: a number whose denominator does not divide the column's multiplies what is there by the missing factor. When a denominator
 *   or a number would reach 2^62, all numbers become fractions for good.
 * Cost: 8 bytes a number, 16 as fractions. Exact. */
#include "model/payoffs.h"

enum { BITS = 62 }; /* FLINT keeps such numbers in the word itself */

dtn_status dtn_payoffs_make(dtn_ctx *ctx, dtn_payoffs *out, dtn_arena *arena, size_t rows, size_t columns)
{
    *out = (dtn_payoffs){.arena = arena, .rows = rows, .columns = columns};
    if (columns && rows > SIZE_MAX / sizeof(fmpq) / columns)
        return dtn_fail_nomem(ctx);
    int64_t *integer;
    DTN_ALLOC(ctx, arena, integer, rows * columns);
    fmpz *denominator = dtn_arena_fmpz(arena, columns);
    if (!denominator)
        return dtn_fail_nomem(ctx);
    for (size_t k = 0; k < columns; k++)
        fmpz_one(denominator + k);
    out->integer = integer;
    out->denominator = denominator;
    return DTN_OK;
}

dtn_status dtn_payoffs_make_exact(dtn_ctx *ctx, dtn_payoffs *out, dtn_arena *arena, size_t rows,
                                  size_t columns, fmpq **numbers)
{
    *out = (dtn_payoffs){.arena = arena, .rows = rows, .columns = columns};
    DTN_ALLOC_FMPQ(ctx, arena, *numbers, rows * columns);
    out->exact = *numbers;
    return DTN_OK;
}

static uint64_t gcd(uint64_t a, uint64_t b)
{
    while (b) {
        uint64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

dtn_number dtn_number_ratio(int64_t integer, int64_t denominator)
{
    if (denominator == 1)
        return (dtn_number){{{integer, 1}}};
    int64_t common =
        (int64_t)gcd((uint64_t)denominator, integer < 0 ? 0 - (uint64_t)integer : (uint64_t)integer);
    return (dtn_number){{{integer / common, denominator / common}}};
}

/* The whole table as fractions. */
static dtn_status turn_exact(dtn_ctx *ctx, dtn_payoffs *t)
{
    fmpq *exact;
    DTN_ALLOC_FMPQ(ctx, t->arena, exact, t->rows * t->columns);
    for (size_t i = 0; i < t->rows * t->columns; i++)
        fmpq_set(exact + i, dtn_payoffs_at(t, i).q);
    t->integer = NULL;
    t->denominator = NULL;
    t->exact = exact;
    return DTN_OK;
}

/* Multiplies a column, unless something would not fit. */
static bool widen(dtn_payoffs *t, size_t column, int64_t factor)
{
    int64_t *integer = (int64_t *)t->integer, most = (INT64_C(1) << BITS) - 1;
    most /= factor;
    if (t->denominator[column] > most)
        return false;
    for (size_t i = column; i < t->rows * t->columns; i += t->columns)
        if (integer[i] > most || integer[i] < -most)
            return false;
    for (size_t i = column; i < t->rows * t->columns; i += t->columns)
        integer[i] *= factor;
    ((fmpz *)t->denominator)[column] *= factor;
    return true;
}

/* false: it does not fit. */
static bool set_integer(dtn_payoffs *t, size_t row, size_t column, const fmpq_t x)
{
    if (COEFF_IS_MPZ(*fmpq_numref(x)) || COEFF_IS_MPZ(*fmpq_denref(x)))
        return false;
    int64_t number = *fmpq_numref(x), denominator = *fmpq_denref(x), own = t->denominator[column];
    if (own % denominator != 0) {
        int64_t missing = denominator / (int64_t)gcd((uint64_t)own, (uint64_t)denominator);
        if (!widen(t, column, missing))
            return false;
        own = t->denominator[column];
    }
    int64_t factor = own / denominator, most = ((INT64_C(1) << BITS) - 1) / factor;
    if (number > most || number < -most)
        return false;
    ((int64_t *)t->integer)[row * t->columns + column] = number * factor;
    return true;
}

dtn_status dtn_payoffs_set(dtn_ctx *ctx, dtn_payoffs *t, size_t row, size_t column, const fmpq_t x)
{
    if (t->integer && set_integer(t, row, column, x))
        return DTN_OK;
    if (t->integer)
        DTN_TRY(turn_exact(ctx, t));
    fmpq_set((fmpq *)t->exact + row * t->columns + column, x);
    return DTN_OK;
}

double dtn_payoffs_double(const dtn_payoffs *t, size_t row, size_t column)
{
    enum { WHOLE = 53 };
    size_t cell = row * t->columns + column;
    int64_t most = INT64_C(1) << WHOLE;
    if (t->integer) { /* both exact as doubles: the quotient is rounded once */
        int64_t x = t->integer[cell], d = t->denominator[column];
        if (x <= most && x >= -most && d <= most)
            return d == 1 ? (double)x : (double)x / (double)d;
    }
    return dtn_rational_double(dtn_payoffs_at(t, cell).q);
}

dtn_status dtn_payoffs_doubles(dtn_ctx *ctx, double **out, dtn_arena *arena, const dtn_payoffs *t)
{
    DTN_ALLOC(ctx, arena, *out, t->rows * t->columns);
    for (size_t i = 0; i < t->rows; i++)
        for (size_t k = 0; k < t->columns; k++)
            (*out)[i * t->columns + k] = dtn_payoffs_double(t, i, k);
    return DTN_OK;
}

dtn_status dtn_payoffs_fractions(dtn_ctx *ctx, const fmpq **out, dtn_arena *arena, const dtn_payoffs *t)
{
    fmpq *copy;
    *out = t->exact;
    if (!t->integer)
        return DTN_OK;
    DTN_ALLOC_FMPQ(ctx, arena, copy, t->rows * t->columns);
    for (size_t i = 0; i < t->rows * t->columns; i++)
        fmpq_set(copy + i, dtn_payoffs_at(t, i).q);
    *out = copy;
    return DTN_OK;
}

int dtn_payoffs_cmp(const dtn_payoffs *t, size_t cell, size_t other)
{
    if (!t->integer)
        return fmpq_cmp(t->exact + cell, t->exact + other);
    return (t->integer[cell] > t->integer[other]) - (t->integer[cell] < t->integer[other]);
}

/* Of rows [from, to), by halves: large numbers meet late. */
static void common_of(fmpz_t out, const dtn_payoffs *t, size_t column, size_t from, size_t to)
{
    enum { FEW = 16 };
    fmpz_one(out);
    if (to - from <= FEW) {
        for (size_t i = from; i < to; i++)
            fmpz_lcm(out, out, fmpq_denref(t->exact + i * t->columns + column));
        return;
    }
    fmpz_t right;
    fmpz_init(right);
    size_t middle = from + (to - from) / 2;
    common_of(out, t, column, from, middle);
    common_of(right, t, column, middle, to);
    fmpz_lcm(out, out, right);
    fmpz_clear(right);
}

dtn_status dtn_payoffs_common(dtn_ctx *ctx, const fmpz **common, dtn_arena *arena, const dtn_payoffs *t)
{
    *common = t->denominator;
    if (t->integer)
        return DTN_OK;
    fmpz *out = dtn_arena_fmpz(arena, t->columns);
    if (!out)
        return dtn_fail_nomem(ctx);
    for (size_t k = 0; k < t->columns; k++)
        common_of(out + k, t, k, 0, t->rows);
    *common = out;
    return DTN_OK;
}

void dtn_payoffs_scaled(fmpz_t out, const dtn_payoffs *t, size_t cell, const fmpz *common)
{
    if (t->integer) {
        fmpz_set_si(out, t->integer[cell]);
        return;
    }
    fmpz_divexact(out, common + cell % t->columns, fmpq_denref(t->exact + cell));
    fmpz_mul(out, out, fmpq_numref(t->exact + cell));
}
