/* stackelberg: what each of two players gains by committing itself to a mixed strategy that the other sees and answers.
 *
 * Method: one linear program a leader: the best draw of profiles, for the leader, that the follower alone obeys
 *   (correlated_draw.c). Its value is that of the best commitment: given any strategy that the draw recommends to the
 *   follower, the leader's conditional strategy is a commitment of the same value. Ties of the follower go to the leader (which
 *   is the supremum over commitments that break them). A pure commitment is found by comparing rows.
 * Cost: profiles x (follower's strategies)^2. Exact: yes, the multipliers prove the value.
 * Source: H. von Stackelberg, Marktform und Gleichgewicht (1934); B. von Stengel and S. Zamir, Leadership games with convex
 *   strategy sets, Games and Economic Behavior 69 (2010); V. Conitzer and D. Korzhyk, Commitment to correlated strategies,
 *   AAAI (2011), for the single program. */
#include "solve/correlated.h"
#include "solve/short_number.h"
#include "solve/verify_finding.h"

static dtn_number payoff(const dtn_strategic *g, int leader, int own, int reply, int player)
{
    size_t i = (size_t)(leader == 0 ? own : reply), j = (size_t)(leader == 0 ? reply : own);
    return dtn_payoffs_at(&g->payoff, 2 * (i + j * (size_t)g->strategies[0]) + player);
}

/* The follower's best reply to a pure strategy; among equals the leader's favourite. */
static int reply_to(const dtn_strategic *g, int leader, int own)
{
    int follower = 1 - leader, best = 0;
    for (int t = 1; t < g->strategies[follower]; t++) {
        int sign = fmpq_cmp(payoff(g, leader, own, t, follower).q, payoff(g, leader, own, best, follower).q);
        if (sign > 0 || (sign == 0 && fmpq_cmp(payoff(g, leader, own, t, leader).q,
                                               payoff(g, leader, own, best, leader).q) > 0))
            best = t;
    }
    return best;
}

/* The leader's strategy given the first reply that the draw recommends. */
static int condition(const dtn_strategic *g, int leader, const dtn_obeyed *draw, fmpq *mixture)
{
    int own = g->strategies[leader], replies = g->strategies[1 - leader];
    fmpq_t sum;
    fmpq_init(sum);
    int reply = 0;
    for (; reply < replies; reply++) {
        fmpq_zero(sum);
        for (int s = 0; s < own; s++) {
            size_t profile = leader == 0 ? (size_t)s + (size_t)reply * (size_t)own
                                         : (size_t)reply + (size_t)s * (size_t)replies;
            fmpq_set(mixture + s, draw->probability + profile);
            fmpq_add(sum, sum, mixture + s);
        }
        if (!fmpq_is_zero(sum))
            break;
    }
    for (int s = 0; s < own; s++)
        fmpq_div(mixture + s, mixture + s, sum);
    fmpq_clear(sum);
    return reply;
}

static void put(dtn_ctx *ctx, dtn_finding *f, const dtn_strategic *g, int leader, const fmpq *mixture,
                int reply, fmpq *payoffs)
{
    for (int p = 0; p < 2; p++) {
        fmpq_zero(payoffs + p);
        for (int s = 0; s < g->strategies[leader]; s++)
            fmpq_addmul(payoffs + p, mixture + s, payoff(g, leader, s, reply, p).q);
    }
    dtn_finding_row_add(ctx, f);
    dtn_finding_put(ctx, f, dtn_cell_player(leader));
    dtn_finding_put(ctx, f, dtn_cell_mixture(leader, mixture));
    dtn_finding_put(ctx, f, dtn_cell_strategy(1 - leader, reply));
    for (int p = 0; p < 2; p++)
        dtn_finding_put(ctx, f, dtn_cell_exact(payoffs + p));
}

static void columns(dtn_ctx *ctx, dtn_finding *f, const dtn_strategic *g, const char *key, const char *title)
{
    dtn_finding_table_add(ctx, f, key, title);
    dtn_finding_column_add(ctx, f, "leader", "Leader");
    dtn_finding_column_add(ctx, f, "commitment", "Commits to");
    dtn_finding_column_add(ctx, f, "reply", "The other replies");
    for (int p = 0; p < 2; p++)
        dtn_finding_column_add(ctx, f, p ? "payoff-2" : "payoff-1",
                               dtn_arena_printf(ctx->scratch, "Payoff to %s", g->player[p]));
}

static dtn_status pure(dtn_ctx *ctx, dtn_finding *f, const dtn_strategic *g, fmpq *payoffs)
{
    columns(ctx, f, g, "pure", "Best commitment to a pure strategy");
    for (int leader = 0; leader < 2; leader++) {
        int best = 0;
        for (int s = 1; s < g->strategies[leader]; s++)
            if (fmpq_cmp(payoff(g, leader, s, reply_to(g, leader, s), leader).q,
                         payoff(g, leader, best, reply_to(g, leader, best), leader).q) > 0)
                best = s;
        fmpq *mixture;
        DTN_ALLOC_FMPQ(ctx, ctx->scratch, mixture, g->strategies[leader]);
        fmpq_one(mixture + best);
        put(ctx, f, g, leader, mixture, reply_to(g, leader, best), payoffs);
    }
    return DTN_OK;
}

static dtn_status run_strategic(dtn_ctx *ctx, dtn_profile_run *run, const dtn_strategic *game,
                                const dtn_solve_options *options)
{
    (void)options;
    dtn_finding *f = run->finding;
    dtn_obeyed draw[2];
    fmpq *weight, *payoffs, *mixture[2];
    const char *value[2];
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, weight, 2);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, payoffs, 2);
    columns(ctx, f, game, "commitments", "Best commitment to a mixed strategy");
    for (int leader = 0; leader < 2; leader++) {
        bool obeys[2] = {leader == 1, leader == 0};
        dtn_obeyed_task task = {.obeys = obeys, .weight = weight};
        fmpq_set_si(weight + leader, 1, 1);
        fmpq_zero(weight + (1 - leader));
        DTN_TRY(dtn_obeyed_best(ctx, &draw[leader], game, &task));
        DTN_ALLOC_FMPQ(ctx, ctx->scratch, mixture[leader], game->strategies[leader]);
        put(ctx, f, game, leader, mixture[leader], condition(game, leader, &draw[leader], mixture[leader]),
            payoffs);
        value[leader] = dtn_short_number(ctx, draw[leader].value);
        if (!value[leader])
            return dtn_fail_nomem(ctx);
    }
    dtn_finding_answer(ctx, f, "By committing itself first, %s can get %s, and %s can get %s.",
                       game->player[0], value[0], game->player[1], value[1]);
    DTN_TRY(pure(ctx, f, game, payoffs));
    dtn_obeyed_multiplier_columns(ctx, f);
    for (int leader = 0; leader < 2; leader++)
        dtn_obeyed_multiplier_rows(ctx, f, &draw[leader], leader);
    return DTN_OK;
}

const dtn_solver dtn_solver_stackelberg = {
    .name = "stackelberg",
    .title = "The best commitment of each of two players as leader, mixed and pure",
    .source = "H. von Stackelberg, Marktform und Gleichgewicht (1934); B. von Stengel and S. Zamir, "
              "Leadership games with "
              "convex strategy sets, Games and Economic Behavior 69 (2010)",
    .needs = DTN_NEED_TWO_PLAYERS,
    .finds = DTN_FINDS_ANSWER,
    .exact = true,
    .run_strategic = run_strategic,
    .check = dtn_verify_stackelberg,
};
