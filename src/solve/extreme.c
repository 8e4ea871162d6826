/* extreme: all extreme equilibria of a two-player game, its maximal Nash subsets and components, exactly.
 *
 * Method: branching on labels. In an equilibrium every label is tight in one of the two best-response polytopes; a node fixes for some labels
 *   where, and keeps an integer dictionary of the face left in each polytope. Labels that cannot be tight on one side are forced on the other;
 *   then the label whose smaller slack is largest is branched on: tight in P, or not tight in P and tight in Q. So each pair of
 *   vertices is met at one leaf only. A leaf is a product of two faces; the pairs of their vertices are the extreme equilibria.
 * Cost: nodes x pivots x rows x columns; about 5,000 nodes for a random 16 x 16 game. Exact: integers throughout.
 * Source: C. Audet, P. Hansen, B. Jaumard, G. Savard, Enumeration of all extreme equilibria of bimatrix games, SIAM J. Sci.
 *   Comput. 23 (2001); D. Avis, G. Rosenberg, R. Savani, B. von Stengel, Economic Theory 42 (2010). */
#include <math.h>

#include "solve/extreme.h"

typedef enum side { SIDE_P, SIDE_Q } side;
enum { SIDES = 2 };

/* What is decided about labels at one node. */
typedef struct frame {
    dtn_dictionary *now[SIDES]; /* an own buffer or an ancestor's */
    dtn_dictionary *own[SIDES]; /* buffers, made on demand */
    bool *done;                 /* [labels] tight on some side */
    bool *loose;                /* [labels] not tight in P, by an earlier branch */
} frame;

typedef struct search {
    dtn_profile_run *run;
    int m, n, labels;
    frame *frame; /* [labels + 1] by depth */
    dtn_vertex_set *vertices[SIDES];
    fmpq *sigma;         /* [m + n] */
    double *slack;       /* [2][labels] */
    double range[SIDES]; /* largest difference of payoffs, to weigh slacks of best replies against probabilities */
} search;

/* --- the two polytopes --------------------------------------------------------------------------- */

/* Dictionary of {x >= 0, M x <= 1}: M[i][j] = scaled payoff, made positive, of the other player for its strategy i against j. */
static dtn_status polytope(dtn_ctx *ctx, search *s, side which, const dtn_strategic *game,
                           dtn_dictionary **out)
{
    int rows = which == SIDE_P ? s->n : s->m, columns = which == SIDE_P ? s->m : s->n, payee = which == SIDE_P;
    dtn_dictionary *d;
    DTN_TRY(dtn_dictionary_new(ctx, ctx->scratch, &d, rows, columns, s->labels));
    int first_row = which == SIDE_P ? s->m : 0, first_column = which == SIDE_P ? 0 : s->m;
    fmpz *least = dtn_arena_fmpz(ctx->scratch, 2);
    if (!least)
        return dtn_fail_nomem(ctx);
    for (int i = 0; i < rows; i++) {
        fmpz *row = d->cell + (size_t)i * (size_t)d->stride;
        fmpz_one(row);
        d->basic[i] = first_row + i;
        d->place[first_row + i] = i;
        for (int j = 0; j < columns; j++) {
            size_t profile =
                which == SIDE_P ? (size_t)j + (size_t)i * (size_t)s->m : (size_t)i + (size_t)j * (size_t)s->m;
            const fmpq *payoff = game->payoff + 2 * profile + (size_t)payee;
            fmpz *cell = row + j + 1;
            fmpz_divexact(cell, game->denominator + payee, fmpq_denref(payoff));
            fmpz_mul(cell, cell, fmpq_numref(payoff));
            if ((i == 0 && j == 0) || fmpz_cmp(cell, least) < 0)
                fmpz_set(least, cell);
            if ((i == 0 && j == 0) || fmpz_cmp(cell, least + 1) > 0)
                fmpz_set(least + 1, cell);
        }
    }
    for (int i = 0; i < rows; i++)
        for (int j = 1; j <= columns; j++) {
            fmpz *cell = d->cell + (size_t)i * (size_t)d->stride + j;
            fmpz_sub(cell, cell, least);
            fmpz_add_ui(cell, cell, 1);
        }
    for (int j = 0; j < columns; j++) {
        d->nonbasic[j + 1] = first_column + j;
        d->place[first_column + j] = -j - 2;
    }
    fmpz_one(d->det);
    fmpz_sub(least + 1, least + 1, least);
    s->range[which] = fmpz_get_d(least + 1) > 0 ? fmpz_get_d(least + 1) : 1;
    *out = d;
    return DTN_OK;
}

