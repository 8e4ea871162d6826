/* simplicial: equilibria by following simplices of a triangulation, any number of players.
 *
 * Method: x is an equilibrium exactly when z = x + U(x) has x as its nearest profile, so zeros of f(z) = x(z) + U(x(z)) - z are sought, where
 *   x(z) is the projection of z. Between two copies of space, triangulated together, the map goes from z0 - z to f. Simplices that
 *   hold a zero of the piecewise linear map form a path from the one that holds z0 to one of f's copy: each step a linear pivot decides
 *   which corner leaves, and a rule which one comes (Merrill's algorithm on Freudenthal's triangulation). Its zero is the next z0, on a finer
 *   mesh. Rounded to its support and certified. Several random starts.
 * Cost: a dense solution of the size of all strategies a step. Certified; not complete.
 * Source: H. Scarf, SIAM J. Appl. Math. 15 (1967); O. Merrill (1972); G. van der Laan, A. Talman, L. van der Heyden, Mathematics of Operations
 *   Research 12 (1987); F. Gul, D. Pearce, E. Stacchetti, Mathematics of Operations Research 18 (1993), for the map. */
#include <math.h>
#include <string.h>

#include "base/random.h"
#include "num/dense.h"
#include "solve/expected.h"
#include "solve/support.h"

enum { STARTS = 5, MESHES = 16, MOST_STEPS = 200000 };

typedef struct walk {
    dtn_expected *e;
    int n; /* strategies; a simplex has n + 2 corners, in n + 1 dimensions, the last one the copy: 0 or 1 */
    double mesh, *origin, *start;
    int *corner;    /* [n + 1] the first corner, in steps of the mesh from origin */
    int *order;     /* [n + 1] the direction to each next corner */
    double **label; /* [n + 2] of each corner: 1, then the map's value */
    double *z, *x, *u, *matrix, *weight, *enters;
    int *at, *pivot;
} walk;

static dtn_status prepare(dtn_ctx *ctx, walk *w, const dtn_strategic *game)
{
    DTN_TRY(dtn_expected_new(ctx, &w->e, game));
    size_t n = (size_t)(w->n = w->e->width);
    double **vector[] = {&w->origin, &w->start, &w->z, &w->x, &w->u, &w->weight, &w->enters};
    for (size_t i = 0; i < sizeof vector / sizeof *vector; i++)
        DTN_ALLOC(ctx, ctx->scratch, *vector[i], n + 1);
    DTN_ALLOC(ctx, ctx->scratch, w->matrix, (n + 1) * (n + 1));
    DTN_ALLOC(ctx, ctx->scratch, w->corner, n + 1);
    DTN_ALLOC(ctx, ctx->scratch, w->order, n + 1);
    DTN_ALLOC(ctx, ctx->scratch, w->at, n + 1);
    DTN_ALLOC(ctx, ctx->scratch, w->pivot, n + 1);
    DTN_ALLOC(ctx, ctx->scratch, w->label, n + 2);
    for (size_t i = 0; i < n + 2; i++)
        DTN_ALLOC(ctx, ctx->scratch, w->label[i], n + 1);
    return DTN_OK;
}

/* x = the nearest profile to z: each player's shares are max(z - t, 0) with a t that makes them sum to 1. */
static void project(walk *w)
{
    const dtn_strategic *g = w->e->game;
    for (int p = 0; p < g->players; p++) {
        const double *z = w->z + w->e->first[p];
        double *x = w->x + w->e->first[p], t = -HUGE_VAL, before;
        int n = g->strategies[p];
        do { /* t grows to the answer: each round drops the shares that would be negative */
            double sum = -1;
            int count = 0;
            before = t;
            for (int s = 0; s < n; s++)
                if (z[s] > before) {
                    sum += z[s];
                    count++;
                }
            t = sum / count;
        } while (t > before + 1e-15);
        for (int s = 0; s < n; s++)
            x[s] = fmax(z[s] - t, 0);
    }
}

static void payoffs(walk *w)
{
    project(w);
    dtn_expected_at(w->e, w->u, NULL, w->x);
}

