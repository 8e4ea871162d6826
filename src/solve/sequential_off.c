/* Sequential equilibria: play and beliefs off the path that hold a given play on it.
 *
 * Method: unreached information sets and deviations from the path fall into components that share no play, tremble or
 *   belief. In each one, supports are enumerated; for each the carriers of belief (sequential_orders.c); for each the
 *   conditions are linear rows in the weights off the path, and one linear program decides. Where the play on the path is a
 *   family, its weights are unknowns too and all components are solved as one.
 * Cost: supports of a component, not of their product. Exact. */
#include "solve/sequential_parts.h"

/* --- components ---------------------------------------------------------------------------------- */

static int root_of(int *link, int i)
{
    while (link[i] != i)
        i = link[i] = link[link[i]];
    return i;
}

static void join(int *link, int i, int k)
{
    link[root_of(link, i)] = root_of(link, k);
}

/* Every undecided unreached information set is joined to what stands before it on each path: another one, or the
 * unplayed actions. */
static void join_paths(const dtn_seq_run *r, int *link, bool family)
{
    const dtn_seq_game *g = &r->game;
    const dtn_tree *t = g->tree;
    for (int x = 0; x < g->nodes; x++) {
        int h = t->node[x].infoset;
        if (h < 0 || r->reached[h] || dtn_seq_decided(r, h))
            continue;
        for (int y = x; y > 0; y = t->node[y].parent) {
            int up = t->node[t->node[y].parent].infoset;
            if (up < 0)
                continue;
            if (!r->reached[up] && !dtn_seq_decided(r, up)) {
                join(link, h, up);
                break;
            }
            if (!dtn_seq_plays(r, up, g->into[y]))
                join(link, h, g->infosets + g->into[y]);
        }
    }
    if (family) {
        int first = -1;
        for (int i = 0; i < g->infosets + g->actions; i++) {
            if (i < g->infosets && (r->reached[i] || dtn_seq_decided(r, i)))
                continue;
            if (first >= 0)
                join(link, i, first);
            first = i;
        }
    }
}

/* In the order in which the tree's walk has met all members: what stands above and beside is chosen before. */
static void insert(const dtn_seq_run *r, dtn_seq_component *c, int h)
{
    int at = c->infosets++, last = dtn_seq_member(r, h, dtn_seq_set(r, h)->members - 1);
    for (; at > 0; at--) {
        int g = c->infoset[at - 1];
        if (dtn_seq_member(r, g, dtn_seq_set(r, g)->members - 1) < last)
            break;
        c->infoset[at] = g;
    }
    c->infoset[at] = h;
}

static dtn_status collect(dtn_seq_run *r, dtn_seq_component *c, const int *link, int root)
{
    const dtn_seq_game *g = &r->game;
    int all = g->infosets + g->actions;
    DTN_ALLOC(r->ctx, r->work, c->infoset, g->infosets + 1);
    DTN_ALLOC(r->ctx, r->work, c->deviation, g->actions + 1);
    for (int i = 0; i < all; i++) {
        if (link[i] != root)
            continue;
        if (i < g->infosets) {
            if (!r->reached[i] && !dtn_seq_decided(r, i))
                insert(r, c, i);
            continue;
        }
        int a = i - g->infosets, h = g->tree->action[a].infoset;
        int k = a - dtn_seq_set(r, h)->first_action;
        if (r->reached[h] && !(r->support[h] >> k & 1) && (g->full[h] >> k & 1))
            c->deviation[c->deviations++] = (dtn_seq_deviation){h, a};
    }
    return DTN_OK;
}

dtn_status dtn_seq_components(dtn_seq_run *r, dtn_seq_outcome *o)
{
    const dtn_seq_game *g = &r->game;
    int all = g->infosets + g->actions, *link;
    DTN_ALLOC(r->ctx, r->work, link, all + 1);
    for (int i = 0; i < all; i++)
        link[i] = i;
    join_paths(r, link, o->family);
    for (int i = 0; i < all; i++)
        link[i] = root_of(link, i);
    DTN_ALLOC(r->ctx, r->work, o->component, g->infosets + 1);
    for (int h = 0; h < g->infosets; h++) {
        if (r->reached[h] || dtn_seq_decided(r, h))
            continue;
        bool fresh = true;
        for (int k = 0; k < h && fresh; k++)
            fresh = r->reached[k] || dtn_seq_decided(r, k) || link[k] != link[h];
        if (fresh)
            DTN_TRY(collect(r, &o->component[o->components++], link, link[h]));
    }
    if (o->family &&
        o->components == 0) /* nothing off the path, but the family itself is a polyhedron to describe */
        DTN_TRY(collect(r, &o->component[o->components++], link, -1));
    return DTN_OK;
}

/* --- cells --------------------------------------------------------------------------------------- */

typedef struct holding {
    dtn_seq_outcome *o;
    dtn_seq_component *c;
} holding;

