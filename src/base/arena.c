/* Arena allocator: chained blocks, bump allocation, a list of deferred clean-ups.
 * Cost: O(1) an allocation; release is linear in the blocks and clean-ups released. */
#include "base/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/ctx.h"

typedef struct block {
    struct block *previous;
    size_t size, used; /* of data, bytes */
    max_align_t data[];
} block;

typedef struct cleanup {
    struct cleanup *previous;
    dtn_cleanup_fn *fn;
    void *object;
    size_t count;
} cleanup;

struct dtn_arena {
    dtn_ctx *ctx;
    block *last;
    cleanup *cleanups;
    size_t bytes;
};

enum { FIRST_BLOCK = 4096, LARGEST_BLOCK = 1 << 20 };

static void *take(dtn_ctx *ctx, size_t bytes)
{
    size_t used = atomic_fetch_add(&ctx->memory_used, bytes) + bytes;
    if (used < bytes || (ctx->memory_limit && used > ctx->memory_limit)) {
        atomic_fetch_sub(&ctx->memory_used, bytes);
        return NULL;
    }
    void *p = ctx->alloc(ctx->alloc_user, NULL, bytes);
    if (!p) {
        atomic_fetch_sub(&ctx->memory_used, bytes);
        return NULL;
    }
    if (used > atomic_load(&ctx->memory_peak))
        atomic_store(&ctx->memory_peak, used);
    return p;
}

static void give(dtn_ctx *ctx, void *p, size_t bytes)
{
    ctx->alloc(ctx->alloc_user, p, 0);
    atomic_fetch_sub(&ctx->memory_used, bytes);
}

dtn_arena *dtn_arena_new(dtn_ctx *ctx)
{
    dtn_arena *arena = take(ctx, sizeof *arena);
    if (arena)
        *arena = (dtn_arena){.ctx = ctx};
    return arena;
}

void dtn_arena_free(dtn_arena *arena)
{
    if (!arena)
        return;
    dtn_arena_release(arena, (dtn_arena_mark){0});
    give(arena->ctx, arena, sizeof *arena);
}

void *dtn_arena_alloc(dtn_arena *arena, size_t bytes)
{
    size_t align = bytes >= 64 ? 64 : 16;
    if (bytes == 0)
        bytes = 1;
    if (bytes > SIZE_MAX / 4)
        return NULL;
    block *b = arena->last;
    if (b) {
        uintptr_t base = (uintptr_t)b->data, at = (base + b->used + align - 1) & ~(uintptr_t)(align - 1);
        if (at - base <= b->size && bytes <= b->size - (at - base)) {
            b->used = at - base + bytes;
            return memset((char *)b->data + (at - base), 0, bytes);
        }
    }
    size_t size = b ? b->size * 2 : FIRST_BLOCK;
    if (size > LARGEST_BLOCK)
        size = LARGEST_BLOCK;
    if (size < bytes + align)
        size = bytes + align;
    block *fresh = take(arena->ctx, sizeof *fresh + size);
    if (!fresh)
        return NULL;
    fresh->previous = b;
    fresh->size = size;
    arena->bytes += sizeof *fresh + size;
    uintptr_t base = (uintptr_t)fresh->data, at = (base + align - 1) & ~(uintptr_t)(align - 1);
    fresh->used = at - base + bytes;
    arena->last = fresh;
    return memset((char *)fresh->data + (at - base), 0, bytes);
}

void *dtn_arena_array(dtn_arena *arena, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        return NULL;
    return dtn_arena_alloc(arena, count * size);
}

char *dtn_arena_strndup(dtn_arena *arena, const char *text, size_t length)
{
    if (!text)
        return NULL;
    char *copy = dtn_arena_alloc(arena, length + 1);
    if (copy)
        memcpy(copy, text, length);
    return copy;
}

char *dtn_arena_strdup(dtn_arena *arena, const char *text)
{
    return text ? dtn_arena_strndup(arena, text, strlen(text)) : NULL;
}

char *dtn_arena_vprintf(dtn_arena *arena, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (length < 0)
        return NULL;
    char *text = dtn_arena_alloc(arena, (size_t)length + 1);
    if (text)
        vsnprintf(text, (size_t)length + 1, format, args);
    return text;
}

char *dtn_arena_printf(dtn_arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = dtn_arena_vprintf(arena, format, args);
    va_end(args);
    return text;
}

bool dtn_arena_defer(dtn_arena *arena, dtn_cleanup_fn *fn, void *object, size_t count)
{
    cleanup *c = dtn_arena_alloc(arena, sizeof *c);
    if (!c)
        return false;
    *c = (cleanup){arena->cleanups, fn, object, count};
    arena->cleanups = c;
    return true;
}

dtn_arena_mark dtn_arena_save(const dtn_arena *arena)
{
    return (dtn_arena_mark){arena->last, arena->cleanups, arena->last ? arena->last->used : 0};
}

void dtn_arena_release(dtn_arena *arena, dtn_arena_mark mark)
{
    while (arena->cleanups != mark.cleanup) {
        cleanup *c = arena->cleanups;
        arena->cleanups = c->previous;
        c->fn(c->object, c->count);
    }
    while (arena->last != mark.block) {
        block *b = arena->last;
        arena->last = b->previous;
        arena->bytes -= sizeof *b + b->size;
        give(arena->ctx, b, sizeof *b + b->size);
    }
    if (arena->last)
        arena->last->used = mark.used;
}

size_t dtn_arena_bytes(const dtn_arena *arena)
{
    return arena->bytes;
}
