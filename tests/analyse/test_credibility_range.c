/* Credibility over the ranges of the reference standoff, against its closed form. */
#include "kit/standoff.h"

#include <string.h>

#include "analyse/credibility.h"
#include "analyse/job.h"
#include "detente/model.h"

typedef struct asked {
    dtn_model *model;
    dtn_job *job;
    dtn_result *result;
    const dtn_credibility_answer *answer;
} asked;

static asked ask(dtn_ctx *ctx, const char *path, bool here)
{
    asked a;
    assert_ok(ctx, dtn_model_read(ctx, &a.model, NULL, kit_source_path(ctx->scratch, path)));
    assert_ok(ctx, dtn_job_new(ctx, &a.job, a.model, "credibility"));
    if (here)
        assert_ok(ctx, dtn_job_set(ctx, a.job, "here", NULL));
    assert_ok(ctx, dtn_job_run(ctx, &a.result, a.job));
    a.answer = a.result->data;
    return a;
}

static void drop(asked *a)
{
    dtn_result_free(a->result);
    dtn_job_free(a->job);
    dtn_model_free(a->model);
}

static const dtn_act_range *range_of(const dtn_credibility_answer *a, const char *infoset)
{
    for (int i = 0; i < a->ranges; i++)
        if (strcmp(a->tree->infoset[a->tree->action[a->range[i].action].infoset].name, infoset) == 0)
            return &a->range[i];
    fail_msg("no act at %s", infoset);
    return NULL;
}

/* Pr(alternative) = 1/6 just below a = 1/5 and 1/4 from there on. */
static void jump_at_one_fifth(void **state)
{
    dtn_ctx *ctx = *state;
    asked a = ask(ctx, "examples/security-guarantees-2021.yaml", false);
    assert_int_equal(a.answer->jumps, 1);
    const dtn_act_jump *j = a.answer->jump;
    assert_string_equal(j->key, "reaction.alternative");
    assert_string_equal(a.model->scenario->param[j->lever].name, "a");
    assert_fmpq_eq_str(&j->at, "1/5");
    assert_fmpq_eq_str(&j->before, "1/6");
    assert_fmpq_eq_str(&j->after, "1/4");
    drop(&a);
}

static void where_the_soft_threat_is_credible(void **state)
{
    dtn_ctx *ctx = *state;
    asked a = ask(ctx, "examples/security-guarantees-2021.yaml", false);
    const dtn_act_range *hard = range_of(a.answer, "reaction.hard"),
                        *soft = range_of(a.answer, "reaction.soft");
    assert_true(hard->now && !soft->now);
    assert_int_equal(hard->lines, 0);
    assert_int_equal(hard->undecided + soft->undecided, 0);
    assert_int_equal(soft->sampled, 256);
    assert_true(soft->credible < hard->credible);
    bool seen = false;
    for (int i = 0; i < soft->lines; i++) {
        const dtn_bind_item *x = &soft->line[i];
        assert_true(x->proved);
        if (strcmp(a.model->scenario->param[x->lever].name, "a") != 0)
            continue;
        seen = true;
        assert_int_equal(x->intervals, 1);
        assert_fmpq_eq_str(&x->interval[0].lo.at, "9/10");
        assert_string_equal(x->interval[0].lo.formula, "a = k.soft");
    }
    assert_true(seen);
    /* The map of a and pi, the rest as it stands: see the closed form. Off the path, at pi > 2/3 and .2 < a, all engage and the
     * belief is free to make the soft type willing; below 1/3 it mixes or is certain. */
    assert_true(soft->mapped && fmpq_cmp(&soft->share_lo, &soft->share_hi) <= 0);
    double gap = dtn_rational_double(&soft->share_hi) - dtn_rational_double(&soft->share_lo);
    assert_true(gap < 0.01);
    drop(&a);
}

static void only_here(void **state)
{
    dtn_ctx *ctx = *state;
    asked a = ask(ctx, "examples/security-guarantees-2021.yaml", true);
    assert_int_equal(a.answer->ranges, 0);
    assert_int_equal(a.answer->jumps, 0);
    drop(&a);
    a = ask(ctx, "examples/games/selten-horse.efg", false); /* no parameters */
    assert_int_equal(a.answer->ranges, 0);
    drop(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(jump_at_one_fifth),
        kit_test(where_the_soft_threat_is_credible),
        kit_test(only_here),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
