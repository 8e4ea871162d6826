/* The path of equilibria along a ray of games.
 *
 * Method: for a fixed set of played strategies, "all of a player's earn the same, bonus included" defines a curve in the probabilities, the
 *   values and lambda. It is followed by predictor and corrector until a probability falls to 0, which drops its strategy, or an unplayed
 *   strategy comes to earn as much as the played ones, which adds it: a new curve begins there, in the direction in which what just became
 *   0 grows. Where lambda passes 0 there is an equilibrium. In two-player games curves are lines and the path is that of Lemke and Howson.
 * Cost: a few dense solutions a step. Doubles: what is found wants a certificate.
 * Source: S. Govindan, R. Wilson, A global Newton method to compute Nash equilibria, Journal of Economic Theory 110 (2003); E. Kohlberg,
 *   J.-F. Mertens, Econometrica 54 (1986). */
#include "solve/global_newton_path.h"

#include <math.h>
#include <string.h>

#include "base/random.h"
#include "num/dense.h"

static const double longest = 0.1, shortest = 1e-9, slip = 1e-9;
enum { CORRECTIONS = 8 };

/* A point: probabilities [width], values [players], lambda; derivatives alike. */
typedef struct path {
    const dtn_ray *ray;
    const dtn_strategic *g;
    int width, players, size; /* size: of a point */
    bool *in;                 /* [width] played */
    int *unknown;             /* [size] number among the unknowns, -1: fixed at 0 */
    int *owner;               /* [width] */
    int unknowns;
    double *at, *next, *tangent, *u, *slope, *border, *matrix, *right;
    int *pivot;
} path;

static dtn_status prepare(dtn_ctx *ctx, path *w, const dtn_ray *ray)
{
    *w = (path){.ray = ray, .g = ray->game, .players = ray->game->players};
    for (int p = 0; p < w->players; p++)
        w->width += ray->game->strategies[p];
    size_t size = (size_t)(w->size = w->width + w->players + 1), width = (size_t)w->width;
    DTN_ALLOC(ctx, ctx->scratch, w->in, width);
    DTN_ALLOC(ctx, ctx->scratch, w->owner, width);
    DTN_ALLOC(ctx, ctx->scratch, w->unknown, size);
    DTN_ALLOC(ctx, ctx->scratch, w->pivot, size);
    DTN_ALLOC(ctx, ctx->scratch, w->at, size);
    DTN_ALLOC(ctx, ctx->scratch, w->next, size);
    DTN_ALLOC(ctx, ctx->scratch, w->tangent, size);
    DTN_ALLOC(ctx, ctx->scratch, w->border, size);
    DTN_ALLOC(ctx, ctx->scratch, w->right, size);
    DTN_ALLOC(ctx, ctx->scratch, w->u, width);
    DTN_ALLOC(ctx, ctx->scratch, w->slope, width * width);
    DTN_ALLOC(ctx, ctx->scratch, w->matrix, size * size);
    for (int p = 0, i = 0; p < w->players; p++)
        for (int s = 0; s < w->g->strategies[p]; s++)
            w->owner[i++] = p;
    return DTN_OK;
}

/* Numbers the unknowns: played strategies, values, lambda. */
static void number(path *w)
{
    w->unknowns = 0;
    for (int i = 0; i < w->size; i++)
        w->unknown[i] = i >= w->width || w->in[i] ? w->unknowns++ : -1;
}

static double slack(const path *w, const double *z, int i)
{
    return z[w->width + w->owner[i]] - w->u[i] - z[w->size - 1] * w->ray->bonus[i];
}

/* Row of the derivatives of strategy i's slack, by all coordinates of a point. */
static double slack_derivative(const path *w, const double *z, int i, int j)
{
    (void)z;
    if (j < w->width)
        return -w->slope[(size_t)i * (size_t)w->width + (size_t)j];
    return j == w->size - 1 ? -w->ray->bonus[i] : j - w->width == w->owner[i] ? 1 : 0;
}

