/* row -= factor * other, four doubles at a time where the processor can. Multiplication and subtraction round separately in
 * every form, so that the doubles are the same on every machine. */
#include "num/row_update.h"

static void plain(double *row, const double *other, double factor, size_t count)
{
    for (size_t j = 0; j < count; j++)
        row[j] -= factor * other[j];
}

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>

__attribute__((target("avx2"))) static void avx2(double *row, const double *other, double factor, size_t count)
{
    __m256d f = _mm256_set1_pd(factor);
    size_t j = 0;
    for (; j + 4 <= count; j += 4)
        _mm256_storeu_pd(
            row + j, _mm256_sub_pd(_mm256_loadu_pd(row + j), _mm256_mul_pd(f, _mm256_loadu_pd(other + j))));
    for (; j < count; j++)
        row[j] -= factor * other[j];
}

dtn_row_update *dtn_row_update_best(void)
{
    return __builtin_cpu_supports("avx2") ? avx2 : plain;
}
#else
dtn_row_update *dtn_row_update_best(void)
{
    return plain;
}
#endif
