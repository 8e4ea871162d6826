/* Verifier of guarantees: what a strategy secures, and that no strategy secures more.
 *
 * Method: the least expected payoff over every profile of the others, for each row of "optimal" and "pure"; and the best payoff
 *   against each player's joint threat ("threats"), which must be no more than what "optimal" says. Without threats (method
 *   `lp`) the two guarantees must add up to the constant sum, which leaves neither player more.
 * Cost: rows x profiles. Exact. */
#include "solve/verify_finding.h"

typedef struct view {
    dtn_ctx *ctx;
    const dtn_strategic *game;
    int player;
    size_t step;
    const fmpz *common; /* [players] denominators, where guarantees are checked */
} view;

static view of_player(dtn_ctx *ctx, const dtn_strategic *game, int player)
{
    view v = {.ctx = ctx, .game = game, .player = player, .step = 1};
    for (int p = 0; p < player; p++)
        v.step *= (size_t)game->strategies[p];
    return v;
}

static dtn_status refuted(const view *v, const char *why)
{
    return dtn_fail(v->ctx, DTN_INTERNAL, "security: the verifier refutes what is said of player %s: %s",
                    v->game->player[v->player], why);
}

/* Weights over a common denominator; false: no probability distribution. */
static bool to_integers(fmpz *weight, fmpz_t unit, const fmpq *share, int count)
{
    bool fits = true;
    fmpz_t total;
    fmpz_init(total);
    fmpz_one(unit);
    for (int s = 0; s < count; s++) {
        fits &= fmpq_sgn(share + s) >= 0;
        fmpz_lcm(unit, unit, fmpq_denref(share + s));
    }
    for (int s = 0; s < count; s++) {
        fmpz_divexact(weight + s, unit, fmpq_denref(share + s));
        fmpz_mul(weight + s, weight + s, fmpq_numref(share + s));
        fmpz_add(total, total, weight + s);
    }
    fits &= fmpz_equal(total, unit);
    fmpz_clear(total);
    return fits;
}

/* sum += weight * payoff * scale, an integer. */
static void add_payoff(const view *v, fmpz_t sum, const fmpz_t weight, size_t profile)
{
    size_t players = (size_t)v->game->players, cell = profile * players + (size_t)v->player;
    fmpz_t term;
    if (v->game->payoff.integer) {
        fmpz_addmul_si(sum, weight, v->game->payoff.integer[cell]);
        return;
    }
    fmpz_init(term);
    dtn_payoffs_scaled(term, &v->game->payoff, cell, v->common);
    fmpz_addmul(sum, weight, term);
    fmpz_clear(term);
}

/* The least expected payoff of the mixture, over the others' profiles, is just what is said. weight: [strategies + 4]. */
static dtn_status check_guarantee(const view *v, fmpz *weight, const fmpq *share, const fmpq *says)
{
    size_t own = (size_t)v->game->strategies[v->player];
    fmpz *unit = weight + own, *sum = unit + 1, *least = unit + 2, *right = unit + 3;
    bool any = false;
    if (!to_integers(weight, unit, share, (int)own))
        return refuted(v, "its strategy is no probability distribution");
    for (size_t i = 0; i < v->game->profiles; i++) {
        if (i / v->step % own != 0)
            continue;
        fmpz_zero(sum);
        for (size_t s = 0; s < own; s++)
            if (!fmpz_is_zero(weight + s))
                add_payoff(v, sum, weight + s, i + s * v->step);
        if (!any || fmpz_cmp(sum, least) < 0)
            fmpz_set(least, sum);
        any = true;
    }
    fmpz_mul(unit, unit, v->common + v->player);
    fmpz_mul(unit, unit, fmpq_numref(says));
    fmpz_mul(right, least, fmpq_denref(says));
    return fmpz_equal(unit, right) ? DTN_OK : refuted(v, "its strategy guarantees something else");
}

/* share: [most strategies] zeros, for pure strategies. */
static dtn_status check_table(dtn_ctx *ctx, const dtn_finding_table *t, const dtn_strategic *game,
                              const fmpz *common, fmpz *weight, fmpq *share)
{
    for (const dtn_finding_row *row = t ? t->row : NULL; row; row = row->next) {
        view v = of_player(ctx, game, dtn_finding_cell_of(t, row, "player").player);
        dtn_cell strategy = dtn_finding_cell_of(t, row, "strategy");
        v.common = common;
        DTN_TRY(dtn_ctx_poll(ctx));
        bool pure = strategy.kind == DTN_CELL_STRATEGY;
        if (pure)
            fmpq_one(share + strategy.strategy);
        DTN_TRY(check_guarantee(&v, weight, pure ? share : strategy.exact,
                                dtn_finding_cell_of(t, row, "guarantees").exact));
        if (pure)
            fmpq_zero(share + strategy.strategy);
    }
    return DTN_OK;
}

