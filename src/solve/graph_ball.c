/* Expected payoffs and slopes of an action-graph game in balls, by dynamic programming over configurations.
 *
 * Method: as expected_graph.c, but plainer: for every class of the chooser, every node, and every class of which a member is left out, the
 *   distribution of the node's configuration is made afresh. A slope is the payoff when the other player makes one choice for certain,
 *   times the chance of its type.
 * Cost: classes^2 x nodes x players x partial configurations, in balls. Exact, in the sense of enclosures.
 * Source: A. Jiang, K. Leyton-Brown, N. Bhat, Action-graph games, Games and Economic Behavior 71 (2011), section 4. */
#include "solve/graph_ball.h"

struct dtn_graph_ball {
    const dtn_action_graph *g;
    int width, classes;
    int *offset;   /* [agents] */
    int *class_of; /* [players] */
    int *leader, *members;
    arb_struct *side[2]; /* [states] */
    int *list[2], count[2];
    int *stamp, clock;
    arb_struct *mixture; /* [classes][actions] */
    arb_struct *share;   /* [moves] of the class at hand */
    arb_struct *against; /* [moves] */
    arb_struct *part;    /* one */
    int *move, moves;    /* of the class at hand: those that are not 0 */
    slong bits;
};

static bool same(const dtn_graph_ball *b, int p, int q, const fmpq *middle)
{
    const dtn_action_graph *g = b->g;
    int types = g->first[p + 1] - g->first[p];
    if (types != g->first[q + 1] - g->first[q])
        return false;
    for (int t = 0; t < types; t++) {
        const dtn_agent *a = &g->agent[g->first[p] + t], *c = &g->agent[g->first[q] + t];
        if (a->actions != c->actions || !fmpq_equal(a->chance, c->chance))
            return false;
        for (int k = 0; k < a->actions; k++)
            if (a->action[k] != c->action[k] ||
                !fmpq_equal(middle + b->offset[g->first[p] + t] + k, middle + b->offset[g->first[q] + t] + k))
                return false;
    }
    return true;
}

dtn_status dtn_graph_ball_new(dtn_ctx *ctx, dtn_graph_ball **out, const dtn_action_graph *g,
                              const fmpq *middle)
{
    dtn_graph_ball *b;
    size_t states = 1, moves = 1, players = (size_t)g->players;
    DTN_ALLOC(ctx, ctx->scratch, b, 1);
    b->g = g;
    DTN_ALLOC(ctx, ctx->scratch, b->offset, g->agents);
    DTN_ALLOC(ctx, ctx->scratch, b->class_of, players);
    DTN_ALLOC(ctx, ctx->scratch, b->leader, players);
    DTN_ALLOC(ctx, ctx->scratch, b->members, players);
    for (int i = 0; i < g->agents; i++) {
        b->offset[i] = b->width;
        b->width += g->agent[i].actions;
    }
    for (int p = 0; p < g->players; p++) {
        int c = 0;
        while (c < b->classes && !same(b, b->leader[c], p, middle))
            c++;
        if (c == b->classes)
            b->leader[b->classes++] = p;
        b->class_of[p] = c;
        b->members[c]++;
    }
    for (int a = 0; a < g->actions; a++) {
        const dtn_count_states *s = &g->node[a].states;
        states = (size_t)s->states > states ? (size_t)s->states : states;
        moves = (size_t)s->moves > moves ? (size_t)s->moves : moves;
    }
    for (int k = 0; k < 2; k++)
        DTN_ALLOC(ctx, ctx->scratch, b->list[k], states);
    DTN_ALLOC(ctx, ctx->scratch, b->stamp, states > moves ? states : moves);
    DTN_ALLOC(ctx, ctx->scratch, b->move, moves);
    size_t mixtures = (size_t)b->classes * (size_t)g->actions;
    arb_struct *numbers = dtn_arena_arb(ctx->scratch, 2 * states + 2 * moves + 1 + mixtures);
    if (!numbers)
        return dtn_fail_nomem(ctx);
    b->side[0] = numbers;
    b->side[1] = b->side[0] + states;
    b->share = b->side[1] + states;
    b->against = b->share + moves;
    b->part = b->against + moves;
    b->mixture = b->part + 1;
    *out = b;
    return DTN_OK;
}

