/* Stability on lists of moves, transitive or not: merged states, transition patterns, explicit moves, sparse cubes.
 * Method: a legal sequence has no player moving twice in a row, so what is reached from s depends on who moved last:
 *         node (s, j) is "at s, j moved last". Taking the states in increasing order of value, each value is spread
 *         backwards to all nodes from which it is reached and that have none yet; so each node gets its least. The nodes
 *         of a state get their values in at most two goes: all but (s, j) when j makes the first move, then (s, j).
 * Cost: linear in moves and states, a closure. Exact. Source: docs/concepts/stability.md. */
#include <string.h>

#include "stability/engine.h"

/* Moves of a player by start, and by end. */
typedef struct moves {
    const size_t *start;
    const uint32_t *end;
    const size_t *into;
    const uint32_t *from;
} moves;

enum { MOST_MOVES_LOG = 29 };

static dtn_status list_options(dtn_ctx *ctx, dtn_engine *e, int player, moves *m)
{
    const dtn_conflict *c = e->conflict;
    size_t *start, count = 0, t;
    uint32_t *end;
    DTN_ALLOC(ctx, e->arena, start, c->states + 1);
    for (size_t s = 0; s < c->states; s++) {
        for (dtn_move_iter i = dtn_conflict_moves_from(c, player, s); dtn_move_next(&i, &t);)
            count++;
        start[s + 1] = count;
        if (count >> MOST_MOVES_LOG)
            return dtn_fail(ctx, DTN_LIMIT, "player '%s' has more than 2^%d moves between the feasible states",
                            c->player[player].key, MOST_MOVES_LOG);
    }
    DTN_ALLOC(ctx, e->arena, end, count);
    count = 0;
    for (size_t s = 0; s < c->states; s++)
        for (dtn_move_iter i = dtn_conflict_moves_from(c, player, s); dtn_move_next(&i, &t);)
            end[count++] = (uint32_t)t;
    m->start = start;
    m->end = end;
    return DTN_OK;
}

static dtn_status reverse(dtn_ctx *ctx, dtn_engine *e, moves *m)
{
    size_t *into, n = e->slots;
    uint32_t *from;
    DTN_ALLOC(ctx, e->arena, into, n + 2);
    DTN_ALLOC(ctx, e->arena, from, m->start[n]);
    for (size_t k = 0; k < m->start[n]; k++)
        into[m->end[k] + 2]++;
    for (size_t s = 0; s < n; s++)
        into[s + 2] += into[s + 1];
    for (size_t s = 0; s < n; s++) /* into[t + 1] runs from the start of t's list to its end */
        for (size_t k = m->start[s]; k < m->start[s + 1]; k++)
            from[into[m->end[k] + 1]++] = (uint32_t)s;
    m->into = into;
    m->from = from;
    return DTN_OK;
}

dtn_status dtn_list_engine_new(dtn_ctx *ctx, dtn_engine *e)
{
    const dtn_conflict *c = e->conflict;
    moves *m;
    e->slots = c->states;
    e->full = true;
    DTN_ALLOC(ctx, e->arena, m, c->players);
    for (int i = 0; i < c->players; i++) {
        m[i] = (moves){.start = c->player[i].start, .end = c->player[i].end};
        if (!m[i].start)
            DTN_TRY(list_options(ctx, e, i, &m[i]));
        DTN_TRY(reverse(ctx, e, &m[i]));
        DTN_TRY(dtn_ctx_poll(ctx));
    }
    e->own = m;
    return DTN_OK;
}

static dtn_status prepare(dtn_ctx *ctx, dtn_arena *arena, dtn_engine *e, int player, int variant,
                          bool improvements)
{
    (void)ctx, (void)arena, (void)improvements;
    e->preference[player][variant].rank = e->conflict->player[player].variant[variant].rank;
    return DTN_OK;
}

static void ranks(const dtn_focus *f)
{
    memcpy(f->value, dtn_focus_preference(f, f->player)->rank, f->engine->slots * sizeof *f->value);
}

static void best_replies(const dtn_focus *f)
{
    const moves *m = (const moves *)f->engine->own + f->player;
    const uint32_t *rank = dtn_focus_preference(f, f->player)->rank;
    for (size_t s = 0; s < f->engine->slots; s++) {
        uint32_t best = rank[s];
        for (size_t k = m->start[s]; k < m->start[s + 1]; k++)
            best = rank[m->end[k]] > best ? rank[m->end[k]] : best;
        f->value[s] = best;
    }
}

