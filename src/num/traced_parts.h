/* Inside of traced numbers. */
#ifndef DTN_NUM_TRACED_PARTS_H
#define DTN_NUM_TRACED_PARTS_H

#include "num/traced.h"

/* A rational function in lowest terms, denominator with a positive leading coefficient; each stands once in its trace. Constants
 * have one, too, while they are operands. */
typedef struct dtn_traced_node {
    dtn_trace *trace;
    fmpz_mpoly_t num, den;
    uint64_t hash;
    long run; /* of the sign */
    int id, sign;
    int *factor, factors; /* of numerator and denominator; -1: not factored yet */
    long asked;           /* run in which it became a condition */
} dtn_traced_node;

typedef struct dtn_traced_factor {
    fmpz_mpoly_t poly;
    long run, asked;
    int sign;
} dtn_traced_factor;

/* One operation met before: key 0 is a free place. */
typedef struct dtn_traced_memo {
    uint64_t key; /* operation and operands */
    dtn_traced_node *result;
} dtn_traced_memo;

struct dtn_trace {
    dtn_ctx *ctx;
    dtn_arena *arena;
    int params;
    fmpz_mpoly_ctx_t ring;
    fmpq *sample; /* [params] */
    long run;
    dtn_trace_state state;
    dtn_traced_node **node; /* [nodes] */
    int nodes, node_room;
    dtn_traced_node **place; /* [places] by hash */
    size_t places;
    dtn_traced_memo *memo; /* [memos] by key */
    size_t memos, memo_room;
    dtn_traced_factor **factor; /* [factors] */
    int factors, factor_room;
    int *asked, asks, ask_room;
    fmpz_mpoly_t a, b, c, d, g; /* scratch */
    fmpq *work;                 /* [3] scratch of signs */
};

/* The function behind a number, NULL: a constant. */
static inline dtn_traced_node *dtn_traced_node_of(const fmpq *x)
{
    return fmpz_is_zero(fmpq_denref(x)) ? (dtn_traced_node *)(intptr_t)*fmpq_numref(x) : NULL;
}

typedef enum dtn_traced_operation {
    DTN_TRACED_SUM,
    DTN_TRACED_DIFFERENCE,
    DTN_TRACED_PRODUCT,
    DTN_TRACED_QUOTIENT
} dtn_traced_operation;

/* traced.c: a op b; one of them is not constant, and the divisor is not 0. */
void dtn_traced_combine(fmpq *out, dtn_traced_operation op, const fmpq *a, const fmpq *b);
/* a / b; that b is not 0 becomes no condition. */
void dtn_traced_quotient(fmpq_t out, const fmpq_t a, const fmpq_t b);

/* traced_sign.c: makes the sign a condition of the run. */
int dtn_traced_ask(dtn_traced_node *node);
int dtn_traced_look(dtn_traced_node *node);

#endif
