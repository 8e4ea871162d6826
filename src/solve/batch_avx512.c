/* Batch kernel in AVX-512: a vector is one register, a comparison one mask of eight bits. */
#include "solve/batch.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define BATCH_TARGET __attribute__((target("avx512f,avx512dq,avx512vl,avx512bw")))
typedef __m512d vec;
#define vec_load(p) _mm512_loadu_pd(p)
#define vec_store(p, x) _mm512_storeu_pd((p), (x))
#define vec_ints(p) _mm512_cvtepi32_pd(_mm256_loadu_si256((const __m256i *)(const void *)(p)))
#define vec_all(x) _mm512_set1_pd(x)
#define vec_add(x, y) _mm512_add_pd((x), (y))
#define vec_sub(x, y) _mm512_sub_pd((x), (y))
#define vec_mul(x, y) _mm512_mul_pd((x), (y))
#define vec_min(x, y) _mm512_min_pd((x), (y))
#define vec_max(x, y) _mm512_max_pd((x), (y))
#define vec_madd(x, y, z) _mm512_fmadd_pd((x), (y), (z))
#define vec_msub(x, y, z) _mm512_fnmadd_pd((x), (y), (z))
#define vec_above(x, y) ((uint8_t)_mm512_cmp_pd_mask((x), (y), _CMP_GT_OQ))
#define vec_differ(x, y) ((uint8_t)_mm512_cmp_pd_mask((x), (y), _CMP_NEQ_UQ))

#include "solve/batch_kernel.h"

static bool runs_here(void)
{
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw");
}

const batch_kernel batch_kernel_avx512 = {"avx512", runs_here, run_group};
#else
static bool runs_here(void)
{
    return false;
}

const batch_kernel batch_kernel_avx512 = {"avx512", runs_here, NULL};
#endif
