/* Best-response polytopes as data, and what is computed from the data alone: bounds and cores. */
#ifndef DTN_SOLVE_EXTREME_POLYTOPE_H
#define DTN_SOLVE_EXTREME_POLYTOPE_H

#include "solve/solver.h"

__extension__ typedef __int128 dtn_int128;
__extension__ typedef unsigned __int128 dtn_uint128;

enum { DTN_SEARCH_SIDE = 64, DTN_MODULUS_BITS = 58 }; /* most strategies a player of the search in doubles */

/* Labels: 0 .. m-1 the rows (player 1's strategies), m .. m+n-1 the columns. A label is tight in P where its variable is 0:
 * an unplayed row, or a column that is a best reply; in Q the other way round. Variables are numbered by label. */
typedef enum dtn_side { DTN_SIDE_P, DTN_SIDE_Q, DTN_SIDES } dtn_side;

/* A prime below 2^58 with the constants of Montgomery's multiplication (R = 2^64). */
typedef struct dtn_modulus {
    uint64_t p, negated_inverse, r2, one; /* -1/p mod R; R^2 mod p; R mod p */
} dtn_modulus;

/* {x >= 0, M x <= 1}, M positive integers: a row for each strategy of the other player, a column for each own one. */
typedef struct dtn_polytope {
    int rows, columns, stride;   /* stride: columns padded to a multiple of 8 */
    int first_row, first_column; /* their labels */
    fmpz *cell;                  /* [rows][columns] */
    int64_t *narrow;             /* the same, NULL where one has more than 62 bits */
    int bits;                    /* of the largest entry */
    double range;                /* largest difference of entries, at least 1, over 2^bits */
    /* For the search in doubles; NULL where there are too many labels. */
    double *scaled;    /* [rows][stride] entries over 2^bits, 0 beyond the columns: below 1 */
    double *bound;     /* [stride] upper bounds of the variables of the scaled system */
    double slip;       /* bound on the relative error of scaled */
    uint64_t *residue; /* [moduli][rows][columns] in Montgomery form */
    const dtn_modulus *modulus;
    const uint64_t *mixed; /* [moduli][moduli] inverse of the i-th prime modulo the j-th, Montgomery form */
    int moduli;
} dtn_polytope;

/* Both polytopes of a game. */
dtn_status dtn_polytopes_make(dtn_ctx *ctx, dtn_polytope out[DTN_SIDES], const dtn_strategic *game);

/* The solution of M[row][column] z = 1: z[i] = number[i] / number[size], the latter positive. */
typedef struct dtn_core {
    int size;
    bool narrow; /* the numbers are in `number`, with room for sums over a row of M; otherwise in `wide` */
    bool small;  /* and all of that fits 64 bits */
    int sign;    /* of the determinant */
    dtn_int128 number[DTN_SEARCH_SIDE + 1];
    fmpz *wide; /* [SIDE + 1] */
    /* Room for the work. */
    fmpz *product;
    uint64_t *work, *residue;
} dtn_core;

dtn_status dtn_core_new(dtn_ctx *ctx, dtn_arena *arena, dtn_core **out,
                        const dtn_polytope polytope[DTN_SIDES]);
/* row, column: [size] indices from 0, size >= 1. false: the matrix is singular, or seems so modulo a prime. */
bool dtn_core_solve(dtn_core *core, const dtn_polytope *g, const int *row, const int *column, int size);

#endif