const int *dtn_graph_ball_classes(const dtn_graph_ball *b, int *classes)
{
    *classes = b->classes;
    return b->class_of;
}

/* What the others meet of each class: over types. */
static void mix(dtn_graph_ball *b, const arb_struct *x)
{
    const dtn_action_graph *g = b->g;
    for (int c = 0; c < b->classes; c++) {
        arb_struct *to = b->mixture + (size_t)c * (size_t)g->actions;
        for (int a = 0; a < g->actions; a++)
            arb_zero(to + a);
        for (int i = g->first[b->leader[c]]; i < g->first[b->leader[c] + 1]; i++) {
            arb_set_fmpq(b->part, g->agent[i].chance, b->bits);
            for (int k = 0; k < g->agent[i].actions; k++)
                arb_addmul(to + g->agent[i].action[k], b->part, x + b->offset[i] + k, b->bits);
        }
    }
}

/* share, move, moves: what a member of class c contributes. */
static void contribute(dtn_graph_ball *b, const dtn_count_states *s, int c)
{
    const arb_struct *mixture = b->mixture + (size_t)c * (size_t)b->g->actions;
    int clock = ++b->clock;
    b->moves = 0;
    for (int a = 0; a < b->g->actions; a++) {
        if (arb_is_zero(mixture + a))
            continue;
        int move = s->move[a];
        if (b->stamp[move] != clock) {
            b->stamp[move] = clock;
            arb_zero(b->share + move);
            b->move[b->moves++] = move;
        }
        arb_add(b->share + move, b->share + move, mixture + a, b->bits);
    }
}

/* Joins the class at hand once, from side `from` to the other. */
static void join(dtn_graph_ball *b, const dtn_count_states *s, int from)
{
    int to = 1 - from, clock = ++b->clock;
    b->count[to] = 0;
    for (int i = 0; i < b->count[from]; i++) {
        const int *next = s->next + (size_t)b->list[from][i] * (size_t)s->moves;
        const arb_struct *weight = b->side[from] + b->list[from][i];
        for (int k = 0; k < b->moves; k++) {
            int state = next[b->move[k]];
            if (state < 0)
                continue;
            arb_struct *sum = b->side[to] + state;
            if (b->stamp[state] != clock) {
                b->stamp[state] = clock;
                arb_zero(sum);
                b->list[to][b->count[to]++] = state;
            }
            arb_addmul(sum, weight, b->share + b->move[k], b->bits);
        }
    }
}

/* The distribution when a member of class c chooses node a, and one of class without (-1: none) is left out: its side. */
static int distribute(dtn_graph_ball *b, int a, int c, int without)
{
    const dtn_count_states *s = &b->g->node[a].states;
    int at = 0;
    b->count[0] = 1;
    b->list[0][0] = s->next[s->move[a]];
    arb_one(b->side[0] + b->list[0][0]);
    for (int k = 0; k < b->classes; k++) {
        int members = b->members[k] - (k == c) - (k == without);
        if (members > 0)
            contribute(b, s, k);
        if (members > 0 && b->moves == 1 && b->move[0] == 0) {
            /* contributes nothing: its probabilities sum to 1 where they are a distribution */
            arb_pow_ui(b->part, b->share, (ulong)members, b->bits);
            for (int i = 0; i < b->count[at]; i++)
                arb_mul(b->side[at] + b->list[at][i], b->side[at] + b->list[at][i], b->part, b->bits);
            continue;
        }
        for (int m = 0; m < members; m++, at = 1 - at)
            join(b, s, at);
    }
    return at;
}

