/* Realization plans become equilibria: behaviour strategies, beliefs where play reaches, and a table of the plans.
 * Cost: linear in nodes. Exact. */
#include "solve/sequence_found.h"

#include "base/random.h"

dtn_status dtn_sequence_result(dtn_ctx *ctx, dtn_equilibria **out, const char *method)
{
    dtn_arena *arena = dtn_arena_new(ctx);
    dtn_equilibria *made = arena ? dtn_arena_array(arena, 1, sizeof *made) : NULL;
    if (!made) {
        dtn_arena_free(arena);
        return dtn_fail_nomem(ctx);
    }
    *made = (dtn_equilibria){.arena = arena, .method = method, .finding = {.arena = arena}};
    *out = made;
    return DTN_OK;
}

dtn_status dtn_sequence_equilibrium(dtn_ctx *ctx, dtn_arena *arena, dtn_equilibrium *e, const dtn_tree *tree,
                                    const dtn_sequence_form *form, fmpq *const *weight, dtn_rung rung)
{
    DTN_TRY(dtn_assessment_new(ctx, arena, &e->at, tree));
    dtn_sequence_form_behave(form, e->at.sigma, weight);
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    fmpq *reach;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, reach, tree->nodes);
    dtn_assessment_reach(tree, e->at.sigma, reach);
    dtn_assessment_bayes(tree, &e->at, reach);
    dtn_arena_release(ctx->scratch, mark);
    e->rung = rung;
    e->exact = true;
    e->dimension = -1;
    return DTN_OK;
}

dtn_status dtn_sequence_room(dtn_ctx *ctx, fmpq **plan, bool **above, const dtn_sequence_form *form)
{
    for (int p = 0; p < form->players; p++) {
        DTN_ALLOC_FMPQ(ctx, ctx->scratch, plan[p], form->sequences[p]);
        if (above)
            DTN_ALLOC(ctx, ctx->scratch, above[p], form->sequences[p]);
    }
    return DTN_OK;
}

dtn_status dtn_sequence_prior(dtn_ctx *ctx, fmpq **plan, const dtn_sequence_form *form, uint64_t *random)
{
    enum { MOST_WEIGHT = 8 };
    DTN_TRY(dtn_sequence_room(ctx, plan, NULL, form));
    fmpq *share;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, share, 1);
    for (int p = 0; p < form->players; p++) {
        fmpq_one(plan[p]);
        for (int k = 1; k < form->constraints[p]; k++) {
            int first = form->first[p][k], last = first + form->count[p][k];
            slong total = 0;
            for (int s = first; s < last; s++) { /* weights first, then shares of their total */
                slong weight = random ? (slong)(dtn_random_next(random) % MOST_WEIGHT) + 1 : 1;
                fmpq_set_si(plan[p] + s, weight, 1);
                total += weight;
            }
            for (int s = first; s < last; s++) {
                fmpq_set_si(share, 1, (ulong)total);
                fmpq_mul(plan[p] + s, plan[p] + s, share);
                fmpq_mul(plan[p] + s, plan[p] + s, plan[p] + form->from[p][k]);
            }
        }
    }
    return DTN_OK;
}

void dtn_sequence_put_plans(dtn_ctx *ctx, dtn_finding *f, const dtn_sequence_form *form, fmpq *const *weight)
{
    dtn_finding_table_add(ctx, f, "plans",
                          "Realization plans: how likely a player does its part of a sequence");
    if (f->last_table)
        f->last_table->evidence = true;
    dtn_finding_column_add(ctx, f, "player", "Player");
    dtn_finding_column_add(ctx, f, "sequence", "Up to and with");
    dtn_finding_column_add(ctx, f, "weight", "Probability");
    for (int p = 0; p < form->players; p++)
        for (int s = 1; s < form->sequences[p]; s++) {
            if (fmpq_is_zero(weight[p] + s))
                continue;
            dtn_finding_row_add(ctx, f);
            dtn_finding_put(ctx, f, dtn_cell_player(p));
            dtn_finding_put(ctx, f, dtn_cell_action(p, form->action[p][s]));
            dtn_finding_put(ctx, f, dtn_cell_exact(weight[p] + s));
        }
}
