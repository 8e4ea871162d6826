/* Sequential equilibria: what is free in an outcome, and of how many dimensions.
 *
 * Method: for every support and choice of carriers that holds the outcome, probabilities R(a) / R(before a) and beliefs
 *   w(x) / sum w are ratios of linear forms over a polyhedron: each bound is one linear program (Charnes and Cooper). The dimension is the
 *   rank of their gradients along the affine hull, at a point of the relative interior.
 * Cost: two linear programs for each free quantity and choice. Exact.
 * Source: A. Charnes, W. Cooper, Programming with linear fractional functionals, Naval Res. Log. Quarterly 9 (1962). */
#include <flint/fmpq_mat.h>

#include "solve/sequential_parts.h"

/* Work after which no more cells are looked at: some ten seconds. */
static const double most_drawn = 3e6;

/* A ratio of linear forms in the unknowns, constants last. */
typedef struct ratio {
    fmpq *top, *bottom; /* [unknowns + 1] */
    int index;          /* into dtn_seq_ranges */
} ratio;

typedef struct portrait {
    dtn_seq_run *r;
    const dtn_seq_outcome *o;
    const dtn_seq_component *c;
    dtn_seq_ranges *out;
    fmpq *point; /* [codes] scratch */
    int dimension;
} portrait;

static void widen(dtn_seq_ranges *out, int index, const fmpq_t lo, const fmpq_t hi)
{
    if (!out->seen[index] || fmpq_cmp(lo, &out->lo[index]) < 0)
        fmpq_set(&out->lo[index], lo);
    if (!out->seen[index] || fmpq_cmp(hi, &out->hi[index]) > 0)
        fmpq_set(&out->hi[index], hi);
    out->seen[index] = true;
}

static void widen_to(dtn_seq_ranges *out, int index, int value)
{
    fmpq_t x;
    fmpq_init(x);
    fmpq_set_si(x, value, 1);
    widen(out, index, x, x);
    fmpq_clear(x);
}

static bool mixed(uint64_t support)
{
    return (support & (support - 1)) != 0;
}

/* --- linear forms -------------------------------------------------------------------------------- */

/* Makes sure that the weight behind an action is a column, if it is unknown. */
static void want(dtn_seq_run *r, int a)
{
    a = dtn_seq_alias(r, a);
    if (a >= 0 && !r->system.known[a])
        dtn_seq_column(r, a);
}

/* form += factor * R(a) */
static void add_weight(const dtn_seq_run *r, fmpq *form, int a, const fmpq *factor)
{
    const dtn_seq_system *s = &r->system;
    a = dtn_seq_alias(r, a);
    if (a < 0)
        fmpq_add(&form[s->unknowns], &form[s->unknowns], factor);
    else if (s->known[a])
        fmpq_addmul(&form[s->unknowns], factor, &s->value[a]);
    else
        fmpq_add(&form[s->column[a]], &form[s->column[a]], factor);
}

/* form += w(x), the weight of node x in the eyes of the mover there. false: a product of unknowns. */
static bool add_node(const dtn_seq_run *r, fmpq *form, int x, fmpq_t work)
{
    const dtn_seq_game *g = &r->game;
    int h = g->tree->node[x].infoset, mover = dtn_seq_set(r, h)->player, unknown = -1;
    fmpq_set(work, &g->chance[x]);
    if (r->own_belief && r->own_belief[h]) {
        int column = r->system.column[g->actions + g->infosets + x];
        fmpq_add(&form[column], &form[column], work);
        return true;
    }
    for (int p = 0; p < g->players; p++) {
        if (p == mover)
            continue;
        int a = dtn_seq_alias(r, g->last[x * g->players + p]);
        if (a < 0)
            continue;
        if (r->system.known[a])
            fmpq_mul(work, work, &r->system.value[a]);
        else if (unknown >= 0)
            return false;
        else
            unknown = a;
    }
    add_weight(r, form, unknown, work);
    return true;
}

/* Which information sets are described: those of the component; on the path, too, where it is a family. */
static bool described(const portrait *p, int h)
{
    if (p->r->reached[h])
        return p->o->family;
    for (int i = 0; i < p->c->infosets; i++)
        if (p->c->infoset[i] == h)
            return true;
    return false;
}

static int carriers_of(const dtn_seq_run *r, int h)
{
    int carriers = 0;
    for (int k = 0; k < dtn_seq_set(r, h)->members; k++)
        carriers += r->carrier[dtn_seq_member(r, h, k)];
    return carriers;
}

