/* cfr+: counterfactual regret minimisation with regrets that never fall below 0 and averages weighted by time.
 *
 * Method: cfr_train.c; a regret that would become negative becomes 0, so that an action that turns good is played at once; iteration t weighs t.
 * Source: O. Tammelin, Solving large imperfect information games using CFR+, arXiv:1407.5042 (2014). */
#include <math.h>

#include "solve/cfr_solve.h"
#include "solve/verify_finding.h"

static dtn_status run_tree(dtn_ctx *ctx, dtn_equilibria **out, const dtn_tree *tree,
                           const dtn_solve_options *options)
{
    static const dtn_cfr_method method = {
        .name = "cfr+", .rule = {.alpha = INFINITY, .beta = INFINITY, .gamma = 1, .floor = true}};
    return dtn_cfr_solve(ctx, out, tree, options, &method);
}

const dtn_solver dtn_solver_cfr_plus = {
    .name = "cfr+",
    .title = "cfr with regrets cut off at 0 and late strategies weighted more: fast on most games",
    .source = "O. Tammelin, Solving large imperfect information games using CFR+, arXiv:1407.5042 (2014)",
    .needs = DTN_NEED_PERFECT_RECALL,
    .finds = DTN_FINDS_ANSWER,
    .options = dtn_cfr_options,
    .run_tree = run_tree,
    .check_tree = dtn_verify_averages,
};
