/* Stability on the cube of patterns: moves are those of the options.
 * Method: the best (least) value that a player reaches is found one option at a time, for all patterns at once, in place;
 *         an option that goes one way only updates one side. Infeasible patterns carry the neutral value: a player
 *         passes over them within its own move, and they are reset before another player moves.
 * Cost: patterns x options an operation; low options are done block by block within the first cache. Exact.
 * Source: the closed algorithm of docs/concepts/stability.md. */
#include <string.h>

#include "stability/engine.h"

enum { BLOCK_LOG = 12 };

static inline uint32_t pick(uint32_t a, uint32_t b, bool most)
{
    return most ? (a > b ? a : b) : (a < b ? a : b);
}

/* One option over slots: low side from high side where up, high from low where down. */
static inline void pass(uint32_t *v, size_t slots, size_t bit, bool up, bool down, bool most)
{
    for (size_t h = 0; h < slots; h += 2 * bit) {
        uint32_t *lo = v + h, *hi = v + h + bit;
        if (up && down)
            for (size_t s = 0; s < bit; s++)
                lo[s] = hi[s] = pick(lo[s], hi[s], most);
        else if (up)
            for (size_t s = 0; s < bit; s++)
                lo[s] = pick(lo[s], hi[s], most);
        else
            for (size_t s = 0; s < bit; s++)
                hi[s] = pick(lo[s], hi[s], most);
    }
}

static inline void passes(uint32_t *v, size_t slots, const dtn_conflict_player *p, uint64_t options, bool most)
{
    for (int o = 0; options >> o; o++)
        if (options >> o & 1)
            pass(v, slots, (size_t)1 << o, !(p->backward >> o & 1), !(p->forward >> o & 1), most);
}

/* v(s) = the best (most) or least value among s and what the player reaches from s. */
static inline void transform(uint32_t *v, size_t slots, const dtn_conflict_player *p, bool most)
{
    size_t block = slots < (size_t)1 << BLOCK_LOG ? slots : (size_t)1 << BLOCK_LOG;
    uint64_t low = p->options & (block - 1);
    if (low)
        for (size_t s = 0; s < slots; s += block)
            passes(v + s, block, p, low, most);
    passes(v, slots, p, p->options & ~(uint64_t)(block - 1), most);
}

static void transform_most(uint32_t *v, size_t slots, const dtn_conflict_player *p)
{
    transform(v, slots, p, true);
}

static void transform_least(uint32_t *v, size_t slots, const dtn_conflict_player *p)
{
    transform(v, slots, p, false);
}

/* Empty slots become neutral for taking the least; returns the sum of the others, which tells whether any changed. */
static uint64_t reset_empty(uint32_t *v, const uint32_t *rank, size_t slots)
{
    uint64_t sum = 0;
    for (size_t s = 0; s < slots; s++) {
        v[s] = rank[s] ? v[s] : UINT32_MAX;
        sum += v[s];
    }
    return sum;
}

static dtn_status prepare(dtn_ctx *ctx, dtn_arena *arena, dtn_engine *e, int player, int variant,
                          bool improvements)
{
    dtn_engine_preference *q = &e->preference[player][variant];
    const uint32_t *given = e->conflict->player[player].variant[variant].rank;
    if (!q->rank && e->full)
        q->rank = given;
    if (!q->rank) {
        uint32_t *rank;
        DTN_ALLOC(ctx, arena, rank, e->slots);
        for (size_t x = 0; x < e->conflict->cells; x++)
            rank[e->conflict->cell[x]] = given[x];
        q->rank = rank;
    }
    return improvements && !q->order ? dtn_cube_order(ctx, arena, e, player, variant) : DTN_OK;
}

static void ranks(const dtn_focus *f)
{
    memcpy(f->value, dtn_focus_preference(f, f->player)->rank, f->engine->slots * sizeof *f->value);
}

static void best_replies(const dtn_focus *f)
{
    ranks(f);
    transform_most(f->value, f->engine->slots, &f->engine->conflict->player[f->player]);
}

static dtn_status lower_moves(dtn_ctx *ctx, const dtn_focus *f)
{
    const dtn_engine *e = f->engine;
    const uint32_t *rank = dtn_focus_preference(f, f->player)->rank;
    uint64_t before, after = e->full ? 0 : reset_empty(f->value, rank, e->slots);
    do {
        before = after;
        for (int j = 0; j < e->conflict->players; j++) {
            if (j == f->player)
                continue;
            transform_least(f->value, e->slots, &e->conflict->player[j]);
            if (!e->full)
                after = reset_empty(f->value, rank, e->slots);
            DTN_TRY(dtn_ctx_poll(ctx));
        }
    } while (after != before);
    return DTN_OK;
}

static dtn_status lower_improvements(dtn_ctx *ctx, const dtn_focus *f)
{
    if (!f->engine->full)
        reset_empty(f->value, dtn_focus_preference(f, f->player)->rank, f->engine->slots);
    return dtn_cube_lower_improvements(ctx, f);
}

static dtn_status judge(dtn_ctx *ctx, uint64_t *stable, const dtn_focus *f)
{
    const dtn_engine *e = f->engine;
    const uint32_t *rank = dtn_focus_preference(f, f->player)->rank;
    for (size_t s = 0; s < e->slots; s++) /* empty slots become 0, neutral for taking the most */
        f->value[s] = rank[s] < f->value[s] ? rank[s] : f->value[s];
    transform_most(f->value, e->slots, &e->conflict->player[f->player]);
    for (size_t x = 0; x < e->conflict->cells; x++) {
        uint64_t s = dtn_cell_pattern(e->conflict, x);
        stable[x / 64] |= (uint64_t)(rank[s] >= f->value[s]) << (x % 64);
    }
    return dtn_ctx_poll(ctx);
}

const dtn_engine_ops dtn_cube_engine = {prepare, ranks, best_replies, lower_moves, lower_improvements, judge};
