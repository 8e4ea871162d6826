/* An analysis: a question asked of a model. One record each, listed in analyses.def; the job (analyse/job.h) runs it; the
 * report layer words its result. */
#ifndef DTN_ANALYSE_ANALYSIS_H
#define DTN_ANALYSE_ANALYSIS_H

#include "base/option.h"
#include "model/model.h"

/* What to do: model, point, options. Everything a program can ask for is one of these. */
typedef struct dtn_job {
    dtn_arena *arena;
    const struct dtn_analysis *analysis;
    const dtn_model *model; /* borrowed; outlives the job and its result */
    dtn_options options;
    dtn_point point;      /* scenarios: reference point with the job's --set applied; params == 0 otherwise */
    dtn_tree *tree;       /* made on demand by dtn_job_tree; owned unless it is the model's own */
    dtn_strategic *table; /* made on demand by dtn_job_table; owned */
} dtn_job;

typedef struct dtn_result {
    dtn_arena *arena;   /* owns data */
    const dtn_job *job; /* borrowed */
    dtn_outcome outcome;
    const char *note;          /* what is missing, when the outcome is not complete; NULL otherwise */
    const char *const *remark; /* [remarks] sentences on what `convert` left out */
    int remarks;
    bool failed_expectation; /* `check`: the exit code is 1 */
    void *data;              /* the analysis's own result struct */
    dtn_cleanup_fn *cleanup; /* of data, besides the arena; NULL: none */
    double seconds;          /* CPU time of run */
} dtn_result;

typedef struct dtn_analysis {
    const char *name;  /* "solve": the verb */
    int question;      /* 1..5 of docs/concepts.md, 0: none */
    const char *title; /* "What happens?" */
    const char *about; /* one sentence */
    const dtn_option_spec *options;
    /* NULL when it applies to the model, else one sentence that says what is missing ("the file has no `conflict:`"). */
    const char *(*missing)(const dtn_model *model);
    dtn_status (*run)(dtn_ctx *ctx, dtn_result *result, dtn_job *job);
} dtn_analysis;

const dtn_analysis *dtn_analysis_find(const char *name); /* NULL: unknown */
/* i-th analysis in the registry's order, NULL past the end. */
const dtn_analysis *dtn_analysis_at(int i);

/* The tree of the job: the model's own, or the scenario's protocol expanded at the job's point (made once).
 * DOMAIN when the model has no tree. */
dtn_status dtn_job_tree(dtn_ctx *ctx, const dtn_tree **out, dtn_job *job);
/* The strategic game of the job with a table of payoffs: the model's, or that of a game that is kept compact, made once; NULL when
 * the model has no strategic game. LIMIT: the table would have more than 4 million profiles. */
dtn_status dtn_job_table(dtn_ctx *ctx, const dtn_strategic **out, dtn_job *job);

#endif
