/* Exact linear programs: a condensed tableau of integers over one common denominator.
 *
 * Method: every row is scaled to integers; a pivot keeps them integers (Edmonds' division-free pivots, the common
 *   denominator is the last pivot). Equations are pivoted out first, then free variables in; least-index
 *   pivots restore feasibility (dual simplex without an objective), then the primal simplex improves it.
 *   Smallest indices throughout (Bland), so that no pivot sequence repeats.
 * Cost: rows * columns integer operations a pivot; few pivots on the small systems this is for.
 * Exact: yes.
 * Source: R. G. Bland, New finite pivoting rules for the simplex method, Math. Oper. Res. 2 (1977) 103-107;
 *   J. Edmonds, J.-F. Maurras, Note sur les Q-matrices d'Edmonds, RAIRO 31 (1997) 203-209 (integer pivots). */
#include "num/lp.h"
#include "num/lp_basis.h"

typedef enum variable_kind { FREE, NONNEGATIVE, FIXED } variable_kind;

/* denominator * basic[i] = entry[i][columns] - sum_j entry[i][j] * nonbasic[j].
 * Variables: columns of the system first, then one slack a row. Row `rows` is the objective. */
typedef struct tableau {
    int rows, columns, stride;
    fmpz *entry; /* [(rows + 1)][stride], right-hand side in column `columns` */
    fmpz *denominator, *work;
    int *basic, *nonbasic;
    variable_kind *kind; /* by variable */
} tableau;

static inline fmpz *at(const tableau *t, int row, int column)
{
    return t->entry + (size_t)row * (size_t)t->stride + (size_t)column;
}

/* The row's positive factor that makes a and b integers. */
static void row_factor(fmpz_t factor, const fmpq *a, const fmpq *b, int columns)
{
    fmpz_one(factor);
    for (int j = 0; j < columns; j++)
        if (!fmpz_is_one(fmpq_denref(&a[j])))
            fmpz_lcm(factor, factor, fmpq_denref(&a[j]));
    if (b && !fmpz_is_one(fmpq_denref(b)))
        fmpz_lcm(factor, factor, fmpq_denref(b));
}

static void scaled(fmpz_t out, const fmpq *x, const fmpz_t factor, bool negate)
{
    if (fmpz_equal(factor, fmpq_denref(x))) {
        fmpz_set(out, fmpq_numref(x));
    } else {
        fmpz_divexact(out, factor, fmpq_denref(x));
        fmpz_mul(out, out, fmpq_numref(x));
    }
    if (negate)
        fmpz_neg(out, out);
}

static dtn_status set_up(dtn_ctx *ctx, tableau *t, const dtn_polyhedron *set, const fmpq *objective)
{
    int n = set->columns, m = set->rows;
    *t = (tableau){.rows = m, .columns = n, .stride = n + 1};
    t->entry = dtn_arena_fmpz(ctx->scratch, (size_t)(m + 1) * (size_t)(n + 1) + 2);
    if (!t->entry)
        return dtn_fail_nomem(ctx);
    t->denominator = t->entry + (size_t)(m + 1) * (size_t)(n + 1);
    t->work = t->denominator + 1;
    DTN_ALLOC(ctx, ctx->scratch, t->basic, m + 1);
    DTN_ALLOC(ctx, ctx->scratch, t->nonbasic, n + 1);
    DTN_ALLOC(ctx, ctx->scratch, t->kind, n + m + 1);
    fmpz_one(t->denominator);
    fmpz *factor = t->work;
    for (int r = 0; r < m; r++) {
        const fmpq *a = set->a + (size_t)r * (size_t)n;
        bool negate = set->senses[r] == DTN_LP_GE;
        row_factor(factor, a, set->b + r, n);
        for (int j = 0; j < n; j++)
            if (!fmpq_is_zero(&a[j]))
                scaled(at(t, r, j), &a[j], factor, negate);
        scaled(at(t, r, n), set->b + r, factor, negate);
        t->basic[r] = n + r;
        t->kind[n + r] = set->senses[r] == DTN_LP_EQ ? FIXED : NONNEGATIVE;
    }
    for (int j = 0; j < n; j++) {
        t->nonbasic[j] = j;
        t->kind[j] = set->nonnegative && set->nonnegative[j] ? NONNEGATIVE : FREE;
    }
    if (objective) { /* the factor of this row drops out: the caller recomputes the value from x */
        row_factor(factor, objective, NULL, n);
        for (int j = 0; j < n; j++)
            scaled(at(t, m, j), &objective[j], factor, true);
    }
    return DTN_OK;
}

