/* The whole report: asks every question that the model allows, at one point, and keeps the answers.
 *
 * Method: one job a question, with the options that the question knows. A question that fails for a reason of its own (the
 * model is outside its domain, a limit) leaves its reason and does not stop the others. Cost: the sum of the questions'. */
#include "analyse/report.h"

#include <string.h>

#include "analyse/job.h"
#include "analyse/solve.h"

enum { QUESTIONS = 5 };

static bool knows(const dtn_analysis *analysis, const char *option)
{
    for (const dtn_option_spec *o = analysis->options; o && o->name; o++)
        if (strcmp(o->name, option) == 0)
            return true;
    return false;
}

static dtn_status set_up(dtn_ctx *ctx, dtn_job *job, const dtn_job *whole)
{
    for (int i = 0; i < whole->point.params; i++)
        fmpq_set(&job->point.value[i], &whole->point.value[i]);
    for (const dtn_option_value *o = whole->options.first; o; o = o->next)
        if (knows(job->analysis, o->name))
            DTN_TRY(dtn_job_set(ctx, job, o->name, o->value));
    return DTN_OK;
}

/* Failures that concern this question alone. */
static bool own_failure(dtn_status status)
{
    return status == DTN_DOMAIN || status == DTN_UNSUPPORTED || status == DTN_LIMIT;
}

static dtn_status ask(dtn_ctx *ctx, dtn_report_part *part, dtn_result *result, const dtn_job *whole)
{
    const char *missing = part->analysis->missing ? part->analysis->missing(whole->model) : NULL;
    if (missing) {
        part->missing = dtn_arena_strdup(result->arena, missing);
        return part->missing ? DTN_OK : dtn_fail_nomem(ctx);
    }
    part->applies = true;
    DTN_TRY(dtn_job_new(ctx, &part->job, whole->model, part->analysis->name));
    DTN_TRY(set_up(ctx, part->job, whole));
    dtn_ctx_report(ctx, part->analysis->title, -1);
    dtn_status status = dtn_job_run(ctx, &part->result, part->job);
    if (!part->result && own_failure(status)) {
        part->missing = dtn_arena_strdup(result->arena, dtn_ctx_error(ctx));
        return part->missing ? DTN_OK : dtn_fail_nomem(ctx);
    }
    return status == DTN_LIMIT ? DTN_OK : status;
}

/* The equilibria that the asked rung leaves out are part of the answer: why not they? */
static dtn_status climb(dtn_ctx *ctx, dtn_report_answer *a, const dtn_report_part *first, dtn_result *result,
                        const dtn_job *whole)
{
    const dtn_solve_answer *solved = first->result ? first->result->data : NULL;
    if (strcmp(first->analysis->name, "solve") != 0 || !solved || !solved->equilibria ||
        solved->rung <= DTN_RUNG_SEQUENTIAL)
        return DTN_OK;
    dtn_report_part *part = &a->ladder;
    part->analysis = first->analysis;
    DTN_TRY(dtn_job_new(ctx, &part->job, whole->model, part->analysis->name));
    DTN_TRY(set_up(ctx, part->job, whole));
    DTN_TRY(dtn_job_set(ctx, part->job, "rung", dtn_rung_name(DTN_RUNG_SEQUENTIAL)));
    dtn_status status = dtn_job_run(ctx, &part->result, part->job);
    if (!part->result && own_failure(status)) {
        part->missing = dtn_arena_strdup(result->arena, dtn_ctx_error(ctx));
        return part->missing ? DTN_OK : dtn_fail_nomem(ctx);
    }
    return status == DTN_LIMIT ? DTN_OK : status;
}

