/* Agent quantal response: an exact equilibrium from the branch's last points.
 *
 * Method: mixtures approach their limit like 1 / lambda; two points give the limit up to a square of that, and the simplest
 *   fraction within the error is taken, so that what vanishes becomes 0. Beliefs are exact products of what is played, times such fractions
 *   for the ratios of surprises. The verifier judges; if it objects, other beliefs are sought for the same play, and on small trees the play on the path is solved for exactly
 *   from its support alone (sequential.h).
 * Cost: linear in actions, and the verifier's.
 * Source: T. Turocy, Economic Theory 42 (2010) 255-269. */
#include <math.h>
#include <string.h>

#include "solve/agent_logit.h"
#include "solve/sequential.h"
#include "solve/verify.h"

/* Trees up to which beliefs are sought, and supports solved for. */
enum { SMALL = 400, TINY = 120, MOST_SUPPORTS = 3000, WIDTHS = 3 };

/* What is read off the two last points. */
typedef struct limits {
    double *sigma; /* [actions] probabilities in the limit */
    double *surprise; /* [nodes] weight of the unplayed actions on the way, relative to the likeliest member of its set */
    bool *played; /* [actions] */
    double error;
} limits;

/* The simplest fraction within `error` of x, at least 0 and at most 1. */
static void simplest(fmpq_t out, double x, double error, fmpq *work)
{
    dtn_rational_set_double(&work[0], fmax(0, x - error));
    dtn_rational_set_double(&work[1], fmin(1, fmax(error, x + error)));
    dtn_rational_simplest(out, &work[0], &work[1]);
}

/* Where a value tends to as lambda grows, from those at two points. */
static double extrapolate(double before, double now, double from, double to)
{
    return now + from / (to - from) * (now - before);
}

/* Probabilities of a set; the largest takes what is left of 1. false: they sum to more. */
static bool fractions(fmpq *out, const double *limit, int count, double error, fmpq *work)
{
    int largest = 0;
    for (int k = 1; k < count; k++)
        largest = limit[k] > limit[largest] ? k : largest;
    fmpq_one(&out[largest]);
    for (int k = 0; k < count; k++)
        if (k != largest) {
            simplest(&out[k], limit[k], error, work);
            fmpq_sub(&out[largest], &out[largest], &out[k]);
        }
    return fmpq_sgn(&out[largest]) > 0;
}

/* surprise[x]: the logarithms of the unplayed actions above x summed, at the point that g stands at. */
static void sum_surprises(const dtn_agents *g, const bool *played, double *surprise)
{
    for (int x = 1; x < g->nodes; x++) {
        int a = g->into[x];
        surprise[x] =
            surprise[g->tree->node[x].parent] +
            (a >= 0 ? (played[a] ? 0 : g->log_sigma[a]) : (isfinite(g->log_chance[x]) ? 0 : -HUGE_VAL));
    }
}

static dtn_status read_limits(dtn_ctx *ctx, limits *l, dtn_agent_branch *b)
{
    dtn_agents *g = b->g;
    const dtn_tree *t = g->tree;
    double from = b->before[b->n - 1], to = b->at[b->n - 1], *before;
    DTN_ALLOC(ctx, ctx->scratch, l->sigma, g->actions + 1);
    DTN_ALLOC(ctx, ctx->scratch, l->played, g->actions + 1);
    DTN_ALLOC(ctx, ctx->scratch, l->surprise, g->nodes);
    DTN_ALLOC(ctx, ctx->scratch, before, g->nodes + g->actions);
    dtn_agents_at(g, b->before);
    memcpy(before + g->nodes, g->sigma, (size_t)g->actions * sizeof *before);
    dtn_agents_at(g, b->at);
    for (int a = 0; a < g->actions; a++) {
        l->sigma[a] = extrapolate(before[g->nodes + a], g->sigma[a], from, to);
        l->played[a] = l->sigma[a] > l->error;
    }
    sum_surprises(g, l->played, l->surprise);
    dtn_agents_at(g, b->before);
    sum_surprises(g, l->played, before);
    for (int h = 0; h < t->infosets; h++) {
        const int *member = t->members + t->infoset[h].first_member;
        int best = member[0];
        for (int k = 1; k < t->infoset[h].members; k++)
            best = l->surprise[member[k]] > l->surprise[best] ? member[k] : best;
        double top = l->surprise[best], old = before[best];
        for (int k = 0; k < t->infoset[h].members; k++)
            l->surprise[member[k]] =
                extrapolate(exp(before[member[k]] - old), exp(l->surprise[member[k]] - top), from, to);
    }
    return DTN_OK;
}

