/* The analysis `mediate`: the cheapest changes of prioritised statements that make given states hold and others not. Method
 * and cost: src/stability/mediate.c. */
#include "analyse/mediate.h"

#include <stdlib.h>
#include <string.h>

#include "analyse/variants.h"

enum { STATES_MOST = 4096 };

static dtn_status read_states(dtn_ctx *ctx, dtn_arena *arena, size_t **out, int *count, const dtn_conflict *c,
                              const dtn_job *job, const char *option)
{
    int most = 0;
    for (const dtn_option_value *v = job->options.first; v; v = v->next)
        most += !strcmp(v->name, option);
    DTN_ALLOC(ctx, arena, *out, most);
    for (const dtn_option_value *v = job->options.first; v; v = v->next)
        if (!strcmp(v->name, option))
            DTN_TRY(dtn_conflict_find_state(ctx, &(*out)[(*count)++], c, v->value));
    return DTN_OK;
}

/* --weight PLAYER=N */
static dtn_status read_weights(dtn_ctx *ctx, dtn_mediate_answer *a, const dtn_job *job)
{
    for (int i = 0; i < a->conflict->players; i++)
        a->weight[i] = 1;
    for (const dtn_option_value *v = job->options.first; v; v = v->next) {
        if (strcmp(v->name, "weight") != 0)
            continue;
        size_t length = strcspn(v->value, "=");
        const char *key = dtn_arena_strndup(ctx->scratch, v->value, length);
        if (!key)
            return dtn_fail_nomem(ctx);
        char *end = NULL;
        int i = dtn_conflict_find_player(a->conflict, key);
        long weight = v->value[length] ? strtol(v->value + length + 1, &end, 10) : 0;
        if (i < 0 || !end || *end || weight < 1 || weight > 1000000)
            return dtn_fail(ctx, DTN_ARG,
                            "--weight %s: expected PLAYER=N with a player's key and a whole number from 1",
                            v->value);
        a->weight[i] = weight;
    }
    return DTN_OK;
}

static dtn_status run(dtn_ctx *ctx, dtn_result *result, dtn_job *job)
{
    dtn_mediate_answer *a;
    dtn_stability_options options = {0};
    long most;
    DTN_ALLOC(ctx, result->arena, a, 1);
    a->conflict = job->model->scenario->conflict;
    result->data = a;
    if (!a->conflict->listed || a->conflict->states > STATES_MOST)
        return dtn_fail(ctx, DTN_LIMIT, "mediate takes conflicts of at most %d states", STATES_MOST);
    DTN_TRY(read_states(ctx, result->arena, &a->hold, &a->goal.holds, a->conflict, job, "target"));
    DTN_TRY(read_states(ctx, result->arena, &a->fail, &a->goal.fails, a->conflict, job, "avoid"));
    if (!a->goal.holds && !a->goal.fails)
        return dtn_fail(ctx, DTN_ARG,
                        "mediate needs --target STATE (shall hold), --avoid STATE (shall not), or several");
    DTN_TRY(read_weights(ctx, a, job));
    DTN_TRY(dtn_options_int(ctx, &most, &job->options, "most", 2, 1, DTN_CHANGES_MOST));
    DTN_TRY(dtn_variants_combine(ctx, &options, a->conflict, job));
    if (options.combinations > 1)
        return dtn_fail(ctx, DTN_ARG,
                        "mediate starts from one preference a player: choose with --variant PLAYER=NAME");
    memcpy(a->variant, options.variants, (size_t)a->conflict->players * sizeof *a->variant);
    const char *name = dtn_options_text(&job->options, "concept", "SEQ");
    a->concept_index = dtn_concept_find(name);
    const char *known = a->concept_index < 0 ? "" : dtn_concept_name(a->concept_index);
    if (strcmp(known, "R") != 0 && strcmp(known, "GMR") != 0 && strcmp(known, "SMR") != 0 &&
        strcmp(known, "SEQ") != 0 && strcmp(known, "SSEQ") != 0)
        return dtn_fail(ctx, DTN_ARG, "--concept %s: expected R, GMR, SMR, SEQ or SSEQ", name);
    a->goal.hold = a->hold;
    a->goal.fail = a->fail;
    a->goal.weight = a->weight;
    a->goal.most = (int)most;
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = dtn_mediate_find(ctx, result->arena, &a->found, a->conflict, a->variant,
                                         dtn_concept_at(a->concept_index), &a->goal);
    dtn_arena_release(ctx->scratch, mark);
    DTN_TRY(status);
    result->outcome = a->found.ways ? DTN_OUTCOME_COMPLETE : DTN_OUTCOME_NONE;
    return DTN_OK;
}

static const dtn_option_spec options[] = {
    {"target", "STATE", NULL, "a state that shall hold", true},
    {"avoid", "STATE", NULL, "a state that shall not hold", true},
    {"concept", "NAME", "SEQ", "under this concept: R, GMR, SMR, SEQ or SSEQ", false},
    {"weight", "PLAYER=N", NULL, "what a change of this player's statements costs; default 1", true},
    {"most", "N", "2", "at most so many changes, 1 to 4", false},
    DTN_VARIANT_OPTION,
    {0},
};

extern const dtn_analysis dtn_analysis_mediate;
const dtn_analysis dtn_analysis_mediate = {
    .name = "mediate",
    .question = 2,
    .title = "What could a mediator change?",
    .about = "The cheapest changes of the players' prioritised statements under which given states hold and "
             "others do not.",
    .options = options,
    .missing = dtn_ranked_conflict_needed,
    .run = run,
};
