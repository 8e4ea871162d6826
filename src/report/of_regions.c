/* A map in words: what holds at the point, how much of the box each conclusion has, and the formulas of the borders. */
#include "report/of_regions.h"

#include <string.h>

#include "base/str.h"
#include "report/report.h"
#include "report/words.h"

enum { COLUMNS = 60, ROWS = 22 };

/* "E2", "E1 or E2", "another play (no. 3)", "outside the constraints". */
static const char *pattern_name(dtn_doc *doc, const dtn_regions_answer *a, int pattern)
{
    if (pattern == DTN_REGION_OUTSIDE || pattern == DTN_FACE_OUTSIDE)
        return "outside the constraints";
    if (pattern < 0 || pattern >= a->sweep->patterns)
        return "undecided";
    const dtn_class_set *p = &a->sweep->pattern[pattern];
    const char *words = "";
    for (int i = 0; i < p->classes; i++) {
        int c = p->class_of[i];
        const char *one = a->sweep->named && c < a->scenario->classes ? a->sweep->class_name[c]
                          : a->sweep->named
                              ? dtn_doc_print(doc, "another play (no. %d)", c - a->scenario->classes + 1)
                              : dtn_doc_print(doc, "play no. %d", c + 1);
        words = dtn_doc_print(doc, "%s%s%s", words, i ? " or " : "", one);
    }
    return p->classes ? words : "no equilibrium";
}

static const char *box_words(dtn_doc *doc, const dtn_regions_answer *a)
{
    const char *words = "";
    for (int k = 0; k < a->params; k++)
        words = dtn_doc_print(doc, "%s%s%s from %s to %s", words, k ? " and " : "",
                              a->scenario->param[a->param[k]].name, dtn_text_exact(doc, a->lo + k),
                              dtn_text_exact(doc, a->hi + k));
    return words;
}

static const char *point_words(dtn_doc *doc, const dtn_regions_answer *a)
{
    const char *words = "";
    for (int k = 0; k < a->params; k++)
        words = dtn_doc_print(doc, "%s%s%s = %s", words, k ? ", " : "", a->scenario->param[a->param[k]].name,
                              dtn_text_exact(doc, a->now + k));
    return words;
}

/* What the names stand for. */
static void conclusions(dtn_doc *doc, const dtn_regions_answer *a)
{
    bool any = false;
    for (int c = 0; c < a->sweep->class_names; c++) {
        bool met = false, named = a->sweep->named && c < a->scenario->classes;
        const char *about = named ? a->scenario->class_[c].about : a->sweep->class_name[c];
        for (int p = 0; p < a->sweep->patterns; p++)
            for (int i = 0; i < a->sweep->pattern[p].classes; i++)
                met = met || a->sweep->pattern[p].class_of[i] == c;
        if (!met || !about)
            continue;
        if (!any)
            dtn_doc_list(doc, "conclusions", false);
        any = true;
        dtn_doc_item(doc, "*%s*: %s",
                     named ? a->sweep->class_name[c]
                     : a->sweep->named
                         ? dtn_doc_print(doc, "another play (no. %d)", c - a->scenario->classes + 1)
                         : dtn_doc_print(doc, "play no. %d", c + 1),
                     about);
    }
}

/* A share to a hundredth of a percent, exactly as it is shown. */
static dtn_value real_share(dtn_doc *doc, double share)
{
    fmpq_t x;
    fmpq_init(x);
    dtn_rational_set_double(x, share);
    dtn_value v = dtn_value_percent(doc, x);
    fmpq_clear(x);
    return v;
}

/* --- two parameters ------------------------------------------------------------------------------ */

char dtn_regions_letter(const dtn_regions_answer *a, int region)
{
    if (a->map.region[region].pattern == DTN_REGION_OUTSIDE)
        return ' ';
    for (int r = 0, all = region; r < all; r++)
        region -= a->map.region[r].pattern == DTN_REGION_OUTSIDE;
    return region < 26 ? (char)('A' + region) : region < 52 ? (char)('a' + region - 26) : '*';
}

