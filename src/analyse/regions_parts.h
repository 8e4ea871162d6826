/* What the map and the line of `regions` share: factors as polynomials on the unit box. */
#ifndef DTN_ANALYSE_REGIONS_PARTS_H
#define DTN_ANALYSE_REGIONS_PARTS_H

#include "analyse/regions.h"
#include "num/bernstein.h"

/* The trace's factors, stretched to the box as they are first needed. */
typedef struct dtn_factors {
    dtn_arena *arena;
    dtn_faces *faces;
    const fmpq *lo, *hi; /* [params] */
    dtn_unit_poly *poly; /* [count] */
    int count, room;
    fmpz *work; /* [work_room] */
    int work_room;
} dtn_factors;

/* Sign of factor on a dyadic piece of the box (dtn_unit_poly_sign). */
dtn_status dtn_factors_sign(dtn_ctx *ctx, int *sign, dtn_factors *f, int factor, int level, const long at[2],
                            int *changes);
/* Degrees of a factor in the (at most two) parameters, and its coefficients by them: [(d0 + 1) * (d1 + 1)] in arena. */
dtn_status dtn_factor_dense(dtn_ctx *ctx, dtn_arena *arena, fmpz **out, int degree[2], const dtn_faces *faces,
                            int factor);

/* A point of the open square lo, hi at which the factors have the signs. *empty: proved that there is none; *found: point is one.
 * Leaves memory in ctx's scratch. */
dtn_status dtn_region_point(dtn_ctx *ctx, bool *empty, bool *found, fmpq *point, const dtn_faces *faces,
                            const fmpq *lo, const fmpq *hi, const int *factor, const int *sign, int count);

/* Adds to a border's length; a new one if need be. */
dtn_status dtn_region_border_add(dtn_ctx *ctx, dtn_arena *arena, dtn_region_map *map, int factor, int before,
                                 int after, long cells);
/* Adds borders that run along edges of cells (regions_edge.c). */
dtn_status dtn_region_edges(dtn_ctx *ctx, dtn_arena *arena, dtn_region_map *map, const dtn_faces *faces,
                            const fmpq *lo, const fmpq *hi);

#endif
