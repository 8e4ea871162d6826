/* lp: the value of a constant-sum game of two players and their optimal strategies.
 *
 * Method: player 1's payoffs are moved so that all are positive, A >= 1. Then max 1 y subject to A y <= 1, y >= 0 has the
 *   optimum 1 / value; y over its sum is optimal for player 2, and the multipliers over their sum for player 1. If the optimum is
 *   seen to be unique, so are both; otherwise the extreme optimal strategies are listed: those x with x A >= value that use
 *   only strategies which are best replies to y, as vertices of that polytope, and likewise for player 2.
 * Cost: the linear program (num/lp_optimise.c); listing grows exponentially, so it is bounded, and the answer says so.
 * Exact: yes.
 * Source: J. von Neumann, Zur Theorie der Gesellschaftsspiele, Mathematische Annalen 100 (1928); D. Gale, H. Kuhn, A. Tucker,
 *   Linear programming and the theory of games, in Activity Analysis of Production and Allocation (1951). */
#include <string.h>

#include "num/lp.h"
#include "solve/solver.h"
#include "solve/verify_finding.h"

enum { MOST_VARIABLES = 24, MOST_VERTICES = 1000, MOST_PAIRS = 2000 };

typedef struct optimal {
    fmpq *vertex; /* [count][strategies] extreme optimal strategies, or the only one, or one of more */
    int count;
    bool all;
} optimal;

static dtn_number payoff(const dtn_strategic *g, int i, int j, int player)
{
    return dtn_payoffs_at(&g->payoff, ((size_t)i + (size_t)j * (size_t)g->strategies[0]) * 2 + player);
}

/* Player 1's payoffs plus *move are at least 1. */
static void find_move(const dtn_strategic *g, fmpq_t move)
{
    size_t least = 0;
    for (size_t i = 0; i < g->profiles; i++)
        if (dtn_payoffs_cmp(&g->payoff, 2 * i, least) < 0)
            least = 2 * i;
    fmpq_sub_si(move, dtn_payoffs_at(&g->payoff, least).q, 1);
    fmpq_neg(move, move);
}

/* x [rows], y [columns]: one optimal pair; *unique[p]: it is the player's only one. */
static dtn_status solve(dtn_ctx *ctx, const dtn_strategic *g, fmpq *x, fmpq *y, bool *unique)
{
    int m = g->strategies[0], n = g->strategies[1];
    fmpq *a, *ones, *move;
    dtn_lp_sense *senses;
    bool *nonnegative;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, a, g->profiles);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, ones, m > n ? m : n);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, move, 1);
    DTN_ALLOC(ctx, ctx->scratch, senses, m);
    DTN_ALLOC(ctx, ctx->scratch, nonnegative, n);
    find_move(g, move);
    for (int i = 0; i < m; i++)
        for (int j = 0; j < n; j++)
            fmpq_add(a + (size_t)i * (size_t)n + j, payoff(g, i, j, 0).q, move);
    for (int k = 0; k < (m > n ? m : n); k++)
        fmpq_one(ones + k);
    for (int i = 0; i < m; i++)
        senses[i] = DTN_LP_LE;
    for (int j = 0; j < n; j++)
        nonnegative[j] = true;
    dtn_polyhedron set = {m, n, a, ones, senses, nonnegative};
    dtn_lp_answer answer;
    dtn_lp_optimum best;
    DTN_TRY(dtn_lp_optimise(ctx, ctx->scratch, &answer, &best, &set, ones));
    if (answer != DTN_LP_OPTIMAL)
        return dtn_fail(ctx, DTN_INTERNAL, "the linear program of a matrix game has no optimum");
    for (int i = 0; i < m; i++)
        fmpq_div(x + i, best.u + i, best.value);
    for (int j = 0; j < n; j++)
        fmpq_div(y + j, best.x + j, best.value);
    unique[0] = best.unique_u;
    unique[1] = best.unique_x;
    return DTN_OK;
}

/* value[s] = payoff of strategy s of player p against the other's mixture; *best: the greatest. */
static void replies(const dtn_strategic *g, int p, const fmpq *other, fmpq *value, fmpq *best)
{
    for (int s = 0; s < g->strategies[p]; s++) {
        fmpq_zero(value + s);
        for (int t = 0; t < g->strategies[1 - p]; t++)
            if (!fmpq_is_zero(other + t))
                fmpq_addmul(value + s, other + t, p == 0 ? payoff(g, s, t, 0).q : payoff(g, t, s, 1).q);
        if (s == 0 || fmpq_cmp(value + s, best) > 0)
            fmpq_set(best, value + s);
    }
}

