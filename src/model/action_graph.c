/* Action graphs: what function nodes count, configurations, and payoffs found in their tables.
 *
 * Method: a function node is kept as what each action contributes to it; contributions are added (SUM), or their greatest or
 * least is kept, so that a configuration is made player by player. Function nodes that count function nodes are resolved to
 * actions when the graph is linked.
 * Cost: linking, functions x actions; a payoff, neighbours x log of configurations. Exact.
 * Source: A. Jiang, K. Leyton-Brown, N. Bhat, Action-graph games, Games and Economic Behavior 71 (2011). */
#include "model/action_graph.h"

#include <limits.h>
#include <stdlib.h>

enum { MOST_TOUCHES = 1 << 24, MOST_COUNT = 1 << 28 };

dtn_status dtn_action_graph_new(dtn_ctx *ctx, dtn_action_graph **out)
{
    dtn_arena *arena = dtn_arena_new(ctx);
    *out = arena ? dtn_arena_array(arena, 1, sizeof **out) : NULL;
    if (!*out) {
        dtn_arena_free(arena);
        return dtn_fail_nomem(ctx);
    }
    **out = (dtn_action_graph){.arena = arena, .title = "", .about = ""};
    return DTN_OK;
}

void dtn_action_graph_free(dtn_action_graph *graph)
{
    if (graph)
        dtn_arena_free(graph->arena);
}

/* --- linking --------------------------------------------------------------------------------------- */

typedef enum visit { VISIT_NEW, VISIT_OPEN, VISIT_DONE } visit;

typedef struct linking {
    dtn_action_graph *g;
    int *touch;
    visit *visited;
    int *stack, *at; /* [functions] function nodes on the way, and the neighbour each is at */
} linking;

/* What f's neighbour v contributes to f when action is chosen; v's own touches are known. false: kinds that do not fit. */
static bool absorb(const linking *l, int f, int v, const char **why)
{
    const dtn_action_graph *g = l->g;
    const dtn_function_node *to = &g->function[f], *from = &g->function[v - g->actions];
    bool picks = to->kind == DTN_COUNT_HIGHEST || to->kind == DTN_COUNT_LOWEST;
    if (to->weighted || from->weighted)
        *why = "weights belong to action nodes, and a neighbour is a function node";
    else if (from->kind == DTN_COUNT_HIGHEST || from->kind == DTN_COUNT_LOWEST)
        *why = "it counts a function node that names a node instead of counting";
    else if (to->kind == DTN_COUNT_SUM && from->kind != DTN_COUNT_SUM)
        *why = "it sums a function node that is no sum";
    if (*why)
        return false;
    for (int a = 0; a < g->actions; a++) {
        int *own = &l->touch[f * g->actions + a], other = l->touch[(v - g->actions) * g->actions + a];
        if (other == 0)
            continue;
        if (to->kind == DTN_COUNT_SUM)
            *own = *own + other > MOST_COUNT ? MOST_COUNT : *own + other;
        else if (!picks)
            *own = 1;
        else if (*own < 0 || (to->kind == DTN_COUNT_HIGHEST ? v > *own : v < *own))
            *own = v;
    }
    return true;
}

/* The action nodes among f's neighbours. */
static void absorb_actions(const linking *l, int f)
{
    const dtn_action_graph *g = l->g;
    const dtn_function_node *n = &g->function[f];
    int *own = l->touch + (size_t)f * (size_t)g->actions;
    bool picks = n->kind == DTN_COUNT_HIGHEST || n->kind == DTN_COUNT_LOWEST;
    for (int a = 0; a < g->actions; a++)
        own[a] = picks ? -1 : 0;
    for (int k = 0; k < n->neighbours; k++) {
        int a = n->neighbour[k];
        if (a >= g->actions)
            continue;
        if (n->kind == DTN_COUNT_SUM)
            own[a] += n->weighted ? n->weight[a] : 1;
        else if (n->kind == DTN_COUNT_EXISTS)
            own[a] = !n->weighted || n->weight[a] > 0;
        else
            own[a] = a;
    }
}

/* Depth first from f; *fault as dtn_action_graph_link. */
static void resolve(linking *l, int f, int *fault, const char **why)
{
    const dtn_action_graph *g = l->g;
    int depth = 0;
    l->stack[0] = f;
    l->at[0] = 0;
    l->visited[f] = VISIT_OPEN;
    absorb_actions(l, f);
    while (depth >= 0 && *fault < 0) {
        int now = l->stack[depth];
        const dtn_function_node *n = &g->function[now];
        if (l->at[depth] == n->neighbours) {
            l->visited[now] = VISIT_DONE;
            depth--;
            continue;
        }
        int v = n->neighbour[l->at[depth]], inner = v - g->actions;
        if (inner < 0 || l->visited[inner] == VISIT_DONE) {
            l->at[depth]++;
            if (inner >= 0 && !absorb(l, now, v, why))
                *fault = now;
        } else if (l->visited[inner] == VISIT_OPEN) {
            *why = "it counts itself, through other function nodes";
            *fault = now;
        } else {
            l->visited[inner] = VISIT_OPEN;
            absorb_actions(l, inner);
            l->stack[++depth] = inner;
            l->at[depth] = 0;
        }
    }
}

