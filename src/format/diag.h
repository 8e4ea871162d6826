/* Diagnostics: what is wrong with a file, where, and what to do. Collected in a list, worded here, rendered in
 * diag_text.c. */
#ifndef DTN_FORMAT_DIAG_H
#define DTN_FORMAT_DIAG_H

#include "base/ctx.h"
#include "base/suggest.h"
#include "detente/model.h"
#include "model/scenario.h"

typedef enum dtn_diag_id {
#define X(id, code, title, text) DTN_DIAG_##id,
#include "format/diagnostics.def"
#undef X
    DTN_DIAG_COUNT
} dtn_diag_id;

enum { DTN_DIAG_MOST = 50 };

typedef struct dtn_diag {
    dtn_severity severity;
    dtn_diag_id id;
    dtn_place place;
    int order;           /* of finding */
    const char *message; /* what was found and expected */
    const char *help;    /* what to do, or "" */
    const char *source;  /* the line, or "" */
} dtn_diag;

struct dtn_diags {
    dtn_ctx *ctx;
    dtn_arena *arena;
    const char *file;
    const char *text; /* the source, borrowed while reading; NULL afterwards */
    size_t length;
    dtn_diag item[DTN_DIAG_MOST + 1 + 2 * DTN_DIAG_MOST];
    int count, errors, warnings;
    bool dropped; /* the last one was not kept */
    bool nomem;   /* some diagnostic was lost */
};

dtn_status dtn_diags_new(dtn_ctx *ctx, dtn_diags **out, const char *file, const char *text, size_t length);
/* Adds one; the format words the message. After 50 errors further ones only count; warnings and notes are dropped beyond 100.
 * Returns false so that a reader can write `return dtn_diag_add(...)`. */
bool dtn_diag_add(dtn_diags *d, dtn_severity severity, dtn_diag_id id, dtn_place place, const char *format,
                  ...) DTN_PRINTF(5, 6);
bool dtn_diag_error(dtn_diags *d, dtn_diag_id id, dtn_place place, const char *format, ...) DTN_PRINTF(4, 5);
bool dtn_diag_warn(dtn_diags *d, dtn_diag_id id, dtn_place place, const char *format, ...) DTN_PRINTF(4, 5);
/* Help for the diagnostic added last. */
void dtn_diag_add_help(dtn_diags *d, const char *format, ...) DTN_PRINTF(2, 3);
/* Sorts by place and keeps what the list needs of the source. Returns OK, PARSE when there are errors (the context's message is
 * then the first one), or NOMEM. */
dtn_status dtn_diags_finish(dtn_diags *d);

/* "DT031" of an identifier. Static. */
const char *dtn_diag_id_code(dtn_diag_id id);

#endif
