/* What the model is, on one screen. */
#include "analyse/show.h"

#include "model/action_graph.h"
#include "model/conflict.h"
#include "report/report.h"
#include "solve/solver.h"

static const char *graph_kind(const dtn_action_graph *g)
{
    return g->bayesian ? "a Bayesian action-graph game" : "an action-graph game";
}

/* The size of what is kept, beside that of the table. */
static void graph(dtn_doc *doc, const dtn_action_graph *g)
{
    long arcs = 0, payoffs = 0;
    for (int a = 0; a < g->actions; a++) {
        arcs += g->node[a].neighbours;
        payoffs += g->node[a].configs;
    }
    for (int f = 0; f < g->functions; f++)
        arcs += g->function[f].neighbours;
    if (g->bayesian) {
        dtn_doc_field(doc, "graph-players", "players", dtn_value_integer(g->players));
        dtn_doc_field(doc, "types", "types of all players, each listed as a player below",
                      dtn_value_integer(g->agents));
    }
    dtn_doc_field(doc, "action-nodes", "action nodes", dtn_value_integer(g->actions));
    if (g->functions)
        dtn_doc_field(doc, "function-nodes", "function nodes", dtn_value_integer(g->functions));
    dtn_doc_field(doc, "arcs", "arcs", dtn_value_integer(arcs));
    dtn_doc_field(doc, "payoffs", "payoffs in the file", dtn_value_integer(payoffs));
}

static const char *kind(dtn_doc *doc, const dtn_survey *s, const dtn_model *m)
{
    const char *what = s->tree                                  ? "a game tree"
                       : s->graph                               ? graph_kind(s->graph)
                       : s->strategic                           ? "a strategic game"
                       : m->scenario && m->scenario->stochastic ? "a stochastic game"
                       : m->scenario && m->scenario->conflict   ? "a conflict in option form"
                                                                : "a scenario without a game";
    return m->scenario && (s->tree || s->strategic)
               ? dtn_doc_print(doc, "a scenario with %s%s", what,
                               m->scenario->conflict ? " and a conflict in option form" : "")
               : what;
}

static void properties(dtn_doc *doc, const dtn_survey *s)
{
    if (s->tree) {
        dtn_doc_field(doc, "nodes", "positions", dtn_value_integer(s->tree->nodes));
        dtn_doc_field(doc, "terminals", "ends", dtn_value_integer(s->tree->terminals));
        dtn_doc_field(doc, "depth", "longest play", dtn_value_integer(s->largest_depth));
        dtn_doc_field(doc, "chance", "moves of chance", dtn_value_integer(s->chance_nodes));
        if (s->impossible)
            dtn_doc_field(doc, "impossible", "branches of chance with probability 0",
                          dtn_value_integer(s->impossible));
        dtn_doc_field(doc, "subgames", "subgames, the whole included", dtn_value_integer(s->subgames));
        dtn_doc_field(doc, "perfect-information", "everyone sees everything",
                      dtn_value_bool(s->tree->perfect_information));
        dtn_doc_field(doc, "perfect-recall", "nobody forgets", dtn_value_bool(s->tree->perfect_recall));
    }
    if (s->graph)
        graph(doc, s->graph);
    if (s->tree || s->measured)
        dtn_doc_field(doc, "constant-sum", "constant sum", dtn_value_bool(s->constant_sum));
    if (s->strategic && s->measured) {
        dtn_doc_field(doc, "symmetric", "symmetric as it is written", dtn_value_bool(s->symmetric));
        if (s->compared)
            dtn_doc_field(doc, "ties", "some player is indifferent somewhere", dtn_value_bool(s->ties));
    }
    if (s->profiles >= 0)
        dtn_doc_field(
            doc, "profiles", s->tree ? "profiles of the reduced strategic form" : "profiles of strategies",
            s->profiles < 1e15 ? dtn_value_integer((long)s->profiles) : dtn_value_real(s->profiles, 0));
}

