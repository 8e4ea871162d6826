/* The value of a two-player zero-sum stochastic game.
 *
 * Method: Shapley's operator T gives each state the value of its stage when the future is worth v. First T is applied exactly from 0: a
 *   game without circles has its value after as many rounds as there are states. Otherwise in doubles until it stands still; simple
 *   rationals near that are tried, and are the value when T leaves them as they are, exactly. Else the point is kept: T is a
 *   contraction by the discount factor d, so that the value lies within max |T v - v| / (1 - d) of v, computed exactly.
 * Cost: a linear program a state and round. Exact, or a proved enclosure.
 * Source: L. Shapley, Stochastic games, Proc. Nat. Acad. Sci. 39 (1953). */
#include <math.h>

#include "solve/stochastic.h"

enum { MOST_ROUNDS = 4000, DIGITS = 40, SIMPLE = 24 };

/* out = T v, with the plays that attain it. */
static dtn_status apply(dtn_ctx *ctx, fmpq *out, const dtn_markov *m, const dtn_stochastic *g, const fmpq *v)
{
    for (int i = 0; i < g->states; i++) {
        const dtn_stochastic_state *s = &g->state[i];
        dtn_stage_play *play = (dtn_stage_play *)&m->play[i];
        fmpq *worth;
        dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
        DTN_ALLOC_FMPQ(ctx, ctx->scratch, worth, (size_t)s->profiles * 2);
        dtn_stage_worth(worth, g, i, v);
        if (dtn_stage_turns(g, i)) {
            DTN_TRY(dtn_stage_in_turn(ctx, &play->profile, play->reply, g, i, worth));
            fmpq_set(out + 2 * i, worth + 2 * play->profile);
            for (int p = 0, at = 0; p < 2; at += s->actions[p++])
                for (int a = 0; a < s->actions[p]; a++)
                    fmpq_set_si(play->mix + at + a, a == dtn_stochastic_action(s, play->profile, p), 1);
        } else {
            play->profile = -1;
            DTN_TRY(dtn_stage_matrix(ctx, out + 2 * i, play->mix, g, i, worth));
        }
        fmpq_neg(out + 2 * i + 1, out + 2 * i);
        dtn_arena_release(ctx->scratch, mark);
    }
    return DTN_OK;
}

static bool equal(const fmpq *x, const fmpq *y, int count)
{
    for (int i = 0; i < count; i++)
        if (!fmpq_equal(x + i, y + i))
            return false;
    return true;
}

/* v = T v ... from 0, rounded to 2^-DIGITS of a unit; ends when it moves by less than that. */
static dtn_status iterate(dtn_ctx *ctx, fmpq *v, long *rounds, const dtn_markov *m, const dtn_stochastic *g)
{
    fmpq *next;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, next, 2 * g->states);
    bool moved = true;
    for (int k = 0; k < MOST_ROUNDS && moved; k++, ++*rounds) {
        DTN_TRY(dtn_ctx_poll(ctx));
        DTN_TRY(apply(ctx, next, m, g, v));
        moved = false;
        for (int i = 0; i < 2 * g->states; i++) {
            double x = dtn_rational_double(next + i);
            dtn_rational_set_double(next + i, ldexp(nearbyint(ldexp(x, DIGITS)), -DIGITS));
            moved = moved || !fmpq_equal(next + i, v + i);
            fmpq_set(v + i, next + i);
        }
    }
    return DTN_OK;
}

/* Simple rationals near v. */
static dtn_status simplify(dtn_ctx *ctx, fmpq *out, const fmpq *v, int count)
{
    fmpq *end;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, end, 3);
    fmpq_one(end + 2);
    fmpq_div_2exp(end + 2, end + 2, SIMPLE);
    for (int i = 0; i < count; i++) {
        fmpq_sub(end, v + i, end + 2);
        fmpq_add(end + 1, v + i, end + 2);
        dtn_rational_simplest(out + i, end, end + 1);
    }
    return DTN_OK;
}

static dtn_status find(dtn_ctx *ctx, dtn_markov *m, long *rounds, const dtn_stochastic *g)
{
    int count = 2 * g->states;
    fmpq *v = m->value, *next;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, next, count);
    for (int k = 0; k <= g->states + 1 && !m->exact; k++, ++*rounds) {
        DTN_TRY(apply(ctx, next, m, g, v));
        m->exact = equal(v, next, count);
        for (int i = 0; i < count; i++)
            fmpq_set(v + i, next + i);
    }
    if (m->exact)
        return DTN_OK;
    for (int i = 0; i < count; i++)
        dtn_rational_set_double(v + i, dtn_rational_double(v + i));
    DTN_TRY(iterate(ctx, v, rounds, m, g));
    fmpq *simple;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, simple, count);
    DTN_TRY(simplify(ctx, simple, v, count));
    DTN_TRY(apply(ctx, next, m, g, simple));
    m->exact = equal(simple, next, count);
    if (m->exact) {
        for (int i = 0; i < count; i++)
            fmpq_set(v + i, simple + i);
        return DTN_OK;
    }
    DTN_TRY(apply(ctx, next, m, g, v));
    fmpq *gap;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, gap, 2);
    for (int i = 0; i < count; i++) {
        fmpq_sub(gap, next + i, v + i);
        fmpq_abs(gap, gap);
        if (fmpq_cmp(gap, m->radius) > 0)
            fmpq_set(m->radius, gap);
    }
    fmpq_one(gap);
    fmpq_sub(gap, gap, g->discount);
    fmpq_div(m->radius, m->radius, gap);
    return DTN_OK;
}

dtn_status dtn_stochastic_zero_sum(dtn_ctx *ctx, dtn_arena *arena, dtn_stochastic_answer *out,
                                   const dtn_stochastic *g)
{
    dtn_markov *m;
    DTN_ALLOC(ctx, arena, m, 1);
    DTN_TRY(dtn_markov_new(ctx, arena, m, g));
    out->equilibrium = m;
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = find(ctx, m, &out->rounds, g);
    dtn_arena_release(ctx->scratch, mark);
    DTN_TRY(status);
    out->count = 1;
    out->outcome = DTN_OUTCOME_COMPLETE;
    return DTN_OK;
}
