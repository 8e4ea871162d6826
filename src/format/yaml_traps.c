/* What goes wrong in YAML, in words that help: libyaml's complaints explained, formulas that a comma cut to pieces put
 * together again. */
#include <string.h>

#include "format/yaml.h"

static bool has(const char *text, const char *words)
{
    return strstr(text, words) != NULL;
}

/* The value around byte `at` within [ ] or { }: from behind the last separator to the next one at the same depth. */
static void around(const dtn_bytes *b, size_t at, size_t *from, size_t *to)
{
    size_t i = at;
    while (i > 0 && !strchr(",{[\n\r", b->text[i - 1]) &&
           !(b->text[i - 1] == ' ' && i > 1 && b->text[i - 2] == ':'))
        i--;
    while (i < at && b->text[i] == ' ')
        i++;
    *from = i;
    int depth = 0;
    for (i = at; i < b->length && b->text[i] != '\n'; i++) {
        char c = b->text[i];
        if (c == '[' || c == '(')
            depth++;
        else if (depth > 0 && (c == ']' || c == ')'))
            depth--;
        else if (depth == 0 && strchr(",]}", c))
            break;
    }
    while (i > at && b->text[i - 1] == ' ')
        i--;
    *to = i;
}

static size_t line_end(const dtn_bytes *b, size_t at)
{
    while (at < b->length && b->text[at] != '\n' && b->text[at] != '\r')
        at++;
    return at;
}

/* A value up to the end of its line, or of its place in a flow, for the quoted form. */
static int value_length(const dtn_bytes *b, size_t at)
{
    size_t end = line_end(b, at), i = at;
    while (i < end && !(b->text[i] == ' ' && i + 1 < end && b->text[i + 1] == '#'))
        i++;
    while (i > at + 1 && strchr(" ,]}", b->text[i - 1]))
        i--;
    return i - at > 60 ? 60 : (int)(i - at);
}

static void explain_flow(dtn_diags *d, const dtn_bytes *b, const char *problem, size_t at, dtn_place place,
                         dtn_place context)
{
    char c = at < b->length ? b->text[at] : '\0';
    const char *closing = has(problem, "'}'") ? "}" : "]";
    if (c == '\0') {
        dtn_diag_error(d, DTN_DIAG_SYNTAX, context,
                       "'%s' is not closed: expected '%s' before the end of the file",
                       *closing == '}' ? "{" : "[", closing);
        return;
    }
    if (at > 0 && c == '[' && !strchr(" ,[{\n\r\"'", b->text[at - 1])) {
        size_t from, to;
        around(b, at, &from, &to);
        place.length = (int)(to - from);
        for (size_t i = from; i < at; i++)
            place.column -= ((unsigned char)b->text[i] & 0xc0) != 0x80;
        if (place.column < 1)
            place.column = 1;
        dtn_diag_error(d, DTN_DIAG_FLOW, place, "a formula with [ ] inside { } or [ ] must be quoted");
        dtn_diag_add_help(d, "write \"%.*s\", or k(P) instead of k[P]", (int)(to - from), b->text + from);
        return;
    }
    dtn_diag_error(d, DTN_DIAG_SYNTAX, place,
                   "expected ',' or '%s' here; the '%s' stands in line %d, column %d", closing,
                   *closing == '}' ? "{" : "[", context.line, context.column);
}

static void explain_start(dtn_diags *d, const dtn_bytes *b, size_t at, dtn_place place)
{
    char c = at < b->length ? b->text[at] : '\0';
    if (c == '\t') {
        dtn_diag_error(d, DTN_DIAG_TAB, place, "found a tab where YAML allows only spaces");
        return;
    }
    int n = value_length(b, at);
    place.length = n;
    dtn_diag_error(d, DTN_DIAG_QUOTE, place, "a value cannot start with %c in YAML", c);
    dtn_diag_add_help(d, "write \"%.*s\"", n, b->text + at);
}