/* Away from the origin, which is no strategy: to the first pure strategy. The largest entry of its column leaves. */
static void leave_origin(dtn_dictionary *d)
{
    int best = 0;
    for (int i = 1; i < d->rows; i++)
        if (fmpz_cmp(d->cell + (size_t)i * (size_t)d->stride + 1,
                     d->cell + (size_t)best * (size_t)d->stride + 1) > 0)
            best = i;
    dtn_dictionary_pivot(d, best, 1);
}

/* --- branching ----------------------------------------------------------------------------------- */

static dtn_status writable(dtn_ctx *ctx, search *s, frame *f, side which)
{
    if (f->now[which] == f->own[which])
        return DTN_OK;
    if (!f->own[which]) {
        int rows = which == SIDE_P ? s->n : s->m, columns = which == SIDE_P ? s->m : s->n;
        DTN_TRY(dtn_dictionary_new(ctx, ctx->scratch, &f->own[which], rows, columns, s->labels));
    }
    dtn_dictionary_copy(f->own[which], f->now[which], s->labels);
    f->now[which] = f->own[which];
    return DTN_OK;
}

static dtn_status force(dtn_ctx *ctx, search *s, frame *f, side which, int label, bool *alive)
{
    DTN_TRY(writable(ctx, s, f, which));
    *alive = dtn_dictionary_force(f->now[which], label);
    f->done[label] = true;
    return DTN_OK;
}

