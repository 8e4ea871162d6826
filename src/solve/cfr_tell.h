/* What training found, as a finding. */
#ifndef DTN_SOLVE_CFR_TELL_H
#define DTN_SOLVE_CFR_TELL_H

#include "solve/cfr_train.h"

enum { DTN_CFR_MOMENTS = 64 };

/* Mean gains after 1, 2, 5, 10, ... iterations. */
typedef struct dtn_cfr_history {
    long iteration[DTN_CFR_MOMENTS];
    double gap[DTN_CFR_MOMENTS];
    int count;
} dtn_cfr_history;

/* Keeps it if the iteration is 1, 2 or 5 times a power of ten. */
void dtn_cfr_history_add(dtn_cfr_history *h, long iteration, double gap);

/* Rounds the averages to fractions, measures those, and fills the finding and outcome of made (cfr_solve.h says what it holds). */
dtn_status dtn_cfr_tell(dtn_ctx *ctx, dtn_equilibria *made, const dtn_tree *tree, dtn_cfr_train *t,
                        const dtn_cfr_history *history);

#endif
