/* The analysis `robust`: which equilibria survive when comparisons between states ranked close together are uncertain. Method
 * and cost: src/stability/robust.c. */
#include <string.h>

#include "analyse/mediate.h"
#include "analyse/variants.h"

enum { STATES_MOST = 4096, ROWS_MOST = 128, SAMPLES = 1000, SAMPLES_MOST = 1000000, BLUR_MOST = 1 << 16 };

static bool worth_a_row(const dtn_robust *x, size_t s)
{
    bool any = false;
    for (int k = 0; k < DTN_ROBUST_CONCEPTS; k++)
        any |= x->holds[k][s] || 100 * x->times[k][s] >= x->samples;
    return any || x->possible[0][s];
}

static dtn_status run(dtn_ctx *ctx, dtn_result *result, dtn_job *job)
{
    dtn_robust_answer *a;
    dtn_stability_options options = {0};
    long samples, blur;
    size_t *row;
    DTN_ALLOC(ctx, result->arena, a, 1);
    a->conflict = job->model->scenario->conflict;
    result->data = a;
    if (!a->conflict->listed || a->conflict->states > STATES_MOST)
        return dtn_fail(ctx, DTN_LIMIT, "robust takes conflicts of at most %d states", STATES_MOST);
    DTN_TRY(dtn_options_int(ctx, &samples, &job->options, "samples", SAMPLES, 1, SAMPLES_MOST));
    DTN_TRY(dtn_options_int(ctx, &blur, &job->options, "blur", 2, 1, BLUR_MOST));
    DTN_TRY(dtn_variants_combine(ctx, &options, a->conflict, job));
    if (options.combinations > 1)
        return dtn_fail(ctx, DTN_ARG,
                        "robust starts from one preference a player: choose with --variant PLAYER=NAME");
    memcpy(a->variant, options.variants, (size_t)a->conflict->players * sizeof *a->variant);
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = dtn_robust_find(ctx, result->arena, &a->found, a->conflict, a->variant, (int)blur,
                                        samples, ctx->seed);
    dtn_arena_release(ctx->scratch, mark);
    DTN_TRY(status);
    DTN_ALLOC(ctx, result->arena, row, ROWS_MOST);
    for (size_t s = 0; s < a->conflict->states; s++)
        if (worth_a_row(&a->found, s)) {
            a->cut |= a->rows == ROWS_MOST;
            if (a->rows < ROWS_MOST)
                row[a->rows++] = s;
        }
    a->row = row;
    result->outcome = a->cut ? DTN_OUTCOME_PARTIAL : DTN_OUTCOME_COMPLETE;
    result->note = a->cut ? "more states than 128 belong into the table: the first ones stand there" : NULL;
    return DTN_OK;
}

static const dtn_option_spec options[] = {
    {"blur", "N", "2", "comparisons of states less than N ranks apart are uncertain", false},
    {"samples", "N", "1000", "profiles of rankings to draw", false},
    DTN_VARIANT_OPTION,
    {0},
};

extern const dtn_analysis dtn_analysis_robust;
const dtn_analysis dtn_analysis_robust = {
    .name = "robust",
    .question = 2,
    .title = "Does it depend on fine points?",
    .about = "Which states still hold when comparisons between states ranked close together are uncertain: "
             "always, possibly, "
             "and in what share of rankings drawn.",
    .options = options,
    .missing = dtn_ranked_conflict_needed,
    .run = run,
};
