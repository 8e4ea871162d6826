/* correlated, coarse-correlated: the correlated equilibrium that is best by an objective, any number of players.
 *
 * Method: a draw of profiles tells every player its own strategy; in a correlated equilibrium nobody gains by another strategy
 *   than the one it is told, in a coarse one by a strategy chosen before it is told. Both sets are polytopes; the objective
 *   is a linear program (correlated_draw.c): the sum of payoffs, the least payoff, or one player's best or worst.
 * Cost: profiles x deviations. Exact: yes, the multipliers prove the value.
 * Source: R. Aumann, Subjectivity and correlation in randomized strategies, J. Mathematical Economics 1 (1974); H. Moulin and
 *   J.-P. Vial, Strategically zero-sum games, International J. Game Theory 7 (1978), for the coarse one. */
#include <stdlib.h>
#include <string.h>

#include "solve/correlated.h"
#include "solve/others.h"
#include "solve/short_number.h"
#include "solve/verify_finding.h"

typedef struct wish {
    const char *name;
    int player; /* best, worst; else -1 */
    fmpq *weight;
    bool fair;
} wish;

/* A player by number or name. */
static dtn_status read_player(dtn_ctx *ctx, int *out, const dtn_strategic *game, const char *text)
{
    char *end;
    long number = strtol(text, &end, 10);
    *out = *text && !*end && number >= 1 && number <= game->players ? (int)number - 1 : -1;
    for (int p = 0; p < game->players; p++)
        if (strcmp(game->player[p], text) == 0)
            *out = p;
    return *out >= 0
               ? DTN_OK
               : dtn_fail(ctx, DTN_ARG, "player=%s: expected a player's name, or its number from 1 to %d",
                          text, game->players);
}

static dtn_status read_wish(dtn_ctx *ctx, wish *out, const dtn_strategic *game,
                            const dtn_solve_options *options)
{
    static const char *const names[] = {"welfare", "fairness", "best", "worst"};
    const char *given = options->more ? dtn_options_text(options->more, "objective", names[0]) : names[0];
    int kind = 0;
    while (kind < 4 && strcmp(given, names[kind]) != 0)
        kind++;
    if (kind == 4)
        return dtn_fail(ctx, DTN_ARG, "objective=%s: expected welfare, fairness, best or worst", given);
    *out = (wish){.name = names[kind], .player = -1, .fair = kind == 1};
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, out->weight, game->players);
    const char *player = options->more ? dtn_options_text(options->more, "player", "1") : "1";
    if (kind >= 2)
        DTN_TRY(read_player(ctx, &out->player, game, player));
    for (int p = 0; p < game->players; p++)
        fmpq_set_si(out->weight + p, kind == 0 ? 1 : p != out->player ? 0 : kind == 2 ? 1 : -1, 1);
    return DTN_OK;
}

