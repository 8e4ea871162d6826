/* What is known at one point of a sweep.
 *
 * Method: a face (faces.h) that holds the point has everything as functions of the parameters, which are evaluated. Where none is
 *   known, a traced run finds the one around the point; on borders, and where runs cannot be followed or do not pay, the
 *   point is solved. Both ways give the same exact figures, since a face is the record of the solver's own way.
 * Cost: some microseconds in a face; a solver run elsewhere. Exact. */
#include "analyse/sweep_prober.h"

#include <string.h>

#include "analyse/face_index.h"
#include "base/str.h"

enum { PARAMS_TRACED = 32 };

static dtn_status set_up(dtn_ctx *ctx, dtn_prober *p, const dtn_point *base, dtn_rung rung,
                         const char *const *target, int targets, unsigned asked)
{
    DTN_TRY(dtn_sweep_new(ctx, &p->sweep, p->plan->scenario, base, rung, target, targets));
    p->sweep->classes_only = true;
    p->sweep->values = (asked & ~(unsigned)(DTN_WANT_CLASSES | DTN_WANT_LEAST)) != 0;
    DTN_TRY(dtn_columns_make(ctx, p->arena, &p->columns, p->plan, p->sweep, asked));
    DTN_ALLOC_FMPQ(ctx, p->arena, p->at, p->plan->params);
    DTN_ALLOC_FMPQ(ctx, p->arena, p->work, 3);
    DTN_ALLOC_FMPQ(ctx, p->arena, p->row.number, p->columns.columns);
    DTN_ALLOC(ctx, p->arena, p->row.known, p->columns.columns);
    DTN_ALLOC(ctx, p->arena, p->row.text, p->columns.columns);
    if (p->plan->params > PARAMS_TRACED)
        return DTN_OK;
    dtn_status status = dtn_faces_new(ctx, &p->faces, p->sweep, p->plan->param, p->plan->params);
    if (status == DTN_UNSUPPORTED)
        return DTN_OK;
    DTN_TRY(status);
    p->faces->values = p->sweep->values;
    return dtn_face_index_new(ctx, &p->index, p->arena, p->faces);
}

dtn_status dtn_prober_new(dtn_ctx *ctx, dtn_prober **out, const dtn_plan *plan, const dtn_point *base,
                          dtn_rung rung, const char *const *target, int targets, unsigned asked)
{
    *out = NULL;
    dtn_arena *arena = dtn_arena_new(ctx);
    dtn_prober *p = arena ? dtn_arena_array(arena, 1, sizeof *p) : NULL;
    if (!p) {
        dtn_arena_free(arena);
        return dtn_fail_nomem(ctx);
    }
    *p = (dtn_prober){.arena = arena, .plan = plan, .started = dtn_clock()};
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = set_up(ctx, p, base, rung, target, targets, asked);
    dtn_arena_release(ctx->scratch, mark);
    if (status != DTN_OK) {
        dtn_prober_free(p);
        return status;
    }
    *out = p;
    return DTN_OK;
}

void dtn_prober_free(dtn_prober *p)
{
    if (!p)
        return;
    dtn_faces_free(p->faces);
    dtn_sweep_free(p->sweep);
    dtn_arena_free(p->arena);
}

/* The classes of a pattern as text; made once a pattern. */
static dtn_status pattern_text(dtn_ctx *ctx, const char **out, dtn_prober *p, int pattern)
{
    const dtn_sweep *sweep = p->sweep;
    if (pattern >= p->pattern_room) {
        int room = 2 * pattern + 16;
        const char **bigger;
        DTN_ALLOC(ctx, p->arena, bigger, room);
        if (p->pattern_room)
            memcpy(bigger, p->pattern_text, (size_t)p->pattern_room * sizeof *bigger);
        p->pattern_text = bigger;
        p->pattern_room = room;
    }
    if (!p->pattern_text[pattern]) {
        dtn_str text = dtn_str_in(p->arena);
        for (int i = 0; i < sweep->pattern[pattern].classes; i++)
            dtn_str_addf(&text, "%s%s", i ? " | " : "",
                         sweep->class_name[sweep->pattern[pattern].class_of[i]]);
        p->pattern_text[pattern] = sweep->pattern[pattern].classes ? dtn_str_done(&text) : "none";
        if (!p->pattern_text[pattern])
            return dtn_fail_nomem(ctx);
    }
    *out = p->pattern_text[pattern];
    return DTN_OK;
}

