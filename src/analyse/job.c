/* Jobs: an analysis asked of a model at a point, with options; the run with its clock and its scratch memory. */
#include "analyse/job.h"

#include <string.h>
#include <time.h>

#include "base/suggest.h"
#include "model/action_graph.h"
#include "num/rational.h"

static const char *analysis_word(const void *user, int i)
{
    (void)user;
    const dtn_analysis *a = dtn_analysis_at(i);
    return a ? a->name : NULL;
}

static dtn_status unknown_analysis(dtn_ctx *ctx, const char *name)
{
    char list[512];
    size_t used = 0;
    list[0] = '\0';
    for (int i = 0; dtn_analysis_at(i) && used < sizeof list - 64; i++) {
        const char *word = dtn_analysis_at(i)->name;
        if (i)
            list[used++] = ',', list[used++] = ' ';
        memcpy(list + used, word, strlen(word) + 1);
        used += strlen(word);
    }
    const char *near = dtn_suggest(name, analysis_word, NULL);
    if (near)
        return dtn_fail(ctx, DTN_ARG, "no analysis is called \"%s\"; did you mean \"%s\"? There are: %s",
                        name, near, list);
    return dtn_fail(ctx, DTN_ARG, "no analysis is called \"%s\"; there are: %s", name, list);
}

static dtn_status set_up(dtn_ctx *ctx, dtn_job *job, const dtn_model *model, const dtn_analysis *analysis)
{
    job->analysis = analysis;
    job->model = model;
    if (model->kind == DTN_MODEL_SCENARIO)
        DTN_TRY(dtn_point_new(ctx, job->arena, &job->point, model->scenario));
    return DTN_OK;
}

dtn_status dtn_job_new(dtn_ctx *ctx, dtn_job **out, const dtn_model *model, const char *name)
{
    *out = NULL;
    const dtn_analysis *analysis = dtn_analysis_find(name);
    if (!analysis)
        return unknown_analysis(ctx, name);
    const char *missing = analysis->missing ? analysis->missing(model) : NULL;
    if (missing)
        return dtn_fail(ctx, DTN_DOMAIN, "%s: %s does not apply: %s", model->file ? model->file : "the model",
                        name, missing);
    dtn_arena *arena = dtn_arena_new(ctx);
    dtn_job *job = arena ? dtn_arena_array(arena, 1, sizeof *job) : NULL;
    if (!job) {
        dtn_arena_free(arena);
        return dtn_fail_nomem(ctx);
    }
    job->arena = arena;
    dtn_status status = set_up(ctx, job, model, analysis);
    if (status != DTN_OK) {
        dtn_arena_free(arena);
        return status;
    }
    *out = job;
    return DTN_OK;
}

static void drop_tree(dtn_job *job)
{
    if (job->tree != job->model->tree)
        dtn_tree_free(job->tree);
    job->tree = NULL;
}

void dtn_job_free(dtn_job *job)
{
    if (!job)
        return;
    drop_tree(job);
    dtn_strategic_free(job->table);
    dtn_arena_free(job->arena);
}

static const char *option_word(const void *user, int i)
{
    const dtn_option_spec *spec = user;
    return spec ? spec[i].name : NULL;
}

dtn_status dtn_job_set(dtn_ctx *ctx, dtn_job *job, const char *option, const char *value)
{
    const dtn_option_spec *spec = job->analysis->options;
    while (spec && spec->name && strcmp(spec->name, option) != 0)
        spec++;
    if (!spec || !spec->name) {
        const char *near = dtn_suggest(option, option_word, job->analysis->options);
        return near ? dtn_fail(ctx, DTN_ARG, "%s has no option \"%s\"; did you mean \"%s\"?",
                               job->analysis->name, option, near)
                    : dtn_fail(ctx, DTN_ARG, "%s has no option \"%s\"", job->analysis->name, option);
    }
    if (!spec->arg && value && *value)
        return dtn_fail(ctx, DTN_ARG, "--%s takes no value, found \"%s\"", option, value);
    if (spec->arg && (!value || !*value))
        return dtn_fail(ctx, DTN_ARG, "--%s: expected %s", option, spec->arg);
    return dtn_options_add(ctx, job->arena, &job->options, option, value);
}

static const char *free_param_word(const void *user, int i)
{
    const dtn_scenario *s = user;
    return i < s->params ? s->param[i].name : NULL;
}

