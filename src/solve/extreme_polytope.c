/* The best-response polytopes of a two-player game: integers, doubles with error bounds, residues modulo primes.
 *
 * Method: player 1's strategies, scaled so that no strategy of player 2 earns more than 1, form P; player 2's form Q. Payoffs
 *   are scaled to integers and moved so that the least is 1; so all entries are positive and the polytopes bounded.
 * Cost: linear in payoffs times primes. Exact, but for the doubles, whose error is bounded. */
#include "solve/extreme_polytope.h"

#include <math.h>

#include <flint/ulong_extras.h>

enum { WORD_BITS = 62, MOST_MODULI = 512 };

/* --- integers and doubles ------------------------------------------------------------------------- */

static dtn_status integers(dtn_ctx *ctx, dtn_polytope *g, dtn_side which, const dtn_strategic *game)
{
    int m = game->strategies[0], payee = which == DTN_SIDE_P;
    size_t cells = (size_t)g->rows * (size_t)g->columns;
    const fmpz *common;
    DTN_TRY(dtn_payoffs_common(ctx, &common, ctx->scratch, &game->payoff));
    fmpz *least = dtn_arena_fmpz(ctx->scratch, 2);
    g->cell = dtn_arena_fmpz(ctx->scratch, cells);
    if (!least || !g->cell)
        return dtn_fail_nomem(ctx);
    for (int i = 0; i < g->rows; i++)
        for (int j = 0; j < g->columns; j++) {
            size_t profile =
                which == DTN_SIDE_P ? (size_t)j + (size_t)i * (size_t)m : (size_t)i + (size_t)j * (size_t)m;
            fmpz *cell = g->cell + (size_t)i * (size_t)g->columns + j;
            dtn_payoffs_scaled(cell, &game->payoff, 2 * profile + (size_t)payee, common);
            if ((i == 0 && j == 0) || fmpz_cmp(cell, least) < 0)
                fmpz_set(least, cell);
        }
    for (size_t i = 0; i < cells; i++) {
        fmpz_sub(g->cell + i, g->cell + i, least);
        fmpz_add_ui(g->cell + i, g->cell + i, 1);
        int bits = (int)fmpz_bits(g->cell + i);
        g->bits = bits > g->bits ? bits : g->bits;
        if (fmpz_cmp(g->cell + i, least + 1) > 0)
            fmpz_set(least + 1, g->cell + i);
    }
    if (g->bits > WORD_BITS)
        return DTN_OK;
    DTN_ALLOC(ctx, ctx->scratch, g->narrow, cells);
    for (size_t i = 0; i < cells; i++)
        g->narrow[i] = fmpz_get_si(g->cell + i);
    return DTN_OK;
}

/* x / 2^bits, towards 0. */
static double scaled_double(const fmpz_t x, int bits)
{
    slong exponent;
    double mantissa = fmpz_get_d_2exp(&exponent, x);
    slong shift = exponent - bits;
    return shift < -1000 ? 0 : ldexp(mantissa, (int)shift);
}

static dtn_status doubles(dtn_ctx *ctx, dtn_polytope *g)
{
    g->stride = (g->columns + 7) / 8 * 8;
    DTN_ALLOC(ctx, ctx->scratch, g->scaled, g->rows * g->stride);
    DTN_ALLOC(ctx, ctx->scratch, g->bound, g->stride);
    g->slip = g->bits > 53 ? 0x1p-52 : 0;
    double least = 1, most = 0;
    for (int i = 0; i < g->rows; i++)
        for (int j = 0; j < g->columns; j++) {
            double x = scaled_double(g->cell + (size_t)i * (size_t)g->columns + j, g->bits);
            g->scaled[i * g->stride + j] = x;
            g->bound[j] = x > g->bound[j] ? x : g->bound[j];
            least = x < least ? x : least;
            most = x > most ? x : most;
        }
    for (int j = 0; j < g->columns; j++)
        g->bound[j] = 1 / g->bound[j] * (1 + 8 * 0x1p-53);
    double unit = ldexp(1, -(g->bits < 1000 ? g->bits : 1000));
    g->range = most - least > unit ? most - least : unit;
    return DTN_OK;
}

