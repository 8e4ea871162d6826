/* Hulls and cuts against their definitions on small random grids. */
#include "kit/kit.h"

#include <stdlib.h>

#include "num/polygon.h"

static uint64_t next(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return *seed >> 33;
}

static int64_t cross(dtn_grid_point a, dtn_grid_point b, dtn_grid_point c)
{
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

/* p is in the hull of the points iff no line through two of them has all of them on one side and p strictly on the other, and p lies in
 * their bounding box. */
static bool in_hull(const dtn_grid_point *point, int count, dtn_grid_point p)
{
    int64_t lo_x = INT64_MAX, lo_y = INT64_MAX, hi_x = INT64_MIN, hi_y = INT64_MIN;
    for (int i = 0; i < count; i++) {
        lo_x = point[i].x < lo_x ? point[i].x : lo_x;
        hi_x = point[i].x > hi_x ? point[i].x : hi_x;
        lo_y = point[i].y < lo_y ? point[i].y : lo_y;
        hi_y = point[i].y > hi_y ? point[i].y : hi_y;
    }
    if (count == 0 || p.x < lo_x || p.x > hi_x || p.y < lo_y || p.y > hi_y)
        return false;
    for (int i = 0; i < count; i++)
        for (int j = 0; j < count; j++) {
            bool left = true;
            for (int k = 0; k < count; k++)
                left = left && cross(point[i], point[j], point[k]) >= 0;
            if (left && cross(point[i], point[j], p) < 0)
                return false;
        }
    return true;
}

static void hulls(void **state)
{
    (void)state;
    uint64_t seed = 7;
    for (int round = 0; round < 400; round++) {
        dtn_grid_point all[12], sorted[12], hull[13];
        int count = 1 + (int)(next(&seed) % 12), size = 1 + (int)(next(&seed) % 7);
        for (int i = 0; i < count; i++)
            sorted[i] = all[i] = (dtn_grid_point){(int64_t)(next(&seed) % (uint64_t)size),
                                                  (int64_t)(next(&seed) % (uint64_t)size)};
        int corners = dtn_polygon_hull(hull, sorted, count);
        assert_in_range(corners, 1, count);
        for (int i = 0; corners > 2 && i < corners; i++)
            assert_true(cross(hull[i], hull[(i + 1) % corners], hull[(i + 2) % corners]) > 0);
        for (int64_t x = -1; x <= size; x++)
            for (int64_t y = -1; y <= size; y++)
                assert_int_equal(dtn_polygon_holds(hull, corners, (dtn_grid_point){x, y}),
                                 in_hull(all, count, (dtn_grid_point){x, y}));
    }
    assert_int_equal(dtn_polygon_hull(NULL, NULL, 0), 0);
    assert_false(dtn_polygon_holds(NULL, 0, (dtn_grid_point){0, 0}));
}

/* A cut holds every grid point of the part that stays, and nothing that is a unit outside of it. */
static void cuts(void **state)
{
    (void)state;
    uint64_t seed = 11;
    for (int round = 0; round < 400; round++) {
        dtn_grid_point all[8], hull[9], part[27], kept[28];
        int count = 1 + (int)(next(&seed) % 8), axis = round % 2;
        for (int i = 0; i < count; i++)
            all[i] = (dtn_grid_point){(int64_t)(next(&seed) % 9), (int64_t)(next(&seed) % 9)};
        int corners = dtn_polygon_hull(hull, all, count);
        int64_t bound = (int64_t)(next(&seed) % 11) - 1;
        int points = dtn_polygon_cut(part, hull, corners, axis, bound);
        assert_true(points <= 3 * corners);
        int left = dtn_polygon_hull(kept, part, points);
        for (int64_t x = 0; x < 9; x++)
            for (int64_t y = 0; y < 9; y++) {
                dtn_grid_point p = {x, y};
                if (dtn_polygon_holds(hull, corners, p) && (axis ? y : x) >= bound)
                    assert_true(dtn_polygon_holds(kept, left, p));
            }
        for (int i = 0; i < left; i++) {
            /* The corner is an exact one, or the cut crosses the polygon within 1 of it: then the points 1 to both sides of it along the
             * cut do not both lie beyond one edge. */
            dtn_grid_point p = kept[i], q = kept[i];
            *(axis ? &p.x : &p.y) -= 1;
            *(axis ? &q.x : &q.y) += 1;
            assert_true((axis ? kept[i].y : kept[i].x) >= bound);
            for (int e = 0; corners > 2 && e < corners; e++) {
                dtn_grid_point from = hull[e], to = hull[(e + 1) % corners];
                assert_true(cross(from, to, p) >= 0 || cross(from, to, q) >= 0);
            }
        }
    }
}

static void at_the_edge_of_the_grid(void **state)
{
    (void)state;
    int64_t m = DTN_GRID_MOST;
    dtn_grid_point all[] = {{-m, -m}, {m, -m}, {m, m}, {-m, m}, {0, 0}, {0, -m}}, hull[7], part[12];
    int corners = dtn_polygon_hull(hull, all, 6);
    assert_int_equal(corners, 4);
    assert_true(dtn_polygon_holds(hull, corners, (dtn_grid_point){m, 0}));
    assert_false(dtn_polygon_holds(hull, corners, (dtn_grid_point){m + 1, 0}));
    assert_int_equal(dtn_polygon_cut(part, hull, corners, 0, 1), 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {kit_test(hulls), kit_test(cuts), kit_test(at_the_edge_of_the_grid)};
    return cmocka_run_group_tests_name("polygon", tests, NULL, NULL);
}
