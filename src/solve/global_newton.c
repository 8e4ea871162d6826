/* global-newton: equilibria of games with any number of players along random rays of games.
 *
 * Method: payoffs with bonuses so large that one profile of pure strategies is the only equilibrium; the equilibria are followed as the
 *   bonuses shrink to zero and beyond (global_newton_path.c), for several random rays. Each equilibrium met is rounded to its
 *   support and certified.
 * Cost: some dozens of steps a ray. Certified; not complete.
 * Source: S. Govindan, R. Wilson, Journal of Economic Theory 110 (2003). */
#include "solve/expected.h"
#include "solve/global_newton_path.h"
#include "solve/support.h"

enum { RAYS = 10, MOST_STEPS = 20000 };

typedef struct search {
    dtn_profile_run *run;
    dtn_expected *e;
    long missed; /* met but not certified */
} search;

static void payoffs(void *user, double *u, double *slope, const double *sigma)
{
    dtn_expected_at(((search *)user)->e, u, slope, sigma);
}

static dtn_status crossing(dtn_ctx *ctx, void *user, const double *sigma, bool *stop)
{
    search *s = user;
    bool near;
    DTN_TRY(dtn_support_near(ctx, s->run, &near, s->run->game, sigma, 1e-3));
    s->missed += !near;
    *stop = s->run->enough;
    return DTN_OK;
}

static dtn_status run_strategic(dtn_ctx *ctx, dtn_profile_run *run, const dtn_strategic *game,
                                const dtn_solve_options *options)
{
    long rays, lost_rays = 0;
    double *bonus;
    uint64_t random = ctx->seed;
    search s = {.run = run};
    DTN_TRY(dtn_options_int(ctx, &rays, options->more, "rays", RAYS, 1, 1000000));
    DTN_TRY(dtn_expected_new(ctx, &s.e, game));
    DTN_ALLOC(ctx, ctx->scratch, bonus, s.e->width);
    dtn_ray ray = {game, payoffs, crossing, &s, bonus, 2.1, MOST_STEPS};
    for (long r = 0; r < rays && !run->enough; r++) {
        bool lost;
        dtn_ray_bonus(bonus, game, &random);
        DTN_TRY(dtn_ray_follow(ctx, &ray, &run->out->nodes, &lost));
        lost_rays += lost;
        dtn_ctx_report(ctx, "rays", (double)(r + 1) / (double)rays);
    }
    run->out->candidates = rays;
    run->out->outcome = run->out->count ? DTN_OUTCOME_PARTIAL : DTN_OUTCOME_UNKNOWN;
    run->out->note = dtn_arena_printf(
        run->out->arena,
        "equilibria on %ld random rays of games; %ld could not be followed to the end, %ld equilibria met "
        "were not certified; more may exist",
        rays, lost_rays, s.missed);
    return run->out->note ? DTN_OK : dtn_fail_nomem(ctx);
}

static const dtn_option_spec options[] = {
    {"rays", "N", "10", "random rays to follow", false},
    {0},
};

const dtn_solver dtn_solver_global_newton = {
    .name = "global-newton",
    .title = "Some equilibria, any number of players: along random rays of games (global Newton method)",
    .source = "S. Govindan, R. Wilson, Journal of Economic Theory 110 (2003)",
    .finds = DTN_FINDS_SOME,
    .exact = true,
    .compact = true,
    .options = options,
    .run_strategic = run_strategic,
};
