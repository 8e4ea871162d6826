/* Small systems of polynomial equations: all positive solutions.
 *
 * Method: an equation in one unknown is solved at once (rational roots exactly, the others isolated in balls) and its roots
 *   are put into the rest. Otherwise one unknown is eliminated by resultants with an equation of least degree in it, the
 *   smaller system is solved, and the unknown is found by putting each solution back. What an irrational root leaves is followed in
 *   balls as long as equations are linear in the unknown sought. Solutions are checked in the given equations: exactly, or by
 *   enclosures that contain 0.
 * Cost: degrees multiply with every elimination. Exact: rational solutions; others as balls that hold a solution's values.
 * Complete unless it says otherwise (a resultant vanishes: infinitely many solutions, or none that this finds).
 * Source: D. Cox, J. Little, D. O'Shea, Ideals, Varieties, and Algorithms, 4th ed., ch. 3 (elimination). */
#include "num/polysystem.h"

#if __FLINT_VERSION >= 3
#include <flint/arb_fmpz_poly.h>
#else
#include <arb_fmpz_poly.h>
#endif
#include <flint/fmpq_mpoly.h>
#include <flint/fmpq_poly.h>
#include <flint/fmpz_poly_factor.h>

enum { PRECISION = 256, MOST_DEGREE = 64, MOST_SOLUTIONS = 256 };

/* A (partial) solution. */
typedef struct root {
    fmpq *value;
    arb_ptr ball;
    bool *known;
    bool exact;
    struct root *next;
} root;

typedef struct elimination {
    dtn_ctx *ctx;
    fmpq_mpoly_ctx_t ring;
    int n, roots;
    bool incomplete;
} elimination;

typedef struct polys {
    fmpq_mpoly_struct *item;
    int count;
} polys;

static void open_polys(const elimination *e, polys *p, int room)
{
    p->item = flint_malloc((size_t)(room ? room : 1) * sizeof *p->item);
    p->count = 0;
    for (int i = 0; i < room; i++)
        fmpq_mpoly_init(p->item + i, e->ring);
}

static void close_polys(const elimination *e, polys *p, int room)
{
    for (int i = 0; i < room; i++)
        fmpq_mpoly_clear(p->item + i, e->ring);
    flint_free(p->item);
}

static root *new_root(elimination *e)
{
    root *x = dtn_arena_alloc(e->ctx->scratch, sizeof *x);
    if (!x)
        return NULL;
    x->value = dtn_arena_fmpq(e->ctx->scratch, (size_t)e->n);
    x->ball = dtn_arena_arb(e->ctx->scratch, (size_t)e->n);
    x->known = dtn_arena_array(e->ctx->scratch, (size_t)e->n, sizeof *x->known);
    x->exact = true;
    e->incomplete = e->incomplete || ++e->roots > MOST_SOLUTIONS;
    return x->value && x->ball && x->known ? x : NULL;
}

/* Unknowns of a polynomial; the last one used, or -1. */
static int used(const elimination *e, const fmpq_mpoly_struct *p, int *is_used, int *count)
{
    int last = -1;
    fmpq_mpoly_used_vars(is_used, p, e->ring);
    *count = 0;
    for (int v = 0; v < e->n; v++)
        if (is_used[v]) {
            last = v;
            ++*count;
        }
    return last;
}

/* --- one unknown --------------------------------------------------------------------------------- */

typedef struct list {
    root *first;
    dtn_status status;
} list;

static void push(list *out, root *x, elimination *e)
{
    if (!x) {
        out->status = dtn_fail_nomem(e->ctx);
        return;
    }
    x->next = out->first;
    out->first = x;
}

static void push_rational(elimination *e, list *out, int v, const fmpz_poly_t linear)
{
    root *x = new_root(e);
    if (x) {
        fmpq_set_fmpz_frac(&x->value[v], fmpz_poly_get_coeff_ptr(linear, 0),
                           fmpz_poly_get_coeff_ptr(linear, 1));
        fmpq_neg(&x->value[v], &x->value[v]);
        x->known[v] = true;
        if (fmpq_sgn(&x->value[v]) <= 0)
            return;
        arb_set_fmpq(x->ball + v, &x->value[v], PRECISION);
    }
    push(out, x, e);
}

static void push_irrational(elimination *e, list *out, int v, const fmpz_poly_t factor)
{
    slong degree = fmpz_poly_degree(factor);
    acb_ptr all = _acb_vec_init(degree);
    arb_fmpz_poly_complex_roots(all, factor, 0, PRECISION);
    for (slong i = 0; i < degree && out->status == DTN_OK; i++) {
        if (!arb_is_zero(acb_imagref(all + i)) || !arb_is_positive(acb_realref(all + i)))
            continue;
        root *x = new_root(e);
        if (x) {
            arb_set(x->ball + v, acb_realref(all + i));
            x->known[v] = true;
            x->exact = false;
        }
        push(out, x, e);
    }
    _acb_vec_clear(all, degree);
}

