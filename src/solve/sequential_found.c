/* Sequential equilibria: from outcomes and cells to assessments.
 *
 * Method: weights on the path and of one cell a component give all probabilities and the leading coefficients of the trembles; with the
 *   orders of the cell, one sweep over the nodes gives each its order and weight, and the nodes of least order share the belief.
 * Cost: linear in nodes. Exact. Source: D. Kreps, R. Wilson, Sequential equilibria, Econometrica 50 (1982). */
#include <math.h>

#include "solve/sequential_parts.h"

typedef struct mix {
    const dtn_seq_run *run;
    uint64_t *support; /* [infosets] */
    bool *given;       /* [actions] */
    fmpq *weight;      /* [actions] R */
    bool *done;        /* [actions] */
    int *order;        /* [actions] of trembles */
    fmpq *step;        /* [actions] probability, or coefficient of a tremble */
} mix;

static bool on_support(const mix *m, int a)
{
    int g = m->run->game.tree->action[a].infoset;
    return m->support[g] >> (a - dtn_seq_set(m->run, g)->first_action) & 1;
}

/* R(a) and step(a) from the weights that are given; what no condition mentions is mixed evenly. */
static void settle(mix *m, int a)
{
    if (a < 0 || m->done[a])
        return;
    m->done[a] = true;
    int g = m->run->game.tree->action[a].infoset, prior = m->run->game.prior[g];
    settle(m, prior);
    bool played = on_support(m, a), zero_prior = prior >= 0 && fmpq_is_zero(&m->weight[prior]);
    int count = 0;
    for (uint64_t s = m->support[g]; s; s &= s - 1)
        count++;
    if (played && count == 1)
        fmpq_one(&m->step[a]);
    else if (m->given[a] && !zero_prior && prior >= 0)
        fmpq_div(&m->step[a], &m->weight[a], &m->weight[prior]);
    else if (m->given[a] && !zero_prior)
        fmpq_set(&m->step[a], &m->weight[a]);
    else
        fmpq_set_si(&m->step[a], 1, played ? (ulong)count : 1);
    if (!played &&
        fmpq_is_zero(&m->step[a])) { /* at the edge of a closed cell: the tremble is of a higher order */
        m->order[a] = 2;
        fmpq_one(&m->step[a]);
    }
    if (prior >= 0)
        fmpq_mul(&m->weight[a], &m->step[a], &m->weight[prior]);
    else
        fmpq_set(&m->weight[a], &m->step[a]);
}

/* Rounded probabilities still sum to 1. */
static void sum_to_one(mix *m, int h)
{
    const dtn_infoset *set = dtn_seq_set(m->run, h);
    fmpq_t sum;
    fmpq_init(sum);
    for (int k = 0; k < set->actions; k++)
        if (m->support[h] >> k & 1)
            fmpq_add(sum, sum, &m->step[set->first_action + k]);
    for (int k = 0; k < set->actions; k++)
        if (m->support[h] >> k & 1)
            fmpq_div(&m->step[set->first_action + k], &m->step[set->first_action + k], sum);
    fmpq_clear(sum);
}

/* Order and weight of every node; out->belief. */
static void believe(const mix *m, dtn_assessment *out, fmpq *weight, int *order)
{
    const dtn_seq_game *g = &m->run->game;
    const dtn_tree *t = g->tree;
    fmpq_t total;
    fmpq_init(total);
    fmpq_one(&weight[0]);
    for (int x = 1; x < g->nodes; x++) {
        int up = t->node[x].parent, a = g->into[x];
        order[x] = order[up];
        if (a >= 0) {
            fmpq_mul(&weight[x], &weight[up], &m->step[a]);
            order[x] += on_support(m, a) ? 0 : m->order[a];
        } else if (fmpq_is_zero(&t->chance[x])) {
            fmpq_set(&weight[x], &weight[up]);
        } else {
            fmpq_mul(&weight[x], &weight[up], &t->chance[x]);
        }
    }
    for (int h = 0; h < g->infosets; h++) {
        const dtn_infoset *set = dtn_seq_set(m->run, h);
        int best = dtn_seq_member(m->run, h, 0);
        for (int k = 1; k < set->members; k++) {
            int x = dtn_seq_member(m->run, h, k);
            if (g->nulls[x] < g->nulls[best] || (g->nulls[x] == g->nulls[best] && order[x] < order[best]))
                best = x;
        }
        fmpq_zero(total);
        for (int pass = 0; pass < 2; pass++)
            for (int k = 0; k < set->members; k++) {
                int x = dtn_seq_member(m->run, h, k);
                if (g->nulls[x] != g->nulls[best] || order[x] != order[best])
                    continue;
                if (pass == 0)
                    fmpq_add(total, total, &weight[x]);
                else
                    fmpq_div(&out->belief[x], &weight[x], total);
            }
    }
    fmpq_clear(total);
}

