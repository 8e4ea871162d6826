/* Building formulas: operands and operators arrive in postfix order, constants are folded, neutral elements
 * dropped. Cost: linear in what is emitted, apart from shifting a right operand when its left one is dropped.
 * Exact: folding never hides an undefined operation: 1/0 stays in the code, 0*x is 0 only where x is always
 * defined. */
#include <string.h>

#include "num/expr_code.h"

void dtn_build_start(dtn_build *b, dtn_ctx *ctx)
{
    b->ctx = ctx;
    b->scratch = ctx->scratch;
    b->code = NULL;
    b->constant = NULL;
    /* The two stacks stay as they are: clearing their 7 KiB would cost more than most formulas. */
    b->length = b->capacity = b->constants = b->constant_capacity = b->entries = b->depth = b->opens = 0;
    b->nomem = b->too_deep = b->too_long = false;
}

static bool broken(const dtn_build *b)
{
    return b->nomem || b->too_deep || b->too_long;
}

static void emit(dtn_build *b, dtn_expr_op op, int flavour, int arg)
{
    if (b->length == b->capacity) {
        int capacity = b->capacity ? 2 * b->capacity : 32;
        dtn_instruction *code = dtn_arena_array(b->scratch, (size_t)capacity, sizeof *code);
        if (!code || b->length >= DTN_EXPR_LONGEST_CODE) {
            *(code ? &b->too_long : &b->nomem) = true;
            return;
        }
        if (b->length)
            memcpy(code, b->code, (size_t)b->length * sizeof *code);
        b->code = code;
        b->capacity = capacity;
    }
    b->code[b->length++] = (dtn_instruction){(uint8_t)op, (uint8_t)flavour, arg};
}

static void push(dtn_build *b, int start, bool constant, bool total, bool truth)
{
    if (b->entries == DTN_EXPR_STACK) {
        b->too_deep = true;
        return;
    }
    b->entry[b->entries++] = (dtn_build_entry){start, constant, total, truth};
    if (b->entries > b->depth)
        b->depth = b->entries;
}

static void drop_top(dtn_build *b)
{
    b->length = b->entry[--b->entries].start;
}

void dtn_build_constant(dtn_build *b, const fmpq_t value)
{
    if (broken(b))
        return;
    if (b->constants == b->constant_capacity) {
        int capacity = b->constant_capacity ? 2 * b->constant_capacity : 16;
        fmpq **constant = dtn_arena_array(b->scratch, (size_t)capacity, sizeof *constant);
        if (!constant) {
            b->nomem = true;
            return;
        }
        if (b->constants)
            memcpy(constant, b->constant, (size_t)b->constants * sizeof *constant);
        b->constant = constant;
        b->constant_capacity = capacity;
    }
    fmpq *copy = dtn_arena_fmpq(b->scratch, 1);
    if (!copy) {
        b->nomem = true;
        return;
    }
    fmpq_set(copy, value);
    b->constant[b->constants] = copy;
    bool truth = fmpq_is_zero(value) || fmpq_is_one(value);
    push(b, b->length, true, true, truth);
    emit(b, DTN_OP_CONST, 0, b->constants++);
}

void dtn_build_slot(dtn_build *b, int slot)
{
    if (broken(b))
        return;
    push(b, b->length, false, true, false);
    emit(b, DTN_OP_SLOT, 0, slot);
}

static const fmpq *value_of(const dtn_build *b, const dtn_build_entry *e)
{
    return b->constant[b->code[e->start].arg];
}

/* Both operands known: replaces them by the result, unless it is undefined. */
static bool fold(dtn_build *b, dtn_expr_op op, int operands)
{
    const dtn_build_entry *left = &b->entry[b->entries - operands], *right = &b->entry[b->entries - 1];
    if (!left->constant || !right->constant)
        return false;
    fmpq_t value;
    fmpq_init(value);
    bool defined = !dtn_op_exact(value, op, value_of(b, left), value_of(b, right));
    if (defined) {
        for (int i = 0; i < operands; i++)
            drop_top(b);
        dtn_build_constant(b, value);
    }
    fmpq_clear(value);
    return defined;
}

