/* The simplex method in doubles: a condensed tableau that ends in a basis, which somebody else has to prove.
 *
 * Method: rows are scaled to entries of at most 1. Equations are pivoted out and free variables in, as in lp.c. Against ties the
 *   right-hand sides are moved by tiny amounts that differ; the true ones travel beside them. A dual simplex on a made-up
 *   objective reaches feasibility; the primal simplex (largest coefficient; among equal ratios the largest pivot) improves;
 *   a last dual simplex on the true right-hand sides takes the moves back. Every other run polishes the basis of the one before:
 *   a fresh tableau, no moves, and only a thousandth of what counted as 0.
 * Cost: rows * columns multiplications a pivot, memory for one tableau. Rounding only ever costs a failed proof.
 * Source: G. Dantzig, Linear Programming and Extensions (1963); P. Wolfe, A technique for resolving degeneracy in linear
 *   programming, J. SIAM 11 (1963). */
#include <math.h>
#include <string.h>

#include "num/lp_basis.h"
#include "num/row_update.h"

static const double tiny_pivot = 1e-7, equal_ratio = 1e-10;

typedef enum kind { FREE, NONNEGATIVE, FIXED } kind;

/* basic[i] = side - sum_j entry[i][j] * nonbasic[j]. Variables: columns of the system, then one slack a row. Row `rows` is the
 * objective, row `rows + 1` the made-up one; column `columns` the true right-hand side, `columns + 1` the moved one. */
struct dtn_lp_double {
    const dtn_polyhedron *set;
    const fmpq *objective;
    int rows, columns;
    size_t stride;
    double *entry;
    int *basic, *nonbasic;
    kind *kind; /* by variable */
    dtn_row_update *update;
    uint64_t random;
    double tiny; /* what counts as 0 in costs and right-hand sides */
    long pivots;
    int runs;
};

enum { TRUE_SIDE, MOVED_SIDE };

static double *row_of(const dtn_lp_double *t, int row)
{
    return t->entry + (size_t)row * t->stride;
}

static double side(const dtn_lp_double *t, int row, int which)
{
    return row_of(t, row)[t->columns + which];
}

/* In [0.5, 1): the same on every machine. */
static double random_half(dtn_lp_double *t)
{
    t->random ^= t->random << 13;
    t->random ^= t->random >> 7;
    t->random ^= t->random << 17;
    return 0.5 + (double)(t->random >> 12) * 0x1p-53;
}

dtn_status dtn_lp_basis_new(dtn_ctx *ctx, dtn_lp_basis *basis, const dtn_polyhedron *set)
{
    int most = set->rows < set->columns ? set->rows : set->columns;
    *basis = (dtn_lp_basis){0};
    DTN_ALLOC(ctx, ctx->scratch, basis->row, most + 1);
    DTN_ALLOC(ctx, ctx->scratch, basis->column, most + 1);
    return DTN_OK;
}

dtn_status dtn_lp_double_new(dtn_ctx *ctx, dtn_lp_double **out, const dtn_polyhedron *set,
                             const fmpq *objective)
{
    dtn_lp_double *t;
    DTN_ALLOC(ctx, ctx->scratch, t, 1);
    *t = (dtn_lp_double){.set = set,
                         .objective = objective,
                         .rows = set->rows,
                         .columns = set->columns,
                         .stride = ((size_t)set->columns + 2 + 7) / 8 * 8,
                         .update = dtn_row_update_best(),
                         .random = 0x9e3779b97f4a7c15u};
    DTN_ALLOC(ctx, ctx->scratch, t->entry, (size_t)(t->rows + 2) * t->stride);
    DTN_ALLOC(ctx, ctx->scratch, t->basic, t->rows + 1);
    DTN_ALLOC(ctx, ctx->scratch, t->nonbasic, t->columns + 1);
    DTN_ALLOC(ctx, ctx->scratch, t->kind, t->rows + t->columns + 1);
    *out = t;
    return DTN_OK;
}

