/* Solving a scenario again and again along a parameter.
 *
 * The tree is expanded once and repriced where its shape depends on no parameter; snapshot.c keeps what was found.
 * Cost: one solver run a point. */
#include "analyse/sweep.h"

#include "analyse/verdict.h"
#include "solve/sequential.h"
#include "solve/solver.h"

/* Beyond LARGE_TREE positions a tree of perfect information is solved backwards, as solve_tree.c does. */
enum { MOST_SUPPORTS = 60000, LARGE_TREE = 2000, MOST_WORK = 120000, HARD = 5000 };

/* The shape depends on parameters only through the bounds of action grids. */
static bool shape_is_fixed(dtn_ctx *ctx, bool *fixed, const dtn_scenario *s)
{
    bool *uses = dtn_arena_array(ctx->scratch, (size_t)dtn_scn_slots(s), sizeof *uses);
    if (!uses)
        return false;
    for (int m = 0; m < s->moves; m++)
        for (int a = 0; a < s->move[m].actions; a++) {
            const dtn_scn_action *action = &s->move[m].action[a];
            const dtn_expr *const bound[] = {action->grid_lo, action->grid_hi, action->grid_step};
            for (int i = 0; i < 3; i++)
                if (action->grid >= 0 && bound[i])
                    dtn_expr_uses(bound[i], uses);
        }
    *fixed = true;
    for (int i = 0; i < s->params; i++)
        *fixed = *fixed && !uses[i];
    return true;
}

/* Which parameters anything that is solved, or that names a class, depends on; derived ones stand for what is in them. */
static dtn_status find_matters(dtn_ctx *ctx, dtn_sweep *sweep)
{
    const dtn_scenario *s = sweep->scenario;
    const dtn_tree *tree = sweep->tree;
    bool *uses;
    DTN_ALLOC(ctx, ctx->scratch, uses, dtn_scn_slots(s));
    DTN_ALLOC(ctx, sweep->arena, sweep->matters, s->params);
    for (int i = 0; tree->payoff_formula && i < tree->terminals * tree->players; i++)
        if (tree->payoff_formula[i])
            dtn_expr_uses(tree->payoff_formula[i], uses);
    for (int n = 0; tree->chance_formula && n < tree->nodes; n++)
        if (tree->chance_formula[n])
            dtn_expr_uses(tree->chance_formula[n], uses);
    for (int c = 0; c < s->classes; c++) {
        if (s->class_[c].when)
            dtn_expr_uses(s->class_[c].when, uses);
        for (int t = 0; t < s->class_[c].tests; t++)
            if (s->class_[c].test[t].value)
                dtn_expr_uses(s->class_[c].test[t].value, uses);
    }
    for (int i = s->params - 1; i >= 0; i--) /* formulas speak of earlier parameters */
        if (s->param[i].formula && uses[i])
            dtn_expr_uses(s->param[i].formula, uses);
    bool known = sweep->reprices && tree->payoff_formula && tree->chance_formula;
    for (int i = 0; i < s->params; i++)
        sweep->matters[i] = uses[i] || !known;
    return DTN_OK;
}

static dtn_status set_up(dtn_ctx *ctx, dtn_sweep *sweep, const dtn_point *point, const char *const *target,
                         int targets)
{
    const dtn_scenario *s = sweep->scenario;
    DTN_TRY(dtn_point_new(ctx, sweep->arena, &sweep->point, s));
    for (int i = 0; i < s->params; i++)
        fmpq_set(&sweep->point.value[i], &point->value[i]);
    if (!shape_is_fixed(ctx, &sweep->reprices, s))
        return dtn_fail_nomem(ctx);
    DTN_TRY(dtn_scenario_tree(ctx, &sweep->tree, s, &sweep->point, 0));
    DTN_TRY(find_matters(ctx, sweep));
    sweep->named = s->classes > 0;
    sweep->class_room = s->classes + 16;
    DTN_ALLOC(ctx, sweep->arena, sweep->class_name, sweep->class_room);
    for (int c = 0; c < s->classes; c++)
        sweep->class_name[sweep->class_names++] = s->class_[c].key;
    sweep->has_target = targets > 0;
    return targets ? dtn_target_make(ctx, sweep->arena, &sweep->target, sweep->tree, s, target, targets)
                   : DTN_OK;
}

