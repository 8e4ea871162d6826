/* Inside of `logit`: maximum likelihood along the principal branch. */
#ifndef DTN_SOLVE_LOGIT_FIT_H
#define DTN_SOLVE_LOGIT_FIT_H

#include "solve/logit_branch.h"
#include "solve/solver.h"

/* data: counts by player then strategy, separated by commas. Fills run->finding. */
dtn_status dtn_logit_fit(dtn_ctx *ctx, dtn_profile_run *run, dtn_logit *b, const char *data);
/* The table of probabilities at the point that b last evaluated. */
void dtn_logit_tables(dtn_ctx *ctx, dtn_finding *f, const dtn_logit *b);

#endif
