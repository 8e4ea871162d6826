/* Threats and promises at their information sets: margin, regret, least audience cost, belief thresholds.
 *
 * Method: at information set h the payoff of an action is linear in the belief, its coefficients being the continuation
 * values under the equilibrium. The margin of act t, min over other actions a of u(t) - u(a), is therefore concave in the
 * belief: its least value over the admitted beliefs is one linear program an action, its greatest is one program. On the
 * path the belief is Bayes'; off the path it is admitted within the component's free beliefs, all else being equal.
 * The beliefs at which t is optimal are a polytope: its range on each position is two linear programs. An audience cost
 * enters the alternatives additively, so the least one is the regret.
 * Cost: a sweep over the nodes an equilibrium, the programs an act. Exact.
 * Source: Selten 1965 (credibility as optimality there); Fearon 1994 (audience costs); Zagare & Kilgour 2000. */
#include <string.h>

#include "analyse/credibility.h"
#include "num/lp.h"

bool dtn_span_init(dtn_arena *arena, dtn_span *span)
{
    return dtn_arena_fmpq_at(arena, &span->lo, 1) && dtn_arena_fmpq_at(arena, &span->hi, 1);
}

void dtn_free_span(dtn_span *out, const dtn_equilibrium *e, bool is_belief, int index)
{
    const fmpq *at = is_belief ? &e->at.belief[index] : &e->at.sigma[index];
    fmpq_set(&out->lo, at);
    fmpq_set(&out->hi, at);
    for (int i = 0; i < e->frees; i++)
        if (e->free[i].is_belief == is_belief && e->free[i].index == index) {
            fmpq_set(&out->lo, &e->free[i].lo);
            fmpq_set(&out->hi, &e->free[i].hi);
        }
}

/* An information set with its payoffs as linear functions of the belief. */
typedef struct place {
    const dtn_tree *tree;
    const dtn_equilibrium *e;
    const dtn_infoset *set;
    const int *member;
    fmpq *value;    /* [actions of the set][members]: the mover's continuation payoff */
    dtn_span *held; /* [members] admitted probability of each position */
} place;

static dtn_status open_place(dtn_ctx *ctx, place *out, const dtn_tree *tree, const dtn_equilibrium *e,
                             int infoset, const fmpq *values)
{
    const dtn_infoset *h = &tree->infoset[infoset];
    *out = (place){.tree = tree, .e = e, .set = h, .member = tree->members + h->first_member};
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, out->value, (size_t)h->actions * (size_t)h->members);
    DTN_ALLOC(ctx, ctx->scratch, out->held, h->members);
    for (int k = 0; k < h->members; k++) {
        for (int a = 0; a < h->actions; a++)
            fmpq_set(out->value + a * h->members + k,
                     values + (size_t)dtn_tree_child(tree, out->member[k], a) * (size_t)tree->players +
                         h->player);
        if (!dtn_span_init(ctx->scratch, &out->held[k]))
            return dtn_fail_nomem(ctx);
        dtn_free_span(&out->held[k], e, true, out->member[k]);
    }
    return DTN_OK;
}

/* Linear programs over beliefs: columns are the positions, and one more for the value where `valued`. */
typedef struct program {
    dtn_polyhedron set;
    fmpq *a, *b, *objective, *x, *best;
    dtn_lp_sense *sense;
    bool *nonnegative;
    int rows;
} program;

static dtn_status open_program(dtn_ctx *ctx, program *p, int columns, int room)
{
    *p = (program){.rows = 0};
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, p->a, (size_t)room * (size_t)columns);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, p->b, room);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, p->objective, columns);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, p->x, columns);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, p->best, 1);
    DTN_ALLOC(ctx, ctx->scratch, p->sense, room);
    DTN_ALLOC(ctx, ctx->scratch, p->nonnegative, columns);
    p->set = (dtn_polyhedron){
        .columns = columns, .a = p->a, .b = p->b, .senses = p->sense, .nonnegative = p->nonnegative};
    return DTN_OK;
}

/* A new row, all coefficients 0. */
static fmpq *add_row(program *p, dtn_lp_sense sense, const fmpq *right)
{
    fmpq *row = p->a + (size_t)p->rows * (size_t)p->set.columns;
    p->sense[p->rows] = sense;
    if (right)
        fmpq_set(p->b + p->rows, right);
    p->set.rows = ++p->rows;
    return row;
}