/* The tableau of the system itself. move: how far right-hand sides are moved, to the side that is easier. */
static void fill(dtn_lp_double *t, double move)
{
    int m = t->rows, n = t->columns;
    memset(t->entry, 0, (size_t)(m + 2) * t->stride * sizeof *t->entry);
    for (int r = 0; r <= m; r++) {
        double *row = row_of(t, r), most = 0;
        const fmpq *a = r < m ? t->set->a + (size_t)r * (size_t)n : t->objective;
        bool negate = r == m || t->set->senses[r] == DTN_LP_GE;
        for (int j = 0; a && j < n; j++) {
            row[j] = dtn_rational_double(a + j);
            most = fmax(most, fabs(row[j]));
        }
        double scale = (negate ? -1 : 1) / (most > 0 ? most : 1);
        for (int j = 0; j < n; j++)
            row[j] *= scale;
        if (r == m)
            break;
        row[n + TRUE_SIDE] = dtn_rational_double(t->set->b + r) * scale;
        row[n + MOVED_SIDE] = row[n + TRUE_SIDE];
        if (t->set->senses[r] != DTN_LP_EQ)
            row[n + MOVED_SIDE] += move * random_half(t);
        t->basic[r] = n + r;
        t->kind[n + r] = t->set->senses[r] == DTN_LP_EQ ? FIXED : NONNEGATIVE;
    }
    for (int j = 0; j < n; j++) {
        t->nonbasic[j] = j;
        t->kind[j] = t->set->nonnegative && t->set->nonnegative[j] ? NONNEGATIVE : FREE;
    }
}

static void pivot(dtn_lp_double *t, int r, int c)
{
    double *pivot_row = row_of(t, r), p = pivot_row[c];
    size_t width = (size_t)t->columns + 2;
    for (size_t j = 0; j < width; j++)
        pivot_row[j] /= p;
    pivot_row[c] = 1 / p;
    for (int i = 0; i < t->rows + 2; i++) {
        double *row = row_of(t, i), factor = row[c];
        if (i == r || factor == 0)
            continue;
        row[c] = 0;
        t->update(row, pivot_row, factor, width);
    }
    int entering = t->nonbasic[c];
    t->nonbasic[c] = t->basic[r];
    t->basic[r] = entering;
    t->pivots++;
}

static bool can_enter(const dtn_lp_double *t, int column)
{
    return t->kind[t->nonbasic[column]] == NONNEGATIVE;
}

static bool is_bounded(const dtn_lp_double *t, int row)
{
    return t->kind[t->basic[row]] == NONNEGATIVE;
}

/* Equations leave the basis, free variables enter it. false: an equation seems not to hold. */
static bool eliminate(dtn_lp_double *t)
{
    for (int r = 0; r < t->rows; r++) {
        int best = -1;
        for (int j = 0; t->kind[t->basic[r]] == FIXED && j < t->columns; j++) {
            kind k = t->kind[t->nonbasic[j]];
            double size = fabs(row_of(t, r)[j]) + (k == FREE ? 1 : 0);
            if (k != FIXED && fabs(row_of(t, r)[j]) > tiny_pivot &&
                (best < 0 || size > fabs(row_of(t, r)[best]) + (t->kind[t->nonbasic[best]] == FREE ? 1 : 0)))
                best = j;
        }
        if (best >= 0)
            pivot(t, r, best);
        else if (t->kind[t->basic[r]] == FIXED && fabs(side(t, r, TRUE_SIDE)) > 1e-6)
            return false;
    }
    for (int j = 0; j < t->columns; j++) {
        int best = -1;
        for (int r = 0; t->kind[t->nonbasic[j]] == FREE && r < t->rows; r++)
            if (is_bounded(t, r) && fabs(row_of(t, r)[j]) > tiny_pivot &&
                (best < 0 || fabs(row_of(t, r)[j]) > fabs(row_of(t, best)[j])))
                best = r;
        if (best >= 0)
            pivot(t, best, j);
    }
    return true;
}

