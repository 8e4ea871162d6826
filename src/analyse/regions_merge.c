/* The finished map: squares joined to rectangles, and how much of the box each pattern has.
 * Cost: sorting the squares twice. Exact: shares are rationals. */
#include <stdlib.h>

#include "analyse/regions_parts.h"

static int sign_of(long x)
{
    return (x > 0) - (x < 0);
}

static int kind(const dtn_region_cell *a, const dtn_region_cell *b)
{
    if (a->patterns != b->patterns)
        return a->patterns < b->patterns ? -1 : 1;
    return sign_of(a->level - b->level);
}

static int by_rows(const void *p, const void *q)
{
    const dtn_region_cell *a = p, *b = q;
    int order = kind(a, b);
    order = order ? order : sign_of(a->y - b->y);
    return order ? order : sign_of(a->x - b->x);
}

static int by_columns(const void *p, const void *q)
{
    const dtn_region_cell *a = p, *b = q;
    int order = kind(a, b);
    order = order ? order : sign_of(a->x - b->x);
    order = order ? order : sign_of(a->w - b->w);
    return order ? order : sign_of(a->y - b->y);
}

static void join(dtn_region_map *map, bool rows)
{
    int kept = 0;
    qsort(map->cell, (size_t)map->cells, sizeof *map->cell, rows ? by_rows : by_columns);
    for (int i = 0; i < map->cells; i++) {
        dtn_region_cell *last = kept ? &map->cell[kept - 1] : NULL, *own = &map->cell[i];
        bool touches = last && kind(last, own) == 0 &&
                       (rows ? last->y == own->y && last->x + last->w == own->x
                             : last->x == own->x && last->w == own->w && last->y + last->h == own->y);
        if (!touches)
            map->cell[kept++] = *own;
        else if (rows)
            last->w += own->w;
        else
            last->h += own->h;
    }
    map->cells = kept;
}

static int larger(const void *p, const void *q)
{
    const dtn_region *a = p, *b = q;
    int order = fmpq_cmp(&b->share.lo, &a->share.lo);
    return order ? order : sign_of(a->pattern - b->pattern);
}

static dtn_status list_regions(dtn_ctx *ctx, dtn_arena *arena, dtn_region_map *map, fmpq *area)
{
    uint64_t met = 0;
    int regions = 0;
    dtn_region *region;
    for (int i = 0; i < map->cells; i++)
        met |= map->cell[i].patterns;
    for (int p = 0; p <= DTN_REGION_OUTSIDE; p++)
        regions += met >> p & 1;
    DTN_ALLOC(ctx, arena, region, regions + 1);
    map->region = region;
    for (int p = 0; p <= DTN_REGION_OUTSIDE; p++) {
        if (!(met >> p & 1))
            continue;
        dtn_region *r = &region[map->regions++];
        r->pattern = p;
        if (!dtn_arena_fmpq_at(arena, &r->share.lo, 1) || !dtn_arena_fmpq_at(arena, &r->share.hi, 1))
            return dtn_fail_nomem(ctx);
        for (int i = 0; i < map->cells; i++) {
            const dtn_region_cell *c = &map->cell[i];
            if (!(c->patterns >> p & 1) && !(c->patterns >> DTN_REGION_UNKNOWN))
                continue;
            fmpq_set_si(area, c->w * c->h, 1);
            fmpq_div_2exp(area, area, 2 * (ulong)c->level);
            fmpq_add(&r->share.hi, &r->share.hi, area);
            if (c->patterns == UINT64_C(1) << p)
                fmpq_add(&r->share.lo, &r->share.lo, area);
        }
    }
    if (map->regions)
        qsort(region, (size_t)map->regions, sizeof *region, larger);
    return DTN_OK;
}

static int longer(const void *p, const void *q)
{
    const dtn_region_border *a = p, *b = q;
    if (a->factor != b->factor)
        return a->line != b->line ? sign_of(b->line - a->line) : a->factor - b->factor;
    return a->cells != b->cells ? sign_of(b->cells - a->cells) : a->before - b->before;
}

static void sort_borders(dtn_region_map *map)
{
    for (int i = 0; i < map->borders; i++)
        for (int k = 0; k < map->borders; k++)
            if (map->border[k].factor == map->border[i].factor)
                map->border[i].line += map->border[k].cells;
    if (map->borders)
        qsort(map->border, (size_t)map->borders, sizeof *map->border, longer);
}

dtn_status dtn_region_map_finish(dtn_ctx *ctx, dtn_arena *arena, dtn_region_map *map, const dtn_faces *faces,
                                 const fmpq *lo, const fmpq *hi)
{
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    fmpq *area;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, area, 1);
    if (map->cells) {
        join(map, true);
        join(map, false);
    }
    dtn_status status = list_regions(ctx, arena, map, area);
    dtn_arena_release(ctx->scratch, mark);
    DTN_TRY(status);
    DTN_TRY(dtn_region_edges(ctx, arena, map, faces, lo, hi));
    sort_borders(map);
    return DTN_OK;
}
