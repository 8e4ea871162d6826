/* What holds throughout a box of many parameters.
 *
 * Method: as regions_map.c in two: a box lies in faces that together cover all signs which the undetermined factors can take on it; if all
 *   have one pattern, it is proved. Otherwise the box is halved along the parameter that moves the undetermined factors most.
 *   Largest boxes first, so that it may be stopped at any time.
 * Cost: a look at each face a box; the boxes along borders of many parameters grow fast with their number.
 * Exact: shares are sums of powers of 1/2; signs are proved (num/box_sign.h). Single surfaces are not covered: they have no volume. */
#include "analyse/space.h"

#include <math.h>
#include <string.h>

#include "analyse/regions.h"
#include "num/quasi.h"

enum { MOST_ASSUMED = 10, MOST_BRANCHES = 40, TRIES = 24, NOT_KNOWN = 2, DEEPEST = 44 };

typedef struct box {
    double *from, *to; /* [params] of the unit cube */
    int depth;         /* halvings */
} box;

/* Boxes in work by depth: the largest first. */
typedef struct queue {
    dtn_arena *arena;
    box *list[DEEPEST + 1];
    int count[DEEPEST + 1], room[DEEPEST + 1];
} queue;

dtn_status dtn_space_new(dtn_ctx *ctx, dtn_space **out, dtn_arena *arena, dtn_faces *faces, const fmpq *lo,
                         const fmpq *hi)
{
    dtn_space *s;
    DTN_ALLOC(ctx, arena, s, 1);
    *s = (dtn_space){.arena = arena, .faces = faces, .lo = lo, .hi = hi, .params = faces->params};
    DTN_TRY(dtn_face_index_new(ctx, &s->index, arena, faces));
    DTN_ALLOC_FMPQ(ctx, arena, s->point, s->params + 1);
    DTN_ALLOC(ctx, arena, s->assumed, MOST_ASSUMED);
    DTN_ALLOC(ctx, arena, s->assumed_sign, MOST_ASSUMED);
    DTN_ALLOC(ctx, arena, s->influence, s->params);
    *out = s;
    return DTN_OK;
}

static uint64_t bit_of(int pattern)
{
    if (pattern == DTN_FACE_OUTSIDE)
        return UINT64_C(1) << DTN_REGION_OUTSIDE;
    return UINT64_C(1) << (pattern < 0 || pattern >= DTN_REGION_PATTERNS ? DTN_REGION_UNKNOWN : pattern);
}

static bool is_single(uint64_t patterns)
{
    return patterns && (patterns & (patterns - 1)) == 0 && !(patterns >> DTN_REGION_UNKNOWN);
}

/* The factors met so far, as polynomials on the unit cube. */
static dtn_status take_factors(dtn_ctx *ctx, dtn_space *s)
{
    int count = dtn_trace_factors(s->faces->trace);
    if (count > s->sign_room) {
        int room = 2 * count + 64;
        dtn_box_poly **bigger;
        DTN_ALLOC(ctx, s->arena, bigger, room);
        if (s->polys)
            memcpy(bigger, s->poly, (size_t)s->polys * sizeof(dtn_box_poly *));
        s->poly = bigger;
        int8_t *sign;
        DTN_ALLOC(ctx, s->arena, sign, room);
        if (s->signs)
            memcpy(sign, s->sign, (size_t)s->signs);
        s->sign = sign;
        s->sign_room = room;
    }
    for (; s->polys < count; s->polys++) {
        dtn_box_poly *p;
        DTN_ALLOC(ctx, s->arena, p, 1);
        DTN_TRY(dtn_box_poly_make(ctx, s->arena, p, dtn_trace_factor(s->faces->trace, s->polys),
                                  dtn_trace_ring(s->faces->trace), s->lo, s->hi));
        s->poly[s->polys] = p;
    }
    for (; s->signs < count; s->signs++)
        s->sign[s->signs] = NOT_KNOWN;
    return DTN_OK;
}

/* 1, -1, or 0: it may change on the box. */
static int sign_on(dtn_space *s, const box *b, int factor)
{
    if (s->sign[factor] == NOT_KNOWN)
        s->sign[factor] = (int8_t)dtn_box_poly_sign(s->poly[factor], b->from, b->to, NULL);
    return s->sign[factor];
}

static int assumed_sign(const dtn_space *s, int factor)
{
    for (int i = 0; i < s->assumptions; i++)
        if (s->assumed[i] == factor)
            return s->assumed_sign[i];
    return 0;
}

