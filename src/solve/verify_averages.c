/* Verifier of average strategies: what each player could gain against them, in exact arithmetic.
 *
 * Method: the strategies are read from the finding's table; best replies by the verifier of trees (verify_tree.c). The claims were made in
 *   doubles and must lie within their radius of what comes out.
 * Cost: linear in nodes. Exact. */
#include <math.h>

#include "solve/verify.h"
#include "solve/verify_finding.h"

static dtn_status near(dtn_ctx *ctx, const dtn_finding *f, const char *key, const fmpq_t exact)
{
    const dtn_fact *fact = dtn_finding_fact_of(f, key);
    if (!fact || !(fabs(fact->cell.real - dtn_rational_double(exact)) <= fact->cell.radius))
        return dtn_fail(ctx, DTN_INTERNAL,
                        "the claim \"%s\" of the average strategies is off: %.17g, exactly %.17g", key,
                        fact ? fact->cell.real : NAN, dtn_rational_double(exact));
    return DTN_OK;
}

static dtn_status compare(dtn_ctx *ctx, const dtn_finding *f, const dtn_tree *tree, const dtn_verdict *v,
                          fmpq *x)
{
    if (tree->players != 2 || !tree->constant_sum) {
        for (int p = 0; p < tree->players; p++)
            if (fmpq_cmp(v->regret + p, x) > 0)
                fmpq_set(x, v->regret + p);
        return near(ctx, f, "gain", x);
    }
    fmpq_sub(x, v->payoff, v->regret + 1);
    DTN_TRY(near(ctx, f, "value-least", x));
    fmpq_add(x, v->payoff, v->regret);
    DTN_TRY(near(ctx, f, "value-most", x));
    fmpq_add(x, v->regret, v->regret + 1);
    fmpq_div_2exp(x, x, 1);
    return near(ctx, f, "exploitability", x);
}

dtn_status dtn_verify_averages(dtn_ctx *ctx, dtn_equilibria *found, const dtn_tree *tree)
{
    dtn_finding *f = &found->finding;
    const dtn_finding_table *strategy = dtn_finding_table_of(f, "strategy");
    if (!strategy)
        return dtn_fail(ctx, DTN_INTERNAL, "the verifier of average strategies was given none");
    dtn_assessment a = {0};
    dtn_verdict v;
    fmpq *x;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, a.sigma, tree->actions);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, x, 1);
    for (const dtn_finding_row *r = strategy->row; r; r = r->next) {
        dtn_cell action = dtn_finding_cell_of(strategy, r, "action");
        fmpq_set(a.sigma + action.strategy, dtn_finding_cell_of(strategy, r, "probability").exact);
    }
    DTN_TRY(dtn_verify_tree_to(ctx, ctx->scratch, &v, tree, &a, DTN_RUNG_NASH));
    DTN_TRY(compare(ctx, f, tree, &v, x));
    dtn_finding_certify(ctx, f, "best replies to the strategies as listed gain %.6g on %s",
                        dtn_rational_double(x),
                        tree->players == 2 && tree->constant_sum ? "average over the seats" : "at most");
    return dtn_finding_status(f);
}
