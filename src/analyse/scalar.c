/* The scalar rule of one guarantee, and the least value of each of its levers.
 *
 * One obligation with one-off gain G from breach (of which a breach wins a part G/n where it is kept in n equal tranches: read G/n for G) and per-period value D of the kept agreement, s the hazard that the future
 * is lost, w = x / (1 - x) with x = discount (1 - s):   honour iff G <= (d - f) (K + r F + w D).
 * Solved for one lever at a time:  K* = G/(d-f) - r F - w D;  F* = (G/(d-f) - K - w D) / r;  d* = f + G / (K + r F + w D);
 * f* = d - G / (K + r F + w D);  r* and D* alike;  discount* = y / ((1 + y)(1 - s)) and s* = 1 - y / ((1 + y) discount), y = (G/(d-f) - K - r F) / D.
 * If d <= f nothing binds but a gain of at most 0. Cost: constant. Exact.
 * Source: Becker 1968 (expected penalty); Abreu 1988, Axelrod 1984 (shadow of the future). */
#include <string.h>

#include "analyse/bind.h"
#include "model/box.h"

static const char *const lever_names[DTN_SCALAR_LEVERS] = {
    "bond", "penalty", "detect", "discount", "hazard", "enforce", "false", "value", "tranches"};

const char *dtn_scalar_lever_name(dtn_scalar_lever lever)
{
    return (unsigned)lever < DTN_SCALAR_LEVERS ? lever_names[lever] : "?";
}

bool dtn_scalar_lever_parse(const char *name, dtn_scalar_lever *out)
{
    for (int i = 0; i < (int)DTN_SCALAR_LEVERS; i++)
        if (strcmp(name, lever_names[i]) == 0) {
            *out = (dtn_scalar_lever)i;
            return true;
        }
    return false;
}

static dtn_status value_of(dtn_ctx *ctx, fmpq_t out, const dtn_expr *e, const dtn_expr *instead,
                           const dtn_point *point)
{
    fmpq_zero(out);
    if (!e)
        e = instead;
    return e ? dtn_expr_exact(ctx, out, e, point->value) : DTN_OK;
}

static dtn_status read_terms(dtn_ctx *ctx, dtn_scalar_item *x, const dtn_scenario *s, const dtn_point *point)
{
    const dtn_scn_guarantee *g = &s->guarantee[x->guarantee];
    DTN_TRY(value_of(ctx, &x->gain, g->gain, NULL, point));
    DTN_TRY(value_of(ctx, &x->value, g->value, NULL, point));
    DTN_TRY(value_of(ctx, &x->detect, g->detect, NULL, point));
    DTN_TRY(value_of(ctx, &x->false_alarm, g->false_alarm, NULL, point));
    DTN_TRY(value_of(ctx, &x->bond, g->bond, NULL, point));
    DTN_TRY(value_of(ctx, &x->penalty, g->penalty, NULL, point));
    DTN_TRY(value_of(ctx, &x->enforce, g->enforce, NULL, point));
    DTN_TRY(value_of(ctx, &x->discount, g->discount, s->repeated.discount, point));
    DTN_TRY(value_of(ctx, &x->hazard, g->hazard, s->repeated.hazard, point));
    fmpq_one(&x->tranches);
    if (g->tranches)
        DTN_TRY(dtn_expr_exact(ctx, &x->tranches, g->tranches, point->value));
    if (fmpq_cmp_ui(&x->tranches, 1) < 0)
        return dtn_fail(ctx, DTN_DOMAIN, "guarantee %s: expected at least 1 tranche", g->key);
    fmpq_div(&x->left, &x->gain, &x->tranches);
    if (fmpq_sgn(&x->discount) < 0 || fmpq_cmp_ui(&x->discount, 1) >= 0)
        return dtn_fail(ctx, DTN_DOMAIN, "guarantee %s: the discount factor has to be at least 0 and below 1",
                        g->key);
    if (fmpq_sgn(&x->hazard) < 0 || fmpq_cmp_ui(&x->hazard, 1) > 0)
        return dtn_fail(ctx, DTN_DOMAIN, "guarantee %s: the hazard has to lie between 0 and 1", g->key);
    return DTN_OK;
}

