/* Proof that a basis of a linear program is optimal: both halves of the basic solution, exactly, and every sign.
 *
 * Method: the rows of the basis, scaled to integers, form a square system. It and its transpose are solved over the rationals
 *   (num/linear.h), each solution over one denominator, so that the checks of all other rows and columns run over integers.
 * Cost: about size^3 operations on words for the lifting, then size * (rows + columns) on long integers. Exact. */
#include "num/linear.h"
#include "num/lp_basis.h"

/* out = x * factor, an integer by choice of factor. */
static void scaled(fmpz_t out, const fmpq *x, const fmpz_t factor)
{
    if (fmpz_equal(factor, fmpq_denref(x))) {
        fmpz_set(out, fmpq_numref(x));
    } else {
        fmpz_divexact(out, factor, fmpq_denref(x));
        fmpz_mul(out, out, fmpq_numref(x));
    }
}

static void common(fmpz_t factor, const fmpq *x)
{
    if (!fmpz_is_one(fmpq_denref(x)))
        fmpz_lcm(factor, factor, fmpq_denref(x));
}

typedef struct proof {
    const dtn_polyhedron *set;
    const fmpq *objective;
    const dtn_lp_basis *basis;
    fmpz *x, *u;       /* [size] numerators; u belongs to rows and objective scaled to integers */
    fmpz *dx, *du;     /* their denominators */
    fmpz *factor;      /* [rows] that make a row an integer one, right-hand side included */
    fmpz *cost_factor; /* the same of the objective */
    fmpz *sum, *term;
    int broken;              /* a variable (columns, then slacks) that is negative; -1: none was met */
    bool strict_x, strict_u; /* nothing is 0 that need not be */
} proof;

static const fmpq *entry(const proof *p, int row, int column)
{
    return p->set->a + (size_t)row * (size_t)p->set->columns + (size_t)column;
}

static bool solve_both(proof *p)
{
    int k = p->basis->size;
    fmpz_mat_t a, b;
    fmpz_mat_init(a, k, k);
    fmpz_mat_init(b, k, 1);
    for (int r = 0; r < k; r++) {
        int row = p->basis->row[r];
        for (int c = 0; c < k; c++)
            scaled(fmpz_mat_entry(a, r, c), entry(p, row, p->basis->column[c]), p->factor + row);
        scaled(fmpz_mat_entry(b, r, 0), p->set->b + row, p->factor + row);
    }
    bool solved = dtn_linear_solve(p->x, p->dx, a, b);
    if (solved && p->objective) {
        fmpz_mat_transpose(a, a);
        for (int c = 0; c < k; c++)
            scaled(fmpz_mat_entry(b, c, 0), p->objective + p->basis->column[c], p->cost_factor);
        solved = dtn_linear_solve(p->u, p->du, a, b);
    }
    fmpz_mat_clear(a);
    fmpz_mat_clear(b);
    return solved;
}

/* sign of a . x - b in a row that is not in the basis */
static int side_of(proof *p, int row)
{
    scaled(p->term, p->set->b + row, p->factor + row);
    fmpz_mul(p->sum, p->term, p->dx);
    fmpz_neg(p->sum, p->sum);
    for (int c = 0; c < p->basis->size; c++) {
        const fmpq *a = entry(p, row, p->basis->column[c]);
        if (fmpq_is_zero(a) || fmpz_is_zero(p->x + c))
            continue;
        if (fmpz_is_one(p->factor + row)) {
            fmpz_addmul(p->sum, fmpq_numref(a), p->x + c);
        } else {
            scaled(p->term, a, p->factor + row);
            fmpz_addmul(p->sum, p->term, p->x + c);
        }
    }
    return fmpz_sgn(p->sum);
}

static bool x_is_feasible(dtn_ctx *ctx, dtn_status *status, proof *p, const bool *in_basis)
{
    for (int c = 0; c < p->basis->size; c++) {
        bool bounded = p->set->nonnegative && p->set->nonnegative[p->basis->column[c]];
        if (bounded && fmpz_sgn(p->x + c) < 0) {
            p->broken = p->basis->column[c];
            return false;
        }
        p->strict_x &= !bounded || !fmpz_is_zero(p->x + c);
    }
    for (int r = 0; r < p->set->rows && *status == DTN_OK; r++) {
        if (in_basis[r])
            continue;
        int sign = side_of(p, r);
        dtn_lp_sense sense = p->set->senses[r];
        if (sense == DTN_LP_LE ? sign > 0 : sense == DTN_LP_GE ? sign < 0 : sign != 0) {
            p->broken = sense == DTN_LP_EQ ? -1 : p->set->columns + r;
            return false;
        }
        p->strict_x &= sign != 0;
        *status = dtn_ctx_poll(ctx);
    }
    return true;
}

