/* Measures a game without solving it.
 *
 * Cost: linear; ties and dominance compare each payoff with those of the player's other strategies. Exact. */
#include "analyse/survey.h"

#include "base/str.h"
#include "model/action_graph.h"
#include "solve/dispatch.h"

enum { NAMED = 5 };
static const double MOST_COMPARED = 1e7;

static dtn_number payoff(const dtn_strategic *g, size_t profile, int player)
{
    return dtn_payoffs_at(&g->payoff, profile * (size_t)g->players + (size_t)player);
}

/* Compares two strategies of a player in every profile of the others. */
static void compare(const dtn_strategic *g, int player, size_t step, int s, int t, bool *worse, bool *ties)
{
    *worse = true;
    size_t count = (size_t)g->strategies[player];
    for (size_t k = 0; k < g->profiles; k++) {
        if (k / step % count != 0)
            continue;
        int order =
            fmpq_cmp(payoff(g, k + (size_t)s * step, player).q, payoff(g, k + (size_t)t * step, player).q);
        *worse = *worse && order < 0;
        *ties = *ties || order == 0;
    }
}

static dtn_status compare_all(dtn_ctx *ctx, dtn_arena *arena, dtn_survey *out)
{
    const dtn_strategic *g = out->strategic;
    size_t step = 1;
    out->compared = true;
    for (int p = 0; p < g->players; step *= (size_t)g->strategies[p++]) {
        dtn_str names = dtn_str_in(arena);
        int found = 0;
        for (int s = 0; s < g->strategies[p]; s++) {
            bool dominated = false;
            for (int t = 0; t < g->strategies[p]; t++) {
                bool worse;
                DTN_TRY(dtn_ctx_poll(ctx));
                if (t != s)
                    compare(g, p, step, s, t, &worse, &out->ties);
                dominated = dominated || (t != s && worse);
            }
            if (dominated && found++ < NAMED)
                dtn_str_addf(&names, "%s%s", names.length ? ", " : "", g->strategy[p][s]);
        }
        if (found > NAMED)
            dtn_str_addf(&names, " and %d more", found - NAMED);
        if (names.failed)
            return dtn_fail_nomem(ctx);
        out->player[p].dominated = found ? dtn_str_done(&names) : NULL;
    }
    return DTN_OK;
}

static bool is_symmetric(const dtn_strategic *g)
{
    if (g->players != 2 || g->strategies[0] != g->strategies[1])
        return false;
    size_t n = (size_t)g->strategies[0];
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            if (!fmpq_equal(payoff(g, j * n + i, 0).q, payoff(g, i * n + j, 1).q))
                return false;
    return true;
}

static dtn_status survey_strategic(dtn_ctx *ctx, dtn_arena *arena, dtn_survey *out)
{
    const dtn_strategic *g = out->strategic;
    double work = 0;
    out->players = g->players;
    out->profiles = dtn_strategic_size(g);
    DTN_ALLOC(ctx, arena, out->player, g->players);
    for (int p = 0; p < g->players; p++) {
        out->player[p].strategies = g->strategies[p];
        work += out->profiles * g->strategies[p];
    }
    out->measured = !g->graph;
    if (g->graph)
        return DTN_OK;
    out->constant_sum = dtn_dispatch_constant_sum(g);
    out->symmetric = is_symmetric(g);
    return work <= MOST_COMPARED ? compare_all(ctx, arena, out) : DTN_OK;
}

static dtn_status survey_tree(dtn_ctx *ctx, dtn_arena *arena, dtn_survey *out)
{
    const dtn_tree *t = out->tree;
    out->players = t->players;
    out->constant_sum = t->constant_sum;
    DTN_ALLOC(ctx, arena, out->player, t->players);
    for (int h = 0; h < t->infosets; h++) {
        out->player[t->infoset[h].player].sets++;
        out->player[t->infoset[h].player].actions += t->infoset[h].actions;
    }
    bool *subgame;
    DTN_ALLOC(ctx, arena, subgame, t->nodes);
    DTN_TRY(dtn_tree_subgames(ctx, subgame, t));
    for (int i = 0; i < t->nodes; i++) {
        const dtn_node *n = &t->node[i];
        out->chance_nodes += n->kind == DTN_NODE_CHANCE;
        out->subgames += subgame[i] && n->kind != DTN_NODE_TERMINAL;
        out->largest_depth = n->depth > out->largest_depth ? n->depth : out->largest_depth;
        out->impossible += fmpq_is_zero(t->chance + i);
    }
    out->profiles = t->perfect_recall ? 1 : -1;
    for (int p = 0; p < t->players; p++) {
        out->player[p].strategies = -1;
        if (!t->perfect_recall)
            continue;
        DTN_TRY(dtn_reduced_count(ctx, &out->player[p].strategies, t, p));
        out->profiles = out->player[p].strategies < 0 || out->profiles < 0
                            ? -1
                            : out->profiles * (double)out->player[p].strategies;
    }
    return DTN_OK;
}

static dtn_status find_methods(dtn_ctx *ctx, dtn_arena *arena, dtn_survey *out)
{
    int count;
    const dtn_solver *const *all = dtn_solvers(&count);
    const dtn_solver **list;
    DTN_ALLOC(ctx, arena, list, count);
    for (int i = 0; i < count; i++) {
        dtn_status fits = out->tree ? dtn_dispatch_check_tree(ctx, all[i], out->tree)
                                    : dtn_dispatch_check_strategic(ctx, all[i], out->strategic);
        if (fits == DTN_NOMEM || fits == DTN_CANCELLED)
            return fits;
        if (fits == DTN_OK)
            list[out->methods++] = all[i];
    }
    dtn_ctx_clear_error(ctx);
    out->method = list;
    return DTN_OK;
}

dtn_status dtn_survey_make(dtn_ctx *ctx, dtn_arena *arena, dtn_survey *out, dtn_job *job)
{
    const dtn_model *m = job->model;
    *out = (dtn_survey){.profiles = -1};
    if (m->tree || (m->scenario && m->scenario->start >= 0))
        DTN_TRY(dtn_job_tree(ctx, &out->tree, job));
    else
        out->strategic = m->strategic ? m->strategic : m->scenario ? m->scenario->matrix : NULL;
    if (out->strategic && out->strategic->graph) {
        out->graph = out->strategic->graph;
        if (dtn_dispatch_expands(out->strategic))
            DTN_TRY(dtn_job_table(ctx, &out->strategic, job));
    }
    if (out->tree)
        DTN_TRY(survey_tree(ctx, arena, out));
    else if (out->strategic)
        DTN_TRY(survey_strategic(ctx, arena, out));
    return out->tree || out->strategic ? find_methods(ctx, arena, out) : DTN_OK;
}
