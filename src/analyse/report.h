/* Result of `report`: the results of the five questions, kept together. */
#ifndef DTN_ANALYSE_REPORT_H
#define DTN_ANALYSE_REPORT_H

#include "analyse/analysis.h"

/* One question of the five. */
typedef struct dtn_report_part {
    const dtn_analysis *analysis;
    dtn_job *job;        /* NULL when it does not apply */
    dtn_result *result;  /* NULL when it does not apply or could not be answered */
    const char *missing; /* what the model lacks for it, or why there is no result; NULL otherwise */
    bool applies;
} dtn_report_part;

typedef struct dtn_report_answer {
    dtn_report_part *part; /* [parts] in the order of the questions */
    int parts;
    /* What else is a sequential equilibrium, when the first question asks for more than that; result NULL otherwise. */
    dtn_report_part ladder;
    /* What repetition keeps up, for files with `repeated:` and without private types; result NULL otherwise. */
    dtn_report_part again;
    /* Play that depends on the state, for files with `stochastic:`; result NULL otherwise. */
    dtn_report_part shifts;
    /* The map that the file asks for, part of the fifth question; result NULL otherwise. */
    dtn_report_part map;
} dtn_report_answer;

#endif
