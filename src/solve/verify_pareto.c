/* Verifiers of efficiency and of agreements, by comparison with every profile.
 *
 * Method: a listed profile is dominated by none, an unlisted one by a listed one. A frontier, and an agreement, has every profile
 *   on or below the line with its weights. Nash's weights are the other's gain, which is the condition of the first
 *   order; the shares of Kalai and Smorodinsky are compared, and each ideal is bounded by its trade-off and reached.
 * Cost: rows x profiles. Exact. */
#include <string.h>

#include "solve/verify_finding.h"

static dtn_status wrong(dtn_ctx *ctx, const char *why)
{
    return dtn_fail(ctx, DTN_INTERNAL, "efficiency: the verifier refutes the answer: %s", why);
}

static size_t profile_of(const dtn_strategic *g, const dtn_finding_row *row)
{
    size_t profile = 0, unit = 1;
    for (int p = 0; p < g->players; p++) {
        profile += (size_t)row->cell[p].strategy * unit;
        unit *= (size_t)g->strategies[p];
    }
    return profile;
}

/* Profile a is nowhere worse than b and somewhere better. */
static bool dominates(const dtn_strategic *g, size_t a, size_t b)
{
    size_t players = (size_t)g->players;
    bool better = false;
    for (size_t p = 0; p < players; p++) {
        int order = dtn_payoffs_cmp(&g->payoff, a * players + p, b * players + p);
        if (order < 0)
            return false;
        better |= order > 0;
    }
    return better;
}

/* weight . payoff <= weight . point at every profile of two players; weights positive. */
static bool supports(const dtn_strategic *g, const fmpq *weight, const fmpq *point)
{
    fmpq_t most, value;
    fmpq_init(most);
    fmpq_init(value);
    fmpq_mul(most, weight, point);
    fmpq_addmul(most, weight + 1, point + 1);
    bool below = fmpq_sgn(weight) > 0 && fmpq_sgn(weight + 1) > 0;
    for (size_t i = 0; i < g->profiles && below; i++) {
        fmpq_mul(value, weight, dtn_payoffs_at(&g->payoff, 2 * i).q);
        fmpq_addmul(value, weight + 1, dtn_payoffs_at(&g->payoff, 2 * i + 1).q);
        below = fmpq_cmp(value, most) <= 0;
    }
    fmpq_clear(most);
    fmpq_clear(value);
    return below;
}

static dtn_status check_frontier(dtn_ctx *ctx, const dtn_strategic *g, const dtn_finding_table *t,
                                 fmpq *weight)
{
    const fmpq *payoff;
    DTN_TRY(dtn_payoffs_fractions(ctx, &payoff, ctx->scratch, &g->payoff));
    for (const dtn_finding_row *r = t->row; r; r = r->next) {
        const fmpq *here = payoff + 2 * profile_of(g, r);
        const fmpq *next = r->next ? payoff + 2 * profile_of(g, r->next) : NULL;
        if (next) {
            fmpq_sub(weight, next + 1, here + 1);
            fmpq_sub(weight + 1, here, next);
            if (!supports(g, weight, here))
                return wrong(ctx, "a profile lies beyond the frontier");
        }
        for (size_t i = 0; i < g->profiles; i++)
            if ((r == t->row && fmpq_cmp(payoff + 2 * i, here) > 0) ||
                (!next && fmpq_cmp(payoff + 2 * i + 1, here + 1) > 0))
                return wrong(ctx, "the frontier ends too early");
    }
    return DTN_OK;
}

dtn_status dtn_verify_pareto(dtn_ctx *ctx, dtn_finding *finding, const dtn_strategic *game)
{
    const dtn_finding_table *t = dtn_finding_table_of(finding, "efficient");
    const dtn_finding_table *frontier = dtn_finding_table_of(finding, "frontier");
    bool *listed;
    fmpq *weight;
    DTN_ALLOC(ctx, ctx->scratch, listed, game->profiles);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, weight, 2);
    for (const dtn_finding_row *r = t->row; r; r = r->next)
        listed[profile_of(game, r)] = true;
    for (size_t i = 0; i < game->profiles; i++) {
        bool beaten = false;
        DTN_TRY(dtn_ctx_poll(ctx));
        if (listed[i])
            for (size_t k = 0; k < game->profiles && !beaten; k++)
                beaten = dominates(game, k, i);
        else
            for (const dtn_finding_row *r = t->row; r && !beaten; r = r->next)
                beaten = dominates(game, profile_of(game, r), i);
        if (beaten == listed[i])
            return wrong(ctx, listed[i] ? "a listed profile is dominated" : "an efficient profile is missing");
    }
    if (frontier)
        DTN_TRY(check_frontier(ctx, game, frontier, weight));
    dtn_finding_certify(ctx, finding, "no listed profile is dominated, and every other one is%s",
                        frontier ? "; no profile lies beyond the frontier" : "");
    return dtn_finding_status(finding);
}

