/* Linear programs over traced numbers.
 *
 * Method: the condensed tableau of lp.c with divisions in the place of integers. Equations and free variables are pivoted out, and that
 *   those pivots are not 0 is asked. The simplex steps only look at signs at the sample; what is asked is the
 *   certificate in the last tableau: signs of a row (no point exists), of the right-hand sides (one does), of the
 *   objective (none is better). Wherever those signs hold the certificate holds, so that the answer is the same, although lp.c might
 *   take another way to it, or to another one of several best points.
 * Cost: rows * columns operations on functions a pivot. Exact.
 * Source: as lp.c; V. Chvatal, Linear Programming, Freeman (1983), on certificates. */
#include "num/traced_parts.h"

typedef enum variable_kind { FREE, NONNEGATIVE, FIXED } variable_kind;

/* basic[i] = entry[i][columns] - sum_j entry[i][j] * nonbasic[j]. Row `rows` is the objective, negated. */
typedef struct tableau {
    dtn_trace *trace;
    int rows, columns, stride;
    fmpq *entry, *work; /* [rows + 1][stride]; [2] */
    int *basic, *nonbasic;
    variable_kind *kind; /* by variable: columns of the system, then one slack a row */
} tableau;

static fmpq *at(const tableau *t, int row, int column)
{
    return t->entry + (size_t)row * (size_t)t->stride + (size_t)column;
}

/* 0 for every point of the parameters, not only at the sample. */
static bool vanishes(const fmpq *x)
{
    return !dtn_traced_node_of(x) && fmpq_is_zero(x);
}

static dtn_status set_up(dtn_ctx *ctx, tableau *t, const dtn_polyhedron *set, const fmpq *objective)
{
    int n = set->columns, m = set->rows;
    t->rows = m;
    t->columns = n;
    t->stride = n + 1;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, t->entry, (size_t)(m + 1) * (size_t)(n + 1));
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, t->work, 2);
    DTN_ALLOC(ctx, ctx->scratch, t->basic, m + 1);
    DTN_ALLOC(ctx, ctx->scratch, t->nonbasic, n + 1);
    DTN_ALLOC(ctx, ctx->scratch, t->kind, n + m + 1);
    for (int r = 0; r < m; r++) {
        bool negate = set->senses[r] == DTN_LP_GE;
        for (int j = 0; j <= n; j++) {
            const fmpq *from = j < n ? set->a + (size_t)r * (size_t)n + (size_t)j : set->b + r;
            if (negate)
                dtn_traced_neg(at(t, r, j), from);
            else
                fmpq_set(at(t, r, j), from);
        }
        t->basic[r] = n + r;
        t->kind[n + r] = set->senses[r] == DTN_LP_EQ ? FIXED : NONNEGATIVE;
    }
    for (int j = 0; j < n; j++) {
        t->nonbasic[j] = j;
        t->kind[j] = set->nonnegative && set->nonnegative[j] ? NONNEGATIVE : FREE;
        if (objective)
            dtn_traced_neg(at(t, m, j), &objective[j]);
    }
    return DTN_OK;
}

static void pivot(tableau *t, int r, int c)
{
    fmpq *inverse = t->work, *factor = t->work + 1;
    fmpq_set(factor, at(t, r, c));
    fmpq_one(at(t, r, c));
    dtn_traced_quotient(inverse, at(t, r, c), factor);
    for (int j = 0; j <= t->columns; j++)
        dtn_traced_mul(at(t, r, j), at(t, r, j), inverse);
    for (int i = 0; i <= t->rows; i++) {
        if (i == r || vanishes(at(t, i, c)))
            continue;
        fmpq_set(factor, at(t, i, c));
        fmpq_zero(at(t, i, c));
        for (int j = 0; j <= t->columns; j++)
            dtn_traced_submul(at(t, i, j), factor, at(t, r, j));
    }
    int entering = t->nonbasic[c];
    t->nonbasic[c] = t->basic[r];
    t->basic[r] = entering;
}

/* The last column takes the place of column c, which is gone: its variable is zero for good. */
static void drop_column(tableau *t, int c)
{
    int last = t->columns - 1;
    for (int i = 0; i <= t->rows; i++) {
        fmpq_swap(at(t, i, c), at(t, i, last));
        fmpq_swap(at(t, i, last), at(t, i, last + 1));
    }
    t->nonbasic[c] = t->nonbasic[last];
    t->columns = last;
}

