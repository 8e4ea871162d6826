/* Result of `hypergame`: what holds when players are wrong about each other's preferences. */
#ifndef DTN_ANALYSE_HYPERGAME_H
#define DTN_ANALYSE_HYPERGAME_H

#include "analyse/analysis.h"
#include "detente/stability.h"
#include "model/conflict.h"

/* Combinations of the run: 0 the truth, 1 + i what player i takes for it. */
typedef struct dtn_hypergame_answer {
    const dtn_conflict *conflict;
    dtn_stability *run;
    const int *variant;                     /* [players + 1][players] */
    const size_t *state[DTN_CONCEPTS_MOST]; /* by concept: [states] stable for every player as that player sees things */
    size_t states[DTN_CONCEPTS_MOST];
} dtn_hypergame_answer;

#endif