static void want_all(portrait *p)
{
    dtn_seq_run *r = p->r;
    for (int h = 0; h < r->game.infosets; h++) {
        const dtn_infoset *set = dtn_seq_set(r, h);
        if (!described(p, h))
            continue;
        for (int k = 0; k < set->actions && mixed(r->support[h]); k++)
            if (r->support[h] >> k & 1)
                want(r, set->first_action + k);
        for (int k = 0; k < set->members && r->own_belief && r->own_belief[h]; k++)
            dtn_seq_column(r, r->game.actions + r->game.infosets + dtn_seq_member(r, h, k));
        for (int k = 0; k < set->members && carriers_of(r, h) > 1 && r->mode >= DTN_RUNG_PBE; k++)
            for (int q = 0; q < r->game.players && r->carrier[dtn_seq_member(r, h, k)]; q++)
                if (q != set->player)
                    want(r, r->game.last[dtn_seq_member(r, h, k) * r->game.players + q]);
    }
}

/* All ratios that vary within this cell; what is fixed by the support is widened at once. */
static dtn_status ratios_of(portrait *p, ratio **out, int *count)
{
    dtn_seq_run *r = p->r;
    int n = r->system.unknowns, most = r->game.actions + r->game.nodes;
    fmpq *one = dtn_arena_fmpq(r->ctx->scratch, 2);
    *count = 0;
    if (!one)
        return dtn_fail_nomem(r->ctx);
    fmpq_one(one);
    DTN_ALLOC(r->ctx, r->ctx->scratch, *out, most);
    for (int h = 0; h < r->game.infosets; h++) {
        const dtn_infoset *set = dtn_seq_set(r, h);
        int carriers = carriers_of(r, h);
        if (!described(p, h))
            continue;
        for (int k = 0; k < set->actions; k++) {
            bool played = r->support[h] >> k & 1;
            if (!played || !mixed(r->support[h])) {
                widen_to(p->out, set->first_action + k, played);
                continue;
            }
            ratio *q = &(*out)[(*count)++];
            q->index = set->first_action + k;
            DTN_ALLOC_FMPQ(r->ctx, r->ctx->scratch, q->top, n + 1);
            DTN_ALLOC_FMPQ(r->ctx, r->ctx->scratch, q->bottom, n + 1);
            add_weight(r, q->top, set->first_action + k, one);
            add_weight(r, q->bottom, r->game.prior[h], one);
        }
        for (int k = 0; k < set->members && set->members > 1 && r->mode >= DTN_RUNG_PBE; k++) {
            int x = dtn_seq_member(r, h, k);
            if (!r->carrier[x] || carriers == 1) {
                widen_to(p->out, r->game.actions + x, r->carrier[x]);
                continue;
            }
            ratio *q = &(*out)[(*count)++];
            q->index = r->game.actions + x;
            DTN_ALLOC_FMPQ(r->ctx, r->ctx->scratch, q->top, n + 1);
            DTN_ALLOC_FMPQ(r->ctx, r->ctx->scratch, q->bottom, n + 1);
            bool linear = add_node(r, q->top, x, one + 1);
            for (int m = 0; m < set->members; m++)
                if (r->carrier[dtn_seq_member(r, h, m)])
                    linear = add_node(r, q->bottom, dtn_seq_member(r, h, m), one + 1) && linear;
            if (!linear) {
                p->out->complete = false;
                (*count)--;
            }
        }
    }
    return DTN_OK;
}

/* --- bounds and dimension ------------------------------------------------------------------------ */

/* Largest (sign 1) or least (sign -1) value of the ratio over the closed cell. */
static dtn_status bound(portrait *p, const ratio *q, int sign, fmpq_t value)
{
    dtn_seq_run *r = p->r;
    const dtn_seq_system *s = &r->system;
    dtn_arena *scratch = r->ctx->scratch;
    int n = s->unknowns, columns = n + 1, rows = s->rows + 1;
    fmpq *a, *b, *x, *goal;
    dtn_lp_sense *sense;
    bool *nonnegative;
    DTN_ALLOC_FMPQ(r->ctx, scratch, a, rows * columns);
    DTN_ALLOC_FMPQ(r->ctx, scratch, b, rows);
    DTN_ALLOC_FMPQ(r->ctx, scratch, x, columns);
    DTN_ALLOC_FMPQ(r->ctx, scratch, goal, columns);
    DTN_ALLOC(r->ctx, scratch, sense, rows);
    DTN_ALLOC(r->ctx, scratch, nonnegative, columns);
    for (int i = 0; i < s->rows; i++) {
        for (int j = 0; j < n; j++)
            fmpq_set(&a[i * columns + j], &s->a[(size_t)i * (size_t)s->stride + (size_t)j]);
        fmpq_neg(&a[i * columns + n], &s->b[i]);
        sense[i] = s->sense[i];
    }
    for (int j = 0; j < columns; j++) {
        nonnegative[j] = j == n || !dtn_seq_is_value(r, s->unknown[j]);
        fmpq_set(&a[s->rows * columns + j], &q->bottom[j]);
        fmpq_mul_si(&goal[j], &q->top[j], sign);
    }
    fmpq_one(&b[s->rows]);
    sense[s->rows] = DTN_LP_EQ;
    dtn_polyhedron set = {rows, columns, a, b, sense, nonnegative};
    dtn_lp_answer answer;
    r->lps++;
    r->found->drawn += (double)rows * columns;
    DTN_TRY(dtn_lp_maximise(r->ctx, &answer, x, value, &set, goal));
    if (answer != DTN_LP_OPTIMAL)
        return dtn_fail(r->ctx, DTN_INTERNAL, "a probability off the path has no bound");
    if (sign < 0)
        fmpq_neg(value, value);
    return DTN_OK;
}

