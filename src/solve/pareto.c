/* pareto: the profiles of pure strategies that no other is better than for all; with two players the frontier of lotteries too.
 *
 * Method: profiles in lexicographic order of payoffs, best first; each is compared with the efficient ones so far, which are the
 *   only ones that can dominate it. Corners of the frontier: frontier.c.
 * Cost: profiles x efficient profiles. Exact.
 * Source: V. Pareto, Manuale di economia politica (1906). */
#include <stdlib.h>

#include "solve/bargaining.h"
#include "solve/others.h"
#include "solve/verify_finding.h"

typedef struct entry {
    const fmpq *payoff;
    size_t profile;
    int players;
} entry;

static int by_payoffs(const void *a, const void *b)
{
    const entry *x = a, *y = b;
    for (int p = 0; p < x->players; p++) {
        int order = fmpq_cmp(y->payoff + p, x->payoff + p);
        if (order)
            return order;
    }
    return (x->profile > y->profile) - (x->profile < y->profile);
}

/* x is nowhere worse and somewhere better. */
static bool dominates(const entry *x, const entry *y)
{
    bool better = false;
    for (int p = 0; p < x->players; p++) {
        int order = fmpq_cmp(x->payoff + p, y->payoff + p);
        if (order < 0)
            return false;
        better |= order > 0;
    }
    return better;
}

static dtn_status find(dtn_ctx *ctx, entry **efficient, size_t *count, const dtn_strategic *g)
{
    DTN_ALLOC(ctx, ctx->scratch, *efficient, g->profiles);
    entry *list = *efficient;
    const fmpq *payoff;
    DTN_TRY(dtn_payoffs_fractions(ctx, &payoff, ctx->scratch, &g->payoff));
    for (size_t i = 0; i < g->profiles; i++)
        list[i] = (entry){payoff + i * (size_t)g->players, i, g->players};
    qsort(list, g->profiles, sizeof *list, by_payoffs);
    *count = 0;
    for (size_t i = 0; i < g->profiles; i++) {
        bool beaten = false;
        for (size_t k = 0; k < *count && !beaten; k++)
            beaten = dominates(&list[k], &list[i]);
        if (!beaten)
            list[(*count)++] = list[i];
        DTN_TRY(dtn_ctx_poll(ctx));
    }
    return DTN_OK;
}

static bool is_equilibrium(const dtn_strategic *g, size_t profile)
{
    size_t step = 1, players = (size_t)g->players;
    for (int p = 0; p < g->players; p++) {
        size_t own = profile / step % (size_t)g->strategies[p];
        for (size_t s = 0; s < (size_t)g->strategies[p]; s++)
            if (dtn_payoffs_cmp(&g->payoff, (profile + s * step - own * step) * players + (size_t)p,
                                profile * players + (size_t)p) > 0)
                return false;
        step *= (size_t)g->strategies[p];
    }
    return true;
}

static void columns(dtn_ctx *ctx, dtn_finding *f, const dtn_strategic *g, const char *key, const char *title)
{
    dtn_finding_table_add(ctx, f, key, title);
    dtn_others_columns(ctx, f, g, "", " plays");
    for (int p = 0; p < g->players; p++)
        dtn_finding_column_add(ctx, f, dtn_arena_printf(ctx->scratch, "payoff-%d", p + 1),
                               dtn_arena_printf(ctx->scratch, "Payoff to %s", g->player[p]));
}

static void put(dtn_ctx *ctx, dtn_finding *f, const dtn_strategic *g, size_t profile)
{
    dtn_finding_row_add(ctx, f);
    dtn_others_put(ctx, f, g, -1, profile);
    for (int p = 0; p < g->players; p++)
        dtn_finding_put(ctx, f,
                        dtn_cell_exact(dtn_payoffs_at(&g->payoff, profile * (size_t)g->players + p).q));
}

static dtn_status run_strategic(dtn_ctx *ctx, dtn_profile_run *run, const dtn_strategic *game,
                                const dtn_solve_options *options)
{
    (void)options;
    dtn_finding *f = run->finding;
    entry *efficient;
    size_t count;
    DTN_TRY(find(ctx, &efficient, &count, game));
    dtn_finding_answer(
        ctx, f,
        "%zu of %zu profiles of pure strategies %s Pareto-efficient: no other is better for somebody and "
        "worse for nobody.",
        count, game->profiles, count == 1 ? "is" : "are");
    columns(ctx, f, game, "efficient", "Efficient profiles");
    dtn_finding_column_add(ctx, f, "equilibrium", "Equilibrium");
    for (size_t i = 0; i < count; i++) {
        put(ctx, f, game, efficient[i].profile);
        dtn_finding_put(ctx, f, dtn_cell_text(is_equilibrium(game, efficient[i].profile) ? "yes" : "no"));
    }
    if (game->players != 2)
        return DTN_OK;
    dtn_corner *corner;
    int corners;
    DTN_TRY(dtn_frontier(ctx, &corner, &corners, game));
    dtn_finding_say(
        ctx, f,
        "With lotteries, the efficient payoffs are those between neighbouring corners of the frontier.");
    columns(ctx, f, game, "frontier", "Corners of the frontier");
    for (int k = 0; k < corners; k++)
        put(ctx, f, game, corner[k].profile);
    return DTN_OK;
}

const dtn_solver dtn_solver_pareto = {
    .name = "pareto",
    .title = "Pareto-efficient profiles; with two players the frontier of lotteries",
    .source = "V. Pareto, Manuale di economia politica (1906)",
    .finds = DTN_FINDS_ANSWER,
    .exact = true,
    .run_strategic = run_strategic,
    .check = dtn_verify_pareto,
};