/* Free beliefs are unknowns of the cell: belief = chance * weight, scaled to sum 1. */
static void believe_freely(const dtn_seq_run *r, const dtn_seq_cell *cell, dtn_assessment *out)
{
    const dtn_seq_game *g = &r->game;
    fmpq_t total;
    fmpq_init(total);
    for (int j = 0; j < cell->unknowns; j++) {
        int x = cell->unknown[j] - g->actions - g->infosets;
        if (x < 0 || x >= g->nodes)
            continue;
        int h = g->tree->node[x].infoset;
        bool first = true;
        for (int i = 0; i < j && first; i++) {
            int y = cell->unknown[i] - g->actions - g->infosets;
            first = y < 0 || y >= g->nodes || g->tree->node[y].infoset != h;
        }
        if (!first)
            continue;
        fmpq_zero(total);
        for (int k = 0; k < dtn_seq_set(r, h)->members; k++)
            fmpq_zero(&out->belief[dtn_seq_member(r, h, k)]);
        for (int i = j; i < cell->unknowns; i++) {
            int y = cell->unknown[i] - g->actions - g->infosets;
            if (y < 0 || y >= g->nodes || g->tree->node[y].infoset != h)
                continue;
            fmpq_mul(&out->belief[y], &g->chance[y], &cell->point[i]);
            fmpq_add(total, total, &out->belief[y]);
        }
        for (int k = 0; k < dtn_seq_set(r, h)->members; k++)
            fmpq_div(&out->belief[dtn_seq_member(r, h, k)], &out->belief[dtn_seq_member(r, h, k)], total);
    }
    fmpq_clear(total);
}

static dtn_status assess(dtn_seq_run *r, const dtn_seq_outcome *o, const dtn_seq_cell *const *cell,
                         dtn_assessment *out)
{
    const dtn_seq_game *g = &r->game;
    dtn_arena *scratch = r->ctx->scratch;
    mix m = {.run = r};
    int *order;
    fmpq *weight;
    DTN_ALLOC(r->ctx, scratch, m.support, g->infosets + 1);
    DTN_ALLOC(r->ctx, scratch, m.given, g->actions + 1);
    DTN_ALLOC(r->ctx, scratch, m.done, g->actions + 1);
    DTN_ALLOC(r->ctx, scratch, m.order, g->actions + 1);
    DTN_ALLOC_FMPQ(r->ctx, scratch, m.weight, g->actions + 1);
    DTN_ALLOC_FMPQ(r->ctx, scratch, m.step, g->actions + 1);
    DTN_ALLOC(r->ctx, scratch, order, g->nodes);
    DTN_ALLOC_FMPQ(r->ctx, scratch, weight, g->nodes);
    for (int h = 0; h < g->infosets; h++)
        m.support[h] = o->support[h];
    for (int a = 0; a < g->actions; a++) {
        m.order[a] = o->banned && o->banned[a] ? 2 : 1; /* so that no belief falls on whom D1 leaves out */
        m.given[a] = o->known[a];
        if (o->known[a])
            fmpq_set(&m.weight[a], &o->weight[a]);
    }
    for (int i = 0; i < o->components; i++) {
        const dtn_seq_component *c = &o->component[i];
        for (int k = 0; k < c->infosets; k++)
            m.support[c->infoset[k]] = cell[i]->support[k];
        for (int j = 0; j < cell[i]->unknowns; j++) {
            if (cell[i]->unknown[j] >= g->actions)
                continue;
            m.given[cell[i]->unknown[j]] = true;
            fmpq_set(&m.weight[cell[i]->unknown[j]], &cell[i]->point[j]);
        }
        for (int k = 0; k < cell[i]->trembles; k++)
            m.order[cell[i]->tremble[k]] = cell[i]->order[k];
    }
    for (int a = 0; a < g->actions; a++)
        settle(&m, a);
    for (int h = 0; h < g->infosets && !o->exact; h++)
        sum_to_one(&m, h);
    for (int a = 0; a < g->actions; a++) {
        if (!on_support(&m, a))
            continue;
        fmpq_set(&out->sigma[a], &m.step[a]);
        if (fmpq_is_zero(&m.step[a])) { /* at the edge of a closed cell: unplayed after all */
            int h = g->tree->action[a].infoset;
            m.support[h] &= ~(UINT64_C(1) << (a - dtn_seq_set(r, h)->first_action));
            fmpq_one(&m.step[a]);
        }
    }
    believe(&m, out, weight, order);
    for (int i = 0; i < o->components; i++)
        believe_freely(r, cell[i], out);
    return DTN_OK;
}

