/* Hash-consing: every distinct tuple of integers gets one number.
 *
 * Method: open addressing with linear probing over 32-bit hashes, at most 5/8 full; tuples are kept in an arena.
 * Cost: O(length) on average. */
#include <string.h>

#include "model/protocol.h"

typedef struct entry {
    const int *tuple;
    int length;
} entry;

typedef struct slot { /* the hash stands here so that a miss touches nothing else */
    uint32_t hash;
    int id; /* + 1; 0: empty */
} slot;

struct dtn_intern {
    dtn_arena *arena;
    entry *entry;
    int count, capacity;
    slot *slot;
    uint32_t mask;
};

static uint32_t hash_of(const int *tuple, int length)
{
    uint64_t h = 0x9E3779B97F4A7C15u ^ (uint64_t)length;
    for (int i = 0; i < length; i++) {
        h ^= (uint32_t)tuple[i];
        h *= 0xFF51AFD7ED558CCDu;
        h ^= h >> 32;
    }
    return (uint32_t)(h ^ (h >> 29));
}

dtn_status dtn_intern_new(dtn_ctx *ctx, dtn_arena *arena, dtn_intern **out)
{
    dtn_intern *t;
    DTN_ALLOC(ctx, arena, t, 1);
    t->arena = arena;
    t->capacity = 64;
    t->mask = 127;
    DTN_ALLOC(ctx, arena, t->entry, t->capacity);
    DTN_ALLOC(ctx, arena, t->slot, t->mask + 1);
    *out = t;
    return DTN_OK;
}

static void place(dtn_intern *t, slot fresh)
{
    uint32_t at = fresh.hash & t->mask;
    while (t->slot[at].id)
        at = (at + 1) & t->mask;
    t->slot[at] = fresh;
}

static dtn_status grow(dtn_ctx *ctx, dtn_intern *t)
{
    entry *wider;
    const slot *old = t->slot;
    uint32_t slots = t->mask + 1;
    DTN_ALLOC(ctx, t->arena, wider, (size_t)t->capacity * 2);
    memcpy(wider, t->entry, (size_t)t->count * sizeof *wider);
    DTN_ALLOC(ctx, t->arena, t->slot, (size_t)slots * 2);
    t->entry = wider;
    t->capacity *= 2;
    t->mask = slots * 2 - 1;
    for (uint32_t i = 0; i < slots; i++)
        if (old[i].id)
            place(t, old[i]);
    return DTN_OK;
}

dtn_status dtn_intern_id(dtn_ctx *ctx, dtn_intern *t, int *id, bool *fresh, const int *tuple, int length)
{
    uint32_t hash = hash_of(tuple, length);
    for (uint32_t at = hash & t->mask; t->slot[at].id; at = (at + 1) & t->mask) {
        if (t->slot[at].hash != hash)
            continue;
        const entry *e = &t->entry[t->slot[at].id - 1];
        if (e->length == length && memcmp(e->tuple, tuple, (size_t)length * sizeof *tuple) == 0) {
            *id = t->slot[at].id - 1;
            if (fresh)
                *fresh = false;
            return DTN_OK;
        }
    }
    if (t->count == INT32_MAX / 4)
        return dtn_fail(ctx, DTN_LIMIT, "more than %d different histories", t->count);
    if (t->count == t->capacity)
        DTN_TRY(grow(ctx, t));
    int *copy;
    DTN_ALLOC(ctx, t->arena, copy, length);
    memcpy(copy, tuple, (size_t)length * sizeof *tuple);
    t->entry[t->count] = (entry){copy, length};
    *id = t->count++;
    place(t, (slot){hash, t->count});
    if (fresh)
        *fresh = true;
    return DTN_OK;
}

const int *dtn_intern_tuple(const dtn_intern *t, int id)
{
    return t->entry[id].tuple;
}

int dtn_intern_count(const dtn_intern *t)
{
    return t->count;
}