/* Labels the corner at this position. */
static void mark(walk *w, int position)
{
    memcpy(w->at, w->corner, (size_t)(w->n + 1) * sizeof *w->at);
    for (int k = 0; k < position; k++)
        w->at[w->order[k]]++;
    double *label = w->label[position];
    label[0] = 1;
    for (int i = 0; i < w->n; i++)
        w->z[i] = w->origin[i] + w->mesh * w->at[i];
    if (w->at[w->n])
        payoffs(w);
    for (int i = 0; i < w->n; i++)
        label[i + 1] = (w->at[w->n] ? w->x[i] + w->u[i] : w->start[i]) - w->z[i];
}

/* Exchanges the corner for the one across its facet; *position: of the new one. */
static void replace(walk *w, int *position)
{
    int n = w->n + 1, p = *position;
    double *freed = w->label[p];
    if (p > 0 && p < n) {
        int kept = w->order[p - 1];
        w->order[p - 1] = w->order[p];
        w->order[p] = kept;
        return;
    }
    int way = w->order[p ? n - 1 : 0];
    w->corner[way] += p ? -1 : 1;
    if (p) {
        memmove(w->order + 1, w->order, (size_t)(n - 1) * sizeof *w->order);
        memmove(w->label + 1, w->label, (size_t)n * sizeof *w->label);
    } else {
        memmove(w->order, w->order + 1, (size_t)(n - 1) * sizeof *w->order);
        memmove(w->label, w->label + 1, (size_t)n * sizeof *w->label);
    }
    *position = p ? 0 : n;
    w->order[*position ? n - 1 : 0] = way;
    w->label[*position] = freed;
}

/* Which corner leaves when that at `entering` comes: -1: none (numbers failed). Leaves the weights of the others in w->weight. */
static int leaving(walk *w, int entering)
{
    int n = w->n + 1;
    for (int k = 0, column = 0; k <= n; k++)
        if (k != entering) {
            for (int r = 0; r < n; r++)
                w->matrix[r * n + column] = w->label[k][r];
            column++;
        }
    if (dtn_dense_factor(w->matrix, n, w->pivot) == 0)
        return -1;
    memset(w->weight, 0, (size_t)n * sizeof *w->weight);
    w->weight[0] = 1;
    memcpy(w->enters, w->label[entering], (size_t)n * sizeof *w->enters);
    dtn_dense_solve(w->matrix, n, w->pivot, w->weight);
    dtn_dense_solve(w->matrix, n, w->pivot, w->enters);
    int best = -1;
    double least = HUGE_VAL;
    for (int c = 0; c < n; c++)
        if (w->enters[c] > 1e-12 && w->weight[c] / w->enters[c] < least) {
            least = w->weight[c] / w->enters[c];
            best = c;
        }
    return best < 0 ? -1 : best + (best >= entering);
}

/* The zero of the piecewise linear map on the facet without `but`, to w->start. */
static bool read_zero(walk *w, int but)
{
    if (leaving(w, but) < 0 && !isfinite(w->weight[0]))
        return false;
    memset(w->start, 0, (size_t)w->n * sizeof *w->start);
    for (int k = 0, column = 0; k <= w->n + 1; k++) {
        if (k == but)
            continue;
        memcpy(w->at, w->corner, (size_t)(w->n + 1) * sizeof *w->at);
        for (int i = 0; i < k; i++)
            w->at[w->order[i]]++;
        for (int i = 0; i < w->n; i++)
            w->start[i] += w->weight[column] * (w->origin[i] + w->mesh * w->at[i]);
        column++;
    }
    return true;
}

