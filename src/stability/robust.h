/* How far equilibria depend on comparisons that are not quite certain. */
#ifndef DTN_STABILITY_ROBUST_H
#define DTN_STABILITY_ROBUST_H

#include "stability/judge.h"

enum { DTN_ROBUST_CONCEPTS = 5 }; /* R, GMR, SMR, SEQ, SSEQ in this order */

typedef struct dtn_robust {
    int blur;     /* comparisons of states less than so many ranks apart may turn out either way */
    long samples; /* profiles of rankings that were drawn */
    long *times[DTN_ROBUST_CONCEPTS]; /* [states] in how many the state was an equilibrium */
    bool *holds[DTN_ROBUST_CONCEPTS]; /* [states] as ranked */
    /* R, GMR, SMR, exact: an equilibrium whatever the uncertain comparisons are; for some of them. */
    bool *necessary[3], *possible[3]; /* [states] */
} dtn_robust;

/* *out for the ranks of variant [players], everything in arena. Draws use seed. Cost: a run of the concepts a sample; for what
 * is necessary and possible, a search an improvement, state and player. */
dtn_status dtn_robust_find(dtn_ctx *ctx, dtn_arena *arena, dtn_robust *out, const dtn_conflict *c,
                           const int *variant, int blur, long samples, uint64_t seed);

#endif
