/* regret-matching: play that follows regrets; its time average is an approximate coarse correlated equilibrium.
 *
 * Method: each round each player draws a strategy in proportion to its positive regrets: how much more it would have earned so far by always
 *   playing that strategy. How often each profile was played is counted; the average payoffs and the regrets reached are computed
 *   from the counts, exactly.
 * Cost: rounds times strategies. Random by the seed. The figures stated are exact.
 * Source: S. Hart, A. Mas-Colell, A simple adaptive procedure leading to correlated equilibrium, Econometrica 68 (2000), theorem B. */
#include <math.h>

#include "base/random.h"
#include "model/action_graph.h"
#include "solve/others.h"
#include "solve/regret_matching.h"

enum { MOST_PROFILES = 1 << 26, SHOWN = 20, GRAPH_ROUNDS = 100000 };

typedef struct play {
    const dtn_strategic *game;
    const int *first;
    size_t *step;    /* [players] distance in profiles between neighbouring strategies */
    double *regret;  /* [width] sums */
    uint32_t *count; /* [profiles] */
    double *payoff;  /* [profiles][players] */
    uint64_t random;
} play;

int dtn_regret_draw(uint64_t *random, const double *regret, int n)
{
    double sum = 0;
    for (int s = 0; s < n; s++)
        sum += fmax(regret[s], 0);
    double at = dtn_random_unit(random) * (sum > 0 ? sum : n);
    for (int s = 0; s < n; s++) {
        double share = sum > 0 ? fmax(regret[s], 0) : 1;
        if (at < share)
            return s;
        at -= share;
    }
    return n - 1;
}

static void one_round(play *r)
{
    const dtn_strategic *g = r->game;
    size_t profile = 0, players = (size_t)g->players;
    for (int p = 0; p < g->players; p++)
        profile += (size_t)dtn_regret_draw(&r->random, r->regret + r->first[p], g->strategies[p]) * r->step[p];
    r->count[profile]++;
    for (int p = 0; p < g->players; p++) {
        size_t n = (size_t)g->strategies[p], own = profile / r->step[p] % n;
        const double *line = r->payoff + (profile - own * r->step[p]) * players + (size_t)p;
        double earned = line[own * r->step[p] * players];
        for (size_t s = 0; s < n; s++)
            r->regret[r->first[p] + (int)s] += line[s * r->step[p] * players] - earned;
    }
}

/* Player p's average payoff and regret over the counts, exactly. */
static dtn_status measure(dtn_ctx *ctx, const play *r, int p, long rounds, fmpq_t payoff, fmpq_t regret)
{
    const dtn_strategic *g = r->game;
    size_t players = (size_t)g->players, n = (size_t)g->strategies[p];
    fmpq *sum;
    fmpz *weight = dtn_arena_fmpz(ctx->scratch, 1);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, sum, n + 1);
    if (!weight)
        return dtn_fail_nomem(ctx);
    for (size_t i = 0; i < g->profiles; i++) {
        if (!r->count[i])
            continue;
        if (i % 1024 == 0)
            DTN_TRY(dtn_ctx_poll(ctx));
        fmpz_set_ui(weight, r->count[i]);
        size_t line = i - i / r->step[p] % n * r->step[p];
        for (size_t s = 0; s <= n; s++) {
            size_t at = (s < n ? line + s * r->step[p] : i) * players + (size_t)p;
            fmpq_mul_fmpz(regret, dtn_payoffs_at(&g->payoff, at).q, weight);
            fmpq_add(sum + s, sum + s, regret);
        }
    }
    fmpz_set_si(weight, rounds);
    fmpq_set(regret, sum);
    for (size_t s = 1; s < n; s++)
        if (fmpq_cmp(sum + s, regret) > 0)
            fmpq_set(regret, sum + s);
    fmpq_sub(regret, regret, sum + n);
    fmpq_div_fmpz(regret, regret, weight);
    fmpq_div_fmpz(payoff, sum + n, weight);
    return DTN_OK;
}

/* The most frequent profiles. */
static void profiles(dtn_ctx *ctx, dtn_finding *f, play *r, long rounds)
{
    const dtn_strategic *g = r->game;
    dtn_finding_table_add(ctx, f, "profiles", "The profiles played most often");
    dtn_finding_column_add(ctx, f, "share", "Share of rounds");
    dtn_others_columns(ctx, f, g, "", "");
    for (int k = 0; k < SHOWN; k++) {
        size_t best = 0;
        for (size_t i = 1; i < g->profiles; i++)
            best = r->count[i] > r->count[best] ? i : best;
        if (!r->count[best])
            return;
        dtn_finding_row_add(ctx, f);
        dtn_finding_put(ctx, f, dtn_cell_real((double)r->count[best] / (double)rounds, 0));
        dtn_others_put(ctx, f, g, -1, best);
        r->count[best] = 0; /* the counts are not needed any more */
    }
}

