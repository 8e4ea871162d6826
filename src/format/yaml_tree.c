/* The tree of a YAML document from libyaml's events.
 * Cost: linear, apart from the search for equal keys, which sorts. Recursion is bounded by DTN_YAML_DEEPEST.
 * Source: YAML 1.1; libyaml 0.2. */
#include <stdlib.h>
#include <string.h>

#include <yaml.h>

#include "format/yaml.h"

enum { MOST_ANCHORS = 1000, MOST_ALIASES = 100000 };

typedef struct anchor {
    const char *name;
    dtn_yaml *node;
    dtn_place place;
    bool used;
} anchor;

typedef struct cursor {
    size_t index, at; /* characters and bytes before this point */
    int line, column;
} cursor;

typedef struct loader {
    dtn_ctx *ctx;
    dtn_arena *arena;
    dtn_diags *diags;
    const dtn_bytes *bytes;
    yaml_parser_t parser;
    cursor here;
    anchor *anchor;
    int anchors;
    int aliases;
    bool stopped, nomem;
} loader;

static void advance(const dtn_bytes *b, cursor *c, size_t index)
{
    while (c->index < index && c->at < b->length) {
        char x = b->text[c->at];
        do {
            c->at++;
        } while (c->at < b->length && ((unsigned char)b->text[c->at] & 0xc0) == 0x80);
        c->index++;
        c->column++;
        if (x == '\n' || (x == '\r' && !(c->at < b->length && b->text[c->at] == '\n'))) {
            c->line++;
            c->column = 1;
        }
    }
}

/* Back to the columns of the file, where pairs of escapes were joined before this place. */
static dtn_place shifted(const dtn_bytes *b, dtn_place p)
{
    for (int i = 0; i < b->shifts; i++)
        if (b->shift[i].line == p.line && p.column >= b->shift[i].column - b->shift[i].by)
            p.column += b->shift[i].by;
    return p;
}

static dtn_place place_of(loader *l, size_t index, size_t *at)
{
    cursor c = index < l->here.index ? (cursor){0, 0, 1, 1} : l->here;
    advance(l->bytes, &c, index);
    *at = c.at;
    return shifted(l->bytes, (dtn_place){c.line, c.column, 1});
}

static void *out_of_memory(loader *l)
{
    l->nomem = l->stopped = true;
    return NULL;
}

static bool next(loader *l, yaml_event_t *event)
{
    if (l->stopped)
        return false;
    if (yaml_parser_parse(&l->parser, event))
        return true;
    l->stopped = true;
    if (l->parser.error == YAML_MEMORY_ERROR) {
        l->nomem = true;
        return false;
    }
    size_t at, context_at;
    dtn_place place = place_of(l, l->parser.problem_mark.index, &at);
    dtn_place context = place_of(l, l->parser.context_mark.index, &context_at);
    dtn_yaml_explain(l->diags, l->bytes, l->parser.problem ? l->parser.problem : "",
                     l->parser.context ? l->parser.context : "", at, place, context_at, context);
    return false;
}

static dtn_yaml *new_node(loader *l, const yaml_event_t *event, dtn_yaml_kind kind)
{
    advance(l->bytes, &l->here, event->start_mark.index);
    cursor end = l->here;
    advance(l->bytes, &end, event->end_mark.index);
    dtn_yaml *y = dtn_arena_alloc(l->arena, sizeof *y);
    if (!y)
        return out_of_memory(l);
    y->kind = kind;
    y->start = l->here.at;
    y->end = end.at;
    y->weight = 1;
    y->place = shifted(l->bytes, (dtn_place){l->here.line, l->here.column, 1});
    if (end.line == l->here.line)
        y->place.length = end.column - l->here.column;
    return y;
}

/* For a value that cannot be used and was reported: a number, so that what reads it has nothing to add. */
static void stand_in(dtn_yaml *y)
{
    y->text = "0";
    y->length = 1;
    y->plain = false;
    y->block = true;
}

