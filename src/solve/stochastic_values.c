/* Values of a stationary profile of a stochastic game, exactly, and the door to the solvers.
 *
 * Method: for each player v = u + d P v, a linear system in as many unknowns as there are states; where the discount factor d is 1
 *   and every play ends, ends are worth 0. Cost: one exact elimination. Exact.
 * Source: R. Howard, Dynamic Programming and Markov Processes, 1960. */
#include <flint/fmpq_mat.h>

#include "solve/stochastic.h"

dtn_status dtn_stochastic_values(dtn_ctx *ctx, bool *found, fmpq *value, const dtn_stochastic *g,
                                 const long *profile)
{
    fmpq_mat_t a, b;
    fmpq_mat_init(a, g->states, g->states);
    fmpq_mat_init(b, g->states, g->players);
    for (int i = 0; i < g->states; i++) {
        const dtn_stochastic_state *s = &g->state[i];
        bool stays = fmpq_is_one(s->next + profile[i] * g->states + i) && fmpq_is_one(g->discount);
        for (int j = 0; j < g->states && !stays; j++) {
            fmpq *entry = fmpq_mat_entry(a, i, j);
            fmpq_mul(entry, s->next + profile[i] * g->states + j, g->discount);
            fmpq_neg(entry, entry);
        }
        fmpq_add_si(fmpq_mat_entry(a, i, i), fmpq_mat_entry(a, i, i), 1);
        for (int p = 0; p < g->players; p++)
            fmpq_set(fmpq_mat_entry(b, i, p), s->pay + profile[i] * g->players + p);
    }
    *found = fmpq_mat_solve_dixon(b, a, b) != 0;
    for (int i = 0; i < g->states && *found; i++)
        for (int p = 0; p < g->players; p++)
            fmpq_set(value + i * g->players + p, fmpq_mat_entry(b, i, p));
    fmpq_mat_clear(a);
    fmpq_mat_clear(b);
    return dtn_ctx_poll(ctx);
}

dtn_status dtn_markov_new(dtn_ctx *ctx, dtn_arena *arena, dtn_markov *out, const dtn_stochastic *g)
{
    dtn_stage_play *play;
    *out = (dtn_markov){.exact = false};
    DTN_ALLOC(ctx, arena, play, g->states);
    DTN_ALLOC_FMPQ(ctx, arena, out->value, (size_t)g->states * (size_t)g->players);
    DTN_ALLOC_FMPQ(ctx, arena, out->radius, 1);
    out->play = play;
    for (int i = 0; i < g->states; i++) {
        int actions = 0;
        for (int p = 0; p < g->players; p++)
            actions += g->state[i].actions[p];
        DTN_ALLOC_FMPQ(ctx, arena, play[i].mix, actions);
        play[i].replies = dtn_stage_turns(g, i) ? dtn_stage_replies(g, i) : 0;
        DTN_ALLOC(ctx, arena, play[i].reply, play[i].replies + 1);
    }
    return DTN_OK;
}

dtn_status dtn_stochastic_solve(dtn_ctx *ctx, dtn_arena *arena, dtn_stochastic_answer *out,
                                const dtn_stochastic *g)
{
    *out = (dtn_stochastic_answer){.outcome = DTN_OUTCOME_UNKNOWN};
    return g->zero_sum ? dtn_stochastic_zero_sum(ctx, arena, out, g)
                       : dtn_stochastic_markov(ctx, arena, out, g);
}
