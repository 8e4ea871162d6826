/* An action graph as a strategic game of its agents: without a table, and with one.
 *
 * Method: the table is filled profile by profile. Where players have types, an agent's payoff is the expectation over the types of the
 *   other players, each of which plays what its agent of that type plays.
 * Cost: without a table, linear in agents. With one, profiles x agents x combinations of the others' types. Exact. */
#include <stdio.h>
#include <string.h>

#include "model/action_graph.h"

/* --- without a table ------------------------------------------------------------------------------- */

static dtn_status copy(dtn_ctx *ctx, dtn_arena *arena, const char **out, const char *text)
{
    *out = dtn_arena_strdup(arena, text);
    return *out ? DTN_OK : dtn_fail_nomem(ctx);
}

/* "Ann", or "Ann, strong" where players have types. */
static dtn_status name_agent(dtn_ctx *ctx, dtn_arena *arena, const char **out, const dtn_action_graph *g,
                             int agent)
{
    const char *player = g->player_name[g->agent[agent].player];
    if (!g->bayesian)
        return copy(ctx, arena, out, player);
    *out = dtn_arena_printf(arena, "%s, %s", player, g->agent_name[agent]);
    return *out ? DTN_OK : dtn_fail_nomem(ctx);
}

static dtn_status fill(dtn_ctx *ctx, dtn_strategic *game, const dtn_action_graph *g)
{
    dtn_arena *arena = game->arena;
    int *sizes;
    const char **player, ***strategy;
    DTN_ALLOC(ctx, arena, sizes, g->agents);
    DTN_ALLOC(ctx, arena, player, g->agents);
    DTN_ALLOC(ctx, arena, strategy, g->agents);
    for (int i = 0; i < g->agents; i++) {
        const dtn_agent *a = &g->agent[i];
        sizes[i] = a->actions;
        DTN_TRY(name_agent(ctx, arena, &player[i], g, i));
        DTN_ALLOC(ctx, arena, strategy[i], a->actions);
        for (int s = 0; s < a->actions; s++)
            strategy[i][s] = g->action_name[a->action[s]];
    }
    game->players = g->agents;
    game->strategies = sizes;
    game->player = player;
    game->strategy = (const char *const *const *)strategy;
    game->title = g->title;
    game->about = g->about;
    return DTN_OK;
}

dtn_status dtn_strategic_from_graph(dtn_ctx *ctx, dtn_strategic **out, dtn_action_graph *graph)
{
    *out = NULL;
    dtn_arena *arena = dtn_arena_new(ctx);
    dtn_strategic *game = arena ? dtn_arena_array(arena, 1, sizeof *game) : NULL;
    if (!game) {
        dtn_arena_free(arena);
        return dtn_fail_nomem(ctx);
    }
    game->arena = arena;
    dtn_status status = fill(ctx, game, graph);
    if (status != DTN_OK) {
        dtn_arena_free(arena);
        return status;
    }
    game->graph = graph;
    *out = game;
    return DTN_OK;
}

double dtn_strategic_size(const dtn_strategic *game)
{
    double size = 1;
    for (int p = 0; p < game->players; p++)
        size *= game->strategies[p];
    return size;
}

/* --- with a table ---------------------------------------------------------------------------------- */

typedef struct expansion {
    dtn_ctx *ctx;
    const dtn_strategic *game;
    const dtn_action_graph *g;
    int *at;      /* [agents] strategy */
    int *count;   /* [actions] */
    int *room;    /* [2 x most neighbours] */
    fmpq *weight; /* [players + 1] chance of the types chosen so far */
} expansion;

static int node_of(const expansion *x, int agent)
{
    return x->g->agent[agent].action[x->at[agent]];
}

/* Adds to out what `agent` earns, over the types of the players from `player` on. */
static dtn_status expect(expansion *x, fmpq_t out, int agent, int player)
{
    const dtn_action_graph *g = x->g;
    if (player == g->players) {
        const fmpq *payoff = dtn_action_graph_payoff(g, node_of(x, agent), x->count, x->room);
        if (!payoff)
            return dtn_fail(x->ctx, DTN_INTERNAL, "no payoff for a profile of the action graph");
        fmpq_addmul(out, x->weight + player, payoff);
        return DTN_OK;
    }
    for (int i = g->first[player]; i < g->first[player + 1]; i++) {
        bool own = g->agent[agent].player == player;
        if (own && i != agent)
            continue;
        fmpq_set(x->weight + player + 1, x->weight + player);
        if (!own)
            fmpq_mul(x->weight + player + 1, x->weight + player, g->agent[i].chance);
        if (fmpq_is_zero(x->weight + player + 1))
            continue;
        x->count[node_of(x, i)]++;
        dtn_status status = expect(x, out, agent, player + 1);
        x->count[node_of(x, i)]--;
        DTN_TRY(status);
    }
    return DTN_OK;
}

static dtn_status fill_table(expansion *x, dtn_strategic *out)
{
    int agents = x->g->agents;
    fmpq *payoff = x->weight + x->g->players + 1;
    fmpq_one(x->weight);
    for (size_t k = 0; k < out->profiles; k++) {
        if (k % 256 == 0)
            DTN_TRY(dtn_ctx_poll(x->ctx));
        for (int i = 0; i < agents; i++) {
            fmpq_zero(payoff);
            DTN_TRY(expect(x, payoff, i, 0));
            DTN_TRY(dtn_payoffs_set(x->ctx, &out->payoff, k, (size_t)i, payoff));
        }
        for (int i = 0; i < agents && ++x->at[i] == x->game->strategies[i]; i++)
            x->at[i] = 0;
    }
    return DTN_OK;
}

static dtn_status expand(dtn_ctx *ctx, dtn_strategic **out, const dtn_strategic *game)
{
    const dtn_action_graph *g = game->graph;
    expansion x = {.ctx = ctx, .game = game, .g = g};
    int most = 1;
    for (int a = 0; a < g->actions; a++)
        most = g->node[a].neighbours > most ? g->node[a].neighbours : most;
    DTN_ALLOC(ctx, ctx->scratch, x.room, 2 * (size_t)most);
    DTN_ALLOC(ctx, ctx->scratch, x.at, g->agents);
    DTN_ALLOC(ctx, ctx->scratch, x.count, g->actions);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, x.weight, g->players + 2);
    DTN_TRY(dtn_strategic_new_zero(ctx, out, game->title, game->players, game->strategies, game->player,
                                   game->strategy));
    DTN_TRY(fill_table(&x, *out));
    return *game->about ? dtn_strategic_set_about(ctx, *out, game->about) : DTN_OK;
}

dtn_status dtn_strategic_expand(dtn_ctx *ctx, dtn_strategic **out, const dtn_strategic *game, size_t most)
{
    *out = NULL;
    double size = dtn_strategic_size(game);
    if (size > (double)most)
        return dtn_fail(ctx, DTN_LIMIT, "the table would have %.4g profiles, more than %zu", size, most);
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = expand(ctx, out, game);
    if (status != DTN_OK) {
        dtn_strategic_free(*out);
        *out = NULL;
    }
    dtn_arena_release(ctx->scratch, mark);
    return status;
}
