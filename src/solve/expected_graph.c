/* Expected payoffs and slopes of an action-graph game by dynamic programming over configurations.
 *
 * Method: the distribution of a node's configuration is made player by player (model/action_graph.h numbers the partial
 *   configurations). Players who have the same actions and play them alike form a class, for which everything is done once; a class's
 *   members are joined one after the other. For slopes, one member of a class is left out at a time: by halves, so that what one
 *   half of the classes contributes is made once for all of the other half. Players who cannot influence a node are left out.
 * Cost: for each class and node: players x partial configurations x log(classes); without classes to the square of players. Doubles.
 * Source: A. Jiang, K. Leyton-Brown, N. Bhat, Action-graph games, Games and Economic Behavior 71 (2011), section 4. */
#include "solve/expected_graph.h"

#include <math.h>
#include <string.h>

/* A distribution over states; only the listed ones are not 0. */
typedef struct spread {
    double *weight; /* [states] */
    int *list, count;
} spread;

/* What a class contributes to the node at hand. */
typedef struct share {
    int moves;
    int *move;
    double *weight;
    int members; /* that are to be joined */
} share;

struct dtn_graph_payoffs {
    const dtn_action_graph *g;
    int width, deepest;
    int *offset;    /* [agents] of its strategies in sigma */
    double *chance; /* [agents] of its type */
    int *alike;     /* [players] first player with the same types and actions */
    int *class_of;  /* [players] */
    int *leader;    /* [classes] a member */
    int *members;   /* [classes] */
    int classes;
    double *mixture;       /* [players][actions], only what it may choose is kept up to date */
    const double **payoff; /* [actions][states] */
    spread *room;          /* [2 a level] */
    int *stamp, clock;     /* [most of states and moves] */
    share *shares;         /* [classes] at the node at hand */
    int *active;           /* [classes] those that can influence the node */
    int actives;
    const dtn_count_states *states;
    const double *value; /* payoffs of its states */
    double own;          /* payoff of the node */
    double *against;     /* [classes][moves] payoff when one more member makes the move */
    int stride;
    bool slopes;
};

/* --- preparation ------------------------------------------------------------------------------------ */

static bool same_agent(const dtn_agent *a, const dtn_agent *b)
{
    return a->actions == b->actions && fmpq_equal(a->chance, b->chance) &&
           memcmp(a->action, b->action, (size_t)a->actions * sizeof *a->action) == 0;
}

static bool alike(const dtn_action_graph *g, int p, int q)
{
    int types = g->first[p + 1] - g->first[p];
    if (types != g->first[q + 1] - g->first[q])
        return false;
    for (int t = 0; t < types; t++)
        if (!same_agent(&g->agent[g->first[p] + t], &g->agent[g->first[q] + t]))
            return false;
    return true;
}

static dtn_status find_payoffs(dtn_ctx *ctx, dtn_graph_payoffs *e, double *least, double *most)
{
    const dtn_action_graph *g = e->g;
    double *low, *high;
    DTN_ALLOC(ctx, ctx->scratch, low, g->actions);
    DTN_ALLOC(ctx, ctx->scratch, high, g->actions);
    for (int a = 0; a < g->actions; a++) {
        const dtn_action_node *n = &g->node[a];
        double *value;
        DTN_ALLOC(ctx, ctx->scratch, value, n->states.states);
        low[a] = HUGE_VAL;
        high[a] = -HUGE_VAL;
        for (int s = 0; s < n->states.states; s++) {
            if (n->states.config[s] < 0)
                continue;
            value[s] = dtn_rational_double(n->payoff + n->states.config[s]);
            low[a] = fmin(low[a], value[s]);
            high[a] = fmax(high[a], value[s]);
        }
        e->payoff[a] = value;
    }
    for (int i = 0; i < g->agents; i++) {
        least[i] = HUGE_VAL;
        most[i] = -HUGE_VAL;
        for (int k = 0; k < g->agent[i].actions; k++) {
            least[i] = fmin(least[i], low[g->agent[i].action[k]]);
            most[i] = fmax(most[i], high[g->agent[i].action[k]]);
        }
    }
    return DTN_OK;
}