/* Positive roots of a polynomial in one unknown, not the zero polynomial. */
static void roots_of(elimination *e, list *out, const fmpq_poly_t p, int v)
{
    if (fmpq_poly_degree(p) < 1)
        return;
    if (fmpq_poly_degree(p) > MOST_DEGREE) {
        e->incomplete = true;
        return;
    }
    fmpz_poly_t whole;
    fmpz_poly_factor_t factors;
    fmpz_poly_init(whole);
    fmpz_poly_factor_init(factors);
    fmpq_poly_get_numerator(whole, p);
    fmpz_poly_factor(factors, whole);
    for (slong i = 0; i < factors->num && out->status == DTN_OK; i++)
        if (fmpz_poly_degree(factors->p + i) == 1)
            push_rational(e, out, v, factors->p + i);
        else
            push_irrational(e, out, v, factors->p + i);
    fmpz_poly_factor_clear(factors);
    fmpz_poly_clear(whole);
}

/* --- putting values in --------------------------------------------------------------------------- */

/* to = from with all exactly known unknowns of x put in. */
static void put_in(const elimination *e, fmpq_mpoly_t to, const fmpq_mpoly_struct *from, const root *x)
{
    fmpq_mpoly_set(to, from, e->ring);
    for (int v = 0; v < e->n; v++)
        if (x->known[v])
            fmpq_mpoly_evaluate_one_fmpq(to, to, v, &x->value[v], e->ring);
}

/* from = c0 + c1 * unknown v in balls; false: not linear in v, or another unknown is open. */
static bool linear_in_balls(const elimination *e, arb_t c0, arb_t c1, const fmpq_mpoly_struct *from, int v,
                            const root *x)
{
    slong exponent[64];
    arb_t term, power;
    fmpq_t coefficient;
    bool linear = true;
    arb_init(term);
    arb_init(power);
    fmpq_init(coefficient);
    arb_zero(c0);
    arb_zero(c1);
    for (slong i = 0; i < fmpq_mpoly_length(from, e->ring) && linear; i++) {
        fmpq_mpoly_get_term_coeff_fmpq(coefficient, from, i, e->ring);
        fmpq_mpoly_get_term_exp_si(exponent, from, i, e->ring);
        arb_set_fmpq(term, coefficient, PRECISION);
        for (int u = 0; u < e->n && linear; u++) {
            if (u == v || exponent[u] == 0)
                continue;
            linear = x->known[u];
            arb_pow_ui(power, x->ball + u, (ulong)exponent[u], PRECISION);
            arb_mul(term, term, power, PRECISION);
        }
        long degree = v < 0 ? 0 : exponent[v];
        linear = linear && degree <= 1;
        arb_add(degree ? c1 : c0, degree ? c1 : c0, term, PRECISION);
    }
    arb_clear(term);
    arb_clear(power);
    fmpq_clear(coefficient);
    return linear;
}

/* Extends an inexact solution by unknown v, from an equation linear in it. */
static void extend_in_balls(elimination *e, list *out, root *x, const polys *p, int v)
{
    arb_t c0, c1;
    bool done = false;
    arb_init(c0);
    arb_init(c1);
    for (int i = 0; i < p->count && !done; i++)
        if (fmpq_mpoly_degree_si(p->item + i, v, e->ring) > 0 &&
            linear_in_balls(e, c0, c1, p->item + i, v, x) && !arb_contains_zero(c1)) {
            arb_div(x->ball + v, c0, c1, PRECISION);
            arb_neg(x->ball + v, x->ball + v);
            x->known[v] = done = true;
        }
    if (!done)
        e->incomplete = true;
    else if (!arb_is_nonpositive(x->ball + v))
        push(out, x, e);
    arb_clear(c0);
    arb_clear(c1);
}

/* Extends an exact solution by unknown v: common roots of what the equations become. */
static void extend(elimination *e, list *out, const root *x, const polys *p, int v)
{
    fmpq_mpoly_t rest;
    fmpq_poly_t one, common;
    list found = {NULL, DTN_OK};
    fmpq_mpoly_init(rest, e->ring);
    fmpq_poly_init(one);
    fmpq_poly_init(common);
    for (int i = 0; i < p->count; i++) {
        put_in(e, rest, p->item + i, x);
        if (fmpq_mpoly_is_zero(rest, e->ring) || !fmpq_mpoly_get_fmpq_poly(one, rest, v, e->ring))
            continue;
        if (fmpq_poly_is_zero(common))
            fmpq_poly_set(common, one);
        else
            fmpq_poly_gcd(common, common, one);
    }
    if (fmpq_poly_is_zero(common))
        e->incomplete = true; /* any value of v will do */
    else
        roots_of(e, &found, common, v);
    for (root *y = found.first, *next; y; y = next) {
        next = y->next;
        for (int u = 0; u < e->n; u++)
            if (x->known[u]) {
                fmpq_set(&y->value[u], &x->value[u]);
                arb_set(y->ball + u, x->ball + u);
                y->known[u] = true;
            }
        push(out, y, e);
    }
    out->status = out->status == DTN_OK ? found.status : out->status;
    fmpq_mpoly_clear(rest, e->ring);
    fmpq_poly_clear(one);
    fmpq_poly_clear(common);
}

