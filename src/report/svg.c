/* A drawing as SVG: colours by classes, so that a page, a dark page and paper can each give their own.
 *
 * A file of its own names its colours outright (not all programs that read SVG know CSS variables) and adds the dark ones
 * in a media query. Source of the palette: hues of Okabe & Ito 2008, darkened (lightened) until text in them has a
 * contrast of at least 4.5 : 1 on the light (dark) page. */
#include <string.h>

#include "report/picture.h"

enum { INKS = DTN_INK_PLAYER + DTN_PLAYER_COLOURS };

static const struct {
    const char *name, *light, *dark;
} ink[INKS] = {
    [DTN_INK_NONE] = {"none", "none", "none"},           [DTN_INK_TEXT] = {"ink", "#1a1f26", "#e7eaee"},
    [DTN_INK_MUTED] = {"muted", "#5b6673", "#a3aebb"},   [DTN_INK_FAINT] = {"faint", "#d9dee4", "#3a424c"},
    [DTN_INK_PAPER] = {"paper", "#ffffff", "#14181d"},   [DTN_INK_ACCENT] = {"accent", "#8a5a00", "#e8b64c"},
    [DTN_INK_PLAYER + 0] = {"p0", "#0060a8", "#68b2f2"}, [DTN_INK_PLAYER + 1] = {"p1", "#b34400", "#f59b5b"},
    [DTN_INK_PLAYER + 2] = {"p2", "#00734c", "#52c79b"}, [DTN_INK_PLAYER + 3] = {"p3", "#8a3a8c", "#d999dd"},
    [DTN_INK_PLAYER + 4] = {"p4", "#006878", "#5ec7d8"}, [DTN_INK_PLAYER + 5] = {"p5", "#9c2742", "#f08ba0"},
};

void dtn_picture_inks(dtn_out *out, bool dark)
{
    for (int i = 1; i < INKS; i++)
        dtn_out_print(out, "--%s:%s;", ink[i].name, dark ? ink[i].dark : ink[i].light);
}

static void classes(dtn_out *out, const char *prefix, int which)
{
    for (int i = 1; i < INKS; i++) {
        const char *colour = which == 1 ? ink[i].light : ink[i].dark;
        if (which)
            dtn_out_print(out, "%s.s-%s{stroke:%s}%s.f-%s{fill:%s}", prefix, ink[i].name, colour, prefix,
                          ink[i].name, colour);
        else
            dtn_out_print(out, "%s.s-%s{stroke:var(--%s)}%s.f-%s{fill:var(--%s)}", prefix, ink[i].name,
                          ink[i].name, prefix, ink[i].name, ink[i].name);
    }
    dtn_out_print(out, "%s.halo{paint-order:stroke;stroke-width:3px;stroke-linejoin:round;", prefix);
    if (which)
        dtn_out_print(out, "stroke:%s}", which == 1 ? ink[DTN_INK_PAPER].light : ink[DTN_INK_PAPER].dark);
    else
        dtn_out_text(out, "stroke:var(--paper)}");
}

void dtn_picture_classes(dtn_out *out)
{
    classes(out, "svg ", 0);
}

static void escaped(dtn_out *out, const char *text)
{
    for (; *text; text++)
        if (*text == '<')
            dtn_out_text(out, "&lt;");
        else if (*text == '>')
            dtn_out_text(out, "&gt;");
        else if (*text == '&')
            dtn_out_text(out, "&amp;");
        else if (*text == '"')
            dtn_out_text(out, "&quot;");
        else if ((unsigned char)*text >= 0x20)
            dtn_out_char(out, *text);
}

/* At most one decimal, none where it is 0. */
static void number(dtn_out *out, double x)
{
    long tenths = (long)(x < 0 ? x * 10 - 0.5 : x * 10 + 0.5);
    if (tenths < 0)
        dtn_out_char(out, '-');
    tenths = tenths < 0 ? -tenths : tenths;
    dtn_out_print(out, tenths % 10 ? "%ld.%ld" : "%ld", tenths / 10, tenths % 10);
}

static void attribute(dtn_out *out, const char *name, double x)
{
    dtn_out_print(out, " %s=\"", name);
    number(out, x);
    dtn_out_char(out, '"');
}

static void pen_attributes(dtn_out *out, const dtn_pen *pen, const char *id)
{
    dtn_out_text(out, " class=\"");
    if (pen->stroke)
        dtn_out_print(out, "s-%s%s", ink[pen->stroke].name, pen->fill ? " " : "");
    if (pen->fill)
        dtn_out_print(out, "f-%s", ink[pen->fill].name);
    dtn_out_char(out, '"');
    if (!pen->fill)
        dtn_out_text(out, " fill=\"none\"");
    if (pen->fill && pen->opacity > 0 && pen->opacity < 1)
        dtn_out_print(out, " fill-opacity=\"%.2g\"", pen->opacity);
    if (pen->stroke && pen->width > 0 && pen->width != 1)
        attribute(out, "stroke-width", pen->width);
    if (pen->crisp)
        dtn_out_text(out, " shape-rendering=\"crispEdges\"");
    if (pen->dashed)
        dtn_out_text(out, " stroke-dasharray=\"4 3\"");
    if (pen->arrow)
        dtn_out_print(out, " marker-end=\"url(#%s-%s)\"", id, ink[pen->stroke].name);
}