const char *dtn_regions_text_map(dtn_doc *doc, const dtn_regions_answer *a)
{
    dtn_str text = dtn_str_in(dtn_doc_arena(doc));
    int *raster = dtn_arena_array(dtn_doc_arena(doc), (size_t)COLUMNS * ROWS, sizeof *raster);
    if (!raster)
        return NULL;
    dtn_regions_raster(raster, COLUMNS, ROWS, &a->map, false);
    int at[2];
    for (int k = 0; k < 2; k++) {
        double lo = dtn_rational_double(a->lo + k), hi = dtn_rational_double(a->hi + k);
        double share = (dtn_rational_double(a->now + k) - lo) / (hi - lo);
        at[k] = share >= 0 && share <= 1 ? (int)(share * ((k ? ROWS : COLUMNS) - 1e-9)) : -1;
    }
    const char *name = a->scenario->param[a->param[1]].name;
    dtn_str_addf(&text, "%s\n", name);
    for (int y = ROWS - 1; y >= 0; y--) {
        char label[16] = "";
        if (y == ROWS - 1 || y == 0)
            dtn_str_addf(&text, "%8.4g |", dtn_rational_double(y ? a->hi + 1 : a->lo + 1));
        else
            dtn_str_addf(&text, "%8s |", label);
        for (int x = 0; x < COLUMNS; x++) {
            int what = raster[y * COLUMNS + x];
            char c = what >= 0                    ? dtn_regions_letter(a, what)
                     : what == DTN_RASTER_BORDER  ? '.'
                     : what == DTN_RASTER_OUTSIDE ? ' '
                                                  : '?';
            dtn_str_add_char(&text, x == at[0] && y == at[1] ? '@' : c);
        }
        dtn_str_add(&text, "|\n");
    }
    dtn_str_addf(&text, "%8s  %-10.4g", "", dtn_rational_double(a->lo));
    dtn_str_addf(
        &text, "%*s\n", COLUMNS - 10,
        dtn_doc_print(doc, "%s  %.4g", a->scenario->param[a->param[0]].name, dtn_rational_double(a->hi)));
    return dtn_str_done(&text);
}

static void region_table(dtn_doc *doc, const dtn_regions_answer *a)
{
    dtn_doc_table(doc, "regions", "Share of the box");
    dtn_doc_column(doc, "letter", "On the map", DTN_CENTRE);
    dtn_doc_column(doc, "conclusion", "Conclusion", DTN_LEFT);
    dtn_doc_column(doc, "share", "Share, proved", DTN_RIGHT);
    dtn_doc_column(doc, "most", "At most", DTN_RIGHT);
    for (int r = 0; r < a->map.regions; r++) {
        const dtn_region *region = &a->map.region[r];
        dtn_doc_row(doc, NULL);
        dtn_doc_cell(doc, region->pattern == DTN_REGION_OUTSIDE
                              ? dtn_value_none()
                              : dtn_value_text(doc, "%s", dtn_doc_print(doc, "%c", dtn_regions_letter(a, r))));
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", pattern_name(doc, a, region->pattern)));
        dtn_doc_cell(doc, dtn_value_with_bar(dtn_value_percent(doc, &region->share.lo)));
        dtn_doc_cell(doc, dtn_value_percent(doc, &region->share.hi));
    }
}

static void border_table(dtn_doc *doc, const dtn_regions_answer *a)
{
    if (!a->map.borders)
        return;
    dtn_doc_table(doc, "borders", "Borders, exactly");
    dtn_doc_column(doc, "border", "Border", DTN_LEFT);
    bool any = false;
    for (int i = 0; i < a->map.borders; i++)
        any = any || a->map.border[i].general;
    if (any)
        dtn_doc_column(doc, "general", "Whatever the other numbers", DTN_LEFT);
    dtn_doc_column(doc, "one", "Between", DTN_LEFT);
    dtn_doc_column(doc, "other", "and", DTN_LEFT);
    dtn_value *latex = dtn_arena_array(dtn_doc_arena(doc), 2 * (size_t)a->map.borders, sizeof *latex),
              *general = latex ? latex + a->map.borders : NULL;
    if (!latex) {
        dtn_doc_try(doc, dtn_fail_nomem(doc->ctx));
        return;
    }
    for (int i = 0; i < a->map.borders; i++) {
        const dtn_region_border *b = &a->map.border[i];
        dtn_doc_row(doc, NULL);
        dtn_doc_cell(doc, dtn_value_strong(dtn_value_text(doc, "%s", b->text)));
        if (any)
            dtn_doc_cell(doc, b->general && strcmp(b->general, b->text) != 0
                                  ? dtn_value_text(doc, "%s", b->general)
                                  : dtn_value_none());
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", pattern_name(doc, a, b->before)));
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", pattern_name(doc, a, b->after)));
        general[i] = b->general ? dtn_value_text(doc, "%s", b->general_latex) : dtn_value_none();
        latex[i] = dtn_value_text(doc, "%s", b->latex);
    }
    dtn_doc_data(doc, "borders-latex", dtn_value_list(doc, latex, a->map.borders));
    if (any)
        dtn_doc_data(doc, "borders-general-latex", dtn_value_list(doc, general, a->map.borders));
}