static dtn_status make_room(dtn_ctx *ctx, dtn_graph_payoffs *e)
{
    const dtn_action_graph *g = e->g;
    int states = 1, moves = 1;
    for (int a = 0; a < g->actions; a++) {
        states = g->node[a].states.states > states ? g->node[a].states.states : states;
        moves = g->node[a].states.moves > moves ? g->node[a].states.moves : moves;
    }
    e->stride = moves;
    e->deepest = 2;
    for (int n = g->players; n > 1; n = (n + 1) / 2)
        e->deepest++;
    DTN_ALLOC(ctx, ctx->scratch, e->room, 2 * (size_t)e->deepest);
    for (int k = 0; k < 2 * e->deepest; k++) {
        DTN_ALLOC(ctx, ctx->scratch, e->room[k].weight, states);
        DTN_ALLOC(ctx, ctx->scratch, e->room[k].list, states);
    }
    DTN_ALLOC(ctx, ctx->scratch, e->stamp, states > moves ? states : moves);
    DTN_ALLOC(ctx, ctx->scratch, e->shares, g->players);
    DTN_ALLOC(ctx, ctx->scratch, e->active, g->players);
    DTN_ALLOC(ctx, ctx->scratch, e->against, (size_t)g->players * (size_t)moves);
    for (int p = 0; p < g->players; p++) {
        DTN_ALLOC(ctx, ctx->scratch, e->shares[p].move, moves);
        DTN_ALLOC(ctx, ctx->scratch, e->shares[p].weight, moves);
    }
    return DTN_OK;
}

dtn_status dtn_graph_payoffs_new(dtn_ctx *ctx, dtn_graph_payoffs **out, const dtn_action_graph *g,
                                 double *least, double *most)
{
    dtn_graph_payoffs *e;
    size_t players = (size_t)g->players;
    DTN_ALLOC(ctx, ctx->scratch, e, 1);
    e->g = g;
    DTN_ALLOC(ctx, ctx->scratch, e->offset, g->agents);
    DTN_ALLOC(ctx, ctx->scratch, e->chance, g->agents);
    DTN_ALLOC(ctx, ctx->scratch, e->alike, players);
    DTN_ALLOC(ctx, ctx->scratch, e->class_of, players);
    DTN_ALLOC(ctx, ctx->scratch, e->leader, players);
    DTN_ALLOC(ctx, ctx->scratch, e->members, players);
    DTN_ALLOC(ctx, ctx->scratch, e->payoff, g->actions);
    DTN_ALLOC(ctx, ctx->scratch, e->mixture, players * (size_t)g->actions);
    for (int i = 0; i < g->agents; i++) {
        e->offset[i] = e->width;
        e->chance[i] = dtn_rational_double(g->agent[i].chance);
        e->width += g->agent[i].actions;
    }
    for (int p = 0; p < g->players; p++) {
        e->alike[p] = p;
        for (int q = 0; q < p && e->alike[p] == p; q++)
            if (e->alike[q] == q && alike(g, p, q))
                e->alike[p] = q;
    }
    DTN_TRY(find_payoffs(ctx, e, least, most));
    DTN_TRY(make_room(ctx, e));
    *out = e;
    return DTN_OK;
}

/* --- classes at a profile --------------------------------------------------------------------------- */

static int strategies_of(const dtn_graph_payoffs *e, int player)
{
    const dtn_action_graph *g = e->g;
    int end = g->first[player + 1] < g->agents ? e->offset[g->first[player + 1]] : e->width;
    return end - e->offset[g->first[player]];
}

/* The mixture over action nodes that the others meet: over the types, too. */
static void mix(dtn_graph_payoffs *e, int player, const double *sigma)
{
    const dtn_action_graph *g = e->g;
    double *to = e->mixture + (size_t)player * (size_t)g->actions;
    for (int i = g->first[player]; i < g->first[player + 1]; i++)
        for (int k = 0; k < g->agent[i].actions; k++)
            to[g->agent[i].action[k]] = 0;
    for (int i = g->first[player]; i < g->first[player + 1]; i++)
        for (int k = 0; k < g->agent[i].actions; k++)
            to[g->agent[i].action[k]] += e->chance[i] * sigma[e->offset[i] + k];
}

/* Do they differ by rounding only? Newton's method keeps no symmetry to the last bit. */
static bool same_play(const double *a, const double *b, int count)
{
    static const double rounding = 1e-13;
    for (int i = 0; i < count; i++)
        if (fabs(a[i] - b[i]) > rounding)
            return false;
    return true;
}

