/* Variance shares of parameters.
 *
 * Method: at points A of the box, uniform where the constraints hold, one parameter is drawn anew, the others kept (half of the
 *   mean squared difference is what is left when all others are known: the total share), and all others are drawn anew, the one
 *   kept (what is left when it alone is known: 1 - the first-order share). New values are drawn until the constraints
 *   hold, so that both are right for ranges that constrain each other. COPIES independent shifts of a Sobol sample give the errors.
 * Cost: 2 k + 1 points of the sweep for each A. Exact figures at points; the shares are estimates.
 * Source: M. J. W. Jansen, Comput. Phys. Commun. 117 (1999); A. Saltelli et al., ibid. 181 (2010); A. B. Owen, J. Complexity 14 (1998). */
#include "analyse/variance.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "num/quasi.h"

enum { COPIES = 8, LEAST_POINTS = 128, TRIES = 64, MOST_EFFORT = 400000 };

typedef struct drawer {
    dtn_prober *prober;
    const dtn_plan *plan;
    int k, least; /* parameters; column of target.least, followed by target.most */
    int state;    /* column */
    uint32_t shift[DTN_SOBOL_MOST];
    uint32_t *a, *b; /* [k] coordinates of a point of the sample, and of the one it is mixed with */
    uint64_t random;
    double *sum_first, *sum_total; /* [k * COPIES] */
    double sum, squares;
    long count, counted[COPIES];
} drawer;

/* The target's probability at coordinates; NaN outside the constraints. */
static dtn_status value_at(dtn_ctx *ctx, double *out, drawer *d, const uint32_t *u)
{
    fmpq *at = d->prober->at, *width = d->prober->work;
    for (int k = 0; k < d->k; k++) {
        dtn_sobol_unit(at + k, u[k], 0);
        fmpq_sub(width, &d->plan->hi[k], &d->plan->lo[k]);
        fmpq_mul(at + k, at + k, width);
        fmpq_add(at + k, at + k, &d->plan->lo[k]);
    }
    DTN_TRY(dtn_prober_here(ctx, d->prober));
    const dtn_sweep_row *row = &d->prober->row;
    *out = row->known[d->least] ? 0.5 * (dtn_rational_double(&row->number[d->least]) +
                                         dtn_rational_double(&row->number[d->least + 1]))
                                : NAN;
    return DTN_OK;
}

static uint32_t draw(drawer *d)
{
    return (uint32_t)(dtn_random_next(&d->random) >> (64 - DTN_SOBOL_BITS));
}

/* The value with parameter k drawn anew (others false) or with all others drawn anew (others true), within the constraints. NaN:
 * none was found. */
static dtn_status value_anew(dtn_ctx *ctx, double *out, drawer *d, int k, bool others)
{
    uint32_t u[DTN_SOBOL_MOST];
    *out = NAN;
    for (int t = 0; t < TRIES && isnan(*out); t++) {
        for (int i = 0; i < d->k; i++)
            u[i] = (i == k) == others ? d->a[i] : t == 0 ? d->b[i] : draw(d);
        DTN_TRY(value_at(ctx, out, d, u));
    }
    return DTN_OK;
}

static dtn_status take_point(dtn_ctx *ctx, drawer *d, int copy, long i)
{
    double here, there;
    uint32_t mask = (UINT32_C(1) << DTN_SOBOL_BITS) - 1;
    for (int k = 0; k < d->k; k++) {
        d->a[k] = (dtn_sobol(k, (uint64_t)i) ^ d->shift[k]) & mask;
        d->b[k] = (dtn_sobol(d->k + k, (uint64_t)i) ^ d->shift[d->k + k]) & mask;
    }
    DTN_TRY(value_at(ctx, &here, d, d->a));
    if (isnan(here))
        return DTN_OK;
    d->sum += here;
    d->squares += here * here;
    d->count++;
    d->counted[copy]++;
    for (int k = 0; k < d->k; k++) {
        DTN_TRY(value_anew(ctx, &there, d, k, false));
        if (!isnan(there))
            d->sum_total[k * COPIES + copy] += (here - there) * (here - there) / 2;
        DTN_TRY(value_anew(ctx, &there, d, k, true));
        if (!isnan(there))
            d->sum_first[k * COPIES + copy] += (here - there) * (here - there) / 2;
    }
    return DTN_OK;
}

/* Mean over copies, and the standard deviation of that mean. */
static void over_copies(double *mean, double *error, const drawer *d, const double *sum, double variance)
{
    double all = 0, squares = 0;
    int copies = 0;
    for (int c = 0; c < COPIES; c++) {
        if (d->counted[c] == 0)
            continue;
        double own = sum[c] / (double)d->counted[c] / variance;
        all += own;
        squares += own * own;
        copies++;
    }
    *mean = copies ? all / copies : 0;
    *error = copies > 1 ? sqrt(fmax(0, squares / copies - *mean * *mean) / (copies - 1)) : 0;
}