/* Terms of the rule as they are combined below. */
typedef struct terms {
    fmpq *power;   /* d - f */
    fmpq *needed;  /* G / (d - f), when power > 0 */
    fmpq *weight;  /* w */
    fmpq *shadow;  /* w D */
    fmpq *penalty; /* r F */
    fmpq *work;    /* [2] */
} terms;

static void set_least(dtn_scalar_item *x, dtn_scalar_lever lever, dtn_scalar_verdict verdict,
                      const fmpq *value)
{
    x->verdict[lever] = verdict;
    if (value)
        fmpq_set(&x->least[lever], value);
}

/* Discount and hazard: both through x = y / (1 + y), y = (need - bond - penalty) / value. */
static void solve_shadow(dtn_scalar_item *x, const terms *t)
{
    fmpq *y = t->work, *one = t->work + 1;
    fmpq_one(one);
    fmpq_sub(y, t->needed, &x->bond);
    fmpq_sub(y, y, t->penalty);
    if (fmpq_sgn(y) <= 0) {
        set_least(x, DTN_SCALAR_DISCOUNT, DTN_SCALAR_BINDS, NULL);
        set_least(x, DTN_SCALAR_HAZARD, DTN_SCALAR_BINDS, one);
        return;
    }
    set_least(x, DTN_SCALAR_DISCOUNT, DTN_SCALAR_NONE, NULL);
    set_least(x, DTN_SCALAR_HAZARD, DTN_SCALAR_NONE, NULL);
    if (fmpq_sgn(&x->value) <= 0)
        return;
    fmpq_div(y, y, &x->value);
    fmpq_add(one, one, y);
    fmpq_div(y, y, one); /* the effective discount factor that is needed */
    fmpq_one(one);
    fmpq_sub(one, one, &x->hazard);
    if (fmpq_cmp(y, one) < 0) { /* else no discount factor below 1 will do */
        fmpq_div(one, y, one);
        set_least(x, DTN_SCALAR_DISCOUNT, DTN_SCALAR_LEAST, one);
    }
    if (fmpq_cmp(y, &x->discount) <= 0) {
        fmpq_div(y, y, &x->discount);
        fmpq_one(one);
        fmpq_sub(one, one, y);
        set_least(x, DTN_SCALAR_HAZARD, DTN_SCALAR_LEAST, one);
    }
}

static void solve_detect(dtn_scalar_item *x, const terms *t)
{
    fmpq *stake = t->work;
    fmpq_add(stake, &x->bond, t->penalty);
    fmpq_add(stake, stake, t->shadow);
    if (fmpq_sgn(&x->left) <= 0 && fmpq_sgn(stake) >= 0) {
        /* least = f + G / stake is at most f: any d >= f does it; below f false alarms outweigh detection. */
        if (fmpq_is_zero(stake)) {
            set_least(x, DTN_SCALAR_DETECT, DTN_SCALAR_BINDS, NULL);
            return;
        }
    } else if (fmpq_sgn(stake) <= 0) {
        set_least(x, DTN_SCALAR_DETECT, DTN_SCALAR_NONE, NULL);
        return;
    }
    fmpq_div(stake, &x->left, stake);
    fmpq_add(stake, stake, &x->false_alarm);
    if (fmpq_sgn(stake) <= 0)
        set_least(x, DTN_SCALAR_DETECT, DTN_SCALAR_BINDS, NULL);
    else if (fmpq_cmp_ui(stake, 1) > 0)
        set_least(x, DTN_SCALAR_DETECT, DTN_SCALAR_NONE, NULL);
    else
        set_least(x, DTN_SCALAR_DETECT, DTN_SCALAR_LEAST, stake);
}

