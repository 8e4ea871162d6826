/* Result of `bind` with two levers: where the target holds, and the frontier of minimal guarantees. */
#ifndef DTN_ANALYSE_BIND_FRONTIER_H
#define DTN_ANALYSE_BIND_FRONTIER_H

#include "analyse/bind.h"
#include "analyse/regions.h"

typedef struct dtn_bind_step {
    fmpq x, y; /* with the first lever at x the second has to be at least (at most) y */
    bool exact, none;
    bool included;
} dtn_bind_step;

typedef struct dtn_bind_frontier {
    int lever[2];
    dtn_predicate predicate;
    fmpq *lo, *hi, *now; /* [2] */
    bool holds_now;
    dtn_sweep *sweep; /* owned */
    dtn_faces *faces; /* owned */
    dtn_region_map map;
    int yes;                   /* bit of the map's patterns that means the target holds */
    const dtn_bind_step *step; /* [steps] by ascending x: the staircase */
    int steps;
    bool has_least;
    fmpq *cheapest;          /* [2] */
    fmpq *cost, *cost_bound; /* one number each: at `cheapest`; no point costs less than cost_bound, proved */
    bool attained;
} dtn_bind_frontier;

#endif