dtn_status dtn_seq_assess(dtn_seq_run *r, const dtn_seq_outcome *o, const dtn_seq_cell *const *cell,
                          dtn_assessment *out)
{
    dtn_arena_mark mark = dtn_arena_save(r->ctx->scratch);
    dtn_status status = assess(r, o, cell, out);
    dtn_arena_release(r->ctx->scratch, mark);
    return status;
}

/* A member of outcome o: the first cell of every component. */
static dtn_status member(dtn_seq_run *r, const dtn_seq_outcome *o, dtn_assessment *out)
{
    const dtn_seq_cell **cell;
    o = o->stand_in ? o->stand_in : o;
    DTN_ALLOC(r->ctx, r->work, cell, o->components + 1);
    for (int k = 0; k < o->components; k++)
        cell[k] = o->refined ? &o->refined[k].cell[0] : &o->component[k].cell[0];
    DTN_TRY(dtn_assessment_new(r->ctx, r->arena, out, r->game.tree));
    return dtn_seq_assess(r, o, cell, out);
}

static dtn_status fill_frees(dtn_seq_run *r, dtn_equilibrium *q, const dtn_seq_ranges *ranges)
{
    int all = r->game.actions + r->game.nodes;
    for (int i = 0; i < all; i++)
        q->frees += ranges->seen[i] && !fmpq_equal(&ranges->lo[i], &ranges->hi[i]);
    fmpq *values;
    DTN_ALLOC(r->ctx, r->arena, q->free, q->frees + 1);
    DTN_ALLOC_FMPQ(r->ctx, r->arena, values, 2 * q->frees + 1);
    int at = 0;
    for (int i = 0; i < all; i++) {
        if (!ranges->seen[i] || fmpq_equal(&ranges->lo[i], &ranges->hi[i]))
            continue;
        dtn_free_part *part = &q->free[at];
        *part = (dtn_free_part){.is_belief = i >= r->game.actions,
                                .index = i < r->game.actions ? i : i - r->game.actions};
        fmpq_set(&values[2 * at], &ranges->lo[i]);
        fmpq_set(&values[2 * at + 1], &ranges->hi[i]);
        part->lo = values[2 * at];
        part->hi = values[2 * at + 1];
        at++;
    }
    q->dimension = ranges->complete ? ranges->dimension : -1;
    return DTN_OK;
}

/* Path of a before that of b? Fewer first supports, then smaller weights: a total order that the search does not influence. */
static bool earlier(const dtn_seq_run *r, const dtn_seq_outcome *a, const dtn_seq_outcome *b)
{
    if (a->rung != b->rung)
        return a->rung > b->rung;
    for (int h = 0; h < r->game.infosets; h++)
        if (a->support[h] != b->support[h])
            return a->support[h] < b->support[h];
    for (int i = 0; i < r->game.actions; i++)
        if (a->known[i] && b->known[i] && !fmpq_equal(&a->weight[i], &b->weight[i]))
            return fmpq_cmp(&a->weight[i], &b->weight[i]) < 0;
    return false;
}

