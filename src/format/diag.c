/* The list of diagnostics of one file. Cost: constant each; the source line is copied, so that the list outlives the text. */
#include "format/diag.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *title, *text;
    int number;
} registry[] = {
#define X(id, code, title, text) {title, text, code},
#include "format/diagnostics.def"
#undef X
};

/* Codes as text; the numbers of the registry have at most two digits. */
static const char codes[100][6] = {
#define ROW(t)                                                                                        \
    "DT0" #t "0", "DT0" #t "1", "DT0" #t "2", "DT0" #t "3", "DT0" #t "4", "DT0" #t "5", "DT0" #t "6", \
        "DT0" #t "7", "DT0" #t "8", "DT0" #t "9"
    ROW(0), ROW(1), ROW(2), ROW(3), ROW(4), ROW(5), ROW(6), ROW(7), ROW(8), ROW(9),
#undef ROW
};

const char *dtn_diag_id_code(dtn_diag_id id)
{
    return codes[registry[id].number];
}

const char *dtn_diag_listed(int i)
{
    return i >= 0 && i < DTN_DIAG_COUNT ? dtn_diag_id_code((dtn_diag_id)i) : NULL;
}

bool dtn_diag_explain(const char *code, const char **title, const char **text)
{
    if ((code[0] == 'D' || code[0] == 'd') && (code[1] == 'T' || code[1] == 't'))
        code += 2;
    char *end;
    long number = strtol(code, &end, 10);
    for (int i = 0; *code >= '0' && *code <= '9' && *end == '\0' && i < DTN_DIAG_COUNT; i++) {
        if (registry[i].number == number) {
            if (title)
                *title = registry[i].title;
            if (text)
                *text = registry[i].text;
            return true;
        }
    }
    return false;
}

dtn_status dtn_diags_new(dtn_ctx *ctx, dtn_diags **out, const char *file, const char *text, size_t length)
{
    *out = NULL;
    dtn_arena *arena = dtn_arena_new(ctx);
    dtn_diags *d = arena ? dtn_arena_alloc(arena, sizeof *d) : NULL;
    const char *name = d ? dtn_arena_strdup(arena, file) : NULL;
    if (!name) {
        dtn_arena_free(arena);
        return dtn_fail_nomem(ctx);
    }
    *d = (dtn_diags){.ctx = ctx, .arena = arena, .file = name, .text = text, .length = length};
    *out = d;
    return DTN_OK;
}

void dtn_diags_free(dtn_diags *d)
{
    if (d)
        dtn_arena_free(d->arena);
}

/* What a file holds must not drive a terminal: control characters and broken UTF-8 become '?'. Tabs of a source line stay. */
static void make_printable(char *text, bool tabs)
{
    unsigned char *p = (unsigned char *)text;
    while (*p) {
        size_t n = *p < 0x80 ? 1 : *p < 0xe0 ? 2 : *p < 0xf0 ? 3 : 4, have = 1;
        while (have < n && (p[have] & 0xc0) == 0x80)
            have++;
        bool broken =
            have < n || (*p >= 0x80 && *p < 0xc2) || *p > 0xf4 || (*p == 0xc2 && n == 2 && p[1] < 0xa0);
        if (broken || (*p < 0x20 && !(tabs && *p == '\t')) || *p == 0x7f)
            *p = '?';
        p += broken ? 1 : n;
    }
}

/* The line of the source, without its end. */
static const char *source_line(dtn_diags *d, int line)
{
    const char *at = d->text, *end = d->text ? d->text + d->length : NULL;
    if (!at || line < 1)
        return "";
    for (int i = 1; i < line; i++) {
        at = memchr(at, '\n', (size_t)(end - at));
        if (!at)
            return "";
        at++;
    }
    const char *stop = memchr(at, '\n', (size_t)(end - at));
    if (!stop)
        stop = end;
    if (stop > at && stop[-1] == '\r')
        stop--;
    char *copy = dtn_arena_strndup(d->arena, at, (size_t)(stop - at));
    if (copy)
        make_printable(copy, true);
    else
        d->nomem = true;
    return copy ? copy : "";
}

static bool add(dtn_diags *d, dtn_severity severity, dtn_diag_id id, dtn_place place, const char *format,
                va_list args) DTN_PRINTF(5, 0);
