/* Exact rationals: arena ownership, parsing as written, text, doubles, simplest rational of an interval. */
#include "num/rational.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void clear_fmpq(void *object, size_t count)
{
    fmpq *x = object;
    for (size_t i = 0; i < count; i++)
        fmpq_clear(x + i);
}

static void clear_fmpz(void *object, size_t count)
{
    fmpz *x = object;
    for (size_t i = 0; i < count; i++)
        fmpz_clear(x + i);
}

fmpq *dtn_arena_fmpq(dtn_arena *arena, size_t count)
{
    fmpq *x = dtn_arena_array(arena, count, sizeof *x);
    if (!x || !dtn_arena_defer(arena, clear_fmpq, x, count))
        return NULL;
    for (size_t i = 0; i < count; i++)
        fmpq_init(x + i);
    return x;
}

bool dtn_arena_fmpq_at(dtn_arena *arena, fmpq *members, size_t count)
{
    for (size_t i = 0; i < count; i++)
        fmpq_init(members + i);
    return dtn_arena_defer(arena, clear_fmpq, members, count);
}

fmpz *dtn_arena_fmpz(dtn_arena *arena, size_t count)
{
    fmpz *x = dtn_arena_array(arena, count, sizeof *x);
    if (!x || !dtn_arena_defer(arena, clear_fmpz, x, count))
        return NULL;
    for (size_t i = 0; i < count; i++)
        fmpz_init(x + i);
    return x;
}

enum { LONGEST_NUMBER = 100000 };

/* Digits of text[0, length) into z; false unless all are digits and there is at least one. */
static bool digits(fmpz_t z, const char *text, size_t length)
{
    if (length == 0 || length > LONGEST_NUMBER)
        return false;
    for (size_t i = 0; i < length; i++)
        if (text[i] < '0' || text[i] > '9')
            return false;
    if (length <= 18) {
        unsigned long value = 0;
        for (size_t i = 0; i < length; i++)
            value = value * 10 + (unsigned long)(text[i] - '0');
        fmpz_set_ui(z, value);
        return true;
    }
    char *copy = malloc(length + 1);
    if (!copy)
        return false;
    memcpy(copy, text, length);
    copy[length] = '\0';
    bool ok = fmpz_set_str(z, copy, 10) == 0;
    free(copy);
    return ok;
}

/* Mantissa "12", "12.5", ".5", "12." as integer z and the number of digits after the point. */
static bool mantissa(fmpz_t z, long *places, const char *text, size_t length)
{
    const char *point = memchr(text, '.', length);
    if (!point) {
        *places = 0;
        return digits(z, text, length);
    }
    size_t whole = (size_t)(point - text), fraction = length - whole - 1;
    if (whole + fraction == 0 || length > LONGEST_NUMBER)
        return false;
    char *joined = malloc(length);
    if (!joined)
        return false;
    memcpy(joined, text, whole);
    memcpy(joined + whole, point + 1, fraction);
    bool ok = digits(z, joined, whole + fraction);
    free(joined);
    *places = (long)fraction;
    return ok;
}