/* From w->start to the zero on this mesh, again in w->start. */
static dtn_status follow(dtn_ctx *ctx, walk *w, long *steps, bool *found)
{
    int n = w->n + 1, entering = n;
    /* start is the middle of the first simplex of the copy 0 */
    for (int i = 0; i < n; i++) {
        w->corner[i] = 0;
        w->order[i] = i;
    }
    for (int i = 0; i < w->n; i++)
        w->origin[i] = w->start[i] - w->mesh * (double)(w->n - i) / n;
    for (int k = 0; k <= n; k++)
        mark(w, k);
    *found = false;
    for (long k = 0; k < MOST_STEPS; k++) {
        if (k % 32 == 0)
            DTN_TRY(dtn_ctx_poll(ctx));
        int out = leaving(w, entering);
        ++*steps;
        if (out < 0)
            return DTN_OK;
        entering = out;
        /* Does what is left lie in one copy? Only the new corner would leave the two copies then. */
        int level = w->corner[w->n], low = out == 0 ? 1 : 0, high = out == n ? n - 1 : n, rise = 0;
        while (w->order[rise] != w->n)
            rise++; /* corners after `rise` are one copy up */
        bool above = level == 0 && rise < low, below = level == 0 && rise >= high;
        if (above) {
            *found = read_zero(w, out);
            return DTN_OK;
        }
        if (below)
            return DTN_OK;
        replace(w, &entering);
        mark(w, entering);
    }
    return DTN_OK;
}

static void start_at_random(walk *w, uint64_t *random)
{
    for (int p = 0; p < w->e->players; p++) {
        double sum = 0;
        for (int i = w->e->first[p]; i < w->e->first[p] + w->e->game->strategies[p]; i++)
            sum += w->x[i] = -log(1 - dtn_random_unit(random));
        for (int i = w->e->first[p]; i < w->e->first[p] + w->e->game->strategies[p]; i++)
            w->x[i] /= sum;
    }
    dtn_expected_at(w->e, w->u, NULL, w->x);
    for (int i = 0; i < w->n; i++)
        w->start[i] = w->x[i] + w->u[i];
}

/* One start, on finer and finer meshes. */
static dtn_status refine(dtn_ctx *ctx, dtn_profile_run *run, walk *w, bool *near)
{
    static const double first_mesh = 0.5, finer = 0.25, enough = 1e-3;
    bool found = true;
    *near = false;
    w->mesh = first_mesh;
    for (int k = 0; k < MESHES && found && !*near; k++, w->mesh *= finer) {
        DTN_TRY(follow(ctx, w, &run->out->nodes, &found));
        for (int i = 0; i < w->n; i++)
            w->z[i] = w->start[i];
        payoffs(w);
        if (found && dtn_expected_regret(w->e, w->u, w->x) < enough)
            DTN_TRY(dtn_support_near(ctx, run, near, run->game, w->x, 0.02));
    }
    return DTN_OK;
}

static dtn_status run_strategic(dtn_ctx *ctx, dtn_profile_run *run, const dtn_strategic *game,
                                const dtn_solve_options *options)
{
    long starts, open = 0;
    uint64_t random = ctx->seed;
    walk w = {0};
    DTN_TRY(dtn_options_int(ctx, &starts, options->more, "starts", STARTS, 1, 1000000));
    DTN_TRY(prepare(ctx, &w, game));
    for (long k = 0; k < starts && !run->enough; k++) {
        bool near;
        start_at_random(&w, &random);
        DTN_TRY(refine(ctx, run, &w, &near));
        open += !near;
        dtn_ctx_report(ctx, "starts", (double)(k + 1) / (double)starts);
    }
    run->out->candidates = starts;
    run->out->outcome = run->out->count ? DTN_OUTCOME_PARTIAL : DTN_OUTCOME_UNKNOWN;
    run->out->note = dtn_arena_printf(
        run->out->arena,
        "equilibria from %ld random starts, of which %ld did not end at a certified one; more may exist",
        starts, open);
    return run->out->note ? DTN_OK : dtn_fail_nomem(ctx);
}

static const dtn_option_spec options[] = {
    {"starts", "N", "5", "random starts", false},
    {0},
};

const dtn_solver dtn_solver_simplicial = {
    .name = "simplicial",
    .title = "Some equilibria, any number of players: following simplices of a triangulation",
    .source = "O. Merrill (1972); G. van der Laan, A. Talman, L. van der Heyden, Mathematics of Operations "
              "Research 12 (1987)",
    .finds = DTN_FINDS_SOME,
    .exact = true,
    .compact = true,
    .options = options,
    .run_strategic = run_strategic,
};
