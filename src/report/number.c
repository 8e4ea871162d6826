/* Numbers as a reader wants them: short decimals where they are exact, fractions beside a rounded decimal elsewhere. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/doc.h"
#include "report/number.h"

/* x has at most `places` decimals: writes them ("0.25") and returns true. */
static bool finite_decimal(char *out, size_t size, const fmpq *x, int places)
{
    fmpz_t scaled, unit, rest;
    fmpz_init(scaled);
    fmpz_init(unit);
    fmpz_init(rest);
    fmpz_set_ui(unit, 10);
    fmpz_pow_ui(unit, unit, (ulong)places);
    fmpz_mul(scaled, fmpq_numref(x), unit);
    fmpz_fdiv_qr(scaled, rest, scaled, fmpq_denref(x));
    bool exact = fmpz_is_zero(rest) && fmpz_bits(scaled) < 52;
    if (exact) {
        snprintf(out, size, "%.*f", places, (double)fmpz_get_si(scaled) / pow(10, places));
        if (strchr(out, '.')) {
            size_t end = strlen(out);
            while (out[end - 1] == '0')
                end--;
            out[out[end - 1] == '.' ? end - 1 : end] = '\0';
        }
    }
    fmpz_clear(scaled);
    fmpz_clear(unit);
    fmpz_clear(rest);
    return exact;
}

void dtn_number_round(char *out, size_t size, double x)
{
    double magnitude = fabs(x);
    if (!isfinite(x))
        snprintf(out, size, "%s", isnan(x) ? "?" : x < 0 ? "−∞" : "∞");
    else if (magnitude != 0 && (magnitude < 1e-4 || magnitude >= 1e7))
        snprintf(out, size, "%.2e", x);
    else if (magnitude >= 100)
        snprintf(out, size, "%.1f", x);
    else if (magnitude >= 10)
        snprintf(out, size, "%.2f", x);
    else
        snprintf(out, size, "%.*f", magnitude >= 0.1 || magnitude == 0 ? 3 : magnitude >= 0.01 ? 4 : 5, x);
}

const char *dtn_number_decimal(dtn_arena *arena, const fmpq *x, bool *exact)
{
    char text[64];
    *exact = finite_decimal(text, sizeof text, x, 4);
    if (!*exact)
        dtn_number_round(text, sizeof text, dtn_rational_double(x));
    return dtn_arena_strdup(arena, text);
}

const char *dtn_number_full(dtn_arena *arena, const fmpq *x, const char *format)
{
    bool exact;
    const char *decimal = dtn_number_decimal(arena, x, &exact);
    if (!decimal || exact)
        return decimal;
    /* Beyond a dozen digits a fraction tells a reader nothing: the data formats have it. */
    if (fmpz_sizeinbase(fmpq_numref(x), 10) + fmpz_sizeinbase(fmpq_denref(x), 10) > 13)
        return dtn_arena_printf(arena, "≈ %s", decimal);
    const char *fraction = dtn_rational_text(arena, x);
    if (!fraction)
        return NULL;
    return strcmp(format, "()") == 0 ? dtn_arena_printf(arena, "%s (≈ %s)", fraction, decimal)
                                     : dtn_arena_printf(arena, "%s ≈ %s", fraction, decimal);
}

const char *dtn_number_percent(dtn_arena *arena, const fmpq *share)
{
    char text[64];
    fmpq_t hundred;
    fmpq_init(hundred);
    fmpq_mul_ui(hundred, share, 100);
    bool exact = finite_decimal(text, sizeof text, hundred, 1);
    double x = dtn_rational_double(hundred);
    fmpq_clear(hundred);
    if (exact)
        return dtn_arena_printf(arena, "%s\u00a0%%", text);
    if (x > 0 && x < 0.05)
        return dtn_arena_strdup(arena, "< 0.1\u00a0%");
    if (x < 100 && x > 99.95)
        return dtn_arena_strdup(arena, "> 99.9\u00a0%");
    return dtn_arena_printf(arena, "%.1f\u00a0%%", x);
}

static const char *kept(dtn_doc *d, const char *text)
{
    if (!text && d->status == DTN_OK)
        d->status = dtn_fail_nomem(d->ctx);
    return text ? text : "";
}

const char *dtn_text_exact(dtn_doc *doc, const fmpq_t x)
{
    return doc->status == DTN_OK ? kept(doc, dtn_rational_text(doc->arena, x)) : "";
}

const char *dtn_text_number(dtn_doc *doc, const fmpq_t x)
{
    return doc->status == DTN_OK ? kept(doc, dtn_number_full(doc->arena, x, "()")) : "";
}

const char *dtn_text_percent(dtn_doc *doc, const fmpq_t share)
{
    return doc->status == DTN_OK ? kept(doc, dtn_number_percent(doc->arena, share)) : "";
}

const char *dtn_text_decimal(dtn_doc *doc, const fmpq_t x)
{
    bool exact;
    return doc->status == DTN_OK ? kept(doc, dtn_number_decimal(doc->arena, x, &exact)) : "";
}

const char *dtn_number_range(dtn_arena *arena, const fmpq *lo, const fmpq *hi, bool lo_open, bool hi_open)
{
    bool exact;
    if (lo && hi && fmpq_equal(lo, hi))
        return dtn_number_full(arena, lo, "≈");
    const char *from = lo ? dtn_number_decimal(arena, lo, &exact) : NULL;
    if (lo && from && !exact && fmpz_bits(fmpq_denref(lo)) < 20)
        from = dtn_rational_text(arena, lo);
    const char *to = hi ? dtn_number_decimal(arena, hi, &exact) : NULL;
    if (hi && to && !exact && fmpz_bits(fmpq_denref(hi)) < 20)
        to = dtn_rational_text(arena, hi);
    if ((lo && !from) || (hi && !to))
        return NULL;
    if (!lo && !hi)
        return dtn_arena_strdup(arena, "any value");
    if (!lo)
        return dtn_arena_printf(arena, "%s %s", hi_open ? "<" : "≤", to);
    if (!hi)
        return dtn_arena_printf(arena, "%s %s", lo_open ? ">" : "≥", from);
    return dtn_arena_printf(arena, "%c%s, %s%c", lo_open ? '(' : '[', from, to, hi_open ? ')' : ']');
}

const char *dtn_text_range(dtn_doc *doc, const fmpq *lo, const fmpq *hi, bool lo_open, bool hi_open)
{
    return doc->status == DTN_OK ? kept(doc, dtn_number_range(doc->arena, lo, hi, lo_open, hi_open)) : "";
}

const char *dtn_text_count(dtn_doc *doc, long n, const char *one, const char *many)
{
    return n == 0 ? dtn_doc_print(doc, "no %s", many) : dtn_doc_print(doc, "%ld %s", n, n == 1 ? one : many);
}

const char *dtn_text_join(dtn_doc *doc, const char *const *items, int count, const char *last_word)
{
    const char *made = count > 0 ? items[0] : "";
    for (int i = 1; i < count; i++)
        made = i + 1 < count ? dtn_doc_print(doc, "%s, %s", made, items[i])
                             : dtn_doc_print(doc, "%s %s %s", made, last_word, items[i]);
    return made;
}