/* Follows what is forced until nothing is; *alive = false when a label can be tight nowhere. */
static dtn_status propagate(dtn_ctx *ctx, search *s, frame *f, bool *alive)
{
    *alive = true;
    for (bool again = true; again;) {
        again = false;
        for (int l = 0; l < s->labels; l++) {
            if (f->done[l] && !f->loose[l])
                continue;
            dtn_tightness p = dtn_dictionary_tightness(f->now[SIDE_P], l);
            if (f->loose[l] && p == DTN_TIGHT_ALWAYS) {
                *alive = false;
                return DTN_OK;
            }
            if (f->done[l])
                continue;
            dtn_tightness q = dtn_dictionary_tightness(f->now[SIDE_Q], l);
            if (p == DTN_TIGHT_ALWAYS || q == DTN_TIGHT_ALWAYS) {
                f->done[l] = true;
            } else if (p == DTN_TIGHT_NEVER || q == DTN_TIGHT_NEVER) {
                *alive = p != q;
                if (*alive)
                    DTN_TRY(force(ctx, s, f, p == DTN_TIGHT_NEVER ? SIDE_Q : SIDE_P, l, alive));
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
static void slacks(const search *s, const dtn_dictionary *d, side which, double *out)
{
    int first = which == SIDE_P ? 0 : s->m, width = which == SIDE_P ? s->m : s->n;
    double sum = 0;
    for (int l = 0; l < s->labels; l++) {
        int place = d->place[l];
        out[l] = place < 0 ? 0 : ratio(d->cell + (size_t)place * (size_t)d->stride, d->det);
        if (l >= first && l < first + width)
            sum += out[l];
    }
    for (int l = 0; l < s->labels && sum > 0; l++)
        out[l] /= l >= first && l < first + width ? sum : sum * s->range[which];
}

/* The label to branch on, -1: all are done. */
static int choose(const search *s, const frame *f)
{
    double *slack = s->slack;
    slacks(s, f->now[SIDE_P], SIDE_P, slack);
    slacks(s, f->now[SIDE_Q], SIDE_Q, slack + s->labels);
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

static bool excluded(const search *s, const frame *f, int vertex)
{
    const dtn_vertex_set *set = s->vertices[SIDE_P];
    for (int l = 0; l < s->labels; l++)
        if (f->loose[l] && dtn_label_in(set->tight + (size_t)vertex * (size_t)set->words, l))
            return true;
    return false;
}

static dtn_status leaf(dtn_ctx *ctx, search *s, frame *f)
{
    int *list[SIDES], count[SIDES];
    for (int w = 0; w < SIDES; w++)
        DTN_TRY(dtn_face_vertices(ctx, s->vertices[w], &list[w], &count[w], f->now[w]));
    for (int i = 0; i < count[SIDE_P]; i++) {
        if (excluded(s, f, list[SIDE_P][i]))
            continue;
        for (int j = 0; j < count[SIDE_Q] && !s->run->enough; j++) {
            const fmpq *x = s->vertices[SIDE_P]->point[list[SIDE_P][i]];
            const fmpq *y = s->vertices[SIDE_Q]->point[list[SIDE_Q][j]];
            for (int l = 0; l < s->labels; l++)
                fmpq_set(s->sigma + l, l < s->m ? x + l : y + l - s->m);
            dtn_profile *item;
            DTN_TRY(dtn_profile_found(ctx, s->run, s->sigma, &item));
            item->vertex[0] = list[SIDE_P][i];
            item->vertex[1] = list[SIDE_Q][j];
        }
    }
    return DTN_OK;
}

static dtn_status explore(dtn_ctx *ctx, search *s, int depth);

/* The child of frame depth in which label is tight on one side. */
static dtn_status child(dtn_ctx *ctx, search *s, int depth, int label, side which)
{
    const frame *f = &s->frame[depth];
    frame *c = &s->frame[depth + 1];
    for (int w = 0; w < SIDES; w++)
        c->now[w] = f->now[w];
    for (int l = 0; l < s->labels; l++) {
        c->done[l] = f->done[l];
        c->loose[l] = f->loose[l];
    }
    if (which == SIDE_Q)
        c->loose[label] = true;
    bool alive;
    DTN_TRY(force(ctx, s, c, which, label, &alive));
    return alive ? explore(ctx, s, depth + 1) : DTN_OK;
}

static dtn_status explore(dtn_ctx *ctx, search *s, int depth)
{
    frame *f = &s->frame[depth];
    bool alive;
    s->run->out->nodes++;
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
    DTN_TRY(child(ctx, s, depth, label, SIDE_P));
    return child(ctx, s, depth, label, SIDE_Q);
}

static dtn_status run_strategic(dtn_ctx *ctx, dtn_profile_run *run, const dtn_strategic *game,
                                const dtn_solve_options *options)
{
    (void)options;
    search s = {.run = run, .m = game->strategies[0], .n = game->strategies[1]};
    s.labels = s.m + s.n;
    DTN_ALLOC(ctx, ctx->scratch, s.frame, s.labels + 2);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, s.sigma, s.labels);
    DTN_ALLOC(ctx, ctx->scratch, s.slack, 2 * s.labels);
    for (int d = 0; d < s.labels + 2; d++) {
        DTN_ALLOC(ctx, ctx->scratch, s.frame[d].done, s.labels);
        DTN_ALLOC(ctx, ctx->scratch, s.frame[d].loose, s.labels);
    }
    dtn_arena *arena = run->out->arena;
    DTN_TRY(dtn_vertex_set_new(ctx, arena, &s.vertices[SIDE_P], s.labels, 0, s.m));
    DTN_TRY(dtn_vertex_set_new(ctx, arena, &s.vertices[SIDE_Q], s.labels, s.m, s.n));
    for (int w = 0; w < SIDES; w++) {
        DTN_TRY(polytope(ctx, &s, (side)w, game, &s.frame->own[w]));
        leave_origin(s.frame->own[w]);
        s.frame->now[w] = s.frame->own[w];
    }
    DTN_TRY(explore(ctx, &s, 0));
    run->out->candidates = run->out->count;
    return run->enough ? DTN_OK : dtn_extreme_describe(ctx, run->out, s.vertices);
}

const dtn_solver dtn_solver_extreme = {
    .name = "extreme",
    .title = "All extreme equilibria of a two-player game, maximal Nash subsets and components",
    .source =
        "C. Audet, P. Hansen, B. Jaumard, G. Savard, SIAM J. Sci. Comput. 23 (2001); D. Avis, G. Rosenberg, "
        "R. Savani, B. von Stengel, Economic Theory 42 (2010)",
    .needs = DTN_NEED_TWO_PLAYERS,
    .finds = DTN_FINDS_ALL,
    .exact = true,
    .run_strategic = run_strategic,
};
