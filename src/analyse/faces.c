/* Faces of the parameter space: one traced run each.
 *
 * Method: the free parameters of the sweep's point become traced numbers (num/traced.h), and the same sources that solve a point,
 *   compiled over such numbers, say what the equilibria are and which signs that rests on.
 * Cost: one run of the solver over rational functions: 10 to 100 times a run at a point at first, less once functions are known. Exact. */
#include "analyse/faces.h"

#include <string.h>

/* sweep.c, compiled over traced numbers (CMakeLists.txt). */
dtn_status dtn_traced_sweep_at(dtn_ctx *ctx, const dtn_snapshot **out, dtn_sweep *sweep, int param,
                               const fmpq_t x);

enum { LARGEST_TREE = 2000 };

static dtn_status set_up(dtn_ctx *ctx, dtn_faces *f, const int *param)
{
    int *copy;
    DTN_ALLOC(ctx, f->arena, copy, f->params);
    memcpy(copy, param, (size_t)f->params * sizeof *copy);
    f->param = copy;
    f->room = 64;
    DTN_ALLOC(ctx, f->arena, f->face, f->room);
    return dtn_trace_new(ctx, &f->trace, f->params);
}

dtn_status dtn_faces_new(dtn_ctx *ctx, dtn_faces **out, dtn_sweep *sweep, const int *param, int params)
{
    *out = NULL;
    if (!sweep->reprices || !sweep->tree->payoff_formula)
        return dtn_fail(ctx, DTN_UNSUPPORTED,
                        "the moves themselves depend on a parameter (a grid of actions): nothing can be "
                        "proved around a point");
    if (sweep->tree->nodes > LARGEST_TREE)
        return dtn_fail(ctx, DTN_UNSUPPORTED, "the tree has %d positions; regions are proved for at most %d",
                        sweep->tree->nodes, (int)LARGEST_TREE);
    dtn_arena *arena = dtn_arena_new(ctx);
    dtn_faces *f = arena ? dtn_arena_array(arena, 1, sizeof *f) : NULL;
    if (!f) {
        dtn_arena_free(arena);
        return dtn_fail_nomem(ctx);
    }
    *f = (dtn_faces){.arena = arena, .sweep = sweep, .params = params};
    dtn_status status = set_up(ctx, f, param);
    if (status != DTN_OK) {
        dtn_faces_free(f);
        return status;
    }
    *out = f;
    return DTN_OK;
}

void dtn_faces_free(dtn_faces *f)
{
    if (!f)
        return;
    dtn_trace_free(f->trace);
    dtn_arena_free(f->arena);
}

static dtn_status keep(dtn_ctx *ctx, dtn_faces *f, int pattern, const dtn_snapshot *found)
{
    int count, *factor;
    int8_t *sign;
    const int *asked = dtn_trace_asked(f->trace, &count);
    if (f->faces == f->room) {
        dtn_face *bigger;
        DTN_ALLOC(ctx, f->arena, bigger, 2 * f->room);
        memcpy(bigger, f->face, (size_t)f->faces * sizeof *bigger);
        f->face = bigger;
        f->room *= 2;
    }
    DTN_ALLOC(ctx, f->arena, factor, count);
    DTN_ALLOC(ctx, f->arena, sign, count);
    for (int i = 0; i < count; i++) {
        factor[i] = asked[i];
        sign[i] = (int8_t)dtn_trace_factor_sign(f->trace, asked[i]);
    }
    f->face[f->faces++] = (dtn_face){factor, sign, count, pattern, found};
    return DTN_OK;
}

/* The run. Errors that a void run ends in are its own: rational functions that grew too large, say. */
static dtn_status run(dtn_ctx *ctx, dtn_faces *f, const fmpq *point, int *pattern, const dtn_snapshot **found)
{
    const dtn_snapshot *s = NULL;
    dtn_sweep *sweep = f->sweep;
    bool classes_only = sweep->classes_only, values = sweep->values;
    dtn_trace_start(f->trace, point);
    for (int i = 0; i < f->params; i++)
        dtn_trace_param(&sweep->point.value[f->param[i]], f->trace, i);
    sweep->classes_only = true;
    sweep->values = f->values;
    dtn_status status = dtn_traced_sweep_at(ctx, &s, sweep, -1, NULL);
    sweep->classes_only = classes_only;
    sweep->values = values;
    f->runs++;
    dtn_trace_state state = dtn_trace_end(f->trace);
    if (state == DTN_TRACE_NOMEM)
        return dtn_fail_nomem(ctx);
    if (state == DTN_TRACE_LOST) {
        f->lost++;
        f->why = "probabilities or linear programs whose formulas cannot be followed";
        *pattern = DTN_FACE_UNKNOWN;
        return status == DTN_LIMIT || status == DTN_CANCELLED ? status : DTN_OK;
    }
    if (status != DTN_OK)
        return status;
    *found = s;
    *pattern = !s->inside ? DTN_FACE_OUTSIDE : s->complete ? s->pattern : DTN_FACE_UNKNOWN;
    if (*pattern == DTN_FACE_UNKNOWN)
        f->why = "not all equilibria could be listed";
    return DTN_OK;
}

dtn_status dtn_faces_at(dtn_ctx *ctx, int *face, dtn_faces *f, const fmpq *point)
{
    fmpq *before;
    int pattern = DTN_FACE_UNKNOWN;
    const dtn_snapshot *found = NULL;
    DTN_TRY(dtn_ctx_poll(ctx));
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, before, f->params);
    for (int i = 0; i < f->params; i++)
        fmpq_swap(&before[i], &f->sweep->point.value[f->param[i]]);
    dtn_status status = run(ctx, f, point, &pattern, &found);
    for (int i = 0; i < f->params; i++)
        fmpq_swap(&before[i], &f->sweep->point.value[f->param[i]]);
    dtn_arena_release(ctx->scratch, mark);
    DTN_TRY(status);
    *face = -1;
    if (dtn_trace_end(f->trace) == DTN_TRACE_DEGENERATE) {
        f->degenerate++;
        return DTN_OK;
    }
    if (dtn_trace_end(f->trace) == DTN_TRACE_LOST)
        return DTN_OK; /* nothing is known but here */
    *face = f->faces;
    return keep(ctx, f, pattern, found);
}
