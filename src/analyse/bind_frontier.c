/* Two levers: the map of where the target holds, the staircase of minimal guarantees, and the cheapest of them.
 *
 * Method: the map is that of `regions` over verdicts (regions_map.c). The staircase: at equally spaced values of the first lever the exact
 *   stretches of the second. The cheapest point is sought among the steps, those at vertical and horizontal borders, and the
 *   corners of proved squares; no square in which the target may hold costs less than the bound.
 * Cost: a map, and a line a step. Exact: steps and costs; the bound is a ball's. */
#include "analyse/bind_parts.h"

#include "num/ball.h"

enum { STEPS = 8, MOST_LINES = 24, LEVEL = 7, PRECISION = 64 };

typedef struct finder {
    dtn_ctx *ctx;
    dtn_arena *arena;
    dtn_bind_frontier *out;
    const dtn_bind_ask *ask;
    dtn_point at; /* the job's point, in scratch */
} finder;

static dtn_status cost_of(finder *f, fmpq_t out, const fmpq *value)
{
    fmpq *one;
    fmpq_zero(out);
    DTN_ALLOC_FMPQ(f->ctx, f->ctx->scratch, one, 1);
    for (int k = 0; k < 2; k++) {
        DTN_TRY(dtn_lever_cost(f->ctx, one, f->ask->scenario, f->ask->point, f->out->map.param[k], value + k));
        fmpq_add(out, out, one);
    }
    return DTN_OK;
}

static dtn_status consider(finder *f, const fmpq *value, bool attained)
{
    dtn_bind_frontier *out = f->out;
    fmpq *cost;
    DTN_ALLOC_FMPQ(f->ctx, f->ctx->scratch, cost, 1);
    DTN_TRY(cost_of(f, cost, value));
    int order = out->has_least ? fmpq_cmp(cost, out->cost) : -1;
    if (order > 0 || (order == 0 && (out->attained || !attained)))
        return DTN_OK;
    out->has_least = true;
    out->attained = attained;
    fmpq_set(out->cost, cost);
    fmpq_set(out->cheapest, value);
    fmpq_set(out->cheapest + 1, value + 1);
    return DTN_OK;
}

/* The stretches of lever `along` (0, 1) with the other one at x. */
static dtn_status cross(finder *f, dtn_bind_step *out, int along, const fmpq *x)
{
    const dtn_bind_ask *ask = f->ask;
    const dtn_regions_answer *m = &f->out->map;
    dtn_sweep *sweep;
    dtn_faces *faces = NULL;
    const dtn_stretch *s;
    int count, bit = f->out->yes;
    fmpq_set(&out->x, x);
    fmpq_set(&f->at.value[m->param[!along]], x);
    DTN_TRY(dtn_sweep_new(f->ctx, &sweep, ask->scenario, &f->at, ask->rung, ask->target, ask->targets));
    sweep->asks = m->sweep->asks;
    sweep->prob = m->sweep->prob;
    dtn_status status = dtn_faces_new(f->ctx, &faces, sweep, &m->param[along], 1);
    if (status == DTN_OK)
        status = dtn_faces_line(f->ctx, sweep->arena, &s, &count, faces, m->lo + along, m->hi + along);
    out->known = status == DTN_OK;
    out->none = true;
    for (int i = 0; status == DTN_OK && i < count; i++) {
        bool yes = s[i].pattern >= 0 && (s[i].pattern & bit);
        bool here = i > 0 && s[i].left.here >= 0 && (s[i].left.here & bit);
        out->known = out->known && s[i].pattern != DTN_FACE_UNKNOWN;
        bool before = i > 0 && s[i - 1].pattern >= 0 && (s[i - 1].pattern & bit);
        if (yes && !(before && (here || !fmpq_equal(&s[i].left.lo, &s[i].left.hi)))) {
            out->more = !out->none;
            if (out->none) {
                out->none = false;
                fmpq_add(&out->lo, &s[i].left.lo, &s[i].left.hi);
                fmpq_div_2exp(&out->lo, &out->lo, 1);
                out->lo_exact = fmpq_equal(&s[i].left.lo, &s[i].left.hi);
                out->lo_included = s[i].left.here >= 0 && (s[i].left.here & bit);
            }
        }
        if (yes && !out->more) {
            fmpq_set(&out->hi, &s[i].right.lo);
            out->to_end = i + 1 == count;
        }
    }
    dtn_faces_free(faces);
    dtn_sweep_free(sweep);
    fmpq_set(&f->at.value[m->param[!along]], &ask->point->value[m->param[!along]]);
    return status;
}