/* payoff of p + trade * (the other's gain) <= ideal everywhere, reached by profiles that together leave the other its level. */
static bool is_ideal(const dtn_strategic *g, int p, const fmpq *level, const fmpq *ideal, const fmpq *trade)
{
    bool bound = fmpq_sgn(trade) >= 0, above = false, below = fmpq_is_zero(trade);
    fmpq_t value, rest;
    fmpq_init(value);
    fmpq_init(rest);
    for (size_t i = 0; i < g->profiles; i++) {
        fmpq_sub(rest, dtn_payoffs_at(&g->payoff, 2 * i + (1 - p)).q, level);
        fmpq_set(value, dtn_payoffs_at(&g->payoff, 2 * i + p).q);
        fmpq_addmul(value, trade, rest);
        int sign = fmpq_cmp(value, ideal);
        bound &= sign <= 0;
        above |= sign == 0 && fmpq_sgn(rest) >= 0;
        below |= sign == 0 && fmpq_sgn(rest) <= 0;
    }
    fmpq_clear(value);
    fmpq_clear(rest);
    return bound && above && below;
}

/* No profile lies beyond both levels: a line with non-negative weights through the disagreement has all on or below it. */
static dtn_status check_nothing(dtn_ctx *ctx, dtn_finding *f, const dtn_strategic *g)
{
    const fmpq *d[2] = {dtn_finding_fact_of(f, "disagreement-1")->cell.exact,
                        dtn_finding_fact_of(f, "disagreement-2")->cell.exact};
    const fmpq *payoff;
    DTN_TRY(dtn_payoffs_fractions(ctx, &payoff, ctx->scratch, &g->payoff));
    fmpq_t cross, x, y;
    fmpq_init(cross);
    fmpq_init(x);
    fmpq_init(y);
    bool gains = false; /* some segment between two profiles passes beyond the disagreement */
    for (size_t i = 0; i < g->profiles; i++)
        for (size_t k = 0; k < g->profiles && !gains; k++) {
            const fmpq *a = payoff + 2 * i, *b = payoff + 2 * k;
            if (fmpq_cmp(a, d[0]) <= 0 || fmpq_cmp(b + 1, d[1]) <= 0)
                continue;
            fmpq_sub(
                x, a,
                d[0]); /* a is beyond the first level, b beyond the second: the segment passes beyond the corner */
            fmpq_sub(y, b + 1, d[1]);
            fmpq_mul(cross, x, y);
            fmpq_sub(x, b, d[0]);
            fmpq_sub(y, a + 1, d[1]);
            fmpq_submul(cross, x, y);
            gains = fmpq_cmp(a + 1, d[1]) > 0 || fmpq_cmp(b, d[0]) > 0 || fmpq_sgn(cross) > 0;
        }
    fmpq_clear(cross);
    fmpq_clear(x);
    fmpq_clear(y);
    if (gains)
        return wrong(ctx, "there is an agreement that is better for both");
    dtn_finding_certify(ctx, f, "no lottery over two profiles, and so none at all, is better for both");
    return dtn_finding_status(f);
}

dtn_status dtn_verify_bargaining(dtn_ctx *ctx, dtn_finding *finding, const dtn_strategic *game)
{
    const dtn_finding_table *payoffs = dtn_finding_table_of(finding, "payoffs");
    const dtn_finding_table *lottery = dtn_finding_table_of(finding, "lottery");
    bool nash = strcmp(dtn_finding_fact_of(finding, "solution")->cell.text, "Nash bargaining") == 0;
    if (!payoffs)
        return check_nothing(ctx, finding, game);
    fmpq *work;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, work, 9);
    fmpq *point = work, *weight = work + 2, *gain = work + 4, *range = work + 6, *sum = work + 8;
    for (const dtn_finding_row *r = lottery->row; r; r = r->next) {
        const fmpq *chance = r->cell[2].exact;
        if (fmpq_sgn(chance) <= 0)
            return wrong(ctx, "the lottery has a probability that is not positive");
        fmpq_add(sum, sum, chance);
        for (int p = 0; p < 2; p++)
            fmpq_addmul(point + p, chance, dtn_payoffs_at(&game->payoff, 2 * profile_of(game, r) + p).q);
    }
    if (!fmpq_is_one(sum))
        return wrong(ctx, "the lottery is no probability distribution");
    const dtn_cell *row[2] = {payoffs->row->cell, payoffs->row->next->cell};
    for (int p = 0; p < 2; p++) {
        if (!fmpq_equal(point + p, row[p][2].exact))
            return wrong(ctx, "the payoffs are not those of the lottery");
        if (!is_ideal(game, p, row[1 - p][1].exact, row[p][3].exact, row[p][4].exact))
            return wrong(ctx, "a player could get more, or less, than is said");
        fmpq_sub(gain + p, point + p, row[p][1].exact);
        fmpq_sub(range + p, row[p][3].exact, row[p][1].exact);
        fmpq_set(weight + p, row[p][5].exact);
    }
    if (!supports(game, weight, point))
        return wrong(ctx, "the agreement is not efficient");
    if (nash ? !fmpq_equal(weight, gain + 1) || !fmpq_equal(weight + 1, gain) : false)
        return wrong(ctx, "the weights are not the other's gains");
    fmpq_mul(gain, gain, range + 1);
    fmpq_mul(gain + 1, gain + 1, range);
    if (!nash && !fmpq_equal(gain, gain + 1))
        return wrong(ctx, "the shares of the possible gains differ");
    dtn_finding_certify(
        ctx, finding,
        "every profile lies on or below the line with the stated weights through the agreement; %s",
        nash ? "each weight is the other's gain, so that no agreement has a greater product of gains"
             : "both players have the same share of the most that they could gain");
    return dtn_finding_status(finding);
}
