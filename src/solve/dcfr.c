/* dcfr: discounted counterfactual regret minimisation.
 *
 * Method: cfr_train.c; what was learnt before iteration t counts t^1.5 / (t^1.5 + 1) where it speaks for an action and half where it speaks against it; iteration t weighs t^2.
 * Source: N. Brown, T. Sandholm, Solving imperfect-information games via discounted regret minimization, AAAI 33 (2019). */
#include <math.h>

#include "solve/cfr_solve.h"
#include "solve/verify_finding.h"

static dtn_status run_tree(dtn_ctx *ctx, dtn_equilibria **out, const dtn_tree *tree,
                           const dtn_solve_options *options)
{
    static const dtn_cfr_method method = {.name = "dcfr", .rule = {.alpha = 1.5, .beta = 0, .gamma = 2}};
    return dtn_cfr_solve(ctx, out, tree, options, &method);
}

const dtn_solver dtn_solver_dcfr = {
    .name = "dcfr",
    .title = "cfr with old regrets discounted: often the closest after a thousand iterations",
    .source = "N. Brown, T. Sandholm, Solving imperfect-information games via discounted regret "
              "minimization, AAAI 33 (2019)",
    .needs = DTN_NEED_PERFECT_RECALL,
    .finds = DTN_FINDS_ANSWER,
    .options = dtn_cfr_options,
    .run_tree = run_tree,
    .check_tree = dtn_verify_averages,
};
