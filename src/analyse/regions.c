/* The analysis `regions`: which classes of equilibria hold where, over one or two parameters.
 *
 * Two parameters: a map of squares (regions_map.c); one: its exact stretches (regions_line.c). The others stand at the job's
 * point. Exact: everything that is said to be proved. */
#include "analyse/regions.h"

#include "analyse/job.h"

static void release(void *data, size_t count)
{
    (void)count;
    dtn_regions_answer *a = data;
    dtn_faces_free(a->faces);
    dtn_sweep_free(a->sweep);
}

/* One axis: a parameter that moves. */
static dtn_status add_axis(dtn_ctx *ctx, dtn_regions_answer *a, const dtn_job *job, int param)
{
    const dtn_scenario *s = a->scenario;
    const dtn_scn_param *p = &s->param[param];
    if (p->formula)
        return dtn_fail(ctx, DTN_ARG, "parameter %s is derived from others by its formula: let those move",
                        p->name);
    if (!p->ranged || fmpq_equal(&p->lo, &p->hi))
        return dtn_fail(ctx, DTN_DOMAIN,
                        "parameter %s has no range to move over: give it one (range: [lo, hi])", p->name);
    if (a->params && !a->all && a->param[0] == param)
        return dtn_fail(ctx, DTN_ARG, "x and y are the same parameter, %s: expected two, or --x alone",
                        p->name);
    fmpq_set(&a->lo[a->params], &p->lo);
    fmpq_set(&a->hi[a->params], &p->hi);
    fmpq_set(&a->now[a->params], &job->point.value[param]);
    a->param[a->params++] = param;
    return DTN_OK;
}

/* All that have a range and that something solved depends on. */
static dtn_status take_all(dtn_ctx *ctx, dtn_regions_answer *a, dtn_job *job)
{
    const dtn_scenario *s = a->scenario;
    if (dtn_options_text(&job->options, "x", NULL) || dtn_options_text(&job->options, "y", NULL))
        return dtn_fail(ctx, DTN_ARG, "--all is for all parameters at once, without --x and --y");
    for (int p = 0; p < s->params; p++) {
        const dtn_scn_param *x = &s->param[p];
        if (x->formula || !x->ranged || fmpq_equal(&x->lo, &x->hi) || !a->sweep->matters[p])
            continue;
        if (a->params == DTN_REGION_PARAMS)
            return dtn_fail(ctx, DTN_UNSUPPORTED, "more than %d parameters matter: too many for volumes",
                            (int)DTN_REGION_PARAMS);
        DTN_TRY(add_axis(ctx, a, job, p));
    }
    return a->params ? DTN_OK
                     : dtn_fail(ctx, DTN_DOMAIN, "no parameter that matters has a range to move over");
}

static dtn_status read_axes(dtn_ctx *ctx, dtn_regions_answer *a, dtn_job *job)
{
    const dtn_scenario *s = a->scenario;
    const char *name[2] = {dtn_options_text(&job->options, "x", NULL),
                           dtn_options_text(&job->options, "y", NULL)};
    if (!name[0] && name[1])
        return dtn_fail(ctx, DTN_ARG, "--y needs --x; for one parameter give --x alone");
    for (int k = 0; k < 2 && name[k]; k++) {
        int param;
        DTN_TRY(dtn_job_param(ctx, &param, job, name[k]));
        DTN_TRY(add_axis(ctx, a, job, param));
    }
    for (int k = 0; k < 2 && k < s->ask.maps && !name[0]; k++)
        DTN_TRY(add_axis(ctx, a, job, s->ask.map[k]));
    return a->params ? DTN_OK
                     : dtn_fail(ctx, DTN_ARG,
                                "which parameters? Expected --x NAME and --y NAME, or `map: [NAME, NAME]` in "
                                "the file's `ask:`");
}

static int levels_for(long resolution)
{
    int level = 0;
    while (1L << level < resolution)
        level++;
    return level;
}

static dtn_status draw_map(dtn_ctx *ctx, dtn_regions_answer *a, dtn_result *result, long resolution)
{
    fmpq *share;
    DTN_ALLOC_FMPQ(ctx, result->arena, share, 1);
    fmpq_set_si(share, 1, 400);
    int level = levels_for(resolution);
    dtn_map_options options = {.level = level, .deepest = level + 3, .share = share};
    dtn_status status = dtn_region_map_make(ctx, result->arena, &a->map, a->faces, a->lo, a->hi, &options);
    dtn_ctx_pause pause = dtn_ctx_pause_limits(ctx); /* what is known is shown */
    dtn_status finished = dtn_region_map_finish(ctx, result->arena, &a->map, a->faces, a->lo, a->hi);
    for (int i = 0; i < a->map.borders && finished == DTN_OK; i++)
        finished = dtn_border_text(ctx, result->arena, &a->map.border[i].text, &a->map.border[i].latex,
                                   a->faces, a->map.border[i].factor);
    dtn_ctx_resume_limits(ctx, pause);
    DTN_TRY(finished);
    if (status == DTN_OK)
        DTN_TRY(dtn_regions_formulas(ctx, result->arena, a));
    if (a->map.open || status != DTN_OK) {
        result->outcome = DTN_OUTCOME_PARTIAL;
        result->note = a->faces->why      ? a->faces->why
                       : status != DTN_OK ? NULL
                                          : "some squares could not be decided";
    }
    return status;
}

