/* The bytes of a file before the YAML reader: size, UTF-8, control characters, JSON's surrogate pairs.
 * Cost: one pass. */
#include <string.h>

#include "format/yaml.h"

/* Bytes of the UTF-8 character at p, 0 when it is none (Unicode 15, table 3-7). */
static size_t utf8_length(const unsigned char *p, size_t rest)
{
    if (p[0] < 0x80)
        return 1;
    size_t n = p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
    if (p[0] < 0xc2 || p[0] > 0xf4 || n > rest)
        return 0;
    unsigned least = p[0] == 0xe0 ? 0xa0 : p[0] == 0xf0 ? 0x90 : 0x80;
    unsigned most = p[0] == 0xed ? 0x9f : p[0] == 0xf4 ? 0x8f : 0xbf;
    if (p[1] < least || p[1] > most)
        return 0;
    for (size_t i = 2; i < n; i++)
        if ((p[i] & 0xc0) != 0x80)
            return 0;
    return n;
}

/* Control characters that YAML refuses: C0 but tab and line ends, DEL, C1 but NEL, and non-characters. */
static bool refused(const unsigned char *p, size_t n)
{
    if (n == 1)
        return (*p < 0x20 && *p != '\t' && *p != '\n' && *p != '\r') || *p == 0x7f;
    if (n == 2)
        return p[0] == 0xc2 && p[1] < 0xa0 && p[1] != 0x85;
    return n == 3 && p[0] == 0xef && ((p[1] == 0xbf && p[2] >= 0xbe) || (p[1] == 0xbb && p[2] == 0xbf));
}

static bool check_text(dtn_diags *d, const char *text, size_t length)
{
    const unsigned char *p = (const unsigned char *)text;
    dtn_place place = {1, 1, 1};
    for (size_t i = 0; i < length;) {
        size_t n = utf8_length(p + i, length - i);
        if (n == 0) {
            dtn_diag_error(d, DTN_DIAG_UTF8, place, "found byte 0x%02x, which begins no UTF-8 character",
                           p[i]);
            if (i == 0 && length > 1 && (p[0] == 0xff || p[0] == 0xfe))
                dtn_diag_add_help(d, "this looks like UTF-16: save the file as UTF-8");
            return false;
        }
        if (refused(p + i, n))
            return dtn_diag_error(d, DTN_DIAG_CONTROL, place, "found the control character U+%04X",
                                  n == 1   ? p[i]
                                  : n == 2 ? ((p[i] & 0x1fU) << 6) | (p[i + 1] & 0x3fU)
                                           : ((p[i] & 0xfU) << 12) | ((p[i + 1] & 0x3fU) << 6) |
                                                 (p[i + 2] & 0x3fU));
        place.column++;
        if (p[i] == '\n' || (p[i] == '\r' && !(i + 1 < length && p[i + 1] == '\n'))) {
            place.line++;
            place.column = 1;
        }
        i += n;
    }
    return true;
}

static int hex_digits(const char *p, const char *end)
{
    int value = 0;
    if (end - p < 4)
        return -1;
    for (int i = 0; i < 4; i++) {
        char c = p[i];
        int digit = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;
        if (digit < 0)
            return -1;
        value = value * 16 + digit;
    }
    return value;
}

/* \ud83d\ude00 becomes \U0001f600, which YAML knows. Only in JSON: in plain YAML a backslash may be a backslash. */
static bool join_surrogates(dtn_diags *d, dtn_arena *arena, dtn_bytes *b)
{
    static const char hex[] = "0123456789abcdef";
    const char *p = b->text, *end = p + b->length;
    size_t pairs = 0;
    for (const char *q = p; (q = memchr(q, '\\', (size_t)(end - q))); q += 2)
        if (end - q < 2)
            break;
        else if (q[1] == 'u')
            pairs++;
    if (!pairs)
        return true;
    char *out = dtn_arena_alloc(arena, b->length + 1), *w = out;
    b->shift = dtn_arena_array(arena, pairs, sizeof *b->shift);
    if (!out || !b->shift)
        return !(d->nomem = true);
    dtn_place place = {1, 1, 6};
    while (p < end) {
        int high = *p == '\\' && end - p >= 6 && p[1] == 'u' ? hex_digits(p + 2, end) : -1;
        if (high >= 0xd800 && high < 0xe000) {
            int low =
                high < 0xdc00 && end - p >= 12 && p[6] == '\\' && p[7] == 'u' ? hex_digits(p + 8, end) : -1;
            if (low < 0xdc00 || low > 0xdfff)
                return dtn_diag_error(d, DTN_DIAG_ESCAPE, place, "%.6s is half of a surrogate pair", p);
            unsigned long code =
                0x10000UL + (((unsigned long)high - 0xd800) << 10) + ((unsigned long)low - 0xdc00);
            *w++ = '\\';
            *w++ = 'U';
            for (int shift = 28; shift >= 0; shift -= 4)
                *w++ = hex[(code >> shift) & 15];
            place.column += 12;
            b->shift[b->shifts++] = (struct dtn_shift){place.line, place.column, 2};
            p += 12;
            continue;
        }
        int step = *p == '\\' && end - p >= 2 ? 2 : 1;
        for (int i = 0; i < step; i++, p++) {
            place.column += ((unsigned char)*p & 0xc0) != 0x80;
            if (*p == '\n') {
                place.line++;
                place.column = 1;
            }
            *w++ = *p;
        }
    }
    *w = '\0';
    b->text = out;
    b->length = (size_t)(w - out);
    return true;
}

bool dtn_bytes_check(dtn_diags *d, dtn_arena *arena, dtn_bytes *out, const char *text, size_t length)
{
    *out = (dtn_bytes){.text = text, .length = length};
    if (length > DTN_YAML_LARGEST)
        return dtn_diag_error(d, DTN_DIAG_TOO_LARGE, (dtn_place){0}, "found %zu bytes, at most %d are read",
                              length, DTN_YAML_LARGEST);
    if (length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
        out->text += 3;
        out->length -= 3;
        d->text = out->text;
        d->length = out->length;
    }
    if (!check_text(d, out->text, out->length))
        return false;
    size_t first = 0;
    while (first < out->length && strchr(" \t\r\n", out->text[first]))
        first++;
    if (first < out->length && (out->text[first] == '{' || out->text[first] == '['))
        return join_surrogates(d, arena, out);
    return true;
}
