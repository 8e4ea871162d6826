/* Random action graphs: sets, arcs, function nodes and payoffs drawn by a fixed generator. */
#include "kit/random_graph.h"

#include "kit/games.h"

static int below(uint64_t *state, int n)
{
    return (int)(kit_random(state) % (uint64_t)n);
}

/* A subset of 0 .. n - 1 with at least `least` members, ascending; sets *count. */
static const int *subset(dtn_action_graph *g, uint64_t *state, int n, int least, int *count)
{
    int *list = dtn_arena_array(g->arena, (size_t)n + 1, sizeof *list);
    do {
        *count = 0;
        for (int i = 0; i < n; i++)
            if (below(state, 2))
                list[(*count)++] = i;
    } while (*count < least);
    return list;
}

static void agents(dtn_action_graph *g, const kit_random_graph_spec *spec, uint64_t *state)
{
    int *first = dtn_arena_array(g->arena, (size_t)g->players + 1, sizeof *first);
    for (int p = 0; p < g->players; p++)
        first[p + 1] = first[p] + 1 + (spec->bayesian ? below(state, 2) : 0);
    g->first = first;
    g->agents = first[g->players];
    g->agent = dtn_arena_array(g->arena, (size_t)g->agents, sizeof *g->agent);
    fmpq *chance = dtn_arena_fmpq(g->arena, (size_t)g->agents);
    for (int p = 0; p < g->players; p++)
        for (int i = first[p]; i < first[p + 1]; i++) {
            int size = g->actions, types = first[p + 1] - first[p], part = 1 + below(state, 4);
            const int *list = subset(g, state, g->actions, 1, &size);
            if (spec->alike)
                list = subset(g, state, g->actions, g->actions, &size);
            if (types == 1)
                fmpq_one(chance + i);
            else if (i == first[p])
                fmpq_set_si(chance + i, part, 5);
            else {
                fmpq_one(chance + i);
                fmpq_sub(chance + i, chance + i, chance + i - 1);
            }
            g->agent[i] = (dtn_agent){p, chance + i, size, list};
        }
}

static void functions(dtn_action_graph *g, uint64_t *state)
{
    g->function = dtn_arena_array(g->arena, (size_t)g->functions + 1, sizeof *g->function);
    for (int f = 0; f < g->functions; f++) {
        dtn_function_node *n = &g->function[f];
        int *weight = dtn_arena_array(g->arena, (size_t)g->actions, sizeof *weight);
        n->kind = (dtn_count_kind)below(state, 4);
        n->weighted = below(state, 2);
        n->weight = weight;
        n->fallback = n->weighted ? below(state, 3) : 0;
        for (int a = 0; a < g->actions; a++)
            weight[a] = n->kind == DTN_COUNT_EXISTS ? below(state, 3) : below(state, 5) - 2;
        n->neighbour = subset(g, state, g->actions, 1, &n->neighbours);
    }
}

dtn_strategic *kit_random_graph(dtn_ctx *ctx, const kit_random_graph_spec *spec, uint64_t seed)
{
    uint64_t state = seed;
    dtn_action_graph *g;
    dtn_strategic *game;
    int fault;
    const char *why;
    assert_ok(ctx, dtn_action_graph_new(ctx, &g));
    g->players = spec->players;
    g->actions = spec->actions;
    g->functions = spec->functions;
    g->bayesian = spec->bayesian;
    agents(g, spec, &state);
    functions(g, &state);
    g->node = dtn_arena_array(g->arena, (size_t)g->actions, sizeof *g->node);
    for (int a = 0; a < g->actions; a++)
        g->node[a].neighbour = subset(g, &state, g->actions + g->functions, 0, &g->node[a].neighbours);
    assert_ok(ctx, dtn_action_graph_link(ctx, g, &fault, &why));
    assert_int_equal(fault, -1);
    for (int a = 0; a < g->actions; a++) {
        assert_ok(ctx, dtn_action_graph_states(ctx, g, a));
        fmpq *payoff = dtn_arena_fmpq(g->arena, (size_t)g->node[a].configs + 1);
        for (int k = 0; k < g->node[a].configs; k++)
            fmpq_set_si(payoff + k, below(&state, spec->range), 1 + (slong)(spec->range > 100));
        g->node[a].payoff = payoff;
    }
    const char **names =
        dtn_arena_array(g->arena, (size_t)(g->actions + g->players + g->agents), sizeof *names);
    for (int i = 0; i < g->actions + g->players + g->agents; i++)
        names[i] = i < g->actions ? dtn_arena_printf(g->arena, "%d", i)
                   : i < g->actions + g->players
                       ? dtn_arena_printf(g->arena, "%d", i - g->actions + 1)
                       : dtn_arena_printf(g->arena, "type %d",
                                          1 + i - g->actions - g->players -
                                              g->first[g->agent[i - g->actions - g->players].player]);
    g->action_name = names;
    g->player_name = names + g->actions;
    g->agent_name = names + g->actions + g->players;
    assert_ok(ctx, dtn_strategic_from_graph(ctx, &game, g));
    return game;
}

void kit_random_mixture(fmpq *sigma, const dtn_strategic *game, uint64_t *state)
{
    for (int p = 0; p < game->players; sigma += game->strategies[p++]) {
        int sum = 0, part[64];
        for (int s = 0; s < game->strategies[p]; s++)
            sum += part[s] = below(state, 4);
        part[0] += sum == 0;
        sum += sum == 0;
        for (int s = 0; s < game->strategies[p]; s++) {
            fmpq_set_si(sigma + s, part[s], (ulong)sum);
        }
    }
}
