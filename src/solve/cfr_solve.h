/* The solvers of counterfactual regret minimisation: from a tree to a finding. */
#ifndef DTN_SOLVE_CFR_SOLVE_H
#define DTN_SOLVE_CFR_SOLVE_H

#include "solve/cfr_train.h"
#include "solve/solver.h"

/* What a method is called and how it learns. */
typedef struct dtn_cfr_method {
    const char *name;
    dtn_cfr_rule rule;
    dtn_cfr_sample_fn *sample; /* NULL: every iteration passes through the whole game, by the rule */
} dtn_cfr_method;

/* The common options: iterations, gap, checkpoint. */
extern const dtn_option_spec dtn_cfr_options[], dtn_cfr_sample_options[];

/* Trains until the iterations are done, the gap is reached or a limit stops it, and tells the average strategies: facts
 * "iterations", "exploitability" (two players, constant sum) or "gain", "value-least", "value-most"; table
 * "strategy" (action, probability), exact fractions near the averages, of which the facts speak. */
dtn_status dtn_cfr_solve(dtn_ctx *ctx, dtn_equilibria **out, const dtn_tree *tree,
                         const dtn_solve_options *options, const dtn_cfr_method *method);

#endif
