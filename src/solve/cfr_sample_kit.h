/* Small steps of sampling, inlined into both methods. */
#ifndef DTN_SOLVE_CFR_SAMPLE_KIT_H
#define DTN_SOLVE_CFR_SAMPLE_KIT_H

#include "base/random.h"
#include "detente/game.h"
#include "solve/cfr_sample.h"

/* A move of chance. */
static inline int dtn_sample_chance(dtn_cfr_sampler *s, const dtn_compiled_node *n)
{
    if (n->row < 0)
        return (int)((dtn_random_next(&s->random) >> 32) * (uint64_t)n->moves >> 32);
    const double *sum = s->play->chance + n->row;
    double at = dtn_random_unit(&s->random);
    int move = 0;
    while (move < n->moves - 1 && at >= sum[move])
        move++;
    return move;
}

/* Probabilities in proportion to positive regrets. */
static inline void dtn_sample_strategy(const dtn_cfr_cell *cell, int n, double *sigma)
{
    double total = 0;
    for (int a = 0; a < n; a++) {
        sigma[a] = cell[a].regret > 0 ? cell[a].regret : 0;
        total += sigma[a];
    }
    double scale = total > 0 ? 1 / total : 0, even = total > 0 ? 0 : 1.0 / n;
    for (int a = 0; a < n; a++)
        sigma[a] = sigma[a] * scale + even;
}

static inline int dtn_sample_from(dtn_cfr_sampler *s, const double *sigma, int n)
{
    double at = dtn_random_unit(&s->random);
    int a = 0;
    while (a < n - 1 && at >= sigma[a])
        at -= sigma[a++];
    return a;
}

#endif
