/* extreme: all extreme equilibria of a two-player game, its maximal Nash subsets and components, exactly.
 *
 * Method: branching on labels (see extreme_branch.c); the search in doubles explores and proves what it leaves out, the exact one
 *   settles what doubles cannot and takes games with more strategies or digits than suit it.
 * Cost: about 900 nodes for a random 14 x 14 game, 6,000 for 16 x 16; a node takes a microsecond. Exact.
 * Source: C. Audet, P. Hansen, B. Jaumard, G. Savard, Enumeration of all extreme equilibria of bimatrix games, SIAM J. Sci.
 *   Comput. 23 (2001); D. Avis, G. Rosenberg, R. Savani, B. von Stengel, Economic Theory 42 (2010). */
#include "solve/extreme_search.h"

/* The dictionary of a polytope's slacks, moved away from the origin, which is no strategy, to the first pure strategy. */
static dtn_status make_root(dtn_ctx *ctx, dtn_extreme *s, dtn_side which)
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

dtn_status dtn_extreme_found(dtn_ctx *ctx, dtn_extreme *s, int x, int y)
{
    const fmpq *point[2] = {s->vertices[0]->point[x], s->vertices[1]->point[y]};
    for (int l = 0; l < s->labels; l++)
        fmpq_set(s->sigma + l, l < s->m ? point[0] + l : point[1] + l - s->m);
    dtn_profile *item;
    DTN_TRY(dtn_profile_found(ctx, s->run, s->sigma, &item));
    item->vertex[0] = x;
    item->vertex[1] = y;
    return DTN_OK;
}

static dtn_status run_strategic(dtn_ctx *ctx, dtn_profile_run *run, const dtn_strategic *game,
                                const dtn_solve_options *options)
{
    (void)options;
    dtn_extreme s = {.run = run, .m = game->strategies[0], .n = game->strategies[1]};
    s.labels = s.m + s.n;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, s.sigma, s.labels);
    DTN_TRY(dtn_polytopes_make(ctx, s.polytope, game));
    for (int w = 0; w < DTN_SIDES; w++) {
        DTN_TRY(dtn_vertex_set_new(ctx, run->out->arena, &s.vertices[w], s.labels, w ? s.m : 0, w ? s.n : s.m));
        DTN_TRY(make_root(ctx, &s, (dtn_side)w));
    }
    DTN_TRY(dtn_exact_new(ctx, &s));
    if (s.polytope->scaled) {
        DTN_TRY(dtn_branch_new(ctx, &s));
        DTN_TRY(dtn_branch_search(ctx, &s));
    } else {
        DTN_TRY(dtn_exact_search(ctx, &s, NULL, NULL, NULL));
    }
    run->out->nodes = s.nodes;
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