static int by_total(const void *p, const void *q)
{
    const dtn_variance_share *a = p, *b = q;
    return a->total != b->total ? (a->total < b->total) - (a->total > b->total) : a->param - b->param;
}

static dtn_status conclude(dtn_ctx *ctx, dtn_arena *arena, dtn_variance *out, const drawer *d)
{
    dtn_variance_share *share;
    DTN_ALLOC(ctx, arena, share, d->k);
    out->share = share;
    out->points = d->count;
    if (d->count < 2) {
        out->left_out = "no point of the sample lies inside the constraints";
        return DTN_OK;
    }
    out->mean = d->sum / (double)d->count;
    double variance = fmax(0, d->squares / (double)d->count - out->mean * out->mean);
    out->deviation = sqrt(variance);
    if (variance < 1e-18) {
        out->left_out = "the target's probability is the same everywhere";
        return DTN_OK;
    }
    out->shares = d->k;
    for (int k = 0; k < d->k; k++) {
        dtn_variance_share *x = &share[k];
        x->param = d->plan->param[k];
        over_copies(&x->total, &x->total_error, d, d->sum_total + k * COPIES, variance);
        over_copies(&x->first, &x->first_error, d, d->sum_first + k * COPIES, variance);
        x->first = fmax(0, 1 - x->first);
    }
    qsort(share, (size_t)d->k, sizeof *share, by_total);
    return DTN_OK;
}

static dtn_status sample(dtn_ctx *ctx, drawer *d, long points)
{
    d->random = ctx->seed;
    for (int copy = 0; copy < COPIES; copy++) {
        for (int k = 0; k < 2 * d->k; k++)
            d->shift[k] = draw(d);
        for (long i = 0; i < points / COPIES; i++) {
            DTN_TRY(dtn_ctx_poll(ctx));
            if (i % 16 == 0)
                dtn_ctx_report(ctx, "variance", ((double)copy + (double)i * COPIES / (double)points) / COPIES);
            DTN_TRY(take_point(ctx, d, copy, i));
        }
    }
    return DTN_OK;
}

static dtn_status find(dtn_ctx *ctx, dtn_arena *arena, dtn_variance *out, const dtn_sweep *sweep,
                       const dtn_plan *plan, const char *const *target, int targets, long points)
{
    drawer d = {.plan = plan, .k = plan->params};
    DTN_TRY(dtn_prober_new(ctx, &d.prober, plan, &sweep->point, sweep->rung, target, targets, DTN_WANT_TARGET));
    while (d.prober->columns.column[d.least].what != DTN_COLUMN_TARGET)
        d.least++;
    dtn_arena *own = d.prober->arena;
    d.a = dtn_arena_array(own, 2 * (size_t)d.k, sizeof *d.a);
    d.sum_first = dtn_arena_array(own, 2 * (size_t)d.k * COPIES, sizeof *d.sum_first);
    dtn_status status = d.a && d.sum_first ? DTN_OK : dtn_fail_nomem(ctx);
    if (status == DTN_OK) {
        d.b = d.a + d.k;
        d.sum_total = d.sum_first + d.k * COPIES;
        status = sample(ctx, &d, points);
    }
    if (status == DTN_OK)
        status = conclude(ctx, arena, out, &d);
    dtn_prober_free(d.prober);
    return status;
}

dtn_status dtn_variance_find(dtn_ctx *ctx, dtn_arena *arena, dtn_variance *out, const dtn_sweep *sweep,
                             const char *const *target, int targets, long points)
{
    dtn_plan plan;
    *out = (dtn_variance){0};
    DTN_TRY(dtn_plan_make(ctx, ctx->scratch, &plan, sweep->scenario, DTN_SAMPLE_HALTON, 1, sweep->matters));
    long most = MOST_EFFORT / ((2 * plan.params + 1) * (sweep->effort + 1));
    points = points < most || sweep->unbounded ? points : most;
    if (targets == 0)
        out->left_out = "there is no target";
    else if (plan.params == 0)
        out->left_out = "no parameter that matters has a range";
    else if (2 * plan.params > DTN_SOBOL_MOST)
        out->left_out = "too many parameters move";
    else if (points < LEAST_POINTS)
        out->left_out = "the game takes long to solve (--cells 12 takes the time)";
    return out->left_out ? DTN_OK : find(ctx, arena, out, sweep, &plan, target, targets, points);
}
