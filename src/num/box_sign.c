/* The sign of a polynomial on a box.
 *
 * Method: the coefficients on the piece, variable by variable: shifted to its corner, stretched to its size, and turned into
 *   Bernstein's, between which the polynomial lies; exact at corners, so that multilinear ones are decided best. The same steps on
 *   absolute values bound the error of doubles.
 * Cost: some operations a coefficient and degree. Exact: a sign that is told is proved.
 * Source: R. T. Farouki, Computer Aided Geometric Design 29 (2012). */
#include "num/box_sign.h"

#include <float.h>
#include <math.h>

enum { SIZE_MOST = 4096, DEGREE_MOST = 12, VARIABLES_MOST = 32 };

/* The variables and degrees of p. */
static dtn_status find_shape(dtn_ctx *ctx, dtn_arena *arena, dtn_box_poly *out, const fmpz_mpoly_struct *p,
                             const fmpz_mpoly_ctx_struct *ring)
{
    int all = (int)fmpz_mpoly_ctx_nvars(ring), *variable, *degree;
    ulong exponent[VARIABLES_MOST], most[VARIABLES_MOST] = {0};
    DTN_ALLOC(ctx, arena, variable, all);
    DTN_ALLOC(ctx, arena, degree, all);
    for (slong t = 0; t < fmpz_mpoly_length(p, ring); t++) {
        fmpz_mpoly_get_term_exp_ui(exponent, p, t, ring);
        for (int v = 0; v < all; v++)
            most[v] = exponent[v] > most[v] ? exponent[v] : most[v];
    }
    out->size = 1;
    for (int v = 0; v < all; v++) {
        if (most[v] == 0)
            continue;
        variable[out->variables] = v;
        degree[out->variables++] = (int)most[v];
        out->too_large = out->too_large || most[v] > DEGREE_MOST || out->size > SIZE_MOST / (int)(most[v] + 1);
        out->size = out->too_large ? 1 : out->size * (int)(most[v] + 1);
    }
    out->variable = variable;
    out->degree = degree;
    return DTN_OK;
}

/* c(x) -> c(shift + width x) along one variable of the tensor: in place, exactly. */
static void stretch(fmpq *c, int size, int stride, int degree, const fmpq *shift, const fmpq *width,
                    fmpq *scale)
{
    for (int base = 0; base < size; base++) {
        if (base / stride % (degree + 1))
            continue;
        for (int k = 0; k < degree; k++) /* Horner's shift */
            for (int i = degree - 1; i >= k; i--)
                fmpq_addmul(c + base + i * stride, shift, c + base + (i + 1) * stride);
        fmpq_one(scale);
        for (int i = 1; i <= degree; i++) {
            fmpq_mul(scale, scale, width);
            fmpq_mul(c + base + i * stride, c + base + i * stride, scale);
        }
    }
}

static dtn_status fill(dtn_ctx *ctx, dtn_box_poly *out, double *power, const fmpz_mpoly_struct *p,
                       const fmpz_mpoly_ctx_struct *ring, const fmpq *lo, const fmpq *hi)
{
    fmpq *c, *work;
    ulong exponent[VARIABLES_MOST];
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, c, out->size);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, work, 2);
    for (slong t = 0; t < fmpz_mpoly_length(p, ring); t++) {
        int at = 0;
        fmpz_mpoly_get_term_exp_ui(exponent, p, t, ring);
        for (int k = 0; k < out->variables; k++)
            at = at * (out->degree[k] + 1) + (int)exponent[out->variable[k]];
        fmpz_mpoly_get_term_coeff_fmpz(fmpq_numref(c + at), p, t, ring);
    }
    int stride = 1;
    for (int k = out->variables - 1; k >= 0; k--) {
        int v = out->variable[k];
        fmpq_sub(work, &hi[v], &lo[v]);
        stretch(c, out->size, stride, out->degree[k], &lo[v], work, work + 1);
        stride *= out->degree[k] + 1;
    }
    for (int i = 0; i < out->size; i++)
        power[i] = dtn_rational_double(c + i);
    return DTN_OK;
}

