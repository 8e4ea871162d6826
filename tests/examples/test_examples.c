/* Every example is read without a diagnostic, its protocol expands, and it answers what its `expect:` says. */
#include "kit/kit.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>

#include "analyse/check.h"
#include "analyse/job.h"
#include "detente/model.h"
#include "model/model.h"

/* Some point of the box, by a fixed sequence: every free parameter on a sixteenth of its range. */
static void some_point(dtn_ctx *ctx, dtn_point *point, const dtn_scenario *s, unsigned *seed)
{
    fmpq_t x, width;
    fmpq_init(x);
    fmpq_init(width);
    for (int i = 0; i < s->params; i++) {
        const dtn_scn_param *p = &s->param[i];
        if (p->formula || !p->ranged)
            continue;
        *seed = *seed * 1103515245u + 12345u;
        fmpq_set_si(x, *seed >> 16 & 15, 15);
        fmpq_sub(width, &p->hi, &p->lo);
        fmpq_mul(x, x, width);
        fmpq_add(x, x, &p->lo);
        assert_ok(ctx, dtn_point_set(ctx, point, s, i, x));
    }
    fmpq_clear(x);
    fmpq_clear(width);
    assert_ok(ctx, dtn_point_complete(ctx, point, s));
}

/* A tree that is repriced at a point equals one that is expanded there. */
static void reprices(dtn_ctx *ctx, const dtn_scenario *s, const char *file, dtn_tree *tree, dtn_point *point)
{
    unsigned seed = 7;
    for (int k = 0, tries = 0; k < 3 && tries < 200; tries++) {
        bool holds;
        int violated;
        dtn_tree *fresh;
        some_point(ctx, point, s, &seed);
        assert_ok(ctx, dtn_point_constraints(ctx, &holds, &violated, s, point));
        if (!holds)
            continue;
        k++;
        assert_ok(ctx, dtn_scenario_tree(ctx, &fresh, s, point, 0));
        assert_ok(ctx, dtn_tree_reprice(ctx, tree, point->value));
        if (fresh->nodes != tree->nodes || fresh->draws != tree->draws || fresh->infosets != tree->infosets)
            fail_msg("%s: the shape of the tree depends on parameters", file);
        for (int i = 0; i < tree->terminals * tree->players; i++)
            assert_true(fmpq_equal(dtn_payoffs_at(&tree->payoff, i).q, dtn_payoffs_at(&fresh->payoff, i).q));
        for (int i = 0; i < tree->nodes; i++)
            assert_true(fmpq_equal(&tree->chance[i], &fresh->chance[i]));
        for (int i = 0; i < tree->draws; i++)
            assert_true(fmpq_equal(&tree->draw_prob[i], &fresh->draw_prob[i]));
        assert_true(tree->constant_sum == fresh->constant_sum);
        dtn_tree_free(fresh);
    }
}

static void expands(dtn_ctx *ctx, const dtn_scenario *s, const char *file)
{
    dtn_point point;
    bool holds;
    int violated;
    dtn_tree *tree = NULL;
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    assert_ok(ctx, dtn_point_new(ctx, ctx->scratch, &point, s));
    assert_ok(ctx, dtn_point_constraints(ctx, &holds, &violated, s, &point));
    if (!holds)
        fail_msg("%s: the reference point violates %s", file, s->constraint[violated].text);
    assert_ok(ctx, dtn_scenario_tree(ctx, &tree, s, &point, 0));
    assert_true(tree->perfect_recall);
    reprices(ctx, s, file, tree, &point);
    dtn_tree_free(tree);
    dtn_arena_release(ctx->scratch, mark);
}

/* Every row of the model's expectations passes. */
static void answers(dtn_ctx *ctx, const dtn_model *model, const char *file)
{
    dtn_job *job;
    dtn_result *result;
    assert_ok(ctx, dtn_job_new(ctx, &job, model, "check"));
    assert_ok(ctx, dtn_job_run(ctx, &result, job));
    const dtn_check_answer *answer = result->data;
    for (int i = 0; i < answer->rows; i++) {
        const dtn_expect_row *row = &answer->row[i];
        if (!row->pass)
            print_error("%s:%d: %s at (%s): expected %s, found %s\n", file, row->place.line, row->asked,
                        row->at, row->expected, row->found);
    }
    assert_int_equal(answer->failed, 0);
    dtn_result_free(result);
    dtn_job_free(job);
}

static void example(dtn_ctx *ctx, const char *file)
{
    dtn_model *model;
    dtn_diags *diags;
    char *text = NULL;
    dtn_status status = dtn_model_read(ctx, &model, &diags, file);
    if (status != DTN_OK || dtn_diags_count(diags) > 0) {
        if (diags && dtn_diags_render(ctx, &text, diags, false) == DTN_OK)
            print_error("%s", text);
        fail_msg("%s: %s", file, status != DTN_OK ? dtn_ctx_error(ctx) : "diagnostics, see above");
    }
    if (model->scenario->start >= 0)
        expands(ctx, model->scenario, file);
    answers(ctx, model, file);
    dtn_diags_free(diags);
    dtn_model_free(model);
}

static void every_example_is_read_and_expands(void **state)
{
    dtn_ctx *ctx = *state;
    static const char *const patterns[] = {"examples/*.yaml", "examples/*/*.yaml"};
    size_t files = 0;
    for (int p = 0; p < 2; p++) {
        glob_t found;
        assert_int_equal(glob(kit_source_path(ctx->scratch, patterns[p]), 0, NULL, &found), 0);
        for (size_t i = 0; i < found.gl_pathc; i++)
            example(ctx, found.gl_pathv[i]);
        files += found.gl_pathc;
        globfree(&found);
    }
    assert_true(files >= 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(every_example_is_read_and_expands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
