/* Exact solution of the square systems M[rows][columns] z = 1 that determine vertices.
 *
 * Method: elimination modulo enough primes of 58 bits for Hadamard's bound, without inverses but one a prime (Montgomery
 *   products, sums reduced once); determinant and numerators by Chinese remaindering in mixed radix, in 128 bits where they fit.
 * Cost: size^3 / 3 word products a prime, size * primes^2 for the remaindering. Exact: the bound proves that the residues
 *   determine the numbers.
 * Source: P. Montgomery, Modular multiplication without trial division, Math. Comput. 44 (1985); H. Garner, The residue number
 *   system (1959); J. Hadamard (1893). */
#include "solve/extreme_polytope.h"

#include <math.h>
#include <string.h>

#include <flint/ulong_extras.h>

enum { MOST = DTN_SEARCH_SIDE, NARROW_BITS = 126, SMALL_BITS = 62 };

/* total < p * 2^64; result < p. */
static inline uint64_t reduce(const dtn_modulus *q, dtn_uint128 total)
{
    uint64_t factor = (uint64_t)total * q->negated_inverse;
    uint64_t high = (uint64_t)((total + (dtn_uint128)factor * q->p) >> 64);
    return high >= q->p ? high - q->p : high;
}

static inline uint64_t times(const dtn_modulus *q, uint64_t a, uint64_t b)
{
    return reduce(q, (dtn_uint128)a * b);
}

/* Upper triangle of the matrix with 1s beside it, row c scaled by powers of the pivots before. Returns the sign of the row
 * exchanges, 0: singular modulo the prime. */
static int eliminate(const dtn_modulus *q, uint64_t *const *line, uint64_t **at, int size)
{
    int sign = 1;
    for (int i = 0; i < size; i++)
        at[i] = line[i];
    for (int c = 0; c < size; c++) {
        int pivot = c;
        while (pivot < size && at[pivot][c] == 0)
            pivot++;
        if (pivot == size)
            return 0;
        if (pivot != c) {
            uint64_t *swap = at[pivot];
            at[pivot] = at[c];
            at[c] = swap;
            sign = -sign;
        }
        const uint64_t *p = at[c];
        for (int i = c + 1; i < size; i++) {
            uint64_t *r = at[i], minus = q->p - r[c];
            for (int j = c + 1; j <= size; j++)
                r[j] = reduce(q, (dtn_uint128)p[c] * r[j] + (dtn_uint128)minus * p[j]);
        }
    }
    return sign;
}

/* residue[i] = numerator of z[i], residue[size] = determinant, modulo the k-th prime (no longer in Montgomery form). */
static bool solve_modulo(const dtn_core *core, const dtn_polytope *g, int k, const int *row,
                         const int *column, int size, uint64_t *residue)
{
    const dtn_modulus *q = &g->modulus[k];
    uint64_t *line[MOST], *at[MOST], prefix[MOST], inverse[MOST], z[MOST];
    for (int i = 0; i < size; i++) {
        const uint64_t *from =
            g->residue + ((size_t)k * (size_t)g->rows + (size_t)row[i]) * (size_t)g->columns;
        line[i] = core->work + i * (MOST + 1);
        for (int j = 0; j < size; j++)
            line[i][j] = from[column[j]];
        line[i][size] = q->one;
    }
    int sign = eliminate(q, line, at, size);
    if (sign == 0)
        return false;
    for (int c = 0; c < size; c++)
        prefix[c] = c ? times(q, prefix[c - 1], at[c][c]) : at[c][c];
    /* One inverse for all pivots; the powers of pivots that rows were scaled by have the product of the prefixes. */
    uint64_t left = times(q, n_invmod(times(q, prefix[size - 1], 1), q->p), q->r2);
    uint64_t determinant = prefix[size - 1];
    for (int c = size - 1; c >= 0; c--) {
        inverse[c] = c ? times(q, left, prefix[c - 1]) : left;
        if (c < size - 1)
            determinant = times(q, determinant, left);
        left = times(q, left, at[c][c]);
    }
    if (sign < 0)
        determinant = q->p - determinant;
    for (int c = size - 1; c >= 0; c--) {
        dtn_uint128 sum = 0;
        for (int j = c + 1; j < size; j++)
            sum += (dtn_uint128)(q->p - at[c][j]) * z[j];
        z[c] = times(q, reduce(q, sum + (dtn_uint128)at[c][size] * q->one), inverse[c]);
    }
    uint64_t plain = times(q, determinant, 1);
    for (int c = 0; c < size; c++)
        residue[c] = times(q, z[c], plain);
    residue[size] = plain;
    return true;
}

