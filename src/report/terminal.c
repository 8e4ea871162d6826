/* Text for terminals: escape sequences, widths in columns, wrapping, transliteration to ASCII. Cost: linear. */
#include "report/terminal.h"

#include <stdio.h>
#include <string.h>

const char *dtn_terminal_tone(dtn_tone tone)
{
    static const char *const sgr[] = {
        [DTN_TONE_PLAIN] = "",    [DTN_TONE_YES] = "1",   [DTN_TONE_NO] = "2",
        [DTN_TONE_UNSURE] = "33", [DTN_TONE_QUIET] = "2", [DTN_TONE_WARN] = "33",
    };
    return sgr[tone];
}

const char *dtn_terminal_player(int player)
{
    /* The order of the palette of pictures: blue, orange, green, purple, cyan, red. */
    static const char *const sgr[] = {"34", "33", "32", "35", "36", "31"};
    return sgr[player % 6];
}

/* Bytes of the UTF-8 sequence at text (1 for what is not UTF-8), its code point in *point. */
static size_t decode(const char *text, unsigned *point)
{
    const unsigned char *b = (const unsigned char *)text;
    size_t length = b[0] < 0x80 ? 1 : b[0] >= 0xf0 ? 4 : b[0] >= 0xe0 ? 3 : b[0] >= 0xc0 ? 2 : 1;
    *point = length == 1 ? b[0] : b[0] & (0xffU >> (length + 1));
    for (size_t i = 1; i < length; i++) {
        if ((b[i] & 0xc0) != 0x80) {
            *point = b[0];
            return 1;
        }
        *point = *point << 6 | (b[i] & 0x3f);
    }
    return length;
}

static size_t escape_length(const char *text)
{
    if (text[0] != 0x1b || text[1] != '[')
        return 0;
    size_t length = 2;
    while (text[length] && !(text[length] >= '@' && text[length] <= '~'))
        length++;
    return text[length] ? length + 1 : length;
}

static int point_columns(unsigned c)
{
    if ((c >= 0x300 && c < 0x370) || (c >= 0x200b && c <= 0x200f) || c == 0xfeff)
        return 0;
    bool wide = (c >= 0x1100 && c < 0x1160) || (c >= 0x2e80 && c < 0xa4d0) || (c >= 0xac00 && c < 0xd7a4) ||
                (c >= 0xf900 && c < 0xfb00) || (c >= 0xfe30 && c < 0xfe70) || (c >= 0xff00 && c < 0xff61) ||
                (c >= 0x1f300 && c < 0x1f650) || (c >= 0x20000 && c < 0x3fffe);
    return wide ? 2 : 1;
}

int dtn_text_columns(const char *text)
{
    int columns = 0;
    while (*text) {
        size_t skip = escape_length(text);
        if (!skip) {
            unsigned point;
            skip = decode(text, &point);
            columns += point_columns(point);
        }
        text += skip;
    }
    return columns;
}

static const char *ascii_of(unsigned c)
{
    static const struct {
        unsigned point;
        const char *text;
    } row[] = {
        {0xa0, " "},        {0xa7, "sec. "},  {0xb0, "deg"},    {0xb1, "+-"},      {0xb7, "."},
        {0xd7, "x"},        {0x3b1, "alpha"}, {0x3b2, "beta"},  {0x3b3, "gamma"},  {0x3b4, "delta"},
        {0x3b5, "epsilon"}, {0x3b8, "theta"}, {0x3ba, "kappa"}, {0x3bb, "lambda"}, {0x3bc, "mu"},
        {0x3c0, "pi"},      {0x3c1, "rho"},   {0x3c3, "sigma"}, {0x394, "Delta"},  {0x2009, " "},
        {0x202f, " "},      {0x2013, "-"},    {0x2014, "--"},   {0x2018, "'"},     {0x2019, "'"},
        {0x201c, "\""},     {0x201d, "\""},   {0x2022, "*"},    {0x2026, "..."},   {0x2190, "<-"},
        {0x2192, "->"},     {0x2194, "<->"},  {0x21d2, "=>"},   {0x2208, "in"},    {0x2212, "-"},
        {0x221e, "inf"},    {0x2227, "&"},    {0x2228, "|"},    {0x2248, "~"},     {0x2260, "!="},
        {0x2264, "<="},     {0x2265, ">="},   {0x25b8, ">"},    {0x25cf, "*"},     {0x2713, "yes"},
        {0x2717, "no"},     {0x2605, "*"},    {0x2500, "-"},    {0x2550, "="},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++)
        if (row[i].point == c)
            return row[i].text;
    return "?";
}

