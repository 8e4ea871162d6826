/* A drawing kept as shapes, to be written as SVG or TikZ: lines, curves, boxes, ellipses, words, groups with a tooltip.
 *
 * Units are CSS pixels, y downwards. Errors are sticky, as in documents. Colours are inks: names that a page, light or
 * dark, gives its own colours, the same for a player everywhere. */
#ifndef DTN_REPORT_PICTURE_H
#define DTN_REPORT_PICTURE_H

#include "base/ctx.h"
#include "report/out.h"

typedef struct dtn_picture dtn_picture;

typedef enum dtn_ink {
    DTN_INK_NONE,
    DTN_INK_TEXT,   /* words and main lines */
    DTN_INK_MUTED,  /* secondary words and lines */
    DTN_INK_FAINT,  /* grid lines, backgrounds of emphasis */
    DTN_INK_PAPER,  /* the page itself */
    DTN_INK_ACCENT, /* what the picture wants to be seen */
    DTN_INK_PLAYER  /* + index of the player */
} dtn_ink;

enum { DTN_PLAYER_COLOURS = 6 };

/* The ink of a player; chance and nobody (below 0) are muted. */
int dtn_ink_player(int player);

typedef struct dtn_pen {
    int stroke, fill;   /* inks */
    double width;       /* of the stroke; 0: 1 */
    double opacity;     /* of the fill; 0: 1 */
    bool dashed, arrow; /* arrow: a head at the end of a line or curve */
    bool crisp;         /* edges on whole pixels: rectangles side by side show no seam */
} dtn_pen;

typedef enum dtn_anchor { DTN_ANCHOR_START, DTN_ANCHOR_MIDDLE, DTN_ANCHOR_END } dtn_anchor;

typedef struct dtn_font {
    int ink;
    double size;             /* 0: 13 */
    bool strong, mono, halo; /* halo: an edge of the paper's colour, for words over lines */
    dtn_anchor anchor;
} dtn_font;

typedef enum dtn_shape_kind {
    DTN_SHAPE_LINE,  /* polyline */
    DTN_SHAPE_CURVE, /* cubic Bezier pieces: 3 k + 1 points */
    DTN_SHAPE_RECT,
    DTN_SHAPE_ELLIPSE,
    DTN_SHAPE_TEXT,
    DTN_SHAPE_OPEN, /* of a group */
    DTN_SHAPE_CLOSE
} dtn_shape_kind;

typedef struct dtn_shape {
    dtn_shape_kind kind;
    dtn_pen pen;
    dtn_font font;
    double x, y, w, h,
        r; /* rect: corner and size, radius of the corners; ellipse: centre and radii; text: base line */
    const double *point; /* [points][2] */
    int points;
    const char *text; /* words; of a group, its tooltip or NULL */
    struct dtn_shape *next;
} dtn_shape;

struct dtn_picture {
    dtn_ctx *ctx;
    dtn_arena *arena;
    dtn_status status;
    double width, height;
    const char *title, *about; /* for those who do not see it: what it is, what it shows */
    dtn_shape *first, *last;
};

/* A new picture in arena; title and about are copied. NULL when out of memory. */
dtn_picture *dtn_picture_new(dtn_ctx *ctx, dtn_arena *arena, const char *title, const char *about);
void dtn_picture_size(dtn_picture *p, double width, double height);
void dtn_picture_line(dtn_picture *p, dtn_pen pen, double x1, double y1, double x2, double y2);
void dtn_picture_path(dtn_picture *p, dtn_pen pen, const double *points, int count); /* polyline, [count][2] */
void dtn_picture_curve(dtn_picture *p, dtn_pen pen, const double *points, int count); /* Bezier, [count][2] */
void dtn_picture_rect(dtn_picture *p, dtn_pen pen, double x, double y, double w, double h, double radius);
void dtn_picture_ellipse(dtn_picture *p, dtn_pen pen, double x, double y, double rx, double ry);
void dtn_picture_text(dtn_picture *p, dtn_font font, double x, double y, const char *format, ...)
    DTN_PRINTF(5, 6);
void dtn_picture_open(dtn_picture *p, const char *tooltip, ...) DTN_PRINTF(2, 3);
void dtn_picture_close(dtn_picture *p);

/* text, or "" and the picture's error when it is NULL because memory ran out. */
const char *dtn_picture_checked(dtn_picture *p, const char *text);

/* Width of words in a sans-serif face of that size, a little on the safe side. */
double dtn_text_width(const char *text, double size);
/* text, or its beginning and "…", so that it is at most width wide; in arena, NULL when out of memory. */
const char *dtn_text_clip(dtn_arena *arena, const char *text, double size, double width);

/* svg.c. alone: a file of its own, with its colours; otherwise to stand in a page that defines the classes.
 * id: unique on the page, for title and description. */
void dtn_picture_svg(dtn_out *out, const dtn_picture *p, bool alone, const char *id);
/* Definitions of the inks' CSS variables: light, or dark. */
void dtn_picture_inks(dtn_out *out, bool dark);
/* The rules that give the classes of shapes their inks, by those variables. */
void dtn_picture_classes(dtn_out *out);
/* tikz.c: a tikzpicture environment. */
void dtn_picture_tikz(dtn_out *out, const dtn_picture *p);
/* \definecolor lines for the inks, for the preamble. */
void dtn_picture_tikz_colours(dtn_out *out);

#endif