/* A line without a colon where a key is expected. */
static void explain_key(dtn_diags *d, const dtn_bytes *b, size_t key_at, dtn_place key_place)
{
    size_t end = line_end(b, key_at);
    const char *colon = memchr(b->text + key_at, ':', end - key_at);
    if (end - key_at > DTN_YAML_LONGEST_KEY) {
        dtn_diag_error(d, DTN_DIAG_KEY, key_place, "a key of more than %d bytes, or a line without a colon",
                       DTN_YAML_LONGEST_KEY);
    } else if (colon && colon + 1 < b->text + end && colon[1] != ' ' && *colon != '\t') {
        size_t n = (size_t)(colon - (b->text + key_at));
        key_place.length = (int)n + 1;
        dtn_diag_error(d, DTN_DIAG_COLON, key_place, "expected a space after the colon");
        dtn_diag_add_help(d, "write %.*s: %.*s", (int)n, b->text + key_at, value_length(b, key_at + n + 1),
                          colon + 1);
    } else {
        dtn_diag_error(d, DTN_DIAG_SYNTAX, key_place, "expected 'key: value' in this line, found no colon");
    }
}

void dtn_yaml_explain(dtn_diags *d, const dtn_bytes *b, const char *problem, const char *context, size_t at,
                      dtn_place place, size_t context_at, dtn_place context_place)
{
    char c = at < b->length ? b->text[at] : '\0';
    char first = context_at < b->length ? b->text[context_at] : '\0';
    if (has(problem, "expected ',' or")) {
        explain_flow(d, b, problem, at, place, context_place);
    } else if (has(problem, "cannot start any token")) {
        explain_start(d, b, at, place);
    } else if (has(context, "scanning an alias") || has(context, "scanning an anchor")) {
        context_place.length = 1;
        dtn_diag_error(d, first == '*' ? DTN_DIAG_ALIAS : DTN_DIAG_QUOTE, context_place,
                       "a value cannot start with %c in YAML: it would be an %s", first,
                       first == '*' ? "alias" : "anchor");
        dtn_diag_add_help(
            d, "write \"%.*s\"",
            first == '*' && strchr(":,]} \n", b->text[context_at + 1]) ? 1 : value_length(b, context_at),
            b->text + context_at);
    } else if (has(context, "block scalar") || has(context, "scanning a directive")) {
        dtn_diag_error(d, DTN_DIAG_QUOTE, context_place, "a value cannot start with %c in YAML: it means %s",
                       first, first == '%' ? "a directive" : "a text of several lines");
        dtn_diag_add_help(d, "write \"%.*s\"", value_length(b, context_at), b->text + context_at);
    } else if (has(context, "scanning a tag") || has(context, "parsing a tag") || has(problem, "tag")) {
        dtn_diag_error(d, DTN_DIAG_TAG, context_place,
                       "a value that starts with ! is a tag in YAML, not text");
        dtn_diag_add_help(d, "write \"%.*s\"", value_length(b, context_at), b->text + context_at);
    } else if (has(context, "quoted scalar")) {
        if (has(problem, "end of stream") || has(problem, "document indicator"))
            dtn_diag_error(d, DTN_DIAG_SYNTAX, context_place, "the quote that opens here is not closed");
        else
            dtn_diag_error(d, DTN_DIAG_ESCAPE, place,
                           "within double quotes a backslash starts an escape, and this is none");
    } else if (has(problem, "mapping values are not allowed")) {
        dtn_diag_error(d, DTN_DIAG_SYNTAX, place, "a colon and a space where no key can stand");
        size_t line = at;
        while (line > 0 && b->text[line - 1] != '\n')
            line--;
        dtn_diag_add_help(d, memchr(b->text + line, '?', at - line)
                                 ? "formulas have no '? :': write if(condition, then, else)"
                                 : "a text that holds ': ' needs quotes; or the indentation of this line "
                                   "fits nothing above it");
    } else if (has(problem, "could not find expected ':'")) {
        explain_key(d, b, context_at, context_place);
    } else if (has(problem, "tab character")) {
        dtn_diag_error(d, DTN_DIAG_TAB, place, "found a tab in the indentation: YAML allows only spaces");
    } else if (has(problem, "did not find expected key") || has(problem, "did not find expected '-'")) {
        dtn_diag_error(d, DTN_DIAG_SYNTAX, place, "expected %s here; the indentation fits nothing above it",
                       has(problem, "key") ? "a key" : "'- '");
        dtn_diag_add_help(d, "what this belongs to starts in line %d, column %d", context_place.line,
                          context_place.column);
    } else if (has(problem, "expected <document start>")) {
        dtn_diag_error(d, DTN_DIAG_SYNTAX, place,
                       "expected the end of the file here: what stands above is complete");
    } else if (c == '\t') {
        dtn_diag_error(d, DTN_DIAG_TAB, place, "found a tab where YAML allows only spaces");
    } else {
        dtn_diag_error(d, DTN_DIAG_SYNTAX, place, "%s%s%s", context, *context ? ": " : "", problem);
    }
}

