/* The inner loops of the search in doubles, for the vectors that the machine has.
 *
 * Method: one body a loop, compiled for AVX-512, AVX2 and plain C; no fused products, so that all agree to the last bit. Rows are
 *   padded to 8 doubles and aligned to 64 bytes. */
#include "solve/extreme_search.h"

#if defined(__x86_64__)
#define DTN_VECTORS 1
#endif

#define INLINED static inline __attribute__((always_inline))

INLINED void pivot_body(double *cell, double *value, int rows, int stride, int row, int column)
{
    double *p = cell + row * stride, inverse = 1 / p[column];
    for (int j = 0; j < stride; j++)
        p[j] *= inverse;
    p[column] = inverse;
    value[row] *= inverse;
    for (int i = 0; i < rows; i++) {
        double *r = cell + i * stride, factor = r[column];
        if (i == row)
            continue;
        for (int j = 0; j < stride; j++)
            r[j] -= factor * p[j];
        r[column] = -factor * inverse; /* after the vectors: a store before them would stall their loads */
        value[i] -= factor * value[row];
    }
}

INLINED uint64_t closed_body(const double *cell, const double *limit, int rows, int stride)
{
    uint64_t set = 0;
    for (int i = 0; i < rows; i++) {
        const double *r = cell + i * stride;
        int64_t above = 0;
        for (int j = 0; j < stride; j++)
            above |= r[j] > limit[j];
        set |= (uint64_t)!above << i;
    }
    return set;
}

INLINED void combine_body(double *out, const double *const *row, const double *factor, int count, int stride)
{
    for (int i = 0; i < count; i++)
        for (int j = 0; j < stride; j++)
            out[j] += factor[i] * row[i][j];
}

#define DTN_KERNEL(name, attribute)                                                                        \
    attribute static void pivot_##name(double *cell, double *value, int rows, int stride, int row,         \
                                       int column)                                                         \
    {                                                                                                      \
        cell = __builtin_assume_aligned(cell, 64);                                                         \
        pivot_body(cell, value, rows, stride / 8 * 8, row, column);                                        \
    }                                                                                                      \
    attribute static uint64_t closed_##name(const double *cell, const double *limit, int rows, int stride) \
    {                                                                                                      \
        return closed_body(cell, limit, rows, stride / 8 * 8);                                             \
    }                                                                                                      \
    attribute static void combine_##name(double *out, const double *const *row, const double *factor,      \
                                         int count, int stride)                                            \
    {                                                                                                      \
        combine_body(out, row, factor, count, stride / 8 * 8);                                             \
    }                                                                                                      \
    static const dtn_kernel kernel_##name = {pivot_##name, closed_##name, combine_##name};

DTN_KERNEL(plain, )
#ifdef DTN_VECTORS
DTN_KERNEL(avx2, __attribute__((target("avx2"))))
DTN_KERNEL(avx512, __attribute__((target("avx512f,avx512dq,avx512vl"))))
#endif

const dtn_kernel *dtn_kernel_best(void)
{
#ifdef DTN_VECTORS
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512vl"))
        return &kernel_avx512;
    if (__builtin_cpu_supports("avx2"))
        return &kernel_avx2;
#endif
    return &kernel_plain;
}
