/* extreme: all extreme equilibria of a two-player game, its maximal Nash subsets and components, exactly.
 *
 * Method: branching on labels (see extreme_branch.c); the search in doubles explores and proves what it leaves out, the exact one
 *   settles what doubles cannot and takes games with more strategies or digits than suit it.
 * Cost: about 900 nodes for a random 14 x 14 game, 6,000 for 16 x 16; a node takes a microsecond. Exact.
 * Source: C. Audet, P. Hansen, B. Jaumard, G. Savard, Enumeration of all extreme equilibria of bimatrix games, SIAM J. Sci.
 *   Comput. 23 (2001); D. Avis, G. Rosenberg, R. Savani, B. von Stengel, Economic Theory 42 (2010). */
#include <string.h>
#include <time.h>

#include "solve/extreme_search.h"

dtn_status dtn_extreme_root(dtn_ctx *ctx, dtn_extreme *s, dtn_side which)
{
    const dtn_polytope *g = &s->polytope[which];
    dtn_dictionary *d;
    DTN_TRY(dtn_dictionary_new(ctx, ctx->scratch, &d, g->rows, g->columns, s->labels));
    int best = 0;
    for (int i = 0; i < g->rows; i++) {
        fmpz *row = d->cell + (size_t)i * (size_t)d->stride;
        const fmpz *from = g->cell + (size_t)i * (size_t)g->columns;
        fmpz_one(row);
        for (int j = 0; j < g->columns; j++)
            fmpz_set(row + j + 1, from + j);
        d->basic[i] = g->first_row + i;
        d->place[g->first_row + i] = i;
        if (fmpz_cmp(from, g->cell + (size_t)best * (size_t)g->columns) > 0)
            best = i;
    }
    for (int j = 0; j < g->columns; j++) {
        d->nonbasic[j + 1] = g->first_column + j;
        d->place[g->first_column + j] = -j - 2;
    }
    fmpz_one(d->det);
    dtn_dictionary_pivot(d, best, 1);
    s->root[which] = d;
    return DTN_OK;
}

/* The list of pairs doubles at powers of two. */
static dtn_status collect(dtn_ctx *ctx, dtn_extreme *s, int x, int y)
{
    if ((s->pairs & (s->pairs - 1)) == 0) {
        int *more;
        DTN_ALLOC(ctx, s->arena, more, s->pairs ? 4 * (size_t)s->pairs : 2);
        if (s->pairs)
            memcpy(more, s->pair, 2 * (size_t)s->pairs * sizeof *more);
        s->pair = more;
    }
    s->pair[2 * s->pairs] = x;
    s->pair[2 * s->pairs + 1] = y;
    s->pairs++;
    return DTN_OK;
}

dtn_status dtn_extreme_found(dtn_ctx *ctx, dtn_extreme *s, int x, int y)
{
    if (s->collect)
        return collect(ctx, s, x, y);
    const fmpq *point[2] = {s->vertices[0]->point[x], s->vertices[1]->point[y]};
    /* The bits of the numbers are lent, not copied: sigma is never cleared, and read only until the call returns. */
    memcpy(s->sigma, point[0], (size_t)s->m * sizeof *s->sigma);
    memcpy(s->sigma + s->m, point[1], (size_t)s->n * sizeof *s->sigma);
    dtn_profile *item;
    DTN_TRY(dtn_profile_found(ctx, s->run, s->sigma, &item));
    item->vertex[0] = x;
    item->vertex[1] = y;
    return DTN_OK;
}

/* Says why nothing can be missing. */
static dtn_status prove(dtn_ctx *ctx, dtn_extreme *s, bool sums_to_one)
{
    dtn_profiles *out = s->run->out;
    long ties = 0;
    int sum = 0;
    for (int i = 0; i < out->count; i++) {
        ties += out->item[i].index == 0;
        sum += out->item[i].index;
    }
    if (ties == 0 && !sums_to_one)
        return dtn_fail(ctx, DTN_INTERNAL, "the indices of the equilibria sum to %d: expected 1", sum);
    const char *whole = "in integers throughout";
    if (s->nodes > 0 && s->branch)
        whole = dtn_arena_printf(out->arena,
                                 "%ld times it was proved that one way is closed, %ld of them by bounds with "
                                 "bounded rounding errors and %ld in "
                                 "integers; of the other ends of the search %ld systems of equations and %ld "
                                 "faces were solved exactly, and %ld "
                                 "subtrees searched in integers",
                                 s->bounds + s->exact_bounds, s->bounds, s->exact_bounds,
                                 s->leaves - s->exact_leaves, s->exact_leaves, s->exact_trees);
    if (!whole)
        return dtn_fail_nomem(ctx);
    out->proof = dtn_arena_printf(out->arena,
                                  "the search decided for each of the %d strategies whether it is unplayed "
                                  "or a best reply, both ways at every branch: "
                                  "%s%s",
                                  s->labels, whole,
                                  ties ? ""
                                       : "; independently of that, the indices of all equilibria listed sum "
                                         "to 1, as they must in a game without ties");
    return out->proof ? DTN_OK : dtn_fail_nomem(ctx);
}

/* Of all threads together. */
static double processor_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static dtn_status run_strategic(dtn_ctx *ctx, dtn_profile_run *run, const dtn_strategic *game,
                                const dtn_solve_options *options)
{
    double start = processor_seconds();
    dtn_extreme s = {.run = run, .m = game->strategies[0], .n = game->strategies[1]};
    s.labels = s.m + s.n;
    DTN_ALLOC(ctx, ctx->scratch, s.sigma, s.labels);
    DTN_TRY(dtn_polytopes_make(ctx, s.polytope, game));
    for (int w = 0; w < DTN_SIDES; w++) {
        DTN_TRY(dtn_vertex_set_new(ctx, run->out->arena, &s.vertices[w], s.labels, w ? s.m : 0, w ? s.n : s.m));
        DTN_TRY(dtn_extreme_root(ctx, &s, (dtn_side)w));
    }
    DTN_TRY(dtn_exact_new(ctx, &s));
    if (s.polytope->scaled) {
        DTN_TRY(dtn_branch_new(ctx, &s));
        bool in_order = options->first > 0 || options->profile_sink;
        DTN_TRY(ctx->threads > 1 && !in_order ? dtn_extreme_share_out(ctx, &s, ctx->threads)
                                              : dtn_branch_search(ctx, &s));
    } else {
        DTN_TRY(dtn_exact_search(ctx, &s, NULL, NULL, NULL));
    }
    run->out->nodes = s.nodes;
    run->out->candidates = run->out->count;
    bool sums_to_one = dtn_extreme_indices(&s, run->out);
    if (!run->enough) {
        DTN_TRY(dtn_extreme_describe(ctx, run->out, s.vertices));
        if (options->certify)
            DTN_TRY(prove(ctx, &s, sums_to_one));
    }
    run->out->work = dtn_arena_printf(
        run->out->arena, "%ld branches closed by proved bounds and %ld in integers, %ld vertices solved for and %ld faces listed",
        s.bounds, s.exact_bounds, s.leaves - s.exact_leaves, s.exact_leaves);
    run->out->cpu = processor_seconds() - start;
    return run->out->work ? DTN_OK : dtn_fail_nomem(ctx);
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
