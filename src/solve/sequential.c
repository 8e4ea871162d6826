/* All sequential equilibria of a small tree, for any number of players, with what refines them.
 *
 * Method: every play on the path (sequential_path.c); for each, what off the path can hold it (sequential_off.c,
 *   sequential_orders.c); refinements (sequential_signal.c); grouped by on-path play. docs/solvers/sequential.md.
 * Cost: exponential in the information sets that dominance leaves open; 6 take well under a millisecond, 14 seconds at most.
 * Exact: rationals throughout; with three or more players products of unknown mixtures can leave supports undecided (PARTIAL).
 * Source: D. Kreps, R. Wilson, Sequential equilibria, Econometrica 50 (1982) 863-894. */
#include "solve/sequential_parts.h"

#include <limits.h>

#include "solve/solver.h"

static dtn_status set_up(dtn_seq_run *r, const dtn_tree *tree)
{
    DTN_TRY(dtn_seq_game_build(r, tree));
    DTN_ALLOC(r->ctx, r->work, r->support, tree->infosets + 1);
    DTN_ALLOC(r->ctx, r->work, r->on, tree->nodes);
    DTN_ALLOC(r->ctx, r->work, r->carrier, tree->nodes);
    DTN_ALLOC(r->ctx, r->work, r->trivial, tree->infosets + 1);
    DTN_ALLOC(r->ctx, r->work, r->open, tree->nodes);
    DTN_ALLOC(r->ctx, r->work, r->reached, tree->infosets + 1);
    DTN_ALLOC(r->ctx, r->work, r->settled, tree->infosets + 1);
    DTN_ALLOC(r->ctx, r->work, r->blocks, tree->infosets + 1);
    DTN_TRY(dtn_seq_lower_build(r));
    DTN_TRY(dtn_seq_types(r));
    return dtn_seq_system_build(r);
}

/* The search for one rung; `like` holds what all searches share. *run is the search's own state. */
static dtn_status search(const dtn_seq_run *like, dtn_rung mode, dtn_equilibria *e, const dtn_tree *tree,
                         bool *whole, dtn_seq_run **run)
{
    dtn_seq_run *r;
    DTN_ALLOC(like->ctx, like->work, r, 1);
    *run = r;
    *r = *like;
    r->mode = mode;
    DTN_TRY(set_up(r, tree));
    dtn_status status = dtn_seq_paths(r);
    bool cut = status == DTN_LIMIT || status == DTN_CANCELLED;
    if (!cut)
        DTN_TRY(status);
    e->supports += r->supports;
    e->refuted += r->refuted;
    e->lps += r->lps;
    if (r->nonlinear)
        e->note = "supports with products of unknown probabilities were left undecided";
    if (r->rounded)
        e->note = "play off the path was found at rounded values of irrational probabilities";
    if (r->stopped)
        e->note = "stopped after the largest number of supports (option max-supports of the method)";
    if (r->options.candidates)
        e->note = "only the given supports were tried";
    if (cut) {
        e->stopped = status;
        e->note = status == DTN_LIMIT ? "the search was cut short by a limit" : "the search was interrupted";
    }
    *whole = *whole && !r->nonlinear && !r->rounded && !r->stopped && !cut && !r->options.candidates;
    r->found->undecided = r->found->undecided || r->nonlinear || r->stopped || cut;
    return DTN_OK;
}

