/* Formulas of borders: a polynomial in the parameters as "a = 3/10", "pi = -e/l" or "p = 0".
 *
 * Method: solved for a parameter of degree 1, one with a number as its coefficient if there is one. Written as a formula of the
 *   scenario's language and read by its parser, so that text and LaTeX look as formulas do everywhere. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analyse/regions.h"

enum { MOST_PARAMS = 32 };

/* x0, x1, ...: the free parameters. */
static int resolve(void *user, const char *name, const char *index, const dtn_expr **replacement)
{
    (void)index;
    (void)replacement;
    const dtn_faces *faces = user;
    int i = atoi(name + 1);
    return name[0] == 'x' && i < faces->params ? faces->param[i] : -1;
}

static dtn_status formula(dtn_ctx *ctx, const char **text, const char **latex, dtn_arena *arena,
                          const dtn_faces *faces, const char *source)
{
    const dtn_scenario *s = faces->sweep->scenario;
    const dtn_expr *e;
    dtn_expr_error error;
    const char **name;
    DTN_TRY(dtn_expr_parse(ctx, ctx->scratch, &e, source, resolve, (void *)faces, &error));
    DTN_ALLOC(ctx, ctx->scratch, name, dtn_scn_slots(s) + 1);
    for (int i = 0; i < s->params; i++)
        name[i] = s->param[i].name;
    *text = dtn_expr_text(arena, e, name);
    *latex = dtn_expr_latex(arena, e, name);
    return *text && *latex ? DTN_OK : dtn_fail_nomem(ctx);
}

/* "p" of a polynomial, in scratch; NULL: out of memory. */
static const char *pretty(dtn_ctx *ctx, const fmpz_mpoly_t p, const dtn_faces *faces)
{
    char names[MOST_PARAMS][16];
    const char *name[MOST_PARAMS];
    for (int i = 0; i < faces->params; i++) {
        snprintf(names[i], sizeof names[i], "x%d", i);
        name[i] = names[i];
    }
    char *text = fmpz_mpoly_get_str_pretty(p, name, dtn_trace_ring(faces->trace));
    const char *copy = text ? dtn_arena_strdup(ctx->scratch, text) : NULL;
    flint_free(text);
    return copy;
}

/* p = c1 x + c0 with x the parameter `variable`. */
static dtn_status split(dtn_ctx *ctx, const char **c0, const char **c1, const dtn_faces *faces, int factor,
                        slong variable)
{
    const fmpz_mpoly_ctx_struct *ring = dtn_trace_ring(faces->trace);
    fmpz_mpoly_t c;
    ulong power[1] = {1};
    fmpz_t sign;
    fmpz_init(sign);
    fmpz_mpoly_init(c, ring);
    fmpz_mpoly_get_coeff_vars_ui(c, dtn_trace_factor(faces->trace, factor), &variable, power, 1, ring);
    fmpz_mpoly_get_term_coeff_fmpz(sign, c, 0, ring);
    bool negative = fmpz_sgn(sign) < 0;
    if (negative)
        fmpz_mpoly_neg(c, c, ring);
    *c1 = pretty(ctx, c, faces);
    power[0] = 0;
    fmpz_mpoly_get_coeff_vars_ui(c, dtn_trace_factor(faces->trace, factor), &variable, power, 1, ring);
    if (!negative)
        fmpz_mpoly_neg(c, c, ring);
    *c0 = pretty(ctx, c, faces);
    fmpz_mpoly_clear(c, ring);
    fmpz_clear(sign);
    return *c0 && *c1 ? DTN_OK : dtn_fail_nomem(ctx);
}

/* The parameter to solve for, -1: none has degree 1. The later one of two as good: the map's y. */
static int choose(const dtn_faces *faces, int factor)
{
    const fmpz_mpoly_ctx_struct *ring = dtn_trace_ring(faces->trace);
    const fmpz_mpoly_struct *p = dtn_trace_factor(faces->trace, factor);
    int best = -1;
    slong least = 0;
    fmpz_mpoly_t c;
    fmpz_mpoly_init(c, ring);
    for (int i = 0; i < faces->params; i++) {
        slong variable = i;
        ulong one[1] = {1};
        if (fmpz_mpoly_degree_si(p, i, ring) != 1)
            continue;
        fmpz_mpoly_get_coeff_vars_ui(c, p, &variable, one, 1, ring);
        slong terms = fmpz_mpoly_is_fmpz(c, ring) ? 0 : fmpz_mpoly_length(c, ring);
        if (best < 0 || terms <= least) {
            best = i;
            least = terms;
        }
    }
    fmpz_mpoly_clear(c, ring);
    return best;
}

static dtn_status write(dtn_ctx *ctx, dtn_arena *arena, const char **text, const char **latex,
                        const dtn_faces *faces, int factor, int variable)
{
    const char *left, *left_latex, *right, *right_latex, *c0, *c1;
    if (variable < 0) {
        c0 = pretty(ctx, dtn_trace_factor(faces->trace, factor), faces);
        if (!c0)
            return dtn_fail_nomem(ctx);
        DTN_TRY(formula(ctx, &left, &left_latex, arena, faces, c0));
        right = right_latex = "0";
    } else {
        DTN_TRY(split(ctx, &c0, &c1, faces, factor, variable));
        const char *quotient = dtn_arena_printf(ctx->scratch, "(%s)/(%s)", c0, c1);
        const char *own = dtn_arena_printf(ctx->scratch, "x%d", variable);
        if (!quotient || !own)
            return dtn_fail_nomem(ctx);
        DTN_TRY(formula(ctx, &left, &left_latex, arena, faces, own));
        DTN_TRY(formula(ctx, &right, &right_latex, arena, faces, quotient));
    }
    *text = dtn_arena_printf(arena, "%s = %s", left, right);
    *latex = dtn_arena_printf(arena, "%s = %s", left_latex, right_latex);
    return *text && *latex ? DTN_OK : dtn_fail_nomem(ctx);
}

dtn_status dtn_border_solved(dtn_ctx *ctx, dtn_arena *arena, const char **text, const char **latex,
                             const dtn_faces *faces, int factor, int variable)
{
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    bool linear = variable >= 0 && fmpz_mpoly_degree_si(dtn_trace_factor(faces->trace, factor), variable,
                                                        dtn_trace_ring(faces->trace)) == 1;
    dtn_status status =
        write(ctx, arena, text, latex, faces, factor, linear ? variable : choose(faces, factor));
    dtn_arena_release(ctx->scratch, mark);
    return status;
}

dtn_status dtn_border_text(dtn_ctx *ctx, dtn_arena *arena, const char **text, const char **latex,
                           const dtn_faces *faces, int factor)
{
    return dtn_border_solved(ctx, arena, text, latex, faces, factor, -1);
}
