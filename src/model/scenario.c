/* Points of a scenario's parameter space: reference values, derived parameters, constraints.
 *
 * Cost: linear in the size of the formulas. Exact: yes. */
#include "model/scenario.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "model/conflict.h"
#include "model/protocol.h"
#include "model/strategic.h"

void dtn_place_prefix(char out[static DTN_PLACE_TEXT], const dtn_scenario *s, dtn_place place)
{
    const char *file = s->file ? s->file : "scenario";
    if (place.line > 0)
        snprintf(out, DTN_PLACE_TEXT, "%.200s:%d:%d: ", file, place.line, place.column);
    else
        snprintf(out, DTN_PLACE_TEXT, "%.200s: ", file);
}

dtn_status dtn_fail_at(dtn_ctx *ctx, dtn_status status, const dtn_scenario *s, dtn_place place,
                       const char *format, ...)
{
    if (status != DTN_DOMAIN)
        return status;
    char where[DTN_PLACE_TEXT], what[256], why[sizeof ctx->error];
    va_list args;
    va_start(args, format);
    vsnprintf(what, sizeof what, format, args);
    va_end(args);
    snprintf(why, sizeof why, "%s", ctx->error);
    dtn_place_prefix(where, s, place);
    return dtn_fail(ctx, status, "%s%s: %s", where, what, why);
}

int dtn_scenario_param(const dtn_scenario *s, const char *name)
{
    for (int i = 0; i < s->params; i++)
        if (strcmp(s->param[i].name, name) == 0)
            return i;
    return -1;
}

dtn_status dtn_point_new(dtn_ctx *ctx, dtn_arena *arena, dtn_point *out, const dtn_scenario *s)
{
    *out = (dtn_point){.params = s->params};
    /* Room for every slot: the derived parameters' formulas read the point as their environment. */
    DTN_ALLOC_FMPQ(ctx, arena, out->value, dtn_scn_slots(s));
    for (int i = 0; i < s->params; i++)
        if (!s->param[i].formula)
            fmpq_set(&out->value[i], &s->param[i].value);
    return dtn_point_complete(ctx, out, s);
}

dtn_status dtn_point_set(dtn_ctx *ctx, dtn_point *point, const dtn_scenario *s, int param, const fmpq_t value)
{
    if (param < 0 || param >= s->params)
        return dtn_fail(ctx, DTN_ARG, "there is no parameter number %d: the scenario has %d", param,
                        s->params);
    if (s->param[param].formula)
        return dtn_fail(ctx, DTN_ARG,
                        "parameter %s is derived from others by its formula: set the parameters in it",
                        s->param[param].name);
    fmpq_set(&point->value[param], value);
    return DTN_OK;
}

dtn_status dtn_point_complete(dtn_ctx *ctx, dtn_point *point, const dtn_scenario *s)
{
    for (int i = 0; i < s->params; i++) {
        const dtn_scn_param *p = &s->param[i];
        if (p->formula)
            DTN_TRY(dtn_fail_at(ctx, dtn_expr_exact(ctx, &point->value[i], p->formula, point->value), s,
                                p->place, "parameter %.100s has no value at this point", p->name));
    }
    return DTN_OK;
}

dtn_status dtn_point_constraints(dtn_ctx *ctx, bool *holds, int *violated, const dtn_scenario *s,
                                 const dtn_point *point)
{
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    fmpq *truth;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, truth, 1);
    *holds = true;
    *violated = -1;
    dtn_status status = DTN_OK;
    for (int i = 0; i < s->constraints && *holds; i++) {
        status = dtn_fail_at(ctx, dtn_expr_exact(ctx, truth, s->constraint[i].holds, point->value), s,
                             s->constraint[i].place, "constraint %.100s cannot be decided at this point",
                             s->constraint[i].text);
        if (status != DTN_OK)
            break;
        if (fmpq_is_zero(truth)) {
            *holds = false;
            *violated = i;
        }
    }
    dtn_arena_release(ctx->scratch, mark);
    return status;
}

void dtn_scenario_free(dtn_scenario *s)
{
    if (!s)
        return;
    dtn_conflict_free((struct dtn_conflict *)s->conflict);
    dtn_strategic_free((struct dtn_strategic *)s->matrix);
    dtn_arena_free(s->arena); /* s itself lives there */
}
