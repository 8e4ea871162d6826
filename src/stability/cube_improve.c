/* On the cube: the least value along improvements of the others.
 * Method: a player's moves stay in a fibre, the patterns that differ in its own options only. Each fibre is sorted once
 *         by the player's rank; a sweep from the best down keeps the least value over the strictly better tiers. With
 *         options that go one way a fibre is no clique: they are normalised so that moves only take options, the least
 *         value is kept for every pattern of them, a tier is entered under all subsets of its patterns, and a pattern
 *         reads its own entry. Sweeps go on over the players until nothing changes.
 * Cost: a sweep: patterns, or per fibre 2^two-way x 3^one-way; 3 to 5 sweeps are usual; the order: one counting sort a
 *       player. Exact. Source: the closed algorithm of docs/concepts/stability.md. */
#include <string.h>

#include "stability/engine.h"

/* order holds, for each fibre, its own-option bits best first; the t-th stands in the slot of the fibre's t-th pattern. */
#define SAME_TIER ((uint32_t)1 << 31) /* equal to the one before it in the fibre */
enum { LANES = 16, TILED_LOG = 10 };
#define NO_MORE UINT32_MAX /* the fibre's remaining patterns are infeasible */

/* The patterns of a fibre relative to its base: all subsets of the player's options, increasing. */
static dtn_status fibre_offsets(dtn_ctx *ctx, const uint32_t **out, size_t *count, uint64_t mask)
{
    size_t n = 1;
    for (uint64_t m = mask; m; m &= m - 1)
        n *= 2;
    uint32_t *offset;
    DTN_ALLOC(ctx, ctx->scratch, offset, n);
    for (size_t t = 1; t < n; t++)
        offset[t] = (uint32_t)((offset[t - 1] - mask) & mask);
    *out = offset;
    *count = n;
    return DTN_OK;
}

/* The fibre that a slot belongs to: the slot without the player's own bits, closed up. */
static inline size_t fibre_of(size_t s, const uint64_t *above, int runs, const int *width)
{
    for (int k = 0; k < runs; k++)
        s = (s & ~above[k]) | (s & above[k]) >> width[k];
    return s;
}

/* Runs of own bits, the highest first: the bits above each, and its width. A run closes up what is above it. */
static int own_runs(uint64_t *above, int *width, uint64_t mask)
{
    int runs = 0;
    for (int o = 63; o >= 0; o--) {
        if (!(mask >> o & 1))
            continue;
        int top = o;
        while (o > 0 && mask >> (o - 1) & 1)
            o--;
        width[runs] = top - o + 1;
        above[runs++] = ~((UINT64_C(2) << top) - 1);
    }
    return runs;
}

dtn_status dtn_cube_order(dtn_ctx *ctx, dtn_arena *arena, dtn_engine *e, int player, int variant)
{
    dtn_engine_preference *q = &e->preference[player][variant];
    uint64_t mask = e->conflict->player[player].options;
    uint32_t levels = e->conflict->player[player].variant[variant].levels;
    const uint32_t *offset;
    size_t fibre, *place;
    uint32_t *order, *by_rank, *filled, *last;
    uint64_t above[32];
    int width[32], runs = own_runs(above, width, mask);
    DTN_ALLOC(ctx, arena, order, e->slots);
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    DTN_TRY(fibre_offsets(ctx, &offset, &fibre, mask));
    DTN_ALLOC(ctx, ctx->scratch, place, (size_t)levels + 2);
    DTN_ALLOC(ctx, ctx->scratch, by_rank, e->conflict->cells);
    DTN_ALLOC(ctx, ctx->scratch, filled, e->slots / fibre);
    DTN_ALLOC(ctx, ctx->scratch, last, e->slots / fibre);
    /* Counting sort, best first. */
    for (size_t s = 0; s < e->slots; s++)
        place[levels - q->rank[s] + 1]++;
    place[levels + 1] = 0; /* empty slots */
    for (uint32_t l = 0; l < levels; l++)
        place[l + 1] += place[l];
    for (size_t s = 0; s < e->slots; s++)
        if (q->rank[s])
            by_rank[place[levels - q->rank[s]]++] = (uint32_t)s;
    memset(order, 0xff, e->slots * sizeof *order);
    for (size_t x = 0; x < e->conflict->cells; x++) {
        uint32_t s = by_rank[x], base = s & ~(uint32_t)mask;
        size_t own = fibre_of(base, above, runs, width);
        uint32_t t = filled[own]++;
        bool tied = t && last[own] == q->rank[s];
        last[own] = q->rank[s];
        order[base | offset[t]] = (s & (uint32_t)mask) | (tied ? SAME_TIER : 0);
    }
    dtn_arena_release(ctx->scratch, mark);
    q->order = order;
    return DTN_OK;
}

