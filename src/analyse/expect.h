/* What the parts of expect*.c share: the entry at hand, its point, and the rows that it makes. */
#ifndef DTN_ANALYSE_EXPECT_H
#define DTN_ANALYSE_EXPECT_H

#include "analyse/check.h"
#include "analyse/key.h"

typedef struct dtn_expecting {
    dtn_arena *arena; /* of rows and their texts */
    const dtn_job *job;
    const dtn_scenario *scenario;
    const dtn_scn_expect *entry;
    int number;     /* of the entry */
    const char *at; /* the entry's point in words */
    dtn_point point;
    dtn_expect_row *row;
    int rows, room;
} dtn_expecting;

/* Appends a row; NULL texts mean that memory ran out. place of the entry when line == 0. */
dtn_status dtn_expect_add(dtn_ctx *ctx, dtn_expecting *x, dtn_place place, bool pass, const char *asked,
                          const char *expected, const char *found);

/* The value of a pair at the entry's point as text: "1/2" or "[1/2, 1]"; bound [2] receives the numbers (equal ones without an
 * interval). NULL: out of memory, or undefined (status in ctx). */
const char *dtn_expect_bound(dtn_ctx *ctx, dtn_expecting *x, fmpq *bound, const dtn_scn_pair *pair);
/* Whether [lo, hi] fits: inside the asked interval; for a single number equal to it, or free to be it. */
bool dtn_expect_fits(const fmpq_t lo, const fmpq_t hi, const dtn_scn_pair *pair, const fmpq *bound);
/* "1/3" or "[0, 1/4]". */
const char *dtn_expect_span(dtn_arena *arena, const fmpq_t lo, const fmpq_t hi);

/* One entry of each kind. They add rows; a failure other than NOMEM, CANCELLED and LIMIT becomes a row of the driver. */
dtn_status dtn_expect_solve(dtn_ctx *ctx, dtn_expecting *x);
dtn_status dtn_expect_verify(dtn_ctx *ctx, dtn_expecting *x);
dtn_status dtn_expect_critical(dtn_ctx *ctx, dtn_expecting *x);
dtn_status dtn_expect_scalar(dtn_ctx *ctx, dtn_expecting *x);
dtn_status dtn_expect_bind(dtn_ctx *ctx, dtn_expecting *x);
dtn_status dtn_expect_stability(dtn_ctx *ctx, dtn_expecting *x);
dtn_status dtn_expect_credibility(dtn_ctx *ctx, dtn_expecting *x);

/* The statements of one `every`, `some` or `none`, over anything that can be asked for them (expect_like.c). */
typedef struct dtn_like_view {
    const void *subject; /* what is looked at */
    /* *pass and a text of what was found for one statement. kind: as below. */
    dtn_status (*test)(dtn_ctx *ctx, dtn_expecting *x, const void *subject, int kind,
                       const dtn_scn_pair *pair, const dtn_scn_like *like, bool *pass, const char **found);
} dtn_like_view;
enum { DTN_LIKE_OUTCOME, DTN_LIKE_STRATEGY, DTN_LIKE_BELIEF, DTN_LIKE_PAYOFF, DTN_LIKE_CLASS, DTN_LIKE_RUNG };
/* Rows for `every`: one a statement. views: [count]. word: "every". */
dtn_status dtn_expect_every(dtn_ctx *ctx, dtn_expecting *x, const dtn_scn_like *like,
                            const dtn_like_view *views, int count, const char *word);
/* One row: some (none) of the views fits all statements. */
dtn_status dtn_expect_some(dtn_ctx *ctx, dtn_expecting *x, const dtn_scn_like *like,
                           const dtn_like_view *views, int count, bool none);

/* A view of an equilibrium on a tree. */
typedef struct dtn_like_tree {
    const dtn_tree *tree;
    const dtn_equilibrium *e;
} dtn_like_tree;
dtn_status dtn_like_tree_test(dtn_ctx *ctx, dtn_expecting *x, const void *subject, int kind,
                              const dtn_scn_pair *pair, const dtn_scn_like *like, bool *pass,
                              const char **found);

#endif
