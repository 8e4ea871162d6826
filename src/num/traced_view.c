/* Signs of factors and values of traced numbers at points.
 *
 * Method: polynomials are written out as terms when they are first needed. A sign is taken in doubles with a bound on the error,
 *   and exactly where the bound does not decide; it is remembered until the view moves. Powers of the coordinates are shared.
 * Cost: a few nanoseconds a term in doubles, some hundred exactly. Exact. */
#include "num/traced_view.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "num/rational.h"
#include "num/traced_parts.h"

enum { POWERS = 64 };

/* A polynomial written out. */
typedef struct terms {
    fmpz *coefficient; /* [count] */
    double *near;      /* [count] the coefficients as doubles */
    uint8_t *power;    /* [count * params] */
    int count, degree;
} terms;

typedef struct seen {
    terms terms;
    long stamp;
    int sign;
} seen;

typedef struct written {
    terms num, den;
} written;

struct dtn_trace_view {
    dtn_arena *arena;
    const dtn_trace *trace;
    int params;
    long stamp;
    fmpq *power;    /* [params * POWERS], those up to highest[param] are known */
    double *near;   /* [params * POWERS] all of them */
    int *highest;   /* [params] */
    void **factor;  /* [factor_room] seen, by the factor's number */
    void **written; /* [written_room] written, by the function's number */
    int factor_room, written_room;
    fmpq *work; /* [3] */
};

dtn_status dtn_trace_view_new(dtn_ctx *ctx, dtn_trace_view **out, dtn_arena *arena, const dtn_trace *trace)
{
    dtn_trace_view *v;
    DTN_ALLOC(ctx, arena, v, 1);
    *v = (dtn_trace_view){.arena = arena, .trace = trace, .params = trace->params};
    DTN_ALLOC_FMPQ(ctx, arena, v->power, (size_t)v->params * POWERS);
    DTN_ALLOC(ctx, arena, v->near, (size_t)v->params * POWERS);
    DTN_ALLOC(ctx, arena, v->highest, v->params);
    DTN_ALLOC_FMPQ(ctx, arena, v->work, 3);
    *out = v;
    return DTN_OK;
}

void dtn_trace_view_move(dtn_trace_view *v, const fmpq *point)
{
    v->stamp++;
    for (int i = 0; i < v->params; i++) {
        fmpq *power = v->power + (size_t)i * POWERS;
        double *near = v->near + (size_t)i * POWERS;
        fmpq_one(power);
        fmpq_set(power + 1, &point[i]);
        v->highest[i] = 1;
        near[0] = 1;
        near[1] = dtn_rational_double(&point[i]);
        for (int k = 2; k < 8; k++)
            near[k] = near[k - 1] * near[1];
    }
}

static dtn_status write_out(dtn_ctx *ctx, terms *t, const dtn_trace_view *v, const fmpz_mpoly_t p)
{
    ulong exponent[32];
    t->count = (int)fmpz_mpoly_length(p, v->trace->ring);
    t->coefficient = dtn_arena_fmpz(v->arena, (size_t)t->count);
    if (!t->coefficient)
        return dtn_fail_nomem(ctx);
    DTN_ALLOC(ctx, v->arena, t->near, t->count);
    DTN_ALLOC(ctx, v->arena, t->power, (size_t)t->count * (size_t)v->params);
    for (int i = 0; i < t->count; i++) {
        fmpz_mpoly_get_term_coeff_fmpz(&t->coefficient[i], p, i, v->trace->ring);
        fmpz_mpoly_get_term_exp_ui(exponent, p, i, v->trace->ring);
        t->near[i] = fmpz_get_d(&t->coefficient[i]);
        int degree = 0;
        for (int k = 0; k < v->params; k++) {
            if (exponent[k] >= POWERS)
                return dtn_fail(ctx, DTN_UNSUPPORTED, "a formula has the power %lu of a parameter",
                                exponent[k]);
            t->power[(size_t)i * (size_t)v->params + (size_t)k] = (uint8_t)exponent[k];
            degree += (int)exponent[k];
        }
        t->degree = degree > t->degree ? degree : t->degree;
    }
    return DTN_OK;
}

