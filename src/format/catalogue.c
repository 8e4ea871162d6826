/* Opening examples by name: @chicken, or a member of a family, @cyclic?n=5.
 *
 * Method: a name is looked up among the files that the build put into the library, then among the generators; what comes back is the text of a
 *   file, which the ordinary readers read. */
#include "format/catalogue.h"

#include <stdio.h>
#include <string.h>

#include "base/suggest.h"
#include "detente/model.h"
#include "format/write.h"
#include "model/game_tree.h"

#define X(record) extern const dtn_generator record;
#include "format/generators.def"
#undef X

static const dtn_generator *const generators[] = {
#define X(record) &record,
#include "format/generators.def"
#undef X
};
enum { GENERATORS = sizeof generators / sizeof *generators };

static int files(void)
{
    int count = 0;
    while (dtn_examples[count].name)
        count++;
    return count;
}

const char *dtn_example_name(int i)
{
    int known = files();
    if (i < 0 || i >= known + GENERATORS)
        return NULL;
    return i < known ? dtn_examples[i].name : generators[i - known]->name;
}

const char *dtn_example_file(int i)
{
    return i >= 0 && i < files() ? dtn_examples[i].file : NULL;
}

const char *dtn_example_setting(int i, int k, const char **fallback, const char **help)
{
    int known = files();
    if (i < known || i >= known + GENERATORS || k < 0)
        return NULL;
    const dtn_option_spec *spec = generators[i - known]->options;
    for (int n = 0; n < k; n++)
        if (!spec[n].name)
            return NULL;
    if (!spec[k].name)
        return NULL;
    *fallback = spec[k].fallback;
    *help = spec[k].help;
    return spec[k].name;
}

/* The title in a game file's first quotation marks, or behind the "title:" of a scenario or of an action graph's comments. */
static const char *title_of(const dtn_example *e, size_t *length)
{
    const char *text = (const char *)e->bytes, *end = text + e->length;
    bool scenario = strstr(e->file, ".yaml") != NULL;
    bool graph = strstr(e->file, ".agg") || strstr(e->file, ".bagg");
    const char *mark = scenario ? "\ntitle:" : "\n# title:";
    const char *at = scenario || graph ? strstr(text, mark) : memchr(text, '"', e->length);
    *length = 0;
    if (!at)
        return "";
    at += scenario || graph ? strlen(mark) : 1;
    while ((scenario || graph) && at < end && (*at == ' ' || *at == '"'))
        at++;
    while (at + *length < end && at[*length] != '\n' && at[*length] != '"')
        ++*length;
    return at;
}

const char *dtn_example_title(int i, size_t *length)
{
    int known = files();
    *length = 0;
    if (i < 0 || i >= known + GENERATORS)
        return NULL;
    if (i < known)
        return title_of(&dtn_examples[i], length);
    const char *title = generators[i - known]->title;
    *length = strlen(title);
    return title;
}

static const char *name_at(const void *user, int i)
{
    (void)user;
    return dtn_example_name(i);
}

/* "key=value&key=value" into given, each key one of the generator's. */
static dtn_status read_settings(dtn_ctx *ctx, dtn_arena *arena, dtn_options *given, const dtn_generator *g,
                                const char *text)
{
    while (*text) {
        size_t length = strcspn(text, "&"), key = strcspn(text, "=&");
        const char *name = dtn_arena_strndup(arena, text, key);
        const char *value = key < length ? dtn_arena_strndup(arena, text + key + 1, length - key - 1) : "";
        if (!name || !value)
            return dtn_fail_nomem(ctx);
        const dtn_option_spec *spec = g->options;
        while (spec->name && strcmp(spec->name, name) != 0)
            spec++;
        if (!spec->name || !*value)
            return dtn_fail(
                ctx, DTN_ARG,
                "@%s: found the setting \"%.*s\", expected one such as %s=%s (detente examples lists them)",
                g->name, (int)length, text, g->options->name, g->options->fallback);
        DTN_TRY(dtn_options_add(ctx, arena, given, name, value));
        text += length;
        text += *text == '&';
    }
    return DTN_OK;
}

