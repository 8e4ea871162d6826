/* Counterfactual regret minimisation on compiled games: what its files share. */
#ifndef DTN_SOLVE_CFR_H
#define DTN_SOLVE_CFR_H

#include "model/compiled_game.h"
#include "solve/solver.h"

/* What a player has learnt. Arrays are [vectors][8] but for value. */
typedef struct dtn_cfr_side {
    double *regret;
    double *last;  /* regrets of the last iteration; NULL unless predicted */
    double *sigma; /* current strategy */
    double *reach; /* product of sigma on the own way there */
    double *sum;   /* of weighted reach: the average strategy, up to its scale */
    double *value; /* [slices][8] working space */
    double *gain;  /* [widest][8] working space */
} dtn_cfr_side;

/* One player's update. New regret = old regret times positive or negative, by its sign, plus what was missed. */
typedef struct dtn_cfr_step {
    double weight; /* of this iteration's strategy in the average */
    double positive, negative;
    bool floor; /* regrets below 0 become 0 */
    bool predict;
} dtn_cfr_step;

/* The passes, one implementation a vector unit; all give the same bits. column: what the others contribute. Slices from .. to - 1. */
typedef struct dtn_cfr_kernel {
    const char *name;
    /* Values of the slices under sigma, from the last to the first; adds reach to the sum, updates regrets and sigma. */
    void (*learn)(const dtn_compiled_side *g, const dtn_cfr_side *x, const double *column, int from, int to,
                  const dtn_cfr_step *step);
    /* reach from sigma, first to last. */
    void (*reach)(const dtn_compiled_side *g, const double *sigma, double *reach, int from, int to);
    /* Values under sigma, or under the best reply when sigma is NULL. */
    void (*worth)(const dtn_compiled_side *g, const double *sigma, double *value, const double *column,
                  int from, int to);
    /* What the player gets in all: vector 0. */
    double (*root)(const dtn_compiled_side *g, const double *value, const double *column);
} dtn_cfr_kernel;

extern const dtn_cfr_kernel dtn_cfr_plain;
/* NULL where the compiler cannot make it. */
extern const dtn_cfr_kernel *const dtn_cfr_avx2, *const dtn_cfr_avx512;
/* The best one for this machine. */
const dtn_cfr_kernel *dtn_cfr_kernel_of_machine(void);

#endif
