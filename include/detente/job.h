/* detente/job.h: ask a question of a model and render the answer. The one door for command line, server and bindings. */
#ifndef DETENTE_JOB_H
#define DETENTE_JOB_H

#include "detente/base.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct dtn_model dtn_model;
typedef struct dtn_job dtn_job;
typedef struct dtn_result dtn_result;

/* *out = a job that asks `analysis` ("solve", "stability", "credibility", "bind", "rests", "verify", "check", "convert", "report") of model,
 * which is borrowed and must outlive the job. ARG: no such analysis (the message lists them, with "did you mean").
 * DOMAIN: the analysis does not apply to this model (the message says what is missing). */
DTN_API dtn_status dtn_job_new(dtn_ctx *ctx, dtn_job **out, const dtn_model *model, const char *analysis);
DTN_API void dtn_job_free(dtn_job *job); /* NULL allowed; results of the job must be freed before */

/* Sets an option by name, value as text ("" for a flag). ARG: no such option, or a value it does not take. */
DTN_API dtn_status dtn_job_set(dtn_ctx *ctx, dtn_job *job, const char *option, const char *value);
/* Sets a parameter of a scenario to an exact number as text ("1/3", "0.25"). ARG: unknown name (with "did you mean") or not a number. */
DTN_API dtn_status dtn_job_set_parameter(dtn_ctx *ctx, dtn_job *job, const char *name, const char *value);

/* Runs the job. Statuses: what the analysis says; LIMIT and CANCELLED come with a result that holds what was done
 * (its outcome is then PARTIAL or UNKNOWN). *out is NULL on other failures. */
DTN_API dtn_status dtn_job_run(dtn_ctx *ctx, dtn_result **out, dtn_job *job);
DTN_API void dtn_result_free(dtn_result *result); /* NULL allowed */
DTN_API dtn_outcome dtn_result_outcome(const dtn_result *result);
/* true: `check` found an expectation that does not hold. */
DTN_API bool dtn_result_failed(const dtn_result *result);

/* The i-th sentence about what the result leaves out (`convert`: what the format cannot hold); NULL past the end. */
DTN_API const char *dtn_result_remark(const dtn_result *result, int i);

/* Looks of a rendering; zero-initialise for defaults. */
typedef struct dtn_look {
    int width;           /* columns of text; 0: 100 */
    bool colour;         /* ANSI colours */
    bool ascii;          /* no characters beyond ASCII */
    bool stats;          /* work done and times */
    const char *command; /* the command line that reproduces the result, shown in reports; NULL: none */
} dtn_look;

/* The result as "text", "json", "csv", "md", "latex", "html", "svg", "tikz" or "gambit" ("model" for `convert`): *text is zero-terminated, *length bytes, yours
 * to free with dtn_text_free. UNSUPPORTED: the result has no such form (the message lists those it has). */
DTN_API dtn_status dtn_result_render(dtn_ctx *ctx, char **text, size_t *length, const dtn_result *result,
                                     const char *format, const dtn_look *look);
DTN_API void dtn_text_free(char *text);

/* The registry, for help, forms and bindings: i-th analysis (NULL past the end) and its options (false past the end). */
DTN_API const char *dtn_analysis_name(int i);
DTN_API const char *dtn_analysis_about(const char *analysis);
DTN_API bool dtn_analysis_option(const char *analysis, int i, const char **name, const char **arg,
                                 const char **fallback, const char **help);

/* A method of `solve` (its option --method), for help, forms and bindings. Texts are static, in English. */
typedef struct dtn_method {
    const char *name, *title;
    const char *games; /* "tables", "trees" or "tables and trees" */
    const char *finds; /* "one equilibrium", "some equilibria", "all equilibria" or "something else than equilibria" */
    const char *needs;  /* "two players, constant sum"; "": any such game */
    const char *source; /* literature */
    bool exact;         /* its numbers are rationals, or balls proved to hold one equilibrium */
} dtn_method;

/* *out = the i-th method; false past the end. */
DTN_API bool dtn_method_at(int i, dtn_method *out);
/* The i-th option of a method's own (set with --option NAME=VALUE); false past the end, or when there is no such method. */
DTN_API bool dtn_method_option(const char *method, int i, const char **name, const char **arg,
                               const char **fallback, const char **help);

#ifdef __cplusplus
}
#endif
#endif
