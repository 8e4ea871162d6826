/* replicator: where the replicator dynamics leads from a start, and which strategies are evolutionarily stable.
 *
 * Method: the logarithms of all shares grow at the rate of the own payoff less the player's mean; classical Runge-Kutta steps. Symmetric
 *   two-player games have one population, which both players mirror; for them all evolutionarily stable strategies are found exactly
 *   (ess.c). What the dynamics comes to rest at, or its time average, is rounded to its support and certified.
 * Cost: ten steps a unit of time, each four evaluations of all payoffs. The path is computed in doubles; what is listed is certified.
 * Source: P. Taylor, L. Jonker, Mathematical Biosciences 40 (1978); J. Hofbauer, K. Sigmund, Evolutionary Games and Population Dynamics
 *   (1998). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "solve/ess.h"
#include "solve/expected.h"
#include "solve/support.h"

static const double step = 0.1; /* in units of time of 1 / the largest difference of payoffs */

typedef struct dynamics {
    dtn_expected *e;
    bool one; /* one population */
    double *log, *trial, *rate[4], *sigma, *u, *start, *average;
} dynamics;

static dtn_status prepare(dtn_ctx *ctx, dynamics *d, const dtn_strategic *game)
{
    DTN_TRY(dtn_expected_new(ctx, &d->e, game));
    size_t n = (size_t)d->e->width;
    double *room;
    DTN_ALLOC(ctx, ctx->scratch, room, 10 * n);
    double **vector[] = {&d->log,     &d->trial, &d->rate[0], &d->rate[1], &d->rate[2],
                         &d->rate[3], &d->sigma, &d->u,       &d->start,   &d->average};
    for (size_t i = 0; i < sizeof vector / sizeof *vector; i++, room += n)
        *vector[i] = room;
    d->one = dtn_is_symmetric(game);
    return DTN_OK;
}

/* Shares from logarithms, which are known up to a constant of each player; makes that constant right. */
static void shares(const dynamics *d, double *log_share)
{
    for (int p = 0; p < d->e->players; p++) {
        int first = d->e->first[p], end = first + d->e->game->strategies[p];
        double top = -HUGE_VAL, sum = 0;
        for (int i = first; i < end; i++)
            top = fmax(top, log_share[i]);
        for (int i = first; i < end; i++)
            sum += exp(log_share[i] - top);
        for (int i = first; i < end; i++) {
            log_share[i] -= top + log(sum);
            d->sigma[i] = exp(log_share[i]);
        }
    }
}

/* Rates at the logarithms; the largest change of a share. */
static double rates(dynamics *d, double *out, double *log_share)
{
    double speed = 0;
    shares(d, log_share);
    dtn_expected_at(d->e, d->u, NULL, d->sigma);
    for (int p = 0; p < d->e->players; p++) {
        int first = d->e->first[p], end = first + d->e->game->strategies[p];
        double mean = 0;
        for (int i = first; i < end; i++)
            mean += d->sigma[i] * d->u[i];
        for (int i = first; i < end; i++) {
            out[i] = d->u[i] - mean;
            speed = fmax(speed, d->sigma[i] * fabs(out[i]));
        }
    }
    return speed;
}

/* One Runge-Kutta step; the speed at its beginning. */
static double advance(dynamics *d)
{
    static const double part[] = {0, step / 2, step / 2, step};
    double speed = 0;
    for (int k = 0; k < 4; k++) {
        for (int i = 0; i < d->e->width; i++)
            d->trial[i] = d->log[i] + (k ? part[k] * d->rate[k - 1][i] : 0);
        double now = rates(d, d->rate[k], d->trial);
        speed = k ? speed : now;
    }
    for (int i = 0; i < d->e->width; i++)
        d->log[i] += step / 6 * (d->rate[0][i] + 2 * d->rate[1][i] + 2 * d->rate[2][i] + d->rate[3][i]);
    shares(d, d->log);
    return speed;
}

/* Probabilities by player and strategy, or random ones. */
static dtn_status read_start(dtn_ctx *ctx, dynamics *d, const char *text)
{
    const dtn_strategic *g = d->e->game;
    uint64_t random = ctx->seed;
    for (int p = 0; p < g->players; p++) {
        double sum = 0, *own = d->start + d->e->first[p];
        for (int s = 0; s < g->strategies[p]; s++) {
            char *end = NULL;
            own[s] = text ? strtod(text, &end) : 0.05 - log(1 - dtn_random_unit(&random));
            if (text && (end == text || !(own[s] > 0)))
                return dtn_fail(ctx, DTN_ARG,
                                "replicator: start: found \"%s\", expected a share > 0 of %s for player %s",
                                text, g->strategy[p][s], g->player[p]);
            text = text ? end + strspn(end, ", ") : NULL;
            sum += own[s];
        }
        for (int s = 0; s < g->strategies[p]; s++)
            own[s] = d->one && p ? d->start[s] : own[s] / sum;
    }
    if (text && *text)
        return dtn_fail(ctx, DTN_ARG, "replicator: start: found \"%s\" after the last share", text);
    for (int i = 0; i < d->e->width; i++)
        d->log[i] = log(d->start[i]);
    return DTN_OK;
}

