/* A threshold as a formula over all parameters: not only a = 9/10 but a = k.soft.
 *
 * Method: all parameters with a range are set free, moved a little so that round numbers do not coincide, and the game is solved once over
 *   rational functions beside the threshold (faces.c). Of the factors whose signs that run rests on, the one that is 0 at the
 *   threshold itself and contains the lever is the border.
 * Cost: one traced run in as many variables as there are parameters. Exact: the factor is 0 there; that no other one is. */
#include "analyse/bind_parts.h"

enum { MOST_PARAMS = 32 };

static dtn_status list_free(dtn_ctx *ctx, int **out, int *count, int *place, const dtn_scenario *s, int lever)
{
    DTN_ALLOC(ctx, ctx->scratch, *out, s->params);
    *count = 0;
    *place = -1;
    for (int i = 0; i < s->params; i++)
        if (!s->param[i].formula && s->param[i].ranged && !fmpq_equal(&s->param[i].lo, &s->param[i].hi)) {
            if (i == lever)
                *place = *count;
            (*out)[(*count)++] = i;
        }
    return DTN_OK;
}

/* The only factor of the face, with the lever, that is 0 at the threshold; -1: none, or several. */
static int vanishing(const dtn_faces *faces, const dtn_face *face, int place, const fmpq *at)
{
    int found = -1;
    for (int i = 0; i < face->factors; i++) {
        int f = face->factor[i];
        if (fmpz_mpoly_degree_si(dtn_trace_factor(faces->trace, f), place, dtn_trace_ring(faces->trace)) > 0 &&
            dtn_trace_factor_sign_at(faces->trace, f, at) == 0) {
            if (found >= 0)
                return -1;
            found = f;
        }
    }
    return found;
}

static dtn_status find(dtn_ctx *ctx, dtn_arena *arena, dtn_bind_end *end, dtn_sweep *sweep, dtn_faces *faces,
                       int place, const fmpq *lo, const fmpq *hi)
{
    const dtn_scenario *s = sweep->scenario;
    fmpq *at, *near, *step;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, at, faces->params);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, near, faces->params);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, step, 2);
    for (int side = 0; side < 2 && !end->formula; side++) {
        for (int i = 0; i < faces->params; i++) {
            const dtn_scn_param *p = &s->param[faces->param[i]];
            fmpq_set(&at[i], i == place ? &end->at : &sweep->point.value[faces->param[i]]);
            bool inwards = fmpq_cmp(&at[i], &p->hi) < 0;
            fmpq_sub(step, &p->hi, &p->lo);
            fmpq_set_si(step + 1, inwards ? 1 : -1, (ulong)(1000003 + 2718 * (i + 1) * (i + 2)));
            fmpq_mul(step, step, step + 1);
            fmpq_add(&near[i], &at[i], step);
        }
        fmpq_sub(step, side ? hi : lo, &end->at); /* a thousandth of the way to that side */
        fmpq_div_2exp(step, step, 10);
        fmpq_add(&near[place], &end->at, step);
        int face, factor;
        if (fmpq_is_zero(step))
            continue;
        DTN_TRY(dtn_faces_at(ctx, &face, faces, near));
        if (face < 0 || (factor = vanishing(faces, &faces->face[face], place, at)) < 0)
            continue;
        DTN_TRY(dtn_border_solved(ctx, arena, &end->formula, &end->formula_latex, faces, factor, place));
    }
    return DTN_OK;
}

dtn_status dtn_bind_formula(dtn_ctx *ctx, dtn_arena *arena, dtn_bind_end *end, const dtn_sweep *from,
                            int lever, const fmpq *lo, const fmpq *hi)
{
    int *param, count, place;
    dtn_sweep *sweep;
    dtn_faces *faces = NULL;
    if (!end->exact || end->range_end)
        return DTN_OK;
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    DTN_TRY(list_free(ctx, &param, &count, &place, from->scenario, lever));
    if (place < 0 || count > MOST_PARAMS)
        return DTN_OK;
    DTN_TRY(dtn_sweep_new(ctx, &sweep, from->scenario, &from->point, from->rung, from->target.item,
                          from->target.items));
    sweep->asks = from->asks;
    sweep->prob = from->prob;
    sweep->act = from->act;
    dtn_status status = dtn_faces_new(ctx, &faces, sweep, param, count);
    if (status == DTN_OK)
        status = find(ctx, arena, end, sweep, faces, place, lo, hi);
    dtn_faces_free(faces);
    dtn_sweep_free(sweep);
    dtn_arena_release(ctx->scratch, mark);
    return status == DTN_UNSUPPORTED ? DTN_OK : status;
}