/* --- figures ------------------------------------------------------------------------------------- */

/* out = a number of a snapshot: a function in a face, else the number itself. */
static dtn_status value_of(dtn_ctx *ctx, fmpq *out, const dtn_prober *p, const fmpq *x)
{
    if (p->index)
        return dtn_trace_view_value(ctx, out, p->index->view, x);
    fmpq_set(out, x);
    return DTN_OK;
}

/* The figure of a column in one equilibrium. */
static dtn_status figure(dtn_ctx *ctx, fmpq *out, const dtn_prober *p, const dtn_sweep_column *c,
                         const dtn_moment *m)
{
    switch (c->what) {
    case DTN_COLUMN_OUTCOME:
        return value_of(ctx, out, p, m->outcome + c->index);
    case DTN_COLUMN_TARGET:
        return value_of(ctx, out, p, m->target);
    case DTN_COLUMN_PAYOFF:
        return value_of(ctx, out, p, m->payoff + c->index);
    default:
        break;
    }
    const dtn_tree *tree = p->sweep->tree;
    const dtn_infoset *h = &tree->infoset[tree->action[c->index].infoset];
    fmpq *best = p->work + 1, *other = p->work + 2;
    bool first = true;
    for (int a = h->first_action; a < h->first_action + h->actions; a++) {
        if (a == c->index)
            continue;
        DTN_TRY(value_of(ctx, other, p, m->worth + a));
        if (first || fmpq_cmp(other, best) > 0)
            fmpq_set(best, other);
        first = false;
    }
    DTN_TRY(value_of(ctx, out, p, m->worth + c->index));
    fmpq_sub(out, out, best);
    return DTN_OK;
}

static dtn_status extreme_figure(dtn_ctx *ctx, dtn_prober *p, int column, const dtn_snapshot *s)
{
    const dtn_sweep_column *c = &p->columns.column[column];
    fmpq *best = p->row.number + column;
    for (int k = 0; k < s->moments; k++) {
        DTN_TRY(figure(ctx, p->work, p, c, &s->moment[k]));
        if (k == 0 || (c->most ? fmpq_cmp(p->work, best) > 0 : fmpq_cmp(p->work, best) < 0))
            fmpq_set(best, p->work);
    }
    p->row.known[column] = s->moments > 0;
    return DTN_OK;
}

/* The scalar rule: nothing is solved for it, and constraints of the moves do not matter. */
static dtn_status least_figures(dtn_ctx *ctx, dtn_prober *p)
{
    dtn_scalar_item *item = NULL;
    int of = -1;
    for (int i = 0; i < p->columns.columns; i++) {
        const dtn_sweep_column *c = &p->columns.column[i];
        if (c->what != DTN_COLUMN_LEAST)
            continue;
        if (of < 0) { /* a traced run leaves functions in derived parameters */
            dtn_status completed = dtn_point_complete(ctx, &p->sweep->point, p->plan->scenario);
            if (completed == DTN_DOMAIN)
                return DTN_OK;
            DTN_TRY(completed);
        }
        if (c->index != of) {
            DTN_ALLOC(ctx, ctx->scratch, item, 1);
            of = c->index;
            dtn_status status =
                dtn_scalar_solve(ctx, ctx->scratch, item, p->plan->scenario, of, &p->sweep->point);
            if (status == DTN_DOMAIN)
                item = NULL;
            else
                DTN_TRY(status);
        }
        p->row.known[i] = item && item->verdict[c->lever] != DTN_SCALAR_NONE;
        if (p->row.known[i])
            fmpq_set(p->row.number + i, &item->least[c->lever]);
    }
    return DTN_OK;
}

