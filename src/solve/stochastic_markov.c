/* Markov perfect equilibria in pure strategies of a stochastic game.
 *
 * Method: policy iteration. Given what the future is worth, each state is a stage: in turn it is solved backwards; at once, its pure
 *   equilibria are listed and the one of largest joint payoff is taken. The stationary profile so made is valued exactly, and
 *   so on, until the values stay the same: then nobody gains by deviating once, which is what an equilibrium asks. Starts: no
 *   future, its best and its worst, and some spread between; where policies circle, values are taken over one step at a time.
 *   Where the stationary profiles of a game played at once are few, all of them are checked instead.
 * Cost: a linear system and a pass over all combinations a round. Exact.
 * Source: E. Maskin and J. Tirole, Markov perfect equilibrium, J. Econ. Theory 100 (2001). */
#include <string.h>

#include "solve/stochastic.h"

enum { STARTS = 8, MOST_ROUNDS = 120, MOST_STEPS = 600, MOST_LISTED = 16, MOST_PROFILES = 20000 };

typedef struct search {
    dtn_ctx *ctx;
    dtn_arena *arena;
    const dtn_stochastic *g;
    dtn_stochastic_answer *out;
    dtn_markov *found; /* [MOST_LISTED] */
    long *profile;     /* [states] */
    int **reply;       /* [states] */
    fmpq *worth;       /* [most profiles][players] */
    fmpq *value, *next;
    bool no_pure; /* some stage had no pure equilibrium */
} search;

static int cells(const search *s)
{
    return s->g->states * s->g->players;
}

/* The stage's best pure equilibrium at these worths; -1: there is none. */
static long best_nash(const search *s, int state)
{
    const dtn_stochastic_state *at = &s->g->state[state];
    long best = -1;
    fmpq_t sum, most;
    fmpq_init(sum);
    fmpq_init(most);
    for (long k = 0; k < at->profiles; k++) {
        if (!dtn_stage_is_nash(s->g, state, s->worth, k))
            continue;
        fmpq_zero(sum);
        for (int p = 0; p < s->g->players; p++)
            fmpq_add(sum, sum, s->worth + k * s->g->players + p);
        if (best < 0 || fmpq_cmp(sum, most) > 0) {
            best = k;
            fmpq_set(most, sum);
        }
    }
    fmpq_clear(sum);
    fmpq_clear(most);
    return best;
}

/* The profile that the stages make of the future `value`, and its worth at once, next. *none: a stage has no pure equilibrium. */
static dtn_status improve(search *s, bool *none)
{
    *none = false;
    for (int i = 0; i < s->g->states; i++) {
        dtn_stage_worth(s->worth, s->g, i, s->value);
        if (dtn_stage_turns(s->g, i))
            DTN_TRY(dtn_stage_in_turn(s->ctx, &s->profile[i], s->reply[i], s->g, i, s->worth));
        else
            s->profile[i] = best_nash(s, i);
        if (s->profile[i] < 0) {
            *none = s->no_pure = true;
            return DTN_OK;
        }
        for (int p = 0; p < s->g->players; p++)
            fmpq_set(s->next + i * s->g->players + p, s->worth + s->profile[i] * s->g->players + p);
    }
    return DTN_OK;
}

static bool same(const fmpq *x, const fmpq *y, int count)
{
    for (int i = 0; i < count; i++)
        if (!fmpq_equal(x + i, y + i))
            return false;
    return true;
}

/* Keeps the profile with `value`, which its stages leave as it is. */
static dtn_status keep(search *s)
{
    for (int i = 0; i < s->out->count; i++) {
        bool alike = same(s->found[i].value, s->value, cells(s));
        for (int k = 0; k < s->g->states && alike; k++)
            alike = s->found[i].play[k].profile == s->profile[k];
        if (alike)
            return DTN_OK;
    }
    if (s->out->count == MOST_LISTED)
        return DTN_OK;
    dtn_markov *m = &s->found[s->out->count++];
    DTN_TRY(dtn_markov_new(s->ctx, s->arena, m, s->g));
    m->exact = true;
    for (int i = 0; i < cells(s); i++)
        fmpq_set(m->value + i, s->value + i);
    for (int i = 0; i < s->g->states; i++) {
        dtn_stage_play *play = (dtn_stage_play *)&m->play[i];
        play->profile = s->profile[i];
        if (play->replies)
            memcpy(play->reply, s->reply[i], (size_t)play->replies * sizeof *play->reply);
        for (int p = 0, at = 0; p < s->g->players; at += s->g->state[i].actions[p++])
            fmpq_one(play->mix + at + dtn_stochastic_action(&s->g->state[i], play->profile, p));
    }
    return DTN_OK;
}

/* From s->value. */
static dtn_status run(search *s)
{
    bool none, found;
    for (int k = 0; k < MOST_ROUNDS; k++, s->out->rounds++) {
        DTN_TRY(improve(s, &none));
        if (none)
            return DTN_OK;
        if (same(s->value, s->next, cells(s)))
            return keep(s);
        if (k > MOST_ROUNDS / 2) { /* policies circle: one step at a time, in doubles */
            for (int i = 0; i < cells(s); i++)
                dtn_rational_set_double(s->value + i, dtn_rational_double(s->next + i));
            for (int j = 0; j < MOST_STEPS / MOST_ROUNDS; j++) {
                DTN_TRY(improve(s, &none));
                if (none)
                    return DTN_OK;
                for (int i = 0; i < cells(s); i++)
                    dtn_rational_set_double(s->value + i, dtn_rational_double(s->next + i));
            }
        }
        DTN_TRY(dtn_stochastic_values(s->ctx, &found, s->value, s->g, s->profile));
        if (!found)
            return DTN_OK;
    }
    return DTN_OK;
}