/* Greatest rate of false alarms: f* = d - G / stake. */
static void solve_false(dtn_scalar_item *x, const terms *t)
{
    fmpq *stake = t->work;
    fmpq_add(stake, &x->bond, t->penalty);
    fmpq_add(stake, stake, t->shadow);
    if (fmpq_sgn(stake) <= 0) { /* without a stake false alarms cost nothing: only the gain decides */
        set_least(x, DTN_SCALAR_FALSE, x->honoured ? DTN_SCALAR_BINDS : DTN_SCALAR_NONE, NULL);
        return;
    }
    fmpq_div(stake, &x->left, stake);
    fmpq_sub(stake, &x->detect, stake);
    if (fmpq_sgn(stake) < 0) {
        set_least(x, DTN_SCALAR_FALSE, DTN_SCALAR_NONE, NULL);
    } else if (fmpq_cmp_ui(stake, 1) >= 0) {
        fmpq_one(stake);
        set_least(x, DTN_SCALAR_FALSE, DTN_SCALAR_BINDS, stake);
    } else {
        set_least(x, DTN_SCALAR_FALSE, DTN_SCALAR_LEAST, stake);
    }
}

/* A term that enters as coefficient * lever: what the others leave of the need, over the coefficient; as a probability at most 1. */
static void solve_term(dtn_scalar_item *x, const terms *t, dtn_scalar_lever lever, const fmpq *others[2],
                       const fmpq *coefficient, bool probability)
{
    fmpq *v = t->work;
    fmpq_sub(v, t->needed, others[0]);
    fmpq_sub(v, v, others[1]);
    if (fmpq_sgn(v) <= 0) {
        set_least(x, lever, DTN_SCALAR_BINDS, NULL);
        return;
    }
    if (fmpq_sgn(coefficient) <= 0) {
        set_least(x, lever, DTN_SCALAR_NONE, NULL);
        return;
    }
    fmpq_div(v, v, coefficient);
    bool possible = !probability || fmpq_cmp_ui(v, 1) <= 0;
    set_least(x, lever, possible ? DTN_SCALAR_LEAST : DTN_SCALAR_NONE, possible ? v : NULL);
}

/* How many equal tranches: the least n with G <= n (d - f) stake. */
static void solve_tranches(dtn_scalar_item *x, const terms *t)
{
    fmpq *n = t->work;
    if (fmpq_sgn(&x->gain) <= 0 || fmpq_sgn(&x->right) <= 0) {
        set_least(x, DTN_SCALAR_TRANCHES,
                  fmpq_cmp(&x->gain, &x->right) <= 0 ? DTN_SCALAR_BINDS : DTN_SCALAR_NONE, NULL);
        return;
    }
    fmpq_div(n, &x->gain, &x->right);
    fmpz_cdiv_q(fmpq_numref(n), fmpq_numref(n), fmpq_denref(n));
    fmpz_one(fmpq_denref(n));
    set_least(x, DTN_SCALAR_TRANCHES, fmpq_is_one(n) ? DTN_SCALAR_BINDS : DTN_SCALAR_LEAST, n);
}

static void solve_levers(dtn_scalar_item *x, const terms *t)
{
    solve_detect(x, t);
    solve_false(x, t);
    solve_tranches(x, t);
    if (fmpq_sgn(t->power) > 0) {
        fmpq one = {1, 1};
        fmpq_div(t->needed, &x->left, t->power);
        solve_term(x, t, DTN_SCALAR_BOND, (const fmpq *[]){t->penalty, t->shadow}, &one, false);
        solve_term(x, t, DTN_SCALAR_PENALTY, (const fmpq *[]){&x->bond, t->shadow}, &x->enforce, false);
        solve_term(x, t, DTN_SCALAR_ENFORCE, (const fmpq *[]){&x->bond, t->shadow}, &x->penalty, true);
        solve_term(x, t, DTN_SCALAR_VALUE, (const fmpq *[]){&x->bond, t->penalty}, t->weight, false);
        solve_shadow(x, t);
        return;
    }
    /* d <= f: more of a stake does not help, it hurts where d < f. Honoured or not, no lever changes it for the better. */
    for (int i = 0; i < (int)DTN_SCALAR_LEVERS; i++)
        if (i != DTN_SCALAR_DETECT && i != DTN_SCALAR_FALSE && i != DTN_SCALAR_TRANCHES)
            set_least(x, (dtn_scalar_lever)i, x->honoured ? DTN_SCALAR_BINDS : DTN_SCALAR_NONE, NULL);
}

/* Who carries out what the guarantee threatens. Escrow, and what cannot be undone, need nobody; the shadow of the future is
 * the other side's own interest not to go on with a broken agreement. */
