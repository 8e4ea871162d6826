/* Reader of strategic games from tables: one row a profile (strategies, then "payoff NAME"), or matrices: one of numbers (a
 * zero-sum game), two of numbers parted by an empty line, or one of pairs "3, 1". Names of rows and columns are optional.
 *
 * Cost: linear, and a look into a hash table a name. Exact: numbers are read as written. Grammar: docs/formats/csv.md. */
#include "format/csv_rows.h"

#include <string.h>

#include "format/format.h"
#include "format/yaml.h"
#include "num/rational.h"

typedef struct reading {
    dtn_ctx *ctx;
    dtn_arena *arena;
    dtn_diags *diags;
    dtn_csv csv;
    dtn_strategic *game;
} reading;

static bool is_payoff(const char *text)
{
    static const char word[] = "payoff";
    for (int i = 0; word[i]; i++)
        if ((text[i] | 32) != word[i])
            return false;
    return true;
}

/* One number, or two parted by , ; | or a blank: how many there are, 0 when it is neither. */
static int numbers(const reading *r, const char *text, fmpq *x)
{
    size_t n = strlen(text);
    if (n == 0)
        return 0;
    if (dtn_rational_parse(x, text, n))
        return 1;
    size_t cut = strcspn(text, ",;| ");
    if (r->csv.separator == ';' && text[cut] == ',') { /* a decimal comma */
        char *point = dtn_arena_strdup(r->ctx->scratch, text);
        if (point) {
            point[cut] = '.';
            if (dtn_rational_parse(x, point, n))
                return 1;
        }
    }
    size_t next = cut + strspn(text + cut, ",;| ");
    while (n > next && text[n - 1] == ' ')
        n--;
    return text[cut] && dtn_rational_parse(x, text, cut) && dtn_rational_parse(x + 1, text + next, n - next)
               ? 2
               : 0;
}

/* ---- one row a profile ---- */

typedef struct names {
    const char **name; /* in the order of first mention */
    int *slot;         /* open addressing: 1 + index, 0 free */
    int count, slots;
} names;

static int name_of(names *n, const char *text)
{
    uint32_t h = 2166136261u;
    for (const char *c = text; *c; c++)
        h = (h ^ (unsigned char)*c) * 16777619u;
    uint32_t at = h & (uint32_t)(n->slots - 1);
    while (n->slot[at] && strcmp(n->name[n->slot[at] - 1], text) != 0)
        at = (at + 1) & (uint32_t)(n->slots - 1);
    if (!n->slot[at]) {
        n->name[n->count++] = text;
        n->slot[at] = n->count;
    }
    return n->slot[at] - 1;
}

static dtn_status fill_profiles(reading *r, int players, names *list, const int *strategies, size_t profiles)
{
    fmpq *payoff;
    bool *given;
    DTN_ALLOC_FMPQ(r->ctx, r->arena, payoff, profiles * (size_t)players + 1);
    DTN_ALLOC(r->ctx, r->arena, given, profiles);
    for (int i = 1; i < r->csv.rows; i++) {
        const dtn_csv_row *row = &r->csv.row[i];
        size_t at = 0, stride = 1;
        for (int p = 0; p < players; p++) {
            at += (size_t)name_of(&list[p], row->field[p].text) * stride;
            stride *= (size_t)strategies[p];
        }
        if (given[at])
            dtn_diag_error(r->diags, DTN_DIAG_TABLE, row->field[0].place,
                           "this profile of strategies stands in an earlier row too");
        given[at] = true;
        for (int p = 0; p < players; p++) {
            const dtn_csv_field *f = &row->field[players + p];
            dtn_arena_mark mark = dtn_arena_save(r->ctx->scratch);
            if (numbers(r, f->text, payoff + at * (size_t)players + (size_t)p) != 1)
                dtn_diag_error(r->diags, DTN_DIAG_NUMBER, f->place, "expected a payoff, found '%.40s'",
                               f->text);
            dtn_arena_release(r->ctx->scratch, mark);
        }
    }
    const char **player;
    const char *const **strategy;
    DTN_ALLOC(r->ctx, r->arena, player, players);
    DTN_ALLOC(r->ctx, r->arena, strategy, players);
    for (int p = 0; p < players; p++) {
        player[p] = r->csv.row[0].field[p].text;
        strategy[p] = list[p].name;
    }
    return r->diags->errors
               ? DTN_OK
               : dtn_strategic_new(r->ctx, &r->game, "", players, strategies, player, strategy, payoff);
}

