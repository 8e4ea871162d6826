/* Borders that run exactly along edges of squares, which no square can see inside itself.
 *
 * Method: such a border is a parameter at a value, a factor of degree 1 in one parameter. Rectangles that end there are compared with
 *   those that begin there. Cost: factors times rectangles. Exact. */
#include <string.h>

#include "analyse/regions_parts.h"

enum { DEEPEST = 40 };

/* Where the factor vanishes: parameter `axis` at number / 2^level of the box. false: not a line along edges. */
static dtn_status is_edge(dtn_ctx *ctx, bool *yes, int *axis, long *number, int *level,
                          const dtn_faces *faces, int factor, const fmpq *lo, const fmpq *hi)
{
    fmpz *c;
    fmpq *x;
    int degree[2];
    *yes = false;
    DTN_TRY(dtn_factor_dense(ctx, ctx->scratch, &c, degree, faces, factor));
    if (degree[0] + degree[1] != 1)
        return DTN_OK;
    *axis = degree[1];
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, x, 2);
    fmpq_set_fmpz_frac(x, &c[0], &c[1]);
    fmpq_neg(x, x);
    fmpq_sub(x, x, lo + *axis);
    fmpq_sub(x + 1, hi + *axis, lo + *axis);
    fmpq_div(x, x, x + 1);
    const fmpz *den = fmpq_denref(x);
    slong bits = (slong)fmpz_bits(den) - 1;
    if (fmpq_sgn(x) <= 0 || fmpq_cmp_ui(x, 1) >= 0 || bits > DEEPEST || (slong)fmpz_val2(den) != bits)
        return DTN_OK;
    *number = fmpz_get_si(fmpq_numref(x));
    *level = (int)bits;
    *yes = true;
    return DTN_OK;
}

static long start(const dtn_region_cell *c, int axis, int level)
{
    return (axis ? c->y : c->x) * (1L << (level - c->level));
}

static long finish(const dtn_region_cell *c, int axis, int level)
{
    return (axis ? c->y + c->h : c->x + c->w) * (1L << (level - c->level));
}

static int pattern_of(const dtn_region_cell *c)
{
    for (int p = 0; p < DTN_REGION_OUTSIDE; p++)
        if (c->patterns == UINT64_C(1) << p)
            return p;
    return c->patterns == UINT64_C(1) << DTN_REGION_OUTSIDE ? DTN_FACE_OUTSIDE : DTN_FACE_UNKNOWN;
}

static dtn_status along(dtn_ctx *ctx, dtn_arena *arena, dtn_region_map *map, int factor, int axis, long at)
{
    for (int i = 0; i < map->cells; i++) {
        const dtn_region_cell *low = &map->cell[i];
        int before = pattern_of(low);
        if (before == DTN_FACE_UNKNOWN || finish(low, axis, map->level) != at)
            continue;
        for (int k = 0; k < map->cells; k++) {
            const dtn_region_cell *high = &map->cell[k];
            if (start(high, axis, map->level) != at || high->patterns == low->patterns)
                continue;
            int after = pattern_of(high);
            long from = start(low, !axis, map->level), to = finish(low, !axis, map->level);
            long other = start(high, !axis, map->level), end = finish(high, !axis, map->level);
            from = other > from ? other : from;
            to = end < to ? end : to;
            if (after != DTN_FACE_UNKNOWN && from < to)
                DTN_TRY(dtn_region_border_add(ctx, arena, map, factor, before, after, to - from));
        }
    }
    return DTN_OK;
}

dtn_status dtn_region_edges(dtn_ctx *ctx, dtn_arena *arena, dtn_region_map *map, const dtn_faces *faces,
                            const fmpq *lo, const fmpq *hi)
{
    for (int f = 0; f < dtn_trace_factors(faces->trace); f++) {
        int axis, level;
        long number;
        bool yes;
        dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
        dtn_status status = is_edge(ctx, &yes, &axis, &number, &level, faces, f, lo, hi);
        dtn_arena_release(ctx->scratch, mark);
        DTN_TRY(status);
        if (yes && level <= map->level)
            DTN_TRY(along(ctx, arena, map, f, axis, number * (1L << (map->level - level))));
    }
    return DTN_OK;
}
