/* Verifier of profiles of action-graph games: exact expected payoff of every pure deviation, without the table.
 *
 * Method: for an agent and an action, the distribution of the configuration of the action's neighbours is made player by player in a table
 *   of tuples, with weights over a common denominator; then payoffs are summed. Tuples are joined and looked up as the file
 *   defines them (model/action_graph.h); the solvers' numbered states are not used. Agents that are alike and mix alike are
 *   looked at once.
 * Cost: for each kind of agent and action: players x configurations x actions, in hashed tuples. Exact.
 * Source: A. Jiang, K. Leyton-Brown, N. Bhat, Action-graph games, Games and Economic Behavior 71 (2011), section 4. */
#include <string.h>

#include "model/action_graph.h"
#include "solve/verify.h"

typedef struct table {
    int width, count, room;
    int *tuple;   /* [room][width] */
    fmpz *weight; /* [room] */
    int *slot;    /* [2 x room]: 1 + number, 0 free */
} table;

typedef struct check {
    dtn_ctx *ctx;
    const dtn_strategic *game;
    const dtn_action_graph *g;
    const fmpq *sigma;
    int *offset;  /* [agents] */
    int **played; /* [players] action nodes of positive probability, ended by -1; NULL: alike another player */
    fmpz **mixture; /* [players] their probabilities times scale[player] */
    fmpz *scale;    /* [players] */
    int *as;        /* [players] first player who has the same types and mixes alike */
    table side[2];
    fmpq *value;  /* [width] payoff of each strategy */
    fmpz *number; /* one */
} check;

/* --- tables ----------------------------------------------------------------------------------------- */

static int *place(const table *t, const int *tuple)
{
    uint64_t h = 0xcbf29ce484222325U;
    for (int k = 0; k < t->width; k++)
        h = (h ^ (uint32_t)tuple[k]) * 0x9e3779b97f4a7c15U;
    unsigned mask = 2U * (unsigned)t->room - 1, at = (unsigned)(h >> 32) & mask;
    while (t->slot[at] && memcmp(t->tuple + (size_t)(t->slot[at] - 1) * (size_t)t->width, tuple,
                                 (size_t)t->width * sizeof *tuple) != 0)
        at = (at + 1) & mask;
    return &t->slot[at];
}

static dtn_status grow(dtn_ctx *ctx, table *t)
{
    int *old = t->tuple;
    fmpz *weight = t->weight;
    t->room = t->room ? 2 * t->room : 16;
    DTN_ALLOC(ctx, ctx->scratch, t->tuple, (size_t)t->room * (size_t)t->width + 1);
    DTN_ALLOC(ctx, ctx->scratch, t->slot, 2 * (size_t)t->room);
    t->weight = dtn_arena_fmpz(ctx->scratch, (size_t)t->room);
    if (!t->weight)
        return dtn_fail_nomem(ctx);
    for (int i = 0; i < t->count; i++) {
        int *to = t->tuple + (size_t)i * (size_t)t->width;
        memcpy(to, old + (size_t)i * (size_t)t->width, (size_t)t->width * sizeof *to);
        fmpz_swap(t->weight + i, weight + i);
        *place(t, to) = i + 1;
    }
    return DTN_OK;
}

/* Adds weight x by to the tuple's weight. */
static dtn_status add(dtn_ctx *ctx, table *t, const int *tuple, const fmpz_t weight, const fmpz_t by)
{
    if (t->count == t->room)
        DTN_TRY(grow(ctx, t));
    int *at = place(t, tuple);
    if (!*at) {
        memcpy(t->tuple + (size_t)t->count * (size_t)t->width, tuple, (size_t)t->width * sizeof *tuple);
        fmpz_zero(t->weight + t->count);
        *at = ++t->count;
    }
    fmpz_addmul(t->weight + *at - 1, weight, by);
    return DTN_OK;
}

static void clear(table *t)
{
    t->count = 0;
    if (t->slot)
        memset(t->slot, 0, 2 * (size_t)t->room * sizeof *t->slot);
}

/* --- mixtures --------------------------------------------------------------------------------------- */

static dtn_status distribution(const check *c, int agent)
{
    const dtn_strategic *g = c->game;
    fmpq_t sum;
    bool negative = false;
    fmpq_init(sum);
    for (int s = 0; s < g->strategies[agent]; s++) {
        negative = negative || fmpq_sgn(c->sigma + c->offset[agent] + s) < 0;
        fmpq_add(sum, sum, c->sigma + c->offset[agent] + s);
    }
    bool one = fmpq_is_one(sum);
    fmpq_clear(sum);
    if (negative)
        return dtn_fail(c->ctx, DTN_ARG, "player %s plays something with a negative probability",
                        g->player[agent]);
    return one ? DTN_OK
               : dtn_fail(c->ctx, DTN_ARG, "the probabilities of player %s do not sum to 1", g->player[agent]);
}

