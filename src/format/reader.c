/* Shapes of values: mappings with known keys, lists, texts, words, flags, exact numbers, names. */
#include "format/reader.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"

static const char *kind_name(const dtn_yaml *y)
{
    if (dtn_yaml_is_null(y))
        return "nothing";
    return y->kind == DTN_YAML_TEXT ? "a text" : y->kind == DTN_YAML_LIST ? "a list" : "a mapping";
}

static bool wrong_shape(dtn_reader *r, const dtn_yaml *y, const char *what, const char *wanted)
{
    bool text = y->kind == DTN_YAML_TEXT && y->length > 0;
    dtn_diag_error(r->diags, DTN_DIAG_SHAPE, y->place, "%s: expected %s, found %s%s%.40s%s", what, wanted,
                   kind_name(y), text ? " '" : "", text ? y->text : "", text ? "'" : "");
    const char *colon = text && y->plain ? strchr(y->text, ':') : NULL;
    if (colon && colon[1] && colon[1] != ' ')
        dtn_diag_add_help(r->diags, "a key needs a space after its colon: %.*s: %.60s",
                          (int)(colon - y->text), y->text, colon + 1);
    return false;
}

bool dtn_expect_map(dtn_reader *r, const dtn_yaml *y, const char *what)
{
    return y->kind == DTN_YAML_MAP || wrong_shape(r, y, what, "a mapping");
}

bool dtn_expect_list(dtn_reader *r, const dtn_yaml *y, const char *what)
{
    return y->kind == DTN_YAML_LIST || wrong_shape(r, y, what, "a list");
}