/* A file that says `repeated:` of a game without private types: the stage is played again and again as it stands. */
static dtn_status repeat(dtn_ctx *ctx, dtn_report_answer *a, dtn_result *result, const dtn_job *whole)
{
    const dtn_scenario *s = whole->model->scenario;
    if (!s || !s->repeated.given)
        return DTN_OK;
    for (int p = 0; p < s->players; p++)
        if (s->player[p].types > 0)
            return DTN_OK;
    a->again.analysis = dtn_analysis_find("repeated");
    return a->again.analysis ? ask(ctx, &a->again, result, whole) : DTN_OK;
}

/* A file that says `stochastic:`. */
static dtn_status shift(dtn_ctx *ctx, dtn_report_answer *a, dtn_result *result, const dtn_job *whole)
{
    const dtn_scenario *s = whole->model->scenario;
    if (!s || !s->stochastic)
        return DTN_OK;
    a->shifts.analysis = dtn_analysis_find("stochastic");
    return a->shifts.analysis ? ask(ctx, &a->shifts, result, whole) : DTN_OK;
}

/* A file that says `map:`: which conclusions hold where. */
static dtn_status draw_map(dtn_ctx *ctx, dtn_report_answer *a, dtn_result *result, const dtn_job *whole)
{
    const dtn_scenario *s = whole->model->scenario;
    if (!s || s->start < 0 || s->ask.maps != 2)
        return DTN_OK;
    a->map.analysis = dtn_analysis_find("regions");
    return a->map.analysis ? ask(ctx, &a->map, result, whole) : DTN_OK;
}

static void release(void *data, size_t count)
{
    (void)count;
    const dtn_report_answer *a = data;
    for (int i = 0; i < a->parts; i++) {
        dtn_result_free(a->part[i].result);
        dtn_job_free(a->part[i].job);
    }
    dtn_result_free(a->ladder.result);
    dtn_job_free(a->ladder.job);
    dtn_result_free(a->again.result);
    dtn_job_free(a->again.job);
    dtn_result_free(a->shifts.result);
    dtn_job_free(a->shifts.job);
    dtn_result_free(a->map.result);
    dtn_job_free(a->map.job);
}

static dtn_status run(dtn_ctx *ctx, dtn_result *result, dtn_job *job)
{
    dtn_report_answer *a;
    DTN_ALLOC(ctx, result->arena, a, 1);
    DTN_ALLOC(ctx, result->arena, a->part, QUESTIONS);
    result->data = a;
    result->cleanup = release;
    result->outcome = DTN_OUTCOME_COMPLETE;
    for (int question = 1; question <= QUESTIONS; question++)
        for (int i = 0; dtn_analysis_at(i); i++) {
            if (dtn_analysis_at(i)->question != question || a->parts == QUESTIONS)
                continue;
            dtn_report_part *part = &a->part[a->parts++];
            part->analysis = dtn_analysis_at(i);
            DTN_TRY(ask(ctx, part, result, job));
            DTN_TRY(climb(ctx, a, part, result, job));
            if (part->applies && (!part->result || part->result->outcome == DTN_OUTCOME_PARTIAL ||
                                  part->result->outcome == DTN_OUTCOME_UNKNOWN))
                result->outcome = DTN_OUTCOME_PARTIAL;
            break;
        }
    DTN_TRY(shift(ctx, a, result, job));
    DTN_TRY(draw_map(ctx, a, result, job));
    return repeat(ctx, a, result, job);
}

static const dtn_option_spec options[] = {
    {"rung", "RUNG", NULL, "weakest rung of equilibria that counts (default: the file's, else d1)", false},
    {"target", "WHAT", NULL, "outcome, group or move.action that is asked about (default: the file's)", false},
    {"prob", "Q", NULL, "with at least this probability (default: the file's, else 1)", false},
    {"lever", "NAME", NULL, "parameter that may be set to bring the target about (default: the file's)", true},
    {0},
};

const dtn_analysis dtn_analysis_report = {
    .name = "report",
    .title = "Report",
    .about =
        "All five questions that the file allows: a summary in the terminal, everything in the HTML file.",
    .options = options,
    .run = run,
};
