/* The ends of a game as terms of vectors, for one player.
 *
 * Method: ends are dealt out to the vectors of the player's last moves, sorted there by what the others did, and added up where nothing
 *   differs. A vector takes the form that costs less: one column for all lanes, or, where lanes meet different columns, one
 *   column a lane.
 * Cost: linear in the ends, and sorting those of each vector. */
#include <stdlib.h>
#include <string.h>

#include "model/compile.h"

/* Reading one column for eight lanes costs a load; eight columns cost a gather, about so many loads. */
enum { GATHER = 4 };

typedef struct entry {
    int column, lane;
    double value;
} entry;

typedef struct terms {
    dtn_ctx *ctx;
    const dtn_raw_ends *ends;
    int player, players, vectors;
    size_t *start; /* [vectors + 1] entries of a vector */
    entry *entry;
    int *column; /* [ends] of games without two players */
} terms;

static int by_column(const void *a, const void *b)
{
    const entry *x = a, *y = b;
    if (x->column != y->column)
        return x->column < y->column ? -1 : 1;
    return x->lane - y->lane;
}

static uint64_t tuple_hash(const int *sequence, int players, int player)
{
    uint64_t h = 0x9e3779b97f4a7c15u;
    for (int p = 0; p < players; p++)
        if (p != player)
            h = (h ^ (uint64_t)sequence[p]) * 0xbf58476d1ce4e5b9u, h ^= h >> 29;
    return h;
}

static bool tuple_equal(const int *x, const int *joint, int players, int player)
{
    for (int p = 0, k = 0; p < players; p++)
        if (p != player && x[p] != joint[k++])
            return false;
    return true;
}

/* Numbers what the others did on the way to each end. */
static dtn_status join_columns(dtn_arena *arena, dtn_arena *work, dtn_compiled_side *out, terms *t)
{
    const dtn_raw_ends *ends = t->ends;
    size_t slots = 16, others = (size_t)t->players - 1;
    while (slots < 2 * ends->count)
        slots *= 2;
    int *table, *joint, *list;
    DTN_ALLOC(t->ctx, work, table, slots);
    DTN_ALLOC(t->ctx, work, list, ends->count * others + 1);
    DTN_ALLOC(t->ctx, work, t->column, ends->count + 1);
    for (size_t e = 0; e < ends->count; e++) {
        const int *x = ends->sequence + e * (size_t)t->players;
        size_t at = tuple_hash(x, t->players, t->player) & (slots - 1);
        while (table[at] && !tuple_equal(x, list + (size_t)(table[at] - 1) * others, t->players, t->player))
            at = (at + 1) & (slots - 1);
        if (!table[at]) {
            for (int p = 0, k = 0; p < t->players; p++)
                if (p != t->player)
                    list[(size_t)out->columns * others + (size_t)k++] = x[p];
            table[at] = ++out->columns;
        }
        t->column[e] = table[at] - 1;
    }
    DTN_ALLOC(t->ctx, arena, joint, (size_t)out->columns * others + 1);
    memcpy(joint, list, (size_t)out->columns * others * sizeof *joint);
    out->joint = joint;
    return DTN_OK;
}

static dtn_status deal_out(dtn_arena *work, terms *t)
{
    const dtn_raw_ends *ends = t->ends;
    size_t players = (size_t)t->players, p = (size_t)t->player;
    DTN_ALLOC(t->ctx, work, t->start, t->vectors + 2);
    DTN_ALLOC(t->ctx, work, t->entry, ends->count + 1);
    for (size_t e = 0; e < ends->count; e++)
        if (ends->payoff[e * players + p] != 0)
            t->start[ends->sequence[e * players + p] / DTN_LANES + 2]++;
    for (int v = 1; v <= t->vectors + 1; v++)
        t->start[v] += t->start[v - 1];
    for (size_t e = 0; e < ends->count; e++) {
        double value = ends->payoff[e * players + p];
        if (value == 0)
            continue;
        int own = ends->sequence[e * players + p];
        int column = t->column ? t->column[e] : ends->sequence[e * players + (1 - p)];
        t->entry[t->start[own / DTN_LANES + 1]++] = (entry){column, own % DTN_LANES, value};
    }
    return DTN_OK;
}

