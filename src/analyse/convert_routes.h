/* What the files of `convert` share: the target formats and the way to each. */
#ifndef DTN_ANALYSE_CONVERT_ROUTES_H
#define DTN_ANALYSE_CONVERT_ROUTES_H

#include "analyse/analysis.h"
#include "base/str.h"

typedef struct route route;
typedef dtn_status write_fn(route *r);

typedef struct target {
    const char *name;
    bool whole;      /* holds a whole scenario */
    write_fn *write; /* of a game */
} target;
extern const target dtn_convert_targets[]; /* ends with a NULL name */

struct route {
    dtn_ctx *ctx;
    dtn_job *job;
    dtn_result *result;
    const target *to;
    const char *part;
    dtn_str out;
    dtn_strategic *made_game; /* owned */
    dtn_tree *made_tree;      /* owned */
};

/* One sentence about what was not written. */
dtn_status dtn_remark(dtn_ctx *ctx, dtn_result *result, const char *format, ...) DTN_PRINTF(3, 4);
/* The game as the format needs it, with a remark where that loses something. */
dtn_status dtn_route_tree(route *r, const dtn_tree **out);
dtn_status dtn_route_strategic(route *r, const dtn_strategic **out);
/* A scenario's document, as it stands. */
dtn_status dtn_route_document(route *r);
/* The conflict of a scenario. */
dtn_status dtn_route_conflict(route *r);
/* Remarks on what a game file cannot hold of a scenario. */
dtn_status dtn_route_leave_out(route *r);

#endif