/* What the others meet: over the types, as integers times 1 / scale. */
static dtn_status mix(check *c, int player)
{
    const dtn_action_graph *g = c->g;
    fmpq *exact;
    fmpz *scale = c->scale + player;
    int count = 0;
    DTN_ALLOC_FMPQ(c->ctx, c->ctx->scratch, exact, g->actions);
    for (int i = g->first[player]; i < g->first[player + 1]; i++)
        for (int k = 0; k < g->agent[i].actions; k++)
            fmpq_addmul(exact + g->agent[i].action[k], g->agent[i].chance, c->sigma + c->offset[i] + k);
    fmpz_one(scale);
    for (int a = 0; a < g->actions; a++) {
        count += !fmpq_is_zero(exact + a);
        fmpz_lcm(scale, scale, fmpq_denref(exact + a));
    }
    DTN_ALLOC(c->ctx, c->ctx->scratch, c->played[player], (size_t)count + 1);
    fmpz *to = c->mixture[player] = dtn_arena_fmpz(c->ctx->scratch, (size_t)count);
    if (!to)
        return dtn_fail_nomem(c->ctx);
    c->played[player][count] = -1;
    count = 0;
    for (int a = 0; a < g->actions; a++) {
        if (fmpq_is_zero(exact + a))
            continue;
        c->played[player][count++] = a;
        fmpz_divexact(to, scale, fmpq_denref(exact + a));
        fmpz_mul(to, to, fmpq_numref(exact + a));
        to++;
    }
    return DTN_OK;
}

static bool same(const check *c, int p, int q)
{
    const dtn_action_graph *g = c->g;
    int types = g->first[p + 1] - g->first[p];
    if (types != g->first[q + 1] - g->first[q])
        return false;
    for (int t = 0; t < types; t++) {
        const dtn_agent *a = &g->agent[g->first[p] + t], *b = &g->agent[g->first[q] + t];
        if (a->actions != b->actions || !fmpq_equal(a->chance, b->chance))
            return false;
        for (int k = 0; k < a->actions; k++)
            if (a->action[k] != b->action[k] || !fmpq_equal(c->sigma + c->offset[g->first[p] + t] + k,
                                                            c->sigma + c->offset[g->first[q] + t] + k))
                return false;
    }
    return true;
}

/* --- payoffs ---------------------------------------------------------------------------------------- */

/* to = from with player q choosing. */
static dtn_status join(check *c, table *to, const table *from, int node, int q, int *tuple)
{
    const fmpz *mixture = c->mixture[c->as[q]];
    const int *played = c->played[c->as[q]];
    size_t width = (size_t)from->width;
    clear(to);
    for (int i = 0; i < from->count; i++)
        for (int a = 0; played[a] >= 0; a++) {
            memcpy(tuple, from->tuple + (size_t)i * width, width * sizeof *tuple);
            dtn_action_graph_join(c->g, node, tuple, played[a], 1);
            DTN_TRY(add(c->ctx, to, tuple, from->weight + i, mixture + a));
        }
    return dtn_ctx_poll(c->ctx);
}

