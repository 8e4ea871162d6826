/* The analysis `hypergame`: what holds when players are wrong about each other's preferences.
 * Method: each player judges the states by the concept in the conflict as it sees it: its own preferences, and those that it
 *         believes the others to have. A state comes about for good when every player, so judging, stays. (A hypergame of
 *         the first level; all see the same options.)
 * Cost: a run of the concepts a player. Exact. Source: Bennett 1977; Wang, Hipel & Fraser 1988. */
#include "analyse/hypergame.h"

#include <string.h>

#include "analyse/variants.h"

static void free_answer(void *data, size_t count)
{
    (void)count;
    dtn_stability_free(((dtn_hypergame_answer *)data)->run);
}

static dtn_status find_player(dtn_ctx *ctx, int *player, const dtn_conflict *c, const char *option,
                              const char *key, size_t length)
{
    const char *copy = dtn_arena_strndup(ctx->scratch, key, length);
    if (!copy)
        return dtn_fail_nomem(ctx);
    *player = dtn_conflict_find_player(c, copy);
    return *player >= 0 ? DTN_OK
                        : dtn_fail(ctx, DTN_ARG,
                                   "--believes %s: no player is called \"%s\"; expected P:Q=NAME (P believes "
                                   "that Q's preferences are NAME)",
                                   option, copy);
}

/* --believes P:Q=NAME into the rows of the views. */
static dtn_status read_beliefs(dtn_ctx *ctx, int *variant, const dtn_conflict *c, const dtn_job *job,
                               int *beliefs)
{
    for (const dtn_option_value *v = job->options.first; v; v = v->next) {
        if (strcmp(v->name, "believes") != 0)
            continue;
        size_t colon = strcspn(v->value, ":"), equals = strcspn(v->value, "=");
        int who, whom;
        if (!v->value[colon] || !v->value[equals] || equals < colon)
            return dtn_fail(
                ctx, DTN_ARG,
                "--believes: found \"%s\", expected P:Q=NAME (P believes that Q's preferences are "
                "NAME)",
                v->value);
        DTN_TRY(find_player(ctx, &who, c, v->value, v->value, colon));
        DTN_TRY(find_player(ctx, &whom, c, v->value, v->value + colon + 1, equals - colon - 1));
        int found = dtn_conflict_find_variant(c, whom, v->value + equals + 1);
        if (found < 0)
            return dtn_fail(ctx, DTN_ARG, "--believes %s: player '%s' has no preferences of that name",
                            v->value, c->player[whom].key);
        if (who == whom)
            return dtn_fail(ctx, DTN_ARG, "--believes %s: a player knows its own preferences; use --variant",
                            v->value);
        variant[(1 + who) * c->players + whom] = found;
        ++*beliefs;
    }
    return DTN_OK;
}

static dtn_status intersect(dtn_ctx *ctx, dtn_arena *arena, dtn_hypergame_answer *a, int concept_index)
{
    size_t n = a->conflict->states, count = 0, *state = NULL;
    for (int pass = 0; pass < 2; pass++) {
        if (pass) {
            DTN_ALLOC(ctx, arena, state, count);
            a->state[concept_index] = state;
        }
        count = 0;
        for (size_t s = 0; s < n; s++) {
            bool stays = true;
            for (int i = 0; i < a->conflict->players && stays; i++)
                stays = dtn_stability_stable(a->run, 1 + i, concept_index, i, s);
            if (stays && pass)
                state[count] = s;
            count += stays;
        }
    }
    a->states[concept_index] = count;
    return DTN_OK;
}

static dtn_status run(dtn_ctx *ctx, dtn_result *result, dtn_job *job)
{
    dtn_hypergame_answer *a;
    dtn_stability_options options = {0};
    int *variant, beliefs = 0;
    DTN_ALLOC(ctx, result->arena, a, 1);
    const dtn_conflict *c = a->conflict = job->model->scenario->conflict;
    result->data = a;
    result->cleanup = free_answer;
    DTN_TRY(dtn_variants_combine(ctx, &options, c, job));
    if (options.combinations > 1)
        return dtn_fail(
            ctx, DTN_ARG,
            "hypergame needs to know what everybody really wants: choose with --variant PLAYER=NAME");
    DTN_ALLOC(ctx, result->arena, variant, (c->players + 1) * c->players);
    for (int k = 0; k <= c->players; k++)
        memcpy(variant + k * c->players, options.variants, (size_t)c->players * sizeof *variant);
    DTN_TRY(read_beliefs(ctx, variant, c, job, &beliefs));
    if (!beliefs)
        return dtn_fail(
            ctx,
            DTN_ARG, "hypergame needs --believes P:Q=NAME: P believes that Q's preferences are NAME (a variant of Q's)");
    a->variant = variant;
    options.variants = variant;
    options.combinations = c->players + 1;
    for (const dtn_option_value *v = job->options.first; v; v = v->next)
        if (!strcmp(v->name, "concept")) {
            int k = dtn_concept_find(v->value);
            if (k < 0)
                return dtn_fail(ctx, DTN_ARG, "--concept: no concept is called \"%s\"", v->value);
            options.concepts |= UINT64_C(1) << k;
        }
    DTN_TRY(dtn_stability_run(ctx, &a->run, c, &options));
    for (int k = 0; k < dtn_concept_count(); k++)
        if (dtn_stability_has(a->run, k))
            DTN_TRY(intersect(ctx, result->arena, a, k));
    result->outcome = DTN_OUTCOME_COMPLETE;
    return DTN_OK;
}

static const dtn_option_spec options[] = {
    {"believes", "P:Q=NAME", NULL, "P believes that Q's preferences are the variant NAME (required)", true},
    DTN_VARIANT_OPTION,
    {"concept", "NAME", NULL, "only this concept, any that `stability` knows", true},
    {0},
};

extern const dtn_analysis dtn_analysis_hypergame;
const dtn_analysis dtn_analysis_hypergame = {
    .name = "hypergame",
    .question = 2,
    .title = "What if they are wrong about each other?",
    .about = "Which states hold when players mistake each other's preferences, what each of them expects, "
             "and what would hold "
             "if all knew.",
    .options = options,
    .missing = dtn_conflict_needed,
    .run = run,
};
