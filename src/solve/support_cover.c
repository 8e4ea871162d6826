/* Support search: every equilibrium with a given support, by covering the product of simplices with cells.
 *
 * Method: depth first. A cell is done when it is refuted, or when a certified solution is the only one that it can hold; Newton's method
 *   from its middle proposes solutions, which are certified in balls. Otherwise its longest edge is bisected.
 * Cost: near a regular solution few cells at each depth; a singular one, or a continuum, is never decided.
 * Exact: complete unless it says that a part was left. Rounding is covered by margins. */
#include <math.h>
#include <string.h>

#include "solve/support_cell.h"

/* Bisections for each unknown; the share of cells to go on with once a part is left. */
enum { DEEPEST = 30, SHARE = 10 };

dtn_status dtn_support_cell_work_new(dtn_ctx *ctx, dtn_support_cell_work **out, const dtn_indifference *s)
{
    dtn_support_cell_work *w;
    dtn_arena *arena = ctx->scratch;
    size_t n = (size_t)s->unknowns, width = 0, entries = 1;
    DTN_ALLOC(ctx, arena, w, 1);
    w->s = s;
    DTN_ALLOC(ctx, arena, w->block, s->mixing);
    for (int m = 0; m < s->mixing; m++) {
        size_t size = (size_t)s->size[s->mixer[m]];
        w->block[m] = w->corners;
        w->corners += size * size;
        width += size;
    }
    for (int p = 0; p < s->players; p++)
        entries = s->compare[p].entries > entries ? s->compare[p].entries : entries;
    DTN_ALLOC(ctx, arena, w->weight, (size_t)(s->mixing + 1) * s->tuples);
    DTN_ALLOC(ctx, arena, w->jacobian, n * n);
    DTN_ALLOC(ctx, arena, w->inverse, n * n);
    DTN_ALLOC(ctx, arena, w->low, n * n);
    DTN_ALLOC(ctx, arena, w->high, n * n);
    DTN_ALLOC(ctx, arena, w->residual, n);
    DTN_ALLOC(ctx, arena, w->step, n);
    DTN_ALLOC(ctx, arena, w->at, n);
    DTN_ALLOC(ctx, arena, w->best, width);
    DTN_ALLOC(ctx, arena, w->contracted, entries);
    DTN_ALLOC(ctx, arena, w->pivot, n);
    *out = w;
    return DTN_OK;
}

dtn_status dtn_support_cell_new(dtn_ctx *ctx, dtn_support_cell **out, const dtn_support_cell_work *w)
{
    DTN_ALLOC(ctx, ctx->scratch, *out, 1);
    DTN_ALLOC(ctx, ctx->scratch, (*out)->value, w->s->values);
    DTN_ALLOC(ctx, ctx->scratch, (*out)->corner, w->corners);
    DTN_ALLOC(ctx, ctx->scratch, (*out)->inverse, w->corners);
    return DTN_OK;
}

void dtn_support_cell_whole(dtn_support_cell *c, const dtn_support_cell_work *w)
{
    const dtn_indifference *s = w->s;
    memcpy(c->value, s->value, s->values * sizeof *s->value);
    memset(c->corner, 0, w->corners * sizeof *c->corner);
    for (int m = 0; m < s->mixing; m++)
        for (int i = 0, size = s->size[s->mixer[m]]; i < size; i++)
            c->corner[w->block[m] + (size_t)(i * size + i)] = 1;
    memcpy(c->inverse, c->corner, w->corners * sizeof *c->corner);
    c->depth = 0;
}

void dtn_support_cell_copy(dtn_support_cell *to, const dtn_support_cell *from, const dtn_support_cell_work *w)
{
    memcpy(to->value, from->value, w->s->values * sizeof *to->value);
    memcpy(to->corner, from->corner, w->corners * sizeof *to->corner);
    memcpy(to->inverse, from->inverse, w->corners * sizeof *to->inverse);
    to->depth = from->depth;
}

void dtn_support_cell_halve(dtn_support_cell *c, const dtn_support_cell_work *w, int m, int i, int j)
{
    const dtn_indifference *s = w->s;
    size_t size = (size_t)s->size[s->mixer[m]];
    for (int p = 0; p < s->players; p++) {
        const dtn_comparisons *k = &s->compare[p];
        if (p == s->mixer[m])
            continue;
        /* Distance between neighbouring corners of m among p's entries. */
        size_t below = s->slot[p] >= 0 && s->slot[p] < m ? s->stride[m] / (size_t)s->size[p] : s->stride[m];
        double *value = c->value + k->at;
        for (size_t outer = 0; outer < (size_t)k->rows * k->entries; outer += below * size)
            for (size_t e = outer; e < outer + below; e++)
                value[e + (size_t)i * below] =
                    (value[e + (size_t)i * below] + value[e + (size_t)j * below]) / 2;
    }
    double *corner = c->corner + w->block[m], *inverse = c->inverse + w->block[m];
    for (size_t a = 0; a < size; a++) {
        corner[(size_t)i * size + a] = (corner[(size_t)i * size + a] + corner[(size_t)j * size + a]) / 2;
        inverse[a * size + (size_t)j] -= inverse[a * size + (size_t)i];
        inverse[a * size + (size_t)i] *= 2;
    }
    c->depth++;
}

