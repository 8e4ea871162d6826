/* The least discount factor at which a profile of a two-player stage, played for ever, is self-enforcing without transfers.
 *
 * Method: reversion to a stage equilibrium gives an upper bound, the pure minmax payoffs a lower one; where they meet, or where sticks do the rest, the
 *   answer is exact. Otherwise the set of equilibrium payoffs decides: at a given discount factor the profile fails if it fails against the least
 *   payoffs of a set that holds all equilibrium payoffs; it stands if it stands against those of a set that is shown to be
 *   self-generating. Such a set is made from the outer one at a slightly lower discount factor, drawn together a little.
 *   With public randomization what is an equilibrium payoff remains one when the discount factor rises (Abreu, Pearce and Stacchetti
 *   1990, theorem 6), so that one threshold exists and bisection finds it.
 * Cost: about 20 + 20 sets. Exact: both ends of the bracket are proved. */
#include "solve/repeated.h"

enum { MOST_STICKS = 400 };

typedef struct question {
    const dtn_payoff_grid *grid;
    size_t profile;
    int p; /* discount factor in steps */
} question;

/* (1 - delta) gain > delta (payoff - least), with the roundings in the profile's favour. */
static bool fails(const void *user, const dtn_grid_point *corner, int count)
{
    const question *q = user;
    if (count == 0)
        return true;
    const dtn_payoff_grid *g = q->grid;
    int64_t patience = DTN_DISCOUNT_STEPS - q->p;
    dtn_grid_point least = dtn_polygon_least(corner, count), gain = g->gain_lo[q->profile],
                   pay = g->hi[q->profile];
    return patience * gain.x > q->p * (pay.x - least.x) || patience * gain.y > q->p * (pay.y - least.y);
}

/* The same for "stands", with the roundings against it. */
static bool stands(const question *q, const dtn_grid_point *corner, int count)
{
    const dtn_payoff_grid *g = q->grid;
    int64_t patience = DTN_DISCOUNT_STEPS - q->p;
    dtn_grid_point least = dtn_polygon_least(corner, count), gain = g->gain_hi[q->profile],
                   pay = g->lo[q->profile];
    return patience * gain.x <= q->p * (pay.x - least.x) && patience * gain.y <= q->p * (pay.y - least.y);
}

static dtn_status refuted(dtn_ctx *ctx, bool *out, dtn_payoff_grid *grid, size_t profile, int p,
                          dtn_grid_point *corner)
{
    int count;
    question q = {grid, profile, p};
    DTN_TRY(dtn_payoff_set_outer(ctx, corner, &count, grid, p, fails, &q));
    *out = fails(&q, corner, count);
    return DTN_OK;
}

/* Whether some self-generating set at p holds the profile; it is looked for below, at `from`. */
static dtn_status proved(dtn_ctx *ctx, bool *out, dtn_payoff_grid *grid, size_t profile, int p, int from,
                         dtn_grid_point *corner, dtn_grid_point *drawn)
{
    int count;
    question q = {grid, profile, p};
    *out = false;
    DTN_TRY(dtn_payoff_set_outer(ctx, corner, &count, grid, from, NULL, NULL));
    for (int shift = 26; shift >= 8 && !*out && count > 2; shift -= 3) {
        int64_t x = 0, y = 0; /* centre of the corners */
        for (int i = 0; i < count; i++) {
            x += corner[i].x / count;
            y += corner[i].y / count;
        }
        for (int i = 0; i < count; i++)
            drawn[i] = (dtn_grid_point){corner[i].x - ((corner[i].x - x) >> shift),
                                        corner[i].y - ((corner[i].y - y) >> shift)};
        *out = stands(&q, drawn, count) && dtn_payoff_set_proved(grid, drawn, count, p);
    }
    return DTN_OK;
}

static int steps(const fmpq *delta, bool up)
{
    fmpz_t n;
    fmpz_init(n);
    fmpz_mul_si(n, fmpq_numref(delta), DTN_DISCOUNT_STEPS);
    if (up)
        fmpz_cdiv_q(n, n, fmpq_denref(delta));
    else
        fmpz_fdiv_q(n, n, fmpq_denref(delta));
    int p = (int)fmpz_get_si(n);
    fmpz_clear(n);
    return p;
}

/* Lowers out->hi to where sticks are enough, found by bisection between two steps; the exact place where it is simple. */
static dtn_status try_sticks(dtn_ctx *ctx, dtn_discount_bracket *out, const dtn_stage *stage, size_t profile,
                             int no, int *yes)
{
    fmpq *x;
    bool stands_there;
    size_t stick[2];
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, x, 2);
    int high = *yes, low = no;
    while (high - low > 1) {
        int middle = low + (high - low) / 2;
        fmpq_set_si(x, middle, DTN_DISCOUNT_STEPS);
        DTN_TRY(dtn_repeated_sticks(ctx, &stands_there, stick, stage, profile, x));
        *(stands_there ? &high : &low) = middle;
        if (!stands_there)
            continue;
        fmpq_set(out->hi, x);
        out->hi_known = true;
        *yes = middle;
    }
    if (!out->hi_known || high != *yes)
        return DTN_OK;
    fmpq_set_si(x, low, DTN_DISCOUNT_STEPS);
    dtn_rational_simplest(x + 1, x, out->hi);
    DTN_TRY(dtn_repeated_sticks(ctx, &stands_there, stick, stage, profile, x + 1));
    if (stands_there)
        fmpq_set(out->hi, x + 1);
    return DTN_OK;
}

