/* Values of formulas over a box, in balls (Arb).
 * Method: the postfix code once; at an undecided condition both branches are run and the hull is taken.
 * Exact: the result contains the value at every point of the box where the formula is defined; it is not
 * finite where it may be undefined somewhere in the box. */
#include "num/expr_code.h"

/* A number known to lie in [0, 1]. */
static void set_undecided(arb_t out)
{
    arb_zero(out);
    arf_set_d(arb_midref(out), 0.5);
    mag_set_d(arb_radref(out), 0.5);
}

static void set_truth(arb_t out, bool yes, bool no)
{
    if (yes)
        arb_one(out);
    else if (no)
        arb_zero(out);
    else
        set_undecided(out);
}

static void power(arb_t x, const arb_t y, slong precision)
{
    fmpz_t n;
    fmpz_init(n);
    bool integer = arb_is_exact(y) && arb_get_unique_fmpz(n, y);
    if (!integer || fmpz_cmp_si(n, 10000) > 0 || fmpz_cmp_si(n, -10000) < 0 || !arb_is_finite(x) ||
        (fmpz_sgn(n) < 0 && arb_contains_zero(x)))
        arb_indeterminate(x);
    else
        arb_pow_fmpz(x, x, n, precision);
    fmpz_clear(n);
}

/* x := x op y; unary operators ignore y. */
static void apply(arb_t x, dtn_expr_op op, const arb_t y, slong precision)
{
    if (op >= DTN_OP_LT || op == DTN_OP_NOT || op == DTN_OP_TRUTH) {
        if (!arb_is_finite(x) || !arb_is_finite(y)) {
            arb_indeterminate(x);
            return;
        }
    }
    switch (op) {
    case DTN_OP_NEG:
        arb_neg(x, x);
        break;
    case DTN_OP_ABS:
        arb_abs(x, x);
        break;
    case DTN_OP_NOT:
        set_truth(x, arb_is_zero(x), !arb_contains_zero(x));
        break;
    case DTN_OP_TRUTH:
        set_truth(x, !arb_contains_zero(x), arb_is_zero(x));
        break;
    case DTN_OP_ADD:
        arb_add(x, x, y, precision);
        break;
    case DTN_OP_SUB:
        arb_sub(x, x, y, precision);
        break;
    case DTN_OP_MUL:
        arb_mul(x, x, y, precision);
        break;
    case DTN_OP_DIV:
        if (arb_contains_zero(y))
            arb_indeterminate(x);
        else
            arb_div(x, x, y, precision);
        break;
    case DTN_OP_POW:
        power(x, y, precision);
        break;
    case DTN_OP_MIN:
        arb_min(x, x, y, precision);
        break;
    case DTN_OP_MAX:
        arb_max(x, x, y, precision);
        break;
    case DTN_OP_LT:
        set_truth(x, arb_lt(x, y), arb_ge(x, y));
        break;
    case DTN_OP_LE:
        set_truth(x, arb_le(x, y), arb_gt(x, y));
        break;
    case DTN_OP_GT:
        set_truth(x, arb_gt(x, y), arb_le(x, y));
        break;
    case DTN_OP_GE:
        set_truth(x, arb_ge(x, y), arb_lt(x, y));
        break;
    case DTN_OP_EQ:
        set_truth(x, arb_is_exact(x) && arb_equal(x, y), !arb_overlaps(x, y));
        break;
    case DTN_OP_NE:
        set_truth(x, !arb_overlaps(x, y), arb_is_exact(x) && arb_equal(x, y));
        break;
    default:
        arb_indeterminate(x);
    }
}

typedef enum branch { FIRST, OTHER, BOTH } branch;

void dtn_expr_ball(arb_t out, const dtn_expr *e, const arb_struct *slots, slong precision)
{
    arb_struct stack[DTN_EXPR_STACK];
    unsigned char taken[DTN_EXPR_STACK];
    int top = -1, open = 0;
    for (int i = 0; i < e->depth; i++)
        arb_init(stack + i);
    for (int i = 0; i < e->length; i++) {
        const dtn_instruction *in = &e->code[i];
        dtn_expr_op op = (dtn_expr_op)in->op;
        if (op == DTN_OP_CONST) {
            arb_set_fmpq(stack + ++top, e->constant + in->arg, precision);
        } else if (op == DTN_OP_SLOT) {
            arb_set(stack + ++top, slots + in->arg);
        } else if (op == DTN_OP_IF) {
            const arb_struct *condition = stack + top--;
            int other = i + in->arg;
            if (!arb_is_finite(condition)) {
                /* Past the ENDIF, with an unknown result. */
                arb_indeterminate(stack + ++top);
                i = other - 1 + e->code[other - 1].arg - 1;
                continue;
            }
            branch way = arb_is_zero(condition) ? OTHER : arb_contains_zero(condition) ? BOTH : FIRST;
            taken[open++] = (unsigned char)way;
            if (way == OTHER)
                i = other - 1;
        } else if (op == DTN_OP_ELSE) {
            if (taken[open - 1] == FIRST) {
                open--;
                i += in->arg - 1;
            }
        } else if (op == DTN_OP_ENDIF) {
            if (taken[--open] == BOTH) {
                arb_union(stack + top - 1, stack + top - 1, stack + top, precision);
                top--;
            }
        } else {
            int left = dtn_op_is_unary(op) ? top : top - 1;
            apply(stack + left, op, stack + top, precision);
            top = left;
        }
    }
    arb_set(out, stack);
    for (int i = 0; i < e->depth; i++)
        arb_clear(stack + i);
}
