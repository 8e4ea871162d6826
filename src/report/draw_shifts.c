/* The states of a stochastic game on a circle, with arrows for how play moves between them. */
#include <math.h>

#include "report/draw.h"

#include "model/stochastic.h"

enum { WIDE = 108, HIGH = 34, MARGIN = 70 };

typedef struct spot {
    double x, y;
} spot;

/* Where the way from a towards b leaves a's box. */
static spot edge_of(spot a, spot b)
{
    double dx = b.x - a.x, dy = b.y - a.y;
    double sx = dx != 0 ? (WIDE / 2.0 + 3) / fabs(dx) : 1e9, sy = dy != 0 ? (HIGH / 2.0 + 3) / fabs(dy) : 1e9;
    double share = sx < sy ? sx : sy;
    return (spot){a.x + share * dx, a.y + share * dy};
}

static void arrow(dtn_picture *p, const spot *at, int from, int to, const fmpq *chance, bool both)
{
    dtn_pen pen = {.stroke = DTN_INK_MUTED, .width = fmpq_is_one(chance) ? 2 : 1.2, .arrow = true};
    dtn_font font = {.size = 11, .ink = DTN_INK_TEXT, .halo = true, .anchor = DTN_ANCHOR_MIDDLE};
    if (from == to) {
        double x = at[from].x, y = at[from].y - HIGH / 2.0;
        double loop[8] = {x - 14, y - 2, x - 22, y - 38, x + 22, y - 38, x + 14, y - 3};
        dtn_picture_curve(p, pen, loop, 4);
        if (!fmpq_is_one(chance))
            dtn_picture_text(p, font, x, y - 32, "%.3g", dtn_rational_double(chance));
        return;
    }
    spot a = edge_of(at[from], at[to]), b = edge_of(at[to], at[from]);
    double dx = b.x - a.x, dy = b.y - a.y, length = sqrt(dx * dx + dy * dy), bend = both ? 14 : 0;
    double nx = length > 0 ? dy / length * bend : 0, ny = length > 0 ? -dx / length * bend : 0;
    double curve[8] = {
        a.x, a.y, a.x + dx / 3 + nx, a.y + dy / 3 + ny, a.x + 2 * dx / 3 + nx, a.y + 2 * dy / 3 + ny,
        b.x, b.y};
    dtn_picture_curve(p, pen, curve, 4);
    if (!fmpq_is_one(chance))
        dtn_picture_text(p, font, a.x + dx / 2 + nx, a.y + dy / 2 + ny + 4, "%.3g",
                         dtn_rational_double(chance));
}

dtn_status dtn_draw_shifts(dtn_ctx *ctx, dtn_arena *arena, dtn_picture **out, const dtn_stochastic *g,
                           const fmpq *next)
{
    dtn_picture *p = *out =
        dtn_picture_new(ctx, arena, "How play moves between the states",
                        "Boxes are states; arrows say where play goes next, with what probability.");
    spot *at = dtn_arena_array(arena, (size_t)g->states, sizeof *at);
    if (!p || !at)
        return dtn_fail_nomem(ctx);
    double pi = 3.14159265358979323846, radius = g->states < 3 ? 110 : 40.0 * g->states;
    double wide = 2 * (radius + MARGIN), high = g->states < 3 ? 2 * MARGIN + 10 : 2 * (radius + MARGIN);
    dtn_picture_size(p, wide, high);
    for (int i = 0; i < g->states; i++) {
        double turn = pi + 2 * pi * i / g->states;
        at[i] = (spot){wide / 2 + radius * cos(turn), high / 2 + (g->states < 3 ? 0 : radius * sin(turn))};
    }
    for (int i = 0; i < g->states; i++)
        for (int j = 0; j < g->states; j++)
            if (!fmpq_is_zero(next + i * g->states + j))
                arrow(p, at, i, j, next + i * g->states + j,
                      i != j && !fmpq_is_zero(next + j * g->states + i));
    for (int i = 0; i < g->states; i++) {
        bool first = i == g->start;
        const char *name = dtn_text_clip(arena, g->state[i].name, 13, WIDE - 10);
        dtn_picture_open(p, "%s%s%s", g->state[i].name, g->state[i].about ? ": " : "",
                         g->state[i].about ? g->state[i].about : "");
        dtn_picture_rect(p,
                         (dtn_pen){.stroke = first ? DTN_INK_ACCENT : DTN_INK_MUTED,
                                   .fill = DTN_INK_PAPER,
                                   .width = first ? 2.5 : 1},
                         at[i].x - WIDE / 2.0, at[i].y - HIGH / 2.0, WIDE, HIGH, 8);
        dtn_picture_text(p, (dtn_font){.strong = first, .anchor = DTN_ANCHOR_MIDDLE}, at[i].x, at[i].y + 5,
                         "%s", dtn_picture_checked(p, name));
        dtn_picture_close(p);
    }
    return p->status;
}
