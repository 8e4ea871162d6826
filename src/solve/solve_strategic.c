/* Dispatch for strategic games: choose a method, check what it needs, run it on marked scratch memory; every profile is
 * certified as it arrives. */
#include "solve/dispatch.h"
#include "solve/verify.h"

static const dtn_solve_options defaults;

dtn_status dtn_profile_found(dtn_ctx *ctx, dtn_profile_run *run, const fmpq *sigma, dtn_profile **out)
{
    dtn_profile *item;
    DTN_TRY(dtn_profiles_add(ctx, run->out, sigma, &item));
    DTN_TRY(dtn_verify_strategic(ctx, item->payoff, item->regret, run->game, item->sigma));
    for (int p = 0; p < run->game->players; p++)
        if (!fmpq_is_zero(item->regret + p))
            return dtn_fail(
                ctx, DTN_INTERNAL,
                "method %s offered a profile that the verifier refutes: player %s gains by deviating",
                run->out->method, run->game->player[p]);
    item->certified = true;
    if (out)
        *out = item;
    if (run->options->profile_sink && !run->options->profile_sink(run->options->user, item))
        run->enough = true;
    if (run->options->first > 0 && run->out->count >= run->options->first)
        run->enough = true;
    return DTN_OK;
}

static dtn_status run_strategic(dtn_ctx *ctx, dtn_profiles *out, const dtn_solver *solver,
                                const dtn_strategic *game, const dtn_solve_options *options)
{
    dtn_profile_run run = {.out = out, .game = game, .options = options};
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = solver->run_strategic(ctx, &run, game, options);
    dtn_arena_release(ctx->scratch, mark);
    if (run.enough && out->outcome == DTN_OUTCOME_COMPLETE) {
        out->outcome = DTN_OUTCOME_PARTIAL;
        out->note = "stopped after the number of equilibria that was asked for";
    }
    return status;
}

dtn_status dtn_solve_strategic(dtn_ctx *ctx, dtn_profiles **out, const dtn_strategic *game,
                               const dtn_solve_options *options)
{
    *out = NULL;
    options = options ? options : &defaults;
    const dtn_solver *solver;
    const char *fitting = game->players == 2 ? "extreme" : "pure";
    DTN_TRY(dtn_dispatch_find(ctx, &solver, options->method ? options->method : fitting));
    DTN_TRY(dtn_dispatch_options(ctx, solver, options->more));
    DTN_TRY(dtn_dispatch_check_strategic(ctx, solver, game));
    dtn_profiles *made;
    DTN_TRY(dtn_profiles_new(ctx, &made, game, solver->name));
    dtn_status status = run_strategic(ctx, made, solver, game, options);
    if (status != DTN_OK) {
        dtn_profiles_free(made);
        return status;
    }
    if (!options->method && game->players > 2 && made->outcome != DTN_OUTCOME_PARTIAL) {
        made->outcome = made->count ? DTN_OUTCOME_PARTIAL : DTN_OUTCOME_UNKNOWN;
        made->note = "mixed equilibria were not sought: only pure ones are listed";
    }
    *out = made;
    return DTN_OK;
}