/* Rank of the gradients of the ratios modulo the equations that hold on the whole cell. */
static dtn_status rank_of(portrait *p, const ratio *q, int count, int *rank)
{
    dtn_seq_run *r = p->r;
    const dtn_seq_system *s = &r->system;
    dtn_arena *scratch = r->ctx->scratch;
    int n = s->unknowns, rows = s->rows;
    fmpq *a, *x, *forms;
    bool *nonnegative, *strict;
    dtn_lp_answer answer;
    *rank = 0;
    if (n == 0)
        return DTN_OK;
    DTN_ALLOC_FMPQ(r->ctx, scratch, a, rows * n + 1);
    DTN_ALLOC_FMPQ(r->ctx, scratch, x, n);
    DTN_ALLOC_FMPQ(r->ctx, scratch, forms, 2);
    DTN_ALLOC(r->ctx, scratch, nonnegative, n);
    DTN_ALLOC(r->ctx, scratch, strict, rows + 1);
    for (int j = 0; j < n; j++)
        nonnegative[j] = !dtn_seq_is_value(r, s->unknown[j]);
    for (int i = 0; i < rows; i++)
        for (int j = 0; j < n; j++)
            fmpq_set(&a[i * n + j], &s->a[(size_t)i * (size_t)s->stride + (size_t)j]);
    dtn_polyhedron set = {rows, n, a, s->b, s->sense, nonnegative};
    DTN_TRY(dtn_lp_interior(r->ctx, &answer, x, strict, NULL, &set));
    if (answer != DTN_LP_OPTIMAL)
        return DTN_OK;
    fmpq_mat_t m, tight;
    fmpq_mat_init(m, rows + count, n);
    fmpq_mat_init(tight, rows, n);
    for (int i = 0; i < rows; i++)
        for (int j = 0; j < n && !strict[i]; j++) {
            fmpq_set(fmpq_mat_entry(m, i, j), &a[i * n + j]);
            fmpq_set(fmpq_mat_entry(tight, i, j), &a[i * n + j]);
        }
    for (int i = 0; i < count; i++) { /* bottom * d top - top * d bottom */
        fmpq_set(&forms[0], &q[i].top[n]);
        fmpq_set(&forms[1], &q[i].bottom[n]);
        for (int j = 0; j < n; j++) {
            fmpq_addmul(&forms[0], &q[i].top[j], &x[j]);
            fmpq_addmul(&forms[1], &q[i].bottom[j], &x[j]);
        }
        for (int j = 0; j < n; j++) {
            fmpq_mul(fmpq_mat_entry(m, rows + i, j), &forms[1], &q[i].top[j]);
            fmpq_submul(fmpq_mat_entry(m, rows + i, j), &forms[0], &q[i].bottom[j]);
        }
    }
    *rank = (int)fmpq_mat_rref(m, m) - (int)fmpq_mat_rref(tight, tight);
    fmpq_mat_clear(m);
    fmpq_mat_clear(tight);
    return DTN_OK;
}

