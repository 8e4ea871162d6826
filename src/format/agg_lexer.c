/* Words of action-graph files, with their places, and the names that comments may give. */
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "format/agg.h"

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v' || c == ',';
}

static bool in_number(char c)
{
    return (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.' || c == '/' || c == 'e' || c == 'E';
}

/* One byte on; columns count characters. */
static void step(dtn_agg_lexer *x)
{
    unsigned char c = (unsigned char)*x->at++;
    if (c == '\n') {
        x->line++;
        x->column = 1;
    } else if ((c & 0xc0) != 0x80) {
        x->column++;
    }
}

/* --- names in comments ------------------------------------------------------------------------------ */

/* Takes word at *at, letters of either case. */
static bool take(const char **at, const char *end, const char *word)
{
    size_t n = strlen(word);
    if ((size_t)(end - *at) < n)
        return false;
    for (size_t i = 0; i < n; i++)
        if (((*at)[i] | 32) != (word[i] | 32))
            return false;
    *at += n;
    return true;
}

static bool take_number(const char **at, const char *end, int *out)
{
    const char *from = *at;
    *out = 0;
    while (*at < end && **at >= '0' && **at <= '9' && *at - from < 8)
        *out = 10 * *out + (*(*at)++ - '0');
    return *at > from;
}

/* What a comment names, if anything; text runs from after # to the end of the line. */
static void note_name(dtn_agg_lexer *x, const char *text, const char *end)
{
    dtn_agg_name found = {0};
    while (text < end && is_space(*text))
        text++;
    if (take(&text, end, "title"))
        found.what = 't';
    else if (take(&text, end, "node ") && take_number(&text, end, &found.first))
        found.what = 'n';
    else if (take(&text, end, "player ") && take_number(&text, end, &found.first))
        found.what = 'p';
    else if (take(&text, end, "type ") && take_number(&text, end, &found.first) && take(&text, end, ".") &&
             take_number(&text, end, &found.second))
        found.what = 'y';
    if (!found.what || !take(&text, end, ":"))
        return;
    while (text < end && is_space(*text))
        text++;
    while (end > text && is_space(end[-1]))
        end--;
    if (text == end || memchr(text, '\0', (size_t)(end - text)))
        return;
    dtn_agg_name *kept = dtn_arena_array(x->ctx->scratch, 1, sizeof *kept);
    found.text = dtn_arena_strndup(x->ctx->scratch, text, (size_t)(end - text));
    if (!kept || !found.text) {
        x->nomem = true;
        return;
    }
    *kept = found;
    *x->last = kept;
    x->last = &kept->next;
}

static void skip_comment(dtn_agg_lexer *x)
{
    step(x);
    const char *text = x->at;
    while (x->at < x->end && *x->at != '\n')
        step(x);
    note_name(x, text, x->at);
}

/* --- words ------------------------------------------------------------------------------------------ */

void dtn_agg_next(dtn_agg_lexer *x)
{
    while (x->at < x->end && (is_space(*x->at) || *x->at == '#'))
        if (*x->at == '#')
            skip_comment(x);
        else
            step(x);
    x->start = x->at;
    x->place = (dtn_place){x->line, x->column, 1};
    x->kind = DTN_AGG_END;
    x->length = 0;
    if (x->at >= x->end)
        return;
    char c = *x->at;
    x->kind = c == '['       ? DTN_AGG_OPEN
              : c == ']'     ? DTN_AGG_CLOSE
              : in_number(c) ? DTN_AGG_NUMBER
                             : DTN_AGG_BAD;
    if (x->kind == DTN_AGG_OPEN || x->kind == DTN_AGG_CLOSE)
        step(x);
    else if (x->kind == DTN_AGG_NUMBER)
        while (x->at < x->end && in_number(*x->at))
            step(x);
    else
        while (x->at < x->end && !is_space(*x->at) && *x->at != '[' && *x->at != ']' && *x->at != '#')
            step(x);
    x->length = (size_t)(x->at - x->start);
    x->place.length = x->column > x->place.column ? x->column - x->place.column : 1;
}

void dtn_agg_start(dtn_agg_lexer *x, dtn_ctx *ctx, dtn_diags *diags, const char *bytes, size_t length)
{
    size_t skip = length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    *x = (dtn_agg_lexer){.ctx = ctx,
                         .diags = diags,
                         .at = bytes + skip,
                         .end = bytes + length,
                         .line = 1,
                         .column = 1,
                         .last = &x->name};
    dtn_agg_next(x);
}

bool dtn_agg_expected(dtn_agg_lexer *x, const char *expected, ...)
{
    char wanted[160];
    int shown = x->length > 40 ? 40 : (int)x->length;
    while (shown > 0 && (size_t)shown < x->length && ((unsigned char)x->start[shown] & 0xc0) == 0x80)
        shown--;
    va_list args;
    va_start(args, expected);
    vsnprintf(wanted, sizeof wanted, expected, args);
    va_end(args);
    if (x->kind == DTN_AGG_END)
        return dtn_diag_error(x->diags, DTN_DIAG_GAME, x->place, "expected %s, found the end of the file",
                              wanted);
    return dtn_diag_error(x->diags, DTN_DIAG_GAME, x->place, "expected %s, found %.*s%s", wanted, shown,
                          x->start, (size_t)shown < x->length ? "..." : "");
}

bool dtn_agg_rational(dtn_agg_lexer *x, fmpq_t out, const char *what)
{
    if (x->kind != DTN_AGG_NUMBER || !dtn_rational_parse(out, x->start, x->length))
        return dtn_agg_expected(x, "%s", what);
    dtn_agg_next(x);
    return true;
}

bool dtn_agg_integer(dtn_agg_lexer *x, int *out, int least, int most, const char *what)
{
    fmpq_t value;
    fmpq_init(value);
    bool good = x->kind == DTN_AGG_NUMBER && dtn_rational_parse(value, x->start, x->length) &&
                fmpz_is_one(fmpq_denref(value)) && fmpz_cmp_si(fmpq_numref(value), least) >= 0 &&
                fmpz_cmp_si(fmpq_numref(value), most) <= 0;
    if (good)
        *out = (int)fmpz_get_si(fmpq_numref(value));
    fmpq_clear(value);
    if (!good && most < INT_MAX)
        return dtn_agg_expected(x, "%s, from %d to %d", what, least, most);
    if (!good)
        return dtn_agg_expected(x, "%s", what);
    dtn_agg_next(x);
    return true;
}

bool dtn_agg_bracket(dtn_agg_lexer *x, dtn_agg_kind kind, const char *what)
{
    if (x->kind != kind)
        return dtn_agg_expected(x, "%c %s", kind == DTN_AGG_OPEN ? '[' : ']', what);
    dtn_agg_next(x);
    return true;
}
