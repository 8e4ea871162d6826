/* Formulas as values: constants, slots, substitution, sums of formulas. */
#include "num/expr_code.h"

#include <string.h>

/* Scratch memory that a builder used is given back, unless the result itself lives there. */
static const dtn_expr *finish(dtn_build *b, dtn_arena *arena, dtn_arena_mark mark)
{
    const dtn_expr *out = NULL;
    if (dtn_build_finish(b, arena, &out) != DTN_OK)
        out = NULL;
    dtn_arena *scratch = b->scratch;
    if (arena != scratch)
        dtn_arena_release(scratch, mark);
    return out;
}

const dtn_expr *dtn_expr_constant(dtn_arena *arena, const fmpq_t value)
{
    dtn_expr *e = dtn_arena_alloc(arena, sizeof *e);
    dtn_instruction *code = dtn_arena_alloc(arena, sizeof *code);
    double *approx = dtn_arena_alloc(arena, sizeof *approx);
    fmpq *copy = dtn_arena_fmpq(arena, 1);
    if (!e || !code || !approx || !copy)
        return NULL;
    fmpq_set(copy, value);
    *approx = dtn_rational_double(value);
    code->op = DTN_OP_CONST;
    *e = (dtn_expr){
        .length = 1, .constants = 1, .depth = 1, .total = true, .code = code, .constant = copy, .approx = approx};
    return e;
}

const dtn_expr *dtn_expr_slot(dtn_arena *arena, int slot)
{
    dtn_expr *e = dtn_arena_alloc(arena, sizeof *e);
    dtn_instruction *code = dtn_arena_alloc(arena, sizeof *code);
    if (!e || !code)
        return NULL;
    code->op = DTN_OP_SLOT;
    code->arg = slot;
    *e = (dtn_expr){.length = 1, .depth = 1, .total = true, .slots = slot + 1, .code = code};
    return e;
}

const dtn_expr *dtn_expr_substitute(dtn_ctx *ctx, dtn_arena *arena, const dtn_expr *e,
                                    const dtn_expr *const *with)
{
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_build build, *b = &build;
    dtn_build_start(b, ctx);
    dtn_build_replay(b, e, with, e->slots);
    return finish(b, arena, mark);
}

const dtn_expr *dtn_expr_bind(dtn_ctx *ctx, dtn_arena *arena, const dtn_expr *e, const bool *known,
                              const fmpq *values)
{
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    const dtn_expr **with = dtn_arena_array(ctx->scratch, (size_t)e->slots, sizeof *with);
    bool complete = with != NULL;
    for (int i = 0; complete && i < e->length; i++) {
        int slot = e->code[i].arg;
        if (e->code[i].op != DTN_OP_SLOT || !known[slot] || with[slot])
            continue;
        with[slot] = dtn_expr_constant(ctx->scratch, values + slot);
        complete = with[slot] != NULL;
    }
    const dtn_expr *out = NULL;
    if (complete)
        out = dtn_expr_substitute(ctx, arena, e, with);
    else
        dtn_fail_nomem(ctx);
    if (arena != ctx->scratch)
        dtn_arena_release(ctx->scratch, mark);
    return out;
}

static const dtn_expr *combine(dtn_ctx *ctx, dtn_arena *arena, dtn_expr_op op, const dtn_expr *x,
                               const dtn_expr *y)
{
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_build build, *b = &build;
    dtn_build_start(b, ctx);
    dtn_build_replay(b, x, NULL, 0);
    dtn_build_replay(b, y, NULL, 0);
    dtn_build_operator(b, op);
    return finish(b, arena, mark);
}

const dtn_expr *dtn_expr_add(dtn_ctx *ctx, dtn_arena *arena, const dtn_expr *x, const dtn_expr *y)
{
    return combine(ctx, arena, DTN_OP_ADD, x, y);
}

const dtn_expr *dtn_expr_divide(dtn_ctx *ctx, dtn_arena *arena, const dtn_expr *x, const dtn_expr *y)
{
    return combine(ctx, arena, DTN_OP_DIV, x, y);
}

bool dtn_expr_is_constant(const dtn_expr *e, fmpq_t value)
{
    if (e->length != 1 || e->code[0].op != DTN_OP_CONST)
        return false;
    fmpq_set(value, e->constant + e->code[0].arg);
    return true;
}

void dtn_expr_uses(const dtn_expr *e, bool *uses)
{
    for (int i = 0; i < e->length; i++)
        if (e->code[i].op == DTN_OP_SLOT)
            uses[e->code[i].arg] = true;
}

bool dtn_expr_is_total(const dtn_expr *e)
{
    return e->total;
}

bool dtn_expr_reserved(const char *name)
{
    static const char *const words[] = {"if", "min", "max", "abs", "and", "or", "not"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(name, words[i]) == 0)
            return true;
    return false;
}
