/* The analysis `check`: what the file holds, how large its game is, and how its expectations fare.
 *
 * Reading the file has found every fault of form before this runs. Here the protocol is expanded at the job's point, and the
 * expectations are run one by one (expect.c); a file that is nothing but a game is measured instead (survey.c). Cost: the expansion, and what each expectation asks for. */
#include "analyse/check.h"

#include "analyse/job.h"

static dtn_status measure(dtn_ctx *ctx, dtn_check_answer *answer, dtn_job *job)
{
    const dtn_model *model = job->model;
    if (!model->tree && (!model->scenario || model->scenario->start < 0))
        return DTN_OK;
    const dtn_tree *tree;
    DTN_TRY(dtn_job_tree(ctx, &tree, job));
    answer->nodes = tree->nodes;
    answer->terminals = tree->terminals;
    answer->infosets = tree->infosets;
    answer->draws = tree->draws;
    answer->perfect_recall = tree->perfect_recall;
    return DTN_OK;
}

static dtn_status run(dtn_ctx *ctx, dtn_result *result, dtn_job *job)
{
    dtn_check_answer *answer;
    DTN_ALLOC(ctx, result->arena, answer, 1);
    result->data = answer;
    result->outcome = DTN_OUTCOME_COMPLETE;
    answer->scenario = job->model->scenario;
    DTN_TRY(measure(ctx, answer, job));
    if (!answer->scenario) {
        dtn_survey *game;
        DTN_ALLOC(ctx, result->arena, game, 1);
        DTN_TRY(dtn_survey_make(ctx, result->arena, game, job));
        answer->game = game;
    }
    if (!answer->scenario || dtn_options_flag(&job->options, "no-expect"))
        return DTN_OK;
    answer->entries = answer->scenario->expects;
    answer->ran = true;
    dtn_status status = dtn_expect_run(ctx, result->arena, &answer->row, &answer->rows, job);
    for (int i = 0, last = -1; i < answer->rows; i++)
        if (!answer->row[i].pass && answer->row[i].entry != last) {
            last = answer->row[i].entry;
            answer->failed++;
        }
    result->failed_expectation = answer->failed > 0;
    return status;
}

static const dtn_option_spec options[] = {
    {"expect", NULL, NULL, "run the file's expectations (the default when it has some)", false},
    {"no-expect", NULL, NULL, "do not run them", false},
    {0},
};

const dtn_analysis dtn_analysis_check = {
    .name = "check",
    .title = "Is the file in order?",
    .about = "What the file holds, how large its game is, and whether its expectations hold.",
    .options = options,
    .run = run,
};
