/* Diagnostics as people read them: place, severity, message, the source line with a caret, help, and a count. */
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "format/diag.h"

enum { WIDEST_LINE = 160, MARGIN_BEFORE = 60 };

typedef struct paint {
    const char *error, *warning, *note, *place, *caret, *off;
} paint;

static const paint plain = {"", "", "", "", "", ""};
static const paint ansi = {"\033[1;31m", "\033[1;33m", "\033[1;36m", "\033[1m", "\033[1;32m", "\033[0m"};

/* Bytes of the first `characters` characters. */
static size_t bytes_of(const char *text, int characters)
{
    size_t at = 0;
    for (int i = 0; i < characters && text[at]; i++)
        do {
            at++;
        } while (((unsigned char)text[at] & 0xc0) == 0x80);
    return at;
}

static int characters_of(const char *text)
{
    int n = 0;
    for (; *text; text++)
        n += ((unsigned char)*text & 0xc0) != 0x80;
    return n;
}

/* The line and the caret below it; a long line is cut around the caret. */
static void excerpt(dtn_str *out, const dtn_diag *g, const paint *c)
{
    int from = 0, characters = characters_of(g->source), column = g->place.column - 1;
    if (characters > WIDEST_LINE && column > WIDEST_LINE - MARGIN_BEFORE)
        from = column - MARGIN_BEFORE;
    int shown = characters - from > WIDEST_LINE ? WIDEST_LINE : characters - from;
    if (column > characters)
        column = characters;
    const char *line = g->source + bytes_of(g->source, from);
    dtn_str_addf(out, " %5d | %s%.*s%s\n       | ", g->place.line, from ? "…" : "",
                 (int)bytes_of(line, shown), line, from + shown < characters ? "…" : "");
    if (from)
        dtn_str_add_char(out, ' ');
    /* Tabs are kept, so that the caret stands below its character. */
    const char *p = line;
    for (int i = from; i < column; i++) {
        dtn_str_add_char(out, *p == '\t' ? '\t' : ' ');
        p += bytes_of(p, 1);
    }
    int length = g->place.length, rest = from + shown - column;
    if (length > rest)
        length = rest;
    dtn_str_add(out, c->caret);
    dtn_str_add_char(out, '^');
    if (length > 1)
        dtn_str_add_repeated(out, '~', (size_t)length - 1);
    dtn_str_addf(out, "%s\n", c->off);
}

static void one(dtn_str *out, const dtn_diags *d, const dtn_diag *g, const paint *c)
{
    static const char *const words[] = {"error", "warning", "note"};
    const char *const colours[] = {c->error, c->warning, c->note};
    dtn_str_add(out, c->place);
    dtn_str_add(out, d->file);
    if (g->place.line > 0)
        dtn_str_addf(out, ":%d:%d", g->place.line, g->place.column);
    dtn_str_addf(out, ":%s %s%s%s: %s [%s]\n", c->off, colours[g->severity], words[g->severity], c->off,
                 g->message, dtn_diag_id_code(g->id));
    if (g->place.line > 0 && g->source[0])
        excerpt(out, g, c);
    if (g->help[0])
        dtn_str_addf(out, "         %shelp:%s %s\n", c->note, c->off, g->help);
}

dtn_status dtn_diags_render(dtn_ctx *ctx, char **text, const dtn_diags *d, bool colour)
{
    *text = NULL;
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_str out = dtn_str_in(ctx->scratch);
    const paint *c = colour ? &ansi : &plain;
    for (int i = 0; i < d->count; i++)
        one(&out, d, &d->item[i], c);
    if (d->errors)
        dtn_str_addf(&out, "%d error%s", d->errors, d->errors == 1 ? "" : "s");
    if (d->warnings)
        dtn_str_addf(&out, "%s%d warning%s", d->errors ? ", " : "", d->warnings, d->warnings == 1 ? "" : "s");
    if (d->errors || d->warnings)
        dtn_str_addf(&out, " in %s; `detente explain CODE` says more about each\n", d->file);
    const char *whole = dtn_str_done(&out);
    char *copy = whole ? malloc(out.length + 1) : NULL;
    if (copy)
        memcpy(copy, whole, out.length + 1);
    dtn_arena_release(ctx->scratch, mark);
    if (!copy)
        return dtn_fail_nomem(ctx);
    *text = copy;
    return DTN_OK;
}
