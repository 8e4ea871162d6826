/* Sequential equilibria: the tree as flat arrays, and iterated conditional dominance.
 *
 * Method: bounds of every continuation payoff, from the ends up, under the actions still allowed; an action goes when another
 *   one of its information set is better at every node (on average, where chance alone weighs them) for every continuation
 *   within the bounds; repeat. At spe that is done where a subgame starts only; at nash a dominated action goes where play reaches, elsewhere anything goes.
 * Cost: nodes * players a round, at most one round an action. Exact.
 * Source: M. Shimoji, J. Watson, Conditional dominance, rationalizability, and game forms, J. Economic Theory 83 (1998). */
#include "solve/sequential_parts.h"

static dtn_status flatten_paths(dtn_seq_run *r, const dtn_tree *t)
{
    dtn_seq_game *g = &r->game;
    size_t n = (size_t)g->players, nodes = (size_t)g->nodes;
    DTN_ALLOC(r->ctx, r->work, g->last, nodes * n);
    DTN_ALLOC(r->ctx, r->work, g->prior, g->infosets + 1);
    DTN_ALLOC(r->ctx, r->work, g->into, nodes);
    DTN_ALLOC(r->ctx, r->work, g->nulls, nodes);
    DTN_ALLOC_FMPQ(r->ctx, r->work, g->chance, nodes);
    DTN_ALLOC_FMPQ(r->ctx, r->work, g->stake, nodes * n);
    for (int x = 0; x < g->nodes; x++) {
        const dtn_node *node = &t->node[x];
        int up = node->parent;
        g->into[x] = -1;
        for (size_t p = 0; p < n; p++)
            g->last[(size_t)x * n + p] = up < 0 ? -1 : g->last[(size_t)up * n + p];
        if (up < 0) {
            fmpq_one(&g->chance[x]);
        } else {
            fmpq_set(&g->chance[x], &g->chance[up]);
            g->nulls[x] = g->nulls[up];
            if (t->node[up].kind == DTN_NODE_DECISION) {
                int h = t->node[up].infoset;
                g->into[x] = t->infoset[h].first_action + node->branch;
                g->last[(size_t)x * n + (size_t)t->infoset[h].player] = g->into[x];
            } else if (fmpq_is_zero(&t->chance[x])) {
                g->nulls[x]++;
            } else {
                fmpq_mul(&g->chance[x], &g->chance[x], &t->chance[x]);
            }
        }
    }
    for (int h = 0; h < g->infosets; h++)
        g->prior[h] =
            g->last[(size_t)t->members[t->infoset[h].first_member] * n + (size_t)t->infoset[h].player];
    return DTN_OK;
}

/* same[x * players + p]: whatever is played from node x on, player p gets the same; its stake is set. */
static dtn_status mark_same(dtn_seq_run *r, const dtn_tree *t, bool *same)
{
    dtn_seq_game *g = &r->game;
    size_t n = (size_t)g->players;
    fmpq *worth;
    DTN_ALLOC_FMPQ(r->ctx, r->ctx->scratch, worth, (size_t)g->nodes * n);
    for (int x = g->nodes - 1; x >= 0; x--)
        for (size_t p = 0; p < n; p++) {
            const dtn_node *node = &t->node[x];
            size_t at = (size_t)x * n + p, first = 0;
            same[at] = true;
            if (node->kind == DTN_NODE_TERMINAL) {
                fmpq_set(&worth[at], dtn_payoffs_at(&t->payoff, (size_t)node->terminal * n + p).q);
            } else {
                first = (size_t)dtn_tree_child(t, x, 0) * n + p;
                fmpq_set(&worth[at], &worth[first]);
            }
            for (int b = 0; b < node->branches && same[at]; b++) {
                size_t below = (size_t)dtn_tree_child(t, x, b) * n + p;
                same[at] = same[below] && fmpq_equal(&worth[below], &worth[first]);
            }
            if (same[at])
                fmpq_mul(&g->stake[at], &g->chance[x], &worth[at]);
        }
    return DTN_OK;
}

