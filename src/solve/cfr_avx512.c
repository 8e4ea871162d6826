/* Passes of counterfactual regret minimisation in AVX-512. */
#include "solve/cfr.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define CFR_TARGET __attribute__((target("avx512f")))
typedef __m512d vec;

#define PAIR(name, operation)                       \
    CFR_TARGET static inline vec name(vec x, vec y) \
    {                                               \
        return operation(x, y);                     \
    }
PAIR(vec_add, _mm512_add_pd)
PAIR(vec_sub, _mm512_sub_pd)
PAIR(vec_mul, _mm512_mul_pd)
PAIR(vec_div, _mm512_div_pd)
PAIR(vec_max, _mm512_max_pd)
#undef PAIR

CFR_TARGET static inline vec vec_load(const double *p)
{
    return _mm512_loadu_pd(p);
}

CFR_TARGET static inline void vec_store(double *p, vec x)
{
    _mm512_storeu_pd(p, x);
}

CFR_TARGET static inline vec vec_all(double x)
{
    return _mm512_set1_pd(x);
}

CFR_TARGET static inline vec vec_gather(const double *p, const int *index)
{
    return _mm512_i32gather_pd(_mm256_loadu_si256((const __m256i *)(const void *)index), p, 8);
}

CFR_TARGET static inline vec vec_where_positive(vec x, vec y, vec z)
{
    return _mm512_mask_blend_pd(_mm512_cmp_pd_mask(x, _mm512_setzero_pd(), _CMP_GT_OQ), z, y);
}

#include "solve/cfr_kernel.h"

static const dtn_cfr_kernel kernel = {"avx512", learn, reach, worth, root};
const dtn_cfr_kernel *const dtn_cfr_avx512 = &kernel;
#else
const dtn_cfr_kernel *const dtn_cfr_avx512 = NULL;
#endif
