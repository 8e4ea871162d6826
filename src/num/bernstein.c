/* Signs of polynomials on dyadic pieces of the unit square.
 *
 * Method: the piece is stretched to the unit square by a Taylor shift of integers; the coefficients in the Bernstein basis
 *   (up to positive factors) come from another shift. All of one sign, not all 0: the polynomial has that sign inside.
 * Cost: degree^3 integer additions, of numbers that grow by `degree` bits a level. Exact.
 * Source: R. Farouki, V. Rajan, On the numerical condition of polynomials in Bernstein form, Comput. Aided Geom. Design 4
 *   (1987); sign changes: the theorem of Budan and Vincent (A. Alesina, M. Galuzzi, Enseign. Math. 44 (1998)). */
#include "num/bernstein.h"

static int length(const dtn_unit_poly *p)
{
    return (p->degree[0] + 1) * (p->degree[1] + 1);
}

/* c(x) becomes c(x + by): n coefficients, `stride` apart. */
static void shift(fmpz *c, int n, int stride, long by)
{
    for (int i = 0; i < n - 1; i++)
        for (int j = n - 2; j >= i; j--) {
            if (by >= 0)
                fmpz_addmul_ui(c + j * stride, c + (j + 1) * stride, (ulong)by);
            else
                fmpz_submul_ui(c + j * stride, c + (j + 1) * stride, (ulong)-by);
        }
}

static void reverse(fmpz *c, int n, int stride)
{
    for (int i = 0; 2 * i < n - 1; i++)
        fmpz_swap(c + i * stride, c + (n - 1 - i) * stride);
}

/* Substitutes lo + width * u for one variable in all lines along it, over rationals. */
static void stretch(fmpq *c, int n, int stride, const fmpq *lo, const fmpq *width)
{
    fmpq_t power;
    fmpq_init(power);
    for (int i = 0; i < n - 1; i++)
        for (int j = n - 2; j >= i; j--)
            fmpq_addmul(c + j * stride, c + (j + 1) * stride, lo);
    fmpq_one(power);
    for (int i = 0; i < n; i++) {
        fmpq_mul(c + i * stride, c + i * stride, power);
        fmpq_mul(power, power, width);
    }
    fmpq_clear(power);
}

dtn_status dtn_unit_poly_new(dtn_ctx *ctx, dtn_arena *arena, dtn_unit_poly *out, const fmpz *p,
                             const int degree[2], const fmpq *lo, const fmpq *hi, int variables)
{
    *out = (dtn_unit_poly){.degree = {degree[0], variables > 1 ? degree[1] : 0}};
    int count = length(out), columns = out->degree[1] + 1;
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    fmpq *c, *width;
    out->c = dtn_arena_fmpz(arena, (size_t)count);
    if (!out->c)
        return dtn_fail_nomem(ctx);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, c, count);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, width, 1);
    for (int i = 0; i < count; i++)
        fmpq_set_fmpz(&c[i], &p[i]);
    fmpq_sub(width, &hi[0], &lo[0]);
    for (int j = 0; j < columns; j++)
        stretch(c + j, out->degree[0] + 1, columns, &lo[0], width);
    if (variables > 1) {
        fmpq_sub(width, &hi[1], &lo[1]);
        for (int i = 0; i <= out->degree[0]; i++)
            stretch(c + i * columns, columns, 1, &lo[1], width);
    }
    fmpz *common = fmpq_numref(width);
    fmpz_one(common);
    for (int i = 0; i < count; i++)
        fmpz_lcm(common, common, fmpq_denref(&c[i]));
    for (int i = 0; i < count; i++) {
        fmpz_divexact(&out->c[i], common, fmpq_denref(&c[i]));
        fmpz_mul(&out->c[i], &out->c[i], fmpq_numref(&c[i]));
    }
    fmpz_one(fmpq_denref(width));
    dtn_arena_release(ctx->scratch, mark);
    return DTN_OK;
}

/* One line of coefficients on the unit interval becomes its Bernstein coefficients on the piece. */
static void line(fmpz *c, int n, int stride, int level, long at)
{
    for (int i = 0; i < n - 1; i++)
        fmpz_mul_2exp(c + i * stride, c + i * stride, (ulong)level * (ulong)(n - 1 - i));
    shift(c, n, stride, at);
    reverse(c, n, stride);
    shift(c, n, stride, 1);
    reverse(c, n, stride);
}

int dtn_unit_poly_sign(const dtn_unit_poly *p, int level, const long at[2], fmpz *work, int *changes)
{
    int count = length(p), columns = p->degree[1] + 1;
    for (int i = 0; i < count; i++)
        fmpz_set(&work[i], &p->c[i]);
    for (int j = 0; j < columns; j++)
        line(work + j, p->degree[0] + 1, columns, level, at[0]);
    for (int i = 0; i <= p->degree[0] && columns > 1; i++)
        line(work + i * columns, columns, 1, level, at[1]);
    int sign = 0, found = 0;
    for (int i = 0; i < count; i++) {
        int own = fmpz_sgn(&work[i]);
        found += own != 0 && sign != 0 && own != sign;
        sign = own ? own : sign;
    }
    if (changes)
        *changes = found;
    return found ? 0 : sign;
}
