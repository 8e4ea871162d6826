/* The sign of a formula over a box of parameters, and whether it has a value there.
 *
 * Method: depth-first bisection of the parameters that the formula or a constraint uses, widest first (relative to the whole
 * range). A cell is decided by ball arithmetic, or exactly at its corners where the formula is multilinear, or falls by an
 * exact evaluation at its middle or at its lower or upper corner. Cost: cells times the formulas' sizes. Exact: ALWAYS and NOT are proofs. */
#include "model/box.h"

#include <string.h>

dtn_status dtn_box_new(dtn_ctx *ctx, dtn_arena *arena, dtn_box *out, const dtn_scenario *s,
                       const dtn_point *point)
{
    *out = (dtn_box){.params = s->params};
    DTN_ALLOC_FMPQ(ctx, arena, out->lo, s->params);
    DTN_ALLOC_FMPQ(ctx, arena, out->hi, s->params);
    for (int i = 0; i < s->params; i++) {
        bool spans = s->param[i].ranged && !s->param[i].formula;
        fmpq_set(&out->lo[i], spans ? &s->param[i].lo : &point->value[i]);
        fmpq_set(&out->hi[i], spans ? &s->param[i].hi : &point->value[i]);
    }
    return DTN_OK;
}

void dtn_box_balls(arb_struct *balls, const dtn_scenario *s, const dtn_box *box)
{
    arb_t hi;
    arb_init(hi);
    for (int i = 0; i < s->params; i++) {
        if (s->param[i].formula) {
            dtn_expr_ball(&balls[i], s->param[i].formula, balls, DTN_BOX_PRECISION);
            continue;
        }
        arb_set_fmpq(&balls[i], &box->lo[i], DTN_BOX_PRECISION);
        if (fmpq_equal(&box->lo[i], &box->hi[i]))
            continue;
        arb_set_fmpq(hi, &box->hi[i], DTN_BOX_PRECISION);
        arb_union(&balls[i], &balls[i], hi, DTN_BOX_PRECISION);
    }
    arb_clear(hi);
}

bool dtn_box_is_outside(const dtn_scenario *s, const arb_struct *balls)
{
    arb_t truth;
    arb_init(truth);
    bool outside = false;
    for (int c = 0; c < s->constraints && !outside; c++) {
        dtn_expr_ball(truth, s->constraint[c].holds, balls, DTN_BOX_PRECISION);
        outside = arb_is_zero(truth);
    }
    arb_clear(truth);
    return outside;
}

enum { MOST_AXES = 8 };

/* What one decision needs. */
typedef struct search {
    const dtn_scenario *scenario;
    const dtn_box *whole;
    const dtn_expr *formula;
    bool defined;     /* the question is whether there is a value, not its sign */
    bool corners;     /* multilinear in few parameters: the least value is at a corner */
    bool *uses;       /* [params] by the formula */
    bool *splits;     /* [params] worth bisecting */
    fmpq *lo, *hi;    /* [room][params] stack of cells */
    arb_struct *ball; /* [slots] */
    arb_struct *value;
    dtn_point middle;
    fmpq *number; /* [4] */
    int room, depth;
} search;

static dtn_box cell_at(const search *s, int i)
{
    size_t at = (size_t)i * (size_t)s->whole->params;
    return (dtn_box){s->whole->params, s->lo + at, s->hi + at};
}

/* Exactly at one point between the cell's ends (weight 0: lower ends, 1/2: middle, 1: upper ends). */
static dtn_status falls_at(dtn_ctx *ctx, bool *falls, search *s, const dtn_box *cell, int halves)
{
    *falls = false;
    fmpq *width = s->number;
    for (int i = 0; i < cell->params; i++) {
        if (s->scenario->param[i].formula)
            continue;
        fmpq_sub(width, &cell->hi[i], &cell->lo[i]);
        fmpq_mul_si(width, width, halves);
        fmpq_div_2exp(width, width, 1);
        fmpq_add(&s->middle.value[i], &cell->lo[i], width);
    }
    bool inside;
    int violated;
    if (dtn_point_complete(ctx, &s->middle, s->scenario) != DTN_OK ||
        dtn_point_constraints(ctx, &inside, &violated, s->scenario, &s->middle) != DTN_OK)
        return ctx->status == DTN_DOMAIN ? DTN_OK : ctx->status;
    if (!inside)
        return DTN_OK;
    dtn_status status = dtn_expr_exact(ctx, width, s->formula, s->middle.value);
    *falls = s->defined ? status == DTN_DOMAIN : status == DTN_OK && fmpq_sgn(width) < 0;
    return status == DTN_DOMAIN ? DTN_OK : status;
}