/* How many factors of the face are open on the box, -1: the face has none of it. */
static int compare(dtn_space *s, const box *b, const dtn_face *face, int most)
{
    int open = 0;
    for (int i = 0; i < face->factors && open <= most; i++) {
        int sign = sign_on(s, b, face->factor[i]);
        sign = sign ? sign : assumed_sign(s, face->factor[i]);
        if (sign == 0)
            open++;
        else if (sign != face->sign[i])
            return -1;
    }
    return open;
}

/* The i-th of some points inside the box. */
static void place(dtn_space *s, const box *b, int i)
{
    fmpq *work = s->point + s->params;
    for (int k = 0; k < s->params; k++) {
        double unit =
            i == 0 ? 0.4921875
                   : (double)dtn_sobol(k % DTN_SOBOL_MOST, (uint64_t)i) * 0x1p-26 * 0.9921875 + 0.00390625;
        dtn_rational_set_double(s->point + k, b->from[k] + (b->to[k] - b->from[k]) * (double)(float)unit);
        fmpq_sub(work, &s->hi[k], &s->lo[k]);
        fmpq_mul(s->point + k, s->point + k, work);
        fmpq_add(s->point + k, s->point + k, &s->lo[k]);
    }
}

/* A face at a point of the box that has the assumed signs; -1: none was found. */
static dtn_status explore(dtn_ctx *ctx, dtn_space *s, const box *b, int *face)
{
    *face = -1;
    for (int i = 0; i < TRIES && *face < 0; i++) {
        bool fits = true;
        place(s, b, i);
        for (int k = 0; k < s->assumptions && fits; k++)
            fits = dtn_trace_factor_sign_at(s->faces->trace, s->assumed[k], s->point) == s->assumed_sign[k];
        if (fits)
            DTN_TRY(dtn_faces_at(ctx, face, s->faces, s->point));
    }
    return *face >= 0 ? take_factors(ctx, s) : DTN_OK;
}

/* Adds the patterns of all signs that the assumptions leave. */
static dtn_status cover(dtn_ctx *ctx, dtn_space *s, const box *b, uint64_t *patterns)
{
    int best = -1, open = INT32_MAX;
    if (++s->branches <= MOST_BRANCHES)
        for (int f = 0; f < s->faces->faces && open > 0; f++) {
            int own = compare(s, b, &s->faces->face[f], open);
            if (own >= 0 && own < open) {
                open = own;
                best = f;
            }
        }
    if (best < 0 && s->branches <= MOST_BRANCHES) {
        DTN_TRY(explore(ctx, s, b, &best));
        open = best < 0 ? 0 : compare(s, b, &s->faces->face[best], INT32_MAX);
    }
    if (best < 0 || s->assumptions + open > MOST_ASSUMED) {
        *patterns |= UINT64_C(1) << DTN_REGION_UNKNOWN;
        return DTN_OK;
    }
    const dtn_face face = s->faces->face[best];
    *patterns |= bit_of(face.pattern);
    int before = s->assumptions;
    for (int i = 0; i < face.factors && is_single(*patterns); i++) {
        if (sign_on(s, b, face.factor[i]) || assumed_sign(s, face.factor[i]))
            continue;
        s->assumed[s->assumptions] = face.factor[i];
        s->assumed_sign[s->assumptions++] = -face.sign[i];
        DTN_TRY(cover(ctx, s, b, patterns));
        s->assumed_sign[s->assumptions - 1] = face.sign[i];
    }
    if (!is_single(*patterns) && before == 0) /* what the next halving should settle */
        for (int i = 0; i < face.factors; i++)
            if (sign_on(s, b, face.factor[i]) == 0)
                dtn_box_poly_sign(s->poly[face.factor[i]], b->from, b->to, s->influence);
    s->assumptions = before;
    return DTN_OK;
}