/* Who enters for row r in the dual simplex: the least cost for what it lifts; -1: nobody can. */
static int dual_column(const dtn_lp_double *t, int r, int cost)
{
    const double *row = row_of(t, r), *costs = row_of(t, cost);
    double least = INFINITY;
    int c = -1;
    for (int j = 0; j < t->columns; j++) {
        if (!can_enter(t, j) || row[j] > -tiny_pivot)
            continue;
        double ratio = fmax(costs[j], 0) / -row[j];
        if (ratio < least - equal_ratio || (ratio < least + equal_ratio && row[j] < row[c])) {
            least = fmin(ratio, least);
            c = j;
        }
    }
    return c;
}

/* Dual simplex on objective row `cost` until no right-hand side of this kind is negative. false: none seems to be feasible. */
static dtn_status restore(dtn_ctx *ctx, dtn_lp_double *t, bool *feasible, int cost, int which)
{
    long most = 50 + 20 * ((long)t->rows + t->columns);
    for (*feasible = true; most-- > 0;) {
        int r = -1, c = -1;
        for (int i = 0; i < t->rows; i++)
            if (is_bounded(t, i) && side(t, i, which) < -t->tiny &&
                (r < 0 || side(t, i, which) < side(t, r, which)))
                r = i;
        if (r < 0)
            return DTN_OK;
        c = dual_column(t, r, cost);
        if (c < 0)
            break;
        pivot(t, r, c);
        DTN_TRY(dtn_ctx_poll(ctx));
    }
    *feasible = false;
    return DTN_OK;
}

/* Primal simplex on the moved right-hand sides. false: no end was found. */
static dtn_status improve(dtn_ctx *ctx, dtn_lp_double *t, bool *optimal)
{
    long most = 200 + 20 * ((long)t->rows + t->columns);
    for (*optimal = false; most-- > 0;) {
        const double *costs = row_of(t, t->rows);
        int c = -1, r = -1;
        for (int j = 0; j < t->columns; j++)
            if (can_enter(t, j) && costs[j] < -t->tiny && (c < 0 || costs[j] < costs[c]))
                c = j;
        if (c < 0) {
            *optimal = true;
            return DTN_OK;
        }
        double least = INFINITY;
        for (int i = 0; i < t->rows; i++) {
            double p = row_of(t, i)[c];
            if (!is_bounded(t, i) || p < tiny_pivot)
                continue;
            double ratio = fmax(side(t, i, MOVED_SIDE), 0) / p;
            if (ratio < least - equal_ratio || (ratio < least + equal_ratio && p > row_of(t, r)[c])) {
                least = fmin(ratio, least);
                r = i;
            }
        }
        if (r < 0)
            return DTN_OK;
        pivot(t, r, c);
        if (t->pivots % 64 == 0)
            dtn_ctx_report(ctx, "linear program", -1);
        DTN_TRY(dtn_ctx_poll(ctx));
    }
    return DTN_OK;
}

/* From the tableau of the system back to a basis, by the largest pivots that are left. */
static dtn_status rebuild(dtn_ctx *ctx, dtn_lp_double *t, const dtn_lp_basis *basis)
{
    bool *done;
    DTN_ALLOC(ctx, ctx->scratch, done, basis->size);
    for (int k = 0; k < basis->size; k++) {
        int r = basis->row[k], best = -1;
        for (int i = 0; i < basis->size; i++)
            if (!done[i] &&
                (best < 0 || fabs(row_of(t, r)[basis->column[i]]) > fabs(row_of(t, r)[basis->column[best]])))
                best = i;
        if (fabs(row_of(t, r)[basis->column[best]]) < 1e-12)
            continue; /* the basis was none: go on from what there is */
        done[best] = true;
        pivot(t, r, basis->column[best]);
        DTN_TRY(dtn_ctx_poll(ctx));
    }
    return DTN_OK;
}

