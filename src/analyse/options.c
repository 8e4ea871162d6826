/* The analysis `options`: which options matter for what holds, as moves or as threats.
 * Method: for each option the conflict without the states that take it; its equilibria beside those of the whole conflict.
 * Cost: a run of the concepts an option. Exact. */
#include "analyse/options.h"

#include <string.h>

#include "analyse/variants.h"
#include "model/conflict_restrict.h"

enum { STATES_MOST = 1 << 16 };

static void free_answer(void *data, size_t count)
{
    (void)count;
    dtn_stability_free(((dtn_options_answer *)data)->run);
}

static bool takes(const dtn_conflict *c, size_t state, int option)
{
    uint64_t either = c->either ? c->either[state] : 0;
    return (dtn_conflict_pattern(c, state) | either) >> option & 1;
}

/* Lowest rank of the owner among states; 0: there are none. */
static uint32_t worst(const dtn_options_answer *a, int player, const size_t *state, size_t count)
{
    uint32_t low = 0;
    for (size_t k = 0; k < count; k++) {
        uint32_t rank = dtn_conflict_rank(a->conflict, player, a->variant[player], state[k]);
        low = !k || rank < low ? rank : low;
    }
    return low;
}

static dtn_status judge(dtn_ctx *ctx, dtn_arena *arena, const dtn_options_answer *a, dtn_option_effect *e,
                        const dtn_stability *without, const size_t *old)
{
    const dtn_conflict *c = a->conflict;
    size_t *state, *with, withs;
    DTN_ALLOC(ctx, arena, state, c->states);
    DTN_ALLOC(ctx, ctx->scratch, with, c->states);
    withs = dtn_stability_states(a->run, 0, e->concept_index, -1, with, c->states);
    e->without = state;
    if (without)
        e->withouts = dtn_stability_states(without, 0, e->concept_index, -1, state, c->states);
    for (size_t k = 0; k < e->withouts; k++) {
        state[k] = old[state[k]];
        e->won += !dtn_stability_equilibrium(a->run, 0, e->concept_index, state[k]);
    }
    size_t kept = e->withouts - e->won;
    for (size_t k = 0; k < withs; k++)
        e->took += takes(c, with[k], e->option);
    e->lost = withs - e->took - kept;
    bool changes = e->lost || e->won;
    e->role = e->took ? (changes ? DTN_OPTION_DECISIVE : DTN_OPTION_USED)
                      : (changes ? DTN_OPTION_THREAT : DTN_OPTION_IDLE);
    int owner = c->option[e->option].player;
    uint32_t before = worst(a, owner, with, withs), after = worst(a, owner, state, e->withouts);
    e->owner = before && after ? (after > before) - (after < before) : 0;
    return DTN_OK;
}

static dtn_status look_at(dtn_ctx *ctx, dtn_arena *arena, dtn_options_answer *a, int option,
                          const dtn_stability_options *asked)
{
    const dtn_conflict *c = a->conflict;
    dtn_conflict *less = NULL;
    dtn_stability *run = NULL;
    const size_t *old = NULL;
    bool *keep;
    size_t left = 0;
    DTN_ALLOC(ctx, ctx->scratch, keep, c->states);
    for (size_t s = 0; s < c->states; s++)
        left += keep[s] = !takes(c, s, option);
    dtn_status status = left ? dtn_conflict_restrict(ctx, &less, &old, c, keep) : DTN_OK;
    if (status == DTN_OK && less)
        status = dtn_stability_run(ctx, &run, less, asked);
    for (int k = 0; k < dtn_concept_count() && status == DTN_OK; k++)
        if (asked->concepts >> k & 1) {
            dtn_option_effect *e = &a->effect[a->effects++];
            *e = (dtn_option_effect){.option = option, .concept_index = k, .none = !left};
            status = judge(ctx, arena, a, e, run, old);
        }
    dtn_stability_free(run);
    dtn_conflict_free(less);
    return status;
}

static dtn_status run(dtn_ctx *ctx, dtn_result *result, dtn_job *job)
{
    dtn_options_answer *a;
    dtn_stability_options asked = {0};
    DTN_ALLOC(ctx, result->arena, a, 1);
    const dtn_conflict *c = a->conflict = job->model->scenario->conflict;
    result->data = a;
    result->cleanup = free_answer;
    if (!c->listed || c->states > STATES_MOST || !c->options)
        return dtn_fail(ctx, DTN_LIMIT, "options takes conflicts with options and at most %d states",
                        STATES_MOST);
    DTN_TRY(dtn_variants_combine(ctx, &asked, c, job));
    if (asked.combinations > 1)
        return dtn_fail(ctx, DTN_ARG,
                        "options takes one preference a player: choose with --variant PLAYER=NAME");
    DTN_ALLOC(ctx, result->arena, a->variant, c->players);
    memcpy(a->variant, asked.variants, (size_t)c->players * sizeof *a->variant);
    asked.variants = a->variant;
    for (const dtn_option_value *v = job->options.first; v; v = v->next)
        if (!strcmp(v->name, "concept")) {
            int k = dtn_concept_find(v->value);
            if (k < 0)
                return dtn_fail(ctx, DTN_ARG, "--concept: no concept is called \"%s\"", v->value);
            asked.concepts |= UINT64_C(1) << k;
        }
    if (!asked.concepts)
        asked.concepts = UINT64_C(1) << dtn_concept_find("R") | UINT64_C(1) << dtn_concept_find("SEQ");
    DTN_ALLOC(ctx, result->arena, a->effect, c->options * DTN_CONCEPTS_MOST);
    DTN_TRY(dtn_stability_run(ctx, &a->run, c, &asked));
    for (int o = 0; o < c->options; o++) {
        dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
        dtn_status status = look_at(ctx, result->arena, a, o, &asked);
        dtn_arena_release(ctx->scratch, mark);
        DTN_TRY(status);
    }
    result->outcome = DTN_OUTCOME_COMPLETE;
    return DTN_OK;
}

static const dtn_option_spec options[] = {
    {"concept", "NAME", "R and SEQ", "concept that says what holds, any that `stability` knows", true},
    DTN_VARIANT_OPTION,
    {0},
};

extern const dtn_analysis dtn_analysis_options;
const dtn_analysis dtn_analysis_options = {
    .name = "options",
    .question = 2,
    .title = "Which options matter?",
    .about =
        "For each option what would hold if it could not be taken: whether it is used, works as a threat, "
        "decides, or is idle.",
    .options = options,
    .missing = dtn_ranked_conflict_needed,
    .run = run,
};
