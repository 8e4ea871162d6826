/* Verifier of strategic profiles: exact expected payoff of every pure deviation.
 *
 * Method: weights are put over a common denominator per player, so that the sums run over integers. For each player the joint
 * supports of the others are walked once, adding to all own strategies at a time. Two players whose weights and payoffs fit
 * machine words take a shorter way to the same numbers.
 * Cost: players x (product of the others' supports) x strategies. Exact. */
#include "solve/verify.h"

typedef struct walk {
    const dtn_strategic *game;
    const fmpz *weight; /* [width] sigma times scale[player] */
    const int *first;   /* [players] */
    const size_t *step; /* [players] distance in profiles between neighbouring strategies */
    int player;         /* whose deviations are summed */
    fmpz *sum;          /* [strategies of player], integer payoffs */
    fmpq *exact;        /* the same where payoffs are no integers of a word */
    fmpz *product;      /* [players + 1] weight of the others' strategies chosen so far */
} walk;

static void add_profile(walk *w, size_t profile, const fmpz_t weight)
{
    const dtn_strategic *g = w->game;
    size_t players = (size_t)g->players, p = (size_t)w->player;
    if (g->payoff.integer) {
        for (int s = 0; s < g->strategies[p]; s++)
            fmpz_addmul_si(w->sum + s, weight,
                           g->payoff.integer[(profile + (size_t)s * w->step[p]) * players + p]);
        return;
    }
    fmpq_t term;
    fmpq_init(term);
    for (int s = 0; s < g->strategies[p]; s++) {
        fmpq_mul_fmpz(term, dtn_payoffs_at(&g->payoff, (profile + (size_t)s * w->step[p]) * players + p).q,
                      weight);
        fmpq_add(w->exact + s, w->exact + s, term);
    }
    fmpq_clear(term);
}

static void descend(walk *w, int q, size_t profile)
{
    if (q == w->game->players) {
        add_profile(w, profile, w->product + q);
        return;
    }
    if (q == w->player) {
        fmpz_set(w->product + q + 1, w->product + q);
        descend(w, q + 1, profile);
        return;
    }
    for (int s = 0; s < w->game->strategies[q]; s++) {
        const fmpz *weight = w->weight + w->first[q] + s;
        if (fmpz_is_zero(weight))
            continue;
        fmpz_mul(w->product + q + 1, w->product + q, weight);
        descend(w, q + 1, profile + (size_t)s * w->step[q]);
    }
}

/* weight = sigma * scale, scale the common denominator; ARG unless sigma is a distribution. */
static dtn_status to_integers(dtn_ctx *ctx, fmpz *weight, fmpz_t scale, const fmpq *sigma,
                              const dtn_strategic *game, int player)
{
    int strategies = game->strategies[player];
    fmpz_one(scale);
    for (int s = 0; s < strategies; s++) {
        if (fmpq_sgn(sigma + s) < 0)
            return dtn_fail(ctx, DTN_ARG, "player %s plays %s with a negative probability",
                            game->player[player], game->strategy[player][s]);
        if (!fmpz_divisible(scale, fmpq_denref(sigma + s)))
            fmpz_lcm(scale, scale, fmpq_denref(sigma + s));
    }
    fmpz_t total;
    fmpz_init(total);
    for (int s = 0; s < strategies; s++) {
        fmpz_divexact(weight + s, scale, fmpq_denref(sigma + s));
        fmpz_mul(weight + s, weight + s, fmpq_numref(sigma + s));
        fmpz_add(total, total, weight + s);
    }
    bool one = fmpz_equal(total, scale);
    fmpz_clear(total);
    if (!one)
        return dtn_fail(ctx, DTN_ARG, "the probabilities of player %s do not sum to 1", game->player[player]);
    return DTN_OK;
}

