/* Supports in which at most two players mix: their equilibria form a product of two polytopes, exactly.
 *
 * Method: player p's mixtures that leave the other mixing player indifferent, and everybody else's best replies what they are, solve
 *   linear equations and inequalities. One solution is found by elimination; a set of them by its vertices. Where a third
 *   player's comparisons depend on both mixtures, they are bilinear and checked at products of vertices.
 * Cost: size^3 a support; vertices where solutions are not unique. Exact.
 * Source: J. Dickhaut, T. Kaplan, A program for finding Nash equilibria, The Mathematica Journal 1 (1991). */
#include <flint/fmpq_mat.h>

#include "num/lp.h"
#include "solve/support.h"

/* Mixtures of one player over its support: the vertices of a polytope, and which of them play all of the support. */
typedef struct mixtures {
    int size, count, dimension;
    fmpq *point; /* [count][size] */
    bool *full;  /* [count] */
    bool some;   /* the polytope holds a point that plays all of the support */
} mixtures;

/* The linear conditions on a mixing player: rows of comparisons, each `equal` or <= 0. */
typedef struct conditions {
    int rows, equal, size;
    fmpq *a; /* [rows][size], the equal ones first */
} conditions;

/* Conditions on mixing player m's mixture: comparisons of the other mixing player, or of all when nobody else mixes. */
static dtn_status collect(dtn_ctx *ctx, const dtn_indifference *s, int m, conditions *out)
{
    int only = s->mixing == 2 ? s->mixer[1 - m] : -1, total = 0;
    out->size = s->size[s->mixer[m]];
    out->equal = only < 0 ? 0 : s->compare[only].equal;
    for (int p = 0; p < s->players; p++)
        total += only < 0 || p == only ? s->compare[p].rows : 0;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, out->a, total * out->size);
    for (int p = 0; p < s->players; p++) {
        if (p == s->mixer[m] || (only >= 0 && p != only))
            continue;
        for (int r = 0; r < s->compare[p].rows; r++, out->rows++)
            for (int i = 0; i < out->size; i++)
                dtn_indifference_exact(out->a + out->rows * out->size + i, s, p, r, (size_t)i);
    }
    return DTN_OK;
}

/* Solves the equations and sum = 1 by elimination: the number of free dimensions, -1 when there is no solution. */
static int eliminate(fmpq *x, const conditions *c)
{
    fmpq_mat_t a;
    fmpq_mat_init(a, c->equal + 1, c->size + 1);
    for (int i = 0; i <= c->size; i++)
        fmpq_one(fmpq_mat_entry(a, c->equal, i));
    for (int r = 0; r < c->equal; r++)
        for (int i = 0; i < c->size; i++)
            fmpq_set(fmpq_mat_entry(a, r, i), c->a + r * c->size + i);
    int rank = (int)fmpq_mat_rref(a, a), last = 0;
    while (rank && fmpq_is_zero(fmpq_mat_entry(a, rank - 1, last)))
        last++;
    int freedom = last == c->size ? -1 : c->size - rank;
    for (int i = 0; freedom == 0 && i < c->size; i++)
        fmpq_set(x + i, fmpq_mat_entry(a, i, c->size));
    fmpq_mat_clear(a);
    return freedom;
}

static bool is_inside(const fmpq *x, const conditions *c)
{
    fmpq_t sum;
    fmpq_init(sum);
    bool inside = true;
    for (int i = 0; i < c->size && inside; i++)
        inside = fmpq_sgn(x + i) > 0;
    for (int r = c->equal; r < c->rows && inside; r++) {
        fmpq_zero(sum);
        for (int i = 0; i < c->size; i++)
            fmpq_addmul(sum, c->a + r * c->size + i, x + i);
        inside = fmpq_sgn(sum) <= 0;
    }
    fmpq_clear(sum);
    return inside;
}

