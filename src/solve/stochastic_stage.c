/* One state of a stochastic game: its stage once it is known what the future is worth.
 *
 * Method: in turn: backward induction over the histories of the stage. At once: best replies, or for zero-sum stages the linear
 *   program of a matrix game. Cost: linear in combinations; one program. Exact.
 * Source: L. Shapley, Stochastic games, Proc. Nat. Acad. Sci. 39 (1953). */
#include "num/lp.h"
#include "solve/stochastic.h"

void dtn_stage_worth(fmpq *out, const dtn_stochastic *g, int state, const fmpq *value)
{
    const dtn_stochastic_state *s = &g->state[state];
    for (long k = 0; k < s->profiles; k++)
        for (int p = 0; p < g->players; p++) {
            fmpq *own = out + k * g->players + p;
            fmpq_zero(own);
            for (int j = 0; j < g->states; j++)
                if (!fmpq_is_zero(s->next + k * g->states + j))
                    fmpq_addmul(own, s->next + k * g->states + j, value + j * g->players + p);
            fmpq_mul(own, own, g->discount);
            fmpq_add(own, own, s->pay + k * g->players + p);
        }
}

bool dtn_stage_turns(const dtn_stochastic *g, int state)
{
    const dtn_stochastic_state *s = &g->state[state];
    int deciding = 0;
    for (int p = 0; p < g->players; p++)
        deciding += s->actions[p] > 1;
    return s->movers > 0 || deciding < 2;
}

/* Players in the order in which they move: the state's order, or all that have a choice. */
static int movers_of(const dtn_stochastic *g, int state, int *mover)
{
    const dtn_stochastic_state *s = &g->state[state];
    int count = 0;
    for (int i = 0; i < s->movers; i++)
        mover[count++] = s->order[i];
    for (int p = 0; p < g->players && s->movers == 0; p++)
        if (s->actions[p] > 1)
            mover[count++] = p;
    return count;
}

int dtn_stage_replies(const dtn_stochastic *g, int state)
{
    int mover[64], count = movers_of(g, state, mover), total = 0;
    long histories = 1;
    for (int i = 0; i < count; i++) {
        total += (int)histories;
        histories *= g->state[state].actions[mover[i]];
    }
    return total;
}

typedef struct turns {
    const dtn_stochastic *g;
    const dtn_stochastic_state *s;
    const fmpq *worth;
    int mover[64], count;
    long step[64]; /* of a mover's action in the number of a combination */
    int *reply;
    int first[64]; /* of a mover's entries in reply */
} turns;

/* The combination that follows when mover `at` decides next; history counts the choices before, the first mover's fastest. */
static long play_on(const turns *t, int at, long history, long histories, long profile)
{
    if (at == t->count)
        return profile;
    int player = t->mover[at], actions = t->s->actions[player], best = 0;
    long best_profile = -1;
    for (int a = 0; a < actions; a++) {
        long end = play_on(t, at + 1, history + a * histories, histories * actions, profile + a * t->step[at]);
        int order = best_profile < 0 ? 1
                                     : fmpq_cmp(t->worth + end * t->g->players + player,
                                                t->worth + best_profile * t->g->players + player);
        for (int k = at - 1; k >= 0 && order == 0; k--)
            order = fmpq_cmp(t->worth + end * t->g->players + t->mover[k],
                             t->worth + best_profile * t->g->players + t->mover[k]);
        if (order > 0) {
            best = a;
            best_profile = end;
        }
    }
    t->reply[t->first[at] + history] = best;
    return best_profile;
}

dtn_status dtn_stage_in_turn(dtn_ctx *ctx, long *profile, int *reply, const dtn_stochastic *g, int state,
                             const fmpq *worth)
{
    turns t = {.g = g, .s = &g->state[state], .worth = worth};
    t.reply = reply;
    if (g->players > 64)
        return dtn_fail(ctx, DTN_LIMIT, "stochastic games have at most 64 players");
    t.count = movers_of(g, state, t.mover);
    long histories = 1;
    for (int i = 0, first = 0; i < t.count; i++) {
        t.step[i] = 1;
        for (int p = 0; p < t.mover[i]; p++)
            t.step[i] *= t.s->actions[p];
        t.first[i] = first;
        first += (int)histories;
        histories *= t.s->actions[t.mover[i]];
    }
    *profile = play_on(&t, 0, 0, 1, 0);
    return dtn_ctx_poll(ctx);
}

bool dtn_stage_is_nash(const dtn_stochastic *g, int state, const fmpq *worth, long profile)
{
    const dtn_stochastic_state *s = &g->state[state];
    long step = 1;
    for (int p = 0; p < g->players; p++) {
        long base = profile - profile / step % s->actions[p] * step;
        for (int a = 0; a < s->actions[p]; a++)
            if (fmpq_cmp(worth + (base + a * step) * g->players + p, worth + profile * g->players + p) > 0)
                return false;
        step *= s->actions[p];
    }
    return true;
}

/* One side's program: maximise v with sum of mix * worth >= v against each action of the other. */
static dtn_status one_side(dtn_ctx *ctx, fmpq_t value, fmpq *mix, const dtn_stochastic_state *s,
                           const fmpq *worth, int side)
{
    int own = s->actions[side], other = s->actions[!side], columns = own + 1;
    fmpq *a, *b, *x, *goal;
    dtn_lp_sense *sense;
    bool *nonnegative;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, a, (size_t)(other + 1) * (size_t)columns);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, b, other + 1);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, x, columns);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, goal, columns);
    DTN_ALLOC(ctx, ctx->scratch, sense, other + 1);
    DTN_ALLOC(ctx, ctx->scratch, nonnegative, columns);
    for (int j = 0; j < other; j++) {
        for (int i = 0; i < own; i++) {
            long k = side == 0 ? i + (long)j * own : j + (long)i * other;
            fmpq_set(a + j * columns + i, worth + 2 * k + side);
        }
        fmpq_set_si(a + j * columns + own, -1, 1);
        sense[j] = DTN_LP_GE;
    }
    for (int i = 0; i < own; i++) {
        fmpq_one(a + other * columns + i);
        nonnegative[i] = true;
    }
    fmpq_one(b + other);
    sense[other] = DTN_LP_EQ;
    fmpq_one(goal + own);
    dtn_lp_answer answer;
    DTN_TRY(dtn_lp_maximise(ctx, &answer, x, value,
                            &(dtn_polyhedron){other + 1, columns, a, b, sense, nonnegative}, goal));
    for (int i = 0; i < own; i++)
        fmpq_set(mix + i, x + i);
    return answer == DTN_LP_OPTIMAL ? DTN_OK
                                    : dtn_fail(ctx, DTN_INTERNAL, "a matrix game without a value cannot be");
}

dtn_status dtn_stage_matrix(dtn_ctx *ctx, fmpq_t value, fmpq *mix, const dtn_stochastic *g, int state,
                            const fmpq *worth)
{
    const dtn_stochastic_state *s = &g->state[state];
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = one_side(ctx, value, mix + s->actions[0], s, worth, 1);
    if (status == DTN_OK)
        status = one_side(ctx, value, mix, s, worth, 0);
    dtn_arena_release(ctx->scratch, mark);
    return status;
}
