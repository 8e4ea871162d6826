/* Nodes of decision diagrams and their memory.
 * Method: reduced ordered diagrams without complemented edges; a hash table keeps equal functions one; results of operations
 *         are remembered in a direct-mapped table. Unused nodes go when the caller names what to keep.
 * Cost: a node takes 16 bytes, its bucket 4, remembered results up to 80 MiB. Exact.
 * Source: Bryant 1986. */
#include <string.h>

#include "stability/bdd_store.h"

enum { FIRST_LOG = 16, MEMOS_LOG = 22, MOST_LOG = 31, POLL_EVERY = 1 << 16 };

static size_t hash(uint32_t a, uint32_t b, uint32_t c, uint32_t d)
{
    uint64_t x = a * UINT64_C(0x9e3779b97f4a7c15) ^ b * UINT64_C(0xc2b2ae3d27d4eb4f) ^
                 c * UINT64_C(0x165667b19e3779f9) ^ d * UINT64_C(0x27d4eb2f165667c5);
    return (size_t)(x ^ x >> 29 ^ x >> 47);
}

static void put(dtn_bdd_store *s, dtn_bdd n)
{
    dtn_bdd_node *x = &s->node[n];
    dtn_bdd *at = &s->bucket[hash(x->variable, x->low, x->high, 0) & (s->room - 1)];
    x->next = *at;
    *at = n;
}

/* Moves the arrays to twice (or first) room. */
static dtn_status grow(dtn_bdd_store *s, size_t room)
{
    dtn_arena *arena = dtn_arena_new(s->ctx), *old = s->arena;
    dtn_bdd_node *node = arena ? dtn_arena_array(arena, room, sizeof *node) : NULL;
    dtn_bdd *bucket = arena ? dtn_arena_array(arena, room, sizeof *bucket) : NULL;
    size_t memos = room < (size_t)1 << MEMOS_LOG ? room : (size_t)1 << MEMOS_LOG;
    dtn_bdd_memo *memo = arena ? dtn_arena_array(arena, memos, sizeof *memo) : NULL;
    if (!node || !bucket || !memo) {
        dtn_arena_free(arena);
        return dtn_fail_nomem(s->ctx);
    }
    if (s->nodes)
        memcpy(node, s->node, s->nodes * sizeof *node);
    s->arena = arena;
    s->node = node;
    s->bucket = bucket;
    s->memo = memo;
    s->memos = memos;
    s->room = room;
    for (size_t n = 2; n < s->nodes; n++)
        put(s, (dtn_bdd)n);
    dtn_arena_free(old);
    return DTN_OK;
}

dtn_status dtn_bdd_store_new(dtn_ctx *ctx, dtn_bdd_store **out, int variables)
{
    *out = NULL;
    dtn_arena *own = dtn_arena_new(ctx);
    dtn_bdd_store *s = own ? dtn_arena_alloc(own, sizeof *s) : NULL;
    if (!s) {
        dtn_arena_free(own);
        return dtn_fail_nomem(ctx);
    }
    *s = (dtn_bdd_store){.ctx = ctx, .own = own, .variables = variables};
    dtn_status status = grow(s, (size_t)1 << FIRST_LOG);
    if (status != DTN_OK) {
        dtn_arena_free(own);
        return status;
    }
    s->node[0] = s->node[1] = (dtn_bdd_node){.variable = DTN_BDD_TERMINAL};
    s->nodes = 2;
    *out = s;
    return DTN_OK;
}

void dtn_bdd_store_free(dtn_bdd_store *s)
{
    if (!s)
        return;
    dtn_arena_free(s->arena);
    dtn_arena_free(s->own);
}

dtn_status dtn_bdd_status(const dtn_bdd_store *s)
{
    return s->status;
}

size_t dtn_bdd_nodes(const dtn_bdd_store *s)
{
    return s->nodes;
}

dtn_bdd dtn_bdd_make(dtn_bdd_store *s, uint32_t variable, dtn_bdd low, dtn_bdd high)
{
    if (low == high || s->status != DTN_OK)
        return s->status == DTN_OK ? low : DTN_BDD_FALSE;
    for (dtn_bdd n = s->bucket[hash(variable, low, high, 0) & (s->room - 1)]; n; n = s->node[n].next)
        if (s->node[n].variable == variable && s->node[n].low == low && s->node[n].high == high)
            return n;
    if (s->nodes % POLL_EVERY == 0)
        s->status = dtn_ctx_poll(s->ctx);
    if (s->status == DTN_OK && s->nodes == s->room)
        s->status =
            s->room >> (MOST_LOG - 1)
                ? dtn_fail(s->ctx, DTN_LIMIT, "the decision diagrams need more than 2^%d nodes", MOST_LOG - 1)
                : grow(s, 2 * s->room);
    if (s->status != DTN_OK)
        return DTN_BDD_FALSE;
    s->node[s->nodes] = (dtn_bdd_node){.variable = variable, .low = low, .high = high};
    put(s, (dtn_bdd)s->nodes);
    return (dtn_bdd)s->nodes++;
}

dtn_bdd_memo *dtn_bdd_recall(const dtn_bdd_store *s, uint32_t op, dtn_bdd f, dtn_bdd g, dtn_bdd h)
{
    return &s->memo[hash(f, g, h, op) & (s->memos - 1)];
}

void dtn_bdd_forget(dtn_bdd_store *s)
{
    memset(s->memo, 0, s->memos * sizeof *s->memo);
}

dtn_bdd dtn_bdd_variable(dtn_bdd_store *s, int variable)
{
    return dtn_bdd_make(s, (uint32_t)variable, DTN_BDD_FALSE, DTN_BDD_TRUE);
}

bool dtn_bdd_holds(const dtn_bdd_store *s, dtn_bdd f, uint64_t choice)
{
    while (f > DTN_BDD_TRUE)
        f = choice >> (s->node[f].variable / 2) & 1 ? s->node[f].high : s->node[f].low;
    return f == DTN_BDD_TRUE;
}

/* Children have smaller numbers, so that one sweep down marks and one sweep up moves. */
void dtn_bdd_collect(dtn_bdd_store *s, dtn_bdd *const *kept, size_t count)
{
    if (s->status != DTN_OK)
        return;
    dtn_bdd *moved = s->bucket; /* not needed meanwhile: new number, 0 while unmarked */
    memset(moved, 0, s->room * sizeof *moved);
    for (size_t k = 0; k < count; k++)
        moved[*kept[k]] = 1;
    for (size_t n = s->nodes - 1; n > DTN_BDD_TRUE; n--)
        if (moved[n])
            moved[s->node[n].low] = moved[s->node[n].high] = 1;
    moved[0] = 0;
    moved[1] = 1;
    size_t nodes = 2;
    for (size_t n = 2; n < s->nodes; n++)
        if (moved[n]) {
            dtn_bdd_node x = s->node[n];
            x.low = moved[x.low];
            x.high = moved[x.high];
            s->node[nodes] = x;
            moved[n] = (dtn_bdd)nodes++;
        }
    for (size_t k = 0; k < count; k++)
        *kept[k] = moved[*kept[k]];
    s->nodes = nodes;
    memset(s->bucket, 0, s->room * sizeof *s->bucket);
    for (size_t n = 2; n < nodes; n++)
        put(s, (dtn_bdd)n);
    dtn_bdd_forget(s);
}
