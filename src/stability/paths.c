/* Shortest legal paths from a state, by moves or by improvements: where the status quo can lead.
 * Method: breadth-first search, kept. Cost: linear in the moves. Exact.
 * Source: Li, Kilgour & Hipel 2005 (status quo analysis). */
#include "stability/result.h"
#include "stability/search.h"

struct dtn_paths {
    dtn_arena *arena;
    dtn_search search;
    const uint32_t **rank;
    dtn_view view;
    size_t *first; /* [states] arrival by which a state is first reached; SIZE_MAX: never */
};

static dtn_status search_all(dtn_ctx *ctx, dtn_paths *p, const dtn_stability *r, int combination,
                             size_t start, bool improvements, uint32_t movers)
{
    const dtn_conflict *c = r->conflict;
    DTN_TRY(dtn_search_new(ctx, p->arena, &p->search, c));
    DTN_ALLOC(ctx, p->arena, p->first, c->states);
    for (size_t s = 0; s < c->states; s++)
        p->first[s] = SIZE_MAX;
    if (improvements && c->ranked) {
        DTN_ALLOC(ctx, p->arena, p->rank, c->players);
        for (int j = 0; j < c->players; j++)
            p->rank[j] = dtn_stability_ranks(r, combination, j);
    }
    dtn_search_start(&p->search, start, movers, p->rank);
    if (improvements && !c->ranked) {
        p->view = dtn_view_of(c, dtn_stability_variants(r, combination));
        dtn_search_by_rule(&p->search, &p->view, dtn_prefers);
    }
    p->first[start] = 0;
    size_t arrival, count = 0;
    while (dtn_search_next(&p->search, &arrival)) {
        p->first[p->search.arrival[arrival].state] = arrival;
        if ((++count & 4095) == 0)
            DTN_TRY(dtn_ctx_poll(ctx));
    }
    return DTN_OK;
}

dtn_status dtn_paths_new(dtn_ctx *ctx, dtn_paths **out, const dtn_stability *r, int combination, size_t start,
                         bool improvements)
{
    return dtn_paths_by(ctx, out, r, combination, start, improvements,
                        ((uint32_t)2 << (r->conflict->players - 1)) - 1);
}

dtn_status dtn_paths_by(dtn_ctx *ctx, dtn_paths **out, const dtn_stability *r, int combination, size_t start,
                        bool improvements, uint32_t movers)
{
    *out = NULL;
    if (start >= r->conflict->states || (improvements && (combination < 0 || combination >= r->combinations)))
        return dtn_fail(ctx, DTN_ARG, "no paths from state %zu in combination %d", start, combination);
    dtn_arena *arena = dtn_arena_new(ctx);
    dtn_paths *p = arena ? dtn_arena_alloc(arena, sizeof *p) : NULL;
    if (!p) {
        dtn_arena_free(arena);
        return dtn_fail_nomem(ctx);
    }
    p->arena = arena;
    dtn_status status = search_all(ctx, p, r, combination, start, improvements, movers);
    if (status != DTN_OK) {
        dtn_arena_free(arena);
        return status;
    }
    *out = p;
    return DTN_OK;
}

void dtn_paths_free(dtn_paths *p)
{
    if (p)
        dtn_arena_free(p->arena);
}

int dtn_paths_to(const dtn_paths *p, size_t state, dtn_conflict_move *path, int room)
{
    if (p->first[state] == SIZE_MAX)
        return -1;
    int steps = dtn_search_steps(&p->search, p->first[state]);
    if (steps <= room)
        dtn_search_path(&p->search, p->first[state], path, steps);
    return steps;
}