/* Exact weights of what is played on the way, times a fraction for the surprises: the beliefs. */
static void believe(const dtn_agents *g, const limits *l, dtn_assessment *at, fmpq *weight, fmpq *work)
{
    const dtn_tree *t = g->tree;
    fmpq_one(&weight[0]);
    for (int x = 1; x < g->nodes; x++) {
        fmpq_set(&weight[x], &weight[t->node[x].parent]);
        if (g->into[x] >= 0 && !fmpq_is_zero(&at->sigma[g->into[x]]))
            fmpq_mul(&weight[x], &weight[x], &at->sigma[g->into[x]]);
        else if (g->into[x] < 0 && !fmpq_is_zero(&t->chance[x]))
            fmpq_mul(&weight[x], &weight[x], &t->chance[x]);
    }
    for (int h = 0; h < t->infosets; h++) {
        const int *member = t->members + t->infoset[h].first_member;
        fmpq_zero(&work[2]);
        for (int k = 0; k < t->infoset[h].members; k++) {
            fmpq *belief = &at->belief[member[k]];
            simplest(belief, l->surprise[member[k]], l->error, work);
            fmpq_mul(belief, belief, &weight[member[k]]);
            fmpq_add(&work[2], &work[2], belief);
        }
        for (int k = 0; k < t->infoset[h].members && !fmpq_is_zero(&work[2]); k++)
            fmpq_div(&at->belief[member[k]], &at->belief[member[k]], &work[2]);
    }
}

static dtn_status read_fractions(dtn_ctx *ctx, dtn_agent_branch *b, double error, bool *sums,
                                 dtn_assessment *at)
{
    const dtn_tree *t = b->g->tree;
    limits l = {.error = error};
    fmpq *work, *weight;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, work, 3);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, weight, t->nodes);
    DTN_TRY(read_limits(ctx, &l, b));
    *sums = true;
    for (int h = 0; h < t->infosets && *sums; h++)
        *sums = fractions(at->sigma + t->infoset[h].first_action, l.sigma + t->infoset[h].first_action,
                          t->infoset[h].actions, error, work);
    if (*sums)
        believe(b->g, &l, at, weight, work);
    return DTN_OK;
}

static dtn_status judge(dtn_ctx *ctx, bool *held, const dtn_tree *t, const dtn_assessment *at)
{
    dtn_arena *arena = dtn_arena_new(ctx);
    dtn_verdict v;
    if (!arena)
        return dtn_fail_nomem(ctx);
    dtn_status status = dtn_verify_tree(ctx, arena, &v, t, at);
    *held = status == DTN_OK && v.rung >= DTN_RUNG_SEQUENTIAL;
    dtn_arena_free(arena);
    return status;
}

static void copy(const dtn_tree *t, dtn_assessment *to, const dtn_assessment *from)
{
    for (int a = 0; a < t->actions; a++)
        fmpq_set(&to->sigma[a], &from->sigma[a]);
    for (int x = 0; x < t->nodes; x++)
        fmpq_set(&to->belief[x], &from->belief[x]);
}

/* Takes a list's first exact item that is at least sequential; frees the list. */
static void take(bool *held, const dtn_tree *t, dtn_assessment *at, dtn_equilibria *list)
{
    for (int i = 0; i < list->count && !*held; i++) {
        *held = list->item[i].exact && list->item[i].rung >= DTN_RUNG_SEQUENTIAL;
        if (*held)
            copy(t, at, &list->item[i].at);
    }
    dtn_equilibria_free(list);
}

static dtn_status solve_support(dtn_ctx *ctx, bool *held, const dtn_tree *t, dtn_assessment *at)
{
    uint64_t *support;
    fmpq *reach;
    dtn_equilibria *list = NULL;
    DTN_ALLOC(ctx, ctx->scratch, support, t->infosets + 1);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, reach, t->nodes);
    dtn_assessment_reach(t, at->sigma, reach);
    for (int x = 0; x < t->nodes; x++) {
        int h = t->node[x].infoset;
        for (int k = 0; h >= 0 && !fmpq_is_zero(&reach[x]) && k < t->infoset[h].actions; k++)
            if (t->infoset[h].actions > 64)
                return DTN_OK;
            else if (!fmpq_is_zero(&at->sigma[t->infoset[h].first_action + k]))
                support[h] |= UINT64_C(1) << k;
    }
    const uint64_t *candidate[1] = {support};
    DTN_TRY(dtn_sequential_solve(
        ctx, &list, t,
        &(dtn_sequential_options){
            .candidate = candidate, .candidates = 1, .brief = true, .max_supports = MOST_SUPPORTS}));
    take(held, t, at, list);
    return DTN_OK;
}

static dtn_status round_off(dtn_ctx *ctx, bool *held, dtn_assessment *at, dtn_agent_branch *b)
{
    const dtn_tree *t = b->g->tree;
    double lambda = b->at[b->n - 1], error = fmin(1e-3, 100 / (lambda * lambda)) + 1e-10;
    bool sums = false;
    for (int k = 0; k < WIDTHS && !*held && error < 0.01; k++, error *= 30) {
        DTN_TRY(read_fractions(ctx, b, error, &sums, at));
        if (sums)
            DTN_TRY(judge(ctx, held, t, at));
    }
    if (!*held && sums && t->actions <= SMALL) {
        dtn_equilibria *list = NULL;
        DTN_TRY(dtn_verify_profile(ctx, &list, t, at->sigma, NULL));
        take(held, t, at, list);
    }
    if (!*held && sums && t->actions <= TINY)
        DTN_TRY(solve_support(ctx, held, t, at));
    return DTN_OK;
}

dtn_status dtn_agent_branch_round(dtn_ctx *ctx, bool *held, dtn_assessment *at, dtn_agent_branch *b)
{
    *held = false;
    if (!(b->at[b->n - 1] > b->before[b->n - 1]))
        return DTN_OK;
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = round_off(ctx, held, at, b);
    dtn_arena_release(ctx->scratch, mark);
    return status;
}