/* Who of the players (bits) may have moved last at nodes of s that still lack their value. */
typedef struct spread {
    const dtn_focus *f;
    bool improvements;
    uint32_t others; /* all but the focal player */
    uint32_t *open; /* [states] nodes (s, j) without value; the focal player's bit: (s, nobody of the others) */
    uint32_t *stack;  /* states with nodes to spread from, */
    uint32_t *movers; /* and those nodes' last movers */
    size_t depth;
    uint32_t value;
} spread;

/* Nodes of s get the present value; those that others have moved to are spread further. */
static void settle(spread *p, uint32_t s, uint32_t nodes)
{
    uint32_t focal = (uint32_t)1 << p->f->player;
    nodes &= p->open[s];
    if (!nodes)
        return;
    if (nodes & focal)
        p->f->value[s] = p->value;
    p->open[s] &= ~nodes;
    nodes &= p->others;
    if (nodes) {
        p->stack[p->depth] = s;
        p->movers[p->depth++] = nodes;
    }
}

static void spread_back(spread *p)
{
    const moves *m = p->f->engine->own;
    while (p->depth) {
        uint32_t t = p->stack[--p->depth], movers = p->movers[p->depth];
        for (int j = 0; movers >> j; j++) {
            if (!(movers >> j & 1))
                continue;
            const uint32_t *rank = dtn_focus_preference(p->f, j)->rank;
            for (size_t k = m[j].into[t]; k < m[j].into[t + 1]; k++) {
                uint32_t s = m[j].from[k];
                if (!p->improvements || rank[t] > rank[s])
                    settle(p, s, ~((uint32_t)1 << j));
            }
        }
    }
}

static dtn_status lower(dtn_ctx *ctx, const dtn_focus *f, bool improvements)
{
    size_t n = f->engine->slots, *place;
    int players = f->engine->conflict->players;
    uint32_t everyone = players == 32 ? UINT32_MAX : ((uint32_t)1 << players) - 1, most = 0;
    spread p = {.f = f, .improvements = improvements, .others = everyone & ~((uint32_t)1 << f->player)};
    uint32_t *order, *seed;
    for (size_t s = 0; s < n; s++)
        most = f->value[s] > most ? f->value[s] : most;
    DTN_ALLOC(ctx, ctx->scratch, place, (size_t)most + 2);
    DTN_ALLOC(ctx, ctx->scratch, order, n);
    DTN_ALLOC(ctx, ctx->scratch, seed, n);
    DTN_ALLOC(ctx, ctx->scratch, p.open, n);
    DTN_ALLOC(ctx, ctx->scratch, p.stack, 2 * n + 2);
    DTN_ALLOC(ctx, ctx->scratch, p.movers, 2 * n + 2);
    for (size_t s = 0; s < n; s++) {
        place[f->value[s] + 1]++;
        seed[s] = f->value[s];
        p.open[s] = everyone;
    }
    for (uint32_t l = 0; l < most; l++)
        place[l + 1] += place[l];
    for (size_t s = 0; s < n; s++)
        order[place[seed[s]]++] = (uint32_t)s;
    for (size_t x = 0; x < n; x++) {
        p.value = seed[order[x]];
        settle(&p, order[x], everyone);
        spread_back(&p);
        if ((x & 65535) == 0)
            DTN_TRY(dtn_ctx_poll(ctx));
    }
    return DTN_OK;
}

static dtn_status lower_released(dtn_ctx *ctx, const dtn_focus *f, bool improvements)
{
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = lower(ctx, f, improvements);
    dtn_arena_release(ctx->scratch, mark);
    return status;
}

static dtn_status lower_moves(dtn_ctx *ctx, const dtn_focus *f)
{
    return lower_released(ctx, f, false);
}

static dtn_status lower_improvements(dtn_ctx *ctx, const dtn_focus *f)
{
    return lower_released(ctx, f, true);
}

static dtn_status judge(dtn_ctx *ctx, uint64_t *stable, const dtn_focus *f)
{
    const moves *m = (const moves *)f->engine->own + f->player;
    const uint32_t *rank = dtn_focus_preference(f, f->player)->rank;
    for (size_t s = 0; s < f->engine->slots; s++) {
        bool holds = true;
        for (size_t k = m->start[s]; holds && k < m->start[s + 1]; k++) {
            uint32_t t = m->end[k];
            holds = rank[s] >= rank[t] || rank[s] >= f->value[t];
        }
        stable[s / 64] |= (uint64_t)holds << (s % 64);
    }
    return dtn_ctx_poll(ctx);
}

const dtn_engine_ops dtn_list_engine = {prepare, ranks, best_replies, lower_moves, lower_improvements, judge};
