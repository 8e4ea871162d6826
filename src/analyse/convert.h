/* Result of `convert`: the model as a file of another format. */
#ifndef DTN_ANALYSE_CONVERT_H
#define DTN_ANALYSE_CONVERT_H

#include "analyse/analysis.h"

/* What was not written stands in the result's remarks. */
typedef struct dtn_convert_answer {
    const char *text; /* zero-terminated */
    size_t length;
} dtn_convert_answer;

#endif
