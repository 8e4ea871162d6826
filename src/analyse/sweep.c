/* Solving a scenario again and again along a parameter.
 *
 * The tree is expanded once and repriced where its shape depends on no parameter. What is kept of an equilibrium: its play, and
 * for each action by how much it falls short of the best one at the beliefs held there (0 for actions in use). A class is the
 * scenario's, or, where none fits, the on-path support. Cost: one solver run a point. */
#include "analyse/sweep.h"

#include <stdlib.h>
#include <string.h>

#include "analyse/classes.h"
#include "base/str.h"
#include "solve/sequential.h"
#include "solve/solver.h"

/* Beyond LARGE_TREE positions a tree of perfect information is solved backwards, as solve_tree.c does. */
enum { MOST_SUPPORTS = 60000, LARGE_TREE = 2000 };

/* The shape depends on parameters only through the bounds of action grids. */
static bool shape_is_fixed(dtn_ctx *ctx, bool *fixed, const dtn_scenario *s)
{
    bool *uses = dtn_arena_array(ctx->scratch, (size_t)dtn_scn_slots(s), sizeof *uses);
    if (!uses)
        return false;
    for (int m = 0; m < s->moves; m++)
        for (int a = 0; a < s->move[m].actions; a++) {
            const dtn_scn_action *action = &s->move[m].action[a];
            const dtn_expr *const bound[] = {action->grid_lo, action->grid_hi, action->grid_step};
            for (int i = 0; i < 3; i++)
                if (action->grid >= 0 && bound[i])
                    dtn_expr_uses(bound[i], uses);
        }
    *fixed = true;
    for (int i = 0; i < s->params; i++)
        *fixed = *fixed && !uses[i];
    return true;
}

static dtn_status set_up(dtn_ctx *ctx, dtn_sweep *sweep, const dtn_point *point, const char *const *target,
                         int targets)
{
    const dtn_scenario *s = sweep->scenario;
    DTN_TRY(dtn_point_new(ctx, sweep->arena, &sweep->point, s));
    for (int i = 0; i < s->params; i++)
        fmpq_set(&sweep->point.value[i], &point->value[i]);
    if (!shape_is_fixed(ctx, &sweep->reprices, s))
        return dtn_fail_nomem(ctx);
    DTN_TRY(dtn_scenario_tree(ctx, &sweep->tree, s, &sweep->point, 0));
    sweep->named = s->classes > 0;
    sweep->class_room = s->classes + 16;
    DTN_ALLOC(ctx, sweep->arena, sweep->class_name, sweep->class_room);
    for (int c = 0; c < s->classes; c++)
        sweep->class_name[sweep->class_names++] = s->class_[c].key;
    sweep->has_target = targets > 0;
    return targets ? dtn_target_make(ctx, sweep->arena, &sweep->target, sweep->tree, s, target, targets)
                   : DTN_OK;
}

dtn_status dtn_sweep_new(dtn_ctx *ctx, dtn_sweep **out, const dtn_scenario *scenario, const dtn_point *point,
                         dtn_rung rung, const char *const *target, int targets)
{
    *out = NULL;
    dtn_arena *arena = dtn_arena_new(ctx);
    dtn_sweep *sweep = arena ? dtn_arena_array(arena, 1, sizeof *sweep) : NULL;
    if (!sweep) {
        dtn_arena_free(arena);
        return dtn_fail_nomem(ctx);
    }
    *sweep = (dtn_sweep){.arena = arena, .scenario = scenario, .rung = rung};
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = set_up(ctx, sweep, point, target, targets);
    dtn_arena_release(ctx->scratch, mark);
    if (status != DTN_OK) {
        dtn_sweep_free(sweep);
        return status;
    }
    *out = sweep;
    return DTN_OK;
}

void dtn_sweep_free(dtn_sweep *sweep)
{
    if (!sweep)
        return;
    dtn_tree_free(sweep->tree);
    dtn_arena_free(sweep->arena);
}

/* A grown copy of an array in the sweep's arena. */
static void *grown(dtn_sweep *sweep, const void *old, int count, int *room, size_t size)
{
    int wanted = *room ? 2 * *room : 16;
    void *fresh = dtn_arena_array(sweep->arena, (size_t)wanted, size);
    if (!fresh)
        return NULL;
    if (count)
        memcpy(fresh, old, (size_t)count * size);
    *room = wanted;
    return fresh;
}

