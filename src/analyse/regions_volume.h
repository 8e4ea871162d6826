/* How much of the box of all parameters each pattern has. */
#ifndef DTN_ANALYSE_REGIONS_VOLUME_H
#define DTN_ANALYSE_REGIONS_VOLUME_H

#include "analyse/space.h"

/* One pattern: its share of the box lies between lo and hi, proved; the sample puts it at estimate, give or take error (one standard
 * deviation over independent shifts of the sample). */
typedef struct dtn_region_volume {
    int pattern; /* or DTN_REGION_OUTSIDE */
    double lo, hi, estimate, error;
} dtn_region_volume;

typedef struct dtn_volumes {
    dtn_region_volume *volume; /* [volumes] largest estimate first, OUTSIDE last */
    int volumes;
    double open;        /* share of the box that the subdivision did not settle */
    long boxes, points; /* at most so many boxes; points of the sample */
} dtn_volumes;

/* lo, hi: [params of faces]. LIMIT and CANCELLED leave *out with what is known. Everything in arena. */
dtn_status dtn_volumes_find(dtn_ctx *ctx, dtn_arena *arena, dtn_volumes *out, dtn_faces *faces,
                            const fmpq *lo, const fmpq *hi, long boxes, long points);

#endif
