/* The tornado: which parameter moves the answer most, and how much of that rests on assumptions alone.
 *
 * A bar is the range of the target's probability (without a target: the widest range of a payoff) while its parameter runs over
 * its range and the others stand still. Share = squared bar / sum of squared bars, the usual one-at-a-time measure; it is no
 * variance over the box. Debt = the shares of parameters with no claim behind them. Cost: linear. Exact over the solved points. */
#include "analyse/ledger.h"

static void set_swing(fmpq_t out, const dtn_critical *c, bool by_target, int players)
{
    fmpq_t width;
    fmpq_init(width);
    fmpq_zero(out);
    if (c->moves && by_target && c->has_target)
        fmpq_sub(out, &c->target.hi, &c->target.lo);
    for (int p = 0; c->moves && !by_target && p < players; p++) {
        fmpq_sub(width, &c->payoff[p].hi, &c->payoff[p].lo);
        if (fmpq_cmp(width, out) > 0)
            fmpq_set(out, width);
    }
    fmpq_clear(width);
}

bool dtn_ledger_claimed(const dtn_rests_answer *answer, int param)
{
    for (int i = 0; i < answer->elements; i++)
        if (answer->element[i].kind == DTN_ELEMENT_PARAM && answer->element[i].index == param)
            return answer->element[i].backing == DTN_BACKING_CLAIMED;
    return false;
}

dtn_status dtn_tornado_rank(dtn_ctx *ctx, dtn_arena *arena, dtn_rests_answer *answer, dtn_critical *critical)
{
    int count = answer->criticals, *order;
    fmpq *swing, *sum;
    DTN_ALLOC(ctx, arena, order, count);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, swing, count);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, sum, 1);
    for (int i = 0; i < count; i++) {
        set_swing(swing + i, &critical[i], answer->targets > 0, answer->scenario->players);
        fmpq_addmul(sum, swing + i, swing + i);
        int at = i; /* insertion: stable, so that equal bars keep the file's order */
        while (at > 0) {
            const dtn_critical *before = &critical[order[at - 1]];
            int bigger = fmpq_cmp(swing + i, swing + order[at - 1]);
            if (bigger < 0 || (bigger == 0 && before->moves >= critical[i].moves))
                break;
            order[at] = order[at - 1];
            at--;
        }
        order[at] = i;
    }
    for (int i = 0; i < count && !fmpq_is_zero(sum); i++) {
        fmpq_mul(&critical[i].share, swing + i, swing + i);
        fmpq_div(&critical[i].share, &critical[i].share, sum);
        if (!dtn_ledger_claimed(answer, critical[i].param))
            fmpq_add(&answer->debt, &answer->debt, &critical[i].share);
    }
    answer->order = order;
    return DTN_OK;
}
