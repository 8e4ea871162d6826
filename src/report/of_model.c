/* The model in a report: who knows and does what, what the ends are worth, and every number with where it comes from. */
#include "report/of_model.h"

#include <string.h>

#include "report/words.h"

/* Names of the slots of formulas: parameters, state variables, grid variables, k(P). */
static const char *const *slot_names(dtn_doc *doc, const dtn_scenario *s)
{
    const char **name = dtn_arena_array(dtn_doc_arena(doc), (size_t)dtn_scn_slots(s) + 1, sizeof *name);
    if (!name) {
        dtn_doc_try(doc, dtn_fail_nomem(doc->ctx));
        return NULL;
    }
    for (int i = 0; i < s->params; i++)
        name[i] = s->param[i].name;
    for (int i = 0; i < s->states; i++)
        name[dtn_scn_slot_state(s, i)] = s->state[i];
    for (int i = 0; i < s->grids; i++)
        name[dtn_scn_slot_grid(s, i)] = s->grid[i];
    for (int i = 0; i < s->families; i++)
        name[dtn_scn_slot_family(s, i)] =
            dtn_doc_print(doc, "%s(%s)", s->family[i].name, s->player[s->family[i].player].key);
    return name;
}

static const char *formula(dtn_doc *doc, const dtn_expr *e, const char *const *names)
{
    if (!e || !names || dtn_doc_status(doc) != DTN_OK)
        return "0";
    const char *text = dtn_expr_text(dtn_doc_arena(doc), e, names);
    if (!text)
        dtn_doc_try(doc, dtn_fail_nomem(doc->ctx));
    return text ? text : "";
}

static void types(dtn_doc *doc, const dtn_scenario *s, const char *const *names)
{
    for (int p = 0; p < s->players; p++) {
        const dtn_scn_player *x = &s->player[p];
        const char *words = "";
        for (int t = 0; t < x->types && x->prior && x->types <= 6; t++)
            words = dtn_doc_print(doc, "%s%s%s (probability %s)", words,
                                  !t                 ? ""
                                  : t + 1 < x->types ? ", "
                                                     : " or ",
                                  x->type[t], formula(doc, x->prior[t], names));
        if (x->types < 2)
            continue;
        if (*words)
            dtn_doc_say(doc, "What %s is, only %s knows: %s.", dtn_doc_name(doc, p), dtn_doc_name(doc, p),
                        words);
        else
            dtn_doc_say(doc, "What %s is, only %s knows: one of %d types.", dtn_doc_name(doc, p),
                        dtn_doc_name(doc, p), x->types);
    }
}

static const char *goal(const dtn_scenario *s, dtn_scn_goal to)
{
    if (to.kind == DTN_GOAL_MOVE)
        return s->move[to.index].key;
    const dtn_scn_outcome *o = &s->outcome[to.index];
    return o->name && *o->name ? o->name : o->key;
}

static void moves(dtn_doc *doc, const dtn_scenario *s, const char *const *names)
{
    dtn_doc_table(doc, "moves", "Moves");
    dtn_doc_column(doc, "move", "Move", DTN_LEFT);
    dtn_doc_column(doc, "player", "Who", DTN_LEFT);
    dtn_doc_column(doc, "choice", "Choices, and what follows", DTN_LEFT);
    for (int i = 0; i < s->moves; i++) {
        const dtn_scn_move *m = &s->move[i];
        const char *words = "";
        for (int k = 0; k < m->actions && m->kind != DTN_MOVE_TOGETHER; k++) {
            const dtn_scn_action *a = &m->action[k];
            words = dtn_doc_print(doc, "%s%s%s%s%s → %s%s", words, *words ? "; " : "", a->key,
                                  a->prob ? ", probability " : "",
                                  a->prob ? formula(doc, a->prob, names) : "", goal(s, a->to),
                                  a->kind == DTN_ACT_THREAT    ? " (a threat)"
                                  : a->kind == DTN_ACT_PROMISE ? " (a promise)"
                                                               : "");
        }
        for (int c = 0; c < m->cells; c++) {
            const char *combination = "";
            for (int k = 0; k < m->movers; k++)
                combination = dtn_doc_print(
                    doc, "%s%s%s", combination, k ? " " : "",
                    m->cell[c].choice[k] < 0 ? "any" : m->mover_action[k][m->cell[c].choice[k]].key);
            words =
                dtn_doc_print(doc, "%s%s%s → %s", words, c ? "; " : "", combination, goal(s, m->cell[c].to));
        }
        dtn_doc_row(doc, NULL);
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", m->key));
        if (m->kind == DTN_MOVE_TOGETHER) {
            const char *who = "";
            for (int k = 0; k < m->movers; k++)
                who = dtn_doc_print(doc, "%s%s%s", who, k ? ", " : "", dtn_doc_name(doc, m->mover[k]));
            dtn_doc_cell(doc, dtn_value_text(doc, "%s, at once", who));
        } else
            dtn_doc_cell(doc, m->kind == DTN_MOVE_CHANCE ? dtn_value_text(doc, "chance")
                                                         : dtn_value_player(doc, m->player));
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", words));
    }
}

