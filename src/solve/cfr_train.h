/* Training: iterations, averages, and how far the average strategies are from an equilibrium. */
#ifndef DTN_SOLVE_CFR_TRAIN_H
#define DTN_SOLVE_CFR_TRAIN_H

#include "solve/cfr.h"
#include "solve/cfr_sample.h"

/* Regrets of iteration t are discounted by t^a / (t^a + 1) where positive (a = alpha) and negative (beta); the
 * strategy of iteration t weighs t^gamma in the average. INFINITY: not discounted. */
typedef struct dtn_cfr_rule {
    double alpha, beta, gamma;
    bool floor, predict;
} dtn_cfr_rule;

/* How the slices of a player are shared among threads: parts, first to last; each is one thread's or cut into stretches. */
typedef struct dtn_cfr_parts {
    int count;
    bool *shared; /* [count] */
    int *bound;   /* [count][threads + 1] slices */
} dtn_cfr_parts;

typedef struct dtn_cfr_train {
    dtn_ctx *ctx;
    const dtn_compiled_game *game;
    const dtn_cfr_kernel *kernel;
    dtn_cfr_rule rule;
    dtn_cfr_side *side;        /* [players] */
    double **column;           /* [players] products of the others' reach; NULL entries for two players */
    double **average;          /* [players][vectors][8] of the last dtn_cfr_measure: strategies */
    double **plan;             /* [players][vectors][8] and their reach */
    long iteration;            /* done */
    dtn_cfr_sampler sampler;   /* when sampling: instead of regret, sigma, reach and sum of the sides */
    dtn_cfr_sample_fn *sample; /* NULL: not sampling */
    double **state;            /* [states] arrays that make up what was learnt */
    size_t *length;
    int states;
    int threads;         /* 1: the game is too small to share, or more were not asked for */
    dtn_cfr_parts *part; /* [players] when there are more */
    int *gain_size;      /* [players] room of side[p].gain for each thread */
} dtn_cfr_train;

/* How good the average strategies are, in doubles. */
typedef struct dtn_cfr_gap {
    double *reply;  /* [players] what a best reply to the others' averages earns */
    double *payoff; /* [players] what the averages earn */
    double most;    /* largest gain of a player */
    double mean;    /* mean gain: for two players with constant sum the exploitability */
} dtn_cfr_gap;

/* Everything in arena, strategies even. sample NULL: by the rule; otherwise the game was compiled for play. */
dtn_status dtn_cfr_train_new(dtn_ctx *ctx, dtn_arena *arena, dtn_cfr_train **out,
                             const dtn_compiled_game *game, const dtn_cfr_rule *rule,
                             dtn_cfr_sample_fn *sample);
/* The discounts and the weight of an iteration, from 0. */
dtn_cfr_step dtn_cfr_step_of(const dtn_cfr_rule *rule, long iteration);
/* What the others contribute, by column of player p: for two players the other's reach as it stands. plans: of the averages. Of products only
 * the index-th of so many shares is computed. */
const double *dtn_cfr_columns(dtn_cfr_train *t, int p, bool plans, int index, int shares);
/* Cuts the work (cfr_threads.c); sets t->threads. */
dtn_status dtn_cfr_plan_threads(dtn_ctx *ctx, dtn_arena *arena, dtn_cfr_train *t, int threads);
/* The same as dtn_cfr_iterate on t->threads threads; false: they could not be started, nothing was done. */
bool dtn_cfr_iterate_together(dtn_cfr_train *t, long iterations);
/* Cost: each term, action and link twice. */
void dtn_cfr_iterate(dtn_cfr_train *t, long iterations);
/* Fills average and plan, and the gap. */
void dtn_cfr_measure(dtn_cfr_train *t, dtn_cfr_gap *gap);
/* The gap of what stands in average. */
void dtn_cfr_measure_averages(dtn_cfr_train *t, dtn_cfr_gap *gap);
/* The state was set from outside, after so many iterations. */
void dtn_cfr_train_resume(dtn_cfr_train *t, long iteration);

#endif