/* Digits of a number in mixed radix: residue[0 .. count - 1] are overwritten. */
static void to_digits(const dtn_polytope *g, uint64_t *residue, int count)
{
    for (int k = 1; k < count; k++) {
        const dtn_modulus *q = &g->modulus[k];
        uint64_t x = residue[k];
        for (int i = 0; i < k; i++) {
            uint64_t digit = residue[i] >= q->p ? residue[i] - q->p : residue[i];
            x = times(q, x >= digit ? x - digit : x + q->p - digit, g->mixed[i * g->moduli + k]);
        }
        residue[k] = x;
    }
}

static dtn_int128 join_narrow(const dtn_polytope *g, const uint64_t *digit, int count)
{
    dtn_uint128 product = g->modulus[0].p, x = digit[0];
    if (count == 2) {
        x += product * digit[1];
        product *= g->modulus[1].p;
    }
    return x > product / 2 ? -(dtn_int128)(product - x) : (dtn_int128)x;
}

/* product: of the primes; half of it. */
static void join_wide(fmpz_t out, const dtn_polytope *g, const uint64_t *digit, int count, const fmpz *product)
{
    fmpz_set_ui(out, digit[count - 1]);
    for (int k = count - 2; k >= 0; k--) {
        fmpz_mul_ui(out, out, g->modulus[k].p);
        fmpz_add_ui(out, out, digit[k]);
    }
    if (fmpz_cmp(out, product + 1) > 0)
        fmpz_sub(out, out, product);
}

/* Upper bound of the bits of the determinant and, as entries are at least 1, of all numerators. */
static double minor_bits(const dtn_polytope *g, const int *row, const int *column, int size)
{
    double product = 1;
    for (int i = 0; i < size; i++) {
        const double *line = g->scaled + row[i] * g->stride;
        double sum = 0;
        for (int j = 0; j < size; j++)
            sum += line[column[j]] * line[column[j]];
        product *= sum;
    }
    double rows = product > 1e-290 ? log2(product) : size * log2(size);
    return rows / 2 + (double)size * g->bits + 0.01;
}

dtn_status dtn_core_new(dtn_ctx *ctx, dtn_arena *arena, dtn_core **out, const dtn_polytope polytope[DTN_SIDES])
{
    dtn_core *core;
    DTN_ALLOC(ctx, arena, core, 1);
    DTN_ALLOC(ctx, arena, core->work, MOST * (MOST + 1));
    DTN_ALLOC(ctx, arena, core->residue, (size_t)polytope->moduli * (MOST + 1));
    core->wide = dtn_arena_fmpz(arena, MOST + 1 + 2);
    if (!core->wide)
        return dtn_fail_nomem(ctx);
    core->product = core->wide + MOST + 1;
    *out = core;
    return DTN_OK;
}

static void join_all(dtn_core *core, const dtn_polytope *g, int count)
{
    int size = core->size;
    if (!core->narrow) {
        fmpz_set_ui(core->product, g->modulus[0].p);
        for (int k = 1; k < count; k++)
            fmpz_mul_ui(core->product, core->product, g->modulus[k].p);
        fmpz_fdiv_q_2exp(core->product + 1, core->product, 1);
    }
    for (int i = size; i >= 0; i--) { /* the determinant first: its sign is everyone's */
        uint64_t *digit = core->residue + (size_t)i * (size_t)g->moduli;
        to_digits(g, digit, count);
        if (core->narrow) {
            core->number[i] = join_narrow(g, digit, count);
            if (i == size)
                core->sign = core->number[i] < 0 ? -1 : 1;
            if (core->sign < 0)
                core->number[i] = -core->number[i];
        } else {
            join_wide(core->wide + i, g, digit, count, core->product);
            if (i == size)
                core->sign = fmpz_sgn(core->wide + i);
            if (core->sign < 0)
                fmpz_neg(core->wide + i, core->wide + i);
        }
    }
}

bool dtn_core_solve(dtn_core *core, const dtn_polytope *g, const int *row, const int *column, int size)
{
    double bits = minor_bits(g, row, column, size);
    int count = (int)((bits + 1.01) / (DTN_MODULUS_BITS - 0.001)) + 1;
    uint64_t residue[MOST + 1];
    core->size = size;
    double sums = bits + g->bits + log2(size + 1);
    core->narrow = g->narrow && count <= 2 && sums < NARROW_BITS;
    core->small = core->narrow && sums < SMALL_BITS;
    for (int k = 0; k < count; k++) {
        if (!solve_modulo(core, g, k, row, column, size, residue))
            return false;
        for (int i = 0; i <= size; i++)
            core->residue[(size_t)i * (size_t)g->moduli + (size_t)k] = residue[i];
    }
    join_all(core, g, count);
    return true;
}
