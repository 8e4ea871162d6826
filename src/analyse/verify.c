/* The analysis `verify`: what a given strategy profile is worth. Regrets and payoffs, and for trees the highest rung that it can
 * reach with the beliefs that take it there. All the work is the verifier's (solve/verify.h). Exact. */
#include "solve/verify.h"

#include <string.h>

#include "analyse/classes.h"
#include "analyse/job.h"
#include "analyse/profile_arg.h"
#include "analyse/solve.h"

static void free_answer(void *data, size_t count)
{
    (void)count;
    dtn_solve_answer *answer = data;
    dtn_equilibria_free(answer->equilibria);
    dtn_profiles_free(answer->profiles);
}

static const dtn_strategic *strategic_of(const dtn_model *model)
{
    if (model->strategic)
        return model->strategic;
    return model->scenario && model->scenario->start < 0 ? model->scenario->matrix : NULL;
}

static dtn_status verify_tree(dtn_ctx *ctx, dtn_result *result, dtn_solve_answer *answer, const char *text)
{
    fmpq *sigma;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, sigma, answer->tree->actions);
    DTN_TRY(dtn_profile_arg_tree(ctx, sigma, answer->tree, text));
    DTN_TRY(dtn_verify_profile(ctx, &answer->equilibria, answer->tree, sigma, NULL));
    result->outcome = answer->equilibria->item->rung_unknown ? DTN_OUTCOME_PARTIAL : DTN_OUTCOME_COMPLETE;
    return dtn_classes_of(ctx, result->arena, &answer->class_of, result->job, answer->tree,
                          answer->equilibria);
}

/* A radius in (0, 1), or 0 when none is given. */
static dtn_status read_radius(dtn_ctx *ctx, double *out, const char *text)
{
    fmpq_t radius;
    fmpq_init(radius);
    bool good = !text || dtn_rational_parse(radius, text, strlen(text));
    *out = text && good ? dtn_rational_double(radius) : 0;
    fmpq_clear(radius);
    if (text && !(*out > 0 && *out < 1))
        return dtn_fail(ctx, DTN_ARG,
                        "--radius: found \"%s\", expected a number between 0 and 1, such as 1e-12", text);
    return DTN_OK;
}

static dtn_status verify_strategic(dtn_ctx *ctx, dtn_solve_answer *answer, const char *text,
                                   const char *radius)
{
    const dtn_strategic *game = answer->strategic;
    fmpq *sigma;
    DTN_TRY(dtn_profiles_new(ctx, &answer->profiles, game, "verify"));
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, sigma, answer->profiles->width);
    DTN_TRY(dtn_profile_arg_strategic(ctx, sigma, game, text));
    dtn_profile *item;
    double within;
    DTN_TRY(read_radius(ctx, &within, radius));
    DTN_TRY(dtn_profiles_add(ctx, answer->profiles, sigma, &item));
    item->radius = within;
    if (item->radius > 0)
        return dtn_verify_ball(ctx, &item->certified, item->payoff, item->regret, &item->payoff_radius, game,
                               item->sigma, item->radius);
    DTN_TRY(dtn_verify_strategic(ctx, item->payoff, item->regret, game, item->sigma));
    item->certified = true;
    for (int p = 0; p < game->players; p++)
        item->certified = item->certified && fmpq_is_zero(item->regret + p);
    return DTN_OK;
}

static dtn_status run(dtn_ctx *ctx, dtn_result *result, dtn_job *job)
{
    dtn_solve_answer *answer;
    DTN_ALLOC(ctx, result->arena, answer, 1);
    result->data = answer;
    result->cleanup = free_answer;
    result->outcome = DTN_OUTCOME_COMPLETE;
    const char *text = dtn_options_text(&job->options, "profile", NULL);
    if (!text)
        return dtn_fail(
            ctx, DTN_ARG,
            "verify needs --profile: probabilities in the order of Gambit (1/2,1/2,0,1) or by name "
            "(answer.reject=1/3, ...)");
    answer->strategic = strategic_of(job->model);
    if (answer->strategic)
        return verify_strategic(ctx, answer, text, dtn_options_text(&job->options, "radius", NULL));
    if (dtn_options_text(&job->options, "radius", NULL))
        return dtn_fail(ctx, DTN_DOMAIN,
                        "--radius is for games given as a table of payoffs; this one is a tree");
    DTN_TRY(dtn_job_tree(ctx, &answer->tree, job));
    return verify_tree(ctx, result, answer, text);
}

static const char *missing(const dtn_model *model)
{
    if (model->tree || model->strategic ||
        (model->scenario && (model->scenario->start >= 0 || model->scenario->matrix)))
        return NULL;
    return "the file has neither `moves:` nor `matrix:`";
}

static const dtn_option_spec options[] = {
    {"profile", "PROFILE", NULL,
     "probabilities by player, information set and action, or NAME=PROBABILITY, ...", false},
    {"radius", "R", NULL, "tables of payoffs: does exactly one equilibrium lie within R of the profile?",
     false},
    {0},
};

const dtn_analysis dtn_analysis_verify = {
    .name = "verify",
    .question = 1,
    .title = "What is this profile worth?",
    .about = "Regrets and payoffs of a given strategy profile, and the highest rung that it reaches.",
    .options = options,
    .missing = missing,
    .run = run,
};
