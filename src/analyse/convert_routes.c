/* The ways of `convert` to each format, and what each leaves behind. */
#include "analyse/convert_routes.h"

#include <string.h>

#include "format/diag.h"
#include "format/gmcr_write.h"
#include "format/scenario_write.h"
#include "format/write.h"
#include "model/action_graph.h"
#include "model/conflict.h"

static dtn_status no_title(route *r, const char *title, const char *about)
{
    if (!*title && !*about)
        return DTN_OK;
    return dtn_remark(r->ctx, r->result, "a CSV file holds no title%s", *about ? " and no comment" : "");
}

static dtn_status to_nfg(route *r)
{
    const dtn_strategic *g;
    DTN_TRY(dtn_route_strategic(r, &g));
    return dtn_nfg_write(r->ctx, &r->out, g);
}

static dtn_status to_efg(route *r)
{
    const dtn_tree *t;
    DTN_TRY(dtn_route_tree(r, &t));
    return dtn_efg_write(r->ctx, &r->out, t);
}

static dtn_status to_dot(route *r)
{
    const dtn_tree *t;
    DTN_TRY(dtn_route_tree(r, &t));
    return dtn_dot_write(r->ctx, &r->out, t);
}

/* Types of players, and there is no other difference between the two formats. */
static dtn_status to_graph(route *r, bool bayesian)
{
    const dtn_strategic *g = r->job->model->strategic;
    if (!g || !g->graph || g->graph->bayesian != bayesian)
        return dtn_fail(r->ctx, DTN_DOMAIN, "%s holds no %saction graph, which is what a .%s file is made of",
                        r->job->model->file, bayesian ? "Bayesian " : "", r->to->name);
    return dtn_agg_write(r->ctx, &r->out, g);
}

static dtn_status to_agg(route *r)
{
    return to_graph(r, false);
}

static dtn_status to_bagg(route *r)
{
    return to_graph(r, true);
}

static dtn_status to_csv(route *r)
{
    const dtn_strategic *g;
    DTN_TRY(dtn_route_strategic(r, &g));
    DTN_TRY(no_title(r, g->title, g->about));
    return dtn_csv_write(r->ctx, &r->out, g);
}

static bool is_strategic(const route *r)
{
    return r->job->model->strategic || (r->part && strcmp(r->part, "matrix") == 0);
}

static dtn_status to_json(route *r)
{
    if (is_strategic(r)) {
        const dtn_strategic *g;
        DTN_TRY(dtn_route_strategic(r, &g));
        return dtn_strategic_json_write(r->ctx, &r->out, g);
    }
    const dtn_tree *t;
    DTN_TRY(dtn_route_tree(r, &t));
    return dtn_tree_json_write(r->ctx, &r->out, t);
}

/* Names that are no keys of a scenario are replaced by keys. */
static dtn_status renamed(route *r, const dtn_strategic *g, dtn_arena *arena)
{
    int count = 0;
    const char *first = NULL;
    for (int p = 0; p < g->players; p++)
        for (int s = 0; s < g->strategies[p]; s++) {
            const char *key = dtn_scenario_key(arena, g->strategy[p][s], "s", g->strategy[p], s);
            if (!key)
                return dtn_fail_nomem(r->ctx);
            if (strcmp(key, g->strategy[p][s]) != 0 && !count++)
                first = g->strategy[p][s];
        }
    return count ? dtn_remark(
                       r->ctx, r->result,
                       "%d name%s of strategies cannot be used in a scenario and %s changed, such as \"%s\"",
                       count, count == 1 ? "" : "s", count == 1 ? "was" : "were", first)
                 : DTN_OK;
}

static dtn_status skeleton(route *r, dtn_arena *arena)
{
    const dtn_strategic *g;
    const dtn_yaml *root;
    DTN_TRY(dtn_route_strategic(r, &g));
    if (g->players < 2)
        return dtn_fail(r->ctx, DTN_DOMAIN, "the matrix of a scenario needs at least two players");
    DTN_TRY(renamed(r, g, arena));
    DTN_TRY(dtn_scenario_of_strategic(r->ctx, arena, &root, g));
    return dtn_yaml_write(r->ctx, &r->out, root);
}

static dtn_status to_yaml(route *r)
{
    if (!is_strategic(r))
        return dtn_fail(r->ctx, DTN_DOMAIN,
                        "%s: a bare tree has no form as a scenario, whose moves follow a protocol; efg and "
                        "json hold it",
                        r->job->model->file);
    dtn_arena *arena = dtn_arena_new(r->ctx);
    if (!arena)
        return dtn_fail_nomem(r->ctx);
    dtn_status status = skeleton(r, arena);
    dtn_arena_free(arena);
    return status;
}

static dtn_status no_conflict(route *r)
{
    return dtn_fail(r->ctx, DTN_DOMAIN, "%s holds no conflict, which is what a .gmcr file is made of",
                    r->job->model->file);
}

const target dtn_convert_targets[] = {
    {"nfg", false, to_nfg},       {"efg", false, to_efg},
    {"agg", false, to_agg},       {"bagg", false, to_bagg},
    {"gmcr", false, no_conflict}, {"json", true, to_json},
    {"yaml", true, to_yaml},      {"csv", false, to_csv},
    {"dot", false, to_dot},       {0},
};