/* "answer.hard: reject; answer.soft: engage|reject" of the information sets that are reached. */
static char *support_name(dtn_ctx *ctx, const dtn_tree *tree, const dtn_moment *m)
{
    dtn_str text = dtn_str_in(ctx->scratch);
    for (int h = 0; h < tree->infosets; h++) {
        if (!m->reached[h])
            continue;
        dtn_str_addf(&text, "%s%s: ", text.length ? "; " : "", tree->infoset[h].name);
        bool first = true;
        for (int a = tree->infoset[h].first_action;
             a < tree->infoset[h].first_action + tree->infoset[h].actions; a++)
            if (!fmpq_is_zero(m->sigma + a)) {
                dtn_str_addf(&text, "%s%s", first ? "" : "|", tree->action[a].name);
                first = false;
            }
    }
    return dtn_str_done(&text);
}

static dtn_status find_class(dtn_ctx *ctx, dtn_sweep *sweep, dtn_moment *m)
{
    if (sweep->named) {
        DTN_TRY(dtn_class_of(ctx, &m->class_, sweep->scenario, &sweep->point, sweep->tree, m->sigma));
        if (m->class_ >= 0)
            return DTN_OK;
    }
    const char *name = support_name(ctx, sweep->tree, m);
    if (!name)
        return dtn_fail_nomem(ctx);
    for (int c = sweep->scenario->classes; c < sweep->class_names; c++)
        if (strcmp(sweep->class_name[c], name) == 0) {
            m->class_ = c;
            return DTN_OK;
        }
    if (sweep->class_names == sweep->class_room)
        sweep->class_name = grown(sweep, sweep->class_name, sweep->class_names, &sweep->class_room,
                                  sizeof *sweep->class_name);
    if (!sweep->class_name || !(name = dtn_arena_strdup(sweep->arena, name)))
        return dtn_fail_nomem(ctx);
    m->class_ = sweep->class_names;
    sweep->class_name[sweep->class_names++] = name;
    return DTN_OK;
}

/* slack[a] = best payoff at the information set - payoff of a, at the beliefs held; payoffs; what is reached. */
static dtn_status find_slack(dtn_ctx *ctx, dtn_moment *m, const dtn_tree *tree, const dtn_assessment *at)
{
    fmpq *value, *best, *reach, *slack = m->slack;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, reach, tree->nodes);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, value, (size_t)tree->nodes * (size_t)tree->players);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, best, 1);
    dtn_assessment_reach(tree, at->sigma, reach);
    dtn_assessment_values(tree, at->sigma, value);
    for (int p = 0; p < tree->players; p++)
        fmpq_set(m->payoff + p, value + p);
    for (int n = 0; n < tree->nodes; n++)
        if (tree->node[n].kind == DTN_NODE_DECISION && !fmpq_is_zero(reach + n))
            m->reached[tree->node[n].infoset] = true;
    for (int i = 0; i < tree->infosets; i++) {
        const dtn_infoset *h = &tree->infoset[i];
        for (int a = 0; a < h->actions; a++) {
            fmpq *own = slack + h->first_action + a;
            fmpq_zero(own);
            for (int k = 0; k < h->members; k++) {
                int node = tree->members[h->first_member + k];
                int below = dtn_tree_child(tree, node, a);
                fmpq_addmul(own, &at->belief[node], value + (size_t)below * (size_t)tree->players + h->player);
            }
            if (a == 0 || fmpq_cmp(own, best) > 0)
                fmpq_set(best, own);
        }
        for (int a = 0; a < h->actions; a++)
            fmpq_sub(slack + h->first_action + a, best, slack + h->first_action + a);
    }
    return DTN_OK;
}

/* One member of an equilibrium component. */
static dtn_status keep(dtn_ctx *ctx, dtn_sweep *sweep, dtn_moment *m, const dtn_assessment *at)
{
    const dtn_tree *tree = sweep->tree;
    DTN_ALLOC_FMPQ(ctx, sweep->arena, m->sigma, tree->actions);
    DTN_ALLOC_FMPQ(ctx, sweep->arena, m->slack, tree->actions);
    DTN_ALLOC_FMPQ(ctx, sweep->arena, m->payoff, tree->players);
    DTN_ALLOC_FMPQ(ctx, sweep->arena, m->target, 1);
    DTN_ALLOC(ctx, sweep->arena, m->reached, tree->infosets);
    for (int a = 0; a < tree->actions; a++)
        fmpq_set(m->sigma + a, &at->sigma[a]);
    DTN_TRY(find_slack(ctx, m, tree, at));
    if (sweep->has_target)
        DTN_TRY(dtn_target_probability(ctx, m->target, &sweep->target, tree, m->sigma));
    return find_class(ctx, sweep, m);
}