/* `!x` is a tag, `&x` an anchor: refuses the first, remembers the second. */
static void properties(loader *l, dtn_yaml *y, const yaml_char_t *name, const yaml_char_t *tag)
{
    const char *source = l->bytes->text + y->start;
    if (tag || (y->start < l->bytes->length && *source == '!')) {
        size_t n = strcspn(source, ",]}\r\n");
        if (n > 60)
            n = 60;
        dtn_diag_error(l->diags, DTN_DIAG_TAG, y->place,
                       "a value that starts with ! is a tag in YAML, not text");
        dtn_diag_add_help(l->diags, "write \"%.*s\"", (int)n, source);
    }
    if (y->kind == DTN_YAML_TEXT && y->length == 0 && (name || tag))
        stand_in(y);
    if (!name)
        return;
    char *copy = dtn_arena_strdup(l->arena, (const char *)name);
    if (!copy) {
        out_of_memory(l);
        return;
    }
    if (l->anchors == MOST_ANCHORS) {
        dtn_diag_error(l->diags, DTN_DIAG_ALIAS, y->place, "more than %d anchors", MOST_ANCHORS);
        l->stopped = true;
        return;
    }
    l->anchor[l->anchors++] = (anchor){copy, y, y->place, false};
    size_t skip = strlen(copy) + 1;
    while (y->start + skip < y->end && strchr(" \t", source[skip]))
        skip++;
    if (y->start + skip < y->end) {
        y->start += skip;
        y->place.column += (int)skip;
        y->place.length = y->place.length > (int)skip ? y->place.length - (int)skip : 1;
    }
}

static dtn_yaml *scalar(loader *l, const yaml_event_t *event)
{
    dtn_yaml *y = new_node(l, event, DTN_YAML_TEXT);
    if (!y)
        return NULL;
    yaml_scalar_style_t style = event->data.scalar.style;
    y->plain = style == YAML_PLAIN_SCALAR_STYLE;
    y->block = style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE;
    y->length = event->data.scalar.length;
    y->text = dtn_arena_strndup(l->arena, (const char *)event->data.scalar.value, y->length);
    if (!y->text)
        return out_of_memory(l);
    if (strlen(y->text) != y->length) {
        dtn_diag_error(l->diags, DTN_DIAG_ESCAPE, y->place, "the text holds the character U+0000");
        y->length = strlen(y->text);
    }
    properties(l, y, event->data.scalar.anchor, event->data.scalar.tag);
    return y;
}

static dtn_yaml *alias(loader *l, const yaml_event_t *event)
{
    dtn_yaml *y = new_node(l, event, DTN_YAML_TEXT);
    const char *name = (const char *)event->data.alias.anchor;
    if (y && ++l->aliases > MOST_ALIASES) {
        dtn_diag_error(l->diags, DTN_DIAG_ALIAS, y->place, "more than %d aliases", MOST_ALIASES);
        l->stopped = true;
        return NULL;
    }
    for (int i = l->anchors - 1; y && i >= 0; i--) {
        if (strcmp(l->anchor[i].name, name) == 0 && l->anchor[i].node->weight > 0) {
            l->anchor[i].used = true;
            return l->anchor[i].node;
        }
    }
    if (y) {
        dtn_diag_error(l->diags, DTN_DIAG_ALIAS, y->place,
                       "a value that starts with * is an alias in YAML, and no value is marked &%s before it",
                       name);
        dtn_diag_add_help(l->diags, "write \"*%s\" if the text is meant", name);
        stand_in(y);
    }
    return y;
}

static dtn_yaml *node(loader *l, yaml_event_t *event, int depth);

