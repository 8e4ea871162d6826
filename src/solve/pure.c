/* pure: all pure Nash equilibria of a strategic game, any number of players.
 *
 * Method: one bitmap over profiles. For each player, every line of profiles that differ only in the own strategy keeps the bits of
 *   its best payoffs; what survives all players is an equilibrium. Payoffs are compared as integers over the player's common
 *   denominator where they fit a word.
 * Cost: players x profiles comparisons, one bit a profile. Exact. */
#include "solve/solver.h"

static bool test(const uint64_t *bits, size_t i)
{
    return bits[i / 64] >> (i % 64) & 1;
}

static void drop(uint64_t *bits, size_t i)
{
    bits[i / 64] &= ~((uint64_t)1 << (i % 64));
}

/* Of one line of profiles, first, first + step, ...: drops those whose payoff to p is not the greatest. */
static void keep_best_integer(uint64_t *bits, const int64_t *payoff, size_t stride, size_t first, size_t step,
                              int count)
{
    int64_t best = payoff[first * stride];
    for (int s = 1; s < count; s++) {
        int64_t value = payoff[(first + (size_t)s * step) * stride];
        best = value > best ? value : best;
    }
    for (int s = 0; s < count; s++) {
        size_t i = first + (size_t)s * step;
        if (payoff[i * stride] < best)
            drop(bits, i);
    }
}

static void keep_best_exact(uint64_t *bits, const fmpq *payoff, size_t stride, size_t first, size_t step,
                            int count)
{
    const fmpq *best = payoff + first * stride;
    for (int s = 1; s < count; s++) {
        const fmpq *value = payoff + (first + (size_t)s * step) * stride;
        best = fmpq_cmp(value, best) > 0 ? value : best;
    }
    for (int s = 0; s < count; s++) {
        size_t i = first + (size_t)s * step;
        if (fmpq_cmp(payoff + i * stride, best) < 0)
            drop(bits, i);
    }
}

static dtn_status keep_best_replies(dtn_ctx *ctx, uint64_t *bits, const dtn_strategic *game, int p,
                                    size_t step)
{
    size_t players = (size_t)game->players, block = step * (size_t)game->strategies[p];
    for (size_t outer = 0; outer < game->profiles; outer += block) {
        DTN_TRY(dtn_ctx_poll(ctx));
        for (size_t inner = 0; inner < step; inner++) {
            if (game->integer)
                keep_best_integer(bits, game->integer + p, players, outer + inner, step, game->strategies[p]);
            else
                keep_best_exact(bits, game->payoff + p, players, outer + inner, step, game->strategies[p]);
        }
    }
    return DTN_OK;
}

static dtn_status report(dtn_ctx *ctx, dtn_profile_run *run, const dtn_strategic *game, size_t profile)
{
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    fmpq *sigma;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, sigma, run->out->width);
    for (int p = 0; p < game->players; p++) {
        size_t strategy = profile % (size_t)game->strategies[p];
        profile /= (size_t)game->strategies[p];
        fmpq_one(sigma + (size_t)run->out->first[p] + strategy);
    }
    dtn_status status = dtn_profile_found(ctx, run, sigma, NULL);
    dtn_arena_release(ctx->scratch, mark);
    return status;
}

static dtn_status run_strategic(dtn_ctx *ctx, dtn_profile_run *run, const dtn_strategic *game,
                                const dtn_solve_options *options)
{
    (void)options;
    size_t words = (game->profiles + 63) / 64, step = 1;
    uint64_t *bits;
    DTN_ALLOC(ctx, ctx->scratch, bits, words);
    for (size_t i = 0; i < game->profiles; i++)
        bits[i / 64] |= (uint64_t)1 << (i % 64);
    for (int p = 0; p < game->players; p++) {
        DTN_TRY(keep_best_replies(ctx, bits, game, p, step));
        step *= (size_t)game->strategies[p];
    }
    for (size_t w = 0; w < words && !run->enough; w++) {
        if (!bits[w])
            continue;
        for (size_t i = w * 64; i < w * 64 + 64 && !run->enough; i++)
            if (test(bits, i))
                DTN_TRY(report(ctx, run, game, i));
    }
    run->out->candidates = (long)game->profiles;
    if (run->out->count == 0)
        run->out->outcome = DTN_OUTCOME_NONE;
    return DTN_OK;
}

const dtn_solver dtn_solver_pure = {
    .name = "pure",
    .title = "All pure Nash equilibria, any number of players",
    .source = "J. Nash, Non-cooperative games, Annals of Mathematics 54 (1951)",
    .finds = DTN_FINDS_ALL,
    .exact = true,
    .run_strategic = run_strategic,
};
