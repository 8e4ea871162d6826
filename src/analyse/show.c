/* The analysis `show`: what the model is, on one screen, without solving it. Cost: that of the survey. */
#include "analyse/show.h"

static dtn_status run(dtn_ctx *ctx, dtn_result *result, dtn_job *job)
{
    dtn_survey *survey;
    DTN_ALLOC(ctx, result->arena, survey, 1);
    DTN_TRY(dtn_survey_make(ctx, result->arena, survey, job));
    result->data = survey;
    result->outcome = DTN_OUTCOME_COMPLETE;
    return DTN_OK;
}

const dtn_analysis dtn_analysis_show = {
    .name = "show",
    .title = "What is this?",
    .about = "What the model is, on one screen: players, sizes, properties, and the methods that apply.",
    .run = run,
};