static dtn_status keep_cell(dtn_seq_run *r, holding *hold, const fmpq *x, const int *tremble,
                            const int *order, int trembles)
{
    dtn_seq_system *s = &r->system;
    dtn_seq_component *c = hold->c;
    if (c->cells == c->cell_room) {
        dtn_seq_cell *bigger;
        int room = 2 * c->cell_room + 4;
        DTN_ALLOC(r->ctx, r->work, bigger, room);
        for (int i = 0; i < c->cells; i++)
            bigger[i] = c->cell[i];
        c->cell = bigger;
        c->cell_room = room;
    }
    dtn_seq_cell *cell = &c->cell[c->cells];
    *cell =
        (dtn_seq_cell){.unknowns = s->unknowns, .rows = s->rows, .columns = s->unknowns, .trembles = trembles};
    DTN_ALLOC(r->ctx, r->work, cell->support, c->infosets + 1);
    DTN_ALLOC(r->ctx, r->work, cell->unknown, s->unknowns + 1);
    DTN_ALLOC_FMPQ(r->ctx, r->work, cell->point, s->unknowns + 1);
    DTN_ALLOC(r->ctx, r->work, cell->sense, s->rows + 1);
    DTN_ALLOC_FMPQ(r->ctx, r->work, cell->a, s->rows * s->unknowns + 1);
    DTN_ALLOC_FMPQ(r->ctx, r->work, cell->b, s->rows + 1);
    DTN_ALLOC(r->ctx, r->work, cell->tremble, trembles + 1);
    DTN_ALLOC(r->ctx, r->work, cell->order, trembles + 1);
    for (int i = 0; i < c->infosets; i++)
        cell->support[i] = r->support[c->infoset[i]];
    for (int j = 0; j < s->unknowns; j++) {
        cell->unknown[j] = s->unknown[j];
        fmpq_set(&cell->point[j], &x[j]);
    }
    for (int i = 0; i < s->rows; i++) {
        cell->sense[i] = s->sense[i];
        fmpq_set(&cell->b[i], &s->b[i]);
        for (int j = 0; j < s->unknowns; j++)
            fmpq_set(&cell->a[i * s->unknowns + j], &s->a[(size_t)i * (size_t)s->stride + (size_t)j]);
    }
    for (int i = 0; i < trembles; i++) {
        cell->tremble[i] = tremble[i];
        cell->order[i] = order[i];
    }
    c->cells++;
    return DTN_OK;
}

static void add_all_actions(dtn_seq_run *r, int h)
{
    const dtn_infoset *set = dtn_seq_set(r, h);
    uint64_t support = r->support[h];
    for (int k = 0; k < set->actions; k++)
        if ((r->game.full[h] >> k & 1) && (support & -support) != UINT64_C(1) << k)
            dtn_seq_add_optimality(r, h, set->first_action + k);
}

/* A mixed weight on the path is an unknown of a family even where no condition mentions it. */
static void add_family(dtn_seq_run *r)
{
    for (int h = 0; h < r->game.infosets; h++) {
        const dtn_infoset *set = dtn_seq_set(r, h);
        if (!r->reached[h])
            continue;
        for (int k = 0; k < set->actions; k++)
            if ((r->support[h] >> k & 1) && (r->support[h] & (r->support[h] - 1)))
                dtn_seq_column(r, set->first_action + k);
        add_all_actions(r, h);
    }
}

/* Closes a row "sum of these = 1". */
static void end_scale(dtn_seq_system *s)
{
    fmpq_one(&s->b[s->rows]);
    s->infoset[s->rows] = s->action[s->rows] = -1;
    s->sense[s->rows++] = DTN_LP_EQ;
}

void dtn_seq_cell_rows(dtn_seq_run *r, const dtn_seq_outcome *o, const dtn_seq_component *c,
                       const int *tremble, const int *order, int trembles, const bool *may_vanish)
{
    dtn_seq_system *s = &r->system;
    for (int i = 0; i < c->infosets; i++)
        if (!r->trivial[c->infoset[i]] && !(r->freed && r->freed[c->infoset[i]]))
            add_all_actions(r, c->infoset[i]);
    if (o->family)
        add_family(r);
    for (int i = 0; i < c->deviations && !o->family; i++)
        dtn_seq_add_optimality(r, c->deviation[i].infoset, c->deviation[i].action);
    dtn_seq_add_bests(r);
    for (int i = 0; i < trembles; i++)
        if (may_vanish[tremble[i]] && order[i] == 1)
            dtn_seq_column(r, tremble[i]);
    dtn_seq_add_flows(r);
    bool scaled = false;
    for (int i = 0; i < trembles; i++) /* vanishing weights need a scale: their sum is 1 */
        if (may_vanish[tremble[i]] && order[i] == 1) {
            fmpq_one(&s->a[(size_t)s->rows * (size_t)s->stride + (size_t)s->column[tremble[i]]]);
            scaled = true;
        }
    /* Weights of trembles may be multiplied by t to the power of their orders: where that helps, one of them is 1. */
    for (int j = 0; j < s->unknowns && !scaled && r->mode == DTN_RUNG_SEQUENTIAL && !dtn_seq_linear(r); j++)
        if (!dtn_seq_plays(r, r->game.tree->action[s->unknown[j]].infoset, s->unknown[j])) {
            fmpq_one(&s->a[(size_t)s->rows * (size_t)s->stride + (size_t)j]);
            scaled = true;
        }
    if (scaled)
        end_scale(s);
    for (int i = 0; i < c->infosets && r->own_belief; i++) { /* so do free beliefs */
        int h = c->infoset[i], weights = r->game.actions + r->game.infosets;
        scaled = false;
        for (int k = 0; k < dtn_seq_set(r, h)->members; k++) {
            int column = s->column[weights + dtn_seq_member(r, h, k)];
            if (column < 0)
                continue;
            fmpq_one(&s->a[(size_t)s->rows * (size_t)s->stride + (size_t)column]);
            scaled = true;
        }
        if (scaled)
            end_scale(s);
    }
}