/* A comment: # at the start of a line or after a blank. */
static bool has_comments(const dtn_model *m)
{
    bool free = true;
    for (const char *c = m->source; *c; c++) {
        if (*c == '#' && free)
            return true;
        free = *c == ' ' || *c == '\n' || *c == '\t';
    }
    return false;
}

static bool off_reference(const route *r)
{
    const dtn_scenario *s = r->job->model->scenario;
    for (int i = 0; i < s->params; i++)
        if (!s->param[i].formula && !fmpq_equal(&s->param[i].value, &r->job->point.value[i]))
            return true;
    return false;
}

/* The document of the file, or the one that says the same as a .gmcr file. */
static dtn_status find_document(route *r, dtn_arena *arena, const dtn_yaml **out)
{
    const dtn_model *m = r->job->model;
    const dtn_yaml *root = NULL;
    if (strcmp(m->format, "gmcr") == 0)
        return dtn_scenario_of_conflict(r->ctx, arena, out, m->scenario->conflict);
    dtn_diags *diags;
    DTN_TRY(dtn_diags_new(r->ctx, &diags, m->file, m->source, m->source_length));
    dtn_bytes bytes;
    dtn_status status = DTN_OK;
    if (dtn_bytes_check(diags, arena, &bytes, m->source, m->source_length))
        status = dtn_yaml_parse(r->ctx, arena, &root, diags, &bytes);
    dtn_diags_free(diags);
    DTN_TRY(status);
    if (!root)
        return dtn_fail(r->ctx, DTN_INTERNAL, "%s: the document cannot be read again", m->file);
    *out = root;
    return DTN_OK;
}

static dtn_status write_document(route *r, dtn_arena *arena)
{
    bool json = strcmp(r->to->name, "json") == 0;
    const dtn_yaml *root;
    DTN_TRY(find_document(r, arena, &root));
    return json ? dtn_yaml_write_json(r->ctx, &r->out, root) : dtn_yaml_write(r->ctx, &r->out, root);
}

dtn_status dtn_route_document(route *r)
{
    const dtn_model *m = r->job->model;
    if (off_reference(r))
        DTN_TRY(
            dtn_remark(r->ctx, r->result, "the values of --set are not written: the document keeps its own"));
    if (strcmp(m->format, "yaml") == 0 && has_comments(m))
        DTN_TRY(dtn_remark(r->ctx, r->result, "comments are not kept"));
    dtn_arena *arena = dtn_arena_new(r->ctx);
    if (!arena)
        return dtn_fail_nomem(r->ctx);
    dtn_status status = write_document(r, arena);
    dtn_arena_free(arena);
    return status;
}

dtn_status dtn_route_conflict(route *r)
{
    const dtn_conflict *c = r->job->model->scenario->conflict;
    if (strcmp(r->to->name, "gmcr") != 0)
        return dtn_fail(r->ctx, DTN_DOMAIN,
                        "%s: a conflict cannot be written as %s; yaml, json and gmcr hold it",
                        r->job->model->file, r->to->name);
    bool several = false;
    for (int p = 0; p < c->players; p++)
        several = several || c->player[p].variants > 1;
    if (several)
        DTN_TRY(dtn_remark(r->ctx, r->result, "of several variants of preferences the first is written"));
    if (c->state_of)
        DTN_TRY(dtn_remark(r->ctx, r->result,
                           "merged states are written apart: their moves are no longer joined"));
    else if (!c->option_form && c->options)
        DTN_TRY(dtn_remark(r->ctx, r->result, "added and removed moves are not written"));
    if (c->names)
        DTN_TRY(dtn_remark(r->ctx, r->result, "names of states are not written"));
    if (c->has_status_quo)
        DTN_TRY(dtn_remark(r->ctx, r->result, "the status quo is not written"));
    return dtn_gmcr_write(r->ctx, &r->out, c);
}

dtn_status dtn_route_leave_out(route *r)
{
    const dtn_scenario *s = r->job->model->scenario;
    bool moves = strcmp(r->part, "moves") == 0, matrix = strcmp(r->part, "matrix") == 0,
         conflict = strcmp(r->part, "conflict") == 0;
    dtn_str list = dtn_str_in(r->ctx->scratch);
    const struct {
        const char *what;
        bool has;
    } parts[] = {{"the moves", !moves && s->start >= 0},
                 {"the matrix", !matrix && s->matrix},
                 {"the conflict", !conflict && s->conflict},
                 {"guarantees", s->guarantees > 0},
                 {"classes of equilibria", s->classes > 0},
                 {"the ledger", s->claims > 0},
                 {"expectations", s->expects > 0}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i].has)
            dtn_str_addf(&list, "%s%s", list.length ? ", " : "", parts[i].what);
    if (list.length)
        DTN_TRY(dtn_remark(r->ctx, r->result, "not written: %s", list.data));
    if (moves && s->params)
        DTN_TRY(dtn_remark(r->ctx, r->result,
                           "formulas are written as numbers: the game at one point of the %d parameter%s",
                           s->params, s->params == 1 ? "" : "s"));
    return DTN_OK;
}