/* Every equilibrium; of a component its extreme points too, which may differ in class and target. */
static dtn_status keep_all(dtn_ctx *ctx, dtn_sweep *sweep, dtn_snapshot *s, const dtn_equilibria *all)
{
    dtn_moment *moment;
    int room = 0;
    for (int i = 0; i < all->count; i++)
        room += 1 + all->item[i].extremes;
    DTN_ALLOC(ctx, sweep->arena, moment, room);
    s->moment = moment;
    for (int i = 0; i < all->count; i++) {
        DTN_TRY(keep(ctx, sweep, &moment[s->moments++], &all->item[i].at));
        for (int k = 0; k < all->item[i].extremes; k++)
            DTN_TRY(keep(ctx, sweep, &moment[s->moments++], &all->item[i].extreme[k]));
    }
    return DTN_OK;
}

static int by_number(const void *a, const void *b)
{
    int x = *(const int *)a, y = *(const int *)b;
    return (x > y) - (x < y);
}

static dtn_status find_pattern(dtn_ctx *ctx, dtn_sweep *sweep, dtn_snapshot *s)
{
    int *met, count = 0;
    DTN_ALLOC(ctx, ctx->scratch, met, s->moments);
    for (int i = 0; i < s->moments; i++)
        met[i] = s->moment[i].class_;
    if (s->moments)
        qsort(met, (size_t)s->moments, sizeof *met, by_number);
    for (int i = 0; i < s->moments; i++)
        if (i == 0 || met[i] != met[count - 1])
            met[count++] = met[i];
    for (int p = 0; p < sweep->patterns; p++)
        if (sweep->pattern[p].classes == count &&
            (count == 0 || memcmp(sweep->pattern[p].class_of, met, (size_t)count * sizeof *met) == 0)) {
            s->pattern = p;
            return DTN_OK;
        }
    if (sweep->patterns == sweep->pattern_room)
        sweep->pattern =
            grown(sweep, sweep->pattern, sweep->patterns, &sweep->pattern_room, sizeof *sweep->pattern);
    int *own = dtn_arena_array(sweep->arena, (size_t)count, sizeof *own);
    if (!sweep->pattern || !own)
        return dtn_fail_nomem(ctx);
    if (count)
        memcpy(own, met, (size_t)count * sizeof *met);
    s->pattern = sweep->patterns;
    sweep->pattern[sweep->patterns++] = (dtn_class_set){own, count};
    return DTN_OK;
}

static dtn_status price(dtn_ctx *ctx, dtn_sweep *sweep)
{
    if (sweep->tree && sweep->reprices && sweep->tree->payoff_formula)
        return dtn_tree_reprice(ctx, sweep->tree, sweep->point.value);
    dtn_tree_free(sweep->tree);
    sweep->tree = NULL;
    return dtn_scenario_tree(ctx, &sweep->tree, sweep->scenario, &sweep->point, 0);
}

/* Whether the sweep's point is one of the box: derived parameters exist there and the constraints hold. */
static dtn_status is_inside(dtn_ctx *ctx, bool *inside, dtn_sweep *sweep)
{
    int violated;
    *inside = false;
    dtn_status status = dtn_point_complete(ctx, &sweep->point, sweep->scenario);
    if (status == DTN_OK)
        status = dtn_point_constraints(ctx, inside, &violated, sweep->scenario, &sweep->point);
    return status == DTN_DOMAIN ? DTN_OK : status;
}

