/* Dispatch for strategic games: choose a method, check what it needs, run it on marked scratch memory; every profile is
 * certified as it arrives. */
#include <math.h>
#include <string.h>

#include "model/action_graph.h"
#include "solve/dispatch.h"
#include "solve/verify.h"

static const dtn_solve_options defaults;

/* A certified item: to the sink, and is it enough? */
static void pass_on(dtn_profile_run *run, dtn_profile *item, dtn_profile **out)
{
    item->certified = true;
    if (out)
        *out = item;
    if (run->options->profile_sink && !run->options->profile_sink(run->options->user, item))
        run->enough = true;
    if (run->options->first > 0 && run->out->count >= run->options->first)
        run->enough = true;
}

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
    pass_on(run, item, out);
    return DTN_OK;
}

dtn_status dtn_profile_found_ball(dtn_ctx *ctx, dtn_profile_run *run, bool *held, const fmpq *sigma,
                                  double radius, dtn_profile **out)
{
    dtn_profile *item;
    *held = false;
    DTN_TRY(dtn_profiles_add(ctx, run->out, sigma, &item));
    DTN_TRY(dtn_verify_ball(ctx, held, item->payoff, item->regret, &item->payoff_radius, run->game,
                            item->sigma, radius));
    item->radius = radius;
    if (*held)
        pass_on(run, item, out);
    else
        run->out->count--;
    return DTN_OK;
}

static dtn_status run_strategic(dtn_ctx *ctx, dtn_profiles *out, const dtn_solver *solver,
                                const dtn_strategic *game, const dtn_solve_options *options)
{
    dtn_profile_run run = {.out = out, .finding = &out->finding, .game = game, .options = options};
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = solver->run_strategic(ctx, &run, game, options);
    if (status == DTN_OK)
        status = dtn_finding_status(&out->finding);
    if (status == DTN_OK && solver->check && out->finding.answer)
        status = solver->check(ctx, &out->finding, game);
    dtn_arena_release(ctx->scratch, mark);
    if (run.enough && out->outcome == DTN_OUTCOME_COMPLETE) {
        out->outcome = DTN_OUTCOME_PARTIAL;
        out->note = "stopped after the number of equilibria that was asked for";
    }
    return status;
}

/* A limit or an interruption leaves what was found, certified as it came; false: there is nothing to keep. */
static bool cut_short(dtn_ctx *ctx, dtn_profiles *made, dtn_status status)
{
    if (made->count && !made->item[made->count - 1].certified)
        made->count--; /* stopped while it was verified */
    if ((status != DTN_LIMIT && status != DTN_CANCELLED) || made->count == 0)
        return false;
    made->stopped = status;
    made->outcome = DTN_OUTCOME_PARTIAL;
    made->note = dtn_arena_strdup(made->arena, dtn_ctx_error(ctx));
    made->subsets = 0;
    made->components = -1;
    return made->note != NULL;
}

/* Sizes up to which all equilibria are looked for unasked: strategies of both of two players; supports of more players. */
enum { MOST_STRATEGIES = 48, MOST_SUPPORTS = 10000 };

/* The method for whoever names none. */
static const char *fitting(const dtn_strategic *game)
{
    long strategies = 0;
    double supports = 1;
    if (game->graph)
        return "pure";
    for (int p = 0; p < game->players; p++) {
        strategies += game->strategies[p];
        supports *= ldexp(1, game->strategies[p]) - 1;
    }
    if (game->players == 2)
        return dtn_dispatch_constant_sum(game) ? "lp"
               : strategies <= MOST_STRATEGIES ? "extreme"
                                               : "lemke-howson";
    return supports <= MOST_SUPPORTS ? "support" : "pure";
}

/* What the answer of a method that nobody asked for is worth. */
static const char *guarantee(const dtn_profiles *made, const dtn_solver *solver)
{
    bool all = made->outcome == DTN_OUTCOME_COMPLETE || made->outcome == DTN_OUTCOME_NONE;
    bool pure = strcmp(solver->name, "pure") == 0;
    return all           ? (pure ? "all pure equilibria" : "all equilibria")
           : made->count ? "at least one equilibrium"
                         : "nothing yet";
}

/* A compact game by way of its table. */
static dtn_status solve_table(dtn_ctx *ctx, dtn_profiles **out, const dtn_strategic *game,
                              const dtn_solve_options *options)
{
    dtn_strategic *table;
    DTN_TRY(dtn_strategic_expand(ctx, &table, game, (size_t)dtn_strategic_size(game)));
    dtn_status status = dtn_solve_strategic(ctx, out, table, options);
    if (*out && !(*out)->work)
        (*out)->work = dtn_arena_printf((*out)->arena, "the table of %zu profiles was made", table->profiles);
    dtn_strategic_free(table);
    return status;
}

dtn_status dtn_solve_strategic(dtn_ctx *ctx, dtn_profiles **out, const dtn_strategic *game,
                               const dtn_solve_options *options)
{
    *out = NULL;
    options = options ? options : &defaults;
    const dtn_solver *solver;
    if (game->graph && !options->method && dtn_dispatch_expands(game))
        return solve_table(ctx, out, game, options);
    DTN_TRY(dtn_dispatch_find(ctx, &solver, options->method ? options->method : fitting(game)));
    DTN_TRY(dtn_dispatch_options(ctx, solver, options->more));
    DTN_TRY(dtn_dispatch_check_strategic(ctx, solver, game));
    if (game->graph && !solver->compact)
        return solve_table(ctx, out, game, options);
    dtn_profiles *made;
    DTN_TRY(dtn_profiles_new(ctx, &made, game, solver->name));
    dtn_status status = run_strategic(ctx, made, solver, game, options);
    if (status != DTN_OK && !cut_short(ctx, made, status)) {
        dtn_profiles_free(made);
        return status;
    }
    for (int i = 0; i < made->count && !made->vertex[0]; i++) /* the list of vertices was not made */
        made->item[i].vertex[0] = made->item[i].vertex[1] = -1;
    if (!options->method)
        made->guarantee = guarantee(made, solver);
    if (!options->method && strcmp(solver->name, "pure") == 0 && made->outcome != DTN_OUTCOME_PARTIAL) {
        made->outcome = made->count ? DTN_OUTCOME_PARTIAL : DTN_OUTCOME_UNKNOWN;
        made->note = "mixed equilibria were not sought: only pure ones are listed";
    }
    *out = made;
    return DTN_OK;
}
