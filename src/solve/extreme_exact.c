/* The exact search of the solver `extreme`: branching on labels with integer dictionaries.
 *
 * Method: in an equilibrium every label is tight in one of the two best-response polytopes; a node fixes for some labels where, and
 *   keeps an integer dictionary of the face left in each polytope. Labels that cannot be tight on one side are forced on the
 *   other; then the label whose smaller slack is largest is branched on: tight in P, or not tight in P and tight in Q. So each
 *   pair of vertices is met at one leaf only. A leaf is a product of two faces; the pairs of their vertices are the extreme
 *   equilibria. It searches whole games whose ties or sizes do not suit doubles, and what the search in doubles could not settle.
 * Cost: nodes x pivots x rows x columns. Exact: integers throughout.
 * Source: C. Audet, P. Hansen, B. Jaumard, G. Savard, Enumeration of all extreme equilibria of bimatrix games, SIAM J. Sci.
 *   Comput. 23 (2001); D. Avis, G. Rosenberg, R. Savani, B. von Stengel, Economic Theory 42 (2010). */
#include <math.h>

#include "solve/extreme_search.h"

/* What is decided about labels at one node. */
typedef struct frame {
    dtn_dictionary *now[DTN_SIDES]; /* an own buffer or an ancestor's */
    dtn_dictionary *own[DTN_SIDES]; /* buffers, made on demand */
    bool *done;                     /* [labels] tight on some side */
    bool *loose;                    /* [labels] not tight in P, by an earlier branch */
} frame;

typedef struct dtn_exact {
    frame *frame;                     /* [labels + 2] by depth */
    dtn_dictionary *spare[DTN_SIDES]; /* to look at single faces */
    double *slack;                    /* [2][labels] */
} exact;

/* --- branching ----------------------------------------------------------------------------------- */

static dtn_status writable(dtn_ctx *ctx, dtn_extreme *s, frame *f, dtn_side which)
{
    if (f->now[which] == f->own[which])
        return DTN_OK;
    if (!f->own[which]) {
        int rows = which == DTN_SIDE_P ? s->n : s->m, columns = which == DTN_SIDE_P ? s->m : s->n;
        DTN_TRY(dtn_dictionary_new(ctx, ctx->scratch, &f->own[which], rows, columns, s->labels));
    }
    dtn_dictionary_copy(f->own[which], f->now[which], s->labels);
    f->now[which] = f->own[which];
    return DTN_OK;
}

static dtn_status force(dtn_ctx *ctx, dtn_extreme *s, frame *f, dtn_side which, int label, bool *alive)
{
    DTN_TRY(writable(ctx, s, f, which));
    *alive = dtn_dictionary_force(f->now[which], label);
    f->done[label] = true;
    return DTN_OK;
}

/* Follows what is forced until nothing is; *alive = false when a label can be tight nowhere. */
static dtn_status propagate(dtn_ctx *ctx, dtn_extreme *s, frame *f, bool *alive)
{
    *alive = true;
    for (bool again = true; again;) {
        again = false;
        for (int l = 0; l < s->labels; l++) {
            if (f->done[l] && !f->loose[l])
                continue;
            dtn_tightness p = dtn_dictionary_tightness(f->now[DTN_SIDE_P], l);
            if (f->loose[l] && p == DTN_TIGHT_ALWAYS) {
                *alive = false;
                return DTN_OK;
            }
            if (f->done[l])
                continue;
            dtn_tightness q = dtn_dictionary_tightness(f->now[DTN_SIDE_Q], l);
            if (p == DTN_TIGHT_ALWAYS || q == DTN_TIGHT_ALWAYS) {
                f->done[l] = true;
            } else if (p == DTN_TIGHT_NEVER || q == DTN_TIGHT_NEVER) {
                *alive = p != q;
                if (*alive)
                    DTN_TRY(force(ctx, s, f, p == DTN_TIGHT_NEVER ? DTN_SIDE_Q : DTN_SIDE_P, l, alive));
                if (!*alive)
                    return DTN_OK;
                again = true;
            }
        }
    }
    return DTN_OK;
}

