/* Reader of .agg and .bagg: action-graph games, plain and Bayesian, kept compact.
 *
 * Grammar: #AGG; players, action nodes, function nodes; the sizes of the players' action sets; the sets; a list of neighbours for each node;
 *   the kinds of the function nodes; the payoffs of each action node (agg_payoffs.c). #BAGG has, instead of the two about action sets,
 *   types, their distributions, and sizes and sets for each type. # begins a comment. docs/formats/agg.md, bagg.md.
 * Cost: linear, and the configurations of each node (model/action_graph_states.c). Exact: numbers are read as written.
 * Source: Gambit's manual, "The action graph game (.agg) file format" and "The Bayesian action graph game (.bagg) format". */
#include "format/agg.h"

#include <limits.h>
#include <string.h>

#include "format/format.h"

enum { MOST_NODES = 4096, MOST_AGENTS = 4096 };

typedef struct reading {
    dtn_agg_lexer x;
    dtn_action_graph *g;
    int *first;
    bool good; /* no fault of meaning so far */
} reading;

/* #AGG or #BAGG, as a word of its own. */
static bool begins(const char *bytes, size_t length, const char *word)
{
    size_t at = length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0, n = strlen(word);
    while (at < length && memchr(" \t\r\n", bytes[at], 4))
        at++;
    if (length - at < n || memcmp(bytes + at, word, n) != 0)
        return false;
    return length - at == n || memchr(" \t\r\n", bytes[at + n], 4);
}

bool dtn_agg_sniff(const char *bytes, size_t length)
{
    return begins(bytes, length, "#AGG");
}

bool dtn_bagg_sniff(const char *bytes, size_t length)
{
    return begins(bytes, length, "#BAGG");
}

/* A fault of meaning: reading goes on. */
#define WRONG(r, place, ...) ((r)->good = dtn_diag_error((r)->x.diags, DTN_DIAG_GRAPH, place, __VA_ARGS__))

/* --- players, types, action sets ------------------------------------------------------------------- */

/* Everything that is counted takes a word of the file at least, so that sizes are bounded by its length. */
static bool sizes(reading *r, size_t length)
{
    dtn_action_graph *g = r->g;
    int most = length > MOST_AGENTS ? MOST_AGENTS : (int)length + 1;
    return dtn_agg_integer(&r->x, &g->players, 1, most, "the number of players") &&
           dtn_agg_integer(&r->x, &g->actions, 1, MOST_NODES, "the number of action nodes") &&
           dtn_agg_integer(&r->x, &g->functions, 0, MOST_NODES, "the number of function nodes");
}

static dtn_status types(reading *r, bool *read)
{
    dtn_action_graph *g = r->g;
    *read = false;
    DTN_ALLOC(r->x.ctx, g->arena, r->first, (size_t)g->players + 1);
    g->first = r->first;
    for (int p = 0; p < g->players; p++) {
        int count = 1;
        if (g->bayesian &&
            !dtn_agg_integer(&r->x, &count, 1, MOST_AGENTS - g->agents, "the number of a player's types"))
            return DTN_OK;
        g->agents += count;
        r->first[p + 1] = g->agents;
    }
    DTN_ALLOC(r->x.ctx, g->arena, g->agent, g->agents);
    *read = true;
    return DTN_OK;
}

/* The chances of a player's types sum to 1; to 10^-6 they are made to. */
static void check_sum(reading *r, int player, fmpq *chance, int count, dtn_place place)
{
    fmpq_t sum;
    fmpq_init(sum);
    for (int t = 0; t < count; t++)
        fmpq_add(sum, sum, chance + t);
    double off = dtn_rational_double(sum) - 1;
    if (off > 1e-6 || off < -1e-6) {
        WRONG(r, place, "the probabilities of player %d's types sum to %.6g, expected 1", player + 1, off + 1);
    } else if (!fmpq_is_one(sum)) {
        dtn_diag_warn(
            r->x.diags, DTN_DIAG_GRAPH, place,
            "the probabilities of player %d's types do not sum to 1 exactly: each was divided by the sum",
            player + 1);
        for (int t = 0; t < count; t++)
            fmpq_div(chance + t, chance + t, sum);
    }
    fmpq_clear(sum);
}