static dtn_status by_vertices(dtn_ctx *ctx, dtn_arena *arena, mixtures *out, const conditions *c)
{
    enum { MOST = 100000 };
    int rows = c->rows + 1;
    dtn_lp_sense *senses;
    bool *nonnegative, complete;
    fmpq *a, *b;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, a, rows * c->size);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, b, rows);
    DTN_ALLOC(ctx, ctx->scratch, senses, rows);
    DTN_ALLOC(ctx, ctx->scratch, nonnegative, c->size);
    for (int i = 0; i < c->rows * c->size; i++)
        fmpq_set(a + i, c->a + i);
    for (int i = 0; i < c->size; i++) {
        fmpq_one(a + c->rows * c->size + i);
        nonnegative[i] = true;
    }
    fmpq_one(b + c->rows);
    for (int r = 0; r < rows; r++)
        senses[r] = r < c->equal || r == c->rows ? DTN_LP_EQ : DTN_LP_LE;
    dtn_polyhedron set = {rows, c->size, a, b, senses, nonnegative};
    DTN_TRY(dtn_polyhedron_vertices(ctx, arena, &out->point, &out->count, &out->dimension, &complete, &set,
                                    MOST));
    if (!complete)
        return dtn_fail(ctx, DTN_LIMIT, "a support with more than %d extreme mixtures", MOST);
    DTN_ALLOC(ctx, arena, out->full, out->count);
    int covered = 0;
    for (int i = 0; i < c->size; i++) {
        bool some = false;
        for (int k = 0; k < out->count; k++)
            some = some || !fmpq_is_zero(out->point + k * c->size + i);
        covered += some;
    }
    out->some = covered == c->size;
    for (int k = 0; k < out->count; k++) {
        out->full[k] = true;
        for (int i = 0; i < c->size; i++)
            out->full[k] = out->full[k] && !fmpq_is_zero(out->point + k * c->size + i);
    }
    return DTN_OK;
}

static dtn_status solve(dtn_ctx *ctx, dtn_arena *arena, const dtn_indifference *s, int m, mixtures *out)
{
    conditions c = {0};
    DTN_TRY(collect(ctx, s, m, &c));
    *out = (mixtures){.size = c.size};
    DTN_ALLOC_FMPQ(ctx, arena, out->point, c.size);
    int freedom = eliminate(out->point, &c);
    if (freedom > 0)
        return by_vertices(ctx, arena, out, &c);
    if (freedom < 0 || !is_inside(out->point, &c))
        return DTN_OK;
    DTN_ALLOC(ctx, arena, out->full, 1);
    out->count = 1;
    out->some = out->full[0] = true;
    return DTN_OK;
}

/* --- everybody else ---------------------------------------------------------------------------------- */

/* Comparisons that no mixture can change: of players whose opponents all play one action. */
static bool constants_hold(const dtn_indifference *s)
{
    fmpq_t d;
    bool hold = true;
    fmpq_init(d);
    for (int p = 0; p < s->players && hold; p++)
        for (int r = 0; s->compare[p].entries == 1 && r < s->compare[p].rows && hold; r++) {
            dtn_indifference_exact(d, s, p, r, 0);
            hold = r < s->compare[p].equal ? fmpq_is_zero(d) : fmpq_sgn(d) <= 0;
        }
    fmpq_clear(d);
    return hold;
}

/* Sign of a comparison of a player who plays one action, at a pair of mixtures. */
static int sign_at(const dtn_indifference *s, int p, int row, const fmpq *x, const fmpq *y)
{
    fmpq_t sum, term;
    int size = s->size[s->mixer[0]];
    fmpq_init(sum);
    fmpq_init(term);
    for (size_t t = 0; t < s->tuples; t++) {
        dtn_indifference_exact(term, s, p, row, t);
        fmpq_mul(term, term, x + t % (size_t)size);
        fmpq_mul(term, term, y + t / (size_t)size);
        fmpq_add(sum, sum, term);
    }
    int sign = fmpq_sgn(sum);
    fmpq_clear(sum);
    fmpq_clear(term);
    return sign;
}

