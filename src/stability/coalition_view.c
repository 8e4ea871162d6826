/* What a named coalition could do at a state, and what deters it: the public view of coalition.c. */
#include "stability/coalition.h"
#include "stability/result.h"

struct dtn_coalition_view {
    dtn_arena *arena;
    const dtn_reply *reply;
    size_t replies;
    bool stable;
};

static dtn_status look(dtn_ctx *ctx, dtn_coalition_view *v, const dtn_stability *r, int combination,
                       int concept_index, uint32_t members, size_t state, size_t most)
{
    const dtn_concept *concept = dtn_concept_at(concept_index);
    const uint32_t *rank[DTN_CONFLICT_MAX_PLAYERS];
    dtn_coalition_rule rule = {concept->sanctions, concept->credible, concept->countermoves};
    dtn_coalition w;
    for (int j = 0; j < r->conflict->players; j++)
        rank[j] = dtn_stability_ranks(r, combination, j);
    DTN_TRY(dtn_coalition_new(ctx, ctx->scratch, &w, r->conflict, rank));
    DTN_TRY(dtn_coalition_stays(ctx, NULL, &v->stable, NULL, &w, rule, members, state));
    return dtn_coalition_replies(ctx, v->arena, &v->reply, &v->replies, &w, rule, members, state, most);
}

dtn_status dtn_coalition_find(dtn_ctx *ctx, dtn_coalition_view **out, const dtn_stability *r, int combination,
                              int concept_index, uint32_t members, size_t state, size_t most)
{
    *out = NULL;
    const dtn_concept *concept = dtn_concept_at(concept_index);
    if (combination < 0 || combination >= r->combinations || !members || state >= r->conflict->states ||
        !concept || !concept->coalition || members >> (r->conflict->players - 1) > 1)
        return dtn_fail(ctx, DTN_ARG, "no coalition verdict of combination %d, concept %d, state %zu",
                        combination, concept_index, state);
    dtn_arena *arena = dtn_arena_new(ctx);
    dtn_coalition_view *v = arena ? dtn_arena_alloc(arena, sizeof *v) : NULL;
    if (!v) {
        dtn_arena_free(arena);
        return dtn_fail_nomem(ctx);
    }
    v->arena = arena;
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = look(ctx, v, r, combination, concept_index, members, state, most);
    dtn_arena_release(ctx->scratch, mark);
    if (status != DTN_OK) {
        dtn_arena_free(arena);
        return status;
    }
    *out = v;
    return DTN_OK;
}

const dtn_reply *dtn_coalition_reply(const dtn_coalition_view *v, size_t i)
{
    return i < v->replies ? &v->reply[i] : NULL;
}

bool dtn_coalition_stable(const dtn_coalition_view *v)
{
    return v->stable;
}

void dtn_coalition_free(dtn_coalition_view *v)
{
    if (v)
        dtn_arena_free(v->arena);
}