/* The polytope of p's optimal strategies over the best replies to the other's optimal strategy:
 * sum x = 1, and no reply of the other gets more than its value; exactly its value for those that it plays. */
static dtn_status list(dtn_ctx *ctx, dtn_arena *arena, optimal *out, const dtn_strategic *g, int p,
                       const fmpq *const *pair)
{
    int own = g->strategies[p], others = g->strategies[1 - p], used = 0, *which;
    fmpq *value, *against, *best;
    DTN_ALLOC(ctx, ctx->scratch, which, own);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, value, own);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, against, others);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, best, 2);
    replies(g, p, pair[1 - p], value, best);
    replies(g, 1 - p, pair[p], against, best + 1);
    for (int s = 0; s < own; s++)
        if (fmpq_equal(value + s, best))
            which[used++] = s;
    if (used > MOST_VARIABLES)
        return DTN_OK;
    fmpq *a, *b;
    dtn_lp_sense *senses;
    bool *nonnegative;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, a, (size_t)(others + 1) * (size_t)used);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, b, others + 1);
    DTN_ALLOC(ctx, ctx->scratch, senses, others + 1);
    DTN_ALLOC(ctx, ctx->scratch, nonnegative, used);
    for (int k = 0; k < used; k++) {
        nonnegative[k] = true;
        for (int t = 0; t < others; t++)
            fmpq_set(a + t * used + k, p == 0 ? payoff(g, which[k], t, 1).q : payoff(g, t, which[k], 0).q);
        fmpq_one(a + others * used + k);
    }
    for (int t = 0; t < others; t++) {
        fmpq_set(b + t, best + 1);
        senses[t] = fmpq_is_zero(pair[1 - p] + t) ? DTN_LP_LE : DTN_LP_EQ;
    }
    fmpq_one(b + others);
    senses[others] = DTN_LP_EQ;
    dtn_polyhedron set = {others + 1, used, a, b, senses, nonnegative};
    fmpq *vertex;
    int count, dimension;
    bool complete;
    DTN_TRY(dtn_polyhedron_vertices(ctx, arena, &vertex, &count, &dimension, &complete, &set, MOST_VERTICES));
    if (!complete)
        return DTN_OK;
    DTN_ALLOC_FMPQ(ctx, arena, out->vertex, (size_t)count * (size_t)own);
    for (int i = 0; i < count; i++)
        for (int k = 0; k < used; k++)
            fmpq_set(out->vertex + i * own + which[k], vertex + (count - 1 - i) * used + k);
    out->count = count;
    out->all = true;
    return DTN_OK;
}

/* The pairs of extreme strategies, each certified, and the one Nash subset that they span. */
static dtn_status add_pairs(dtn_ctx *ctx, dtn_profile_run *run, const dtn_strategic *g, const optimal *o)
{
    int m = g->strategies[0], n = g->strategies[1];
    dtn_profiles *out = run->out;
    bool all = o[0].all && o[1].all && (long)o[0].count * o[1].count <= MOST_PAIRS;
    fmpq *sigma;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, sigma, m + n);
    for (int i = 0; i < (all ? o[0].count : 1); i++)
        for (int j = 0; j < (all ? o[1].count : 1); j++) {
            dtn_profile *item;
            if (run->enough)
                return DTN_OK;
            for (int s = 0; s < m; s++)
                fmpq_set(sigma + s, o[0].vertex + i * m + s);
            for (int s = 0; s < n; s++)
                fmpq_set(sigma + m + s, o[1].vertex + j * n + s);
            DTN_TRY(dtn_profile_found(ctx, run, sigma, &item));
            item->component = 0;
            item->vertex[0] = all ? i : -1;
            item->vertex[1] = all ? j : -1;
        }
    out->components = 1;
    if (!all)
        return DTN_OK;
    DTN_ALLOC(ctx, out->arena, out->subset, 1);
    for (int p = 0; p < 2; p++) {
        int *numbers;
        DTN_ALLOC(ctx, out->arena, numbers, o[p].count);
        for (int k = 0; k < o[p].count; k++)
            numbers[k] = k;
        out->vertex[p] = o[p].vertex;
        out->vertices[p] = out->subset->count[p] = o[p].count;
        out->subset->vertex[p] = numbers;
    }
    out->subsets = 1;
    return DTN_OK;
}

