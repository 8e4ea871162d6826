/* The document of `stability`: equilibria by combination of preferences, then for each combination why states hold or not,
 * the table of states, players and concepts, and the ways from the status quo. */
#include <string.h>

#include "analyse/stability.h"
#include "model/conflict.h"
#include "report/draw.h"
#include "report/of_stability.h"
#include "report/report.h"
#include "report/stability_words.h"

static bool shown(const dtn_stability_answer *a, int concept_index)
{
    return dtn_stability_has(a->run, concept_index);
}

/* Concepts of rankings have columns; those of other preferences are many, and have rows in a table of their own. */
static bool in_columns(const dtn_stability_answer *a, int concept_index)
{
    return shown(a, concept_index) && dtn_concept_at(concept_index)->family == DTN_FAMILY_RANKING;
}

static bool any_concept(const dtn_stability_answer *a, bool columns)
{
    for (int k = 0; k < dtn_concept_count(); k++)
        if (shown(a, k) && in_columns(a, k) == columns)
            return true;
    return false;
}

static void add_terms(dtn_doc *doc, const dtn_stability_answer *a)
{
    for (int k = 0; k < dtn_concept_count(); k++)
        if (shown(a, k))
            dtn_doc_term(doc, dtn_concept_name(k),
                         dtn_doc_print(doc, "%s: %s (%s)", dtn_concept_title(k), dtn_concept_about(k),
                                       dtn_concept_source(k)));
}

/* The equilibria (player -1) or what is stable for a player, as a list of codes, "–" when there are none. */
static dtn_value set_of(dtn_doc *doc, const dtn_stability_answer *a, int combination, int concept_index,
                        int player)
{
    enum { MOST = 6 };
    dtn_value item[MOST + 1];
    int listed = 0;
    size_t count = dtn_stability_states(a->run, combination, concept_index, player, NULL, 0);
    if (a->count_only)
        return dtn_value_integer((long)count);
    if (!count)
        return dtn_value_with_tone(dtn_value_none(), DTN_TONE_QUIET);
    for (size_t k = 0; k < a->states && listed < MOST; k++)
        if (dtn_stability_bits(a->run, combination, concept_index, player)[a->state[k] / 64] >>
                (a->state[k] % 64) &
            1)
            item[listed++] = dtn_value_text(doc, "%s", dtn_holds_state(doc, a->conflict, a->state[k]));
    if (count > (size_t)listed) {
        item[listed] = dtn_value_text(doc, "… %zu more", count - (size_t)listed);
        listed++;
    }
    return dtn_value_list(doc, item, listed);
}

const char *dtn_stability_combination_name(dtn_doc *doc, const dtn_stability_answer *a, int combination)
{
    const char *text = "";
    for (int i = 0; i < a->conflict->players; i++) {
        const char *variant =
            dtn_conflict_variant_name(a->conflict, i, dtn_stability_variant(a->run, combination, i));
        if (a->conflict->player[i].variants > 1)
            text =
                dtn_doc_print(doc, "%s%s%s %s", text, *text ? ", " : "", a->conflict->player[i].key, variant);
    }
    return text;
}

static void answer(dtn_doc *doc, const dtn_stability_answer *a)
{
    enum { NAMED = 6 };
    const char *name[NAMED];
    const dtn_conflict *c = a->conflict;
    int best = 0; /* the first concept that was computed: R unless others were asked for */
    while (!shown(a, best))
        best++;
    size_t always = 0, sometimes = 0;
    for (size_t r = 0; r < a->states; r++) {
        size_t s = a->state[r];
        int times = 0;
        for (int k = 0; k < a->items; k++)
            times += dtn_stability_equilibrium(a->run, k, best, s);
        if (times && sometimes < NAMED)
            name[sometimes] =
                dtn_doc_print(doc, "%s (%s)", dtn_holds_state(doc, c, s), dtn_holds_options(doc, c, s));
        always += times == a->items;
        sometimes += times > 0;
    }
    const char *states = dtn_text_count(doc, (long)c->states, "state", "states");
    const char *foresight = !strcmp(dtn_concept_name(best), "R")
                                ? "even if nobody looks ahead (R)"
                                : dtn_doc_print(doc, "under %s", dtn_concept_name(best));
    const char *names = sometimes && sometimes <= NAMED
                            ? dtn_doc_print(doc, ": %s", dtn_text_join(doc, name, (int)sometimes, "and"))
                            : "";
    const char *holds = sometimes == 1 ? "holds" : "hold";
    if (!sometimes)
        dtn_doc_say_as(doc, "answer", "Of %s, *none* holds for everyone %s.", states, foresight);
    else if (a->items == 1)
        dtn_doc_say_as(doc, "answer", "Of %s, *%zu* %s for everyone %s%s.", states, sometimes, holds,
                       foresight, names);
    else
        dtn_doc_say_as(
            doc, "answer",
            "Of %s, *%zu* %s for everyone %s under at least one of %d combinations of preferences%s. Under "
            "all of them: %s.",
            states, sometimes, holds, foresight, a->items, names,
            always ? dtn_doc_print(doc, "%zu", always) : "none");
}