static dtn_status solve(dtn_ctx *ctx, dtn_sweep *sweep, dtn_snapshot *s)
{
    DTN_TRY(is_inside(ctx, &s->inside, sweep));
    if (!s->inside)
        return DTN_OK;
    int actions = sweep->tree ? sweep->tree->actions : -1;
    dtn_status priced = price(ctx, sweep);
    if (priced == DTN_DOMAIN) { /* a payoff has no value there, or a probability leaves [0, 1] */
        s->inside = false;
        return DTN_OK;
    }
    DTN_TRY(priced);
    if (actions >= 0 && actions != sweep->tree->actions)
        return dtn_fail(ctx, DTN_UNSUPPORTED,
                        "the number of actions changes with a parameter: there is nothing to follow");
    sweep->solves++;
    dtn_equilibria *all = NULL;
    dtn_status status;
    if (sweep->tree->perfect_information && sweep->tree->nodes > LARGE_TREE)
        status = dtn_solve_tree(ctx, &all, sweep->tree, &(dtn_solve_options){.rung = sweep->rung});
    else
        status = dtn_sequential_solve(
            ctx, &all, sweep->tree,
            &(dtn_sequential_options){.rung = sweep->rung, .brief = true, .max_supports = MOST_SUPPORTS});
    if (status != DTN_OK)
        return status;
    s->complete = all->outcome == DTN_OUTCOME_COMPLETE || all->outcome == DTN_OUTCOME_NONE;
    s->gave_up = all->supports >= MOST_SUPPORTS;
    if (!sweep->effort)
        sweep->effort = all->supports + (long)sweep->tree->nodes * sweep->tree->infosets / 32 + 1;
    status = keep_all(ctx, sweep, s, all);
    dtn_equilibria_free(all);
    return status == DTN_OK ? find_pattern(ctx, sweep, s) : status;
}

dtn_status dtn_sweep_at(dtn_ctx *ctx, const dtn_snapshot **out, dtn_sweep *sweep, int param, const fmpq_t x)
{
    DTN_TRY(dtn_ctx_poll(ctx));
    dtn_snapshot *s;
    fmpq *before;
    DTN_ALLOC(ctx, sweep->arena, s, 1);
    DTN_ALLOC_FMPQ(ctx, sweep->arena, s->x, 1);
    s->pattern = -1;
    *out = s;
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, before, 1);
    if (param >= 0) {
        fmpq_set(s->x, x);
        fmpq_set(before, &sweep->point.value[param]);
        DTN_TRY(dtn_point_set(ctx, &sweep->point, sweep->scenario, param, x));
    }
    dtn_status status = solve(ctx, sweep, s);
    if (param >= 0)
        fmpq_set(&sweep->point.value[param], before);
    dtn_arena_release(ctx->scratch, mark);
    return status;
}

dtn_status dtn_sweep_now(dtn_ctx *ctx, const dtn_snapshot **out, dtn_sweep *sweep)
{
    if (!sweep->now)
        DTN_TRY(dtn_sweep_at(ctx, &sweep->now, sweep, -1, NULL));
    *out = sweep->now;
    if (!sweep->now->inside)
        return dtn_fail(ctx, DTN_DOMAIN,
                        "the point lies outside the file's constraints: nothing can be said around it");
    if (sweep->now->gave_up)
        return dtn_fail(
            ctx, DTN_UNSUPPORTED,
            "the game is too large to be solved again and again: more than %d supports at one point",
            (int)MOST_SUPPORTS);
    return DTN_OK;
}

int dtn_sweep_cells(const dtn_sweep *sweep)
{
    return sweep->effort <= 500 ? 48 : 12;
}

int dtn_sweep_budget(const dtn_sweep *sweep)
{
    long most = 200000 / (sweep->effort + 1);
    return most < 24 ? 24 : most > 400 ? 400 : (int)most;
}

dtn_status dtn_sweep_inside(dtn_ctx *ctx, bool *inside, dtn_sweep *sweep, int param, const fmpq_t x)
{
    fmpq *before;
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, before, 1);
    fmpq_set(before, &sweep->point.value[param]);
    dtn_status status = dtn_point_set(ctx, &sweep->point, sweep->scenario, param, x);
    if (status == DTN_OK)
        status = is_inside(ctx, inside, sweep);
    fmpq_set(&sweep->point.value[param], before);
    dtn_arena_release(ctx->scratch, mark);
    return status;
}

bool dtn_snapshot_target(fmpq_t lo, fmpq_t hi, const dtn_snapshot *s)
{
    for (int i = 0; i < s->moments; i++) {
        if (i == 0 || fmpq_cmp(s->moment[i].target, lo) < 0)
            fmpq_set(lo, s->moment[i].target);
        if (i == 0 || fmpq_cmp(s->moment[i].target, hi) > 0)
            fmpq_set(hi, s->moment[i].target);
    }
    return s->moments > 0;
}