static dtn_status narrow(dtn_ctx *ctx, dtn_discount_bracket *out, dtn_payoff_grid *grid, size_t profile,
                         int least, int most)
{
    dtn_grid_point *corner, *drawn;
    DTN_ALLOC(ctx, ctx->scratch, corner, DTN_PAYOFF_CORNERS + 1);
    DTN_ALLOC(ctx, ctx->scratch, drawn, DTN_PAYOFF_CORNERS + 1);
    int no = least > 1 ? least : 1, yes = most;
    bool fails_there, stands_there;
    if (grid->stage->profiles <= MOST_STICKS)
        DTN_TRY(try_sticks(ctx, out, grid->stage, profile, no, &yes));
    int top = yes;
    while (yes - no > 1) {
        int middle = no + (yes - no) / 2;
        DTN_TRY(refuted(ctx, &fails_there, grid, profile, middle, corner));
        *(fails_there ? &no : &yes) = middle;
        if (fails_there)
            fmpq_set_si(out->lo, middle, DTN_DISCOUNT_STEPS);
    }
    for (int width = 2; no + width < top; width *= 2)
        for (int part = 2; part <= width && part <= 32; part *= 4) {
            DTN_TRY(proved(ctx, &stands_there, grid, profile, no + width, no + width - width / part, corner,
                           drawn));
            if (!stands_there)
                continue;
            fmpq_set_si(out->hi, no + width, DTN_DISCOUNT_STEPS);
            out->hi_known = true;
            return DTN_OK;
        }
    return DTN_OK;
}

/* Ends found on the grid are widened to four decimals: nobody reads more, and a narrower bracket says little else. */
static void widen(fmpq *x, bool up)
{
    enum { DECIMALS = 10000 };
    fmpz_t n, d;
    fmpz_init(n);
    fmpz_init_set_si(d, DECIMALS);
    fmpz_mul(n, fmpq_numref(x), d);
    if (up)
        fmpz_cdiv_q(n, n, fmpq_denref(x));
    else
        fmpz_fdiv_q(n, n, fmpq_denref(x));
    fmpq_set_fmpz_frac(x, n, d);
    fmpz_clear(n);
    fmpz_clear(d);
}

dtn_status dtn_repeated_bracket(dtn_ctx *ctx, dtn_arena *arena, dtn_discount_bracket *out,
                                dtn_payoff_grid *grid, size_t profile)
{
    enum { TOP = DTN_DISCOUNT_STEPS - DTN_DISCOUNT_STEPS / 128 };
    dtn_critical_discount low, high;
    fmpq *one;
    *out = (dtn_discount_bracket){0};
    DTN_ALLOC_FMPQ(ctx, arena, out->lo, 1);
    DTN_ALLOC_FMPQ(ctx, arena, out->hi, 1);
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, one, 1);
    fmpq_one(one);
    DTN_TRY(dtn_repeated_minmax(ctx, ctx->scratch, &low, grid->stage, profile));
    DTN_TRY(dtn_repeated_reversion(ctx, ctx->scratch, &high, grid->stage, profile, one));
    out->never = low.never;
    dtn_status status = DTN_OK;
    if (!low.never) {
        fmpq_set(out->lo, low.delta);
        out->hi_known = !high.never;
        if (!high.never)
            fmpq_set(out->hi, high.delta);
        out->exact = out->hi_known && fmpq_equal(low.delta, high.delta);
        if (!out->exact && grid->stage->profiles <= MOST_STICKS) {
            DTN_TRY(dtn_repeated_sticks(ctx, &out->sticks, out->stick, grid->stage, profile, low.delta));
            if (out->sticks) {
                fmpq_set(out->hi, low.delta);
                out->exact = out->hi_known = true;
            }
        }
        int most = high.never ? TOP : steps(high.delta, true);
        if (!out->exact)
            status = narrow(ctx, out, grid, profile, steps(low.delta, false), most < TOP ? most : TOP);
    }
    if (out->hi_known && !out->exact && fmpz_cmp_si(fmpq_denref(out->hi), 10000) > 0)
        widen(out->hi, true);
    if (!out->exact && fmpz_cmp_si(fmpq_denref(out->lo), 10000) > 0)
        widen(out->lo, false);
    dtn_arena_release(ctx->scratch, mark);
    return status;
}
