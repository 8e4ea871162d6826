/* Passes of counterfactual regret minimisation in AVX2: a vector is two registers of four. */
#include "solve/cfr.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define CFR_TARGET __attribute__((target("avx2")))
typedef struct vec {
    __m256d low, high;
} vec;

#define PAIR(name, operation)                                             \
    CFR_TARGET static inline vec name(vec x, vec y)                       \
    {                                                                     \
        return (vec){operation(x.low, y.low), operation(x.high, y.high)}; \
    }
PAIR(vec_add, _mm256_add_pd)
PAIR(vec_sub, _mm256_sub_pd)
PAIR(vec_mul, _mm256_mul_pd)
PAIR(vec_div, _mm256_div_pd)
PAIR(vec_max, _mm256_max_pd)
#undef PAIR

CFR_TARGET static inline vec vec_load(const double *p)
{
    return (vec){_mm256_loadu_pd(p), _mm256_loadu_pd(p + 4)};
}

CFR_TARGET static inline void vec_store(double *p, vec x)
{
    _mm256_storeu_pd(p, x.low);
    _mm256_storeu_pd(p + 4, x.high);
}

CFR_TARGET static inline vec vec_all(double x)
{
    return (vec){_mm256_set1_pd(x), _mm256_set1_pd(x)};
}

CFR_TARGET static inline vec vec_gather(const double *p, const int *index)
{
    return (vec){_mm256_set_pd(p[index[3]], p[index[2]], p[index[1]], p[index[0]]),
                 _mm256_set_pd(p[index[7]], p[index[6]], p[index[5]], p[index[4]])};
}

CFR_TARGET static inline vec vec_where_positive(vec x, vec y, vec z)
{
    const __m256d zero = _mm256_setzero_pd();
    return (vec){_mm256_blendv_pd(z.low, y.low, _mm256_cmp_pd(x.low, zero, _CMP_GT_OQ)),
                 _mm256_blendv_pd(z.high, y.high, _mm256_cmp_pd(x.high, zero, _CMP_GT_OQ))};
}

#include "solve/cfr_kernel.h"

static const dtn_cfr_kernel kernel = {"avx2", learn, reach, worth, root};
const dtn_cfr_kernel *const dtn_cfr_avx2 = &kernel;
#else
const dtn_cfr_kernel *const dtn_cfr_avx2 = NULL;
#endif
