/* The analysis `convert`: the model in another format, and what that format cannot hold.
 *
 * Method: a route is chosen by what the model is and what the format takes: trees become their reduced strategic form, strategic
 * games trees in which nobody sees the others' moves, scenarios the game at the job's point. Cost: that of the route. Exact. */
#include "analyse/convert.h"

#include <stdio.h>
#include <string.h>

#include "analyse/convert_routes.h"
#include "analyse/job.h"
#include "base/suggest.h"
#include "format/scenario_write.h"
#include "format/write.h"
#include "model/action_graph.h"

enum { MOST_PROFILES = 4000000 };

dtn_status dtn_remark(dtn_ctx *ctx, dtn_result *result, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *text = dtn_arena_vprintf(result->arena, format, args);
    va_end(args);
    const char **list = dtn_arena_array(result->arena, (size_t)result->remarks + 1, sizeof *list);
    if (!text || !list)
        return dtn_fail_nomem(ctx);
    for (int i = 0; i < result->remarks; i++)
        list[i] = result->remark[i];
    list[result->remarks++] = text;
    result->remark = list;
    return DTN_OK;
}

/* The part of a scenario that is converted: "moves", "matrix", "conflict"; "" for a bare game or the whole file. */
static dtn_status choose_part(dtn_ctx *ctx, route *r)
{
    const dtn_scenario *s = r->job->model->scenario;
    r->part = dtn_options_text(&r->job->options, "part", NULL);
    if (!s)
        return r->part ? dtn_fail(ctx, DTN_ARG, "--part chooses a part of a scenario, and this is none")
                       : DTN_OK;
    const struct {
        const char *name;
        bool has;
    } parts[] = {{"moves", s->start >= 0}, {"matrix", s->matrix != NULL}, {"conflict", s->conflict != NULL}};
    if (r->part) {
        for (size_t i = 0; i < 3; i++)
            if (strcmp(r->part, parts[i].name) == 0)
                return parts[i].has
                           ? DTN_OK
                           : dtn_fail(ctx, DTN_DOMAIN, "%s has no `%s:`", r->job->model->file, r->part);
        return dtn_fail(ctx, DTN_ARG, "--part: found \"%s\", expected moves, matrix or conflict", r->part);
    }
    if (r->to->whole)
        return DTN_OK;
    bool wants_conflict = strcmp(r->to->name, "gmcr") == 0;
    bool wants_tree = strcmp(r->to->name, "efg") == 0 || strcmp(r->to->name, "dot") == 0;
    r->part = wants_conflict                                ? "conflict"
              : s->matrix && !(wants_tree && s->start >= 0) ? "matrix"
              : s->start >= 0                               ? "moves"
                                                            : "conflict";
    if (wants_conflict && !s->conflict)
        return dtn_fail(ctx, DTN_DOMAIN, "%s has no `conflict:`, which is what a .gmcr file holds",
                        r->job->model->file);
    return DTN_OK;
}

static dtn_status find_format(dtn_ctx *ctx, route *r)
{
    const char *name = dtn_options_text(&r->job->options, "to", NULL);
    if (!name)
        return dtn_fail(
            ctx, DTN_ARG,
            "convert: --to says which format is wanted: nfg, efg, agg, bagg, gmcr, json, yaml, csv, dot");
    for (const target *t = dtn_convert_targets; t->name; t++)
        if (strcmp(t->name, name) == 0) {
            r->to = t;
            return DTN_OK;
        }
    return dtn_fail(
        ctx, DTN_ARG,
        "convert: found \"%s\", expected a format to write: nfg, efg, agg, bagg, gmcr, json, yaml, csv, dot",
        name);
}

/* Writing out what an action graph keeps compact. */
static dtn_status table_of_graph(route *r, const dtn_strategic **out)
{
    const dtn_strategic *g = *out;
    double kept = 0;
    for (int a = 0; a < g->graph->actions; a++)
        kept += g->graph->node[a].configs;
    DTN_TRY(dtn_job_table(r->ctx, out, r->job));
    return dtn_remark(r->ctx, r->result, "the action graph is lost: its %.0f payoffs became a table of %.0f%s",
                      kept, dtn_strategic_size(g) * g->players,
                      g->graph->bayesian ? ", and each type of a player a player of its own" : "");
}