/* The best sum when every strategy that is played attains it: no regret, and no averages to take; NULL otherwise. */
static const fmpz *best_everywhere(const walk *w, const fmpq *sigma)
{
    int p = w->player, strategies = w->game->strategies[p];
    const fmpz *best = w->sum;
    for (int s = 1; s < strategies; s++)
        if (fmpz_cmp(w->sum + s, best) > 0)
            best = w->sum + s;
    for (int s = 0; s < strategies; s++)
        if (!fmpq_is_zero(sigma + w->first[p] + s) && !fmpz_equal(w->sum + s, best))
            return NULL;
    return best;
}

/* value, regret of one player from the sums over the others' play; unit = product of the others' scales. */
static void judge(walk *w, fmpq_t payoff, fmpq_t regret, const fmpq *sigma, const fmpz_t unit)
{
    int p = w->player;
    const fmpz *top = w->game->payoff.integer ? best_everywhere(w, sigma) : NULL;
    if (top) {
        fmpz_mul(fmpq_denref(regret), unit, w->game->payoff.denominator + p);
        fmpq_set_fmpz_frac(payoff, top, fmpq_denref(regret));
        fmpq_zero(regret);
        return;
    }
    fmpq_t best;
    fmpq_init(best);
    fmpq_zero(payoff);
    for (int s = 0; s < w->game->strategies[p]; s++) {
        fmpq *value = w->exact + s;
        if (w->game->payoff.integer)
            fmpq_set_fmpz_frac(value, w->sum + s, w->game->payoff.denominator + p);
        if (s == 0 || fmpq_cmp(value, best) > 0)
            fmpq_set(best, value);
        fmpq_addmul(payoff, sigma + w->first[p] + s, value);
    }
    fmpq_sub(regret, best, payoff);
    fmpq_div_fmpz(regret, regret, unit);
    fmpq_div_fmpz(payoff, payoff, unit);
    fmpq_clear(best);
}

/* --- two players in machine words ----------------------------------------------------------------- */

__extension__ typedef __int128 int128;
enum { WORD_BITS = 62, SMALL = 64 };

/* weight = sigma * *scale in words; false where that does not fit or sigma is no distribution. */
static bool to_words(int64_t *weight, int64_t *scale, const fmpq *sigma, int strategies)
{
    int64_t least = 1, total = 0;
    for (int s = 0; s < strategies; s++) {
        const fmpz *denominator = fmpq_denref(sigma + s);
        if (fmpz_bits(denominator) > WORD_BITS || fmpq_sgn(sigma + s) < 0)
            return false;
        int64_t d = fmpz_get_si(denominator), a = least, b = d;
        if (least % d == 0)
            continue;
        while (b) {
            int64_t rest = a % b;
            a = b;
            b = rest;
        }
        int128 multiple = (int128)(least / a) * d;
        if (multiple >> WORD_BITS)
            return false;
        least = (int64_t)multiple;
    }
    for (int s = 0; s < strategies; s++) {
        if (fmpz_cmp(fmpq_numref(sigma + s), fmpq_denref(sigma + s)) > 0)
            return false;
        weight[s] = fmpz_get_si(fmpq_numref(sigma + s)) * (least / fmpz_get_si(fmpq_denref(sigma + s)));
        if (weight[s] > least - total)
            return false;
        total += weight[s];
    }
    *scale = least;
    return total == least;
}

/* Payoff of one player where every strategy it plays is a best reply; false where one is not. Weights sum to scale below 2^62
 * and payoffs are below 2^62, so that sums are below 2^124. */
