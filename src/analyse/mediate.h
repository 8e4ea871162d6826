/* Results of `mediate` and `robust`. */
#ifndef DTN_ANALYSE_MEDIATE_H
#define DTN_ANALYSE_MEDIATE_H

#include "analyse/analysis.h"
#include "stability/mediate.h"
#include "stability/robust.h"

typedef struct dtn_mediate_answer {
    const dtn_conflict *conflict;
    int variant[DTN_CONFLICT_MAX_PLAYERS];
    int concept_index;
    size_t *hold, *fail;
    long weight[DTN_CONFLICT_MAX_PLAYERS];
    dtn_mediate_goal goal;
    dtn_mediate found;
} dtn_mediate_answer;

typedef struct dtn_robust_answer {
    const dtn_conflict *conflict;
    int variant[DTN_CONFLICT_MAX_PLAYERS];
    dtn_robust found;
    const size_t *row; /* [rows] states that hold, or hold in some sample, or may hold */
    int rows;
    bool cut;
} dtn_robust_answer;

#endif
