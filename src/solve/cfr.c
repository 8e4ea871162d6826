/* cfr: counterfactual regret minimisation, averages of equal weight.
 *
 * Method: cfr_train.c, with regrets that are summed as they come. For two players with constant sum the exploitability of the averages is
 *   at most proportional to 1 / square root of the iterations.
 * Source: M. Zinkevich, M. Johanson, M. Bowling, C. Piccione, Regret minimization in games with incomplete information, NIPS 20 (2007). */
#include <math.h>

#include "solve/cfr_solve.h"
#include "solve/verify_finding.h"

static dtn_status run_tree(dtn_ctx *ctx, dtn_equilibria **out, const dtn_tree *tree,
                           const dtn_solve_options *options)
{
    static const dtn_cfr_method method = {.name = "cfr",
                                          .rule = {.alpha = INFINITY, .beta = INFINITY, .gamma = 0}};
    return dtn_cfr_solve(ctx, out, tree, options, &method);
}

const dtn_solver dtn_solver_cfr = {
    .name = "cfr",
    .title = "Strategies of large trees by counterfactual regret minimisation, with their exploitability",
    .source =
        "M. Zinkevich, M. Johanson, M. Bowling, C. Piccione, Regret minimization in games with incomplete "
        "information, NIPS 20 (2007)",
    .needs = DTN_NEED_PERFECT_RECALL,
    .finds = DTN_FINDS_ANSWER,
    .options = dtn_cfr_options,
    .run_tree = run_tree,
    .check_tree = dtn_verify_averages,
};
