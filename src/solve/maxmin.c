/* maxmin: what each player can secure whatever the others do, by a pure and by a mixed strategy.
 *
 * Method: pure: the greatest least payoff. Mixed: a linear program, max v subject to sum_s sigma_s u(s, o) >= v for every
 *   profile o of the others; the multipliers are a joint distribution over the others' profiles that holds the player down to
 *   v. With two players that is the other's mixed strategy; with more, the others may have to act in concert for it.
 * Cost: one linear program a player, of profiles of the others times own strategies. Exact.
 * Source: J. von Neumann, O. Morgenstern, Theory of Games and Economic Behavior (1944), chapter III. */
#include "num/lp.h"
#include "solve/others.h"
#include "solve/security.h"
#include "solve/short_number.h"
#include "solve/solver.h"
#include "solve/verify_finding.h"

static dtn_number payoff(const dtn_strategic *g, size_t profile, int player)
{
    return dtn_payoffs_at(&g->payoff, profile * (size_t)g->players + player);
}

static void pure_level(const dtn_strategic *g, dtn_security *out, size_t step)
{
    for (int s = 0; s < g->strategies[out->player]; s++) {
        dtn_number least = payoff(g, out->profile[0] + (size_t)s * step, out->player);
        for (int o = 1; o < out->others; o++) {
            dtn_number value = payoff(g, out->profile[o] + (size_t)s * step, out->player);
            least = fmpq_cmp(value.q, least.q) < 0 ? value : least;
        }
        if (s == 0 || fmpq_cmp(least.q, out->pure) > 0) {
            fmpq_set(out->pure, least.q);
            out->pure_strategy = s;
        }
    }
}

dtn_status dtn_security_of(dtn_ctx *ctx, dtn_security *out, const dtn_strategic *game, int player)
{
    *out = (dtn_security){.player = player};
    size_t step = 1;
    for (int p = 0; p < player; p++)
        step *= (size_t)game->strategies[p];
    DTN_TRY(dtn_others(ctx, &out->profile, &out->others, game, player, NULL));
    int own = game->strategies[player], columns = own + 1, rows = out->others + 1;
    fmpq *a, *b, *objective;
    dtn_lp_sense *senses;
    bool *nonnegative;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, out->mixed, own + 2);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, out->threat, out->others);
    out->level = out->mixed + own;
    out->pure = out->level + 1;
    pure_level(game, out, step);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, a, (size_t)rows * (size_t)columns);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, b, rows);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, objective, columns);
    DTN_ALLOC(ctx, ctx->scratch, senses, rows);
    DTN_ALLOC(ctx, ctx->scratch, nonnegative, columns);
    for (int o = 0; o < out->others; o++) {
        for (int s = 0; s < own; s++)
            fmpq_set(a + (size_t)o * (size_t)columns + s,
                     payoff(game, out->profile[o] + (size_t)s * step, player).q);
        fmpq_set_si(a + (size_t)o * (size_t)columns + own, -1, 1);
        senses[o] = DTN_LP_GE;
    }
    for (int s = 0; s < own; s++) {
        fmpq_one(a + (size_t)out->others * (size_t)columns + s);
        nonnegative[s] = true;
    }
    fmpq_one(b + out->others);
    senses[out->others] = DTN_LP_EQ;
    fmpq_one(objective + own);
    dtn_polyhedron set = {rows, columns, a, b, senses, nonnegative};
    dtn_lp_answer answer;
    dtn_lp_optimum best;
    DTN_TRY(dtn_lp_optimise(ctx, ctx->scratch, &answer, &best, &set, objective));
    if (answer != DTN_LP_OPTIMAL)
        return dtn_fail(ctx, DTN_INTERNAL, "the linear program of a security level has no optimum");
    for (int s = 0; s < own; s++)
        fmpq_set(out->mixed + s, best.x + s);
    for (int o = 0; o < out->others; o++)
        fmpq_neg(out->threat + o, best.u + o);
    fmpq_set(out->level, best.value);
    return DTN_OK;
}

