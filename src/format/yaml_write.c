/* Writer of documents: YAML and JSON from the same tree of texts, lists and mappings.
 *
 * Lists and mappings that were written in brackets stay so where they fit on a line; texts are quoted only where they must be.
 * Comments are not part of the tree. Cost: linear times the depth (widths are measured at each level). */
#include <string.h>

#include "format/write.h"

enum { LINE = 100 };

typedef struct writer {
    dtn_str *out;
    bool json;
} writer;

dtn_yaml *dtn_yaml_make_map(dtn_arena *arena, int room)
{
    dtn_yaml *y = dtn_arena_array(arena, 1, sizeof *y);
    if (!y)
        return NULL;
    *y = (dtn_yaml){.kind = DTN_YAML_MAP, .weight = room > 0 ? room : 1};
    y->item = dtn_arena_array(arena, (size_t)y->weight, sizeof *y->item);
    y->key = dtn_arena_array(arena, (size_t)y->weight, sizeof *y->key);
    return y->item && y->key ? y : NULL;
}

dtn_yaml *dtn_yaml_make_list(dtn_arena *arena, int room, bool flow)
{
    dtn_yaml *y = dtn_yaml_make_map(arena, room);
    if (y) {
        y->kind = DTN_YAML_LIST;
        y->flow = flow;
    }
    return y;
}

dtn_yaml *dtn_yaml_make_text(dtn_arena *arena, const char *text)
{
    dtn_yaml *y = text ? dtn_arena_array(arena, 1, sizeof *y) : NULL;
    if (y)
        *y = (dtn_yaml){.kind = DTN_YAML_TEXT, .text = text, .length = strlen(text)};
    return y;
}

bool dtn_yaml_append(dtn_arena *arena, dtn_yaml *to, const char *key, dtn_yaml *item)
{
    if (!to || !item || to->count >= to->weight)
        return false;
    if (key) {
        to->key[to->count] = dtn_yaml_make_text(arena, key);
        if (!to->key[to->count])
            return false;
    }
    to->item[to->count++] = item;
    return true;
}

static size_t digits(const char *c)
{
    return strspn(c, "0123456789");
}

/* -12, 0.25, 1e-3: a number as JSON writes it. */
static bool is_number(const char *c)
{
    c += *c == '-';
    size_t n = digits(c);
    if (n == 0 || (n > 1 && *c == '0'))
        return false;
    c += n;
    if (*c == '.') {
        n = digits(++c);
        if (n == 0)
            return false;
        c += n;
    }
    if (*c == 'e' || *c == 'E') {
        c++;
        c += *c == '+' || *c == '-';
        n = digits(c);
        if (n == 0)
            return false;
        c += n;
    }
    return *c == '\0';
}