/* Ends below every action, one pass to count and one to fill. For the mover the game ends where nothing can change for it. */
static dtn_status flatten_ends(dtn_seq_run *r, const dtn_tree *t)
{
    dtn_seq_game *g = &r->game;
    size_t n = (size_t)g->players;
    int *at;
    bool *same;
    DTN_ALLOC(r->ctx, r->work, g->end_first, g->actions + 1);
    DTN_ALLOC(r->ctx, r->work, at, g->actions + 1);
    DTN_ALLOC(r->ctx, r->ctx->scratch, same, (size_t)g->nodes * n);
    DTN_TRY(mark_same(r, t, same));
    for (int pass = 0; pass < 2; pass++) {
        for (int z = 1; z < g->nodes; z++)
            for (int x = z; x > 0; x = t->node[x].parent) {
                int a = g->into[x], p = a < 0 ? -1 : t->infoset[t->action[a].infoset].player;
                if (p < 0 || !same[(size_t)z * n + (size_t)p])
                    continue;
                if (x != z && same[(size_t)t->node[z].parent * n + (size_t)p])
                    continue; /* an end above z stands for it */
                if (pass == 0)
                    at[a + 1]++;
                else
                    g->end[at[a]++] = (dtn_seq_end){z, t->node[x].parent};
            }
        if (pass == 1)
            break;
        for (int a = 0; a < g->actions; a++)
            at[a + 1] += at[a];
        for (int a = 0; a <= g->actions; a++)
            g->end_first[a] = at[a];
        DTN_ALLOC(r->ctx, r->work, g->end, at[g->actions] + 1);
    }
    return DTN_OK;
}

/* Bounds at every node, children before parents: from above under `allowed`, from below under `full`. */
static void bound_nodes(dtn_seq_game *g, fmpq_t work)
{
    const dtn_tree *t = g->tree;
    size_t n = (size_t)g->players;
    for (int x = g->nodes - 1; x >= 0; x--) {
        const dtn_node *node = &t->node[x];
        for (size_t p = 0; p < n; p++) {
            fmpq *lo = &g->lo[(size_t)x * n + p], *hi = &g->hi[(size_t)x * n + p];
            if (node->kind == DTN_NODE_TERMINAL) {
                fmpq_set(lo, dtn_payoffs_at(&t->payoff, (size_t)node->terminal * n + p).q);
                fmpq_set(hi, lo);
                continue;
            }
            bool some_low = false, some_high = false;
            fmpq_zero(lo);
            fmpq_zero(hi);
            for (int b = 0; b < node->branches; b++) {
                int child = dtn_tree_child(t, x, b);
                const fmpq *below = &g->lo[(size_t)child * n + p], *above = &g->hi[(size_t)child * n + p];
                if (node->kind == DTN_NODE_CHANCE) {
                    fmpq_mul(work, &t->chance[child], below);
                    fmpq_add(lo, lo, work);
                    fmpq_mul(work, &t->chance[child], above);
                    fmpq_add(hi, hi, work);
                    continue;
                }
                if ((g->full[node->infoset] >> b & 1) && (!some_low || fmpq_cmp(below, lo) < 0)) {
                    fmpq_set(lo, below);
                    some_low = true;
                }
                if ((g->allowed[node->infoset] >> b & 1) && (!some_high || fmpq_cmp(above, hi) > 0)) {
                    fmpq_set(hi, above);
                    some_high = true;
                }
            }
        }
    }
}

/* Do chance moves alone weigh the members of h? */
static bool chance_weighs(const dtn_seq_game *g, int h)
{
    const dtn_infoset *set = &g->tree->infoset[h];
    const int *member = g->tree->members + set->first_member;
    for (int k = 1; k < set->members; k++)
        for (int p = 0; p < g->players; p++)
            if (g->last[member[k] * g->players + p] != g->last[member[0] * g->players + p])
                return false;
    return true;
}

