/* Expectations: each entry of `expect:` is asked at its point and compared, a row a statement.
 *
 * What cannot be asked (an unknown name, a game that a method refuses) is a row that does not pass and says why; running out of
 * memory or time, and an interrupt, end the whole. Cost: what each entry asks for. Exact. */
#include "analyse/expect.h"

#include <string.h>

#include "base/str.h"

dtn_status dtn_expect_add(dtn_ctx *ctx, dtn_expecting *x, dtn_place place, bool pass, const char *asked,
                          const char *expected, const char *found)
{
    if (!asked || !expected || !found)
        return dtn_fail_nomem(ctx);
    if (x->rows == x->room) {
        dtn_expect_row *fresh;
        DTN_ALLOC(ctx, x->arena, fresh, 2 * x->room);
        memcpy(fresh, x->row, (size_t)x->rows * sizeof *fresh);
        x->row = fresh;
        x->room *= 2;
    }
    x->row[x->rows++] = (dtn_expect_row){.entry = x->number,
                                         .place = place.line ? place : x->entry->place,
                                         .at = x->at,
                                         .asked = asked,
                                         .expected = expected,
                                         .found = found,
                                         .pass = pass};
    return DTN_OK;
}

const char *dtn_expect_span(dtn_arena *arena, const fmpq_t lo, const fmpq_t hi)
{
    const char *low = dtn_rational_text(arena, lo);
    if (!low || fmpq_equal(lo, hi))
        return low;
    const char *high = dtn_rational_text(arena, hi);
    return high ? dtn_arena_printf(arena, "[%s, %s]", low, high) : NULL;
}

const char *dtn_expect_bound(dtn_ctx *ctx, dtn_expecting *x, fmpq *bound, const dtn_scn_pair *pair)
{
    if (dtn_expr_exact(ctx, bound, pair->value, x->point.value) != DTN_OK)
        return NULL;
    fmpq_set(bound + 1, bound);
    if (pair->upper && dtn_expr_exact(ctx, bound + 1, pair->upper, x->point.value) != DTN_OK)
        return NULL;
    const char *text = dtn_expect_span(x->arena, bound, bound + 1);
    if (!text)
        dtn_fail_nomem(ctx);
    return text;
}

bool dtn_expect_fits(const fmpq_t lo, const fmpq_t hi, const dtn_scn_pair *pair, const fmpq *bound)
{
    if (pair->upper)
        return fmpq_cmp(bound, lo) <= 0 && fmpq_cmp(hi, bound + 1) <= 0;
    return fmpq_cmp(lo, bound) <= 0 && fmpq_cmp(bound, hi) <= 0;
}

/* "pi = 1/10, a = 1/5". */
static const char *point_text(const dtn_expecting *x)
{
    dtn_str text = dtn_str_in(x->arena);
    for (int i = 0; i < x->entry->ats; i++) {
        const dtn_scn_at *at = &x->entry->at[i];
        const char *value = dtn_rational_text(x->arena, &at->value);
        dtn_str_addf(&text, "%s%s = %s", i ? ", " : "", x->scenario->param[at->param].name,
                     value ? value : "?");
    }
    return dtn_str_done(&text);
}

static dtn_status set_point(dtn_ctx *ctx, dtn_expecting *x)
{
    const dtn_scenario *s = x->scenario;
    DTN_TRY(dtn_point_new(ctx, ctx->scratch, &x->point, s));
    for (int i = 0; i < s->params; i++)
        fmpq_set(&x->point.value[i], &x->job->point.value[i]);
    for (int i = 0; i < x->entry->ats; i++)
        DTN_TRY(dtn_point_set(ctx, &x->point, s, x->entry->at[i].param, &x->entry->at[i].value));
    DTN_TRY(dtn_point_complete(ctx, &x->point, s));
    bool holds;
    int violated;
    DTN_TRY(dtn_point_constraints(ctx, &holds, &violated, s, &x->point));
    return holds ? DTN_OK
                 : dtn_fail(ctx, DTN_DOMAIN, "the point lies outside the constraint %s",
                            s->constraint[violated].text);
}

static dtn_status ask(dtn_ctx *ctx, dtn_expecting *x)
{
    x->at = point_text(x);
    if (!x->at)
        return dtn_fail_nomem(ctx);
    DTN_TRY(set_point(ctx, x));
    switch (x->entry->kind) {
    case DTN_EXPECT_SOLVE:
        return dtn_expect_solve(ctx, x);
    case DTN_EXPECT_VERIFY:
        return dtn_expect_verify(ctx, x);
    case DTN_EXPECT_CRITICAL:
        return dtn_expect_critical(ctx, x);
    case DTN_EXPECT_SCALAR:
        return dtn_expect_scalar(ctx, x);
    case DTN_EXPECT_BIND:
        return dtn_expect_bind(ctx, x);
    case DTN_EXPECT_STABILITY:
        return dtn_expect_stability(ctx, x);
    case DTN_EXPECT_CREDIBILITY:
        return dtn_expect_credibility(ctx, x);
    }
    return dtn_fail(ctx, DTN_INTERNAL, "an expectation of unknown kind %d", (int)x->entry->kind);
}

static const char *kind_word(dtn_expect_kind kind)
{
    static const char *const words[] = {"solve", "critical",    "scalar", "stability",
                                        "bind",  "credibility", "verify"};
    return (size_t)kind < sizeof words / sizeof *words ? words[kind] : "?";
}

dtn_status dtn_expect_run(dtn_ctx *ctx, dtn_arena *arena, const dtn_expect_row **rows, int *count,
                          const dtn_job *job)
{
    dtn_expecting x = {.arena = arena, .job = job, .scenario = job->model->scenario, .room = 16};
    DTN_ALLOC(ctx, arena, x.row, x.room);
    *rows = x.row;
    *count = 0;
    for (int i = 0; x.scenario && i < x.scenario->expects; i++) {
        x.entry = &x.scenario->expect[i];
        x.number = i;
        x.at = "";
        dtn_ctx_report(ctx, "expectations", (double)i / x.scenario->expects);
        dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
        dtn_status status = ask(ctx, &x);
        dtn_arena_release(ctx->scratch, mark);
        if (status == DTN_NOMEM || status == DTN_CANCELLED || status == DTN_LIMIT)
            return status;
        if (status != DTN_OK)
            DTN_TRY(dtn_expect_add(ctx, &x, x.entry->place, false, kind_word(x.entry->kind), "an answer",
                                   dtn_arena_strdup(arena, dtn_ctx_error(ctx))));
        *rows = x.row;
        *count = x.rows;
    }
    dtn_ctx_clear_error(ctx);
    return DTN_OK;
}