static void classify(dtn_graph_payoffs *e, const double *sigma)
{
    const dtn_action_graph *g = e->g;
    e->classes = 0;
    for (int p = 0; p < g->players; p++) {
        const double *own = sigma + e->offset[g->first[p]];
        int c = 0, count = strategies_of(e, p);
        while (c < e->classes && (e->alike[e->leader[c]] != e->alike[p] ||
                                  !same_play(own, sigma + e->offset[g->first[e->leader[c]]], count)))
            c++;
        if (c == e->classes) {
            e->leader[c] = p;
            e->members[c] = 0;
            e->classes++;
            mix(e, p, sigma);
        }
        e->members[c]++;
        e->class_of[p] = c;
    }
}

/* --- distributions ---------------------------------------------------------------------------------- */

static void begin(spread *to, int state)
{
    to->count = 1;
    to->list[0] = state;
    to->weight[state] = 1;
}

/* to = from joined with one player who contributes s. */
static void join(dtn_graph_payoffs *e, spread *to, const spread *from, const share *s)
{
    size_t moves = (size_t)e->states->moves;
    int clock = ++e->clock;
    to->count = 0;
    for (int i = 0; i < from->count; i++) {
        const int *next = e->states->next + (size_t)from->list[i] * moves;
        double weight = from->weight[from->list[i]];
        for (int k = 0; k < s->moves; k++) {
            int state = next[s->move[k]];
            if (e->stamp[state] != clock) {
                e->stamp[state] = clock;
                to->weight[state] = 0;
                to->list[to->count++] = state;
            }
            to->weight[state] += weight * s->weight[k];
        }
    }
}

/* Joins all members of the active classes lo .. hi - 1, from `from`, in the level's two spreads; returns where the result stands. */
static const spread *join_all(dtn_graph_payoffs *e, int level, const spread *from, int lo, int hi)
{
    spread *room = e->room + 2 * level;
    int turn = 0;
    for (int k = lo; k < hi; k++) {
        const share *s = &e->shares[e->active[k]];
        for (int m = 0; m < s->members; m++, turn ^= 1) {
            join(e, &room[turn], from, s);
            from = &room[turn];
        }
    }
    return from;
}

/* Sets against[] of the active classes lo .. hi - 1; all others are joined in from. */
static void divide(dtn_graph_payoffs *e, int level, const spread *from, int lo, int hi)
{
    if (hi - lo > 1) {
        int mid = (lo + hi) / 2;
        divide(e, level + 1, join_all(e, level, from, mid, hi), lo, mid);
        divide(e, level + 1, join_all(e, level, from, lo, mid), mid, hi);
        return;
    }
    share *s = &e->shares[e->active[lo]];
    if (s->members == 0)
        return;
    s->members--;
    const spread *rest = join_all(e, level, from, lo, hi);
    s->members++;
    double *against = e->against + (size_t)e->active[lo] * (size_t)e->stride;
    for (int k = 0; k < s->moves; k++) {
        double sum = 0;
        for (int i = 0; i < rest->count; i++) {
            size_t state = (size_t)rest->list[i];
            sum += rest->weight[state] *
                   e->value[e->states->next[state * (size_t)e->states->moves + (size_t)s->move[k]]];
        }
        against[s->move[k]] = sum;
    }
}

/* What class c's leader contributes to the node at hand, moves together. false: never anything. */
static bool contribute(dtn_graph_payoffs *e, int c)
{
    const dtn_action_graph *g = e->g;
    share *s = &e->shares[c];
    int player = e->leader[c];
    const double *mixture = e->mixture + (size_t)player * (size_t)g->actions;
    int clock = ++e->clock;
    s->moves = 0;
    bool any = false;
    for (int i = g->first[player]; i < g->first[player + 1]; i++)
        for (int k = 0; k < g->agent[i].actions; k++) {
            int a = g->agent[i].action[k], move = e->states->move[a];
            bool first = true; /* a node in the sets of two types counts once: its mixture has both */
            for (int j = g->first[player]; j < i && first; j++)
                for (int n = 0; n < g->agent[j].actions && first; n++)
                    first = g->agent[j].action[n] != a;
            if (!first)
                continue;
            int at = 0;
            if (e->stamp[move] == clock)
                while (s->move[at] != move)
                    at++;
            else {
                at = s->moves++;
                s->move[at] = move;
                s->weight[at] = 0;
                e->stamp[move] = clock;
            }
            s->weight[at] += mixture[a];
            any = any || move != 0;
        }
    return any;
}

