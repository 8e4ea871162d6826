/* Random numbers that are the same on every machine for equal seeds (splitmix64: S. Vigna, public domain algorithm). */
#ifndef DTN_BASE_RANDOM_H
#define DTN_BASE_RANDOM_H

#include <stdint.h>

static inline uint64_t dtn_random_next(uint64_t *state)
{
    uint64_t z = (*state += 0x9e3779b97f4a7c15u);
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}
/* Uniform in [0, 1). */
static inline double dtn_random_unit(uint64_t *state)
{
    return (double)(dtn_random_next(state) >> 11) * 0x1p-53;
}

#endif
