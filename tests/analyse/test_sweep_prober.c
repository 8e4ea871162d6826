/* Rows of a sweep: what a face says is what the solver says at the point, figure by figure; and it is the closed form of the
 * reference standoff. */
#include "kit/standoff.h"

#include <string.h>

#include "analyse/job.h"
#include "analyse/sweep_table.h"
#include "detente/model.h"
#include "kit/games.h"

static dtn_model *read(dtn_ctx *ctx, const char *path)
{
    dtn_model *model;
    assert_ok(ctx, dtn_model_read(ctx, &model, NULL, kit_source_path(ctx->scratch, path)));
    return model;
}

/* Two probers, one of which has no faces, say the same exactly. */
static void faces_and_solutions_agree(dtn_ctx *ctx, const char *path, dtn_sampling sampling, long points,
                                      dtn_rung rung)
{
    dtn_model *model = read(ctx, path);
    dtn_plan plan;
    dtn_point base;
    dtn_prober *face, *solve;
    const dtn_scenario *s = model->scenario;
    unsigned all = DTN_WANT_CLASSES | DTN_WANT_OUTCOMES | DTN_WANT_TARGET | DTN_WANT_PAYOFFS |
                   DTN_WANT_MARGINS | DTN_WANT_LEAST;
    assert_ok(ctx, dtn_plan_make(ctx, ctx->scratch, &plan, s, sampling, points, NULL));
    assert_ok(ctx, dtn_point_new(ctx, ctx->scratch, &base, s));
    assert_ok(ctx,
              dtn_prober_new(ctx, &face, &plan, &base, rung, s->ask.target.item, s->ask.target.items, all));
    assert_ok(ctx,
              dtn_prober_new(ctx, &solve, &plan, &base, rung, s->ask.target.item, s->ask.target.items, all));
    assert_non_null(face->faces);
    dtn_faces_free(solve->faces);
    solve->faces = NULL;
    solve->index = NULL;
    for (long i = 0; i < plan.points; i++) {
        assert_ok(ctx, dtn_prober_at(ctx, face, i));
        assert_ok(ctx, dtn_prober_at(ctx, solve, i));
        for (int c = 0; c < face->columns.columns; c++) {
            assert_int_equal(face->row.known[c], solve->row.known[c]);
            if (face->row.known[c])
                assert_true(fmpq_equal(&face->row.number[c], &solve->row.number[c]));
            assert_int_equal(!face->row.text[c], !solve->row.text[c]);
            if (face->row.text[c])
                assert_string_equal(face->row.text[c], solve->row.text[c]);
        }
    }
    assert_true(face->placed > 9 * plan.points / 10);
    assert_int_equal(solve->placed, 0);
    dtn_prober_free(face);
    dtn_prober_free(solve);
    dtn_model_free(model);
}

static void faces_say_what_solutions_say(void **state)
{
    faces_and_solutions_agree(*state, "examples/security-guarantees-2021.yaml", DTN_SAMPLE_SOBOL, 300,
                              DTN_RUNG_D1);
    faces_and_solutions_agree(*state, "examples/models/unilateral-deterrence.yaml", DTN_SAMPLE_HALTON, 200,
                              DTN_RUNG_D1);
    faces_and_solutions_agree(*state, "examples/models/beer-quiche.yaml", DTN_SAMPLE_LATIN, 60,
                              DTN_RUNG_SEQUENTIAL);
}