typedef struct sweep {
    uint32_t *v;
    const uint32_t *order, *offset;
    size_t slots, fibre;
    uint64_t mask;
    uint64_t one_way, inverted; /* options that go one way; those of them that only go back */
    uint32_t *least;            /* [2^one-way] */
    uint32_t *packed;           /* [fibre] one-way pattern of an entry */
    uint32_t *tile;             /* [2][fibre][LANES]; NULL: the fibres are not swept in tiles */
} sweep;

static bool sweep_two_way(const sweep *w)
{
    bool changed = false;
    uint32_t *v = w->v;
    for (uint64_t base = 0; base < w->slots; base = ((base | w->mask) + 1) & ~w->mask) {
        uint32_t least = UINT32_MAX, tier = UINT32_MAX;
        for (size_t t = 0; t < w->fibre; t++) {
            uint32_t o = w->order[base | w->offset[t]];
            if (o == NO_MORE)
                break;
            if (!(o & SAME_TIER)) {
                least = tier < least ? tier : least;
                tier = UINT32_MAX;
            }
            uint64_t s = base | (o & ~SAME_TIER);
            uint32_t value = v[s];
            if (least < value) {
                v[s] = value = least;
                changed = true;
            }
            tier = value < tier ? value : tier;
        }
    }
    return changed;
}

/* The same for LANES neighbouring fibres at once, where the own bits stand together above the lanes: their slots lie far
 * apart, so that they are brought together first. tile holds values, then orders, [fibre][LANES] each. */
static bool sweep_tiles(const sweep *w)
{
    bool changed = false;
    uint32_t *value = w->tile, *order = w->tile + w->fibre * LANES;
    int low = 0;
    while (!(w->mask >> low & 1))
        low++;
    for (uint64_t base = 0; base < w->slots; base = ((base | w->mask) + LANES) & ~w->mask) {
        bool touched = false;
        for (size_t t = 0; t < w->fibre; t++) {
            memcpy(value + t * LANES, w->v + (base | w->offset[t]), LANES * sizeof *value);
            memcpy(order + t * LANES, w->order + (base | w->offset[t]), LANES * sizeof *order);
        }
        for (size_t lane = 0; lane < LANES; lane++) {
            uint32_t least = UINT32_MAX, tier = UINT32_MAX;
            for (size_t t = 0; t < w->fibre; t++) {
                uint32_t o = order[t * LANES + lane];
                if (o == NO_MORE)
                    break;
                least = !(o & SAME_TIER) && tier < least ? tier : least;
                tier = o & SAME_TIER ? tier : UINT32_MAX;
                uint32_t *at = &value[((o & ~SAME_TIER) >> low) * LANES + lane], now = *at;
                touched |= least < now;
                *at = now = least < now ? least : now;
                tier = now < tier ? now : tier;
            }
        }
        for (size_t t = 0; touched && t < w->fibre; t++)
            memcpy(w->v + (base | w->offset[t]), value + t * LANES, LANES * sizeof *value);
        changed |= touched;
    }
    return changed;
}

/* The bits of x under mask, moved together. */
static uint32_t pack(uint64_t x, uint64_t mask)
{
    uint32_t out = 0, bit = 1;
    for (; mask; mask &= mask - 1, bit <<= 1)
        if (x & mask & (~mask + 1))
            out |= bit;
    return out;
}

