/* All vertices of a small bounded polyhedron.
 *
 * Method: double description of the homogenised cone {(x, s): a x <= b s, s >= 0}, with lines until inequalities use
 *   them up, and the combinatorial test for adjacent rays (bit sets of tight inequalities), on integer vectors.
 * Cost: the description can grow exponentially in between; meant for a few dozen rows and a handful of variables.
 * Exact: yes.
 * Source: K. Fukuda, A. Prodon, Double description method revisited, LNCS 1120 (1996) 91-111. */
#include <flint/fmpz_vec.h>
#include <string.h>

#include "num/lp.h"

static bool is_bounded(const dtn_polyhedron *set, int j)
{
    return set->nonnegative && set->nonnegative[j];
}

/* Generators of the cone {(x, s): a x <= b s, s >= 0}: lines at first, rays later. */
typedef struct cone {
    dtn_ctx *ctx;
    int n, words; /* coordinates (columns + 1); 64-bit words of a tight set */
    int lines, rays, room;
    fmpz *line;        /* [lines][n] */
    fmpz *ray;         /* [room][n] */
    uint64_t *tight;   /* [room][words]: which inequalities processed so far hold with equality */
    fmpz *sign, *work; /* [room] value of the inequality at hand; scratch */
} cone;

static fmpz *ray_at(const cone *c, int r)
{
    return c->ray + (size_t)r * (size_t)c->n;
}

static uint64_t *tight_at(const cone *c, int r)
{
    return c->tight + (size_t)r * (size_t)c->words;
}

static dtn_status make_room(cone *c, int wanted)
{
    if (wanted <= c->room)
        return DTN_OK;
    int room = wanted * 2 + 16;
    fmpz *ray, *sign;
    uint64_t *tight;
    ray = dtn_arena_fmpz(c->ctx->scratch, (size_t)room * (size_t)c->n);
    sign = dtn_arena_fmpz(c->ctx->scratch, (size_t)room);
    tight = dtn_arena_array(c->ctx->scratch, (size_t)room * (size_t)c->words, sizeof *tight);
    if (!ray || !sign || !tight)
        return dtn_fail_nomem(c->ctx);
    for (int r = 0; r < c->rays; r++) {
        _fmpz_vec_swap(ray + (size_t)r * (size_t)c->n, ray_at(c, r), c->n);
        fmpz_swap(sign + r, c->sign + r);
        memcpy(tight + (size_t)r * (size_t)c->words, tight_at(c, r), (size_t)c->words * sizeof *tight);
    }
    c->ray = ray;
    c->sign = sign;
    c->tight = tight;
    c->room = room;
    return DTN_OK;
}

static void make_primitive(cone *c, fmpz *v)
{
    _fmpz_vec_content(c->work, v, c->n);
    if (!fmpz_is_zero(c->work) && !fmpz_is_one(c->work))
        _fmpz_vec_scalar_divexact_fmpz(v, v, c->n, c->work);
}

/* v = s * v - t * u, then primitive. s > 0. */
static void combine(cone *c, fmpz *v, const fmpz_t s, const fmpz *u, const fmpz_t t)
{
    _fmpz_vec_scalar_mul_fmpz(v, v, c->n, s);
    _fmpz_vec_scalar_submul_fmpz(v, u, c->n, t);
    make_primitive(c, v);
}

/* A line that leaves the hyperplane g . v = 0 becomes a ray (or is used up by an equation); all else is moved into it. */
static dtn_status use_line(cone *c, int which, const fmpz *g, int bit, bool equation)
{
    fmpz *l = c->line + (size_t)which * (size_t)c->n, *value = c->work + 1, *other = c->work + 2;
    _fmpz_vec_dot(value, g, l, c->n);
    if (fmpz_sgn(value) > 0) { /* towards the inside: g . l < 0 */
        _fmpz_vec_neg(l, l, c->n);
        fmpz_neg(value, value);
    }
    fmpz_neg(value, value);
    for (int i = 0; i < c->lines + c->rays; i++) {
        fmpz *v = i < c->lines ? c->line + (size_t)i * (size_t)c->n : ray_at(c, i - c->lines);
        if (i == which)
            continue;
        _fmpz_vec_dot(other, g, v, c->n);
        fmpz_neg(other, other);
        if (!fmpz_is_zero(other))
            combine(c, v, value, l, other);
        if (i >= c->lines && bit >= 0)
            tight_at(c, i - c->lines)[bit / 64] |= UINT64_C(1) << bit % 64;
    }
    if (!equation) {
        DTN_TRY(make_room(c, c->rays + 1));
        _fmpz_vec_set(ray_at(c, c->rays), l, c->n);
        uint64_t *tight = tight_at(c, c->rays++);
        memset(tight, 0, (size_t)c->words * sizeof *tight);
        for (int b = 0; b < bit; b++) /* a line lies in every hyperplane met before */
            tight[b / 64] |= UINT64_C(1) << b % 64;
    }
    _fmpz_vec_swap(l, c->line + (size_t)(c->lines - 1) * (size_t)c->n, c->n);
    c->lines--;
    return DTN_OK;
}

