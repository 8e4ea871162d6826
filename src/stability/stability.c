/* Runs concepts over combinations of preference variants and holds what they find.
 * Method: a verdict that depends on the player's own preferences only (R, GMR, SMR) is found once a variant and shared.
 * Cost: see the engines. */
#include <string.h>

#include "base/ctx.h"
#include "stability/result.h"
#include "stability/tasks.h"

enum { MOST_COMBINATIONS = 4096 };

static const uint64_t **set_at(const dtn_stability *r, int combination, int concept_index, int player)
{
    size_t row = (size_t)combination * (size_t)dtn_concept_count() + (size_t)concept_index;
    return r->set + row * (size_t)(r->conflict->players + 1) +
           (size_t)(player < 0 ? r->conflict->players : player);
}

/* Combinations asked for, or all of them, the last player's variant running fastest. */
static dtn_status combine(dtn_ctx *ctx, dtn_stability *r, const dtn_stability_options *options)
{
    const dtn_conflict *c = r->conflict;
    int *variant;
    if (options && options->combinations > 0) {
        r->combinations = options->combinations;
        size_t count = (size_t)r->combinations * (size_t)c->players;
        DTN_ALLOC(ctx, r->arena, variant, count);
        memcpy(variant, options->variants, count * sizeof *variant);
        for (size_t k = 0; k < count; k++)
            if (variant[k] < 0 || variant[k] >= c->player[k % (size_t)c->players].variants)
                return dtn_fail(ctx, DTN_ARG, "player '%s' has no variant %d",
                                c->player[k % (size_t)c->players].key, variant[k]);
    } else {
        r->combinations = 1;
        for (int i = 0; i < c->players; i++) {
            if (r->combinations > MOST_COMBINATIONS / c->player[i].variants)
                return dtn_fail(ctx, DTN_LIMIT,
                                "more than %d combinations of preference variants: choose some",
                                MOST_COMBINATIONS);
            r->combinations *= c->player[i].variants;
        }
        DTN_ALLOC(ctx, r->arena, variant, (size_t)r->combinations * (size_t)c->players);
        for (int k = 0; k < r->combinations; k++)
            for (int i = c->players - 1, rest = k; i >= 0; i--) {
                variant[k * c->players + i] = rest % c->player[i].variants;
                rest /= c->player[i].variants;
            }
    }
    r->variant = variant;
    return DTN_OK;
}

/* Which concepts to compute. */
static dtn_status choose(dtn_ctx *ctx, dtn_stability *r, const dtn_stability_options *options)
{
    uint64_t asked = options ? options->concepts : 0;
    if (dtn_concept_count() < DTN_CONCEPTS_MOST && asked >> dtn_concept_count())
        return dtn_fail(ctx, DTN_ARG, "concept %d does not exist", dtn_concept_count());
    for (int k = 0; k < dtn_concept_count(); k++) {
        const dtn_concept *concept = dtn_concept_at(k);
        const char *missing = dtn_concept_missing(concept, r->conflict);
        if (asked >> k & 1) {
            if (missing)
                return dtn_fail(ctx, DTN_UNSUPPORTED, "%s does not apply: %s", concept->name, missing);
            r->computed |= UINT64_C(1) << k;
        } else if (!asked && !missing && !concept->on_request &&
                   (!concept->most_states || r->conflict->states <= concept->most_states))
            r->computed |= UINT64_C(1) << k;
    }
    return DTN_OK;
}

/* The set found in an earlier combination with the same preferences as far as the concept looks at them. */
static const uint64_t *found_before(const dtn_stability *r, int combination, int concept_index, int player)
{
    const dtn_concept *concept = dtn_concept_at(concept_index);
    const int *now = dtn_stability_variants(r, combination);
    size_t row = (size_t)r->conflict->players * sizeof *now;
    for (int k = 0; k < combination; k++) {
        const int *then = dtn_stability_variants(r, k);
        bool same = concept->credible || concept->joint || concept->coalition || concept->rule
                        ? !memcmp(then, now, row)
                        : then[player] == now[player];
        if (same)
            return *set_at(r, k, concept_index, player);
    }
    return NULL;
}

/* What is not yet known under a combination, as tasks; sets found before are shared. */
static dtn_status list_tasks(dtn_ctx *ctx, dtn_stability *r, dtn_task *task, int *tasks, int combination)
{
    *tasks = 0;
    for (int k = 0; k < dtn_concept_count(); k++)
        for (int i = 0; r->computed >> k & 1 && i < r->conflict->players; i++) {
            const uint64_t *known = found_before(r, combination, k, i);
            if (!known) {
                uint64_t *stable;
                DTN_ALLOC(ctx, r->arena, stable, r->words);
                task[(*tasks)++] = (dtn_task){dtn_concept_at(k), i, stable};
                known = stable;
            }
            *set_at(r, combination, k, i) = known;
        }
    return DTN_OK;
}

static dtn_status intersect(dtn_ctx *ctx, dtn_stability *r, int combination, int concept_index)
{
    uint64_t *equilibria;
    DTN_ALLOC(ctx, r->arena, equilibria, r->words);
    memset(equilibria, 0xff, r->words * sizeof *equilibria);
    if (r->conflict->states % 64)
        equilibria[r->words - 1] = (UINT64_C(1) << r->conflict->states % 64) - 1;
    for (int i = 0; i < r->conflict->players; i++) {
        const uint64_t *stable = *set_at(r, combination, concept_index, i);
        for (size_t w = 0; w < r->words; w++)
            equilibria[w] &= stable[w];
    }
    *set_at(r, combination, concept_index, -1) = equilibria;
    return DTN_OK;
}

