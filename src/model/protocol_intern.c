/* Hash-consing: every distinct tuple of integers gets one number.
 *
 * Method: open addressing with linear probing over 32-bit hashes, at most 5/8 full; tuples are kept in an arena.
 * Cost: O(length) on average. */
#include <string.h>

#include "model/protocol.h"

typedef struct entry {
    const int *tuple;
    int length;
    uint32_t hash;
} entry;

struct dtn_intern {
    dtn_arena *arena;
    entry *entry;
    int count, capacity;
    int *slot; /* number + 1, 0 = empty */
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

static void place(dtn_intern *t, int id)
{
    uint32_t at = t->entry[id].hash & t->mask;
    while (t->slot[at])
        at = (at + 1) & t->mask;
    t->slot[at] = id + 1;
}

static dtn_status grow(dtn_ctx *ctx, dtn_intern *t)
{
    entry *wider;
    DTN_ALLOC(ctx, t->arena, wider, (size_t)t->capacity * 2);
    memcpy(wider, t->entry, (size_t)t->count * sizeof *wider);
    DTN_ALLOC(ctx, t->arena, t->slot, ((size_t)t->mask + 1) * 2);
    t->entry = wider;
    t->capacity *= 2;
    t->mask = t->mask * 2 + 1;
    for (int i = 0; i < t->count; i++)
        place(t, i);
    return DTN_OK;
}

dtn_status dtn_intern_id(dtn_ctx *ctx, dtn_intern *t, int *id, bool *fresh, const int *tuple, int length)
{
    uint32_t hash = hash_of(tuple, length);
    for (uint32_t at = hash & t->mask; t->slot[at]; at = (at + 1) & t->mask) {
        const entry *e = &t->entry[t->slot[at] - 1];
        if (e->hash == hash && e->length == length &&
            memcmp(e->tuple, tuple, (size_t)length * sizeof *tuple) == 0) {
            *id = t->slot[at] - 1;
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
    t->entry[t->count] = (entry){copy, length, hash};
    place(t, t->count);
    *id = t->count++;
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