static double ratio(const fmpz_t a, const fmpz_t b)
{
    slong i, j;
    double x = fmpz_get_d_2exp(&i, a), y = fmpz_get_d_2exp(&j, b);
    slong shift = i - j;
    return fmpz_is_zero(a) || shift < -1000 ? 0 : shift > 1000 ? HUGE_VAL : ldexp(x / y, (int)shift);
}

/* Slack of every label at the dictionary's vertex: a probability, or a difference of payoffs over their range. */
static void slacks(const dtn_extreme *s, const dtn_dictionary *d, dtn_side which, double *out)
{
    int first = which == DTN_SIDE_P ? 0 : s->m, width = which == DTN_SIDE_P ? s->m : s->n;
    double sum = 0;
    for (int l = 0; l < s->labels; l++) {
        int place = d->place[l];
        out[l] = place < 0 ? 0 : ratio(d->cell + (size_t)place * (size_t)d->stride, d->det);
        if (l >= first && l < first + width)
            sum += out[l];
    }
    double range =
        ldexp(s->polytope[which].range, s->polytope[which].bits < 1000 ? s->polytope[which].bits : 1000);
    for (int l = 0; l < s->labels && sum > 0; l++)
        out[l] /= l >= first && l < first + width ? sum : sum * range;
}

/* The label to branch on, -1: all are done. */
static int choose(const dtn_extreme *s, const frame *f)
{
    double *slack = s->exact->slack;
    slacks(s, f->now[DTN_SIDE_P], DTN_SIDE_P, slack);
    slacks(s, f->now[DTN_SIDE_Q], DTN_SIDE_Q, slack + s->labels);
    int best = -1;
    double best_least = 0, best_most = 0;
    for (int l = 0; l < s->labels; l++) {
        if (f->done[l])
            continue;
        double p = slack[l], q = slack[s->labels + l], least = p < q ? p : q, most = p < q ? q : p;
        if (best < 0 || least > best_least || (least == best_least && most > best_most)) {
            best = l;
            best_least = least;
            best_most = most;
        }
    }
    return best;
}

static bool excluded(const dtn_extreme *s, const frame *f, int vertex)
{
    const dtn_vertex_set *set = s->vertices[DTN_SIDE_P];
    for (int l = 0; l < s->labels; l++)
        if (f->loose[l] && dtn_label_in(set->tight + (size_t)vertex * (size_t)set->words, l))
            return true;
    return false;
}

static dtn_status leaf(dtn_ctx *ctx, dtn_extreme *s, frame *f)
{
    int *list[DTN_SIDES], count[DTN_SIDES];
    for (int w = 0; w < DTN_SIDES; w++)
        DTN_TRY(dtn_face_vertices(ctx, s->vertices[w], &list[w], &count[w], f->now[w]));
    for (int i = 0; i < count[DTN_SIDE_P]; i++) {
        if (excluded(s, f, list[DTN_SIDE_P][i]))
            continue;
        for (int j = 0; j < count[DTN_SIDE_Q] && !s->run->enough; j++)
            DTN_TRY(dtn_extreme_found(ctx, s, list[DTN_SIDE_P][i], list[DTN_SIDE_Q][j]));
    }
    return DTN_OK;
}

static dtn_status explore(dtn_ctx *ctx, dtn_extreme *s, int depth);

/* The child of frame depth in which label is tight on one side. */
static dtn_status child(dtn_ctx *ctx, dtn_extreme *s, int depth, int label, dtn_side which)
{
    const frame *f = &s->exact->frame[depth];
    frame *c = &s->exact->frame[depth + 1];
    for (int w = 0; w < DTN_SIDES; w++)
        c->now[w] = f->now[w];
    for (int l = 0; l < s->labels; l++) {
        c->done[l] = f->done[l];
        c->loose[l] = f->loose[l];
    }
    if (which == DTN_SIDE_Q)
        c->loose[label] = true;
    bool alive;
    DTN_TRY(force(ctx, s, c, which, label, &alive));
    return alive ? explore(ctx, s, depth + 1) : DTN_OK;
}

