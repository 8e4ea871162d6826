/* Two levers in words and pictures: the frontier of minimal guarantees, where things stand, and the cheapest point. */
#include "analyse/bind_frontier.h"

#include "report/of_bind.h"
#include "report/of_regions.h"
#include "report/words.h"

static const char *param(const dtn_bind_frontier *f, int k)
{
    return f->map.scenario->param[f->map.param[k]].name;
}

/* What a region of the map says. */
static const char *verdict_words(const dtn_bind_frontier *f, int pattern)
{
    if (pattern == DTN_REGION_OUTSIDE)
        return "outside the constraints";
    switch (f->predicate) {
    case DTN_PREDICATE_EVERY:
    case DTN_PREDICATE_SOME:
        return pattern & 2   ? "in every equilibrium"
               : pattern & 1 ? "in some equilibrium"
                             : "in no equilibrium";
    case DTN_PREDICATE_DOMINANCE:
        return pattern ? "in all that survives" : "not in all that survives";
    default:
        return pattern == 0  ? "not self-enforcing"
               : pattern & 2 ? "self-enforcing"
                             : "self-enforcing with payments";
    }
}

static const char *point_words(dtn_doc *doc, const dtn_bind_frontier *f, const fmpq *at)
{
    return dtn_doc_print(doc, "%s = %s, %s = %s", param(f, 0), dtn_text_number(doc, at), param(f, 1),
                         dtn_text_number(doc, at + 1));
}

static void say_least(dtn_doc *doc, const dtn_bind_frontier *f)
{
    if (!f->has_least) {
        dtn_doc_say_as(doc, "answer", "*No* values of %s and %s bring the target about %s.", param(f, 0),
                       param(f, 1), verdict_words(f, f->yes));
        return;
    }
    const char *near = f->attained ? "at" : "near";
    const char *least =
        fmpq_equal(f->cost, f->cost_bound)
            ? dtn_doc_print(doc, "Cheapest is %s *%s*, at a cost of %s: nothing costs less", near,
                            point_words(doc, f, f->cheapest), dtn_text_number(doc, f->cost))
            : dtn_doc_print(doc, "Cheapest known is %s *%s*, at a cost of %s; nothing costs less than %s",
                            near, point_words(doc, f, f->cheapest), dtn_text_number(doc, f->cost),
                            dtn_text_decimal(doc, f->cost_bound));
    dtn_doc_say_as(doc, "answer",
                   "The target comes about %s on the areas shown; where things stand it %s. %s (%s).",
                   verdict_words(f, f->yes), f->holds_now ? "does" : "does not", dtn_doc_marked(doc, least),
                   f->priced ? "the costs that the file gives" : "cost: the sum of both");
    dtn_doc_data(doc, "cheapest-x", dtn_value_exact(doc, f->cheapest));
    dtn_doc_data(doc, "cheapest-y", dtn_value_exact(doc, f->cheapest + 1));
    dtn_doc_data(doc, "attained", dtn_value_bool(f->attained));
    dtn_doc_data(doc, "cost", dtn_value_exact(doc, f->cost));
    dtn_doc_data(doc, "cost-bound", dtn_value_exact(doc, f->cost_bound));
}

static void staircase(dtn_doc *doc, const dtn_bind_frontier *f)
{
    dtn_doc_table(doc, "staircase",
                  dtn_doc_print(doc, "Minimal guarantees: with %s at a value, what %s has to be", param(f, 0),
                                param(f, 1)));
    dtn_doc_column(doc, "x", param(f, 0), DTN_RIGHT);
    dtn_doc_column(doc, "y", dtn_doc_print(doc, "%s at least", param(f, 1)), DTN_RIGHT);
    dtn_doc_column(doc, "to", "at most", DTN_RIGHT);
    dtn_doc_column(doc, "about", "", DTN_LEFT);
    for (int i = 0; i < f->steps; i++) {
        const dtn_bind_step *s = &f->step[i];
        bool none = s->none || !s->known;
        dtn_doc_row(doc, NULL);
        dtn_doc_cell(doc, dtn_value_exact(doc, &s->x));
        dtn_doc_cell(doc, none ? dtn_value_none() : dtn_value_exact(doc, &s->lo));
        dtn_doc_cell(doc, none || s->to_end ? dtn_value_none() : dtn_value_exact(doc, &s->hi));
        dtn_doc_cell(doc, dtn_value_text(doc, "%s%s",
                                         !s->known         ? "undecided"
                                         : s->none         ? "no value is enough"
                                         : !s->lo_exact    ? "irrational, about"
                                         : !s->lo_included ? "above it"
                                                           : "",
                                         s->more ? "; and again further up" : ""));
    }
}

