/* The picture of a map: regions as coloured areas with their names, borders as lines, what is undecided in grey. */
#include <string.h>

#include "report/of_regions.h"

enum { SIDE = 512, PAD = 12, LEFT = 64, TOP = 14, BOTTOM = 46, LEGEND = 300, SIZE = 13 };

void dtn_regions_raster(int *out, int columns, int rows, const dtn_region_map *map, bool thin)
{
    for (int i = 0; i < columns * rows; i++)
        out[i] = DTN_RASTER_UNKNOWN;
    for (int pass = 0; pass < 2; pass++)
        for (int i = 0; i < map->cells; i++) {
            const dtn_region_cell *c = &map->cell[i];
            int what = c->patterns >> DTN_REGION_UNKNOWN ? DTN_RASTER_UNKNOWN : DTN_RASTER_BORDER;
            for (int r = 0; r < map->regions; r++)
                if (c->patterns == UINT64_C(1) << map->region[r].pattern)
                    what = map->region[r].pattern == DTN_REGION_OUTSIDE ? DTN_RASTER_OUTSIDE : r;
            bool border = what == DTN_RASTER_BORDER;
            if (border != (pass == 1))
                continue;
            double unit = 1.0 / (double)(INT64_C(1) << c->level), half = border && thin ? 0 : 0.5;
            double x0 = (double)c->x * unit * columns, x1 = (double)(c->x + c->w) * unit * columns;
            double y0 = (double)c->y * unit * rows, y1 = (double)(c->y + c->h) * unit * rows;
            for (int y = (int)(y0 - half < 0 ? 0 : y0 - half); y < rows && y + half < y1; y++)
                for (int x = (int)(x0 - half < 0 ? 0 : x0 - half); x < columns && x + half < x1; x++)
                    if (border && thin ? x + 1 > x0 && y + 1 > y0 : x + 0.5 >= x0 && y + 0.5 >= y0)
                        out[y * columns + x] = what;
        }
}

static dtn_pen pen_of(int what)
{
    if (what >= 0)
        return (dtn_pen){.fill = dtn_ink_player(what % DTN_PLAYER_COLOURS),
                         .opacity = what < DTN_PLAYER_COLOURS ? 0.3 : 0.6,
                         .crisp = true};
    if (what == DTN_RASTER_BORDER)
        return (dtn_pen){.fill = DTN_INK_MUTED, .crisp = true};
    return (dtn_pen){.fill = DTN_INK_FAINT, .crisp = true};
}

/* Rectangles of equal squares: runs of a row, joined downwards while the row below has the same run. */
static void areas(dtn_picture *p, const int *raster, bool *done)
{
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++) {
            int what = raster[y * SIDE + x], w = 1, h = 1;
            if (done[y * SIDE + x] || what == DTN_RASTER_OUTSIDE)
                continue;
            while (x + w < SIDE && raster[y * SIDE + x + w] == what && !done[y * SIDE + x + w])
                w++;
            for (bool same = true; same && y + h < SIDE;) {
                for (int k = 0; k < w && same; k++)
                    same = raster[(y + h) * SIDE + x + k] == what && !done[(y + h) * SIDE + x + k];
                h += same;
            }
            for (int j = 0; j < h; j++)
                for (int k = 0; k < w; k++)
                    done[(y + j) * SIDE + x + k] = true;
            dtn_picture_rect(p, pen_of(what), LEFT + x, TOP + SIDE - y - h, w, h, 0);
        }
}

/* The middle of the largest squares of each region, or of one of them. best: [regions][3] x, y, side. */
static void find_places(const int *raster, int *side, double (*best)[3])
{
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++) {
            int what = raster[y * SIDE + x], *own = &side[y * SIDE + x];
            *own = 1;
            if (what < 0)
                continue;
            if (x && y && raster[(y - 1) * SIDE + x] == what && raster[y * SIDE + x - 1] == what &&
                raster[(y - 1) * SIDE + x - 1] == what) {
                int a = side[(y - 1) * SIDE + x], b = side[y * SIDE + x - 1], c = side[(y - 1) * SIDE + x - 1];
                *own = 1 + (a < b ? (a < c ? a : c) : (b < c ? b : c));
            }
            if (*own > best[what][2]) {
                best[what][0] = x + 1 - *own / 2.0;
                best[what][1] = y + 1 - *own / 2.0;
                best[what][2] = *own;
            }
        }
}

