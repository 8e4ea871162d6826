/* Sequential equilibria: systems with products of two unknowns (three players or more; free beliefs with later mixtures).
 *
 * Method: what linear equations determine is put in first. Then branch and bound: the relaxation gives every product a
 *   variable of its own, tied by McCormick's bounds over the box and by the linear equations multiplied with single unknowns
 *   (reformulation-linearization): if it is infeasible, so is the system. A point of it is repaired by fixing one factor of
 *   every product and solving for the rest, which is linear. Otherwise the box is cut in two at the worst product.
 * Cost: a bounded number of linear programs (NODES); UNDECIDED when they do not suffice.
 * Exact: a refutation is a proof; a point satisfies the system exactly.
 * Source: G. McCormick, Math. Programming 10 (1976); H. Sherali, W. Adams, A Reformulation-Linearization Technique (1999). */
#include "solve/sequential_parts.h"

enum { NODES = 40, PAIRS = 256 };

typedef struct pair {
    int i, j; /* unknowns, i <= j */
} pair;

typedef struct problem {
    dtn_seq_run *r;
    const bool *may_vanish;
    int n, original; /* unknowns; products of the system itself come first among the pairs */
    pair pairs[PAIRS];
    int count;
    fmpq *lo, *hi; /* [n] box */
    bool *bounded; /* [n] hi is finite */
    int rows, room, columns;
    fmpq *a, *b; /* columns: unknowns, pairs, least */
    dtn_lp_sense *sense;
    int nodes;
} problem;

static fmpq *entry(problem *p, int row, int column)
{
    return p->a + (size_t)row * (size_t)p->columns + (size_t)column;
}

static const fmpq *given(const dtn_seq_system *s, int row, int column)
{
    return s->a + (size_t)row * (size_t)s->stride + (size_t)column;
}

/* -1: no room. */
static int pair_of(problem *p, int i, int j)
{
    if (i > j) {
        int swap = i;
        i = j;
        j = swap;
    }
    for (int k = 0; k < p->count; k++)
        if (p->pairs[k].i == i && p->pairs[k].j == j)
            return k;
    if (p->count == PAIRS)
        return -1;
    p->pairs[p->count] = (pair){i, j};
    return p->count++;
}

/* Linear row times unknown v: does v stand in a product with an unknown of the row, and all new products have room? */
static bool multiplies(problem *p, int row, int v)
{
    const dtn_seq_system *s = &p->r->system;
    bool useful = false;
    if (dtn_seq_has_products(s, row) || !fmpq_is_zero(given(s, row, v)) ||
        dtn_seq_is_value(p->r, s->unknown[v]))
        return false;
    for (int j = 0; j < p->n; j++) {
        if (fmpq_is_zero(given(s, row, j)))
            continue;
        if (dtn_seq_is_value(p->r, s->unknown[j]))
            return false;
        for (int k = 0; k < p->original && !useful; k++)
            useful = (p->pairs[k].i == v && p->pairs[k].j == j) || (p->pairs[k].i == j && p->pairs[k].j == v);
    }
    for (int j = 0; j < p->n && useful; j++)
        if (!fmpq_is_zero(given(s, row, j)) && pair_of(p, v, j) < 0)
            return false;
    return useful;
}

static bool strict(const problem *p, int j)
{
    int code = p->r->system.unknown[j];
    return !dtn_seq_is_value(p->r, code) && (!p->may_vanish || !p->may_vanish[code]);
}

/* w {<=, >=} u x_j + v x_i - u v for the pair (i, j): (x_i - u)(x_j - v) has a known sign. */
static void add_envelope(problem *p, int k, const fmpq *u, const fmpq *v, dtn_lp_sense sense)
{
    int row = p->rows++;
    fmpq_one(entry(p, row, p->n + k));
    fmpq_sub(entry(p, row, p->pairs[k].j), entry(p, row, p->pairs[k].j), u);
    fmpq_sub(entry(p, row, p->pairs[k].i), entry(p, row, p->pairs[k].i), v);
    fmpq_mul(&p->b[row], u, v);
    fmpq_neg(&p->b[row], &p->b[row]);
    p->sense[row] = sense;
}

