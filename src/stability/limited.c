/* Limited foresight: two players move in turn, each either moves or ends the play, and looks a given number of moves ahead.
 * Method: backward recursion. With G_0(i, s) = s, player i at s moves to the t of its moves whose anticipated end
 *         G_(h-1)(j, t) it likes best, when that is better for it than s, and then G_h(i, s) is that end; otherwise it
 *         stays and G_h(i, s) = s. Ties: a player that gains nothing stays; between ends that it likes equally, the other
 *         one expects the worse for itself. (What is tied beyond that is tied for both and makes no difference.)
 * Cost: horizon x moves. Exact.
 * Source: Zagare 1984; Kilgour 1985; Fang, Hipel & Kilgour 1993, ch. 4. */
#include "stability/limited.h"

#include <string.h>

const char *dtn_limited_missing(const dtn_conflict *c)
{
    return c->players == 2 ? NULL : "it is defined for two players who move in turn";
}

dtn_status dtn_foresight_new(dtn_ctx *ctx, dtn_arena *arena, dtn_foresight *out, const dtn_conflict *c,
                             const uint32_t *const *rank)
{
    *out = (dtn_foresight){.conflict = c};
    for (int i = 0; i < 2; i++) {
        out->rank[i] = rank[i];
        DTN_ALLOC(ctx, arena, out->end[i], c->states);
        DTN_ALLOC(ctx, arena, out->move[i], c->states);
        for (size_t s = 0; s < c->states; s++)
            out->end[i][s] = out->move[i][s] = (uint32_t)s;
    }
    return DTN_OK;
}

void dtn_foresight_deepen(dtn_foresight *f, dtn_foresight *next)
{
    size_t t;
    for (int i = 0; i < 2; i++) {
        const uint32_t *own = f->rank[i], *other = f->rank[!i], *end = f->end[!i];
        for (size_t s = 0; s < f->conflict->states; s++) {
            uint32_t best = (uint32_t)s, move = (uint32_t)s;
            for (dtn_move_iter m = dtn_conflict_moves_from(f->conflict, i, s); dtn_move_next(&m, &t);) {
                uint32_t e = end[t];
                bool tied = move != s && own[e] == own[best];
                if (own[e] > own[best] || (tied && other[e] < other[best])) {
                    best = e;
                    move = (uint32_t)t;
                }
            }
            next->end[i][s] = best;
            next->move[i][s] = move;
        }
    }
    for (int i = 0; i < 2; i++) {
        uint32_t *end = f->end[i], *move = f->move[i];
        f->end[i] = next->end[i];
        f->move[i] = next->move[i];
        next->end[i] = end;
        next->move[i] = move;
    }
    f->horizon++;
}

/* Two foresights of the focus, in scratch. */
static dtn_status start(dtn_ctx *ctx, dtn_foresight *f, dtn_foresight *next, const dtn_focus *focus)
{
    const dtn_conflict *c = focus->engine->conflict;
    const uint32_t *rank[2];
    for (int i = 0; i < 2; i++)
        rank[i] = c->player[i].variant[focus->variant[i]].rank;
    DTN_TRY(dtn_foresight_new(ctx, ctx->scratch, f, c, rank));
    return dtn_foresight_new(ctx, ctx->scratch, next, c, rank);
}

static dtn_status run(dtn_ctx *ctx, uint64_t *stable, const dtn_focus *focus, int horizon)
{
    dtn_foresight f, next;
    DTN_TRY(start(ctx, &f, &next, focus));
    while (f.horizon < horizon) {
        dtn_foresight_deepen(&f, &next);
        DTN_TRY(dtn_ctx_poll(ctx));
    }
    for (size_t s = 0; s < f.conflict->states; s++)
        stable[s / 64] |= (uint64_t)(f.move[focus->player][s] == s) << (s % 64);
    return DTN_OK;
}

dtn_status dtn_limited_run(dtn_ctx *ctx, uint64_t *stable, const dtn_focus *f, int horizon)
{
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = run(ctx, stable, f, horizon);
    dtn_arena_release(ctx->scratch, mark);
    return status;
}

/* Whether two foresights say the same about ends; then they do so ever after. */
static bool same(const dtn_foresight *f, const uint32_t *const *end)
{
    size_t bytes = f->conflict->states * sizeof *f->end[0];
    return !memcmp(f->end[0], end[0], bytes) && !memcmp(f->end[1], end[1], bytes);
}

