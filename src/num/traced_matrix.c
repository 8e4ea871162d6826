/* Reduced row echelon form over traced numbers, as fmpq_mat_rref: Gauss and Jordan; that pivots are not 0 is asked, and that what is
 * passed over is 0. Cost: rows * rank * columns operations on functions. Exact. */
#include "num/traced.h"

slong dtn_traced_mat_rref(fmpq_mat_t out, const fmpq_mat_t in)
{
    slong rows = fmpq_mat_nrows(in), columns = fmpq_mat_ncols(in), rank = 0;
    fmpq_t factor;
    fmpq_init(factor);
    for (slong i = 0; i < rows && out != in; i++)
        for (slong j = 0; j < columns; j++)
            fmpq_set(fmpq_mat_entry(out, i, j), fmpq_mat_entry(in, i, j));
    for (slong c = 0; c < columns && rank < rows; c++) {
        slong pivot = rank;
        while (pivot < rows && dtn_traced_is_zero(fmpq_mat_entry(out, pivot, c)))
            pivot++;
        if (pivot == rows)
            continue;
        for (slong j = 0; j < columns; j++)
            fmpq_swap(fmpq_mat_entry(out, rank, j), fmpq_mat_entry(out, pivot, j));
        dtn_traced_inv(factor, fmpq_mat_entry(out, rank, c));
        for (slong j = 0; j < columns; j++)
            dtn_traced_mul(fmpq_mat_entry(out, rank, j), fmpq_mat_entry(out, rank, j), factor);
        for (slong i = 0; i < rows; i++) {
            if (i == rank)
                continue;
            fmpq_set(factor, fmpq_mat_entry(out, i, c));
            for (slong j = 0; j < columns; j++)
                dtn_traced_submul(fmpq_mat_entry(out, i, j), factor, fmpq_mat_entry(out, rank, j));
        }
        rank++;
    }
    fmpq_clear(factor);
    return rank;
}