/* The formula is nonnegative at all corners of the cell in the parameters that it uses. */
static dtn_status holds_at_corners(dtn_ctx *ctx, bool *holds, search *s, const dtn_box *cell)
{
    int axis[MOST_AXES], axes = 0;
    for (int i = 0; i < cell->params; i++) {
        fmpq_set(&s->middle.value[i], &cell->lo[i]);
        if (s->uses[i] && !fmpq_equal(&cell->lo[i], &cell->hi[i]))
            axis[axes++] = i;
    }
    *holds = true;
    for (unsigned corner = 0; *holds && corner < 1U << axes; corner++) {
        for (int k = 0; k < axes; k++)
            fmpq_set(&s->middle.value[axis[k]], corner >> k & 1U ? &cell->hi[axis[k]] : &cell->lo[axis[k]]);
        DTN_TRY(dtn_expr_exact(ctx, s->number, s->formula, s->middle.value));
        *holds = fmpq_sgn(s->number) >= 0;
    }
    return DTN_OK;
}

/* The widest parameter that matters, -1: the cell is a point in those. */
static int widest(const search *s, const dtn_box *cell)
{
    fmpq *share = s->number, *whole = s->number + 1, *best = s->number + 2;
    int found = -1;
    fmpq_zero(best);
    for (int i = 0; i < cell->params; i++) {
        if (!s->splits[i] || fmpq_equal(&cell->lo[i], &cell->hi[i]))
            continue;
        fmpq_sub(share, &cell->hi[i], &cell->lo[i]);
        fmpq_sub(whole, &s->whole->hi[i], &s->whole->lo[i]);
        fmpq_div(share, share, whole);
        if (fmpq_cmp(share, best) > 0) {
            fmpq_set(best, share);
            found = i;
        }
    }
    return found;
}

static void split(search *s, int cell, int param)
{
    dtn_box lower = cell_at(s, cell), upper = cell_at(s, s->depth++);
    for (int i = 0; i < lower.params; i++) {
        fmpq_set(&upper.lo[i], &lower.lo[i]);
        fmpq_set(&upper.hi[i], &lower.hi[i]);
    }
    fmpq_add(&lower.hi[param], &lower.lo[param], &lower.hi[param]);
    fmpq_div_2exp(&lower.hi[param], &lower.hi[param], 1);
    fmpq_set(&upper.lo[param], &lower.hi[param]);
}

/* The formula over free parameters only: then its shape, and not that of what it is derived from, decides. */
static dtn_status write_out(dtn_ctx *ctx, search *s)
{
    const dtn_expr **with;
    DTN_ALLOC(ctx, ctx->scratch, with, dtn_scn_slots(s->scenario));
    for (int i = 0; i < s->scenario->params; i++) {
        const dtn_expr *formula = s->scenario->param[i].formula;
        if (formula)
            with[i] = dtn_expr_substitute(ctx, ctx->scratch, formula, with);
        if (formula && !with[i])
            return ctx->status == DTN_LIMIT ? DTN_OK : ctx->status;
    }
    const dtn_expr *whole = dtn_expr_substitute(ctx, ctx->scratch, s->formula, with);
    if (!whole)
        return ctx->status == DTN_LIMIT ? DTN_OK : ctx->status;
    s->formula = whole;
    return DTN_OK;
}