/* Several largest squares stand side by side in a long region: its middle is theirs. */
static void centre(const int *raster, const int *side, int what, double best[3])
{
    double x = 0, y = 0, count = 0;
    for (int i = 0; i < SIDE * SIDE; i++)
        if (raster[i] == what && side[i] == (int)best[2]) {
            int column = i % SIDE, row = i / SIDE;
            x += column + 1 - best[2] / 2;
            y += row + 1 - best[2] / 2;
            count++;
        }
    if (count > 0 && raster[(int)(y / count) * SIDE + (int)(x / count)] == what) {
        best[0] = x / count;
        best[1] = y / count;
    }
}

static void labels(dtn_picture *p, const dtn_regions_answer *a, const int *raster, const char *const *name)
{
    int *side = dtn_arena_array(p->arena, (size_t)SIDE * SIDE, sizeof *side);
    double(*best)[3] = dtn_arena_array(p->arena, (size_t)a->map.regions + 1, sizeof *best);
    if (!side || !best) {
        p->status = dtn_fail_nomem(p->ctx);
        return;
    }
    find_places(raster, side, best);
    for (int r = 0; r < a->map.regions; r++)
        centre(raster, side, r, best[r]);
    for (int r = 0; r < a->map.regions; r++)
        if (best[r][2] > SIZE + 2 && dtn_text_width(name[r], SIZE) < 2.5 * best[r][2])
            dtn_picture_text(
                p, (dtn_font){.size = SIZE, .strong = true, .halo = true, .anchor = DTN_ANCHOR_MIDDLE},
                LEFT + best[r][0], TOP + SIDE - best[r][1] + 5, "%s", name[r]);
}

static void axes(dtn_picture *p, const dtn_regions_answer *a)
{
    dtn_picture_rect(p, (dtn_pen){.stroke = DTN_INK_MUTED}, LEFT, TOP, SIDE, SIDE, 0);
    for (int i = 0; i <= 4; i++) {
        double share = i / 4.0, x = LEFT + SIDE * share, y = TOP + SIDE * (1 - share);
        double lo[2] = {dtn_rational_double(a->lo), dtn_rational_double(a->lo + 1)};
        double hi[2] = {dtn_rational_double(a->hi), dtn_rational_double(a->hi + 1)};
        dtn_picture_line(p, (dtn_pen){.stroke = DTN_INK_MUTED}, x, TOP + SIDE, x, TOP + SIDE + 4);
        dtn_picture_line(p, (dtn_pen){.stroke = DTN_INK_MUTED}, LEFT - 4, y, LEFT, y);
        dtn_picture_text(p, (dtn_font){.size = 11, .ink = DTN_INK_MUTED, .anchor = DTN_ANCHOR_MIDDLE}, x,
                         TOP + SIDE + 17, "%.3g", lo[0] + share * (hi[0] - lo[0]));
        dtn_picture_text(p, (dtn_font){.size = 11, .ink = DTN_INK_MUTED, .anchor = DTN_ANCHOR_END}, LEFT - 8,
                         y + 4, "%.3g", lo[1] + share * (hi[1] - lo[1]));
    }
    dtn_picture_text(p, (dtn_font){.size = SIZE, .strong = true, .anchor = DTN_ANCHOR_MIDDLE},
                     LEFT + SIDE / 2.0, TOP + SIDE + 36, "%s", a->scenario->param[a->param[0]].name);
    const char *y = dtn_text_clip(p->arena, a->scenario->param[a->param[1]].name, SIZE, LEFT - 14);
    dtn_picture_text(p, (dtn_font){.size = SIZE, .strong = true}, PAD / 2.0, TOP + SIDE * 3 / 8.0 + 4, "%s",
                     dtn_picture_checked(p, y));
}