static bool append(loader *l, dtn_yaml *y, int *capacity, dtn_yaml *key, dtn_yaml *item)
{
    if (y->count == *capacity) {
        int wider = *capacity ? 2 * *capacity : 4;
        dtn_yaml **items = dtn_arena_array(l->arena, (size_t)wider, sizeof(dtn_yaml *));
        dtn_yaml **keys = dtn_arena_array(l->arena, (size_t)wider, sizeof(dtn_yaml *));
        if (!items || !keys)
            return out_of_memory(l);
        if (y->count) {
            memcpy(items, y->item, (size_t)y->count * sizeof(dtn_yaml *));
            memcpy(keys, y->key, (size_t)y->count * sizeof(dtn_yaml *));
        }
        y->item = items;
        y->key = keys;
        *capacity = wider;
    }
    y->key[y->count] = key;
    y->item[y->count++] = item;
    return true;
}

static bool usable_key(loader *l, const dtn_yaml *key)
{
    if (key->kind != DTN_YAML_TEXT)
        return dtn_diag_error(l->diags, DTN_DIAG_KEY, key->place,
                              "expected a piece of text as key, found a %s",
                              key->kind == DTN_YAML_LIST ? "list" : "mapping");
    if (key->length > DTN_YAML_LONGEST_KEY)
        return dtn_diag_error(l->diags, DTN_DIAG_KEY, key->place,
                              "a key of %zu bytes: at most %d are allowed", key->length, DTN_YAML_LONGEST_KEY);
    return true;
}

static int by_text(const void *x, const void *y)
{
    const dtn_yaml *a = *(dtn_yaml *const *)x, *b = *(dtn_yaml *const *)y;
    int order = strcmp(a->text, b->text);
    return order ? order : (a->start > b->start) - (a->start < b->start);
}

static void find_duplicates(loader *l, const dtn_yaml *y)
{
    dtn_arena_mark mark = dtn_arena_save(l->ctx->scratch);
    dtn_yaml **sorted = dtn_arena_array(l->ctx->scratch, (size_t)y->count, sizeof(dtn_yaml *));
    if (!sorted) {
        out_of_memory(l);
        return;
    }
    if (y->count)
        memcpy(sorted, y->key, (size_t)y->count * sizeof(dtn_yaml *));
    qsort(sorted, (size_t)y->count, sizeof(dtn_yaml *), by_text);
    for (int i = 1; i < y->count; i++)
        if (strcmp(sorted[i]->text, sorted[i - 1]->text) == 0)
            dtn_diag_error(l->diags, DTN_DIAG_DUPLICATE, sorted[i]->place,
                           "the key '%.60s' stands here again; first in line %d", sorted[i]->text,
                           sorted[i - 1]->place.line);
    dtn_arena_release(l->ctx->scratch, mark);
}

static dtn_yaml *collection(loader *l, const yaml_event_t *event, int depth)
{
    bool is_map = event->type == YAML_MAPPING_START_EVENT;
    dtn_yaml *y = new_node(l, event, is_map ? DTN_YAML_MAP : DTN_YAML_LIST);
    if (!y)
        return NULL;
    y->flow = is_map ? event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
                     : event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
    y->text = "";
    properties(l, y, is_map ? event->data.mapping_start.anchor : event->data.sequence_start.anchor,
               is_map ? event->data.mapping_start.tag : event->data.sequence_start.tag);
    if (depth == DTN_YAML_DEEPEST) {
        dtn_diag_error(l->diags, DTN_DIAG_DEPTH, y->place, "lists and mappings are nested more than %d deep",
                       DTN_YAML_DEEPEST);
        l->stopped = true;
        return NULL;
    }
    y->weight = -1; /* open: an alias to it from within would be a circle */
    long weight = 1;
    int capacity = 0;
    yaml_event_t inner;
    while (next(l, &inner)) {
        bool end = inner.type == YAML_MAPPING_END_EVENT || inner.type == YAML_SEQUENCE_END_EVENT;
        if (end) {
            cursor c = l->here;
            advance(l->bytes, &c, inner.end_mark.index);
            y->end = c.at;
            if (y->flow && c.line == y->place.line)
                y->place.length = (int)(c.column - y->place.column);
            yaml_event_delete(&inner);
            break;
        }
        dtn_yaml *key = is_map ? node(l, &inner, depth + 1) : NULL;
        if (is_map && (!key || !next(l, &inner)))
            break;
        dtn_yaml *item = node(l, &inner, depth + 1);
        if (!item)
            break;
        weight += item->weight;
        if (is_map && !usable_key(l, key))
            continue;
        if (!append(l, y, &capacity, key, item))
            break;
    }
    y->weight = weight;
    if (l->aliases && weight > DTN_YAML_HEAVIEST && !l->stopped) {
        dtn_diag_error(l->diags, DTN_DIAG_ALIAS, y->place, "aliases make this grow beyond %d values",
                       DTN_YAML_HEAVIEST);
        l->stopped = true;
    }
    if (l->stopped)
        return l->nomem ? NULL : y;
    if (y->flow && !dtn_yaml_mend(l->diags, l->arena, l->bytes, y))
        return out_of_memory(l);
    if (is_map)
        find_duplicates(l, y);
    return l->nomem ? NULL : y;
}

