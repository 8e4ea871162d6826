/* The partial configurations that an action node's neighbours can have, as a machine with numbered states.
 *
 * Method: players who contribute in the same ways form a class. From the start, class after class and member after member, every
 *   state found so far is joined with each contribution; within a class only states that are new need to be joined again. What
 *   comes about when all players have chosen, one of them this node, are the configurations that have payoffs.
 * Cost: states x contributions, in hashed tuples; a class of n players costs no more than its states.
 * Source: A. Jiang, K. Leyton-Brown, N. Bhat, Action-graph games, Games and Economic Behavior 71 (2011), section 4. */
#include <stdlib.h>
#include <string.h>

#include "model/action_graph.h"

enum { MOST_STATES = 1 << 23, MOST_NEXT = 1 << 26 };

/* Tuples with their numbers, found by hashing. */
typedef struct store {
    int width, count, room;
    int *tuple; /* [count][width] */
    int *slot;  /* [2 x room], a power of two; -1: free */
} store;

typedef struct building {
    dtn_ctx *ctx;
    const dtn_action_graph *g;
    int node, width;
    store moves, states;
    int *move;     /* [actions] */
    int *trial;    /* [width] */
    int **of;      /* [players] the contributions it can make, ascending, without 0 ... */
    int *size;     /* ... how many */
    bool *silent;  /* [players] it can also contribute nothing */
    int *class_of; /* [players] */
} building;

static unsigned hash(const int *tuple, int width)
{
    uint64_t h = 0x9e3779b97f4a7c15U;
    for (int k = 0; k < width; k++)
        h = (h ^ (uint32_t)tuple[k]) * 0xff51afd7ed558ccdU;
    return (unsigned)(h >> 32);
}

static int *place(const store *s, const int *tuple)
{
    unsigned mask = 2U * (unsigned)s->room - 1, at = hash(tuple, s->width) & mask;
    while (s->slot[at] >= 0 && memcmp(s->tuple + (size_t)s->slot[at] * (size_t)s->width, tuple,
                                      (size_t)s->width * sizeof *tuple) != 0)
        at = (at + 1) & mask;
    return &s->slot[at];
}

static dtn_status grow(dtn_ctx *ctx, store *s)
{
    int *old = s->tuple;
    s->room = s->room ? 2 * s->room : 16;
    DTN_ALLOC(ctx, ctx->scratch, s->tuple, (size_t)s->room * (size_t)s->width + 1);
    DTN_ALLOC(ctx, ctx->scratch, s->slot, 2 * (size_t)s->room);
    memset(s->slot, 0xff, 2 * (size_t)s->room * sizeof *s->slot);
    if (s->count)
        memcpy(s->tuple, old, (size_t)s->count * (size_t)s->width * sizeof *old);
    for (int i = 0; i < s->count; i++)
        *place(s, s->tuple + (size_t)i * (size_t)s->width) = i;
    return DTN_OK;
}

/* *number: of the tuple, which is added when it is new. */
static dtn_status add(building *b, store *s, int *number, const int *tuple)
{
    if (s->count == s->room) {
        if (s->count >= MOST_STATES)
            return dtn_fail(b->ctx, DTN_LIMIT, "action node %d has more than %d partial configurations",
                            b->node, (int)MOST_STATES);
        DTN_TRY(dtn_ctx_poll(b->ctx));
        DTN_TRY(grow(b->ctx, s));
    }
    int *at = place(s, tuple);
    if (*at < 0) {
        memcpy(s->tuple + (size_t)s->count * (size_t)s->width, tuple, (size_t)s->width * sizeof *tuple);
        *at = s->count++;
    }
    *number = *at;
    return DTN_OK;
}

static int compare_ints(const void *a, const void *b)
{
    int x = *(const int *)a, y = *(const int *)b;
    return (x > y) - (x < y);
}

/* The contributions of actions, and of players. */
static dtn_status find_moves(building *b)
{
    const dtn_action_graph *g = b->g;
    int nothing;
    dtn_action_graph_begin(g, b->node, b->trial);
    DTN_TRY(add(b, &b->moves, &nothing, b->trial));
    for (int a = 0; a < g->actions; a++) {
        dtn_action_graph_begin(g, b->node, b->trial);
        dtn_action_graph_join(g, b->node, b->trial, a, 1);
        DTN_TRY(add(b, &b->moves, &b->move[a], b->trial));
    }
    for (int p = 0; p < g->players; p++) {
        int count = 0, kept = 0;
        for (int i = g->first[p]; i < g->first[p + 1]; i++)
            count += g->agent[i].actions;
        int *own;
        DTN_ALLOC(b->ctx, b->ctx->scratch, own, (size_t)count + 1);
        count = 0;
        for (int i = g->first[p]; i < g->first[p + 1]; i++)
            for (int k = 0; k < g->agent[i].actions; k++)
                own[count++] = b->move[g->agent[i].action[k]];
        qsort(own, (size_t)count, sizeof *own, compare_ints);
        for (int k = 0; k < count; k++)
            if (own[k] == 0)
                b->silent[p] = true;
            else if (kept == 0 || own[k] != own[kept - 1])
                own[kept++] = own[k];
        b->of[p] = own;
        b->size[p] = kept;
    }
    return DTN_OK;
}