static void sort_outcomes(dtn_seq_run *r)
{
    for (int i = 1; i < r->found->outcomes; i++)
        for (int k = i; k > 0 && earlier(r, &r->found->outcome[k], &r->found->outcome[k - 1]); k--) {
            dtn_seq_outcome swap = r->found->outcome[k];
            r->found->outcome[k] = r->found->outcome[k - 1];
            r->found->outcome[k - 1] = swap;
        }
}

/* One item for group `first`: the first outcome of the highest rung stands for it; isolated paths of a continuum are its
 * extreme points. */
/* What is free in the outcomes of a group. */
static dtn_status describe_group(dtn_seq_run *r, dtn_seq_ranges *ranges, const int *group, int first, int size)
{
    for (int i = 0; i < r->found->outcomes; i++)
        if (group[i] == first) {
            if (size > 1)
                dtn_seq_fixed_path(r, &r->found->outcome[i], ranges);
            DTN_TRY(dtn_seq_describe(r->found->outcome[i].run, &r->found->outcome[i], ranges));
        }
    return DTN_OK;
}

/* A limit or an interruption while the outcomes were described: they are all listed, from here on without what is free. */
static void cut_short(dtn_seq_run *r, dtn_equilibria *e, dtn_status status)
{
    r->options.brief = true;
    e->stopped = status;
    e->note = status == DTN_LIMIT
                  ? "what is free in an equilibrium was not described to the end: a limit"
                  : "what is free in an equilibrium was not described to the end: interrupted";
}

static dtn_status add_item(dtn_seq_run *r, dtn_equilibria *e, const int *group, int first)
{
    const dtn_seq_outcome *o = &r->found->outcome[first];
    dtn_equilibrium *q = &e->item[e->count++];
    int size = 0, points = 0;
    for (int i = 0; i < r->found->outcomes; i++)
        if (group[i] == first) {
            size++;
            points += !r->found->outcome[i].family;
        }
    DTN_TRY(member(r, o, &q->at));
    q->rung = o->rung;
    q->fall = o->fall;
    q->falls = o->falls;
    q->rung_unknown = o->rung_unknown;
    q->dimension = -1;
    q->exact = o->exact;
    q->radius = o->exact ? 0 : ldexp(1, -64);
    if (size > 1) {
        DTN_ALLOC(r->ctx, r->arena, q->extreme, points + 1);
        for (int i = 0; i < r->found->outcomes; i++)
            if (group[i] == first && !r->found->outcome[i].family)
                DTN_TRY(member(r, &r->found->outcome[i], &q->extreme[q->extremes++]));
    }
    if (!r->options.brief) {
        int all = r->game.actions + r->game.nodes;
        dtn_seq_ranges ranges = {.complete = true};
        DTN_ALLOC_FMPQ(r->ctx, r->work, ranges.lo, all);
        DTN_ALLOC_FMPQ(r->ctx, r->work, ranges.hi, all);
        DTN_ALLOC(r->ctx, r->work, ranges.seen, all);
        dtn_status status = describe_group(r, &ranges, group, first, size);
        if (status != DTN_LIMIT && status != DTN_CANCELLED)
            DTN_TRY(status);
        else
            cut_short(r, e, status);
        if (status == DTN_OK)
            DTN_TRY(fill_frees(r, q, &ranges));
    }
    return dtn_equilibrium_describe(r->ctx, r->arena, q, r->game.tree);
}

dtn_status dtn_seq_results(dtn_seq_run *r, dtn_equilibria *e)
{
    int *group;
    sort_outcomes(r);
    DTN_ALLOC(r->ctx, r->work, group, r->found->outcomes + 1);
    DTN_TRY(dtn_seq_group(r, group));
    DTN_ALLOC(r->ctx, e->arena, e->item, r->found->outcomes + 1);
    for (int i = 0; i < r->found->outcomes; i++)
        if (group[i] == i)
            DTN_TRY(add_item(r, e, group, i));
    return DTN_OK;
}
