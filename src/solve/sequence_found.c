/* Realization plans become equilibria: behaviour strategies, beliefs where play reaches, and a table of the plans.
 * Cost: linear in nodes. Exact. */
#include "solve/sequence_found.h"

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
