/* The tornado: how far an answer swings as each parameter moves over its range. */
#include "report/draw.h"
#include "report/number.h"

enum { ROW = 28, SIZE = 13, PAD = 12, PLOT = 420 };

static double widest(const char *const *name, int count)
{
    double width = 0;
    for (int i = 0; i < count; i++) {
        double w = dtn_text_width(name[i], SIZE);
        width = w > width ? w : width;
    }
    return width > 260 ? 260 : width;
}

static void label(dtn_picture *p, const char *text, double x, double y)
{
    const char *clipped = dtn_text_clip(p->arena, text, SIZE, 260);
    dtn_picture_text(p, (dtn_font){.size = SIZE, .anchor = DTN_ANCHOR_END}, x, y, "%s",
                     dtn_picture_checked(p, clipped));
}

/* Vertical lines at 0, 1/4 .. 1 with their values. */
static void grid(dtn_picture *p, double left, double top, double bottom)
{
    static const char *const value[] = {"0", "25\u00a0%", "50\u00a0%", "75\u00a0%", "100\u00a0%"};
    for (int i = 0; i < 5; i++) {
        double x = left + PLOT * i / 4.0;
        dtn_picture_line(p, (dtn_pen){.stroke = DTN_INK_FAINT}, x, top, x, bottom);
        dtn_picture_text(p, (dtn_font){.size = 11, .ink = DTN_INK_MUTED, .anchor = DTN_ANCHOR_MIDDLE}, x,
                         bottom + 15, "%s", value[i]);
    }
}

dtn_status dtn_draw_tornado(dtn_ctx *ctx, dtn_arena *arena, dtn_picture **out, const char *title,
                            const dtn_tornado_bar *bar, int count, const fmpq *now)
{
    dtn_picture *p = *out =
        dtn_picture_new(ctx, arena, title,
                        "One bar a parameter, widest first: from the least to the greatest "
                        "probability as the parameter moves over its range.");
    if (!p)
        return dtn_fail_nomem(ctx);
    const char **name = dtn_arena_array(arena, (size_t)count, sizeof *name);
    if (!name)
        return dtn_fail_nomem(ctx);
    double ranges = 0;
    for (int i = 0; i < count; i++) {
        name[i] = bar[i].name;
        double width = dtn_text_width(bar[i].range, 11);
        ranges = width > ranges ? width : ranges;
    }
    double left = PAD + widest(name, count) + PAD + ranges + PAD, top = PAD + 18, bottom = top + ROW * count;
    dtn_picture_size(p, left + PLOT + 40, bottom + 26);
    grid(p, left, top, bottom);
    for (int i = 0; i < count; i++) {
        double y = top + ROW * i, lo = dtn_rational_double(bar[i].lo), hi = dtn_rational_double(bar[i].hi);
        dtn_picture_open(p, "%s over %s: %.3g to %.3g", bar[i].name, bar[i].range, lo, hi);
        label(p, bar[i].name, left - PAD - ranges - PAD, y + 19);
        dtn_picture_text(p, (dtn_font){.size = 11, .ink = DTN_INK_MUTED}, left - PAD - ranges, y + 18, "%s",
                         bar[i].range);
        if (hi > lo)
            dtn_picture_rect(p, (dtn_pen){.fill = DTN_INK_ACCENT, .opacity = 0.75}, left + PLOT * lo, y + 6,
                             PLOT * (hi - lo), ROW - 12, 2);
        else
            dtn_picture_line(p, (dtn_pen){.stroke = DTN_INK_MUTED, .width = 3}, left + PLOT * lo, y + 6,
                             left + PLOT * lo, y + ROW - 6);
        dtn_picture_close(p);
    }
    double x = left + PLOT * dtn_rational_double(now);
    dtn_picture_line(p, (dtn_pen){.stroke = DTN_INK_TEXT, .width = 1.5}, x, top - 4, x, bottom);
    const char *percent = dtn_number_percent(arena, now);
    dtn_picture_text(p, (dtn_font){.size = 11, .anchor = DTN_ANCHOR_MIDDLE}, x, top - 8, "now %s",
                     dtn_picture_checked(p, percent));
    return p->status;
}
