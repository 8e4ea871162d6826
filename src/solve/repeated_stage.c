/* What repetition needs to know of a stage game, and the two discount factors that frame the answer: reversion to a stage
 * equilibrium, which is enough, and the pure minmax payoffs, below which no punishment can go.
 *
 * Method: honouring is worth g, a breach h more now and v a period afterwards: (1 - delta) h <= delta d (g - v), where d is the
 *   probability that the breach is noticed. So delta >= h / (h + d (g - v)) for each player with h > 0.
 * Cost: profiles times strategies. Exact.
 * Source: J. Friedman, A non-cooperative equilibrium for supergames, Rev. Econ. Stud. 38 (1971); D. Fudenberg and E. Maskin,
 *   Econometrica 54 (1986) for the bound. */
#include "solve/repeated.h"

static dtn_number payoff(const dtn_strategic *g, size_t profile, int player)
{
    return dtn_payoffs_at(&g->payoff, profile * (size_t)g->players + (size_t)player);
}

static void fill_player(const dtn_stage *s, int player, size_t step)
{
    const dtn_strategic *g = s->game;
    size_t n = (size_t)g->strategies[player], players = (size_t)g->players;
    bool first = true;
    for (size_t a = 0; a < s->profiles; a++) {
        if (a / step % n != 0) /* once for each choice of the others */
            continue;
        size_t top = a;
        for (size_t k = 1; k < n; k++)
            if (fmpq_cmp(payoff(g, a + k * step, player).q, payoff(g, top, player).q) > 0)
                top = a + k * step;
        dtn_number best = payoff(g, top, player);
        for (size_t k = 0; k < n; k++) {
            size_t at = (a + k * step) * players + (size_t)player;
            fmpq_set(&s->best[at], best.q);
            fmpq_sub(&s->gain[at], best.q, dtn_payoffs_at(&g->payoff, at).q);
            fmpq_add(&s->total[a + k * step], &s->total[a + k * step], &s->gain[at]);
        }
        if (first || fmpq_cmp(best.q, &s->minmax[player]) < 0)
            fmpq_set(&s->minmax[player], best.q);
        first = false;
    }
}

dtn_status dtn_stage_new(dtn_ctx *ctx, dtn_arena *arena, dtn_stage **out, const dtn_strategic *game)
{
    dtn_stage *s;
    if (game->profiles > DTN_STAGE_MOST)
        return dtn_fail(ctx, DTN_LIMIT, "the stage game has %zu profiles; repeated games take at most %d",
                        game->profiles, (int)DTN_STAGE_MOST);
    DTN_ALLOC(ctx, arena, s, 1);
    *s = (dtn_stage){.game = game, .profiles = game->profiles};
    size_t cells = game->profiles * (size_t)game->players;
    DTN_ALLOC_FMPQ(ctx, arena, s->gain, cells);
    DTN_ALLOC_FMPQ(ctx, arena, s->best, cells);
    DTN_ALLOC_FMPQ(ctx, arena, s->total, s->profiles);
    DTN_ALLOC_FMPQ(ctx, arena, s->minmax, game->players);
    DTN_ALLOC(ctx, arena, s->nash, s->profiles);
    size_t step = 1;
    for (int p = 0; p < game->players; p++) {
        DTN_TRY(dtn_ctx_poll(ctx));
        fill_player(s, p, step);
        step *= (size_t)game->strategies[p];
    }
    for (size_t a = 0; a < s->profiles; a++)
        s->nash[a] = fmpq_is_zero(&s->total[a]);
    *out = s;
    return DTN_OK;
}

