/* Why a state is (not) stable: from the definitions, one improvement after the other.
 * Method: for each improvement a shortest sanction by breadth-first search along the others' moves (or improvements); for
 *         SIM the first joint answer. Cost: a search an improvement. Exact; a verdict that differs from the run's is
 *         reported as an internal error, never passed on. */
#include <stdlib.h>
#include <string.h>

#include "stability/joint.h"
#include "stability/result.h"
#include "stability/search.h"

/* The public part comes first, so that a pointer to it is a pointer to this. */
typedef struct held_witness {
    dtn_witness witness;
    dtn_arena *arena;
} held_witness;

typedef struct question {
    dtn_ctx *ctx;
    dtn_arena *arena;
    const dtn_conflict *conflict;
    const dtn_concept *concept;
    const uint32_t *rank[DTN_CONFLICT_MAX_PLAYERS];
    const uint32_t *own; /* rank[player] */
    dtn_view view;
    int player;
    size_t state;
    dtn_search search;
    bool strongly; /* asks what deters strongly */
} question;

typedef struct ranked {
    size_t state;
    uint32_t rank;
} ranked;

static int best_first(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    if (x->rank != y->rank)
        return x->rank > y->rank ? -1 : 1;
    return x->state < y->state ? -1 : x->state > y->state;
}

/* What the concept asks about a state against the question's: whether moving there gains, ending there deters, moving there
 * makes good what would have deterred. */
static bool gains(const question *q, size_t t)
{
    return q->concept->rule ? q->concept->rule->gains(&q->view, q->player, q->state, t)
                            : q->own[t] > q->own[q->state];
}

static bool deters(const question *q, size_t b)
{
    const dtn_rule *rule = q->concept->rule;
    return rule ? (q->strongly ? rule->strong : rule->deters)(&q->view, q->player, q->state, b)
                : q->own[b] <= q->own[q->state];
}

static bool undoes(const question *q, size_t c)
{
    const dtn_rule *rule = q->concept->rule;
    return rule && rule->undoes ? rule->undoes(&q->view, q->player, q->state, c)
           : rule               ? !deters(q, c)
                                : q->own[c] > q->own[q->state];
}

/* The focal player's moves from a state (improvements on the question's state only, or all), best first, in scratch. */
static dtn_status own_moves(const question *q, ranked **out, size_t *count, size_t from, bool improvements)
{
    size_t n = 0, t;
    for (dtn_move_iter m = dtn_conflict_moves_from(q->conflict, q->player, from); dtn_move_next(&m, &t);)
        n += !improvements || gains(q, t);
    ranked *list;
    DTN_ALLOC(q->ctx, q->ctx->scratch, list, n);
    n = 0;
    for (dtn_move_iter m = dtn_conflict_moves_from(q->conflict, q->player, from); dtn_move_next(&m, &t);)
        if (!improvements || gains(q, t))
            list[n++] = (ranked){t, q->own[t]};
    qsort(list, n, sizeof *list, best_first);
    *out = list;
    *count = n;
    return DTN_OK;
}

static bool helped_from(const question *q, size_t state)
{
    size_t t;
    for (dtn_move_iter m = dtn_conflict_moves_from(q->conflict, q->player, state); dtn_move_next(&m, &t);)
        if (undoes(q, t))
            return true;
    return false;
}

/* Writes down the sanction that ends at an arrival, and the focal player's moves from there. */
static dtn_status keep_sanction(const question *q, dtn_reply *reply, size_t arrival)
{
    reply->sanctioned = true;
    reply->end = q->search.arrival[arrival].state;
    dtn_conflict_move *path;
    DTN_ALLOC(q->ctx, q->arena, path, reply->steps);
    dtn_search_path(&q->search, arrival, path, reply->steps);
    reply->path = path;
    if (!q->concept->countermoves)
        return DTN_OK;
    ranked *list;
    DTN_TRY(own_moves(q, &list, &reply->counters, reply->end, false));
    size_t *counter;
    DTN_ALLOC(q->ctx, q->arena, counter, reply->counters);
    for (size_t k = 0; k < reply->counters; k++)
        counter[k] = list[k].state;
    reply->counter = counter;
    return DTN_OK;
}

/* A sanction of the improvement reply->to by moves after it: of the shortest ones that which its last mover likes best. */
static dtn_status sanction_after(question *q, dtn_reply *reply)
{
    uint32_t others = ((uint32_t)2 << (q->conflict->players - 1)) - 1 - ((uint32_t)1 << q->player), liked = 0;
    bool by_rank = q->concept->credible && !q->concept->rule;
    dtn_search_start(&q->search, reply->to, others, by_rank ? q->rank : NULL);
    if (q->concept->rule)
        dtn_search_may_return(&q->search);
    if (q->concept->credible && q->concept->rule)
        dtn_search_by_rule(&q->search, &q->view, q->concept->rule->answers);
    size_t found, best = SIZE_MAX, tried = 0;
    while (dtn_search_next(&q->search, &found)) {
        const dtn_arrival *b = &q->search.arrival[found];
        int steps = dtn_search_steps(&q->search, found);
        if (best != SIZE_MAX && steps > reply->steps)
            break;
        if ((++tried & 1023) == 0)
            DTN_TRY(dtn_ctx_poll(q->ctx));
        if (!deters(q, b->state) || q->rank[b->mover][b->state] <= liked ||
            (q->concept->countermoves && helped_from(q, b->state)))
            continue;
        best = found;
        liked = q->rank[b->mover][b->state];
        reply->steps = steps;
    }
    return best == SIZE_MAX ? DTN_OK : keep_sanction(q, reply, best);
}