/* bad[i * y->count + j]: at that pair somebody who does not mix has a better action. *never: so it is everywhere. */
static void judge_pairs(const dtn_indifference *s, const mixtures *x, const mixtures *y, bool *bad,
                        bool *never, bool *always)
{
    *never = false;
    *always = true;
    for (int p = 0; p < s->players; p++)
        for (int r = 0; s->slot[p] < 0 && r < s->compare[p].rows; r++) {
            bool here = true;
            for (int i = 0; i < x->count; i++)
                for (int j = 0; j < y->count; j++) {
                    bool better = sign_at(s, p, r, x->point + i * x->size, y->point + j * y->size) > 0;
                    here = here && better;
                    *always = *always && !better;
                    bad[i * y->count + j] = bad[i * y->count + j] || better;
                }
            *never = *never || here;
        }
}

static dtn_status report(dtn_ctx *ctx, dtn_profile_run *run, const dtn_indifference *s, fmpq *sigma,
                         const fmpq *const mixture[2])
{
    for (int i = 0; i < run->out->width; i++)
        fmpq_zero(sigma + i);
    for (int p = 0; p < s->players; p++)
        for (int a = 0; a < s->size[p]; a++) {
            fmpq *to = sigma + s->first[p] + s->action[p][a];
            if (s->slot[p] < 0)
                fmpq_one(to);
            else
                fmpq_set(to, mixture[s->slot[p]] + a);
        }
    return dtn_profile_found(ctx, run, sigma, NULL);
}

static dtn_status pairs(dtn_ctx *ctx, dtn_profile_run *run, bool *left, const dtn_indifference *s,
                        fmpq *sigma, const mixtures *x, const mixtures *y)
{
    bool *bad, never, always;
    DTN_ALLOC(ctx, ctx->scratch, bad, x->count * y->count);
    judge_pairs(s, x, y, bad, &never, &always);
    if (never)
        return DTN_OK;
    *left = !always && x->count * y->count > 1;
    for (int i = 0; i < x->count; i++)
        for (int j = 0; j < y->count && !run->enough; j++) {
            const fmpq *mixture[2] = {x->point + i * x->size, y->point + j * y->size};
            if (x->full[i] && y->full[j] && !bad[i * y->count + j])
                DTN_TRY(report(ctx, run, s, sigma, mixture));
        }
    return DTN_OK;
}

static dtn_status search(dtn_ctx *ctx, dtn_arena *arena, dtn_profile_run *run, bool *left,
                         const dtn_indifference *s)
{
    mixtures side[2];
    fmpq *sigma;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, sigma, run->out->width);
    /* The player with more conditions than actions first: mostly it has no mixture. */
    int order = s->mixing == 2 && s->size[s->mixer[1]] < s->size[s->mixer[0]];
    for (int k = 0; k < s->mixing; k++) {
        int m = s->mixing == 2 ? k ^ order : 0;
        DTN_TRY(solve(ctx, arena, s, m, &side[m]));
        if (!side[m].some)
            return DTN_OK;
    }
    if (s->mixing == 2)
        return pairs(ctx, run, left, s, sigma, &side[0], &side[1]);
    if (s->mixing == 0)
        return report(ctx, run, s, sigma, NULL);
    for (int i = 0; i < side->count && !run->enough; i++) {
        const fmpq *mixture[2] = {side->point + i * side->size, NULL};
        if (side->full[i])
            DTN_TRY(report(ctx, run, s, sigma, mixture));
    }
    return DTN_OK;
}

dtn_status dtn_support_linear(dtn_ctx *ctx, dtn_profile_run *run, bool *left, const dtn_indifference *s)
{
    *left = false;
    if (!constants_hold(s))
        return DTN_OK;
    dtn_arena *arena = dtn_arena_new(ctx);
    if (!arena)
        return dtn_fail_nomem(ctx);
    dtn_status status = search(ctx, arena, run, left, s);
    dtn_arena_free(arena);
    return status;
}
