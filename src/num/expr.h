/* Formulas over named quantities: parsed once, evaluated exactly, in doubles and in balls.
 *
 * Operators by falling precedence: ^ (right to left; the exponent an integer), unary - + !, * /, + -, the comparisons
 * < <= > >= == != (not chained), not, & (and), | (or); if(c, a, b), min(a, b, ...), max, abs. Only the branch taken
 * is evaluated. Names: letters, digits, _; after a dot, or in () or [], the type of an indexed quantity: k.resolved,
 * k(P), k[P]. A formula that grows beyond 2^20 operations or 256 pending operands is refused (LIMIT; NULL where the
 * function returns a formula, the context then says which of the two it was).
 *
 * A formula sees its environment as one flat array of slots; who owns the formula decides what a slot is
 * (model/scenario.h: parameters first, then state variables, then grid variables). A comparison is 1 or 0. */
#ifndef DTN_NUM_EXPR_H
#define DTN_NUM_EXPR_H

#include "num/ball.h"
#include "num/rational.h"

typedef struct dtn_expr dtn_expr; /* immutable; lives in the arena it was made in */

/* What a name in a formula means. Return the slot (>= 0), or -1 for an unknown name.
 * index is the text between parentheses or brackets of k(P), k[P], or after the dot of k.resolved; NULL without. */
typedef int dtn_expr_resolve_fn(void *user, const char *name, const char *index, const dtn_expr **replacement);

/* Where and why a formula cannot be read: offset in bytes into the text. */
typedef struct dtn_expr_error {
    int offset, length;
    char message[256];
    char name[128]; /* the unknown name, "" otherwise: the caller offers "did you mean" */
} dtn_expr_error;

/* Parses text (zero-terminated). *out is NULL and error filled when the text is not a formula (status PARSE). */
dtn_status dtn_expr_parse(dtn_ctx *ctx, dtn_arena *arena, const dtn_expr **out, const char *text,
                          dtn_expr_resolve_fn *resolve, void *user, dtn_expr_error *error);
/* Words that cannot name a quantity: if, min, max, abs, and, or, not. */
bool dtn_expr_reserved(const char *name);
/* The formula that is one number, one slot. NULL: out of memory. */
const dtn_expr *dtn_expr_constant(dtn_arena *arena, const fmpq_t value);
const dtn_expr *dtn_expr_slot(dtn_arena *arena, int slot);

/* Exact value. DOMAIN on a division by zero, 0^negative or a power that is not an integer of at most 10^4. */
dtn_status dtn_expr_exact(dtn_ctx *ctx, fmpq_t out, const dtn_expr *e, const fmpq *slots);
/* NaN where undefined. */
double dtn_expr_double(const dtn_expr *e, const double *slots);
/* An enclosure over a box of slots; not finite where a division by zero cannot be excluded. if() with an undecided
 * condition and undecided comparisons give the hull of both cases. */
void dtn_expr_ball(arb_t out, const dtn_expr *e, const arb_struct *slots, slong precision);

/* The formula with every slot s for which known[s] is true replaced by values[s], constants folded.
 * NULL: out of memory. */
const dtn_expr *dtn_expr_bind(dtn_ctx *ctx, dtn_arena *arena, const dtn_expr *e, const bool *known,
                              const fmpq *values);
/* The formula with every slot s for which with[s] is not NULL replaced by that formula, constants folded. with:
 * [slots]. NULL: out of memory. (The expansion of a protocol puts k.hard for k(P), and state variables, by this.) */
const dtn_expr *dtn_expr_substitute(dtn_ctx *ctx, dtn_arena *arena, const dtn_expr *e,
                                    const dtn_expr *const *with);
/* x + y, constants folded, 0 dropped. NULL: out of memory. */
const dtn_expr *dtn_expr_add(dtn_ctx *ctx, dtn_arena *arena, const dtn_expr *x, const dtn_expr *y);
/* x / y; where y is 0 the result is undefined, as a formula is. NULL: out of memory. */
const dtn_expr *dtn_expr_divide(dtn_ctx *ctx, dtn_arena *arena, const dtn_expr *x, const dtn_expr *y);
/* true and *value set when the formula has no slots left. */
bool dtn_expr_is_constant(const dtn_expr *e, fmpq_t value);
/* Whether the formula has this value at every point at which it is defined. *decided = false: it holds more than sums,
 * products, quotients and powers, or its polynomials grow too long. */
dtn_status dtn_expr_is_identically(dtn_ctx *ctx, bool *decided, bool *equal, const dtn_expr *e,
                                   const fmpq_t value);
/* A polynomial of degree at most 1 in each slot by its very shape: over a box it is least and greatest at corners. */
bool dtn_expr_is_multilinear(const dtn_expr *e);
/* Defined whatever its slots hold: no division but by known numbers, no powers. */
bool dtn_expr_is_total(const dtn_expr *e);
/* uses[s] |= true for each slot in the formula. */
void dtn_expr_uses(const dtn_expr *e, bool *uses);
/* Canonical text with names[slot]; in the arena. LaTeX too. */
char *dtn_expr_text(dtn_arena *arena, const dtn_expr *e, const char *const *names);
char *dtn_expr_latex(dtn_arena *arena, const dtn_expr *e, const char *const *names);

#endif
