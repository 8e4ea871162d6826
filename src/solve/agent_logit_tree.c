/* Agent quantal response: payoffs of all actions at given logits, and their derivatives.
 *
 * Method: one sweep down the tree for the logarithms of reach, from which beliefs follow without underflow however small the
 *   probabilities are; one sweep up for values. A derivative in a direction is the same two sweeps.
 * Cost: linear in nodes times players. Doubles.
 * Source: R. McKelvey, T. Palfrey, Quantal response equilibria for extensive form games, Experimental Economics 1 (1998) 9-41. */
#include <math.h>

#include "solve/agent_logit.h"

static void read_ends(dtn_agents *g)
{
    const dtn_tree *t = g->tree;
    g->scale = 0;
    for (int p = 0; p < g->players; p++) {
        double least = HUGE_VAL, most = -HUGE_VAL;
        for (int z = 0; z < t->terminals; z++) {
            double x = dtn_payoffs_double(&t->payoff, (size_t)z, (size_t)p);
            least = fmin(least, x);
            most = fmax(most, x);
        }
        g->scale = fmax(g->scale, most - least);
    }
    if (!(g->scale > 0))
        g->scale = 1;
    for (int x = 0; x < g->nodes; x++)
        for (int p = 0; t->node[x].terminal >= 0 && p < g->players; p++)
            g->value[(size_t)x * (size_t)g->players + (size_t)p] =
                dtn_payoffs_double(&t->payoff, (size_t)t->node[x].terminal, (size_t)p) / g->scale;
}

dtn_status dtn_agents_new(dtn_ctx *ctx, dtn_agents **out, const dtn_tree *t)
{
    dtn_agents *g;
    dtn_arena *scratch = ctx->scratch;
    DTN_ALLOC(ctx, scratch, g, 1);
    *g = (dtn_agents){
        .tree = t, .players = t->players, .nodes = t->nodes, .sets = t->infosets, .actions = t->actions};
    size_t nodes = (size_t)g->nodes, actions = (size_t)g->actions + 1, values = nodes * (size_t)g->players;
    DTN_ALLOC(ctx, scratch, g->into, nodes);
    DTN_ALLOC(ctx, scratch, g->log_chance, 5 * nodes);
    g->belief = g->log_chance + nodes;
    g->log_reach = g->belief + nodes;
    g->d_reach = g->log_reach + nodes;
    g->chance = g->d_reach + nodes;
    DTN_ALLOC(ctx, scratch, g->value, 2 * values);
    g->d_value = g->value + values;
    DTN_ALLOC(ctx, scratch, g->sigma, 5 * actions);
    g->log_sigma = g->sigma + actions;
    g->u = g->log_sigma + actions;
    g->d_log = g->u + actions;
    g->d_u = g->d_log + actions;
    for (int x = 0; x < g->nodes; x++) {
        int up = t->node[x].parent, h = up < 0 ? -1 : t->node[up].infoset;
        g->into[x] = h < 0 ? -1 : t->infoset[h].first_action + t->node[x].branch;
        if (up >= 0 && h < 0) {
            g->chance[x] = dtn_rational_double(&t->chance[x]);
            g->log_chance[x] = log(g->chance[x]); /* -inf where it never happens */
        }
    }
    read_ends(g);
    *out = g;
    return DTN_OK;
}

static void find_sigma(dtn_agents *g, const double *z)
{
    for (int h = 0; h < g->sets; h++) {
        const dtn_infoset *set = &g->tree->infoset[h];
        double most = -HUGE_VAL, sum = 0;
        for (int a = set->first_action; a < set->first_action + set->actions; a++)
            most = fmax(most, z[a]);
        for (int a = set->first_action; a < set->first_action + set->actions; a++)
            sum += exp(z[a] - most);
        for (int a = set->first_action; a < set->first_action + set->actions; a++) {
            g->log_sigma[a] = z[a] - most - log(sum);
            g->sigma[a] = exp(g->log_sigma[a]);
        }
    }
}