static void tables(dtn_ctx *ctx, dtn_finding *f, const dtn_strategic *g, const dtn_security *level)
{
    dtn_finding_table_add(ctx, f, "pure", "Secured by a pure strategy");
    dtn_finding_column_add(ctx, f, "player", "Player");
    dtn_finding_column_add(ctx, f, "strategy", "Strategy");
    dtn_finding_column_add(ctx, f, "guarantees", "Guarantees");
    for (int p = 0; p < g->players; p++) {
        dtn_finding_row_add(ctx, f);
        dtn_finding_put(ctx, f, dtn_cell_player(p));
        dtn_finding_put(ctx, f, dtn_cell_strategy(p, level[p].pure_strategy));
        dtn_finding_put(ctx, f, dtn_cell_exact(level[p].pure));
    }
    dtn_finding_table_add(ctx, f, "optimal", "Secured by a mixed strategy");
    dtn_finding_column_add(ctx, f, "player", "Player");
    dtn_finding_column_add(ctx, f, "strategy", "Strategy");
    dtn_finding_column_add(ctx, f, "guarantees", "Guarantees");
    for (int p = 0; p < g->players; p++) {
        dtn_finding_row_add(ctx, f);
        dtn_finding_put(ctx, f, dtn_cell_player(p));
        dtn_finding_put(ctx, f, dtn_cell_mixture(p, level[p].mixed));
        dtn_finding_put(ctx, f, dtn_cell_exact(level[p].level));
    }
    dtn_finding_table_add(ctx, f, "threats",
                          g->players == 2
                              ? "What the other plays to hold a player down to that"
                              : "What holds a player down to that: a draw that the others make in concert");
    dtn_finding_column_add(ctx, f, "player", "Against");
    dtn_others_columns(ctx, f, g, "", " plays");
    dtn_finding_column_add(ctx, f, "probability", "With probability");
    if (f->status == DTN_OK)
        f->last_table->evidence = g->players > 2;
    for (int p = 0; p < g->players; p++)
        for (int o = 0; o < level[p].others; o++) {
            if (fmpq_is_zero(level[p].threat + o))
                continue;
            dtn_finding_row_add(ctx, f);
            dtn_finding_put(ctx, f, dtn_cell_player(p));
            dtn_others_put(ctx, f, g, p, level[p].profile[o]);
            dtn_finding_put(ctx, f, dtn_cell_exact(level[p].threat + o));
        }
}

static dtn_status run_strategic(dtn_ctx *ctx, dtn_profile_run *run, const dtn_strategic *game,
                                const dtn_solve_options *options)
{
    (void)options;
    dtn_security *level;
    DTN_ALLOC(ctx, ctx->scratch, level, game->players);
    const char *words = "";
    for (int p = 0; p < game->players; p++) {
        DTN_TRY(dtn_security_of(ctx, &level[p], game, p));
        const char *value = dtn_short_number(ctx, level[p].level);
        words = dtn_arena_printf(ctx->scratch, "%s%s%s %s", words,
                                 p == 0                  ? ""
                                 : p + 1 < game->players ? ", "
                                                         : " and ",
                                 game->player[p], value ? value : "");
        if (!value || !words)
            return dtn_fail_nomem(ctx);
    }
    dtn_finding_answer(ctx, run->finding, "Whatever the others do, the players can secure: %s.", words);
    tables(ctx, run->finding, game, level);
    return DTN_OK;
}

const dtn_solver dtn_solver_maxmin = {
    .name = "maxmin",
    .title = "Security levels: what each player can guarantee itself, pure and mixed",
    .source = "J. von Neumann, O. Morgenstern, Theory of Games and Economic Behavior (1944)",
    .finds = DTN_FINDS_ANSWER,
    .exact = true,
    .run_strategic = run_strategic,
    .check = dtn_verify_security,
};
