/* Building a report document: blocks hang in the order of the calls under the section that is open.
 *
 * Method: one arena, linked lists, a sticky status. Texts are made in doc_text.c. Cost: linear. */
#include "report/doc.h"

#include <string.h>

#include "report/picture.h"

static void out_of_memory(dtn_doc *d)
{
    if (d->status == DTN_OK)
        d->status = dtn_fail_nomem(d->ctx);
}

static void *take(dtn_doc *d, size_t bytes)
{
    if (d->status != DTN_OK)
        return NULL;
    void *p = dtn_arena_alloc(d->arena, bytes);
    if (!p)
        out_of_memory(d);
    return p;
}

static const char *copy(dtn_doc *d, const char *text)
{
    if (d->status != DTN_OK || !text)
        return "";
    const char *made = dtn_arena_strdup(d->arena, text);
    if (!made)
        out_of_memory(d);
    return made ? made : "";
}

#define MARK_UP(text, d, format)                        \
    do {                                                \
        va_list args_;                                  \
        va_start(args_, format);                        \
        (text) = dtn_doc_mark_up((d), (format), args_); \
        va_end(args_);                                  \
    } while (0)

dtn_doc *dtn_doc_new(dtn_ctx *ctx, dtn_arena *arena)
{
    dtn_doc *d = dtn_arena_alloc(arena, sizeof *d);
    if (!d)
        return NULL;
    d->ctx = ctx;
    d->arena = arena;
    d->title = d->analysis = d->question = "";
    d->root.kind = DTN_BLOCK_SECTION;
    d->root.text = "";
    d->open = &d->root;
    return d;
}

dtn_status dtn_doc_status(const dtn_doc *doc)
{
    return doc->status;
}

dtn_arena *dtn_doc_arena(dtn_doc *doc)
{
    return doc->arena;
}

bool dtn_doc_try(dtn_doc *doc, dtn_status status)
{
    if (doc->status == DTN_OK)
        doc->status = status;
    return doc->status == DTN_OK;
}

void dtn_doc_title(dtn_doc *doc, const char *analysis, const char *format, ...)
{
    doc->analysis = copy(doc, analysis);
    MARK_UP(doc->title, doc, format);
}

void dtn_doc_question(dtn_doc *doc, const char *question)
{
    doc->question = copy(doc, question);
}

void dtn_doc_player(dtn_doc *doc, const char *key, const char *name)
{
    if (doc->players >= DTN_DOC_PLAYERS)
        return;
    doc->player_key[doc->players] = copy(doc, key);
    doc->player_name[doc->players++] = copy(doc, name && *name ? name : key);
}

static dtn_block *add(dtn_doc *d, dtn_block_kind kind, const char *key)
{
    dtn_block *b = take(d, sizeof *b);
    if (!b)
        return NULL;
    b->kind = kind;
    b->key = key ? copy(d, key) : NULL;
    b->text = "";
    b->parent = d->open;
    if (d->open->last)
        d->open->last->next = b;
    else
        d->open->first = b;
    d->open->last = b;
    return b;
}

static void open_section(dtn_doc *d, dtn_block_kind kind, const char *key, const char *text)
{
    dtn_block *b = add(d, kind, key);
    if (!b)
        return;
    b->text = text;
    d->open = b;
}

void dtn_doc_open(dtn_doc *doc, const char *key, const char *format, ...)
{
    const char *text;
    MARK_UP(text, doc, format);
    open_section(doc, DTN_BLOCK_SECTION, key, text);
}

void dtn_doc_array(dtn_doc *doc, const char *key, const char *format, ...)
{
    const char *text;
    MARK_UP(text, doc, format);
    open_section(doc, DTN_BLOCK_ARRAY, key, text);
}

void dtn_doc_fold(dtn_doc *doc, const char *key, const char *format, ...)
{
    const char *text;
    MARK_UP(text, doc, format);
    open_section(doc, DTN_BLOCK_FOLD, key, text);
}

void dtn_doc_not_in_terminal(dtn_doc *doc)
{
    if (doc->status == DTN_OK)
        doc->open->not_in_terminal = true;
}

void dtn_doc_only_in_terminal(dtn_doc *doc)
{
    if (doc->status == DTN_OK)
        doc->open->only_in_terminal = true;
}

void dtn_doc_close(dtn_doc *doc)
{
    /* Even after a failure, so that whoever closes until something is closed comes to an end. */
    if (doc->open->parent)
        doc->open = doc->open->parent;
}

void dtn_doc_lift(dtn_doc *doc, dtn_block *since, dtn_block *after)
{
    dtn_block *parent = doc->open;
    if (doc->status != DTN_OK || !since || !since->next)
        return;
    dtn_block *first = since->next, *last = parent->last;
    since->next = NULL;
    parent->last = since;
    last->next = after ? after->next : parent->first;
    if (after)
        after->next = first;
    else
        parent->first = first;
}