/* Equations at z with w->border [size] as the last one; right-hand side in w->right. false: singular. */
static bool factor(path *w, const double *z)
{
    int n = w->unknowns;
    w->ray->payoffs(w->ray->user, w->u, w->slope, z);
    for (int i = 0; i < n * n; i++)
        w->matrix[i] = 0;
    for (int i = 0; i < n; i++)
        w->right[i] = 0;
    for (int i = 0; i < w->width; i++) {
        if (!w->in[i])
            continue;
        double *row = w->matrix + w->unknown[i] * n;
        for (int j = 0; j < w->size; j++)
            if (w->unknown[j] >= 0)
                row[w->unknown[j]] = slack_derivative(w, z, i, j);
        w->right[w->unknown[i]] = slack(w, z, i);
        int sum = w->unknown[w->width + w->owner[i]];
        w->matrix[sum * n + w->unknown[i]] = 1;
        w->right[sum] += z[i];
    }
    for (int p = 0; p < w->players; p++)
        w->right[w->unknown[w->width + p]] -= 1;
    for (int j = 0; j < w->size; j++)
        if (w->unknown[j] >= 0)
            w->matrix[(n - 1) * n + w->unknown[j]] = w->border[j];
    return dtn_dense_factor(w->matrix, n, w->pivot) != 0;
}

/* The direction in which w->border grows by 1. */
static bool direct(path *w)
{
    if (!factor(w, w->at))
        return false;
    memset(w->right, 0, (size_t)w->unknowns * sizeof *w->right);
    w->right[w->unknowns - 1] = 1;
    dtn_dense_solve(w->matrix, w->unknowns, w->pivot, w->right);
    double norm = 0;
    for (int i = 0; i < w->unknowns; i++)
        norm += w->right[i] * w->right[i];
    for (int j = 0; j < w->size; j++)
        w->tangent[j] = w->unknown[j] < 0 ? 0 : w->right[w->unknown[j]] / sqrt(norm);
    return isfinite(norm);
}

/* What the last equation of a correction is. */
typedef enum last { LAST_TANGENT, LAST_LAMBDA, LAST_DROP, LAST_ADD } last;

/* Newton's method from w->next. */
static bool correct(path *w, last kind, int strategy)
{
    for (int k = 0; k < CORRECTIONS; k++) {
        for (int j = 0; j < w->size; j++)
            w->border[j] = kind == LAST_TANGENT  ? w->tangent[j]
                           : kind == LAST_LAMBDA ? j == w->size - 1
                           : kind == LAST_DROP   ? j == strategy
                                                 : 0;
        double rest = kind == LAST_LAMBDA ? w->next[w->size - 1] : kind == LAST_DROP ? w->next[strategy] : 0;
        if (kind == LAST_ADD) { /* needs the slopes at the point */
            w->ray->payoffs(w->ray->user, w->u, w->slope, w->next);
            for (int j = 0; j < w->size; j++)
                w->border[j] = slack_derivative(w, w->next, strategy, j);
            rest = slack(w, w->next, strategy);
        }
        if (!factor(w, w->next))
            return false;
        w->right[w->unknowns - 1] = rest;
        dtn_dense_solve(w->matrix, w->unknowns, w->pivot, w->right);
        double size = 0;
        for (int j = 0; j < w->size; j++)
            if (w->unknown[j] >= 0) {
                w->next[j] -= w->right[w->unknown[j]];
                size = fmax(size, fabs(w->right[w->unknown[j]]));
            }
        if (!isfinite(size) || size > 10)
            return false;
        if (size < 1e-13 || (k >= 4 && size < 1e-10)) {
            w->ray->payoffs(w->ray->user, w->u, w->slope, w->next);
            return true;
        }
    }
    return false;
}

/* All probabilities and slacks non-negative? */
static bool holds(const path *w, const double *z)
{
    for (int i = 0; i < w->width; i++)
        if (w->in[i] ? z[i] < -slip : slack(w, z, i) < -slip)
            return false;
    return true;
}

/* The nearest event along the tangent: its distance, and the strategy. */
static double nearest(const path *w, int *strategy)
{
    double best = HUGE_VAL;
    for (int i = 0; i < w->width; i++) {
        double value = w->in[i] ? w->at[i] : slack(w, w->at, i), rate = 0;
        if (w->in[i])
            rate = w->tangent[i];
        else
            for (int j = 0; j < w->size; j++)
                rate += slack_derivative(w, w->at, i, j) * w->tangent[j];
        double away = rate < 0 ? fmax(value, 0) / -rate : HUGE_VAL;
        if (away < best) {
            best = away;
            *strategy = i;
        }
    }
    return best;
}