/* basic[r] and nonbasic[c] change places; the entry there is not 0. */
static void pivot(tableau *t, int r, int c)
{
    int columns = t->columns;
    fmpz *pivot_row = at(t, r, 0), *d = t->denominator, *p = t->work;
    fmpz_set(p, pivot_row + c);
    bool divide = !fmpz_is_one(d), negative = fmpz_sgn(p) < 0;
    for (int i = 0; i <= t->rows; i++) {
        fmpz *row = at(t, i, 0);
        if (i == r)
            continue;
        bool touched = !fmpz_is_zero(row + c);
        for (int j = 0; j <= columns; j++) {
            if (j == c)
                continue;
            bool both = touched && !fmpz_is_zero(pivot_row + j);
            if (fmpz_is_zero(row + j) && !both)
                continue;
            fmpz_mul(row + j, row + j, p);
            if (both)
                fmpz_submul(row + j, row + c, pivot_row + j);
            if (divide)
                fmpz_divexact(row + j, row + j, d);
            if (negative)
                fmpz_neg(row + j, row + j);
        }
        if (touched && !negative)
            fmpz_neg(row + c, row + c);
    }
    fmpz_set(pivot_row + c, d);
    if (negative)
        for (int j = 0; j <= columns; j++)
            fmpz_neg(pivot_row + j, pivot_row + j);
    fmpz_abs(d, p);
    int entering = t->nonbasic[c];
    t->nonbasic[c] = t->basic[r];
    t->basic[r] = entering;
}

/* The last column takes the place of column c, which is gone: its variable is zero for good. */
static void drop_column(tableau *t, int c)
{
    int last = t->columns - 1;
    for (int i = 0; i <= t->rows; i++) {
        fmpz *row = at(t, i, 0);
        fmpz_swap(row + c, row + last);
        fmpz_swap(row + last, row + last + 1); /* the right-hand side stands after the last column */
    }
    t->nonbasic[c] = t->nonbasic[last];
    t->columns = last;
}

/* Column of row r to pivot an equation out: free variables first, else the smallest index; -1: the row is empty. */
static int equation_column(const tableau *t, int r)
{
    int best = -1;
    for (int j = 0; j < t->columns; j++) {
        if (fmpz_is_zero(at(t, r, j)))
            continue;
        bool is_free = t->kind[t->nonbasic[j]] == FREE;
        bool best_free = best >= 0 && t->kind[t->nonbasic[best]] == FREE;
        if (best < 0 || (is_free && !best_free) ||
            (is_free == best_free && t->nonbasic[j] < t->nonbasic[best]))
            best = j;
    }
    return best;
}

/* Equations leave the basis; free variables enter it. false: an equation cannot hold. */
static bool eliminate(tableau *t)
{
    for (int r = 0; r < t->rows; r++) {
        if (t->kind[t->basic[r]] != FIXED)
            continue;
        int c = equation_column(t, r);
        if (c < 0) {
            if (!fmpz_is_zero(at(t, r, t->columns)))
                return false;
            continue; /* 0 = 0: its zero slack may stay basic, no pivot will ever touch the row */
        }
        pivot(t, r, c);
        drop_column(t, c);
    }
    for (int j = 0; j < t->columns; j++) {
        if (t->kind[t->nonbasic[j]] != FREE)
            continue;
        for (int r = 0; r < t->rows; r++)
            if (t->kind[t->basic[r]] == NONNEGATIVE && !fmpz_is_zero(at(t, r, j))) {
                pivot(t, r, j);
                break;
            }
    }
    return true;
}

/* Least-index pivots until no basic variable is negative. *feasible = false: a row shows that none exists. */
static dtn_status restore(dtn_ctx *ctx, tableau *t, bool *feasible)
{
    *feasible = true;
    for (long pivots = 1;; pivots++) {
        int r = -1;
        for (int i = 0; i < t->rows; i++)
            if (t->kind[t->basic[i]] == NONNEGATIVE && fmpz_sgn(at(t, i, t->columns)) < 0 &&
                (r < 0 || t->basic[i] < t->basic[r]))
                r = i;
        if (r < 0)
            return DTN_OK;
        int c = -1;
        for (int j = 0; j < t->columns; j++)
            if (t->kind[t->nonbasic[j]] == NONNEGATIVE && fmpz_sgn(at(t, r, j)) < 0 &&
                (c < 0 || t->nonbasic[j] < t->nonbasic[c]))
                c = j;
        if (c < 0) {
            *feasible = false;
            return DTN_OK;
        }
        pivot(t, r, c);
        if (pivots % 64 == 0)
            DTN_TRY(dtn_ctx_poll(ctx));
    }
}

