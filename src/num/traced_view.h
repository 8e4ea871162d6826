/* Traced numbers looked at from outside: the signs of factors and the values of functions at one point after the other. */
#ifndef DTN_NUM_TRACED_VIEW_H
#define DTN_NUM_TRACED_VIEW_H

#include "num/traced.h"

typedef struct dtn_trace_view dtn_trace_view;

/* Lives in arena; the trace must outlive it and may grow meanwhile. */
dtn_status dtn_trace_view_new(dtn_ctx *ctx, dtn_trace_view **out, dtn_arena *arena, const dtn_trace *trace);
/* Moves to a point, [params] of the trace. */
void dtn_trace_view_move(dtn_trace_view *view, const fmpq *point);
/* *sign of a factor there, exactly: 1, 0, -1. NOMEM. */
dtn_status dtn_trace_view_sign(dtn_ctx *ctx, int *sign, dtn_trace_view *view, int factor);
/* out = the value of a number there; numbers that are constant are copied. DOMAIN: its denominator is 0 there. NOMEM. */
dtn_status dtn_trace_view_value(dtn_ctx *ctx, fmpq_t out, dtn_trace_view *view, const fmpq_t x);

#endif