static dtn_status fill(dtn_ctx *ctx, dtn_prober *p, const dtn_snapshot *s)
{
    for (int i = 0; i < p->columns.columns; i++) {
        const dtn_sweep_column *c = &p->columns.column[i];
        dtn_sweep_row *row = &p->row;
        row->known[i] = false;
        row->text[i] = NULL;
        if (c->what == DTN_COLUMN_PARAM) {
            fmpq_set(row->number + i, &p->at[c->index]);
            row->known[i] = true;
        } else if (c->what == DTN_COLUMN_STATE) {
            row->text[i] = !s->inside ? "outside" : s->complete ? "solved" : "partial";
        } else if (c->what == DTN_COLUMN_EQUILIBRIA) {
            fmpq_set_si(row->number + i, s->moments, 1);
            row->known[i] = s->inside;
        } else if (c->what == DTN_COLUMN_CLASSES) {
            if (s->inside)
                DTN_TRY(pattern_text(ctx, &row->text[i], p, s->pattern));
        } else if (c->what != DTN_COLUMN_LEAST) {
            DTN_TRY(extreme_figure(ctx, p, i, s));
        }
    }
    return least_figures(ctx, p);
}

/* --- where the figures come from ----------------------------------------------------------------- */

/* A traced run costs more than a solution: at most half of the time goes into them, and a second to begin with. */
static bool may_trace(const dtn_prober *p)
{
    return p->tracing < 1 + 0.5 * (dtn_clock() - p->started) &&
           !(p->faces->lost > 32 && p->faces->lost > p->faces->faces);
}

static dtn_status find_face(dtn_ctx *ctx, int *face, dtn_prober *p)
{
    DTN_TRY(dtn_face_index_find(ctx, face, p->index, p->at));
    if (*face >= 0 || !may_trace(p))
        return DTN_OK;
    double start = dtn_clock();
    DTN_TRY(dtn_faces_at(ctx, face, p->faces, p->at));
    p->tracing += dtn_clock() - start;
    return DTN_OK;
}

static dtn_status solve_here(dtn_ctx *ctx, dtn_prober *p)
{
    dtn_sweep *sweep = p->sweep;
    dtn_arena_mark before = dtn_arena_save(sweep->arena);
    int names = sweep->class_names, patterns = sweep->patterns;
    const dtn_snapshot *s;
    DTN_TRY(dtn_sweep_at(ctx, &s, sweep, -1, NULL));
    p->solved++;
    if (s->gave_up)
        return dtn_fail(ctx, DTN_UNSUPPORTED, "the game is too large to be solved again and again");
    DTN_TRY(fill(ctx, p, s));
    if (names == sweep->class_names && patterns == sweep->patterns)
        dtn_arena_release(sweep->arena, before); /* otherwise it holds their names */
    return DTN_OK;
}

dtn_status dtn_prober_here(dtn_ctx *ctx, dtn_prober *p)
{
    int face = -1;
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    for (int k = 0; k < p->plan->params; k++)
        DTN_TRY(dtn_point_set(ctx, &p->sweep->point, p->plan->scenario, p->plan->param[k], &p->at[k]));
    if (p->faces)
        DTN_TRY(find_face(ctx, &face, p));
    p->placed += face >= 0;
    dtn_status status = face >= 0 ? fill(ctx, p, p->faces->face[face].found) : solve_here(ctx, p);
    dtn_arena_release(ctx->scratch, mark);
    return status;
}

dtn_status dtn_prober_at(dtn_ctx *ctx, dtn_prober *p, long i)
{
    dtn_plan_point(p->at, p->plan, i);
    return dtn_prober_here(ctx, p);
}