dtn_status dtn_sweep_new(dtn_ctx *ctx, dtn_sweep **out, const dtn_scenario *scenario, const dtn_point *point,
                         dtn_rung rung, const char *const *target, int targets)
{
    *out = NULL;
    dtn_arena *arena = dtn_arena_new(ctx);
    dtn_sweep *sweep = arena ? dtn_arena_array(arena, 1, sizeof *sweep) : NULL;
    if (!sweep) {
        dtn_arena_free(arena);
        return dtn_fail_nomem(ctx);
    }
    *sweep = (dtn_sweep){.arena = arena, .scenario = scenario, .rung = rung};
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = set_up(ctx, sweep, point, target, targets);
    dtn_arena_release(ctx->scratch, mark);
    if (status != DTN_OK) {
        dtn_sweep_free(sweep);
        return status;
    }
    *out = sweep;
    return DTN_OK;
}

void dtn_sweep_free(dtn_sweep *sweep)
{
    if (!sweep)
        return;
    dtn_tree_free(sweep->tree);
    dtn_arena_free(sweep->arena);
}

static dtn_status price(dtn_ctx *ctx, dtn_sweep *sweep)
{
    if (sweep->tree && sweep->reprices && sweep->tree->payoff_formula)
        return dtn_tree_reprice(ctx, sweep->tree, sweep->point.value);
    dtn_tree_free(sweep->tree);
    sweep->tree = NULL;
    return dtn_scenario_tree(ctx, &sweep->tree, sweep->scenario, &sweep->point, 0);
}

/* Whether the sweep's point is one of the box: derived parameters exist there and the constraints hold. */
static dtn_status is_inside(dtn_ctx *ctx, bool *inside, dtn_sweep *sweep)
{
    int violated;
    *inside = false;
    dtn_status status = dtn_point_complete(ctx, &sweep->point, sweep->scenario);
    if (status == DTN_OK)
        status = dtn_point_constraints(ctx, inside, &violated, sweep->scenario, &sweep->point);
    return status == DTN_DOMAIN ? DTN_OK : status;
}

/* Questions that no equilibria are needed for. */
static dtn_status judge(dtn_ctx *ctx, dtn_sweep *sweep, dtn_snapshot *s)
{
    sweep->effort = 1;
    sweep->spent++;
    DTN_TRY(sweep->asks == DTN_ASKS_DOMINANCE ? dtn_verdict_dominance(ctx, &s->pattern, sweep)
                                              : dtn_verdict_repeated(ctx, &s->pattern, sweep));
    s->complete = s->pattern >= 0;
    return DTN_OK;
}