static dtn_status new_step(finder *f, dtn_bind_step *s)
{
    *s = (dtn_bind_step){.none = false};
    return dtn_arena_fmpq_at(f->arena, &s->x, 1) && dtn_arena_fmpq_at(f->arena, &s->lo, 1) &&
                   dtn_arena_fmpq_at(f->arena, &s->hi, 1)
               ? DTN_OK
               : dtn_fail_nomem(f->ctx);
}

/* The ends of a step are candidates for the cheapest point. */
static dtn_status consider_step(finder *f, const dtn_bind_step *s, int along)
{
    fmpq *value;
    if (!s->known || s->none)
        return DTN_OK;
    DTN_ALLOC_FMPQ(f->ctx, f->ctx->scratch, value, 2);
    fmpq_set(value + !along, &s->x);
    fmpq_set(value + along, &s->lo);
    if (s->lo_exact)
        DTN_TRY(consider(f, value, s->lo_included));
    fmpq_set(value + along, &s->hi);
    return s->to_end ? consider(f, value, false) : DTN_OK;
}

/* x = a rational at which a border that parts the target from its absence runs straight across lever k; false: it does not. */
static bool straight(fmpq_t x, const dtn_regions_answer *m, int border, int k)
{
    const fmpz_mpoly_ctx_struct *ring = dtn_trace_ring(m->faces->trace);
    const fmpz_mpoly_struct *p = dtn_trace_factor(m->faces->trace, m->map.border[border].factor);
    if (fmpz_mpoly_degree_si(p, k, ring) != 1 || fmpz_mpoly_degree_si(p, !k, ring) != 0)
        return false;
    ulong one[2] = {k == 0, k == 1}, zero[2] = {0, 0};
    fmpz_mpoly_get_coeff_fmpz_ui(fmpq_denref(x), p, one, ring);
    fmpz_mpoly_get_coeff_fmpz_ui(fmpq_numref(x), p, zero, ring);
    fmpz_neg(fmpq_numref(x), fmpq_numref(x));
    fmpq_canonicalise(x);
    return fmpq_cmp(x, m->lo + k) >= 0 && fmpq_cmp(x, m->hi + k) <= 0;
}

static bool known(const fmpq *x, int count, const fmpq *value)
{
    for (int i = 0; i < count; i++)
        if (fmpq_equal(x + i, value))
            return true;
    return false;
}

/* Equally spaced values of the first lever, and those at which a border runs straight across. */
static dtn_status build_steps(finder *f)
{
    const dtn_regions_answer *m = &f->out->map;
    dtn_bind_step *step;
    fmpq *x, *one;
    int count = 0;
    DTN_ALLOC(f->ctx, f->arena, step, STEPS + 1 + MOST_LINES);
    DTN_ALLOC_FMPQ(f->ctx, f->ctx->scratch, x, STEPS + 1 + MOST_LINES);
    DTN_ALLOC_FMPQ(f->ctx, f->ctx->scratch, one, 1);
    f->out->step = step;
    for (int i = 0; i <= STEPS; i++, count++) {
        fmpq_sub(x + i, m->hi, m->lo);
        fmpq_set_si(one, i, STEPS);
        fmpq_mul(x + i, x + i, one);
        fmpq_add(x + i, x + i, m->lo);
    }
    for (int i = 0; i < m->map.borders && count < STEPS + 1 + MOST_LINES; i++)
        if (straight(one, m, i, 0) && !known(x, count, one)) {
            int at = count++;
            for (; at > 0 && fmpq_cmp(x + at - 1, one) > 0; at--)
                fmpq_set(x + at, x + at - 1);
            fmpq_set(x + at, one);
        }
    for (int i = 0; i < count; i++) {
        DTN_TRY(new_step(f, &step[i]));
        DTN_TRY(cross(f, &step[i], 1, x + i));
        f->out->steps++;
        DTN_TRY(consider_step(f, &step[i], 1));
    }
    return DTN_OK;
}

