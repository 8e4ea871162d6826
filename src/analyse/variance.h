/* How much of the target's variance over the box each parameter accounts for. */
#ifndef DTN_ANALYSE_VARIANCE_H
#define DTN_ANALYSE_VARIANCE_H

#include "analyse/sweep_prober.h"

/* first: what knowing the parameter alone would take away; total: what is left when everything else is known. Errors are one
 * standard deviation. */
typedef struct dtn_variance_share {
    int param;
    double first, first_error, total, total_error;
} dtn_variance_share;

typedef struct dtn_variance {
    const dtn_variance_share *share; /* [shares] largest total first; parameters on which nothing depends are left out */
    int shares;
    double mean,
        deviation; /* of the target's probability (between the least and the greatest where there are several) */
    long points;          /* at which the sample stands; evaluations are 2 shares + 1 times as many */
    const char *left_out; /* why there is none; NULL */
} dtn_variance;

/* points: of the sample, at most (fewer where the game takes long to solve). In arena. */
dtn_status dtn_variance_find(dtn_ctx *ctx, dtn_arena *arena, dtn_variance *out, const dtn_sweep *sweep,
                             const char *const *target, int targets, long points);

#endif