/* The relaxation over the current box. */
static dtn_status relax(problem *p, bool *feasible, fmpq *x)
{
    const dtn_seq_system *s = &p->r->system;
    dtn_arena *scratch = p->r->ctx->scratch;
    int linear = s->rows, multiplied = 0;
    for (int i = 0; i < linear; i++)
        for (int v = 0; v < p->n; v++)
            multiplied += multiplies(p, i, v);
    p->columns = p->n + p->count + 1;
    p->room = linear + multiplied + 4 * p->count + 2 * p->n + 1 + p->n;
    DTN_ALLOC_FMPQ(p->r->ctx, scratch, p->a, (size_t)p->room * (size_t)p->columns);
    DTN_ALLOC_FMPQ(p->r->ctx, scratch, p->b, p->room);
    DTN_ALLOC(p->r->ctx, scratch, p->sense, p->room);
    bool *nonnegative;
    fmpq *goal;
    DTN_ALLOC(p->r->ctx, scratch, nonnegative, p->columns);
    DTN_ALLOC_FMPQ(p->r->ctx, scratch, goal, p->columns);
    p->rows = 0;
    for (int i = 0; i < linear; i++) {
        int row = p->rows++;
        for (int j = 0; j < p->n; j++)
            fmpq_set(entry(p, row, j), given(s, i, j));
        for (int k = 0; k < s->products; k++)
            fmpq_set(entry(p, row, p->n + k), given(s, i, s->most + k));
        fmpq_set(&p->b[row], &s->b[i]);
        p->sense[row] = s->sense[i];
    }
    for (int i = 0; i < linear; i++)
        for (int v = 0; v < p->n; v++) {
            if (!multiplies(p, i, v))
                continue;
            int row = p->rows++;
            for (int j = 0; j < p->n; j++)
                if (!fmpq_is_zero(given(s, i, j)))
                    fmpq_set(entry(p, row, p->n + pair_of(p, v, j)), given(s, i, j));
            fmpq_neg(entry(p, row, v), &s->b[i]);
            p->sense[row] = s->sense[i];
        }
    for (int k = 0; k < p->count; k++) {
        int i = p->pairs[k].i, j = p->pairs[k].j;
        add_envelope(p, k, &p->lo[i], &p->lo[j], DTN_LP_GE);
        if (p->bounded[i] && p->bounded[j])
            add_envelope(p, k, &p->hi[i], &p->hi[j], DTN_LP_GE);
        if (p->bounded[i])
            add_envelope(p, k, &p->hi[i], &p->lo[j], DTN_LP_LE);
        if (p->bounded[j])
            add_envelope(p, k, &p->lo[i], &p->hi[j], DTN_LP_LE);
    }
    for (int j = 0; j < p->n; j++) {
        nonnegative[j] = !dtn_seq_is_value(p->r, s->unknown[j]);
        if (p->bounded[j]) {
            fmpq_one(entry(p, p->rows, j));
            fmpq_set(&p->b[p->rows], &p->hi[j]);
            p->sense[p->rows++] = DTN_LP_LE;
        }
        if (!fmpq_is_zero(&p->lo[j])) {
            fmpq_one(entry(p, p->rows, j));
            fmpq_set(&p->b[p->rows], &p->lo[j]);
            p->sense[p->rows++] = DTN_LP_GE;
        }
        if (strict(p, j)) {
            fmpq_one(entry(p, p->rows, j));
            fmpq_set_si(entry(p, p->rows, p->columns - 1), -1, 1);
            p->sense[p->rows++] = DTN_LP_GE;
        }
    }
    for (int j = p->n; j < p->columns; j++)
        nonnegative[j] = true;
    fmpq_one(entry(p, p->rows, p->columns - 1));
    fmpq_one(&p->b[p->rows]);
    p->sense[p->rows++] = DTN_LP_LE;
    fmpq_one(&goal[p->columns - 1]);
    dtn_polyhedron set = {p->rows, p->columns, p->a, p->b, p->sense, nonnegative};
    dtn_lp_answer answer;
    p->r->lps++;
    DTN_TRY(dtn_lp_maximise(p->r->ctx, &answer, x, NULL, &set, goal));
    *feasible = answer == DTN_LP_OPTIMAL && fmpq_sgn(&x[p->columns - 1]) > 0;
    return DTN_OK;
}

/* Fixes one factor of every product at x (first or last: which one) and solves for the rest. On success the system's rows
 * have no products any more. */
