/* Traced numbers: exact arithmetic that remembers how every number depends on a few free parameters, and which signs were
 * looked at. docs/decisions/0012-sign-traces.md says what for.
 *
 * A traced number is a rational function of the parameters, in lowest terms, kept once in its trace; its sign is the one at the
 * trace's sample point. It travels as an fmpq: an ordinary one where it is constant, otherwise one with denominator 0 whose
 * numerator is the address of the function. Such numbers may be copied, swapped and cleared by the usual functions; what
 * calculates or compares goes through the functions below. num/traced_template.h puts them in the place of FLINT's, so
 * that a solver's sources compile once more, unchanged, over traced numbers. */
#ifndef DTN_NUM_TRACED_H
#define DTN_NUM_TRACED_H

#include <flint/fmpq_mat.h>
#include <flint/fmpz_mpoly.h>

#include "num/lp.h"
#include "num/polysystem.h"

typedef struct dtn_trace dtn_trace;

/* Why a run says nothing about the neighbourhood of its sample. */
typedef enum dtn_trace_state {
    DTN_TRACE_SOUND, /* wherever all factors asked have the signs of the sample, the run would go the same way */
    DTN_TRACE_DEGENERATE, /* a number that is not identically 0 is 0 at the sample: take another sample */
    DTN_TRACE_LOST,       /* something that rational functions cannot follow, or they grew too large */
    DTN_TRACE_NOMEM
} dtn_trace_state;

/* A trace over `params` free parameters, 1 to 32. Functions and factors stay from run to run: runs at neighbouring samples share
 * nearly all of their arithmetic. */
dtn_status dtn_trace_new(dtn_ctx *ctx, dtn_trace **out, int params);
void dtn_trace_free(dtn_trace *trace); /* NULL allowed. No traced number may be used afterwards */
/* Begins a run: [params] the sample. Numbers of earlier runs stay valid; their signs are now those at the new sample. */
void dtn_trace_start(dtn_trace *trace, const fmpq *sample);
/* The i-th parameter as a number. */
void dtn_trace_param(fmpq_t out, dtn_trace *trace, int i);
dtn_trace_state dtn_trace_end(const dtn_trace *trace);

/* The irreducible factors, with integer coefficients and a positive leading one, of all numbers whose sign was looked at
 * in this run: [count] of numbers into the list of all factors. Valid until the next start. */
const int *dtn_trace_asked(const dtn_trace *trace, int *count);
int dtn_trace_factors(const dtn_trace *trace);
const fmpz_mpoly_struct *dtn_trace_factor(const dtn_trace *trace, int factor);
const fmpz_mpoly_ctx_struct *dtn_trace_ring(const dtn_trace *trace);
/* Sign of a factor at the sample of the run. */
int dtn_trace_factor_sign(dtn_trace *trace, int factor);
/* Sign of a factor at another point, [params]. */
int dtn_trace_factor_sign_at(const dtn_trace *trace, int factor, const fmpq *point);

/* The sign at the sample without making it a condition of the run; numbers whose sign only guides a search. */
int dtn_traced_peek(const fmpq_t x);
/* The trace of the first number that is not constant, NULL: all are. */
dtn_trace *dtn_traced_of(const fmpq *x, size_t count);
void dtn_trace_lose(dtn_trace *trace);

/* As FLINT's functions of the same names. Every sign that decides something becomes a condition of the run; so does that a
 * divisor is not 0. */
void dtn_traced_add(fmpq_t out, const fmpq_t a, const fmpq_t b);
void dtn_traced_sub(fmpq_t out, const fmpq_t a, const fmpq_t b);
void dtn_traced_mul(fmpq_t out, const fmpq_t a, const fmpq_t b);
void dtn_traced_div(fmpq_t out, const fmpq_t a, const fmpq_t b);
void dtn_traced_neg(fmpq_t out, const fmpq_t a);
void dtn_traced_abs(fmpq_t out, const fmpq_t a);
void dtn_traced_inv(fmpq_t out, const fmpq_t a);
void dtn_traced_addmul(fmpq_t out, const fmpq_t a, const fmpq_t b);
void dtn_traced_submul(fmpq_t out, const fmpq_t a, const fmpq_t b);
void dtn_traced_add_si(fmpq_t out, const fmpq_t a, slong b);
void dtn_traced_sub_si(fmpq_t out, const fmpq_t a, slong b);
void dtn_traced_mul_si(fmpq_t out, const fmpq_t a, slong b);
void dtn_traced_mul_2exp(fmpq_t out, const fmpq_t a, flint_bitcnt_t b);
void dtn_traced_div_2exp(fmpq_t out, const fmpq_t a, flint_bitcnt_t b);
void dtn_traced_pow_si(fmpq_t out, const fmpq_t a, slong n);
int dtn_traced_sgn(const fmpq_t a);
int dtn_traced_cmp(const fmpq_t a, const fmpq_t b);
int dtn_traced_cmp_si(const fmpq_t a, slong b);
int dtn_traced_cmp_ui(const fmpq_t a, ulong b);
bool dtn_traced_equal(const fmpq_t a, const fmpq_t b);
bool dtn_traced_is_zero(const fmpq_t a);
bool dtn_traced_is_one(const fmpq_t a);

slong dtn_traced_mat_rref(fmpq_mat_t out, const fmpq_mat_t in);

/* As dtn_lp_maximise (num/lp.h): conditions of the run are the signs in the certificate of the answer, not the pivots on the way. */
dtn_status dtn_traced_lp_maximise(dtn_ctx *ctx, dtn_lp_answer *answer, fmpq *x, fmpq_t value,
                                  const dtn_polyhedron *set, const fmpq *objective);
/* As dtn_polysystem_solve while all coefficients are constant; otherwise the run is lost. */
dtn_status dtn_traced_polysystem_solve(dtn_ctx *ctx, dtn_arena *arena, dtn_polyroots *out,
                                       const dtn_polysystem *system);

#endif
