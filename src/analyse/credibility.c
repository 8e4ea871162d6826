/* The analysis `credibility`: threats, promises and signals in every equilibrium of the asked rung. */
#include "analyse/credibility.h"

#include "analyse/job.h"
#include "solve/solver.h"

static void free_answer(void *data, size_t count)
{
    (void)count;
    dtn_credibility_answer *answer = data;
    dtn_equilibria_free(answer->equilibria);
}

static dtn_status run(dtn_ctx *ctx, dtn_result *result, dtn_job *job)
{
    dtn_credibility_answer *answer;
    dtn_credibility_item *item;
    DTN_ALLOC(ctx, result->arena, answer, 1);
    result->data = answer;
    result->cleanup = free_answer;
    DTN_TRY(dtn_job_tree(ctx, &answer->tree, job));
    DTN_TRY(dtn_job_rung(ctx, &answer->rung, job));
    DTN_TRY(dtn_solve_tree(ctx, &answer->equilibria, answer->tree, &(dtn_solve_options){.rung = answer->rung}));
    const dtn_equilibria *all = answer->equilibria;
    result->outcome = all->outcome;
    result->note = all->note;
    DTN_TRY(dtn_classes_of(ctx, result->arena, &answer->class_of, job, answer->tree, all));
    DTN_ALLOC(ctx, result->arena, item, all->count);
    answer->item = item;
    for (int i = 0; i < all->count; i++) {
        item[i].equilibrium = i;
        DTN_TRY(dtn_credibility_acts(ctx, result->arena, &item[i].act, &item[i].acts, answer->tree,
                                     &all->item[i]));
        DTN_TRY(dtn_credibility_signals(ctx, result->arena, &item[i].signal, &item[i].signals, answer->tree,
                                        &all->item[i]));
    }
    const dtn_scenario *s = job->model->scenario;
    if (!s || dtn_options_flag(&job->options, "here"))
        return DTN_OK;
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = dtn_credibility_ranges(ctx, result->arena, answer, s, &job->point);
    if (status == DTN_OK && !answer->range_note)
        status = dtn_credibility_jumps(ctx, result->arena, answer, s, &job->point);
    dtn_arena_release(ctx->scratch, mark);
    return status;
}

static const char *missing(const dtn_model *model)
{
    if (model->tree || (model->scenario && model->scenario->start >= 0))
        return NULL;
    return "the file has no `moves:`";
}

static const dtn_option_spec options[] = {
    {"rung", "RUNG", NULL, "equilibria that are looked at (default: the file's, else d1)", false},
    {"here", NULL, NULL, "only where things stand: no word on the parameters' ranges", false},
    {0},
};

const dtn_analysis dtn_analysis_credibility = {
    .name = "credibility",
    .question = 3,
    .title = "Is it credible?",
    .about = "For each threat, promise and signal: would it be carried out, would it be heeded, what does it "
             "tell.",
    .options = options,
    .missing = missing,
    .run = run,
};