static dtn_status read_profiles(reading *r)
{
    int players = r->csv.row[0].fields / 2, *strategies;
    names *list;
    DTN_ALLOC(r->ctx, r->arena, list, players);
    DTN_ALLOC(r->ctx, r->arena, strategies, players);
    for (int p = 0; p < players; p++) {
        for (list[p].slots = 16; list[p].slots < 2 * r->csv.rows;)
            list[p].slots *= 2;
        DTN_ALLOC(r->ctx, r->arena, list[p].name, r->csv.rows);
        DTN_ALLOC(r->ctx, r->arena, list[p].slot, list[p].slots);
    }
    for (int i = 1; i < r->csv.rows; i++) {
        const dtn_csv_row *row = &r->csv.row[i];
        if (row->fields != 2 * players) {
            dtn_diag_error(r->diags, DTN_DIAG_TABLE, row->field[0].place,
                           "expected %d fields, as in the first row, found %d", 2 * players, row->fields);
            continue;
        }
        for (int p = 0; p < players; p++)
            name_of(&list[p], row->field[p].text);
    }
    size_t profiles = 1, rows = (size_t)r->csv.rows - 1;
    for (int p = 0; p < players && profiles <= rows; p++) {
        strategies[p] = list[p].count;
        profiles *= (size_t)list[p].count;
    }
    if (r->diags->errors)
        return DTN_OK;
    if (profiles != rows || rows == 0) {
        dtn_diag_error(r->diags, DTN_DIAG_TABLE, (dtn_place){0},
                       "found %zu rows, expected one for each combination of the strategies that they name",
                       rows);
        return DTN_OK;
    }
    return fill_profiles(r, players, list, strategies, profiles);
}

/* ---- matrices ---- */

/* "Row \ Column" in the corner names the players. */
static dtn_status name_players(reading *r, const char **player, const char *corner)
{
    player[0] = "Row";
    player[1] = "Column";
    const char *cut = strchr(corner, '\\');
    if (!cut)
        return DTN_OK;
    size_t n = (size_t)(cut - corner);
    while (n && corner[n - 1] == ' ')
        n--;
    cut += 1 + strspn(cut + 1, " ");
    player[0] = dtn_arena_strndup(r->arena, corner, n);
    player[1] = cut;
    return player[0] ? DTN_OK : dtn_fail_nomem(r->ctx);
}

typedef struct shape {
    int heads, stubs; /* rows of column names, columns of row names: 0 or 1 */
    int rows, columns, blocks;
} shape;

/* Blocks of one shape; false: said in diags. */
static bool find_shape(reading *r, shape *s)
{
    fmpq x[2];
    fmpq_init(&x[0]);
    fmpq_init(&x[1]);
    const dtn_csv_row *first = &r->csv.row[0], *last = &r->csv.row[r->csv.rows - 1];
    dtn_arena_mark mark = dtn_arena_save(r->ctx->scratch);
    s->heads = numbers(r, first->field[first->fields - 1].text, x) == 0;
    s->stubs = numbers(r, last->field[0].text, x) == 0;
    dtn_arena_release(r->ctx->scratch, mark);
    fmpq_clear(&x[0]);
    fmpq_clear(&x[1]);
    s->blocks = r->csv.blocks;
    s->columns = first->fields - s->stubs;
    int rows = 0;
    for (int i = 0; i < r->csv.rows; i++) {
        rows += r->csv.row[i].block == 0;
        if (r->csv.row[i].fields != first->fields)
            return dtn_diag_error(r->diags, DTN_DIAG_TABLE, r->csv.row[i].field[0].place,
                                  "expected %d fields, as in the first row, found %d", first->fields,
                                  r->csv.row[i].fields);
    }
    s->rows = rows - s->heads;
    if (s->rows < 1 || s->columns < 1)
        return dtn_diag_error(r->diags, DTN_DIAG_TABLE, first->field[0].place,
                              "expected a table of payoffs, found names only");
    if (s->blocks > 2 || r->csv.rows != rows * s->blocks)
        return dtn_diag_error(r->diags, DTN_DIAG_TABLE, (dtn_place){0},
                              s->blocks > 2
                                  ? "found %d matrices, expected one, or one for each of two players"
                                  : "found %d matrices of different size",
                              s->blocks);
    return true;
}