/* --- residues ------------------------------------------------------------------------------------- */

/* Primes so many that their product exceeds twice any minor of one of the polytopes; 0: too many would be needed. */
static int moduli_needed(const dtn_polytope *g)
{
    int size = g->rows < g->columns ? g->rows : g->columns;
    double minor = size * (g->bits + log2(size) / 2) + 2; /* Hadamard's bound */
    int count = (int)(minor / (DTN_MODULUS_BITS - 0.01)) + 1;
    return count > MOST_MODULI ? 0 : count;
}

static void make_modulus(dtn_modulus *out, uint64_t p)
{
    uint64_t inverse = 1; /* Newton: correct bits double */
    for (int i = 0; i < 6; i++)
        inverse *= 2 - p * inverse;
    out->p = p;
    out->negated_inverse = -inverse;
    out->one = (uint64_t)(((dtn_uint128)1 << 64) % p);
    out->r2 = (uint64_t)((dtn_uint128)out->one * out->one % p);
}

static uint64_t to_montgomery(const dtn_modulus *q, uint64_t x)
{
    return (uint64_t)(((dtn_uint128)x << 64) % q->p);
}

static dtn_status make_moduli(dtn_ctx *ctx, dtn_polytope polytope[DTN_SIDES], int count)
{
    dtn_modulus *modulus;
    uint64_t *mixed;
    DTN_ALLOC(ctx, ctx->scratch, modulus, count);
    DTN_ALLOC(ctx, ctx->scratch, mixed, count * count);
    uint64_t p = (uint64_t)1 << DTN_MODULUS_BITS;
    for (int k = 0; k < count; k++) {
        do
            p--;
        while (!n_is_prime(p));
        make_modulus(&modulus[k], p);
        for (int i = 0; i < k; i++)
            mixed[i * count + k] = to_montgomery(&modulus[k], n_invmod(modulus[i].p % p, p));
    }
    for (int w = 0; w < DTN_SIDES; w++) {
        dtn_polytope *g = &polytope[w];
        size_t cells = (size_t)g->rows * (size_t)g->columns;
        DTN_ALLOC(ctx, ctx->scratch, g->residue, (size_t)count * cells);
        for (int k = 0; k < count; k++)
            for (size_t i = 0; i < cells; i++)
                g->residue[(size_t)k * cells + i] =
                    to_montgomery(&modulus[k], fmpz_fdiv_ui(g->cell + i, modulus[k].p));
        g->modulus = modulus;
        g->mixed = mixed;
        g->moduli = count;
    }
    return DTN_OK;
}

dtn_status dtn_polytopes_make(dtn_ctx *ctx, dtn_polytope out[DTN_SIDES], const dtn_strategic *game)
{
    int m = game->strategies[0], n = game->strategies[1], moduli = 0;
    bool small = m <= DTN_SEARCH_SIDE && n <= DTN_SEARCH_SIDE;
    for (int w = 0; w < DTN_SIDES; w++) {
        bool p = w == DTN_SIDE_P;
        out[w] = (dtn_polytope){
            .rows = p ? n : m, .columns = p ? m : n, .first_row = p ? m : 0, .first_column = p ? 0 : m};
        DTN_TRY(integers(ctx, &out[w], (dtn_side)w, game));
        int needed = moduli_needed(&out[w]);
        small = small && needed;
        moduli = needed > moduli ? needed : moduli;
    }
    if (!small)
        return DTN_OK;
    DTN_TRY(make_moduli(ctx, out, moduli));
    for (int w = 0; w < DTN_SIDES; w++)
        DTN_TRY(doubles(ctx, &out[w]));
    return DTN_OK;
}
