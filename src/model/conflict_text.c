/* States as text: ids, letters (".DE.."), patterns ("NYYNN"), in both directions.
 * Cost: linear in the text, except that a pattern with - where one state is asked for goes through all states. */
#include <stdio.h>
#include <string.h>

#include "model/conflict_builder.h"

static const dtn_state_name *find_name(const dtn_conflict *c, const char *id)
{
    int lo = 0, hi = c->names;
    while (lo < hi) {
        int mid = lo + (hi - lo) / 2, order = strcmp(id, c->by_id[mid]->id);
        if (!order)
            return c->by_id[mid];
        if (order < 0)
            hi = mid;
        else
            lo = mid + 1;
    }
    return NULL;
}

static bool wrong(dtn_state_text *out, size_t offset, size_t length)
{
    out->offset = offset;
    out->length = length;
    return false;
}

bool dtn_state_text_read(dtn_state_text *out, const dtn_conflict *c, const char *text)
{
    size_t length = strlen(text), bad = 0;
    *out = (dtn_state_text){.cube.text = text};
    const dtn_state_name *name = find_name(c, text);
    if (name) {
        out->is_state = true;
        out->state = name->state;
        return true;
    }
    if (c->options && dtn_pattern_parse(text, length, c->options, &out->cube.known, &out->cube.value, &bad))
        return true;
    int shown = (int)(length > 60 ? 60 : length);
    snprintf(out->unknown, sizeof out->unknown, "%.*s", shown, text);
    if (!c->options) {
        snprintf(out->message, sizeof out->message, "no state is called '%.*s'", shown, text);
        return wrong(out, 0, length);
    }
    bool like_pattern = strpbrk(text, "YN") || strspn(text, "-") == length; /* no option's letter is Y or N */
    if (!c->lettered && strspn(text, "YN-") != length) {
        snprintf(out->message, sizeof out->message,
                 "'%.*s' is neither the name of a state nor a pattern of %d characters Y, N or -", shown,
                 text, c->options);
        return wrong(out, 0, length);
    }
    if (length != (size_t)c->options) {
        snprintf(out->message, sizeof out->message, "'%.*s' has %zu characters, expected %d (one an option)",
                 shown, text, length, c->options);
        return wrong(out, 0, length);
    }
    if (like_pattern) {
        snprintf(out->message, sizeof out->message, "'%.*s': found '%c' at place %zu, expected Y, N or -",
                 shown, text, text[bad], bad + 1);
        return wrong(out, bad, 1);
    }
    out->cube.known = out->cube.value = 0;
    for (size_t o = 0; o < length; o++) {
        char letter = c->option[o].key[0];
        if (text[o] != letter && text[o] != '.' && text[o] != '-') {
            snprintf(out->message, sizeof out->message,
                     "'%.*s': found '%c' at place %zu, expected '%c' (option %s taken), '.' (not taken) or "
                     "'-' (either)",
                     shown, text, text[o], o + 1, letter, c->option[o].key);
            return wrong(out, o, 1);
        }
        out->cube.known |= (uint64_t)(text[o] != '-') << o;
        out->cube.value |= (uint64_t)(text[o] == letter) << o;
    }
    out->unknown[0] = 0;
    return true;
}

bool dtn_cube_holds(const dtn_conflict *c, const dtn_cube *cube, size_t state)
{
    if (c->either && c->either[state] & cube->known)
        return false;
    return !((dtn_conflict_pattern(c, state) ^ cube->value) & cube->known);
}

bool dtn_state_text_single(dtn_state_text *out, const dtn_conflict *c, const char *text)
{
    if (!dtn_state_text_read(out, c, text))
        return false;
    if (out->is_state)
        return true;
    size_t found = SIZE_MAX, fits = 0, length = strlen(text);
    if (out->cube.known == (UINT64_C(1) << c->options) - 1) {
        found = dtn_conflict_state_at(c, out->cube.value);
        fits = found != SIZE_MAX;
    } else
        for (size_t x = 0; x < c->cells; x++) {
            if ((dtn_cell_pattern(c, x) ^ out->cube.value) & out->cube.known)
                continue;
            size_t s = c->state_of ? c->state_of[x] : x;
            fits += s != found;
            found = s;
        }
    int shown = (int)(length > 60 ? 60 : length);
    if (fits == 0)
        snprintf(out->message, sizeof out->message, "the state '%.*s' is infeasible", shown, text);
    else if (fits > 1)
        snprintf(out->message, sizeof out->message, "'%.*s' fits several states, expected one", shown, text);
    if (fits != 1)
        return wrong(out, 0, length);
    out->is_state = true;
    out->state = found;
    return true;
}

dtn_status dtn_conflict_find_state(dtn_ctx *ctx, size_t *state, const dtn_conflict *c, const char *text)
{
    dtn_state_text read;
    if (!dtn_state_text_single(&read, c, text))
        return dtn_fail(ctx, DTN_PARSE, "%s", read.message);
    *state = read.state;
    return DTN_OK;
}

static size_t write_text(char *buffer, size_t size, const char *text)
{
    size_t length = strlen(text);
    if (size) {
        size_t n = length < size ? length : size - 1;
        memcpy(buffer, text, n);
        buffer[n] = 0;
    }
    return length;
}

size_t dtn_conflict_state_pattern(const dtn_conflict *c, size_t state, char *buffer, size_t size)
{
    char text[DTN_CONFLICT_MAX_OPTIONS + 1] = "";
    uint64_t pattern = dtn_conflict_pattern(c, state), either = c->either ? c->either[state] : 0;
    for (int o = 0; o < c->options; o++)
        text[o] = either >> o & 1 ? '-' : pattern >> o & 1 ? 'Y' : 'N';
    return write_text(buffer, size, text);
}

size_t dtn_conflict_state_letters(const dtn_conflict *c, size_t state, char *buffer, size_t size)
{
    if (!c->lettered)
        return dtn_conflict_state_pattern(c, state, buffer, size);
    char text[DTN_CONFLICT_MAX_OPTIONS + 1] = "";
    uint64_t pattern = dtn_conflict_pattern(c, state), either = c->either ? c->either[state] : 0;
    for (int o = 0; o < c->options; o++)
        text[o] = either >> o & 1 ? '-' : pattern >> o & 1 ? c->option[o].key[0] : '.';
    return write_text(buffer, size, text);
}

const dtn_state_name *dtn_conflict_name_of(const dtn_conflict *c, size_t state)
{
    int lo = 0, hi = c->names;
    while (lo < hi) {
        int mid = lo + (hi - lo) / 2;
        if (c->named[mid].state < state)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < c->names && c->named[lo].state == state ? &c->named[lo] : NULL;
}

size_t dtn_conflict_state_text(const dtn_conflict *c, size_t state, char *buffer, size_t size)
{
    const dtn_state_name *name = dtn_conflict_name_of(c, state);
    return name ? write_text(buffer, size, name->id) : dtn_conflict_state_letters(c, state, buffer, size);
}

const char *dtn_conflict_state_name(dtn_arena *arena, const dtn_conflict *c, size_t state)
{
    size_t length = dtn_conflict_state_text(c, state, NULL, 0);
    char *text = dtn_arena_alloc(arena, length + 1);
    if (text)
        dtn_conflict_state_text(c, state, text, length + 1);
    return text;
}
