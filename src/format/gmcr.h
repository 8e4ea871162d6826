/* What the files that read .gmcr share. */
#ifndef DTN_FORMAT_GMCR_H
#define DTN_FORMAT_GMCR_H

#include "format/reader.h"
#include "model/conflict.h"

typedef struct dtn_gmcr {
    dtn_reader r;         /* diagnostics, arena, context */
    const dtn_yaml *root; /* the file */
    const dtn_yaml *makers;
    const dtn_yaml **option; /* [options] their entries */
    int options, players;
    int *owner;              /* [options] player, -1: none */
    const char **option_key; /* [options] */
    const char **player_key, **player_name;
    const char *const *infeasible; /* [infeasibles] statements */
    int infeasibles;
    dtn_conflict_builder *b;
} dtn_gmcr;

/* A whole number from least to most, or an error at y and false. what: "an option". */
bool dtn_gmcr_number(dtn_gmcr *g, const dtn_yaml *y, const char *what, int least, int most, int *out);
/* [[option, "Y"|"N"], ...] or {"compound": true, "members": [...]} as a statement; *out NULL after an error. */
dtn_status dtn_gmcr_statement(dtn_gmcr *g, const dtn_yaml *y, const char **out);
/* Players, options and what is infeasible, into a builder. */
dtn_status dtn_gmcr_options(dtn_gmcr *g, dtn_conflict_builder *b);
/* The preferences of every decision maker: ranked by hand, or by statements. */
dtn_status dtn_gmcr_preferences(dtn_gmcr *g);
/* Turns a failed call of the builder into an error at y. OK unless memory ran out. */
dtn_status dtn_gmcr_fault(dtn_gmcr *g, dtn_status status, const dtn_yaml *y);

#endif
