/* One parameter: the exact stretches on which the classes of equilibria stay the same.
 *
 * Method: a traced run at a point gives a face; it holds up to the nearest roots of its factors on both sides; what is left on the left
 *   and on the right is treated alike. Roots of degree 1 are rationals; others are parted by bisection and sign
 *   changes, and bracketed to 2^-50 of the range. At every rational root the point itself is solved.
 * Cost: a traced run a face, an exact solution a rational end. Exact.
 * Source: real roots by Vincent, Collins and Akritas (num/bernstein.h). */
#include <string.h>

#include "analyse/regions_parts.h"

enum { FINEST = 50, TRIES = 12 };

/* A root of a factor inside the range; lo == hi: exact. */
typedef struct root {
    fmpq *lo, *hi;
    int factor;
} root;

typedef struct walker {
    dtn_ctx *ctx;
    dtn_arena *arena;
    dtn_faces *faces;
    dtn_factors factors;
    const fmpq *lo, *hi;
    root *root; /* of all factors met, in no order */
    int roots, root_room, factors_seen;
    dtn_stretch *stretch;
    int stretches, room;
    fmpq *work;         /* [3] */
    dtn_status stopped; /* OK, or why the rest is left open */
} walker;

static dtn_status add_root(walker *w, root **out, int factor)
{
    if (w->roots == w->root_room) {
        int room = 2 * w->root_room + 32;
        root *bigger;
        DTN_ALLOC(w->ctx, w->arena, bigger, room);
        if (w->roots)
            memcpy(bigger, w->root, (size_t)w->roots * sizeof *bigger);
        w->root = bigger;
        w->root_room = room;
    }
    root *r = *out = &w->root[w->roots++];
    r->factor = factor;
    DTN_ALLOC_FMPQ(w->ctx, w->arena, r->lo, 2);
    r->hi = r->lo + 1;
    return DTN_OK;
}

/* lo + (hi - lo) * at / 2^level */
static void unit_to_range(const walker *w, fmpq *out, int level, long at)
{
    fmpq_sub(w->work, w->hi, w->lo);
    fmpq_set_si(out, at, 1);
    fmpq_div_2exp(out, out, (ulong)level);
    fmpq_mul(out, out, w->work);
    fmpq_add(out, out, w->lo);
}

/* The roots of a factor of degree 2 or more in one dyadic piece: irreducible, so that none is rational. */
static dtn_status isolate(walker *w, int factor, int level, long number)
{
    int sign, changes;
    long at[2] = {number, 0};
    DTN_TRY(dtn_factors_sign(w->ctx, &sign, &w->factors, factor, level, at, &changes));
    if (changes == 0)
        return DTN_OK;
    if (changes == 1 || level == FINEST) { /* one root (or roots that nothing tells apart): narrow it */
        for (; level < FINEST; level++) {
            at[0] = 2 * number;
            DTN_TRY(dtn_factors_sign(w->ctx, &sign, &w->factors, factor, level + 1, at, &changes));
            number = 2 * number + (changes == 0);
        }
        root *r;
        DTN_TRY(add_root(w, &r, factor));
        unit_to_range(w, r->lo, level, number);
        unit_to_range(w, r->hi, level, number + 1);
        return DTN_OK;
    }
    DTN_TRY(isolate(w, factor, level + 1, 2 * number));
    return isolate(w, factor, level + 1, 2 * number + 1);
}

static dtn_status find_roots(walker *w)
{
    for (; w->factors_seen < dtn_trace_factors(w->faces->trace); w->factors_seen++) {
        dtn_arena_mark mark = dtn_arena_save(w->ctx->scratch);
        fmpz *c;
        int degree[2];
        DTN_TRY(dtn_factor_dense(w->ctx, w->ctx->scratch, &c, degree, w->faces, w->factors_seen));
        if (degree[0] == 1) {
            fmpq_set_fmpz_frac(w->work + 1, &c[0], &c[1]);
            fmpq_neg(w->work + 1, w->work + 1);
            if (fmpq_cmp(w->work + 1, w->lo) > 0 && fmpq_cmp(w->work + 1, w->hi) < 0) {
                root *r;
                DTN_TRY(add_root(w, &r, w->factors_seen));
                fmpq_set(r->lo, w->work + 1);
                fmpq_set(r->hi, w->work + 1);
            }
        } else {
            DTN_TRY(isolate(w, w->factors_seen, 0, 0));
        }
        dtn_arena_release(w->ctx->scratch, mark);
    }
    return DTN_OK;
}

static bool is_of(const dtn_face *face, int factor)
{
    for (int i = 0; i < face->factors; i++)
        if (face->factor[i] == factor)
            return true;
    return false;
}

/* The face around x within (left, right): the nearest roots of its factors. left and right are narrowed. false: x lies in the
 * bracket of one of them. */
static bool bound(const walker *w, const dtn_face *face, const fmpq *x, const root **left, const root **right)
{
    for (int i = 0; i < w->roots; i++) {
        const root *r = &w->root[i];
        if (!is_of(face, r->factor))
            continue;
        if (fmpq_cmp(r->hi, x) < 0) {
            if (fmpq_cmp(r->lo, (*left)->lo) > 0)
                *left = r;
        } else if (fmpq_cmp(r->lo, x) > 0) {
            if (fmpq_cmp(r->hi, (*right)->hi) < 0)
                *right = r;
        } else {
            return false;
        }
    }
    return true;
}