/* How simple an entry is to divide by: constants first, then what takes few terms. */
static slong weight(const fmpq *x)
{
    const dtn_traced_node *node = dtn_traced_node_of(x);
    return node ? fmpz_mpoly_length(node->num, node->trace->ring) +
                      fmpz_mpoly_length(node->den, node->trace->ring)
                : 0;
}

static int equation_column(const tableau *t, int r)
{
    int best = -1;
    for (int j = 0; j < t->columns; j++) {
        if (vanishes(at(t, r, j)))
            continue;
        bool is_free = t->kind[t->nonbasic[j]] == FREE;
        bool best_free = best >= 0 && t->kind[t->nonbasic[best]] == FREE;
        if (best < 0 || (is_free && !best_free) ||
            (is_free == best_free && weight(at(t, r, j)) < weight(at(t, r, best))))
            best = j;
    }
    return best;
}

/* Equations leave the basis, free variables enter it; the pivots must not vanish. */
static bool eliminate(tableau *t)
{
    for (int r = 0; r < t->rows; r++) {
        if (t->kind[t->basic[r]] != FIXED)
            continue;
        int c = equation_column(t, r);
        if (c < 0) {
            if (dtn_traced_sgn(at(t, r, t->columns)) != 0)
                return false;
            continue;
        }
        dtn_traced_sgn(at(t, r, c));
        pivot(t, r, c);
        drop_column(t, c);
    }
    for (int j = 0; j < t->columns; j++) {
        if (t->kind[t->nonbasic[j]] != FREE)
            continue;
        int best = -1;
        for (int r = 0; r < t->rows; r++)
            if (t->kind[t->basic[r]] == NONNEGATIVE && !vanishes(at(t, r, j)) &&
                (best < 0 || weight(at(t, r, j)) < weight(at(t, best, j))))
                best = r;
        if (best < 0)
            continue;
        dtn_traced_sgn(at(t, best, j));
        pivot(t, best, j);
    }
    return true;
}

static dtn_status check(dtn_ctx *ctx, const tableau *t, long pivots)
{
    dtn_trace_state state = dtn_trace_end(t->trace);
    if (state == DTN_TRACE_NOMEM)
        return dtn_fail_nomem(ctx);
    if (state == DTN_TRACE_LOST)
        return dtn_fail(ctx, DTN_UNSUPPORTED,
                        "the formulas of a linear program grow too large to be followed");
    return pivots % 8 == 0 ? dtn_ctx_poll(ctx) : DTN_OK;
}

/* Asks the signs of a row: it shows that no point exists. */
static void ask_row(const tableau *t, int r)
{
    for (int j = 0; j <= t->columns; j++)
        dtn_traced_sgn(at(t, r, j));
}

static void ask_column(const tableau *t, int c)
{
    for (int r = 0; r <= t->rows; r++)
        dtn_traced_sgn(at(t, r, c));
}

static dtn_status restore(dtn_ctx *ctx, tableau *t, bool *feasible)
{
    *feasible = true;
    for (long pivots = 1;; pivots++) {
        int r = -1, c = -1;
        DTN_TRY(check(ctx, t, pivots));
        for (int i = 0; i < t->rows; i++)
            if (t->kind[t->basic[i]] == NONNEGATIVE && dtn_traced_peek(at(t, i, t->columns)) < 0 &&
                (r < 0 || t->basic[i] < t->basic[r]))
                r = i;
        if (r < 0)
            return DTN_OK;
        for (int j = 0; j < t->columns; j++)
            if (t->kind[t->nonbasic[j]] == NONNEGATIVE && dtn_traced_peek(at(t, r, j)) < 0 &&
                (c < 0 || t->nonbasic[j] < t->nonbasic[c]))
                c = j;
        if (c < 0) {
            *feasible = false;
            ask_row(t, r);
            return DTN_OK;
        }
        pivot(t, r, c);
    }
}

static bool better_row(tableau *t, int i, int best, int c)
{
    fmpq *left = t->work, *right = t->work + 1;
    dtn_traced_mul(left, at(t, i, t->columns), at(t, best, c));
    dtn_traced_mul(right, at(t, best, t->columns), at(t, i, c));
    dtn_traced_sub(left, left, right);
    int sign = dtn_traced_peek(left);
    return sign < 0 || (sign == 0 && t->basic[i] < t->basic[best]);
}

