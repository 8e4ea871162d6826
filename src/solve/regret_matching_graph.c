/* regret-matching, for action-graph games that are kept compact.
 *
 * Method: as regret_matching.c, without counts of profiles: what each player would have earned by each strategy is summed up exactly, round by
 *   round, as whole numbers over one denominator. A round needs the payoff of each action in place of each other once, however many
 *   players ask for it.
 * Cost: rounds x (actions^2 x neighbours + all strategies). The figures stated are exact.
 * Source: S. Hart, A. Mas-Colell, A simple adaptive procedure leading to correlated equilibrium, Econometrica 68 (2000), theorem B. */
#include <math.h>
#include <string.h>

#include "base/random.h"
#include "model/action_graph.h"
#include "solve/regret_matching.h"

typedef struct play {
    const dtn_strategic *game;
    const dtn_action_graph *g;
    const int *first;
    fmpz **scaled;              /* [actions][configs] payoffs times scale */
    double **approx;            /* [actions][configs] */
    fmpz *scale, *sum, *earned; /* one; [width]; [players] */
    double *regret;             /* [width] */
    int *choice;                /* [players] strategy */
    int *count;                 /* [actions] */
    long *chosen;               /* [actions] over all rounds */
    int *config; /* [actions][actions]: of the second when one who chose the first chooses it instead; -1: not known */
    int *room;
    uint64_t random;
} play;

static dtn_status prepare(dtn_ctx *ctx, play *r, int width)
{
    const dtn_action_graph *g = r->g;
    size_t actions = (size_t)g->actions, most = 1;
    fmpz *numbers = dtn_arena_fmpz(ctx->scratch, 1 + (size_t)width + (size_t)g->agents);
    if (!numbers)
        return dtn_fail_nomem(ctx);
    r->scale = numbers;
    r->sum = numbers + 1;
    r->earned = r->sum + width;
    fmpz_one(r->scale);
    DTN_ALLOC(ctx, ctx->scratch, r->scaled, actions);
    DTN_ALLOC(ctx, ctx->scratch, r->approx, actions);
    for (int a = 0; a < g->actions; a++) {
        most = (size_t)g->node[a].neighbours > most ? (size_t)g->node[a].neighbours : most;
        for (int k = 0; k < g->node[a].configs; k++)
            fmpz_lcm(r->scale, r->scale, fmpq_denref(g->node[a].payoff + k));
    }
    for (int a = 0; a < g->actions; a++) {
        size_t configs = (size_t)g->node[a].configs;
        r->scaled[a] = dtn_arena_fmpz(ctx->scratch, configs + 1);
        if (!r->scaled[a])
            return dtn_fail_nomem(ctx);
        DTN_ALLOC(ctx, ctx->scratch, r->approx[a], configs + 1);
        for (size_t k = 0; k < configs; k++) {
            fmpz_divexact(r->scaled[a] + k, r->scale, fmpq_denref(g->node[a].payoff + k));
            fmpz_mul(r->scaled[a] + k, r->scaled[a] + k, fmpq_numref(g->node[a].payoff + k));
            r->approx[a][k] = dtn_rational_double(g->node[a].payoff + k);
        }
    }
    DTN_ALLOC(ctx, ctx->scratch, r->regret, width);
    DTN_ALLOC(ctx, ctx->scratch, r->choice, g->agents);
    DTN_ALLOC(ctx, ctx->scratch, r->count, actions);
    DTN_ALLOC(ctx, ctx->scratch, r->chosen, actions);
    DTN_ALLOC(ctx, ctx->scratch, r->config, actions * actions);
    DTN_ALLOC(ctx, ctx->scratch, r->room, 2 * most);
    return DTN_OK;
}

/* Number of the configuration that node `to` has when one who chose `from` chooses it. */
static int config_of(play *r, int from, int to)
{
    int *known = &r->config[(size_t)from * (size_t)r->g->actions + (size_t)to];
    if (*known < 0) {
        r->count[from]--;
        r->count[to]++;
        const fmpq *payoff = dtn_action_graph_payoff(r->g, to, r->count, r->room);
        r->count[from]++;
        r->count[to]--;
        *known = (int)(payoff - r->g->node[to].payoff);
    }
    return *known;
}

static void one_round(play *r)
{
    const dtn_action_graph *g = r->g;
    memset(r->count, 0, (size_t)g->actions * sizeof *r->count);
    memset(r->config, 0xff, (size_t)g->actions * (size_t)g->actions * sizeof *r->config);
    for (int p = 0; p < g->agents; p++) {
        r->choice[p] = dtn_regret_draw(&r->random, r->regret + r->first[p], g->agent[p].actions);
        r->count[g->agent[p].action[r->choice[p]]]++;
        r->chosen[g->agent[p].action[r->choice[p]]]++;
    }
    for (int p = 0; p < g->agents; p++) {
        int from = g->agent[p].action[r->choice[p]], own = config_of(r, from, from);
        double earned = r->approx[from][own];
        fmpz_add(r->earned + p, r->earned + p, r->scaled[from] + own);
        for (int s = 0; s < g->agent[p].actions; s++) {
            int to = g->agent[p].action[s], config = config_of(r, from, to);
            r->regret[r->first[p] + s] += r->approx[to][config] - earned;
            fmpz_add(r->sum + r->first[p] + s, r->sum + r->first[p] + s, r->scaled[to] + config);
        }
    }
}

/* number [2 x players]: average payoff and regret of each, exactly. */
static void measure(const play *r, fmpq *number, long rounds)
{
    fmpz_t unit;
    fmpz_init(unit);
    fmpz_mul_si(unit, r->scale, rounds);
    for (int p = 0; p < r->g->agents; p++) {
        const fmpz *best = r->sum + r->first[p];
        for (int s = 1; s < r->g->agent[p].actions; s++)
            best = fmpz_cmp(r->sum + r->first[p] + s, best) > 0 ? r->sum + r->first[p] + s : best;
        fmpq_set_fmpz_frac(number + 2 * p, r->earned + p, unit);
        fmpq_set_fmpz_frac(number + 2 * p + 1, best, unit);
        fmpq_sub(number + 2 * p + 1, number + 2 * p + 1, number + 2 * p);
    }
    fmpz_clear(unit);
}

static void shares(dtn_ctx *ctx, dtn_finding *f, const play *r, long rounds)
{
    dtn_finding_table_add(ctx, f, "actions", "How many chose each action, on average");
    dtn_finding_column_add(ctx, f, "action", "Action");
    dtn_finding_column_add(ctx, f, "players", "Players");
    for (int a = 0; a < r->g->actions; a++) {
        dtn_finding_row_add(ctx, f);
        dtn_finding_put(ctx, f, dtn_cell_text(r->g->action_name[a]));
        dtn_finding_put(ctx, f, dtn_cell_real((double)r->chosen[a] / (double)rounds, 0));
    }
}

dtn_status dtn_regret_graph(dtn_ctx *ctx, dtn_profile_run *run, const dtn_strategic *game, long rounds)
{
    play r = {.game = game, .g = game->graph, .first = run->out->first, .random = ctx->seed};
    fmpq *number;
    DTN_TRY(prepare(ctx, &r, run->out->width));
    for (long k = 0; k < rounds; k++) {
        if (k % 256 == 0)
            DTN_TRY(dtn_ctx_poll(ctx));
        one_round(&r);
    }
    run->out->nodes = rounds;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, number, 2 * (size_t)game->players);
    measure(&r, number, rounds);
    dtn_regret_word(ctx, run, number, rounds);
    shares(ctx, run->finding, &r, rounds);
    return DTN_OK;
}
