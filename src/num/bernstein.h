/* Polynomials in one or two variables over a box that is halved again and again: exact signs on the pieces. */
#ifndef DTN_NUM_BERNSTEIN_H
#define DTN_NUM_BERNSTEIN_H

#include "num/rational.h"

/* sum c[i * (degree[1] + 1) + j] u^i v^j on the unit square, integers. One variable: degree[1] is 0. */
typedef struct dtn_unit_poly {
    int degree[2];
    fmpz *c;
} dtn_unit_poly;

/* p(x, y) for x = lo[0] + (hi[0] - lo[0]) u, y alike, times a positive number that makes it integral. p: coefficients of x^i y^j,
 * laid out as above; variables: 1 or 2 (lo and hi have that many). In arena. */
dtn_status dtn_unit_poly_new(dtn_ctx *ctx, dtn_arena *arena, dtn_unit_poly *out, const fmpz *p,
                             const int degree[2], const fmpq *lo, const fmpq *hi, int variables);

/* On the open piece of width 2^-level number (at[0], at[1]): 1 or -1 where the sign is proved to be constant and nowhere 0,
 * else 0. *changes (NULL allowed; one variable): sign changes of the coefficients, an upper bound of the number of roots
 * inside, of the same parity. work: [coefficients] scratch. */
int dtn_unit_poly_sign(const dtn_unit_poly *p, int level, const long at[2], fmpz *work, int *changes);

#endif
