/* How much of the box of all parameters each pattern has.
 *
 * Method: proved bounds by subdivision (space.c); an estimate from SHIFTS copies of one Sobol sample, each moved by a random digital
 *   shift, so that they are independent and their spread is the error. Points are looked up in faces; those on borders are solved.
 * Cost: boxes and points, each some microseconds once the faces are known. Exact: the bounds. The estimate is said apart.
 * Source: A. B. Owen, J. Complexity 14 (1998) (randomly shifted nets). */
#include "analyse/regions_volume.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analyse/regions.h"
#include "base/random.h"
#include "num/quasi.h"

enum { SHIFTS = 16 };

typedef struct sampler {
    dtn_faces *faces;
    dtn_face_index *index;
    const fmpq *lo, *hi;
    fmpq *point, *before;  /* [params] */
    long (*count)[SHIFTS]; /* [64] by bit of the pattern */
    long made;             /* points of each shift */
} sampler;

static int bit_of(int pattern)
{
    return pattern == DTN_FACE_OUTSIDE                     ? DTN_REGION_OUTSIDE
           : pattern < 0 || pattern >= DTN_REGION_PATTERNS ? DTN_REGION_UNKNOWN
                                                           : pattern;
}

static dtn_status solve_there(dtn_ctx *ctx, int *pattern, sampler *s)
{
    dtn_sweep *sweep = s->faces->sweep;
    const dtn_snapshot *found;
    for (int k = 0; k < s->faces->params; k++) {
        fmpq_set(s->before + k, &sweep->point.value[s->faces->param[k]]);
        DTN_TRY(dtn_point_set(ctx, &sweep->point, sweep->scenario, s->faces->param[k], s->point + k));
    }
    dtn_status status = dtn_sweep_at(ctx, &found, sweep, -1, NULL);
    for (int k = 0; k < s->faces->params; k++)
        fmpq_set(&sweep->point.value[s->faces->param[k]], s->before + k);
    DTN_TRY(status);
    *pattern = !found->inside ? DTN_FACE_OUTSIDE : found->complete ? found->pattern : DTN_FACE_UNKNOWN;
    return DTN_OK;
}

static dtn_status sample_one(dtn_ctx *ctx, sampler *s, const uint32_t *shift, int copy, long i)
{
    int face, pattern;
    for (int k = 0; k < s->faces->params; k++) {
        fmpq *width = s->before;
        dtn_sobol_unit(s->point + k, dtn_sobol(k, (uint64_t)i), shift[k]);
        fmpq_sub(width, &s->hi[k], &s->lo[k]);
        fmpq_mul(s->point + k, s->point + k, width);
        fmpq_add(s->point + k, s->point + k, &s->lo[k]);
    }
    DTN_TRY(dtn_face_index_find(ctx, &face, s->index, s->point));
    if (face < 0)
        DTN_TRY(dtn_faces_at(ctx, &face, s->faces, s->point));
    if (face >= 0)
        pattern = s->faces->face[face].pattern;
    else
        DTN_TRY(solve_there(ctx, &pattern, s));
    s->count[bit_of(pattern)][copy]++;
    return DTN_OK;
}

/* All copies advance together, so that a limit leaves them equally long. */
static dtn_status sample(dtn_ctx *ctx, sampler *s, long points)
{
    int params = s->faces->params;
    uint32_t *shift;
    uint64_t state = ctx->seed;
    DTN_ALLOC(ctx, ctx->scratch, shift, (size_t)params * SHIFTS);
    for (int k = 0; k < params * SHIFTS; k++)
        shift[k] = (uint32_t)dtn_random_next(&state);
    for (; s->made < points / SHIFTS; s->made++) {
        DTN_TRY(dtn_ctx_poll(ctx));
        if (s->made % 64 == 0)
            dtn_ctx_report(ctx, "sample", (double)(s->made * SHIFTS) / (double)points);
        for (int copy = 0; copy < SHIFTS; copy++)
            DTN_TRY(sample_one(ctx, s, shift + copy * params, copy, s->made));
    }
    return DTN_OK;
}

static int larger(const void *p, const void *q)
{
    const dtn_region_volume *a = p, *b = q;
    bool a_out = a->pattern >= DTN_REGION_OUTSIDE, b_out = b->pattern >= DTN_REGION_OUTSIDE;
    if (a_out != b_out)
        return a_out - b_out;
    return a->estimate != b->estimate ? (a->estimate < b->estimate) - (a->estimate > b->estimate)
                                      : a->pattern - b->pattern;
}

static dtn_status list_all(dtn_ctx *ctx, dtn_arena *arena, dtn_volumes *out, const sampler *s,
                           const double *share)
{
    DTN_ALLOC(ctx, arena, out->volume, 64);
    for (int p = 0; p < 64; p++) {
        double sum = 0, squares = 0;
        for (int copy = 0; copy < SHIFTS && s->made; copy++) {
            double own = (double)s->count[p][copy] / (double)s->made;
            sum += own;
            squares += own * own;
        }
        if (sum == 0 && share[p] == 0)
            continue;
        double mean = sum / SHIFTS, spread = fmax(0, squares / SHIFTS - mean * mean) / (SHIFTS - 1);
        out->volume[out->volumes++] = (dtn_region_volume){
            .pattern = p, .lo = share[p], .hi = share[p] + out->open, .estimate = mean, .error = sqrt(spread)};
    }
    qsort(out->volume, (size_t)out->volumes, sizeof *out->volume, larger);
    return DTN_OK;
}

dtn_status dtn_volumes_find(dtn_ctx *ctx, dtn_arena *arena, dtn_volumes *out, dtn_faces *faces,
                            const fmpq *lo, const fmpq *hi, long boxes, long points)
{
    dtn_space *space;
    double share[64] = {0};
    sampler s = {.faces = faces, .lo = lo, .hi = hi};
    *out = (dtn_volumes){.open = 1, .boxes = boxes};
    DTN_TRY(dtn_space_new(ctx, &space, arena, faces, lo, hi));
    s.index = space->index;
    DTN_ALLOC_FMPQ(ctx, arena, s.point, 2 * faces->params);
    s.before = s.point + faces->params;
    DTN_ALLOC(ctx, arena, s.count, 64);
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = sample(ctx, &s, points); /* first: it meets most faces */
    dtn_arena_release(ctx->scratch, mark);
    out->points = s.made * SHIFTS;
    if (status == DTN_OK)
        status = dtn_space_measure(ctx, space, share, &out->open, boxes, 0, NULL);
    if (status != DTN_OK && status != DTN_LIMIT && status != DTN_CANCELLED)
        return status;
    dtn_status listed = list_all(ctx, arena, out, &s, share);
    return status == DTN_OK ? listed : status;
}
