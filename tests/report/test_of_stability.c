/* The words of `stability` on the reference standoff, against golden files (DETENTE_BLESS=1 rewrites them). */
#include "kit/kit.h"

#include <stdio.h>
#include <stdlib.h>

#include "analyse/stability.h"
#include "report/render.h"
#include "report/report.h"
#include "stability/standoff.h"

extern const dtn_analysis dtn_analysis_stability;

static void golden(dtn_ctx *ctx, dtn_options options, dtn_render_fn *render, const char *path)
{
    dtn_arena *arena = dtn_arena_new(ctx);
    dtn_conflict *c = standoff(ctx);
    dtn_scn_player player[] = {{.key = "P", .name = "Proposer"}, {.key = "Q", .name = "Addressee"}};
    dtn_scenario scenario = {.title = "A standoff", .players = 2, .player = player, .start = -1, .conflict = c};
    dtn_model model = {.kind = DTN_MODEL_SCENARIO, .file = "standoff.yaml", .scenario = &scenario};
    dtn_job job = {.arena = arena, .analysis = &dtn_analysis_stability, .model = &model, .options = options};
    dtn_result result = {.arena = arena, .job = &job};
    assert_null(dtn_analysis_stability.missing(&model));
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    assert_ok(ctx, dtn_analysis_stability.run(ctx, &result, &job));
    dtn_arena_release(ctx->scratch, mark);
    assert_int_equal(result.outcome, DTN_OUTCOME_COMPLETE);
    dtn_doc *doc;
    assert_ok(ctx, dtn_report_build(ctx, arena, &doc, &result, NULL));
    dtn_out out = dtn_out_new(ctx, arena);
    assert_ok(ctx, render(&out, doc, NULL));
    if (getenv("DETENTE_BLESS")) {
        FILE *f = fopen(kit_source_path(arena, path), "w");
        assert_non_null(f);
        fputs(out.data, f);
        fclose(f);
    }
    assert_string_equal(out.data, kit_read(arena, path, NULL));
    result.cleanup(result.data, 1);
    dtn_conflict_free(c);
    dtn_arena_free(arena);
}

static void all_combinations(void **state)
{
    golden(*state, (dtn_options){0}, dtn_render_text, "tests/report/golden/stability.txt");
}

static void one_combination(void **state)
{
    dtn_option_value asked = {"state", "M....", NULL}, q = {"variant", "Q=reluctant", &asked},
                     p = {"variant", "P=hard", &q};
    golden(*state, (dtn_options){&p, &asked}, dtn_render_text, "tests/report/golden/stability_one.txt");
    golden(*state, (dtn_options){&p, &asked}, dtn_render_json, "tests/report/golden/stability_one.json");
}

static void mistakes(void **state)
{
    dtn_ctx *ctx = *state;
    static const struct {
        const char *option, *value, *says;
    } list[] = {
        {"concept", "NSAH", "no concept is called \"NSAH\""},
        {"concept", "SEK", "did you mean \"SEQ\""},
        {"variant", "hard", "expected PLAYER=NAME"},
        {"variant", "R=hard", "no player of that name"},
        {"variant", "P=harsh", "no preference of that name; did you mean \"hard\"?"},
        {"state", "MD...", "infeasible"},
    };
    dtn_conflict *c = standoff(ctx);
    dtn_scenario scenario = {.start = -1, .conflict = c};
    dtn_model model = {.kind = DTN_MODEL_SCENARIO, .scenario = &scenario};
    for (size_t k = 0; k < sizeof list / sizeof *list; k++) {
        dtn_arena *arena = dtn_arena_new(ctx);
        dtn_option_value v = {list[k].option, list[k].value, NULL};
        dtn_job job = {
            .arena = arena, .analysis = &dtn_analysis_stability, .model = &model, .options = {&v, &v}};
        dtn_result result = {.arena = arena, .job = &job};
        dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
        assert_true(dtn_analysis_stability.run(ctx, &result, &job) != DTN_OK);
        dtn_arena_release(ctx->scratch, mark);
        assert_error_has(ctx, list[k].says);
        result.cleanup(result.data, 1);
        dtn_arena_free(arena);
    }
    dtn_conflict_free(c);
    model.scenario->conflict = NULL;
    assert_non_null(dtn_analysis_stability.missing(&model));
}

int main(void)
{
    const struct CMUnitTest tests[] = {kit_test(all_combinations), kit_test(one_combination),
                                       kit_test(mistakes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
