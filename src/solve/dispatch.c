/* Checks of a request before a solver runs: the method, what it needs of the game. One error text for each. */
#include "solve/dispatch.h"

#include <stdio.h>
#include <string.h>

#include "model/action_graph.h"

/* Payoffs in a table that is made unasked. */
static const double most_table = 1 << 20;

dtn_status dtn_dispatch_find(dtn_ctx *ctx, const dtn_solver **out, const char *name)
{
    *out = dtn_solver_find(name);
    if (*out)
        return DTN_OK;
    char list[512] = "";
    int count;
    const dtn_solver *const *all = dtn_solvers(&count);
    for (int i = 0, used = 0; i < count && used < (int)sizeof list - 1; i++)
        used += snprintf(list + used, sizeof list - (size_t)used, "%s%s", i ? ", " : "", all[i]->name);
    return dtn_fail(ctx, DTN_ARG, "unknown method '%s': expected one of %s", name, list);
}

dtn_status dtn_dispatch_options(dtn_ctx *ctx, const dtn_solver *solver, const dtn_options *given)
{
    for (const dtn_option_value *v = given ? given->first : NULL; v; v = v->next) {
        const dtn_option_spec *row = solver->options;
        while (row && row->name && strcmp(row->name, v->name) != 0)
            row++;
        if (row && row->name)
            continue;
        char list[256] = "none";
        size_t length = 0;
        for (row = solver->options; row && row->name && length < sizeof list; row++) {
            int more = snprintf(list + length, sizeof list - length, "%s%s", length ? ", " : "", row->name);
            length += more > 0 ? (size_t)more : 0;
        }
        return dtn_fail(ctx, DTN_ARG, "method %s has no option \"%s\"; it has: %s", solver->name, v->name,
                        list);
    }
    return DTN_OK;
}

/* The one error text for all needs. */
static dtn_status lacking(dtn_ctx *ctx, const dtn_solver *solver, const char *title, const char *need,
                          const char *found)
{
    return dtn_fail(ctx, DTN_DOMAIN, "method %s needs %s: the game \"%s\" %s", solver->name, need, title,
                    found);
}

static dtn_status check_players(dtn_ctx *ctx, const dtn_solver *solver, const char *title, int players)
{
    char found[64];
    snprintf(found, sizeof found, "has %d", players);
    return solver->needs & DTN_NEED_TWO_PLAYERS && players != 2
               ? lacking(ctx, solver, title, "two players", found)
               : DTN_OK;
}

dtn_status dtn_dispatch_check_tree(dtn_ctx *ctx, const dtn_solver *solver, const dtn_tree *tree)
{
    if (!solver->run_tree)
        return lacking(ctx, solver, tree->title, "a strategic game", "is a tree");
    DTN_TRY(check_players(ctx, solver, tree->title, tree->players));
    if (solver->needs & DTN_NEED_ZERO_SUM && !tree->constant_sum)
        return lacking(ctx, solver, tree->title, "a constant sum of payoffs", "has sums that differ");
    if (solver->needs & DTN_NEED_PERFECT_INFORMATION && !tree->perfect_information) {
        int h = 0;
        while (h < tree->infosets - 1 && tree->infoset[h].members == 1)
            h++;
        char found[256];
        snprintf(found, sizeof found, "has the information set %.100s of player %.60s with %d nodes",
                 tree->infoset[h].name, tree->player[tree->infoset[h].player].name, tree->infoset[h].members);
        return lacking(ctx, solver, tree->title, "perfect information", found);
    }
    if (solver->needs & DTN_NEED_PERFECT_RECALL && !tree->perfect_recall) {
        const dtn_infoset *h = &tree->infoset[tree->recall_infoset];
        char found[320];
        snprintf(found, sizeof found,
                 "lets player %.60s forget: nodes %d and %d of the information set %.100s have different own "
                 "histories",
                 tree->player[h->player].name, tree->recall_node[0] + 1, tree->recall_node[1] + 1, h->name);
        return lacking(ctx, solver, tree->title, "perfect recall", found);
    }
    return DTN_OK;
}

bool dtn_dispatch_expands(const dtn_strategic *game)
{
    return dtn_strategic_size(game) * game->players <= most_table;
}

bool dtn_dispatch_constant_sum(const dtn_strategic *game)
{
    if (game->graph)
        return false;
    fmpq_t sum, first;
    fmpq_init(sum);
    fmpq_init(first);
    bool same = true;
    for (size_t i = 0; i < game->profiles && same; i++) {
        fmpq_zero(sum);
        for (int p = 0; p < game->players; p++)
            fmpq_add(sum, sum, dtn_payoffs_at(&game->payoff, i * (size_t)game->players + p).q);
        if (i == 0)
            fmpq_set(first, sum);
        same = fmpq_equal(first, sum);
    }
    fmpq_clear(sum);
    fmpq_clear(first);
    return same;
}

/* A method that needs the table, and a game that has none. */
static dtn_status check_table(dtn_ctx *ctx, const dtn_solver *solver, const dtn_strategic *game)
{
    char list[256] = "";
    int count;
    const dtn_solver *const *all = dtn_solvers(&count);
    if (dtn_dispatch_expands(game))
        return DTN_OK;
    for (int i = 0, used = 0; i < count && used < (int)sizeof list - 1; i++)
        if (all[i]->compact)
            used += snprintf(list + used, sizeof list - (size_t)used, "%s%s", used ? ", " : "", all[i]->name);
    return dtn_fail(
        ctx, DTN_DOMAIN,
        "method %s needs the table of all payoffs: that of the game \"%s\" would have %.4g profiles of "
        "strategies; without it work %s",
        solver->name, game->title, dtn_strategic_size(game), list);
}

dtn_status dtn_dispatch_check_strategic(dtn_ctx *ctx, const dtn_solver *solver, const dtn_strategic *game)
{
    if (!solver->run_strategic)
        return lacking(ctx, solver, game->title, "a tree", "is strategic");
    DTN_TRY(check_players(ctx, solver, game->title, game->players));
    if (game->graph)
        return solver->compact ? DTN_OK : check_table(ctx, solver, game);
    if (solver->needs & DTN_NEED_ZERO_SUM && !dtn_dispatch_constant_sum(game))
        return lacking(ctx, solver, game->title, "a constant sum of payoffs", "has sums that differ");
    return DTN_OK;
}