static dtn_status draw_cell(portrait *p, const bool *may_vanish)
{
    dtn_seq_run *r = p->r;
    ratio *q = NULL;
    int count, rank;
    bool feasible;
    fmpq *x;
    DTN_ALLOC_FMPQ(r->ctx, r->ctx->scratch, x, r->system.unknowns + 2);
    DTN_TRY(dtn_seq_feasible(r, &feasible, x, may_vanish));
    if (!feasible)
        return DTN_OK;
    DTN_TRY(ratios_of(p, &q, &count));
    for (int i = 0; i < count; i++) {
        dtn_arena_mark mark = dtn_arena_save(r->ctx->scratch);
        DTN_TRY(bound(p, &q[i], -1, &x[0]));
        DTN_TRY(bound(p, &q[i], 1, &x[1]));
        dtn_arena_release(r->ctx->scratch, mark);
        widen(p->out, q[i].index, &x[0], &x[1]);
    }
    DTN_TRY(rank_of(p, q, count, &rank));
    p->dimension = rank > p->dimension ? rank : p->dimension;
    return DTN_OK;
}

static dtn_status draw(dtn_seq_run *r, void *user, const int *tremble, const int *order, int trembles,
                       const bool *may_vanish)
{
    portrait *p = user;
    if (r->found->drawn > most_drawn)
        return dtn_fail(r->ctx, DTN_LIMIT, "too many cells to describe");
    dtn_seq_system_clear(r);
    want_all(p);
    dtn_seq_cell_rows(r, p->o, p->c, tremble, order, trembles, may_vanish);
    if (!dtn_seq_linear(r)) { /* bounds from inside only: of one slice */
        dtn_seq_answer answer;
        p->out->complete = false;
        DTN_TRY(dtn_seq_products(r, &answer, p->point, may_vanish));
        if (answer != DTN_SEQ_YES)
            return DTN_OK;
    }
    dtn_arena_mark mark = dtn_arena_save(r->ctx->scratch);
    dtn_status status = draw_cell(p, may_vanish);
    dtn_arena_release(r->ctx->scratch, mark);
    return status;
}

void dtn_seq_fixed_path(const dtn_seq_run *r, const dtn_seq_outcome *o, dtn_seq_ranges *out)
{
    fmpq_t x;
    fmpq_init(x);
    for (int a = 0; a < r->game.actions && !o->family; a++) {
        int h = r->game.tree->action[a].infoset, prior = r->game.prior[h];
        if (!o->reached[h])
            continue;
        if (!o->known[a]) {
            widen_to(out, a, o->support[h] >> (a - dtn_seq_set(r, h)->first_action) & 1);
            continue;
        }
        while (prior >= 0 && !o->known[prior])
            prior = r->game.prior[r->game.tree->action[prior].infoset];
        fmpq_set(x, &o->weight[a]);
        if (prior >= 0)
            fmpq_div(x, x, &o->weight[prior]);
        widen(out, a, x, x);
    }
    fmpq_clear(x);
}

/* Is the cell the first of its component with its support? */
static bool first_of_support(const dtn_seq_component *c, int cell)
{
    for (int k = 0; k < cell; k++) {
        bool same = true;
        for (int i = 0; i < c->infosets && same; i++)
            same = c->cell[k].support[i] == c->cell[cell].support[i];
        if (same)
            return false;
    }
    return true;
}

dtn_status dtn_seq_describe(dtn_seq_run *r, const dtn_seq_outcome *o, dtn_seq_ranges *out)
{
    int dimension = 0;
    dtn_seq_enter(r, o);
    r->every_belief = true;
    const dtn_seq_component *component = o->component;
    fmpq *point = dtn_arena_fmpq(r->work, (size_t)r->system.codes + 1);
    if (!point)
        return dtn_fail_nomem(r->ctx);
    if (o->refined && r->options.rung >= DTN_RUNG_D1) { /* the set of those that are listed */
        component = o->refined;
        r->banned = o->banned;
    }
    dtn_status status = DTN_OK;
    for (int i = 0; i < o->components && status == DTN_OK; i++) {
        portrait p = {.r = r, .o = o, .c = &component[i], .out = out, .point = point};
        for (int k = 0; k < p.c->cells && status == DTN_OK; k++) {
            if (!first_of_support(p.c, k))
                continue;
            for (int j = 0; j < p.c->infosets; j++)
                r->support[p.c->infoset[j]] = p.c->cell[k].support[j];
            dtn_seq_lower_set_up(r, p.c);
            status = dtn_seq_orders(r, p.c, draw, &p);
            dtn_seq_lower_undo(r, p.c);
        }
        for (int j = 0; j < p.c->infosets; j++)
            r->support[p.c->infoset[j]] = 0;
        dimension += p.dimension;
    }
    r->every_belief = false;
    r->banned = NULL;
    dtn_seq_system_clear(r);
    if (status == DTN_LIMIT &&
        r->found->drawn > most_drawn) { /* a part of it; the equilibria themselves are all there */
        out->complete = false;
        status = DTN_OK;
    }
    out->dimension = dimension > out->dimension ? dimension : out->dimension;
    return status;
}
