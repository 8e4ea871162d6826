/* The points of a sweep: a grid or an even sample of some parameters, each point a function of its number alone. */
#ifndef DTN_ANALYSE_SWEEP_PLAN_H
#define DTN_ANALYSE_SWEEP_PLAN_H

#include "analyse/analysis.h"

typedef enum dtn_sampling {
    DTN_SAMPLE_GRID,
    DTN_SAMPLE_SOBOL,
    DTN_SAMPLE_HALTON,
    DTN_SAMPLE_LATIN,
    DTN_SAMPLINGS
} dtn_sampling;
const char *dtn_sampling_name(dtn_sampling sampling); /* "grid" */

typedef struct dtn_plan {
    const dtn_scenario *scenario;
    dtn_sampling sampling;
    int params;
    const int *param; /* [params] those that move */
    fmpq *lo, *hi;    /* [params] over what */
    const long *step; /* [params] grid: number of values, both ends included; one value: the middle */
    long points;
    uint64_t seed; /* Latin: of its permutations */
    const long *place;
} dtn_plan;

/* Reads --over, --sample and --points. The numbers live in arena. */
dtn_status dtn_plan_read(dtn_ctx *ctx, dtn_arena *arena, dtn_plan *out, const dtn_job *job);
/* A sample of n points of all parameters with a range; only: NULL, or [params] those that may move. */
dtn_status dtn_plan_make(dtn_ctx *ctx, dtn_arena *arena, dtn_plan *out, const dtn_scenario *s,
                         dtn_sampling sampling, long points, const bool *only);
/* x: [params] the i-th point. Grids: the last parameter moves fastest. */
void dtn_plan_point(fmpq *x, const dtn_plan *plan, long i);
/* "sobol 1000; a 0 1; pi 1/10 9/10": equal for equal plans. In arena. */
dtn_status dtn_plan_text(dtn_ctx *ctx, dtn_arena *arena, const char **text, const dtn_plan *plan);

#endif
