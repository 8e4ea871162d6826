/* Sequential equilibria: which conditions already refute a partial choice of supports, on the path and off it.
 *
 * Method: an information set is settled when all sets above its nodes have supports; a condition there is final when those below
 *   have them, too. Final conditions hold in every completion, so that a partial support with no solution is dropped with all
 *   its completions. Sets that keep reached ones from being settled are decided first. Off the path a condition is final when, besides,
 *   only one choice of nodes can carry the belief; what stays a product of unknowns is not used.
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

bool dtn_seq_may_look(dtn_seq_run *r)
{
    r->stopped = r->stopped || (r->options.max_supports > 0 && r->supports >= r->options.max_supports);
    r->supports += !r->stopped;
    return !r->stopped;
}

/* A row that says nothing, in place of one with products. */
static void drop_products(dtn_seq_system *s)
{
    for (int i = 0; i < s->rows; i++) {
        if (!dtn_seq_has_products(s, i))
            continue;
        fmpq *row = s->a + (size_t)i * (size_t)s->stride;
        for (int j = 0; j < s->unknowns; j++)
            fmpq_zero(&row[j]);
        for (int k = 0; k < s->products; k++)
            fmpq_zero(&row[s->most + k]);
        fmpq_zero(&s->b[i]);
    }
}

static dtn_status final_rows(dtn_seq_run *r, const dtn_seq_component *c)
{
    for (int i = 0; i < c->deviations; i++)
        dtn_seq_add_optimality(r, c->deviation[i].infoset, c->deviation[i].action);
    for (int i = 0; i < c->infosets; i++) {
        int h = c->infoset[i];
        const dtn_infoset *set = dtn_seq_set(r, h);
        bool sole = false;
        if (r->support[h])
            DTN_TRY(dtn_seq_sole_carriers(r, h, &sole));
        for (int k = 0; k < set->actions && sole; k++)
            if ((r->game.full[h] >> k & 1) && (r->support[h] & -r->support[h]) != UINT64_C(1) << k)
                dtn_seq_add_optimality(r, h, set->first_action + k);
    }
    dtn_seq_add_flows(r);
    return DTN_OK;
}

dtn_status dtn_seq_refute_off(dtn_seq_run *r, const dtn_seq_component *c, bool *refuted)
{
    dtn_seq_system *s = &r->system;
    bool consistent = true, feasible = true;
    dtn_arena_mark mark = dtn_arena_save(r->ctx->scratch);
    dtn_seq_system_clear(r);
    dtn_status status = final_rows(r, c);
    if (status == DTN_OK && s->rows && !s->overflow) {
        while (consistent && s->products && dtn_seq_determine(r, &consistent))
            ;
        drop_products(s);
        fmpq *x = dtn_arena_fmpq(r->ctx->scratch, (size_t)s->unknowns + 1);
        status = !x ? dtn_fail_nomem(r->ctx) : consistent ? dtn_seq_feasible(r, &feasible, x, NULL) : DTN_OK;
    }
    *refuted = !consistent || !feasible;
    dtn_arena_release(r->ctx->scratch, mark);
    dtn_seq_system_clear(r);
    return status;
}
