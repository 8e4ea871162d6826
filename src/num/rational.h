/* Exact rationals (FLINT) in arenas, and their text. One header hides where FLINT 2 and 3 differ. */
#ifndef DTN_NUM_RATIONAL_H
#define DTN_NUM_RATIONAL_H

#include <flint/flint.h>
#include <flint/fmpq.h>
#include <flint/fmpz.h>

#include "base/ctx.h"

/* count rationals equal to 0, cleared by the arena. NULL when out of memory. */
fmpq *dtn_arena_fmpq(dtn_arena *arena, size_t count);
fmpz *dtn_arena_fmpz(dtn_arena *arena, size_t count);

/* Makes count rationals that are members of a struct equal to 0; the arena that the struct lives in clears them. */
bool dtn_arena_fmpq_at(dtn_arena *arena, fmpq *members, size_t count);

#define DTN_ALLOC_FMPQ(ctx, arena, ptr, count)            \
    do {                                                  \
        (ptr) = dtn_arena_fmpq((arena), (size_t)(count)); \
        if (!(ptr))                                       \
            return dtn_fail_nomem(ctx);                   \
    } while (0)

/* Reads "3", "-1/3", "0.25", ".5", "2e-3", "+4": the exact value as written. The whole of text[0, length) must be
 * one number. false: not a number, a zero denominator, or longer than 10^5 digits once written out. */
bool dtn_rational_parse(fmpq_t out, const char *text, size_t length);
/* "1/3", "-2", in the arena; NULL when out of memory. */
char *dtn_rational_text(dtn_arena *arena, const fmpq_t x);
/* Nearest double (correct to within 1 ulp, also for large numerators and denominators). */
double dtn_rational_double(const fmpq_t x);
/* The exact value of a finite double. */
void dtn_rational_set_double(fmpq_t out, double x);
/* The rational of least denominator in the closed interval [lo, hi], lo <= hi (Stern-Brocot descent). */
void dtn_rational_simplest(fmpq_t out, const fmpq_t lo, const fmpq_t hi);

#endif
