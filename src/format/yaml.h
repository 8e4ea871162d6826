/* YAML (and so JSON) as a small tree of texts, lists and mappings with exact places; the traps of YAML are refused or
 * explained here, so that what reads the tree sees only what the author meant.
 *
 * No value is interpreted: `NO`, `on` and `1e3` are texts. */
#ifndef DTN_FORMAT_YAML_H
#define DTN_FORMAT_YAML_H

#include "format/diag.h"

typedef enum dtn_yaml_kind { DTN_YAML_TEXT, DTN_YAML_LIST, DTN_YAML_MAP } dtn_yaml_kind;

typedef struct dtn_yaml dtn_yaml;
struct dtn_yaml {
    dtn_yaml_kind kind;
    bool plain;       /* text without quotes */
    bool block;       /* text after | or > */
    bool flow;        /* list or mapping in [ ] or { } */
    const char *text; /* zero-terminated */
    size_t length;
    dtn_place place;   /* of the first character (the quote, where there is one) */
    size_t start, end; /* bytes of the source */
    int count;         /* of a list or mapping */
    dtn_yaml **item;
    dtn_yaml **key; /* mapping: [count] */
    long weight;    /* nodes below, aliases written out */
};

enum {
    DTN_YAML_DEEPEST = 128,
    DTN_YAML_LONGEST_KEY = 1024,
    DTN_YAML_LARGEST = 8 << 20,
    DTN_YAML_HEAVIEST = 100000
};

/* The source as the YAML reader sees it: UTF-8, without a byte order mark, JSON's pairs of surrogate escapes joined. */
typedef struct dtn_bytes {
    const char *text;
    size_t length;
    struct dtn_shift {
        int line, column, by; /* places behind this one on this line stood `by` columns further right */
    } * shift;
    int shifts;
} dtn_bytes;

/* Checks size, encoding and control characters; false when reading cannot go on (then diags says why). */
bool dtn_bytes_check(dtn_diags *d, dtn_arena *arena, dtn_bytes *out, const char *text, size_t length);

/* *out = the tree, in arena; NULL when there is none (diags says why). Statuses: OK (look at diags), NOMEM. */
dtn_status dtn_yaml_parse(dtn_ctx *ctx, dtn_arena *arena, const dtn_yaml **out, dtn_diags *diags,
                          const dtn_bytes *bytes);

/* The value of a key, or NULL. */
const dtn_yaml *dtn_yaml_get(const dtn_yaml *map, const char *key);
/* A value left empty, `~` or `null`. */
bool dtn_yaml_is_null(const dtn_yaml *y);
/* Where byte `offset` of a text stands in the file, for `length` bytes. */
dtn_place dtn_yaml_place_in(const dtn_yaml *y, const dtn_bytes *bytes, int offset, int length);

/* ---- yaml_traps.c ---- */
/* Says why YAML reading stopped at the place (byte offset `at` of the source). context: libyaml's words. */
void dtn_yaml_explain(dtn_diags *d, const dtn_bytes *bytes, const char *problem, const char *context,
                      size_t at, dtn_place place, size_t context_at, dtn_place context_place);
/* Finds formulas cut to pieces by commas and keys without a space after the colon, in a flow list or mapping; mends
 * the tree. */
bool dtn_yaml_mend(dtn_diags *d, dtn_arena *arena, const dtn_bytes *bytes, dtn_yaml *y);

#endif
