/* What can go wrong somewhere in the box of parameters: undefined formulas, probabilities outside [0, 1] or of another sum
 * than 1. An error where a point shows it, a warning where neither a point nor a proof was found.
 *
 * Method: identities of polynomials for sums; bisection with balls and exact points (model/box) for the rest. Formulas that read state or
 * grid variables are left to the expansion of the protocol, which knows their values.
 * Cost: at most CELLS cells a formula; beyond LARGEST_COST looks at parameters and constraints the rest is left out, with a note. */
#include <string.h>

#include "base/str.h"
#include "format/reader.h"
#include "model/box.h"

enum { CELLS = 300, LARGEST_COST = 10000000 };

typedef struct checker {
    dtn_reader *r;
    const dtn_scenario *s;
    dtn_point reference, witness;
    dtn_box box;
    bool *uses; /* [slots] */
    fmpq *number;
} checker;

/* "at pi = 1/2, k.hard = 0": the free parameters that the formula reads, directly or through derived ones. */
static const char *witness_text(checker *c, const dtn_expr *e)
{
    const dtn_scenario *s = c->s;
    dtn_str text = dtn_str_in(c->r->ctx->scratch);
    memset(c->uses, 0, (size_t)dtn_scn_slots(s) * sizeof *c->uses);
    dtn_expr_uses(e, c->uses);
    for (int i = s->params - 1; i >= 0; i--)
        if (c->uses[i] && s->param[i].formula)
            dtn_expr_uses(s->param[i].formula, c->uses);
    int shown = 0;
    for (int i = 0; i < s->params; i++) {
        if (!c->uses[i] || s->param[i].formula)
            continue;
        const char *value = dtn_rational_text(c->r->ctx->scratch, &c->witness.value[i]);
        dtn_str_addf(&text, "%s%s = %s", shown++ ? ", " : " at ", s->param[i].name, value ? value : "?");
    }
    const char *done = dtn_str_done(&text);
    return done ? done : "";
}

static const char *value_text(checker *c, const dtn_expr *e)
{
    if (dtn_point_complete(c->r->ctx, &c->witness, c->s) != DTN_OK ||
        dtn_expr_exact(c->r->ctx, c->number, e, c->witness.value) != DTN_OK)
        return "undefined";
    const char *text = dtn_rational_text(c->r->ctx->scratch, c->number);
    return text ? text : "?";
}

static dtn_status check_value(checker *c, const dtn_checked *it, const dtn_expr *e)
{
    dtn_box_verdict verdict;
    if (dtn_expr_is_total(e))
        return DTN_OK;
    DTN_TRY(dtn_box_defined(c->r->ctx, &verdict, c->s, &c->box, e, CELLS, &c->witness));
    if (verdict == DTN_BOX_NOT) {
        (void)value_text(c, e); /* the reason becomes the context's message */
        dtn_diag_error(c->r->diags, DTN_DIAG_UNDEFINED, it->place, "%s: %s%s", it->what,
                       dtn_ctx_error(c->r->ctx), witness_text(c, e));
    } else if (verdict == DTN_BOX_UNKNOWN) {
        dtn_diag_warn(c->r->diags, DTN_DIAG_UNDECIDED, it->place,
                      "%s: a division by zero could not be excluded within the ranges", it->what);
    }
    return DTN_OK;
}

/* e - 1 (sign 1) or 1 - e (sign -1). */
static const dtn_expr *against_one(checker *c, const dtn_expr *e, int sign)
{
    dtn_ctx *ctx = c->r->ctx;
    fmpq_set_si(c->number, -1, 1);
    const dtn_expr *minus = dtn_expr_constant(ctx->scratch, c->number);
    const dtn_expr *sum = minus ? dtn_expr_add(ctx, ctx->scratch, e, minus) : NULL;
    return sum && sign < 0 ? dtn_expr_divide(ctx, ctx->scratch, sum, minus) : sum;
}

