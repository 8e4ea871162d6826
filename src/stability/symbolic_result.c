/* Symbolic results: made, counted, asked, listed. */
#include <string.h>

#include "stability/concept.h"
#include "stability/symbolic.h"

static const char *const names[DTN_SYMBOLIC_CONCEPTS] = {"R", "GMR", "SMR", "SEQ", "SSEQ"};

static int place_of(int concept_index)
{
    const dtn_concept *concept = dtn_concept_at(concept_index);
    for (int k = 0; concept && k < DTN_SYMBOLIC_CONCEPTS; k++)
        if (!strcmp(names[k], concept->name))
            return k;
    return -1;
}

static dtn_status check(dtn_ctx *ctx, const dtn_conflict *c, const int *variant)
{
    for (int i = 0; i < c->players; i++) {
        if (variant && (variant[i] < 0 || variant[i] >= c->player[i].variants))
            return dtn_fail(ctx, DTN_ARG, "player '%s' has no variant %d", c->player[i].key, variant[i]);
        const dtn_preference *p = &c->player[i].variant[variant ? variant[i] : 0];
        if (p->kind != DTN_PREFER_STATEMENTS || p->pairs)
            return dtn_fail(ctx, DTN_UNSUPPORTED,
                            "symbolic analysis needs preferences by statements; player '%s' has others",
                            c->player[i].key);
    }
    if (!c->options || !c->option_form || c->state_of)
        return dtn_fail(ctx, DTN_UNSUPPORTED,
                        "symbolic analysis needs moves by options, without merging or transitions");
    return DTN_OK;
}

static dtn_status run(dtn_ctx *ctx, dtn_symbolic *r, const int *variant)
{
    const dtn_conflict *c = r->conflict;
    DTN_TRY(check(ctx, c, variant));
    DTN_TRY(dtn_bdd_store_new(ctx, &r->store, 2 * c->options));
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = dtn_symbolic_compute(ctx, r, variant);
    dtn_arena_release(ctx->scratch, mark);
    DTN_TRY(status);
    r->feasible_count = dtn_bdd_count(r->store, r->feasible);
    for (int k = 0; k < DTN_SYMBOLIC_CONCEPTS; k++)
        for (int i = 0; i <= c->players; i++)
            r->count[k][i] = dtn_bdd_count(r->store, r->set[k][i]);
    return DTN_OK;
}

dtn_status dtn_symbolic_run(dtn_ctx *ctx, dtn_symbolic **out, const dtn_conflict *conflict,
                            const int *variant, bool sequential)
{
    *out = NULL;
    dtn_arena *arena = dtn_arena_new(ctx);
    dtn_symbolic *r = arena ? dtn_arena_alloc(arena, sizeof *r) : NULL;
    if (!r) {
        dtn_arena_free(arena);
        return dtn_fail_nomem(ctx);
    }
    r->arena = arena;
    r->conflict = conflict;
    r->turns = sequential;
    dtn_status status = run(ctx, r, variant);
    if (status != DTN_OK) {
        dtn_symbolic_free(r);
        return status;
    }
    *out = r;
    return DTN_OK;
}

void dtn_symbolic_free(dtn_symbolic *r)
{
    if (!r)
        return;
    dtn_bdd_store_free(r->store);
    dtn_arena_free(r->arena);
}

bool dtn_symbolic_has(const dtn_symbolic *r, int concept_index)
{
    int place = place_of(concept_index);
    return place >= 0 && (place < DTN_SYMBOLIC_SEQ || r->turns);
}

uint64_t dtn_symbolic_feasible(const dtn_symbolic *r)
{
    return r->feasible_count;
}

uint64_t dtn_symbolic_count(const dtn_symbolic *r, int concept_index, int player)
{
    return r->count[place_of(concept_index)][player < 0 ? r->conflict->players : player];
}

bool dtn_symbolic_holds(const dtn_symbolic *r, int concept_index, int player, uint64_t pattern)
{
    return dtn_bdd_holds(
        r->store, r->set[place_of(concept_index)][player < 0 ? r->conflict->players : player], pattern);
}

/* Patterns of f whose options from `option` + 1 on are as in pattern, least first. */
static size_t list(dtn_bdd_store *store, dtn_bdd f, int option, uint64_t pattern, uint64_t *out, size_t room)
{
    if (f == DTN_BDD_FALSE || !room)
        return 0;
    if (option < 0) {
        *out = pattern;
        return 1;
    }
    size_t n = list(store, dtn_bdd_fix(store, f, 2 * option, false), option - 1, pattern, out, room);
    return n + list(store, dtn_bdd_fix(store, f, 2 * option, true), option - 1,
                    pattern | UINT64_C(1) << option, out + n, room - n);
}

dtn_status dtn_symbolic_list(dtn_ctx *ctx, const dtn_symbolic *r, int concept_index, int player,
                             uint64_t *patterns, size_t room, size_t *written)
{
    (void)ctx;
    dtn_bdd f = r->set[place_of(concept_index)][player < 0 ? r->conflict->players : player];
    *written = list(r->store, f, r->conflict->options - 1, 0, patterns, room);
    return dtn_bdd_status(r->store);
}