/* Beliefs of each set from the logarithms of reach; where nothing can come, all alike. */
static void find_beliefs(dtn_agents *g)
{
    const dtn_tree *t = g->tree;
    for (int x = 1; x < g->nodes; x++)
        g->log_reach[x] =
            g->log_reach[t->node[x].parent] + (g->into[x] >= 0 ? g->log_sigma[g->into[x]] : g->log_chance[x]);
    for (int h = 0; h < g->sets; h++) {
        const dtn_infoset *set = &t->infoset[h];
        const int *member = t->members + set->first_member;
        double most = -HUGE_VAL, sum = 0;
        for (int k = 0; k < set->members; k++)
            most = fmax(most, g->log_reach[member[k]]);
        for (int k = 0; k < set->members; k++) {
            g->belief[member[k]] = isfinite(most) ? exp(g->log_reach[member[k]] - most) : 1;
            sum += g->belief[member[k]];
        }
        for (int k = 0; k < set->members; k++)
            g->belief[member[k]] /= sum;
    }
}

void dtn_agents_at(dtn_agents *g, const double *z)
{
    const dtn_tree *t = g->tree;
    size_t n = (size_t)g->players;
    find_sigma(g, z);
    find_beliefs(g);
    for (int x = g->nodes - 1; x >= 0; x--) {
        double *value = g->value + (size_t)x * n;
        if (t->node[x].terminal >= 0)
            continue;
        for (size_t p = 0; p < n; p++)
            value[p] = 0;
        for (int b = 0; b < t->node[x].branches; b++) {
            int child = dtn_tree_child(t, x, b);
            double share = g->into[child] >= 0 ? g->sigma[g->into[child]] : g->chance[child];
            for (size_t p = 0; p < n; p++)
                value[p] += share * g->value[(size_t)child * n + p];
        }
    }
    for (int a = 0; a < g->actions; a++) {
        const dtn_infoset *set = &t->infoset[t->action[a].infoset];
        g->u[a] = 0;
        for (int k = 0; k < set->members; k++) {
            int x = t->members[set->first_member + k];
            g->u[a] += g->belief[x] *
                       g->value[(size_t)dtn_tree_child(t, x, a - set->first_action) * n + (size_t)set->player];
        }
    }
}

void dtn_agents_slope(dtn_agents *g, const double *v)
{
    const dtn_tree *t = g->tree;
    size_t n = (size_t)g->players;
    for (int h = 0; h < g->sets; h++) {
        const dtn_infoset *set = &t->infoset[h];
        double mean = 0;
        for (int a = set->first_action; a < set->first_action + set->actions; a++)
            mean += g->sigma[a] * v[a];
        for (int a = set->first_action; a < set->first_action + set->actions; a++)
            g->d_log[a] = v[a] - mean;
    }
    for (int x = 1; x < g->nodes; x++)
        g->d_reach[x] = g->d_reach[t->node[x].parent] + (g->into[x] >= 0 ? g->d_log[g->into[x]] : 0);
    for (int x = g->nodes - 1; x >= 0; x--) {
        double *value = g->d_value + (size_t)x * n;
        for (size_t p = 0; p < n; p++)
            value[p] = 0;
        for (int b = 0; b < t->node[x].branches; b++) {
            int child = dtn_tree_child(t, x, b), a = g->into[child];
            double share = a >= 0 ? g->sigma[a] : g->chance[child], grows = a >= 0 ? g->d_log[a] : 0;
            for (size_t p = 0; p < n; p++)
                value[p] +=
                    share * (g->d_value[(size_t)child * n + p] + grows * g->value[(size_t)child * n + p]);
        }
    }
    for (int h = 0; h < g->sets; h++) {
        const dtn_infoset *set = &t->infoset[h];
        const int *member = t->members + set->first_member;
        double mean = 0;
        for (int k = 0; k < set->members; k++)
            mean += g->belief[member[k]] * g->d_reach[member[k]];
        for (int b = 0; b < set->actions; b++) {
            double sum = 0;
            for (int k = 0; k < set->members; k++) {
                size_t at = (size_t)dtn_tree_child(t, member[k], b) * n + (size_t)set->player;
                sum += g->belief[member[k]] * (g->d_value[at] + (g->d_reach[member[k]] - mean) * g->value[at]);
            }
            g->d_u[set->first_action + b] = sum;
        }
    }
}

double dtn_agents_regret(const dtn_agents *g)
{
    double most = 0;
    for (int h = 0; h < g->sets; h++) {
        const dtn_infoset *set = &g->tree->infoset[h];
        double best = -HUGE_VAL, mean = 0;
        for (int a = set->first_action; a < set->first_action + set->actions; a++) {
            best = fmax(best, g->u[a]);
            mean += g->sigma[a] * g->u[a];
        }
        most = fmax(most, best - mean);
    }
    return most;
}
