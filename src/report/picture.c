/* Building a drawing: shapes hang in a list in the order in which they are painted. */
#include "report/picture.h"

#include <stdarg.h>
#include <string.h>

int dtn_ink_player(int player)
{
    return player < 0 ? DTN_INK_MUTED : DTN_INK_PLAYER + player % DTN_PLAYER_COLOURS;
}

dtn_picture *dtn_picture_new(dtn_ctx *ctx, dtn_arena *arena, const char *title, const char *about)
{
    dtn_picture *p = dtn_arena_alloc(arena, sizeof *p);
    if (!p)
        return NULL;
    p->ctx = ctx;
    p->arena = arena;
    p->title = dtn_arena_strdup(arena, title);
    p->about = dtn_arena_strdup(arena, about);
    return p->title && p->about ? p : NULL;
}

void dtn_picture_size(dtn_picture *p, double width, double height)
{
    p->width = width;
    p->height = height;
}

static void out_of_memory(dtn_picture *p)
{
    if (p->status == DTN_OK)
        p->status = dtn_fail_nomem(p->ctx);
}

const char *dtn_picture_checked(dtn_picture *p, const char *text)
{
    if (!text)
        out_of_memory(p);
    return text ? text : "";
}

static dtn_shape *add(dtn_picture *p, dtn_shape_kind kind, dtn_pen pen)
{
    if (p->status != DTN_OK)
        return NULL;
    dtn_shape *s = dtn_arena_alloc(p->arena, sizeof *s);
    if (!s) {
        out_of_memory(p);
        return NULL;
    }
    s->kind = kind;
    s->pen = pen;
    if (p->last)
        p->last->next = s;
    else
        p->first = s;
    p->last = s;
    return s;
}

static void add_points(dtn_picture *p, dtn_shape_kind kind, dtn_pen pen, const double *points, int count)
{
    dtn_shape *s = add(p, kind, pen);
    if (!s)
        return;
    double *copy = dtn_arena_array(p->arena, (size_t)count * 2, sizeof *copy);
    if (!copy) {
        out_of_memory(p);
        return;
    }
    memcpy(copy, points, (size_t)count * 2 * sizeof *copy);
    s->point = copy;
    s->points = count;
}

void dtn_picture_line(dtn_picture *p, dtn_pen pen, double x1, double y1, double x2, double y2)
{
    add_points(p, DTN_SHAPE_LINE, pen, (double[]){x1, y1, x2, y2}, 2);
}

void dtn_picture_path(dtn_picture *p, dtn_pen pen, const double *points, int count)
{
    add_points(p, DTN_SHAPE_LINE, pen, points, count);
}

void dtn_picture_curve(dtn_picture *p, dtn_pen pen, const double *points, int count)
{
    add_points(p, DTN_SHAPE_CURVE, pen, points, count);
}

void dtn_picture_rect(dtn_picture *p, dtn_pen pen, double x, double y, double w, double h, double radius)
{
    dtn_shape *s = add(p, DTN_SHAPE_RECT, pen);
    if (!s)
        return;
    s->x = x;
    s->y = y;
    s->w = w;
    s->h = h;
    s->r = radius;
}

void dtn_picture_ellipse(dtn_picture *p, dtn_pen pen, double x, double y, double rx, double ry)
{
    dtn_shape *s = add(p, DTN_SHAPE_ELLIPSE, pen);
    if (!s)
        return;
    s->x = x;
    s->y = y;
    s->w = rx;
    s->h = ry;
}

void dtn_picture_text(dtn_picture *p, dtn_font font, double x, double y, const char *format, ...)
{
    dtn_shape *s = add(p, DTN_SHAPE_TEXT, (dtn_pen){0});
    if (!s)
        return;
    va_list args;
    va_start(args, format);
    s->text = dtn_arena_vprintf(p->arena, format, args);
    va_end(args);
    s->font = font;
    if (s->font.size <= 0)
        s->font.size = 13;
    s->x = x;
    s->y = y;
    if (!s->text) {
        s->text = "";
        out_of_memory(p);
    }
}

void dtn_picture_open(dtn_picture *p, const char *tooltip, ...)
{
    dtn_shape *s = add(p, DTN_SHAPE_OPEN, (dtn_pen){0});
    if (!s || !tooltip)
        return;
    va_list args;
    va_start(args, tooltip);
    s->text = dtn_arena_vprintf(p->arena, tooltip, args);
    va_end(args);
    if (!s->text)
        out_of_memory(p);
}

void dtn_picture_close(dtn_picture *p)
{
    add(p, DTN_SHAPE_CLOSE, (dtn_pen){0});
}

/* Advance widths of a common sans-serif face, in thousandths of the size, rounded up to classes. */
static double advance(const char *c)
{
    if ((unsigned char)*c >= 0x80)
        return 0.62;
    if (strchr("iIjl.,:;!|'`", *c))
        return 0.32;
    if (strchr("ft()[]{}/\\r -\"*", *c))
        return 0.4;
    if (strchr("mwMW@%", *c))
        return 0.92;
    if (*c >= 'A' && *c <= 'Z')
        return 0.7;
    return 0.59;
}

double dtn_text_width(const char *text, double size)
{
    double width = 0;
    for (const char *c = text; *c; c++)
        if (((unsigned char)*c & 0xc0) != 0x80)
            width += advance(c);
    return width * size;
}

const char *dtn_text_clip(dtn_arena *arena, const char *text, double size, double width)
{
    if (dtn_text_width(text, size) <= width)
        return dtn_arena_strdup(arena, text);
    double used = size;
    const char *c = text;
    for (; *c; c++) {
        if (((unsigned char)*c & 0xc0) == 0x80)
            continue;
        used += advance(c) * size;
        if (used > width)
            break;
    }
    return dtn_arena_printf(arena, "%.*s…", (int)(c - text), text);
}
