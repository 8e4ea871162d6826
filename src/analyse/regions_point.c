/* A point of a square at which given factors have given signs, or the proof that there is none.
 *
 * Method: factors of degree 1 are a linear program: the point at which the least of them is largest. If that is not positive
 *   there is no such point. Other factors are only tried at the point found.
 * Cost: one linear program in three variables. Exact. */
#include "analyse/regions_parts.h"

dtn_status dtn_region_point(dtn_ctx *ctx, bool *empty, bool *found, fmpq *point, const dtn_faces *faces,
                            const fmpq *lo, const fmpq *hi, const int *factor, const int *sign, int count)
{
    enum { X, Y, T, COLUMNS };
    int rows = 0, most = count + 5;
    fmpq *a, *b, *x, *goal;
    dtn_lp_sense *sense;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, a, most * COLUMNS);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, b, most);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, x, COLUMNS);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, goal, COLUMNS);
    DTN_ALLOC(ctx, ctx->scratch, sense, most);
    for (int k = 0; k < 4; k++, rows++) { /* lo + t <= x <= hi - t, in units of the square's sides */
        int axis = k / 2, side = k % 2 ? 1 : -1;
        fmpq_set_si(&a[rows * COLUMNS + axis], side, 1);
        fmpq_sub(&a[rows * COLUMNS + T], &hi[axis], &lo[axis]);
        fmpq_mul_si(&b[rows], side > 0 ? &hi[axis] : &lo[axis], side);
    }
    for (int i = 0; i < count; i++) {
        fmpz *c;
        int degree[2];
        DTN_TRY(dtn_factor_dense(ctx, ctx->scratch, &c, degree, faces, factor[i]));
        if (degree[0] > 1 || degree[1] > 1 || (degree[0] == 1 && degree[1] == 1 && !fmpz_is_zero(&c[3])))
            continue;
        fmpq *row = a + rows * COLUMNS;
        if (degree[0])
            fmpq_set_fmpz(&row[X], &c[degree[1] + 1]);
        if (degree[1])
            fmpq_set_fmpz(&row[Y], &c[1]);
        fmpq_set_fmpz(&b[rows], &c[0]);
        fmpq_mul_si(&row[X], &row[X], -sign[i]); /* t - sign (c1 x + c2 y) <= sign c0 */
        fmpq_mul_si(&row[Y], &row[Y], -sign[i]);
        fmpq_mul_si(&b[rows], &b[rows], sign[i]);
        fmpq_one(&row[T]);
        rows++;
    }
    fmpq_one(&a[rows * COLUMNS + T]);
    fmpq_one(&b[rows++]);
    fmpq_one(&goal[T]);
    dtn_polyhedron set = {rows, COLUMNS, a, b, sense, NULL};
    dtn_lp_answer answer;
    DTN_TRY(dtn_lp_maximise(ctx, &answer, x, NULL, &set, goal));
    *empty = answer != DTN_LP_OPTIMAL || fmpq_sgn(&x[T]) <= 0;
    *found = !*empty;
    fmpq_set(&point[0], &x[X]);
    fmpq_set(&point[1], &x[Y]);
    for (int i = 0; i < count && *found; i++)
        *found = dtn_trace_factor_sign_at(faces->trace, factor[i], point) == sign[i];
    return DTN_OK;
}