bool dtn_rational_parse(fmpq_t out, const char *text, size_t length)
{
    bool negative = false, ok = false;
    if (length && (*text == '+' || *text == '-')) {
        negative = *text == '-';
        text++, length--;
    }
    fmpz_t num, den;
    fmpz_init(num);
    fmpz_init_set_ui(den, 1);
    const char *slash = memchr(text, '/', length);
    if (slash) {
        size_t left = (size_t)(slash - text);
        ok = digits(num, text, left) && digits(den, slash + 1, length - left - 1) && !fmpz_is_zero(den);
    } else {
        size_t m = 0;
        while (m < length && text[m] != 'e' && text[m] != 'E')
            m++;
        long places = 0, exponent = 0;
        ok = mantissa(num, &places, text, m);
        if (ok && m < length) {
            const char *e = text + m + 1, *end = text + length;
            bool minus = false;
            if (e < end && (*e == '+' || *e == '-'))
                minus = *e++ == '-';
            ok = e < end;
            for (; ok && e < end; e++) {
                ok = *e >= '0' && *e <= '9' && exponent <= LONGEST_NUMBER;
                exponent = exponent * 10 + (*e - '0');
            }
            exponent = minus ? -exponent : exponent;
        }
        exponent -= places;
        ok = ok && labs(exponent) <= LONGEST_NUMBER;
        if (ok && exponent) {
            fmpz_t power;
            fmpz_init(power);
            fmpz_set_ui(power, 10);
            fmpz_pow_ui(power, power, (ulong)labs(exponent));
            if (exponent > 0)
                fmpz_mul(num, num, power);
            else
                fmpz_set(den, power);
            fmpz_clear(power);
        }
    }
    if (ok) {
        if (negative)
            fmpz_neg(num, num);
        fmpq_set_fmpz_frac(out, num, den);
    }
    fmpz_clear(num);
    fmpz_clear(den);
    return ok;
}

char *dtn_rational_text(dtn_arena *arena, const fmpq_t x)
{
    size_t size = fmpz_sizeinbase(fmpq_numref(x), 10) + fmpz_sizeinbase(fmpq_denref(x), 10) + 3;
    char *text = dtn_arena_alloc(arena, size);
    return text ? fmpq_get_str(text, 10, x) : NULL;
}

double dtn_rational_double(const fmpq_t x)
{
    if (!COEFF_IS_MPZ(*fmpq_numref(x)) && !COEFF_IS_MPZ(*fmpq_denref(x)) &&
        llabs(*fmpq_numref(x)) < 1LL << 53 && *fmpq_denref(x) < 1LL << 53)
        return (double)*fmpq_numref(x) / (double)*fmpq_denref(x);
    /* Keep 64 bits of quotient: shift so that the integer quotient has about that many. */
    long shift = 64 - ((long)fmpz_bits(fmpq_numref(x)) - (long)fmpz_bits(fmpq_denref(x)));
    fmpz_t n, d;
    fmpz_init_set(n, fmpq_numref(x));
    fmpz_init_set(d, fmpq_denref(x));
    if (shift > 0)
        fmpz_mul_2exp(n, n, (ulong)shift);
    else
        fmpz_mul_2exp(d, d, (ulong)-shift);
    fmpz_tdiv_q(n, n, d);
    slong exponent = 0;
    double m = fmpz_get_d_2exp(&exponent, n);
    fmpz_clear(n);
    fmpz_clear(d);
    long e = (long)exponent - shift;
    return e > 2000 ? copysign(INFINITY, m) : e < -2000 ? copysign(0, m) : ldexp(m, (int)e);
}

void dtn_rational_set_double(fmpq_t out, double x)
{
    int exponent = 0;
    double m = frexp(x, &exponent);
    fmpq_set_si(out, (slong)ldexp(m, 53), 1);
    exponent -= 53;
    if (exponent >= 0)
        fmpq_mul_2exp(out, out, (ulong)exponent);
    else
        fmpq_div_2exp(out, out, (ulong)-exponent);
}

void dtn_rational_simplest(fmpq_t out, const fmpq_t lo, const fmpq_t hi)
{
    if (fmpq_sgn(lo) <= 0 && fmpq_sgn(hi) >= 0) {
        fmpq_zero(out);
        return;
    }
    if (fmpq_sgn(hi) < 0) {
        fmpq_t a, b;
        fmpq_init(a);
        fmpq_init(b);
        fmpq_neg(a, hi);
        fmpq_neg(b, lo);
        dtn_rational_simplest(out, a, b);
        fmpq_neg(out, out);
        fmpq_clear(a);
        fmpq_clear(b);
        return;
    }
    fmpq_simplest_between(out, lo, hi);
}
