/* Is the file in order: what it holds, how large its game is, and every expectation with what came out. */
#include "analyse/check.h"

#include "report/report.h"

static int part(dtn_doc *doc, const char **list, int at, int count, const char *one, const char *many)
{
    if (count)
        list[at++] = dtn_text_count(doc, count, one, many);
    return at;
}

static void contents(dtn_doc *doc, const dtn_check_answer *a)
{
    const dtn_scenario *s = a->scenario;
    const char *list[8];
    int count = 0;
    if (!s)
        return;
    count = part(doc, list, count, s->params, "parameter", "parameters");
    count = part(doc, list, count, s->moves, "move", "moves");
    count = part(doc, list, count, s->outcomes, "outcome", "outcomes");
    count = part(doc, list, count, s->guarantees, "guarantee", "guarantees");
    count = part(doc, list, count, s->conflict != NULL, "conflict in option form", "");
    count = part(doc, list, count, s->matrix != NULL, "matrix", "");
    count = part(doc, list, count, s->claims, "claim", "claims");
    if (count)
        dtn_doc_say(doc, "The file holds %s.", dtn_text_join(doc, list, count, "and"));
}

/* The sum of payoffs, and how large the strategic form is. */
static void sums(dtn_doc *doc, const dtn_survey *game)
{
    dtn_doc_field(doc, "constant-sum", "constant sum", dtn_value_bool(game->constant_sum));
    if (game->profiles >= 0)
        dtn_doc_field(doc, "profiles",
                      game->tree ? "profiles of the reduced strategic form" : "profiles of strategies",
                      game->profiles < 1e15 ? dtn_value_integer((long)game->profiles)
                                            : dtn_value_real(game->profiles, 0));
}

static void size(dtn_doc *doc, const dtn_check_answer *a)
{
    if (a->nodes == 0)
        return;
    dtn_doc_open(doc, "tree", "The game tree");
    dtn_doc_field(doc, "nodes", "positions", dtn_value_integer(a->nodes));
    dtn_doc_field(doc, "terminals", "ends", dtn_value_integer(a->terminals));
    dtn_doc_field(doc, "infosets", "information sets", dtn_value_integer(a->infosets));
    if (a->draws > 0)
        dtn_doc_field(doc, "draws", "combinations of types", dtn_value_integer(a->draws));
    dtn_doc_field(doc, "perfect-recall", "nobody forgets", dtn_value_bool(a->perfect_recall));
    if (a->game)
        sums(doc, a->game);
    dtn_doc_close(doc);
}

static void matrix(dtn_doc *doc, const dtn_survey *game)
{
    if (!game || !game->strategic)
        return;
    dtn_doc_open(doc, "strategic", "The strategic game");
    dtn_doc_field(doc, "players", "players", dtn_value_integer(game->players));
    sums(doc, game);
    dtn_doc_field(doc, "symmetric", "symmetric as it is written", dtn_value_bool(game->symmetric));
    dtn_doc_close(doc);
}

static const char *past(dtn_doc *doc, const dtn_tree *t, int node)
{
    const char *text = "";
    int player = t->infoset[t->node[node].infoset].player;
    for (int up = node; t->node[up].parent >= 0; up = t->node[up].parent) {
        const dtn_node *above = &t->node[t->node[up].parent];
        if (above->kind != DTN_NODE_DECISION || t->infoset[above->infoset].player != player)
            continue;
        const char *own = t->action[t->infoset[above->infoset].first_action + t->node[up].branch].name;
        text = *text ? dtn_doc_print(doc, "%s, %s", own, text) : own;
    }
    return *text ? dtn_doc_print(doc, "having played %s", text) : "before any move of its own";
}

