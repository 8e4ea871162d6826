/* From bytes to a model: the format by content, then by extension; then its reader.
 * Cost: linear in the file. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "detente/conflict.h"
#include "format/catalogue.h"
#include "format/format.h"
#include "format/reader.h"
#include "format/yaml.h"
#include "model/strategic.h"

static const dtn_format formats[] = {
#define X(name, extensions, sniff, read) {name, extensions, sniff, read},
#include "format/formats.def"
#undef X
};

const dtn_format *dtn_format_at(int i)
{
    return i >= 0 && (size_t)i < sizeof formats / sizeof *formats ? &formats[i] : NULL;
}

static size_t first_byte(const char *bytes, size_t length)
{
    size_t at = length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    while (at < length && memchr(" \t\r\n", bytes[at], 4))
        at++;
    return at;
}

bool dtn_json_sniff(const char *bytes, size_t length)
{
    size_t at = first_byte(bytes, length);
    return at < length && bytes[at] == '{';
}

/* Text with a colon or a comment, or nothing at all: good enough after all others declined. */
bool dtn_yaml_sniff(const char *bytes, size_t length)
{
    size_t at = first_byte(bytes, length);
    return at == length || memchr(bytes + at, ':', length - at) || bytes[at] == '#' || bytes[at] == '-';
}

dtn_status dtn_yaml_read(dtn_ctx *ctx, dtn_model *model, dtn_diags *diags, const char *bytes, size_t length)
{
    dtn_arena *arena = dtn_arena_new(ctx);
    if (!arena)
        return dtn_fail_nomem(ctx);
    dtn_bytes checked;
    const dtn_yaml *root = NULL;
    dtn_status status = DTN_OK;
    if (dtn_bytes_check(diags, arena, &checked, bytes, length))
        status = dtn_yaml_parse(ctx, arena, &root, diags, &checked);
    model->kind = DTN_MODEL_SCENARIO;
    if (status == DTN_OK && root && dtn_game_is(root))
        status = dtn_game_read(ctx, model, arena, diags, &checked, root);
    else if (status == DTN_OK && root)
        return dtn_scenario_read(ctx, &model->scenario, arena, diags, model->file, &checked, root);
    dtn_arena_free(arena);
    return status;
}

static bool has_extension(const dtn_format *f, const char *file)
{
    const char *dot = strrchr(file, '.');
    if (!dot)
        return false;
    size_t n = strlen(dot + 1);
    for (const char *e = f->extensions; *e; e += strspn(e, " ")) {
        size_t m = strcspn(e, " ");
        if (m == n && strncmp(e, dot + 1, n) == 0)
            return true;
        e += m;
    }
    return false;
}

static const dtn_format *choose(const char *file, const char *bytes, size_t length)
{
    const dtn_format *found = NULL;
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        /* What looks like text may still be a game whose header is broken: then the extension knows better. */
        bool last = i + 1 == sizeof formats / sizeof *formats;
        for (size_t k = 0; last && k < i && !found; k++)
            if (has_extension(&formats[k], file))
                found = &formats[k];
        if (!found && formats[i].sniff(bytes, length))
            found = &formats[i];
        if (found)
            return found;
    }
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (has_extension(&formats[i], file))
            return &formats[i];
    return NULL;
}

static dtn_status read_model(dtn_ctx *ctx, dtn_model *model, dtn_diags *d)
{
    const dtn_format *f = choose(model->file, model->source, model->source_length);
    if (model->source_length > DTN_YAML_LARGEST && (!f || f->read == dtn_yaml_read)) {
        dtn_diag_error(d, DTN_DIAG_TOO_LARGE, (dtn_place){0}, "found %zu bytes, at most %d are read",
                       model->source_length, DTN_YAML_LARGEST);
    } else if (!f) {
        dtn_diag_error(d, DTN_DIAG_FORMAT, (dtn_place){1, 1, 1},
                       "neither the content nor the extension tells the format");
    } else {
        model->format = f->name;
        DTN_TRY(f->read(ctx, model, d, model->source, model->source_length));
    }
    return dtn_diags_finish(d);
}

/* Takes over source (malloc). */
static dtn_status from_source(dtn_ctx *ctx, dtn_model **out, dtn_diags **diags, const char *name,
                              char *source, size_t length)
{
    dtn_model *model = calloc(1, sizeof *model);
    size_t name_size = strlen(name) + 1;
    char *file = model ? malloc(name_size) : NULL;
    dtn_diags *d = NULL;
    if (!file) {
        free(model);
        free(source);
        return dtn_fail_nomem(ctx);
    }
    memcpy(file, name, name_size);
    *model = (dtn_model){.file = file, .format = "", .source = source, .source_length = length};
    dtn_status status = dtn_diags_new(ctx, &d, name, source, length);
    if (status == DTN_OK)
        status = read_model(ctx, model, d);
    if (status != DTN_OK) {
        dtn_model_free(model);
        model = NULL;
    }
    *out = model;
    if (diags && (status == DTN_OK || status == DTN_PARSE))
        *diags = d;
    else
        dtn_diags_free(d);
    return status;
}

