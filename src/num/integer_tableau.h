/* A dictionary of linear equations over the integers with one denominator, and its pivot. */
#ifndef DTN_NUM_INTEGER_TABLEAU_H
#define DTN_NUM_INTEGER_TABLEAU_H

#include "num/rational.h"

/* denominator * basic[i] = entry[i][columns] - sum_j entry[i][j] * nonbasic[j], denominator > 0. The numbers in basic and
 * nonbasic are names that the caller gives. */
typedef struct dtn_integer_tableau {
    int rows, columns;
    fmpz *entry; /* [rows][columns + 1] */
    fmpz *denominator, *work;
    int *basic, *nonbasic;
} dtn_integer_tableau;

/* All entries 0, denominator 1, in ctx->scratch. */
dtn_status dtn_integer_tableau_new(dtn_ctx *ctx, dtn_integer_tableau *out, int rows, int columns);
static inline fmpz *dtn_integer_tableau_at(const dtn_integer_tableau *t, int row, int column)
{
    return t->entry + (size_t)row * ((size_t)t->columns + 1) + (size_t)column;
}
/* basic[row] and nonbasic[column] change places; the entry there is not 0. Cost: rows * columns multiplications; entries stay
 * minors of the first tableau. */
void dtn_integer_tableau_pivot(dtn_integer_tableau *t, int row, int column);

#endif