dtn_status dtn_job_param(dtn_ctx *ctx, int *out, const dtn_job *job, const char *name)
{
    const dtn_scenario *s = job->model->scenario;
    if (!s)
        return dtn_fail(ctx, DTN_DOMAIN, "%s has no parameters: parameters are part of a scenario",
                        job->model->file ? job->model->file : "the model");
    *out = dtn_scenario_param(s, name);
    if (*out >= 0)
        return DTN_OK;
    for (int f = 0; f < s->families; f++)
        if (strcmp(s->family[f].name, name) == 0)
            return dtn_fail(ctx, DTN_ARG, "parameter \"%s\" has one value a type: name it, as in \"%s\"",
                            name, s->param[s->family[f].param[0]].name);
    const char *near = dtn_suggest(name, free_param_word, s);
    return near ? dtn_fail(ctx, DTN_ARG, "no parameter is called \"%s\"; did you mean \"%s\"?", name, near)
                : dtn_fail(ctx, DTN_ARG, "no parameter is called \"%s\"", name);
}

dtn_status dtn_job_set_parameter(dtn_ctx *ctx, dtn_job *job, const char *name, const char *value)
{
    int param;
    DTN_TRY(dtn_job_param(ctx, &param, job, name));
    fmpq_t x;
    fmpq_init(x);
    dtn_status status = DTN_OK;
    if (!dtn_rational_parse(x, value, strlen(value)))
        status = dtn_fail(ctx, DTN_ARG, "parameter %s: found \"%s\", expected a number such as 1/3 or 0.25",
                          name, value);
    else
        status = dtn_point_set(ctx, &job->point, job->model->scenario, param, x);
    fmpq_clear(x);
    drop_tree(job);
    return status;
}

dtn_status dtn_job_tree(dtn_ctx *ctx, const dtn_tree **out, dtn_job *job)
{
    *out = NULL;
    const dtn_model *model = job->model;
    if (!job->tree && model->tree)
        job->tree = model->tree;
    if (!job->tree && (!model->scenario || model->scenario->start < 0))
        return dtn_fail(ctx, DTN_DOMAIN,
                        "%s has no game tree: a scenario with `moves:` or an .efg file has one",
                        model->file ? model->file : "the model");
    if (!job->tree)
        DTN_TRY(dtn_scenario_tree(ctx, &job->tree, model->scenario, &job->point, 0));
    *out = job->tree;
    return DTN_OK;
}

dtn_status dtn_job_table(dtn_ctx *ctx, const dtn_strategic **out, dtn_job *job)
{
    enum { MOST_TABLE = 4000000 };
    const dtn_model *m = job->model;
    *out = m->strategic ? m->strategic : m->scenario ? m->scenario->matrix : NULL;
    if (!*out || !(*out)->graph)
        return DTN_OK;
    if (!job->table)
        DTN_TRY(dtn_strategic_expand(ctx, &job->table, *out, MOST_TABLE));
    *out = job->table;
    return DTN_OK;
}

static double cpu_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static dtn_status run(dtn_ctx *ctx, dtn_result *result, dtn_job *job)
{
    if (job->model->scenario)
        DTN_TRY(dtn_point_complete(ctx, &job->point, job->model->scenario));
    return job->analysis->run(ctx, result, job);
}

dtn_status dtn_job_run(dtn_ctx *ctx, dtn_result **out, dtn_job *job)
{
    *out = NULL;
    double start = cpu_seconds();
    dtn_arena *arena = dtn_arena_new(ctx);
    dtn_result *result = arena ? dtn_arena_array(arena, 1, sizeof *result) : NULL;
    if (!result) {
        dtn_arena_free(arena);
        return dtn_fail_nomem(ctx);
    }
    *result = (dtn_result){.arena = arena, .job = job, .outcome = DTN_OUTCOME_UNKNOWN};
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = run(ctx, result, job);
    dtn_arena_release(ctx->scratch, mark);
    result->seconds = cpu_seconds() - start;
    bool cut_short = (status == DTN_LIMIT || status == DTN_CANCELLED) && result->data;
    if (status != DTN_OK && !cut_short) {
        dtn_result_free(result);
        return status;
    }
    if (cut_short) {
        if (result->outcome == DTN_OUTCOME_COMPLETE || result->outcome == DTN_OUTCOME_NONE)
            result->outcome = DTN_OUTCOME_PARTIAL;
        if (!result->note)
            result->note = dtn_arena_strdup(arena, dtn_ctx_error(ctx));
    }
    *out = result;
    return status;
}

void dtn_result_free(dtn_result *result)
{
    if (!result)
        return;
    if (result->cleanup)
        result->cleanup(result->data, 1);
    dtn_arena_free(result->arena);
}

dtn_outcome dtn_result_outcome(const dtn_result *result)
{
    return result->outcome;
}

const char *dtn_result_remark(const dtn_result *result, int i)
{
    return i >= 0 && i < result->remarks ? result->remark[i] : NULL;
}

bool dtn_result_failed(const dtn_result *result)
{
    return result->failed_expectation;
}
