/* Words of Gambit's game files, with their places. */
#include "format/game_lexer.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v' || c == ',';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool in_number(char c)
{
    return (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.' || c == '/' || c == 'e' || c == 'E';
}

/* One byte on; columns count characters, so continuation bytes of UTF-8 do not. */
static void step(dtn_lexer *x)
{
    unsigned char c = (unsigned char)*x->at++;
    if (c == '\n') {
        x->line++;
        x->column = 1;
    } else if ((c & 0xc0) != 0x80) {
        x->column++;
    }
}

static uint32_t hash_of(const char *text)
{
    uint32_t h = 2166136261u;
    for (; *text; text++)
        h = (h ^ (unsigned char)*text) * 16777619u;
    return h ^ h >> 15;
}

/* Where a text stands, or would stand, in a table with free places. */
static int place_of(const char *const *table, int room, const char *text)
{
    int at = (int)(hash_of(text) & (uint32_t)(room - 1));
    while (table[at] && strcmp(table[at], text) != 0)
        at = (at + 1) & (room - 1);
    return at;
}

/* The one copy of a text; what was allocated since mark goes where there is one already. NULL: no memory. */
static const char *keep(dtn_lexer *x, const char *text, dtn_arena_mark mark)
{
    if (2 * x->texts >= x->text_room) {
        int room = x->text_room ? 2 * x->text_room : 64;
        const char **table = dtn_arena_array(x->arena, (size_t)room, sizeof *table);
        if (!table)
            return NULL;
        for (int i = 0; i < x->text_room; i++)
            if (x->text[i])
                table[place_of(table, room, x->text[i])] = x->text[i];
        x->text = table;
        x->text_room = room;
        mark = dtn_arena_save(x->arena); /* the table stays */
    }
    int at = place_of(x->text, x->text_room, text);
    if (x->text[at]) {
        dtn_arena_release(x->arena, mark);
        return x->text[at];
    }
    x->texts++;
    return x->text[at] = text;
}

/* From the opening quote to the closing one; \" and \\ stand for the character. */
static void read_text(dtn_lexer *x)
{
    step(x);
    const char *inside = x->at;
    size_t kept = 0;
    while (x->at < x->end && *x->at != '"') {
        if (*x->at == '\\' && x->end - x->at > 1)
            step(x);
        step(x);
        kept++;
    }
    if (x->at >= x->end) {
        x->now.kind = DTN_TOKEN_BAD;
        return;
    }
    dtn_arena_mark mark = dtn_arena_save(x->arena);
    char *copy = dtn_arena_alloc(x->arena, (size_t)(x->at - inside) + 1);
    if (!copy) {
        x->nomem = true;
        x->now.kind = DTN_TOKEN_BAD;
        return;
    }
    char *to = copy;
    for (const char *from = inside; from < x->at; from++) {
        if (*from == '\\' && from + 1 < x->at && (from[1] == '"' || from[1] == '\\'))
            from++;
        *to++ = *from == '\0' ? ' ' : *from;
    }
    *to = '\0';
    step(x);
    x->now.kind = DTN_TOKEN_TEXT;
    x->now.value = keep(x, copy, mark);
    if (!x->now.value) {
        x->nomem = true;
        x->now.kind = DTN_TOKEN_BAD;
    }
}

void dtn_lexer_next(dtn_lexer *x)
{
    while (x->at < x->end && is_space(*x->at))
        step(x);
    x->now = (dtn_token){.kind = DTN_TOKEN_END, .start = x->at, .line = x->line, .column = x->column};
    if (x->at >= x->end)
        return;
    char c = *x->at;
    if (c == '"') {
        read_text(x);
    } else if (c == '{' || c == '}') {
        x->now.kind = c == '{' ? DTN_TOKEN_OPEN : DTN_TOKEN_CLOSE;
        step(x);
    } else if (is_letter(c)) {
        x->now.kind = DTN_TOKEN_WORD;
        while (x->at < x->end && is_letter(*x->at))
            step(x);
    } else if (in_number(c)) {
        x->now.kind = DTN_TOKEN_NUMBER;
        while (x->at < x->end && in_number(*x->at))
            step(x);
    } else {
        x->now.kind = DTN_TOKEN_BAD;
        step(x);
        while (x->at < x->end && ((unsigned char)*x->at & 0xc0) == 0x80)
            step(x);
    }
    x->now.length = (size_t)(x->at - x->now.start);
}

void dtn_lexer_start(dtn_lexer *x, dtn_ctx *ctx, dtn_arena *arena, dtn_game_fault *fault, const char *file,
                     const char *text, size_t length)
{
    static const char mark[] = "\xef\xbb\xbf";
    size_t skip = length >= 3 && memcmp(text, mark, 3) == 0 ? 3 : 0;
    *x = (dtn_lexer){.ctx = ctx,
                     .arena = arena,
                     .fault = fault,
                     .file = file,
                     .at = text + skip,
                     .end = text + length,
                     .line = 1,
                     .column = 1};
    dtn_lexer_next(x);
}

/* What stands at the current token, as a reader would call it. */
static void describe(const dtn_token *t, char *out, size_t size)
{
    int shown = t->length > 40 ? 40 : (int)t->length;
    /* not to cut a character in two */
    while (shown > 0 && (size_t)shown < t->length && ((unsigned char)t->start[shown] & 0xc0) == 0x80)
        shown--;
    const char *more = (size_t)shown < t->length ? "..." : "";
    if (t->kind == DTN_TOKEN_END)
        snprintf(out, size, "the end of the file");
    else if (t->kind == DTN_TOKEN_BAD && *t->start == '"')
        snprintf(out, size, "a text without its closing \"");
    else
        snprintf(out, size, "%.*s%s", shown, t->start, more);
    for (char *c = out; *c; c++)
        *c = (unsigned char)*c < ' ' ? ' ' : *c;
}

static dtn_status fail_at(dtn_lexer *x, const dtn_token *where, const char *message)
{
    if (x->nomem)
        return dtn_fail_nomem(x->ctx);
    if (x->fault) {
        x->fault->line = where->line;
        x->fault->column = where->column;
        snprintf(x->fault->message, sizeof x->fault->message, "%s", message);
    }
    return dtn_fail(x->ctx, DTN_PARSE, "%s:%d:%d: %s", x->file, where->line, where->column, message);
}

dtn_status dtn_lexer_expected(dtn_lexer *x, const char *expected, ...)
{
    char wanted[160], found[80], message[256];
    va_list args;
    va_start(args, expected);
    vsnprintf(wanted, sizeof wanted, expected, args);
    va_end(args);
    describe(&x->now, found, sizeof found);
    snprintf(message, sizeof message, "expected %s, found %s", wanted, found);
    return fail_at(x, &x->now, message);
}

dtn_status dtn_lexer_fail(dtn_lexer *x, const dtn_token *where, const char *format, ...)
{
    char message[256];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    return fail_at(x, where, message);
}

dtn_status dtn_lexer_word(dtn_lexer *x, const char *word)
{
    if (x->now.kind != DTN_TOKEN_WORD || x->now.length != strlen(word) ||
        memcmp(x->now.start, word, x->now.length) != 0)
        return dtn_lexer_expected(x, "%s", word);
    dtn_lexer_next(x);
    return DTN_OK;
}

dtn_status dtn_lexer_brace(dtn_lexer *x, dtn_token_kind kind, const char *what)
{
    if (x->now.kind != kind)
        return dtn_lexer_expected(x, "%c %s", kind == DTN_TOKEN_OPEN ? '{' : '}', what);
    dtn_lexer_next(x);
    return DTN_OK;
}

dtn_status dtn_lexer_text(dtn_lexer *x, const char **out, const char *what)
{
    if (x->now.kind != DTN_TOKEN_TEXT)
        return dtn_lexer_expected(x, "%s in double quotes", what);
    *out = x->now.value;
    dtn_lexer_next(x);
    return DTN_OK;
}

dtn_status dtn_lexer_rational(dtn_lexer *x, fmpq_t out, const char *what)
{
    if (x->now.kind != DTN_TOKEN_NUMBER || !dtn_rational_parse(out, x->now.start, x->now.length))
        return dtn_lexer_expected(x, "%s", what);
    dtn_lexer_next(x);
    return DTN_OK;
}

dtn_status dtn_lexer_integer(dtn_lexer *x, int *out, int least, int most, const char *what)
{
    long value = 0;
    bool good = x->now.kind == DTN_TOKEN_NUMBER && x->now.length <= 10;
    for (size_t i = 0; good && i < x->now.length; i++) {
        good = x->now.start[i] >= '0' && x->now.start[i] <= '9';
        value = value * 10 + (x->now.start[i] - '0');
    }
    if (!good || value < least || value > most)
        return most == INT32_MAX ? dtn_lexer_expected(x, "%s", what)
                                 : dtn_lexer_expected(x, "%s (%d to %d)", what, least, most);
    *out = (int)value;
    dtn_lexer_next(x);
    return DTN_OK;
}
