/* From an approximate equilibrium to a certified one: the support that it suggests, then that support's own system.
 *
 * Method: the strategies whose probability exceeds a threshold are the support, for a few thresholds. It is solved exactly where at most
 *   two players mix, otherwise by Newton's method from the approximation.
 * Cost: a few supports. Exact: what is handed on is certified; that nothing is found proves nothing. */
#include <math.h>

#include "solve/support.h"

/* Probabilities above these count. */
static const double threshold[] = {1e-2, 1e-4, 1e-6, 1e-1};
enum { TRIALS = sizeof threshold / sizeof *threshold };

/* Does the list hold an equilibrium within close of sigma? */
static bool is_listed(const dtn_profiles *list, int from, const double *sigma, double close)
{
    for (int k = from; k < list->count; k++) {
        double away = 0;
        for (int i = 0; i < list->width; i++)
            away = fmax(away, fabs(dtn_rational_double(list->item[k].sigma + i) - sigma[i]));
        if (away <= close)
            return true;
    }
    return false;
}

static bool has_support(const dtn_profile *x, const bool *in, int width)
{
    for (int i = 0; i < width; i++)
        if (fmpq_is_zero(x->sigma + i) == in[i])
            return false;
    return true;
}

/* Tries one support. */
static dtn_status attempt(dtn_ctx *ctx, dtn_profile_run *run, const dtn_strategic *game, const bool *in,
                          const double *sigma)
{
    const dtn_profiles *list = run->out;
    dtn_indifference *s;
    if (game->graph)
        return dtn_support_graph(ctx, run, game, in, sigma);
    DTN_TRY(dtn_indifference_new(ctx, &s, game, in));
    for (int k = 0; k < list->count; k++)
        if (has_support(&list->item[k], in, list->width) && (s->mixing <= 2 || is_listed(list, k, sigma, 1e-4)))
            return DTN_OK; /* this support was solved before */
    bool left;
    if (s->mixing <= 2)
        return dtn_support_linear(ctx, run, &left, s);
    double *x;
    DTN_ALLOC(ctx, ctx->scratch, x, s->unknowns);
    for (int m = 0; m < s->mixing; m++) {
        int p = s->mixer[m];
        double sum = 0;
        for (int a = 0; a < s->size[p]; a++)
            sum += sigma[s->first[p] + s->action[p][a]];
        for (int a = 1; a < s->size[p]; a++)
            x[s->origin[m] + a - 1] = sigma[s->first[p] + s->action[p][a]] / sum;
    }
    dtn_root_kind kind;
    dtn_support_root *root;
    return dtn_support_certify(ctx, ctx->scratch, run, &kind, &root, s, x);
}

dtn_status dtn_support_near(dtn_ctx *ctx, dtn_profile_run *run, bool *near, const dtn_strategic *game,
                            const double *sigma, double close)
{
    int width = run->out->width;
    bool *in;
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    DTN_ALLOC(ctx, ctx->scratch, in, width);
    *near = is_listed(run->out, 0, sigma, 1e-4);
    for (int t = 0; t < TRIALS && !*near && !run->enough; t++) {
        bool whole = true;
        for (int p = 0; p < game->players; p++) {
            bool some = false;
            for (int i = run->out->first[p]; i < run->out->first[p] + game->strategies[p]; i++) {
                in[i] = sigma[i] > threshold[t];
                some = some || in[i];
            }
            whole = whole && some;
        }
        if (whole)
            DTN_TRY(attempt(ctx, run, game, in, sigma));
        *near = is_listed(run->out, 0, sigma, close);
    }
    dtn_arena_release(ctx->scratch, mark);
    return DTN_OK;
}
