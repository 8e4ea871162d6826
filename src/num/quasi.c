/* Points that fill a cube evenly.
 *
 * Method: Sobol's numbers are exclusive sums of direction numbers over the Gray code of the index; direction numbers follow from
 *   primitive polynomials over two elements and initial values. Halton's are mirrored digits.
 * Cost: one step a binary digit. Exact: all are rationals.
 * Source: I. M. Sobol, USSR Comput. Math. Math. Phys. 7 (1967); initial values: S. Joe, F. Kuo, SIAM J. Sci. Comput. 30 (2008);
 *   reverse digits of Halton's: B. Vandewoestyne, R. Cools, J. Comput. Appl. Math. 189 (2006). */
#include "num/quasi.h"

#include "base/random.h"

/* Degree, inner coefficients and initial values of each dimension after the first. */
static const struct directions {
    uint8_t degree, inner, first[8];
} table[DTN_SOBOL_MOST - 1] = {
    {1, 0, {1}},
    {2, 1, {1, 3}},
    {3, 1, {1, 3, 1}},
    {3, 2, {1, 1, 1}},
    {4, 1, {1, 1, 3, 3}},
    {4, 4, {1, 3, 5, 13}},
    {5, 2, {1, 1, 5, 5, 17}},
    {5, 4, {1, 1, 5, 5, 5}},
    {5, 7, {1, 1, 7, 11, 19}},
    {5, 11, {1, 1, 5, 1, 1}},
    {5, 13, {1, 1, 1, 3, 11}},
    {5, 14, {1, 3, 5, 5, 31}},
    {6, 1, {1, 3, 3, 9, 7, 49}},
    {6, 13, {1, 1, 1, 15, 21, 21}},
    {6, 16, {1, 3, 1, 13, 27, 49}},
    {6, 19, {1, 1, 1, 15, 7, 5}},
    {6, 22, {1, 3, 1, 15, 13, 25}},
    {6, 25, {1, 1, 5, 5, 19, 61}},
    {7, 1, {1, 3, 7, 11, 23, 15, 103}},
    {7, 4, {1, 3, 7, 13, 13, 15, 69}},
    {7, 7, {1, 1, 3, 13, 7, 35, 63}},
    {7, 8, {1, 3, 5, 9, 1, 25, 53}},
    {7, 14, {1, 3, 1, 13, 9, 35, 107}},
    {7, 19, {1, 3, 1, 5, 27, 61, 31}},
    {7, 21, {1, 1, 5, 11, 19, 41, 61}},
    {7, 28, {1, 3, 5, 3, 3, 13, 69}},
    {7, 31, {1, 1, 7, 13, 1, 19, 1}},
    {7, 32, {1, 3, 7, 5, 13, 19, 59}},
    {7, 37, {1, 1, 3, 9, 25, 29, 41}},
    {7, 41, {1, 3, 5, 13, 23, 1, 55}},
    {7, 42, {1, 3, 7, 3, 13, 59, 17}},
    {7, 50, {1, 3, 1, 3, 5, 53, 69}},
    {7, 55, {1, 1, 5, 5, 23, 33, 13}},
    {7, 56, {1, 1, 7, 7, 1, 61, 123}},
    {7, 59, {1, 1, 7, 9, 13, 61, 49}},
    {7, 62, {1, 3, 3, 5, 3, 55, 33}},
    {8, 14, {1, 3, 1, 15, 31, 13, 49, 245}},
    {8, 21, {1, 3, 5, 15, 31, 59, 63, 97}},
    {8, 22, {1, 3, 1, 11, 11, 11, 77, 249}},
};

static void direction_numbers(uint32_t v[DTN_SOBOL_BITS], int dimension)
{
    if (dimension == 0) {
        for (int k = 0; k < DTN_SOBOL_BITS; k++)
            v[k] = UINT32_C(1) << (DTN_SOBOL_BITS - 1 - k);
        return;
    }
    const struct directions *d = &table[dimension - 1];
    for (int k = 0; k < DTN_SOBOL_BITS; k++) {
        if (k < d->degree) {
            v[k] = (uint32_t)d->first[k] << (DTN_SOBOL_BITS - 1 - k);
            continue;
        }
        v[k] = v[k - d->degree] ^ (v[k - d->degree] >> d->degree);
        for (int j = 1; j < d->degree; j++)
            if (d->inner >> (d->degree - 1 - j) & 1)
                v[k] ^= v[k - j];
    }
}

uint32_t dtn_sobol(int dimension, uint64_t i)
{
    uint32_t v[DTN_SOBOL_BITS], sum = 0;
    direction_numbers(v, dimension);
    uint64_t gray = i ^ i >> 1;
    for (int k = 0; k < DTN_SOBOL_BITS && gray; k++, gray >>= 1)
        if (gray & 1)
            sum ^= v[k];
    return sum;
}

void dtn_sobol_unit(fmpq_t out, uint32_t number, uint32_t shift)
{
    uint32_t mask = (UINT32_C(1) << DTN_SOBOL_BITS) - 1;
    fmpq_set_si(out, 2 * (slong)((number ^ shift) & mask) + 1, UINT64_C(2) << DTN_SOBOL_BITS);
}

static unsigned prime(int number)
{
    unsigned p = 2;
    for (int found = 0;; p++) {
        bool is_prime = true;
        for (unsigned k = 2; k * k <= p && is_prime; k++)
            is_prime = p % k != 0;
        if (is_prime && found++ == number)
            return p;
    }
}

void dtn_halton(fmpq_t out, int dimension, uint64_t i)
{
    uint64_t base = prime(dimension), number = 0, whole = 1;
    for (i++; i; i /= base) {
        uint64_t digit = i % base;
        number = number * base + (digit ? base - digit : 0);
        whole *= base;
    }
    fmpq_set_si(out, (slong)number, whole);
}

void dtn_latin(long *place, long count, uint64_t seed, int dimension)
{
    uint64_t state = seed * UINT64_C(0x9e3779b97f4a7c15) + (uint64_t)dimension;
    for (long i = 0; i < count; i++)
        place[i] = i;
    for (long i = count - 1; i > 0; i--) {
        long k = (long)(dtn_random_next(&state) % (uint64_t)(i + 1)), kept = place[i];
        place[i] = place[k];
        place[k] = kept;
    }
}
