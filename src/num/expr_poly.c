/* Formulas as quotients of polynomials in their slots: identities decided exactly, multilinear formulas recognised.
 * Cost: that of expanding the polynomials; beyond 2000 terms the question stays undecided. */
#include <flint/fmpq_mpoly.h>
#include <string.h>

#include "num/expr_code.h"

enum { MOST_TERMS = 2000, MOST_POWER = 64 };

/* A quotient num/den. */
typedef struct quotient {
    fmpq_mpoly_t num, den;
} quotient;

typedef struct expansion {
    fmpq_mpoly_ctx_t ring;
    quotient *stack;
    fmpq_mpoly_t scratch;
    int top, depth;
    int *variable; /* of a slot */
} expansion;

static bool small(expansion *x, const quotient *q)
{
    return fmpq_mpoly_length(q->num, x->ring) <= MOST_TERMS &&
           fmpq_mpoly_length(q->den, x->ring) <= MOST_TERMS;
}

/* a := a + sign * b */
static void add(expansion *x, quotient *a, quotient *b, int sign)
{
    if (fmpq_mpoly_equal(a->den, b->den, x->ring)) {
        (sign > 0 ? fmpq_mpoly_add : fmpq_mpoly_sub)(a->num, a->num, b->num, x->ring);
        return;
    }
    fmpq_mpoly_mul(a->num, a->num, b->den, x->ring);
    fmpq_mpoly_mul(x->scratch, b->num, a->den, x->ring);
    (sign > 0 ? fmpq_mpoly_add : fmpq_mpoly_sub)(a->num, a->num, x->scratch, x->ring);
    fmpq_mpoly_mul(a->den, a->den, b->den, x->ring);
}

static bool power(expansion *x, quotient *a, const quotient *b)
{
    fmpq_t n;
    fmpq_init(n);
    bool known = fmpq_mpoly_is_fmpq(b->num, x->ring) && fmpq_mpoly_is_one(b->den, x->ring);
    if (known)
        fmpq_mpoly_get_fmpq(n, b->num, x->ring);
    known = known && fmpz_is_one(fmpq_denref(n)) && fmpz_cmp_si(fmpq_numref(n), MOST_POWER) <= 0 &&
            fmpz_cmp_si(fmpq_numref(n), -MOST_POWER) >= 0;
    slong e = known ? fmpz_get_si(fmpq_numref(n)) : 0;
    fmpq_clear(n);
    if (!known || (e < 0 && fmpq_mpoly_is_zero(a->num, x->ring)))
        return false;
    if (e < 0)
        fmpq_mpoly_swap(a->num, a->den, x->ring);
    ulong m = (ulong)(e < 0 ? -e : e);
    slong longest = fmpq_mpoly_length(a->num, x->ring), other = fmpq_mpoly_length(a->den, x->ring);
    if (other > longest)
        longest = other;
    /* 8 terms to the 8th power are 6435 terms. */
    if (longest > 8 || (longest > 2 && m > 8))
        return false;
    return fmpq_mpoly_pow_ui(a->num, a->num, m, x->ring) && fmpq_mpoly_pow_ui(a->den, a->den, m, x->ring);
}

static bool operate(expansion *x, dtn_expr_op op)
{
    quotient *b = &x->stack[x->top], *a = dtn_op_is_unary(op) ? b : b - 1;
    switch (op) {
    case DTN_OP_NEG:
        fmpq_mpoly_neg(a->num, a->num, x->ring);
        break;
    case DTN_OP_ADD:
    case DTN_OP_SUB:
        add(x, a, b, op == DTN_OP_ADD ? 1 : -1);
        break;
    case DTN_OP_MUL:
        fmpq_mpoly_mul(a->num, a->num, b->num, x->ring);
        fmpq_mpoly_mul(a->den, a->den, b->den, x->ring);
        break;
    case DTN_OP_DIV:
        if (fmpq_mpoly_is_zero(b->num, x->ring))
            return false;
        fmpq_mpoly_mul(a->num, a->num, b->den, x->ring);
        fmpq_mpoly_mul(a->den, a->den, b->num, x->ring);
        break;
    case DTN_OP_POW:
        if (!power(x, a, b))
            return false;
        break;
    default:
        return false;
    }
    x->top = (int)(a - x->stack);
    return small(x, a);
}

