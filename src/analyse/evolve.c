/* The analysis `evolve`: where a conflict drifts from a state, stage by stage and in the end, when players improve in random
 * turns. Method and cost: src/stability/evolve.c. */
#include "analyse/evolve.h"

#include <string.h>

#include "analyse/variants.h"

enum { STAGES = 10, STAGES_MOST = 64 };

static dtn_status run(dtn_ctx *ctx, dtn_result *result, dtn_job *job)
{
    dtn_evolve_answer *a;
    dtn_stability_options asked = {0};
    long stages;
    DTN_ALLOC(ctx, result->arena, a, 1);
    const dtn_conflict *c = a->conflict = job->model->scenario->conflict;
    const char *from = dtn_options_text(&job->options, "from", NULL);
    result->data = a;
    if (!c->listed)
        return dtn_fail(ctx, DTN_LIMIT, "evolve takes conflicts whose states can be listed");
    if (from)
        DTN_TRY(dtn_conflict_find_state(ctx, &a->start, c, from));
    else if (!dtn_conflict_status_quo(c, &a->start))
        return dtn_fail(ctx, DTN_ARG, "evolve needs --from STATE: the conflict has no `status_quo`");
    DTN_TRY(dtn_options_int(ctx, &stages, &job->options, "stages", STAGES, 1, STAGES_MOST));
    DTN_TRY(dtn_variants_combine(ctx, &asked, c, job));
    if (asked.combinations > 1)
        return dtn_fail(ctx, DTN_ARG,
                        "evolve takes one preference a player: choose with --variant PLAYER=NAME");
    dtn_view view = dtn_view_of(c, asked.variants);
    DTN_TRY(dtn_evolve(ctx, result->arena, &a->found, &view, a->start, (int)stages,
                       !dtn_options_flag(&job->options, "any")));
    result->outcome = a->found.settled ? DTN_OUTCOME_COMPLETE : DTN_OUTCOME_PARTIAL;
    result->note =
        a->found.settled ? NULL : "more than 256 states can be come to: what happens in the end is not found";
    return DTN_OK;
}

static const dtn_option_spec options[] = {
    {"from", "STATE", NULL, "where things stand (default: the conflict's `status_quo`)", false},
    {"stages", "N", "10", "how many turns to follow, at most 64", false},
    {"any", NULL, NULL, "players take any improvement, not only one than which they have no better", false},
    DTN_VARIANT_OPTION,
    {0},
};

extern const dtn_analysis dtn_analysis_evolve;
const dtn_analysis dtn_analysis_evolve = {
    .name = "evolve",
    .question = 2,
    .title = "Where does it drift?",
    .about =
        "How likely each state is after so many turns, and in the end, when at each turn a player drawn at "
        "random improves as it can, looking no further.",
    .options = options,
    .missing = dtn_conflict_needed,
    .run = run,
};
