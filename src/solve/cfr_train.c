/* Iterations of counterfactual regret minimisation on a compiled game.
 *
 * Method: players update in turn (alternating updates): each against the strategies that the others hold at that moment. At every information
 *   set regrets count what each action would have earned more than the strategy did, weighted by how likely the others lead there; the
 *   next strategy is in proportion to positive regrets. What is learnt is the average of the strategies, weighted by own reach.
 * Cost: an iteration is a pass up and a pass down a player (cfr_kernel.h).
 * Source: M. Zinkevich, M. Johanson, M. Bowling, C. Piccione, Regret minimization in games with incomplete information, NIPS 20 (2007). */
#include "solve/cfr_train.h"

#include <math.h>

/* What passing through the whole game needs: everything of one vector a sequence. */
static dtn_status new_side(dtn_ctx *ctx, dtn_arena *arena, dtn_cfr_train *t, int p)
{
    const dtn_compiled_side *g = &t->game->side[p];
    dtn_cfr_side *x = &t->side[p];
    size_t size = (size_t)g->vectors * DTN_LANES;
    DTN_ALLOC(ctx, arena, x->regret, size);
    DTN_ALLOC(ctx, arena, x->sigma, size);
    DTN_ALLOC(ctx, arena, x->reach, size);
    DTN_ALLOC(ctx, arena, x->sum, size);
    t->gain_size[p] = (g->widest + 1) * DTN_LANES;
    DTN_ALLOC(ctx, arena, x->gain, (size_t)t->gain_size[p] * (size_t)ctx->threads);
    for (int s = 0; s < g->slices; s++)
        for (int i = DTN_LANES * g->first[s]; i < DTN_LANES * g->first[s + 1]; i++)
            x->sigma[i] = 1.0 / (g->first[s + 1] - g->first[s]);
    for (int l = 0; l < DTN_LANES; l++)
        x->reach[l] = 1;
    t->kernel->reach(g, x->sigma, x->reach, 0, g->slices);
    double *part[] = {x->regret, x->sigma, x->sum};
    for (int k = 0; k < 3; k++, t->states++) {
        t->state[t->states] = part[k];
        t->length[t->states] = size;
    }
    return DTN_OK;
}

static dtn_status new_sampler(dtn_ctx *ctx, dtn_arena *arena, dtn_cfr_train *t)
{
    const dtn_compiled_game *game = t->game;
    size_t widest = 0, deepest = 0;
    t->sampler = (dtn_cfr_sampler){.play = &game->play, .players = game->players, .random = ctx->seed};
    DTN_ALLOC(ctx, arena, t->sampler.cell, game->players);
    for (int p = 0; p < game->players; p++, t->states++) {
        const dtn_compiled_side *g = &game->side[p];
        DTN_ALLOC(ctx, arena, t->sampler.cell[p], g->rows + 1);
        t->state[t->states] = &t->sampler.cell[p]->regret;
        t->length[t->states] = 2 * (size_t)g->rows;
        widest = (size_t)g->widest > widest ? (size_t)g->widest : widest;
        deepest = (size_t)g->levels > deepest ? (size_t)g->levels : deepest;
    }
    DTN_ALLOC(ctx, arena, t->sampler.room, 2 * widest * (deepest + 2) + 1);
    return DTN_OK;
}

dtn_status dtn_cfr_train_new(dtn_ctx *ctx, dtn_arena *arena, dtn_cfr_train **out,
                             const dtn_compiled_game *game, const dtn_cfr_rule *rule,
                             dtn_cfr_sample_fn *sample)
{
    dtn_cfr_train *t;
    int players = game->players;
    DTN_ALLOC(ctx, arena, t, 1);
    *t = (dtn_cfr_train){
        .ctx = ctx, .game = game, .kernel = dtn_cfr_kernel_of_machine(), .rule = *rule, .sample = sample};
    DTN_ALLOC(ctx, arena, t->side, players);
    DTN_ALLOC(ctx, arena, t->column, players);
    DTN_ALLOC(ctx, arena, t->average, players);
    DTN_ALLOC(ctx, arena, t->plan, players);
    DTN_ALLOC(ctx, arena, t->gain_size, players);
    DTN_ALLOC(ctx, arena, t->state, 3 * players);
    DTN_ALLOC(ctx, arena, t->length, 3 * players);
    for (int p = 0; p < players; p++) {
        const dtn_compiled_side *g = &game->side[p];
        DTN_ALLOC(ctx, arena, t->side[p].value, ((size_t)g->slices + 1) * DTN_LANES);
        DTN_ALLOC(ctx, arena, t->average[p], (size_t)g->vectors * DTN_LANES);
        DTN_ALLOC(ctx, arena, t->plan[p], (size_t)g->vectors * DTN_LANES);
        if (g->joint)
            DTN_ALLOC(ctx, arena, t->column[p], g->columns + 1);
        for (int l = 0; l < DTN_LANES; l++)
            t->plan[p][l] = 1;
        if (!sample)
            DTN_TRY(new_side(ctx, arena, t, p));
    }
    if (sample)
        DTN_TRY(new_sampler(ctx, arena, t));
    DTN_TRY(dtn_cfr_plan_threads(ctx, arena, t, ctx->threads));
    *out = t;
    return DTN_OK;
}

