/* Points that fill a cube evenly: Sobol's and Halton's sequences, and Latin hypercubes. The same on every machine. */
#ifndef DTN_NUM_QUASI_H
#define DTN_NUM_QUASI_H

#include "num/rational.h"

/* Directions of Sobol's sequence that are tabled; binary digits of its numbers, so that there are 2^BITS different ones. */
enum { DTN_SOBOL_MOST = 40, DTN_SOBOL_BITS = 26 };

/* Coordinate `dimension` (below DTN_SOBOL_MOST) of the i-th point, i < 2^BITS, in units of 2^-BITS; in Gray-code order, so that
 * any 2^k points from a multiple of 2^k on fill the cube evenly. */
uint32_t dtn_sobol(int dimension, uint64_t i);
/* out = the middle of the cell of number: (number xor shift + 1/2) / 2^BITS. shift: 0, or a random digital shift. */
void dtn_sobol_unit(fmpq_t out, uint32_t number, uint32_t shift);
/* Coordinate of the i-th point of Halton's sequence in the open unit interval: i + 1 with its digits in the dimension-th prime
 * base mirrored, each digit but 0 turned round so that neighbouring large bases do not move together. */
void dtn_halton(fmpq_t out, int dimension, uint64_t i);
enum { DTN_HALTON_MOST = 64 };

/* place[count]: a random order of 0 .. count - 1, one column of a Latin hypercube. */
void dtn_latin(long *place, long count, uint64_t seed, int dimension);

#endif