/* Takes the event. NULL: stop. */
static dtn_yaml *node(loader *l, yaml_event_t *event, int depth)
{
    dtn_yaml *y = NULL;
    if (event->type == YAML_SCALAR_EVENT)
        y = scalar(l, event);
    else if (event->type == YAML_ALIAS_EVENT)
        y = alias(l, event);
    else
        y = collection(l, event, depth);
    yaml_event_delete(event);
    return y;
}

static dtn_yaml *document(loader *l)
{
    yaml_event_t event;
    dtn_yaml *root = NULL;
    while (next(l, &event)) {
        yaml_event_type_t type = event.type;
        if (type == YAML_DOCUMENT_START_EVENT && root) {
            size_t at;
            dtn_diag_error(l->diags, DTN_DIAG_DOCUMENTS, place_of(l, event.start_mark.index, &at),
                           "a second document starts here; a scenario is one document");
            l->stopped = true;
        }
        if (type == YAML_SCALAR_EVENT || type == YAML_ALIAS_EVENT || type == YAML_MAPPING_START_EVENT ||
            type == YAML_SEQUENCE_START_EVENT) {
            root = node(l, &event, 0);
        } else {
            yaml_event_delete(&event);
            if (type == YAML_STREAM_END_EVENT)
                break;
        }
    }
    for (int i = 0; i < l->anchors && !l->stopped; i++) {
        if (!l->anchor[i].used) {
            dtn_diag_error(l->diags, DTN_DIAG_QUOTE, l->anchor[i].place,
                           "a value that starts with & is an anchor in YAML, and no alias uses this one");
            dtn_diag_add_help(l->diags, "put the value in quotes: \"&%s ...\"", l->anchor[i].name);
        }
    }
    return root;
}

dtn_status dtn_yaml_parse(dtn_ctx *ctx, dtn_arena *arena, const dtn_yaml **out, dtn_diags *diags,
                          const dtn_bytes *bytes)
{
    *out = NULL;
    loader l = {.ctx = ctx, .arena = arena, .diags = diags, .bytes = bytes, .here = {0, 0, 1, 1}};
    DTN_ALLOC(ctx, arena, l.anchor, MOST_ANCHORS);
    if (!yaml_parser_initialize(&l.parser))
        return dtn_fail_nomem(ctx);
    yaml_parser_set_encoding(&l.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&l.parser, (const unsigned char *)bytes->text, bytes->length);
    dtn_yaml *root = document(&l);
    yaml_parser_delete(&l.parser);
    if (l.nomem)
        return dtn_fail_nomem(ctx);
    if (l.stopped)
        return DTN_OK; /* half a tree would only make further errors that are none */
    if (!root || dtn_yaml_is_null(root))
        dtn_diag_error(diags, DTN_DIAG_EMPTY, (dtn_place){1, 1, 1}, "expected a scenario, found nothing");
    else
        *out = root;
    return DTN_OK;
}