static void points(dtn_out *out, const dtn_shape *s)
{
    dtn_out_text(out, "<path d=\"");
    for (int i = 0; i < s->points; i++) {
        if (i == 0)
            dtn_out_char(out, 'M');
        else if (i == 1)
            dtn_out_char(out, s->kind == DTN_SHAPE_CURVE ? 'C' : 'L');
        else
            dtn_out_char(out, ' ');
        number(out, s->point[2 * i]);
        dtn_out_char(out, ' ');
        number(out, s->point[2 * i + 1]);
    }
    dtn_out_char(out, '"');
}

static void words(dtn_out *out, const dtn_shape *s)
{
    static const char *const anchors[] = {"", " text-anchor=\"middle\"", " text-anchor=\"end\""};
    const dtn_font *f = &s->font;
    dtn_out_text(out, "<text");
    attribute(out, "x", s->x);
    attribute(out, "y", s->y);
    if (f->size != 13)
        attribute(out, "font-size", f->size);
    dtn_out_print(out, "%s%s%s class=\"f-%s%s\">", anchors[f->anchor], f->strong ? " font-weight=\"600\"" : "",
                  f->mono ? " font-family=\"ui-monospace,monospace\"" : "",
                  ink[f->ink ? f->ink : DTN_INK_TEXT].name, f->halo ? " halo" : "");
    escaped(out, s->text);
    dtn_out_text(out, "</text>");
}

static void shape(dtn_out *out, const dtn_shape *s, const char *id)
{
    switch (s->kind) {
    case DTN_SHAPE_LINE:
    case DTN_SHAPE_CURVE:
        points(out, s);
        pen_attributes(out, &s->pen, id);
        dtn_out_text(out, "/>");
        break;
    case DTN_SHAPE_RECT:
        dtn_out_text(out, "<rect");
        attribute(out, "x", s->x);
        attribute(out, "y", s->y);
        attribute(out, "width", s->w);
        attribute(out, "height", s->h);
        if (s->r > 0)
            attribute(out, "rx", s->r);
        pen_attributes(out, &s->pen, id);
        dtn_out_text(out, "/>");
        break;
    case DTN_SHAPE_ELLIPSE:
        dtn_out_text(out, "<ellipse");
        attribute(out, "cx", s->x);
        attribute(out, "cy", s->y);
        attribute(out, "rx", s->w);
        attribute(out, "ry", s->h);
        pen_attributes(out, &s->pen, id);
        dtn_out_text(out, "/>");
        break;
    case DTN_SHAPE_TEXT:
        words(out, s);
        break;
    case DTN_SHAPE_OPEN:
        dtn_out_text(out, "<g>");
        if (s->text) {
            dtn_out_text(out, "<title>");
            escaped(out, s->text);
            dtn_out_text(out, "</title>");
        }
        break;
    case DTN_SHAPE_CLOSE:
        dtn_out_text(out, "</g>");
        break;
    }
    dtn_out_char(out, '\n');
}

static void arrow_heads(dtn_out *out, const dtn_picture *p, const char *id)
{
    bool used[INKS] = {false}, any = false;
    for (const dtn_shape *s = p->first; s; s = s->next)
        if (s->pen.arrow)
            used[s->pen.stroke] = any = true;
    if (!any)
        return;
    dtn_out_text(out, "<defs>");
    for (int i = 0; i < INKS; i++)
        if (used[i])
            dtn_out_print(out,
                          "<marker id=\"%s-%s\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"8\" "
                          "markerHeight=\"8\" markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path d=\"M0 "
                          "0.5L8 4L0 7.5L2 4Z\" class=\"f-%s\"/>"
                          "</marker>",
                          id, ink[i].name, ink[i].name);
    dtn_out_text(out, "</defs>\n");
}

void dtn_picture_svg(dtn_out *out, const dtn_picture *p, bool alone, const char *id)
{
    if (alone)
        dtn_out_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    dtn_out_print(
        out, "<svg%s viewBox=\"0 0 %.0f %.0f\" width=\"%.0f\" height=\"%.0f\" role=\"img\" aria-labelledby=\"%s-t %s-d\"",
        alone ? " xmlns=\"http://www.w3.org/2000/svg\"" : "", p->width, p->height, p->width, p->height, id,
        id);
    dtn_out_print(
        out, " font-family=\"system-ui,'Segoe UI',Roboto,'DejaVu Sans',sans-serif\" font-size=\"13\">\n<title id=\"%s-t\">",
        id);
    escaped(out, p->title);
    dtn_out_print(out, "</title><desc id=\"%s-d\">", id);
    escaped(out, p->about);
    dtn_out_text(out, "</desc>\n");
    if (alone) {
        dtn_out_text(out, "<style>");
        classes(out, "", 1);
        dtn_out_text(out, "@media(prefers-color-scheme:dark){");
        classes(out, "", 2);
        dtn_out_text(out, "}</style>\n<rect width=\"100%\" height=\"100%\" class=\"f-paper\"/>\n");
    }
    arrow_heads(out, p, id);
    for (const dtn_shape *s = p->first; s; s = s->next)
        shape(out, s, id);
    dtn_out_text(out, "</svg>\n");
}