static void legend(dtn_doc *doc, const dtn_conflict *c)
{
    if (!c->options)
        return;
    dtn_doc_open(doc, "options", "Options");
    dtn_doc_say(
        doc,
        c->lettered
            ? "What stands is written with one character an option, in this order: the letter where it is "
              "taken, a dot where it is not%s."
            : "What stands is written with one character an option, in this order: Y where it is taken, N "
              "where it is not%s.",
        c->either ? ", - where states that differ in it are counted as one" : "");
    dtn_doc_table(doc, "list", "");
    dtn_doc_column(doc, "option", "Option", DTN_LEFT);
    dtn_doc_column(doc, "player", "Player", DTN_LEFT);
    dtn_doc_column(doc, "about", "What it is", DTN_LEFT);
    dtn_doc_column(doc, "direction", "Can it be undone?", DTN_LEFT);
    for (int o = 0; o < c->options; o++) {
        const dtn_conflict_option *x = &c->option[o];
        dtn_doc_row(doc, NULL);
        dtn_doc_cell(doc, dtn_value_text(doc, "`%s`", x->key));
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", dtn_holds_player(doc, c, x->player)));
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", *x->about ? x->about : x->name));
        dtn_doc_cell(doc, dtn_value_text(doc, x->direction == DTN_FORWARD_ONLY ? "no: once taken it stays"
                                              : x->direction == DTN_BACKWARD_ONLY
                                                  ? "once dropped it cannot be taken again"
                                                  : "yes"));
    }
    dtn_doc_close(doc);
}

static void equilibria(dtn_doc *doc, const dtn_stability_answer *a)
{
    if (!any_concept(a, true))
        return;
    dtn_doc_table(doc, "equilibria", "States that hold for every player");
    dtn_doc_column(doc, "preferences", "Preferences", DTN_LEFT);
    for (int k = 0; k < dtn_concept_count(); k++)
        if (in_columns(a, k))
            dtn_doc_column(doc, dtn_concept_name(k), dtn_concept_name(k), DTN_LEFT);
    for (int k = 0; k < a->items; k++) {
        dtn_doc_row(doc, NULL);
        const char *name = dtn_stability_combination_name(doc, a, k);
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", *name ? name : "as given"));
        for (int i = 0; i < dtn_concept_count(); i++)
            if (in_columns(a, i))
                dtn_doc_cell(doc, set_of(doc, a, k, i, -1));
    }
}

/* A row a concept: what holds for everyone, and for each player. */
static void beyond_rankings(dtn_doc *doc, const dtn_stability_answer *a, int combination)
{
    if (!any_concept(a, false))
        return;
    dtn_doc_table(doc, "beyond-rankings",
                  "What holds by concepts that look at more than rankings: unknown, strong or graded "
                  "preferences, attitudes");
    dtn_doc_column(doc, "concept", "Concept", DTN_LEFT);
    dtn_doc_column(doc, "all", "For every player", DTN_LEFT);
    for (int i = 0; i < a->conflict->players; i++)
        dtn_doc_column(doc, dtn_doc_print(doc, "stable-%s", a->conflict->player[i].key),
                       dtn_doc_print(doc, "For %s", a->conflict->player[i].key), DTN_LEFT);
    for (int k = 0; k < dtn_concept_count(); k++) {
        if (!shown(a, k) || in_columns(a, k))
            continue;
        dtn_doc_row(doc, NULL);
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", dtn_concept_name(k)));
        for (int i = -1; i < a->conflict->players; i++)
            dtn_doc_cell(doc, set_of(doc, a, combination, k, i));
    }
}

