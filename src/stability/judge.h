/* One verdict at a time, from the definition: for searches that change preferences and look at a few states. */
#ifndef DTN_STABILITY_JUDGE_H
#define DTN_STABILITY_JUDGE_H

#include "stability/concept.h"
#include "stability/search.h"

typedef struct dtn_judge {
    const dtn_conflict *conflict;
    dtn_search search;
    bool *better; /* [states] work space */
} dtn_judge;

dtn_status dtn_judge_new(dtn_ctx *ctx, dtn_arena *arena, dtn_judge *out, const dtn_conflict *c);
/* Whether s is stable for the player under R, GMR, SMR, SEQ or SSEQ when exactly the states marked in better [states] are
 * better for it than s. rank [players][states] matters for SEQ and SSEQ: the others' improvements. */
bool dtn_judge_stable_given(dtn_judge *j, const dtn_concept *concept, const uint32_t *const *rank,
                            const bool *better, int player, size_t s);
/* The same with the player's own ranks. */
bool dtn_judge_stable(dtn_judge *j, const dtn_concept *concept, const uint32_t *const *rank, int player,
                      size_t s);
bool dtn_judge_equilibrium(dtn_judge *j, const dtn_concept *concept, const uint32_t *const *rank, size_t s);

#endif
