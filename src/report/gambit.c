/* Equilibria as Gambit's tools print them: "NE," and the probabilities, for strategic games by player then strategy, for
 * trees by player, information set in depth-first order and action (the order in which trees number their actions). */
#include <string.h>

#include "report/of_solve.h"
#include "report/out.h"

static void line(dtn_out *out, const fmpq *sigma, int count)
{
    dtn_out_text(out, "NE");
    for (int i = 0; i < count; i++) {
        dtn_out_char(out, ',');
        dtn_out_text(out, dtn_out_checked(out, dtn_rational_text(out->arena, &sigma[i])));
    }
    dtn_out_char(out, '\n');
}

dtn_status dtn_render_gambit(dtn_ctx *ctx, dtn_out *out, const dtn_result *result)
{
    if (strcmp(result->job->analysis->name, "solve") != 0)
        return dtn_fail(ctx, DTN_UNSUPPORTED,
                        "%s: this result has no form in Gambit's output: only equilibria (solve) have one",
                        result->job->analysis->name);
    const dtn_solve_answer *a = result->data;
    if (a->profiles && a->profiles->count == 0 && a->profiles->finding.answer)
        return dtn_fail(ctx, DTN_UNSUPPORTED,
                        "method %s finds no equilibria: its answer has no form in Gambit's output",
                        a->profiles->method);
    if (a->equilibria)
        for (int i = 0; i < a->equilibria->count; i++)
            line(out, a->equilibria->item[i].at.sigma, a->tree->actions);
    else
        for (int i = 0; i < a->profiles->count; i++)
            line(out, a->profiles->item[i].sigma, a->profiles->width);
    return out->status;
}