/* 10,000 points of the constrained box: classes and outcomes of the closed form, all of them. */
static void the_closed_form_holds_at_every_point(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_model *model = read(ctx, "examples/security-guarantees-2021.yaml");
    static const char *const name[] = {"pi",     "rho", "a",      "m",      "k.hard",
                                       "k.soft", "l",   "n.hard", "n.soft", "e"};
    static const char *const outcome[] = {"outcome.engaged.least", "outcome.accommodated.least",
                                          "outcome.clash.least", "outcome.dropped.least"};
    dtn_plan plan;
    dtn_point base;
    dtn_prober *p;
    kit_standoff s;
    int inside = 0, met[KIT_CLASSES] = {0};
    assert_ok(ctx, dtn_plan_make(ctx, ctx->scratch, &plan, model->scenario, DTN_SAMPLE_SOBOL, 21000, NULL));
    assert_ok(ctx, dtn_point_new(ctx, ctx->scratch, &base, model->scenario));
    assert_ok(ctx, dtn_prober_new(ctx, &p, &plan, &base, DTN_RUNG_D1, NULL, 0,
                                  DTN_WANT_CLASSES | DTN_WANT_OUTCOMES));
    kit_standoff_init(&s);
    fmpq *const value[] = {&s.pi, &s.rho, &s.a, &s.m, &s.kH, &s.kS, &s.l, &s.nH, &s.nS, &s.e};
    fmpq *wanted = dtn_arena_fmpq(ctx->scratch, 4);
    for (long i = 0; i < plan.points && inside < 10000; i++) {
        kit_standoff_class class;
        const char *state_text = NULL, *classes = NULL;
        const fmpq *seen[4] = {NULL};
        assert_ok(ctx, dtn_prober_at(ctx, p, i));
        for (int c = 0; c < p->columns.columns; c++) {
            const char *key = p->columns.column[c].key;
            for (int k = 0; k < 10; k++)
                if (strcmp(key, name[k]) == 0)
                    fmpq_set(value[k], &p->row.number[c]);
            for (int k = 0; k < 4; k++)
                if (strcmp(key, outcome[k]) == 0)
                    seen[k] = &p->row.number[c];
            if (strcmp(key, "state") == 0)
                state_text = p->row.text[c];
            if (strcmp(key, "classes") == 0)
                classes = p->row.text[c];
        }
        bool holds = fmpq_cmp(&s.nH, &s.l) < 0 && fmpq_cmp(&s.l, &s.nS) < 0;
        assert_string_equal(state_text, holds ? "solved" : "outside");
        if (!holds || !kit_standoff_answer(&s, &class, wanted))
            continue;
        assert_string_equal(classes, kit_standoff_names[class]);
        for (int k = 0; k < 4; k++)
            assert_true(fmpq_equal(seen[k], &wanted[k]));
        inside++;
        met[class]++;
    }
    assert_int_equal(inside, 10000);
    for (int c = 0; c < KIT_CLASSES; c++)
        assert_true(met[c] > 0);
    kit_standoff_clear(&s);
    dtn_prober_free(p);
    dtn_model_free(model);
}

static dtn_status sweep_once(dtn_ctx *ctx, void *user)
{
    dtn_job *job = NULL;
    dtn_result *result = NULL;
    dtn_status status = dtn_job_new(ctx, &job, user, "sweep");
    if (status == DTN_OK)
        status = dtn_job_set(ctx, job, "points", "6");
    if (status == DTN_OK)
        status = dtn_job_run(ctx, &result, job);
    dtn_result_free(result);
    dtn_job_free(job);
    return status;
}

static void memory_may_run_out_anywhere(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_model *model = read(ctx, "examples/models/asymmetric-deterrence.yaml");
    assert_true(kit_memory_sweep(sweep_once, model) > 20);
    dtn_model_free(model);
}

static void a_time_limit_leaves_what_is_done(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_model *model = read(ctx, "examples/security-guarantees-2021.yaml");
    dtn_job *job;
    dtn_result *result;
    assert_ok(ctx, dtn_job_new(ctx, &job, model, "sweep"));
    assert_ok(ctx, dtn_job_set(ctx, job, "points", "60000000"));
    dtn_ctx_set_time_limit(ctx, 0.3);
    assert_status(ctx, DTN_LIMIT, dtn_job_run(ctx, &result, job));
    assert_int_equal(dtn_result_outcome(result), DTN_OUTCOME_PARTIAL);
    const dtn_sweep_answer *a = result->data;
    assert_in_range(a->table->rows, 0, 59999999);
    assert_text_has(result->note, "of 60000000 points are done");
    dtn_result_free(result);
    dtn_job_free(job);
    dtn_model_free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(faces_say_what_solutions_say), kit_test(the_closed_form_holds_at_every_point),
        kit_test(memory_may_run_out_anywhere), kit_test(a_time_limit_leaves_what_is_done)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
