/* Evolution of a conflict as a Markov chain: improvements in random turns.
 * Method: breadth-first over improvements numbers the states that can be come to; a stage multiplies the distribution by the
 *         chain. In the end some set of states that is closed and connected holds for good: which, with which probability, is
 *         the solution of the linear equations of absorption.
 * Cost: see evolve.h. Exact: rationals. Source: Kemeny & Snell 1960 (absorption); Li, Kilgour & Hipel 2005 (improvements from
 * the status quo). */
#include "stability/evolve.h"

#include <flint/fmpq_mat.h>
#include <string.h>

enum { MOST_STATES = 4096, MOST_SOLVED = 256 };

/* A step of the chain: to a place in the list of states. */
typedef struct step {
    uint32_t to;
    uint32_t parts; /* probability 1 / (players x parts) */
} step;

typedef struct chain {
    dtn_ctx *ctx;
    dtn_arena *arena;
    const dtn_view *view;
    bool best;
    size_t *state; /* [states] */
    size_t states;
    uint32_t *place; /* [all states] 1 + place; 0: none yet */
    step *step;      /* those of state k are step[first[k] .. first[k + 1]), one a player and target */
    size_t *first, steps, room;
} chain;

static dtn_status add_step(chain *c, uint32_t to, uint32_t parts)
{
    if (c->steps == c->room) {
        step *larger;
        DTN_ALLOC(c->ctx, c->arena, larger, 2 * c->room + 64);
        if (c->steps)
            memcpy(larger, c->step, c->steps * sizeof *larger);
        c->step = larger;
        c->room = 2 * c->room + 64;
    }
    c->step[c->steps++] = (step){to, parts};
    return DTN_OK;
}

/* Whether the player would make the move, under best only when it has no better one. */
static bool would_move(const chain *c, int player, size_t s, size_t t)
{
    size_t other;
    if (!dtn_prefers(c->view, player, s, t))
        return false;
    for (dtn_move_iter m = dtn_conflict_moves_from(c->view->conflict, player, s);
         c->best && dtn_move_next(&m, &other);)
        if (dtn_prefers(c->view, player, t, other) && dtn_prefers(c->view, player, s, other))
            return false;
    return true;
}

static dtn_status moves_of(chain *c, int player, size_t k)
{
    size_t s = c->state[k], t, from = c->steps;
    for (dtn_move_iter m = dtn_conflict_moves_from(c->view->conflict, player, s); dtn_move_next(&m, &t);) {
        if (!would_move(c, player, s, t))
            continue;
        if (!c->place[t]) {
            if (c->states == MOST_STATES)
                return dtn_fail(c->ctx, DTN_LIMIT, "more than %d states can be come to by improvements",
                                MOST_STATES);
            c->state[c->states++] = t;
            c->place[t] = (uint32_t)c->states;
        }
        DTN_TRY(add_step(c, c->place[t] - 1, 0));
    }
    if (c->steps == from)
        DTN_TRY(add_step(c, (uint32_t)k, 0));
    for (size_t x = from; x < c->steps; x++)
        c->step[x].parts = (uint32_t)(c->steps - from);
    return DTN_OK;
}

static dtn_status follow(chain *c, size_t start)
{
    const dtn_conflict *conflict = c->view->conflict;
    DTN_ALLOC(c->ctx, c->arena, c->state, MOST_STATES);
    DTN_ALLOC(c->ctx, c->arena, c->first, MOST_STATES + 1);
    DTN_ALLOC(c->ctx, c->ctx->scratch, c->place, conflict->states);
    c->state[0] = start;
    c->states = c->place[start] = 1;
    for (size_t k = 0; k < c->states; k++) {
        for (int i = 0; i < conflict->players; i++)
            DTN_TRY(moves_of(c, i, k));
        c->first[k + 1] = c->steps;
        DTN_TRY(dtn_ctx_poll(c->ctx));
    }
    return DTN_OK;
}

static dtn_status stages_of(chain *c, dtn_evolution *out)
{
    size_t n = c->states;
    fmpq *share, *part;
    DTN_ALLOC_FMPQ(c->ctx, c->arena, share, ((size_t)out->stages + 1) * n);
    DTN_ALLOC_FMPQ(c->ctx, c->arena, part, 1);
    fmpq_one(share);
    for (int stage = 0; stage < out->stages; stage++) {
        const fmpq *now = share + (size_t)stage * n;
        fmpq *next = share + ((size_t)stage + 1) * n;
        for (size_t k = 0; k < n; k++)
            for (size_t x = c->first[k]; x < c->first[k + 1] && !fmpq_is_zero(now + k); x++) {
                fmpq_set_si(part, 1, (unsigned long)c->view->conflict->players * c->step[x].parts);
                fmpq_mul(part, part, now + k);
                fmpq_add(next + c->step[x].to, next + c->step[x].to, part);
            }
        DTN_TRY(dtn_ctx_poll(c->ctx));
    }
    out->share = share;
    return DTN_OK;
}