static dtn_status repair(problem *p, bool first, const fmpq *x, fmpq *point, bool *done)
{
    dtn_seq_run *r = p->r;
    dtn_seq_system *s = &r->system;
    size_t cells = (size_t)s->rows * (size_t)s->stride;
    fmpq *keep;
    bool *fixed;
    int rows = s->rows, fixes = 0;
    DTN_ALLOC_FMPQ(r->ctx, r->ctx->scratch, keep, cells + 1);
    DTN_ALLOC(r->ctx, r->ctx->scratch, fixed, p->n);
    for (int k = 0; k < p->original; k++) {
        int f = first ? p->pairs[k].i : p->pairs[k].j;
        fixes += !fixed[f];
        fixed[f] = true;
    }
    *done = false;
    if (rows + fixes > s->room)
        return DTN_OK;
    for (size_t i = 0; i < cells; i++)
        fmpq_set(&keep[i], &s->a[i]);
    for (int i = 0; i < rows; i++)
        for (int k = 0; k < p->original; k++) {
            int f = first ? p->pairs[k].i : p->pairs[k].j, other = p->pairs[k].i + p->pairs[k].j - f;
            fmpq *product = s->a + (size_t)i * (size_t)s->stride + (size_t)(s->most + k);
            fmpq_addmul(s->a + (size_t)i * (size_t)s->stride + (size_t)other, product, &x[f]);
            fmpq_zero(product);
        }
    for (int f = 0; f < p->n; f++) {
        if (!fixed[f])
            continue;
        fmpq_one(s->a + (size_t)s->rows * (size_t)s->stride + (size_t)f);
        fmpq_set(&s->b[s->rows], &x[f]);
        s->infoset[s->rows] = s->action[s->rows] = -1;
        s->sense[s->rows++] = DTN_LP_EQ;
    }
    DTN_TRY(dtn_seq_feasible(r, done, point, p->may_vanish));
    if (*done)
        return DTN_OK;
    for (int i = rows; i < s->rows; i++) {
        fmpq_zero(&s->b[i]);
        for (int j = 0; j < p->n; j++)
            fmpq_zero(s->a + (size_t)i * (size_t)s->stride + (size_t)j);
    }
    s->rows = rows;
    for (size_t i = 0; i < cells; i++)
        fmpq_set(&s->a[i], &keep[i]);
    return DTN_OK;
}

/* The unknown to cut: of the product that the relaxation misses most, the factor with the wider box. -1: none is missed. */
static int worst(problem *p, const fmpq *x)
{
    int best = -1;
    fmpq_t gap, most, width;
    fmpq_init(gap);
    fmpq_init(most);
    fmpq_init(width);
    for (int k = 0; k < p->original; k++) {
        int i = p->pairs[k].i, j = p->pairs[k].j;
        fmpq_mul(gap, &x[i], &x[j]);
        fmpq_sub(gap, gap, &x[p->n + k]);
        fmpq_abs(gap, gap);
        if (fmpq_cmp(gap, most) <= 0)
            continue;
        fmpq_set(most, gap);
        best = i;
        if (p->bounded[i] && p->bounded[j]) {
            fmpq_sub(gap, &p->hi[i], &p->lo[i]);
            fmpq_sub(width, &p->hi[j], &p->lo[j]);
            best = fmpq_cmp(gap, width) >= 0 ? i : j;
        } else if (p->bounded[j]) {
            best = j;
        }
    }
    fmpq_clear(gap);
    fmpq_clear(most);
    fmpq_clear(width);
    return best;
}

