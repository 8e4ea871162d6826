/* The analysis `inverse`: the least change of preferences under which a given state holds, how many profiles of preferences
 * make it hold at all, and where it is impossible, why. Method and cost: src/stability/inverse.c. Exact. */
#include "analyse/inverse.h"

#include <string.h>

#include "analyse/variants.h"
#include "base/suggest.h"

enum { STATES_MOST = 4096 };

static const char *const concepts[] = {"R", "GMR", "SMR", "SEQ", "SSEQ"};

static void free_answer(void *data, size_t count)
{
    (void)count;
    dtn_inverse_answer *a = data;
    for (int k = 0; k < a->rows; k++)
        dtn_witness_free(a->row[k].obstacle);
    dtn_stability_free(a->run);
}

dtn_status dtn_concepts_of_five(dtn_ctx *ctx, int *out, int *count, const dtn_job *job)
{
    *count = 0;
    for (size_t k = 0; k < sizeof concepts / sizeof *concepts; k++) {
        bool any = false, wanted = false;
        for (const dtn_option_value *v = job->options.first; v; v = v->next)
            if (!strcmp(v->name, "concept")) {
                int index = dtn_concept_find(v->value);
                bool known = false;
                for (size_t n = 0; n < sizeof concepts / sizeof *concepts; n++)
                    known |= index >= 0 && !strcmp(concepts[n], dtn_concept_name(index));
                if (!known)
                    return dtn_fail(ctx, DTN_ARG, "--concept %s: expected R, GMR, SMR, SEQ or SSEQ", v->value);
                any = true;
                wanted |= index == dtn_concept_find(concepts[k]);
            }
        if (!any || wanted)
            out[(*count)++] = dtn_concept_find(concepts[k]);
    }
    return DTN_OK;
}

static const char *player_word(const void *user, int i)
{
    const dtn_conflict *c = user;
    return i < dtn_conflict_players(c) ? dtn_conflict_player_key(c, i) : NULL;
}

static dtn_status read_fixed(dtn_ctx *ctx, dtn_inverse_answer *a, const dtn_job *job)
{
    a->changeable = ((uint32_t)2 << (a->conflict->players - 1)) - 1;
    for (const dtn_option_value *v = job->options.first; v; v = v->next) {
        if (strcmp(v->name, "fixed") != 0)
            continue;
        int i = dtn_conflict_find_player(a->conflict, v->value);
        if (i < 0) {
            const char *near = dtn_suggest(v->value, player_word, a->conflict);
            return dtn_fail(ctx, DTN_ARG, "--fixed: no player is called \"%s\"%s%s%s", v->value,
                            near ? " (did you mean \"" : "", near ? near : "", near ? "\"?)" : "");
        }
        a->changeable &= ~((uint32_t)1 << i);
    }
    return DTN_OK;
}

static dtn_status solve(dtn_ctx *ctx, dtn_result *result, dtn_inverse_answer *a, dtn_inverse_row *row)
{
    const dtn_concept *concept = dtn_concept_at(row->concept_index);
    int variant[DTN_CONFLICT_MAX_PLAYERS];
    for (int i = 0; i < a->conflict->players; i++)
        variant[i] = dtn_stability_variant(a->run, 0, i);
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = dtn_inverse_find(ctx, result->arena, &row->found, a->conflict, variant, concept,
                                         a->target, a->changeable);
    if (status == DTN_OK)
        status = dtn_inverse_count(ctx, result->arena, &row->found, a->conflict, concept, a->target);
    dtn_arena_release(ctx->scratch, mark);
    DTN_TRY(status);
    if (row->found.obstacle >= 0)
        DTN_TRY(dtn_witness_find(ctx, &row->obstacle, a->run, 0, row->concept_index, row->found.obstacle,
                                 a->target, 8));
    if (!row->found.exact)
        result->outcome = DTN_OUTCOME_PARTIAL;
    return DTN_OK;
}

static dtn_status run(dtn_ctx *ctx, dtn_result *result, dtn_job *job)
{
    dtn_inverse_answer *a;
    dtn_stability_options options = {0};
    int wanted[8];
    DTN_ALLOC(ctx, result->arena, a, 1);
    a->conflict = job->model->scenario->conflict;
    result->data = a;
    result->cleanup = free_answer;
    const char *target = dtn_options_text(&job->options, "target", NULL);
    if (!target)
        return dtn_fail(ctx, DTN_ARG, "inverse needs --target STATE: which state shall hold?");
    if (!a->conflict->listed || a->conflict->states > STATES_MOST)
        return dtn_fail(ctx, DTN_LIMIT, "inverse takes conflicts of at most %d states", STATES_MOST);
    DTN_TRY(dtn_conflict_find_state(ctx, &a->target, a->conflict, target));
    DTN_TRY(read_fixed(ctx, a, job));
    DTN_TRY(dtn_variants_combine(ctx, &options, a->conflict, job));
    if (options.combinations > 1)
        return dtn_fail(ctx, DTN_ARG,
                        "inverse starts from one preference a player: choose with --variant PLAYER=NAME");
    DTN_TRY(dtn_concepts_of_five(ctx, wanted, &a->rows, job));
    for (int k = 0; k < a->rows; k++) {
        a->row[k].concept_index = wanted[k];
        options.concepts |= UINT64_C(1) << wanted[k];
    }
    DTN_TRY(dtn_stability_run(ctx, &a->run, a->conflict, &options));
    result->outcome = DTN_OUTCOME_COMPLETE;
    result->note = "the search for fewer demotions was cut short under some concept";
    for (int k = 0; k < a->rows; k++)
        DTN_TRY(solve(ctx, result, a, &a->row[k]));
    if (result->outcome == DTN_OUTCOME_COMPLETE)
        result->note = NULL;
    return DTN_OK;
}

static const dtn_option_spec options[] = {
    {"target", "STATE", NULL, "the state that shall hold (required)", false},
    {"concept", "NAME", NULL, "only under this concept: R, GMR, SMR, SEQ or SSEQ", true},
    {"fixed", "PLAYER", NULL, "this player's preferences may not change", true},
    DTN_VARIANT_OPTION,
    {0},
};

extern const dtn_analysis dtn_analysis_inverse;
const dtn_analysis dtn_analysis_inverse = {
    .name = "inverse",
    .question = 2,
    .title = "What would make it hold?",
    .about = "The least change of preferences under which a given state holds, and how many profiles of "
             "preferences make it "
             "hold.",
    .options = options,
    .missing = dtn_ranked_conflict_needed,
    .run = run,
};
