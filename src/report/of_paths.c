/* The document of `paths`: which states that hold can be arrived at, how, and by whom. */
#include "analyse/paths.h"
#include "model/conflict.h"
#include "report/report.h"
#include "report/stability_words.h"

static const char *under(dtn_doc *doc, const dtn_paths_answer *a, int combination, size_t state)
{
    const char *text = "";
    for (int k = 0; k < dtn_concept_count(); k++)
        if (dtn_stability_has(a->run, k) && dtn_stability_equilibrium(a->run, combination, k, state))
            text = dtn_doc_print(doc, "%s%s%s", text, *text ? ", " : "", dtn_concept_name(k));
    return text;
}

static const char *variants(dtn_doc *doc, const dtn_paths_answer *a, int combination)
{
    const char *text = "";
    for (int i = 0; i < a->conflict->players; i++)
        if (a->conflict->player[i].variants > 1)
            text = dtn_doc_print(
                doc, "%s%s%s %s", text, *text ? ", " : "", a->conflict->player[i].key,
                dtn_conflict_variant_name(a->conflict, i, dtn_stability_variant(a->run, combination, i)));
    return text;
}

/* "P and Q together, or R". */
static const char *who(dtn_doc *doc, const dtn_conflict *c, const dtn_paths_goal *g)
{
    const char *text = "";
    for (int k = 0; k < g->alones; k++)
        text = dtn_doc_print(doc, "%s%s%s", text, k ? ", or " : "", dtn_holds_players(doc, c, g->alone[k]));
    return text;
}

static dtn_value steps_of(int steps)
{
    return steps < 0 ? dtn_value_with_tone(dtn_value_none(), DTN_TONE_QUIET) : dtn_value_integer(steps);
}

static void goals(dtn_doc *doc, const dtn_paths_answer *a, const dtn_paths_case *item)
{
    const dtn_conflict *c = a->conflict;
    dtn_doc_table(doc, "goals", "Moves to each state; – where it cannot be reached");
    dtn_doc_column(doc, "state", "State", DTN_LEFT);
    dtn_doc_column(doc, "holds", "Holds under", DTN_LEFT);
    dtn_doc_column(doc, "improvements", "By improvements", DTN_RIGHT);
    dtn_doc_column(doc, "moves", "By any moves", DTN_RIGHT);
    dtn_doc_column(doc, "who", "Who can bring it about", DTN_LEFT);
    for (int g = 0; g < item->goals; g++) {
        const dtn_paths_goal *goal = &item->goal[g];
        dtn_doc_row(doc, NULL);
        dtn_doc_cell(doc, dtn_value_text(doc, "%s%s", dtn_holds_state(doc, c, goal->state),
                                         goal->state == a->start ? " (start)" : ""));
        const char *holds = under(doc, a, item->combination, goal->state);
        dtn_doc_cell(doc, *holds ? dtn_value_text(doc, "%s", holds) : dtn_value_none());
        dtn_doc_cell(doc, steps_of(goal->gains_steps));
        dtn_doc_cell(doc, steps_of(goal->moves_steps));
        dtn_doc_cell(doc, goal->alones ? dtn_value_text(doc, "%s", who(doc, c, goal)) : dtn_value_none());
    }
}

static void ways(dtn_doc *doc, const dtn_paths_answer *a, const dtn_paths_case *item)
{
    const dtn_conflict *c = a->conflict;
    dtn_doc_list(doc, "ways", false);
    for (int g = 0; g < item->goals; g++) {
        const dtn_paths_goal *goal = &item->goal[g];
        const char *name = dtn_holds_state(doc, c, goal->state);
        if (goal->state == a->start)
            dtn_doc_item(doc, "*%s* is where things stand.", name);
        else if (goal->moves_steps < 0)
            dtn_doc_item(doc, "*%s* cannot be reached by any moves.", name);
        else if (goal->gains_steps < 0)
            dtn_doc_item(doc, "To *%s*, only by moves that do not all pay for who makes them: %s.", name,
                         dtn_holds_path(doc, c, goal->moves, goal->moves_steps));
        else if (goal->gains_steps == goal->moves_steps)
            dtn_doc_item(doc, "To *%s*, by improvements: %s.", name,
                         dtn_holds_path(doc, c, goal->gains, goal->gains_steps));
        else
            dtn_doc_item(doc, "To *%s*, by improvements: %s. Shorter, by any moves: %s.", name,
                         dtn_holds_path(doc, c, goal->gains, goal->gains_steps),
                         dtn_holds_path(doc, c, goal->moves, goal->moves_steps));
    }
}

/* How far things can drift: states first reached after so many moves. */
static void drift(dtn_doc *doc, const dtn_paths_answer *a, const dtn_paths_case *item)
{
    int rows = a->spreads > item->spreads ? a->spreads : item->spreads;
    dtn_doc_table(doc, "spread", "States that are reached for the first time after so many moves");
    dtn_doc_column(doc, "steps", "Moves", DTN_RIGHT);
    dtn_doc_column(doc, "improvements", "By improvements", DTN_RIGHT);
    dtn_doc_column(doc, "moves", "By any moves", DTN_RIGHT);
    for (int k = 0; k < rows; k++) {
        dtn_doc_row(doc, NULL);
        dtn_doc_cell(doc, dtn_value_integer(k + 1));
        dtn_doc_cell(doc, dtn_value_integer(k < item->spreads ? (long)item->spread[k] : 0));
        dtn_doc_cell(doc, dtn_value_integer(k < a->spreads ? (long)a->spread[k] : 0));
    }
}

static void one_case(dtn_doc *doc, const dtn_paths_answer *a, const dtn_paths_case *item)
{
    const char *name = variants(doc, a, item->combination);
    int equilibria = 0, by_gains = 0, by_moves = 0;
    bool here = false;
    dtn_doc_open(doc, NULL, "%s", *name ? name : "Ways");
    for (int g = 0; g < item->goals; g++) {
        const dtn_paths_goal *goal = &item->goal[g];
        if (!*under(doc, a, item->combination, goal->state))
            continue;
        equilibria++;
        here |= goal->state == a->start;
        by_gains += goal->gains_steps > 0;
        by_moves += goal->moves_steps > 0;
    }
    dtn_doc_say_as(doc, "answer",
                   "%s%s. Of %s under some concept, *%d* can be arrived at by improvements, each move paying "
                   "for who makes "
                   "it, and *%d* by any moves.",
                   dtn_holds_state(doc, a->conflict, a->start),
                   here ? dtn_doc_print(doc, " holds under %s", under(doc, a, item->combination, a->start))
                        : " does not hold",
                   dtn_text_count(doc, equilibria, "state that holds", "states that hold"), by_gains,
                   by_moves);
    goals(doc, a, item);
    ways(doc, a, item);
    drift(doc, a, item);
    dtn_doc_close(doc);
}

dtn_status dtn_report_of_paths(dtn_ctx *ctx, dtn_doc *doc, const dtn_result *result, const dtn_look *look)
{
    (void)ctx, (void)look;
    const dtn_paths_answer *a = result->data;
    dtn_doc_say_as(doc, "start", "Things stand at %s: %s.", dtn_holds_state(doc, a->conflict, a->start),
                   dtn_holds_options(doc, a->conflict, a->start));
    dtn_doc_array(doc, "combinations", "%s", "");
    for (int k = 0; k < a->items; k++)
        one_case(doc, a, &a->item[k]);
    dtn_doc_close(doc);
    return dtn_doc_status(doc);
}