/* The same contributions, the same class; its number is that of its first member. */
static void find_classes(building *b)
{
    for (int p = 0; p < b->g->players; p++) {
        int q = 0;
        while (q < p && (b->class_of[q] != q || b->size[q] != b->size[p] || b->silent[q] != b->silent[p] ||
                         memcmp(b->of[q], b->of[p], (size_t)b->size[p] * sizeof **b->of) != 0))
            q++;
        b->class_of[p] = q;
    }
}

/* The tuple of a state joined with a contribution. A contribution is a tuple too: what its action gives from the start. */
static const int *joined(building *b, int state, int move)
{
    const dtn_action_graph *g = b->g;
    const dtn_action_node *n = &g->node[b->node];
    const int *from = b->states.tuple + (size_t)state * (size_t)b->width;
    const int *by = b->moves.tuple + (size_t)move * (size_t)b->width;
    for (int k = 0; k < b->width; k++) {
        int v = n->neighbour[k];
        dtn_count_kind kind = v < g->actions ? DTN_COUNT_SUM : g->function[v - g->actions].kind;
        int most = by[k] > from[k] ? by[k] : from[k], least = by[k] < from[k] ? by[k] : from[k];
        b->trial[k] = kind == DTN_COUNT_SUM      ? from[k] + by[k]
                      : kind == DTN_COUNT_LOWEST ? (least < 0 ? most : least)
                                                 : most;
    }
    return b->trial;
}

/* All states that some set of players brings about. */
static dtn_status find_states(building *b)
{
    int number;
    dtn_action_graph_begin(b->g, b->node, b->trial);
    DTN_TRY(add(b, &b->states, &number, b->trial));
    for (int c = 0; c < b->g->players; c++) {
        if (b->class_of[c] != c)
            continue;
        int from = 0;
        for (int p = c; p < b->g->players; p++) {
            if (b->class_of[p] != c || b->size[c] == 0)
                continue;
            int known = b->states.count;
            for (int s = from; s < known; s++)
                for (int k = 0; k < b->size[c]; k++)
                    DTN_TRY(add(b, &b->states, &number, joined(b, s, b->of[c][k])));
            from = known;
        }
    }
    return DTN_OK;
}

static dtn_status find_next(building *b, dtn_count_states *out)
{
    size_t moves = (size_t)b->moves.count, states = (size_t)b->states.count;
    int *next;
    if (states > MOST_NEXT / moves)
        return dtn_fail(b->ctx, DTN_LIMIT,
                        "action node %d has %zu partial configurations and %zu kinds of neighbours", b->node,
                        states, moves);
    DTN_ALLOC(b->ctx, b->g->arena, next, states * moves);
    for (size_t s = 0; s < states; s++)
        for (size_t d = 0; d < moves; d++)
            next[s * moves + d] = *place(&b->states, joined(b, (int)s, (int)d));
    out->moves = (int)moves;
    out->states = (int)states;
    out->next = next;
    out->move = b->move;
    return DTN_OK;
}

/* Marks the states in which everybody has chosen, the chooser this node. */
static dtn_status mark_complete(building *b, bool *complete, const dtn_count_states *s, int chooser)
{
    bool *in, *fresh;
    int *list, count = 1;
    DTN_ALLOC(b->ctx, b->ctx->scratch, in, s->states);
    DTN_ALLOC(b->ctx, b->ctx->scratch, fresh, s->states);
    DTN_ALLOC(b->ctx, b->ctx->scratch, list, s->states);
    list[0] = s->next[b->move[b->node]];
    in[list[0]] = true;
    for (int p = 0; p < b->g->players; p++) {
        if (p == chooser || b->size[p] == 0)
            continue;
        DTN_TRY(dtn_ctx_poll(b->ctx));
        /* All new states first, so that none is joined twice; then the old ones leave unless p may contribute nothing. */
        int known = count, kept = 0;
        memset(fresh, 0, (size_t)s->states * sizeof *fresh);
        for (int i = 0; i < known; i++)
            for (int k = 0; k < b->size[p]; k++) {
                int to = s->next[(size_t)list[i] * (size_t)s->moves + (size_t)b->of[p][k]];
                if (to < 0 || fresh[to])
                    continue;
                fresh[to] = true;
                if (!in[to])
                    list[count++] = to;
            }
        for (int i = 0; i < count; i++) {
            bool stays = fresh[list[i]] || (b->silent[p] && i < known);
            in[list[i]] = stays;
            if (stays)
                list[kept++] = list[i];
        }
        count = kept;
    }
    for (int i = 0; i < count; i++)
        complete[list[i]] = true;
    return DTN_OK;
}

