/* Result of `stochastic`: play that depends on the state only. */
#ifndef DTN_ANALYSE_STOCHASTIC_H
#define DTN_ANALYSE_STOCHASTIC_H

#include "analyse/analysis.h"
#include "solve/stochastic.h"

typedef struct dtn_shifts_answer {
    dtn_stochastic *game; /* owned */
    dtn_stochastic_answer solution;
    /* How often a state is ever reached from the start, and how play goes on, in the first equilibria. */
    fmpq *next; /* [equilibria][states][states] probability of what comes next */
} dtn_shifts_answer;

#endif
