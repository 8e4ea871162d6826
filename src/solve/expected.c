/* Expected payoffs and slopes of a strategic game at a mixed profile.
 *
 * Method: a player's payoff table is contracted with the others' mixtures one player at a time; slopes by halves: what one half of the
 *   others contributes is contracted once for all of the other half.
 * Cost: a little more than two passes over each payoff table. Doubles. */
#include "solve/expected.h"

#include <math.h>
#include <string.h>

#include "solve/expected_graph.h"

/* Payoffs that come from an action graph. */
static dtn_status of_graph(dtn_ctx *ctx, dtn_expected *e)
{
    double *least, *most;
    DTN_ALLOC(ctx, ctx->scratch, least, e->players);
    DTN_ALLOC(ctx, ctx->scratch, most, e->players);
    DTN_ALLOC(ctx, ctx->scratch, e->sum, e->players);
    DTN_ALLOC(ctx, ctx->scratch, e->room, e->width);
    DTN_TRY(dtn_graph_payoffs_new(ctx, &e->graph, e->game->graph, least, most));
    for (int p = 0; p < e->players; p++)
        e->scale = fmax(e->scale, most[p] - least[p]);
    if (!(e->scale > 0) || !isfinite(e->scale))
        e->scale = 1;
    e->least = least;
    return DTN_OK;
}

/* Newton's method leaves the simplices, and wants slopes that are those of the payoffs there too: payoffs are linear in each player's
 * probabilities, so those of sigma are those of the distributions in proportion to it, times the others' sums. */
static void at_graph(dtn_expected *e, double *u, double *slope, const double *sigma)
{
    double all = 1;
    for (int p = 0; p < e->players; p++) {
        double sum = 0;
        for (int i = e->first[p]; i < e->first[p] + e->game->strategies[p]; i++)
            sum += sigma[i];
        e->sum[p] = sum != 0 ? sum : 1;
        all *= e->sum[p];
        for (int i = e->first[p]; i < e->first[p] + e->game->strategies[p]; i++)
            e->room[i] = sigma[i] / e->sum[p];
    }
    dtn_graph_payoffs_at(e->graph, u, slope, e->room);
    for (int p = 0; p < e->players; p++)
        for (int i = e->first[p]; i < e->first[p] + e->game->strategies[p]; i++) {
            double others = all / e->sum[p] / e->scale;
            u[i] = (u[i] - e->least[p]) * others;
            for (int q = 0; slope && q < e->players; q++)
                for (int j = e->first[q]; j < e->first[q] + e->game->strategies[q] && q != p; j++) {
                    double *x = &slope[(size_t)i * (size_t)e->width + (size_t)j];
                    *x = (*x - e->least[p]) * others / e->sum[q];
                }
        }
}

dtn_status dtn_expected_new(dtn_ctx *ctx, dtn_expected **out, const dtn_strategic *game)
{
    dtn_expected *e;
    int *first, levels = 2;
    size_t players = (size_t)game->players;
    DTN_ALLOC(ctx, ctx->scratch, e, 1);
    DTN_ALLOC(ctx, ctx->scratch, first, players);
    e->game = game;
    e->players = game->players;
    for (int p = 0; p < game->players; p++) {
        first[p] = e->width;
        e->width += game->strategies[p];
    }
    e->first = first;
    *out = e;
    if (game->graph)
        return of_graph(ctx, e);
    if (game->players > DTN_EXPECTED_PLAYERS)
        return dtn_fail(ctx, DTN_LIMIT, "this method takes at most %d players; the game has %d",
                        DTN_EXPECTED_PLAYERS, game->players);
    for (int n = game->players; n > 1; n = (n + 1) / 2)
        levels++;
    DTN_ALLOC(ctx, ctx->scratch, e->payoff, players * game->profiles);
    DTN_ALLOC(ctx, ctx->scratch, e->room, (size_t)levels * 2 * game->profiles);
    for (size_t p = 0; p < players; p++) {
        double least = HUGE_VAL, most = -HUGE_VAL;
        for (size_t i = 0; i < game->profiles; i++) {
            double x = dtn_payoffs_double(&game->payoff, i, p);
            least = x < least ? x : least;
            most = x > most ? x : most;
        }
        for (size_t i = 0; i < game->profiles; i++)
            e->payoff[p * game->profiles + i] = dtn_payoffs_double(&game->payoff, i, p) - least;
        e->scale = fmax(e->scale, most - least);
    }
    if (!(e->scale > 0) || !isfinite(e->scale))
        e->scale = 1;
    for (size_t i = 0; i < players * game->profiles; i++)
        e->payoff[i] /= e->scale;
    return DTN_OK;
}

