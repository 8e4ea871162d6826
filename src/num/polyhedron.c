/* Small polyhedra: a point of the relative interior and the dimension.
 *
 * Method: one linear program that maximises how many inequalities can be strict; the dimension is what the equations
 *   and the inequalities that are never strict leave.
 * Cost: one linear program with a variable and a row more for each inequality.
 * Exact: yes.
 * Source: R. M. Freund, R. Roundy, M. J. Todd, Identifying the set of always-active constraints in a system of linear
 *   inequalities by a single linear program, MIT WP 1674-85 (1985). */
#include <flint/fmpq_mat.h>

#include "num/lp.h"

/* Sign bound of column j counts as an inequality of its own. */
static bool is_bounded(const dtn_polyhedron *set, int j)
{
    return set->nonnegative && set->nonnegative[j];
}

/* The system in (x, scale, t): a x + t <= b scale, t <= 1, scale >= 1 and t, scale >= 0: t is 1 wherever an inequality
 * can be strict. x / scale is then the point. */
static dtn_status strict_system(dtn_ctx *ctx, dtn_polyhedron *out, fmpq **objective, const dtn_polyhedron *set)
{
    int n = set->columns, m = set->rows, strict = 0;
    for (int r = 0; r < m; r++)
        strict += set->senses[r] != DTN_LP_EQ;
    for (int j = 0; j < n; j++)
        strict += is_bounded(set, j);
    int columns = n + 1 + strict, rows = m + strict + 1, at = n + 1;
    for (int j = 0; j < n; j++)
        rows += is_bounded(set, j);
    fmpq *a, *b;
    dtn_lp_sense *senses;
    bool *nonnegative;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, a, (size_t)rows * (size_t)columns);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, b, rows);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, *objective, columns);
    DTN_ALLOC(ctx, ctx->scratch, senses, rows);
    DTN_ALLOC(ctx, ctx->scratch, nonnegative, columns);
    int row = 0;
    for (int r = 0; r < m; r++, row++) {
        fmpq *to = a + (size_t)row * (size_t)columns;
        for (int j = 0; j < n; j++)
            fmpq_set(&to[j], &set->a[(size_t)r * (size_t)n + (size_t)j]);
        fmpq_neg(&to[n], &set->b[r]);
        senses[row] = set->senses[r];
        if (set->senses[r] != DTN_LP_EQ)
            fmpq_set_si(&to[at++], set->senses[r] == DTN_LP_LE ? 1 : -1, 1);
    }
    for (int j = 0; j < n; j++) {
        nonnegative[j] = is_bounded(set, j);
        if (!nonnegative[j])
            continue;
        fmpq *to = a + (size_t)row * (size_t)columns;
        fmpq_one(&to[j]);
        fmpq_set_si(&to[at++], -1, 1);
        senses[row++] = DTN_LP_GE;
    }
    for (int j = n; j < columns; j++, row++) { /* scale >= 1, every t <= 1 */
        fmpq_one(&a[(size_t)row * (size_t)columns + (size_t)j]);
        fmpq_one(&b[row]);
        senses[row] = j == n ? DTN_LP_GE : DTN_LP_LE;
        nonnegative[j] = true;
        if (j > n)
            fmpq_one(&(*objective)[j]);
    }
    *out = (dtn_polyhedron){rows, columns, a, b, senses, nonnegative};
    return DTN_OK;
}

static dtn_status interior(dtn_ctx *ctx, dtn_lp_answer *answer, fmpq *x, bool *strict_rows,
                           bool *strict_columns, const dtn_polyhedron *set)
{
    dtn_polyhedron wide;
    fmpq *objective = NULL, *point;
    DTN_TRY(strict_system(ctx, &wide, &objective, set));
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, point, wide.columns);
    DTN_TRY(dtn_lp_maximise(ctx, answer, point, NULL, &wide, objective));
    if (*answer != DTN_LP_OPTIMAL)
        return DTN_OK;
    int n = set->columns, at = n + 1;
    for (int j = 0; j < n && x; j++)
        fmpq_div(&x[j], &point[j], &point[n]);
    for (int r = 0; r < set->rows; r++) {
        bool strict = set->senses[r] != DTN_LP_EQ && !fmpq_is_zero(&point[at++]);
        if (strict_rows)
            strict_rows[r] = strict;
    }
    for (int j = 0; j < n; j++) {
        bool strict = is_bounded(set, j) && !fmpq_is_zero(&point[at++]);
        if (strict_columns)
            strict_columns[j] = strict;
    }
    return DTN_OK;
}

dtn_status dtn_lp_interior(dtn_ctx *ctx, dtn_lp_answer *answer, fmpq *x, bool *strict_rows,
                           bool *strict_columns, const dtn_polyhedron *set)
{
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = interior(ctx, answer, x, strict_rows, strict_columns, set);
    dtn_arena_release(ctx->scratch, mark);
    return status;
}

/* columns - rank of the equations and of the inequalities that are never strict. */
static dtn_status dimension_of(dtn_ctx *ctx, int *dimension, const dtn_polyhedron *set)
{
    bool *strict_rows, *strict_columns;
    dtn_lp_answer answer;
    DTN_ALLOC(ctx, ctx->scratch, strict_rows, set->rows + 1);
    DTN_ALLOC(ctx, ctx->scratch, strict_columns, set->columns + 1);
    DTN_TRY(interior(ctx, &answer, NULL, strict_rows, strict_columns, set));
    *dimension = -1;
    if (answer != DTN_LP_OPTIMAL)
        return DTN_OK;
    fmpq_mat_t tight;
    fmpq_mat_init(tight, set->rows + set->columns, set->columns);
    for (int r = 0; r < set->rows; r++)
        for (int j = 0; j < set->columns && !strict_rows[r]; j++)
            fmpq_set(fmpq_mat_entry(tight, r, j), &set->a[(size_t)r * (size_t)set->columns + (size_t)j]);
    for (int j = 0; j < set->columns; j++)
        if (is_bounded(set, j) && !strict_columns[j])
            fmpq_one(fmpq_mat_entry(tight, set->rows + j, j));
    *dimension = set->columns - (int)fmpq_mat_rref(tight, tight);
    fmpq_mat_clear(tight);
    return DTN_OK;
}

dtn_status dtn_polyhedron_dimension(dtn_ctx *ctx, int *dimension, const dtn_polyhedron *set)
{
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = dimension_of(ctx, dimension, set);
    dtn_arena_release(ctx->scratch, mark);
    return status;
}