/* out = expected payoff of a member of player p's kind who chooses node. */
static dtn_status expected(check *c, fmpq_t out, int p, int node)
{
    const dtn_action_graph *g = c->g;
    const dtn_action_node *n = &g->node[node];
    int *tuple;
    fmpz_t unit;
    DTN_ALLOC(c->ctx, c->ctx->scratch, tuple, 2 * (size_t)n->neighbours + 1);
    c->side[0] = c->side[1] = (table){.width = n->neighbours};
    dtn_action_graph_begin(g, node, tuple);
    dtn_action_graph_join(g, node, tuple, node, 1);
    fmpz_one(c->number);
    DTN_TRY(add(c->ctx, &c->side[0], tuple, c->number, c->number));
    table *from = &c->side[0], *to = &c->side[1];
    for (int q = 0; q < g->players; q++) {
        if (q == p)
            continue;
        DTN_TRY(join(c, to, from, node, q, tuple));
        fmpz_mul(c->number, c->number, c->scale + c->as[q]);
        table *turn = from;
        from = to;
        to = turn;
    }
    fmpq_zero(out);
    fmpz_init(unit);
    bool found = true;
    for (int i = 0; i < from->count && found; i++) {
        dtn_action_graph_counts(g, node, tuple + n->neighbours,
                                from->tuple + (size_t)i * (size_t)n->neighbours);
        int config = dtn_action_graph_config(g, node, tuple + n->neighbours);
        found = config >= 0;
        if (!found)
            break;
        fmpz_lcm(unit, fmpq_denref(out),
                 fmpq_denref(n->payoff + config)); /* over a common denominator: no gcd a term */
        fmpz_divexact(fmpq_denref(out), unit, fmpq_denref(out));
        fmpz_mul(fmpq_numref(out), fmpq_numref(out), fmpq_denref(out));
        fmpz_divexact(fmpq_denref(out), unit, fmpq_denref(n->payoff + config));
        fmpz_mul(fmpq_denref(out), fmpq_denref(out), fmpq_numref(n->payoff + config));
        fmpz_addmul(fmpq_numref(out), fmpq_denref(out), from->weight + i);
        fmpz_set(fmpq_denref(out), unit);
    }
    fmpz_mul(fmpq_denref(out), fmpq_denref(out), c->number);
    fmpq_canonicalise(out);
    fmpz_clear(unit);
    return found ? DTN_OK
                 : dtn_fail(c->ctx, DTN_INTERNAL, "a configuration of action node %d has no payoff", node);
}

/* The values of all strategies of player p's agents. */
static dtn_status values(check *c, int p)
{
    const dtn_action_graph *g = c->g;
    for (int i = g->first[p]; i < g->first[p + 1]; i++)
        for (int k = 0; k < g->agent[i].actions; k++) {
            fmpq *out = c->value + c->offset[i] + k;
            if (c->as[p] != p) {
                fmpq_set(out, c->value + c->offset[g->first[c->as[p]] + i - g->first[p]] + k);
                continue;
            }
            dtn_arena_mark mark = dtn_arena_save(c->ctx->scratch);
            DTN_TRY(expected(c, out, p, g->agent[i].action[k]));
            dtn_arena_release(c->ctx->scratch, mark);
        }
    return DTN_OK;
}

static void judge(const check *c, fmpq *payoff, fmpq *regret)
{
    for (int i = 0; i < c->g->agents; i++) {
        const fmpq *value = c->value + c->offset[i], *best = value;
        fmpq_zero(payoff + i);
        for (int k = 0; k < c->g->agent[i].actions; k++) {
            best = fmpq_cmp(value + k, best) > 0 ? value + k : best;
            fmpq_addmul(payoff + i, c->sigma + c->offset[i] + k, value + k);
        }
        fmpq_sub(regret + i, best, payoff + i);
    }
}

static dtn_status verify(check *c, fmpq *payoff, fmpq *regret)
{
    const dtn_action_graph *g = c->g;
    int width = 0;
    size_t players = (size_t)g->players;
    DTN_ALLOC(c->ctx, c->ctx->scratch, c->offset, g->agents);
    for (int i = 0; i < g->agents; i++) {
        c->offset[i] = width;
        width += g->agent[i].actions;
    }
    for (int i = 0; i < g->agents; i++)
        DTN_TRY(distribution(c, i));
    DTN_ALLOC(c->ctx, c->ctx->scratch, c->as, players);
    DTN_ALLOC(c->ctx, c->ctx->scratch, c->mixture, players);
    DTN_ALLOC(c->ctx, c->ctx->scratch, c->played, players);
    DTN_ALLOC_FMPQ(c->ctx, c->ctx->scratch, c->value, width);
    c->scale = dtn_arena_fmpz(c->ctx->scratch, players + 1);
    if (!c->scale)
        return dtn_fail_nomem(c->ctx);
    c->number = c->scale + players;
    for (int p = 0; p < g->players; p++) {
        c->as[p] = p;
        for (int q = 0; q < p && c->as[p] == p; q++)
            if (c->as[q] == q && same(c, p, q))
                c->as[p] = q;
        if (c->as[p] == p)
            DTN_TRY(mix(c, p));
    }
    for (int p = 0; p < g->players; p++)
        DTN_TRY(values(c, p));
    judge(c, payoff, regret);
    return DTN_OK;
}

dtn_status dtn_verify_graph(dtn_ctx *ctx, fmpq *payoff, fmpq *regret, const dtn_strategic *game,
                            const fmpq *sigma)
{
    check c = {.ctx = ctx, .game = game, .g = game->graph, .sigma = sigma};
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = verify(&c, payoff, regret);
    dtn_arena_release(ctx->scratch, mark);
    return status;
}