/* All rectangles for programs: [left, right, bottom, top, conclusions, proved], ends as shares of the box. */
static void rectangles(dtn_doc *doc, const dtn_regions_answer *a)
{
    dtn_value *list = dtn_arena_array(dtn_doc_arena(doc), (size_t)a->map.cells + 1, sizeof *list);
    if (!list) {
        dtn_doc_try(doc, dtn_fail_nomem(doc->ctx));
        return;
    }
    for (int i = 0; i < a->map.cells; i++) {
        const dtn_region_cell *c = &a->map.cell[i];
        const long end[4] = {c->x, c->x + c->w, c->y, c->y + c->h};
        double unit = 1.0 / (double)(INT64_C(1) << c->level);
        dtn_value row[6];
        for (int k = 0; k < 4; k++) {
            double lo = dtn_rational_double(a->lo + k / 2), hi = dtn_rational_double(a->hi + k / 2);
            row[k] = dtn_value_real(lo + (hi - lo) * unit * (double)end[k], 0);
        }
        const char *words = "";
        int found = 0;
        for (int r = 0; r < a->map.regions; r++)
            if (c->patterns >> a->map.region[r].pattern & 1)
                words = dtn_doc_print(doc, "%s%s%s", words, found++ ? " | " : "",
                                      pattern_name(doc, a, a->map.region[r].pattern));
        row[4] = dtn_value_text(doc, "%s", c->patterns >> DTN_REGION_UNKNOWN ? "undecided" : words);
        row[5] = dtn_value_bool(found == 1 && !(c->patterns >> DTN_REGION_UNKNOWN));
        list[i] = dtn_value_list(doc, row, 6);
    }
    dtn_doc_data(doc, "rectangles", dtn_value_list(doc, list, a->map.cells));
}

static void say_map(dtn_ctx *ctx, dtn_doc *doc, const dtn_regions_answer *a)
{
    const char **name = dtn_arena_array(dtn_doc_arena(doc), (size_t)a->map.regions + 1, sizeof *name);
    if (!name) {
        dtn_doc_try(doc, dtn_fail_nomem(ctx));
        return;
    }
    const char *list = "";
    for (int r = 0; r < a->map.regions; r++) {
        const dtn_region *region = &a->map.region[r];
        name[r] = pattern_name(doc, a, region->pattern);
        list = dtn_doc_print(doc, "%s%s%s on %s", list,
                             r == 0                    ? ""
                             : r + 1 == a->map.regions ? " and "
                                                       : ", ",
                             name[r], dtn_text_percent(doc, &region->share.lo));
    }
    dtn_doc_say_as(doc, "answer",
                   "Where things stand (%s) the conclusion is *%s*. Over %s: %s of the box, proved.",
                   point_words(doc, a), pattern_name(doc, a, a->pattern_now), box_words(doc, a), list);
    const char *map = dtn_regions_text_map(doc, a);
    dtn_picture *picture = NULL;
    if (!map) {
        dtn_doc_try(doc, dtn_fail_nomem(ctx));
        return;
    }
    dtn_doc_open(doc, "picture", "The map");
    dtn_doc_only_in_terminal(doc);
    dtn_doc_code(doc, "map", "", map);
    dtn_doc_close(doc);
    if (dtn_doc_try(doc, dtn_draw_regions(ctx, dtn_doc_arena(doc), &picture, a, name)))
        dtn_doc_picture(doc, "map", "Which conclusions hold where; the dot is where things stand now.",
                        picture);
    region_table(doc, a);
    border_table(doc, a);
    dtn_doc_say_as(
        doc,
        "certainty", "Proved inside each region, up to single curves; %s of the box lies in squares that a border crosses%s.",
        dtn_text_percent(doc, a->map.undecided), a->map.open ? " or that stayed undecided" : "");
    rectangles(doc, a);
}

/* --- all parameters ------------------------------------------------------------------------------ */

