/* Writer of .agg and .bagg files: the parts of the grammar under comments, names as comments that the reader knows, payoffs in
 * rows.
 *
 * Cost: linear. Exact: numbers are written as decimals where they are such, otherwise as fractions. Grammar: docs/formats/agg.md. */
#include <stdio.h>
#include <string.h>

#include "format/write.h"
#include "model/action_graph.h"

/* A fraction whose denominator divides a power of 10 up to 10^DIGITS as a decimal: other programs read no fractions. */
static dtn_status number(dtn_ctx *ctx, dtn_str *out, const fmpq_t x)
{
    enum { DIGITS = 40 };
    fmpz_t scale, rest;
    if (fmpz_is_one(fmpq_denref(x)))
        return dtn_write_number(ctx, out, x);
    fmpz_init_set_ui(scale, 1);
    fmpz_init(rest);
    int digits = 0;
    while (digits < DIGITS && !fmpz_divisible(scale, fmpq_denref(x))) {
        fmpz_mul_ui(scale, scale, 10);
        digits++;
    }
    bool decimal = fmpz_divisible(scale, fmpq_denref(x));
    char *text = NULL;
    if (decimal) {
        fmpz_divexact(rest, scale, fmpq_denref(x));
        fmpz_mul(rest, rest, fmpq_numref(x));
        if (fmpz_sgn(rest) < 0)
            dtn_str_add_char(out, '-');
        fmpz_abs(rest, rest);
        text = fmpz_get_str(NULL, 10, rest);
    }
    fmpz_clear(scale);
    fmpz_clear(rest);
    if (!decimal)
        return dtn_write_number(ctx, out, x);
    if (!text)
        return dtn_fail_nomem(ctx);
    int length = (int)strlen(text), whole = length - digits;
    dtn_str_add_n(out, whole > 0 ? text : "0", whole > 0 ? (size_t)whole : 1);
    dtn_str_add_char(out, '.');
    for (int k = whole; k < 0; k++)
        dtn_str_add_char(out, '0');
    dtn_str_add(out, text + (whole > 0 ? whole : 0));
    flint_free(text);
    return DTN_OK;
}

static void list(dtn_str *out, const int *x, int count)
{
    for (int k = 0; k < count; k++)
        dtn_str_addf(out, k ? " %d" : "%d", x[k]);
    dtn_str_add_char(out, '\n');
}

/* A comment on one line. */
static void comment(dtn_str *out, const char *head, const char *text)
{
    dtn_str_add(out, head);
    for (; *text; text++)
        dtn_str_add_char(out, *text == '\n' || *text == '\r' ? ' ' : *text);
    dtn_str_add_char(out, '\n');
}

static void names(dtn_str *out, const dtn_action_graph *g)
{
    char head[64], plain[32];
    if (*g->title)
        comment(out, "# title: ", g->title);
    for (int p = 0; p < g->players; p++) {
        snprintf(plain, sizeof plain, "%d", p + 1);
        snprintf(head, sizeof head, "# player %d: ", p + 1);
        if (strcmp(plain, g->player_name[p]) != 0)
            comment(out, head, g->player_name[p]);
    }
    for (int i = 0; i < g->agents && g->bayesian; i++) {
        int type = i - g->first[g->agent[i].player] + 1;
        snprintf(plain, sizeof plain, "type %d", type);
        snprintf(head, sizeof head, "# type %d.%d: ", g->agent[i].player + 1, type);
        if (strcmp(plain, g->agent_name[i]) != 0)
            comment(out, head, g->agent_name[i]);
    }
    for (int a = 0; a < g->actions; a++) {
        snprintf(plain, sizeof plain, "%d", a);
        snprintf(head, sizeof head, "# node %d: ", a);
        if (strcmp(plain, g->action_name[a]) != 0)
            comment(out, head, g->action_name[a]);
    }
}