dtn_status dtn_model_parse(dtn_ctx *ctx, dtn_model **out, dtn_diags **diags, const char *name,
                           const char *bytes, size_t length)
{
    *out = NULL;
    if (diags)
        *diags = NULL;
    char *copy = malloc(length + 1);
    if (!copy)
        return dtn_fail_nomem(ctx);
    if (length)
        memcpy(copy, bytes, length);
    copy[length] = '\0';
    return from_source(ctx, out, diags, name ? name : "input", copy, length);
}

static dtn_status read_stream(dtn_ctx *ctx, char **out, size_t *length, FILE *f, const char *path)
{
    size_t room = 1 << 16, used = 0;
    char *data = malloc(room);
    while (data) {
        used += fread(data + used, 1, room - 1 - used, f);
        if (used < room - 1)
            break;
        char *wider = realloc(data, room * 2);
        if (!wider)
            free(data);
        data = wider;
        room *= 2;
    }
    if (!data)
        return dtn_fail_nomem(ctx);
    if (ferror(f)) {
        free(data);
        return dtn_fail(ctx, DTN_IO, "%s: cannot be read: %s", path, strerror(errno));
    }
    data[used] = '\0';
    *out = data;
    *length = used;
    return DTN_OK;
}

dtn_status dtn_example_text(dtn_ctx *ctx, char **text, size_t *length, const char *name)
{
    *text = NULL;
    dtn_arena *arena = dtn_arena_new(ctx); /* not scratch: writers use that */
    if (!arena)
        return dtn_fail_nomem(ctx);
    const char *found = NULL;
    dtn_status status = dtn_catalogue_open(ctx, arena, &found, length, name);
    char *copy = status == DTN_OK ? malloc(*length + 1) : NULL;
    if (copy) {
        memcpy(copy, found, *length);
        copy[*length] = '\0';
        *text = copy;
    }
    dtn_arena_free(arena);
    return status == DTN_OK && !copy ? dtn_fail_nomem(ctx) : status;
}

/* Families given by functions need no text between them and their tree. */
static dtn_status read_example(dtn_ctx *ctx, dtn_model **out, dtn_diags **diags, const char *path)
{
    char *text;
    size_t bytes;
    bool is_game;
    dtn_game game = {0};
    dtn_arena *arena = dtn_arena_new(ctx);
    if (!arena)
        return dtn_fail_nomem(ctx);
    dtn_status status = dtn_catalogue_game(ctx, arena, &is_game, &game, path + 1);
    if (status == DTN_OK && is_game && diags)
        status = dtn_diags_new(ctx, diags, path, "", 0);
    if (status == DTN_OK && is_game)
        status = dtn_catalogue_model(ctx, out, &game, path);
    dtn_arena_free(arena);
    if (status != DTN_OK && diags) {
        dtn_diags_free(*diags);
        *diags = NULL;
    }
    if (status != DTN_OK || is_game)
        return status;
    DTN_TRY(dtn_example_text(ctx, &text, &bytes, path + 1));
    return from_source(ctx, out, diags, path, text, bytes);
}

dtn_status dtn_model_read(dtn_ctx *ctx, dtn_model **out, dtn_diags **diags, const char *path)
{
    *out = NULL;
    if (diags)
        *diags = NULL;
    if (path[0] == '@')
        return read_example(ctx, out, diags, path);
    bool standard = strcmp(path, "-") == 0;
    FILE *f = standard ? stdin : fopen(path, "rb");
    if (!f)
        return dtn_fail(ctx, DTN_IO, "%s: cannot be opened: %s", path, strerror(errno));
    char *data;
    size_t length;
    dtn_status status = read_stream(ctx, &data, &length, f, path);
    if (!standard)
        fclose(f);
    DTN_TRY(status);
    return from_source(ctx, out, diags, path, data, length);
}

void dtn_model_free(dtn_model *model)
{
    if (!model)
        return;
    dtn_scenario_free(model->scenario);
    dtn_tree_free(model->tree);
    dtn_strategic_free(model->strategic);
    free(model->source);
    free((char *)model->file);
    free(model);
}

const char *dtn_model_kind_name(const dtn_model *model)
{
    static const char *const names[] = {"scenario", "tree", "strategic"};
    return names[model->kind];
}

const char *dtn_model_format(const dtn_model *model)
{
    return model->format;
}

const char *dtn_model_file(const dtn_model *model)
{
    return model->file;
}

bool dtn_model_has(const dtn_model *model, const char *part)
{
    const dtn_scenario *s = model->scenario;
    if (!s)
        return false;
    const struct {
        const char *name;
        bool has;
    } parts[] = {{"moves", s->start >= 0},      {"conflict", s->conflict != NULL},
                 {"matrix", s->matrix != NULL}, {"stochastic", s->stochastic != NULL},
                 {"claims", s->claims > 0},     {"guarantees", s->guarantees > 0},
                 {"expect", s->expects > 0}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (strcmp(parts[i].name, part) == 0)
            return parts[i].has;
    return false;
}
