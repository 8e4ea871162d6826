/* Linear programs of any size, exactly: a basis found in doubles, proved over the integers; exact pivots where that fails.
 *
 * Method: up to six runs of the simplex in doubles, each from the basis of the one before, with other tie-breaking moves; the
 *   first proved basis ends it. A variable that the proof finds negative, where doubles saw 0, leaves by a pivot. What looks infeasible or unbounded in doubles, or is not proved, goes to the exact tableau.
 * Cost, source: lp_double.c, lp_prove.c, lp.c. Exact. */
#include "num/lp_basis.h"

enum {
    RUNS = 6,
    REPAIRS = 200,
    EXACT_BELOW = 60
}; /* rows * columns of programs for which the exact tableau is as fast */

/* Proves the basis; as long as the proof meets a negative variable, a pivot takes it out, however close to 0 it is. */
static dtn_status repair(dtn_ctx *ctx, bool *proved, dtn_lp_optimum *out, dtn_lp_basis *basis,
                         dtn_lp_double *t, const dtn_polyhedron *set, const fmpq *objective)
{
    bool moved = true;
    for (int i = 0; i < REPAIRS && moved; i++) {
        int broken;
        dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
        dtn_status status = dtn_lp_prove(ctx, proved, &broken, out, basis, set, objective);
        moved = !*proved && broken >= 0;
        if (status == DTN_OK && moved)
            status = dtn_lp_double_repair(ctx, &moved, basis, t, broken);
        dtn_arena_release(ctx->scratch, mark);
        DTN_TRY(status);
    }
    return DTN_OK;
}

static dtn_status search(dtn_ctx *ctx, dtn_lp_answer *answer, dtn_lp_optimum *out, const dtn_polyhedron *set,
                         const fmpq *objective)
{
    dtn_lp_basis basis;
    bool proved = false, seems = true;
    DTN_TRY(dtn_lp_basis_new(ctx, &basis, set));
    *answer = DTN_LP_OPTIMAL;
    if ((long)set->rows * set->columns >= EXACT_BELOW) {
        dtn_lp_double *t;
        DTN_TRY(dtn_lp_double_new(ctx, &t, set, objective));
        for (int i = 0; i < RUNS && !proved; i++) {
            if (!seems)
                basis.size = 0; /* from the start, with other moves */
            DTN_TRY(dtn_lp_double_run(ctx, &seems, &basis, t));
            if (seems)
                DTN_TRY(repair(ctx, &proved, out, &basis, t, set, objective));
        }
    }
    if (proved)
        return DTN_OK;
    DTN_TRY(dtn_lp_exact_basis(ctx, answer, &basis, set, objective));
    if (*answer != DTN_LP_OPTIMAL)
        return DTN_OK;
    DTN_TRY(dtn_lp_prove(ctx, &proved, NULL, out, &basis, set, objective));
    return proved ? DTN_OK
                  : dtn_fail(ctx, DTN_INTERNAL, "the exact simplex ended in a basis that is not optimal");
}

dtn_status dtn_lp_optimise(dtn_ctx *ctx, dtn_arena *arena, dtn_lp_answer *answer, dtn_lp_optimum *out,
                           const dtn_polyhedron *set, const fmpq *objective)
{
    *out = (dtn_lp_optimum){0};
    DTN_ALLOC_FMPQ(ctx, arena, out->x, set->columns);
    DTN_ALLOC_FMPQ(ctx, arena, out->u, set->rows);
    DTN_ALLOC_FMPQ(ctx, arena, out->value, 1);
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = search(ctx, answer, out, set, objective);
    dtn_arena_release(ctx->scratch, mark);
    return status;
}
