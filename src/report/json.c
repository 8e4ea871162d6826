/* JSON: sections are objects, tables arrays of objects; keys in the order of the document; exact numbers as
 * {"exact": "1/3", "value": 0.333...}. docs/formats/json.md is the schema.
 *
 * Cost: linear. Exact: rationals are written in full. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/marks.h"
#include "report/render.h"

enum { SCHEMA = 1 };

typedef struct writer {
    dtn_out *out;
    const dtn_doc *doc;
    int indent;
    bool first; /* nothing stands yet in the object or array that is open */
} writer;

static void string(writer *w, const char *text)
{
    const char *plain = dtn_marks_plain(w->out, text);
    dtn_out_char(w->out, '"');
    for (const char *c = plain; *c; c++) {
        if (*c == '"' || *c == '\\')
            dtn_out_print(w->out, "\\%c", *c);
        else if (*c == '\n')
            dtn_out_text(w->out, "\\n");
        else if (*c == '\t')
            dtn_out_text(w->out, "\\t");
        else if ((unsigned char)*c < 0x20 || *c == 0x7f)
            dtn_out_print(w->out, "\\u%04x", (unsigned)*c);
        else
            dtn_out_char(w->out, *c);
    }
    dtn_out_char(w->out, '"');
}

/* The shortest decimal that reads back as x; null where x is not a number. */
static void real(writer *w, double x)
{
    char text[40];
    if (!isfinite(x)) {
        dtn_out_text(w->out, "null");
        return;
    }
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, x);
        if (strtod(text, NULL) == x)
            break;
    }
    dtn_out_text(w->out, text);
}

static void next(writer *w)
{
    if (!w->first)
        dtn_out_char(w->out, ',');
    dtn_out_char(w->out, '\n');
    dtn_out_repeat(w->out, "  ", w->indent);
    w->first = false;
}

static void key(writer *w, const char *name)
{
    next(w);
    string(w, name);
    dtn_out_text(w->out, ": ");
}

static void begin(writer *w, char bracket)
{
    dtn_out_char(w->out, bracket);
    w->indent++;
    w->first = true;
}

static void end(writer *w, char bracket)
{
    w->indent--;
    if (!w->first) {
        dtn_out_char(w->out, '\n');
        dtn_out_repeat(w->out, "  ", w->indent);
    }
    dtn_out_char(w->out, bracket);
    w->first = false;
}

static void exact(writer *w, const fmpq *x)
{
    const char *text = x ? dtn_out_checked(w->out, dtn_rational_text(w->out->arena, x)) : "";
    if (!x) {
        dtn_out_text(w->out, "null");
        return;
    }
    dtn_out_print(w->out, "{\"exact\": \"%s\", \"value\": ", text);
    real(w, dtn_rational_double(x));
    dtn_out_char(w->out, '}');
}

static void value(writer *w, const dtn_value *v)
{
    static const char *const verdicts[] = {"false", "true", "null"};
    switch (v->kind) {
    case DTN_VALUE_NONE:
        dtn_out_text(w->out, "null");
        break;
    case DTN_VALUE_TEXT:
        string(w, v->text);
        break;
    case DTN_VALUE_EXACT:
    case DTN_VALUE_PERCENT:
        exact(w, v->lo);
        break;
    case DTN_VALUE_INTERVAL:
        dtn_out_text(w->out, "{\"from\": ");
        exact(w, v->lo);
        dtn_out_text(w->out, ", \"to\": ");
        exact(w, v->hi);
        dtn_out_print(w->out, ", \"open\": [%s, %s]}", v->lo_open ? "true" : "false",
                      v->hi_open ? "true" : "false");
        break;
    case DTN_VALUE_INTEGER:
        dtn_out_print(w->out, "%ld", v->integer);
        break;
    case DTN_VALUE_REAL:
        if (v->radius > 0) {
            dtn_out_text(w->out, "{\"value\": ");
            real(w, v->real);
            dtn_out_text(w->out, ", \"radius\": ");
            real(w, v->radius);
            dtn_out_char(w->out, '}');
        } else
            real(w, v->real);
        break;
    case DTN_VALUE_VERDICT:
        if (v->text && strcmp(v->text, "yes") != 0 && strcmp(v->text, "no") != 0 &&
            strcmp(v->text, "undecided") != 0) {
            dtn_out_print(w->out, "{\"verdict\": %s, \"word\": ", verdicts[v->verdict]);
            string(w, v->text);
            dtn_out_char(w->out, '}');
        } else
            dtn_out_text(w->out, verdicts[v->verdict]);
        break;
    case DTN_VALUE_LIST:
        dtn_out_char(w->out, '[');
        for (int i = 0; i < v->items; i++) {
            if (i)
                dtn_out_text(w->out, ", ");
            value(w, &v->item[i]);
        }
        dtn_out_char(w->out, ']');
        break;
    }
}

static void table(writer *w, const dtn_block *b)
{
    begin(w, '[');
    for (const dtn_row *r = b->row; r; r = r->next) {
        next(w);
        dtn_out_char(w->out, '{');
        const dtn_column *c = b->column;
        for (int i = 0; i < r->cells; i++, c = c->next) {
            if (i)
                dtn_out_text(w->out, ", ");
            string(w, c->key);
            dtn_out_text(w->out, ": ");
            value(w, &r->cell[i]);
        }
        dtn_out_char(w->out, '}');
    }
    end(w, ']');
}

