/* A document that uses every block and every kind of value, for the tests of the renderers. */
#ifndef DTN_TESTS_REPORT_SAMPLE_H
#define DTN_TESTS_REPORT_SAMPLE_H

#include <string.h>

#include "report/doc.h"
#include "report/picture.h"

static const fmpq *sample_number(dtn_arena *arena, const char *text)
{
    fmpq *x = dtn_arena_fmpq(arena, 1);
    if (x)
        dtn_rational_parse(x, text, strlen(text));
    return x;
}

static dtn_picture *sample_picture(dtn_ctx *ctx, dtn_arena *arena)
{
    dtn_picture *p = dtn_picture_new(ctx, arena, "Two states & a move", "P moves from a to b.");
    if (!p)
        return NULL;
    dtn_picture_size(p, 200, 80);
    dtn_picture_open(p, "from <a>");
    dtn_picture_rect(p, (dtn_pen){.stroke = DTN_INK_TEXT, .fill = DTN_INK_PAPER}, 10, 20, 40, 24.5, 4);
    dtn_picture_text(p, (dtn_font){.anchor = DTN_ANCHOR_MIDDLE}, 30, 37, "%s", "a <& b_1");
    dtn_picture_close(p);
    dtn_picture_curve(p, (dtn_pen){.stroke = dtn_ink_player(0), .width = 2, .arrow = true},
                      (double[]){50, 32, 80, 10, 110, 10, 150, 32}, 4);
    dtn_picture_ellipse(p, (dtn_pen){.stroke = DTN_INK_MUTED, .dashed = true}, 165, 32, 15, 12);
    dtn_picture_path(p, (dtn_pen){.fill = dtn_ink_player(1), .opacity = 0.2},
                     (double[]){0, 60, 40, 60, 20, 75}, 3);
    return p;
}

static dtn_doc *sample_document(dtn_ctx *ctx, dtn_arena *arena)
{
    dtn_doc *d = dtn_doc_new(ctx, arena);
    if (!d)
        return NULL;
    const fmpq *third = sample_number(arena, "1/3"), *half = sample_number(arena, "1/2"),
               *one = sample_number(arena, "1");
    if (!third || !half || !one) {
        dtn_doc_try(d, dtn_fail_nomem(ctx));
        return d;
    }
    dtn_doc_title(d, "solve", "A demand under *private* resolve");
    dtn_doc_player(d, "P", "Proposer");
    dtn_doc_player(d, "Q", "Addressee");
    dtn_doc_data(d, "outcome", dtn_value_text(d, "complete"));
    dtn_doc_say_as(d, "answer",
                   "%s engages with probability *%s*; the threat `carry-out` is averted, and this sentence "
                   "is long enough to "
                   "be wrapped in a terminal of a hundred columns, with a %s in it – see %s.",
                   dtn_doc_name(d, 1), dtn_text_number(d, third),
                   dtn_doc_term(d, "sequential equilibrium",
                                "nobody gains by deviating at any point, \"given beliefs\""),
                   dtn_doc_link(d, "equilibria", "below"));
    dtn_doc_note(d, DTN_TONE_WARN, "One rung could not be decided: <%s> & more.", "nonlinear|system");
    dtn_doc_open(d, "numbers", "Numbers");
    dtn_doc_field(d, "share", "Share", dtn_value_percent(d, third));
    dtn_doc_field(d, "range", "A range with a longer label",
                  dtn_value_open(dtn_value_interval(d, third, half), true, false));
    dtn_doc_field(d, "unbounded", "At least", dtn_value_interval(d, half, NULL));
    dtn_doc_field(d, "radius", "Enclosed", dtn_value_real(0.6180339887, 1e-12));
    dtn_doc_field(d, "plain", "Double", dtn_value_real(0.1, 0));
    dtn_doc_field(d, "certified", "Certified", dtn_value_bool(true));
    dtn_doc_field(d, "stable", "Stable", dtn_value_verdict(d, DTN_UNDECIDED, "not decided"));
    dtn_doc_field(d, "who", "Who", dtn_value_player(d, 1));
    dtn_doc_field(d, "list", "Values",
                  dtn_value_list(
                      d, (dtn_value[]){dtn_value_integer(1), dtn_value_exact(d, third), dtn_value_none()}, 3));
    dtn_doc_list(d, "reasons", true);
    dtn_doc_item(d, "first, with %s", "a*b and a|b");
    dtn_doc_item(d, "second");
    dtn_doc_code(d, "source", "yaml", "players:\n  P: {name: \"Proposer\"}\n\n# <end>\n");
    dtn_doc_close(d);
    dtn_doc_array(d, "equilibria", "Equilibria");
    for (int i = 0; i < 2; i++) {
        dtn_doc_open(d, NULL, "Equilibrium %d: E%d", i + 1, i);
        dtn_doc_data(d, "class", dtn_value_text(d, "E%d", i));
        dtn_doc_table(d, "outcomes", "Outcomes and their probabilities");
        dtn_doc_column(d, "outcome", "Outcome", DTN_LEFT);
        dtn_doc_column(d, "probability", "Probability", DTN_RIGHT);
        dtn_doc_column(d, "about", "What it means", DTN_LEFT);
        dtn_doc_row(d, i ? NULL : "outcome-engaged");
        dtn_doc_cell(d, dtn_value_strong(dtn_value_text(d, "engaged")));
        dtn_doc_cell(d, dtn_value_with_bar(dtn_value_in_colour(dtn_value_exact(d, third), 1)));
        dtn_doc_cell(
            d, dtn_value_text(
                   d, "Both sides talk, \"seriously\", and what they say there is long enough to be wrapped "
                      "in a column of its own."));
        dtn_doc_row(d, NULL);
        dtn_doc_cell(d, dtn_value_link(d, dtn_value_text(d, "dropped"), "numbers"));
        dtn_doc_cell(d, dtn_value_with_bar(dtn_value_percent(d, i ? one : half)));
        dtn_doc_cell(d, dtn_value_with_tone(dtn_value_none(), DTN_TONE_QUIET));
        dtn_doc_fold(d, "more", "More");
        dtn_doc_say(d, "Unfolded.");
        dtn_doc_close(d);
        dtn_doc_close(d);
    }
    dtn_doc_close(d);
    dtn_doc_open(d, "full", "For the full report");
    dtn_doc_not_in_terminal(d);
    dtn_doc_picture(d, "picture", "A picture", sample_picture(ctx, arena));
    dtn_doc_close(d);
    return d;
}

#endif
