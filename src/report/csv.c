/* CSV: the document's tables. Tables that stand at the same place in the elements of an array become one, with the number
 * of the element in front. A column of exact numbers is followed by the exact form, one of intervals is split in two.
 *
 * Several tables are parted by an empty line and named by a line "# path". RFC 4180 with \n. */
#include <stdio.h>
#include <string.h>

#include "report/marks.h"
#include "report/render.h"

enum { DEPTH = 8 };

typedef struct place {
    const dtn_block *table;
    const char *path;         /* "equilibria.strategies" */
    const char *array[DEPTH]; /* keys of the arrays that it is in */
    int number[DEPTH], depth;
    bool written;
    struct place *next;
} place;

typedef struct writer {
    dtn_out *out;
    place *first, *last;
} writer;

static void collect(writer *w, const dtn_block *section, const place *at)
{
    int number = 0;
    for (const dtn_block *b = section->first; b && w->out->status == DTN_OK; b = b->next) {
        if (dtn_block_hidden(b, false))
            continue;
        place here = *at;
        if (b->key && b->kind != DTN_BLOCK_FOLD)
            here.path = *at->path ? dtn_out_temporary(w->out, "%s.%s", at->path, b->key) : b->key;
        if (b->kind == DTN_BLOCK_TABLE) {
            place *p = dtn_arena_alloc(w->out->arena, sizeof *p);
            if (!p || !here.path) {
                w->out->status = dtn_fail_nomem(w->out->ctx);
                return;
            }
            *p = here;
            p->table = b;
            if (w->last)
                w->last->next = p;
            else
                w->first = p;
            w->last = p;
        } else if (dtn_block_is_section(b)) {
            if (section->kind == DTN_BLOCK_ARRAY && here.depth < DEPTH) {
                here.array[here.depth] = section->key;
                here.number[here.depth++] = ++number;
            }
            collect(w, b, &here);
        }
    }
}

/* A field without marks. */
static void plain_field(writer *w, bool *first, const char *plain)
{
    if (!*first)
        dtn_out_char(w->out, ',');
    *first = false;
    if (!strpbrk(plain, ",\"\r\n")) {
        dtn_out_text(w->out, plain);
        return;
    }
    dtn_out_char(w->out, '"');
    for (const char *c = plain; *c; c++) {
        if (*c == '"')
            dtn_out_char(w->out, '"');
        dtn_out_char(w->out, *c);
    }
    dtn_out_char(w->out, '"');
}

static void field(writer *w, bool *first, const char *text)
{
    plain_field(w, first, dtn_marks_plain(w->out, text));
}

static bool same_shape(const dtn_block *a, const dtn_block *b)
{
    const dtn_column *c = a->column, *d = b->column;
    for (; c && d; c = c->next, d = d->next)
        if (strcmp(c->key, d->key) != 0)
            return false;
    return !c && !d;
}

/* Which extra columns a column needs, over all tables of one path. */
typedef struct wanted {
    bool exact, interval;
} wanted;

static wanted extras(const place *from, int column)
{
    wanted e = {0};
    for (const place *p = from; p; p = p->next)
        if (strcmp(p->path, from->path) == 0 && same_shape(p->table, from->table))
            for (const dtn_row *r = p->table->row; r; r = r->next) {
                const dtn_value *v = column < r->cells ? &r->cell[column] : NULL;
                if (!v)
                    continue;
                e.exact |= (v->kind == DTN_VALUE_EXACT || v->kind == DTN_VALUE_PERCENT) &&
                           !fmpz_is_one(fmpq_denref(v->lo));
                e.interval |= v->kind == DTN_VALUE_INTERVAL;
            }
    return e;
}

static void decimal(writer *w, bool *first, const fmpq *x)
{
    field(w, first, x ? dtn_out_temporary(w->out, "%.17g", dtn_rational_double(x)) : "");
}

