/* Sequential equilibria at a point of the parameters, given those at a neighbouring point.
 *
 * Method: the supports on the path that the neighbour's equilibria have are tried alone; each still costs its own conditions on the
 *   path, off it, and the refinements. If every equilibrium is found again at its rung, nothing else is tried; otherwise the whole
 *   search runs.
 * Cost: that of the neighbour's equilibria, not of the supports that are none; failing that, the search besides.
 * Exact: what is listed holds. That nothing else appeared since the neighbour is not proved, and the outcome says so. */
#include "solve/sequential.h"

static bool same_support(const uint64_t *a, const uint64_t *b, int infosets)
{
    for (int h = 0; h < infosets; h++)
        if (a[h] != b[h])
            return false;
    return true;
}

/* Supports of e's members in list, those that are new; *count grows. */
static dtn_status add_supports(dtn_ctx *ctx, const dtn_tree *tree, const dtn_equilibrium *e, uint64_t **list,
                               int *count)
{
    for (int i = 0; i <= e->extremes; i++) {
        dtn_equilibrium member = {.at = i ? e->extreme[i - 1] : e->at};
        fmpq *reach;
        DTN_ALLOC_FMPQ(ctx, ctx->scratch, reach, tree->nodes);
        DTN_ALLOC(ctx, ctx->scratch, member.reached, tree->infosets + 1);
        dtn_assessment_reach(tree, member.at.sigma, reach);
        for (int x = 0; x < tree->nodes; x++)
            if (tree->node[x].infoset >= 0 && !fmpq_is_zero(&reach[x]))
                member.reached[tree->node[x].infoset] = true;
        dtn_sequential_support(tree, &member, list[*count]);
        bool fresh = true;
        for (int k = 0; k < *count && fresh; k++)
            fresh = !same_support(list[k], list[*count], tree->infosets);
        *count += fresh;
    }
    return DTN_OK;
}

/* Is p's representative played like q's, at the same rung? */
static bool alike(const dtn_tree *tree, const dtn_equilibrium *p, const dtn_equilibrium *q)
{
    bool same = p->rung == q->rung && p->rung_unknown == q->rung_unknown && p->extremes == q->extremes &&
                p->exact == q->exact;
    for (int h = 0; h < tree->infosets && same; h++)
        same = p->reached[h] == q->reached[h];
    for (int a = 0; a < tree->actions && same; a++)
        same = !p->reached[tree->action[a].infoset] ||
               fmpq_is_zero(&p->at.sigma[a]) == fmpq_is_zero(&q->at.sigma[a]);
    return same;
}

static bool confirmed(const dtn_tree *tree, const dtn_equilibria *found, const dtn_equilibria *neighbour)
{
    bool all = found->count == neighbour->count && !found->stopped;
    for (int i = 0; i < neighbour->count && all; i++) {
        bool met = false;
        for (int k = 0; k < found->count && !met; k++)
            met = alike(tree, &neighbour->item[i], &found->item[k]);
        all = met;
    }
    return all;
}

static dtn_status try_supports(dtn_ctx *ctx, dtn_equilibria **out, const dtn_tree *tree,
                               const dtn_equilibria *neighbour, const dtn_sequential_options *options)
{
    uint64_t **list;
    int room = 0, count = 0;
    for (int i = 0; i < neighbour->count; i++)
        room += 1 + neighbour->item[i].extremes;
    DTN_ALLOC(ctx, ctx->scratch, list, room + 1);
    for (int i = 0; i <= room; i++)
        DTN_ALLOC(ctx, ctx->scratch, list[i], tree->infosets + 1);
    for (int i = 0; i < neighbour->count; i++)
        DTN_TRY(add_supports(ctx, tree, &neighbour->item[i], list, &count));
    dtn_sequential_options own = *options;
    own.candidate = (const uint64_t *const *)list;
    own.candidates = count;
    return dtn_sequential_solve(ctx, out, tree, &own);
}

dtn_status dtn_sequential_near(dtn_ctx *ctx, dtn_equilibria **out, const dtn_tree *tree,
                               const dtn_equilibria *neighbour, const dtn_sequential_options *options)
{
    static const dtn_sequential_options defaults;
    options = options ? options : &defaults;
    if (neighbour->count == 0)
        return dtn_sequential_solve(ctx, out, tree, options);
    dtn_equilibria *found = NULL;
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = try_supports(ctx, &found, tree, neighbour, options);
    dtn_arena_release(ctx->scratch, mark);
    DTN_TRY(status);
    if (confirmed(tree, found, neighbour)) {
        found->confirmed = true;
        found->note = "the equilibria of a neighbouring point, confirmed; no others were looked for";
        *out = found;
        return DTN_OK;
    }
    long supports = found->supports, lps = found->lps;
    dtn_equilibria_free(found);
    DTN_TRY(dtn_sequential_solve(ctx, out, tree, options));
    (*out)->supports += supports;
    (*out)->lps += lps;
    return DTN_OK;
}