/* Removes the left of the two top entries; the right one takes its place. */
static void drop_left(dtn_build *b)
{
    dtn_build_entry right = b->entry[--b->entries];
    dtn_build_entry *left = &b->entry[b->entries - 1];
    memmove(b->code + left->start, b->code + right.start, (size_t)(b->length - right.start) * sizeof *b->code);
    b->length -= right.start - left->start;
    right.start = left->start;
    *left = right;
}

/* x + 0, 1 * x, x / 1 ... : true when the operator is gone. */
static bool neutral(dtn_build *b, dtn_expr_op op)
{
    const dtn_build_entry *left = &b->entry[b->entries - 2], *right = &b->entry[b->entries - 1];
    bool left_zero = left->constant && fmpq_is_zero(value_of(b, left));
    bool left_one = left->constant && fmpq_is_one(value_of(b, left));
    bool right_zero = right->constant && fmpq_is_zero(value_of(b, right));
    bool right_one = right->constant && fmpq_is_one(value_of(b, right));
    if (((op == DTN_OP_ADD || op == DTN_OP_SUB) && right_zero) ||
        ((op == DTN_OP_MUL || op == DTN_OP_DIV || op == DTN_OP_POW) && right_one) ||
        (op == DTN_OP_MUL && left_zero && right->total)) {
        drop_top(b);
        return true;
    }
    if ((op == DTN_OP_ADD && left_zero) || (op == DTN_OP_MUL && left_one) ||
        (op == DTN_OP_MUL && right_zero && left->total)) {
        drop_left(b);
        return true;
    }
    return false;
}

void dtn_build_operator(dtn_build *b, dtn_expr_op op)
{
    if (broken(b))
        return;
    bool truth = op == DTN_OP_NOT || op == DTN_OP_TRUTH || op >= DTN_OP_LT;
    if (dtn_op_is_unary(op)) {
        dtn_build_entry *top = &b->entry[b->entries - 1];
        if (fold(b, op, 1) || (op == DTN_OP_TRUTH && top->truth))
            return;
        if (op == DTN_OP_NEG && b->code[b->length - 1].op == DTN_OP_NEG) {
            b->length--;
            return;
        }
        emit(b, op, 0, 0);
        top->constant = false;
        top->truth = truth;
        return;
    }
    if (fold(b, op, 2) || neutral(b, op))
        return;
    emit(b, op, 0, 0);
    dtn_build_entry right = b->entry[--b->entries], *left = &b->entry[b->entries - 1];
    left->constant = false;
    left->truth = truth;
    /* Powers and quotients may be undefined; a quotient by a known number is not. */
    bool may_fail =
        op == DTN_OP_POW || (op == DTN_OP_DIV && !(right.constant && !fmpq_is_zero(value_of(b, &right))));
    left->total = left->total && right.total && !may_fail;
}

void dtn_build_if_begin(dtn_build *b, dtn_if_flavour flavour)
{
    if (broken(b))
        return;
    if (b->opens == DTN_EXPR_STACK) {
        b->too_deep = true;
        return;
    }
    dtn_build_entry condition = b->entry[b->entries - 1];
    dtn_build_if *open = &b->open[b->opens++];
    *open = (dtn_build_if){.at = -1, .else_at = -1, .total = condition.total, .start = condition.start};
    if (condition.constant) {
        open->value = !fmpq_is_zero(value_of(b, &condition));
        drop_top(b);
        return;
    }
    b->entries--;
    open->at = b->length;
    emit(b, DTN_OP_IF, flavour, 0);
}