/* out = in with player q contracted. size [players]: of the table, 1 for players that are contracted. */
static void contract(const dtn_expected *e, double *out, const double *in, int *size, int q,
                     const double *sigma)
{
    size_t inner = 1, outer = 1, n = (size_t)size[q];
    for (int r = 0; r < q; r++)
        inner *= (size_t)size[r];
    for (int r = q + 1; r < e->players; r++)
        outer *= (size_t)size[r];
    const double *weight = sigma + e->first[q];
    for (size_t o = 0; o < outer; o++) {
        double *to = out + o * inner;
        const double *from = in + o * inner * n;
        for (size_t i = 0; i < inner; i++)
            to[i] = weight[0] * from[i];
        for (size_t s = 1; s < n; s++)
            for (size_t i = 0; i < inner && weight[s] != 0; i++)
                to[i] += weight[s] * from[s * inner + i];
    }
    size[q] = 1;
}

/* Contracts players lo .. hi - 1 but p, from in to the level's buffers; returns where the result stands. */
static const double *contract_all(const dtn_expected *e, int level, const double *in, int *size, int lo,
                                  int hi, int p, const double *sigma)
{
    double *buffer[2] = {e->room + (size_t)level * 2 * e->game->profiles, NULL};
    buffer[1] = buffer[0] + e->game->profiles;
    int turn = 0;
    for (int q = hi - 1; q >= lo; q--) {
        if (q == p || size[q] == 1)
            continue;
        contract(e, buffer[turn], in, size, q, sigma);
        in = buffer[turn];
        turn ^= 1;
    }
    return in;
}

/* in: p's table with all contracted but p and the players lo .. hi - 1. Leaves slopes towards these. */
static void divide(dtn_expected *e, int level, const double *in, const int *size, int lo, int hi, int p,
                   double *slope, const double *sigma)
{
    int kept[DTN_EXPECTED_PLAYERS], n = e->game->strategies[p];
    if (hi - lo == 1) {
        int m = e->game->strategies[lo];
        for (int a = 0; a < n && lo != p; a++)
            for (int b = 0; b < m; b++)
                slope[(size_t)(e->first[p] + a) * (size_t)e->width + (size_t)(e->first[lo] + b)] =
                    in[p < lo ? a + n * b : b + m * a];
        return;
    }
    int mid = (lo + hi) / 2;
    for (int half = 0; half < 2; half++) {
        memcpy(kept, size, (size_t)e->players * sizeof *kept);
        const double *part = half ? contract_all(e, level, in, kept, lo, mid, p, sigma)
                                  : contract_all(e, level, in, kept, mid, hi, p, sigma);
        divide(e, level + 1, part, kept, half ? mid : lo, half ? hi : mid, p, slope, sigma);
    }
}

void dtn_expected_at(dtn_expected *e, double *u, double *slope, const double *sigma)
{
    int size[DTN_EXPECTED_PLAYERS];
    if (e->graph) {
        at_graph(e, u, slope, sigma);
        return;
    }
    if (slope)
        memset(slope, 0, (size_t)e->width * (size_t)e->width * sizeof *slope);
    for (int p = 0; p < e->players; p++) {
        const double *own = e->payoff + (size_t)p * e->game->profiles;
        memcpy(size, e->game->strategies, (size_t)e->players * sizeof *size);
        if (slope)
            divide(e, 0, own, size, 0, e->players, p, slope, sigma);
        memcpy(size, e->game->strategies, (size_t)e->players * sizeof *size);
        const double *all = contract_all(e, 0, own, size, 0, e->players, p, sigma);
        memcpy(u + e->first[p], all, (size_t)e->game->strategies[p] * sizeof *u);
    }
}

double dtn_expected_regret(const dtn_expected *e, const double *u, const double *sigma)
{
    double worst = 0;
    for (int p = 0; p < e->players; p++) {
        double best = -HUGE_VAL, mean = 0;
        for (int i = e->first[p]; i < e->first[p] + e->game->strategies[p]; i++) {
            best = fmax(best, u[i]);
            mean += sigma[i] * u[i];
        }
        worst = fmax(worst, best - mean);
    }
    return worst;
}
