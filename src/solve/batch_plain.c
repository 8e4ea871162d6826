/* Batch kernel in plain C: a vector is an array of eight; it runs everywhere. */
#include "solve/batch.h"

#define BATCH_TARGET
typedef struct vec {
    double x[BATCH_LANES];
} vec;

#define EACH(expression)                      \
    do {                                      \
        vec out_;                             \
        for (int i = 0; i < BATCH_LANES; i++) \
            out_.x[i] = (expression);         \
        return out_;                          \
    } while (0)

static inline vec vec_load(const double *p)
{
    EACH(p[i]);
}

static inline void vec_store(double *p, vec a)
{
    for (int i = 0; i < BATCH_LANES; i++)
        p[i] = a.x[i];
}

static inline vec vec_ints(const int32_t *p)
{
    EACH(p[i]);
}

static inline vec vec_all(double a)
{
    EACH(a);
}

static inline vec vec_add(vec a, vec b)
{
    EACH(a.x[i] + b.x[i]);
}

static inline vec vec_sub(vec a, vec b)
{
    EACH(a.x[i] - b.x[i]);
}

static inline vec vec_mul(vec a, vec b)
{
    EACH(a.x[i] * b.x[i]);
}

static inline vec vec_min(vec a, vec b)
{
    EACH(b.x[i] < a.x[i] ? b.x[i] : a.x[i]);
}

static inline vec vec_max(vec a, vec b)
{
    EACH(b.x[i] > a.x[i] ? b.x[i] : a.x[i]);
}

static inline vec vec_madd(vec a, vec b, vec c)
{
    EACH(c.x[i] + a.x[i] * b.x[i]);
}

static inline vec vec_msub(vec a, vec b, vec c)
{
    EACH(c.x[i] - a.x[i] * b.x[i]);
}

static inline uint8_t vec_above(vec a, vec b)
{
    unsigned bits = 0;
    for (int i = 0; i < BATCH_LANES; i++)
        bits |= (unsigned)(a.x[i] > b.x[i]) << i;
    return (uint8_t)bits;
}

static inline uint8_t vec_differ(vec a, vec b)
{
    unsigned bits = 0;
    for (int i = 0; i < BATCH_LANES; i++)
        bits |= (unsigned)!(a.x[i] == b.x[i]) << i;
    return (uint8_t)bits;
}

#include "solve/batch_kernel.h"

static bool runs_here(void)
{
    return true;
}

const batch_kernel batch_kernel_plain = {"plain", runs_here, run_group};
