/* A table of exact numbers, 8 bytes each where they fit: whole numbers over one denominator a column. */
#ifndef DTN_MODEL_PAYOFFS_H
#define DTN_MODEL_PAYOFFS_H

#include "num/rational.h"

typedef struct dtn_payoffs {
    dtn_arena *arena;
    size_t rows, columns;
    /* number = integer / denominator of its column, both below 2^62; NULL where some number needs more. */
    const int64_t *integer;  /* [rows][columns] */
    const fmpz *denominator; /* [columns] */
    const fmpq *exact;       /* [rows][columns], NULL while integer is not */
} dtn_payoffs;

/* rows x columns zeros in the arena. */
dtn_status dtn_payoffs_make(dtn_ctx *ctx, dtn_payoffs *out, dtn_arena *arena, size_t rows, size_t columns);
/* One number; only while the table is being filled. Cost: constant, but for the at most 62 times that a column's denominator
 * grows and the one time that the table turns to fractions: linear then. */
dtn_status dtn_payoffs_set(dtn_ctx *ctx, dtn_payoffs *table, size_t row, size_t column, const fmpq_t x);
/* The numbers of a table that was made with fractions from the start, to be written in place: those of a tree with formulas. */
dtn_status dtn_payoffs_make_exact(dtn_ctx *ctx, dtn_payoffs *out, dtn_arena *arena, size_t rows,
                                  size_t columns, fmpq **numbers);

/* A number to look at, `at(...).q` where a const fmpq_t is wanted: neither to be changed nor cleared. As a temporary it lives to
 * the end of the full expression, as a variable as long as the table. */
typedef struct dtn_number {
    fmpq_t q;
} dtn_number;

/* The number in lowest terms of whole numbers below 2^62. Cost: one gcd unless denominator is 1. */
dtn_number dtn_number_ratio(int64_t integer, int64_t denominator);

/* cell = row * columns + column. */
static inline dtn_number dtn_payoffs_at(const dtn_payoffs *t, size_t cell)
{
    if (!t->integer)
        return (dtn_number){{t->exact[cell]}};
    return dtn_number_ratio(t->integer[cell], (int64_t)t->denominator[cell % t->columns]);
}
double dtn_payoffs_double(const dtn_payoffs *t, size_t row, size_t column);
/* All of them, [rows][columns]. */
dtn_status dtn_payoffs_doubles(dtn_ctx *ctx, double **out, dtn_arena *arena, const dtn_payoffs *t);
/* <0, 0, >0 as the one is less than, equal to, greater than the other number of the same column. */
int dtn_payoffs_cmp(const dtn_payoffs *t, size_t cell, size_t other);
/* All of them as fractions, [rows][columns]: for what keeps or sorts rows. */
dtn_status dtn_payoffs_fractions(dtn_ctx *ctx, const fmpq **out, dtn_arena *arena, const dtn_payoffs *t);
/* common [columns]: the least common denominator of each column, for dtn_payoffs_scaled. Cost: constant; where the table holds
 * fractions, n log n operations on numbers that may become large. */
dtn_status dtn_payoffs_common(dtn_ctx *ctx, const fmpz **common, dtn_arena *arena, const dtn_payoffs *t);
/* out = the number times its column's common denominator. */
void dtn_payoffs_scaled(fmpz_t out, const dtn_payoffs *t, size_t cell, const fmpz *common);

#endif