void dtn_build_else(dtn_build *b, dtn_if_flavour flavour)
{
    if (broken(b))
        return;
    dtn_build_if *open = &b->open[b->opens - 1];
    if (open->at < 0) {
        if (!open->value)
            drop_top(b);
        return;
    }
    open->else_at = b->length;
    emit(b, DTN_OP_ELSE, flavour, 0);
    b->code[open->at].arg = b->length - open->at;
}

void dtn_build_endif(dtn_build *b, dtn_if_flavour flavour)
{
    if (broken(b))
        return;
    dtn_build_if open = b->open[--b->opens];
    if (open.at < 0) {
        if (open.value)
            drop_top(b);
        return;
    }
    emit(b, DTN_OP_ENDIF, flavour, 0);
    if (broken(b))
        return;
    b->code[open.else_at].arg = b->length - open.else_at;
    dtn_build_entry other = b->entry[--b->entries], *first = &b->entry[b->entries - 1];
    *first = (dtn_build_entry){open.start, false, open.total && first->total && other.total,
                               first->truth && other.truth};
}

void dtn_build_replay(dtn_build *b, const dtn_expr *e, const dtn_expr *const *with, int withs)
{
    for (int i = 0; i < e->length && !broken(b); i++) {
        const dtn_instruction *in = &e->code[i];
        switch ((dtn_expr_op)in->op) {
        case DTN_OP_CONST:
            dtn_build_constant(b, e->constant + in->arg);
            break;
        case DTN_OP_SLOT:
            if (in->arg < withs && with[in->arg])
                dtn_build_replay(b, with[in->arg], NULL, 0);
            else
                dtn_build_slot(b, in->arg);
            break;
        case DTN_OP_IF:
            dtn_build_if_begin(b, (dtn_if_flavour)in->flavour);
            break;
        case DTN_OP_ELSE:
            dtn_build_else(b, (dtn_if_flavour)in->flavour);
            break;
        case DTN_OP_ENDIF:
            dtn_build_endif(b, (dtn_if_flavour)in->flavour);
            break;
        default:
            dtn_build_operator(b, (dtn_expr_op)in->op);
        }
    }
}

dtn_status dtn_build_finish(dtn_build *b, dtn_arena *arena, const dtn_expr **out)
{
    *out = NULL;
    if (b->nomem)
        return dtn_fail_nomem(b->ctx);
    if (b->too_deep)
        return dtn_fail(b->ctx, DTN_LIMIT, "formula nested too deeply (more than %d pending operands)",
                        DTN_EXPR_STACK);
    if (b->too_long)
        return dtn_fail(b->ctx, DTN_LIMIT, "formula of more than %d operations", DTN_EXPR_LONGEST_CODE);
    dtn_expr *e;
    dtn_instruction *code;
    double *approx;
    DTN_ALLOC(b->ctx, arena, e, 1);
    DTN_ALLOC(b->ctx, arena, code, b->length);
    memcpy(code, b->code, (size_t)b->length * sizeof *code);
    e->code = code;
    e->length = b->length;
    e->depth = b->depth;
    e->total = b->entry[0].total;
    for (int i = 0; i < e->length; i++) {
        e->constants += code[i].op == DTN_OP_CONST;
        if (code[i].op == DTN_OP_SLOT && code[i].arg >= e->slots)
            e->slots = code[i].arg + 1;
    }
    if (e->constants) {
        fmpq *constant;
        DTN_ALLOC_FMPQ(b->ctx, arena, constant, e->constants);
        DTN_ALLOC(b->ctx, arena, approx, e->constants);
        int k = 0;
        for (int i = 0; i < e->length; i++) {
            if (code[i].op == DTN_OP_CONST) {
                fmpq_set(constant + k, b->constant[code[i].arg]);
                approx[k] = dtn_rational_double(constant + k);
                code[i].arg = k++;
            }
        }
        e->constant = constant;
        e->approx = approx;
    }
    *out = e;
    return DTN_OK;
}
