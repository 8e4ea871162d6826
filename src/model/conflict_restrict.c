/* A conflict with fewer states: what is left when some states cannot come about, or are not thought of.
 * Method: states are numbered anew in their order; cells, names, ranks, comparisons and listed moves follow.
 * Cost: linear in states and moves (states^2 where comparisons of pairs are given). */
#include <string.h>

#include "model/conflict_pairs.h"
#include "model/conflict_restrict.h"

typedef struct restriction {
    dtn_ctx *ctx;
    dtn_arena *arena;
    const dtn_conflict *from;
    dtn_conflict *to;
    uint32_t *place; /* [states of from] new number, UINT32_MAX: left out */
    size_t *old;     /* [states of to] */
} restriction;

static dtn_status cells(restriction *r)
{
    const dtn_conflict *c = r->from;
    uint64_t *cell, *either;
    uint32_t *state_of, *first;
    size_t count = 0;
    if (!c->options)
        return DTN_OK;
    DTN_ALLOC(r->ctx, r->arena, cell, c->cells);
    DTN_ALLOC(r->ctx, r->arena, state_of, c->cells);
    for (size_t x = 0; x < c->cells; x++) {
        uint32_t s = r->place[c->state_of ? c->state_of[x] : x];
        if (s == UINT32_MAX)
            continue;
        cell[count] = dtn_cell_pattern(c, x);
        state_of[count++] = s;
    }
    r->to->cell = cell;
    r->to->cells = count;
    if (!c->state_of)
        return DTN_OK;
    DTN_ALLOC(r->ctx, r->arena, first, r->to->states);
    DTN_ALLOC(r->ctx, r->arena, either, r->to->states);
    for (size_t x = count; x-- > 0;)
        first[state_of[x]] = (uint32_t)x;
    for (size_t s = 0; s < r->to->states; s++)
        either[s] = c->either[r->old[s]];
    r->to->state_of = state_of;
    r->to->first = first;
    r->to->either = either;
    return DTN_OK;
}

static dtn_status names(restriction *r)
{
    const dtn_conflict *c = r->from;
    dtn_state_name *name, **by_id;
    int count = 0, sorted = 0;
    DTN_ALLOC(r->ctx, r->arena, name, c->names);
    DTN_ALLOC(r->ctx, r->arena, by_id, c->names);
    for (int k = 0; k < c->names; k++)
        if (r->place[c->named[k].state] != UINT32_MAX) {
            name[count] = c->named[k];
            name[count++].state = r->place[c->named[k].state];
        }
    for (int k = 0; k < c->names; k++)
        for (int n = 0; n < count; n++)
            if (!strcmp(name[n].id, c->by_id[k]->id))
                by_id[sorted++] = &name[n];
    r->to->named = name;
    r->to->by_id = (const dtn_state_name *const *)by_id;
    r->to->names = count;
    return DTN_OK;
}

static dtn_status filter_matrix(restriction *r, const unsigned char **out, const unsigned char *from)
{
    size_t n = r->to->states;
    unsigned char *to;
    *out = NULL;
    if (!from)
        return DTN_OK;
    DTN_ALLOC(r->ctx, r->arena, to, n * n);
    for (size_t s = 0; s < n; s++)
        for (size_t t = 0; t < n; t++)
            to[s * n + t] = from[r->old[s] * r->from->states + r->old[t]];
    *out = to;
    return DTN_OK;
}

static dtn_status preferences(restriction *r, dtn_conflict_player *p)
{
    dtn_preference *variant;
    DTN_ALLOC(r->ctx, r->arena, variant, p->variants);
    for (int v = 0; v < p->variants; v++) {
        uint32_t *rank;
        DTN_ALLOC(r->ctx, r->arena, rank, r->to->states);
        variant[v] = p->variant[v];
        for (size_t s = 0; s < r->to->states; s++)
            rank[s] = p->variant[v].rank[r->old[s]];
        variant[v].rank = rank;
        if (!variant[v].pairs)
            continue;
        dtn_pairs *pairs;
        DTN_ALLOC(r->ctx, r->arena, pairs, 1);
        pairs->states = r->to->states;
        DTN_TRY(filter_matrix(r, &pairs->relation, p->variant[v].pairs->relation));
        DTN_TRY(filter_matrix(r, &pairs->mark, p->variant[v].pairs->mark));
        variant[v].pairs = pairs;
    }
    p->variant = variant;
    return DTN_OK;
}

static dtn_status moves(restriction *r, dtn_conflict_player *p)
{
    size_t *start, count = 0;
    uint32_t *end;
    if (!p->start)
        return DTN_OK;
    DTN_ALLOC(r->ctx, r->arena, start, r->to->states + 1);
    DTN_ALLOC(r->ctx, r->arena, end, p->start[r->from->states] + 1);
    for (size_t s = 0; s < r->to->states; s++) {
        for (size_t k = p->start[r->old[s]]; k < p->start[r->old[s] + 1]; k++)
            if (r->place[p->end[k]] != UINT32_MAX)
                end[count++] = r->place[p->end[k]];
        start[s + 1] = count;
    }
    p->start = start;
    p->end = end;
    return DTN_OK;
}

static dtn_status restrict_in(restriction *r, const bool *keep)
{
    const dtn_conflict *c = r->from;
    dtn_conflict_player *player;
    size_t count = 0;
    DTN_ALLOC(r->ctx, r->arena, r->to, 1);
    DTN_ALLOC(r->ctx, r->arena, player, c->players);
    DTN_ALLOC(r->ctx, r->arena, r->place, c->states);
    DTN_ALLOC(r->ctx, r->arena, r->old, c->states);
    for (size_t s = 0; s < c->states; s++) {
        r->place[s] = keep[s] ? (uint32_t)count : UINT32_MAX;
        if (keep[s])
            r->old[count++] = s;
    }
    *r->to = *c;
    r->to->arena = r->arena;
    r->to->player = player;
    r->to->states = r->to->cells = count;
    r->to->has_status_quo = c->has_status_quo && keep[c->status_quo];
    if (r->to->has_status_quo)
        r->to->status_quo = r->place[c->status_quo];
    DTN_TRY(cells(r));
    DTN_TRY(names(r));
    for (int i = 0; i < c->players; i++) {
        player[i] = c->player[i];
        DTN_TRY(preferences(r, &player[i]));
        DTN_TRY(moves(r, &player[i]));
    }
    return DTN_OK;
}

dtn_status dtn_conflict_restrict(dtn_ctx *ctx, dtn_conflict **out, const size_t **old, const dtn_conflict *c,
                                 const bool *keep)
{
    *out = NULL;
    restriction r = {.ctx = ctx, .arena = dtn_arena_new(ctx), .from = c};
    if (!r.arena)
        return dtn_fail_nomem(ctx);
    dtn_status status = restrict_in(&r, keep);
    if (status != DTN_OK) {
        dtn_arena_free(r.arena);
        return status;
    }
    *out = r.to;
    *old = r.old;
    return DTN_OK;
}