/* An answer made at the same time. */
static dtn_status sanction_jointly(question *q, dtn_reply *reply)
{
    size_t chosen[DTN_CONFLICT_MAX_PLAYERS];
    reply->sanctioned =
        dtn_joint_sanction(q->conflict, q->rank, q->player, q->state, reply->to, &reply->end, chosen);
    if (!reply->sanctioned)
        return DTN_OK;
    dtn_conflict_move *path;
    DTN_ALLOC(q->ctx, q->arena, path, q->conflict->players);
    for (int j = 0; j < q->conflict->players; j++)
        if (chosen[j] != SIZE_MAX)
            path[reply->steps++] = (dtn_conflict_move){j, q->state, chosen[j]};
    reply->path = path;
    return DTN_OK;
}

static dtn_status disagree(const question *q)
{
    return dtn_fail(q->ctx, DTN_INTERNAL, "%s: the transforms and the definition disagree on a state",
                    q->concept->name);
}

static dtn_status answer(question *q, dtn_witness *w, bool verdict, size_t most)
{
    if (q->concept->explain) {
        w->stable = verdict;
        DTN_TRY(q->concept->explain(q->ctx, q->arena, w, q->conflict, q->rank));
        return w->stable == verdict ? DTN_OK : disagree(q);
    }
    ranked *improvement;
    DTN_TRY(own_moves(q, &improvement, &w->improvements, q->state, true));
    if (w->improvements && q->concept->sanctions && !q->concept->joint)
        DTN_TRY(dtn_search_new(q->ctx, q->ctx->scratch, &q->search, q->conflict));
    size_t room = most && most < w->improvements ? most : w->improvements;
    dtn_reply *reply;
    DTN_ALLOC(q->ctx, q->arena, reply, room);
    w->reply = reply;
    for (size_t k = 0; k < w->improvements && (k < room || (!verdict && !w->decisive)); k++) {
        dtn_reply now = {.to = improvement[k].state};
        if (q->concept->sanctions)
            DTN_TRY(q->concept->joint ? sanction_jointly(q, &now) : sanction_after(q, &now));
        if (w->replies == room && !now.sanctioned)
            w->replies--; /* the decisive one takes the last place */
        if (w->replies < room) {
            reply[w->replies] = now;
            if (!now.sanctioned && !w->decisive)
                w->decisive = &reply[w->replies];
            w->replies++;
        }
    }
    w->stable = !w->decisive;
    if (w->stable && q->concept->rule && q->concept->rule->strong) { /* a weak concept: and not all strongly */
        bool all = true;
        q->strongly = true;
        for (size_t k = 0; k < w->improvements && all; k++) {
            dtn_reply now = {.to = improvement[k].state};
            DTN_TRY(sanction_after(q, &now));
            all = now.sanctioned;
        }
        w->stable = !all;
    }
    return w->stable == verdict ? DTN_OK : disagree(q);
}

dtn_status dtn_witness_find(dtn_ctx *ctx, dtn_witness **out, const dtn_stability *r, int combination,
                            int concept_index, int player, size_t state, size_t most)
{
    *out = NULL;
    if (combination < 0 || combination >= r->combinations || player < 0 || player >= r->conflict->players ||
        state >= r->conflict->states || !dtn_concept_at(concept_index) || !dtn_stability_has(r, concept_index))
        return dtn_fail(ctx, DTN_ARG, "no verdict of combination %d, concept %d, player %d, state %zu",
                        combination, concept_index, player, state);
    dtn_arena *arena = dtn_arena_new(ctx);
    held_witness *w = arena ? dtn_arena_alloc(arena, sizeof *w) : NULL;
    if (!w) {
        dtn_arena_free(arena);
        return dtn_fail_nomem(ctx);
    }
    w->arena = arena;
    w->witness = (dtn_witness){combination, concept_index, player, state, .stable = false};
    question q = {.ctx = ctx,
                  .arena = arena,
                  .conflict = r->conflict,
                  .concept = dtn_concept_at(concept_index),
                  .player = player,
                  .state = state};
    for (int j = 0; j < r->conflict->players; j++)
        q.rank[j] = dtn_stability_ranks(r, combination, j);
    q.view = dtn_view_of(r->conflict, dtn_stability_variants(r, combination));
    q.own = q.rank[player];
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status =
        answer(&q, &w->witness, dtn_stability_stable(r, combination, concept_index, player, state), most);
    dtn_arena_release(ctx->scratch, mark);
    if (status != DTN_OK) {
        dtn_arena_free(arena);
        return status;
    }
    *out = &w->witness;
    return DTN_OK;
}

void dtn_witness_free(dtn_witness *w)
{
    if (w)
        dtn_arena_free(((held_witness *)w)->arena);
}