static void put_text(dtn_terminal *t, dtn_out *out, const char *text, size_t length)
{
    if (!t->ascii) {
        dtn_out_bytes(out, text, length);
        return;
    }
    for (size_t i = 0, step; i < length; i += step) {
        unsigned point;
        step = decode(text + i, &point);
        if (point < 0x80)
            dtn_out_char(out, text[i]);
        else
            dtn_out_text(out, ascii_of(point));
    }
}

static void put_style(dtn_out *out, const char *const *stack, int depth)
{
    dtn_out_text(out, "\033[0");
    for (int i = 0; i < depth; i++)
        if (*stack[i])
            dtn_out_print(out, ";%s", stack[i]);
    dtn_out_char(out, 'm');
}

const char *dtn_terminal_style(dtn_terminal *t, const char *marked, const char *base)
{
    dtn_out out = dtn_out_new(t->out->ctx, t->out->arena);
    const char *stack[20] = {base};
    int depth = 1;
    if (t->colour && *base)
        put_style(&out, stack, depth);
    dtn_marks m = dtn_marks_of(marked);
    for (dtn_piece p; dtn_marks_next(&m, &p);) {
        if (p.kind == DTN_PIECE_TEXT) {
            put_text(t, &out, p.text, p.length);
            continue;
        }
        if (p.closes)
            depth--;
        else
            stack[depth++] = p.kind == DTN_PIECE_STRONG   ? "1"
                             : p.kind == DTN_PIECE_CODE   ? "36"
                             : p.kind == DTN_PIECE_QUIET  ? "2"
                             : p.kind == DTN_PIECE_PLAYER ? dtn_terminal_player(p.player)
                                                          : "";
        if (t->colour)
            put_style(&out, stack, depth);
    }
    if (t->colour && *base)
        dtn_out_text(&out, "\033[0m");
    if (t->out->status == DTN_OK)
        t->out->status = out.status;
    return out.data ? out.data : "";
}

size_t dtn_text_line(const char *text, int width, const char **next)
{
    int columns = 0;
    const char *space = NULL, *c = text;
    while (*c && *c != '\n') {
        size_t skip = escape_length(c);
        if (!skip) {
            unsigned point;
            skip = decode(c, &point);
            columns += point_columns(point);
            if (columns > width && c > text) {
                /* A word longer than the line is cut. */
                const char *stop = space ? space : c;
                *next = space ? space + 1 : c;
                return (size_t)(stop - text);
            }
            if (*c == ' ')
                space = c;
        }
        c += skip;
        if (columns == width && *c == ' ') {
            *next = c + 1;
            return (size_t)(c - text);
        }
    }
    *next = *c == '\n' ? c + 1 : c;
    return (size_t)(c - text);
}

void dtn_terminal_wrap(dtn_terminal *t, const char *text, int at, int indent)
{
    for (;;) {
        int room = t->width - at;
        const char *line = text;
        size_t length = dtn_text_line(line, room < 20 ? 20 : room, &text);
        dtn_out_bytes(t->out, line, length);
        dtn_out_char(t->out, '\n');
        if (!*text)
            return;
        dtn_out_repeat(t->out, " ", indent);
        at = indent;
    }
}