static dtn_status distributions(reading *r, bool *read)
{
    dtn_action_graph *g = r->g;
    fmpq *chance;
    DTN_ALLOC_FMPQ(r->x.ctx, g->arena, chance, g->agents);
    for (int p = 0; p < g->players; p++) {
        dtn_place place = r->x.place;
        for (int i = r->first[p]; i < r->first[p + 1]; i++) {
            dtn_place here = r->x.place;
            g->agent[i] = (dtn_agent){.player = p, .chance = chance + i};
            if (!g->bayesian)
                fmpq_one(chance + i);
            else if (!dtn_agg_rational(&r->x, chance + i, "the probability of a type"))
                return DTN_OK;
            if (fmpq_sgn(chance + i) < 0)
                WRONG(r, here, "the probability of a type is negative, expected 0 to 1");
        }
        check_sum(r, p, chance + r->first[p], r->first[p + 1] - r->first[p], place);
    }
    *read = true;
    return DTN_OK;
}

static dtn_status action_sets(reading *r, bool *read)
{
    dtn_action_graph *g = r->g;
    int *seen;
    *read = false;
    DTN_ALLOC(r->x.ctx, r->x.ctx->scratch, seen, g->actions);
    for (int i = 0; i < g->agents; i++)
        if (!dtn_agg_integer(&r->x, &g->agent[i].actions, 1, g->actions, "the size of an action set"))
            return DTN_OK;
    for (int i = 0; i < g->agents; i++) {
        int *list;
        DTN_ALLOC(r->x.ctx, g->arena, list, g->agent[i].actions);
        g->agent[i].action = list;
        for (int k = 0; k < g->agent[i].actions; k++) {
            dtn_place here = r->x.place;
            if (!dtn_agg_integer(&r->x, &list[k], 0, g->actions - 1, "an action node"))
                return DTN_OK;
            if (seen[list[k]] == i + 1)
                WRONG(r, here, "action node %d stands twice in one action set", list[k]);
            seen[list[k]] = i + 1;
        }
    }
    *read = true;
    return DTN_OK;
}

/* --- the graph -------------------------------------------------------------------------------------- */

static dtn_status neighbours(reading *r, bool *read)
{
    dtn_action_graph *g = r->g;
    int nodes = g->actions + g->functions, *seen;
    *read = false;
    DTN_ALLOC(r->x.ctx, g->arena, g->node, g->actions);
    DTN_ALLOC(r->x.ctx, g->arena, g->function, (size_t)g->functions + 1);
    DTN_ALLOC(r->x.ctx, r->x.ctx->scratch, seen, nodes);
    for (int v = 0; v < nodes; v++) {
        int count, *list;
        bool function = v >= g->actions;
        if (!dtn_agg_integer(&r->x, &count, function, nodes,
                             function ? "the number of neighbours of a function node"
                                      : "the number of neighbours of an action node"))
            return DTN_OK;
        DTN_ALLOC(r->x.ctx, g->arena, list, (size_t)count + 1);
        for (int k = 0; k < count; k++) {
            dtn_place here = r->x.place;
            if (!dtn_agg_integer(&r->x, &list[k], 0, nodes - 1, "a neighbour"))
                return DTN_OK;
            if (seen[list[k]] == v + 1)
                WRONG(r, here, "node %d stands twice among the neighbours of node %d", list[k], v);
            seen[list[k]] = v + 1;
        }
        if (function)
            g->function[v - g->actions] = (dtn_function_node){.neighbours = count, .neighbour = list};
        else
            g->node[v] = (dtn_action_node){.neighbours = count, .neighbour = list};
    }
    *read = true;
    return DTN_OK;
}

static dtn_status weights(reading *r, bool *read, dtn_function_node *f)
{
    static const int largest = 1000000;
    int *weight;
    *read = false;
    DTN_ALLOC(r->x.ctx, r->g->arena, weight, r->g->actions);
    f->weight = weight;
    f->weighted = true;
    dtn_place here = r->x.place;
    if (!dtn_agg_integer(&r->x, &f->fallback, -largest, largest, "the default of a weighted function node") ||
        !dtn_agg_bracket(&r->x, DTN_AGG_OPEN, "before the weights"))
        return DTN_OK;
    bool negative = f->fallback < 0;
    for (int a = 0; a < r->g->actions; a++) {
        if (!dtn_agg_integer(&r->x, &weight[a], -largest, largest, "the weight of each action node"))
            return DTN_OK;
        negative = negative || weight[a] < 0;
    }
    if (negative && f->kind == DTN_COUNT_EXISTS)
        WRONG(r, here, "a weighted existence node has a negative weight or default, expected none");
    *read = dtn_agg_bracket(&r->x, DTN_AGG_CLOSE, "after the weights");
    return DTN_OK;
}

