/* kalai-smorodinsky: the efficient agreement at which both players have the same share of the most that they could gain.
 *
 * Method: along the frontier, the difference of the two shares changes its sign once; on that edge it is linear in the share
 *   of the lottery, so that its zero is rational.
 * Cost: that of the frontier and of the security levels. Exact.
 * Source: E. Kalai and M. Smorodinsky, Other solutions to Nash's bargaining problem, Econometrica 43 (1975). */
#include "solve/bargaining.h"
#include "solve/verify_finding.h"

/* (u - d1) (i2 - d2) - (v - d2) (i1 - d1) at a corner */
static void difference(fmpq_t out, const dtn_bargain *b, int at, const fmpq *range, fmpq_t work)
{
    fmpq_sub(out, b->corner[at].payoff, b->disagreement);
    fmpq_mul(out, out, range + 1);
    fmpq_sub(work, b->corner[at].payoff + 1, b->disagreement + 1);
    fmpq_submul(out, work, range);
}

static dtn_status run_strategic(dtn_ctx *ctx, dtn_profile_run *run, const dtn_strategic *game,
                                const dtn_solve_options *options)
{
    dtn_bargain b;
    fmpq *work;
    DTN_TRY(dtn_bargain_open(ctx, &b, game, options));
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, work, 8);
    fmpq *range = work, *here = work + 2, *next = work + 3, *weight = work + 4, *term = work + 6;
    for (int p = 0; p < 2; p++)
        fmpq_sub(range + p, b.ideal + p, b.disagreement + p);
    for (int at = 0; b.gains && at + 1 < b.corners; at++) {
        difference(here, &b, at, range, term);
        difference(next, &b, at + 1, range, term);
        if (fmpq_sgn(here) < 0 || fmpq_sgn(next) > 0)
            continue;
        b.at = at;
        fmpq_sub(term, here, next);
        if (!fmpq_is_zero(term))
            fmpq_div(b.share, here, term);
        break;
    }
    dtn_bargain_point(&b, b.at, b.share, b.agreement);
    fmpq_one(weight);
    fmpq_one(weight + 1);
    if (b.at + 1 < b.corners) { /* the line through the edge */
        fmpq_sub(weight, b.corner[b.at + 1].payoff + 1, b.corner[b.at].payoff + 1);
        fmpq_sub(weight + 1, b.corner[b.at].payoff, b.corner[b.at + 1].payoff);
    }
    return dtn_bargain_word(ctx, run, &b, game, "Kalai-Smorodinsky", weight);
}

const dtn_solver dtn_solver_kalai_smorodinsky = {
    .name = "kalai-smorodinsky",
    .title = "The Kalai-Smorodinsky bargaining solution of two players who may agree on lotteries",
    .source =
        "E. Kalai and M. Smorodinsky, Other solutions to Nash's bargaining problem, Econometrica 43 (1975)",
    .needs = DTN_NEED_TWO_PLAYERS,
    .finds = DTN_FINDS_ANSWER,
    .exact = true,
    .options = dtn_bargain_options,
    .run_strategic = run_strategic,
    .check = dtn_verify_bargaining,
};