static dtn_status branch(problem *p, fmpq *point, dtn_seq_answer *answer)
{
    dtn_arena *scratch = p->r->ctx->scratch;
    bool feasible, done = false;
    if (p->nodes++ >= NODES) {
        *answer = DTN_SEQ_UNDECIDED;
        return DTN_OK;
    }
    DTN_TRY(dtn_ctx_poll(p->r->ctx));
    fmpq *x, *old;
    DTN_ALLOC_FMPQ(p->r->ctx, scratch, x, p->n + PAIRS + 1);
    DTN_ALLOC_FMPQ(p->r->ctx, scratch, old, 2);
    DTN_TRY(relax(p, &feasible, x));
    *answer = DTN_SEQ_NO;
    if (!feasible)
        return DTN_OK;
    DTN_TRY(repair(p, true, x, point, &done));
    if (!done)
        DTN_TRY(repair(p, false, x, point, &done));
    int cut = worst(p, x);
    if (done || cut < 0) {
        *answer = done ? DTN_SEQ_YES : DTN_SEQ_UNDECIDED;
        return DTN_OK;
    }
    if (!p->bounded[cut]) {
        *answer = DTN_SEQ_UNDECIDED;
        return DTN_OK;
    }
    /* Cut at the relaxation's value, pulled towards the middle of the box. */
    fmpq_set(&old[0], &p->lo[cut]);
    fmpq_set(&old[1], &p->hi[cut]);
    fmpq *middle = dtn_arena_fmpq(scratch, 1);
    if (!middle)
        return dtn_fail_nomem(p->r->ctx);
    fmpq_add(middle, &old[0], &old[1]);
    fmpq_div_2exp(middle, middle, 1);
    dtn_seq_answer part = DTN_SEQ_NO;
    for (int side = 0; side < 2 && *answer != DTN_SEQ_YES; side++) {
        fmpq_set(side ? &p->lo[cut] : &p->hi[cut], middle);
        dtn_arena_mark mark = dtn_arena_save(scratch);
        DTN_TRY(branch(p, point, &part));
        dtn_arena_release(scratch, mark);
        if (part != DTN_SEQ_NO)
            *answer = part == DTN_SEQ_YES ? DTN_SEQ_YES : DTN_SEQ_UNDECIDED;
        fmpq_set(&p->lo[cut], &old[0]);
        fmpq_set(&p->hi[cut], &old[1]);
    }
    return DTN_OK;
}

/* R of play and scaled weights are at most 1; trembles have no scale, values no bound. */
static bool at_most_one(const dtn_seq_run *r, int code)
{
    if (code >= r->game.actions)
        return !dtn_seq_is_value(r, code);
    return dtn_seq_plays(r, r->game.tree->action[code].infoset, code) && dtn_seq_alias(r, code) == code;
}

static dtn_status solve(dtn_seq_run *r, dtn_seq_answer *answer, fmpq *point, const bool *may_vanish)
{
    dtn_seq_system *s = &r->system;
    problem *p;
    DTN_ALLOC(r->ctx, r->ctx->scratch, p, 1);
    *answer = DTN_SEQ_UNDECIDED;
    if (s->overflow)
        return DTN_OK;
    bool consistent = true, feasible;
    while (consistent && dtn_seq_determine(r, &consistent))
        ;
    if (!consistent) {
        *answer = DTN_SEQ_NO;
        return DTN_OK;
    }
    if (dtn_seq_linear(r)) {
        DTN_TRY(dtn_seq_feasible(r, &feasible, point, may_vanish));
        *answer = feasible ? DTN_SEQ_YES : DTN_SEQ_NO;
        return DTN_OK;
    }
    *p = (problem){.r = r, .may_vanish = may_vanish, .n = s->unknowns};
    for (int k = 0; k < s->products; k++) {
        if (s->product[k][1] < 0 || s->product[k][2] >= 0)
            return DTN_OK; /* three factors and more */
        pair_of(p, s->product[k][0], s->product[k][1]);
    }
    p->original = p->count;
    DTN_ALLOC_FMPQ(r->ctx, r->ctx->scratch, p->lo, p->n + 1);
    DTN_ALLOC_FMPQ(r->ctx, r->ctx->scratch, p->hi, p->n + 1);
    DTN_ALLOC(r->ctx, r->ctx->scratch, p->bounded, p->n + 1);
    for (int j = 0; j < p->n; j++) {
        p->bounded[j] = at_most_one(r, s->unknown[j]);
        if (p->bounded[j])
            fmpq_one(&p->hi[j]);
    }
    return branch(p, point, answer);
}

dtn_status dtn_seq_products(dtn_seq_run *r, dtn_seq_answer *answer, fmpq *point, const bool *may_vanish)
{
    dtn_arena_mark mark = dtn_arena_save(r->ctx->scratch);
    dtn_status status = solve(r, answer, point, may_vanish);
    dtn_arena_release(r->ctx->scratch, mark);
    return status;
}
