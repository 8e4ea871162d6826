/* Jobs: what a program may ask, and how mistakes are answered; the analysis `check` as the example that runs. */
#include "kit/kit.h"

#include "analyse/job.h"
#include "model/scene.h"

/* A scenario without a game: two parameters, one of them derived. */
static dtn_scenario *scenario(dtn_ctx *ctx)
{
    scene *c = scene_new(ctx);
    scene_param(c, "gain", "1/2");
    scene_param(c, "double", "2*gain");
    c->s.start = -1;
    return &c->s;
}

static void mistakes_are_explained(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_scenario *s = scenario(ctx);
    dtn_model model = {.kind = DTN_MODEL_SCENARIO, .file = "deal.yaml", .scenario = s};
    dtn_job *job;
    assert_status(ctx, DTN_ARG, dtn_job_new(ctx, &job, &model, "chekc"));
    assert_error_has(ctx, "did you mean \"check\"");
    assert_null(job);
    assert_status(ctx, DTN_ARG, dtn_job_new(ctx, &job, &model, "banana"));
    assert_error_has(ctx, "there are: ");
    assert_ok(ctx, dtn_job_new(ctx, &job, &model, "check"));
    assert_status(ctx, DTN_ARG, dtn_job_set(ctx, job, "conecpt", "R"));
    assert_error_has(ctx, "has no option");
    assert_status(ctx, DTN_ARG, dtn_job_set_parameter(ctx, job, "gian", "1"));
    assert_error_has(ctx, "did you mean \"gain\"");
    assert_status(ctx, DTN_ARG, dtn_job_set_parameter(ctx, job, "gain", "half"));
    assert_error_has(ctx, "found \"half\"");
    assert_status(ctx, DTN_ARG, dtn_job_set_parameter(ctx, job, "double", "3"));
    assert_error_has(ctx, "derived");
    const dtn_tree *tree;
    assert_status(ctx, DTN_DOMAIN, dtn_job_tree(ctx, &tree, job));
    assert_error_has(ctx, "has no game tree");
    dtn_job_free(job);
    dtn_scenario_free(s);
}

static void parameters_reach_the_point(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_scenario *s = scenario(ctx);
    dtn_model model = {.kind = DTN_MODEL_SCENARIO, .file = "deal.yaml", .scenario = s};
    dtn_job *job;
    dtn_result *result;
    assert_ok(ctx, dtn_job_new(ctx, &job, &model, "check"));
    assert_ok(ctx, dtn_job_set_parameter(ctx, job, "gain", "0.75"));
    assert_ok(ctx, dtn_job_run(ctx, &result, job));
    assert_fmpq_eq_str(&job->point.value[0], "3/4");
    assert_fmpq_eq_str(&job->point.value[1], "3/2"); /* derived ones follow */
    assert_int_equal(dtn_result_outcome(result), DTN_OUTCOME_COMPLETE);
    assert_false(dtn_result_failed(result));
    dtn_result_free(result);
    dtn_job_free(job);
    dtn_scenario_free(s);
}

static void registry_lists_itself(void **state)
{
    (void)state;
    const char *name, *arg, *fallback, *help;
    int found = 0;
    for (int i = 0; dtn_analysis_name(i); i++) {
        assert_non_null(dtn_analysis_about(dtn_analysis_name(i)));
        assert_ptr_equal(dtn_analysis_find(dtn_analysis_name(i)), dtn_analysis_at(i));
        found++;
    }
    assert_true(found >= 1);
    assert_null(dtn_analysis_find("nothing"));
    assert_false(dtn_analysis_option("nothing", 0, &name, &arg, &fallback, &help));
}

static dtn_status whole_job(dtn_ctx *ctx, void *user)
{
    dtn_job *job;
    dtn_result *result;
    DTN_TRY(dtn_job_new(ctx, &job, user, "check"));
    dtn_status status = dtn_job_set_parameter(ctx, job, "gain", "1/3");
    if (status == DTN_OK)
        status = dtn_job_run(ctx, &result, job);
    if (status == DTN_OK)
        dtn_result_free(result);
    dtn_job_free(job);
    return status;
}

static void no_memory_is_no_leak(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_scenario *s = scenario(ctx);
    dtn_model model = {.kind = DTN_MODEL_SCENARIO, .file = "deal.yaml", .scenario = s};
    assert_true(kit_memory_sweep(whole_job, &model) > 1);
    dtn_scenario_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(mistakes_are_explained),
        kit_test(parameters_reach_the_point),
        kit_test(no_memory_is_no_leak),
        kit_test(registry_lists_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