static dtn_status find_depth(dtn_ctx *ctx, dtn_depth *out, const dtn_scenario *s, int guarantee,
                             const dtn_point *point)
{
    const dtn_scn_guarantee *g = &s->guarantee[guarantee];
    const char *channel = g->channel ? g->channel : "enforcer";
    if (strcmp(channel, "escrow") == 0 || strcmp(channel, "irreversibility") == 0) {
        *out = DTN_DEPTH_AUTOMATIC;
        return DTN_OK;
    }
    if (!g->enforcer_incentive) {
        *out = strcmp(channel, "shadow") == 0     ? DTN_DEPTH_INCENTIVE
               : strcmp(channel, "enforcer") == 0 ? DTN_DEPTH_NOBODY
                                                  : DTN_DEPTH_UNKNOWN;
        return DTN_OK;
    }
    dtn_box box;
    dtn_box_verdict verdict;
    DTN_TRY(dtn_box_new(ctx, ctx->scratch, &box, s, point));
    DTN_TRY(dtn_box_nonnegative(ctx, &verdict, s, &box, g->enforcer_incentive, 2000, NULL));
    bool guaranteed = false;
    for (int i = 0; i < s->guarantees; i++)
        guaranteed = guaranteed || (i != guarantee && g->enforcer >= 0 && s->guarantee[i].by == g->enforcer);
    *out = verdict == DTN_BOX_ALWAYS    ? DTN_DEPTH_INCENTIVE
           : verdict == DTN_BOX_UNKNOWN ? DTN_DEPTH_UNKNOWN
           : guaranteed                 ? DTN_DEPTH_GUARANTEE
                                        : DTN_DEPTH_NOBODY;
    return DTN_OK;
}

static dtn_status solve(dtn_ctx *ctx, dtn_scalar_item *x, const dtn_scenario *s, const dtn_point *point)
{
    DTN_TRY(read_terms(ctx, x, s, point));
    terms t;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, t.power, 7);
    t.needed = t.power + 1;
    t.shadow = t.power + 2;
    t.penalty = t.power + 3;
    t.weight = t.power + 4;
    t.work = t.power + 5;
    fmpq_sub(t.power, &x->detect, &x->false_alarm);
    fmpq_mul(t.penalty, &x->enforce, &x->penalty);
    fmpq_one(t.work);
    fmpq_sub(t.work, t.work, &x->hazard);
    fmpq_mul(t.work, t.work, &x->discount);
    fmpq_one(t.shadow);
    fmpq_sub(t.shadow, t.shadow, t.work);
    fmpq_div(t.weight, t.work, t.shadow);
    fmpq_mul(t.shadow, t.weight, &x->value);
    fmpq_add(&x->right, &x->bond, t.penalty);
    fmpq_add(&x->right, &x->right, t.shadow);
    x->label_only = fmpq_is_zero(&x->right);
    fmpq_mul(&x->right, &x->right, t.power);
    x->honoured = fmpq_cmp(&x->left, &x->right) <= 0;
    solve_levers(x, &t);
    return find_depth(ctx, &x->depth, s, x->guarantee, point);
}

dtn_status dtn_scalar_solve(dtn_ctx *ctx, dtn_arena *arena, dtn_scalar_item *out, const dtn_scenario *s,
                            int guarantee, const dtn_point *point)
{
    *out = (dtn_scalar_item){.guarantee = guarantee};
    fmpq *const number[] = {&out->gain,   &out->value,   &out->detect,  &out->false_alarm,
                            &out->bond,   &out->penalty, &out->enforce, &out->discount,
                            &out->hazard, &out->left,    &out->right,   &out->tranches};
    for (size_t i = 0; i < sizeof number / sizeof *number; i++)
        if (!dtn_arena_fmpq_at(arena, number[i], 1))
            return dtn_fail_nomem(ctx);
    if (!dtn_arena_fmpq_at(arena, out->least, DTN_SCALAR_LEVERS))
        return dtn_fail_nomem(ctx);
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = solve(ctx, out, s, point);
    dtn_arena_release(ctx->scratch, mark);
    return status;
}
