/* The least discount factor at which a profile of the stage is self-enforcing when the players can pay each other.
 *
 * Method: with transfers a stationary path a^e and stationary punishments a^1 .. a^n suffice. Write D(a) for the sum of the
 *   gains from deviating and c_i(a) for i's best deviation payoff. They are sustainable iff
 *       (1 - delta) D(a^k) <= delta (G(a^e) - sum_i c_i(a^i))     for k = e, 1 .. n,
 *   G the joint payoff: delta >= L / (L + M), L the largest D(a^k), M the bracket. For each level L the best punishment of i is the
 *   profile of least c_i among those with D <= L; one walk over the profiles by ascending D meets every level.
 * Cost: a sort of the profiles. Exact.
 * Source: S. Goldluecke and S. Kranz, Infinitely repeated games with public monitoring and monetary transfers, J. Econ. Theory
 *   147 (2012). */
#include <stdlib.h>

#include "solve/repeated.h"

typedef struct level {
    const fmpq *total;
    size_t profile;
} level;

static int by_total(const void *a, const void *b)
{
    const level *p = a, *q = b;
    int order = fmpq_cmp(p->total, q->total);
    return order ? order : (p->profile > q->profile) - (p->profile < q->profile);
}

typedef struct walk {
    size_t *worst;                   /* [players] best punishment so far */
    fmpq *joint, *stake, *now, *sum; /* one number each; now: discount factor at this level */
} walk;

/* The level reached: is it enough, and for which discount factor? */
static void judge(dtn_critical_discount *out, size_t *punishment, const dtn_stage *s, walk *w,
                  const fmpq *temptation)
{
    int players = s->game->players;
    fmpq_set(w->stake, w->joint);
    for (int p = 0; p < players; p++)
        fmpq_sub(w->stake, w->stake, &s->best[w->worst[p] * (size_t)players + (size_t)p]);
    if (fmpq_is_zero(temptation)) {
        if (fmpq_sgn(w->stake) < 0)
            return;
        fmpq_zero(w->now);
    } else {
        if (fmpq_sgn(w->stake) <= 0)
            return;
        fmpq_add(w->sum, temptation, w->stake);
        fmpq_div(w->now, temptation, w->sum);
    }
    if (!out->never && fmpq_cmp(w->now, out->delta) >= 0)
        return;
    out->never = false;
    fmpq_set(out->delta, w->now);
    fmpq_set(out->temptation, temptation);
    fmpq_set(out->stake, w->stake);
    for (int p = 0; p < players; p++)
        punishment[p] = w->worst[p];
}

dtn_status dtn_repeated_transfers(dtn_ctx *ctx, dtn_arena *arena, dtn_critical_discount *out,
                                  const dtn_stage *stage, size_t profile)
{
    int players = stage->game->players;
    size_t n = stage->profiles, *punishment;
    level *order;
    walk w;
    *out = (dtn_critical_discount){.never = true};
    DTN_ALLOC_FMPQ(ctx, arena, out->delta, 1);
    DTN_ALLOC_FMPQ(ctx, arena, out->temptation, 1);
    DTN_ALLOC_FMPQ(ctx, arena, out->stake, 1);
    DTN_ALLOC(ctx, arena, punishment, players);
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    DTN_ALLOC(ctx, ctx->scratch, order, n);
    DTN_ALLOC(ctx, ctx->scratch, w.worst, players);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, w.joint, 4);
    w.stake = w.joint + 1;
    w.now = w.joint + 2;
    w.sum = w.joint + 3;
    for (int p = 0; p < players; p++)
        fmpq_add(w.joint, w.joint,
                 dtn_payoffs_at(&stage->game->payoff, profile * (size_t)players + (size_t)p).q);
    for (size_t a = 0; a < n; a++)
        order[a] = (level){&stage->total[a], a};
    qsort(order, n, sizeof *order, by_total);
    bool asked = false; /* the path itself is within the level */
    for (int p = 0; p < players; p++)
        w.worst[p] = order[0].profile;
    for (size_t i = 0; i < n; i++) {
        size_t a = order[i].profile;
        asked = asked || a == profile;
        for (int p = 0; p < players; p++)
            if (fmpq_cmp(&stage->best[a * (size_t)players + (size_t)p],
                         &stage->best[w.worst[p] * (size_t)players + (size_t)p]) < 0)
                w.worst[p] = a;
        bool last = i + 1 == n || !fmpq_equal(order[i].total, order[i + 1].total);
        if (asked && last)
            judge(out, punishment, stage, &w, order[i].total);
    }
    out->punishment = out->never ? NULL : punishment;
    dtn_arena_release(ctx->scratch, mark);
    return DTN_OK;
}
