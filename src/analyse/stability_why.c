/* `stability --why STATE`: a witness for every player and concept, under each combination asked for. */
#include <string.h>

#include "analyse/stability.h"
#include "model/conflict.h"

enum { REPLIES_MOST = 64 };

static dtn_status witnesses(dtn_ctx *ctx, dtn_arena *arena, dtn_stability_why *why,
                            const dtn_stability_answer *a)
{
    int concepts = dtn_concept_count();
    DTN_ALLOC(ctx, arena, why->witness, a->conflict->players * concepts);
    for (int i = 0; i < a->conflict->players; i++)
        for (int k = 0; k < concepts; k++)
            if (dtn_stability_has(a->run, k))
                DTN_TRY(dtn_witness_find(ctx, &why->witness[i * concepts + k], a->run, why->combination, k, i,
                                         why->state, REPLIES_MOST));
    return DTN_OK;
}

dtn_status dtn_stability_ask_why(dtn_ctx *ctx, dtn_arena *arena, dtn_stability_answer *a, const dtn_job *job)
{
    int asked = 0;
    for (const dtn_option_value *v = job->options.first; v; v = v->next)
        asked += !strcmp(v->name, "why");
    DTN_ALLOC(ctx, arena, a->why, asked * a->items);
    for (const dtn_option_value *v = job->options.first; v; v = v->next) {
        size_t state;
        if (strcmp(v->name, "why") != 0)
            continue;
        DTN_TRY(dtn_conflict_find_state(ctx, &state, a->conflict, v->value));
        for (int k = 0; k < a->items; k++) {
            dtn_stability_why *why = &a->why[a->whys++];
            *why = (dtn_stability_why){.state = state, .combination = k};
            DTN_TRY(witnesses(ctx, arena, why, a));
        }
    }
    return DTN_OK;
}
