/* The points of a sweep.
 *
 * Samples stand in the middle of cells of their own, so that no point lies on a border of the box. Cost: a few operations a
 * coordinate. Exact: points are rationals. */
#include "analyse/sweep_plan.h"

#include <string.h>

#include "analyse/job.h"
#include "base/str.h"
#include "base/suggest.h"
#include "num/quasi.h"

enum { POINTS = 1000, GRID_STEPS = 11, POINTS_MOST = 1 << 26 };

static const char *const names[DTN_SAMPLINGS] = {"grid", "sobol", "halton", "latin"};

const char *dtn_sampling_name(dtn_sampling sampling)
{
    return names[sampling];
}

static const char *word(const void *user, int i)
{
    (void)user;
    return i < DTN_SAMPLINGS ? names[i] : NULL;
}

static dtn_status read_sampling(dtn_ctx *ctx, dtn_sampling *out, const char *text)
{
    for (int i = 0; i < DTN_SAMPLINGS; i++)
        if (strcmp(names[i], text) == 0) {
            *out = (dtn_sampling)i;
            return DTN_OK;
        }
    const char *near = dtn_suggest(text, word, NULL);
    return near
               ? dtn_fail(ctx, DTN_ARG, "--sample: found \"%s\"; did you mean \"%s\"?", text, near)
               : dtn_fail(ctx, DTN_ARG, "--sample: found \"%s\", expected grid, sobol, halton or latin", text);
}

/* Room for all parameters. */
static dtn_status prepare(dtn_ctx *ctx, dtn_arena *arena, dtn_plan *out, int **param, long **step,
                          const dtn_scenario *s)
{
    *out = (dtn_plan){.scenario = s};
    DTN_ALLOC(ctx, arena, *param, s->params);
    DTN_ALLOC(ctx, arena, *step, s->params);
    DTN_ALLOC_FMPQ(ctx, arena, out->lo, s->params);
    DTN_ALLOC_FMPQ(ctx, arena, out->hi, s->params);
    out->param = *param;
    out->step = *step;
    return DTN_OK;
}

static bool has_range(const dtn_scn_param *p)
{
    return !p->formula && p->ranged && !fmpq_equal(&p->lo, &p->hi);
}

static void add_range(dtn_plan *out, int *param, long *step, int p)
{
    fmpq_set(&out->lo[out->params], &out->scenario->param[p].lo);
    fmpq_set(&out->hi[out->params], &out->scenario->param[p].hi);
    step[out->params] = 0;
    param[out->params++] = p;
}

/* "NAME", "NAME=LO:HI" or "NAME=LO:HI:N". */
static dtn_status read_over(dtn_ctx *ctx, dtn_plan *out, int *param, long *step, const dtn_job *job,
                            const char *text)
{
    const char *equals = strchr(text, '=');
    char *name = dtn_arena_strndup(ctx->scratch, text, equals ? (size_t)(equals - text) : strlen(text));
    int p, at = out->params;
    if (!name)
        return dtn_fail_nomem(ctx);
    DTN_TRY(dtn_job_param(ctx, &p, job, name));
    const dtn_scn_param *of = &out->scenario->param[p];
    if (of->formula)
        return dtn_fail(ctx, DTN_ARG, "parameter %s is derived from others by its formula: let those move",
                        name);
    for (int i = 0; i < at; i++)
        if (param[i] == p)
            return dtn_fail(ctx, DTN_ARG, "--over names parameter %s twice", name);
    if (!equals) {
        if (!has_range(of))
            return dtn_fail(ctx, DTN_DOMAIN, "parameter %s has no range: give one, as in --over %s=0:1", name,
                            name);
        add_range(out, param, step, p);
        return DTN_OK;
    }
    const char *from = equals + 1, *colon = strchr(from, ':');
    const char *to = colon ? colon + 1 : "", *second = strchr(to, ':');
    char *end = NULL;
    step[at] = second ? strtol(second + 1, &end, 10) : 0;
    if (!colon || !dtn_rational_parse(&out->lo[at], from, (size_t)(colon - from)) ||
        !dtn_rational_parse(&out->hi[at], to, second ? (size_t)(second - to) : strlen(to)) ||
        fmpq_cmp(&out->lo[at], &out->hi[at]) > 0 ||
        (second && (end == second + 1 || *end || step[at] < 1 || step[at] > POINTS_MOST)))
        return dtn_fail(ctx, DTN_ARG, "--over: found \"%s\", expected NAME=FROM:TO or NAME=FROM:TO:COUNT",
                        text);
    param[out->params++] = p;
    return DTN_OK;
}

static dtn_status too_many(dtn_ctx *ctx)
{
    return dtn_fail(ctx, DTN_ARG,
                    "the grid has more than %d points: fewer parameters with --over, or --sample sobol",
                    (int)POINTS_MOST);
}