/* Borders that run straight along the first lever: one line along each. */
static dtn_status follow_borders(finder *f)
{
    const dtn_regions_answer *m = &f->out->map;
    fmpq *y;
    DTN_ALLOC_FMPQ(f->ctx, f->ctx->scratch, y, m->map.borders + 1);
    for (int i = 0, lines = 0; i < m->map.borders && lines < MOST_LINES; i++) {
        dtn_bind_step *s;
        if (!straight(y + lines, m, i, 1) || known(y, lines, y + lines))
            continue;
        DTN_ALLOC(f->ctx, f->arena, s, 1);
        DTN_TRY(new_step(f, s));
        DTN_TRY(cross(f, s, 0, y + lines++));
        DTN_TRY(consider_step(f, s, 0));
    }
    return DTN_OK;
}

/* Lower bound of the cost on a square: by balls. */
static dtn_status bound_cell(finder *f, fmpq_t out, const fmpq *lo, const fmpq *hi)
{
    const dtn_scenario *s = f->ask->scenario;
    int params = s->params;
    dtn_status status = DTN_OK;
    arb_ptr slot = _arb_vec_init(params);
    arb_t cost, sum;
    arf_t low;
    arb_init(cost);
    arb_init(sum);
    arf_init(low);
    for (int i = 0; i < params; i++)
        arb_set_fmpq(slot + i, &f->ask->point->value[i], PRECISION);
    for (int k = 0; k < 2; k++) {
        arb_ptr own = slot + f->out->map.param[k];
        arb_set_fmpq(own, lo + k, PRECISION);
        arb_set_fmpq(cost, hi + k, PRECISION);
        arb_union(own, own, cost, PRECISION);
    }
    for (int k = 0; k < 2; k++) {
        const dtn_expr *e = s->param[f->out->map.param[k]].cost;
        if (e)
            dtn_expr_ball(cost, e, slot, PRECISION);
        else
            arb_set(cost, slot + f->out->map.param[k]);
        arb_add(sum, sum, cost, PRECISION);
    }
    arb_get_lbound_arf(low, sum, PRECISION);
    if (arf_is_finite(low))
        arf_get_fmpq(out, low);
    else
        status = dtn_fail(f->ctx, DTN_DOMAIN, "the cost of a lever cannot be bounded");
    arf_clear(low);
    arb_clear(sum);
    arb_clear(cost);
    _arb_vec_clear(slot, params);
    return status;
}

/* The least bound over all squares in which the target may hold; corners of proved squares are candidates. */
static dtn_status bound_cost(finder *f)
{
    const dtn_regions_answer *m = &f->out->map;
    fmpq *corner, *bound;
    bool first = true;
    DTN_ALLOC_FMPQ(f->ctx, f->ctx->scratch, corner, 5);
    bound = corner + 4;
    for (int i = 0; i < m->map.cells; i++) {
        const dtn_region_cell *c = &m->map.cell[i];
        bool may = c->patterns >> DTN_REGION_UNKNOWN & 1, sure = !may;
        for (int p = 0; p < 4; p++)
            if (c->patterns >> p & 1) {
                may = may || (p & f->out->yes);
                sure = sure && (p & f->out->yes);
            }
        sure = sure && !(c->patterns >> DTN_REGION_OUTSIDE);
        if (!may)
            continue;
        for (int k = 0; k < 4; k++) {
            long at = k == 0 ? c->x : k == 1 ? c->y : k == 2 ? c->x + c->w : c->y + c->h;
            fmpq_sub(corner + k, m->hi + k % 2, m->lo + k % 2);
            fmpq_set_si(bound, at, 1);
            fmpq_div_2exp(bound, bound, (ulong)c->level);
            fmpq_mul(corner + k, corner + k, bound);
            fmpq_add(corner + k, corner + k, m->lo + k % 2);
        }
        DTN_TRY(bound_cell(f, bound, corner, corner + 2));
        if (first || fmpq_cmp(bound, f->out->cost_bound) < 0)
            fmpq_set(f->out->cost_bound, bound);
        first = false;
        if (sure)
            DTN_TRY(consider(f, corner, false));
    }
    if (f->out->has_least && fmpq_cmp(f->out->cost_bound, f->out->cost) > 0) /* rounding of the balls */
        fmpq_set(f->out->cost_bound, f->out->cost);
    return DTN_OK;
}