/* Is action b better than a at every node that can carry belief; or on average, where the average is known? */
static bool better(const dtn_seq_game *g, int h, int a, int b, bool average, fmpq_t sum)
{
    const dtn_tree *t = g->tree;
    const dtn_infoset *set = &t->infoset[h];
    const int *member = t->members + set->first_member;
    int fewest = g->nulls[member[0]];
    bool everywhere = true;
    fmpq_zero(sum);
    for (int k = 1; k < set->members; k++)
        fewest = g->nulls[member[k]] < fewest ? g->nulls[member[k]] : fewest;
    for (int k = 0; k < set->members; k++) {
        if (g->nulls[member[k]] != fewest)
            continue;
        const fmpq *hi = &g->hi[dtn_tree_child(t, member[k], a) * g->players + set->player];
        const fmpq *lo = &g->lo[dtn_tree_child(t, member[k], b) * g->players + set->player];
        everywhere = everywhere && fmpq_cmp(hi, lo) < 0;
        fmpq_addmul(sum, &g->chance[member[k]], lo);
        fmpq_submul(sum, &g->chance[member[k]], hi);
    }
    return everywhere || (average && fmpq_sgn(sum) > 0);
}

/* Must h play well in a subgame of its own, whatever is played elsewhere? */
static bool starts_subgame(const dtn_seq_game *g, int h)
{
    const dtn_infoset *set = &g->tree->infoset[h];
    return set->members == 1 && g->subgame[g->tree->members[set->first_member]];
}

static bool remove_dominated(dtn_seq_run *r, fmpq_t work)
{
    dtn_seq_game *g = &r->game;
    bool changed = false;
    for (int h = 0; h < g->infosets; h++) {
        if (r->mode == DTN_RUNG_SPE && !starts_subgame(g, h))
            continue; /* bounds that suppose good play where reached would not hold for deviations */
        uint64_t keep = g->allowed[h];
        int actions = g->tree->infoset[h].actions;
        bool average = r->mode != DTN_RUNG_PBE && actions > 1 && chance_weighs(g, h);
        for (int a = 0; a < actions; a++)
            for (int b = 0; b < actions && (keep >> a & 1); b++)
                if (a != b && (g->full[h] >> b & 1) && better(g, h, a, b, average, work))
                    keep &= ~(UINT64_C(1) << a);
        changed = changed || keep != g->allowed[h];
        g->allowed[h] = keep;
    }
    for (int h = 0; h < g->infosets; h++)
        if (r->mode >= DTN_RUNG_SPE)
            g->full[h] = g->allowed[h];
    return changed;
}

dtn_status dtn_seq_game_build(dtn_seq_run *r, const dtn_tree *t)
{
    dtn_seq_game *g = &r->game;
    *g = (dtn_seq_game){.tree = t,
                        .players = t->players,
                        .nodes = t->nodes,
                        .infosets = t->infosets,
                        .actions = t->actions,
                        .words = (t->actions + 63) / 64};
    size_t cells = (size_t)g->nodes * (size_t)g->players;
    DTN_TRY(flatten_paths(r, t));
    dtn_arena_mark mark = dtn_arena_save(r->ctx->scratch);
    dtn_status status = flatten_ends(r, t);
    dtn_arena_release(r->ctx->scratch, mark);
    DTN_TRY(status);
    DTN_ALLOC(r->ctx, r->work, g->allowed, g->infosets + 1);
    DTN_ALLOC(r->ctx, r->work, g->full, g->infosets + 1);
    DTN_ALLOC(r->ctx, r->work, g->subgame, g->nodes);
    DTN_TRY(dtn_tree_subgames(r->ctx, g->subgame, t));
    DTN_ALLOC_FMPQ(r->ctx, r->work, g->lo, cells);
    DTN_ALLOC_FMPQ(r->ctx, r->work, g->hi, cells);
    for (int h = 0; h < g->infosets; h++) {
        int actions = t->infoset[h].actions;
        if (actions > 64)
            return dtn_fail(r->ctx, DTN_UNSUPPORTED,
                            "%s has %d actions; sequential enumerates supports of at most 64",
                            t->infoset[h].name, actions);
        g->full[h] = g->allowed[h] = actions == 64 ? UINT64_MAX : (UINT64_C(1) << actions) - 1;
    }
    fmpq_t work;
    fmpq_init(work);
    do
        bound_nodes(g, work);
    while (remove_dominated(r, work));
    fmpq_clear(work);
    return DTN_OK;
}
