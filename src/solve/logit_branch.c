/* The principal branch of logit quantal response equilibria, followed by predictor and corrector.
 *
 * Method: unknowns are the logarithms l of all probabilities and lambda; for each player the probabilities sum to 1, and
 *   l(a) - l(first) = lambda (U(a) - U(first)). A step goes along the tangent, then Newton's method returns to the branch across it. The
 *   length grows while few corrections do, and is halved when they do not converge or the direction turns too much.
 * Cost: a few solutions of a dense system of the size of all strategies, a step. Doubles.
 * Source: R. McKelvey, T. Palfrey, Quantal response equilibria for normal form games, Games and Economic Behavior 10 (1995);
 *   T. Turocy, A dynamic homotopy interpretation of the logistic quantal response equilibrium correspondence, Games and Economic
 *   Behavior 51 (2005); E. Allgower, K. Georg, Introduction to Numerical Continuation Methods (2003), ch. 6. */
#include "solve/logit_branch.h"

#include <math.h>
#include <string.h>

#include "num/dense.h"

/* Lambda at which a prior counts for half. */
static const double half = 8;
static const double first_step = 0.03, shortest = 1e-9, growth = 1.6, least_cosine = 0.85, exactness = 1e-11;
enum { CORRECTIONS = 6, EASY = 3 };

dtn_status dtn_logit_new(dtn_ctx *ctx, dtn_logit **out, const dtn_strategic *game)
{
    dtn_logit *b;
    DTN_ALLOC(ctx, ctx->scratch, b, 1);
    DTN_TRY(dtn_expected_new(ctx, &b->e, game));
    size_t w = (size_t)b->e->width, n = w + 1;
    b->width = (int)w;
    b->n = (int)n;
    double *room;
    DTN_ALLOC(ctx, ctx->scratch, room, 10 * n + w * w + n * n);
    double **vector[] = {&b->at,       &b->before, &b->tangent, &b->sigma, &b->u,
                         &b->residual, &b->trial,  &b->turned,  &b->slow};
    for (size_t i = 0; i < sizeof vector / sizeof *vector; i++, room += n)
        *vector[i] = room;
    b->matrix = room;
    b->slope = room + n * n;
    DTN_ALLOC(ctx, ctx->scratch, b->pivot, n);
    for (int p = 0; p < game->players; p++)
        for (int a = 0; a < game->strategies[p]; a++)
            b->at[b->e->first[p] + a] = -log(game->strategies[p]);
    memcpy(b->before, b->at, n * sizeof *b->at);
    for (size_t i = 0; i < w; i++)
        b->sigma[i] = exp(b->at[i]);
    dtn_expected_at(b->e, b->u, NULL, b->sigma);
    b->step = first_step;
    *out = b;
    return DTN_OK;
}

/* Equations and derivatives at x; the last row of the matrix is left free. Sets sigma and u. */
static void evaluate(dtn_logit *b, const double *x)
{
    const dtn_strategic *g = b->e->game;
    int w = b->width, n = b->n;
    double lambda = x[w], share = b->prior ? lambda / (lambda + half) : 1;
    double grows = b->prior ? half / ((lambda + half) * (lambda + half)) : 0;
    for (int i = 0; i < w; i++)
        b->sigma[i] = exp(x[i]);
    dtn_expected_at(b->e, b->u, b->slope, b->sigma);
    memset(b->matrix, 0, (size_t)(n * n) * sizeof *b->matrix);
    for (int p = 0; p < g->players; p++) {
        int first = b->e->first[p];
        const double *slope = b->slope + (size_t)first * (size_t)w;
        b->residual[first] = -1;
        for (int i = first; i < first + g->strategies[p]; i++) {
            double *row = b->matrix + i * n;
            b->residual[first] += b->sigma[i];
            b->matrix[first * n + i] = b->sigma[i];
            if (i == first)
                continue;
            const double *own = b->slope + (size_t)i * (size_t)w;
            double now = b->u[i] - b->u[first], before = b->prior ? b->prior[i] - b->prior[first] : 0;
            double gain = share * now + (1 - share) * before;
            b->residual[i] = x[i] - x[first] - lambda * gain;
            for (int j = 0; j < w; j++)
                row[j] = -lambda * share * (own[j] - slope[j]) * b->sigma[j];
            row[i] += 1;
            row[first] -= 1;
            row[w] = -gain - lambda * grows * (now - before);
        }
    }
}