static dtn_status agents(dtn_ctx *ctx, dtn_str *out, const dtn_action_graph *g)
{
    if (g->bayesian) {
        dtn_str_add(out, "\n# types of each player, and their probabilities\n");
        for (int p = 0; p < g->players; p++)
            dtn_str_addf(out, p ? " %d" : "%d", g->first[p + 1] - g->first[p]);
        dtn_str_add_char(out, '\n');
        for (int p = 0; p < g->players; p++)
            for (int i = g->first[p]; i < g->first[p + 1]; i++) {
                DTN_TRY(number(ctx, out, g->agent[i].chance));
                dtn_str_add_char(out, i + 1 < g->first[p + 1] ? ' ' : '\n');
            }
    }
    dtn_str_add(out, "\n# sizes of the action sets, and the sets\n");
    for (int p = 0; p < g->players; p++)
        for (int i = g->first[p]; i < g->first[p + 1]; i++)
            dtn_str_addf(out, "%d%c", g->agent[i].actions,
                         g->bayesian          ? (i + 1 < g->first[p + 1] ? ' ' : '\n')
                         : p + 1 < g->players ? ' '
                                              : '\n');
    for (int i = 0; i < g->agents; i++)
        list(out, g->agent[i].action, g->agent[i].actions);
    return DTN_OK;
}

static void graph(dtn_str *out, const dtn_action_graph *g)
{
    dtn_str_add(out, "\n# neighbours of each node: how many, and which\n");
    for (int a = 0; a < g->actions; a++) {
        dtn_str_addf(out, g->node[a].neighbours ? "%d " : "%d", g->node[a].neighbours);
        list(out, g->node[a].neighbour, g->node[a].neighbours);
    }
    for (int f = 0; f < g->functions; f++) {
        dtn_str_addf(out, "%d ", g->function[f].neighbours);
        list(out, g->function[f].neighbour, g->function[f].neighbours);
    }
    if (g->functions)
        dtn_str_add(out, "\n# kinds of the function nodes: 0 sum, 1 existence, 2 highest, 3 lowest; from 10 "
                         "on with weights\n");
    for (int f = 0; f < g->functions; f++) {
        const dtn_function_node *n = &g->function[f];
        if (!n->weighted) {
            dtn_str_addf(out, "%d\n", (int)n->kind);
            continue;
        }
        dtn_str_addf(out, "%d %d [", 10 + (int)n->kind, n->fallback);
        for (int a = 0; a < g->actions; a++)
            dtn_str_addf(out, a ? " %d" : "%d", n->weight[a]);
        dtn_str_add(out, "]\n");
    }
}

static dtn_status payoffs(dtn_ctx *ctx, dtn_str *out, const dtn_action_graph *g)
{
    dtn_str_add(out, "\n# payoffs of each action node: 1, how many, then a row for each configuration of its "
                     "neighbours\n");
    for (int a = 0; a < g->actions; a++) {
        const dtn_action_node *n = &g->node[a];
        dtn_str_addf(out, "1 %d\n", n->configs);
        for (int k = 0; k < n->configs && !out->failed; k++) {
            if (k % 1024 == 0)
                DTN_TRY(dtn_ctx_poll(ctx));
            dtn_str_add_char(out, '[');
            for (int v = 0; v < n->neighbours; v++)
                dtn_str_addf(out, v ? " %d" : "%d", n->config[(size_t)k * (size_t)n->neighbours + (size_t)v]);
            dtn_str_add(out, "] ");
            DTN_TRY(number(ctx, out, n->payoff + k));
            dtn_str_add_char(out, '\n');
        }
    }
    return DTN_OK;
}

dtn_status dtn_agg_write(dtn_ctx *ctx, dtn_str *out, const dtn_strategic *game)
{
    const dtn_action_graph *g = game->graph;
    dtn_str_add(out, g->bayesian ? "#BAGG\n" : "#AGG\n");
    names(out, g);
    dtn_str_addf(out, "\n# players, action nodes, function nodes\n%d\n%d\n%d\n", g->players, g->actions,
                 g->functions);
    DTN_TRY(agents(ctx, out, g));
    graph(out, g);
    DTN_TRY(payoffs(ctx, out, g));
    return dtn_write_done(ctx, out);
}