void dtn_stage_detect(dtn_stage *s, const fmpq_t detect)
{
    size_t players = (size_t)s->game->players;
    for (size_t a = 0; a < s->profiles; a++) {
        fmpq_div(&s->total[a], &s->total[a], detect);
        for (size_t p = 0; p < players; p++) {
            size_t at = a * players + p;
            fmpq_div(&s->gain[at], &s->gain[at], detect);
            fmpq_add(&s->best[at], dtn_payoffs_at(&s->game->payoff, at).q, &s->gain[at]);
            if (a == 0 || fmpq_cmp(&s->best[at], &s->minmax[p]) < 0)
                fmpq_set(&s->minmax[p], &s->best[at]);
        }
    }
}

void dtn_repeated_renegotiation(bool *stands, size_t punish[2], const dtn_stage *stage, size_t profile)
{
    *stands = true;
    for (int p = 0; p < 2 && *stands; p++) {
        *stands = stage->nash[profile];
        punish[p] = profile;
        for (size_t a = 0; a < stage->profiles && !*stands; a++)
            if (fmpq_cmp(&stage->best[2 * a + (size_t)p], payoff(stage->game, profile, p).q) < 0 &&
                fmpq_cmp(payoff(stage->game, a, !p).q, payoff(stage->game, profile, !p).q) >= 0) {
                punish[p] = a;
                *stands = true;
            }
    }
}

/* Raises out->delta to what keeps the player from a breach after which it gets `worst` a period. */
static void ask_player(dtn_critical_discount *out, const dtn_stage *s, size_t profile, int player,
                       const fmpq *worst, const fmpq *detect, fmpq *work)
{
    const fmpq *gain = &s->gain[profile * (size_t)s->game->players + (size_t)player];
    if (fmpq_is_zero(gain))
        return;
    fmpq_sub(work, payoff(s->game, profile, player).q, worst);
    fmpq_mul(work, work, detect);
    if (fmpq_sgn(work) <= 0) {
        out->never = true;
        return;
    }
    fmpq_add(work, work, gain);
    fmpq_div(work, gain, work);
    if (fmpq_cmp(work, out->delta) > 0)
        fmpq_set(out->delta, work);
}

dtn_status dtn_repeated_reversion(dtn_ctx *ctx, dtn_arena *arena, dtn_critical_discount *out,
                                  const dtn_stage *stage, size_t profile, const fmpq_t detect)
{
    int players = stage->game->players;
    size_t *punishment;
    fmpq *work;
    *out = (dtn_critical_discount){0};
    DTN_ALLOC_FMPQ(ctx, arena, out->delta, 1);
    DTN_ALLOC_FMPQ(ctx, arena, work, 1);
    DTN_ALLOC(ctx, arena, punishment, players);
    for (int p = 0; p < players; p++) {
        size_t worst = stage->profiles;
        for (size_t a = 0; a < stage->profiles; a++)
            if (stage->nash[a] && (worst == stage->profiles || fmpq_cmp(payoff(stage->game, a, p).q,
                                                                        payoff(stage->game, worst, p).q) < 0))
                worst = a;
        punishment[p] = worst;
        if (worst < stage->profiles)
            ask_player(out, stage, profile, p, payoff(stage->game, worst, p).q, detect, work);
        else
            out->never = true; /* no pure stage equilibrium to revert to */
    }
    out->punishment = out->never ? NULL : punishment;
    return DTN_OK;
}

dtn_status dtn_repeated_minmax(dtn_ctx *ctx, dtn_arena *arena, dtn_critical_discount *out,
                               const dtn_stage *stage, size_t profile)
{
    fmpq *work;
    *out = (dtn_critical_discount){0};
    DTN_ALLOC_FMPQ(ctx, arena, out->delta, 1);
    DTN_ALLOC_FMPQ(ctx, arena, work, 2);
    fmpq_one(work + 1);
    for (int p = 0; p < stage->game->players; p++) {
        ask_player(out, stage, profile, p, &stage->minmax[p], work + 1, work);
        if (fmpq_cmp(payoff(stage->game, profile, p).q, &stage->minmax[p]) < 0)
            out->never = true; /* the player does better by itself */
    }
    return DTN_OK;
}
