/* Borders of a map as formulas over all parameters: not only pi = 1/3 but pi = -e/l.
 *
 * Method: traced runs with all parameters free, at points of the map where the others are moved a little, so that round numbers do not
 *   coincide, give factors over all parameters. The one that is the border's polynomial, up to a constant, when the others stand at the
 *   point is its formula; it is compared at more points of the plane than such a polynomial has coefficients.
 * Cost: a few dozen traced runs in as many variables as there are parameters. Exact: what is told is 0 on the border. */
#include <string.h>

#include "analyse/regions.h"
#include "num/quasi.h"

enum { RUNS = 48, CHECKS = 40, MOST_DEGREE = 5 };

typedef struct finder {
    dtn_regions_answer *answer;
    dtn_faces *faces;       /* over all parameters */
    int place[2];           /* of the map's among them */
    fmpq *at, *work, *flat; /* [params], [4], [2] */
} finder;

/* The i-th of some points of the map: x[2]. */
static void plane_point(const finder *f, fmpq *x, int i)
{
    for (int k = 0; k < 2; k++) {
        dtn_sobol_unit(x + k, dtn_sobol(k + 2, (uint64_t)i), 0);
        fmpq_sub(f->work, &f->answer->hi[k], &f->answer->lo[k]);
        fmpq_mul(x + k, x + k, f->work);
        fmpq_add(x + k, x + k, &f->answer->lo[k]);
    }
}

/* The others at the job's point, moved by about a millionth of their ranges if `beside`. */
static void place_others(finder *f, bool beside)
{
    const dtn_sweep *sweep = f->answer->sweep;
    for (int i = 0; i < f->faces->params; i++) {
        const dtn_scn_param *p = &sweep->scenario->param[f->faces->param[i]];
        fmpq_set(f->at + i, &sweep->point.value[f->faces->param[i]]);
        if (!beside)
            continue;
        fmpq_one(f->work); /* without a range: a millionth of one */
        if (p->ranged)
            fmpq_sub(f->work, &p->hi, &p->lo);
        bool inwards = !p->ranged || fmpq_cmp(f->at + i, &p->hi) < 0;
        fmpq_set_si(f->work + 1, inwards ? 1 : -1, (ulong)(1000003 + 2718 * (i + 1) * (i + 2)));
        fmpq_mul(f->work, f->work, f->work + 1);
        fmpq_add(f->at + i, f->at + i, f->work);
    }
    for (int k = 0; k < 2; k++)
        fmpq_set(f->at + f->place[k], f->flat + k);
}

static void value_of(fmpq *out, finder *f, const fmpz_mpoly_struct *p, const fmpz_mpoly_ctx_struct *ring,
                     const fmpq *x, int params)
{
    ulong exponent[DTN_REGION_PARAMS];
    fmpq *term = f->work + 2, *power = f->work + 3;
    fmpq_zero(out);
    for (slong t = 0; t < fmpz_mpoly_length(p, ring); t++) {
        fmpz_mpoly_get_term_coeff_fmpz(fmpq_numref(term), p, t, ring);
        fmpz_one(fmpq_denref(term));
        fmpz_mpoly_get_term_exp_ui(exponent, p, t, ring);
        for (int v = 0; v < params; v++)
            if (exponent[v]) {
                fmpq_pow_si(power, x + v, (slong)exponent[v]);
                fmpq_mul(term, term, power);
            }
        fmpq_add(out, out, term);
    }
}

/* Is the factor over all parameters a multiple of the border's in the plane? */
static bool is_border(finder *f, int factor, int border)
{
    const dtn_faces *flat = f->answer->faces;
    const fmpz_mpoly_struct *all = dtn_trace_factor(f->faces->trace, factor),
                            *own = dtn_trace_factor(flat->trace, border);
    const fmpz_mpoly_ctx_struct *ring = dtn_trace_ring(f->faces->trace), *plane = dtn_trace_ring(flat->trace);
    fmpq *a = f->work + 1, *b = f->flat + 2;
    if (fmpz_mpoly_total_degree_si(own, plane) > MOST_DEGREE)
        return false;
    bool known = false;
    for (int i = 1; i <= CHECKS; i++) {
        plane_point(f, f->flat, 100 + i);
        place_others(f, false);
        value_of(b, f, own, plane, f->flat, 2);
        value_of(a, f, all, ring, f->at, f->faces->params);
        if (fmpq_is_zero(b) && fmpq_is_zero(a))
            continue;
        if (fmpq_is_zero(b) || fmpq_is_zero(a))
            return false;
        fmpq_div(a, a, b);
        if (known && !fmpq_equal(a, f->flat + 3))
            return false;
        fmpq_set(f->flat + 3, a);
        known = true;
    }
    return known;
}

static dtn_status name_border(dtn_ctx *ctx, dtn_arena *arena, finder *f, dtn_region_border *b, int from)
{
    for (int factor = from; factor < dtn_trace_factors(f->faces->trace) && !b->general; factor++)
        if (is_border(f, factor, b->factor)) {
            const fmpz_mpoly_struct *p = dtn_trace_factor(f->faces->trace, factor);
            bool y = fmpz_mpoly_degree_si(p, f->place[1], dtn_trace_ring(f->faces->trace)) == 1;
            DTN_TRY(
                dtn_border_solved(ctx, arena, &b->general, &b->general_latex, f->faces, factor, f->place[y]));
        }
    return DTN_OK;
}

static dtn_status find_all(dtn_ctx *ctx, dtn_arena *arena, finder *f)
{
    dtn_region_map *map = &f->answer->map;
    int seen = 0;
    for (int i = 1; i <= RUNS; i++) {
        int face;
        bool open = false;
        plane_point(f, f->flat, i);
        place_others(f, true);
        DTN_TRY(dtn_faces_at(ctx, &face, f->faces, f->at));
        for (int b = 0; b < map->borders; b++) {
            if (!map->border[b].general && dtn_trace_factors(f->faces->trace) > seen)
                DTN_TRY(name_border(ctx, arena, f, &map->border[b], seen));
            open = open || !map->border[b].general;
        }
        seen = dtn_trace_factors(f->faces->trace);
        if (!open)
            break;
    }
    return DTN_OK;
}

dtn_status dtn_regions_formulas(dtn_ctx *ctx, dtn_arena *arena, dtn_regions_answer *answer)
{
    const dtn_scenario *s = answer->scenario;
    finder f = {.answer = answer};
    int param[DTN_REGION_PARAMS], count = 0;
    for (int i = 0; i < s->params; i++) {
        if (s->param[i].formula || !answer->sweep->matters[i])
            continue;
        if (count == DTN_REGION_PARAMS)
            return DTN_OK;
        for (int k = 0; k < 2; k++)
            if (answer->param[k] == i)
                f.place[k] = count;
        param[count++] = i;
    }
    if (count <= 2 || answer->map.borders == 0 || answer->sweep->effort > 500)
        return DTN_OK;
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, f.at, count);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, f.work, 4);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, f.flat, 4);
    DTN_TRY(dtn_faces_new(ctx, &f.faces, answer->sweep, param, count));
    dtn_status status = find_all(ctx, arena, &f);
    dtn_faces_free(f.faces);
    dtn_arena_release(ctx->scratch, mark);
    return status == DTN_LIMIT ? DTN_OK : status;
}