dtn_status dtn_setting(dtn_ctx *ctx, long *out, const dtn_options *given, const dtn_option_spec *spec,
                       long lo, long hi)
{
    long fallback = 0;
    for (const char *c = spec->fallback; *c; c++)
        fallback = 10 * fallback + (*c - '0');
    return dtn_options_int(ctx, out, given, spec->name, fallback, lo, hi);
}

dtn_status dtn_setting_word(dtn_ctx *ctx, int *out, const dtn_options *given, const dtn_option_spec *spec,
                            const char *const *words)
{
    const char *word = dtn_options_text(given, spec->name, spec->fallback);
    for (*out = 0; words[*out]; ++*out)
        if (strcmp(words[*out], word) == 0)
            return DTN_OK;
    char list[256] = "";
    for (int i = 0; words[i]; i++)
        snprintf(list + strlen(list), sizeof list - strlen(list), "%s%s", i ? ", " : "", words[i]);
    return dtn_fail(ctx, DTN_ARG, "%s: found \"%s\", expected one of %s", spec->name, word, list);
}

/* A game given by functions, as the .efg file of its tree. */
static dtn_status write_game(dtn_ctx *ctx, dtn_arena *arena, dtn_str *out, const dtn_generator *g,
                             const dtn_options *given)
{
    dtn_game game = {0};
    dtn_tree *tree;
    DTN_TRY(g->game(ctx, arena, &game, given));
    DTN_TRY(dtn_tree_of_game(ctx, &tree, &game));
    dtn_status status = dtn_efg_write(ctx, out, tree);
    dtn_tree_free(tree);
    return status;
}

static dtn_status generate(dtn_ctx *ctx, dtn_arena *arena, const char **text, size_t *length,
                           const dtn_generator *g, const char *settings)
{
    dtn_options given = {0};
    DTN_TRY(read_settings(ctx, arena, &given, g, settings));
    dtn_str out = dtn_str_in(arena);
    DTN_TRY(g->generate ? g->generate(ctx, &out, &given) : write_game(ctx, arena, &out, g, &given));
    *length = out.length;
    *text = dtn_str_done(&out);
    return *text ? DTN_OK : dtn_fail_nomem(ctx);
}

dtn_status dtn_catalogue_open(dtn_ctx *ctx, dtn_arena *arena, const char **text, size_t *length,
                              const char *path)
{
    size_t n = strcspn(path, "?");
    const char *settings = path[n] ? path + n + 1 : "", *name = dtn_arena_strndup(arena, path, n);
    if (!name)
        return dtn_fail_nomem(ctx);
    for (const dtn_example *e = dtn_examples; e->name; e++) {
        if (strcmp(e->name, name) != 0)
            continue;
        if (*settings)
            return dtn_fail(
                ctx, DTN_ARG,
                "@%s takes no settings, found \"%s\"; parameters of a scenario are set with --set", name,
                settings);
        *text = (const char *)e->bytes;
        *length = e->length;
        return DTN_OK;
    }
    for (int i = 0; i < GENERATORS; i++)
        if (strcmp(generators[i]->name, name) == 0)
            return generate(ctx, arena, text, length, generators[i], settings);
    const char *near = dtn_suggest(name, name_at, NULL);
    return dtn_fail(ctx, DTN_ARG, "no example is called \"%s\"%s%s%s; detente examples lists them", name,
                    near ? " (did you mean \"@" : "", near ? near : "", near ? "\"?)" : "");
}

dtn_status dtn_catalogue_game(dtn_ctx *ctx, dtn_arena *arena, bool *is, dtn_game *game, const char *path)
{
    size_t n = strcspn(path, "?");
    *is = false;
    for (int i = 0; i < GENERATORS; i++) {
        const dtn_generator *g = generators[i];
        if (!g->game || strlen(g->name) != n || memcmp(g->name, path, n) != 0)
            continue;
        dtn_options given = {0};
        DTN_TRY(read_settings(ctx, arena, &given, g, path[n] ? path + n + 1 : ""));
        *is = true;
        return g->game(ctx, arena, game, &given);
    }
    return DTN_OK;
}