static dtn_status emit(walker *w, const root *left, const root *right, int pattern)
{
    if (w->stretches == w->room) {
        int room = 2 * w->room + 32;
        dtn_stretch *bigger;
        DTN_ALLOC(w->ctx, w->arena, bigger, room);
        if (w->stretches)
            memcpy(bigger, w->stretch, (size_t)w->stretches * sizeof *bigger);
        w->stretch = bigger;
        w->room = room;
    }
    w->stretch[w->stretches++] =
        (dtn_stretch){.left = {*left->lo, *left->hi, left->factor, DTN_FACE_UNKNOWN},
                      .right = {*right->lo, *right->hi, right->factor, DTN_FACE_UNKNOWN},
                      .pattern = pattern};
    return DTN_OK;
}

/* The open gap between two roots (or ends of the range). */
static dtn_status fill(walker *w, root left, root right)
{
    static const int share[TRIES] = {0, 52, 33, 71, 17, 88, 9, 95, 41, 60, 25, 79};
    if (fmpq_cmp(left.hi, right.lo) >= 0)
        return DTN_OK;
    if (w->stopped != DTN_OK)
        return emit(w, &left, &right, DTN_FACE_UNKNOWN);
    int face = -1;
    const root *from = &left, *to = &right;
    fmpq *x;
    DTN_ALLOC_FMPQ(w->ctx, w->arena, x, 1);
    for (int i = 0; i < TRIES && face < 0; i++) {
        if (i == 0) {
            fmpq_sub(x, right.lo, left.hi);
            fmpq_div_2exp(x, x, 2);
            fmpq_add(w->work, left.hi, x);
            fmpq_sub(w->work + 1, right.lo, x);
            dtn_rational_simplest(x, w->work, w->work + 1);
        } else {
            fmpq_sub(x, right.lo, left.hi);
            fmpq_set_si(w->work, share[i], 101);
            fmpq_mul(x, x, w->work);
            fmpq_add(x, x, left.hi);
        }
        dtn_status status = dtn_faces_at(w->ctx, &face, w->faces, x);
        if (status == DTN_LIMIT || status == DTN_CANCELLED) {
            w->stopped = status;
            return emit(w, &left, &right, DTN_FACE_UNKNOWN);
        }
        DTN_TRY(status);
        DTN_TRY(find_roots(w));
        if (face >= 0 && !bound(w, &w->faces->face[face], x, &from, &to)) {
            face = -1;
            from = &left;
            to = &right;
        }
    }
    if (face < 0)
        return emit(w, &left, &right, DTN_FACE_UNKNOWN);
    root low = *from, high = *to;
    if (from != &left)
        DTN_TRY(fill(w, left, low));
    DTN_TRY(emit(w, &low, &high, w->faces->face[face].pattern));
    return to != &right ? fill(w, high, right) : DTN_OK;
}

/* What holds exactly at the right end of a stretch. */
static dtn_status look_at(walker *w, dtn_stretch_end *end)
{
    const dtn_snapshot *s;
    if (!fmpq_equal(&end->lo, &end->hi))
        return DTN_OK;
    DTN_TRY(dtn_sweep_at(w->ctx, &s, w->faces->sweep, w->faces->param[0], &end->lo));
    end->here = !s->inside ? DTN_FACE_OUTSIDE : s->complete ? s->pattern : DTN_FACE_UNKNOWN;
    return DTN_OK;
}

static dtn_status join(walker *w)
{
    int kept = 0;
    for (int i = 0; i < w->stretches; i++) {
        dtn_stretch *last = kept ? &w->stretch[kept - 1] : NULL, *own = &w->stretch[i];
        DTN_TRY(look_at(w, &own->right));
        if (i == 0)
            DTN_TRY(look_at(w, &own->left));
        if (last)
            own->left.here = last->right.here;
        bool exact = fmpq_equal(&own->left.lo, &own->left.hi);
        if (last && last->pattern == own->pattern && (!exact || own->left.here == own->pattern)) {
            last->right = own->right;
            last->unseen += own->unseen + !exact;
        } else {
            w->stretch[kept++] = *own;
        }
    }
    w->stretches = kept;
    return DTN_OK;
}

dtn_status dtn_faces_line(dtn_ctx *ctx, dtn_arena *arena, const dtn_stretch **out, int *count,
                          dtn_faces *faces, const fmpq_t lo, const fmpq_t hi)
{
    walker w = {.ctx = ctx, .arena = arena, .faces = faces, .lo = lo, .hi = hi};
    w.factors = (dtn_factors){.arena = arena, .faces = faces, .lo = lo, .hi = hi};
    DTN_ALLOC_FMPQ(ctx, arena, w.work, 3);
    fmpq *ends;
    DTN_ALLOC_FMPQ(ctx, arena, ends, 2);
    fmpq_set(ends, lo);
    fmpq_set(ends + 1, hi);
    dtn_status status = fill(&w, (root){ends, ends, -1}, (root){ends + 1, ends + 1, -1});
    dtn_ctx_pause pause = dtn_ctx_pause_limits(ctx); /* the ends of what is known */
    if (status == DTN_OK)
        status = join(&w);
    dtn_ctx_resume_limits(ctx, pause);
    *out = w.stretch;
    *count = w.stretches;
    return status == DTN_OK ? w.stopped : status;
}