/* Who finds the state stable, strong where it is all. */
static dtn_value stable_for(dtn_doc *doc, const dtn_stability_answer *a, int combination, int concept_index,
                            size_t state)
{
    dtn_value item[DTN_CONFLICT_MAX_PLAYERS];
    int count = 0;
    bool all = dtn_stability_equilibrium(a->run, combination, concept_index, state);
    for (int i = 0; i < a->conflict->players; i++)
        if (dtn_stability_stable(a->run, combination, concept_index, i, state)) {
            dtn_value v = dtn_value_text(doc, "%s", a->conflict->player[i].key);
            v = dtn_value_in_colour(v, i);
            item[count++] = all ? dtn_value_strong(v) : v;
        }
    if (!count)
        return dtn_value_with_tone(dtn_value_none(), DTN_TONE_QUIET);
    dtn_value list = dtn_value_list(doc, item, count);
    return all ? dtn_value_with_tone(list, DTN_TONE_YES) : list;
}

static bool has_ranks(const dtn_stability_answer *a, const dtn_stability_case *item, int player)
{
    return dtn_conflict_ranked(a->conflict, player, dtn_stability_variant(a->run, item->combination, player));
}

static void table(dtn_doc *doc, const dtn_stability_answer *a, const dtn_stability_case *item)
{
    if (!any_concept(a, true))
        return;
    const dtn_conflict *c = a->conflict;
    dtn_doc_table(doc, "states",
                  a->every_state
                      ? "For whom each state is stable; all players: it is an equilibrium. Rank 1 is worst."
                      : "For whom states that are an equilibrium are stable. Rank 1 is worst.");
    dtn_doc_column(doc, "state", "State", DTN_LEFT);
    if (c->names && c->options)
        dtn_doc_column(doc, "options", "Options", DTN_LEFT);
    for (int i = 0; i < c->players; i++)
        if (has_ranks(a, item, i))
            dtn_doc_column(doc, dtn_doc_print(doc, "rank-%s", c->player[i].key),
                           dtn_doc_print(doc, "Rank for %s", c->player[i].key), DTN_RIGHT);
    for (int k = 0; k < dtn_concept_count(); k++)
        if (in_columns(a, k))
            dtn_doc_column(doc, dtn_concept_name(k), dtn_concept_name(k), DTN_LEFT);
    for (size_t r = 0; r < a->states; r++) {
        size_t s = a->state[r];
        dtn_doc_row(doc, NULL);
        dtn_value name = dtn_value_text(doc, "%s%s", dtn_holds_state(doc, c, s),
                                        a->has_status_quo && s == a->status_quo ? " (status quo)" : "");
        dtn_doc_cell(doc, dtn_value_hint(doc, name, "%s", dtn_holds_options(doc, c, s)));
        if (c->names && c->options) {
            char letters[DTN_CONFLICT_MAX_OPTIONS + 1];
            dtn_conflict_state_letters(c, s, letters, sizeof letters);
            dtn_doc_cell(doc, dtn_value_text(doc, "`%s`", letters));
        }
        for (int i = 0; i < c->players; i++)
            if (has_ranks(a, item, i))
                dtn_doc_cell(doc, dtn_value_integer((long)dtn_conflict_rank(
                                      c, i, dtn_stability_variant(a->run, item->combination, i), s)));
        for (int k = 0; k < dtn_concept_count(); k++)
            if (in_columns(a, k))
                dtn_doc_cell(doc, stable_for(doc, a, item->combination, k, s));
    }
}

/* Concepts under which the state is an equilibrium, "R, SSEQ". */
static const char *holds_under(dtn_doc *doc, const dtn_stability_answer *a, int combination, size_t state)
{
    const char *text = "";
    for (int k = 0; k < dtn_concept_count(); k++)
        if (shown(a, k) && dtn_stability_equilibrium(a->run, combination, k, state))
            text = dtn_doc_print(doc, "%s%s%s", text, *text ? ", " : "", dtn_concept_name(k));
    return text;
}

static void ways(dtn_doc *doc, const dtn_stability_answer *a, const dtn_stability_case *item, size_t state)
{
    enum { LONGEST = 64 };
    dtn_conflict_move path[LONGEST];
    if (!item->by_moves || state == a->status_quo)
        return;
    int gains = dtn_paths_to(item->by_improvements, state, path, LONGEST);
    bool improving = gains > 0;
    int steps = improving ? gains : dtn_paths_to(item->by_moves, state, path, LONGEST);
    if (steps < 0)
        dtn_doc_item(doc, "From the status quo it cannot be reached.");
    else if (steps > LONGEST)
        dtn_doc_item(doc, "From the status quo it is reached in %d moves.", steps);
    else
        dtn_doc_item(doc, "From the status quo it is reached %s: %s.",
                     improving ? "by improvements" : "only by moves that do not all pay for who makes them",
                     dtn_holds_path(doc, a->conflict, path, steps));
}

