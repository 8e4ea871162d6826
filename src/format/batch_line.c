/* Reads games that stand one on a line.
 *
 * Method: whole numbers of up to 15 digits are read straight into doubles; at the first other number the line is read in
 *   rationals, and each player's payoffs are multiplied by their common denominator, which changes no equilibrium.
 * Cost: linear; some 100 MB a second for whole numbers. Exact: yes; what does not fit 53 bits after scaling is an error. */
#include "format/batch_line.h"

#include <string.h>

#include "num/rational.h"

static bool is_gap(char c)
{
    return c == ' ' || c == '\t' || c == ',' || c == ';' || c == '\r' || c == '[' || c == ']' || c == '|';
}

bool batch_line_blank(const char *text, size_t length)
{
    size_t i = 0;
    while (i < length && (text[i] == ' ' || text[i] == '\t' || text[i] == '\r'))
        i++;
    return i == length || text[i] == '#';
}

typedef struct word {
    const char *text;
    size_t length;
} word;

/* The next word of a line of numbers. */
static bool next_word(const char **at, const char *end, word *out)
{
    const char *p = *at;
    while (p < end && is_gap(*p))
        p++;
    const char *start = p;
    while (p < end && !is_gap(*p))
        p++;
    *out = (word){start, (size_t)(p - start)};
    *at = p;
    return p > start;
}

/* The next field of a CSV line, without its quotation marks and the blanks around it; fields may be empty. */
static bool next_field(const char **at, const char *end, word *out)
{
    const char *p = *at;
    if (p > end)
        return false;
    while (p < end && (*p == ' ' || *p == '\r'))
        p++;
    const char *start = p, *stop;
    if (p < end && *p == '"') {
        start = ++p;
        while (p < end && *p != '"')
            p++;
        stop = p;
        while (p < end && *p != ',' && *p != ';' && *p != '\t')
            p++;
    } else {
        while (p < end && *p != ',' && *p != ';' && *p != '\t')
            p++;
        stop = p;
        while (stop > start && (stop[-1] == ' ' || stop[-1] == '\r'))
            stop--;
    }
    *out = (word){start, (size_t)(stop - start)};
    *at = p + 1;
    return true;
}

/* A whole number of at most 15 digits. */
static bool whole(word w, double *out)
{
    size_t i = w.length && (w.text[0] == '-' || w.text[0] == '+');
    if (i == w.length || w.length - i > 15)
        return false;
    int64_t n = 0;
    for (; i < w.length; i++) {
        if (w.text[i] < '0' || w.text[i] > '9')
            return false;
        n = 10 * n + (w.text[i] - '0');
    }
    *out = (double)(w.text[0] == '-' ? -n : n);
    return true;
}

/* How much of a faulty word is shown. */
static int shown(word w)
{
    return w.length < 40 ? (int)w.length : 40;
}

static bool is_number(word w)
{
    fmpq_t x;
    fmpq_init(x);
    bool ok = dtn_rational_parse(x, w.text, w.length);
    fmpq_clear(x);
    return ok;
}

/* "3x2", "3x2:". */
static bool read_size(word w, int *rows, int *columns)
{
    int n[2] = {0, 0};
    size_t i = 0;
    for (int side = 0; side < 2; side++) {
        size_t start = i;
        while (i < w.length && i - start < 3 && w.text[i] >= '0' && w.text[i] <= '9')
            n[side] = 10 * n[side] + (w.text[i++] - '0');
        if (i == start || (!side && (i == w.length || (w.text[i] != 'x' && w.text[i] != 'X'))))
            return false;
        i += !side;
    }
    if (i < w.length && w.text[i] == ':')
        i++;
    *rows = n[0];
    *columns = n[1];
    return i == w.length;
}

/* --- columns with names -------------------------------------------------------------------------- */