/* '(' minus ')' in a text. */
static int balance(const char *text)
{
    int depth = 0;
    for (; *text; text++)
        depth += (*text == '(') - (*text == ')');
    return depth;
}

static bool is_absent(const dtn_yaml *y)
{
    return y->kind == DTN_YAML_TEXT && y->plain && y->length == 0;
}

/* Entries i + 1 .. that continue the text of entry i: their number, 0 when they do not close its parentheses. */
static int pieces(const dtn_yaml *y, int i)
{
    int depth = balance(y->item[i]->text);
    for (int k = i + 1; k < y->count; k++) {
        const dtn_yaml *piece = y->key[k] ? y->key[k] : y->item[k];
        if (piece->kind != DTN_YAML_TEXT || !piece->plain || (y->key[k] && !is_absent(y->item[k])))
            return 0;
        depth += balance(piece->text);
        if (depth <= 0)
            return k - i;
    }
    return 0;
}

static void drop(dtn_yaml *y, int from, int count)
{
    for (int i = from; i + count < y->count; i++) {
        y->key[i] = y->key[i + count];
        y->item[i] = y->item[i + count];
    }
    y->count -= count;
}

static bool join_pieces(dtn_diags *d, dtn_arena *arena, const dtn_bytes *b, dtn_yaml *y, int i, int count)
{
    dtn_yaml *item = y->item[i];
    const dtn_yaml *last = y->key[i + count] ? y->key[i + count] : y->item[i + count];
    item->text = dtn_arena_strndup(arena, b->text + item->start, last->end - item->start);
    if (!item->text)
        return false;
    item->length = last->end - item->start;
    item->end = last->end;
    dtn_place place = item->place;
    if (last->place.line == place.line)
        place.length = last->place.column + last->place.length - place.column;
    dtn_diag_error(d, DTN_DIAG_FLOW, place, "a formula with a comma inside { } or [ ] must be quoted");
    dtn_diag_add_help(d, "write \"%.200s\"", item->text);
    drop(y, i + 1, count);
    return true;
}

/* `{pi:1/2}`: a key with a colon and no value becomes key and value. */
static bool split_key(dtn_diags *d, dtn_arena *arena, dtn_yaml *y, int i)
{
    dtn_yaml *key = y->key[i], *item = y->item[i];
    const char *colon = strchr(key->text, ':');
    size_t n = (size_t)(colon - key->text);
    dtn_diag_error(d, DTN_DIAG_COLON, key->place, "expected a space after the colon");
    dtn_diag_add_help(d, "write %.*s: %.100s", (int)n, key->text, colon + 1);
    *item = *key;
    item->text = colon + 1;
    item->length = key->length - n - 1;
    item->start += n + 1;
    item->place.column += (int)n + 1;
    key->text = dtn_arena_strndup(arena, key->text, n);
    key->length = n;
    return key->text != NULL;
}

bool dtn_yaml_mend(dtn_diags *d, dtn_arena *arena, const dtn_bytes *b, dtn_yaml *y)
{
    for (int i = 0; i < y->count; i++) {
        dtn_yaml *item = y->item[i], *key = y->key[i];
        if (key && key->plain && is_absent(item) && strchr(key->text, ':')) {
            if (!split_key(d, arena, y, i))
                return false;
        }
        if (item->kind == DTN_YAML_TEXT && item->plain && balance(item->text) > 0) {
            int count = pieces(y, i);
            if (count > 0 && !join_pieces(d, arena, b, y, i, count))
                return false;
        }
    }
    return true;
}
