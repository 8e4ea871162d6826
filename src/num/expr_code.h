/* The inside of a formula: postfix code over a stack, shared by the files expr_*.c.
 *
 * `if(c, a, b)` is  c IF a ELSE b ENDIF, so that only the branch taken is evaluated. `a & b` and `a | b` are
 * the same code with another flavour (if(a, b, 0) and if(a, 1, b)), remembered for printing. Jumps are
 * relative. */
#ifndef DTN_NUM_EXPR_CODE_H
#define DTN_NUM_EXPR_CODE_H

#include "num/expr.h"

typedef enum dtn_expr_op {
    DTN_OP_CONST, /* arg: index of the constant */
    DTN_OP_SLOT,  /* arg: slot */
    DTN_OP_NEG,
    DTN_OP_ABS,
    DTN_OP_NOT,
    DTN_OP_TRUTH, /* x != 0; printed as x */
    DTN_OP_ADD,
    DTN_OP_SUB,
    DTN_OP_MUL,
    DTN_OP_DIV,
    DTN_OP_POW,
    DTN_OP_MIN,
    DTN_OP_MAX,
    DTN_OP_LT,
    DTN_OP_LE,
    DTN_OP_GT,
    DTN_OP_GE,
    DTN_OP_EQ,
    DTN_OP_NE,
    DTN_OP_IF,   /* arg: distance to the first instruction of the other branch */
    DTN_OP_ELSE, /* arg: distance to the instruction after ENDIF */
    DTN_OP_ENDIF
} dtn_expr_op;

static inline bool dtn_op_is_unary(dtn_expr_op op)
{
    return op >= DTN_OP_NEG && op <= DTN_OP_TRUTH;
}
static inline bool dtn_op_is_binary(dtn_expr_op op)
{
    return op >= DTN_OP_ADD && op <= DTN_OP_NE;
}

typedef enum dtn_if_flavour { DTN_IF_PLAIN, DTN_IF_AND, DTN_IF_OR } dtn_if_flavour;

typedef struct dtn_instruction {
    uint8_t op, flavour;
    int32_t arg;
} dtn_instruction;

/* The stack never grows beyond this, whatever the formula: evaluators use fixed arrays. */
enum { DTN_EXPR_STACK = 256, DTN_EXPR_LONGEST_TEXT = 1 << 16, DTN_EXPR_LONGEST_CODE = 1 << 20 };

struct dtn_expr {
    int length, constants;
    int depth;  /* stack entries that evaluation needs, at most DTN_EXPR_STACK */
    int slots;  /* 1 + largest slot used, 0 without slots */
    bool total; /* defined whatever the slots hold */
    const dtn_instruction *code;
    const fmpq *constant;
    const double *approx; /* nearest doubles of the constants */
};

/* x op y exactly; unary operators ignore y. NULL, or why it is undefined ("division by zero"). out may alias.
 */
const char *dtn_op_exact(fmpq_t out, dtn_expr_op op, const fmpq_t x, const fmpq_t y);

/* ---- building: emit operands and operators in postfix order; constants are folded on the way ---- */
typedef struct dtn_build_entry {
    int start;     /* of its code */
    bool constant; /* then the code is one CONST */
    bool total;    /* defined whatever the slots hold */
    bool truth;    /* 0 or 1 */
} dtn_build_entry;

typedef struct dtn_build_if {
    int at, else_at; /* positions of IF and ELSE, -1 when the condition is known */
    bool value;      /* of a known condition */
    bool total;
    int start;
} dtn_build_if;

typedef struct dtn_build {
    dtn_ctx *ctx;
    dtn_arena *scratch;
    dtn_instruction *code;
    int length, capacity;
    fmpq **constant;
    int constants, constant_capacity;
    dtn_build_entry entry[DTN_EXPR_STACK];
    int entries, depth;
    dtn_build_if open[DTN_EXPR_STACK];
    int opens;
    bool nomem, too_deep, too_long;
} dtn_build;

void dtn_build_start(dtn_build *b, dtn_ctx *ctx);
void dtn_build_constant(dtn_build *b, const fmpq_t value);
void dtn_build_slot(dtn_build *b, int slot);
void dtn_build_operator(dtn_build *b, dtn_expr_op op); /* unary or binary */
/* The condition is on top: then dtn_build_if, first branch, dtn_build_else, other branch, dtn_build_endif. */
void dtn_build_if_begin(dtn_build *b, dtn_if_flavour flavour);
void dtn_build_else(dtn_build *b, dtn_if_flavour flavour);
void dtn_build_endif(dtn_build *b, dtn_if_flavour flavour);
/* Emits the whole of e; slot s becomes the formula with[s] where s < withs and with[s] is not NULL. */
void dtn_build_replay(dtn_build *b, const dtn_expr *e, const dtn_expr *const *with, int withs);
/* The formula, in arena. LIMIT when it grew too deep or too long. */
dtn_status dtn_build_finish(dtn_build *b, dtn_arena *arena, const dtn_expr **out);

#endif
