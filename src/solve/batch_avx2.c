/* Batch kernel in AVX2: a vector is two registers of four, so that a comparison makes one byte here too. */
#include "solve/batch.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define BATCH_TARGET __attribute__((target("avx2,fma")))
typedef struct vec {
    __m256d low, high;
} vec;

#define PAIR(name, operation)                                             \
    BATCH_TARGET static inline vec name(vec x, vec y)                     \
    {                                                                     \
        return (vec){operation(x.low, y.low), operation(x.high, y.high)}; \
    }
PAIR(vec_add, _mm256_add_pd)
PAIR(vec_sub, _mm256_sub_pd)
PAIR(vec_mul, _mm256_mul_pd)
PAIR(vec_min, _mm256_min_pd)
PAIR(vec_max, _mm256_max_pd)
#undef PAIR

BATCH_TARGET static inline vec vec_load(const double *p)
{
    return (vec){_mm256_loadu_pd(p), _mm256_loadu_pd(p + 4)};
}

BATCH_TARGET static inline void vec_store(double *p, vec x)
{
    _mm256_storeu_pd(p, x.low);
    _mm256_storeu_pd(p + 4, x.high);
}

BATCH_TARGET static inline vec vec_ints(const int32_t *p)
{
    __m256i x = _mm256_loadu_si256((const __m256i *)(const void *)p);
    return (vec){_mm256_cvtepi32_pd(_mm256_castsi256_si128(x)),
                 _mm256_cvtepi32_pd(_mm256_extracti128_si256(x, 1))};
}

BATCH_TARGET static inline vec vec_all(double x)
{
    return (vec){_mm256_set1_pd(x), _mm256_set1_pd(x)};
}

BATCH_TARGET static inline vec vec_madd(vec x, vec y, vec z)
{
    return (vec){_mm256_fmadd_pd(x.low, y.low, z.low), _mm256_fmadd_pd(x.high, y.high, z.high)};
}

BATCH_TARGET static inline vec vec_msub(vec x, vec y, vec z)
{
    return (vec){_mm256_fnmadd_pd(x.low, y.low, z.low), _mm256_fnmadd_pd(x.high, y.high, z.high)};
}

BATCH_TARGET static inline uint8_t vec_above(vec x, vec y)
{
    return (uint8_t)(_mm256_movemask_pd(_mm256_cmp_pd(x.low, y.low, _CMP_GT_OQ)) |
                     _mm256_movemask_pd(_mm256_cmp_pd(x.high, y.high, _CMP_GT_OQ)) << 4);
}

BATCH_TARGET static inline uint8_t vec_differ(vec x, vec y)
{
    return (uint8_t)(_mm256_movemask_pd(_mm256_cmp_pd(x.low, y.low, _CMP_NEQ_UQ)) |
                     _mm256_movemask_pd(_mm256_cmp_pd(x.high, y.high, _CMP_NEQ_UQ)) << 4);
}

#include "solve/batch_kernel.h"

static bool runs_here(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
}

const batch_kernel batch_kernel_avx2 = {"avx2", runs_here, run_group};
#else
static bool runs_here(void)
{
    return false;
}

const batch_kernel batch_kernel_avx2 = {"avx2", runs_here, NULL};
#endif
