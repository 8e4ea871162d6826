/* Verifiers of draws and commitments: nobody who obeys gains by disobeying, and the multipliers leave nothing better.
 *
 * Method: by definition for obedience. For the value, weak duality: at every profile, the objective plus what obeying gains
 *   there, times the multipliers, is at most the value; summed over any obeyed draw this bounds its objective.
 * Cost: profiles x deviations. Exact. */
#include <string.h>

#include "solve/verify_finding.h"

typedef struct view {
    dtn_ctx *ctx;
    const dtn_strategic *game;
    const dtn_finding_table *multipliers;
} view;

static dtn_number payoff(const view *v, size_t profile, int player)
{
    return dtn_payoffs_at(&v->game->payoff, profile * (size_t)v->game->players + player);
}

static size_t step_of(const view *v, int player)
{
    size_t step = 1;
    for (int p = 0; p < player; p++)
        step *= (size_t)v->game->strategies[p];
    return step;
}

/* The player plays t instead. */
static size_t with(const view *v, size_t profile, int player, int t)
{
    size_t step = step_of(v, player), plays = profile / step % (size_t)v->game->strategies[player];
    return profile + (size_t)t * step - plays * step;
}

static int plays(const view *v, size_t profile, int player)
{
    return (int)(profile / step_of(v, player) % (size_t)v->game->strategies[player]);
}

static dtn_status wrong(const view *v, const char *why)
{
    return dtn_fail(v->ctx, DTN_INTERNAL, "correlated play: the verifier refutes the answer: %s", why);
}

/* At every profile: sum of weight * payoff + multiplier * (what obeying gains) <= bound. leader -1: all rows count. */
static dtn_status check_bound(const view *v, const fmpq *weight, const fmpq *bound, int leader)
{
    fmpq_t sum, gain;
    fmpq_init(sum);
    fmpq_init(gain);
    const char *why = NULL;
    for (size_t i = 0; i < v->game->profiles && !why; i++) {
        fmpq_zero(sum);
        for (int p = 0; p < v->game->players; p++)
            fmpq_addmul(sum, weight + p, payoff(v, i, p).q);
        for (const dtn_finding_row *r = v->multipliers->row; r && !why; r = r->next) {
            const dtn_cell *c = r->cell;
            if (leader >= 0 && (c[0].player != leader || c[1].player == leader))
                continue;
            if (c[2].kind == DTN_CELL_STRATEGY && plays(v, i, c[1].player) != c[2].strategy)
                continue;
            fmpq_sub(gain, payoff(v, i, c[1].player).q,
                     payoff(v, with(v, i, c[1].player, c[3].strategy), c[1].player).q);
            fmpq_addmul(sum, c[4].exact, gain);
            if (fmpq_sgn(c[4].exact) < 0)
                why = "a multiplier is negative";
        }
        if (!why && fmpq_cmp(sum, bound) > 0)
            why = "the multipliers do not prove the value";
    }
    fmpq_clear(sum);
    fmpq_clear(gain);
    return why ? wrong(v, why) : DTN_OK;
}

/* chance [profiles] from the table; a distribution. */
static dtn_status read_draw(const view *v, const dtn_finding_table *t, fmpq *chance)
{
    fmpq_t sum;
    fmpq_init(sum);
    bool fits = true;
    for (const dtn_finding_row *r = t->row; r; r = r->next) {
        size_t profile = 0, unit = 1;
        for (int p = 0; p < v->game->players; p++) {
            profile += (size_t)r->cell[p].strategy * unit;
            unit *= (size_t)v->game->strategies[p];
        }
        fits &= fmpq_sgn(r->cell[v->game->players].exact) > 0 && fmpq_is_zero(chance + profile);
        fmpq_set(chance + profile, r->cell[v->game->players].exact);
        fmpq_add(sum, sum, chance + profile);
    }
    fits &= fmpq_is_one(sum);
    fmpq_clear(sum);
    return fits ? DTN_OK : wrong(v, "the draw is no probability distribution");
}

static dtn_status check_obeyed(const view *v, const fmpq *chance, bool coarse)
{
    fmpq_t gain, one;
    fmpq_init(gain);
    fmpq_init(one);
    bool obeyed = true;
    for (int p = 0; p < v->game->players; p++)
        for (int s = coarse ? -1 : 0; s < (coarse ? 0 : v->game->strategies[p]); s++)
            for (int t = 0; t < v->game->strategies[p]; t++) {
                fmpq_zero(gain);
                for (size_t i = 0; i < v->game->profiles; i++) {
                    if (fmpq_is_zero(chance + i) || (s >= 0 && plays(v, i, p) != s))
                        continue;
                    fmpq_sub(one, payoff(v, with(v, i, p, t), p).q, payoff(v, i, p).q);
                    fmpq_addmul(gain, chance + i, one);
                }
                obeyed &= fmpq_sgn(gain) <= 0;
            }
    fmpq_clear(gain);
    fmpq_clear(one);
    return obeyed ? DTN_OK : wrong(v, "somebody gains by disobeying");
}