static bool add(dtn_diags *d, dtn_severity severity, dtn_diag_id id, dtn_place place, const char *format,
                va_list args)
{
    if (severity == DTN_SEVERITY_ERROR && ++d->errors > DTN_DIAG_MOST) {
        if (d->errors > DTN_DIAG_MOST + 1)
            return false;
        id = DTN_DIAG_TOO_MANY;
        place = (dtn_place){0};
        format = NULL;
    }
    if (severity == DTN_SEVERITY_WARNING)
        d->warnings++;
    d->dropped = severity != DTN_SEVERITY_ERROR && d->count - d->errors >= 2 * DTN_DIAG_MOST - 1;
    if (d->dropped)
        return false;
    char *worded = format ? dtn_arena_vprintf(d->arena, format, args) : NULL;
    const char *message = worded ? worded : format ? "" : "too many errors: the rest is not listed";
    if (worded)
        make_printable(worded, false);
    else if (format)
        d->nomem = true;
    d->item[d->count] = (dtn_diag){severity, id, place, d->count, message, "", source_line(d, place.line)};
    d->count++;
    return false;
}

bool dtn_diag_add(dtn_diags *d, dtn_severity severity, dtn_diag_id id, dtn_place place, const char *format,
                  ...)
{
    va_list args;
    va_start(args, format);
    add(d, severity, id, place, format, args);
    va_end(args);
    return false;
}

bool dtn_diag_error(dtn_diags *d, dtn_diag_id id, dtn_place place, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    add(d, DTN_SEVERITY_ERROR, id, place, format, args);
    va_end(args);
    return false;
}

bool dtn_diag_warn(dtn_diags *d, dtn_diag_id id, dtn_place place, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    add(d, DTN_SEVERITY_WARNING, id, place, format, args);
    va_end(args);
    return false;
}

void dtn_diag_add_help(dtn_diags *d, const char *format, ...)
{
    if (d->count == 0 || d->errors > DTN_DIAG_MOST || d->dropped)
        return;
    va_list args;
    va_start(args, format);
    char *help = dtn_arena_vprintf(d->arena, format, args);
    va_end(args);
    if (help) {
        make_printable(help, false);
        d->item[d->count - 1].help = help;
    } else {
        d->nomem = true;
    }
}

/* By place; what has no place comes last; equal places keep the order of finding. */
static int by_place(const void *x, const void *y)
{
    const dtn_diag *a = x, *b = y;
    if ((a->place.line == 0) != (b->place.line == 0))
        return a->place.line == 0 ? 1 : -1;
    if (a->place.line != b->place.line)
        return a->place.line < b->place.line ? -1 : 1;
    if (a->place.column != b->place.column)
        return a->place.column < b->place.column ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

dtn_status dtn_diags_finish(dtn_diags *d)
{
    qsort(d->item, (size_t)d->count, sizeof *d->item, by_place);
    d->text = NULL;
    if (d->nomem)
        return dtn_fail_nomem(d->ctx);
    for (int i = 0; i < d->count; i++) {
        const dtn_diag *g = &d->item[i];
        if (g->severity == DTN_SEVERITY_ERROR)
            return dtn_fail(d->ctx, DTN_PARSE, "%s:%d:%d: %s [%s]%s%s", d->file, g->place.line,
                            g->place.column, g->message, dtn_diag_id_code(g->id), g->help[0] ? "; " : "",
                            g->help);
    }
    return DTN_OK;
}

int dtn_diags_count(const dtn_diags *d)
{
    return d->count;
}

int dtn_diags_errors(const dtn_diags *d)
{
    return d->errors;
}

int dtn_diags_warnings(const dtn_diags *d)
{
    return d->warnings;
}

dtn_severity dtn_diag_severity(const dtn_diags *d, int i)
{
    return d->item[i].severity;
}

const char *dtn_diag_code(const dtn_diags *d, int i)
{
    return dtn_diag_id_code(d->item[i].id);
}

const char *dtn_diag_message(const dtn_diags *d, int i)
{
    return d->item[i].message;
}

const char *dtn_diag_help(const dtn_diags *d, int i)
{
    return d->item[i].help;
}

void dtn_diag_place(const dtn_diags *d, int i, int *line, int *column)
{
    if (line)
        *line = d->item[i].place.line;
    if (column)
        *column = d->item[i].place.column;
}
