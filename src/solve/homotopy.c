/* homotopy: equilibria by tracing from priors.
 *
 * Method: players begin by answering a prior expectation of how the others play and come to answer what the others do, while their answers become
 *   ever sharper: the linear tracing procedure, smoothed by logit responses, so that it is one curve for almost all priors. It is followed by
 *   predictor and corrector (logit_branch.c); its end is rounded to its support and certified. First from the uniform prior, then from random
 *   ones.
 * Cost: some hundred points a prior. Certified; not complete.
 * Source: J. Harsanyi, R. Selten, A General Theory of Equilibrium Selection in Games (1988), ch. 4; P. Herings, R. Peeters, Homotopy methods to
 *   compute equilibria in game theory, Economic Theory 42 (2010). */
#include <math.h>

#include "base/random.h"
#include "solve/logit_branch.h"
#include "solve/support.h"

enum { PRIORS = 10, MOST_POINTS = 5000 };

/* Payoffs against a prior: uniform for k = 0, else random. */
static dtn_status expect(dtn_ctx *ctx, dtn_logit *b, const dtn_strategic *game, long k, uint64_t *random)
{
    double *prior, *u;
    DTN_ALLOC(ctx, ctx->scratch, prior, b->width);
    DTN_ALLOC(ctx, ctx->scratch, u, b->width);
    for (int p = 0; p < game->players; p++) {
        double sum = 0, *own = prior + b->e->first[p];
        for (int s = 0; s < game->strategies[p]; s++)
            sum += own[s] = k ? -log(1 - dtn_random_unit(random)) : 1;
        for (int s = 0; s < game->strategies[p]; s++)
            own[s] /= sum;
    }
    dtn_expected_at(b->e, u, NULL, prior);
    b->prior = u;
    return DTN_OK;
}

/* From one prior to the end of its curve. */
static dtn_status trace(dtn_ctx *ctx, dtn_profile_run *run, bool *near, long k, uint64_t *random)
{
    /* late: where the prior hardly counts any more */
    static const double enough = 1e-5, tight = 1e-9, close = 0.02, late = 1e3;
    dtn_logit *b;
    bool lost = false;
    double regret = 1, try_below = enough;
    *near = false;
    DTN_TRY(dtn_logit_new(ctx, &b, run->game));
    DTN_TRY(expect(ctx, b, run->game, k, random));
    for (long i = 0; i < MOST_POINTS && !lost && !*near && (regret > tight || b->at[b->width] < late); i++) {
        DTN_TRY(dtn_logit_advance(ctx, b, &lost));
        regret = dtn_expected_regret(b->e, b->u, b->sigma);
        if (regret < try_below && b->at[b->width] >= late) {
            DTN_TRY(dtn_support_near(ctx, run, near, run->game, b->sigma, close));
            try_below = regret / 10;
        }
        run->out->nodes++;
    }
    return DTN_OK;
}

static dtn_status run_strategic(dtn_ctx *ctx, dtn_profile_run *run, const dtn_strategic *game,
                                const dtn_solve_options *options)
{
    long priors, open = 0;
    uint64_t random = ctx->seed;
    (void)game;
    DTN_TRY(dtn_options_int(ctx, &priors, options->more, "priors", PRIORS, 1, 1000000));
    for (long k = 0; k < priors && !run->enough; k++) {
        bool near;
        dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
        DTN_TRY(trace(ctx, run, &near, k, &random));
        dtn_arena_release(ctx->scratch, mark);
        open += !near;
        dtn_ctx_report(ctx, "priors", (double)(k + 1) / (double)priors);
    }
    run->out->candidates = priors;
    run->out->outcome = run->out->count ? DTN_OUTCOME_PARTIAL : DTN_OUTCOME_UNKNOWN;
    run->out->note = dtn_arena_printf(run->out->arena,
                                      "equilibria traced from the uniform and %ld random priors; %ld of "
                                      "these did not end at a certified one; "
                                      "more may exist",
                                      priors - 1, open);
    return run->out->note ? DTN_OK : dtn_fail_nomem(ctx);
}

static const dtn_option_spec options[] = {
    {"priors", "N", "10", "priors to begin from; the first is uniform", false},
    {0},
};

const dtn_solver dtn_solver_homotopy = {
    .name = "homotopy",
    .title = "Some equilibria, any number of players: the tracing procedure from priors, smoothed",
    .source = "J. Harsanyi, R. Selten (1988); P. Herings, R. Peeters, Economic Theory 42 (2010)",
    .finds = DTN_FINDS_SOME,
    .exact = true,
    .compact = true,
    .options = options,
    .run_strategic = run_strategic,
};