static dtn_status draw_line(dtn_ctx *ctx, dtn_regions_answer *a, dtn_result *result)
{
    dtn_status status = dtn_faces_line(ctx, result->arena, &a->stretch, &a->stretches, a->faces, a->lo, a->hi);
    for (int i = 0; i < a->stretches; i++)
        if (a->stretch[i].pattern == DTN_FACE_UNKNOWN || status != DTN_OK) {
            result->outcome = DTN_OUTCOME_PARTIAL;
            result->note = a->faces->why ? a->faces->why : "some stretches could not be decided";
        }
    return status;
}

static dtn_status measure(dtn_ctx *ctx, dtn_regions_answer *a, dtn_result *result, long boxes, long points)
{
    dtn_status status =
        dtn_volumes_find(ctx, result->arena, &a->volumes, a->faces, a->lo, a->hi, boxes, points);
    if (status != DTN_OK) {
        result->outcome = DTN_OUTCOME_PARTIAL;
        result->note = "time ran out";
    }
    return status;
}

static dtn_status ask(dtn_ctx *ctx, dtn_regions_answer *a, dtn_result *result, dtn_job *job)
{
    long resolution, boxes, points;
    const dtn_snapshot *now;
    DTN_TRY(dtn_job_rung(ctx, &a->rung, job));
    DTN_TRY(dtn_options_int(ctx, &resolution, &job->options, "resolution", 400, 2, 16384));
    DTN_TRY(dtn_options_int(ctx, &boxes, &job->options, "boxes", 20000, 0, 100000000));
    DTN_TRY(dtn_options_int(ctx, &points, &job->options, "points", 16384, 16, 1 << 26));
    a->all = dtn_options_flag(&job->options, "all");
    if (!a->all)
        DTN_TRY(read_axes(ctx, a, job));
    DTN_TRY(dtn_sweep_new(ctx, &a->sweep, a->scenario, &job->point, a->rung, NULL, 0));
    DTN_TRY(dtn_sweep_at(ctx, &now, a->sweep, -1, NULL));
    if (now->gave_up)
        return dtn_fail(
            ctx, DTN_UNSUPPORTED,
            "the game is too large to be solved again and again: regions need the method sequential");
    a->pattern_now = now->inside ? now->pattern : DTN_FACE_OUTSIDE;
    if (a->all)
        DTN_TRY(take_all(ctx, a, job));
    DTN_TRY(dtn_faces_new(ctx, &a->faces, a->sweep, a->param, a->params));
    result->outcome = DTN_OUTCOME_COMPLETE;
    if (a->all)
        return measure(ctx, a, result, boxes, points);
    return a->params == 2 ? draw_map(ctx, a, result, resolution) : draw_line(ctx, a, result);
}

static dtn_status run(dtn_ctx *ctx, dtn_result *result, dtn_job *job)
{
    dtn_regions_answer *a;
    DTN_ALLOC(ctx, result->arena, a, 1);
    *a = (dtn_regions_answer){.scenario = job->model->scenario};
    int room = DTN_REGION_PARAMS;
    DTN_ALLOC_FMPQ(ctx, result->arena, a->lo, 3 * room);
    a->hi = a->lo + room;
    a->now = a->hi + room;
    result->data = a;
    result->cleanup = release;
    dtn_status status = ask(ctx, a, result, job);
    if (status != DTN_OK && !a->map.cells && !a->stretches && !a->volumes.volumes) { /* nothing to show */
        release(a, 1);
        result->data = NULL;
        result->cleanup = NULL;
    }
    return status;
}

static const char *missing(const dtn_model *model)
{
    if (!model->scenario)
        return "only a scenario has parameters that a map could be drawn over";
    return model->scenario->start < 0 ? "the file has no `moves:`" : NULL;
}

static const dtn_option_spec options[] = {
    {"x", "NAME", NULL, "parameter across (default: the file's `map:`)", false},
    {"y", "NAME", NULL, "parameter upwards; without it the exact stretches of x", false},
    {"rung", "RUNG", NULL, "equilibria that count (default: the file's, else d1)", false},
    {"resolution", "N", "400", "squares across, at least; borders are drawn finer", false},
    {"all", NULL, NULL, "how much of the box of all parameters each conclusion has", false},
    {"boxes", "N", "20000", "with --all: boxes that the proof may look at", false},
    {"points", "N", "16384", "with --all: points of the estimate", false},
    {0},
};

const dtn_analysis dtn_analysis_regions = {
    .name = "regions",
    .title = "Which conclusions hold where?",
    .about = "A proved map of the classes of equilibria over two parameters, or the exact stretches of one, "
             "with the formulas of the borders; or the share of all parameters.",
    .options = options,
    .missing = missing,
    .run = run,
};