dtn_status dtn_action_graph_link(dtn_ctx *ctx, dtn_action_graph *g, int *fault, const char **why)
{
    linking l = {.g = g};
    *fault = -1;
    *why = NULL;
    if (g->functions && g->actions > MOST_TOUCHES / g->functions)
        return dtn_fail(ctx, DTN_LIMIT, "%d function nodes of %d actions: at most %d pairs are read",
                        g->functions, g->actions, (int)MOST_TOUCHES);
    size_t functions = (size_t)g->functions + 1;
    DTN_ALLOC(ctx, g->arena, l.touch, functions * (size_t)g->actions);
    DTN_ALLOC(ctx, ctx->scratch, l.visited, functions);
    DTN_ALLOC(ctx, ctx->scratch, l.stack, functions);
    DTN_ALLOC(ctx, ctx->scratch, l.at, functions);
    for (int f = 0; f < g->functions && *fault < 0; f++)
        if (l.visited[f] == VISIT_NEW)
            resolve(&l, f, fault, why);
    for (int f = 0; f < g->functions && *fault < 0; f++)
        for (int a = 0; a < g->actions && *fault < 0; a++)
            if (abs(l.touch[f * g->actions + a]) > MOST_COUNT / g->players) {
                *why = "its counts can grow too large";
                *fault = f;
            }
    g->touch = l.touch;
    return DTN_OK;
}

/* --- configurations -------------------------------------------------------------------------------- */

static const dtn_function_node *function_of(const dtn_action_graph *g, int node)
{
    return node < g->actions ? NULL : &g->function[node - g->actions];
}

void dtn_action_graph_begin(const dtn_action_graph *g, int node, int *tuple)
{
    const dtn_action_node *n = &g->node[node];
    for (int k = 0; k < n->neighbours; k++) {
        const dtn_function_node *f = function_of(g, n->neighbour[k]);
        tuple[k] = f && (f->kind == DTN_COUNT_HIGHEST || f->kind == DTN_COUNT_LOWEST) ? -1 : 0;
    }
}

void dtn_action_graph_join(const dtn_action_graph *g, int node, int *tuple, int action, int times)
{
    const dtn_action_node *n = &g->node[node];
    for (int k = 0; k < n->neighbours; k++) {
        int v = n->neighbour[k];
        const dtn_function_node *f = function_of(g, v);
        int by = f ? g->touch[(v - g->actions) * g->actions + action] : v == action;
        if (!f || f->kind == DTN_COUNT_SUM)
            tuple[k] += by * times;
        else if (f->kind == DTN_COUNT_LOWEST)
            tuple[k] = by >= 0 && (tuple[k] < 0 || by < tuple[k]) ? by : tuple[k];
        else
            tuple[k] = by > tuple[k] ? by : tuple[k];
    }
}

void dtn_action_graph_counts(const dtn_action_graph *g, int node, int *out, const int *tuple)
{
    const dtn_action_node *n = &g->node[node];
    for (int k = 0; k < n->neighbours; k++) {
        const dtn_function_node *f = function_of(g, n->neighbour[k]);
        out[k] = tuple[k];
        if (!f)
            continue;
        if (f->kind == DTN_COUNT_SUM)
            out[k] += f->weighted ? f->fallback : 0;
        else if (f->kind == DTN_COUNT_EXISTS)
            out[k] = tuple[k] || (f->weighted && f->fallback > 0);
        else if (tuple[k] < 0)
            out[k] = f->weighted ? f->fallback : g->actions + g->functions;
        else if (f->weighted)
            out[k] = f->weight[tuple[k]];
    }
}

int dtn_action_graph_config(const dtn_action_graph *g, int node, const int *counts)
{
    const dtn_action_node *n = &g->node[node];
    int lo = 0, hi = n->configs, width = n->neighbours;
    while (lo < hi) {
        int mid = lo + (hi - lo) / 2, order = 0;
        const int *here = n->config + (size_t)mid * (size_t)width;
        for (int k = 0; k < width && order == 0; k++)
            order = (here[k] > counts[k]) - (here[k] < counts[k]);
        if (order == 0)
            return mid;
        if (order < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return -1;
}

const fmpq *dtn_action_graph_payoff(const dtn_action_graph *g, int node, const int *count, int *room)
{
    int *counts = room + g->node[node].neighbours;
    dtn_action_graph_begin(g, node, room);
    for (int a = 0; a < g->actions; a++)
        if (count[a])
            dtn_action_graph_join(g, node, room, a, count[a]);
    dtn_action_graph_counts(g, node, counts, room);
    int found = dtn_action_graph_config(g, node, counts);
    return found >= 0 ? g->node[node].payoff + found : NULL;
}
