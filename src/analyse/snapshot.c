/* What is kept of the equilibria at one point.
 *
 * Of each equilibrium, and of the extreme points of a component: its play, and for each action by how much it falls short of the
 * best one at the beliefs held there (0 for actions in use). A class is the scenario's, or, where none fits, the on-path support.
 * Cost: two sweeps over the nodes an equilibrium. Exact. */
#include <stdlib.h>
#include <string.h>

#include "analyse/classes.h"
#include "analyse/sweep.h"
#include "base/str.h"

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

static dtn_status find_reached(dtn_ctx *ctx, dtn_moment *m, const dtn_tree *tree)
{
    fmpq *reach;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, reach, tree->nodes);
    dtn_assessment_reach(tree, m->sigma, reach);
    for (int n = 0; n < tree->nodes; n++)
        if (tree->node[n].kind == DTN_NODE_DECISION && !fmpq_is_zero(reach + n))
            m->reached[tree->node[n].infoset] = true;
    return DTN_OK;
}

/* worth[a] = payoff of a at the beliefs held; payoffs of the players. Compares nothing. */
static dtn_status find_worth(dtn_ctx *ctx, dtn_moment *m, fmpq *worth, const dtn_tree *tree,
                             const dtn_assessment *at)
{
    fmpq *value;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, value, (size_t)tree->nodes * (size_t)tree->players);
    dtn_assessment_values(tree, at->sigma, value);
    for (int p = 0; p < tree->players; p++)
        fmpq_set(m->payoff + p, value + p);
    for (int i = 0; i < tree->infosets; i++) {
        const dtn_infoset *h = &tree->infoset[i];
        for (int a = 0; a < h->actions; a++) {
            fmpq *own = worth + h->first_action + a;
            fmpq_zero(own);
            for (int k = 0; k < h->members; k++) {
                int node = tree->members[h->first_member + k];
                int below = dtn_tree_child(tree, node, a);
                fmpq_addmul(own, &at->belief[node], value + (size_t)below * (size_t)tree->players + h->player);
            }
        }
    }
    return DTN_OK;
}

/* slack[a] = best payoff at the information set - payoff of a. */
static void find_slack(fmpq *slack, const dtn_tree *tree, const fmpq *worth)
{
    for (int i = 0; i < tree->infosets; i++) {
        const dtn_infoset *h = &tree->infoset[i];
        int best = h->first_action;
        for (int a = h->first_action + 1; a < h->first_action + h->actions; a++)
            if (fmpq_cmp(worth + a, worth + best) > 0)
                best = a;
        for (int a = h->first_action; a < h->first_action + h->actions; a++)
            fmpq_sub(slack + a, worth + best, worth + a);
    }
}

static dtn_status find_outcomes(dtn_ctx *ctx, dtn_moment *m, const dtn_tree *tree)
{
    fmpq *reach;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, reach, tree->nodes);
    dtn_assessment_reach(tree, m->sigma, reach);
    for (int n = 0; n < tree->nodes; n++)
        if (tree->node[n].kind == DTN_NODE_TERMINAL && tree->node[n].outcome >= 0)
            fmpq_add(m->outcome + tree->node[n].outcome, m->outcome + tree->node[n].outcome, reach + n);
    return DTN_OK;
}

/* What is kept besides the class. */
static dtn_status keep_figures(dtn_ctx *ctx, dtn_sweep *sweep, dtn_moment *m, const dtn_assessment *at)
{
    const dtn_tree *tree = sweep->tree;
    bool all = !sweep->classes_only, slack = all || sweep->asks == DTN_ASKS_ACT;
    if (sweep->has_target && (all || sweep->values || sweep->asks == DTN_ASKS_TARGET))
        DTN_TRY(dtn_target_probability(ctx, m->target, &sweep->target, tree, m->sigma));
    if (!slack && !sweep->values)
        return DTN_OK;
    fmpq *worth;
    DTN_ALLOC_FMPQ(ctx, sweep->values ? sweep->arena : ctx->scratch, worth, tree->actions);
    DTN_TRY(find_worth(ctx, m, worth, tree, at));
    if (slack)
        find_slack(m->slack, tree, worth);
    if (!sweep->values)
        return DTN_OK;
    m->worth = worth;
    DTN_ALLOC_FMPQ(ctx, sweep->arena, m->outcome, tree->outcomes);
    return find_outcomes(ctx, m, tree);
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
    DTN_TRY(find_reached(ctx, m, tree));
    DTN_TRY(keep_figures(ctx, sweep, m, at));
    bool classes = !sweep->classes_only || sweep->asks == DTN_ASKS_CLASSES;
    return classes ? find_class(ctx, sweep, m) : DTN_OK;
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

/* Some, every equilibrium does as is asked. */
static int verdict(const dtn_sweep *sweep, const dtn_snapshot *s)
{
    int bits = s->moments ? DTN_VERDICT_EVERY : 0;
    for (int i = 0; i < s->moments; i++) {
        const dtn_moment *m = &s->moment[i];
        bool yes = sweep->asks == DTN_ASKS_TARGET ? fmpq_cmp(m->target, sweep->prob) >= 0
                                                  : fmpq_is_zero(m->slack + sweep->act);
        bits = yes ? bits | DTN_VERDICT_SOME : bits & ~DTN_VERDICT_EVERY;
    }
    return bits;
}

dtn_status dtn_snapshot_fill(dtn_ctx *ctx, dtn_sweep *sweep, dtn_snapshot *s, const dtn_equilibria *all)
{
    DTN_TRY(keep_all(ctx, sweep, s, all));
    if (sweep->asks != DTN_ASKS_CLASSES) {
        s->pattern = verdict(sweep, s);
        return DTN_OK;
    }
    return find_pattern(ctx, sweep, s);
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