/* Foresight over h moves depends on that over h - 1 alone, so that it comes back sooner or later. Brent's search for the
 * cycle; then one turn of it, keeping the states where the focal player always stays. */
static dtn_status run_forever(dtn_ctx *ctx, uint64_t *stable, const dtn_focus *focus)
{
    dtn_foresight f, next;
    uint32_t *old[2];
    size_t n = focus->engine->conflict->states;
    DTN_TRY(start(ctx, &f, &next, focus));
    for (int i = 0; i < 2; i++) {
        DTN_ALLOC(ctx, ctx->scratch, old[i], n);
        memcpy(old[i], f.end[i], n * sizeof *old[i]);
    }
    for (long power = 1, length = 0;; length++) {
        if (length == power) {
            for (int i = 0; i < 2; i++)
                memcpy(old[i], f.end[i], n * sizeof *old[i]);
            power *= 2;
            length = 0;
        }
        dtn_foresight_deepen(&f, &next);
        DTN_TRY(dtn_ctx_poll(ctx));
        if (same(&f, (const uint32_t *const *)old))
            break;
    }
    for (size_t s = 0; s < n; s++)
        stable[s / 64] |= UINT64_C(1) << (s % 64);
    do {
        dtn_foresight_deepen(&f, &next);
        for (size_t s = 0; s < n; s++)
            if (f.move[focus->player][s] != s)
                stable[s / 64] &= ~(UINT64_C(1) << (s % 64));
        DTN_TRY(dtn_ctx_poll(ctx));
    } while (!same(&f, (const uint32_t *const *)old));
    return DTN_OK;
}

dtn_status dtn_limited_run_forever(dtn_ctx *ctx, uint64_t *stable, const dtn_focus *f)
{
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = run_forever(ctx, stable, f);
    dtn_arena_release(ctx->scratch, mark);
    return status;
}

/* The move that the player likes best among those it has, however little it likes it; false: it has none. */
static bool best_move(const dtn_foresight *f, int player, size_t s, size_t *move)
{
    bool any = false;
    size_t t;
    for (dtn_move_iter m = dtn_conflict_moves_from(f->conflict, player, s); dtn_move_next(&m, &t);)
        if (!any || f->rank[player][f->end[!player][t]] > f->rank[player][f->end[!player][*move]]) {
            *move = t;
            any = true;
        }
    return any;
}

dtn_status dtn_limited_explain(dtn_ctx *ctx, dtn_arena *arena, dtn_witness *w, const dtn_conflict *c,
                               const uint32_t *const *rank, int horizon)
{
    dtn_foresight *by; /* by[h]: foresight over h moves */
    DTN_ALLOC(ctx, ctx->scratch, by, horizon);
    for (int h = 0; h < horizon; h++) {
        DTN_TRY(dtn_foresight_new(ctx, ctx->scratch, &by[h], c, rank));
        if (!h)
            continue;
        dtn_foresight f = by[h - 1];
        dtn_foresight_deepen(&f, &by[h]); /* leaves the arrays exchanged */
        for (int i = 0; i < 2; i++) {
            by[h].end[i] = f.end[i];
            by[h].move[i] = f.move[i];
        }
        by[h].horizon = f.horizon;
    }
    size_t to = 0;
    w->stable = true;
    if (!best_move(&by[horizon - 1], w->player, w->state, &to))
        return DTN_OK;
    dtn_reply *reply;
    dtn_conflict_move *path;
    DTN_ALLOC(ctx, arena, reply, 1);
    DTN_ALLOC(ctx, arena, path, horizon);
    *reply = (dtn_reply){.to = to, .path = path};
    size_t s = to;
    for (int h = horizon - 1, player = !w->player; h > 0 && by[h].move[player][s] != s; h--, player = !player) {
        size_t next = by[h].move[player][s];
        path[reply->steps++] = (dtn_conflict_move){player, s, next};
        s = next;
    }
    reply->end = s;
    reply->sanctioned = rank[w->player][s] <= rank[w->player][w->state];
    w->reply = reply;
    w->replies = w->improvements = 1;
    w->stable = reply->sanctioned;
    w->decisive = reply->sanctioned ? NULL : reply;
    return DTN_OK;
}