/* What is allowed and yet worth knowing before the game is solved. */
static void hints(dtn_doc *doc, const dtn_survey *game)
{
    const dtn_tree *t = game ? game->tree : NULL;
    if (t && !t->perfect_recall) {
        const dtn_infoset *h = &t->infoset[t->recall_infoset];
        const char *one = past(doc, t, t->recall_node[0]), *other = past(doc, t, t->recall_node[1]);
        if (h->absentminded)
            dtn_doc_note(doc, DTN_TONE_WARN,
                         "%s forgets: one play meets the information set \"%s\" twice. Methods that need "
                         "perfect recall "
                         "do not apply.",
                         dtn_doc_name(doc, h->player), h->name);
        else
            dtn_doc_note(doc, DTN_TONE_WARN,
                         "%s forgets: at the information set \"%s\" it cannot tell %s from %s. Methods that "
                         "need perfect "
                         "recall do not apply.",
                         dtn_doc_name(doc, h->player), h->name, one, other);
    }
    if (game && game->impossible)
        dtn_doc_note(doc, DTN_TONE_PLAIN, "%s of chance %s probability 0: what follows is never reached.",
                     dtn_text_count(doc, game->impossible, "branch", "branches"),
                     game->impossible == 1 ? "has" : "have");
    if (game && game->compared && game->ties)
        dtn_doc_note(
            doc, DTN_TONE_PLAIN,
            "Some player is indifferent between two strategies against some play of the others: equilibria "
            "may come in continua, and the order in which weakly dominated strategies are removed matters.");
    for (int p = 0; game && p < game->players; p++)
        if (game->player[p].dominated)
            dtn_doc_note(doc, DTN_TONE_PLAIN,
                         "%s never does best with %s: another strategy is better whatever the others do.",
                         dtn_doc_name(doc, p), game->player[p].dominated);
}

static void answer(dtn_doc *doc, const dtn_check_answer *a)
{
    int statements = 0;
    for (int i = 0; i < a->rows; i++)
        statements += !a->row[i].pass;
    if (!a->ran || a->entries == 0)
        dtn_doc_say_as(doc, "answer", "The file is in order%s.",
                       !a->scenario ? ""
                       : a->ran     ? "; it states no expectations"
                                    : "; its expectations were not run");
    else if (a->failed == 0)
        dtn_doc_say_as(doc, "answer", "*Every expectation holds*: %s, %s.",
                       dtn_text_count(doc, a->entries, "expectation", "expectations"),
                       dtn_text_count(doc, a->rows, "statement", "statements"));
    else
        dtn_doc_say_as(doc, "answer", "*%s of %d fail*: %s of %d.",
                       dtn_text_count(doc, a->failed, "expectation", "expectations"), a->entries,
                       dtn_text_count(doc, statements, "statement", "statements"), a->rows);
}

static void rows(dtn_doc *doc, const dtn_check_answer *a)
{
    if (a->rows == 0)
        return;
    dtn_doc_table(doc, "expectations", "What was expected, and what came out");
    dtn_doc_column(doc, "line", "Line", DTN_RIGHT);
    dtn_doc_column(doc, "at", "At", DTN_LEFT);
    dtn_doc_column(doc, "asked", "Asked", DTN_LEFT);
    dtn_doc_column(doc, "expected", "Expected", DTN_LEFT);
    dtn_doc_column(doc, "found", "Found", DTN_LEFT);
    dtn_doc_column(doc, "holds", "Holds", DTN_LEFT);
    for (int i = 0; i < a->rows; i++) {
        const dtn_expect_row *r = &a->row[i];
        dtn_doc_row(doc, NULL);
        dtn_doc_cell(doc, dtn_value_integer(r->place.line));
        dtn_doc_cell(doc, *r->at ? dtn_value_text(doc, "%s", r->at)
                                 : dtn_value_with_tone(dtn_value_text(doc, "reference"), DTN_TONE_QUIET));
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", r->asked));
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", r->expected));
        dtn_value found = dtn_value_text(doc, "%s", r->found);
        dtn_doc_cell(doc, r->pass ? found : dtn_value_strong(found));
        dtn_doc_cell(doc, dtn_value_bool(r->pass));
    }
}

dtn_status dtn_report_of_check(dtn_ctx *ctx, dtn_doc *doc, const dtn_result *result, const dtn_look *look)
{
    const dtn_check_answer *a = result->data;
    (void)ctx;
    (void)look;
    answer(doc, a);
    contents(doc, a);
    size(doc, a);
    matrix(doc, a->game);
    hints(doc, a->game);
    rows(doc, a);
    return dtn_doc_status(doc);
}
