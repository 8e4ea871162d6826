/* What analyses share about jobs: the model's tree, parameters by name with "did you mean". */
#ifndef DTN_ANALYSE_JOB_H
#define DTN_ANALYSE_JOB_H

#include "analyse/analysis.h"
#include "detente/job.h"

/* The parameter of that name. ARG with a suggestion; DOMAIN when the model has no parameters. */
dtn_status dtn_job_param(dtn_ctx *ctx, int *out, const dtn_job *job, const char *name);

#endif