static void records(writer *w, const dtn_records *r)
{
    begin(w, '[');
    for (long i = 0; i < r->rows && w->out->status == DTN_OK; i++) {
        next(w);
        dtn_out_char(w->out, '{');
        for (int k = 0; k < r->columns; k++) {
            dtn_value v = r->cell(r->user, i, k);
            if (k)
                dtn_out_text(w->out, ", ");
            string(w, r->key[k]);
            dtn_out_text(w->out, ": ");
            value(w, &v);
        }
        dtn_out_char(w->out, '}');
    }
    end(w, ']');
}

static void object(writer *w, const dtn_block *section);

/* Members of a section's object. Of an array: what is not one of its elements, written into the object around it. What is
 * folded is a member like any other. */
static void members(writer *w, const dtn_block *section)
{
    for (const dtn_block *b = section->first; b; b = b->next) {
        if (b->kind == DTN_BLOCK_SAY || b->kind == DTN_BLOCK_NOTE || b->kind == DTN_BLOCK_PICTURE) {
            if (b->kind == DTN_BLOCK_SAY && b->key) {
                key(w, b->key);
                string(w, b->text);
            }
            continue;
        }
        if (dtn_block_hidden(b, false) || (dtn_block_is_section(b) && section->kind == DTN_BLOCK_ARRAY))
            continue;
        if (b->kind == DTN_BLOCK_FOLD) {
            members(w, b);
            continue;
        }
        key(w, b->key ? b->key : "part");
        if (b->kind == DTN_BLOCK_FIELD || b->kind == DTN_BLOCK_DATA)
            value(w, &b->value);
        else if (b->kind == DTN_BLOCK_CODE)
            string(w, b->text);
        else if (b->kind == DTN_BLOCK_TABLE)
            table(w, b);
        else if (b->kind == DTN_BLOCK_RECORDS)
            records(w, &b->records);
        else if (b->kind == DTN_BLOCK_LIST) {
            begin(w, '[');
            for (const dtn_item *i = b->item; i; i = i->next) {
                next(w);
                string(w, i->text);
            }
            end(w, ']');
        } else if (b->kind == DTN_BLOCK_ARRAY) {
            begin(w, '[');
            for (const dtn_block *e = b->first; e; e = e->next)
                if (dtn_block_is_section(e)) {
                    next(w);
                    object(w, e);
                }
            end(w, ']');
            members(w, b);
        } else
            object(w, b);
    }
}

static bool flows_out(const dtn_block *b, const dtn_block *section)
{
    return b->kind == DTN_BLOCK_FOLD || (b->kind == DTN_BLOCK_ARRAY && section->kind != DTN_BLOCK_ARRAY);
}

/* Whether a section, or an array or fold right in it, has sentences (notes) for the object's "text" ("notes"). */
static bool has(const dtn_block *section, dtn_block_kind kind)
{
    for (const dtn_block *b = section->first; b; b = b->next)
        if ((b->kind == kind && !b->key) || (flows_out(b, section) && has(b, kind)))
            return true;
    return false;
}

static void strings(writer *w, const dtn_block *section, dtn_block_kind kind)
{
    for (const dtn_block *b = section->first; b; b = b->next)
        if (b->kind == kind && !b->key) {
            next(w);
            string(w, b->text);
        } else if (flows_out(b, section))
            strings(w, b, kind);
}

static void prose(writer *w, const dtn_block *section)
{
    static const struct {
        dtn_block_kind kind;
        const char *key;
    } row[] = {{DTN_BLOCK_SAY, "text"}, {DTN_BLOCK_NOTE, "notes"}};
    for (int i = 0; i < 2; i++)
        if (has(section, row[i].kind)) {
            key(w, row[i].key);
            begin(w, '[');
            strings(w, section, row[i].kind);
            end(w, ']');
        }
}

static void object(writer *w, const dtn_block *section)
{
    begin(w, '{');
    if (*section->text) {
        key(w, "title");
        string(w, section->text);
    }
    members(w, section);
    prose(w, section);
    end(w, '}');
}

dtn_status dtn_render_json(dtn_out *out, const dtn_doc *doc, const dtn_look *look)
{
    (void)look;
    writer w = {.out = out, .doc = doc};
    begin(&w, '{');
    key(&w, "detente");
    dtn_out_print(out, "{\"schema\": %d, \"version\": \"%s\", \"analysis\": ", SCHEMA, dtn_version());
    string(&w, doc->analysis);
    dtn_out_char(out, '}');
    if (*doc->question) {
        key(&w, "question");
        string(&w, doc->question);
    }
    key(&w, "title");
    string(&w, doc->title);
    if (doc->players) {
        key(&w, "players");
        begin(&w, '[');
        for (int p = 0; p < doc->players; p++) {
            next(&w);
            dtn_out_text(out, "{\"key\": ");
            string(&w, doc->player_key[p]);
            dtn_out_text(out, ", \"name\": ");
            string(&w, doc->player_name[p]);
            dtn_out_char(out, '}');
        }
        end(&w, ']');
    }
    members(&w, &doc->root);
    prose(&w, &doc->root);
    end(&w, '}');
    dtn_out_char(out, '\n');
    return out->status;
}
