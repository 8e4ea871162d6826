/* Logical statements about the states of a conflict: parsed once, evaluated for 64 patterns at a time. */
#ifndef DTN_MODEL_CONFLICT_STATEMENT_H
#define DTN_MODEL_CONFLICT_STATEMENT_H

#include "base/ctx.h"

typedef enum dtn_statement_op {
    DTN_ST_OPTION, /* push option `option` */
    DTN_ST_CUBE,   /* push: the bits `known` equal `value` */
    DTN_ST_NOT,
    DTN_ST_AND,
    DTN_ST_OR,
    DTN_ST_IF,      /* a if b */
    DTN_ST_ONLY_IF, /* a only if b */
    DTN_ST_IFF,
    DTN_ST_COUNT /* push: between least and most of the bits `known` are set */
} dtn_statement_op;

typedef struct dtn_statement_step {
    dtn_statement_op op;
    int option, least, most;
    uint64_t known, value;
} dtn_statement_step;

/* Postfix program; leaves one truth value. */
typedef struct dtn_statement {
    const char *text;
    const dtn_statement_step *step; /* [steps] */
    int steps;
} dtn_statement;

enum { DTN_STATEMENT_STACK = 256 };

typedef struct dtn_statement_error {
    size_t offset, length;
    char message[256];
    char unknown[64]; /* an unknown name, "" otherwise */
} dtn_statement_error;

/* The option whose key is name[0, length), or -1. */
typedef int dtn_option_lookup_fn(const void *user, const char *name, size_t length);

/* Parses text; PARSE with error filled (and nothing recorded in ctx: the caller words where) when it is not a
 * statement. The grammar is in detente/conflict.h. */
dtn_status dtn_statement_parse(dtn_ctx *ctx, dtn_arena *arena, dtn_statement *out, const char *text,
                               int options, dtn_option_lookup_fn *lookup, const void *user,
                               dtn_statement_error *error);

/* Bit x of the result: whether the statement holds for the pattern base + x, 0 <= x < 64; base is a multiple of 64. */
uint64_t dtn_statement_word(const dtn_statement *s, uint64_t base);

/* Whether the statement can be true (and can be false) somewhere in the cube of patterns whose bits `known` equal
 * `value`. May say "can" wrongly, never "cannot": options are taken as independent wherever they occur. */
void dtn_statement_over_cube(const dtn_statement *s, uint64_t known, uint64_t value, bool *can_hold,
                             bool *can_fail);

/* Reads a Y/N/- pattern of exactly `options` characters. false: not one (*wrong = first character that is not). */
bool dtn_pattern_parse(const char *text, size_t length, int options, uint64_t *known, uint64_t *value,
                       size_t *wrong);

#endif
