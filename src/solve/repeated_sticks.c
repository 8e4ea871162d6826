/* Stick and carrot: whether a profile stands at a given discount factor when a breach of i is answered by one period of a
 * profile that hurts i, and then by the agreed profile again.
 *
 * Method: with the stick s^i a breach of i is worth v_i = (1 - delta) g_i(s^i) + delta g_i(a). Nobody may gain by a breach of the agreement, nor
 *   of either stick: (1 - delta) h_j <= delta (g_j(a) - v_j). All pairs of profiles are tried as sticks.
 * Cost: the square of the number of profiles. Exact; two players.
 * Source: D. Abreu, Extremal equilibria of oligopolistic supergames, J. Econ. Theory 39 (1986). */
#include "solve/repeated.h"

/* (1 - delta) gain <= delta (payoff - worst); work: one number. */
static bool obeys(const dtn_stage *s, size_t at, size_t agreed, int player, const fmpq *worst,
                  const fmpq *delta, fmpq *work)
{
    const fmpq *gain = &s->gain[2 * at + (size_t)player];
    fmpq_sub(work, dtn_payoffs_at(&s->game->payoff, 2 * agreed + (size_t)player).q, worst);
    fmpq_add(work, work, gain);
    fmpq_mul(work, work, delta);
    return fmpq_cmp(gain, work) <= 0;
}

static void after_stick(const dtn_stage *s, fmpq *value, size_t stick, size_t agreed, int player,
                        const fmpq *delta)
{
    dtn_number hurt = dtn_payoffs_at(&s->game->payoff, 2 * stick + (size_t)player);
    fmpq_sub(value, dtn_payoffs_at(&s->game->payoff, 2 * agreed + (size_t)player).q, hurt.q);
    fmpq_mul(value, value, delta);
    fmpq_add(value, value, hurt.q);
}

dtn_status dtn_repeated_sticks(dtn_ctx *ctx, bool *stands, size_t stick[2], const dtn_stage *stage,
                               size_t profile, const fmpq_t delta)
{
    fmpq *worst, *work;
    *stands = false;
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, worst, 2);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, work, 1);
    for (size_t a = 0; a < stage->profiles && !*stands; a++) {
        DTN_TRY(dtn_ctx_poll(ctx));
        after_stick(stage, &worst[0], a, profile, 0, delta);
        if (!obeys(stage, profile, profile, 0, &worst[0], delta, work) ||
            !obeys(stage, a, profile, 0, &worst[0], delta, work))
            continue;
        for (size_t b = 0; b < stage->profiles && !*stands; b++) {
            after_stick(stage, &worst[1], b, profile, 1, delta);
            *stands = obeys(stage, profile, profile, 1, &worst[1], delta, work) &&
                      obeys(stage, b, profile, 1, &worst[1], delta, work) &&
                      obeys(stage, a, profile, 1, &worst[1], delta, work) &&
                      obeys(stage, b, profile, 0, &worst[0], delta, work);
            stick[0] = a;
            stick[1] = b;
        }
    }
    dtn_arena_release(ctx->scratch, mark);
    return DTN_OK;
}
