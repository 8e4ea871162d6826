/* fictitious: fictitious play. Every round each player answers best to how often the others played what so far.
 *
 * Method: simultaneous rounds, first against uniform mixtures; of equally good strategies the first. The empirical mixtures are rounded to
 *   their supports and certified.
 * Cost: rounds times the strategies for two players, times all payoffs for more. Counts are exact, payoffs doubles; what is listed
 *   is certified.
 * Source: G. Brown, Iterative solution of games by fictitious play (1951); J. Robinson, Annals of Mathematics 54 (1951). */
#include <math.h>
#include <string.h>

#include "solve/expected.h"
#include "solve/support.h"

typedef struct play {
    dtn_expected *e;
    double *count, *sigma, *u, *sum; /* sum: of payoffs against what was played, for two players */
    int *choice;
} play;

static void answer(play *f)
{
    for (int p = 0; p < f->e->players; p++) {
        int best = f->e->first[p];
        for (int i = best; i < f->e->first[p] + f->e->game->strategies[p]; i++)
            best = f->u[i] > f->u[best] ? i : best;
        f->choice[p] = best;
    }
    for (int p = 0; p < f->e->players; p++)
        f->count[f->choice[p]]++;
}

/* Payoffs against the empirical mixtures after `rounds` rounds (two players: up to the factor rounds). */
static void evaluate(play *f, long rounds)
{
    const dtn_strategic *g = f->e->game;
    if (g->players == 2) {
        int m = g->strategies[0], a = f->choice[0], b = f->choice[1] - m;
        for (int i = 0; i < m; i++)
            f->u[i] = f->sum[i] += f->e->payoff[(size_t)i + (size_t)b * (size_t)m];
        for (int j = 0; j < g->strategies[1]; j++)
            f->u[m + j] = f->sum[m + j] += f->e->payoff[g->profiles + (size_t)a + (size_t)j * (size_t)m];
        return;
    }
    for (int i = 0; i < f->e->width; i++)
        f->sigma[i] = f->count[i] / (double)rounds;
    dtn_expected_at(f->e, f->u, NULL, f->sigma);
}

static void table(dtn_ctx *ctx, dtn_finding *out, const play *f)
{
    const dtn_strategic *g = f->e->game;
    dtn_finding_table_add(ctx, out, "frequencies", "How often each was played");
    dtn_finding_column_add(ctx, out, "player", "Player");
    dtn_finding_column_add(ctx, out, "strategy", "Strategy");
    dtn_finding_column_add(ctx, out, "rounds", "Rounds");
    dtn_finding_column_add(ctx, out, "share", "Share");
    for (int p = 0; p < g->players; p++)
        for (int s = 0; s < g->strategies[p]; s++) {
            dtn_finding_row_add(ctx, out);
            dtn_finding_put(ctx, out, dtn_cell_player(p));
            dtn_finding_put(ctx, out, dtn_cell_strategy(p, s));
            dtn_finding_put(ctx, out, dtn_cell_integer((long)f->count[f->e->first[p] + s]));
            dtn_finding_put(ctx, out, dtn_cell_real(f->sigma[f->e->first[p] + s], 0));
        }
}

static dtn_status run_strategic(dtn_ctx *ctx, dtn_profile_run *run, const dtn_strategic *game,
                                const dtn_solve_options *options)
{
    play f = {0};
    long rounds;
    DTN_TRY(dtn_options_int(ctx, &rounds, options->more, "rounds", game->players == 2 ? 1000000 : 20000, 1,
                            2000000000));
    DTN_TRY(dtn_expected_new(ctx, &f.e, game));
    size_t n = (size_t)f.e->width;
    DTN_ALLOC(ctx, ctx->scratch, f.count, n);
    DTN_ALLOC(ctx, ctx->scratch, f.sigma, n);
    DTN_ALLOC(ctx, ctx->scratch, f.u, n);
    DTN_ALLOC(ctx, ctx->scratch, f.sum, n);
    DTN_ALLOC(ctx, ctx->scratch, f.choice, game->players);
    for (int p = 0; p < game->players; p++)
        for (int s = 0; s < game->strategies[p]; s++)
            f.sigma[f.e->first[p] + s] = 1.0 / game->strategies[p];
    dtn_expected_at(f.e, f.u, NULL, f.sigma);
    for (long k = 1; k <= rounds; k++) {
        if (k % 256 == 0)
            DTN_TRY(dtn_ctx_poll(ctx));
        answer(&f);
        evaluate(&f, k);
    }
    for (size_t i = 0; i < n; i++)
        f.sigma[i] = f.count[i] / (double)rounds;
    dtn_expected_at(f.e, f.u, NULL, f.sigma);
    double regret = dtn_expected_regret(f.e, f.u, f.sigma);
    bool near;
    DTN_TRY(dtn_support_near(ctx, run, &near, game, f.sigma, fmax(0.02, 4 * sqrt(regret))));
    run->out->nodes = rounds;
    dtn_finding_answer(
        ctx,
        run->finding, "After %ld rounds of fictitious play nobody gains more than %.3g by deviating from the empirical mixtures%s.",
        rounds, regret * f.e->scale, near ? "; the equilibrium near them is listed" : "");
    dtn_finding_fact(ctx, run->finding, "regret", "Largest gain of a deviation",
                     dtn_cell_real(regret * f.e->scale, 0));
    table(ctx, run->finding, &f);
    if (!near) {
        run->out->outcome = run->out->count ? DTN_OUTCOME_PARTIAL : DTN_OUTCOME_UNKNOWN;
        run->out->note = "no equilibrium was certified near the empirical mixtures: play may cycle, or more "
                         "rounds are needed";
    }
    return DTN_OK;
}

static const dtn_option_spec options[] = {
    {"rounds", "N", NULL, "rounds to play (1,000,000 with two players, 20,000 with more)", false},
    {0},
};

const dtn_solver dtn_solver_fictitious = {
    .name = "fictitious",
    .title = "Fictitious play: best answers to how often the others played what",
    .source = "G. Brown (1951); J. Robinson, Annals of Mathematics 54 (1951)",
    .finds = DTN_FINDS_SOME,
    .options = options,
    .run_strategic = run_strategic,
};