static dtn_status kinds(reading *r, bool *read)
{
    for (int f = 0; f < r->g->functions; f++) {
        int kind;
        *read = false;
        dtn_place here = r->x.place;
        if (!dtn_agg_integer(&r->x, &kind, 0, 13, "the kind of a function node: 0 to 3 or 10 to 13"))
            return DTN_OK;
        if (kind > 3 && kind < 10)
            WRONG(r, here,
                  "found kind %d, expected 0 (sum), 1 (existence), 2 (highest), 3 (lowest) or 10 to 13", kind);
        r->g->function[f].kind = (dtn_count_kind)(kind % 10 > 3 ? 0 : kind % 10);
        *read = true;
        if (kind >= 10)
            DTN_TRY(weights(r, read, &r->g->function[f]));
        if (!*read)
            return DTN_OK;
    }
    return DTN_OK;
}

/* --- everything together ---------------------------------------------------------------------------- */

static dtn_status link_graph(reading *r, dtn_place place)
{
    int fault;
    const char *why;
    dtn_status status = dtn_action_graph_link(r->x.ctx, r->g, &fault, &why);
    if (status == DTN_LIMIT) {
        WRONG(r, place, "%s", dtn_ctx_error(r->x.ctx));
        return DTN_OK;
    }
    if (status == DTN_OK && fault >= 0)
        WRONG(r, place, "function node %d cannot be counted player by player: %s", r->g->actions + fault, why);
    return status;
}

static dtn_status body(reading *r, size_t length)
{
    bool read = true;
    if (!sizes(r, length))
        return DTN_OK;
    DTN_TRY(types(r, &read));
    if (read)
        DTN_TRY(distributions(r, &read));
    if (read)
        DTN_TRY(action_sets(r, &read));
    if (read)
        DTN_TRY(neighbours(r, &read));
    dtn_place place = r->x.place;
    if (read)
        DTN_TRY(kinds(r, &read));
    if (!read || !r->good)
        return DTN_OK;
    DTN_TRY(link_graph(r, place));
    if (r->good)
        DTN_TRY(dtn_agg_payoffs(&r->x, &r->good, r->g));
    if (r->good && r->x.kind != DTN_AGG_END)
        r->good = dtn_agg_expected(&r->x, "the end of the file after the payoffs of %d action nodes",
                                   r->g->actions);
    return DTN_OK;
}

static dtn_status read_graph(dtn_ctx *ctx, dtn_model *model, dtn_diags *diags, const char *bytes,
                             size_t length, bool bayesian)
{
    reading r = {.good = true};
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    model->kind = DTN_MODEL_STRATEGIC;
    DTN_TRY(dtn_action_graph_new(ctx, &r.g));
    r.g->bayesian = bayesian;
    dtn_agg_start(&r.x, ctx, diags, bytes, length);
    dtn_status status = body(&r, length);
    if (status == DTN_OK && r.x.nomem)
        status = dtn_fail_nomem(ctx);
    if (status == DTN_OK && dtn_diags_errors(diags) == 0)
        status = dtn_agg_names(ctx, r.g, r.x.name);
    if (status == DTN_OK && dtn_diags_errors(diags) == 0)
        status = dtn_strategic_from_graph(ctx, &model->strategic, r.g);
    if (!model->strategic)
        dtn_action_graph_free(r.g);
    dtn_arena_release(ctx->scratch, mark);
    return status;
}

dtn_status dtn_agg_format(dtn_ctx *ctx, dtn_model *model, dtn_diags *diags, const char *bytes, size_t length)
{
    return read_graph(ctx, model, diags, bytes, length, false);
}

dtn_status dtn_bagg_format(dtn_ctx *ctx, dtn_model *model, dtn_diags *diags, const char *bytes, size_t length)
{
    return read_graph(ctx, model, diags, bytes, length, true);
}