/* What the kind of sample still needs. */
static dtn_status complete(dtn_ctx *ctx, dtn_arena *arena, dtn_plan *out, long *step, long points)
{
    out->points = points;
    if (out->sampling == DTN_SAMPLE_GRID) {
        out->points = 1;
        for (int k = 0; k < out->params; k++) {
            step[k] = step[k] ? step[k] : GRID_STEPS;
            if (out->points > POINTS_MOST / step[k])
                return too_many(ctx);
            out->points *= step[k];
        }
    }
    if ((out->sampling == DTN_SAMPLE_SOBOL && out->params > DTN_SOBOL_MOST) ||
        (out->sampling == DTN_SAMPLE_HALTON && out->params > DTN_HALTON_MOST))
        return dtn_fail(
            ctx, DTN_ARG,
            "%d parameters are too many for --sample %s: name fewer with --over, or --sample latin",
            out->params, dtn_sampling_name(out->sampling));
    if (out->sampling == DTN_SAMPLE_LATIN) {
        long *place;
        DTN_ALLOC(ctx, arena, place, (size_t)out->points * (size_t)out->params);
        for (int k = 0; k < out->params; k++)
            dtn_latin(place + (size_t)k * (size_t)out->points, out->points, out->seed, k);
        out->place = place;
    }
    return DTN_OK;
}

dtn_status dtn_plan_read(dtn_ctx *ctx, dtn_arena *arena, dtn_plan *out, const dtn_job *job)
{
    const dtn_scenario *s = job->model->scenario;
    const char *sample = dtn_options_text(&job->options, "sample", NULL);
    long *step, points;
    int *param;
    bool counted = true;
    DTN_TRY(prepare(ctx, arena, out, &param, &step, s));
    for (const dtn_option_value *v = job->options.first; v; v = v->next)
        if (strcmp(v->name, "over") == 0) {
            if (out->params == s->params)
                return dtn_fail(ctx, DTN_ARG, "--over is given more often than the file has parameters");
            DTN_TRY(read_over(ctx, out, param, step, job, v->value));
            counted = counted && step[out->params - 1] > 0;
        }
    bool all = out->params == 0;
    for (int p = 0; all && p < s->params; p++)
        if (has_range(&s->param[p]))
            add_range(out, param, step, p);
    if (out->params == 0)
        return dtn_fail(ctx, DTN_DOMAIN,
                        "no parameter has a range to move over: give one, as in --over NAME=0:1");
    out->sampling =
        !all && counted && !dtn_options_flag(&job->options, "points") ? DTN_SAMPLE_GRID : DTN_SAMPLE_SOBOL;
    if (sample)
        DTN_TRY(read_sampling(ctx, &out->sampling, sample));
    DTN_TRY(dtn_options_int(ctx, &points, &job->options, "points", POINTS, 1, POINTS_MOST));
    if (out->sampling == DTN_SAMPLE_GRID && dtn_options_flag(&job->options, "points"))
        return dtn_fail(
            ctx, DTN_ARG,
            "a grid has as many points as --over NAME=FROM:TO:COUNT says; --points is for samples");
    out->seed = ctx->seed;
    return complete(ctx, arena, out, step, points);
}

dtn_status dtn_plan_make(dtn_ctx *ctx, dtn_arena *arena, dtn_plan *out, const dtn_scenario *s,
                         dtn_sampling sampling, long points, const bool *only)
{
    long *step;
    int *param;
    DTN_TRY(prepare(ctx, arena, out, &param, &step, s));
    for (int p = 0; p < s->params; p++)
        if (has_range(&s->param[p]) && (!only || only[p]))
            add_range(out, param, step, p);
    out->sampling = sampling;
    out->seed = ctx->seed;
    return complete(ctx, arena, out, step, points);
}

void dtn_plan_point(fmpq *x, const dtn_plan *plan, long i)
{
    fmpq_t width;
    fmpq_init(width);
    long rest = i;
    for (int k = plan->params - 1; k >= 0; k--) {
        switch (plan->sampling) {
        case DTN_SAMPLE_SOBOL:
            dtn_sobol_unit(&x[k], dtn_sobol(k, (uint64_t)i), 0);
            break;
        case DTN_SAMPLE_HALTON:
            dtn_halton(&x[k], k, (uint64_t)i);
            break;
        case DTN_SAMPLE_LATIN:
            fmpq_set_si(&x[k], 2 * plan->place[(size_t)k * (size_t)plan->points + (size_t)i] + 1,
                        2 * (ulong)plan->points);
            break;
        default:
            if (plan->step[k] == 1)
                fmpq_set_si(&x[k], 1, 2);
            else
                fmpq_set_si(&x[k], rest % plan->step[k], (ulong)(plan->step[k] - 1));
            rest /= plan->step[k];
        }
        fmpq_sub(width, &plan->hi[k], &plan->lo[k]);
        fmpq_mul(&x[k], &x[k], width);
        fmpq_add(&x[k], &x[k], &plan->lo[k]);
    }
    fmpq_clear(width);
}

dtn_status dtn_plan_text(dtn_ctx *ctx, dtn_arena *arena, const char **text, const dtn_plan *plan)
{
    dtn_str str = dtn_str_in(arena);
    dtn_str_addf(&str, "%s %ld", names[plan->sampling], plan->points);
    if (plan->sampling == DTN_SAMPLE_LATIN)
        dtn_str_addf(&str, " seed %llu", (unsigned long long)plan->seed);
    for (int k = 0; k < plan->params; k++) {
        const char *lo = dtn_rational_text(ctx->scratch, &plan->lo[k]),
                   *hi = dtn_rational_text(ctx->scratch, &plan->hi[k]);
        if (!lo || !hi)
            return dtn_fail_nomem(ctx);
        dtn_str_addf(&str, "; %s %s %s", plan->scenario->param[plan->param[k]].name, lo, hi);
        if (plan->sampling == DTN_SAMPLE_GRID)
            dtn_str_addf(&str, " %ld", plan->step[k]);
    }
    *text = dtn_str_done(&str);
    return *text ? DTN_OK : dtn_fail_nomem(ctx);
}