static dtn_status check_probability(checker *c, const dtn_checked *it, const dtn_expr *e)
{
    dtn_box_verdict low, high = DTN_BOX_ALWAYS;
    const dtn_expr *rest = against_one(c, e, -1);
    if (!rest)
        return c->r->ctx->status;
    DTN_TRY(dtn_box_nonnegative(c->r->ctx, &low, c->s, &c->box, e, CELLS, &c->witness));
    if (low != DTN_BOX_NOT)
        DTN_TRY(dtn_box_nonnegative(c->r->ctx, &high, c->s, &c->box, rest, CELLS, &c->witness));
    if (low == DTN_BOX_NOT || high == DTN_BOX_NOT)
        dtn_diag_error(c->r->diags, DTN_DIAG_PROBABILITY, it->place, "%s: the probability is %s%s", it->what,
                       value_text(c, e), witness_text(c, e));
    else if (low == DTN_BOX_UNKNOWN || high == DTN_BOX_UNKNOWN)
        dtn_diag_warn(c->r->diags, DTN_DIAG_UNDECIDED, it->place,
                      "%s: could not be shown to lie between 0 and 1 within the ranges", it->what);
    return DTN_OK;
}

static dtn_status check_sum(checker *c, const dtn_checked *it, const dtn_expr *sum, bool params_only)
{
    dtn_ctx *ctx = c->r->ctx;
    bool decided, equal;
    fmpq_one(c->number);
    DTN_TRY(dtn_expr_is_identically(ctx, &decided, &equal, sum, c->number));
    if ((decided && equal) || !params_only)
        return DTN_OK;
    dtn_box_verdict verdict[2] = {DTN_BOX_ALWAYS, DTN_BOX_ALWAYS};
    for (int k = 0; k < 2; k++) {
        const dtn_expr *side = against_one(c, sum, k ? 1 : -1);
        if (!side)
            return ctx->status;
        DTN_TRY(dtn_box_nonnegative(ctx, &verdict[k], c->s, &c->box, side, CELLS, &c->witness));
        if (verdict[k] == DTN_BOX_NOT) {
            const char *value = value_text(c, sum);
            return dtn_diag_error(c->r->diags, DTN_DIAG_SUM, it->place, "%s: the probabilities sum to %s%s",
                                  it->what, value, witness_text(c, sum)),
                   DTN_OK;
        }
    }
    if (verdict[0] == DTN_BOX_UNKNOWN || verdict[1] == DTN_BOX_UNKNOWN)
        dtn_diag_warn(c->r->diags, DTN_DIAG_UNDECIDED, it->place,
                      "%s: could not be shown to sum to 1 within the ranges", it->what);
    return DTN_OK;
}

/* Calls check for the formula, or for each combination of types that it depends on. */
typedef dtn_status check_fn(checker *c, const dtn_checked *it, const dtn_expr *e);
static dtn_status by_types(checker *c, const dtn_checked *it, check_fn *check)
{
    const dtn_scenario *s = c->s;
    dtn_ctx *ctx = c->r->ctx;
    memset(c->uses, 0, (size_t)dtn_scn_slots(s) * sizeof *c->uses);
    dtn_expr_uses(it->formula, c->uses);
    for (int i = s->params; i < s->params + s->states + s->grids; i++)
        if (c->uses[i])
            return DTN_OK;
    long combinations = 1;
    bool *matters;
    DTN_ALLOC(ctx, ctx->scratch, matters, s->players + 1);
    for (int f = 0; f < s->families; f++) {
        int player = s->family[f].player;
        if (c->uses[dtn_scn_slot_family(s, f)] && !matters[player]) {
            matters[player] = true;
            combinations *= s->player[player].types;
        }
    }
    if (combinations == 1 || combinations > 256)
        return combinations == 1 ? check(c, it, it->formula) : DTN_OK;
    const dtn_expr **with;
    DTN_ALLOC(ctx, ctx->scratch, with, dtn_scn_slots(s));
    for (long k = 0; k < combinations; k++) {
        int errors = c->r->diags->errors + c->r->diags->warnings;
        for (int f = 0; f < s->families; f++) {
            long rest = k;
            for (int p = 0; p < s->family[f].player; p++)
                rest = matters[p] ? rest / s->player[p].types : rest;
            if (matters[s->family[f].player])
                with[dtn_scn_slot_family(s, f)] = dtn_expr_slot(
                    ctx->scratch, s->family[f].param[rest % s->player[s->family[f].player].types]);
        }
        const dtn_expr *e = dtn_expr_substitute(ctx, ctx->scratch, it->formula, with);
        if (!e)
            return ctx->status;
        DTN_TRY(check(c, it, e));
        if (c->r->diags->errors + c->r->diags->warnings > errors)
            break;
    }
    return DTN_OK;
}

