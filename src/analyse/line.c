/* Changes of a label along one parameter.
 *
 * Method: a scan of equally spaced points; between neighbours that differ, candidates for the exact place come from the solved
 * points on both sides (line_root.c), from conditions of classes, and from the rational of least denominator; a candidate is
 * taken when an incentive switches exactly there and points at a thousandth of the gap on both sides carry the neighbours'
 * labels. Otherwise the gap is bisected. Cost: cells + about 6 solver runs a change. Exact: as dtn_break says; two changes
 * inside one gap that cancel are not seen. */
#include "analyse/line.h"

#include <string.h>

enum { LEVELS = 48, ROOTS = 8 };

static int place_of(const dtn_line *line, const fmpq_t x, bool *known)
{
    int lo = 0, hi = line->count;
    *known = false;
    while (lo < hi) {
        int middle = (lo + hi) / 2, order = fmpq_cmp(line->at[middle]->x, x);
        if (order == 0) {
            *known = true;
            return middle;
        }
        if (order < 0)
            lo = middle + 1;
        else
            hi = middle;
    }
    return lo;
}

dtn_status dtn_line_probe(dtn_ctx *ctx, int *index, dtn_line *line, const fmpq_t x)
{
    bool known;
    int place = place_of(line, x, &known);
    *index = place;
    if (known)
        return DTN_OK;
    const dtn_snapshot *s;
    DTN_TRY(dtn_sweep_at(ctx, &s, line->sweep, line->param, x));
    if (!s->inside) {
        *index = -1;
        return DTN_OK;
    }
    if (line->count == line->room) {
        const dtn_snapshot **fresh;
        DTN_ALLOC(ctx, line->sweep->arena, fresh, 2 * line->room);
        memcpy(fresh, line->at, (size_t)line->count * sizeof *fresh);
        line->at = fresh;
        line->room *= 2;
    }
    memmove(line->at + place + 1, line->at + place, (size_t)(line->count - place) * sizeof *line->at);
    line->at[place] = s;
    line->count++;
    line->undecided += !s->complete;
    return DTN_OK;
}

/* The end of the stretch around `inside` towards `outside`, where the constraints stop to hold: exact when it is a rational of
 * small denominator. */
static dtn_status find_cut(dtn_ctx *ctx, fmpq_t end, dtn_line *line, const fmpq_t inside, const fmpq_t outside)
{
    fmpq *u, *v, *middle;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, u, 3);
    v = u + 1;
    middle = u + 2;
    fmpq_set(u, inside);
    fmpq_set(v, outside);
    for (int i = 0; i < 40; i++) {
        bool holds;
        fmpq_add(middle, u, v);
        fmpq_div_2exp(middle, middle, 1);
        DTN_TRY(dtn_sweep_inside(ctx, &holds, line->sweep, line->param, middle));
        fmpq_set(holds ? u : v, middle);
    }
    if (fmpq_cmp(u, v) < 0)
        dtn_rational_simplest(end, u, v);
    else
        dtn_rational_simplest(end, v, u);
    return DTN_OK;
}

/* Cuts [lo, hi] to the stretch around the present value. */
static dtn_status cut(dtn_ctx *ctx, dtn_line *line, const fmpq *now)
{
    enum { STEPS = 64 };
    fmpq *x, *last;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, x, 2);
    last = x + 1;
    for (int side = 0; side < 2; side++) {
        fmpq *end = side ? line->hi : line->lo;
        fmpq_set(last, now);
        for (int i = 1; i <= STEPS; i++) {
            bool holds;
            fmpq_sub(x, end, now);
            fmpq_mul_si(x, x, i);
            fmpq_div_2exp(x, x, 6);
            fmpq_add(x, x, now);
            DTN_TRY(dtn_sweep_inside(ctx, &holds, line->sweep, line->param, x));
            if (!holds) {
                DTN_TRY(find_cut(ctx, end, line, last, x));
                *(side ? &line->cut_hi : &line->cut_lo) = true;
                break;
            }
            fmpq_set(last, x);
        }
    }
    return DTN_OK;
}