/* Payoff over the distribution on a side, after one more contribution (0: none). */
static void sum_up(dtn_graph_ball *b, arb_t out, int a, int side, int move)
{
    const dtn_action_node *n = &b->g->node[a];
    arb_zero(out);
    for (int i = 0; i < b->count[side]; i++) {
        int state = b->list[side][i];
        const arb_struct *weight = b->side[side] + state;
        state = n->states.next[(size_t)state * (size_t)n->states.moves + (size_t)move];
        if (state < 0 || n->states.config[state] < 0)
            continue;
        arb_set_fmpq(b->part, n->payoff + n->states.config[state], b->bits);
        arb_addmul(out, b->part, weight, b->bits);
    }
}

/* Slopes of row strategy (agent, of class c, choosing node a) by the agents of class `other`. */
static void put_slopes(dtn_graph_ball *b, arb_mat_struct *slope, int row, int agent, int a, int other)
{
    const dtn_action_graph *g = b->g;
    arb_t chance;
    arb_init(chance);
    for (int j = 0; j < g->agents; j++) {
        const dtn_agent *o = &g->agent[j];
        if (b->class_of[o->player] != other || o->player == g->agent[agent].player)
            continue;
        arb_set_fmpq(chance, o->chance, b->bits);
        for (int k = 0; k < o->actions; k++)
            arb_mul(arb_mat_entry(slope, row, b->offset[j] + k), chance,
                    b->against + g->node[a].states.move[o->action[k]], b->bits);
    }
    arb_clear(chance);
}

static dtn_status node_slopes(dtn_ctx *ctx, dtn_graph_ball *b, arb_mat_struct *slope, int agent, int k, int c)
{
    const dtn_action_graph *g = b->g;
    int a = g->agent[agent].action[k], leader = b->leader[c];
    for (int other = 0; other < b->classes; other++) {
        if (b->members[other] - (other == c) < 1)
            continue;
        DTN_TRY(dtn_ctx_poll(ctx));
        int side = distribute(b, a, c, other);
        for (int i = g->first[b->leader[other]]; i < g->first[b->leader[other] + 1]; i++)
            for (int n = 0; n < g->agent[i].actions; n++) {
                int move = g->node[a].states.move[g->agent[i].action[n]];
                sum_up(b, b->against + move, a, side, move);
            }
        for (int q = 0; q < g->players; q++)
            if (b->class_of[q] == c) {
                int same = g->first[q] + agent - g->first[leader];
                put_slopes(b, slope, b->offset[same] + k, same, a, other);
            }
    }
    return DTN_OK;
}

dtn_status dtn_graph_ball_at(dtn_ctx *ctx, dtn_graph_ball *b, arb_struct *u, arb_mat_struct *slope,
                             const arb_struct *x, slong bits)
{
    const dtn_action_graph *g = b->g;
    b->bits = bits;
    mix(b, x);
    if (slope)
        arb_mat_zero(slope);
    for (int c = 0; c < b->classes; c++) {
        int leader = b->leader[c];
        for (int i = g->first[leader]; i < g->first[leader + 1]; i++)
            for (int k = 0; k < g->agent[i].actions; k++) {
                DTN_TRY(dtn_ctx_poll(ctx));
                int a = g->agent[i].action[k], side = distribute(b, a, c, -1);
                sum_up(b, u + b->offset[i] + k, a, side, 0);
                if (slope)
                    DTN_TRY(node_slopes(ctx, b, slope, i, k, c));
            }
    }
    for (int p = 0; p < g->players; p++) {
        int leader = b->leader[b->class_of[p]];
        for (int i = g->first[p]; i < g->first[p + 1] && p != leader; i++)
            for (int k = 0; k < g->agent[i].actions; k++)
                arb_set(u + b->offset[i] + k, u + b->offset[g->first[leader] + i - g->first[p]] + k);
    }
    return DTN_OK;
}
