/* The analysis `sweep`: an answer at every point of a grid or sample of the parameters. */
#include <string.h>

#include "analyse/job.h"
#include "analyse/sweep_table.h"
#include "base/str.h"

static void release(void *data, size_t count)
{
    (void)count;
    dtn_sweep_table_free(((dtn_sweep_answer *)data)->table);
}

/* 64 bits of the file's text (FNV-1a), to tell models apart. */
static dtn_status model_mark(dtn_ctx *ctx, const char **out, const dtn_model *model)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < model->source_length; i++)
        hash = (hash ^ (unsigned char)model->source[i]) * UINT64_C(0x100000001b3);
    *out = dtn_arena_printf(ctx->scratch, "%016llx", (unsigned long long)hash);
    return *out ? DTN_OK : dtn_fail_nomem(ctx);
}

/* "a = 1/2, m = 2/5": the parameters that stand still. */
static dtn_status base_text(dtn_ctx *ctx, const char **out, const dtn_plan *plan, const dtn_point *base)
{
    dtn_str text = dtn_str_in(ctx->scratch);
    for (int i = 0; i < plan->scenario->params; i++) {
        bool moves = plan->scenario->param[i].formula != NULL;
        for (int k = 0; k < plan->params; k++)
            moves = moves || plan->param[k] == i;
        const char *value = dtn_rational_text(ctx->scratch, &base->value[i]);
        if (!value)
            return dtn_fail_nomem(ctx);
        if (!moves)
            dtn_str_addf(&text, "%s%s = %s", text.length ? ", " : "", plan->scenario->param[i].name, value);
    }
    *out = dtn_str_done(&text);
    return *out ? DTN_OK : dtn_fail_nomem(ctx);
}

static const char *joined(dtn_ctx *ctx, const char *const *item, int items)
{
    dtn_str text = dtn_str_in(ctx->scratch);
    for (int i = 0; i < items; i++)
        dtn_str_addf(&text, "%s%s", i ? ", " : "", item[i]);
    return dtn_str_done(&text);
}

static dtn_status keep_known(dtn_ctx *ctx, void *user, int64_t id, const dtn_store_cell *cell)
{
    return dtn_sweep_table_put(ctx, user, id, cell);
}

static dtn_status open_store(dtn_ctx *ctx, dtn_sweep_run *run, const dtn_job *job, const char *ask)
{
    const char *plan, *base, *mark, *target = joined(ctx, run->target, run->targets);
    const dtn_store_column *column;
    int columns;
    if (!target)
        return dtn_fail_nomem(ctx);
    DTN_TRY(dtn_plan_text(ctx, ctx->scratch, &plan, &run->table->plan));
    DTN_TRY(base_text(ctx, &base, &run->table->plan, run->base));
    DTN_TRY(model_mark(ctx, &mark, job->model));
    DTN_TRY(dtn_sweep_table_shape(ctx, run->table, &column, &columns));
    const dtn_store_fact fact[] = {{"format", "detente sweep 1"},
                                   {"version", DTN_VERSION_STRING},
                                   {"model", mark},
                                   {"points", plan},
                                   {"others", base},
                                   {"rung", dtn_rung_name(run->rung)},
                                   {"target", target},
                                   {"asked", ask},
                                   {"exact", run->table->exact ? "yes" : "no"}};
    DTN_TRY(dtn_store_open(ctx, &run->store, run->answer->store, fact, sizeof fact / sizeof *fact, column,
                           columns));
    DTN_TRY(dtn_store_each(ctx, run->store, keep_known, run->table));
    run->table->resumed = run->table->rows;
    return DTN_OK;
}