/* No third ray is tight wherever both are. */
static bool adjacent(const cone *c, int p, int q, int rays)
{
    const uint64_t *a = tight_at(c, p), *b = tight_at(c, q);
    for (int r = 0; r < rays; r++) {
        if (r == p || r == q)
            continue;
        const uint64_t *o = tight_at(c, r);
        bool holds = true;
        for (int w = 0; w < c->words && holds; w++)
            holds = ((a[w] & b[w]) & ~o[w]) == 0;
        if (holds)
            return false;
    }
    return true;
}

/* Cuts the rays with g . v <= 0 (equation: = 0); bit is the inequality's number (-1 for an equation). */
static dtn_status cut_rays(cone *c, const fmpz *g, int bit, bool equation)
{
    int rays = c->rays;
    for (int r = 0; r < rays; r++)
        _fmpz_vec_dot(c->sign + r, g, ray_at(c, r), c->n);
    for (int p = 0; p < rays; p++) {
        if (fmpz_sgn(c->sign + p) <= 0)
            continue;
        DTN_TRY(dtn_ctx_poll(c->ctx));
        for (int q = 0; q < rays; q++) {
            if (fmpz_sgn(c->sign + q) >= 0 || !adjacent(c, p, q, rays))
                continue;
            DTN_TRY(make_room(c, c->rays + 1));
            fmpz *v = ray_at(c, c->rays);
            _fmpz_vec_scalar_mul_fmpz(v, ray_at(c, q), c->n, c->sign + p);
            _fmpz_vec_scalar_submul_fmpz(v, ray_at(c, p), c->n, c->sign + q);
            make_primitive(c, v);
            uint64_t *tight = tight_at(c, c->rays), *a = tight_at(c, p), *b = tight_at(c, q);
            for (int w = 0; w < c->words; w++)
                tight[w] = a[w] & b[w];
            fmpz_zero(c->sign + c->rays++);
        }
    }
    int kept = 0;
    for (int r = 0; r < c->rays; r++) {
        int sign = fmpz_sgn(c->sign + r);
        if (sign > 0 || (equation && sign != 0))
            continue;
        if (sign == 0 && bit >= 0)
            tight_at(c, r)[bit / 64] |= UINT64_C(1) << bit % 64;
        if (kept != r) {
            _fmpz_vec_swap(ray_at(c, kept), ray_at(c, r), c->n);
            memcpy(tight_at(c, kept), tight_at(c, r), (size_t)c->words * sizeof(uint64_t));
        }
        kept++;
    }
    c->rays = kept;
    return DTN_OK;
}

static dtn_status cut(cone *c, const fmpz *g, int bit, bool equation)
{
    for (int l = 0; l < c->lines; l++) {
        _fmpz_vec_dot(c->work, g, c->line + (size_t)l * (size_t)c->n, c->n);
        if (!fmpz_is_zero(c->work))
            return use_line(c, l, g, bit, equation);
    }
    return cut_rays(c, g, bit, equation);
}

/* Row r of the homogenised system as integers, in the direction g . (x, s) <= 0. */
static void homogenised(fmpz *g, fmpz_t factor, const dtn_polyhedron *set, int r)
{
    int n = set->columns;
    const fmpq *a = set->a + (size_t)r * (size_t)n;
    fmpz_set(factor, fmpq_denref(&set->b[r]));
    for (int j = 0; j < n; j++)
        fmpz_lcm(factor, factor, fmpq_denref(&a[j]));
    for (int j = 0; j <= n; j++) {
        const fmpq *from = j < n ? &a[j] : &set->b[r];
        fmpz_divexact(&g[j], factor, fmpq_denref(from));
        fmpz_mul(&g[j], &g[j], fmpq_numref(from));
        if ((j == n) != (set->senses[r] == DTN_LP_GE))
            fmpz_neg(&g[j], &g[j]);
    }
}