/* --- one class at one node -------------------------------------------------------------------------- */

/* own and against[] when a member of class c chooses node a. */
static void node_payoffs(dtn_graph_payoffs *e, int c, int a)
{
    const dtn_count_states *states = e->states = &e->g->node[a].states;
    spread *start = &e->room[2 * (e->deepest - 1)];
    e->value = e->payoff[a];
    e->actives = 0;
    for (int k = 0; k < e->classes; k++) {
        if (!contribute(e, k))
            continue;
        e->shares[k].members = e->members[k] - (k == c);
        e->active[e->actives++] = k;
    }
    begin(start, states->next[states->move[a]]);
    if (e->slopes && e->actives)
        divide(e, 0, start, 0, e->actives);
    /* The payoff itself from any class that was left out. */
    for (int k = 0; e->slopes && k < e->actives; k++) {
        const share *s = &e->shares[e->active[k]];
        if (s->members == 0)
            continue;
        e->own = 0;
        for (int m = 0; m < s->moves; m++)
            e->own += s->weight[m] * e->against[(size_t)e->active[k] * (size_t)e->stride + (size_t)s->move[m]];
        return;
    }
    const spread *all = join_all(e, 0, start, 0, e->actives);
    e->own = 0;
    for (int i = 0; i < all->count; i++)
        e->own += all->weight[all->list[i]] * e->value[all->list[i]];
}

static bool is_active(const dtn_graph_payoffs *e, int c)
{
    for (int k = 0; k < e->actives; k++)
        if (e->active[k] == c)
            return true;
    return false;
}

/* Row i of the slopes, of agent `agent` at the node at hand. */
static void put_slopes(const dtn_graph_payoffs *e, double *row, int agent, const double *sigma)
{
    const dtn_action_graph *g = e->g;
    for (int c = 0; c < e->classes; c++) {
        bool active = is_active(e, c) && e->shares[c].members > 0;
        const double *against = e->against + (size_t)c * (size_t)e->stride;
        for (int j = 0; j < g->agents; j++) {
            const dtn_agent *other = &g->agent[j];
            if (e->class_of[other->player] != c || j == agent)
                continue;
            bool moves = active && other->player != g->agent[agent].player;
            double chance = e->chance[j], rest = e->own;
            for (int k = 0; moves && k < other->actions; k++)
                rest -= chance * sigma[e->offset[j] + k] * against[e->states->move[other->action[k]]];
            for (int k = 0; k < other->actions; k++) {
                double there = moves ? against[e->states->move[other->action[k]]] : e->own;
                row[e->offset[j] + k] = !moves ? e->own : chance == 1 ? there : rest + chance * there;
            }
        }
    }
}

/* All agents of player p as its class's leader, which stands at the same place among its own agents. */
static void repeat(const dtn_graph_payoffs *e, int p, double *u)
{
    const dtn_action_graph *g = e->g;
    int from = e->offset[g->first[e->leader[e->class_of[p]]]], to = e->offset[g->first[p]];
    memcpy(u + to, u + from, (size_t)strategies_of(e, p) * sizeof *u);
}

void dtn_graph_payoffs_at(dtn_graph_payoffs *e, double *u, double *slope, const double *sigma)
{
    const dtn_action_graph *g = e->g;
    e->slopes = slope != NULL;
    if (slope)
        memset(slope, 0, (size_t)e->width * (size_t)e->width * sizeof *slope);
    classify(e, sigma);
    for (int c = 0; c < e->classes; c++) {
        int p = e->leader[c];
        for (int i = g->first[p]; i < g->first[p + 1]; i++)
            for (int k = 0; k < g->agent[i].actions; k++) {
                int strategy = e->offset[i] + k;
                node_payoffs(e, c, g->agent[i].action[k]);
                u[strategy] = e->own;
                for (int q = 0; slope && q < g->players; q++) {
                    if (e->class_of[q] != c)
                        continue;
                    int agent = g->first[q] + (i - g->first[p]);
                    put_slopes(e, slope + (size_t)(e->offset[agent] + k) * (size_t)e->width, agent, sigma);
                }
            }
    }
    for (int p = 0; p < g->players; p++)
        if (e->leader[e->class_of[p]] != p)
            repeat(e, p, u);
}