/* The positions' probabilities are nonnegative and sum to 1. */
static void add_simplex(program *p, int members)
{
    fmpq *row = add_row(p, DTN_LP_EQ, NULL);
    fmpq_one(p->b + p->rows - 1);
    for (int k = 0; k < members; k++) {
        fmpq_one(row + k);
        p->nonnegative[k] = true;
    }
}

static void add_admitted(program *p, const place *at)
{
    add_simplex(p, at->set->members);
    for (int k = 0; k < at->set->members; k++) {
        fmpq_one(add_row(p, DTN_LP_GE, &at->held[k].lo) + k);
        fmpq_one(add_row(p, DTN_LP_LE, &at->held[k].hi) + k);
    }
}

/* out[k] = coefficient of position k in payoff(act) - payoff(other). */
static void difference(fmpq *out, const place *at, int act, int other)
{
    int members = at->set->members;
    for (int k = 0; k < members; k++)
        fmpq_sub(out + k, at->value + act * members + k, at->value + other * members + k);
}

/* Least (sign -1) or greatest (+1) value of sum of weight[k] * belief[k] over the program's set, into out. */
static dtn_status extreme(dtn_ctx *ctx, fmpq_t out, dtn_lp_answer *answer, program *p, int sign)
{
    if (sign < 0)
        for (int c = 0; c < p->set.columns; c++)
            fmpq_neg(p->objective + c, p->objective + c);
    DTN_TRY(dtn_lp_maximise(ctx, answer, p->x, out, &p->set, p->objective));
    if (sign < 0)
        fmpq_neg(out, out);
    return DTN_OK;
}

/* Margin at the admitted beliefs. */
static dtn_status find_margin(dtn_ctx *ctx, dtn_credible_act *out, const place *at, int act)
{
    int members = at->set->members, actions = at->set->actions;
    program low, high;
    dtn_lp_answer answer;
    DTN_TRY(open_program(ctx, &low, members, 2 * members + 1));
    DTN_TRY(open_program(ctx, &high, members + 1, 2 * members + 1 + actions));
    add_admitted(&low, at);
    add_admitted(&high, at);
    bool first = true;
    for (int other = 0; other < actions; other++) {
        if (other == act)
            continue;
        difference(low.objective, at, act, other);
        difference(add_row(&high, DTN_LP_GE, NULL), at, act, other);
        fmpq_set_si(high.a + (size_t)(high.rows - 1) * (size_t)(members + 1) + members, -1, 1);
        DTN_TRY(extreme(ctx, low.best, &answer, &low, -1));
        if (answer != DTN_LP_OPTIMAL)
            return dtn_fail(ctx, DTN_INTERNAL, "credibility: no admitted belief at %s", at->set->name);
        if (first || fmpq_cmp(low.best, &out->margin.lo) < 0)
            fmpq_set(&out->margin.lo, low.best);
        first = false;
    }
    if (first) /* the only action: nothing to compare with */
        return DTN_OK;
    fmpq_one(high.objective + members);
    DTN_TRY(extreme(ctx, &out->margin.hi, &answer, &high, 1));
    return DTN_OK;
}

/* The best other action at the representative's belief. */
static void find_rival(dtn_credible_act *out, const place *at, int act)
{
    fmpq_t best, here;
    fmpq_init(best);
    fmpq_init(here);
    out->rival = -1;
    for (int a = 0; a < at->set->actions; a++) {
        if (a == act)
            continue;
        fmpq_zero(here);
        for (int k = 0; k < at->set->members; k++)
            fmpq_addmul(here, at->value + a * at->set->members + k, &at->e->at.belief[at->member[k]]);
        if (out->rival < 0 || fmpq_cmp(here, best) > 0) {
            out->rival = at->set->first_action + a;
            fmpq_set(best, here);
        }
    }
    fmpq_clear(best);
    fmpq_clear(here);
}

static void positive_part(fmpq_t out, const fmpq_t x)
{
    if (fmpq_sgn(x) > 0)
        fmpq_set(out, x);
    else
        fmpq_zero(out);
}

static void set_regret(dtn_credible_act *out)
{
    fmpq_neg(&out->regret.lo, &out->margin.hi);
    fmpq_neg(&out->regret.hi, &out->margin.lo);
    positive_part(&out->regret.lo, &out->regret.lo);
    positive_part(&out->regret.hi, &out->regret.hi);
    fmpq_set(&out->least_cost.lo, &out->regret.lo);
    fmpq_set(&out->least_cost.hi, &out->regret.hi);
}