static dtn_status solve(dtn_seq_run *r, dtn_equilibria *e, const dtn_tree *tree)
{
    static const dtn_rung modes[] = {DTN_RUNG_SEQUENTIAL, DTN_RUNG_PBE, DTN_RUNG_SPE, DTN_RUNG_NASH};
    bool whole = true;
    dtn_rung rung = r->options.rung;
    dtn_seq_run *first, *lower;
    DTN_TRY(search(r, modes[0], e, tree, &whole, &first));
    if (rung <= DTN_RUNG_NSWYDK && !e->stopped)
        DTN_TRY(search(r, modes[1], e, tree, &whole, &lower));
    for (int i = 2; i < 4 && rung <= modes[i] && !e->stopped; i++)
        DTN_TRY(search(r, modes[i], e, tree, &whole, &lower));
    dtn_ctx_pause pause = {0};
    bool cut = e->stopped != DTN_OK;
    if (cut) { /* what was found is told, but no more is looked for */
        pause = dtn_ctx_pause_limits(r->ctx);
        first->options.brief = true;
    }
    dtn_seq_system_clear(first);
    dtn_status status = dtn_seq_results(first, e);
    if (cut)
        dtn_ctx_resume_limits(r->ctx, pause);
    DTN_TRY(status);
    e->outcome = !whole     ? (e->count ? DTN_OUTCOME_PARTIAL : DTN_OUTCOME_UNKNOWN)
                 : e->count ? DTN_OUTCOME_COMPLETE
                            : DTN_OUTCOME_NONE;
    return DTN_OK;
}

void dtn_sequential_support(const dtn_tree *tree, const dtn_equilibrium *e, uint64_t *support)
{
    for (int h = 0; h < tree->infosets; h++) {
        const dtn_infoset *set = &tree->infoset[h];
        support[h] = 0;
        for (int k = 0; k < set->actions && k < 64 && e->reached[h]; k++)
            if (!fmpq_is_zero(&e->at.sigma[set->first_action + k]))
                support[h] |= UINT64_C(1) << k;
    }
}

dtn_status dtn_sequential_solve(dtn_ctx *ctx, dtn_equilibria **out, const dtn_tree *tree,
                                const dtn_sequential_options *options)
{
    if (!tree->perfect_recall)
        return dtn_fail(ctx, DTN_DOMAIN, "sequential needs perfect recall: player %s forgets at %s",
                        tree->player[tree->infoset[tree->recall_infoset].player].name,
                        tree->infoset[tree->recall_infoset].name);
    dtn_seq_found found = {0};
    dtn_seq_run r = {.ctx = ctx, .found = &found, .mode = DTN_RUNG_SEQUENTIAL};
    if (options)
        r.options = *options;
    if (r.options.rung == DTN_RUNG_NONE)
        r.options.rung = DTN_RUNG_SEQUENTIAL;
    r.work = dtn_arena_new(ctx);
    dtn_arena *arena = dtn_arena_new(ctx);
    dtn_equilibria *e = arena ? dtn_arena_alloc(arena, sizeof *e) : NULL;
    dtn_status status = DTN_OK;
    if (!r.work || !e) {
        status = dtn_fail_nomem(ctx);
    } else {
        *e = (dtn_equilibria){.arena = arena, .method = "sequential"};
        r.arena = arena;
        status = solve(&r, e, tree);
    }
    dtn_arena_free(r.work);
    if (status != DTN_OK) {
        dtn_arena_free(arena);
        return status;
    }
    *out = e;
    return DTN_OK;
}

static dtn_status run_tree(dtn_ctx *ctx, dtn_equilibria **out, const dtn_tree *tree,
                           const dtn_solve_options *options)
{
    dtn_sequential_options own = {.rung = options->rung, .brief = options->brief};
    DTN_TRY(dtn_options_int(ctx, &own.max_supports, options->more, "max-supports", 20000, 0, LONG_MAX));
    return dtn_sequential_solve(ctx, out, tree, &own);
}

static const dtn_option_spec option_table[] = {
    {"max-supports", "N", "20000", "stop after N supports, the answer is then partial; 0: never", false},
    {NULL, NULL, NULL, NULL, false},
};

const dtn_solver dtn_solver_sequential = {
    .name = "sequential",
    .title = "All sequential equilibria of a small tree, with the intuitive criterion and D1",
    .source = "D. Kreps, R. Wilson, Sequential equilibria, Econometrica 50 (1982)",
    .needs = DTN_NEED_PERFECT_RECALL,
    .finds = DTN_FINDS_ALL,
    .exact = true,
    .options = option_table,
    .run_tree = run_tree,
};
