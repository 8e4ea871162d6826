/* Classes: tests on on-path play, in file order; the first class that fits names the equilibrium.
 *
 * A test of play looks at "move[.type].action": the probability of the action where its move is reached. A test of
 * an outcome or a group looks at its probability. Cost: one sweep over the nodes and one a test. Exact. */
#include "analyse/classes.h"

#include "analyse/key.h"

typedef struct view {
    const dtn_scenario *scenario;
    const dtn_point *point;
    const dtn_tree *tree;
    const fmpq *sigma;
    fmpq *reach; /* [nodes] */
} view;

static bool relation_holds(dtn_scn_relation relation, const fmpq_t p, bool reached, const fmpq_t value)
{
    if (relation == DTN_REL_UNREACHED)
        return !reached;
    if (!reached)
        return false;
    int sign = fmpq_cmp(p, value);
    switch (relation) {
    case DTN_REL_EQ:
        return sign == 0;
    case DTN_REL_LT:
        return sign < 0;
    case DTN_REL_GT:
        return sign > 0;
    case DTN_REL_LE:
        return sign <= 0;
    case DTN_REL_GE:
        return sign >= 0;
    case DTN_REL_POSITIVE:
        return fmpq_sgn(p) > 0;
    case DTN_REL_MIXED:
        return fmpq_sgn(p) > 0 && fmpq_cmp_ui(p, 1) < 0;
    case DTN_REL_UNREACHED:
        break;
    }
    return false;
}

static dtn_status test_holds(dtn_ctx *ctx, bool *holds, fmpq *p, fmpq *value, const view *v,
                             const dtn_scn_test *test)
{
    bool reached = true;
    if (test->kind == DTN_TEST_OUTCOME) {
        dtn_target target;
        DTN_TRY(dtn_target_make(ctx, ctx->scratch, &target, v->tree, v->scenario, &test->what, 1));
        DTN_TRY(dtn_target_probability(ctx, p, &target, v->tree, v->sigma));
    } else {
        int *actions, count;
        DTN_TRY(dtn_key_actions(ctx, ctx->scratch, &actions, &count, v->tree, test->what));
        dtn_key_play(p, &reached, v->tree, v->sigma, v->reach, actions, count);
    }
    if (test->value)
        DTN_TRY(dtn_expr_exact(ctx, value, test->value, v->point->value));
    *holds = relation_holds(test->relation, p, reached, value);
    return DTN_OK;
}

static dtn_status class_holds(dtn_ctx *ctx, bool *holds, fmpq *p, fmpq *value, const view *v,
                              const dtn_scn_class *c)
{
    *holds = true;
    if (c->when) {
        DTN_TRY(dtn_expr_exact(ctx, value, c->when, v->point->value));
        *holds = !fmpq_is_zero(value);
    }
    for (int i = 0; *holds && i < c->tests; i++)
        DTN_TRY(test_holds(ctx, holds, p, value, v, &c->test[i]));
    return DTN_OK;
}

static dtn_status find(dtn_ctx *ctx, int *out, view *v)
{
    fmpq *number;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, v->reach, v->tree->nodes);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, number, 2);
    dtn_assessment_reach(v->tree, v->sigma, v->reach);
    for (int c = 0; c < v->scenario->classes; c++) {
        bool holds;
        DTN_TRY(class_holds(ctx, &holds, number, number + 1, v, &v->scenario->class_[c]));
        if (holds) {
            *out = c;
            return DTN_OK;
        }
    }
    return DTN_OK;
}

dtn_status dtn_class_of(dtn_ctx *ctx, int *out, const dtn_scenario *scenario, const dtn_point *point,
                        const dtn_tree *tree, const fmpq *sigma)
{
    *out = -1;
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    view v = {scenario, point, tree, sigma, NULL};
    dtn_status status = find(ctx, out, &v);
    dtn_arena_release(ctx->scratch, mark);
    return status;
}