dtn_status dtn_box_poly_make(dtn_ctx *ctx, dtn_arena *arena, dtn_box_poly *out, const fmpz_mpoly_struct *p,
                             const fmpz_mpoly_ctx_struct *ring, const fmpq *lo, const fmpq *hi)
{
    double *power;
    *out = (dtn_box_poly){0};
    DTN_TRY(find_shape(ctx, arena, out, p, ring));
    DTN_ALLOC(ctx, arena, power, out->size);
    DTN_ALLOC(ctx, arena, out->work, 2 * out->size);
    out->power = power;
    if (out->too_large)
        return DTN_OK;
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = fill(ctx, out, power, p, ring, lo, hi);
    dtn_arena_release(ctx->scratch, mark);
    return status;
}

/* One line of coefficients to Bernstein's on [from, from + width]; size: the same on absolute values. */
static void to_bernstein(double *c, double *size, int stride, int degree, double from, double width)
{
    double scale = 1, choose_i = 1;
    for (int k = 0; k < degree; k++)
        for (int i = degree - 1; i >= k; i--) {
            c[i * stride] += from * c[(i + 1) * stride];
            size[i * stride] += from * size[(i + 1) * stride];
        }
    for (int i = 1; i <= degree; i++) { /* c_i width^i / binomial(degree, i) */
        scale *= width;
        choose_i *= (double)(degree - i + 1) / i;
        c[i * stride] *= scale / choose_i;
        size[i * stride] *= scale / choose_i;
    }
    for (int k = 1; k <= degree; k++) /* b_j = sum over i of binomial(j, i) of them */
        for (int i = degree; i >= k; i--) {
            c[i * stride] += c[(i - 1) * stride];
            size[i * stride] += size[(i - 1) * stride];
        }
}

/* How far neighbouring coefficients along each variable differ, as a share of all. */
static void add_influence(const dtn_box_poly *p, const double *b, double *influence)
{
    double own[VARIABLES_MOST], sum = 0;
    int stride = 1;
    for (int k = p->variables - 1; k >= 0; k--) {
        own[k] = 0;
        for (int at = 0; at < p->size; at++)
            if (at / stride % (p->degree[k] + 1) < p->degree[k])
                own[k] = fmax(own[k], p->degree[k] * fabs(b[at + stride] - b[at]));
        sum += own[k];
        stride *= p->degree[k] + 1;
    }
    for (int k = 0; k < p->variables && sum > 0; k++)
        influence[p->variable[k]] += own[k] / sum;
}

int dtn_box_poly_sign(const dtn_box_poly *p, const double *from, const double *to, double *influence)
{
    if (p->too_large)
        return 0;
    double *b = p->work, *size = p->work + p->size;
    int stride = 1, steps = 8;
    for (int i = 0; i < p->size; i++) {
        b[i] = p->power[i];
        size[i] = fabs(p->power[i]);
    }
    for (int k = p->variables - 1; k >= 0; k--) {
        int v = p->variable[k], d = p->degree[k];
        for (int base = 0; base < p->size; base++)
            if (base / stride % (d + 1) == 0)
                to_bernstein(b + base, size + base, stride, d, from[v], to[v] - from[v]);
        stride *= d + 1;
        steps += 6 * d + 6;
    }
    double least = INFINITY, most = -INFINITY, largest = 0;
    for (int i = 0; i < p->size; i++) {
        least = fmin(least, b[i]);
        most = fmax(most, b[i]);
        largest = fmax(largest, size[i]);
    }
    double doubt = largest * steps * DBL_EPSILON;
    if (!(largest < 1e280 && largest > 1e-280))
        return 0;
    int sign = least > doubt ? 1 : most < -doubt ? -1 : 0;
    if (influence && sign == 0)
        add_influence(p, b, influence);
    return sign;
}
