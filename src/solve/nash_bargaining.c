/* nash-bargaining: the agreement that maximises the product of both players' gains over the disagreement.
 *
 * Method: on each edge of the frontier the product is a concave quadratic in the share of the lottery, so that its maximum is
 *   rational; the greatest of the edges' is the solution.
 * Cost: that of the frontier and of the security levels. Exact.
 * Source: J. Nash, The bargaining problem, Econometrica 18 (1950). */
#include "solve/bargaining.h"
#include "solve/verify_finding.h"

/* share = where the product of gains is greatest on the line through corners at and at + 1, kept within [0, 1]. */
static void best_share(const dtn_bargain *b, int at, fmpq_t share, fmpq_t work)
{
    const fmpq *one = b->corner[at].payoff, *two = b->corner[at + 1].payoff;
    fmpq_t du, dv;
    fmpq_init(du);
    fmpq_init(dv);
    fmpq_sub(du, two, one);
    fmpq_sub(dv, two + 1, one + 1);
    fmpq_sub(share, b->disagreement, one);
    fmpq_mul(share, share, dv);
    fmpq_sub(work, b->disagreement + 1, one + 1);
    fmpq_addmul(share, work, du);
    fmpq_mul(work, du, dv);
    fmpq_mul_2exp(work, work, 1);
    fmpq_div(share, share, work);
    if (fmpq_sgn(share) < 0)
        fmpq_zero(share);
    if (fmpq_cmp_si(share, 1) > 0)
        fmpq_one(share);
    fmpq_clear(du);
    fmpq_clear(dv);
}

static dtn_status run_strategic(dtn_ctx *ctx, dtn_profile_run *run, const dtn_strategic *game,
                                const dtn_solve_options *options)
{
    dtn_bargain b;
    fmpq *work;
    DTN_TRY(dtn_bargain_open(ctx, &b, game, options));
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, work, 8);
    fmpq *share = work, *product = work + 1, *most = work + 2, *point = work + 3, *gain = work + 5;
    for (int at = 0; b.gains && (at + 1 < b.corners || at == 0); at++) {
        fmpq_zero(share);
        if (at + 1 < b.corners)
            best_share(&b, at, share, product);
        dtn_bargain_point(&b, at, share, point);
        fmpq_sub(gain, point, b.disagreement);
        fmpq_sub(gain + 1, point + 1, b.disagreement + 1);
        fmpq_mul(product, gain, gain + 1);
        if (fmpq_sgn(gain) <= 0 || fmpq_sgn(gain + 1) <= 0 || fmpq_cmp(product, most) <= 0)
            continue;
        fmpq_set(most, product);
        fmpq_set(b.share, share);
        b.at = at;
    }
    dtn_bargain_point(&b, b.at, b.share, b.agreement);
    fmpq_sub(gain, b.agreement + 1, b.disagreement + 1); /* a player's weight is the other's gain */
    fmpq_sub(gain + 1, b.agreement, b.disagreement);
    return dtn_bargain_word(ctx, run, &b, game, "Nash bargaining", gain);
}

const dtn_solver dtn_solver_nash_bargaining = {
    .name = "nash-bargaining",
    .title = "Nash's bargaining solution of two players who may agree on lotteries",
    .source = "J. Nash, The bargaining problem, Econometrica 18 (1950)",
    .needs = DTN_NEED_TWO_PLAYERS,
    .finds = DTN_FINDS_ANSWER,
    .exact = true,
    .options = dtn_bargain_options,
    .run_strategic = run_strategic,
    .check = dtn_verify_bargaining,
};