static dtn_status explore(dtn_ctx *ctx, dtn_extreme *s, int depth)
{
    frame *f = &s->exact->frame[depth];
    bool alive;
    s->nodes++;
    DTN_TRY(dtn_ctx_poll(ctx));
    DTN_TRY(propagate(ctx, s, f, &alive));
    if (!alive || s->run->enough)
        return DTN_OK;
    int label = choose(s, f);
    if (label < 0) {
        dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
        dtn_status status = leaf(ctx, s, f);
        dtn_arena_release(ctx->scratch, mark);
        return status;
    }
    DTN_TRY(child(ctx, s, depth, label, DTN_SIDE_P));
    return child(ctx, s, depth, label, DTN_SIDE_Q);
}

/* --- entry points --------------------------------------------------------------------------------- */

/* Restricts d to the face on which these labels are tight. false: it is empty. */
static bool restrict_to(dtn_dictionary *d, const dtn_extreme *s, const dtn_labels *tight)
{
    for (int l = 0; l < s->labels; l++)
        if (dtn_labels_has(tight, l) && !dtn_dictionary_force(d, l))
            return false;
    return true;
}

dtn_status dtn_exact_new(dtn_ctx *ctx, dtn_extreme *s)
{
    exact *e;
    DTN_ALLOC(ctx, ctx->scratch, e, 1);
    DTN_ALLOC(ctx, ctx->scratch, e->frame, s->labels + 2);
    DTN_ALLOC(ctx, ctx->scratch, e->slack, 2 * s->labels);
    for (int d = 0; d < s->labels + 2; d++) {
        DTN_ALLOC(ctx, ctx->scratch, e->frame[d].done, s->labels);
        DTN_ALLOC(ctx, ctx->scratch, e->frame[d].loose, s->labels);
    }
    for (int w = 0; w < DTN_SIDES; w++)
        DTN_TRY(dtn_dictionary_new(ctx, ctx->scratch, &e->spare[w], s->polytope[w].rows,
                                   s->polytope[w].columns, s->labels));
    s->exact = e;
    return DTN_OK;
}

dtn_status dtn_exact_search(dtn_ctx *ctx, dtn_extreme *s, const dtn_labels tight[DTN_SIDES],
                            const dtn_labels *open, const dtn_labels *loose)
{
    frame *f = &s->exact->frame[0];
    for (int l = 0; l < s->labels; l++) {
        f->done[l] = open && !dtn_labels_has(open, l);
        f->loose[l] = loose && dtn_labels_has(loose, l);
    }
    for (int w = 0; w < DTN_SIDES; w++) {
        f->now[w] = s->root[w];
        DTN_TRY(writable(ctx, s, f, (dtn_side)w));
        if (tight && !restrict_to(f->now[w], s, &tight[w]))
            return DTN_OK;
    }
    return explore(ctx, s, 0);
}

dtn_status dtn_exact_face(dtn_ctx *ctx, dtn_extreme *s, int **list, int *count, dtn_side which,
                          const dtn_labels *tight)
{
    dtn_dictionary *d = s->exact->spare[which];
    dtn_dictionary_copy(d, s->root[which], s->labels);
    *count = 0;
    return restrict_to(d, s, tight) ? dtn_face_vertices(ctx, s->vertices[which], list, count, d) : DTN_OK;
}

bool dtn_exact_positive(dtn_extreme *s, dtn_side which, const dtn_labels *tight, int label)
{
    dtn_dictionary *d = s->exact->spare[which];
    dtn_dictionary_copy(d, s->root[which], s->labels);
    return !restrict_to(d, s, tight) || !dtn_dictionary_force(d, label);
}
