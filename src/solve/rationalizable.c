/* rationalizable: the strategies that a player can hold to be best against beliefs that others are rational, and so on.
 *
 * Method: iterated elimination of strategies that are never a best reply to a belief about what is left; a strategy is never a best
 *   reply exactly when a mixture strictly dominates it. Beliefs about several others may be correlated (for two players the
 *   question does not arise).
 * Cost: that of `dominance`. Exact: yes; every eliminated strategy comes with what dominates it, every other one with its belief.
 * Source: B. D. Bernheim, Rationalizable strategic behavior, Econometrica 52 (1984); D. Pearce, Rationalizable strategic
 *   behavior and the problem of perfection, Econometrica 52 (1984). */
#include "solve/dominance.h"
#include "solve/verify_finding.h"

static dtn_status run_strategic(dtn_ctx *ctx, dtn_profile_run *run, const dtn_strategic *game,
                                const dtn_solve_options *options)
{
    (void)options;
    dtn_elimination e = {.mixed = true};
    int width = 0;
    DTN_TRY(dtn_eliminate(ctx, &e, game));
    for (int p = 0; p < game->players; p++)
        width += game->strategies[p];
    dtn_finding *f = run->finding;
    if (e.removals == 0)
        dtn_finding_answer(ctx, f, "Every strategy is rationalizable.");
    else
        dtn_finding_answer(ctx, f, "%d of %d strategies are rationalizable.", width - e.removals, width);
    dtn_finding_fact(ctx, f, "dominance", "Dominance", dtn_cell_text("strict"));
    dtn_finding_fact(ctx, f, "by", "By", dtn_cell_text("mixed strategies"));
    if (game->players > 2)
        dtn_finding_say(ctx, f, "Beliefs about several others may be correlated.");
    DTN_TRY(dtn_elimination_tables(ctx, f, &e, game));
    if (f->last_table)
        f->last_table->evidence = e.supports > 12;
    return DTN_OK;
}

const dtn_solver dtn_solver_rationalizable = {
    .name = "rationalizable",
    .title = "Rationalizable strategies, with the belief that makes each a best reply",
    .source = "B. D. Bernheim, Rationalizable strategic behavior, Econometrica 52 (1984); D. Pearce, "
              "Econometrica 52 (1984)",
    .finds = DTN_FINDS_ANSWER,
    .exact = true,
    .run_strategic = run_strategic,
    .check = dtn_verify_dominance,
};
