/* The analysis `solve`: what happens. Runs a solver on the model's tree or strategic form and names each equilibrium's class.
 *
 * Method and cost are the solver's. Every equilibrium comes certified by the separate verifier. */
#include "analyse/solve.h"

#include <string.h>

#include "analyse/classes.h"
#include "analyse/job.h"
#include "base/suggest.h"
#include "solve/solver.h"

enum { MOST_PROFILES = 1 << 22 }; /* of a reduced strategic form */

static const char *rung_word(const void *user, int i)
{
    (void)user;
    return i + 1 < (int)DTN_RUNG_COUNT ? dtn_rung_name((dtn_rung)(i + 1)) : NULL;
}

dtn_status dtn_rung_read(dtn_ctx *ctx, dtn_rung *out, const char *name)
{
    if (dtn_rung_parse(name, out) && *out != DTN_RUNG_NONE)
        return DTN_OK;
    const char *near = dtn_suggest(name, rung_word, NULL);
    return dtn_fail(
        ctx, DTN_ARG,
        "no rung is called \"%s\"%s%s%s; expected nash, spe, pbe, nswydk, sequential, intuitive or d1", name,
        near ? " (did you mean \"" : "", near ? near : "", near ? "\"?)" : "");
}

dtn_status dtn_job_rung(dtn_ctx *ctx, dtn_rung *out, const dtn_job *job)
{
    const dtn_scenario *s = job->model->scenario;
    const char *name = dtn_options_text(&job->options, "rung",
                                        s && s->ask.rung ? s->ask.rung
                                        : s              ? "d1"
                                                         : "sequential");
    return dtn_rung_read(ctx, out, name);
}

static void free_answer(void *data, size_t count)
{
    (void)count;
    dtn_solve_answer *answer = data;
    dtn_equilibria_free(answer->equilibria);
    dtn_profiles_free(answer->profiles);
    dtn_strategic_free(answer->reduced);
}

/* Options of methods that are asked for often enough to go without --option. */
static const char *const forwarded[] = {"iterations", "gap", "checkpoint", NULL};

static bool is_forwarded(const char *name)
{
    for (int i = 0; forwarded[i]; i++)
        if (strcmp(forwarded[i], name) == 0)
            return true;
    return false;
}

/* The "name=value" of every --option, as options of the solver. */
static dtn_status read_settings(dtn_ctx *ctx, dtn_options *out, const dtn_job *job)
{
    for (const dtn_option_value *v = job->options.first; v; v = v->next) {
        if (is_forwarded(v->name))
            DTN_TRY(dtn_options_add(ctx, ctx->scratch, out, v->name, v->value));
        if (strcmp(v->name, "option") != 0)
            continue;
        size_t name = strcspn(v->value, "=");
        const char *value = v->value[name] ? v->value + name + 1 : ""; /* NAME alone: a flag */
        const char *text = dtn_arena_strndup(ctx->scratch, v->value, name);
        if (!text)
            return dtn_fail_nomem(ctx);
        DTN_TRY(dtn_options_add(ctx, ctx->scratch, out, text, value));
    }
    return DTN_OK;
}

dtn_status dtn_classes_of(dtn_ctx *ctx, dtn_arena *arena, const int **out, const dtn_job *job,
                          const dtn_tree *tree, const dtn_equilibria *equilibria)
{
    *out = NULL;
    const dtn_scenario *s = job->model->scenario;
    if (!s || s->classes == 0)
        return DTN_OK;
    int *class_of;
    DTN_ALLOC(ctx, arena, class_of, equilibria->count);
    for (int i = 0; i < equilibria->count; i++)
        DTN_TRY(dtn_class_of(ctx, &class_of[i], s, &job->point, tree, equilibria->item[i].at.sigma));
    *out = class_of;
    return DTN_OK;
}

static const dtn_strategic *strategic_of(const dtn_model *model)
{
    if (model->strategic)
        return model->strategic;
    return model->scenario && model->scenario->start < 0 ? model->scenario->matrix : NULL;
}

/* A method for tables, asked of a tree. */
static bool wants_table(const char *method)
{
    const dtn_solver *s = method ? dtn_solver_find(method) : NULL;
    return s && s->run_strategic && !s->run_tree;
}