/* How much the comparisons change along an edge, all choices of the others' corners taken together. */
static double change(const dtn_support_cell *c, const dtn_support_cell_work *w, int m, size_t i, size_t j)
{
    const dtn_indifference *s = w->s;
    size_t size = (size_t)s->size[s->mixer[m]];
    double total = 0;
    for (int p = 0; p < s->players; p++) {
        const dtn_comparisons *k = &s->compare[p];
        if (p == s->mixer[m])
            continue;
        size_t below = s->slot[p] >= 0 && s->slot[p] < m ? s->stride[m] / (size_t)s->size[p] : s->stride[m];
        const double *value = c->value + k->at;
        double sum = 0;
        for (size_t outer = 0; outer < (size_t)k->rows * k->entries; outer += below * size)
            for (size_t e = outer; e < outer + below; e++)
                sum += fabs(value[e + i * below] - value[e + j * below]);
        total += sum / (double)(k->entries ? k->entries : 1);
    }
    return total;
}

void dtn_support_cell_longest(const dtn_support_cell *c, const dtn_support_cell_work *w, int *m, int *i,
                              int *j)
{
    double most = -1;
    for (int q = 0; q < w->s->mixing; q++)
        for (int a = 0; a < w->s->size[w->s->mixer[q]]; a++)
            for (int b = 0; b < a; b++) {
                double d = change(c, w, q, (size_t)a, (size_t)b);
                if (d > most) {
                    most = d;
                    *m = q;
                    *i = a;
                    *j = b;
                }
            }
}

/* --- the search ---------------------------------------------------------------------------------- */

typedef struct cover {
    dtn_profile_run *run;
    const dtn_indifference *s;
    dtn_support_cell_work *work;
    dtn_support_cell *todo, *free;
    dtn_support_root *roots;
    bool *left;
} cover;

static bool known(const cover *v, const double *x)
{
    for (const dtn_support_root *r = v->roots; r; r = r->next) {
        double away = 0;
        for (int i = 0; i < v->s->unknowns; i++)
            away = fmax(away, fabs(r->x[i] - x[i]));
        if (away < 1e-7)
            return true;
    }
    return false;
}

/* Is the cell done with the help of a certified solution, old or new? */
static dtn_status solved(dtn_ctx *ctx, cover *v, const dtn_support_cell *c, double *x, bool *done)
{
    *done = true;
    for (const dtn_support_root *r = v->roots; r; r = r->next)
        if (dtn_support_cell_only(v->work, c, r->x))
            return DTN_OK;
    *done = false;
    if (!dtn_support_cell_newton(v->work, c, x) || known(v, x))
        return DTN_OK;
    dtn_root_kind kind;
    dtn_support_root *root;
    DTN_TRY(dtn_support_certify(ctx, ctx->scratch, v->run, &kind, &root, v->s, x));
    if (kind == DTN_ROOT_NONE)
        return DTN_OK;
    *v->left = *v->left || kind == DTN_ROOT_UNDECIDED;
    if (known(v, root->x))
        return DTN_OK;
    root->next = v->roots;
    v->roots = root;
    *done = dtn_support_cell_only(v->work, c, root->x);
    return DTN_OK;
}

static dtn_status split(dtn_ctx *ctx, cover *v, dtn_support_cell *c)
{
    int m = 0, i = 0, j = 0;
    dtn_support_cell *other = v->free;
    if (other)
        v->free = other->next;
    else
        DTN_TRY(dtn_support_cell_new(ctx, &other, v->work));
    dtn_support_cell_longest(c, v->work, &m, &i, &j);
    dtn_support_cell_copy(other, c, v->work);
    dtn_support_cell_halve(c, v->work, m, i, j);
    dtn_support_cell_halve(other, v->work, m, j, i);
    c->next = other;
    other->next = v->todo;
    v->todo = c;
    return DTN_OK;
}

dtn_status dtn_support_cover(dtn_ctx *ctx, dtn_profile_run *run, bool *left, const dtn_indifference *s,
                             long cells)
{
    *left = false;
    cover v = {.run = run, .s = s, .left = left};
    double *x;
    DTN_ALLOC(ctx, ctx->scratch, x, s->unknowns);
    DTN_TRY(dtn_support_cell_work_new(ctx, &v.work, s));
    DTN_TRY(dtn_support_cell_new(ctx, &v.todo, v.work));
    dtn_support_cell_whole(v.todo, v.work);
    for (long used = 0; v.todo && !run->enough; used++) {
        dtn_support_cell *c = v.todo;
        v.todo = c->next;
        if (used % 64 == 0)
            DTN_TRY(dtn_ctx_poll(ctx));
        run->out->nodes++;
        bool done = dtn_support_cell_refuted(v.work, c);
        if (!done)
            DTN_TRY(solved(ctx, &v, c, x, &done));
        if (!done && used >= cells) {
            *left = true;
            return DTN_OK;
        }
        if (!done && c->depth > DEEPEST * s->unknowns) {
            /* A point that is never decided: look at the rest, but not for long. */
            cells = *left ? cells : used + (cells - used) / SHARE;
            done = *left = true;
        }
        if (done) {
            c->next = v.free;
            v.free = c;
        } else {
            DTN_TRY(split(ctx, &v, c));
        }
    }
    return DTN_OK;
}
