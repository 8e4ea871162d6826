/* The analysis `rests`: what the answer rests on. Critical values and the tornado of every parameter, and the ledger.
 *
 * Each parameter moves alone, the others stand at the job's point. Cost: about twenty solver runs a parameter and a link. */
#include "analyse/rests.h"

#include <string.h>

#include "analyse/critical.h"
#include "analyse/job.h"
#include "analyse/ledger.h"

/* A parameter without a range does not move. */
static dtn_status stand_still(dtn_ctx *ctx, dtn_arena *arena, dtn_critical *out, const dtn_point *point,
                              int param)
{
    *out = (dtn_critical){.param = param};
    fmpq *const number[] = {&out->now,   &out->lo,        &out->hi,       &out->resolution,
                            &out->share, &out->target.lo, &out->target.hi};
    for (size_t i = 0; i < sizeof number / sizeof *number; i++)
        if (!dtn_arena_fmpq_at(arena, number[i], 1))
            return dtn_fail_nomem(ctx);
    fmpq_set(&out->now, &point->value[param]);
    fmpq_set(&out->lo, &out->now);
    fmpq_set(&out->hi, &out->now);
    return DTN_OK;
}

static dtn_status move_all(dtn_ctx *ctx, dtn_arena *arena, dtn_rests_answer *answer, dtn_sweep *sweep,
                           int cells)
{
    const dtn_scenario *s = sweep->scenario;
    dtn_critical *list;
    DTN_ALLOC(ctx, arena, list, s->params);
    answer->critical = list;
    for (int p = 0; p < s->params; p++) {
        if (s->param[p].formula)
            continue;
        dtn_critical *c = &list[answer->criticals];
        long before = sweep->solves;
        dtn_line *line;
        dtn_ctx_report(ctx, s->param[p].name, (double)p / s->params);
        if (!s->param[p].ranged || fmpq_equal(&s->param[p].lo, &s->param[p].hi)) {
            DTN_TRY(stand_still(ctx, arena, c, &sweep->point, p));
        } else if (dtn_sweep_tired(sweep)) {
            DTN_TRY(stand_still(ctx, arena, c, &sweep->point, p));
            c->left_out = true;
        } else {
            DTN_TRY(dtn_line_scan(ctx, &line, sweep, p, &s->param[p].lo, &s->param[p].hi, cells));
            DTN_TRY(dtn_critical_on_line(ctx, arena, c, line));
            c->solves = sweep->solves - before;
        }
        answer->criticals++;
    }
    return dtn_tornado_rank(ctx, arena, answer, list);
}

/* The sweep's names and patterns, as the answer keeps them. */
static dtn_status keep_names(dtn_ctx *ctx, dtn_arena *arena, dtn_rests_answer *answer, const dtn_sweep *sweep)
{
    const char **name;
    dtn_pattern *pattern;
    DTN_ALLOC(ctx, arena, name, sweep->class_names);
    DTN_ALLOC(ctx, arena, pattern, sweep->patterns);
    for (int i = 0; i < sweep->class_names; i++)
        if (!(name[i] = dtn_arena_strdup(arena, sweep->class_name[i])))
            return dtn_fail_nomem(ctx);
    for (int i = 0; i < sweep->patterns; i++) {
        int *list;
        DTN_ALLOC(ctx, arena, list, sweep->pattern[i].classes);
        if (sweep->pattern[i].classes)
            memcpy(list, sweep->pattern[i].class_of, (size_t)sweep->pattern[i].classes * sizeof *list);
        pattern[i] = (dtn_pattern){list, sweep->pattern[i].classes};
    }
    answer->class_name = name;
    answer->class_names = sweep->class_names;
    answer->named = sweep->named;
    answer->pattern = pattern;
    answer->patterns = sweep->patterns;
    answer->solves = sweep->solves;
    return DTN_OK;
}

/* What was left out since the game takes long to solve, for the note; NULL: nothing. */
static const char *left_out(dtn_arena *arena, const dtn_rests_answer *answer, const dtn_ledger_claim *claims)
{
    const char *names = NULL;
    int links = 0;
    for (int i = 0; i < answer->criticals; i++) {
        const char *name = answer->scenario->param[answer->critical[i].param].name;
        if (answer->critical[i].left_out)
            names = names ? dtn_arena_printf(arena, "%s, %s", names, name) : name;
    }
    for (int i = 0; i < answer->claims; i++)
        links += claims[i].left_out;
    if (!names && !links)
        return NULL;
    return dtn_arena_printf(arena,
                            "the game takes long to solve: %s%s%s were left out (--cells 12 takes the time)",
                            names ? "parameters not moved: " : "", names ? names : "",
                            !links  ? ""
                            : names ? ", and some claims,"
                                    : "some claims");
}

/* Variance shares, and which claims each conclusion cannot do without. */
static dtn_status find_more(dtn_ctx *ctx, dtn_rests_answer *answer, const dtn_ledger_claim *claims,
                            dtn_result *result, const dtn_sweep *sweep, long sample)
{
    bool *attributed;
    double all = 0;
    DTN_ALLOC(ctx, ctx->scratch, attributed, answer->claims);
    for (int i = 0; i < answer->claims; i++)
        attributed[i] = claims[i].attributed;
    DTN_TRY(dtn_variance_find(ctx, result->arena, &answer->variance, sweep, answer->target, answer->targets,
                              sample));
    for (int i = 0; i < answer->variance.shares; i++) {
        const dtn_variance_share *x = &answer->variance.share[i];
        all += x->total;
        if (!dtn_ledger_claimed(answer, x->param))
            answer->variance_debt += x->total;
    }
    answer->variance_debt = all > 0 ? answer->variance_debt / all : 0;
    return dtn_linchpins_find(ctx, result->arena, &answer->linchpins, sweep, answer->target, answer->targets,
                              attributed);
}