static dtn_status word(dtn_ctx *ctx, dtn_finding *f, const dtn_strategic *g, const wish *w,
                       const dtn_obeyed *draw, bool coarse)
{
    const fmpq *shown = w->player >= 0 ? draw->payoff + w->player : draw->value;
    const char *value = dtn_short_number(ctx, shown);
    const char *kind = coarse ? "coarse correlated" : "correlated";
    if (!value)
        return dtn_fail_nomem(ctx);
    if (w->player >= 0)
        dtn_finding_answer(ctx, f, "The %s that %s gets in a %s equilibrium is %s.", w->name,
                           g->player[w->player], kind, value);
    else if (w->fair)
        dtn_finding_answer(ctx, f, "The fairest %s equilibrium gives every player at least %s.", kind, value);
    else
        dtn_finding_answer(ctx, f, "The greatest sum of payoffs in a %s equilibrium is %s.", kind, value);
    dtn_finding_fact(ctx, f, "concept", "Concept", dtn_cell_text(coarse ? "coarse" : "correlated"));
    dtn_finding_fact(ctx, f, "objective", "Objective", dtn_cell_text(w->name));
    dtn_finding_fact(ctx, f, "value", "Value", dtn_cell_exact(shown));
    dtn_finding_table_add(ctx, f, "payoffs", "Payoffs");
    dtn_finding_column_add(ctx, f, "player", "Player");
    dtn_finding_column_add(ctx, f, "payoff", "Expects");
    dtn_finding_column_add(ctx, f, "weight", "Weight");
    for (int p = 0; p < g->players; p++) {
        dtn_finding_row_add(ctx, f);
        dtn_finding_put(ctx, f, dtn_cell_player(p));
        dtn_finding_put(ctx, f, dtn_cell_exact(draw->payoff + p));
        dtn_finding_put(ctx, f, dtn_cell_exact(draw->weight + p));
    }
    dtn_finding_table_add(ctx, f, "draw", "What is drawn and told to each player");
    dtn_others_columns(ctx, f, g, "", " is told");
    dtn_finding_column_add(ctx, f, "probability", "Probability");
    for (size_t i = 0; i < g->profiles; i++) {
        if (fmpq_is_zero(draw->probability + i))
            continue;
        dtn_finding_row_add(ctx, f);
        dtn_others_put(ctx, f, g, -1, i);
        dtn_finding_put(ctx, f, dtn_cell_exact(draw->probability + i));
    }
    dtn_obeyed_multiplier_columns(ctx, f);
    dtn_obeyed_multiplier_rows(ctx, f, draw, -1);
    return DTN_OK;
}

static dtn_status run(dtn_ctx *ctx, dtn_profile_run *profile_run, const dtn_strategic *game,
                      const dtn_solve_options *options, bool coarse)
{
    wish w;
    bool *obeys;
    dtn_obeyed draw;
    DTN_TRY(read_wish(ctx, &w, game, options));
    DTN_ALLOC(ctx, ctx->scratch, obeys, game->players);
    memset(obeys, true, (size_t)game->players);
    dtn_obeyed_task task = {.coarse = coarse, .fair = w.fair, .obeys = obeys, .weight = w.weight};
    DTN_TRY(dtn_obeyed_best(ctx, &draw, game, &task));
    return word(ctx, profile_run->finding, game, &w, &draw, coarse);
}

static dtn_status run_correlated(dtn_ctx *ctx, dtn_profile_run *out, const dtn_strategic *game,
                                 const dtn_solve_options *options)
{
    return run(ctx, out, game, options, false);
}

static dtn_status run_coarse(dtn_ctx *ctx, dtn_profile_run *out, const dtn_strategic *game,
                             const dtn_solve_options *options)
{
    return run(ctx, out, game, options, true);
}

static const dtn_option_spec options[] = {
    {"objective", "welfare|fairness|best|worst", "welfare",
     "greatest sum of payoffs, greatest least payoff, or one player's greatest or least", false},
    {"player", "NAME", "1", "whose best or worst, by name or number", false},
    {0},
};

const dtn_solver dtn_solver_correlated = {
    .name = "correlated",
    .title = "The correlated equilibrium that is best by an objective, any number of players",
    .source = "R. Aumann, Subjectivity and correlation in randomized strategies, J. Mathematical Economics 1 "
              "(1974)",
    .finds = DTN_FINDS_ANSWER,
    .exact = true,
    .options = options,
    .run_strategic = run_correlated,
    .check = dtn_verify_correlated,
};

const dtn_solver dtn_solver_coarse_correlated = {
    .name = "coarse-correlated",
    .title = "The coarse correlated equilibrium that is best by an objective, any number of players",
    .source = "H. Moulin and J.-P. Vial, Strategically zero-sum games, International J. Game Theory 7 (1978)",
    .finds = DTN_FINDS_ANSWER,
    .exact = true,
    .options = options,
    .run_strategic = run_coarse,
    .check = dtn_verify_correlated,
};