/* The generators of set's cone; *complete = false when there were too many on the way. */
static dtn_status describe(dtn_ctx *ctx, cone *c, bool *complete, const dtn_polyhedron *set, int limit)
{
    int n = set->columns, inequalities = 1;
    for (int r = 0; r < set->rows; r++)
        inequalities += set->senses[r] != DTN_LP_EQ;
    for (int j = 0; j < n; j++)
        inequalities += is_bounded(set, j);
    *c = (cone){.ctx = ctx, .n = n + 1, .words = (inequalities + 63) / 64, .lines = n + 1};
    fmpz *g = dtn_arena_fmpz(ctx->scratch, (size_t)(n + 1));
    c->line = dtn_arena_fmpz(ctx->scratch, (size_t)(n + 1) * (size_t)(n + 1));
    c->work = dtn_arena_fmpz(ctx->scratch, 3);
    if (!g || !c->line || !c->work)
        return dtn_fail_nomem(ctx);
    DTN_TRY(make_room(c, 2 * n + 8));
    for (int j = 0; j <= n; j++)
        fmpz_one(c->line + (size_t)j * (size_t)(n + 2));
    for (int r = 0; r < set->rows; r++)
        if (set->senses[r] == DTN_LP_EQ) {
            homogenised(g, c->work, set, r);
            DTN_TRY(cut(c, g, -1, true));
        }
    int bit = 0;
    long cap = 64L * limit + 4096;
    for (int j = n; j >= 0; j--) /* the sign of s first, then of the variables */
        if (j == n || is_bounded(set, j)) {
            _fmpz_vec_zero(g, n + 1);
            fmpz_set_si(&g[j], -1);
            DTN_TRY(cut(c, g, bit++, false));
        }
    for (int r = 0; r < set->rows && (*complete = c->rays <= cap); r++)
        if (set->senses[r] != DTN_LP_EQ) {
            homogenised(g, c->work, set, r);
            DTN_TRY(cut(c, g, bit++, false));
        }
    return DTN_OK;
}

/* Lexicographic order, so that the answer does not depend on the order of the rows. */
static void sort_points(fmpq *points, int count, int n)
{
    for (int i = 1; i < count; i++)
        for (int k = i; k > 0; k--) {
            fmpq *a = points + (size_t)(k - 1) * (size_t)n, *b = a + n;
            int order = 0;
            for (int j = 0; j < n && !order; j++)
                order = fmpq_cmp(&a[j], &b[j]);
            if (order <= 0)
                break;
            for (int j = 0; j < n; j++)
                fmpq_swap(&a[j], &b[j]);
        }
}

static dtn_status vertices(dtn_ctx *ctx, dtn_arena *arena, fmpq **out, int *count, int *dimension,
                           bool *complete, const dtn_polyhedron *set, int limit)
{
    cone c;
    *out = NULL;
    *count = 0;
    *complete = true;
    DTN_TRY(dtn_polyhedron_dimension(ctx, dimension, set));
    if (*dimension < 0)
        return DTN_OK;
    DTN_TRY(describe(ctx, &c, complete, set, limit));
    if (!*complete)
        return DTN_OK;
    int n = set->columns, found = 0;
    for (int r = 0; r < c.rays; r++)
        found += !fmpz_is_zero(ray_at(&c, r) + n);
    if (c.lines || found < c.rays)
        return dtn_fail(ctx, DTN_DOMAIN, "the polyhedron is unbounded: its vertices do not describe it");
    *complete = found <= limit;
    if (found > limit)
        found = limit;
    DTN_ALLOC_FMPQ(ctx, arena, *out, (size_t)found * (size_t)n + 1);
    for (int r = 0; r < found; r++)
        for (int j = 0; j < n; j++)
            fmpq_set_fmpz_frac(&(*out)[(size_t)r * (size_t)n + (size_t)j], ray_at(&c, r) + j,
                               ray_at(&c, r) + n);
    *count = found;
    sort_points(*out, found, n);
    return DTN_OK;
}

dtn_status dtn_polyhedron_vertices(dtn_ctx *ctx, dtn_arena *arena, fmpq **out, int *count, int *dimension,
                                   bool *complete, const dtn_polyhedron *set, int limit)
{
    if (arena == ctx->scratch)
        return dtn_fail(ctx, DTN_ARG,
                        "vertices need an arena of their own: the scratch arena is released on return");
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = vertices(ctx, arena, out, count, dimension, complete, set, limit);
    dtn_arena_release(ctx->scratch, mark);
    return status;
}
