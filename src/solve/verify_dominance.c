/* Verifier of iterated dominance: replays the eliminations as they are told, and checks that what remains holds.
 *
 * Method: round by round, each mixture is compared with what it dominates at every profile that is left of the others. Then each
 *   remaining strategy must be a best reply, among what is left, to its belief. By definition alone; no linear program.
 * Cost: eliminations x profiles of the others x strategies. Exact. */
#include <string.h>

#include "solve/verify_finding.h"

typedef struct replay {
    dtn_ctx *ctx;
    const dtn_strategic *game;
    bool weak, mixed;
    int *first;
    bool *left;
} replay;

static dtn_status refuted(const replay *r, int player, int strategy, const char *why)
{
    return dtn_fail(r->ctx, DTN_INTERNAL,
                    "dominance: the verifier refutes what is said of strategy %s of player %s: %s",
                    r->game->strategy[player][strategy], r->game->player[player], why);
}

static size_t step_of(const dtn_strategic *g, int player)
{
    size_t step = 1;
    for (int p = 0; p < player; p++)
        step *= (size_t)g->strategies[p];
    return step;
}

/* Whether the profile has player at its first strategy and the others at strategies that are left. */
static bool counts(const replay *r, size_t profile, int player)
{
    for (int p = 0; p < r->game->players; p++) {
        size_t n = (size_t)r->game->strategies[p], s = profile % n;
        if (p == player ? s != 0 : !r->left[r->first[p] + (int)s])
            return false;
        profile /= n;
    }
    return true;
}

static dtn_number payoff(const replay *r, size_t profile, int player, int strategy, size_t step)
{
    return dtn_payoffs_at(&r->game->payoff,
                          (profile + (size_t)strategy * step) * (size_t)r->game->players + player);
}

static dtn_status check_mixture(const replay *r, int player, int strategy, const fmpq *mixture)
{
    fmpq_t sum;
    fmpq_init(sum);
    bool fits = fmpq_is_zero(mixture + strategy);
    for (int s = 0; s < r->game->strategies[player]; s++) {
        fits &= fmpq_sgn(mixture + s) >= 0 && (r->left[r->first[player] + s] || fmpq_is_zero(mixture + s));
        fmpq_add(sum, sum, mixture + s);
    }
    fits &= fmpq_is_one(sum);
    fmpq_clear(sum);
    if (!fits)
        return refuted(r, player, strategy,
                       "what dominates it is no mixture of other strategies that were left");
    return DTN_OK;
}

static bool dominates(const replay *r, int player, const fmpq *mixture, int strategy)
{
    size_t step = step_of(r->game, player);
    fmpq_t value;
    fmpq_init(value);
    bool never_less = true, more = false, always_more = true;
    for (size_t i = 0; i < r->game->profiles; i++) {
        if (!counts(r, i, player))
            continue;
        fmpq_zero(value);
        for (int s = 0; s < r->game->strategies[player]; s++)
            if (!fmpq_is_zero(mixture + s))
                fmpq_addmul(value, mixture + s, payoff(r, i, player, s, step).q);
        int sign = fmpq_cmp(value, payoff(r, i, player, strategy, step).q);
        never_less &= sign >= 0;
        more |= sign > 0;
        always_more &= sign > 0;
    }
    fmpq_clear(value);
    return r->weak ? never_less && more : always_more;
}

/* All mixtures of one round against what was left before it, then the removals. */
static dtn_status replay_rounds(replay *r, const dtn_finding_table *table)
{
    const dtn_finding_row *row = table ? table->row : NULL;
    while (row) {
        long round = dtn_finding_cell_of(table, row, "round").integer;
        const dtn_finding_row *end = row;
        for (; end && dtn_finding_cell_of(table, end, "round").integer == round; end = end->next) {
            dtn_cell s = dtn_finding_cell_of(table, end, "strategy");
            DTN_TRY(dtn_ctx_poll(r->ctx));
            const fmpq *by = dtn_finding_cell_of(table, end, "by").exact;
            DTN_TRY(check_mixture(r, s.player, s.strategy, by));
            if (!dominates(r, s.player, by, s.strategy))
                return refuted(r, s.player, s.strategy, "the mixture does not dominate it");
        }
        for (; row != end; row = row->next) {
            dtn_cell s = dtn_finding_cell_of(table, row, "strategy");
            if (!r->left[r->first[s.player] + s.strategy])
                return refuted(r, s.player, s.strategy, "it is eliminated twice");
            r->left[r->first[s.player] + s.strategy] = false;
        }
    }
    return DTN_OK;
}

