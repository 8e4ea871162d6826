/* The payoffs of a repeated game of two players: what the stage can pay, what can be kept up. */
#include "report/draw.h"

#include "analyse/repeated.h"

enum { SIDE = 320, LEFT = 64, TOP = 24, BELOW = 46, TICKS = 4 };

typedef struct frame {
    double lo[2], hi[2];
} frame;

static double place_x(const frame *f, double x)
{
    return LEFT + SIDE * (x - f->lo[0]) / (f->hi[0] - f->lo[0]);
}

static double place_y(const frame *f, double y)
{
    return TOP + SIDE * (f->hi[1] - y) / (f->hi[1] - f->lo[1]);
}

static frame frame_of(const dtn_strategic *g)
{
    frame f;
    for (int p = 0; p < 2; p++) {
        f.lo[p] = f.hi[p] = dtn_payoffs_double(&g->payoff, 0, (size_t)p);
        for (size_t a = 1; a < g->profiles; a++) {
            double x = dtn_payoffs_double(&g->payoff, a, (size_t)p);
            f.lo[p] = x < f.lo[p] ? x : f.lo[p];
            f.hi[p] = x > f.hi[p] ? x : f.hi[p];
        }
        double margin = f.hi[p] > f.lo[p] ? (f.hi[p] - f.lo[p]) / 12 : 1;
        f.lo[p] -= margin;
        f.hi[p] += margin;
    }
    return f;
}

static void axes(dtn_picture *p, const frame *f, const dtn_strategic *g)
{
    dtn_font small = {.size = 11, .ink = DTN_INK_MUTED, .anchor = DTN_ANCHOR_MIDDLE};
    dtn_picture_rect(p, (dtn_pen){.stroke = DTN_INK_FAINT}, LEFT, TOP, SIDE, SIDE, 0);
    for (int i = 0; i <= TICKS; i++) {
        double x = f->lo[0] + (f->hi[0] - f->lo[0]) * i / TICKS,
               y = f->lo[1] + (f->hi[1] - f->lo[1]) * i / TICKS;
        dtn_picture_text(p, small, place_x(f, x), TOP + SIDE + 16, "%.3g", x);
        dtn_picture_text(p, (dtn_font){.size = 11, .ink = DTN_INK_MUTED, .anchor = DTN_ANCHOR_END}, LEFT - 6,
                         place_y(f, y) + 4, "%.3g", y);
    }
    dtn_picture_text(p, (dtn_font){.ink = dtn_ink_player(0), .strong = true, .anchor = DTN_ANCHOR_MIDDLE},
                     LEFT + SIDE / 2.0, TOP + SIDE + 36, "%s", g->player[0]);
    dtn_picture_text(p, (dtn_font){.ink = dtn_ink_player(1), .strong = true}, 4, TOP - 8, "%s", g->player[1]);
}

/* A closed walk around points [count][2] of payoffs. */
static void outline(dtn_picture *p, dtn_pen pen, const frame *f, const double *payoff, int count)
{
    if (count < 1)
        return;
    double *at = dtn_arena_array(p->arena, 2 * ((size_t)count + 1), sizeof *at);
    if (!at) {
        dtn_picture_checked(p, NULL);
        return;
    }
    for (int i = 0; i <= count; i++) {
        at[2 * i] = place_x(f, payoff[2 * (i % count)]);
        at[2 * i + 1] = place_y(f, payoff[2 * (i % count) + 1]);
    }
    dtn_picture_path(p, pen, at, count + 1);
}

/* The hull of the stage payoffs, on a grid fine enough for the eye. */
static void feasible(dtn_picture *p, const frame *f, const dtn_strategic *g)
{
    dtn_grid_point *point = dtn_arena_array(p->arena, g->profiles, sizeof *point);
    dtn_grid_point *hull = dtn_arena_array(p->arena, g->profiles + 1, sizeof *hull);
    double *at = dtn_arena_array(p->arena, 2 * (g->profiles + 1), sizeof *at);
    if (!point || !hull || !at) {
        dtn_picture_checked(p, NULL);
        return;
    }
    const double fine = 1 << 20;
    for (size_t a = 0; a < g->profiles; a++) {
        double x = dtn_payoffs_double(&g->payoff, a, 0), y = dtn_payoffs_double(&g->payoff, a, 1);
        point[a] = (dtn_grid_point){(int64_t)(fine * (x - f->lo[0]) / (f->hi[0] - f->lo[0])),
                                    (int64_t)(fine * (y - f->lo[1]) / (f->hi[1] - f->lo[1]))};
    }
    int n = dtn_polygon_hull(hull, point, (int)g->profiles);
    for (int i = 0; i < n; i++) {
        at[2 * i] = f->lo[0] + (double)hull[i].x * (f->hi[0] - f->lo[0]) / fine;
        at[2 * i + 1] = f->lo[1] + (double)hull[i].y * (f->hi[1] - f->lo[1]) / fine;
    }
    outline(p, (dtn_pen){.stroke = DTN_INK_MUTED, .fill = DTN_INK_FAINT, .opacity = 0.6}, f, at, n);
}

dtn_status dtn_draw_payoffs(dtn_ctx *ctx, dtn_arena *arena, dtn_picture **out, const dtn_repeated_answer *a)
{
    const dtn_strategic *g = a->game;
    dtn_picture *p = *out = dtn_picture_new(
        ctx, arena, "Payoffs of the repeated game",
        "Average payoffs of the two players: those the stage can give, and those that can be kept up.");
    if (!p)
        return dtn_fail_nomem(ctx);
    frame f = frame_of(g);
    dtn_picture_size(p, LEFT + SIDE + 24, TOP + SIDE + BELOW);
    axes(p, &f, g);
    feasible(p, &f, g);
    double *corner = dtn_arena_array(arena, 2 * (size_t)a->corners, sizeof *corner);
    if (!corner)
        return dtn_fail_nomem(ctx);
    for (int i = 0; i < 2 * a->corners; i++)
        corner[i] = dtn_rational_double(&a->corner[i]);
    outline(p, (dtn_pen){.stroke = DTN_INK_ACCENT, .fill = DTN_INK_ACCENT, .width = 1.5, .opacity = 0.35}, &f,
            corner, a->corners);
    for (size_t k = 0; k < g->profiles && g->profiles <= 400; k++) {
        double x = dtn_payoffs_double(&g->payoff, k, 0), y = dtn_payoffs_double(&g->payoff, k, 1);
        dtn_picture_open(p, "%.4g, %.4g", x, y);
        dtn_picture_ellipse(p, (dtn_pen){.stroke = DTN_INK_TEXT, .fill = DTN_INK_PAPER}, place_x(&f, x),
                            place_y(&f, y), 3.5, 3.5);
        dtn_picture_close(p);
    }
    double x = place_x(&f, dtn_rational_double(&a->stage->minmax[0]));
    double y = place_y(&f, dtn_rational_double(&a->stage->minmax[1]));
    dtn_picture_line(p, (dtn_pen){.stroke = DTN_INK_TEXT, .width = 1.5}, x - 6, y, x + 6, y);
    dtn_picture_line(p, (dtn_pen){.stroke = DTN_INK_TEXT, .width = 1.5}, x, y - 6, x, y + 6);
    return p->status;
}