static void enter_tier(const sweep *w, uint64_t base, size_t from, size_t to)
{
    for (size_t t = from; t < to; t++) {
        uint32_t value = w->v[base | (w->order[base | w->offset[t]] & ~SAME_TIER)], x = w->packed[t];
        for (uint32_t sub = x;; sub = (sub - 1) & x) {
            w->least[sub] = value < w->least[sub] ? value : w->least[sub];
            if (!sub)
                break;
        }
    }
}

static bool sweep_one_way(const sweep *w, size_t patterns)
{
    bool changed = false;
    for (uint64_t base = 0; base < w->slots; base = ((base | w->mask) + 1) & ~w->mask) {
        size_t tier = 0;
        memset(w->least, 0xff, patterns * sizeof *w->least);
        for (size_t t = 0; t < w->fibre; t++) {
            uint32_t o = w->order[base | w->offset[t]];
            if (o == NO_MORE)
                break;
            if (!(o & SAME_TIER)) {
                enter_tier(w, base, tier, t);
                tier = t;
            }
            uint64_t s = base | (o & ~SAME_TIER);
            w->packed[t] = pack(s ^ w->inverted, w->one_way);
            if (w->least[w->packed[t]] < w->v[s]) {
                w->v[s] = w->least[w->packed[t]];
                changed = true;
            }
        }
    }
    return changed;
}

/* Tiles pay where the slots of a fibre are far apart and its tile stays in the cache. */
static bool tiled(const sweep *x)
{
    uint64_t lowest = x->mask & (~x->mask + 1);
    return !x->one_way && lowest >= LANES && !((x->mask / lowest + 1) & (x->mask / lowest)) &&
           x->fibre <= (size_t)1 << TILED_LOG;
}

static dtn_status lower(dtn_ctx *ctx, const dtn_focus *f)
{
    const dtn_conflict *c = f->engine->conflict;
    sweep w[DTN_CONFLICT_MAX_PLAYERS];
    size_t patterns[DTN_CONFLICT_MAX_PLAYERS];
    int count = 0;
    for (int j = 0; j < c->players; j++) {
        const dtn_conflict_player *p = &c->player[j];
        if (j == f->player || !p->options)
            continue;
        sweep *x = &w[count];
        *x = (sweep){.v = f->value,
                     .order = dtn_focus_preference(f, j)->order,
                     .slots = f->engine->slots,
                     .mask = p->options,
                     .one_way = p->forward | p->backward,
                     .inverted = p->backward};
        patterns[count] = 1;
        DTN_TRY(fibre_offsets(ctx, &x->offset, &x->fibre, p->options));
        if (x->one_way) {
            for (uint64_t m = x->one_way; m; m &= m - 1)
                patterns[count] *= 2;
            DTN_ALLOC(ctx, ctx->scratch, x->least, patterns[count]);
            DTN_ALLOC(ctx, ctx->scratch, x->packed, x->fibre);
        }
        if (tiled(x))
            DTN_ALLOC(ctx, ctx->scratch, x->tile, 2 * x->fibre * LANES);
        count++;
    }
    /* A player's own improvements are transitive, so its sweep has nothing more to do until another one changes a value. */
    for (int swept = 0, idle = 0; count && (swept < count || idle < count - 1); swept++) {
        const sweep *x = &w[swept % count];
        bool changed = x->one_way ? sweep_one_way(x, patterns[swept % count])
                       : x->tile  ? sweep_tiles(x)
                                  : sweep_two_way(x);
        idle = changed ? 0 : idle + 1;
        DTN_TRY(dtn_ctx_poll(ctx));
    }
    return DTN_OK;
}

dtn_status dtn_cube_lower_improvements(dtn_ctx *ctx, const dtn_focus *f)
{
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = lower(ctx, f);
    dtn_arena_release(ctx->scratch, mark);
    return status;
}