/* "a12", "b3_11", "A1.2": player, row and column from 0. */
static bool payoff_name(word w, int *player, int *row, int *column)
{
    if (w.length < 3 || !strchr("aAbB", w.text[0]))
        return false;
    *player = w.text[0] == 'b' || w.text[0] == 'B';
    int n[2] = {0, 0}, parts = 0, digits = 0;
    for (size_t i = 1; i < w.length; i++) {
        char c = w.text[i];
        if (c >= '0' && c <= '9') {
            n[parts] = 10 * n[parts] + (c - '0');
            digits++;
        } else if ((c == '_' || c == '.') && digits && !parts && i + 1 < w.length) {
            parts = 1;
        } else {
            return false;
        }
        if (n[parts] > BATCH_LINE_ACTIONS * 10)
            return false;
    }
    if (!parts) {
        if (digits != 2)
            return false;
        n[1] = n[0] % 10;
        n[0] /= 10;
    }
    *row = n[0] - 1;
    *column = n[1] - 1;
    return *row >= 0 && *column >= 0 && *row < BATCH_LINE_ACTIONS && *column < BATCH_LINE_ACTIONS;
}

/* Names the payoffs of a size that no column has. */
static dtn_status all_named(dtn_ctx *ctx, const batch_lines *lines)
{
    int planes = lines->rows * lines->columns;
    for (int k = 0; k < 2 * planes; k++) {
        int times = 0;
        for (int f = 0; f < lines->fields; f++)
            times += lines->place[f] == k;
        if (times != 1)
            return dtn_fail(
                ctx, DTN_PARSE,
                "%s column %c%d_%d; the names a%d_%d and b%d_%d ask for %d x %d games, with every "
                "payoff of both players once",
                times ? "more than one" : "no", k < planes ? 'a' : 'b', k % planes / lines->columns + 1,
                k % planes % lines->columns + 1, lines->rows, lines->columns, lines->rows, lines->columns,
                lines->rows, lines->columns);
    }
    return DTN_OK;
}

dtn_status batch_lines_header(dtn_ctx *ctx, bool *named, batch_lines *lines, dtn_arena *arena,
                              const char *text, size_t length)
{
    const char *at = text, *end = text + length;
    word w;
    int player, row, column, fields = 0, size[2];
    *named = false;
    next_word(&at, end, &w);
    if (is_number(w) || read_size(w, &size[0], &size[1]))
        return DTN_OK;
    *named = true;
    for (at = text; next_field(&at, end, &w); fields++)
        if (payoff_name(w, &player, &row, &column)) {
            lines->rows = row >= lines->rows ? row + 1 : lines->rows;
            lines->columns = column >= lines->columns ? column + 1 : lines->columns;
        }
    if (!lines->rows)
        return dtn_fail(ctx, DTN_PARSE,
                        "found \"%.*s\"; expected numbers, a size such as 3x3, or names of columns such as "
                        "a11,a12,a21,a22,b11,b12,b21,b22",
                        shown((word){text, length}), text);
    lines->fields = fields;
    lines->label = -1;
    DTN_ALLOC(ctx, arena, lines->place, fields);
    at = text;
    for (int f = 0; f < fields && next_field(&at, end, &w); f++) {
        bool payoff = payoff_name(w, &player, &row, &column);
        lines->place[f] = payoff ? (player * lines->rows + row) * lines->columns + column : -1;
        if (!payoff && lines->label < 0)
            lines->label = f;
    }
    return all_named(ctx, lines);
}

/* --- one line ------------------------------------------------------------------------------------ */

/* The line's numbers in rationals: payoff k of place[k]; scaled by each player's common denominator. */
static dtn_status scale(dtn_ctx *ctx, double *payoff, const word *number, int count)
{
    fmpq *x;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, x, count);
    fmpz *common = dtn_arena_fmpz(ctx->scratch, 2);
    if (!common)
        return dtn_fail_nomem(ctx);
    for (int k = 0; k < count; k++) {
        if (!dtn_rational_parse(x + k, number[k].text, number[k].length))
            return dtn_fail(ctx, DTN_PARSE, "found \"%.*s\", expected a number such as -3, 1/3 or 0.25",
                            shown(number[k]), number[k].text);
    }
    for (int p = 0; p < 2; p++) {
        fmpz_one(common);
        for (int k = p * count / 2; k < (p + 1) * count / 2; k++)
            fmpz_lcm(common, common, fmpq_denref(x + k));
        for (int k = p * count / 2; k < (p + 1) * count / 2; k++) {
            fmpz_divexact(common + 1, common, fmpq_denref(x + k));
            fmpz_mul(common + 1, common + 1, fmpq_numref(x + k));
            if (fmpz_cmpabs(common + 1, (fmpz[]){INT64_C(1) << 53}) > 0)
                return dtn_fail(
                    ctx, DTN_PARSE,
                    "the payoffs of player %d need more than 53 bits as whole numbers in proportion "
                    "(\"%.*s\"); solve this game alone, without --batch",
                    p + 1, shown(number[k]), number[k].text);
            payoff[k] = fmpz_get_d(common + 1);
        }
    }
    return DTN_OK;
}

