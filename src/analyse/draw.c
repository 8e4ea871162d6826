/* The analysis `draw`: the picture of a model: a game tree (with --solve, what is played), a table of payoffs, a stability graph.
 *
 * Cost: that of the picture; --solve and conflicts cost their analysis too. */
#include "analyse/draw.h"

#include <string.h>

#include "analyse/job.h"
#include "analyse/solve.h"
#include "solve/solver.h"

static void free_answer(void *data, size_t count)
{
    (void)count;
    dtn_draw_answer *a = data;
    dtn_equilibria_free(a->equilibria);
    dtn_stability_free(a->run);
}

/* "moves", "matrix" or "conflict": what --part says, or the first that the scenario has. */
static dtn_status choose(dtn_ctx *ctx, const char **part, const dtn_job *job)
{
    const dtn_scenario *s = job->model->scenario;
    const char *asked = dtn_options_text(&job->options, "part", NULL);
    const struct {
        const char *name;
        bool has;
    } parts[] = {{"moves", job->model->tree || (s && s->start >= 0)},
                 {"matrix", job->model->strategic || (s && s->matrix)},
                 {"conflict", s && s->conflict}};
    for (size_t i = 0; i < 3; i++) {
        *part = parts[i].name;
        if (parts[i].has && (!asked || strcmp(asked, *part) == 0))
            return DTN_OK;
        if (asked && strcmp(asked, *part) == 0)
            return dtn_fail(ctx, DTN_DOMAIN, "%s has no `%s:`", job->model->file, asked);
    }
    return dtn_fail(ctx, DTN_ARG, "--part: found \"%s\", expected moves, matrix or conflict",
                    asked ? asked : "");
}

static dtn_status solve(dtn_ctx *ctx, dtn_draw_answer *a, dtn_job *job)
{
    long number;
    DTN_TRY(dtn_options_int(ctx, &number, &job->options, "equilibrium", 1, 1, 1000000000));
    dtn_solve_options options = {0};
    DTN_TRY(dtn_job_rung(ctx, &options.rung, job));
    DTN_TRY(dtn_solve_tree(ctx, &a->equilibria, a->tree, &options));
    if (number > a->equilibria->count && a->equilibria->count)
        return dtn_fail(ctx, DTN_ARG, "--equilibrium: found %ld, there are %d", number, a->equilibria->count);
    a->chosen = (int)number - 1;
    return DTN_OK;
}

static dtn_status prepare(dtn_ctx *ctx, dtn_draw_answer *a, dtn_job *job)
{
    const dtn_scenario *s = job->model->scenario;
    const char *part;
    long rows;
    DTN_TRY(choose(ctx, &part, job));
    DTN_TRY(dtn_options_int(ctx, &rows, &job->options, "rows", 40, 2, 100000));
    a->rows = (int)rows;
    if (strcmp(part, "moves") == 0) {
        DTN_TRY(dtn_job_tree(ctx, &a->tree, job));
        return dtn_options_flag(&job->options, "solve") ? solve(ctx, a, job) : DTN_OK;
    }
    if (strcmp(part, "matrix") == 0) {
        DTN_TRY(dtn_job_table(ctx, &a->strategic, job));
        if (a->strategic->players != 2)
            return dtn_fail(ctx, DTN_UNSUPPORTED, "a table is drawn for two players, this game has %d",
                            a->strategic->players);
        return DTN_OK;
    }
    const char *name = dtn_options_text(&job->options, "concept", "SEQ");
    a->concept_index = dtn_concept_find(name);
    if (a->concept_index < 0)
        return dtn_fail(ctx, DTN_ARG,
                        "--concept: found \"%s\", expected a stability concept such as R or SEQ", name);
    dtn_stability_options options = {.concepts = UINT32_C(1) << a->concept_index};
    return dtn_stability_run(ctx, &a->run, s->conflict, &options);
}

static dtn_status run(dtn_ctx *ctx, dtn_result *result, dtn_job *job)
{
    dtn_draw_answer *a;
    DTN_ALLOC(ctx, result->arena, a, 1);
    dtn_status status = prepare(ctx, a, job);
    if (status != DTN_OK) {
        free_answer(a, 1);
        return status;
    }
    result->data = a;
    result->cleanup = free_answer;
    result->outcome = DTN_OUTCOME_COMPLETE;
    return DTN_OK;
}

static const char *missing(const dtn_model *m)
{
    bool has = m->tree || m->strategic ||
               (m->scenario && (m->scenario->start >= 0 || m->scenario->matrix || m->scenario->conflict));
    return has ? NULL : "the file has neither `moves:`, `matrix:` nor `conflict:`";
}

static const dtn_option_spec options[] = {
    {"part", "PART", NULL,
     "what to draw of a scenario: moves, matrix or conflict (default: the first it has)", false},
    {"solve", NULL, NULL, "show what is played in an equilibrium of the tree", false},
    {"equilibrium", "N", "1", "which equilibrium --solve shows", false},
    {"rung", "RUNG", NULL, "weakest rung that --solve accepts, as for solve", false},
    {"rows", "N", "40", "a tree with more ends shows what is played and what is next to it", false},
    {"concept", "NAME", "SEQ", "conflicts: whose equilibria stand out", false},
    {0},
};

const dtn_analysis dtn_analysis_draw = {
    .name = "draw",
    .title = "What does it look like?",
    .about = "Draw the model: its game tree, its table of payoffs, or its stability graph.",
    .options = options,
    .missing = missing,
    .run = run,
};
