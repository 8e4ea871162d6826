/* Options by name: one table a solver, analysis or verb makes parsing, --help, man pages and forms; values travel as text. */
#ifndef DTN_BASE_OPTION_H
#define DTN_BASE_OPTION_H

#include "base/arena.h"

/* A row of an option table; a table ends with a row whose name is NULL. */
typedef struct dtn_option_spec {
    const char *name;     /* "time-limit", without dashes */
    const char *arg;      /* what --help calls its value, "SECONDS"; NULL: a flag */
    const char *fallback; /* default as text, or NULL */
    const char *help;     /* one line */
    bool repeats;         /* may be given several times (--set a=1 --set b=2) */
} dtn_option_spec;

typedef struct dtn_option_value {
    const char *name, *value; /* value "" for a flag */
    struct dtn_option_value *next;
} dtn_option_value;

/* Given options in order of giving. Zero-initialised = none. */
typedef struct dtn_options {
    dtn_option_value *first, *last;
} dtn_options;

/* Appends a copy in arena; checks nothing. */
dtn_status dtn_options_add(dtn_ctx *ctx, dtn_arena *arena, dtn_options *options, const char *name,
                           const char *value);
/* The last value given, or fallback. */
const char *dtn_options_text(const dtn_options *options, const char *name, const char *fallback);
bool dtn_options_flag(const dtn_options *options, const char *name);
/* An integer in [lo, hi], or fallback when not given. ARG with a message naming the option otherwise. */
dtn_status dtn_options_int(dtn_ctx *ctx, long *out, const dtn_options *options, const char *name,
                           long fallback, long lo, long hi);

#endif