/* The sign in doubles; 0: they do not decide. Each product has at most 2 degree + 1 roundings, the sum count more. */
static int near_sign(const dtn_trace_view *v, const terms *t)
{
    double sum = 0, size = 0;
    for (int i = 0; i < t->count; i++) {
        double term = t->near[i];
        const uint8_t *power = t->power + (size_t)i * (size_t)v->params;
        for (int k = 0; k < v->params; k++)
            if (power[k])
                term *= power[k] < 8 ? v->near[(size_t)k * POWERS + power[k]]
                                     : pow(v->near[(size_t)k * POWERS + 1], power[k]);
        sum += term;
        size += fabs(term);
    }
    double doubt = size * (2 * t->degree + t->count + 8) * 2 * DBL_EPSILON;
    if (!(size < 1e280) || !(size > 1e-280))
        return 0;
    return sum > doubt ? 1 : sum < -doubt ? -1 : 0;
}

static void exact_value(fmpq_t out, dtn_trace_view *v, const terms *t)
{
    fmpq *term = v->work;
    fmpq_zero(out);
    for (int i = 0; i < t->count; i++) {
        const uint8_t *power = t->power + (size_t)i * (size_t)v->params;
        fmpq_set_fmpz(term, &t->coefficient[i]);
        for (int k = 0; k < v->params; k++) {
            fmpq *of = v->power + (size_t)k * POWERS;
            for (; v->highest[k] < power[k]; v->highest[k]++)
                fmpq_mul(of + v->highest[k] + 1, of + v->highest[k], of + 1);
            if (power[k])
                fmpq_mul(term, term, of + power[k]);
        }
        fmpq_add(out, out, term);
    }
}

/* An array of pointers with room for number `at`. */
static dtn_status make_room(dtn_ctx *ctx, dtn_arena *arena, void ***list, int *room, int at)
{
    if (at < *room)
        return DTN_OK;
    int wanted = 2 * *room > at + 1 ? 2 * *room : at + 64;
    void **bigger;
    DTN_ALLOC(ctx, arena, bigger, wanted);
    if (*room)
        memcpy(bigger, *list, (size_t)*room * sizeof *bigger);
    *list = bigger;
    *room = wanted;
    return DTN_OK;
}

dtn_status dtn_trace_view_sign(dtn_ctx *ctx, int *sign, dtn_trace_view *v, int factor)
{
    DTN_TRY(make_room(ctx, v->arena, &v->factor, &v->factor_room, factor));
    seen *f = v->factor[factor];
    if (!f) {
        DTN_ALLOC(ctx, v->arena, f, 1);
        DTN_TRY(write_out(ctx, &f->terms, v, v->trace->factor[factor]->poly));
        v->factor[factor] = f;
    }
    if (f->stamp != v->stamp) {
        f->stamp = v->stamp;
        f->sign = near_sign(v, &f->terms);
        if (f->sign == 0) {
            exact_value(v->work + 1, v, &f->terms);
            f->sign = fmpq_sgn(v->work + 1);
        }
    }
    *sign = f->sign;
    return DTN_OK;
}

dtn_status dtn_trace_view_value(dtn_ctx *ctx, fmpq_t out, dtn_trace_view *v, const fmpq_t x)
{
    const dtn_traced_node *node = dtn_traced_node_of(x);
    if (!node) {
        fmpq_set(out, x);
        return DTN_OK;
    }
    DTN_TRY(make_room(ctx, v->arena, &v->written, &v->written_room, node->id));
    written *w = v->written[node->id];
    if (!w) {
        DTN_ALLOC(ctx, v->arena, w, 1);
        DTN_TRY(write_out(ctx, &w->num, v, node->num));
        DTN_TRY(write_out(ctx, &w->den, v, node->den));
        v->written[node->id] = w;
    }
    exact_value(v->work + 1, v, &w->num);
    exact_value(v->work + 2, v, &w->den);
    if (fmpq_is_zero(v->work + 2))
        return dtn_fail(ctx, DTN_DOMAIN, "a formula is not defined at this point: it divides by 0");
    fmpq_div(out, v->work + 1, v->work + 2);
    return DTN_OK;
}