/* --- elimination --------------------------------------------------------------------------------- */

static void solve(elimination *e, list *out, const polys *p);

/* The unknown and the equation to eliminate it with: least degree, then fewest terms. */
static int pick(const elimination *e, const polys *p, int *with)
{
    int best = -1;
    slong best_degree = 0, best_length = 0;
    for (int i = 0; i < p->count; i++)
        for (int v = 0; v < e->n; v++) {
            slong degree = fmpq_mpoly_degree_si(p->item + i, v, e->ring);
            slong length = fmpq_mpoly_length(p->item + i, e->ring);
            if (degree < 1 ||
                (best >= 0 && (degree > best_degree || (degree == best_degree && length >= best_length))))
                continue;
            best = v;
            *with = i;
            best_degree = degree;
            best_length = length;
        }
    return best;
}

static void eliminate(elimination *e, list *out, const polys *p)
{
    int with = 0, v = pick(e, p, &with);
    polys fewer;
    list found = {NULL, DTN_OK};
    open_polys(e, &fewer, p->count);
    for (int i = 0; i < p->count; i++) {
        fmpq_mpoly_struct *to = fewer.item + fewer.count;
        if (i == with)
            continue;
        if (fmpq_mpoly_degree_si(p->item + i, v, e->ring) < 1)
            fmpq_mpoly_set(to, p->item + i, e->ring);
        else if (!fmpq_mpoly_resultant(to, p->item + with, p->item + i, v, e->ring) ||
                 fmpq_mpoly_is_zero(to, e->ring))
            e->incomplete = true;
        fewer.count += !fmpq_mpoly_is_zero(to, e->ring);
    }
    solve(e, &found, &fewer);
    out->status = found.status;
    for (root *x = found.first, *next; x && out->status == DTN_OK; x = next) {
        next = x->next;
        if (x->exact)
            extend(e, out, x, p, v);
        else
            extend_in_balls(e, out, x, p, v);
    }
    close_polys(e, &fewer, p->count);
}

/* Solves equation `with`, in unknown v alone, and puts each root into the others. */
static void substitute(elimination *e, list *out, const polys *p, int with, int v)
{
    list found = {NULL, DTN_OK};
    fmpq_poly_t one;
    fmpq_poly_init(one);
    fmpq_mpoly_get_fmpq_poly(one, p->item + with, v, e->ring);
    roots_of(e, &found, one, v);
    fmpq_poly_clear(one);
    out->status = found.status;
    for (root *x = found.first, *next; x && out->status == DTN_OK; x = next) {
        next = x->next;
        if (!x->exact) {
            /* The others by linear steps, each unknown once. */
            for (int round = 0; round < e->n; round++)
                for (int u = 0; u < e->n; u++) {
                    list step = {NULL, DTN_OK};
                    bool occurs = false, before = e->incomplete;
                    for (int i = 0; i < p->count; i++)
                        occurs = occurs || fmpq_mpoly_degree_si(p->item + i, u, e->ring) > 0;
                    if (occurs && !x->known[u])
                        extend_in_balls(e, &step, x, p, u);
                    e->incomplete = before; /* what stays open is noticed at the end */
                }
            push(out, x, e);
            continue;
        }
        polys rest;
        list below = {NULL, DTN_OK};
        open_polys(e, &rest, p->count);
        for (int i = 0; i < p->count; i++) {
            put_in(e, rest.item + rest.count, p->item + i, x);
            rest.count += !fmpq_mpoly_is_zero(rest.item + rest.count, e->ring);
        }
        solve(e, &below, &rest);
        close_polys(e, &rest, p->count);
        out->status = below.status;
        for (root *y = below.first, *after; y; y = after) {
            after = y->next;
            fmpq_set(&y->value[v], &x->value[v]);
            arb_set(y->ball + v, x->ball + v);
            y->known[v] = true;
            push(out, y, e);
        }
    }
}

