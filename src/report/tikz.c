/* A drawing as a tikzpicture: the same shapes and colours as svg.c, one unit a point, y upwards. */
#include <string.h>

#include "report/picture.h"

static const char *const ink_name[] = {"black", "inkmain", "inkmuted", "inkfaint", "white", "inkaccent",
                                       "p0",    "p1",      "p2",       "p3",       "p4",    "p5"};

void dtn_picture_tikz_colours(dtn_out *out)
{
    static const char *const rgb[] = {"",       "1A1F26", "5B6673", "D9DEE4", "",       "8A5A00",
                                      "0060A8", "B34400", "00734C", "8A3A8C", "006878", "9C2742"};
    for (size_t i = 1; i < sizeof rgb / sizeof *rgb; i++)
        if (*rgb[i])
            dtn_out_print(out, "\\definecolor{%s}{HTML}{%s}\n", ink_name[i], rgb[i]);
}

static void words(dtn_out *out, const char *text)
{
    for (; *text; text++)
        if (*text == '\\')
            dtn_out_text(out, "\\textbackslash{}");
        else if (*text == '^' || *text == '~')
            dtn_out_print(out, "\\%c{}", *text);
        else if (strchr("{}$&#%_", *text))
            dtn_out_print(out, "\\%c", *text);
        else if (strncmp(text, "≈", 3) == 0) {
            dtn_out_text(out, "\\(\\approx\\)");
            text += 2;
        } else if (strncmp(text, "−", 3) == 0 || strncmp(text, "→", 3) == 0 || strncmp(text, "≥", 3) == 0) {
            dtn_out_text(out, strncmp(text, "−", 3) == 0   ? "\\(-\\)"
                              : strncmp(text, "→", 3) == 0 ? "\\(\\to\\)"
                                                           : "\\(\\ge\\)");
            text += 2;
        } else
            dtn_out_char(out, *text);
}

static void pen(dtn_out *out, const dtn_pen *p)
{
    const char *comma = "";
    dtn_out_char(out, '[');
    if (p->stroke) {
        dtn_out_print(out, "draw=%s,line width=%.1fpt", ink_name[p->stroke],
                      0.8 * (p->width > 0 ? p->width : 1));
        comma = ",";
    }
    if (p->fill) {
        dtn_out_print(out, "%sfill=%s", comma, ink_name[p->fill]);
        comma = ",";
    }
    if (p->fill && p->opacity > 0 && p->opacity < 1)
        dtn_out_print(out, ",fill opacity=%.2f", p->opacity);
    if (p->dashed)
        dtn_out_print(out, "%sdashed", comma);
    if (p->arrow)
        dtn_out_print(out, "%s-stealth", comma);
    dtn_out_char(out, ']');
}

static void shape(dtn_out *out, const dtn_shape *s)
{
    static const char *const anchors[] = {"base west", "base", "base east"};
    switch (s->kind) {
    case DTN_SHAPE_LINE:
    case DTN_SHAPE_CURVE:
        dtn_out_text(out, "\\path");
        pen(out, &s->pen);
        for (int i = 0; i < s->points; i++) {
            bool curve = s->kind == DTN_SHAPE_CURVE;
            const char *join = i == 0       ? ""
                               : !curve     ? "--"
                               : i % 3 == 1 ? "..controls"
                               : i % 3 == 2 ? "and"
                                            : "..";
            dtn_out_print(out, "%s(%.1f,%.1f)", join, s->point[2 * i], -s->point[2 * i + 1]);
        }
        dtn_out_text(out, ";\n");
        break;
    case DTN_SHAPE_RECT:
        dtn_out_text(out, "\\path");
        pen(out, &s->pen);
        if (s->r > 0)
            dtn_out_print(out, "[rounded corners=%.1fpt]", s->r < s->h / 2 ? s->r : s->h / 2);
        dtn_out_print(out, "(%.1f,%.1f) rectangle (%.1f,%.1f);\n", s->x, -s->y, s->x + s->w, -s->y - s->h);
        break;
    case DTN_SHAPE_ELLIPSE:
        dtn_out_text(out, "\\path");
        pen(out, &s->pen);
        dtn_out_print(out, "(%.1f,%.1f) ellipse (%.1f and %.1f);\n", s->x, -s->y, s->w, s->h);
        break;
    case DTN_SHAPE_TEXT:
        dtn_out_print(
            out, "\\node[anchor=%s,inner sep=0,text=%s,font=\\fontsize{%.1f}{%.1f}\\selectfont\\sffamily%s] at (%.1f,%.1f) {",
            anchors[s->font.anchor], ink_name[s->font.ink ? s->font.ink : DTN_INK_TEXT], 0.8 * s->font.size,
            s->font.size, s->font.strong ? "\\bfseries" : "", s->x, -s->y);
        words(out, s->text);
        dtn_out_text(out, "};\n");
        break;
    case DTN_SHAPE_OPEN:
    case DTN_SHAPE_CLOSE:
        break;
    }
}

void dtn_picture_tikz(dtn_out *out, const dtn_picture *p)
{
    dtn_out_text(out, "\\begin{tikzpicture}[x=0.8pt,y=0.8pt]\n");
    for (const dtn_shape *s = p->first; s; s = s->next)
        shape(out, s);
    dtn_out_text(out, "\\end{tikzpicture}\n");
}
