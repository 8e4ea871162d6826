/* Convex polygons with corners on an integer grid: hulls and cuts without rounding errors that nobody counted. */
#ifndef DTN_NUM_POLYGON_H
#define DTN_NUM_POLYGON_H

#include "base/ctx.h"

/* |x|, |y| <= DTN_GRID_MOST, so that products of differences fit 128 bits with room to spare. */
#define DTN_GRID_MOST ((int64_t)1 << 60)

typedef struct dtn_grid_point {
    int64_t x, y;
} dtn_grid_point;

/* The corners of the convex hull of [count] points, in any order and with repetitions, counterclockwise from the leftmost
 * lowest one; no corner lies on the segment between two others. Sorts point; out: room for count + 1. Returns how many: 0, 1
 * (a point), 2 (a segment) or more. Cost: a sort. */
int dtn_polygon_hull(dtn_grid_point *out, dtn_grid_point *point, int count);

/* The part of a hull with x >= bound (axis 0) or y >= bound (axis 1). out: room for 3 count points, apart from in.
 * Where an edge is cut the other coordinate is rounded both ways, so that the hull of the result holds the exact part, and none of it is
 * further than 1 from the exact part. Returns the number of points (not a hull: several may coincide). */
int dtn_polygon_cut(dtn_grid_point *out, const dtn_grid_point *in, int count, int axis, int64_t bound);

/* The least x and the least y of [count > 0] points. */
dtn_grid_point dtn_polygon_least(const dtn_grid_point *point, int count);

/* Whether the point lies in the hull, its boundary included. */
bool dtn_polygon_holds(const dtn_grid_point *hull, int count, dtn_grid_point p);

#endif
