/* What the solvers of the sequence form hand over: realization plans as equilibria with behaviour strategies. */
#ifndef DTN_SOLVE_SEQUENCE_FOUND_H
#define DTN_SOLVE_SEQUENCE_FOUND_H

#include "model/assessment.h"
#include "model/sequence_form.h"

/* An empty result with an arena of its own and a finding ready to be filled; free with dtn_equilibria_free. */
dtn_status dtn_sequence_result(dtn_ctx *ctx, dtn_equilibria **out, const char *method);

/* The behaviour strategies of plans (weight[player][sequences]) as an equilibrium of this rung, with beliefs by Bayes where play
 * reaches and 0 elsewhere. e: zero-filled room in the arena of the result. */
dtn_status dtn_sequence_equilibrium(dtn_ctx *ctx, dtn_arena *arena, dtn_equilibrium *e, const dtn_tree *tree,
                                    const dtn_sequence_form *form, fmpq *const *weight, dtn_rung rung);

/* Plans in ctx->scratch that mix at every set: evenly (random NULL), or at random. */
dtn_status dtn_sequence_prior(dtn_ctx *ctx, fmpq **plan, const dtn_sequence_form *form, uint64_t *random);

/* Room for the plans of all players, and marks of their sequences (above NULL: none), in ctx->scratch. */
dtn_status dtn_sequence_room(dtn_ctx *ctx, fmpq **plan, bool **above, const dtn_sequence_form *form);

/* Table "plans" (player, sequence, weight): the sequences of positive weight. Rather for programs. */
void dtn_sequence_put_plans(dtn_ctx *ctx, dtn_finding *f, const dtn_sequence_form *form, fmpq *const *weight);

#endif