/* Sorts a vector's entries and adds up equal ones; returns their number. */
static size_t tidy(entry *e, size_t count)
{
    size_t kept = 0;
    qsort(e, count, sizeof *e, by_column);
    for (size_t k = 0; k < count; k++)
        if (kept && by_column(&e[kept - 1], &e[k]) == 0)
            e[kept - 1].value += e[k].value;
        else
            e[kept++] = e[k];
    return kept;
}

/* How many terms a vector needs in either form; true: shared is cheaper. */
static bool choose(const entry *e, size_t count, size_t *terms_needed)
{
    size_t columns = 0, lane[DTN_LANES] = {0}, longest = 0;
    for (size_t k = 0; k < count; k++) {
        columns += k == 0 || e[k].column != e[k - 1].column;
        size_t length = ++lane[e[k].lane];
        longest = length > longest ? length : longest;
    }
    bool shared = columns <= GATHER * longest;
    *terms_needed = shared ? columns : longest;
    return shared;
}

static void write_shared(const entry *e, size_t count, int *column, double *value)
{
    size_t term = 0;
    for (size_t k = 0; k < count; k++) {
        term += k && e[k].column != e[k - 1].column;
        column[term] = e[k].column;
        value[DTN_LANES * term + (size_t)e[k].lane] = e[k].value;
    }
}

/* Terms that a lane does not need keep column 0 and value 0. */
static void write_own(const entry *e, size_t count, int *column, double *value)
{
    size_t lane[DTN_LANES] = {0};
    for (size_t k = 0; k < count; k++) {
        size_t at = DTN_LANES * lane[e[k].lane]++ + (size_t)e[k].lane;
        column[at] = e[k].column;
        value[at] = e[k].value;
    }
}

dtn_status dtn_compile_terms(dtn_ctx *ctx, dtn_arena *arena, dtn_arena *work, dtn_compiled_side *out,
                             const dtn_raw_ends *ends, int player, int players)
{
    terms t = {.ctx = ctx, .ends = ends, .player = player, .players = players, .vectors = out->vectors};
    if (players != 2)
        DTN_TRY(join_columns(arena, work, out, &t));
    DTN_TRY(deal_out(work, &t));
    size_t *shared, *own, *count;
    DTN_ALLOC(ctx, arena, shared, out->vectors + 1);
    DTN_ALLOC(ctx, arena, own, out->vectors + 1);
    DTN_ALLOC(ctx, work, count, out->vectors + 1);
    for (int v = 0; v < out->vectors; v++) {
        size_t needed;
        entry *e = t.entry + t.start[v];
        count[v] = tidy(e, t.start[v + 1] - t.start[v]);
        bool is_shared = choose(e, count[v], &needed);
        shared[v + 1] = shared[v] + (is_shared ? needed : 0);
        own[v + 1] = own[v] + (is_shared ? 0 : needed);
    }
    int *shared_column, *own_column;
    double *shared_value, *own_value;
    DTN_ALLOC(ctx, arena, shared_column, shared[out->vectors] + 1);
    DTN_ALLOC(ctx, arena, shared_value, (shared[out->vectors] + 1) * DTN_LANES);
    DTN_ALLOC(ctx, arena, own_column, (own[out->vectors] + 1) * DTN_LANES);
    DTN_ALLOC(ctx, arena, own_value, (own[out->vectors] + 1) * DTN_LANES);
    for (int v = 0; v < out->vectors; v++) {
        const entry *e = t.entry + t.start[v];
        if (shared[v + 1] > shared[v])
            write_shared(e, count[v], shared_column + shared[v], shared_value + DTN_LANES * shared[v]);
        else
            write_own(e, count[v], own_column + DTN_LANES * own[v], own_value + DTN_LANES * own[v]);
    }
    out->shared = shared;
    out->shared_column = shared_column;
    out->shared_value = shared_value;
    out->own = own;
    out->own_column = own_column;
    out->own_value = own_value;
    return DTN_OK;
}