static dtn_status add_box(dtn_ctx *ctx, queue *q, int params, const box *parent, int axis, bool upper)
{
    int depth = parent ? parent->depth + 1 : 0;
    if (q->count[depth] == q->room[depth]) {
        int room = 2 * q->room[depth] + 16;
        box *bigger;
        DTN_ALLOC(ctx, q->arena, bigger, room);
        if (q->count[depth])
            memcpy(bigger, q->list[depth], (size_t)q->count[depth] * sizeof *bigger);
        q->list[depth] = bigger;
        q->room[depth] = room;
    }
    box *b = &q->list[depth][q->count[depth]];
    DTN_ALLOC(ctx, q->arena, b->from, 2 * params);
    b->to = b->from + params;
    b->depth = depth;
    for (int k = 0; k < params; k++) {
        b->from[k] = parent ? parent->from[k] : 0;
        b->to[k] = parent ? parent->to[k] : 1;
    }
    if (parent) {
        double middle = 0.5 * (parent->from[axis] + parent->to[axis]);
        *(upper ? &b->from[axis] : &b->to[axis]) = middle;
    }
    q->count[depth]++;
    return DTN_OK;
}

/* The parameter whose halving settles most. */
static int choose_axis(const dtn_space *s, const box *b)
{
    int best = 0;
    for (int k = 1; k < s->params; k++)
        if (s->influence[k] > s->influence[best])
            best = k;
    if (s->influence[best] > 0)
        return best;
    for (int k = 1; k < s->params; k++)
        if (b->to[k] - b->from[k] > b->to[best] - b->from[best])
            best = k;
    return best;
}

/* A point of the box with another pattern than those wanted: any face met there says so. */
static dtn_status find_other(dtn_ctx *ctx, dtn_space *s, const box *b, uint64_t wanted, bool *other)
{
    uint64_t fine = wanted | UINT64_C(1) << DTN_REGION_OUTSIDE | UINT64_C(1) << DTN_REGION_UNKNOWN;
    for (int i = 0; i < TRIES && !*other; i++) {
        int face;
        place(s, b, i);
        DTN_TRY(dtn_face_index_find(ctx, &face, s->index, s->point));
        if (face < 0)
            DTN_TRY(dtn_faces_at(ctx, &face, s->faces, s->point));
        *other = face >= 0 && !(bit_of(s->faces->face[face].pattern) & fine);
    }
    return take_factors(ctx, s);
}

static dtn_status look(dtn_ctx *ctx, dtn_space *s, queue *q, const box *b, double share[64], uint64_t wanted,
                       bool *other, bool *settled)
{
    uint64_t patterns = 0;
    DTN_TRY(take_factors(ctx, s));
    if (s->signs)
        memset(s->sign, NOT_KNOWN, (size_t)s->signs);
    memset(s->influence, 0, (size_t)s->params * sizeof *s->influence);
    s->assumptions = s->branches = 0;
    DTN_TRY(cover(ctx, s, b, &patterns));
    *settled = is_single(patterns);
    if (*settled) {
        int bit = 0;
        while (!(patterns >> bit & 1))
            bit++;
        share[bit] += ldexp(1, -b->depth);
    }
    if (wanted && patterns & ~wanted & ~(UINT64_C(1) << DTN_REGION_OUTSIDE))
        DTN_TRY(find_other(ctx, s, b, wanted, other));
    if (*settled || *other || b->depth == DEEPEST)
        return DTN_OK;
    int axis = choose_axis(s, b);
    const box parent = *b; /* the list may move */
    DTN_TRY(add_box(ctx, q, s->params, &parent, axis, false));
    return add_box(ctx, q, s->params, &parent, axis, true);
}

dtn_status dtn_space_measure(dtn_ctx *ctx, dtn_space *s, double share[64], double *open, long most,
                             uint64_t wanted, bool *other)
{
    queue q = {.arena = dtn_arena_new(ctx)};
    bool met = false;
    memset(share, 0, 64 * sizeof *share);
    *open = 1;
    dtn_status status = q.arena ? add_box(ctx, &q, s->params, NULL, 0, false) : dtn_fail_nomem(ctx);
    long looked = 0;
    for (int depth = 0; depth <= DEEPEST && status == DTN_OK && !met; depth++)
        for (int i = 0; i < q.count[depth] && status == DTN_OK && looked < most && !met; i++) {
            bool settled;
            const box b = q.list[depth][i];
            if (++looked % 64 == 0) {
                dtn_ctx_report(ctx, "boxes", (double)looked / (double)most);
                status = dtn_ctx_poll(ctx);
            }
            if (status == DTN_OK)
                status = look(ctx, s, &q, &b, share, wanted, &met, &settled);
        }
    for (int p = 0; p < 64; p++)
        *open -= share[p];
    if (other)
        *other = met;
    dtn_arena_free(q.arena);
    return status;
}