static dtn_status ask(dtn_ctx *ctx, dtn_sweep_answer *a, dtn_result *result, dtn_job *job)
{
    const dtn_scenario *s = a->scenario;
    const char *target = dtn_options_text(&job->options, "target", NULL),
               *asked = dtn_options_text(&job->options, "ask", "classes,outcomes,target");
    dtn_sweep_run run = {.table = a->table, .base = &job->point, .answer = a};
    DTN_TRY(dtn_columns_read(ctx, &run.asked, asked));
    DTN_TRY(dtn_job_rung(ctx, &a->rung, job));
    a->target = s->ask.target.item;
    a->targets = s->ask.target.items;
    if (target)
        DTN_TRY(dtn_target_words(ctx, result->arena, &a->target, &a->targets, target));
    run.rung = a->rung;
    run.target = a->target;
    run.targets = a->targets;
    DTN_TRY(dtn_prober_new(ctx, &run.prober, &a->table->plan, run.base, run.rung, run.target, run.targets,
                           run.asked));
    dtn_status status = dtn_sweep_table_columns(ctx, a->table, &run.prober->columns);
    a->store = dtn_options_text(&job->options, "store", NULL);
    if (status == DTN_OK && a->store)
        status = open_store(ctx, &run, job, asked);
    if (status == DTN_OK) {
        result->data = a;
        result->cleanup = release;
        status = dtn_sweep_fill(ctx, &run);
    }
    dtn_prober_free(run.prober);
    dtn_store_close(run.store);
    return status;
}

static dtn_status run(dtn_ctx *ctx, dtn_result *result, dtn_job *job)
{
    dtn_sweep_answer *a;
    DTN_ALLOC(ctx, result->arena, a, 1);
    a->scenario = job->model->scenario;
    DTN_TRY(dtn_sweep_table_new(ctx, &a->table, job, dtn_options_flag(&job->options, "exact")));
    dtn_status status = ask(ctx, a, result, job);
    bool cut_short = status == DTN_LIMIT || status == DTN_CANCELLED;
    if (status != DTN_OK && !cut_short && result->data) {
        result->data = NULL;
        result->cleanup = NULL;
    }
    if (!result->data) {
        dtn_sweep_table_free(a->table);
        return status;
    }
    bool whole = a->table->rows == a->table->plan.points;
    result->outcome = whole ? DTN_OUTCOME_COMPLETE : DTN_OUTCOME_PARTIAL;
    if (!whole)
        result->note =
            dtn_arena_printf(result->arena, "%ld of %ld points are done%s", a->table->rows,
                             a->table->plan.points, a->store ? "; the same command goes on from there" : "");
    return status;
}

static const char *missing(const dtn_model *model)
{
    if (!model->scenario)
        return "only a scenario has parameters to sweep over";
    return model->scenario->start < 0 ? "the file has no `moves:`" : NULL;
}

static const dtn_option_spec options[] = {
    {"over", "NAME[=FROM:TO[:COUNT]]", NULL,
     "a parameter that moves (repeats; default: all with a range); with COUNT for each, a grid", true},
    {"sample", "KIND", NULL, "grid, sobol (default), halton or latin", false},
    {"points", "N", "1000", "points of a sample", false},
    {"ask", "WHAT,...", "classes,outcomes,target",
     "classes, outcomes, target, payoffs, margins (of threats and promises), least (bond, penalty, "
     "detection, "
     "discount of guarantees)",
     false},
    {"target", "WHAT", NULL, "outcome, group or move.action whose probability is kept (default: the file's)",
     false},
    {"rung", "RUNG", NULL, "equilibria that count (default: the file's, else d1)", false},
    {"store", "FILE", NULL, "keep rows in an SQLite file; the same command goes on where it stopped", false},
    {"exact", NULL, NULL, "exact fractions beside the decimals", false},
    {0},
};

extern const dtn_analysis dtn_analysis_sweep;
const dtn_analysis dtn_analysis_sweep = {
    .name = "sweep",
    .title = "What holds at every point of a grid or sample?",
    .about = "Answers over a grid or an even sample of the parameters: classes, probabilities, payoffs, "
             "margins of threats, "
             "least guarantees; as CSV, JSON or an SQLite file that can be resumed.",
    .options = options,
    .missing = missing,
    .run = run,
};
