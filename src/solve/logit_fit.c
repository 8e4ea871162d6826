/* Fit of quantal response equilibria to observed play: maximum likelihood in lambda along the principal branch.
 *
 * Method: the likelihood of the counts is followed along the branch; where its derivative by lambda changes from up to down the maximum is
 *   found by bisection; the best of all, and lambda = 0, is reported. Standard error: inverse root of Fisher's information.
 * Cost: the branch, and some fifty solutions for each maximum. Doubles.
 * Source: R. McKelvey, T. Palfrey, Games and Economic Behavior 10 (1995), section 4; P. Haile, A. Hortacsu, G. Kosenok, American
 *   Economic Review 98 (2008), on what a fit can show. */
#include "solve/logit_fit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_POINTS = 20000, HALVINGS = 80 };

typedef struct fit {
    dtn_logit *b;
    double *count;            /* [width] */
    double *total;            /* [players] */
    double *x, *slope, *best; /* [n], [width], [n] */
    double likelihood, lambda;
    double at_zero;
} fit;

static dtn_status read_counts(dtn_ctx *ctx, fit *f, const char *data)
{
    const dtn_strategic *g = f->b->e->game;
    const char *at = data;
    for (int p = 0; p < g->players; p++)
        for (int s = 0; s < g->strategies[p]; s++) {
            char *end;
            double value = strtod(at, &end);
            if (end == at || !(value >= 0) || !isfinite(value))
                return dtn_fail(
                    ctx, DTN_ARG,
                    "logit: data: found \"%s\", expected the count of %s for player %s, a number >= 0", at,
                    g->strategy[p][s], g->player[p]);
            f->count[f->b->e->first[p] + s] = value;
            f->total[p] += value;
            while (*end == ' ')
                end++;
            at = *end == ',' ? end + 1 : end;
        }
    if (*at)
        return dtn_fail(
            ctx, DTN_ARG,
            "logit: data: found \"%s\" after the last count; the players have %d strategies in all", at,
            f->b->width);
    double sum = 0;
    for (int p = 0; p < g->players; p++)
        sum += f->total[p];
    return sum > 0 ? DTN_OK : dtn_fail(ctx, DTN_ARG, "logit: data: all counts are 0");
}

static double log_likelihood(const fit *f, const double *x)
{
    double sum = 0;
    for (int i = 0; i < f->b->width; i++)
        sum += f->count[i] > 0 ? f->count[i] * x[i] : 0;
    return sum;
}

/* Derivative of the log-likelihood by lambda at x; leaves d(log sigma)/d(lambda) in f->slope. */
static double derivative(fit *f, const double *x)
{
    double sum = 0;
    if (!dtn_logit_slope(f->b, f->slope, x))
        return NAN;
    for (int i = 0; i < f->b->width; i++)
        sum += f->count[i] * f->slope[i];
    return sum;
}

static void keep_if_better(fit *f, const double *x)
{
    double value = log_likelihood(f, x);
    if (value > f->likelihood) {
        f->likelihood = value;
        f->lambda = x[f->b->width];
        memcpy(f->best, x, (size_t)f->b->n * sizeof *x);
    }
}

/* The maximum between `before`, where the likelihood rises, and `at`, where it falls. */
static void refine(fit *f)
{
    double low = f->b->before[f->b->width], high = f->b->at[f->b->width];
    for (int k = 0; k < HALVINGS && high > low; k++) {
        double middle = (low + high) / 2;
        if (middle == low || middle == high || !dtn_logit_at(f->b, f->x, middle))
            break;
        keep_if_better(f, f->x);
        double rise = derivative(f, f->x);
        if (isnan(rise))
            break;
        *(rise > 0 ? &low : &high) = middle;
    }
}

/* Fisher's information on lambda: sum over players of observations times the expected square of the score. */
static double information(fit *f)
{
    const dtn_strategic *g = f->b->e->game;
    double sum = 0;
    if (isnan(derivative(f, f->best)))
        return 0;
    for (int p = 0; p < g->players; p++)
        for (int i = f->b->e->first[p]; i < f->b->e->first[p] + g->strategies[p]; i++)
            sum += f->total[p] * exp(f->best[i]) * f->slope[i] * f->slope[i];
    return sum;
}