static void reasons(dtn_doc *doc, const dtn_stability_answer *a, const dtn_stability_case *item)
{
    const dtn_conflict *c = a->conflict;
    size_t players = (size_t)c->players;
    dtn_doc_array(doc, "reasons", "Why");
    for (size_t k = 0; k < item->explained_count; k++) {
        size_t s = item->explained[k];
        const char *under = holds_under(doc, a, item->combination, s);
        bool quo = a->has_status_quo && s == a->status_quo;
        dtn_doc_open(doc, NULL, "%s: %s%s%s", dtn_holds_state(doc, c, s), dtn_holds_options(doc, c, s),
                     quo ? " (status quo)" : "",
                     *under ? dtn_doc_print(doc, " – holds under %s", under) : " – does not hold");
        dtn_doc_data(doc, "state", dtn_value_text(doc, "%s", dtn_holds_state(doc, c, s)));
        dtn_doc_list(doc, "players", false);
        for (size_t i = 0; i < players; i++) {
            const dtn_stability_reason *r = &item->reason[k * players + i];
            dtn_doc_item(
                doc, "%s%s", dtn_holds_reason(doc, c, r),
                !r->witness->stable ? "" : dtn_doc_print(doc, " (%s)", dtn_concept_name(r->concept_index)));
        }
        ways(doc, a, item, s);
        dtn_doc_close(doc);
    }
    dtn_doc_close(doc);
}

static void picture(dtn_ctx *ctx, dtn_doc *doc, const dtn_stability_answer *a, const dtn_stability_case *item)
{
    int concept_index = 0; /* the first that was computed: R unless others were asked for */
    while (!shown(a, concept_index))
        concept_index++;
    dtn_picture *p = NULL;
    if (dtn_doc_try(
            doc, dtn_draw_stability(ctx, dtn_doc_arena(doc), &p, a->run, item->combination, concept_index)))
        dtn_doc_picture(doc, "graph",
                        dtn_doc_print(doc,
                                      "Where improvements lead (in larger conflicts: each player's best "
                                      "ones, from the status quo). "
                                      "Thick borders: states that hold for everyone under %s.",
                                      dtn_concept_name(concept_index)),
                        p);
}

static void combination(dtn_ctx *ctx, dtn_doc *doc, const dtn_stability_answer *a,
                        const dtn_stability_case *item)
{
    const char *name = dtn_stability_combination_name(doc, a, item->combination);
    dtn_doc_open(doc, NULL, "%s", *name ? name : "The states");
    if (a->items > 1)
        dtn_stability_sets(doc, a, item->combination);
    if (a->items > 1)
        dtn_doc_not_in_terminal(doc);
    beyond_rankings(doc, a, item->combination);
    picture(ctx, doc, a, item);
    dtn_doc_fold(doc, "detail", "State by state: for whom each holds, and why");
    table(doc, a, item);
    reasons(doc, a, item);
    dtn_doc_close(doc);
    dtn_doc_close(doc);
}

dtn_status dtn_report_of_stability(dtn_ctx *ctx, dtn_doc *doc, const dtn_result *result, const dtn_look *look)
{
    (void)look;
    const dtn_stability_answer *a = result->data;
    if (a->symbolic) {
        dtn_stability_tell_symbolic(doc, a);
        return dtn_doc_status(doc);
    }
    answer(doc, a);
    dtn_stability_tell_why(doc, a);
    add_terms(doc, a);
    legend(doc, a->conflict);
    equilibria(doc, a);
    dtn_stability_tell_groups(doc, a);
    if (a->items == 1)
        dtn_stability_sets(doc, a, 0);
    if (a->whys || a->count_only)
        return dtn_doc_status(doc);
    if (a->cut)
        dtn_doc_note(doc, DTN_TONE_WARN,
                     "More states are equilibria than can be listed: the tables hold the first %zu, and no "
                     "reasons are "
                     "given. `--state STATE` explains one, `--concept NAME` narrows the question.",
                     a->states);
    dtn_doc_array(doc, "combinations", a->items > 1 ? "Combination by combination" : "");
    for (int k = 0; k < a->items; k++)
        combination(ctx, doc, a, &a->item[k]);
    dtn_doc_close(doc);
    if (a->items > 1) {
        dtn_doc_open(doc, "more", "%s", "");
        dtn_doc_only_in_terminal(doc);
        dtn_doc_say(doc, "Why a state holds or not is told for one combination at a time: add `--variant "
                         "PLAYER=NAME` for each player "
                         "that has several preferences.");
        dtn_doc_close(doc);
    }
    return dtn_doc_status(doc);
}