static dtn_status try_carriers(dtn_seq_run *r, void *user, const int *tremble, const int *order, int trembles,
                               const bool *may_vanish)
{
    holding *hold = user;
    dtn_seq_component *c = hold->c;
    dtn_seq_system *s = &r->system;
    if (r->options.brief && c->cells)
        return DTN_OK;
    dtn_seq_system_clear(r);
    dtn_seq_cell_rows(r, hold->o, c, tremble, order, trembles, may_vanish);
    bool slice = !dtn_seq_linear(r);
    dtn_seq_answer answer = DTN_SEQ_NO;
    dtn_arena_mark mark = dtn_arena_save(r->ctx->scratch);
    fmpq *x = dtn_arena_fmpq(r->ctx->scratch, (size_t)s->unknowns + 1);
    dtn_status status = x ? DTN_OK : dtn_fail_nomem(r->ctx);
    if (status == DTN_OK && slice) {
        status = dtn_seq_products(r, &answer, x, may_vanish);
    } else if (status == DTN_OK) {
        bool feasible = false;
        status = dtn_seq_feasible(r, &feasible, x, may_vanish);
        answer = feasible ? DTN_SEQ_YES : DTN_SEQ_NO;
    }
    c->undecided = c->undecided || answer == DTN_SEQ_UNDECIDED;
    if (status == DTN_OK && answer == DTN_SEQ_YES) {
        status = keep_cell(r, hold, x, tremble, order, trembles);
        if (status == DTN_OK)
            c->cell[c->cells - 1].slice = slice;
    }
    dtn_arena_release(r->ctx->scratch, mark);
    dtn_seq_system_clear(r);
    return status;
}

/* Supports of the component are complete: beliefs and weights decide. */
static dtn_status finish_supports(dtn_seq_run *r, holding *hold)
{
    dtn_seq_lower_set_up(r, hold->c);
    dtn_status status = dtn_seq_orders(r, hold->c, try_carriers, hold);
    dtn_seq_lower_undo(r, hold->c);
    return status;
}

static dtn_status choose(dtn_seq_run *r, holding *hold)
{
    dtn_seq_component *c = hold->c;
    int h = -1;
    if (r->options.brief && c->cells)
        return DTN_OK;
    if (!dtn_seq_may_look(r)) {
        c->undecided = true;
        return DTN_OK;
    }
    if (r->supports % 16 == 0)
        DTN_TRY(dtn_ctx_poll(r->ctx));
    if (r->mode < DTN_RUNG_PBE)
        h = dtn_seq_lower_next(r, c);
    for (int i = 0; i < c->infosets && h < 0 && r->mode >= DTN_RUNG_PBE; i++)
        if (!r->support[c->infoset[i]])
            h = c->infoset[i];
    if (h < 0)
        return finish_supports(r, hold);
    if (r->mode == DTN_RUNG_SEQUENTIAL) {
        bool refuted;
        DTN_TRY(dtn_seq_refute_off(r, c, &refuted));
        if (refuted)
            return DTN_OK;
    }
    uint64_t full = r->game.full[h];
    for (uint64_t support = full & -full; support; support = (support - full) & full) {
        r->support[h] = support;
        DTN_TRY(choose(r, hold));
        if (r->stopped)
            break;
    }
    r->support[h] = 0;
    return DTN_OK;
}

dtn_status dtn_seq_hold(dtn_seq_run *r, dtn_seq_outcome *o, bool *held)
{
    *held = true;
    for (int i = 0; i < o->components && *held; i++) {
        holding hold = {o, &o->component[i]};
        DTN_TRY(choose(r, &hold));
        if (o->component[i].cells == 0) {
            *held = false;
            if (o->component[i].undecided)
                r->nonlinear++;
        }
    }
    return DTN_OK;
}
