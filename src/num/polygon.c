/* Convex polygons on an integer grid.
 *
 * Method: Andrew's monotone chain (1979) for hulls, Sutherland and Hodgman's (1974) walk around the edges for cuts.
 * Exact: orientations are decided in 128 bits; only the corners that a cut makes are rounded, both ways. */
#include "num/polygon.h"

#include <stdlib.h>

__extension__ typedef __int128 wide;

static int by_place(const void *a, const void *b)
{
    const dtn_grid_point *p = a, *q = b;
    if (p->x != q->x)
        return p->x < q->x ? -1 : 1;
    return (p->y > q->y) - (p->y < q->y);
}

/* Positive: a, b, c turn left. */
static int turn(dtn_grid_point a, dtn_grid_point b, dtn_grid_point c)
{
    wide cross = (wide)(b.x - a.x) * (c.y - a.y) - (wide)(b.y - a.y) * (c.x - a.x);
    return (cross > 0) - (cross < 0);
}

int dtn_polygon_hull(dtn_grid_point *out, dtn_grid_point *point, int count)
{
    if (count == 0)
        return 0;
    qsort(point, (size_t)count, sizeof *point, by_place);
    int kept = 1, corners = 0;
    for (int i = 1; i < count; i++)
        if (by_place(&point[i], &point[kept - 1]) != 0)
            point[kept++] = point[i];
    for (int i = 0; i < kept; i++) { /* below, left to right */
        while (corners >= 2 && turn(out[corners - 2], out[corners - 1], point[i]) <= 0)
            corners--;
        out[corners++] = point[i];
    }
    for (int i = kept - 2, base = corners; i >= 0; i--) { /* above, right to left */
        while (corners > base && turn(out[corners - 2], out[corners - 1], point[i]) <= 0)
            corners--;
        out[corners++] = point[i];
    }
    return kept == 1 ? 1 : corners - 1; /* the first point closed the walk */
}

/* a / b rounded down, b > 0. */
static wide floor_div(wide a, wide b)
{
    wide q = a / b;
    return q * b > a ? q - 1 : q;
}

int dtn_polygon_cut(dtn_grid_point *out, const dtn_grid_point *in, int count, int axis, int64_t bound)
{
    int made = 0;
    for (int i = 0; i < count; i++) {
        dtn_grid_point a = in[i], b = in[(i + 1) % count];
        int64_t from = axis ? a.y : a.x, to = axis ? b.y : b.x;
        if (from >= bound)
            out[made++] = a;
        if ((from >= bound) == (to >= bound))
            continue;
        wide across = to > from ? (wide)to - from : (wide)from - to;
        wide along = to > from ? (wide)bound - from : (wide)from - bound;
        int64_t start = axis ? a.x : a.y, end = axis ? b.x : b.y;
        wide rise = (wide)(end - start) * along, down = floor_div(rise, across);
        int64_t low = start + (int64_t)down, high = low + (down * across != rise);
        out[made++] = axis ? (dtn_grid_point){low, bound} : (dtn_grid_point){bound, low};
        if (high != low)
            out[made++] = axis ? (dtn_grid_point){high, bound} : (dtn_grid_point){bound, high};
    }
    return made;
}

dtn_grid_point dtn_polygon_least(const dtn_grid_point *point, int count)
{
    dtn_grid_point least = point[0];
    for (int i = 1; i < count; i++) {
        least.x = point[i].x < least.x ? point[i].x : least.x;
        least.y = point[i].y < least.y ? point[i].y : least.y;
    }
    return least;
}

bool dtn_polygon_holds(const dtn_grid_point *hull, int count, dtn_grid_point p)
{
    if (count == 0)
        return false;
    if (count == 1)
        return by_place(&hull[0], &p) == 0;
    if (count == 2) /* the corners stand in order of place */
        return turn(hull[0], hull[1], p) == 0 && by_place(&hull[0], &p) <= 0 && by_place(&p, &hull[1]) <= 0;
    for (int i = 0; i < count; i++)
        if (turn(hull[i], hull[(i + 1) % count], p) < 0)
            return false;
    return true;
}