void dtn_doc_say(dtn_doc *doc, const char *format, ...)
{
    const char *text;
    MARK_UP(text, doc, format);
    dtn_block *b = add(doc, DTN_BLOCK_SAY, NULL);
    if (b)
        b->text = text;
}

void dtn_doc_say_as(dtn_doc *doc, const char *key, const char *format, ...)
{
    const char *text;
    MARK_UP(text, doc, format);
    dtn_block *b = add(doc, DTN_BLOCK_SAY, key);
    if (b)
        b->text = text;
}

void dtn_doc_note(dtn_doc *doc, dtn_tone tone, const char *format, ...)
{
    const char *text;
    MARK_UP(text, doc, format);
    dtn_block *b = add(doc, DTN_BLOCK_NOTE, NULL);
    if (!b)
        return;
    b->text = text;
    b->tone = tone;
}

void dtn_doc_field(dtn_doc *doc, const char *key, const char *label, dtn_value value)
{
    dtn_block *b = add(doc, DTN_BLOCK_FIELD, key);
    if (!b)
        return;
    b->text = copy(doc, label);
    b->value = value;
}

void dtn_doc_data(dtn_doc *doc, const char *key, dtn_value value)
{
    dtn_block *b = add(doc, DTN_BLOCK_DATA, key);
    if (b)
        b->value = value;
}

void dtn_doc_records(dtn_doc *doc, const char *key, const dtn_records *records)
{
    dtn_block *b = add(doc, DTN_BLOCK_RECORDS, key);
    if (b)
        b->records = *records;
}

void dtn_doc_list(dtn_doc *doc, const char *key, bool numbered)
{
    dtn_block *b = add(doc, DTN_BLOCK_LIST, key);
    if (b)
        b->numbered = numbered;
}

void dtn_doc_item(dtn_doc *doc, const char *format, ...)
{
    const char *text;
    MARK_UP(text, doc, format);
    dtn_block *list = doc->open->last;
    if (doc->status == DTN_OK && (!list || list->kind != DTN_BLOCK_LIST))
        doc->status = dtn_fail(doc->ctx, DTN_INTERNAL, "report: item \"%.60s\" stands in no list", text);
    dtn_item *item = take(doc, sizeof *item);
    if (!item || !list)
        return;
    item->text = text;
    if (list->last_item)
        list->last_item->next = item;
    else
        list->item = item;
    list->last_item = item;
}

void dtn_doc_code(dtn_doc *doc, const char *key, const char *language, const char *text)
{
    dtn_block *b = add(doc, DTN_BLOCK_CODE, key);
    if (!b)
        return;
    b->text = copy(doc, text);
    b->language = copy(doc, language);
}

void dtn_doc_picture(dtn_doc *doc, const char *key, const char *caption, const struct dtn_picture *picture)
{
    if (!picture)
        out_of_memory(doc);
    else
        dtn_doc_try(doc, picture->status);
    dtn_block *b = add(doc, DTN_BLOCK_PICTURE, key);
    if (!b)
        return;
    b->text = copy(doc, caption);
    b->picture = picture;
}

void dtn_doc_table(dtn_doc *doc, const char *key, const char *caption)
{
    dtn_block *b = add(doc, DTN_BLOCK_TABLE, key);
    if (b)
        b->text = copy(doc, caption);
}

static dtn_block *open_table(dtn_doc *d, const char *what)
{
    if (d->status != DTN_OK)
        return NULL;
    dtn_block *table = d->open->last;
    if (table && table->kind == DTN_BLOCK_TABLE)
        return table;
    d->status = dtn_fail(d->ctx, DTN_INTERNAL, "report: a %s stands in no table", what);
    return NULL;
}

void dtn_doc_column(dtn_doc *doc, const char *key, const char *title, dtn_align align)
{
    dtn_block *table = open_table(doc, "column");
    dtn_column *c = table ? take(doc, sizeof *c) : NULL;
    if (!c)
        return;
    *c = (dtn_column){.key = copy(doc, key), .title = copy(doc, title), .align = align};
    if (table->last_column)
        table->last_column->next = c;
    else
        table->column = c;
    table->last_column = c;
    table->columns++;
}

void dtn_doc_row(dtn_doc *doc, const char *anchor)
{
    dtn_block *table = open_table(doc, "row");
    dtn_row *r = table ? take(doc, sizeof *r) : NULL;
    if (!r)
        return;
    r->anchor = anchor ? copy(doc, anchor) : NULL;
    r->cell = take(doc, (size_t)table->columns * sizeof *r->cell);
    if (table->last_row)
        table->last_row->next = r;
    else
        table->row = r;
    table->last_row = r;
    table->rows++;
}

void dtn_doc_cell(dtn_doc *doc, dtn_value value)
{
    dtn_block *table = open_table(doc, "cell");
    if (!table)
        return;
    dtn_row *r = table->last_row;
    if (!r || r->cells >= table->columns)
        doc->status = dtn_fail(doc->ctx, DTN_INTERNAL, "report: table %s: more cells than %d columns",
                               table->key, table->columns);
    else
        r->cell[r->cells++] = value;
}