/* Payoffs as stated, weights as the objective asks, and weights times payoffs (fair: every payoff) make the bound. */
static dtn_status check_payoffs(const view *v, const dtn_finding *f, const fmpq *chance, fmpq *weight,
                                fmpq *bound)
{
    const char *objective = dtn_finding_fact_of(f, "objective")->cell.text;
    bool fair = strcmp(objective, "fairness") == 0, fits = true;
    const fmpq *value = dtn_finding_fact_of(f, "value")->cell.exact;
    const dtn_finding_table *t = dtn_finding_table_of(f, "payoffs");
    fmpq_t sum, weights;
    fmpq_init(sum);
    fmpq_init(weights);
    fmpq_zero(bound);
    for (const dtn_finding_row *r = t->row; r; r = r->next) {
        int p = r->cell[0].player;
        fmpq_zero(sum);
        for (size_t i = 0; i < v->game->profiles; i++)
            if (!fmpq_is_zero(chance + i))
                fmpq_addmul(sum, chance + i, payoff(v, i, p).q);
        fmpq_set(weight + p, r->cell[2].exact);
        fits &= fmpq_equal(sum, r->cell[1].exact) &&
                (!fair || (fmpq_sgn(weight + p) >= 0 && fmpq_cmp(sum, value) >= 0));
        fits &= strcmp(objective, "welfare") != 0 || fmpq_is_one(weight + p);
        fits &= strcmp(objective, "best") != 0 || fmpq_is_zero(weight + p) || fmpq_equal(sum, value);
        fits &= strcmp(objective, "worst") != 0 || fmpq_is_zero(weight + p) || fmpq_equal(sum, value);
        fmpq_addmul(bound, weight + p, sum);
        fmpq_add(weights, weights, weight + p);
    }
    if (fair)
        fits &= fmpq_is_one(weights) && fmpq_equal(bound, value);
    fmpq_abs(sum, bound);
    fmpq_abs(weights, value);
    fits &= fair || fmpq_equal(sum, weights);
    fmpq_clear(sum);
    fmpq_clear(weights);
    return fits ? DTN_OK : wrong(v, "the payoffs are not those of the draw");
}

dtn_status dtn_verify_correlated(dtn_ctx *ctx, dtn_finding *finding, const dtn_strategic *game)
{
    view v = {ctx, game, dtn_finding_table_of(finding, "multipliers")};
    bool coarse = strcmp(dtn_finding_fact_of(finding, "concept")->cell.text, "coarse") == 0;
    fmpq *chance, *weight;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, chance, game->profiles);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, weight, game->players + 1);
    DTN_TRY(read_draw(&v, dtn_finding_table_of(finding, "draw"), chance));
    DTN_TRY(check_obeyed(&v, chance, coarse));
    DTN_TRY(check_payoffs(&v, finding, chance, weight, weight + game->players));
    DTN_TRY(check_bound(&v, weight, weight + game->players, -1));
    dtn_finding_certify(
        ctx, finding,
        "nobody gains by disobeying the draw; multipliers prove that no such draw has a better value");
    return dtn_finding_status(finding);
}

/* The reply is a best one, and the payoffs are those of the commitment. */
static dtn_status check_commitment(const view *v, const dtn_finding_row *r)
{
    int leader = r->cell[0].player, follower = 1 - leader;
    fmpq_t sum, said;
    fmpq_init(sum);
    fmpq_init(said);
    const char *why = NULL;
    for (int t = -1; t < v->game->strategies[follower] && !why; t++) /* -1: the leader's own payoff */
        for (int p = t < 0 ? leader : follower; p >= 0 && !why; p = -1) {
            fmpq_zero(sum);
            fmpq_zero(said);
            for (int s = 0; s < v->game->strategies[leader]; s++) {
                size_t profile = with(v, with(v, 0, leader, s), follower, t < 0 ? r->cell[2].strategy : t);
                if (fmpq_sgn(r->cell[1].exact + s) < 0)
                    why = "a commitment has a negative probability";
                fmpq_add(said, said, r->cell[1].exact + s);
                fmpq_addmul(sum, r->cell[1].exact + s, payoff(v, profile, p).q);
            }
            int sign = fmpq_cmp(sum, r->cell[3 + p].exact);
            if (!fmpq_is_one(said))
                why = "a commitment is no probability distribution";
            else if (t < 0 || t == r->cell[2].strategy ? sign != 0 : sign > 0)
                why = "a reply is not best, or a payoff is not what is said";
        }
    fmpq_clear(sum);
    fmpq_clear(said);
    return why ? wrong(v, why) : DTN_OK;
}

dtn_status dtn_verify_stackelberg(dtn_ctx *ctx, dtn_finding *finding, const dtn_strategic *game)
{
    view v = {ctx, game, dtn_finding_table_of(finding, "multipliers")};
    fmpq *weight;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, weight, 2);
    const dtn_finding_table *pure = dtn_finding_table_of(finding, "pure");
    for (const dtn_finding_row *r = pure->row; r; r = r->next)
        DTN_TRY(check_commitment(&v, r));
    const dtn_finding_table *t = dtn_finding_table_of(finding, "commitments");
    for (const dtn_finding_row *r = t->row; r; r = r->next) {
        int leader = r->cell[0].player;
        DTN_TRY(check_commitment(&v, r));
        fmpq_one(weight + leader);
        fmpq_zero(weight + (1 - leader));
        DTN_TRY(check_bound(&v, weight, r->cell[3 + leader].exact, leader));
    }
    dtn_finding_certify(ctx, finding,
                        "each reply is best; multipliers prove that no commitment gives the leader more");
    return dtn_finding_status(finding);
}