static dtn_status cut_short(dtn_ctx *ctx, dtn_status stopped, const char *note)
{
    if (stopped == DTN_OK)
        return DTN_OK;
    return dtn_fail(ctx, stopped, "%s; what is listed is right, more may exist", note);
}

static dtn_status ask(dtn_ctx *ctx, dtn_result *result, dtn_job *job)
{
    dtn_solve_answer *answer;
    DTN_ALLOC(ctx, result->arena, answer, 1);
    result->data = answer;
    result->cleanup = free_answer;
    dtn_options more = {0};
    dtn_solve_options options = {.method = dtn_options_text(&job->options, "method", NULL), .more = &more};
    long first;
    DTN_TRY(dtn_options_int(ctx, &first, &job->options, "first", 0, 0, 1000000000));
    options.first = (int)first;
    options.certify = dtn_options_flag(&job->options, "certify");
    DTN_TRY(read_settings(ctx, &more, job));
    answer->strategic = strategic_of(job->model);
    if (!answer->strategic)
        DTN_TRY(dtn_job_tree(ctx, &answer->tree, job));
    if (!answer->strategic && wants_table(options.method)) {
        DTN_TRY(dtn_strategic_from_tree(ctx, &answer->reduced, answer->tree, MOST_PROFILES));
        answer->strategic = answer->reduced;
    }
    if (answer->strategic) {
        DTN_TRY(dtn_solve_strategic(ctx, &answer->profiles, answer->strategic, &options));
        result->outcome = answer->profiles->outcome;
        result->note = answer->profiles->note;
        return cut_short(ctx, answer->profiles->stopped, answer->profiles->note);
    }
    DTN_TRY(dtn_job_rung(ctx, &answer->rung, job));
    const dtn_solver *solver = options.method ? dtn_solver_find(options.method) : NULL;
    if (solver && solver->promises && !dtn_options_text(&job->options, "rung", NULL))
        answer->rung = solver->promises; /* what was asked for by its name */
    options.rung = answer->rung;
    DTN_TRY(dtn_solve_tree(ctx, &answer->equilibria, answer->tree, &options));
    result->outcome = answer->equilibria->outcome;
    result->note = answer->equilibria->note;
    DTN_TRY(dtn_classes_of(ctx, result->arena, &answer->class_of, job, answer->tree, answer->equilibria));
    return cut_short(ctx, answer->equilibria->stopped, answer->equilibria->note);
}

/* A partial answer keeps the status that stopped it; a failure before there was an answer leaves no result. */
static dtn_status run(dtn_ctx *ctx, dtn_result *result, dtn_job *job)
{
    dtn_status status = ask(ctx, result, job);
    const dtn_solve_answer *answer = result->data;
    if (status != DTN_OK && answer && !answer->profiles && !answer->equilibria) {
        free_answer(result->data, 1);
        result->data = NULL;
        result->cleanup = NULL;
    }
    return status;
}

static const char *missing(const dtn_model *model)
{
    if (model->tree || model->strategic ||
        (model->scenario && (model->scenario->start >= 0 || model->scenario->matrix)))
        return NULL;
    return "the file has neither `moves:` nor `matrix:`";
}

static const dtn_option_spec options[] = {
    {"rung", "RUNG", NULL, "weakest rung that is listed: nash, spe, pbe, nswydk, sequential, intuitive, d1",
     false},
    {"method", "NAME", NULL, "a method of detente help methods; when not given, one that fits the game", false},
    {"first", "N", NULL, "stop after N equilibria", false},
    {"certify", NULL, NULL, "say how it is proved that the list is complete (method extreme)", false},
    {"all", NULL, NULL, "list every equilibrium (the default)", false},
    {"iterations", "N", NULL, "iterations of the method (cfr and its kin)", false},
    {"gap", "X", NULL, "stop when it is reached (cfr and its kin: exploitability)", false},
    {"checkpoint", "FILE", NULL, "go on from this file if it is there, and keep what is learnt in it", false},
    {"option", "NAME[=VALUE]", NULL, "option of the method", true},
    {0},
};

const dtn_analysis dtn_analysis_solve = {
    .name = "solve",
    .question = 1,
    .title = "What happens?",
    .about =
        "Every equilibrium of the game, on a ladder from Nash to D1, with outcomes, beliefs and payoffs.",
    .options = options,
    .missing = missing,
    .run = run,
};