/* Where lambda = 0 between the last two points. */
static dtn_status cross(dtn_ctx *ctx, path *w, bool *stop)
{
    double from = w->at[w->size - 1], to = w->next[w->size - 1];
    double *kept;
    DTN_ALLOC(ctx, ctx->scratch, kept, w->size);
    memcpy(kept, w->next, (size_t)w->size * sizeof *kept);
    for (int j = 0; j < w->size; j++)
        w->next[j] = w->at[j] + from / (from - to) * (w->next[j] - w->at[j]);
    dtn_status status = DTN_OK;
    if (correct(w, LAST_LAMBDA, 0) && holds(w, w->next))
        status = w->ray->crossing(ctx, w->ray->user, w->next, stop);
    memcpy(w->next, kept, (size_t)w->size * sizeof *kept);
    w->ray->payoffs(w->ray->user, w->u, w->slope, w->next);
    return status;
}

/* One step, shortened until it holds; *event: the strategy to drop or add, -1: none. */
static bool advance(path *w, double *step, int *event)
{
    for (; *step > shortest; *step /= 2) {
        int strategy = 0;
        w->ray->payoffs(w->ray->user, w->u, w->slope, w->at);
        double away = nearest(w, &strategy), length = fmin(away, *step);
        bool hits = away <= *step;
        for (int j = 0; j < w->size; j++)
            w->next[j] = w->at[j] + length * w->tangent[j];
        *event = hits ? strategy : -1;
        last kind = !hits ? LAST_TANGENT : w->in[strategy] ? LAST_DROP : LAST_ADD;
        if (!correct(w, kind, strategy))
            continue;
        double moved = 0;
        for (int j = 0; j < w->size; j++)
            moved = fmax(moved, fabs(w->next[j] - w->at[j] - length * w->tangent[j]));
        if (moved > 0.3 * *step || !holds(w, w->next))
            continue;
        *step = fmin(longest, *step * (moved < 0.02 * *step ? 1.7 : 1));
        return true;
    }
    return false;
}

/* The point reached becomes the present one; after an event the played strategies change. false: no direction. */
static bool move_on(path *w, int event)
{
    memcpy(w->at, w->next, (size_t)w->size * sizeof *w->at);
    if (event < 0) {
        memcpy(w->border, w->tangent, (size_t)w->size * sizeof *w->border);
        return direct(w);
    }
    w->at[event] = 0;
    w->in[event] = !w->in[event];
    number(w);
    w->ray->payoffs(w->ray->user, w->u, w->slope, w->at);
    for (int j = 0; j < w->size; j++)
        w->border[j] = w->in[event] ? j == event : slack_derivative(w, w->at, event, j);
    return direct(w);
}

static void begin(path *w)
{
    for (int p = 0, i = 0; p < w->players; p++) {
        int best = i;
        for (int s = 0; s < w->g->strategies[p]; s++, i++)
            best = w->ray->bonus[i] > w->ray->bonus[best] ? i : best;
        w->in[best] = true;
        w->at[best] = 1;
    }
    w->at[w->size - 1] = w->ray->start;
    number(w);
    w->ray->payoffs(w->ray->user, w->u, w->slope, w->at);
    for (int i = 0; i < w->width; i++)
        if (w->in[i])
            w->at[w->width + w->owner[i]] = w->u[i] + w->ray->start * w->ray->bonus[i];
    for (int j = 0; j < w->size; j++)
        w->border[j] = j == w->size - 1 ? -1 : 0;
}

dtn_status dtn_ray_follow(dtn_ctx *ctx, const dtn_ray *ray, long *steps, bool *lost)
{
    path w;
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    DTN_TRY(prepare(ctx, &w, ray));
    begin(&w);
    bool stop = false;
    double step = longest, edge = 1.5 * ray->start;
    *lost = !direct(&w);
    for (long k = 0; k < ray->most && !*lost && !stop && fabs(w.at[w.size - 1]) <= edge; k++) {
        int event = -1;
        DTN_TRY(dtn_ctx_poll(ctx));
        ++*steps;
        *lost = !advance(&w, &step, &event);
        if (!*lost && (w.at[w.size - 1] > 0) != (w.next[w.size - 1] > 0))
            DTN_TRY(cross(ctx, &w, &stop));
        *lost = *lost || (!stop && !move_on(&w, event));
    }
    *lost = *lost || (!stop && fabs(w.at[w.size - 1]) <= edge);
    dtn_arena_release(ctx->scratch, mark);
    return DTN_OK;
}

void dtn_ray_bonus(double *bonus, const dtn_strategic *game, uint64_t *random)
{
    for (int p = 0; p < game->players; p++) {
        int best = (int)(dtn_random_next(random) % (uint64_t)game->strategies[p]);
        for (int s = 0; s < game->strategies[p]; s++)
            *bonus++ = s == best ? 1 : dtn_random_unit(random) / 2;
    }
}
