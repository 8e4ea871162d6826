/* Iterations of counterfactual regret minimisation on a compiled game.
 *
 * Method: players update in turn (alternating updates): each against the strategies that the others hold at that moment. At every information
 *   set regrets count what each action would have earned more than the strategy did, weighted by how likely the others lead there; the
 *   next strategy is in proportion to positive regrets. What is learnt is the average of the strategies, weighted by own reach.
 * Cost: an iteration is a pass up and a pass down a player (cfr_kernel.h).
 * Source: M. Zinkevich, M. Johanson, M. Bowling, C. Piccione, Regret minimization in games with incomplete information, NIPS 20 (2007). */
#include "solve/cfr_train.h"

#include <math.h>

dtn_status dtn_cfr_train_new(dtn_ctx *ctx, dtn_arena *arena, dtn_cfr_train **out,
                             const dtn_compiled_game *game, const dtn_cfr_rule *rule)
{
    dtn_cfr_train *t;
    int players = game->players;
    DTN_ALLOC(ctx, arena, t, 1);
    *t = (dtn_cfr_train){.ctx = ctx, .game = game, .kernel = dtn_cfr_kernel_of_machine(), .rule = *rule};
    DTN_ALLOC(ctx, arena, t->side, players);
    DTN_ALLOC(ctx, arena, t->column, players);
    DTN_ALLOC(ctx, arena, t->average, players);
    DTN_ALLOC(ctx, arena, t->plan, players);
    for (int p = 0; p < players; p++) {
        const dtn_compiled_side *g = &game->side[p];
        dtn_cfr_side *x = &t->side[p];
        size_t size = (size_t)g->vectors * DTN_LANES;
        DTN_ALLOC(ctx, arena, x->regret, size);
        DTN_ALLOC(ctx, arena, x->sigma, size);
        DTN_ALLOC(ctx, arena, x->reach, size);
        DTN_ALLOC(ctx, arena, x->sum, size);
        DTN_ALLOC(ctx, arena, x->value, ((size_t)g->slices + 1) * DTN_LANES);
        DTN_ALLOC(ctx, arena, x->gain, ((size_t)g->widest + 1) * DTN_LANES);
        DTN_ALLOC(ctx, arena, t->average[p], size);
        DTN_ALLOC(ctx, arena, t->plan[p], size);
        if (g->joint)
            DTN_ALLOC(ctx, arena, t->column[p], g->columns + 1);
        for (int s = 0; s < g->slices; s++)
            for (int i = DTN_LANES * g->first[s]; i < DTN_LANES * g->first[s + 1]; i++)
                x->sigma[i] = 1.0 / (g->first[s + 1] - g->first[s]);
        for (int l = 0; l < DTN_LANES; l++)
            x->reach[l] = t->plan[p][l] = 1;
        t->kernel->reach(g, x->sigma, x->reach, 0, g->slices);
    }
    *out = t;
    return DTN_OK;
}

/* What the others contribute, by column of player p: for two players the other's reach as it stands. */
static const double *columns(dtn_cfr_train *t, int p, bool plans)
{
    const dtn_compiled_game *game = t->game;
    const dtn_compiled_side *g = &game->side[p];
    if (!g->joint)
        return plans ? t->plan[1 - p] : t->side[1 - p].reach;
    const int *sequence = g->joint;
    for (int k = 0; k < g->columns; k++) {
        double product = 1;
        for (int q = 0; q < game->players; q++)
            if (q != p)
                product *= (plans ? t->plan[q] : t->side[q].reach)[*sequence++];
        t->column[p][k] = product;
    }
    return t->column[p];
}

static double discount(double t, double power)
{
    if (isinf(power))
        return 1;
    double x = pow(t, power);
    return x / (x + 1);
}

void dtn_cfr_iterate(dtn_cfr_train *t, long iterations)
{
    for (long end = t->iteration + iterations; t->iteration < end; t->iteration++) {
        double now = (double)t->iteration + 1, before = (double)t->iteration;
        dtn_cfr_step step = {.weight = t->rule.gamma == 0   ? 1
                                       : t->rule.gamma == 1 ? now
                                                            : pow(now, t->rule.gamma),
                             .positive = discount(before, t->rule.alpha),
                             .negative = discount(before, t->rule.beta),
                             .floor = t->rule.floor,
                             .predict = t->rule.predict};
        for (int p = 0; p < t->game->players; p++) {
            const dtn_compiled_side *g = &t->game->side[p];
            dtn_cfr_side *x = &t->side[p];
            t->kernel->learn(g, x, columns(t, p, false), 0, g->slices, &step);
            t->kernel->reach(g, x->sigma, x->reach, 0, g->slices);
        }
    }
}

/* The average strategy; even where it never came. */
static void take_average(dtn_cfr_train *t, int p)
{
    const dtn_compiled_side *g = &t->game->side[p];
    const double *sum = t->side[p].sum;
    for (int s = 0; s < g->slices; s++)
        for (int l = 0; l < DTN_LANES; l++) {
            double total = 0;
            int n = g->first[s + 1] - g->first[s];
            for (int v = g->first[s]; v < g->first[s + 1]; v++)
                total += sum[DTN_LANES * v + l];
            for (int v = g->first[s]; v < g->first[s + 1]; v++)
                t->average[p][DTN_LANES * v + l] = total > 0 ? sum[DTN_LANES * v + l] / total : 1.0 / n;
        }
}

void dtn_cfr_train_resume(dtn_cfr_train *t, long iteration)
{
    t->iteration = iteration;
    for (int p = 0; p < t->game->players; p++)
        t->kernel->reach(&t->game->side[p], t->side[p].sigma, t->side[p].reach, 0, t->game->side[p].slices);
}

void dtn_cfr_measure(dtn_cfr_train *t, dtn_cfr_gap *gap)
{
    for (int p = 0; p < t->game->players; p++)
        take_average(t, p);
    dtn_cfr_measure_averages(t, gap);
}

void dtn_cfr_measure_averages(dtn_cfr_train *t, dtn_cfr_gap *gap)
{
    int players = t->game->players;
    for (int p = 0; p < players; p++)
        t->kernel->reach(&t->game->side[p], t->average[p], t->plan[p], 0, t->game->side[p].slices);
    gap->most = gap->mean = 0;
    for (int p = 0; p < players; p++) {
        const dtn_compiled_side *g = &t->game->side[p];
        double *value = t->side[p].value;
        const double *column = columns(t, p, true);
        t->kernel->worth(g, NULL, value, column, 0, g->slices);
        gap->reply[p] = t->kernel->root(g, value, column);
        t->kernel->worth(g, t->average[p], value, column, 0, g->slices);
        gap->payoff[p] = t->kernel->root(g, value, column);
        double gain = gap->reply[p] - gap->payoff[p];
        gap->most = p == 0 || gain > gap->most ? gain : gap->most;
        gap->mean += gain / players;
    }
}