dtn_status dtn_route_tree(route *r, const dtn_tree **out)
{
    const dtn_model *m = r->job->model;
    const dtn_strategic *g = m->strategic;
    if (!g && r->part && strcmp(r->part, "matrix") == 0)
        g = m->scenario->matrix;
    if (!g)
        return dtn_job_tree(r->ctx, out, r->job);
    DTN_TRY(dtn_route_strategic(r, &g));
    DTN_TRY(dtn_tree_from_strategic(r->ctx, &r->made_tree, g));
    *out = r->made_tree;
    return dtn_remark(
        r->ctx, r->result,
        "simultaneous choices are written as moves in a row of which the later players know nothing");
}

dtn_status dtn_route_strategic(route *r, const dtn_strategic **out)
{
    const dtn_model *m = r->job->model;
    *out = m->strategic;
    if (*out && (*out)->graph)
        return table_of_graph(r, out);
    if (!*out && r->part && strcmp(r->part, "matrix") == 0)
        *out = m->scenario->matrix;
    if (*out)
        return DTN_OK;
    const dtn_tree *tree;
    DTN_TRY(dtn_job_tree(r->ctx, &tree, r->job));
    if (!tree->perfect_recall)
        return dtn_fail(r->ctx, DTN_DOMAIN,
                        "%s: a player forgets at %s, and the reduced strategic form is defined for perfect "
                        "recall only",
                        m->file, tree->infoset[tree->recall_infoset].name);
    DTN_TRY(dtn_strategic_from_tree(r->ctx, &r->made_game, tree, MOST_PROFILES));
    *out = r->made_game;
    char sizes[128] = "";
    for (int p = 0; p < r->made_game->players && strlen(sizes) < 100; p++)
        snprintf(sizes + strlen(sizes), 16, "%s%d", p ? " by " : "", r->made_game->strategies[p]);
    return dtn_remark(r->ctx, r->result,
                      "who moves when and who knows what is lost: written is the reduced strategic form, %s",
                      sizes);
}

static dtn_status convert(route *r)
{
    const dtn_model *m = r->job->model;
    bool whole = m->scenario && !r->part;
    if (whole)
        return dtn_route_document(r);
    if (m->scenario)
        DTN_TRY(dtn_route_leave_out(r));
    if (r->part && strcmp(r->part, "conflict") == 0)
        return dtn_route_conflict(r);
    return r->to->write(r);
}

static dtn_status run(dtn_ctx *ctx, dtn_result *result, dtn_job *job)
{
    route r = {.ctx = ctx, .job = job, .result = result, .out = dtn_str_in(result->arena)};
    dtn_convert_answer *answer;
    DTN_TRY(find_format(ctx, &r));
    DTN_TRY(choose_part(ctx, &r));
    dtn_status status = convert(&r);
    dtn_strategic_free(r.made_game);
    dtn_tree_free(r.made_tree);
    DTN_TRY(status);
    DTN_ALLOC(ctx, result->arena, answer, 1);
    answer->text = dtn_str_done(&r.out);
    answer->length = r.out.length;
    if (!answer->text)
        return dtn_fail_nomem(ctx);
    result->data = answer;
    result->outcome = DTN_OUTCOME_COMPLETE;
    return DTN_OK;
}

static const dtn_option_spec options[] = {
    {"to", "FORMAT",
     NULL, "nfg, efg, agg, bagg, gmcr, json, yaml, csv, dot; or a picture: svg, tikz, latex (default: by the ending of -o)",
     false},
    {"part", "PART", NULL, "which part of a scenario: moves, matrix or conflict (default: by the format)",
     false},
    {0},
};

const dtn_analysis dtn_analysis_convert = {
    .name = "convert",
    .title = "The model in another format",
    .about = "Write the model in another format, and say what that format cannot hold.",
    .options = options,
    .run = run,
};
