/* Factors of a trace in one or two parameters as polynomials over the box of a map.
 * Cost: one change of variables a factor. Exact. */
#include <string.h>

#include "analyse/regions_parts.h"

dtn_status dtn_factor_dense(dtn_ctx *ctx, dtn_arena *arena, fmpz **out, int degree[2], const dtn_faces *faces,
                            int factor)
{
    const fmpz_mpoly_struct *p = dtn_trace_factor(faces->trace, factor);
    const fmpz_mpoly_ctx_struct *ring = dtn_trace_ring(faces->trace);
    degree[0] = (int)fmpz_mpoly_degree_si(p, 0, ring);
    degree[1] = faces->params > 1 ? (int)fmpz_mpoly_degree_si(p, 1, ring) : 0;
    fmpz *c = *out = dtn_arena_fmpz(arena, (size_t)(degree[0] + 1) * (size_t)(degree[1] + 1));
    if (!c)
        return dtn_fail_nomem(ctx);
    for (slong i = 0; i < fmpz_mpoly_length(p, ring); i++) {
        ulong exponent[2] = {0, 0};
        fmpz_mpoly_get_term_exp_ui(exponent, p, i, ring);
        fmpz_mpoly_get_term_coeff_fmpz(c + exponent[0] * (ulong)(degree[1] + 1) + exponent[1], p, i, ring);
    }
    return DTN_OK;
}

/* Makes the factors met since known. */
static dtn_status update(dtn_ctx *ctx, dtn_factors *f)
{
    int count = dtn_trace_factors(f->faces->trace);
    if (count > f->room) {
        int room = 2 * count + 16;
        dtn_unit_poly *bigger;
        DTN_ALLOC(ctx, f->arena, bigger, room);
        if (f->count)
            memcpy(bigger, f->poly, (size_t)f->count * sizeof *bigger);
        f->poly = bigger;
        f->room = room;
    }
    for (; f->count < count; f->count++) {
        dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
        fmpz *c;
        int degree[2];
        DTN_TRY(dtn_factor_dense(ctx, ctx->scratch, &c, degree, f->faces, f->count));
        DTN_TRY(
            dtn_unit_poly_new(ctx, f->arena, &f->poly[f->count], c, degree, f->lo, f->hi, f->faces->params));
        dtn_arena_release(ctx->scratch, mark);
        int terms = (degree[0] + 1) * (degree[1] + 1);
        if (terms > f->work_room) {
            f->work_room = 2 * terms;
            f->work = dtn_arena_fmpz(f->arena, (size_t)f->work_room);
            if (!f->work)
                return dtn_fail_nomem(ctx);
        }
    }
    return DTN_OK;
}

dtn_status dtn_factors_sign(dtn_ctx *ctx, int *sign, dtn_factors *f, int factor, int level, const long at[2],
                            int *changes)
{
    if (factor >= f->count)
        DTN_TRY(update(ctx, f));
    *sign = dtn_unit_poly_sign(&f->poly[factor], level, at, f->work, changes);
    return DTN_OK;
}