static dtn_status fill_matrix(reading *r, const shape *s, fmpq *payoff, fmpq *cell)
{
    int seen = 0; /* numbers in a cell */
    for (int i = 0; i < r->csv.rows; i++) {
        int block = r->csv.row[i].block, row = i - block * (s->rows + s->heads) - s->heads;
        for (int c = 0; c < s->columns && row >= 0; c++) {
            const dtn_csv_field *f = &r->csv.row[i].field[c + s->stubs];
            size_t at = 2 * ((size_t)c * (size_t)s->rows + (size_t)row);
            dtn_arena_mark mark = dtn_arena_save(r->ctx->scratch);
            int n = numbers(r, f->text, cell);
            dtn_arena_release(r->ctx->scratch, mark);
            if (n == 0 || (n == 2 && s->blocks == 2) || (seen && n != seen))
                dtn_diag_error(r->diags, DTN_DIAG_NUMBER, f->place, "expected %s, found '%.40s'",
                               s->blocks == 2 || seen == 1 ? "one payoff"
                               : seen == 2                 ? "two payoffs such as \"3, 1\""
                                                           : "a payoff, or two such as \"3, 1\"",
                               f->text);
            seen = seen ? seen : n;
            fmpq_set(payoff + at + (block ? 1 : 0), cell);
            if (n == 2)
                fmpq_set(payoff + at + 1, cell + 1);
            else if (s->blocks == 1)
                fmpq_neg(payoff + at + 1, cell);
        }
    }
    if (s->blocks == 1 && seen == 1 && !r->diags->errors)
        dtn_diag_add(r->diags, DTN_SEVERITY_NOTE, DTN_DIAG_TABLE, r->csv.row[0].field[0].place,
                     "one number a cell: read as a zero-sum game, what the first player gets");
    return DTN_OK;
}

static dtn_status read_matrix(reading *r)
{
    shape s;
    if (!find_shape(r, &s))
        return DTN_OK;
    const char *player[2], **row, **column;
    fmpq *payoff, *cell;
    DTN_TRY(name_players(r, player, s.heads && s.stubs ? r->csv.row[0].field[0].text : ""));
    DTN_ALLOC(r->ctx, r->arena, row, s.rows);
    DTN_ALLOC(r->ctx, r->arena, column, s.columns);
    DTN_ALLOC_FMPQ(r->ctx, r->arena, cell, 2);
    DTN_ALLOC_FMPQ(r->ctx, r->arena, payoff, 2 * (size_t)s.rows * (size_t)s.columns);
    for (int i = 0; i < s.rows && s.stubs; i++)
        row[i] = r->csv.row[i + s.heads].field[0].text;
    for (int c = 0; c < s.columns && s.heads; c++)
        column[c] = r->csv.row[0].field[c + s.stubs].text;
    DTN_TRY(fill_matrix(r, &s, payoff, cell));
    if (r->diags->errors)
        return DTN_OK;
    return dtn_strategic_new(r->ctx, &r->game, "", 2, (int[]){s.rows, s.columns}, player,
                             (const char *const *const[]){row, column}, payoff);
}

/* ---- the format ---- */

bool dtn_csv_sniff(const char *bytes, size_t length)
{
    size_t skip = length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    const char *start = bytes + skip, *end = memchr(start, '\n', length - skip);
    size_t n = end ? (size_t)(end - start) : length - skip;
    if (n == 0 || n > 100000)
        return false;
    char separator = dtn_csv_separator(start, n);
    bool digits = false, only = true, separated = false, word = false;
    for (size_t i = 0; i < n; i++) {
        separated = separated || start[i] == separator;
        digits = digits || (start[i] >= '0' && start[i] <= '9');
        only = only && start[i] && strchr("0123456789+-./,;|\t \r\"", start[i]);
        word = word || (start[i] == separator && i + 7 < n && is_payoff(start + i + 1));
    }
    return separated && (word || (only && digits && start[0] != '-'));
}

dtn_status dtn_csv_format(dtn_ctx *ctx, dtn_model *model, dtn_diags *diags, const char *bytes, size_t length)
{
    reading r = {.ctx = ctx, .arena = dtn_arena_new(ctx), .diags = diags};
    if (!r.arena)
        return dtn_fail_nomem(ctx);
    model->kind = DTN_MODEL_STRATEGIC;
    dtn_bytes checked;
    dtn_status status = DTN_OK;
    if (dtn_bytes_check(diags, r.arena, &checked, bytes, length))
        status = dtn_csv_split(ctx, r.arena, &r.csv, diags, bytes, length);
    if (status == DTN_OK && !diags->errors && r.csv.rows == 0)
        dtn_diag_error(diags, DTN_DIAG_EMPTY, (dtn_place){1, 1, 1}, "expected a table, found nothing");
    if (status == DTN_OK && !diags->errors) {
        int fields = r.csv.row[0].fields;
        bool table = fields % 2 == 0;
        for (int i = fields / 2; i < fields && table; i++)
            table = is_payoff(r.csv.row[0].field[i].text);
        status = table ? read_profiles(&r) : read_matrix(&r);
    }
    model->strategic = r.game;
    dtn_arena_free(r.arena);
    return status;
}
