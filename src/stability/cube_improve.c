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
#define NO_MORE UINT32_MAX            /* the fibre's remaining patterns are infeasible */

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

dtn_status dtn_cube_order(dtn_ctx *ctx, dtn_engine *e, int player, int variant)
{
    dtn_engine_preference *q = &e->preference[player][variant];
    uint64_t mask = e->conflict->player[player].options;
    uint32_t levels = e->conflict->player[player].variant[variant].levels;
    const uint32_t *offset;
    size_t fibre, *place;
    uint32_t *order, *by_rank, *filled, *last;
    DTN_ALLOC(ctx, e->arena, order, e->slots);
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    DTN_TRY(fibre_offsets(ctx, &offset, &fibre, mask));
    DTN_ALLOC(ctx, ctx->scratch, place, (size_t)levels + 2);
    DTN_ALLOC(ctx, ctx->scratch, by_rank, e->conflict->cells);
    DTN_ALLOC(ctx, ctx->scratch, filled, e->slots);
    DTN_ALLOC(ctx, ctx->scratch, last, e->slots);
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
        uint32_t s = by_rank[x], base = s & ~(uint32_t)mask, t = filled[base]++;
        bool tied = t && last[base] == q->rank[s];
        last[base] = q->rank[s];
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
        count++;
    }
    /* A player's own improvements are transitive, so its sweep has nothing more to do until another one changes a value. */
    for (int swept = 0, idle = 0; count && (swept < count || idle < count - 1); swept++) {
        const sweep *x = &w[swept % count];
        bool changed = x->one_way ? sweep_one_way(x, patterns[swept % count]) : sweep_two_way(x);
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