static dtn_status improve(dtn_ctx *ctx, tableau *t, bool *unbounded)
{
    *unbounded = false;
    for (long pivots = 1;; pivots++) {
        int c = -1, r = -1;
        DTN_TRY(check(ctx, t, pivots));
        for (int j = 0; j < t->columns; j++) {
            int sign = dtn_traced_peek(at(t, t->rows, j));
            if (sign != 0 && t->kind[t->nonbasic[j]] == FREE) {
                *unbounded = true;
                ask_column(t, j);
                return DTN_OK;
            }
            if (sign < 0 && (c < 0 || t->nonbasic[j] < t->nonbasic[c]))
                c = j;
        }
        if (c < 0) {
            for (int j = 0; j < t->columns; j++)
                dtn_traced_sgn(at(t, t->rows, j));
            return DTN_OK;
        }
        for (int i = 0; i < t->rows; i++)
            if (t->kind[t->basic[i]] == NONNEGATIVE && dtn_traced_peek(at(t, i, c)) > 0 &&
                (r < 0 || better_row(t, i, r, c)))
                r = i;
        if (r < 0) {
            *unbounded = true;
            ask_column(t, c);
            return DTN_OK;
        }
        pivot(t, r, c);
    }
}

static void read_point(const tableau *t, fmpq *x, fmpq *value, const dtn_polyhedron *set,
                       const fmpq *objective)
{
    for (int j = 0; j < set->columns; j++)
        fmpq_zero(&x[j]);
    for (int i = 0; i < t->rows; i++)
        if (t->basic[i] < set->columns)
            fmpq_set(&x[t->basic[i]], at(t, i, t->columns));
    if (!value)
        return;
    fmpq_zero(value);
    for (int j = 0; objective && j < set->columns; j++)
        dtn_traced_addmul(value, &objective[j], &x[j]);
}

static dtn_status maximise(dtn_ctx *ctx, dtn_lp_answer *answer, fmpq *x, fmpq *value, tableau *t,
                           const dtn_polyhedron *set, const fmpq *objective)
{
    bool feasible, unbounded = false;
    DTN_TRY(set_up(ctx, t, set, objective));
    feasible = eliminate(t);
    if (feasible)
        DTN_TRY(restore(ctx, t, &feasible));
    if (feasible && objective)
        DTN_TRY(improve(ctx, t, &unbounded));
    DTN_TRY(check(ctx, t, 1));
    for (int i = 0; i < t->rows && feasible;
         i++) /* right-hand sides: the point exists, and satisfies everything */
        dtn_traced_sgn(at(t, i, t->columns));
    *answer = !feasible ? DTN_LP_INFEASIBLE : unbounded ? DTN_LP_UNBOUNDED : DTN_LP_OPTIMAL;
    if (*answer == DTN_LP_OPTIMAL && x)
        read_point(t, x, value, set, objective);
    return DTN_OK;
}

dtn_status dtn_traced_lp_maximise(dtn_ctx *ctx, dtn_lp_answer *answer, fmpq *x, fmpq_t value,
                                  const dtn_polyhedron *set, const fmpq *objective)
{
    dtn_trace *trace = dtn_traced_of(set->a, (size_t)set->rows * (size_t)set->columns);
    trace = trace ? trace : dtn_traced_of(set->b, (size_t)set->rows);
    trace = trace || !objective ? trace : dtn_traced_of(objective, (size_t)set->columns);
    if (!trace)
        return dtn_lp_maximise(ctx, answer, x, value, set, objective);
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    tableau t = {.trace = trace};
    dtn_status status = maximise(ctx, answer, x, value, &t, set, objective);
    dtn_arena_release(ctx->scratch, mark);
    return status;
}

dtn_status dtn_traced_polysystem_solve(dtn_ctx *ctx, dtn_arena *arena, dtn_polyroots *out,
                                       const dtn_polysystem *system)
{
    dtn_trace *trace = dtn_traced_of(system->a, (size_t)system->rows * (size_t)system->columns);
    trace = trace ? trace : dtn_traced_of(system->b, (size_t)system->rows);
    if (!trace)
        return dtn_polysystem_solve(ctx, arena, out, system);
    dtn_trace_lose(trace);
    *out = (dtn_polyroots){.complete = false};
    return DTN_OK;
}