static void point(dtn_picture *p, const dtn_regions_answer *a, const fmpq *value, const char *word, bool now)
{
    double at[2];
    for (int k = 0; k < 2; k++) {
        double lo = dtn_rational_double(a->lo + k), hi = dtn_rational_double(a->hi + k);
        at[k] = (dtn_rational_double(value + k) - lo) / (hi - lo);
        if (at[k] < 0 || at[k] > 1)
            return;
    }
    double x = LEFT + SIDE * at[0], y = TOP + SIDE * (1 - at[1]), width = dtn_text_width(word, 12);
    bool left = x + 10 + width > LEFT + SIDE;
    dtn_picture_open(p, "%s: %s = %.4g, %s = %.4g", word, a->scenario->param[a->param[0]].name,
                     dtn_rational_double(value), a->scenario->param[a->param[1]].name,
                     dtn_rational_double(value + 1));
    dtn_picture_ellipse(p,
                        (dtn_pen){.stroke = now ? DTN_INK_PAPER : DTN_INK_TEXT,
                                  .fill = now ? DTN_INK_TEXT : DTN_INK_PAPER,
                                  .width = 2},
                        x, y, 6, 6);
    dtn_picture_text(p,
                     (dtn_font){.size = 12, .halo = true, .anchor = left ? DTN_ANCHOR_END : DTN_ANCHOR_START},
                     left ? x - 10 : x + 10, y + 4, "%s", word);
    dtn_picture_close(p);
}

static double legend_line(dtn_picture *p, dtn_pen pen, double y, const char *words)
{
    double x = LEFT + SIDE + 2 * PAD;
    pen.stroke = DTN_INK_MUTED;
    dtn_picture_rect(p, pen, x, y, 16, 14, 0);
    const char *clipped = dtn_text_clip(p->arena, words, SIZE, LEGEND - 40);
    dtn_picture_open(p, "%s", words);
    dtn_picture_text(p, (dtn_font){.size = SIZE}, x + 24, y + 12, "%s", dtn_picture_checked(p, clipped));
    dtn_picture_close(p);
    return y + 22;
}

static void legend(dtn_picture *p, const dtn_regions_answer *a, const char *const *name)
{
    enum { MOST = 16 };
    double y = TOP;
    for (int r = 0; r < a->map.regions && r < MOST; r++) {
        const dtn_region *region = &a->map.region[r];
        bool outside = region->pattern == DTN_REGION_OUTSIDE;
        const char *words = dtn_arena_printf(
            p->arena, "%s – %.1f %%", name[r],
            50 * (dtn_rational_double(&region->share.lo) + dtn_rational_double(&region->share.hi)));
        y = legend_line(p, outside ? (dtn_pen){.fill = DTN_INK_PAPER} : pen_of(r), y,
                        dtn_picture_checked(p, words));
    }
    if (a->map.regions > MOST)
        y = legend_line(p, (dtn_pen){.fill = DTN_INK_PAPER}, y, "and more: see the table");
    y = legend_line(p, pen_of(DTN_RASTER_BORDER), y, "border");
    if (a->map.open)
        legend_line(p, pen_of(DTN_RASTER_UNKNOWN), y, "undecided");
}

dtn_status dtn_draw_regions(dtn_ctx *ctx, dtn_arena *arena, dtn_picture **out, const dtn_regions_answer *a,
                            const char *const *name)
{
    const char *title =
        dtn_arena_printf(arena, "Which conclusions hold where, over %s and %s",
                         a->scenario->param[a->param[0]].name, a->scenario->param[a->param[1]].name);
    dtn_picture *p = *out =
        title ? dtn_picture_new(ctx, arena, title,
                                "A square map: each colour is a set of classes of equilibria, proved "
                                "inside; the borders between them are lines.")
              : NULL;
    int *raster = dtn_arena_array(arena, (size_t)SIDE * SIDE, sizeof *raster);
    bool *done = dtn_arena_array(arena, (size_t)SIDE * SIDE, sizeof *done);
    if (!p || !raster || !done)
        return dtn_fail_nomem(ctx);
    dtn_picture_size(p, LEFT + SIDE + 2 * PAD + LEGEND, TOP + SIDE + BOTTOM);
    dtn_regions_raster(raster, SIDE, SIDE, &a->map, true);
    areas(p, raster, done);
    axes(p, a);
    labels(p, a, raster, name);
    if (a->mark)
        point(p, a, a->mark, a->mark_word, false);
    point(p, a, a->now, "now", true);
    legend(p, a, name);
    return p->status;
}
