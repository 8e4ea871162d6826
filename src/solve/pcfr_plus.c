/* pcfr+: counterfactual regret minimisation that expects the last regrets to come again.
 *
 * Method: cfr_train.c; regrets are cut off at 0, and the next strategy is in proportion to them plus the regrets of the last iteration; iteration t weighs t^2.
 * Source: G. Farina, C. Kroer, T. Sandholm, Faster game solving via predictive Blackwell approachability, AAAI 35 (2021). */
#include <math.h>

#include "solve/cfr_solve.h"
#include "solve/verify_finding.h"

static dtn_status run_tree(dtn_ctx *ctx, dtn_equilibria **out, const dtn_tree *tree,
                           const dtn_solve_options *options)
{
    static const dtn_cfr_method method = {
        .name = "pcfr+",
        .rule = {.alpha = INFINITY, .beta = INFINITY, .gamma = 2, .floor = true, .predict = true}};
    return dtn_cfr_solve(ctx, out, tree, options, &method);
}

const dtn_solver dtn_solver_pcfr_plus = {
    .name = "pcfr+",
    .title = "cfr+ predicting the next regrets: closest by far on some games",
    .source = "G. Farina, C. Kroer, T. Sandholm, Faster game solving via predictive Blackwell "
              "approachability, AAAI 35 (2021)",
    .needs = DTN_NEED_PERFECT_RECALL,
    .finds = DTN_FINDS_ANSWER,
    .options = dtn_cfr_options,
    .run_tree = run_tree,
    .check_tree = dtn_verify_averages,
};