const double *dtn_cfr_columns(dtn_cfr_train *t, int p, bool plans, int index, int shares)
{
    const dtn_compiled_game *game = t->game;
    const dtn_compiled_side *g = &game->side[p];
    if (!g->joint)
        return plans ? t->plan[1 - p] : t->side[1 - p].reach;
    int from = (int)((long)g->columns * index / shares), to = (int)((long)g->columns * (index + 1) / shares);
    const int *sequence = g->joint + (ptrdiff_t)from * (game->players - 1);
    for (int k = from; k < to; k++) {
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

dtn_cfr_step dtn_cfr_step_of(const dtn_cfr_rule *rule, long iteration)
{
    double before = (double)iteration, now = before + 1;
    return (dtn_cfr_step){.weight = rule->gamma == 0   ? 1
                                    : rule->gamma == 1 ? now
                                                       : pow(now, rule->gamma),
                          .positive = discount(before, rule->alpha),
                          .negative = discount(before, rule->beta),
                          .floor = rule->floor,
                          .predict = rule->predict};
}

void dtn_cfr_iterate(dtn_cfr_train *t, long iterations)
{
    if (t->threads > 1 && dtn_cfr_iterate_together(t, iterations))
        return;
    for (long k = 0; k < iterations; k++, t->iteration++) {
        if (t->sample) {
            for (int p = 0; p < t->game->players; p++)
                t->sample(&t->sampler, p);
            continue;
        }
        dtn_cfr_step step = dtn_cfr_step_of(&t->rule, t->iteration);
        for (int p = 0; p < t->game->players; p++) {
            const dtn_compiled_side *g = &t->game->side[p];
            dtn_cfr_side *x = &t->side[p];
            t->kernel->learn(g, x, dtn_cfr_columns(t, p, false, 0, 1), 0, g->slices, &step);
            t->kernel->reach(g, x->sigma, x->reach, 0, g->slices);
        }
    }
}

/* The average strategy; even where it never came. */
static void take_average(dtn_cfr_train *t, int p)
{
    const dtn_compiled_side *g = &t->game->side[p];
    for (int at = 0; at < DTN_LANES * g->slices; at++) {
        int s = at / DTN_LANES, n = g->first[s + 1] - g->first[s];
        size_t i = (size_t)DTN_LANES * (size_t)g->first[s] + (size_t)(at % DTN_LANES);
        const dtn_cfr_cell *cell = t->sample && g->infoset[at] >= 0 ? t->sampler.cell[p] + g->row[at] : NULL;
        double total = 0, *average = t->average[p] + i;
        for (int a = 0; a < n; a++) {
            double sum = cell ? cell[a].sum : t->sample ? 0 : t->side[p].sum[i + (size_t)(DTN_LANES * a)];
            average[DTN_LANES * a] = sum;
            total += sum;
        }
        for (int a = 0; a < n; a++)
            average[DTN_LANES * a] = total > 0 ? average[DTN_LANES * a] / total : 1.0 / n;
    }
}

void dtn_cfr_train_resume(dtn_cfr_train *t, long iteration)
{
    t->iteration = iteration;
    for (int p = 0; p < t->game->players && !t->sample; p++)
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
        const double *column = dtn_cfr_columns(t, p, true, 0, 1);
        t->kernel->worth(g, NULL, value, column, 0, g->slices);
        gap->reply[p] = t->kernel->root(g, value, column);
        t->kernel->worth(g, t->average[p], value, column, 0, g->slices);
        gap->payoff[p] = t->kernel->root(g, value, column);
        double gain = gap->reply[p] - gap->payoff[p];
        gap->most = p == 0 || gain > gap->most ? gain : gap->most;
        gap->mean += gain / players;
    }
}