static bool best_reply(fmpq_t payoff, const dtn_strategic *g, int player, const int64_t *own,
                       const int64_t *other, int64_t scale)
{
    size_t m = (size_t)g->strategies[0], step = player ? m : 1, turn = player ? 1 : m;
    int128 sum[SMALL];
    for (int s = 0; s < g->strategies[player]; s++)
        sum[s] = 0;
    for (int t = 0; t < g->strategies[1 - player]; t++) {
        if (other[t] == 0)
            continue;
        const int64_t *value = g->payoff.integer + 2 * (size_t)t * turn + (size_t)player;
        for (int s = 0; s < g->strategies[player]; s++)
            sum[s] += (int128)other[t] * value[2 * (size_t)s * step];
    }
    int128 best = sum[0];
    for (int s = 1; s < g->strategies[player]; s++)
        best = sum[s] > best ? sum[s] : best;
    for (int s = 0; s < g->strategies[player]; s++)
        if (own[s] && sum[s] != best)
            return false;
    fmpz_t top, unit;
    fmpz_init(top);
    fmpz_init(unit);
    fmpz_set_signed_uiui(top, (ulong)(best >> 64), (ulong)best);
    fmpz_mul_si(unit, g->payoff.denominator + player, scale);
    fmpq_set_fmpz_frac(payoff, top, unit);
    fmpz_clear(top);
    fmpz_clear(unit);
    return true;
}

/* false: nothing is said, the general way has to be taken. */
static bool verify_words(fmpq *payoff, fmpq *regret, const dtn_strategic *g, const fmpq *sigma)
{
    int64_t weight[2][SMALL], scale[2];
    if (g->players != 2 || !g->payoff.integer || g->strategies[0] > SMALL || g->strategies[1] > SMALL)
        return false;
    for (int p = 0; p < 2; p++)
        if (!to_words(weight[p], &scale[p], sigma + (p ? g->strategies[0] : 0), g->strategies[p]))
            return false;
    for (int p = 0; p < 2; p++) {
        if (!best_reply(payoff + p, g, p, weight[p], weight[1 - p], scale[1 - p]))
            return false;
        fmpq_zero(regret + p);
    }
    return true;
}

static dtn_status verify(dtn_ctx *ctx, fmpq *payoff, fmpq *regret, const dtn_strategic *game,
                         const fmpq *sigma)
{
    int players = game->players, width = 0, most = 0;
    int *first;
    size_t *step, product = 1;
    DTN_ALLOC(ctx, ctx->scratch, first, players);
    DTN_ALLOC(ctx, ctx->scratch, step, players);
    for (int p = 0; p < players; p++) {
        first[p] = width;
        step[p] = product;
        width += game->strategies[p];
        product *= (size_t)game->strategies[p];
        most = game->strategies[p] > most ? game->strategies[p] : most;
    }
    fmpz *numbers = dtn_arena_fmpz(ctx->scratch, (size_t)(width + 2 * players + 1 + most + 1));
    fmpq *exact = dtn_arena_fmpq(ctx->scratch, (size_t)most);
    if (!numbers || !exact)
        return dtn_fail_nomem(ctx);
    fmpz *weight = numbers, *scale = weight + width, *stack = scale + players, *sum = stack + players + 1;
    fmpz *unit = sum + most;
    for (int p = 0; p < players; p++)
        DTN_TRY(to_integers(ctx, weight + first[p], scale + p, sigma + first[p], game, p));
    for (int p = 0; p < players; p++) {
        walk w = {game, weight, first, step, p, sum, exact, stack};
        for (int s = 0; s < game->strategies[p]; s++) {
            fmpz_zero(sum + s);
            fmpq_zero(exact + s);
        }
        fmpz_one(stack);
        DTN_TRY(dtn_ctx_poll(ctx));
        descend(&w, 0, 0);
        fmpz_one(unit);
        for (int q = 0; q < players; q++)
            if (q != p)
                fmpz_mul(unit, unit, scale + q);
        judge(&w, payoff + p, regret + p, sigma, unit);
    }
    return DTN_OK;
}

dtn_status dtn_verify_strategic(dtn_ctx *ctx, fmpq *payoff, fmpq *regret, const dtn_strategic *game,
                                const fmpq *sigma)
{
    DTN_TRY(dtn_ctx_poll(ctx));
    if (game->graph)
        return dtn_verify_graph(ctx, payoff, regret, game, sigma);
    if (verify_words(payoff, regret, game, sigma))
        return DTN_OK;
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = verify(ctx, payoff, regret, game, sigma);
    dtn_arena_release(ctx->scratch, mark);
    return status;
}