/* A word that no YAML reader takes for anything but a text. */
static bool is_word(const char *text)
{
    static const char *const taken[] = {
        "null", "Null", "NULL", "true", "True", "TRUE", "false", "False", "FALSE", "yes", "Yes", "YES", "no",
        "No",   "NO",   "on",   "On",   "ON",   "off",  "Off",   "OFF",   "y",     "Y",   "n",   "N"};
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
        if (strcmp(text, taken[i]) == 0)
            return false;
    bool letter = (*text >= 'a' && *text <= 'z') || (*text >= 'A' && *text <= 'Z');
    for (const char *c = text; *c; c++)
        if (!((*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9') || *c == '_' ||
              *c == '-' || *c == '.' || (*c == ' ' && c[1] && c[1] != ' ')))
            return false;
    return letter;
}

/* Numbers made in code are plain as those that were read. */
static bool is_bare(const writer *w, const dtn_yaml *y)
{
    if (w->json)
        return (y->plain || !y->end) && (is_number(y->text) || (y->plain && (strcmp(y->text, "true") == 0 ||
                                                                             strcmp(y->text, "false") == 0)));
    if (strpbrk(y->text, "\n\t"))
        return false;
    return y->plain || is_word(y->text) || (!y->end && is_number(y->text));
}

/* Can stand after "|". */
static bool is_literal(const writer *w, const dtn_yaml *y)
{
    const char *end = strchr(y->text, '\n');
    if (w->json || !end || y->text[0] == ' ' || y->text[0] == '\n' || strpbrk(y->text, "\t\r"))
        return false;
    size_t n = strlen(y->text);
    if (n > 1 && y->text[n - 1] == '\n' && y->text[n - 2] == '\n')
        return false;
    for (const char *c = y->text; *c; c++)
        if (((unsigned char)*c < 0x20 && *c != '\n') || (*c == ' ' && (c[1] == '\n' || !c[1])))
            return false;
    return true;
}

static void scalar(writer *w, const dtn_yaml *y, bool may_be_empty)
{
    if (dtn_yaml_is_null(y))
        dtn_str_add(w->out, !may_be_empty ? "null" : "");
    else if (is_bare(w, y))
        dtn_str_add(w->out, y->text);
    else
        dtn_write_json_text(w->out, y->text);
}

static void key(writer *w, const dtn_yaml *y)
{
    if (w->json)
        dtn_write_json_text(w->out, y->text);
    else
        scalar(w, y, false);
}

/* Writes y on one line; false, with nothing written, when it does not fit into `room` characters. */
static bool line(writer *w, const dtn_yaml *y, size_t room)
{
    size_t start = w->out->length;
    bool map = y->kind == DTN_YAML_MAP, fits = true;
    if (y->kind == DTN_YAML_TEXT) {
        scalar(w, y, false);
    } else {
        dtn_str_add_char(w->out, map ? '{' : '[');
        for (int i = 0; i < y->count && fits; i++) {
            if (i)
                dtn_str_add(w->out, ", ");
            if (map) {
                key(w, y->key[i]);
                dtn_str_add(w->out, ": ");
            }
            size_t used = w->out->length - start;
            fits = used < room && line(w, y->item[i], room - used);
        }
        dtn_str_add_char(w->out, map ? '}' : ']');
    }
    fits = fits && w->out->length - start <= room && !w->out->failed;
    if (!fits && !w->out->failed)
        dtn_str_truncate(w->out, start);
    return fits;
}

static void json(writer *w, const dtn_yaml *y, size_t indent, size_t used)
{
    if (y->kind == DTN_YAML_TEXT) {
        scalar(w, y, false);
        return;
    }
    if (indent && line(w, y, used < LINE ? LINE - used : 0))
        return;
    bool map = y->kind == DTN_YAML_MAP;
    dtn_str_add(w->out, map ? "{\n" : "[\n");
    for (int i = 0; i < y->count && !w->out->failed; i++) {
        size_t start = w->out->length;
        dtn_str_add_repeated(w->out, ' ', indent + 2);
        if (map) {
            key(w, y->key[i]);
            dtn_str_add(w->out, ": ");
        }
        json(w, y->item[i], indent + 2, w->out->length - start + 1);
        dtn_str_add(w->out, i + 1 < y->count ? ",\n" : "\n");
    }
    dtn_str_add_repeated(w->out, ' ', indent);
    dtn_str_add_char(w->out, map ? '}' : ']');
}

static void literal(writer *w, const dtn_yaml *y, size_t indent)
{
    size_t n = strlen(y->text);
    bool ended = y->text[n - 1] == '\n';
    dtn_str_add(w->out, ended ? "|\n" : "|-\n");
    for (const char *at = y->text; *at;) {
        size_t length = strcspn(at, "\n");
        if (length)
            dtn_str_add_repeated(w->out, ' ', indent);
        dtn_str_add_n(w->out, at, length);
        dtn_str_add_char(w->out, '\n');
        at += length + (at[length] == '\n');
    }
}

static void block(writer *w, const dtn_yaml *y, size_t indent, bool begun);

/* What stands behind "key:" or "-", with the end of its last line. */
static void value(writer *w, const dtn_yaml *y, size_t indent, size_t used, bool item)
{
    if (y->kind == DTN_YAML_TEXT) {
        if (!dtn_yaml_is_null(y) || item)
            dtn_str_add_char(w->out, ' ');
        if (is_literal(w, y)) {
            literal(w, y, indent + 2);
            return;
        }
        scalar(w, y, !item);
        dtn_str_add_char(w->out, '\n');
        return;
    }
    dtn_str_add_char(w->out, ' ');
    if ((y->flow || y->count == 0) && line(w, y, used < LINE ? LINE - used : y->count ? 0 : 2)) {
        dtn_str_add_char(w->out, '\n');
        return;
    }
    if (item) {
        block(w, y, indent + 2, true);
        return;
    }
    dtn_str_truncate(w->out, w->out->length - 1);
    dtn_str_add_char(w->out, '\n');
    block(w, y, indent + 2, false);
}

/* begun: the first line stands behind a "- " already. */
static void block(writer *w, const dtn_yaml *y, size_t indent, bool begun)
{
    for (int i = 0; i < y->count && !w->out->failed; i++) {
        size_t start = w->out->length;
        if (i || !begun)
            dtn_str_add_repeated(w->out, ' ', indent);
        if (y->kind == DTN_YAML_MAP) {
            key(w, y->key[i]);
            dtn_str_add_char(w->out, ':');
        } else {
            dtn_str_add_char(w->out, '-');
        }
        value(w, y->item[i], indent, w->out->length - start + 1, y->kind == DTN_YAML_LIST);
    }
}

dtn_status dtn_yaml_write(dtn_ctx *ctx, dtn_str *out, const dtn_yaml *root)
{
    writer w = {.out = out};
    if (root->kind == DTN_YAML_TEXT)
        value(&w, root, 0, 0, true);
    else
        block(&w, root, 0, false);
    return dtn_write_done(ctx, out);
}

dtn_status dtn_yaml_write_json(dtn_ctx *ctx, dtn_str *out, const dtn_yaml *root)
{
    writer w = {.out = out, .json = true};
    json(&w, root, 0, 0);
    dtn_str_add_char(out, '\n');
    return dtn_write_done(ctx, out);
}
