/* Result of `evolve`: where the conflict drifts. */
#ifndef DTN_ANALYSE_EVOLVE_H
#define DTN_ANALYSE_EVOLVE_H

#include "analyse/analysis.h"
#include "detente/stability.h"
#include "model/conflict.h"
#include "stability/evolve.h"

typedef struct dtn_evolve_answer {
    const dtn_conflict *conflict;
    size_t start;
    dtn_evolution found;
} dtn_evolve_answer;

#endif