static dtn_status scan(dtn_ctx *ctx, dtn_line *line, int cells)
{
    int index;
    fmpq *x;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, x, 2);
    const fmpq *now = &line->sweep->point.value[line->param];
    bool within = fmpq_cmp(line->lo, now) <= 0 && fmpq_cmp(now, line->hi) <= 0;
    bool holds = false;
    if (within)
        DTN_TRY(dtn_sweep_inside(ctx, &holds, line->sweep, line->param, now));
    if (holds) {
        DTN_TRY(cut(ctx, line, now));
        DTN_TRY(dtn_line_probe(ctx, &index, line, now));
    }
    fmpq_sub(line->resolution, line->hi, line->lo);
    fmpq_set_si(x, 1, (ulong)cells);
    fmpq_mul(line->resolution, line->resolution, x);
    for (int i = 0; i <= cells; i++) {
        fmpq_mul_si(x, line->resolution, i);
        fmpq_add(x, x, line->lo);
        DTN_TRY(dtn_line_probe(ctx, &index, line, x));
        if (index < 0 && (i == 0 || i == cells)) { /* an open end: as near as a thousandth of a cell */
            fmpq_div_2exp(x + 1, line->resolution, 10);
            if (i == 0)
                fmpq_add(x, x, x + 1);
            else
                fmpq_sub(x, x, x + 1);
            DTN_TRY(dtn_line_probe(ctx, &index, line, x));
        }
    }
    return DTN_OK;
}

dtn_status dtn_line_scan(dtn_ctx *ctx, dtn_line **out, dtn_sweep *sweep, int param, const fmpq_t lo,
                         const fmpq_t hi, int cells)
{
    dtn_line *line;
    const dtn_snapshot *now;
    DTN_TRY(dtn_sweep_now(ctx, &now, sweep));
    if (!sweep->matters[param])
        cells = 1; /* nothing to see in between */
    else if (cells == 0)
        cells = dtn_sweep_cells(sweep);
    DTN_ALLOC(ctx, sweep->arena, line, 1);
    *line = (dtn_line){
        .sweep = sweep, .param = param, .room = 2 * cells + 16, .most = cells + 2 + dtn_sweep_budget(sweep)};
    DTN_ALLOC_FMPQ(ctx, sweep->arena, line->lo, 1);
    DTN_ALLOC_FMPQ(ctx, sweep->arena, line->hi, 1);
    DTN_ALLOC_FMPQ(ctx, sweep->arena, line->resolution, 1);
    DTN_ALLOC(ctx, sweep->arena, line->at, line->room);
    fmpq_set(line->lo, lo);
    fmpq_set(line->hi, hi);
    *out = line;
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = scan(ctx, line, cells);
    dtn_arena_release(ctx->scratch, mark);
    return status;
}

/* The search for changes. */
typedef struct hunt {
    dtn_line *line;
    const dtn_label *label;
    dtn_break *found;
    int count, room;
    fmpq *narrow; /* width at which a bracket is given up */
    fmpq *root;   /* [LEVELS + 1][ROOTS] candidates of each level */
    fmpq *work;   /* [4] */
} hunt;

static int label_at(const hunt *h, int index)
{
    return h->label->of(h->label->user, h->line->at[index]);
}

static dtn_status record(dtn_ctx *ctx, hunt *h, int left, int here, int right)
{
    const dtn_snapshot *at = here >= 0 ? h->line->at[here] : NULL;
    if (h->count && at && h->found[h->count - 1].here == at) {
        h->found[h->count - 1].right = h->line->at[right]; /* met again from its other side */
        return DTN_OK;
    }
    if (h->count == h->room) {
        dtn_break *fresh;
        DTN_ALLOC(ctx, h->line->sweep->arena, fresh, 2 * h->room);
        memcpy(fresh, h->found, (size_t)h->count * sizeof *fresh);
        h->found = fresh;
        h->room *= 2;
    }
    h->found[h->count++] = (dtn_break){h->line->at[left], h->line->at[right], at};
    return DTN_OK;
}

/* Index of the snapshot that was at x. */
static int find(const hunt *h, const dtn_snapshot *s)
{
    bool known;
    return place_of(h->line, s->x, &known);
}