/* sign of u . a - c in a column that is not in the basis */
static int cost_of(proof *p, int column)
{
    scaled(p->term, p->objective + column, p->cost_factor);
    fmpz_mul(p->sum, p->term, p->du);
    fmpz_neg(p->sum, p->sum);
    for (int r = 0; r < p->basis->size; r++) {
        int row = p->basis->row[r];
        const fmpq *a = entry(p, row, column);
        if (fmpq_is_zero(a) || fmpz_is_zero(p->u + r))
            continue;
        if (fmpz_is_one(p->factor + row)) {
            fmpz_addmul(p->sum, fmpq_numref(a), p->u + r);
        } else {
            scaled(p->term, a, p->factor + row);
            fmpz_addmul(p->sum, p->term, p->u + r);
        }
    }
    return fmpz_sgn(p->sum);
}

static bool u_is_feasible(dtn_ctx *ctx, dtn_status *status, proof *p, const bool *in_basis)
{
    for (int r = 0; r < p->basis->size; r++) {
        dtn_lp_sense sense = p->set->senses[p->basis->row[r]];
        int sign = fmpz_sgn(p->u + r);
        if (sense == DTN_LP_LE ? sign < 0 : sense == DTN_LP_GE && sign > 0)
            return false;
        p->strict_u &= sense == DTN_LP_EQ || sign != 0;
    }
    for (int j = 0; j < p->set->columns && *status == DTN_OK; j++) {
        if (in_basis[j])
            continue;
        int sign = cost_of(p, j);
        bool bounded = p->set->nonnegative && p->set->nonnegative[j];
        if (bounded ? sign < 0 : sign != 0)
            return false;
        p->strict_u &= bounded && sign != 0;
        *status = dtn_ctx_poll(ctx);
    }
    return true;
}

static void write_out(dtn_lp_optimum *out, proof *p)
{
    for (int j = 0; j < p->set->columns; j++)
        fmpq_zero(out->x + j);
    for (int r = 0; r < p->set->rows; r++)
        fmpq_zero(out->u + r);
    fmpz_zero(p->sum);
    for (int c = 0; c < p->basis->size; c++) {
        int j = p->basis->column[c];
        fmpq_set_fmpz_frac(out->x + j, p->x + c, p->dx);
        if (p->objective) {
            scaled(p->term, p->objective + j, p->cost_factor);
            fmpz_addmul(p->sum, p->term, p->x + c);
        }
    }
    fmpz_mul(p->term, p->dx, p->cost_factor);
    fmpq_set_fmpz_frac(out->value, p->sum, p->term);
    for (int r = 0; p->objective && r < p->basis->size; r++) { /* back from scaled rows and objective */
        int row = p->basis->row[r];
        fmpz_mul(p->sum, p->u + r, p->factor + row);
        fmpz_mul(p->term, p->du, p->cost_factor);
        fmpq_set_fmpz_frac(out->u + row, p->sum, p->term);
    }
    out->unique_x = p->strict_u && p->objective; /* no nonbasic column or tight row can move for free */
    out->unique_u = p->strict_x;
}

dtn_status dtn_lp_prove(dtn_ctx *ctx, bool *optimal, int *broken, dtn_lp_optimum *out,
                        const dtn_lp_basis *basis, const dtn_polyhedron *set, const fmpq *objective)
{
    size_t k = (size_t)basis->size, m = (size_t)set->rows;
    bool *row_in, *column_in;
    fmpz *numbers = dtn_arena_fmpz(ctx->scratch, 2 * k + m + 5);
    if (!numbers)
        return dtn_fail_nomem(ctx);
    DTN_ALLOC(ctx, ctx->scratch, row_in, set->rows + 1);
    DTN_ALLOC(ctx, ctx->scratch, column_in, set->columns + 1);
    fmpz *rest = numbers + 2 * k + m;
    proof p = {.set = set,
               .objective = objective,
               .basis = basis,
               .x = numbers,
               .u = numbers + k,
               .factor = numbers + 2 * k,
               .dx = rest,
               .du = rest + 1,
               .cost_factor = rest + 2,
               .sum = rest + 3,
               .term = rest + 4,
               .broken = -1,
               .strict_x = true,
               .strict_u = true};
    for (int r = 0; r < basis->size; r++)
        row_in[basis->row[r]] = column_in[basis->column[r]] = true;
    for (int r = 0; r < set->rows; r++) {
        fmpz_one(p.factor + r);
        for (int j = 0; j < set->columns; j++)
            common(p.factor + r, entry(&p, r, j));
        common(p.factor + r, set->b + r);
    }
    fmpz_one(p.cost_factor);
    for (int j = 0; objective && j < set->columns; j++)
        common(p.cost_factor, objective + j);
    dtn_status status = dtn_ctx_poll(ctx);
    *optimal = status == DTN_OK && solve_both(&p) && x_is_feasible(ctx, &status, &p, row_in) &&
               (!objective || u_is_feasible(ctx, &status, &p, column_in));
    if (status == DTN_OK && *optimal)
        write_out(out, &p);
    if (broken)
        *broken = p.broken;
    return status;
}
