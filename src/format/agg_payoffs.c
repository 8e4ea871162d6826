/* The payoffs of action nodes, and the names of everything, in .agg and .bagg files.
 *
 * Grammar: for each action node 0 and one number for each of its configurations in lexicographic order; or 1, how many follow, and rows
 *   [ counts of the neighbours ] payoff. The configurations are those in which some player chooses the node.
 * Cost: linear, times the logarithm of configurations for rows. Exact. */
#include <stdio.h>
#include <string.h>

#include "format/agg.h"

/* "[1 0 2]", cut off where it gets long. */
static void show(char *out, size_t size, const int *counts, int width)
{
    size_t used = (size_t)snprintf(out, size, "[");
    for (int k = 0; k < width && used < size - 20; k++)
        used += (size_t)snprintf(out + used, size - used, "%s%d", k ? " " : "", counts[k]);
    snprintf(out + used, size - used, "]");
}

static bool fault(dtn_agg_lexer *x, dtn_place place, const char *what, int node, const int *counts, int width)
{
    char text[120];
    show(text, sizeof text, counts, width);
    return dtn_diag_error(x->diags, DTN_DIAG_GRAPH, place, "configuration %s of action node %d has %s", text,
                          node, what);
}

static dtn_status complete_list(dtn_agg_lexer *x, bool *good, fmpq *payoff, int node, int configs)
{
    for (int k = 0; k < configs; k++) {
        if (x->kind != DTN_AGG_NUMBER) {
            *good = dtn_agg_expected(x, "%d payoffs of action node %d (%d so far)", configs, node, k);
            return DTN_OK;
        }
        if (k % 1024 == 0)
            DTN_TRY(dtn_ctx_poll(x->ctx));
        if (!dtn_agg_rational(x, payoff + k, "a payoff")) {
            *good = false;
            return DTN_OK;
        }
    }
    return DTN_OK;
}

/* One row: *config is its number, -1 when no play leads to it; counts has room for the node's neighbours. */
static bool row(dtn_agg_lexer *x, int *config, int *counts, fmpq_t payoff, const dtn_action_graph *g, int node)
{
    if (!dtn_agg_bracket(x, DTN_AGG_OPEN, "before a configuration"))
        return false;
    for (int k = 0; k < g->node[node].neighbours; k++)
        if (!dtn_agg_integer(x, &counts[k], -(1 << 30), 1 << 30, "the count of each neighbour"))
            return false;
    if (!dtn_agg_bracket(x, DTN_AGG_CLOSE, "after the counts of all neighbours") ||
        !dtn_agg_rational(x, payoff, "the payoff of the configuration"))
        return false;
    *config = dtn_action_graph_config(g, node, counts);
    return true;
}

static dtn_status rows(dtn_agg_lexer *x, bool *good, fmpq *payoff, const dtn_action_graph *g, int node)
{
    const dtn_action_node *n = &g->node[node];
    int count, config, strange = 0, *counts;
    bool *seen;
    dtn_place start = x->place;
    fmpq *value;
    *good = dtn_agg_integer(x, &count, 0, 1 << 30, "the number of configurations");
    DTN_ALLOC(x->ctx, x->ctx->scratch, counts, (size_t)n->neighbours + 1);
    DTN_ALLOC(x->ctx, x->ctx->scratch, seen, (size_t)n->configs + 1);
    DTN_ALLOC_FMPQ(x->ctx, x->ctx->scratch, value, 1);
    for (int k = 0; k < count && *good; k++) {
        dtn_place here = x->place;
        if (k % 1024 == 0)
            DTN_TRY(dtn_ctx_poll(x->ctx));
        *good = row(x, &config, counts, value, g, node);
        if (!*good)
            return DTN_OK;
        if (config < 0 && strange++ == 0) {
            char text[120];
            show(text, sizeof text, counts, n->neighbours);
            dtn_diag_warn(x->diags, DTN_DIAG_GRAPH, here,
                          "no play leads to configuration %s of action node %d: its payoff has no effect",
                          text, node);
        }
        if (config >= 0 && seen[config] && !fmpq_equal(payoff + config, value))
            *good = fault(x, here, "two payoffs", node, counts, n->neighbours);
        if (config >= 0) {
            fmpq_set(payoff + config, value);
            seen[config] = true;
        }
    }
    for (int k = 0; k < n->configs && *good; k++)
        if (!seen[k])
            *good = fault(x, start, "no payoff", node, n->config + (size_t)k * (size_t)n->neighbours,
                          n->neighbours);
    return DTN_OK;
}