/* The last guarantee that the table states for a player; NULL: none. */
static const fmpq *guarantee(const dtn_finding_table *t, int player)
{
    const fmpq *found = NULL;
    for (const dtn_finding_row *row = t->row; row; row = row->next)
        if (dtn_finding_cell_of(t, row, "player").player == player)
            found = dtn_finding_cell_of(t, row, "guarantees").exact;
    return found;
}

static dtn_status check_threat(const view *v, const dtn_finding_table *t, const fmpq *level, fmpq *best)
{
    fmpq_t total;
    fmpq_init(total);
    bool fits = true;
    for (int s = 0; s < v->game->strategies[v->player]; s++)
        fmpq_zero(best + s);
    for (const dtn_finding_row *row = t->row; row; row = row->next) {
        if (row->cell[0].player != v->player)
            continue;
        size_t profile = 0, unit = 1, players = (size_t)v->game->players;
        for (int p = 0; p < v->game->players; p++) {
            profile += p == v->player ? 0 : (size_t)row->cell[1 + p].strategy * unit;
            unit *= (size_t)v->game->strategies[p];
        }
        const fmpq *weight = dtn_finding_cell_of(t, row, "probability").exact;
        fits &= fmpq_sgn(weight) > 0;
        fmpq_add(total, total, weight);
        for (int s = 0; s < v->game->strategies[v->player]; s++)
            fmpq_addmul(
                best + s, weight,
                dtn_payoffs_at(&v->game->payoff, (profile + (size_t)s * v->step) * players + v->player).q);
    }
    fits &= fmpq_is_one(total);
    fmpq_clear(total);
    for (int s = 0; s < v->game->strategies[v->player]; s++)
        if (fmpq_cmp(best + s, level) > 0)
            return refuted(v, "it gets more against the threat");
    return fits ? DTN_OK : refuted(v, "the threat is no probability distribution");
}

static dtn_status check_sum(dtn_ctx *ctx, const dtn_finding_table *t, const dtn_strategic *game)
{
    const fmpq *one = guarantee(t, 0), *two = game->players == 2 ? guarantee(t, 1) : NULL;
    bool same = one && two;
    fmpq_t sum, left;
    fmpq_init(sum);
    fmpq_init(left);
    if (same)
        fmpq_add(sum, one, two);
    for (size_t i = 0; same && i < game->profiles; i++) {
        fmpq_add(left, dtn_payoffs_at(&game->payoff, 2 * i).q, dtn_payoffs_at(&game->payoff, 2 * i + 1).q);
        same = fmpq_equal(left, sum);
    }
    fmpq_clear(sum);
    fmpq_clear(left);
    return same ? DTN_OK
                : dtn_fail(ctx, DTN_INTERNAL,
                           "security: the guarantees do not add up to what the players share");
}

dtn_status dtn_verify_security(dtn_ctx *ctx, dtn_finding *finding, const dtn_strategic *game)
{
    const dtn_finding_table *optimal = dtn_finding_table_of(finding, "optimal");
    const dtn_finding_table *threats = dtn_finding_table_of(finding, "threats");
    int most = 0;
    for (int p = 0; p < game->players; p++)
        most = game->strategies[p] > most ? game->strategies[p] : most;
    fmpz *weight = dtn_arena_fmpz(ctx->scratch, (size_t)most + 4);
    fmpq *share = dtn_arena_fmpq(ctx->scratch, (size_t)most);
    if (!weight || !share)
        return dtn_fail_nomem(ctx);
    const fmpz *common;
    DTN_TRY(dtn_payoffs_common(ctx, &common, ctx->scratch, &game->payoff));
    DTN_TRY(check_table(ctx, dtn_finding_table_of(finding, "pure"), game, common, weight, share));
    DTN_TRY(check_table(ctx, optimal, game, common, weight, share));
    if (!threats)
        DTN_TRY(check_sum(ctx, optimal, game));
    for (int p = 0; threats && p < game->players; p++) {
        view v = of_player(ctx, game, p);
        DTN_TRY(check_threat(&v, threats, guarantee(optimal, p), share));
    }
    dtn_finding_certify(ctx, finding,
                        "each strategy guarantees exactly what is stated, and none guarantees more: %s",
                        threats ? "the others can hold the player down to it"
                                : "together the players cannot have more than they share");
    return dtn_finding_status(finding);
}
