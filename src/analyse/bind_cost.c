/* What a lever costs, and the cheapest value at which the target holds.
 *
 * Method: the cost is the parameter's formula, by default the parameter itself; it is looked at where intervals end and at the present
 *   value, which is where a cost that rises or falls throughout is least. Cost: constant. Exact. */
#include "analyse/bind_parts.h"

dtn_status dtn_lever_cost(dtn_ctx *ctx, fmpq_t out, const dtn_scenario *s, const dtn_point *point, int lever,
                          const fmpq_t value)
{
    dtn_point at;
    if (!s->param[lever].cost) {
        fmpq_set(out, value);
        return DTN_OK;
    }
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    DTN_TRY(dtn_point_new(ctx, ctx->scratch, &at, s));
    for (int i = 0; i < s->params; i++)
        fmpq_set(&at.value[i], &point->value[i]);
    dtn_status status = dtn_point_set(ctx, &at, s, lever, value);
    if (status == DTN_OK)
        status = dtn_point_complete(ctx, &at, s);
    if (status == DTN_OK)
        status = dtn_expr_exact(ctx, out, s->param[lever].cost, at.value);
    dtn_arena_release(ctx->scratch, mark);
    return status;
}

static dtn_status consider(dtn_ctx *ctx, dtn_bind_item *item, const dtn_scenario *s, const dtn_point *point,
                           const fmpq *value, bool attained, const fmpq *witness)
{
    fmpq *cost;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, cost, 1);
    DTN_TRY(dtn_lever_cost(ctx, cost, s, point, item->lever, value));
    if (item->has_least && fmpq_cmp(cost, &item->cost) >= 0)
        return DTN_OK;
    item->has_least = true;
    item->attained = attained;
    fmpq_set(&item->cost, cost);
    fmpq_set(&item->cheapest, value);
    fmpq_set(&item->witness, attained ? value : witness);
    return DTN_OK;
}

dtn_status dtn_bind_least(dtn_ctx *ctx, dtn_bind_item *item, const dtn_scenario *s, const dtn_point *point)
{
    fmpq *near;
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, near, 3);
    DTN_TRY(dtn_lever_cost(ctx, &item->cost_now, s, point, item->lever, &item->now));
    if (item->holds_now)
        DTN_TRY(consider(ctx, item, s, point, &item->now, true, &item->now));
    for (int i = 0; i < item->intervals; i++)
        for (int side = 0; side < 2; side++) {
            const dtn_bind_interval *v = &item->interval[i];
            const dtn_bind_end *e = side ? &v->hi : &v->lo;
            fmpq_sub(near + 2, &v->hi.lo, &v->lo.hi); /* just inside: between 1/200 and 1/50 of the interval */
            for (int k = 0; k < 2; k++) {
                fmpq_set_si(near + k, 1, side == k ? 50 : 200);
                fmpq_mul(near + k, near + k, near + 2);
                if (side)
                    fmpq_sub(near + k, &v->hi.lo, near + k);
                else
                    fmpq_add(near + k, &v->lo.hi, near + k);
            }
            if (fmpq_cmp(near, near + 1) > 0)
                fmpq_swap(near, near + 1);
            dtn_rational_simplest(near + 2, near, near + 1);
            DTN_TRY(consider(ctx, item, s, point, &e->at, e->exact && e->included, near + 2));
        }
    dtn_arena_release(ctx->scratch, mark);
    return DTN_OK;
}
