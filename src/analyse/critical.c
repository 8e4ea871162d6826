/* Critical values: where, along one parameter, the set of classes of the listed equilibria changes; and the tornado's bar.
 *
 * Method: line.c scans the range and locates each change; binding.c names the incentive that switches there. The bar is the range
 * of the target's probability and of payoffs over all solved points. Cost: as line.c. Exact: values that an incentive pins; others
 * are brackets. */
#include "analyse/critical.h"

#include "analyse/binding.h"
#include "analyse/regions.h"

static int pattern_of(const void *user, const dtn_snapshot *s)
{
    (void)user;
    return s->pattern;
}

static void widen(dtn_extent *out, bool first, const fmpq *x)
{
    if (first || fmpq_cmp(x, &out->lo) < 0)
        fmpq_set(&out->lo, x);
    if (first || fmpq_cmp(x, &out->hi) > 0)
        fmpq_set(&out->hi, x);
}

static dtn_status extent_init(dtn_ctx *ctx, dtn_arena *arena, dtn_extent *e)
{
    return dtn_arena_fmpq_at(arena, &e->lo, 1) && dtn_arena_fmpq_at(arena, &e->hi, 1) ? DTN_OK
                                                                                      : dtn_fail_nomem(ctx);
}

static dtn_status find_bars(dtn_ctx *ctx, dtn_arena *arena, dtn_critical *out, const dtn_line *line)
{
    int players = line->sweep->scenario->players;
    DTN_ALLOC(ctx, arena, out->payoff, players);
    for (int p = 0; p < players; p++)
        DTN_TRY(extent_init(ctx, arena, &out->payoff[p]));
    bool first = true;
    for (int i = 0; i < line->count; i++)
        for (int k = 0; k < line->at[i]->moments; k++) {
            const dtn_moment *m = &line->at[i]->moment[k];
            if (line->sweep->has_target)
                widen(&out->target, first, m->target);
            for (int p = 0; p < players; p++)
                widen(&out->payoff[p], first, m->payoff + p);
            first = false;
        }
    out->has_target = line->sweep->has_target && !first;
    return DTN_OK;
}

/* The two sides of a change differ in the order of classes that matters: the side named first in the bindings is the one whose
 * equilibrium is lost there. */
static dtn_status find_values(dtn_ctx *ctx, dtn_arena *arena, dtn_critical *out, dtn_line *line)
{
    const dtn_label label = {pattern_of, NULL, NULL};
    const dtn_break *at;
    dtn_critical_value *value;
    DTN_TRY(dtn_line_breaks(ctx, &at, &out->values, line, &label));
    DTN_ALLOC(ctx, arena, value, out->values);
    out->value = value;
    int breaks = out->values;
    out->values = 0;
    for (int i = 0; i < breaks; i++) {
        dtn_critical_value *v = &value[out->values];
        /* What holds at the very end of the range only (a probability of 0, say) is no change within it. */
        if (at[i].here && (at[i].here == line->at[0] || at[i].here == line->at[line->count - 1]))
            continue;
        DTN_TRY(dtn_bind_end_of(ctx, arena, &v->end, line->sweep, &at[i], false, &label));
        v->end.included = true;
        v->before = at[i].left->pattern;
        v->after = at[i].right->pattern;
        v->here = at[i].here ? at[i].here->pattern : -1;
        out->values++;
    }
    return DTN_OK;
}

/* Whether the exact stretches of the line have just these changes. */
static bool is_confirmed(const dtn_critical *c, const dtn_stretch *stretch, int stretches)
{
    if (stretches != c->values + 1)
        return false;
    for (int i = 0; i < stretches; i++) {
        const dtn_critical_value *left = i ? &c->value[i - 1] : NULL,
                                 *right = i < c->values ? &c->value[i] : NULL;
        if (stretch[i].pattern < 0 || stretch[i].unseen || (left && left->after != stretch[i].pattern) ||
            (right && (right->before != stretch[i].pattern || !right->end.exact ||
                       !fmpq_equal(&right->end.at, &stretch[i].right.lo) ||
                       !fmpq_equal(&right->end.at, &stretch[i].right.hi))))
            return false;
    }
    return true;
}

/* Proves, where that is cheap, that the scan missed nothing. */
static dtn_status prove(dtn_ctx *ctx, dtn_critical *out, dtn_line *line)
{
    enum { MOST_EFFORT = 500 };
    dtn_faces *faces;
    const dtn_stretch *stretch;
    int stretches;
    if (out->proved || line->undecided || line->sweep->effort > MOST_EFFORT)
        return DTN_OK;
    dtn_status status = dtn_faces_new(ctx, &faces, line->sweep, &line->param, 1);
    if (status == DTN_UNSUPPORTED)
        return DTN_OK;
    DTN_TRY(status);
    status = dtn_faces_line(ctx, line->sweep->arena, &stretch, &stretches, faces, line->lo, line->hi);
    dtn_faces_free(faces);
    if (status == DTN_OK)
        out->proved = is_confirmed(out, stretch, stretches);
    return status;
}

dtn_status dtn_critical_on_line(dtn_ctx *ctx, dtn_arena *arena, dtn_critical *out, dtn_line *line)
{
    *out = (dtn_critical){.param = line->param, .moves = true};
    fmpq *const number[] = {&out->now, &out->lo, &out->hi, &out->resolution, &out->share};
    for (size_t i = 0; i < sizeof number / sizeof *number; i++)
        if (!dtn_arena_fmpq_at(arena, number[i], 1))
            return dtn_fail_nomem(ctx);
    DTN_TRY(extent_init(ctx, arena, &out->target));
    fmpq_set(&out->now, &line->sweep->point.value[line->param]);
    fmpq_set(&out->lo, line->lo);
    fmpq_set(&out->hi, line->hi);
    fmpq_set(&out->resolution, line->resolution);
    out->proved = !line->sweep->matters[line->param];
    out->cut_lo = line->cut_lo;
    out->cut_hi = line->cut_hi;
    DTN_TRY(find_values(ctx, arena, out, line));
    out->undecided = line->undecided;
    DTN_TRY(prove(ctx, out, line));
    return find_bars(ctx, arena, out, line);
}

dtn_status dtn_critical_find(dtn_ctx *ctx, dtn_arena *arena, dtn_critical *out, const dtn_scenario *s,
                             const dtn_point *point, dtn_rung rung, int param, int cells)
{
    dtn_sweep *sweep;
    dtn_line *line;
    if (s->param[param].formula || !s->param[param].ranged)
        return dtn_fail(ctx, DTN_DOMAIN, "parameter %s has no range: there is nothing to move it over",
                        s->param[param].name);
    DTN_TRY(dtn_sweep_new(ctx, &sweep, s, point, rung, NULL, 0));
    dtn_status status =
        dtn_line_scan(ctx, &line, sweep, param, &s->param[param].lo, &s->param[param].hi, cells);
    if (status == DTN_OK)
        status = dtn_critical_on_line(ctx, arena, out, line);
    if (status == DTN_OK)
        out->solves = sweep->solves;
    dtn_sweep_free(sweep);
    return status;
}