/* out: solutions for all unknowns that occur in p (no zero polynomials). */
static void solve(elimination *e, list *out, const polys *p)
{
    int is_used[64], count;
    if (dtn_ctx_poll(e->ctx) != DTN_OK) {
        out->status = e->ctx->status;
        return;
    }
    if (p->count == 0) {
        push(out, new_root(e), e);
        return;
    }
    for (int i = 0; i < p->count; i++)
        if (fmpq_mpoly_is_fmpq(p->item + i, e->ring))
            return; /* a constant that is not 0 */
    for (int i = 0; i < p->count; i++) {
        int v = used(e, p->item + i, is_used, &count);
        if (count == 1) {
            substitute(e, out, p, i, v);
            return;
        }
    }
    eliminate(e, out, p);
}

/* Are all unknowns found, positive, and the equations kept? */
static bool holds(elimination *e, const polys *p, root *x)
{
    bool all = true, possible = true;
    arb_t c0, c1;
    fmpq_mpoly_t rest;
    arb_init(c0);
    arb_init(c1);
    fmpq_mpoly_init(rest, e->ring);
    for (int v = 0; v < e->n; v++) {
        all = all && x->known[v];
        possible = possible && (!x->known[v] ||
                                (x->exact ? fmpq_sgn(&x->value[v]) > 0 : !arb_is_nonpositive(x->ball + v)));
    }
    for (int i = 0; i < p->count && possible && all; i++) {
        if (x->exact) {
            put_in(e, rest, p->item + i, x);
            possible = fmpq_mpoly_is_zero(rest, e->ring);
        } else {
            possible = linear_in_balls(e, c0, c1, p->item + i, -1, x) && arb_contains_zero(c0);
        }
    }
    if (possible && !all)
        e->incomplete = true;
    arb_clear(c0);
    arb_clear(c1);
    fmpq_mpoly_clear(rest, e->ring);
    return possible && all;
}

static void read_system(const elimination *e, polys *p, const dtn_polysystem *s)
{
    ulong exponent[64];
    fmpq_t coefficient;
    fmpq_init(coefficient);
    for (int i = 0; i < s->rows; i++) {
        fmpq_mpoly_struct *to = p->item + p->count;
        for (int c = 0; c <= s->columns; c++) {
            for (int v = 0; v < e->n; v++)
                exponent[v] = 0;
            for (int k = 0; c < s->columns && k < DTN_POLY_FACTORS && s->factor[c][k] >= 0; k++)
                exponent[s->factor[c][k]]++;
            if (c < s->columns)
                fmpq_set(coefficient, &s->a[(size_t)i * (size_t)s->columns + (size_t)c]);
            else
                fmpq_neg(coefficient, &s->b[i]);
            if (!fmpq_is_zero(coefficient))
                fmpq_mpoly_set_coeff_fmpq_ui(to, coefficient, exponent, e->ring);
        }
        p->count += !fmpq_mpoly_is_zero(to, e->ring);
    }
    fmpq_clear(coefficient);
}

static dtn_status copy_out(elimination *e, dtn_arena *arena, dtn_polyroots *out, const polys *p, root *first)
{
    int n = e->n, count = 0;
    for (root *x = first; x; x = x->next)
        count += x->known[0] = holds(e, p, x);
    DTN_ALLOC_FMPQ(e->ctx, arena, out->value, count * n + 1);
    DTN_ALLOC(e->ctx, arena, out->exact, count + 1);
    out->ball = dtn_arena_arb(arena, (size_t)(count * n + 1));
    if (!out->ball)
        return dtn_fail_nomem(e->ctx);
    for (root *x = first; x; x = x->next) {
        if (!x->known[0])
            continue;
        for (int v = 0; v < n; v++) {
            arb_set(out->ball + out->count * n + v, x->ball + v);
            if (x->exact)
                fmpq_set(&out->value[out->count * n + v], &x->value[v]);
            else
                arf_get_fmpq(&out->value[out->count * n + v], arb_midref(x->ball + v));
        }
        out->exact[out->count++] = x->exact;
    }
    out->complete = !e->incomplete;
    return DTN_OK;
}

dtn_status dtn_polysystem_solve(dtn_ctx *ctx, dtn_arena *arena, dtn_polyroots *out, const dtn_polysystem *s)
{
    *out = (dtn_polyroots){.complete = false};
    if (s->unknowns > 64 || s->unknowns < 1)
        return DTN_OK;
    elimination e = {.ctx = ctx, .n = s->unknowns};
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    list found = {NULL, DTN_OK};
    polys p;
    fmpq_mpoly_ctx_init(e.ring, e.n, ORD_LEX);
    open_polys(&e, &p, s->rows);
    read_system(&e, &p, s);
    solve(&e, &found, &p);
    dtn_status status = found.status;
    if (status == DTN_OK)
        status = copy_out(&e, arena, out, &p, found.first);
    close_polys(&e, &p, s->rows);
    fmpq_mpoly_ctx_clear(e.ring);
    dtn_arena_release(ctx->scratch, mark);
    return status;
}