/* Expected payoffs of all strategies under the belief that begins at *row; *row moves on to the next strategy's. */
static dtn_status sum_belief(const replay *r, const dtn_finding_table *table, const dtn_finding_row **row,
                             dtn_cell of, fmpq *value, size_t *positive)
{
    size_t step = step_of(r->game, of.player);
    fmpq_t sum;
    fmpq_init(sum);
    bool fits = true;
    *positive = 0;
    for (; *row && fits; *row = (*row)->next, ++*positive) {
        dtn_cell s = dtn_finding_cell_of(table, *row, "strategy");
        if (s.player != of.player || s.strategy != of.strategy)
            break;
        const fmpq *weight = dtn_finding_cell_of(table, *row, "probability").exact;
        size_t profile = 0, unit = 1;
        for (int p = 0; p < r->game->players; p++) {
            const dtn_cell *c = &(*row)->cell[2 + p];
            if (p != of.player)
                profile += (size_t)c->strategy * unit;
            unit *= (size_t)r->game->strategies[p];
        }
        fits = counts(r, profile, of.player) && fmpq_sgn(weight) > 0;
        fmpq_add(sum, sum, weight);
        for (int t = 0; t < r->game->strategies[of.player]; t++)
            fmpq_addmul(value + t, weight, payoff(r, profile, of.player, t, step).q);
    }
    fits &= fmpq_is_one(sum);
    fmpq_clear(sum);
    return fits ? DTN_OK
                : refuted(r, of.player, of.strategy, "its belief is no distribution over what is left");
}

static dtn_status check_beliefs(const replay *r, const dtn_finding_table *table)
{
    dtn_ctx *ctx = r->ctx;
    int width = 0, held = 0, remaining = 0;
    for (int p = 0; p < r->game->players; p++)
        width += r->game->strategies[p];
    for (int i = 0; i < width; i++)
        remaining += r->left[i];
    bool *seen;
    fmpq *value;
    DTN_ALLOC(ctx, ctx->scratch, seen, width);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, value, width);
    for (const dtn_finding_row *row = table ? table->row : NULL; row;) {
        dtn_cell of = dtn_finding_cell_of(table, row, "strategy");
        size_t positive, possible = 0;
        for (int i = 0; i < width; i++)
            fmpq_zero(value + i);
        DTN_TRY(sum_belief(r, table, &row, of, value, &positive));
        for (int t = 0; t < r->game->strategies[of.player]; t++)
            if (r->left[r->first[of.player] + t] && fmpq_cmp(value + t, value + of.strategy) > 0)
                return refuted(r, of.player, of.strategy, "it is no best reply to its belief");
        for (size_t i = 0; r->weak && i < r->game->profiles; i++)
            possible += counts(r, i, of.player);
        if (r->weak && positive != possible)
            return refuted(r, of.player, of.strategy, "its belief leaves a profile out");
        bool *mark = &seen[r->first[of.player] + of.strategy];
        held += !*mark && r->left[r->first[of.player] + of.strategy];
        *mark = true;
    }
    if (held != remaining)
        return dtn_fail(ctx, DTN_INTERNAL, "dominance: %d strategies remain, but beliefs hold up %d",
                        remaining, held);
    return DTN_OK;
}

/* No pure strategy dominates a remaining one. */
static dtn_status check_pure(const replay *r, fmpq *unit)
{
    for (int p = 0; p < r->game->players; p++)
        for (int s = 0; s < r->game->strategies[p]; s++)
            for (int t = 0; t < r->game->strategies[p]; t++) {
                if (s == t || !r->left[r->first[p] + s] || !r->left[r->first[p] + t])
                    continue;
                fmpq_one(unit + t);
                bool still = dominates(r, p, unit, s);
                fmpq_zero(unit + t);
                if (still)
                    return refuted(r, p, s, "it is still dominated");
            }
    return DTN_OK;
}

static bool fact_is(const dtn_finding *f, const char *key, const char *text)
{
    const dtn_fact *fact = dtn_finding_fact_of(f, key);
    return fact && strcmp(fact->cell.text, text) == 0;
}

dtn_status dtn_verify_dominance(dtn_ctx *ctx, dtn_finding *finding, const dtn_strategic *game)
{
    replay r = {.ctx = ctx,
                .game = game,
                .weak = fact_is(finding, "dominance", "weak"),
                .mixed = fact_is(finding, "by", "mixed strategies")};
    int width = 0, most = 0;
    DTN_ALLOC(ctx, ctx->scratch, r.first, game->players);
    for (int p = 0; p < game->players; p++) {
        r.first[p] = width;
        width += game->strategies[p];
        most = game->strategies[p] > most ? game->strategies[p] : most;
    }
    DTN_ALLOC(ctx, ctx->scratch, r.left, width);
    memset(r.left, true, (size_t)width);
    fmpq *unit;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, unit, most);
    DTN_TRY(replay_rounds(&r, dtn_finding_table_of(finding, "eliminated")));
    DTN_TRY(r.mixed ? check_beliefs(&r, dtn_finding_table_of(finding, "beliefs")) : check_pure(&r, unit));
    dtn_finding_certify(ctx, finding, "each elimination is dominated as stated; what remains is %s",
                        r.mixed ? r.weak ? "a best reply to a belief that leaves out nothing that remains"
                                         : "a best reply to a belief about what remains"
                                : "dominated by no pure strategy");
    return dtn_finding_status(finding);
}