static void players(dtn_doc *doc, const dtn_survey *s)
{
    dtn_doc_table(doc, "players-table", "Players");
    dtn_doc_column(doc, "player", "Player", DTN_LEFT);
    if (s->tree) {
        dtn_doc_column(doc, "sets", "Information sets", DTN_RIGHT);
        dtn_doc_column(doc, "actions", "Actions", DTN_RIGHT);
    }
    dtn_doc_column(doc, "strategies", s->tree ? "Reduced strategies" : "Strategies", DTN_RIGHT);
    for (int p = 0; p < s->players; p++) {
        dtn_doc_row(doc, NULL);
        dtn_doc_cell(doc, s->strategic && p >= DTN_DOC_PLAYERS
                              ? dtn_value_text(doc, "%s", s->strategic->player[p])
                              : dtn_value_player(doc, p));
        if (s->tree) {
            dtn_doc_cell(doc, dtn_value_integer(s->player[p].sets));
            dtn_doc_cell(doc, dtn_value_integer(s->player[p].actions));
        }
        dtn_doc_cell(doc, s->player[p].strategies >= 0 ? dtn_value_integer(s->player[p].strategies)
                                                       : dtn_value_none());
    }
    for (int p = 0; p < s->players; p++)
        if (s->player[p].dominated)
            dtn_doc_note(doc, DTN_TONE_PLAIN,
                         "%s never does best with %s: another strategy is better whatever the others do.",
                         dtn_doc_name(doc, p), s->player[p].dominated);
}

static void methods(dtn_doc *doc, const dtn_survey *s)
{
    static const char *const finds[] = {"one equilibrium", "some equilibria", "all equilibria",
                                        "something else than equilibria"};
    dtn_doc_table(doc, "methods", "Methods that apply (detente solve --method)");
    dtn_doc_column(doc, "method", "Method", DTN_LEFT);
    dtn_doc_column(doc, "finds", "Finds", DTN_LEFT);
    dtn_doc_column(doc, "exact", "Exact", DTN_LEFT);
    dtn_doc_column(doc, "about", "What it is", DTN_LEFT);
    for (int i = 0; i < s->methods; i++) {
        dtn_doc_row(doc, NULL);
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", s->method[i]->name));
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", finds[s->method[i]->finds]));
        dtn_doc_cell(doc, dtn_value_bool(s->method[i]->exact));
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", s->method[i]->title));
    }
}

static void conflict(dtn_doc *doc, const dtn_conflict *c)
{
    dtn_doc_open(doc, "conflict", "The conflict");
    dtn_doc_field(doc, "players", "players", dtn_value_integer(c->players));
    dtn_doc_field(doc, "options", "options", dtn_value_integer(c->options));
    if (c->states)
        dtn_doc_field(doc, "states", "feasible states", dtn_value_integer((long)c->states));
    dtn_doc_close(doc);
}

static void stochastic(dtn_doc *doc, const dtn_scn_stochastic *g)
{
    dtn_doc_open(doc, "stochastic", "The stochastic game");
    dtn_doc_table(doc, "states", "");
    dtn_doc_column(doc, "state", "State", DTN_LEFT);
    dtn_doc_column(doc, "about", "What it is", DTN_LEFT);
    dtn_doc_column(doc, "decided", "Decided", DTN_LEFT);
    for (int i = 0; i < g->states; i++) {
        dtn_doc_row(doc, NULL);
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", g->state[i].key));
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", g->state[i].about ? g->state[i].about : ""));
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", g->state[i].movers ? "in turn" : "at once"));
    }
    dtn_doc_close(doc);
}

dtn_status dtn_report_of_show(dtn_ctx *ctx, dtn_doc *doc, const dtn_result *result, const dtn_look *look)
{
    (void)ctx;
    (void)look;
    const dtn_survey *s = result->data;
    const dtn_model *m = result->job->model;
    dtn_doc_say_as(doc, "answer", "This is *%s* (%s).", kind(doc, s, m), m->format);
    if (s->tree || s->strategic) {
        properties(doc, s);
        players(doc, s);
        methods(doc, s);
    }
    if (m->scenario && m->scenario->stochastic)
        stochastic(doc, m->scenario->stochastic);
    if (m->scenario && m->scenario->conflict)
        conflict(doc, m->scenario->conflict);
    return dtn_doc_status(doc);
}