/* Engines live in their own arena, which ends with the run. */
static dtn_status run_all(dtn_ctx *ctx, dtn_stability *r, dtn_arena *work, bool lists)
{
    dtn_engine *engine;
    dtn_task *task;
    int tasks;
    DTN_TRY(dtn_engine_new(ctx, &engine, work, r->conflict, lists));
    DTN_ALLOC(ctx, ctx->scratch, task, dtn_concept_count() * r->conflict->players);
    for (int k = 0; k < r->combinations; k++) {
        dtn_ctx_report(ctx, "stability", (double)k / r->combinations);
        DTN_TRY(list_tasks(ctx, r, task, &tasks, k));
        DTN_TRY(dtn_tasks_run(ctx, work, engine, dtn_stability_variants(r, k), task, tasks));
        for (int i = 0; i < dtn_concept_count(); i++)
            if (r->computed >> i & 1)
                DTN_TRY(intersect(ctx, r, k, i));
    }
    return DTN_OK;
}

static dtn_status run_in(dtn_ctx *ctx, dtn_stability *r, const dtn_stability_options *options, bool lists)
{
    if (!r->conflict->listed)
        return dtn_fail(
            ctx, DTN_LIMIT,
            "the conflict has more than 2^28 states: R, GMR, SMR, SEQ and SSEQ can only be counted");
    DTN_TRY(combine(ctx, r, options));
    DTN_TRY(choose(ctx, r, options));
    r->words = (r->conflict->states + 63) / 64;
    size_t sets = (size_t)r->combinations * (size_t)dtn_concept_count() * (size_t)(r->conflict->players + 1);
    DTN_ALLOC(ctx, r->arena, r->set, sets);
    dtn_arena *work = dtn_arena_new(ctx);
    if (!work)
        return dtn_fail_nomem(ctx);
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = run_all(ctx, r, work, lists);
    dtn_arena_release(ctx->scratch, mark);
    dtn_arena_free(work);
    return status;
}

static dtn_status run(dtn_ctx *ctx, dtn_stability **out, const dtn_conflict *conflict,
                      const dtn_stability_options *options, bool lists)
{
    *out = NULL;
    dtn_arena *arena = dtn_arena_new(ctx);
    dtn_stability *r = arena ? dtn_arena_alloc(arena, sizeof *r) : NULL;
    if (!r) {
        dtn_arena_free(arena);
        return dtn_fail_nomem(ctx);
    }
    *r = (dtn_stability){.arena = arena, .conflict = conflict};
    dtn_status status = run_in(ctx, r, options, lists);
    if (status != DTN_OK) {
        dtn_arena_free(arena);
        return status;
    }
    *out = r;
    return DTN_OK;
}

dtn_status dtn_stability_run(dtn_ctx *ctx, dtn_stability **out, const dtn_conflict *conflict,
                             const dtn_stability_options *options)
{
    return run(ctx, out, conflict, options, false);
}

dtn_status dtn_stability_run_lists(dtn_ctx *ctx, dtn_stability **out, const dtn_conflict *conflict,
                                   const dtn_stability_options *options)
{
    return run(ctx, out, conflict, options, true);
}

void dtn_stability_free(dtn_stability *r)
{
    if (r)
        dtn_arena_free(r->arena);
}

const dtn_conflict *dtn_stability_conflict(const dtn_stability *r)
{
    return r->conflict;
}

bool dtn_stability_has(const dtn_stability *r, int concept_index)
{
    return r->computed >> concept_index & 1;
}

int dtn_stability_combinations(const dtn_stability *r)
{
    return r->combinations;
}

int dtn_stability_variant(const dtn_stability *r, int combination, int player)
{
    return dtn_stability_variants(r, combination)[player];
}

int dtn_stability_find(const dtn_stability *r, const int *variant)
{
    for (int k = 0; k < r->combinations; k++)
        if (!memcmp(dtn_stability_variants(r, k), variant, (size_t)r->conflict->players * sizeof *variant))
            return k;
    return -1;
}

const uint64_t *dtn_stability_bits(const dtn_stability *r, int combination, int concept_index, int player)
{
    return *set_at(r, combination, concept_index, player);
}

static bool holds(const uint64_t *bits, size_t state)
{
    return bits[state / 64] >> (state % 64) & 1;
}

bool dtn_stability_stable(const dtn_stability *r, int combination, int concept_index, int player, size_t state)
{
    return holds(dtn_stability_bits(r, combination, concept_index, player), state);
}

bool dtn_stability_equilibrium(const dtn_stability *r, int combination, int concept_index, size_t state)
{
    return holds(dtn_stability_bits(r, combination, concept_index, -1), state);
}

size_t dtn_stability_states(const dtn_stability *r, int combination, int concept_index, int player,
                            size_t *states, size_t room)
{
    const uint64_t *bits = dtn_stability_bits(r, combination, concept_index, player);
    size_t count = 0;
    for (size_t s = 0; s < r->conflict->states; s++)
        if (holds(bits, s)) {
            if (count < room)
                states[count] = s;
            count++;
        }
    return count;
}
