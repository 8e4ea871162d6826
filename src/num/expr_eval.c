/* Values of formulas: exact rationals and doubles, one pass over the postfix code.
 * Cost: one operation an instruction on the branch taken.
 * Exact: dtn_expr_exact is; it refuses results of more than 2^20 bits, which no sensible model needs. */
#include <math.h>

#include "num/expr_code.h"

enum { LARGEST_EXPONENT = 10000, LARGEST_BITS = 1 << 20 };

static const char undefined_power[] = "a power whose exponent is not an integer between -10000 and 10000";
static const char too_large[] = "a number of more than 2^20 bits";

static slong bits(const fmpq_t x)
{
    slong num = (slong)fmpz_bits(fmpq_numref(x)), den = (slong)fmpz_bits(fmpq_denref(x));
    return num > den ? num : den;
}

static const char *power(fmpq_t out, const fmpq_t x, const fmpq_t y)
{
    if (!fmpz_is_one(fmpq_denref(y)) || fmpz_cmp_si(fmpq_numref(y), LARGEST_EXPONENT) > 0 ||
        fmpz_cmp_si(fmpq_numref(y), -LARGEST_EXPONENT) < 0)
        return undefined_power;
    slong n = fmpz_get_si(fmpq_numref(y));
    if (n < 0 && fmpq_is_zero(x))
        return "0 raised to a negative power";
    if (bits(x) > 1 && bits(x) * (n < 0 ? -n : n) > LARGEST_BITS)
        return too_large;
    fmpq_pow_si(out, x, n);
    return NULL;
}

static void set_bool(fmpq_t out, bool truth)
{
    fmpq_set_si(out, truth, 1);
}

const char *dtn_op_exact(fmpq_t out, dtn_expr_op op, const fmpq_t x, const fmpq_t y)
{
    switch (op) {
    case DTN_OP_NEG:
        fmpq_neg(out, x);
        return NULL;
    case DTN_OP_ABS:
        fmpq_abs(out, x);
        return NULL;
    case DTN_OP_NOT:
        set_bool(out, fmpq_is_zero(x));
        return NULL;
    case DTN_OP_TRUTH:
        set_bool(out, !fmpq_is_zero(x));
        return NULL;
    case DTN_OP_ADD:
        fmpq_add(out, x, y);
        break;
    case DTN_OP_SUB:
        fmpq_sub(out, x, y);
        break;
    case DTN_OP_MUL:
        fmpq_mul(out, x, y);
        break;
    case DTN_OP_DIV:
        if (fmpq_is_zero(y))
            return "a division by zero";
        fmpq_div(out, x, y);
        break;
    case DTN_OP_POW:
        return power(out, x, y);
    case DTN_OP_MIN:
        fmpq_set(out, fmpq_cmp(x, y) <= 0 ? x : y);
        return NULL;
    case DTN_OP_MAX:
        fmpq_set(out, fmpq_cmp(x, y) >= 0 ? x : y);
        return NULL;
    case DTN_OP_LT:
        set_bool(out, fmpq_cmp(x, y) < 0);
        return NULL;
    case DTN_OP_LE:
        set_bool(out, fmpq_cmp(x, y) <= 0);
        return NULL;
    case DTN_OP_GT:
        set_bool(out, fmpq_cmp(x, y) > 0);
        return NULL;
    case DTN_OP_GE:
        set_bool(out, fmpq_cmp(x, y) >= 0);
        return NULL;
    case DTN_OP_EQ:
        set_bool(out, fmpq_equal(x, y));
        return NULL;
    case DTN_OP_NE:
        set_bool(out, !fmpq_equal(x, y));
        return NULL;
    default:
        return "an operator that has no value";
    }
    return bits(out) > LARGEST_BITS ? too_large : NULL;
}

static const char *run_exact(fmpq_t out, const dtn_expr *e, const fmpq *slots, fmpq *stack)
{
    int top = -1;
    for (int i = 0; i < e->length; i++) {
        const dtn_instruction *in = &e->code[i];
        dtn_expr_op op = (dtn_expr_op)in->op;
        if (op == DTN_OP_CONST) {
            fmpq_set(stack + ++top, e->constant + in->arg);
        } else if (op == DTN_OP_SLOT) {
            fmpq_set(stack + ++top, slots + in->arg);
        } else if (op == DTN_OP_IF) {
            if (fmpq_is_zero(stack + top--))
                i += in->arg - 1;
        } else if (op == DTN_OP_ELSE) {
            i += in->arg - 1;
        } else if (op != DTN_OP_ENDIF) {
            int left = dtn_op_is_unary(op) ? top : top - 1;
            const char *why = dtn_op_exact(stack + left, op, stack + left, stack + top);
            if (why)
                return why;
            top = left;
        }
    }
    fmpq_set(out, stack);
    return NULL;
}

dtn_status dtn_expr_exact(dtn_ctx *ctx, fmpq_t out, const dtn_expr *e, const fmpq *slots)
{
    fmpq stack[DTN_EXPR_STACK];
    for (int i = 0; i < e->depth; i++)
        fmpq_init(stack + i);
    const char *why = run_exact(out, e, slots, stack);
    for (int i = 0; i < e->depth; i++)
        fmpq_clear(stack + i);
    return why ? dtn_fail(ctx, DTN_DOMAIN, "the formula holds %s", why) : DTN_OK;
}

static double apply_double(dtn_expr_op op, double x, double y)
{
    if (isnan(x) || isnan(y))
        return NAN;
    switch (op) {
    case DTN_OP_NEG:
        return -x;
    case DTN_OP_ABS:
        return fabs(x);
    case DTN_OP_NOT:
        return x == 0;
    case DTN_OP_TRUTH:
        return x != 0;
    case DTN_OP_ADD:
        return x + y;
    case DTN_OP_SUB:
        return x - y;
    case DTN_OP_MUL:
        return x * y;
    case DTN_OP_DIV:
        return y == 0 ? NAN : x / y;
    case DTN_OP_POW:
        if (y != floor(y) || fabs(y) > LARGEST_EXPONENT || (x == 0 && y < 0))
            return NAN;
        return pow(x, y);
    case DTN_OP_MIN:
        return x < y ? x : y;
    case DTN_OP_MAX:
        return x > y ? x : y;
    case DTN_OP_LT:
        return x < y;
    case DTN_OP_LE:
        return x <= y;
    case DTN_OP_GT:
        return x > y;
    case DTN_OP_GE:
        return x >= y;
    case DTN_OP_EQ:
        return x == y;
    case DTN_OP_NE:
        return x != y;
    default:
        return NAN;
    }
}

double dtn_expr_double(const dtn_expr *e, const double *slots)
{
    double stack[DTN_EXPR_STACK];
    int top = -1;
    for (int i = 0; i < e->length; i++) {
        const dtn_instruction *in = &e->code[i];
        dtn_expr_op op = (dtn_expr_op)in->op;
        if (op == DTN_OP_CONST) {
            stack[++top] = e->approx[in->arg];
        } else if (op == DTN_OP_SLOT) {
            stack[++top] = slots[in->arg];
        } else if (op == DTN_OP_IF) {
            if (isnan(stack[top]))
                return NAN;
            if (stack[top--] == 0)
                i += in->arg - 1;
        } else if (op == DTN_OP_ELSE) {
            i += in->arg - 1;
        } else if (op != DTN_OP_ENDIF) {
            int left = dtn_op_is_unary(op) ? top : top - 1;
            stack[left] = apply_double(op, stack[left], stack[top]);
            top = left;
        }
    }
    return stack[0];
}