/* Start number k: no future, the worst, the best, then spread between. */
static void start(search *s, int k)
{
    fmpq_t lo, hi, share;
    fmpq_init(lo);
    fmpq_init(hi);
    fmpq_init(share);
    for (int i = 0; i < s->g->states; i++)
        for (int c = 0; c < s->g->state[i].profiles; c++)
            for (int p = 0; p < s->g->players; p++) {
                const fmpq *pay = s->g->state[i].pay + c * s->g->players + p;
                if (fmpq_cmp(pay, lo) < 0)
                    fmpq_set(lo, pay);
                if (fmpq_cmp(pay, hi) > 0)
                    fmpq_set(hi, pay);
            }
    for (int i = 0; i < cells(s); i++) {
        fmpq_zero(s->value + i);
        if (k == 0)
            continue;
        fmpq_set_si(share, k == 1 ? 0 : k == 2 ? 1 : (i * 7 + k * 13) % 17, k < 3 ? 1 : 16);
        fmpq_sub(s->value + i, hi, lo);
        fmpq_mul(s->value + i, s->value + i, share);
        fmpq_add(s->value + i, s->value + i, lo);
        fmpq_mul_si(s->value + i, s->value + i, 10);
    }
    fmpq_clear(lo);
    fmpq_clear(hi);
    fmpq_clear(share);
}

/* All stationary profiles, when no state is decided in turn by several and they are few. *done = false: they are not. */
static dtn_status check_all(search *s, bool *done)
{
    const dtn_stochastic *g = s->g;
    long total = 1;
    *done = true;
    for (int i = 0; i < g->states && *done; i++) {
        *done = g->state[i].movers < 2 && total * g->state[i].profiles <= MOST_PROFILES;
        total *= g->state[i].profiles;
    }
    for (long k = 0; k < total && *done; k++, s->out->rounds++) {
        bool found, stands = true;
        long rest = k;
        for (int i = 0; i < g->states; i++) {
            s->profile[i] = rest % g->state[i].profiles;
            rest /= g->state[i].profiles;
        }
        DTN_TRY(dtn_stochastic_values(s->ctx, &found, s->value, g, s->profile));
        for (int i = 0; i < g->states && found && stands; i++) {
            dtn_stage_worth(s->worth, g, i, s->value);
            stands = dtn_stage_is_nash(g, i, s->worth, s->profile[i]);
            for (int r = 0; r < dtn_stage_replies(g, i) && stands; r++)
                s->reply[i][r] = 0; /* one mover at most: its only entry */
            for (int p = 0; p < g->players && dtn_stage_replies(g, i) == 1; p++)
                if (g->state[i].actions[p] > 1)
                    s->reply[i][0] = dtn_stochastic_action(&g->state[i], s->profile[i], p);
        }
        if (found && stands)
            DTN_TRY(keep(s));
    }
    return DTN_OK;
}

static dtn_status solve(search *s)
{
    const dtn_stochastic *g = s->g;
    long most = 1;
    bool all;
    for (int i = 0; i < g->states; i++)
        most = g->state[i].profiles > most ? g->state[i].profiles : most;
    DTN_ALLOC(s->ctx, s->ctx->scratch, s->profile, g->states);
    DTN_ALLOC(s->ctx, s->ctx->scratch, s->reply, g->states);
    DTN_ALLOC_FMPQ(s->ctx, s->ctx->scratch, s->worth, (size_t)most * (size_t)g->players);
    DTN_ALLOC_FMPQ(s->ctx, s->ctx->scratch, s->value, cells(s));
    DTN_ALLOC_FMPQ(s->ctx, s->ctx->scratch, s->next, cells(s));
    for (int i = 0; i < g->states; i++)
        DTN_ALLOC(s->ctx, s->ctx->scratch, s->reply[i], dtn_stage_replies(g, i) + 1);
    DTN_TRY(check_all(s, &all));
    for (int k = 0; k < STARTS && !all; k++) {
        start(s, k);
        DTN_TRY(run(s));
    }
    s->out->outcome = all && s->out->count < MOST_LISTED
                          ? (s->out->count ? DTN_OUTCOME_COMPLETE : DTN_OUTCOME_NONE)
                      : s->out->count ? DTN_OUTCOME_PARTIAL
                                      : DTN_OUTCOME_UNKNOWN;
    s->out->note = all ? (s->out->count ? NULL : "no stationary equilibrium in pure strategies exists")
                   : s->no_pure
                       ? "equilibria in mixed strategies are not sought; some stages have no pure one"
                       : "there may be other equilibria than those that policy iteration found";
    return DTN_OK;
}

dtn_status dtn_stochastic_markov(dtn_ctx *ctx, dtn_arena *arena, dtn_stochastic_answer *out,
                                 const dtn_stochastic *g)
{
    search s = {.ctx = ctx, .arena = arena, .g = g, .out = out};
    DTN_ALLOC(ctx, arena, s.found, MOST_LISTED);
    out->equilibrium = s.found;
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = solve(&s);
    dtn_arena_release(ctx->scratch, mark);
    return status;
}