static bool expand(expansion *x, const dtn_expr *e)
{
    for (int i = 0; i < e->length; i++) {
        dtn_expr_op op = (dtn_expr_op)e->code[i].op;
        if (op == DTN_OP_CONST || op == DTN_OP_SLOT) {
            quotient *q = &x->stack[++x->top];
            if (op == DTN_OP_CONST)
                fmpq_mpoly_set_fmpq(q->num, e->constant + e->code[i].arg, x->ring);
            else
                fmpq_mpoly_gen(q->num, x->variable[e->code[i].arg], x->ring);
            fmpq_mpoly_one(q->den, x->ring);
        } else if (!operate(x, op)) {
            return false;
        }
    }
    return true;
}

dtn_status dtn_expr_is_identically(dtn_ctx *ctx, bool *decided, bool *equal, const dtn_expr *e,
                                   const fmpq_t value)
{
    *decided = *equal = false;
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    expansion x = {.top = -1, .depth = e->depth};
    DTN_ALLOC(ctx, ctx->scratch, x.variable, e->slots);
    DTN_ALLOC(ctx, ctx->scratch, x.stack, e->depth);
    slong variables = 0;
    bool *uses;
    DTN_ALLOC(ctx, ctx->scratch, uses, e->slots);
    dtn_expr_uses(e, uses);
    for (int i = 0; i < e->slots; i++)
        if (uses[i])
            x.variable[i] = (int)variables++;
    fmpq_mpoly_ctx_init(x.ring, variables ? variables : 1, ORD_LEX);
    fmpq_mpoly_init(x.scratch, x.ring);
    for (int i = 0; i < x.depth; i++) {
        fmpq_mpoly_init(x.stack[i].num, x.ring);
        fmpq_mpoly_init(x.stack[i].den, x.ring);
    }
    *decided = expand(&x, e);
    if (*decided) {
        fmpq_mpoly_scalar_mul_fmpq(x.scratch, x.stack[0].den, value, x.ring);
        *equal = fmpq_mpoly_equal(x.stack[0].num, x.scratch, x.ring);
    }
    for (int i = 0; i < x.depth; i++) {
        fmpq_mpoly_clear(x.stack[i].num, x.ring);
        fmpq_mpoly_clear(x.stack[i].den, x.ring);
    }
    fmpq_mpoly_clear(x.scratch, x.ring);
    fmpq_mpoly_ctx_clear(x.ring);
    dtn_arena_release(ctx->scratch, mark);
    return DTN_OK;
}

bool dtn_expr_is_multilinear(const dtn_expr *e)
{
    uint64_t uses[DTN_EXPR_STACK];
    int top = -1;
    for (int i = 0; i < e->length; i++) {
        const dtn_instruction *in = &e->code[i];
        if (in->op == DTN_OP_CONST) {
            uses[++top] = 0;
        } else if (in->op == DTN_OP_SLOT) {
            if (in->arg >= 64)
                return false;
            uses[++top] = UINT64_C(1) << in->arg;
        } else if (in->op == DTN_OP_ADD || in->op == DTN_OP_SUB || in->op == DTN_OP_MUL ||
                   in->op == DTN_OP_DIV) {
            if ((in->op == DTN_OP_MUL && (uses[top - 1] & uses[top])) || (in->op == DTN_OP_DIV && uses[top]))
                return false;
            top--;
            uses[top] |= uses[top + 1];
        } else if (in->op != DTN_OP_NEG) {
            return false;
        }
    }
    return true;
}
