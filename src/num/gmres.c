/* GMRES: the generalised minimal residual method with restarts.
 *
 * Method: an orthonormal basis of the Krylov space by modified Gram-Schmidt, twice where much cancels; the small least-squares problem by
 *   rotations as the basis grows.
 * Cost: see the header. Doubles.
 * Source: Y. Saad, M. Schultz, GMRES, SIAM J. Scientific and Statistical Computing 7 (1986) 856-869. */
#include "num/gmres.h"

#include <math.h>
#include <string.h>

#include "base/ctx.h"

typedef struct krylov {
    int n, space;
    double **basis;  /* [space + 1] vectors [n], made when first needed */
    double *hessian; /* [space][space + 2] columns, made triangular */
    double *c, *s;   /* [space] rotations */
    double *g;       /* [space + 1] rotated right-hand side */
    double *work;    /* [n] */
} krylov;

/* Eight sums side by side, so that none has to wait for the one before. */
static double inner(const double *a, const double *b, int n)
{
    double sum[8] = {0};
    int i = 0;
    for (; i + 8 <= n; i += 8)
        for (int k = 0; k < 8; k++)
            sum[k] += a[i + k] * b[i + k];
    for (; i < n; i++)
        sum[0] += a[i] * b[i];
    return ((sum[0] + sum[1]) + (sum[2] + sum[3])) + ((sum[4] + sum[5]) + (sum[6] + sum[7]));
}

static void add(double *to, double factor, const double *v, int n)
{
    for (int i = 0; i < n; i++)
        to[i] += factor * v[i];
}

/* w minus its part in the first j + 1 basis vectors; coefficients to h. */
static void make_orthogonal(const krylov *k, double *w, double *h, int j)
{
    for (int pass = 0; pass < 2; pass++) {
        double before = sqrt(inner(w, w, k->n));
        for (int i = 0; i <= j; i++) {
            const double *v = k->basis[i];
            double part = inner(w, v, k->n);
            add(w, -part, v, k->n);
            h[i] += part;
        }
        if (sqrt(inner(w, w, k->n)) > 0.5 * before)
            break;
    }
}

/* Column j through the earlier rotations, and one of its own. */
static void rotate(krylov *k, double *h, int j)
{
    for (int i = 0; i < j; i++) {
        double up = k->c[i] * h[i] + k->s[i] * h[i + 1];
        h[i + 1] = -k->s[i] * h[i] + k->c[i] * h[i + 1];
        h[i] = up;
    }
    double length = hypot(h[j], h[j + 1]);
    k->c[j] = length > 0 ? h[j] / length : 1;
    k->s[j] = length > 0 ? h[j + 1] / length : 0;
    h[j] = length;
    k->g[j + 1] = -k->s[j] * k->g[j];
    k->g[j] *= k->c[j];
}

/* x += basis * y, y from the triangular system of the first `columns`. */
static void improve(krylov *k, double *x, int columns)
{
    for (int i = columns - 1; i >= 0; i--) {
        double y = k->g[i];
        for (int j = i + 1; j < columns; j++)
            y -= k->hessian[(size_t)j * (size_t)(k->space + 2) + (size_t)i] * k->g[j];
        double pivot = k->hessian[(size_t)i * (size_t)(k->space + 2) + (size_t)i];
        k->g[i] = pivot != 0 ? y / pivot : 0;
    }
    for (int j = 0; j < columns; j++)
        add(x, k->g[j], k->basis[j], k->n);
}

static dtn_status make_room(dtn_ctx *ctx, krylov *k)
{
    size_t n = (size_t)k->n, space = (size_t)k->space;
    DTN_ALLOC(ctx, ctx->scratch, k->basis, space + 1);
    DTN_ALLOC(ctx, ctx->scratch, k->basis[0], n);
    DTN_ALLOC(ctx, ctx->scratch, k->hessian, space * (space + 2));
    DTN_ALLOC(ctx, ctx->scratch, k->c, 3 * space + 1);
    k->s = k->c + space;
    k->g = k->s + space;
    DTN_ALLOC(ctx, ctx->scratch, k->work, n);
    return DTN_OK;
}

static dtn_status run(dtn_ctx *ctx, krylov *k, double *x, double *reached, const double *b, double tolerance,
                      int most, dtn_gmres_apply_fn *apply, void *user)
{
    int n = k->n;
    double size = sqrt(inner(b, b, n));
    memset(x, 0, (size_t)n * sizeof *x);
    *reached = 0;
    for (int used = 0; size > 0; used++) {
        double *first = k->basis[0];
        memcpy(first, b, (size_t)n * sizeof *b);
        if (used > 0) {
            apply(user, k->work, x);
            add(first, -1, k->work, n);
        }
        double residual = sqrt(inner(first, first, n));
        *reached = residual / size;
        if (!(*reached > tolerance) || used >= most)
            break;
        for (int i = 0; i < n; i++)
            first[i] /= residual;
        k->g[0] = residual;
        int j = 0;
        for (; j < k->space && used < most && fabs(k->g[j]) > 0.5 * tolerance * size; j++, used++) {
            DTN_TRY(dtn_ctx_poll(ctx));
            double *h = k->hessian + (size_t)j * (size_t)(k->space + 2);
            if (!k->basis[j + 1])
                DTN_ALLOC(ctx, ctx->scratch, k->basis[j + 1], n);
            double *w = k->basis[j + 1];
            memset(h, 0, (size_t)(k->space + 2) * sizeof *h);
            apply(user, w, k->basis[j]);
            make_orthogonal(k, w, h, j);
            h[j + 1] = sqrt(inner(w, w, n));
            for (int i = 0; i < n && h[j + 1] > 0; i++)
                w[i] /= h[j + 1];
            bool last = !(h[j + 1] > 0);
            rotate(k, h, j);
            if (last) {
                j++;
                break;
            }
        }
        improve(k, x, j);
    }
    return DTN_OK;
}

dtn_status dtn_gmres(dtn_ctx *ctx, double *x, double *reached, int n, const double *b, double tolerance,
                     int space, int most, dtn_gmres_apply_fn *apply, void *user)
{
    krylov k = {.n = n, .space = space < n + 1 ? space : n + 1};
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = make_room(ctx, &k);
    if (status == DTN_OK)
        status = run(ctx, &k, x, reached, b, tolerance, most, apply, user);
    dtn_arena_release(ctx->scratch, mark);
    return status;
}