/* Newton's method across `border` (the last row) until corrections vanish; *taken: how many. */
static bool correct(dtn_logit *b, double *x, const double *border, int *taken)
{
    int n = b->n;
    double last = HUGE_VAL;
    for (int k = 1; k <= CORRECTIONS; k++) {
        evaluate(b, x);
        memcpy(b->matrix + b->width * n, border, (size_t)n * sizeof *border);
        b->residual[b->width] = 0;
        if (dtn_dense_factor(b->matrix, n, b->pivot) == 0)
            return false;
        dtn_dense_solve(b->matrix, n, b->pivot, b->residual);
        double size = 0, norm = 1;
        for (int i = 0; i < n; i++) {
            x[i] -= b->residual[i];
            size = fmax(size, fabs(b->residual[i]));
            norm = fmax(norm, fabs(x[i]));
        }
        *taken = k;
        if (!(size < 0.7 * last) || !isfinite(size))
            return k > 2 && size < 1e-8 * norm;
        for (int i = 0; i < b->width; i++)
            if (x[i] > 0.5)
                return false; /* far off: a probability above 1 */
        if (size < exactness * norm)
            return true;
        last = size;
    }
    return false;
}

/* The direction of the branch at x, forward from the old one; *sign: of the determinant. */
static bool turn(dtn_logit *b, double *out, const double *x, double *sign)
{
    int n = b->n;
    evaluate(b, x);
    memcpy(b->matrix + b->width * n, b->tangent, (size_t)n * sizeof *out);
    *sign = dtn_dense_factor(b->matrix, n, b->pivot);
    if (*sign == 0)
        return false;
    memset(out, 0, (size_t)n * sizeof *out);
    out[b->width] = 1;
    dtn_dense_solve(b->matrix, n, b->pivot, out);
    double norm = 0;
    for (int i = 0; i < n; i++)
        norm += out[i] * out[i];
    for (int i = 0; i < n; i++)
        out[i] /= sqrt(norm);
    return isfinite(norm);
}

static void accept(dtn_logit *b, double sign)
{
    int n = b->n;
    if (b->points > 0 && b->turned[b->width] * b->tangent[b->width] < 0 && b->turns++ == 0)
        b->first_turn = b->trial[b->width];
    if (b->points > 0 && sign * b->determinant < 0 && b->crossings++ == 0)
        b->first_crossing = b->trial[b->width];
    b->determinant = sign;
    memcpy(b->before, b->at, (size_t)n * sizeof *b->at);
    memcpy(b->at, b->trial, (size_t)n * sizeof *b->at);
    memcpy(b->tangent, b->turned, (size_t)n * sizeof *b->at);
    b->points++;
}

dtn_status dtn_logit_advance(dtn_ctx *ctx, dtn_logit *b, bool *lost)
{
    int n = b->n, taken;
    double sign;
    *lost = true;
    if (b->points == 0) {
        memset(b->tangent, 0, (size_t)n * sizeof *b->tangent);
        b->tangent[b->width] = 1;
        if (!turn(b, b->turned, b->at, &sign))
            return DTN_OK;
        memcpy(b->tangent, b->turned, (size_t)n * sizeof *b->tangent);
    }
    for (; b->step > shortest; b->step /= 2) {
        DTN_TRY(dtn_ctx_poll(ctx));
        for (int i = 0; i < n; i++)
            b->trial[i] = b->at[i] + b->step * b->tangent[i];
        if (b->trial[b->width] < 0 || !correct(b, b->trial, b->tangent, &taken) ||
            !turn(b, b->turned, b->trial, &sign))
            continue;
        double cosine = 0;
        for (int i = 0; i < n; i++)
            cosine += b->turned[i] * b->tangent[i];
        if (cosine < least_cosine)
            continue;
        accept(b, sign);
        b->step *= taken <= EASY ? growth : 1;
        *lost = false;
        return DTN_OK;
    }
    return DTN_OK;
}

bool dtn_logit_at(dtn_logit *b, double *x, double lambda)
{
    int n = b->n, taken;
    double *border = b->turned, from = b->before[b->width], to = b->at[b->width];
    double share = to == from ? 0 : (lambda - from) / (to - from);
    memset(border, 0, (size_t)n * sizeof *border);
    border[b->width] = 1;
    for (int i = 0; i < n; i++)
        x[i] = b->before[i] + share * (b->at[i] - b->before[i]);
    x[b->width] = lambda;
    bool found = correct(b, x, border, &taken);
    evaluate(b, x);
    return found;
}

bool dtn_logit_slope(dtn_logit *b, double *out, const double *x)
{
    int n = b->n;
    evaluate(b, x);
    memset(b->slow, 0, (size_t)n * sizeof *b->slow);
    for (int i = 0; i < n; i++) {
        b->slow[i] = i < b->width ? -b->matrix[i * n + b->width] : 1;
        b->matrix[i * n + b->width] = 0;
        b->matrix[b->width * n + i] = i == b->width;
    }
    if (dtn_dense_factor(b->matrix, n, b->pivot) == 0)
        return false;
    dtn_dense_solve(b->matrix, n, b->pivot, b->slow);
    memcpy(out, b->slow, (size_t)b->width * sizeof *out);
    return true;
}
