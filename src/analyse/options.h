/* Result of `options`: which options matter. */
#ifndef DTN_ANALYSE_OPTIONS_H
#define DTN_ANALYSE_OPTIONS_H

#include "analyse/analysis.h"
#include "detente/stability.h"
#include "model/conflict.h"

typedef enum dtn_option_role {
    DTN_OPTION_IDLE,    /* without it the same states hold, and none of them takes it */
    DTN_OPTION_USED,    /* some state that holds takes it; without it the others hold as before */
    DTN_OPTION_THREAT,  /* no state that holds takes it, yet without it other states hold */
    DTN_OPTION_DECISIVE /* some state that holds takes it, and without it other states hold than the rest */
} dtn_option_role;

/* One option under one concept. Sets are numbers of states of the whole conflict. */
typedef struct dtn_option_effect {
    int option, concept_index;
    dtn_option_role role;
    const size_t *without; /* [withouts] what holds when it cannot be taken */
    size_t withouts;
    size_t took, lost,
        won; /* states that hold and take it; that hold, do not take it, and no longer do without it; new ones */
    int owner; /* the owner's worst rank among what holds without it less the same with it; sign only */
    bool none; /* without it no state is left */
} dtn_option_effect;

typedef struct dtn_options_answer {
    const dtn_conflict *conflict;
    dtn_stability *run;
    int *variant;
    dtn_option_effect *effect; /* [effects] by concept, then option */
    int effects;
} dtn_options_answer;

#endif