/* rest_of[k]: 1 + the closed set that state k belongs to, 0: it is left for good some time. */
static dtn_status closed_sets(chain *c, uint32_t *rest_of, size_t *rests)
{
    size_t n = c->states;
    bool *reach;
    DTN_ALLOC(c->ctx, c->ctx->scratch, reach, n * n);
    for (size_t k = 0; k < n; k++) {
        reach[k * n + k] = true;
        for (size_t x = c->first[k]; x < c->first[k + 1]; x++)
            reach[k * n + c->step[x].to] = true;
    }
    for (size_t via = 0; via < n; via++)
        for (size_t k = 0; k < n; k++)
            for (size_t to = 0; reach[k * n + via] && to < n; to++)
                reach[k * n + to] |= reach[via * n + to];
    *rests = 0;
    for (size_t k = 0; k < n; k++) {
        bool closed = !rest_of[k];
        for (size_t to = 0; closed && to < n; to++)
            closed = !reach[k * n + to] || reach[to * n + k];
        if (!closed)
            continue;
        ++*rests;
        for (size_t to = 0; to < n; to++)
            if (reach[k * n + to])
                rest_of[to] = (uint32_t)*rests;
    }
    return DTN_OK;
}

/* (1 - Q) x = R over the states that are left some time; x = probabilities of ending in each closed set. */
static void absorb(chain *c, fmpq *probability, const uint32_t *rest_of, size_t rests)
{
    size_t n = c->states, open = 0;
    slong row[MOST_SOLVED];
    if (rest_of[0]) {
        fmpq_one(probability + rest_of[0] - 1);
        return;
    }
    for (size_t k = 0; k < n; k++)
        row[k] = rest_of[k] ? -1 : (slong)open++;
    fmpq_mat_t q, r, x;
    fmpq_t part;
    fmpq_mat_init(q, (slong)open, (slong)open);
    fmpq_mat_init(r, (slong)open, (slong)rests);
    fmpq_mat_init(x, (slong)open, (slong)rests);
    fmpq_init(part);
    fmpq_mat_one(q);
    for (size_t k = 0; k < n; k++)
        for (size_t s = c->first[k]; s < c->first[k + 1] && row[k] >= 0; s++) {
            fmpq_set_si(part, 1, (unsigned long)c->view->conflict->players * c->step[s].parts);
            size_t to = c->step[s].to;
            fmpq *at = row[to] >= 0 ? fmpq_mat_entry(q, row[k], row[to])
                                    : fmpq_mat_entry(r, row[k], (slong)rest_of[to] - 1);
            if (row[to] >= 0)
                fmpq_sub(at, at, part);
            else
                fmpq_add(at, at, part);
        }
    fmpq_mat_solve(x, q, r);
    for (size_t k = 0; k < rests; k++)
        fmpq_set(probability + k, fmpq_mat_entry(x, 0, (slong)k));
    fmpq_clear(part);
    fmpq_mat_clear(q);
    fmpq_mat_clear(r);
    fmpq_mat_clear(x);
}

static dtn_status end_of(chain *c, dtn_evolution *out)
{
    uint32_t *rest_of;
    dtn_rest *rest;
    fmpq *probability;
    if (c->states > MOST_SOLVED)
        return DTN_OK;
    DTN_ALLOC(c->ctx, c->ctx->scratch, rest_of, c->states);
    DTN_TRY(closed_sets(c, rest_of, &out->rests));
    DTN_ALLOC(c->ctx, c->arena, rest, out->rests);
    DTN_ALLOC_FMPQ(c->ctx, c->arena, probability, out->rests);
    absorb(c, probability, rest_of, out->rests);
    for (size_t k = 0; k < out->rests; k++) {
        size_t *state;
        DTN_ALLOC(c->ctx, c->arena, state, c->states);
        for (size_t s = 0; s < c->states; s++)
            if (rest_of[s] == k + 1)
                state[rest[k].states++] = c->state[s];
        rest[k].state = state;
        rest[k].probability = probability + k;
    }
    out->rest = rest;
    out->settled = true;
    return DTN_OK;
}

dtn_status dtn_evolve(dtn_ctx *ctx, dtn_arena *arena, dtn_evolution *out, const dtn_view *view, size_t start,
                      int stages, bool best)
{
    chain c = {.ctx = ctx, .arena = arena, .view = view, .best = best};
    *out = (dtn_evolution){.stages = stages};
    DTN_TRY(follow(&c, start));
    out->state = c.state;
    out->states = c.states;
    DTN_TRY(stages_of(&c, out));
    return end_of(&c, out);
}
