/* Result of `bind` with two levers: where the target holds, and the frontier of minimal guarantees. */
#ifndef DTN_ANALYSE_BIND_FRONTIER_H
#define DTN_ANALYSE_BIND_FRONTIER_H

#include "analyse/bind.h"
#include "analyse/regions.h"

/* With the first lever at x, the values of the second at which the target holds: the first interval of them. */
typedef struct dtn_bind_step {
    fmpq x;
    bool none;                          /* nowhere */
    bool more;                          /* further intervals above */
    bool known;                         /* proved; else nothing below x is known */
    fmpq lo, hi;                        /* lo: exact, or the middle of a bracket */
    bool lo_exact, lo_included, to_end; /* to_end: hi is the end of the range */
} dtn_bind_step;

typedef struct dtn_bind_frontier {
    dtn_predicate predicate;
    const char *const *target; /* as written */
    int targets;
    const fmpq *prob;
    dtn_regions_answer map; /* sweep and faces are owned; patterns are verdicts */
    int yes;                /* bit of a pattern that means the target holds */
    bool holds_now;
    const dtn_bind_step *step; /* [steps] by ascending x: the staircase of minimal guarantees */
    int steps;
    bool priced; /* a lever has a cost of its own; else cost is the sum of both values */
    bool has_least;
    bool attained;           /* at `cheapest` itself; else near it */
    fmpq *cheapest;          /* [2] */
    fmpq *cost, *cost_bound; /* one number each: at `cheapest`; no point costs less than cost_bound, proved */
} dtn_bind_frontier;

#endif