static bool chooses(const dtn_action_graph *g, int player, int node)
{
    for (int i = g->first[player]; i < g->first[player + 1]; i++)
        for (int k = 0; k < g->agent[i].actions; k++)
            if (g->agent[i].action[k] == node)
                return true;
    return false;
}

typedef struct row {
    const int *counts;
    int state, width;
} row;

static int compare_rows(const void *a, const void *b)
{
    const row *x = a, *y = b;
    for (int k = 0; k < x->width; k++)
        if (x->counts[k] != y->counts[k])
            return x->counts[k] < y->counts[k] ? -1 : 1;
    return (x->state > y->state) - (x->state < y->state);
}

/* The configurations of complete states, in order, each once. */
static dtn_status number_configs(building *b, dtn_action_node *out, const bool *complete)
{
    int states = b->states.count, rows = 0, *config, *counts, *number;
    size_t width = (size_t)b->width;
    row *list;
    for (int s = 0; s < states; s++)
        rows += complete[s];
    DTN_ALLOC(b->ctx, b->ctx->scratch, list, (size_t)rows + 1);
    DTN_ALLOC(b->ctx, b->ctx->scratch, counts, (size_t)rows * width + 1);
    DTN_ALLOC(b->ctx, b->g->arena, number, states);
    rows = 0;
    for (int s = 0; s < states; s++) {
        number[s] = -1;
        if (!complete[s])
            continue;
        list[rows] = (row){counts + (size_t)rows * width, s, b->width};
        dtn_action_graph_counts(b->g, b->node, counts + (size_t)rows * width,
                                b->states.tuple + (size_t)s * width);
        rows++;
    }
    qsort(list, (size_t)rows, sizeof *list, compare_rows);
    DTN_ALLOC(b->ctx, b->g->arena, config, (size_t)rows * width + 1);
    for (int i = 0; i < rows; i++) {
        if (i == 0 || memcmp(list[i].counts, list[i - 1].counts, width * sizeof *counts) != 0)
            memcpy(config + (size_t)out->configs++ * width, list[i].counts, width * sizeof *counts);
        number[list[i].state] = out->configs - 1;
    }
    out->config = config;
    out->states.config = number;
    return DTN_OK;
}

static dtn_status build(building *b, dtn_action_node *out)
{
    const dtn_action_graph *g = b->g;
    size_t players = (size_t)g->players;
    bool *complete, *done;
    DTN_ALLOC(b->ctx, g->arena, b->move, g->actions);
    DTN_ALLOC(b->ctx, b->ctx->scratch, b->trial, (size_t)b->width + 1);
    DTN_ALLOC(b->ctx, b->ctx->scratch, b->of, players);
    DTN_ALLOC(b->ctx, b->ctx->scratch, b->size, players);
    DTN_ALLOC(b->ctx, b->ctx->scratch, b->silent, players);
    DTN_ALLOC(b->ctx, b->ctx->scratch, b->class_of, players);
    DTN_TRY(find_moves(b));
    find_classes(b);
    DTN_TRY(find_states(b));
    DTN_TRY(find_next(b, &out->states));
    DTN_ALLOC(b->ctx, b->ctx->scratch, complete, out->states.states);
    DTN_ALLOC(b->ctx, b->ctx->scratch, done, players);
    for (int p = 0; p < g->players; p++) {
        if (done[b->class_of[p]] || !chooses(g, p, b->node))
            continue;
        done[b->class_of[p]] = true;
        dtn_arena_mark mark = dtn_arena_save(b->ctx->scratch);
        DTN_TRY(mark_complete(b, complete, &out->states, p));
        dtn_arena_release(b->ctx->scratch, mark);
    }
    return number_configs(b, out, complete);
}

dtn_status dtn_action_graph_states(dtn_ctx *ctx, dtn_action_graph *g, int node)
{
    int width = g->node[node].neighbours;
    building b = {
        .ctx = ctx, .g = g, .node = node, .width = width, .moves.width = width, .states.width = width};
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = build(&b, &g->node[node]);
    dtn_arena_release(ctx->scratch, mark);
    return status;
}
