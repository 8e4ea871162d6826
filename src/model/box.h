/* Boxes of parameters: the ranges of a scenario, and the sign of a formula over them. */
#ifndef DTN_ANALYSE_BOX_H
#define DTN_ANALYSE_BOX_H

#include "model/scenario.h"

/* A product of intervals, one a parameter; entries of derived parameters are unused. */
typedef struct dtn_box {
    int params;
    fmpq *lo, *hi;
} dtn_box;

/* Every free parameter with a range spans it, the others stand at the point. */
dtn_status dtn_box_new(dtn_ctx *ctx, dtn_arena *arena, dtn_box *out, const dtn_scenario *s,
                       const dtn_point *point);

enum { DTN_BOX_PRECISION = 96 };
/* Enclosures of all slots over the box, derived parameters by their formulas. balls: [dtn_scn_slots(s)]. */
void dtn_box_balls(arb_struct *balls, const dtn_scenario *s, const dtn_box *box);
/* true: some constraint fails on the whole box. */
bool dtn_box_is_outside(const dtn_scenario *s, const arb_struct *balls);

typedef enum dtn_box_verdict {
    DTN_BOX_ALWAYS, /* proved: >= 0 at every point of the box at which the constraints hold */
    DTN_BOX_NOT,    /* < 0 at an exact point at which they hold */
    DTN_BOX_UNKNOWN
} dtn_box_verdict;

/* Whether formula >= 0 over the box, by bisection into at most `cells` cells. The formula is over parameters.
 * witness: NULL, or a point (dtn_point_new) that becomes the exact point when the verdict is NOT. */
dtn_status dtn_box_nonnegative(dtn_ctx *ctx, dtn_box_verdict *out, const dtn_scenario *s, const dtn_box *box,
                               const dtn_expr *formula, int cells, dtn_point *witness);
/* Whether formula has a value at every point of the box at which the constraints hold. NOT: it has none at an exact
 * point of it. */
dtn_status dtn_box_defined(dtn_ctx *ctx, dtn_box_verdict *out, const dtn_scenario *s, const dtn_box *box,
                           const dtn_expr *formula, int cells, dtn_point *witness);

#endif
