/* From a result to text: the registry of documents (reports.def) and of formats. */
#include "report/render.h"

#include <stdlib.h>
#include <string.h>

#include "analyse/convert.h"
#include "report/of_solve.h"
#include "report/picture.h"
#include "report/report.h"
#include "report/words.h"

typedef struct report {
    const char *analysis;
    dtn_report_of *of;
} report;

static const report reports[] = {
#define X(name, function) {name, function},
#include "report/reports.def"
#undef X
    {NULL, NULL},
};

static const struct {
    const char *name;
    dtn_render_fn *render;
} formats[] = {
    {"text", dtn_render_text},   {"json", dtn_render_json},   {"csv", dtn_render_csv},
    {"md", dtn_render_markdown}, {"latex", dtn_render_latex}, {"html", dtn_render_html},
    {"svg", dtn_render_svg},     {"tikz", dtn_render_tikz},
};

dtn_report_of *dtn_report_find(const char *analysis)
{
    for (const report *r = reports; r->analysis; r++)
        if (strcmp(r->analysis, analysis) == 0)
            return r->of;
    return NULL;
}

static const struct dtn_picture *first_picture(const dtn_block *section)
{
    for (const dtn_block *b = section->first; b; b = b->next) {
        if (b->kind == DTN_BLOCK_PICTURE)
            return b->picture;
        const struct dtn_picture *p = dtn_block_is_section(b) ? first_picture(b) : NULL;
        if (p)
            return p;
    }
    return NULL;
}

static dtn_status no_picture(dtn_out *out, const dtn_doc *doc)
{
    return dtn_fail(out->ctx, DTN_UNSUPPORTED, "%s: this result holds no picture", doc->analysis);
}

dtn_status dtn_render_svg(dtn_out *out, const dtn_doc *doc, const dtn_look *look)
{
    (void)look;
    const struct dtn_picture *p = first_picture(&doc->root);
    if (!p)
        return no_picture(out, doc);
    dtn_picture_svg(out, p, true, "g1");
    return out->status;
}

dtn_status dtn_render_tikz(dtn_out *out, const dtn_doc *doc, const dtn_look *look)
{
    (void)look;
    const struct dtn_picture *p = first_picture(&doc->root);
    if (!p)
        return no_picture(out, doc);
    dtn_picture_tikz(out, p);
    return out->status;
}

/* What the reader needs to know of the technical terms that were used. */
static void glossary(dtn_doc *doc)
{
    if (!doc->term)
        return;
    dtn_doc_open(doc, "words", "Words used");
    dtn_doc_not_in_terminal(doc);
    dtn_doc_table(doc, "terms", "");
    dtn_doc_column(doc, "term", "Term", DTN_LEFT);
    dtn_doc_column(doc, "meaning", "What it means here", DTN_LEFT);
    for (const dtn_doc_term_entry *t = doc->term; t; t = t->next) {
        dtn_doc_row(doc, NULL);
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", t->term));
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", t->meaning));
    }
    dtn_doc_close(doc);
}

/* The last line in a terminal: what to ask next. */
static void next_command(dtn_doc *doc, const dtn_result *result, const dtn_look *look)
{
    /* A report that is being written to a file needs no word on how to write it. */
    bool written =
        look && look->command && (strstr(look->command, " -o") || strstr(look->command, " --output"));
    static const struct {
        const char *after, *next, *options, *what;
    } row[] = {
        {"check", "report", "", "all questions together"},
        {"solve", "credibility", "", "whether its threats and promises are credible"},
        {"verify", "solve", "", "which equilibria there are"},
        {"credibility", "bind", "", "what would bind"},
        {"stability", "report", "", "all questions together"},
        {"bind", "rests", "", "what it rests on"},
        {"rests", "report", "", "all questions together"},
        {"report", "report", " -o report.html", "the full report, with pictures"},
    };
    const dtn_model *m = result->job->model;
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        const dtn_analysis *next = dtn_analysis_find(row[i].next);
        if (written && strcmp(row[i].next, doc->analysis) == 0)
            continue;
        if (strcmp(row[i].after, doc->analysis) != 0 || !next || (next->missing && next->missing(m)))
            continue;
        dtn_doc_open(doc, "next", "%s", "");
        dtn_doc_only_in_terminal(doc);
        dtn_doc_say(doc, "%s",
                    dtn_words_quiet(doc, dtn_doc_print(doc, "Next: detente %s %s%s (%s)", row[i].next,
                                                       m->file ? dtn_words_argument(doc, m->file) : "FILE",
                                                       row[i].options, row[i].what)));
        dtn_doc_close(doc);
    }
}