static void cell(writer *w, bool *first, const dtn_value *v, wanted e)
{
    bool number = v->kind == DTN_VALUE_EXACT || v->kind == DTN_VALUE_PERCENT;
    if (e.interval) {
        bool interval = v->kind == DTN_VALUE_INTERVAL;
        decimal(w, first, interval || number ? v->lo : NULL);
        decimal(w, first, interval ? v->hi : number ? v->lo : NULL);
    }
    if (number)
        field(w, first,
              fmpz_is_one(fmpq_denref(v->lo))
                  ? dtn_out_checked(w->out, dtn_rational_text(w->out->arena, v->lo))
                  : dtn_out_temporary(w->out, "%.17g", dtn_rational_double(v->lo)));
    else if (v->kind == DTN_VALUE_REAL)
        field(w, first, dtn_out_temporary(w->out, "%.17g", v->real));
    else
        field(w, first, v->kind == DTN_VALUE_NONE ? "" : dtn_value_show(w->out, v));
    if (e.exact)
        field(w, first, number ? dtn_out_checked(w->out, dtn_rational_text(w->out->arena, v->lo)) : "");
}

static void rows(writer *w, const place *p, const wanted *extra)
{
    for (const dtn_row *r = p->table->row; r; r = r->next) {
        bool first = true;
        for (int i = 0; i < p->depth; i++)
            field(w, &first, dtn_out_temporary(w->out, "%d", p->number[i]));
        for (int i = 0; i < r->cells; i++)
            cell(w, &first, &r->cell[i], extra[i]);
        dtn_out_char(w->out, '\n');
    }
}

static void group(writer *w, place *from)
{
    bool first = true;
    int i = 0;
    wanted *extra = dtn_arena_array(w->out->arena, (size_t)from->table->columns, sizeof *extra);
    if (!extra) {
        w->out->status = dtn_fail_nomem(w->out->ctx);
        return;
    }
    for (int k = 0; k < from->depth; k++)
        field(w, &first, from->array[k]);
    for (const dtn_column *c = from->table->column; c; c = c->next, i++) {
        extra[i] = extras(from, i);
        if (extra[i].interval) {
            field(w, &first, dtn_out_temporary(w->out, "%s_from", c->key));
            field(w, &first, dtn_out_temporary(w->out, "%s_to", c->key));
        }
        field(w, &first, c->key);
        if (extra[i].exact)
            field(w, &first, dtn_out_temporary(w->out, "%s_exact", c->key));
    }
    dtn_out_char(w->out, '\n');
    for (place *p = from; p; p = p->next)
        if (!p->written && strcmp(p->path, from->path) == 0 && same_shape(p->table, from->table)) {
            rows(w, p, extra);
            p->written = true;
        }
}

/* --- records --------------------------------------------------------------------------------------- */

static const dtn_block *find_records(const dtn_block *section)
{
    const dtn_block *found = NULL;
    for (const dtn_block *b = section->first; b && !found; b = b->next)
        found = b->kind == DTN_BLOCK_RECORDS ? b : dtn_block_is_section(b) ? find_records(b) : NULL;
    return found;
}

static void write_records(writer *w, const dtn_records *r)
{
    char number[40];
    bool first = true;
    for (int k = 0; k < r->columns; k++)
        plain_field(w, &first, r->key[k]);
    dtn_out_char(w->out, '\n');
    for (long i = 0; i < r->rows && w->out->status == DTN_OK; i++) {
        first = true;
        for (int k = 0; k < r->columns; k++) {
            dtn_value v = r->cell(r->user, i, k);
            if (v.kind == DTN_VALUE_REAL)
                snprintf(number, sizeof number, "%.17g", v.real);
            else if (v.kind == DTN_VALUE_INTEGER)
                snprintf(number, sizeof number, "%ld", v.integer);
            plain_field(w, &first,
                        v.kind == DTN_VALUE_TEXT   ? v.text
                        : v.kind == DTN_VALUE_NONE ? ""
                                                   : number);
        }
        dtn_out_char(w->out, '\n');
    }
}

dtn_status dtn_render_csv(dtn_out *out, const dtn_doc *doc, const dtn_look *look)
{
    (void)look;
    writer w = {.out = out};
    const dtn_block *records = find_records(&doc->root);
    if (records) {
        write_records(&w, &records->records);
        return out->status;
    }
    collect(&w, &doc->root, &(place){.path = ""});
    bool several = false;
    for (const place *p = w.first; p; p = p->next)
        several |= strcmp(p->path, w.first->path) != 0;
    for (place *p = w.first; p && out->status == DTN_OK; p = p->next) {
        if (p->written)
            continue;
        if (several)
            dtn_out_print(out, "%s# %s\n", p == w.first ? "" : "\n", p->path);
        group(&w, p);
    }
    return out->status;
}
