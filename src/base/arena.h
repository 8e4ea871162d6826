/* Arena: memory that lives and dies together, with clean-up of the exact numbers it holds. */
#ifndef DTN_BASE_ARENA_H
#define DTN_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

#include "detente/base.h"

typedef struct dtn_arena dtn_arena;
typedef void dtn_cleanup_fn(void *object, size_t count);

/* A point in an arena's life; releasing to it frees everything allocated since and runs its clean-ups. */
typedef struct dtn_arena_mark {
    void *block, *cleanup;
    size_t used;
} dtn_arena_mark;

/* NULL on failure. The arena draws on ctx's allocator and counts against ctx's memory limit; it must not
 * outlive ctx only if a custom allocator is set (the limit's counter is shared and owned by the arena's ctx). */
dtn_arena *dtn_arena_new(dtn_ctx *ctx);
void dtn_arena_free(dtn_arena *arena); /* NULL allowed */

/* bytes of zeroed memory aligned to 64 when bytes >= 64, else 16; NULL when memory or the limit ran out. */
void *dtn_arena_alloc(dtn_arena *arena, size_t bytes);
/* count * size with an overflow check. */
void *dtn_arena_array(dtn_arena *arena, size_t count, size_t size);
/* Copies; NULL when out of memory (or when text is NULL). */
char *dtn_arena_strdup(dtn_arena *arena, const char *text);
char *dtn_arena_strndup(dtn_arena *arena, const char *text, size_t length);
char *dtn_arena_printf(dtn_arena *arena, const char *format, ...) DTN_PRINTF(2, 3);
char *dtn_arena_vprintf(dtn_arena *arena, const char *format, va_list args) DTN_PRINTF(2, 0);
/* Have fn(object, count) called when the arena is freed or released past this point. false: out of memory
 * (fn was not registered: the caller still owns the object). */
bool dtn_arena_defer(dtn_arena *arena, dtn_cleanup_fn *fn, void *object, size_t count);

dtn_arena_mark dtn_arena_save(const dtn_arena *arena);
void dtn_arena_release(dtn_arena *arena, dtn_arena_mark mark);
size_t dtn_arena_bytes(const dtn_arena *arena);

/* ptr = zeroed array of count elements of *ptr from arena, or return NOMEM from the calling function. */
#define DTN_ALLOC(ctx, arena, ptr, count)                                 \
    do {                                                                  \
        (ptr) = dtn_arena_array((arena), (size_t)(count), sizeof *(ptr)); \
        if (!(ptr))                                                       \
            return dtn_fail_nomem(ctx);                                   \
    } while (0)

#endif
