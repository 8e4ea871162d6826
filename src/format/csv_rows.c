/* Splits separated values: quotes, doubled quotes inside, line ends of any kind. Cost: linear.
 * Source: RFC 4180, and what spreadsheets write beside it (; and tabs). */
#include "format/csv_rows.h"

#include <string.h>

typedef struct splitter {
    dtn_ctx *ctx;
    dtn_arena *arena;
    dtn_diags *diags;
    const char *at, *end;
    char separator;
    int line, column;
    dtn_csv_field *field;
    int fields, field_room;
    dtn_csv_row *row;
    int rows, row_room;
} splitter;

char dtn_csv_separator(const char *text, size_t length)
{
    const char *end;
    while (length && *text == '#' && (end = memchr(text, '\n', length))) {
        length -= (size_t)(end + 1 - text);
        text = end + 1;
    }
    end = memchr(text, '\n', length);
    size_t n = end ? (size_t)(end - text) : length;
    return memchr(text, '\t', n) ? '\t' : memchr(text, ';', n) ? ';' : ',';
}

static void step(splitter *s)
{
    unsigned char c = (unsigned char)*s->at++;
    if (c == '\n') {
        s->line++;
        s->column = 1;
    } else if ((c & 0xc0) != 0x80) {
        s->column++;
    }
}

static bool at_end_of_field(const splitter *s)
{
    return s->at == s->end || *s->at == s->separator || *s->at == '\n' || *s->at == '\r';
}

/* "a ""quoted"" text" */
static const char *quoted(splitter *s)
{
    dtn_place place = {s->line, s->column, 1};
    step(s);
    char *out = NULL;
    size_t n = 0, room = 0;
    while (s->at < s->end && !(*s->at == '"' && !(s->at + 1 < s->end && s->at[1] == '"'))) {
        if (n + 1 >= room) {
            room = room ? 2 * room : 32;
            char *wider = dtn_arena_alloc(s->arena, room);
            if (!wider)
                return NULL;
            if (n)
                memcpy(wider, out, n);
            out = wider;
        }
        if (*s->at == '"')
            step(s);
        out[n++] = *s->at ? *s->at : ' ';
        step(s);
    }
    if (s->at == s->end)
        dtn_diag_error(s->diags, DTN_DIAG_TABLE, place, "a text without its closing \"");
    else
        step(s);
    while (!at_end_of_field(s))
        step(s);
    if (n)
        out[n] = '\0';
    return n ? out : "";
}

static const char *plain(splitter *s)
{
    const char *start = s->at;
    while (!at_end_of_field(s))
        step(s);
    const char *stop = s->at;
    while (stop > start && (stop[-1] == ' ' || stop[-1] == '\t'))
        stop--;
    char *copy = dtn_arena_strndup(s->arena, start, (size_t)(stop - start));
    for (char *c = copy; copy && c < copy + (stop - start); c++)
        *c = *c ? *c : ' ';
    return copy;
}

static dtn_status add_field(splitter *s)
{
    while (s->at < s->end && (*s->at == ' ' || (*s->at == '\t' && s->separator != '\t')))
        step(s);
    if (s->fields == s->field_room) {
        int room = s->field_room ? 2 * s->field_room : 16;
        dtn_csv_field *wider;
        DTN_ALLOC(s->ctx, s->arena, wider, room);
        if (s->fields)
            memcpy(wider, s->field, (size_t)s->fields * sizeof *wider);
        s->field = wider;
        s->field_room = room;
    }
    dtn_csv_field *f = &s->field[s->fields];
    f->place = (dtn_place){s->line, s->column, 1};
    f->text = s->at < s->end && *s->at == '"' ? quoted(s) : plain(s);
    if (!f->text)
        return dtn_fail_nomem(s->ctx);
    s->fields++;
    return DTN_OK;
}

static dtn_status add_row(splitter *s, int block)
{
    if (s->rows == s->row_room) {
        int room = s->row_room ? 2 * s->row_room : 16;
        dtn_csv_row *wider;
        DTN_ALLOC(s->ctx, s->arena, wider, room);
        if (s->rows)
            memcpy(wider, s->row, (size_t)s->rows * sizeof *wider);
        s->row = wider;
        s->row_room = room;
    }
    dtn_csv_field *copy;
    DTN_ALLOC(s->ctx, s->arena, copy, s->fields);
    if (s->fields)
        memcpy(copy, s->field, (size_t)s->fields * sizeof *copy);
    s->row[s->rows++] = (dtn_csv_row){copy, s->fields, block};
    s->fields = 0;
    return DTN_OK;
}

static bool is_empty(const splitter *s)
{
    for (int i = 0; i < s->fields; i++)
        if (*s->field[i].text)
            return false;
    return true;
}

static void end_line(splitter *s)
{
    if (s->at < s->end && *s->at == '\r')
        step(s);
    if (s->at < s->end && *s->at == '\n')
        step(s);
    else if (s->at < s->end)
        s->line++, s->column = 1; /* a lone carriage return */
}

dtn_status dtn_csv_split(dtn_ctx *ctx, dtn_arena *arena, dtn_csv *out, dtn_diags *diags, const char *text,
                         size_t length)
{
    size_t skip = length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    splitter s = {.ctx = ctx,
                  .arena = arena,
                  .diags = diags,
                  .at = text + skip,
                  .end = text + length,
                  .separator = dtn_csv_separator(text, length),
                  .line = 1,
                  .column = 1};
    int block = 0;
    bool gap = false;
    while (s.at < s.end) {
        DTN_TRY(dtn_ctx_poll(ctx));
        if (*s.at == '#') {
            while (s.at < s.end && *s.at != '\n' && *s.at != '\r')
                step(&s);
            end_line(&s);
            continue;
        }
        DTN_TRY(add_field(&s));
        while (s.at < s.end && *s.at == s.separator) {
            step(&s);
            DTN_TRY(add_field(&s));
        }
        end_line(&s);
        if (is_empty(&s)) {
            s.fields = 0;
            gap = s.rows > 0;
            continue;
        }
        block += gap;
        gap = false;
        DTN_TRY(add_row(&s, block));
    }
    *out = (dtn_csv){s.row, s.rows, s.rows ? block + 1 : 0, s.separator};
    return DTN_OK;
}