static void word(dtn_ctx *ctx, dtn_profile_run *run, fit *f, bool at_end)
{
    double scale = f->b->e->scale, error = 1 / sqrt(information(f)) / scale;
    dtn_finding *out = run->finding;
    if (at_end)
        dtn_finding_answer(
            ctx,
            out, "The likelihood rises to the end of the branch: the data fit best beyond λ ≈ %.4g (log-likelihood %.4f).",
            f->lambda / scale, f->likelihood);
    else if (f->lambda > 0 && isfinite(error))
        dtn_finding_answer(ctx, out,
                           "The data fit best at λ ≈ %.5g (standard error %.2g), with log-likelihood %.4f.",
                           f->lambda / scale, error, f->likelihood);
    else
        dtn_finding_answer(ctx, out, "The data fit best at λ ≈ %.5g, with log-likelihood %.4f.",
                           f->lambda / scale, f->likelihood);
    dtn_finding_fact(ctx, out, "lambda", "λ", dtn_cell_real(f->lambda / scale, 0));
    if (!at_end && f->lambda > 0 && isfinite(error))
        dtn_finding_fact(ctx, out, "standard-error", "Standard error of λ", dtn_cell_real(error, 0));
    dtn_finding_fact(ctx, out, "log-likelihood", "Log-likelihood", dtn_cell_real(f->likelihood, 0));
    dtn_finding_fact(ctx, out, "log-likelihood-uniform", "Log-likelihood of uniform play (λ = 0)",
                     dtn_cell_real(f->at_zero, 0));
    dtn_finding_table_add(ctx, out, "fit", "");
    dtn_finding_column_add(ctx, out, "player", "Player");
    dtn_finding_column_add(ctx, out, "strategy", "Strategy");
    dtn_finding_column_add(ctx, out, "observed", "Observed share");
    dtn_finding_column_add(ctx, out, "fitted", "Fitted probability");
    const dtn_strategic *g = f->b->e->game;
    for (int p = 0; p < g->players; p++)
        for (int s = 0; s < g->strategies[p]; s++) {
            int i = f->b->e->first[p] + s;
            dtn_finding_row_add(ctx, out);
            dtn_finding_put(ctx, out, dtn_cell_player(p));
            dtn_finding_put(ctx, out, dtn_cell_strategy(p, s));
            dtn_finding_put(ctx, out,
                            f->total[p] > 0 ? dtn_cell_real(f->count[i] / f->total[p], 0) : dtn_cell_none());
            dtn_finding_put(ctx, out, dtn_cell_real(exp(f->best[i]), 0));
        }
}

dtn_status dtn_logit_fit(dtn_ctx *ctx, dtn_profile_run *run, dtn_logit *b, const char *data)
{
    static const double tight = 1e-8;
    fit f = {.b = b};
    DTN_ALLOC(ctx, ctx->scratch, f.count, b->width);
    DTN_ALLOC(ctx, ctx->scratch, f.total, run->game->players);
    DTN_ALLOC(ctx, ctx->scratch, f.x, b->n);
    DTN_ALLOC(ctx, ctx->scratch, f.slope, b->n);
    DTN_ALLOC(ctx, ctx->scratch, f.best, b->n);
    DTN_TRY(read_counts(ctx, &f, data));
    memcpy(f.best, b->at, (size_t)b->n * sizeof *b->at);
    f.at_zero = f.likelihood = log_likelihood(&f, b->at);
    bool lost = false, at_end = true;
    double rise = derivative(&f, b->at), regret = 1;
    for (long k = 0; k < MOST_POINTS && !lost && regret > tight; k++) {
        DTN_TRY(dtn_logit_advance(ctx, b, &lost));
        double sense = b->at[b->width] > b->before[b->width] ? 1 : -1, next = derivative(&f, b->at);
        bool peak = rise * sense > 0 && next * sense < 0;
        keep_if_better(&f, b->at);
        if (peak)
            refine(&f);
        rise = next;
        regret = dtn_expected_regret(b->e, b->u, b->sigma);
        at_end = f.lambda == b->at[b->width];
    }
    word(ctx, run, &f, at_end && !lost);
    if (lost) {
        run->out->outcome = DTN_OUTCOME_PARTIAL;
        run->out->note = "the branch could not be followed to its end: a better fit may lie beyond";
    }
    return DTN_OK;
}