static dtn_status set_up(dtn_ctx *ctx, search *s, const dtn_point *start)
{
    size_t params = (size_t)s->whole->params;
    DTN_ALLOC(ctx, ctx->scratch, s->uses, s->scenario->params + dtn_scn_slots(s->scenario));
    DTN_ALLOC(ctx, ctx->scratch, s->splits, s->scenario->params + dtn_scn_slots(s->scenario));
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, s->lo, (size_t)s->room * params);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, s->hi, (size_t)s->room * params);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, s->number, 4);
    s->middle = *start;
    s->ball = dtn_arena_arb(ctx->scratch, (size_t)dtn_scn_slots(s->scenario));
    s->value = dtn_arena_arb(ctx->scratch, 1);
    if (!s->ball || !s->value)
        return dtn_fail_nomem(ctx);
    DTN_TRY(write_out(ctx, s));
    dtn_expr_uses(s->formula, s->uses);
    dtn_expr_uses(s->formula, s->splits);
    int used = 0;
    bool derived = false;
    for (int i = 0; i < s->scenario->params; i++) {
        used += s->uses[i];
        derived = derived || (s->uses[i] && s->scenario->param[i].formula);
    }
    s->corners = !s->defined && !derived && used <= MOST_AXES && dtn_expr_is_multilinear(s->formula);
    for (int c = 0; c < s->scenario->constraints; c++)
        dtn_expr_uses(s->scenario->constraint[c].holds, s->splits);
    for (int i = s->scenario->params - 1; i >= 0; i--)
        if (s->splits[i] && s->scenario->param[i].formula)
            dtn_expr_uses(s->scenario->param[i].formula, s->splits);
    for (int i = 0; i < s->scenario->params; i++)
        s->splits[i] = s->splits[i] && !s->scenario->param[i].formula;
    for (size_t i = 0; i < params; i++) {
        fmpq_set(s->lo + i, &s->whole->lo[i]);
        fmpq_set(s->hi + i, &s->whole->hi[i]);
    }
    s->depth = 1;
    return DTN_OK;
}

static dtn_status decide(dtn_ctx *ctx, dtn_box_verdict *out, search *s, int cells)
{
    *out = DTN_BOX_ALWAYS;
    while (s->depth > 0) {
        DTN_TRY(dtn_ctx_poll(ctx));
        dtn_box cell = cell_at(s, s->depth - 1);
        dtn_box_balls(s->ball, s->scenario, &cell);
        dtn_expr_ball(s->value, s->formula, s->ball, DTN_BOX_PRECISION);
        bool holds = dtn_box_is_outside(s->scenario, s->ball) ||
                     (s->defined ? arb_is_finite(s->value) : arb_is_nonnegative(s->value));
        if (!holds && s->corners)
            DTN_TRY(holds_at_corners(ctx, &holds, s, &cell));
        if (holds) {
            s->depth--;
            continue;
        }
        for (int halves = 0; halves <= 2; halves++) {
            bool falls;
            DTN_TRY(falls_at(ctx, &falls, s, &cell, halves));
            if (falls) {
                *out = DTN_BOX_NOT;
                return DTN_OK;
            }
        }
        int param = widest(s, &cell);
        if (--cells <= 0 || param < 0 || s->depth == s->room) {
            *out = DTN_BOX_UNKNOWN; /* another cell may still fall: go on with the others */
            s->depth--;
            if (cells <= 0)
                return DTN_OK;
            continue;
        }
        split(s, s->depth - 1, param);
    }
    return DTN_OK;
}

static dtn_status ask(dtn_ctx *ctx, dtn_box_verdict *out, search *work, int cells, dtn_point *witness)
{
    *out = DTN_BOX_UNKNOWN;
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_point start;
    dtn_status status = dtn_point_new(ctx, ctx->scratch, &start, work->scenario);
    if (status == DTN_OK)
        status = set_up(ctx, work, &start);
    if (status == DTN_OK)
        status = decide(ctx, out, work, cells);
    for (int i = 0; status == DTN_OK && witness && *out == DTN_BOX_NOT && i < witness->params; i++)
        fmpq_set(&witness->value[i], &work->middle.value[i]);
    dtn_arena_release(ctx->scratch, mark);
    return status;
}

dtn_status dtn_box_nonnegative(dtn_ctx *ctx, dtn_box_verdict *out, const dtn_scenario *s, const dtn_box *box,
                               const dtn_expr *formula, int cells, dtn_point *witness)
{
    search work = {.scenario = s, .whole = box, .formula = formula, .room = 64};
    return ask(ctx, out, &work, cells, witness);
}

dtn_status dtn_box_defined(dtn_ctx *ctx, dtn_box_verdict *out, const dtn_scenario *s, const dtn_box *box,
                           const dtn_expr *formula, int cells, dtn_point *witness)
{
    search work = {.scenario = s, .whole = box, .formula = formula, .defined = true, .room = 64};
    return ask(ctx, out, &work, cells, witness);
}