static void players(dtn_doc *doc, const dtn_model *model)
{
    const dtn_scenario *s = model->scenario;
    if (s)
        for (int p = 0; p < s->players; p++)
            dtn_doc_player(doc, s->player[p].key, s->player[p].name);
    else if (model->tree)
        for (int p = 0; p < model->tree->players; p++)
            dtn_doc_player(doc, model->tree->player[p].name, model->tree->player[p].label);
    else if (model->strategic)
        for (int p = 0; p < model->strategic->players; p++)
            dtn_doc_player(doc, model->strategic->player[p], NULL);
}

static const char *model_title(const dtn_model *m)
{
    const char *title = m->scenario    ? m->scenario->title
                        : m->tree      ? m->tree->title
                        : m->strategic ? m->strategic->title
                                       : NULL;
    return title && *title ? title : m->file ? m->file : "A game";
}

dtn_status dtn_report_build(dtn_ctx *ctx, dtn_arena *arena, dtn_doc **out, const dtn_result *result,
                            const dtn_look *look)
{
    const char *analysis = result->job->analysis->name;
    dtn_report_of *of = dtn_report_find(analysis);
    if (!of)
        return dtn_fail(ctx, DTN_UNSUPPORTED, "%s: this result cannot be put into words", analysis);
    dtn_doc *doc = dtn_doc_new(ctx, arena);
    if (!doc)
        return dtn_fail_nomem(ctx);
    dtn_doc_title(doc, analysis, "%s", model_title(result->job->model));
    if (result->job->analysis->title)
        dtn_doc_question(doc, result->job->analysis->title);
    players(doc, result->job->model);
    dtn_doc_data(doc, "outcome", dtn_value_text(doc, "%s", dtn_outcome_name(result->outcome)));
    DTN_TRY(of(ctx, doc, result, look));
    while (doc->open->parent)
        dtn_doc_close(doc);
    glossary(doc);
    next_command(doc, result, look);
    *out = doc;
    return dtn_doc_status(doc);
}

/* A converted model is text already. */
static dtn_status as_it_is(dtn_ctx *ctx, dtn_out *out, const dtn_result *result, const char *format)
{
    const dtn_convert_answer *a = result->data;
    if (strcmp(format, "model") != 0)
        return dtn_fail(ctx, DTN_UNSUPPORTED,
                        "convert: the result is a model; found format \"%s\", expected \"model\"", format);
    dtn_out_bytes(out, a->text, a->length);
    return out->status;
}

static dtn_status render(dtn_ctx *ctx, dtn_out *out, const dtn_result *result, const char *format,
                         const dtn_look *look)
{
    if (strcmp(result->job->analysis->name, "convert") == 0)
        return as_it_is(ctx, out, result, format);
    if (strcmp(format, "gambit") == 0)
        return dtn_render_gambit(ctx, out, result);
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strcmp(formats[i].name, format) == 0) {
            dtn_doc *doc;
            DTN_TRY(dtn_report_build(ctx, out->arena, &doc, result, look));
            return formats[i].render(out, doc, look);
        }
    return dtn_fail(
        ctx, DTN_UNSUPPORTED,
        "format \"%s\": found no such format, expected text, json, csv, md, latex, html, svg, tikz or gambit",
        format);
}

dtn_status dtn_result_render(dtn_ctx *ctx, char **text, size_t *length, const dtn_result *result,
                             const char *format, const dtn_look *look)
{
    *text = NULL;
    *length = 0;
    dtn_arena *arena = dtn_arena_new(ctx);
    if (!arena)
        return dtn_fail_nomem(ctx);
    dtn_out out = dtn_out_new(ctx, arena);
    dtn_status status = render(ctx, &out, result, format, look);
    if (status == DTN_OK)
        status = out.status;
    if (status == DTN_OK) {
        char *copy = malloc(out.length + 1);
        if (copy) {
            if (out.length)
                memcpy(copy, out.data, out.length);
            copy[out.length] = '\0';
            *text = copy;
            *length = out.length;
        } else
            status = dtn_fail_nomem(ctx);
    }
    dtn_arena_free(arena);
    return status;
}

void dtn_text_free(char *text)
{
    free(text);
}
