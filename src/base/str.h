/* Text that grows, in an arena. A failed allocation is remembered, so that only the end needs a check. */
#ifndef DTN_BASE_STR_H
#define DTN_BASE_STR_H

#include "base/arena.h"

typedef struct dtn_str {
    dtn_arena *arena;
    char *data; /* zero-terminated once something was added; NULL before */
    size_t length, capacity;
    bool failed; /* out of memory: data is what fitted */
} dtn_str;

/* An empty text; nothing is allocated yet. */
dtn_str dtn_str_in(dtn_arena *arena);
void dtn_str_add(dtn_str *s, const char *text);
void dtn_str_add_n(dtn_str *s, const char *text, size_t length);
void dtn_str_add_char(dtn_str *s, char c);
void dtn_str_add_repeated(dtn_str *s, char c, size_t count);
void dtn_str_addf(dtn_str *s, const char *format, ...) DTN_PRINTF(2, 3);
void dtn_str_insert(dtn_str *s, size_t at, const char *text);
void dtn_str_truncate(dtn_str *s, size_t length);
/* The text ("" when empty), or NULL when memory ran out on the way. */
char *dtn_str_done(dtn_str *s);

#endif