static void read_basis(const dtn_lp_double *t, dtn_lp_basis *basis, bool *basic)
{
    int n = t->columns, columns = 0, rows = 0;
    for (int i = 0; i < t->rows; i++)
        basic[t->basic[i]] = true;
    for (int j = 0; j < n; j++)
        if (basic[j])
            basis->column[columns++] = j;
    for (int r = 0; r < t->rows; r++)
        if (!basic[n + r])
            basis->row[rows++] = r;
    basis->size = columns;
}

/* Costs made up so that the basis is optimal for them: the dual simplex can start. */
static void make_up_costs(dtn_lp_double *t)
{
    for (int j = 0; j < t->columns; j++)
        row_of(t, t->rows + 1)[j] = can_enter(t, j) ? random_half(t) : 0;
}

/* How far right-hand sides are moved. Where most of them are 0, small moves would be lost among rounding errors. */
static double move_of(const dtn_lp_double *t)
{
    enum { MOVES = 6 };
    static const double moves[2][MOVES] = {{1e-7, 1e-9, 1e-6, 1e-5, 1e-8, 1e-4},
                                           {1e-3, 1e-5, 1e-4, 1e-2, 3e-3, 1e-6}};
    int zeros = 0;
    for (int r = 0; r < t->rows; r++)
        zeros += fmpq_is_zero(t->set->b + r);
    return moves[2 * zeros > t->rows][t->runs / 2 % MOVES];
}

/* From scratch, or from the basis of the run before, with moves. */
static dtn_status search(dtn_ctx *ctx, bool *seems, dtn_lp_double *t)
{
    make_up_costs(t);
    DTN_TRY(restore(ctx, t, seems, t->rows + 1, MOVED_SIDE));
    if (*seems && t->objective)
        DTN_TRY(improve(ctx, t, seems));
    if (*seems && t->objective)
        DTN_TRY(restore(ctx, t, seems, t->rows, TRUE_SIDE));
    return DTN_OK;
}

/* A basis that is nearly right: no moves, and less counts as 0. */
static dtn_status polish(dtn_ctx *ctx, bool *seems, dtn_lp_double *t)
{
    DTN_TRY(restore(ctx, t, seems, t->rows, TRUE_SIDE));
    return *seems && t->objective ? improve(ctx, t, seems) : DTN_OK;
}

dtn_status dtn_lp_double_run(dtn_ctx *ctx, bool *seems, dtn_lp_basis *basis, dtn_lp_double *t)
{
    bool again = t->runs % 2 == 1 && basis->size > 0;
    fill(t, again ? 0 : move_of(t));
    t->tiny = again ? 1e-12 : 1e-9;
    if (t->runs++ > 0)
        DTN_TRY(rebuild(ctx, t, basis));
    *seems = eliminate(t);
    if (*seems)
        DTN_TRY(again ? polish(ctx, seems, t) : search(ctx, seems, t));
    bool *basic;
    DTN_ALLOC(ctx, ctx->scratch, basic, t->rows + t->columns);
    read_basis(t, basis, basic);
    return DTN_OK;
}

dtn_status dtn_lp_double_repair(dtn_ctx *ctx, bool *moved, dtn_lp_basis *basis, dtn_lp_double *t, int variable)
{
    int r = 0;
    while (r < t->rows && t->basic[r] != variable)
        r++;
    int c = r < t->rows ? dual_column(t, r, t->rows) : -1;
    *moved = c >= 0;
    if (c < 0)
        return DTN_OK;
    pivot(t, r, c);
    bool *basic;
    DTN_ALLOC(ctx, ctx->scratch, basic, t->rows + t->columns);
    read_basis(t, basis, basic);
    return DTN_OK;
}

long dtn_lp_double_pivots(const dtn_lp_double *t)
{
    return t->pivots;
}