static dtn_status node_payoffs(dtn_agg_lexer *x, bool *good, dtn_action_graph *g, int node)
{
    int form;
    dtn_place place = x->place;
    *good = dtn_agg_integer(x, &form, 0, 1, "0 (all payoffs in order) or 1 (rows of configurations)");
    if (!*good)
        return DTN_OK;
    dtn_status status = dtn_action_graph_states(x->ctx, g, node);
    if (status == DTN_LIMIT) {
        *good = dtn_diag_error(x->diags, DTN_DIAG_GRAPH, place, "%s", dtn_ctx_error(x->ctx));
        return DTN_OK;
    }
    DTN_TRY(status);
    /* Every configuration takes words of the file: an absurd number is refused before payoffs are allocated. */
    size_t least = form == 0 ? 2 : 4, left = (size_t)(x->end - x->start) + 2;
    fmpq *payoff;
    if ((size_t)g->node[node].configs > left / least) {
        *good = dtn_diag_error(
            x->diags, DTN_DIAG_GAME, place,
            "action node %d has %d configurations, and the file is too short for their payoffs", node,
            g->node[node].configs);
        return DTN_OK;
    }
    DTN_ALLOC_FMPQ(x->ctx, g->arena, payoff, (size_t)g->node[node].configs + 1);
    g->node[node].payoff = payoff;
    return form == 0 ? complete_list(x, good, payoff, node, g->node[node].configs)
                     : rows(x, good, payoff, g, node);
}

dtn_status dtn_agg_payoffs(dtn_agg_lexer *x, bool *good, dtn_action_graph *g)
{
    for (int a = 0; a < g->actions && *good; a++) {
        dtn_arena_mark mark = dtn_arena_save(x->ctx->scratch);
        dtn_agg_name *before = x->name, **last = x->last;
        DTN_TRY(node_payoffs(x, good, g, a));
        if (x->last == last &&
            x->name == before) /* no comment between the payoffs gave a name, which must stay */
            dtn_arena_release(x->ctx->scratch, mark);
    }
    return DTN_OK;
}

/* --- names ------------------------------------------------------------------------------------------ */

static dtn_status numbers(dtn_ctx *ctx, dtn_arena *arena, const char ***out, int count, int from)
{
    DTN_ALLOC(ctx, arena, *out, (size_t)count + 1);
    for (int i = 0; i < count; i++) {
        (*out)[i] = dtn_arena_printf(arena, "%d", from + i);
        if (!(*out)[i])
            return dtn_fail_nomem(ctx);
    }
    return DTN_OK;
}

dtn_status dtn_agg_names(dtn_ctx *ctx, dtn_action_graph *g, const dtn_agg_name *names)
{
    const char **action, **player, **agent;
    DTN_TRY(numbers(ctx, g->arena, &action, g->actions, 0));
    DTN_TRY(numbers(ctx, g->arena, &player, g->players, 1));
    DTN_ALLOC(ctx, g->arena, agent, g->agents);
    for (int i = 0; i < g->agents; i++) {
        agent[i] = dtn_arena_printf(g->arena, "type %d", i - g->first[g->agent[i].player] + 1);
        if (!agent[i])
            return dtn_fail_nomem(ctx);
    }
    for (const dtn_agg_name *n = names; n; n = n->next) {
        const char *text = dtn_arena_strdup(g->arena, n->text);
        if (!text)
            return dtn_fail_nomem(ctx);
        bool is_player = n->first >= 1 && n->first <= g->players;
        if (n->what == 't')
            g->title = text;
        else if (n->what == 'n' && n->first < g->actions)
            action[n->first] = text;
        else if (n->what == 'p' && is_player)
            player[n->first - 1] = text;
        else if (n->what == 'y' && is_player && n->second >= 1 &&
                 n->second <= g->first[n->first] - g->first[n->first - 1])
            agent[g->first[n->first - 1] + n->second - 1] = text;
    }
    g->action_name = action;
    g->player_name = player;
    g->agent_name = agent;
    return DTN_OK;
}