/* The sum of a group, whose members stand one after the other from the first. */
static dtn_status check_group(checker *c, int first)
{
    dtn_ctx *ctx = c->r->ctx;
    const dtn_checked *it = &c->r->checked[first];
    const dtn_expr *sum = it->formula;
    for (int i = first + 1; i < c->r->checks; i++) {
        if (c->r->checked[i].group != it->group)
            continue;
        sum = dtn_expr_add(ctx, ctx->scratch, sum, c->r->checked[i].formula);
        if (!sum)
            return ctx->status;
    }
    memset(c->uses, 0, (size_t)dtn_scn_slots(c->s) * sizeof *c->uses);
    dtn_expr_uses(sum, c->uses);
    bool params_only = true;
    for (int i = c->s->params; i < dtn_scn_slots(c->s); i++)
        params_only = params_only && !c->uses[i];
    return check_sum(c, it, sum, params_only);
}

/* Derived parameters and constraints at the reference point. */
static dtn_status check_reference(checker *c, bool *sound)
{
    dtn_reader *r = c->r;
    *sound = true;
    for (int i = 0; i < c->s->params; i++) {
        const dtn_scn_param *p = &c->s->param[i];
        fmpq_set(&c->reference.value[i], &p->value);
        dtn_status status =
            p->formula ? dtn_expr_exact(r->ctx, &c->reference.value[i], p->formula, c->reference.value)
                       : DTN_OK;
        if (status == DTN_DOMAIN)
            *sound = dtn_diag_error(r->diags, DTN_DIAG_UNDEFINED, p->place,
                                    "the parameter '%s' has no value at the reference point: %s", p->name,
                                    dtn_ctx_error(r->ctx));
        else
            DTN_TRY(status);
    }
    for (int i = 0; *sound && i < c->s->constraints; i++) {
        const dtn_scn_constraint *k = &c->s->constraint[i];
        dtn_status status = dtn_expr_exact(r->ctx, c->number, k->holds, c->reference.value);
        for (int p = 0; p < c->s->params; p++)
            fmpq_set(&c->witness.value[p], &c->reference.value[p]);
        if (status == DTN_DOMAIN)
            *sound = dtn_diag_error(r->diags, DTN_DIAG_UNDEFINED, k->place,
                                    "the constraint cannot be decided at the reference point: %s",
                                    dtn_ctx_error(r->ctx));
        else if (status == DTN_OK && fmpq_is_zero(c->number))
            *sound = dtn_diag_error(r->diags, DTN_DIAG_CONSTRAINT, k->place,
                                    "the reference point breaks the constraint '%.100s'%s", k->text,
                                    witness_text(c, k->holds));
        else
            DTN_TRY(status);
    }
    return DTN_OK;
}

dtn_status dtn_check_box(dtn_reader *r)
{
    if (r->diags->errors)
        return DTN_OK;
    dtn_ctx *ctx = r->ctx;
    checker c = {.r = r, .s = r->s, .reference.params = r->s->params, .witness.params = r->s->params};
    int slots = dtn_scn_slots(r->s);
    DTN_ALLOC(ctx, ctx->scratch, c.uses, slots);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, c.number, 1);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, c.reference.value, slots);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, c.witness.value, slots);
    bool sound;
    DTN_TRY(check_reference(&c, &sound));
    if (!sound)
        return DTN_OK;
    DTN_TRY(dtn_box_new(ctx, ctx->scratch, &c.box, r->s, &c.reference));
    int last_group = 0;
    long cost = 0;
    for (int i = 0; i < r->checks; i++) {
        const dtn_checked *it = &r->checked[i];
        if (it->kind == DTN_CHECKED_VALUE && dtn_expr_is_total(it->formula))
            continue;
        cost += (long)CELLS * (r->s->params + r->s->constraints);
        if (cost > LARGEST_COST) {
            dtn_diag_add(r->diags, DTN_SEVERITY_NOTE, DTN_DIAG_UNDECIDED, it->place,
                         "from here on formulas were not checked over the ranges: there are too many");
            break;
        }
        dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
        int errors = r->diags->errors;
        dtn_status status = by_types(&c, it, it->kind == DTN_CHECKED_VALUE ? check_value : check_probability);
        if (status == DTN_OK && it->group > last_group && r->diags->errors == errors) {
            last_group = it->group;
            status = check_group(&c, i);
        }
        dtn_arena_release(ctx->scratch, mark);
        DTN_TRY(status);
    }
    return DTN_OK;
}