static void say_volumes(dtn_doc *doc, const dtn_regions_answer *a)
{
    const dtn_volumes *v = &a->volumes;
    const char *list = "", *names = "";
    double outside = 0;
    for (int i = 0; i < v->volumes; i++)
        if (v->volume[i].pattern == DTN_REGION_OUTSIDE)
            outside = v->volume[i].estimate;
    double inside = outside < 1 ? 1 - outside : 1;
    for (int i = 0; i < v->volumes && i < 6 && v->volume[i].pattern < DTN_REGION_OUTSIDE; i++)
        list = dtn_doc_print(doc, "%s%s%s on %.1f %%", list, i ? ", " : "",
                             pattern_name(doc, a, v->volume[i].pattern), 100 * v->volume[i].estimate / inside);
    for (int k = 0; k < a->params; k++)
        names = dtn_doc_print(doc, "%s%s%s", names,
                              k == 0              ? ""
                              : k + 1 < a->params ? ", "
                                                  : " and ",
                              a->scenario->param[a->param[k]].name);
    dtn_doc_say_as(
        doc, "answer", "At the point the conclusion is *%s*. With %s anywhere in their ranges%s, about: %s.",
        pattern_name(doc, a, a->pattern_now), names, outside > 0 ? " and the constraints kept" : "", list);
    dtn_doc_table(doc, "volumes", "Share of the box of all parameters that matter");
    dtn_doc_column(doc, "conclusion", "Conclusion", DTN_LEFT);
    dtn_doc_column(doc, "proved", "At least, proved", DTN_RIGHT);
    dtn_doc_column(doc, "most", "At most, proved", DTN_RIGHT);
    dtn_doc_column(doc, "estimate", "Estimate", DTN_RIGHT);
    dtn_doc_column(doc, "error", "Give or take", DTN_RIGHT);
    dtn_doc_column(doc, "inside", "Of what the constraints leave", DTN_RIGHT);
    for (int i = 0; i < v->volumes; i++) {
        const dtn_region_volume *r = &v->volume[i];
        bool real = r->pattern < DTN_REGION_OUTSIDE;
        dtn_doc_row(doc, NULL);
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", pattern_name(doc, a, r->pattern)));
        dtn_doc_cell(doc, real_share(doc, r->lo));
        dtn_doc_cell(doc, real_share(doc, r->hi));
        dtn_doc_cell(doc, dtn_value_with_bar(real_share(doc, r->estimate)));
        dtn_doc_cell(doc, real_share(doc, r->error));
        dtn_doc_cell(doc, real ? real_share(doc, r->estimate / inside) : dtn_value_none());
    }
    dtn_doc_data(doc, "open", dtn_value_real(v->open, 0));
    dtn_doc_data(doc, "points", dtn_value_integer(v->points));
    dtn_doc_say_as(doc, "certainty",
                   "The bounds are proved: %s of the box was settled box by box. The estimate comes from %ld "
                   "points in 16 "
                   "independent samples; give or take is one standard deviation.",
                   dtn_doc_print(doc, "%.1f %%", 100 * (1 - v->open)), v->points);
}

/* --- one parameter ------------------------------------------------------------------------------- */

static const char *end_words(dtn_doc *doc, const dtn_stretch_end *e)
{
    return fmpq_equal(&e->lo, &e->hi) ? dtn_text_number(doc, &e->lo)
                                      : dtn_doc_print(doc, "≈ %.10g", dtn_rational_double(&e->lo));
}

static void say_line(dtn_doc *doc, const dtn_regions_answer *a)
{
    const char *list = "";
    for (int i = 0; i < a->stretches; i++)
        list =
            dtn_doc_print(doc, "%s%s%s%s%s", list, i ? ", then " : "",
                          pattern_name(doc, a, a->stretch[i].pattern), i + 1 < a->stretches ? " up to " : "",
                          i + 1 < a->stretches ? end_words(doc, &a->stretch[i].right) : "");
    dtn_doc_say_as(doc, "answer", "Where things stand (%s) the conclusion is *%s*. Over %s: %s.",
                   point_words(doc, a), pattern_name(doc, a, a->pattern_now), box_words(doc, a), list);
    dtn_doc_table(doc, "stretches", "What holds where");
    dtn_doc_column(doc, "stretch", a->scenario->param[a->param[0]].name, DTN_LEFT);
    dtn_doc_column(doc, "conclusion", "Conclusion", DTN_LEFT);
    dtn_doc_column(doc, "at-end", "At its upper end", DTN_LEFT);
    int unseen = 0;
    for (int i = 0; i < a->stretches; i++) {
        const dtn_stretch *s = &a->stretch[i];
        unseen += s->unseen;
        dtn_doc_row(doc, NULL);
        dtn_doc_cell(doc, dtn_value_open(dtn_value_interval(doc, &s->left.lo, &s->right.hi), true, true));
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", pattern_name(doc, a, s->pattern)));
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", pattern_name(doc, a, s->right.here)));
    }
    dtn_doc_say_as(doc, "certainty",
                   "Proved on every open stretch, and at its ends where they are rational%s.",
                   unseen ? "; at single irrational points inside nothing was solved" : "");
}

dtn_status dtn_report_of_regions(dtn_ctx *ctx, dtn_doc *doc, const dtn_result *result, const dtn_look *look)
{
    const dtn_regions_answer *a = result->data;
    if (a->all)
        say_volumes(doc, a);
    else if (a->params == 2)
        say_map(ctx, doc, a);
    else
        say_line(doc, a);
    conclusions(doc, a);
    if (result->outcome != DTN_OUTCOME_COMPLETE && result->note)
        dtn_doc_note(doc, DTN_TONE_WARN, "Undecided in parts: %s.", result->note);
    if (look && look->stats)
        dtn_doc_say(doc, "%ld traced runs, %d faces, %d polynomials, %ld exact solutions.", a->faces->runs,
                    a->faces->faces, dtn_trace_factors(a->faces->trace), a->sweep->solves - a->faces->runs);
    return dtn_doc_status(doc);
}
