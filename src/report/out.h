/* Growing text in an arena, with a sticky error: what renderers write to. */
#ifndef DTN_REPORT_OUT_H
#define DTN_REPORT_OUT_H

#include "base/ctx.h"

typedef struct dtn_out {
    dtn_ctx *ctx;
    dtn_arena *arena;
    char *data; /* zero-terminated once anything was written */
    size_t length, room;
    dtn_status status;
} dtn_out;

dtn_out dtn_out_new(dtn_ctx *ctx, dtn_arena *arena);
void dtn_out_bytes(dtn_out *out, const char *bytes, size_t length);
void dtn_out_text(dtn_out *out, const char *text);
void dtn_out_char(dtn_out *out, char c);
void dtn_out_repeat(dtn_out *out, const char *text, int times);
/* Text in the arena that is not written: a temporary. "" after a failure. */
const char *dtn_out_temporary(dtn_out *out, const char *format, ...) DTN_PRINTF(2, 3);
/* text, or "" and the error when it is NULL because memory ran out. */
const char *dtn_out_checked(dtn_out *out, const char *text);
void dtn_out_print(dtn_out *out, const char *format, ...) DTN_PRINTF(2, 3);

#endif
