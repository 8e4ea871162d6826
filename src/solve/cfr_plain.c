/* Passes of counterfactual regret minimisation in plain C, and the choice among the kernels. */
#include <stddef.h>

#include "solve/cfr.h"

#define CFR_TARGET
typedef struct vec {
    double lane[DTN_LANES];
} vec;

#define EACH(name, parameters, expression)  \
    static inline vec name parameters       \
    {                                       \
        vec out;                            \
        for (int l = 0; l < DTN_LANES; l++) \
            out.lane[l] = (expression);     \
        return out;                         \
    }
EACH(vec_add, (vec x, vec y), x.lane[l] + y.lane[l])
EACH(vec_sub, (vec x, vec y), x.lane[l] - y.lane[l])
EACH(vec_mul, (vec x, vec y), x.lane[l] * y.lane[l])
EACH(vec_div, (vec x, vec y), x.lane[l] / y.lane[l])
EACH(vec_max, (vec x, vec y), x.lane[l] > y.lane[l] ? x.lane[l] : y.lane[l])
EACH(vec_where_positive, (vec x, vec y, vec z), x.lane[l] > 0 ? y.lane[l] : z.lane[l])
EACH(vec_load, (const double *p), p[l])
EACH(vec_all, (double x), x)
EACH(vec_gather, (const double *p, const int *index), p[index[l]])
#undef EACH

static inline void vec_store(double *p, vec x)
{
    for (int l = 0; l < DTN_LANES; l++)
        p[l] = x.lane[l];
}

#include "solve/cfr_kernel.h"

const dtn_cfr_kernel dtn_cfr_plain = {"plain", learn, reach, worth, root};

const dtn_cfr_kernel *dtn_cfr_kernel_of_machine(void)
{
#if defined(__x86_64__)
    if (dtn_cfr_avx512 && __builtin_cpu_supports("avx512f"))
        return dtn_cfr_avx512;
    if (dtn_cfr_avx2 && __builtin_cpu_supports("avx2"))
        return dtn_cfr_avx2;
#endif
    return &dtn_cfr_plain;
}