static void borders(dtn_doc *doc, const dtn_bind_frontier *f)
{
    bool any = false;
    for (int i = 0; i < f->map.map.borders; i++) {
        const dtn_region_border *b = &f->map.map.border[i];
        bool from = b->before >= 0 && b->before < 4 && (b->before & f->yes);
        bool to = b->after >= 0 && b->after < 4 && (b->after & f->yes);
        if (from == to || b->before >= DTN_REGION_OUTSIDE || b->after >= DTN_REGION_OUTSIDE ||
            b->before < 0 || b->after < 0)
            continue;
        if (!any)
            dtn_doc_list(doc, "frontier-formulas", false);
        any = true;
        dtn_doc_item(doc, "*%s*", b->text);
    }
}

static void shares(dtn_doc *doc, const dtn_bind_frontier *f)
{
    dtn_doc_table(doc, "areas", "Share of the box of both levers");
    dtn_doc_column(doc, "letter", "On the map", DTN_CENTRE);
    dtn_doc_column(doc, "target", "The target comes about", DTN_LEFT);
    dtn_doc_column(doc, "share", "Share, proved", DTN_RIGHT);
    dtn_doc_column(doc, "most", "At most", DTN_RIGHT);
    for (int r = 0; r < f->map.map.regions; r++) {
        const dtn_region *region = &f->map.map.region[r];
        dtn_doc_row(doc, NULL);
        dtn_doc_cell(doc, region->pattern == DTN_REGION_OUTSIDE
                              ? dtn_value_none()
                              : dtn_value_text(doc, "%c", dtn_regions_letter(&f->map, r)));
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", verdict_words(f, region->pattern)));
        dtn_doc_cell(doc, dtn_value_with_bar(dtn_value_percent(doc, &region->share.lo)));
        dtn_doc_cell(doc, dtn_value_percent(doc, &region->share.hi));
    }
}

void dtn_bind_frontier_words(dtn_ctx *ctx, dtn_doc *doc, const dtn_bind_frontier *f)
{
    dtn_regions_answer shown = f->map;
    const char **name = dtn_arena_array(dtn_doc_arena(doc), (size_t)f->map.map.regions + 1, sizeof *name);
    dtn_picture *picture;
    if (!name) {
        dtn_doc_try(doc, dtn_fail_nomem(ctx));
        return;
    }
    for (int r = 0; r < f->map.map.regions; r++)
        name[r] = verdict_words(f, f->map.map.region[r].pattern);
    if (f->has_least) {
        shown.mark = f->cheapest;
        shown.mark_word = "cheapest";
    }
    dtn_doc_open(doc, NULL, "%s and %s together", param(f, 0), param(f, 1));
    dtn_doc_data(doc, "x", dtn_value_text(doc, "%s", param(f, 0)));
    dtn_doc_data(doc, "y", dtn_value_text(doc, "%s", param(f, 1)));
    dtn_doc_data(doc, "predicate", dtn_value_text(doc, "%s", dtn_predicate_name(f->predicate)));
    say_least(doc, f);
    const char *map = dtn_regions_text_map(doc, &shown);
    if (!map) {
        dtn_doc_try(doc, dtn_fail_nomem(ctx));
        return;
    }
    dtn_doc_open(doc, "picture", "The frontier");
    dtn_doc_only_in_terminal(doc);
    dtn_doc_code(doc, "map", "", map);
    dtn_doc_close(doc);
    if (dtn_doc_try(doc, dtn_draw_regions(ctx, dtn_doc_arena(doc), &picture, &shown, name)))
        dtn_doc_picture(
            doc, "frontier",
            "Where the target comes about. The filled dot is where things stand, the open one the "
            "cheapest guarantee.",
            picture);
    shares(doc, f);
    borders(doc, f);
    staircase(doc, f);
    if (f->map.map.open)
        dtn_doc_note(doc, DTN_TONE_WARN, "Parts of the map stayed undecided: %s.",
                     f->map.faces->why ? f->map.faces->why : "too many borders meet there");
    dtn_doc_close(doc);
}
