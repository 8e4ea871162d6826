/* Values of a report: makers and changers. Numbers are copied into the document's arena. */
#include "report/value.h"

#include <stdarg.h>
#include <string.h>

#include "report/doc.h"

static const fmpq *keep(dtn_doc *d, const fmpq *x)
{
    if (!x || d->status != DTN_OK)
        return NULL;
    fmpq *copy = dtn_arena_fmpq(d->arena, 1);
    if (!copy)
        d->status = dtn_fail_nomem(d->ctx);
    else
        fmpq_set(copy, x);
    return copy;
}

static const char *words(dtn_doc *d, const char *text)
{
    return text ? dtn_doc_print(d, "%s", text) : NULL;
}

dtn_value dtn_value_none(void)
{
    return (dtn_value){.kind = DTN_VALUE_NONE};
}

dtn_value dtn_value_text(dtn_doc *doc, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *text = dtn_doc_mark_up(doc, format, args);
    va_end(args);
    return (dtn_value){.kind = DTN_VALUE_TEXT, .text = text};
}

static dtn_value number(dtn_doc *d, dtn_value_kind kind, const fmpq *x)
{
    const fmpq *lo = keep(d, x);
    return lo ? (dtn_value){.kind = kind, .lo = lo} : dtn_value_none();
}

dtn_value dtn_value_exact(dtn_doc *doc, const fmpq_t x)
{
    return number(doc, DTN_VALUE_EXACT, x);
}

dtn_value dtn_value_percent(dtn_doc *doc, const fmpq_t share)
{
    return number(doc, DTN_VALUE_PERCENT, share);
}

dtn_value dtn_value_interval(dtn_doc *doc, const fmpq *lo, const fmpq *hi)
{
    return (dtn_value){.kind = DTN_VALUE_INTERVAL, .lo = keep(doc, lo), .hi = keep(doc, hi)};
}

dtn_value dtn_value_integer(long n)
{
    return (dtn_value){.kind = DTN_VALUE_INTEGER, .integer = n};
}

dtn_value dtn_value_real(double x, double radius)
{
    return (dtn_value){.kind = DTN_VALUE_REAL, .real = x, .radius = radius};
}

dtn_value dtn_value_verdict(dtn_doc *doc, dtn_truth verdict, const char *word)
{
    static const char *const usual[] = {"no", "yes", "undecided"};
    static const dtn_tone tone[] = {DTN_TONE_NO, DTN_TONE_YES, DTN_TONE_UNSURE};
    return (dtn_value){.kind = DTN_VALUE_VERDICT,
                       .verdict = verdict,
                       .tone = tone[verdict],
                       .text = word ? words(doc, word) : usual[verdict]};
}

dtn_value dtn_value_bool(bool yes)
{
    return (dtn_value){.kind = DTN_VALUE_VERDICT,
                       .verdict = yes ? DTN_YES : DTN_NO,
                       .tone = yes ? DTN_TONE_YES : DTN_TONE_NO,
                       .text = yes ? "yes" : "no"};
}

dtn_value dtn_value_list(dtn_doc *doc, const dtn_value *items, int count)
{
    if (doc->status != DTN_OK)
        return dtn_value_none();
    dtn_value *copy = dtn_arena_array(doc->arena, (size_t)count, sizeof *copy);
    if (!copy) {
        doc->status = dtn_fail_nomem(doc->ctx);
        return dtn_value_none();
    }
    if (count > 0)
        memcpy(copy, items, (size_t)count * sizeof *copy);
    return (dtn_value){.kind = DTN_VALUE_LIST, .item = copy, .items = count};
}

dtn_value dtn_value_player(const dtn_doc *doc, int player)
{
    if (player < 0 || player >= doc->players)
        return dtn_value_none();
    return (dtn_value){.kind = DTN_VALUE_TEXT, .text = doc->player_key[player], .player = player + 1};
}

dtn_value dtn_value_in_colour(dtn_value v, int player)
{
    v.player = player < 0 ? 0 : player + 1;
    return v;
}

dtn_value dtn_value_strong(dtn_value v)
{
    v.strong = true;
    return v;
}

dtn_value dtn_value_with_bar(dtn_value v)
{
    v.bar = true;
    return v;
}

dtn_value dtn_value_with_tone(dtn_value v, dtn_tone tone)
{
    v.tone = tone;
    return v;
}

dtn_value dtn_value_open(dtn_value v, bool lo_open, bool hi_open)
{
    v.lo_open = lo_open;
    v.hi_open = hi_open;
    return v;
}

dtn_value dtn_value_link(dtn_doc *doc, dtn_value v, const char *target)
{
    v.target = words(doc, target);
    return v;
}

dtn_value dtn_value_hint(dtn_doc *doc, dtn_value v, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    v.hint = dtn_doc_mark_up(doc, format, args);
    va_end(args);
    return v;
}