/* Puts the numbers, in the order of the payoffs, as doubles. */
static dtn_status numbers(dtn_ctx *ctx, double *payoff, const word *number, int count)
{
    for (int k = 0; k < count; k++)
        if (!whole(number[k], payoff + k)) {
            dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
            dtn_status status = scale(ctx, payoff, number, count);
            dtn_arena_release(ctx->scratch, mark);
            return status;
        }
    return DTN_OK;
}

static dtn_status by_names(dtn_ctx *ctx, batch_line *out, double *payoff, const batch_lines *lines,
                           const char *text, size_t length)
{
    word number[BATCH_LINE_PAYOFFS], w;
    const char *at = text, *end = text + length;
    int f = 0;
    for (; next_field(&at, end, &w); f++) {
        if (f < lines->fields && lines->place[f] >= 0)
            number[lines->place[f]] = w;
        if (f == lines->label) {
            out->label = w.text;
            out->label_length = w.length;
        }
    }
    if (f != lines->fields)
        return dtn_fail(ctx, DTN_PARSE, "found %d fields, expected %d as in the line that names them", f,
                        lines->fields);
    out->rows = lines->rows;
    out->columns = lines->columns;
    return numbers(ctx, payoff, number, 2 * lines->rows * lines->columns);
}

/* The size of a game of which only the number of payoffs is known. */
static dtn_status square(dtn_ctx *ctx, batch_line *out, int count)
{
    for (int n = 1; n <= BATCH_LINE_ACTIONS; n++)
        if (2 * n * n == count) {
            out->rows = out->columns = n;
            return DTN_OK;
        }
    return dtn_fail(
        ctx, DTN_PARSE,
        "found %d numbers, expected 8, 18, 32, 50, ... (2 n^2 for an n x n game); write the size of "
        "other games in front, as in 2x3, or give --size",
        count);
}

static dtn_status in_order(dtn_ctx *ctx, batch_line *out, double *payoff, const batch_lines *lines,
                           const char *text, size_t length)
{
    word number[BATCH_LINE_PAYOFFS], sorted[BATCH_LINE_PAYOFFS], w;
    const char *at = text, *end = text + length;
    int count = 0;
    bool said = false;
    while (next_word(&at, end, &w)) {
        if (!count && !said && (said = read_size(w, &out->rows, &out->columns)))
            continue;
        if (count == BATCH_LINE_PAYOFFS)
            return dtn_fail(ctx, DTN_PARSE, "found more than %d numbers, expected at most %d x %d games",
                            BATCH_LINE_PAYOFFS, BATCH_LINE_ACTIONS, BATCH_LINE_ACTIONS);
        number[count++] = w;
    }
    if (!said && lines->rows) {
        out->rows = lines->rows;
        out->columns = lines->columns;
    } else if (!said) {
        DTN_TRY(square(ctx, out, count));
    }
    if (out->rows < 1 || out->columns < 1 || out->rows > BATCH_LINE_ACTIONS ||
        out->columns > BATCH_LINE_ACTIONS)
        return dtn_fail(ctx, DTN_PARSE, "found the size %dx%d, expected 1 to %d actions of each player",
                        out->rows, out->columns, BATCH_LINE_ACTIONS);
    int planes = out->rows * out->columns;
    if (count != 2 * planes)
        return dtn_fail(ctx, DTN_PARSE, "found %d numbers, expected %d for a game of %dx%d", count,
                        2 * planes, out->rows, out->columns);
    for (int k = 0; k < count; k++)
        sorted[lines->pairs ? k % 2 * planes + k / 2 : k] = number[k];
    return numbers(ctx, payoff, sorted, count);
}

dtn_status batch_line_read(dtn_ctx *ctx, batch_line *out, double *room, const batch_lines *lines,
                           const char *text, size_t length)
{
    *out = (batch_line){.payoff = room};
    return lines->fields ? by_names(ctx, out, room, lines, text, length)
                         : in_order(ctx, out, room, lines, text, length);
}
