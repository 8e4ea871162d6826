/* Monte Carlo counterfactual regret minimisation: what external and outcome sampling share. */
#ifndef DTN_SOLVE_CFR_SAMPLE_H
#define DTN_SOLVE_CFR_SAMPLE_H

#include "model/compiled_game.h"

/* What is learnt at an action: n of these an information set stand together. */
typedef struct dtn_cfr_cell {
    double regret, sum;
} dtn_cfr_cell;

typedef struct dtn_cfr_sampler {
    const dtn_compiled_play *play;
    int players;
    dtn_cfr_cell **cell; /* [players][rows] */
    uint64_t random;
    double *room; /* working space: widest numbers for each own move on a path */
} dtn_cfr_sampler;

/* One play of chance and the others against all moves of the player. */
typedef void dtn_cfr_sample_fn(dtn_cfr_sampler *s, int player);
void dtn_cfr_sample_external(dtn_cfr_sampler *s, int player);
void dtn_cfr_sample_outcome(dtn_cfr_sampler *s, int player);

#endif