void dtn_regret_word(dtn_ctx *ctx, dtn_profile_run *run, const fmpq *number, long rounds)
{
    const dtn_strategic *g = run->game;
    dtn_finding *f = run->finding;
    int worst = 0;
    for (int p = 0; p < g->players; p++)
        worst = fmpq_cmp(number + 2 * p + 1, number + 2 * worst + 1) > 0 ? p : worst;
    double most = dtn_rational_double(number + 2 * worst + 1);
    if (most <= 0)
        dtn_finding_answer(
            ctx, f, "The time average of %ld rounds is a coarse correlated equilibrium: nobody has regret.",
            rounds);
    else
        dtn_finding_answer(ctx, f,
                           "The time average of %ld rounds is a coarse correlated equilibrium but for %.3g: "
                           "no player would have gained "
                           "more by one strategy throughout.",
                           rounds, most);
    dtn_finding_table_add(ctx, f, "regrets", "");
    dtn_finding_column_add(ctx, f, "player", "Player");
    dtn_finding_column_add(ctx, f, "payoff", "Average payoff");
    dtn_finding_column_add(ctx, f, "regret", "Regret");
    for (int p = 0; p < g->players; p++) {
        dtn_finding_row_add(ctx, f);
        dtn_finding_put(ctx, f, dtn_cell_player(p));
        dtn_finding_put(ctx, f, dtn_cell_exact(number + 2 * p));
        dtn_finding_put(ctx, f, dtn_cell_exact(number + 2 * p + 1));
    }
}

static dtn_status word(dtn_ctx *ctx, dtn_profile_run *run, play *r, long rounds)
{
    fmpq *number;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, number, 2 * r->game->players);
    for (int p = 0; p < r->game->players; p++)
        DTN_TRY(measure(ctx, r, p, rounds, number + 2 * p, number + 2 * p + 1));
    dtn_regret_word(ctx, run, number, rounds);
    profiles(ctx, run->finding, r, rounds);
    return DTN_OK;
}

/* Types take part by the table: what a type earns is an expectation, not what happened in a round. */
static dtn_status play_graph(dtn_ctx *ctx, dtn_profile_run *run, const dtn_strategic *game,
                             const dtn_solve_options *options)
{
    long rounds;
    DTN_TRY(dtn_options_int(ctx, &rounds, options->more, "rounds", GRAPH_ROUNDS, 1, 4000000000));
    if (game->graph->bayesian)
        return dtn_fail(ctx, DTN_UNSUPPORTED, "regret-matching takes action graphs of players without types");
    return dtn_regret_graph(ctx, run, game, rounds);
}

static dtn_status run_strategic(dtn_ctx *ctx, dtn_profile_run *run, const dtn_strategic *game,
                                const dtn_solve_options *options)
{
    long rounds;
    if (game->graph)
        return play_graph(ctx, run, game, options);
    play r = {.game = game, .first = run->out->first, .random = ctx->seed};
    DTN_TRY(dtn_options_int(ctx, &rounds, options->more, "rounds", 1000000, 1, 4000000000));
    if (game->profiles > MOST_PROFILES)
        return dtn_fail(ctx, DTN_LIMIT, "regret-matching counts at most %d profiles; the game has %zu",
                        MOST_PROFILES, game->profiles);
    DTN_ALLOC(ctx, ctx->scratch, r.step, game->players);
    DTN_ALLOC(ctx, ctx->scratch, r.regret, run->out->width);
    DTN_ALLOC(ctx, ctx->scratch, r.count, game->profiles);
    DTN_TRY(dtn_payoffs_doubles(ctx, &r.payoff, ctx->scratch, &game->payoff));
    size_t product = 1;
    for (int p = 0; p < game->players; p++) {
        r.step[p] = product;
        product *= (size_t)game->strategies[p];
    }
    for (long k = 0; k < rounds; k++) {
        if (k % 1024 == 0)
            DTN_TRY(dtn_ctx_poll(ctx));
        one_round(&r);
    }
    run->out->nodes = rounds;
    return word(ctx, run, &r, rounds);
}

static const dtn_option_spec options[] = {
    {"rounds", "N", "1000000", "rounds to play (action graphs: 100000)", false},
    {0},
};

const dtn_solver dtn_solver_regret_matching = {
    .name = "regret-matching",
    .title = "Regret matching: an approximate coarse correlated equilibrium, with the exact regret that was "
             "reached",
    .source = "S. Hart, A. Mas-Colell, Econometrica 68 (2000)",
    .finds = DTN_FINDS_ANSWER,
    .compact = true,
    .options = options,
    .run_strategic = run_strategic,
};
