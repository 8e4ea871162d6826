/* Answers of a sweep that need no equilibria: what survives dominance, what enforces itself when repeated. */
#ifndef DTN_ANALYSE_VERDICT_H
#define DTN_ANALYSE_VERDICT_H

#include "analyse/sweep.h"

/* Of the sweep's tree as it is priced. *bits: DTN_VERDICT_EVERY when every surviving profile has the target with the
 * sweep's probability; -1: too large. */
dtn_status dtn_verdict_dominance(dtn_ctx *ctx, int *bits, dtn_sweep *sweep);
/* Whether some pure plan with the target, played for ever, is self-enforcing at the scenario's discount factor and hazard.
 * *bits of DTN_VERDICT_TRANSFERS and REVERSION; -1: too large. DOMAIN without a discount factor. */
dtn_status dtn_verdict_repeated(dtn_ctx *ctx, int *bits, dtn_sweep *sweep);
/* Whether every information set is reached whatever is played: then a plan leaves nothing open that would have to be credible
 * within a period, and the tree can be the stage of a repeated game. Cost: nodes times information sets. */
dtn_status dtn_verdict_at_once(dtn_ctx *ctx, bool *at_once, const dtn_tree *tree);

#endif
