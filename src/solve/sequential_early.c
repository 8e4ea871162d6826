/* Sequential equilibria: conditions on the path, and which of them already refute a partial choice of supports.
 *
 * Method: an information set is settled when all sets above its nodes have supports; a condition there is final when those below
 *   have them, too. Final conditions hold in every completion, so that a partial support with no solution is dropped with all
 *   its completions. Sets that keep reached ones from being settled are decided first.
 * Cost: an elimination and at most one small linear program a partial support. Exact. */
#include "solve/sequential_parts.h"

static bool mixed(uint64_t support)
{
    return (support & (support - 1)) != 0;
}

void dtn_seq_path_equations(dtn_seq_run *r)
{
    for (int h = 0; h < r->game.infosets; h++) {
        if (!r->reached[h] || !r->settled[h] || !mixed(r->support[h]))
            continue;
        const dtn_infoset *set = dtn_seq_set(r, h);
        for (int k = 0, seen = 0; k < set->actions; k++)
            if (r->support[h] >> k & 1) {
                dtn_seq_column(r, set->first_action + k);
                if (seen++)
                    dtn_seq_add_optimality(r, h, set->first_action + k);
            }
    }
    dtn_seq_add_flows(r);
}

void dtn_seq_path_deviations(dtn_seq_run *r)
{
    for (int h = 0; h < r->game.infosets; h++) {
        if (!r->reached[h] || !r->settled[h] || !r->support[h])
            continue;
        const dtn_infoset *set = dtn_seq_set(r, h);
        for (int k = 0; k < set->actions; k++)
            if ((r->game.full[h] & ~r->support[h]) >> k & 1)
                dtn_seq_add_optimality(r, h, set->first_action + k);
    }
}

int dtn_seq_path_next(dtn_seq_run *r)
{
    const dtn_tree *t = r->game.tree;
    int best = -1, best_score = -1;
    for (int h = 0; h < r->game.infosets; h++)
        r->blocks[h] = 0;
    for (int x = 0; x < r->game.nodes; x++) { /* who keeps nodes of reached sets open? */
        int h = t->node[x].infoset;
        if (h < 0 || !r->open[x] || !r->reached[h])
            continue;
        for (int y = t->node[x].parent; y >= 0; y = t->node[y].parent)
            if (t->node[y].infoset >= 0 && r->on[y] && !r->support[t->node[y].infoset]) {
                r->blocks[t->node[y].infoset] += t->node[x].depth;
                break;
            }
    }
    for (int h = 0; h < r->game.infosets; h++) {
        if (!r->reached[h] || r->support[h])
            continue;
        int actions = 0;
        for (uint64_t m = r->game.allowed[h]; m; m &= m - 1)
            actions++;
        int score = (r->settled[h] ? 1 << 20 : 0) + (r->blocks[h] << 8) + 128 - actions;
        if (score > best_score) {
            best_score = score;
            best = h;
        }
    }
    return best;
}

dtn_status dtn_seq_refute_early(dtn_seq_run *r, bool *refuted)
{
    dtn_seq_solution kind = DTN_SEQ_FAMILY;
    *refuted = false;
    for (int x = 0; x < r->game.nodes; x++)
        r->carrier[x] = r->on[x];
    dtn_seq_system_clear(r);
    dtn_seq_path_equations(r);
    dtn_arena_mark mark = dtn_arena_save(r->ctx->scratch);
    fmpq *x = dtn_arena_fmpq(r->ctx->scratch, (size_t)r->system.codes + 1);
    dtn_status status = x ? DTN_OK : dtn_fail_nomem(r->ctx);
    bool linear = dtn_seq_linear(r), feasible = true;
    if (status == DTN_OK && linear)
        status = dtn_seq_eliminate(r, &kind, x);
    if (status == DTN_OK && kind != DTN_SEQ_NONE) {
        dtn_seq_path_deviations(r);
        dtn_seq_add_flows(r);
        linear = dtn_seq_linear(r);
        if (linear)
            status = dtn_seq_feasible(r, &feasible, x, NULL);
    }
    *refuted = kind == DTN_SEQ_NONE || !feasible;
    dtn_arena_release(r->ctx->scratch, mark);
    dtn_seq_system_clear(r);
    return status;
}