static dtn_status solve(dtn_ctx *ctx, dtn_sweep *sweep, dtn_snapshot *s)
{
    DTN_TRY(is_inside(ctx, &s->inside, sweep));
    if (!s->inside)
        return DTN_OK;
    int actions = sweep->tree ? sweep->tree->actions : -1;
    dtn_status priced = price(ctx, sweep);
    if (priced == DTN_DOMAIN) { /* a payoff has no value there, or a probability leaves [0, 1] */
        s->inside = false;
        return DTN_OK;
    }
    DTN_TRY(priced);
    if (actions >= 0 && actions != sweep->tree->actions)
        return dtn_fail(ctx, DTN_UNSUPPORTED,
                        "the number of actions changes with a parameter: there is nothing to follow");
    sweep->solves++;
    if (sweep->asks == DTN_ASKS_DOMINANCE || sweep->asks == DTN_ASKS_REPEATED)
        return judge(ctx, sweep, s);
    dtn_equilibria *all = NULL;
    dtn_status status;
    if (sweep->tree->perfect_information && sweep->tree->nodes > LARGE_TREE)
        status = dtn_solve_tree(ctx, &all, sweep->tree, &(dtn_solve_options){.rung = sweep->rung});
    else
        status = dtn_sequential_solve(
            ctx, &all, sweep->tree,
            &(dtn_sequential_options){.rung = sweep->rung, .brief = true, .max_supports = MOST_SUPPORTS});
    if (status != DTN_OK)
        return status;
    s->complete = all->outcome == DTN_OUTCOME_COMPLETE || all->outcome == DTN_OUTCOME_NONE;
    s->gave_up = all->supports >= MOST_SUPPORTS;
    long effort = all->supports + (long)sweep->tree->nodes * sweep->tree->infosets / 32 + 1;
    if (!sweep->effort)
        sweep->effort = effort;
    sweep->spent += effort;
    status = dtn_snapshot_fill(ctx, sweep, s, all);
    dtn_equilibria_free(all);
    return status;
}

dtn_status dtn_sweep_at(dtn_ctx *ctx, const dtn_snapshot **out, dtn_sweep *sweep, int param, const fmpq_t x)
{
    DTN_TRY(dtn_ctx_poll(ctx));
    dtn_snapshot *s;
    fmpq *before;
    DTN_ALLOC(ctx, sweep->arena, s, 1);
    DTN_ALLOC_FMPQ(ctx, sweep->arena, s->x, 1);
    s->pattern = -1;
    *out = s;
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, before, 1);
    if (param >= 0) {
        fmpq_set(s->x, x);
        fmpq_set(before, &sweep->point.value[param]);
        DTN_TRY(dtn_point_set(ctx, &sweep->point, sweep->scenario, param, x));
    }
    dtn_status status = solve(ctx, sweep, s);
    if (param >= 0)
        fmpq_set(&sweep->point.value[param], before);
    dtn_arena_release(ctx->scratch, mark);
    return status;
}

dtn_status dtn_sweep_now(dtn_ctx *ctx, const dtn_snapshot **out, dtn_sweep *sweep)
{
    if (!sweep->now)
        DTN_TRY(dtn_sweep_at(ctx, &sweep->now, sweep, -1, NULL));
    *out = sweep->now;
    if (!sweep->now->inside)
        return dtn_fail(ctx, DTN_DOMAIN,
                        "the point lies outside the file's constraints: nothing can be said around it");
    if (sweep->now->gave_up)
        return dtn_fail(
            ctx, DTN_UNSUPPORTED,
            "the game is too large to be solved again and again: more than %d supports at one point",
            (int)MOST_SUPPORTS);
    return DTN_OK;
}

int dtn_sweep_cells(const dtn_sweep *sweep)
{
    return sweep->effort <= 500 ? 48 : sweep->effort <= HARD ? 12 : 4;
}

int dtn_sweep_budget(const dtn_sweep *sweep)
{
    long most = 200000 / (sweep->effort + 1), least = sweep->effort <= HARD || sweep->unbounded ? 24 : 4;
    return most < least ? (int)least : most > 400 ? 400 : (int)most;
}

bool dtn_sweep_tired(const dtn_sweep *sweep)
{
    return !sweep->unbounded && sweep->spent > MOST_WORK;
}

dtn_status dtn_sweep_inside(dtn_ctx *ctx, bool *inside, dtn_sweep *sweep, int param, const fmpq_t x)
{
    fmpq *before;
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, before, 1);
    fmpq_set(before, &sweep->point.value[param]);
    dtn_status status = dtn_point_set(ctx, &sweep->point, sweep->scenario, param, x);
    if (status == DTN_OK)
        status = is_inside(ctx, inside, sweep);
    fmpq_set(&sweep->point.value[param], before);
    dtn_arena_release(ctx->scratch, mark);
    return status;
}