static void word(dtn_ctx *ctx, dtn_profile_run *run, const dtn_strategic *g, const optimal *o, const fmpq *sum)
{
    dtn_finding *f = run->finding;
    const dtn_profile *first = run->out->item;
    const char *value = dtn_rational_text(ctx->scratch, first->payoff);
    bool fair = fmpq_sgn(first->payoff) == 0, zero = fmpq_is_zero(sum),
         short_value = value && strlen(value) <= 40;
    bool unique = o[0].all && o[1].all && o[0].count == 1 && o[1].count == 1;
    dtn_finding_answer(
        ctx, f, "The value of the game for %s is %s%s; %s.", g->player[0],
        short_value ? value : dtn_arena_printf(ctx->scratch, "%.12g", dtn_rational_double(first->payoff)),
        zero && fair ? ", so that it favours nobody" : "",
        unique                 ? "each player has exactly one optimal strategy"
        : o[0].all && o[1].all ? "all optimal strategies are listed"
                               : "one pair of optimal strategies is listed, and there may be others");
    dtn_finding_fact(ctx, f, "value", dtn_arena_printf(ctx->scratch, "Value for %s", g->player[0]),
                     dtn_cell_exact(first->payoff));
    if (!zero)
        dtn_finding_fact(ctx, f, "sum", "Sum of payoffs", dtn_cell_exact(sum));
    dtn_finding_table_add(ctx, f, "optimal", unique ? "Optimal strategies" : "Extreme optimal strategies");
    dtn_finding_column_add(ctx, f, "player", "Player");
    dtn_finding_column_add(ctx, f, "strategy", "Strategy");
    dtn_finding_column_add(ctx, f, "guarantees", "Guarantees");
    for (int p = 0; p < 2; p++)
        for (int k = 0; k < o[p].count; k++) {
            dtn_finding_row_add(ctx, f);
            dtn_finding_put(ctx, f, dtn_cell_player(p));
            dtn_finding_put(ctx, f, dtn_cell_mixture(p, o[p].vertex + k * g->strategies[p]));
            dtn_finding_put(ctx, f, dtn_cell_exact(first->payoff + p));
        }
    if (o[0].all && o[1].all && !unique)
        dtn_finding_say(
            ctx, f,
            "A player's optimal strategies are the mixtures of its extreme ones; any of them with any of the "
            "other's is an equilibrium.");
}

static dtn_status run_strategic(dtn_ctx *ctx, dtn_profile_run *run, const dtn_strategic *game,
                                const dtn_solve_options *options)
{
    (void)options;
    optimal o[2] = {{.count = 1}, {.count = 1}};
    bool unique[2];
    for (int p = 0; p < 2; p++)
        DTN_ALLOC_FMPQ(ctx, run->out->arena, o[p].vertex, game->strategies[p]);
    DTN_TRY(solve(ctx, game, o[0].vertex, o[1].vertex, unique));
    const fmpq *pair[2] = {o[0].vertex, o[1].vertex};
    for (int p = 0; p < 2; p++) {
        o[p].all = unique[p];
        if (!unique[p])
            DTN_TRY(list(ctx, run->out->arena, &o[p], game, p, pair));
    }
    DTN_TRY(add_pairs(ctx, run, game, o));
    fmpq *sum;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, sum, 1);
    fmpq_add(sum, dtn_payoffs_at(&game->payoff, 0).q, dtn_payoffs_at(&game->payoff, 1).q);
    word(ctx, run, game, o, sum);
    if (!(o[0].all && o[1].all)) {
        run->out->outcome = DTN_OUTCOME_PARTIAL;
        run->out->note = "the polytope of all optimal strategies is too large to be listed";
    }
    return DTN_OK;
}

const dtn_solver dtn_solver_lp = {
    .name = "lp",
    .title = "Value and optimal strategies of a constant-sum game of two players",
    .source = "J. von Neumann, Zur Theorie der Gesellschaftsspiele, Mathematische Annalen 100 (1928); D. "
              "Gale, H. Kuhn, "
              "A. Tucker, Linear programming and the theory of games (1951)",
    .needs = DTN_NEED_TWO_PLAYERS | DTN_NEED_ZERO_SUM,
    .finds = DTN_FINDS_ALL,
    .exact = true,
    .run_strategic = run_strategic,
    .check = dtn_verify_security,
};