static dtn_status ask_sweep(dtn_ctx *ctx, dtn_rests_answer *answer, dtn_ledger_claim *claims,
                            dtn_result *result, dtn_sweep *sweep, int cells, long sample)
{
    const dtn_snapshot *now;
    DTN_TRY(dtn_sweep_now(ctx, &now, sweep));
    sweep->unbounded = cells > 0;
    if (cells == 0)
        cells = answer->cells = dtn_sweep_cells(sweep);
    if (answer->targets)
        dtn_snapshot_target(&answer->target_now.lo, &answer->target_now.hi, now);
    DTN_TRY(move_all(ctx, result->arena, answer, sweep, cells));
    DTN_TRY(dtn_ledger_drop(ctx, result->arena, claims, sweep, cells));
    DTN_TRY(find_more(ctx, answer, claims, result, sweep, sample));
    int undecided = !now->complete;
    for (int i = 0; i < answer->criticals; i++)
        undecided += answer->critical[i].undecided;
    if (undecided) {
        result->outcome = DTN_OUTCOME_PARTIAL;
        result->note = "at some points not all equilibria could be listed";
    }
    const char *gap = left_out(result->arena, answer, claims);
    if (gap) {
        result->outcome = DTN_OUTCOME_PARTIAL;
        result->note = gap;
    }
    return DTN_OK;
}

static dtn_status ask_points(dtn_ctx *ctx, dtn_rests_answer *answer, dtn_ledger_claim *claims,
                             dtn_result *result, dtn_job *job)
{
    const dtn_scenario *s = answer->scenario;
    const char *target = dtn_options_text(&job->options, "target", NULL);
    long cells, sample;
    dtn_sweep *sweep;
    answer->target = s->ask.target.item;
    answer->targets = s->ask.target.items;
    if (target)
        DTN_TRY(dtn_target_words(ctx, result->arena, &answer->target, &answer->targets, target));
    DTN_TRY(dtn_job_rung(ctx, &answer->rung, job));
    DTN_TRY(dtn_options_int(ctx, &cells, &job->options, "cells", 0, 2, 100000));
    DTN_TRY(dtn_options_int(ctx, &sample, &job->options, "sample", 1024, 128, 1 << 20));
    answer->cells = (int)cells;
    DTN_TRY(dtn_job_tree(ctx, &answer->tree, job));
    DTN_TRY(dtn_sweep_new(ctx, &sweep, s, &job->point, answer->rung, answer->target, answer->targets));
    dtn_status status = ask_sweep(ctx, answer, claims, result, sweep, (int)cells, sample);
    dtn_status kept = keep_names(ctx, result->arena, answer, sweep);
    dtn_sweep_free(sweep);
    return status == DTN_OK ? kept : status;
}

static dtn_status run(dtn_ctx *ctx, dtn_result *result, dtn_job *job)
{
    const dtn_scenario *s = job->model->scenario;
    dtn_rests_answer *answer;
    dtn_ledger_claim *claims;
    DTN_ALLOC(ctx, result->arena, answer, 1);
    DTN_ALLOC(ctx, result->arena, claims, s->claims);
    if (!dtn_arena_fmpq_at(result->arena, &answer->target_now.lo, 1) ||
        !dtn_arena_fmpq_at(result->arena, &answer->target_now.hi, 1) ||
        !dtn_arena_fmpq_at(result->arena, &answer->debt, 1))
        return dtn_fail_nomem(ctx);
    answer->scenario = s;
    answer->claim = claims;
    answer->claims = s->claims;
    result->outcome = DTN_OUTCOME_COMPLETE;
    dtn_ledger_derive(claims, s);
    DTN_TRY(dtn_ledger_cover(ctx, result->arena, &answer->element, &answer->elements, s));
    result->data = answer;
    return s->start >= 0 ? ask_points(ctx, answer, claims, result, job) : DTN_OK;
}

static const char *missing(const dtn_model *model)
{
    if (!model->scenario)
        return "only a scenario has parameters and claims that an answer can rest on";
    if (model->scenario->start < 0 && model->scenario->claims == 0)
        return "the file has neither `moves:` nor `claims:`";
    return NULL;
}

static const dtn_option_spec options[] = {
    {"target", "WHAT", NULL,
     "outcome, group or move.action whose probability the tornado shows (default: the file's)", false},
    {"rung", "RUNG", NULL, "equilibria that count (default: the file's, else d1)", false},
    {"cells", "N", NULL, "number of cells of each scan (default: as many as the size of the game allows)",
     false},
    {"sample", "N", "1024", "points of the sample for shares of the variance", false},
    {0},
};

const dtn_analysis dtn_analysis_rests = {
    .name = "rests",
    .question = 5,
    .title = "What does it rest on?",
    .about = "Critical values of each parameter, the tornado, and the ledger: which conclusion rests on "
             "which claim.",
    .options = options,
    .missing = missing,
    .run = run,
};