static dtn_status stable(dtn_ctx *ctx, void *user, const fmpq *x)
{
    dtn_profile_run *run = user;
    int n = run->game->strategies[0];
    fmpq *sigma;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, sigma, 2 * n);
    for (int i = 0; i < 2 * n; i++)
        fmpq_set(sigma + i, x + i % n);
    DTN_TRY(dtn_profile_found(ctx, run, sigma, NULL));
    dtn_finding_row_add(ctx, run->finding);
    dtn_finding_put(ctx, run->finding, dtn_cell_integer(run->out->count));
    dtn_finding_put(ctx, run->finding, dtn_cell_mixture(0, x));
    return DTN_OK;
}

static void table(dtn_ctx *ctx, dtn_finding *f, const dynamics *d)
{
    const dtn_strategic *g = d->e->game;
    dtn_finding_table_add(ctx, f, "shares", "The path");
    dtn_finding_column_add(ctx, f, "player", "Player");
    dtn_finding_column_add(ctx, f, "strategy", "Strategy");
    dtn_finding_column_add(ctx, f, "start", "Start");
    dtn_finding_column_add(ctx, f, "end", "End");
    dtn_finding_column_add(ctx, f, "average", "Time average");
    for (int p = 0; p < (d->one ? 1 : g->players); p++)
        for (int s = 0; s < g->strategies[p]; s++) {
            int i = d->e->first[p] + s;
            dtn_finding_row_add(ctx, f);
            dtn_finding_put(ctx, f, d->one ? dtn_cell_text("both") : dtn_cell_player(p));
            dtn_finding_put(ctx, f, dtn_cell_strategy(p, s));
            dtn_finding_put(ctx, f, dtn_cell_real(d->start[i], 0));
            dtn_finding_put(ctx, f, dtn_cell_real(d->sigma[i], 0));
            dtn_finding_put(ctx, f, dtn_cell_real(d->average[i], 0));
        }
}

/* Words the end of the path and lists the equilibrium there. */
static dtn_status conclude(dtn_ctx *ctx, dtn_profile_run *run, dynamics *d, double speed, double time,
                           long limit)
{
    static const double at_rest = 1e-9;
    bool near = false, rests = speed < at_rest;
    dtn_expected_at(d->e, d->u, NULL, d->sigma);
    double regret = dtn_expected_regret(d->e, d->u, d->sigma);
    if (rests && regret < 1e-6)
        DTN_TRY(dtn_support_near(ctx, run, &near, run->game, d->sigma, 1e-3));
    if (!rests)
        DTN_TRY(dtn_support_near(ctx, run, &near, run->game, d->average, 0.02));
    const char *among = near ? ", an equilibrium (listed below)" : "";
    if (rests)
        dtn_finding_answer(ctx, run->finding, "The replicator dynamics comes to rest at time %.4g%s.", time,
                           regret < 1e-6 ? among
                                         : ", where some player would gain by a strategy that has died out");
    else
        dtn_finding_answer(ctx, run->finding,
                           "The replicator dynamics still moves at time %ld; its time average is near %s.",
                           limit,
                           near ? "an equilibrium (listed below)" : "no equilibrium that was certified");
    dtn_finding_fact(ctx, run->finding, "regret", "Largest gain of a deviation at the end",
                     dtn_cell_real(regret * d->e->scale, 0));
    table(ctx, run->finding, d);
    if (!near) {
        run->out->outcome = run->out->count ? DTN_OUTCOME_PARTIAL : DTN_OUTCOME_UNKNOWN;
        run->out->note = "the end of this path is no certified equilibrium";
    }
    return DTN_OK;
}

static dtn_status run_strategic(dtn_ctx *ctx, dtn_profile_run *run, const dtn_strategic *game,
                                const dtn_solve_options *options)
{
    dynamics d = {0};
    long limit, k = 0;
    double speed = 1;
    DTN_TRY(dtn_options_int(ctx, &limit, options->more, "time", 2000, 1, 100000000));
    DTN_TRY(prepare(ctx, &d, game));
    DTN_TRY(read_start(ctx, &d, dtn_options_text(options->more, "start", NULL)));
    if (d.one && game->strategies[0] <= 16) {
        dtn_finding_table_add(ctx, run->finding, "stable", "Evolutionarily stable strategies");
        dtn_finding_column_add(ctx, run->finding, "equilibrium", "Equilibrium");
        dtn_finding_column_add(ctx, run->finding, "strategy", "Strategy");
        DTN_TRY(dtn_ess_all(ctx, game, stable, run));
        dtn_finding_fact(ctx, run->finding, "stable", "Evolutionarily stable strategies",
                         dtn_cell_integer(run->out->count));
    }
    for (; k < limit * 10 && speed > 1e-9; k++) {
        if (k % 64 == 0)
            DTN_TRY(dtn_ctx_poll(ctx));
        speed = advance(&d);
        for (int i = 0; i < d.e->width; i++)
            d.average[i] += (d.sigma[i] - d.average[i]) / (double)(k + 1);
    }
    run->out->nodes = k;
    return conclude(ctx, run, &d, speed, (double)k * step, limit);
}

static const dtn_option_spec options[] = {
    {"start", "SHARES", NULL, "shares by player and strategy, all > 0; random by the seed when not given",
     false},
    {"time", "T", "2000", "time to follow, in units of 1 / the largest difference of payoffs", false},
    {0},
};

const dtn_solver dtn_solver_replicator = {
    .name = "replicator",
    .title = "Replicator dynamics from a start; evolutionarily stable strategies of symmetric two-player "
             "games, exact",
    .source = "P. Taylor, L. Jonker, Mathematical Biosciences 40 (1978); J. Maynard Smith, G. Price, Nature "
              "246 (1973)",
    .finds = DTN_FINDS_SOME,
    .options = options,
    .run_strategic = run_strategic,
};