/* Tries x as the place of the only change between two snapshots; solves there and beside it. */
static dtn_status try_place(dtn_ctx *ctx, bool *taken, hunt *h, const dtn_snapshot *left,
                            const dtn_snapshot *right, const fmpq *x)
{
    int at, below, above;
    fmpq *step = h->work, *beside = h->work + 1;
    *taken = false;
    DTN_TRY(dtn_line_probe(ctx, &at, h->line, x));
    if (at < 0)
        return DTN_OK;
    const dtn_snapshot *here = h->line->at[at], *low = left, *high = right;
    fmpq_sub(step, right->x, left->x);
    fmpq_div_2exp(step, step, 10);
    if (here != left) {
        fmpq_sub(beside, here->x, step);
        if (fmpq_cmp(beside, left->x) > 0) {
            DTN_TRY(dtn_line_probe(ctx, &below, h->line, beside));
            if (below >= 0)
                low = h->line->at[below];
        }
    }
    if (here != right) {
        fmpq_add(beside, here->x, step);
        if (fmpq_cmp(beside, right->x) < 0) {
            DTN_TRY(dtn_line_probe(ctx, &above, h->line, beside));
            if (above >= 0)
                high = h->line->at[above];
        }
    }
    int want_low = h->label->of(h->label->user, left), want_high = h->label->of(h->label->user, right);
    if (here == left) /* the change is at the left end itself: what lies below it was seen before */
        low = find(h, left) > 0 ? h->line->at[find(h, left) - 1] : left;
    if (here == right)
        high = find(h, right) + 1 < h->line->count ? h->line->at[find(h, right) + 1] : right;
    bool fits = (here == left || h->label->of(h->label->user, low) == want_low) &&
                (here == right || h->label->of(h->label->user, high) == want_high);
    if (!fits || !dtn_break_is_exact(h->line->sweep, here, low, high, h->label))
        return DTN_OK;
    *taken = true;
    return record(ctx, h, find(h, low), find(h, here), find(h, high));
}

/* The simplest rational in the middle third of the gap. */
static dtn_status bisect(dtn_ctx *ctx, hunt *h, const dtn_snapshot *left, const dtn_snapshot *right)
{
    fmpq *third = h->work, *u = h->work + 1, *v = h->work + 2;
    int at;
    fmpq_sub(third, right->x, left->x);
    fmpq_set_si(u, 1, 3);
    fmpq_mul(third, third, u);
    fmpq_add(u, left->x, third);
    fmpq_sub(v, right->x, third);
    dtn_rational_simplest(u, u, v);
    DTN_TRY(dtn_line_probe(ctx, &at, h->line, u));
    return at < 0 ? dtn_fail(ctx, DTN_UNSUPPORTED,
                             "the constraints leave a hole within the range of parameter %s",
                             h->line->sweep->scenario->param[h->line->param].name)
                  : DTN_OK;
}

static dtn_status refine(dtn_ctx *ctx, hunt *h, const dtn_snapshot *left, const dtn_snapshot *right, int level)
{
    fmpq *root = h->root + (size_t)level * ROOTS;
    int roots, before = h->line->count;
    DTN_TRY(dtn_line_roots(ctx, root, &roots, ROOTS, h->line, find(h, left), h->label));
    fmpq_sub(h->work, right->x, left->x);
    bool last = level == LEVELS || h->line->count >= h->line->most || fmpq_cmp(h->work, h->narrow) <= 0;
    if (last && h->line->count < h->line->most)
        dtn_rational_simplest(root + (roots < ROOTS ? roots++ : ROOTS - 1), left->x, right->x);
    for (int i = 0; i < roots && h->line->count < h->line->most; i++) {
        bool taken;
        DTN_TRY(try_place(ctx, &taken, h, left, right, root + i));
        if (taken)
            return DTN_OK;
        if (h->line->count != before)
            break; /* the gap has new points: look at its parts */
    }
    if (last)
        return record(ctx, h, find(h, left), -1, find(h, right));
    if (h->line->count == before)
        DTN_TRY(bisect(ctx, h, left, right));
    for (const dtn_snapshot *at = left; at != right;) {
        const dtn_snapshot *next = h->line->at[find(h, at) + 1];
        if (h->label->of(h->label->user, at) != h->label->of(h->label->user, next))
            DTN_TRY(refine(ctx, h, at, next, level + 1));
        at = next;
    }
    return DTN_OK;
}

static dtn_status search(dtn_ctx *ctx, hunt *h)
{
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, h->root, (LEVELS + 1) * ROOTS);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, h->work, 4);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, h->narrow, 1);
    DTN_ALLOC(ctx, h->line->sweep->arena, h->found, h->room);
    fmpq_sub(h->narrow, h->line->hi, h->line->lo);
    fmpq_div_2exp(h->narrow, h->narrow, 20);
    for (int i = 0; i + 1 < h->line->count; i++) {
        const dtn_snapshot *left = h->line->at[i], *right = h->line->at[i + 1];
        if (label_at(h, i) == label_at(h, i + 1))
            continue;
        DTN_TRY(refine(ctx, h, left, right, 0));
        i = find(h, right) - 1;
    }
    return DTN_OK;
}

dtn_status dtn_line_breaks(dtn_ctx *ctx, const dtn_break **out, int *count, dtn_line *line,
                           const dtn_label *label)
{
    hunt h = {.line = line, .label = label, .room = 8};
    *count = 0;
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = search(ctx, &h);
    dtn_arena_release(ctx->scratch, mark);
    *out = h.found;
    *count = h.count;
    return status;
}
