/* pure: all pure Nash equilibria of a strategic game, any number of players.
 *
 * Method: a bitmap over profiles. On every line of profiles that differ only in player 1's strategy the bits of its best payoffs are
 *   set. Each bit that is set is then challenged by the other players in turn: first by the best strategy met so far on its line,
 *   then by the rest of the line, until one is better. Payoffs are compared as integers over the player's common denominator
 *   where they fit a word, otherwise as rationals.
 * Cost: one pass over player 1's payoffs; a few comparisons for each bit and other player, in generic games. Exact. */
#include "solve/pure.h"

typedef struct table {
    const dtn_strategic *game;
    size_t players, player;
} table;

static int compare(const table *t, size_t a, size_t b)
{
    const dtn_strategic *g = t->game;
    return dtn_payoffs_cmp(&g->payoff, a * t->players + t->player, b * t->players + t->player);
}

/* Sets the bits of player 1's best replies; its lines are neighbours. */
static dtn_status set_best_replies(dtn_ctx *ctx, uint64_t *bits, const dtn_strategic *game)
{
    enum { LINES_A_POLL = 4096 };
    const table t = {game, (size_t)game->players, 0};
    size_t n = (size_t)game->strategies[0];
    for (size_t first = 0, line = 0; first < game->profiles; first += n, line++) {
        if (line % LINES_A_POLL == 0)
            DTN_TRY(dtn_ctx_poll(ctx));
        size_t best = first;
        for (size_t i = first + 1; i < first + n; i++)
            best = compare(&t, i, best) > 0 ? i : best;
        for (size_t i = best; i < first + n; i++)
            if (i == best || compare(&t, i, best) == 0)
                bits[i / 64] |= (uint64_t)1 << (i % 64);
    }
    return DTN_OK;
}

/* Is the profile's strategy a best reply of t's player? *witness: the best strategy known on its line, -1 - strategy when it is
 * known to be the best of all; kept up to date. */
static bool withstands(const table *t, size_t profile, size_t step, int *witness)
{
    size_t n = (size_t)t->game->strategies[t->player], own = profile / step % n, first = profile - own * step;
    bool best = *witness < 0;
    int beaten = compare(t, first + (size_t)(best ? -1 - *witness : *witness) * step, profile);
    if (best || beaten > 0)
        return beaten <= 0;
    for (size_t k = 1; k < n; k++) {
        size_t s = own + k < n ? own + k : own + k - n;
        if (compare(t, first + s * step, profile) > 0) {
            *witness = (int)s;
            return false;
        }
    }
    *witness = -1 - (int)own;
    return true;
}

/* Clears the bits that player p would leave; step: distance of its strategies in profiles. */
static dtn_status challenge(dtn_ctx *ctx, uint64_t *bits, const dtn_strategic *game, int p, size_t step)
{
    enum { WORDS_A_POLL = 1024 };
    const table t = {game, (size_t)game->players, (size_t)p};
    size_t n = (size_t)game->strategies[p];
    int *witness;
    DTN_ALLOC(ctx, ctx->scratch, witness, game->profiles / n);
    for (size_t w = 0; w < (game->profiles + 63) / 64; w++) {
        if (w % WORDS_A_POLL == 0)
            DTN_TRY(dtn_ctx_poll(ctx));
        uint64_t rest = bits[w];
        for (size_t i = w * 64; rest; i++, rest >>= 1)
            if (rest & 1 && !withstands(&t, i, step, &witness[i / (step * n) * step + i % step]))
                bits[w] &= ~((uint64_t)1 << (i % 64));
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
    if (game->graph)
        return dtn_pure_graph(ctx, run, game);
    size_t words = (game->profiles + 63) / 64, step = 1;
    uint64_t *bits;
    DTN_ALLOC(ctx, ctx->scratch, bits, words);
    DTN_TRY(set_best_replies(ctx, bits, game));
    for (int p = 1; p < game->players; p++) {
        step *= (size_t)game->strategies[p - 1];
        DTN_TRY(challenge(ctx, bits, game, p, step));
    }
    for (size_t w = 0; w < words && !run->enough; w++) {
        if (!bits[w])
            continue;
        for (size_t i = w * 64; i < w * 64 + 64 && !run->enough; i++)
            if (bits[w] >> (i % 64) & 1)
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
    .compact = true,
    .run_strategic = run_strategic,
};