void dtn_unknown(dtn_reader *r, dtn_diag_id id, dtn_place place, const char *what, const char *word,
                 const char *const *words, int count)
{
    if (r->diags->errors > DTN_DIAG_MOST) {
        dtn_diag_error(r->diags, id, place, "%s", ""); /* only counted */
        return;
    }
    /* Between names of one letter every other one is equally near. */
    const char *near = strlen(word) > 1 ? dtn_suggest_of(word, words, count) : NULL;
    const char *of = strstr(what, " of ");
    dtn_diag_error(r->diags, id, place, "unknown %.*s '%.60s'%s%s%s%s",
                   (int)(of ? of - what : (long)strlen(what)), what, word, of ? of : "",
                   near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
    if (near || count == 0 || count > 40)
        return;
    dtn_arena_mark mark = dtn_arena_save(r->ctx->scratch);
    dtn_str list = dtn_str_in(r->ctx->scratch);
    for (int i = 0; i < count; i++)
        dtn_str_addf(&list, "%s%s", i ? ", " : "", words[i]);
    if (!list.failed)
        dtn_diag_add_help(r->diags, "expected one of: %.600s", list.data);
    dtn_arena_release(r->ctx->scratch, mark);
}

/* `{about: a, and b}`: the comma cut a text in two, and its rest became a key without a value. */
static bool cut_text(dtn_reader *r, const dtn_yaml *y, int i)
{
    const dtn_yaml *key = y->key[i], *before = i > 0 ? y->item[i - 1] : NULL;
    if (!y->flow || !before || y->item[i]->kind != DTN_YAML_TEXT || !y->item[i]->plain ||
        y->item[i]->length > 0 || before->kind != DTN_YAML_TEXT || !before->plain ||
        before->place.line != key->place.line)
        return false;
    dtn_diag_error(r->diags, DTN_DIAG_FLOW, before->place, "a text with a comma inside { } must be quoted");
    dtn_diag_add_help(r->diags, "write \"%.*s\"",
                      (int)(key->end - before->start > 300 ? 300 : key->end - before->start),
                      r->bytes->text + before->start);
    return true;
}

bool dtn_read_fields(dtn_reader *r, const dtn_yaml *y, const char *what, dtn_place where,
                     const dtn_field *fields, int count)
{
    for (int f = 0; f < count; f++)
        *fields[f].value = NULL;
    if (!dtn_expect_map(r, y, what))
        return false;
    for (int i = 0; i < y->count; i++) {
        int f = 0;
        while (f < count && strcmp(fields[f].key, y->key[i]->text) != 0)
            f++;
        if (f < count) {
            /* Of a key that stands twice, the first: as dtn_yaml_get does. */
            if (!dtn_yaml_is_null(y->item[i]) && dtn_yaml_get(y, fields[f].key) == y->item[i])
                *fields[f].value = y->item[i];
            continue;
        }
        if (cut_text(r, y, i))
            continue;
        const char *words[32];
        for (f = 0; f < count && f < 32; f++)
            words[f] = fields[f].key;
        char label[160];
        snprintf(label, sizeof label, "key of %.120s", what);
        dtn_unknown(r, DTN_DIAG_UNKNOWN_KEY, y->key[i]->place, label, y->key[i]->text, words, f);
    }
    for (int f = 0; f < count; f++)
        if (fields[f].required && !*fields[f].value)
            dtn_diag_error(r->diags, DTN_DIAG_MISSING_KEY, where, "%s: the key '%s' is missing", what,
                           fields[f].key);
    return true;
}

const char *dtn_read_text(dtn_reader *r, const dtn_yaml *y, const char *what)
{
    if (!y)
        return NULL;
    if (y->kind == DTN_YAML_TEXT && !dtn_yaml_is_null(y))
        return y->text;
    wrong_shape(r, y, what, "a text");
    return NULL;
}

int dtn_read_word(dtn_reader *r, const dtn_yaml *y, const char *what, const char *const *words, int count)
{
    const char *text = dtn_read_text(r, y, what);
    if (!text)
        return -1;
    for (int i = 0; i < count; i++)
        if (strcmp(words[i], text) == 0)
            return i;
    dtn_unknown(r, DTN_DIAG_WORD, y->place, what, text, words, count);
    return -1;
}

bool dtn_read_flag(dtn_reader *r, const dtn_yaml *y, const char *what, bool fallback)
{
    static const char *const words[] = {"yes", "true", "on", "y", "no", "false", "off", "n"};
    const char *text = y ? dtn_read_text(r, y, what) : NULL;
    if (!text)
        return fallback;
    for (int i = 0; i < 8; i++)
        if (dtn_word_distance(text, words[i]) == 0)
            return i < 4;
    dtn_diag_error(r->diags, DTN_DIAG_FLAG, y->place, "%s: expected yes or no, found '%.60s'", what, text);
    return fallback;
}

dtn_status dtn_read_number(dtn_reader *r, const dtn_yaml *y, const char *what, fmpq *out, bool *ok)
{
    *ok = false;
    fmpq *x;
    DTN_ALLOC_FMPQ(r->ctx, r->arena, x, 1);
    *out = *x;
    const char *text = dtn_read_text(r, y, what);
    if (!text)
        return DTN_OK;
    const dtn_expr *e;
    dtn_expr_error error;
    dtn_status status = dtn_expr_parse(r->ctx, r->arena, &e, text, NULL, NULL, &error);
    if (status == DTN_OK)
        status = dtn_expr_exact(r->ctx, x, e, NULL);
    if (status == DTN_PARSE || status == DTN_DOMAIN)
        dtn_diag_error(r->diags, DTN_DIAG_NUMBER,
                       status == DTN_PARSE ? dtn_yaml_place_in(y, r->bytes, error.offset, error.length)
                                           : y->place,
                       "%s: expected a number, found '%.60s'", what, text);
    else
        DTN_TRY(status);
    *ok = status == DTN_OK;
    *out = *x;
    return DTN_OK;
}

dtn_status dtn_read_interval(dtn_reader *r, const dtn_yaml *y, const char *what, fmpq *lo, fmpq *hi, bool *ok)
{
    bool first = false, last = false;
    if (y->kind == DTN_YAML_TEXT) {
        DTN_TRY(dtn_read_number(r, y, what, lo, ok));
        *hi = *lo;
        return DTN_OK;
    }
    *ok = false;
    *lo = *hi = (fmpq){0, 1};
    if (y->kind != DTN_YAML_LIST || y->count != 2) {
        dtn_diag_error(r->diags, DTN_DIAG_SHAPE, y->place, "%s: expected two numbers [least, greatest]", what);
        return DTN_OK;
    }
    DTN_TRY(dtn_read_number(r, y->item[0], what, lo, &first));
    DTN_TRY(dtn_read_number(r, y->item[1], what, hi, &last));
    *ok = first && last;
    if (*ok && fmpq_cmp(lo, hi) > 0) {
        *ok = false;
        dtn_diag_error(r->diags, DTN_DIAG_EMPTY_RANGE, y->place, "%s: %.60s is greater than %.60s", what,
                       y->item[0]->text, y->item[1]->text);
        dtn_diag_add_help(r->diags, "write [%.60s, %.60s]", y->item[1]->text, y->item[0]->text);
    }
    return DTN_OK;
}

int dtn_list_count(const dtn_yaml *y)
{
    return !y ? 0 : y->kind == DTN_YAML_TEXT ? 1 : y->count;
}

const dtn_yaml *dtn_list_item(const dtn_yaml *y, int i)
{
    return y->kind == DTN_YAML_TEXT ? y : y->item[i];
}

dtn_status dtn_read_texts(dtn_reader *r, const dtn_yaml *y, const char *what, const char *const **out,
                          int *count)
{
    *out = NULL;
    *count = 0;
    if (!y || (y->kind == DTN_YAML_MAP && !dtn_expect_list(r, y, what)))
        return DTN_OK;
    const char **texts;
    DTN_ALLOC(r->ctx, r->arena, texts, dtn_list_count(y));
    for (int i = 0; i < dtn_list_count(y); i++) {
        const char *text = dtn_read_text(r, dtn_list_item(y, i), what);
        if (text)
            texts[(*count)++] = text;
    }
    *out = texts;
    return DTN_OK;
}

static bool name_byte(unsigned char c, bool in_formulas, bool first)
{
    bool digit = c >= '0' && c <= '9';
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80 ||
           (digit && !(first && in_formulas)) || (c == '-' && !in_formulas && !first);
}

bool dtn_check_name(dtn_reader *r, const dtn_yaml *key, const char *what, bool in_formulas)
{
    const char *text = key->text;
    if (in_formulas && dtn_expr_reserved(text))
        return dtn_diag_error(r->diags, DTN_DIAG_RESERVED, key->place,
                              "%s cannot be called '%s': the word has a meaning in formulas", what, text);
    if (key->length == 0 || key->length > 100)
        return dtn_diag_error(r->diags, DTN_DIAG_NAME, key->place, "%s: expected a name of 1 to 100 bytes",
                              what);
    for (size_t i = 0; i < key->length; i++)
        if (!name_byte((unsigned char)text[i], in_formulas, i == 0))
            return dtn_diag_error(r->diags, DTN_DIAG_NAME, dtn_yaml_place_in(key, r->bytes, (int)i, 1),
                                  "%s: the name '%.60s' holds '%c'; expected letters, digits and _%s", what,
                                  text, text[i], in_formulas ? ", a letter first" : " or -");
    return true;
}
