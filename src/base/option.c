/* Options by name. */
#include "base/option.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/ctx.h"

dtn_status dtn_options_add(dtn_ctx *ctx, dtn_arena *arena, dtn_options *options, const char *name,
                           const char *value)
{
    dtn_option_value *v;
    DTN_ALLOC(ctx, arena, v, 1);
    v->name = dtn_arena_strdup(arena, name);
    v->value = dtn_arena_strdup(arena, value ? value : "");
    if (!v->name || !v->value)
        return dtn_fail_nomem(ctx);
    if (options->last)
        options->last->next = v;
    else
        options->first = v;
    options->last = v;
    return DTN_OK;
}

const char *dtn_options_text(const dtn_options *options, const char *name, const char *fallback)
{
    for (const dtn_option_value *v = options ? options->first : NULL; v; v = v->next)
        if (strcmp(v->name, name) == 0)
            fallback = v->value;
    return fallback;
}

bool dtn_options_flag(const dtn_options *options, const char *name)
{
    return dtn_options_text(options, name, NULL) != NULL;
}

dtn_status dtn_options_int(dtn_ctx *ctx, long *out, const dtn_options *options, const char *name,
                           long fallback, long lo, long hi)
{
    const char *text = dtn_options_text(options, name, NULL);
    *out = fallback;
    if (!text)
        return DTN_OK;
    char *end;
    errno = 0;
    long value = strtol(text, &end, 10);
    if (errno || end == text || *end || value < lo || value > hi)
        return dtn_fail(ctx, DTN_ARG, "--%s: found \"%s\", expected a whole number from %ld to %ld", name,
                        text, lo, hi);
    *out = value;
    return DTN_OK;
}