static dtn_status draw_map(finder *f)
{
    dtn_regions_answer *m = &f->out->map;
    fmpq *share;
    DTN_ALLOC_FMPQ(f->ctx, f->arena, share, 1);
    fmpq_set_si(share, 1, 400);
    dtn_map_options options = {.level = LEVEL, .deepest = LEVEL + 3, .share = share};
    DTN_TRY(dtn_faces_new(f->ctx, &m->faces, m->sweep, m->param, 2));
    DTN_TRY(dtn_region_map_make(f->ctx, f->arena, &m->map, m->faces, m->lo, m->hi, &options));
    DTN_TRY(dtn_region_map_finish(f->ctx, f->arena, &m->map, m->faces, m->lo, m->hi));
    for (int i = 0; i < m->map.borders; i++)
        DTN_TRY(dtn_border_text(f->ctx, f->arena, &m->map.border[i].text, &m->map.border[i].latex, m->faces,
                                m->map.border[i].factor));
    return DTN_OK;
}

static dtn_status find(finder *f)
{
    const dtn_bind_ask *ask = f->ask;
    dtn_regions_answer *m = &f->out->map;
    const dtn_snapshot *now;
    DTN_TRY(dtn_sweep_new(f->ctx, &m->sweep, ask->scenario, ask->point, ask->rung, ask->target, ask->targets));
    m->sweep->asks = dtn_predicate_asks(f->out->predicate);
    m->sweep->prob = ask->prob;
    DTN_TRY(dtn_sweep_now(f->ctx, &now, m->sweep));
    m->pattern_now = now->pattern;
    f->out->holds_now = now->pattern >= 0 && (now->pattern & f->out->yes);
    DTN_TRY(draw_map(f));
    DTN_TRY(dtn_point_new(f->ctx, f->ctx->scratch, &f->at, ask->scenario));
    for (int i = 0; i < ask->scenario->params; i++)
        fmpq_set(&f->at.value[i], &ask->point->value[i]);
    DTN_TRY(build_steps(f));
    DTN_TRY(follow_borders(f));
    return bound_cost(f);
}

dtn_status dtn_bind_frontier_find(dtn_ctx *ctx, dtn_arena *arena, dtn_bind_frontier *out,
                                  const dtn_bind_ask *ask, int second)
{
    const dtn_scenario *s = ask->scenario;
    *out = (dtn_bind_frontier){.target = ask->target, .targets = ask->targets, .prob = ask->prob};
    while (out->predicate < DTN_PREDICATES && !ask->wanted[out->predicate])
        out->predicate++;
    out->yes = dtn_predicate_bit(out->predicate);
    out->map =
        (dtn_regions_answer){.scenario = s, .rung = ask->rung, .params = 2, .param = {ask->lever, second}};
    DTN_ALLOC_FMPQ(ctx, arena, out->map.lo, 6);
    out->map.hi = out->map.lo + 2;
    out->map.now = out->map.lo + 4;
    DTN_ALLOC_FMPQ(ctx, arena, out->cheapest, 2);
    DTN_ALLOC_FMPQ(ctx, arena, out->cost, 1);
    DTN_ALLOC_FMPQ(ctx, arena, out->cost_bound, 1);
    for (int k = 0; k < 2; k++) {
        const dtn_scn_param *p = &s->param[out->map.param[k]];
        fmpq_set(out->map.lo + k, &p->lo);
        fmpq_set(out->map.hi + k, &p->hi);
        fmpq_set(out->map.now + k, &ask->point->value[out->map.param[k]]);
        out->priced = out->priced || p->cost;
    }
    finder f = {.ctx = ctx, .arena = arena, .out = out, .ask = ask};
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = find(&f);
    dtn_arena_release(ctx->scratch, mark);
    return status;
}

void dtn_bind_frontier_free(dtn_bind_frontier *f)
{
    dtn_faces_free(f->map.faces);
    dtn_sweep_free(f->map.sweep);
    f->map.faces = NULL;
    f->map.sweep = NULL;
}