/* The polytope of beliefs at which the act is optimal, by its range on each position. */
static dtn_status find_needs(dtn_ctx *ctx, dtn_arena *arena, dtn_credible_act *out, const place *at, int act)
{
    int members = at->set->members;
    out->always = true;
    for (int a = 0; a < at->set->actions; a++)
        for (int k = 0; k < members; k++)
            if (fmpq_cmp(at->value + a * members + k, at->value + act * members + k) > 0)
                out->always = false;
    program p;
    DTN_TRY(open_program(ctx, &p, members, 1 + at->set->actions));
    add_simplex(&p, members);
    for (int a = 0; a < at->set->actions; a++)
        if (a != act)
            difference(add_row(&p, DTN_LP_GE, NULL), at, act, a);
    dtn_lp_answer answer;
    DTN_TRY(dtn_lp_maximise(ctx, &answer, p.x, NULL, &p.set, NULL));
    out->never = answer == DTN_LP_INFEASIBLE;
    if (members < 2)
        return DTN_OK;
    dtn_belief_need *need;
    DTN_ALLOC(ctx, arena, need, members);
    for (int k = 0; k < members; k++) {
        need[k].node = at->member[k];
        if (!dtn_span_init(arena, &need[k].best) || !dtn_span_init(arena, &need[k].held))
            return dtn_fail_nomem(ctx);
        fmpq_set(&need[k].held.lo, &at->held[k].lo);
        fmpq_set(&need[k].held.hi, &at->held[k].hi);
        for (int sign = -1; sign <= 1 && !out->never; sign += 2) {
            for (int c = 0; c < members; c++)
                fmpq_zero(p.objective + c);
            fmpq_one(p.objective + k);
            DTN_TRY(extreme(ctx, sign < 0 ? &need[k].best.lo : &need[k].best.hi, &answer, &p, sign));
        }
    }
    out->need = need;
    out->needs = members;
    return DTN_OK;
}

static dtn_status judge(dtn_ctx *ctx, dtn_arena *arena, dtn_credible_act *out, const dtn_tree *tree,
                        const dtn_equilibrium *e, int action, const fmpq *values)
{
    const dtn_action *a = &tree->action[action];
    const dtn_infoset *h = &tree->infoset[a->infoset];
    *out = (dtn_credible_act){.action = action,
                              .infoset = a->infoset,
                              .player = h->player,
                              .type = h->type,
                              .target = a->target,
                              .kind = a->kind,
                              .reached = e->reached[a->infoset]};
    if (!dtn_span_init(arena, &out->probability) || !dtn_span_init(arena, &out->margin) ||
        !dtn_span_init(arena, &out->regret) || !dtn_span_init(arena, &out->least_cost))
        return dtn_fail_nomem(ctx);
    dtn_free_span(&out->probability, e, false, action);
    place at;
    DTN_TRY(open_place(ctx, &at, tree, e, a->infoset, values));
    int own = action - h->first_action;
    DTN_TRY(find_margin(ctx, out, &at, own));
    find_rival(out, &at, own);
    set_regret(out);
    DTN_TRY(find_needs(ctx, arena, out, &at, own));
    return dtn_credibility_heeds(ctx, arena, out, tree, e, values);
}

dtn_status dtn_credibility_acts(dtn_ctx *ctx, dtn_arena *arena, const dtn_credible_act **out, int *count,
                                const dtn_tree *tree, const dtn_equilibrium *e)
{
    dtn_credible_act *list;
    fmpq *values;
    *count = 0;
    for (int a = 0; a < tree->actions; a++)
        *count += tree->action[a].kind != DTN_ACT_PLAIN;
    DTN_ALLOC(ctx, arena, list, *count);
    *out = list;
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, values, (size_t)tree->nodes * (size_t)tree->players);
    dtn_assessment_values(tree, e->at.sigma, values);
    for (int a = 0, at = 0; a < tree->actions; a++)
        if (tree->action[a].kind != DTN_ACT_PLAIN)
            DTN_TRY(judge(ctx, arena, &list[at++], tree, e, a, values));
    dtn_arena_release(ctx->scratch, mark);
    return DTN_OK;
}