/* row i against row best in the ratio test of column c: smaller ratio, then smaller index. */
static bool better_row(tableau *t, int i, int best, int c)
{
    fmpz *left = t->work;
    fmpz_mul(left, at(t, i, t->columns), at(t, best, c));
    fmpz_submul(left, at(t, best, t->columns), at(t, i, c));
    int sign = fmpz_sgn(left);
    return sign < 0 || (sign == 0 && t->basic[i] < t->basic[best]);
}

static dtn_status improve(dtn_ctx *ctx, tableau *t, bool *unbounded)
{
    *unbounded = false;
    for (long pivots = 1;; pivots++) {
        int c = -1;
        for (int j = 0; j < t->columns; j++) {
            int sign = fmpz_sgn(at(t, t->rows, j));
            if (sign != 0 && t->kind[t->nonbasic[j]] == FREE) {
                *unbounded = true; /* a free variable that no inequality holds */
                return DTN_OK;
            }
            if (sign < 0 && (c < 0 || t->nonbasic[j] < t->nonbasic[c]))
                c = j;
        }
        if (c < 0)
            return DTN_OK;
        int r = -1;
        for (int i = 0; i < t->rows; i++)
            if (t->kind[t->basic[i]] == NONNEGATIVE && fmpz_sgn(at(t, i, c)) > 0 &&
                (r < 0 || better_row(t, i, r, c)))
                r = i;
        if (r < 0) {
            *unbounded = true;
            return DTN_OK;
        }
        pivot(t, r, c);
        if (pivots % 64 == 0)
            DTN_TRY(dtn_ctx_poll(ctx));
    }
}

static void read_point(const tableau *t, fmpq *x, fmpq_t value, const dtn_polyhedron *set,
                       const fmpq *objective)
{
    for (int j = 0; j < set->columns; j++)
        fmpq_zero(&x[j]);
    for (int i = 0; i < t->rows; i++)
        if (t->basic[i] < set->columns)
            fmpq_set_fmpz_frac(&x[t->basic[i]], at(t, i, t->columns), t->denominator);
    if (!value)
        return;
    fmpq_zero(value);
    for (int j = 0; objective && j < set->columns; j++)
        fmpq_addmul(value, &objective[j], &x[j]);
}

static dtn_status solve(dtn_ctx *ctx, dtn_lp_answer *answer, tableau *t, const dtn_polyhedron *set,
                        const fmpq *objective)
{
    bool feasible = false, unbounded = false;
    DTN_TRY(set_up(ctx, t, set, objective));
    if ((feasible = eliminate(t)))
        DTN_TRY(restore(ctx, t, &feasible));
    if (feasible && objective)
        DTN_TRY(improve(ctx, t, &unbounded));
    *answer = !feasible ? DTN_LP_INFEASIBLE : unbounded ? DTN_LP_UNBOUNDED : DTN_LP_OPTIMAL;
    return DTN_OK;
}

dtn_status dtn_lp_maximise(dtn_ctx *ctx, dtn_lp_answer *answer, fmpq *x, fmpq_t value,
                           const dtn_polyhedron *set, const fmpq *objective)
{
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    tableau t;
    dtn_status status = solve(ctx, answer, &t, set, objective);
    if (status == DTN_OK && *answer == DTN_LP_OPTIMAL && x)
        read_point(&t, x, value, set, objective);
    dtn_arena_release(ctx->scratch, mark);
    return status;
}

dtn_status dtn_lp_exact_basis(dtn_ctx *ctx, dtn_lp_answer *answer, dtn_lp_basis *basis,
                              const dtn_polyhedron *set, const fmpq *objective)
{
    int n = set->columns, count = 0;
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    tableau t;
    dtn_status status = solve(ctx, answer, &t, set, objective);
    bool *basic =
        status == DTN_OK ? dtn_arena_array(ctx->scratch, (size_t)(n + set->rows), sizeof *basic) : NULL;
    if (status == DTN_OK && !basic)
        status = dtn_fail_nomem(ctx);
    for (int i = 0; basic && i < set->rows; i++)
        basic[t.basic[i]] = true;
    for (int j = 0; basic && j < n; j++)
        if (basic[j])
            basis->column[count++] = j;
    basis->size = count;
    count = 0;
    for (int r = 0; basic && r < set->rows; r++)
        if (!basic[n + r])
            basis->row[count++] = r;
    dtn_arena_release(ctx->scratch, mark);
    return status;
}
