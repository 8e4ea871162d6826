/* Dropping one claim at a time: what would be concluded if it had not been made.
 *
 * Method: a link says in which range its parameter lies if the claim is taken (effect) and if it is dropped (else). Over each
 * range, the others at the point, the classes of the listed equilibria are collected from a scan that is refined at every
 * change (line.c). A claim carries the class when there is one class with it and another without it. Cost: a scan a link.
 * Exact up to the scan's resolution: a class met only between neighbouring points is not seen. */
#include "analyse/critical.h"
#include "analyse/ledger.h"

static int pattern_of(const void *user, const dtn_snapshot *s)
{
    (void)user;
    return s->pattern;
}

static dtn_status init(dtn_ctx *ctx, dtn_arena *arena, dtn_extent *e)
{
    return dtn_arena_fmpq_at(arena, &e->lo, 1) && dtn_arena_fmpq_at(arena, &e->hi, 1) ? DTN_OK
                                                                                      : dtn_fail_nomem(ctx);
}

static void widen(dtn_extent *e, bool first, const fmpq *x)
{
    if (first || fmpq_cmp(x, &e->lo) < 0)
        fmpq_set(&e->lo, x);
    if (first || fmpq_cmp(x, &e->hi) > 0)
        fmpq_set(&e->hi, x);
}

/* Classes and target over the points of a line within a range. */
static dtn_status collect(dtn_ctx *ctx, dtn_arena *arena, const int **met, int *mets, dtn_extent *target,
                          const dtn_line *line, const dtn_extent *range)
{
    bool *seen, first = true;
    int *list;
    int classes = line->sweep->class_names;
    DTN_ALLOC(ctx, ctx->scratch, seen, classes);
    for (int i = 0; i < line->count; i++) {
        const dtn_snapshot *s = line->at[i];
        if (fmpq_cmp(s->x, &range->lo) < 0 || fmpq_cmp(s->x, &range->hi) > 0)
            continue;
        for (int k = 0; k < s->moments; k++) {
            seen[s->moment[k].class_] = true;
            widen(target, first, s->moment[k].target);
            first = false;
        }
    }
    DTN_ALLOC(ctx, arena, list, classes);
    *met = list;
    *mets = 0;
    for (int c = 0; c < classes; c++)
        if (seen[c])
            list[(*mets)++] = c;
    return DTN_OK;
}

static dtn_carries judge(const dtn_ledger_link *l)
{
    if (l->mets_with > 1)
        return DTN_CARRIES_OPEN;
    bool same = l->mets_with == 1 && l->mets_without == 1 && l->met_with[0] == l->met_without[0];
    return same || l->mets_without == 0 ? DTN_CARRIES_NOTHING : DTN_CARRIES_CLASS;
}

/* One link to one parameter. */
static dtn_status drop(dtn_ctx *ctx, dtn_arena *arena, dtn_ledger_link *out, dtn_sweep *sweep, int link,
                       int param, int cells)
{
    const dtn_scn_link *l = &sweep->scenario->link[link];
    *out = (dtn_ledger_link){.link = link, .param = param, .has_target = sweep->has_target};
    dtn_extent *const all[] = {&out->with, &out->without, &out->target_with, &out->target_without};
    for (int i = 0; i < 4; i++)
        DTN_TRY(init(ctx, arena, all[i]));
    fmpq_set(&out->with.lo, &l->effect_lo);
    fmpq_set(&out->with.hi, &l->effect_hi);
    fmpq_set(&out->without.lo, &l->else_lo);
    fmpq_set(&out->without.hi, &l->else_hi);
    const fmpq *lo = fmpq_cmp(&l->effect_lo, &l->else_lo) < 0 ? &l->effect_lo : &l->else_lo;
    const fmpq *hi = fmpq_cmp(&l->effect_hi, &l->else_hi) > 0 ? &l->effect_hi : &l->else_hi;
    const fmpq *const end[] = {&l->effect_lo, &l->effect_hi, &l->else_lo, &l->else_hi};
    const dtn_label label = {pattern_of, NULL, NULL};
    const dtn_break *breaks;
    dtn_line *line;
    int count, index;
    DTN_TRY(dtn_line_scan(ctx, &line, sweep, param, lo, hi, cells));
    for (int i = 0; i < 4; i++)
        DTN_TRY(dtn_line_probe(ctx, &index, line, end[i]));
    DTN_TRY(dtn_line_breaks(ctx, &breaks, &count, line, &label));
    DTN_TRY(collect(ctx, arena, &out->met_with, &out->mets_with, &out->target_with, line, &out->with));
    DTN_TRY(collect(ctx, arena, &out->met_without, &out->mets_without, &out->target_without, line,
                    &out->without));
    out->carries = judge(out);
    return DTN_OK;
}

static bool moves(const dtn_scenario *s, const dtn_scn_link *l, int param)
{
    if (!l->has_effect || !l->has_else || s->param[param].formula)
        return false;
    if (l->element.kind == DTN_ELEMENT_FAMILY)
        return s->param[param].family_index == l->element.index;
    return l->element.kind == DTN_ELEMENT_PARAM && l->element.index == param;
}

dtn_status dtn_ledger_drop(dtn_ctx *ctx, dtn_arena *arena, dtn_ledger_claim *claims, dtn_sweep *sweep,
                           int cells)
{
    const dtn_scenario *s = sweep->scenario;
    for (int c = 0; c < s->claims; c++) {
        int room = 0;
        dtn_ledger_link *list;
        for (int l = 0; l < s->links; l++)
            for (int p = 0; p < s->params; p++)
                room += s->link[l].claim == c && moves(s, &s->link[l], p);
        DTN_ALLOC(ctx, arena, list, room);
        claims[c].link = list;
        for (int l = 0; l < s->links; l++)
            for (int p = 0; p < s->params; p++) {
                if (s->link[l].claim != c || !moves(s, &s->link[l], p))
                    continue;
                if (dtn_sweep_tired(sweep)) {
                    claims[c].left_out++;
                    continue;
                }
                dtn_ledger_link *link = &list[claims[c].links++];
                dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
                DTN_TRY(drop(ctx, arena, link, sweep, l, p, cells));
                dtn_arena_release(ctx->scratch, mark);
                if (link->carries > claims[c].carries)
                    claims[c].carries = link->carries;
            }
    }
    return DTN_OK;
}