static const char *payoff(dtn_doc *doc, const dtn_scenario *s, const dtn_scn_outcome *o, int player,
                          const char *const *names)
{
    if (!o->type_payoff || !o->type_payoff[player])
        return formula(doc, o->payoff ? o->payoff[player] : NULL, names);
    const char *words = "";
    for (int t = 0; t < s->player[player].types; t++)
        words = dtn_doc_print(doc, "%s%s%s: %s", words, t ? ", " : "", s->player[player].type[t],
                              formula(doc, o->type_payoff[player][t], names));
    return words;
}

static void outcomes(dtn_doc *doc, const dtn_scenario *s, const char *const *names)
{
    if (!s->outcomes)
        return;
    dtn_doc_table(doc, "outcomes", "What the ends are worth");
    dtn_doc_column(doc, "outcome", "Outcome", DTN_LEFT);
    for (int p = 0; p < s->players; p++)
        dtn_doc_column(doc, dtn_doc_print(doc, "payoff-%s", s->player[p].key),
                       dtn_doc_print(doc, "To %s", dtn_doc_name(doc, p)), DTN_LEFT);
    for (int i = 0; i < s->outcomes; i++) {
        dtn_doc_row(doc, NULL);
        dtn_doc_cell(doc, dtn_value_text(doc, "%s",
                                         s->outcome[i].name && *s->outcome[i].name ? s->outcome[i].name
                                                                                   : s->outcome[i].key));
        for (int p = 0; p < s->players; p++)
            dtn_doc_cell(doc, dtn_value_text(doc, "%s", payoff(doc, s, &s->outcome[i], p, names)));
    }
}

static bool speaks_of(const dtn_element *e, const dtn_scenario *s, int param)
{
    return (e->kind == DTN_ELEMENT_PARAM && e->index == param) ||
           (e->kind == DTN_ELEMENT_FAMILY && s->param[param].family_index >= 0 &&
            e->index == s->param[param].family_index);
}

/* What carries a parameter: claims as links to claim-KEY, or who assumed it. */
static const char *backing(dtn_doc *doc, const dtn_scenario *s, int param)
{
    const char *words = "";
    for (int i = 0; i < s->links; i++)
        if (speaks_of(&s->link[i].element, s, param)) {
            const char *key = s->claim[s->link[i].claim].key;
            const char *link = dtn_doc_link(doc, dtn_doc_print(doc, "claim-%s", key), "%s", key);
            words = dtn_doc_print(doc, "%s%s%s", words, *words ? ", " : "claim ", link);
        }
    for (int i = 0; i < s->assumes; i++)
        if (speaks_of(&s->assume[i].element, s, param))
            words = dtn_doc_print(doc, "%s%sassumed%s%s%s%s", words, *words ? "; " : "",
                                  s->assume[i].by ? " by the " : "", s->assume[i].by ? s->assume[i].by : "",
                                  s->assume[i].why ? ": " : "", s->assume[i].why ? s->assume[i].why : "");
    if (!*words)
        return s->param[param].formula                             ? "derived"
               : s->param[param].source && *s->param[param].source ? s->param[param].source
                                                                   : "nothing stated";
    return words;
}

static void parameters(dtn_doc *doc, const dtn_scenario *s, const dtn_point *point, const char *const *names)
{
    if (!s->params)
        return;
    dtn_doc_table(doc, "parameters", "Every number, and where it comes from");
    dtn_doc_column(doc, "parameter", "Parameter", DTN_LEFT);
    dtn_doc_column(doc, "value", "Value", DTN_RIGHT);
    dtn_doc_column(doc, "range", "Explored", DTN_RIGHT);
    dtn_doc_column(doc, "about", "What it is", DTN_LEFT);
    dtn_doc_column(doc, "backing", "Rests on", DTN_LEFT);
    for (int i = 0; i < s->params; i++) {
        const dtn_scn_param *q = &s->param[i];
        dtn_doc_row(doc, dtn_doc_print(doc, "parameter-%s", q->name));
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", q->name));
        dtn_doc_cell(doc, dtn_value_exact(doc, i < point->params ? &point->value[i] : &q->value));
        dtn_doc_cell(doc, q->ranged ? dtn_value_interval(doc, &q->lo, &q->hi) : dtn_value_none());
        dtn_doc_cell(doc, dtn_value_text(doc, "%s%s%s", q->about ? q->about : "", q->formula ? " = " : "",
                                         q->formula ? formula(doc, q->formula, names) : ""));
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", backing(doc, s, i)));
    }
}

void dtn_report_model(dtn_doc *doc, const dtn_scenario *s, const dtn_point *point)
{
    const char *const *names = slot_names(doc, s);
    dtn_doc_open(doc, "model", "The model");
    dtn_doc_not_in_terminal(doc);
    dtn_doc_say(doc, "A model says what follows from its assumptions. These are the assumptions; ranges are "
                     "for exploration, not estimates.");
    if (s->start >= 0) {
        types(doc, s, names);
        moves(doc, s, names);
        outcomes(doc, s, names);
    }
    parameters(doc, s, point, names);
    dtn_doc_close(doc);
}
