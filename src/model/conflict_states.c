/* Lists the feasible states of a conflict, merges them, names them.
 * Method: descend over the options from the last to the first, leaving a cube of patterns as soon as a restriction
 *         excludes or no restriction concerns it; the last six options are one machine word.
 * Cost: about one word operation a restriction and 64 patterns, less where whole cubes go. Exact. */
#include <stdlib.h>
#include <string.h>

#include "model/conflict_builder.h"

enum { LARGEST_LOG = 28, WORK_LOG = 30 };

typedef struct walk {
    dtn_ctx *ctx;
    const dtn_restriction **active; /* [options + 1][restrictions]: those that still matter at a depth */
    int restrictions, options;
    size_t count, room; /* cells found; room 0 while counting */
    uint64_t nodes;
    uint64_t *cell;
} walk;

static dtn_status too_many(walk *w)
{
    return dtn_fail(w->ctx, DTN_LIMIT, "more than 2^%d states are feasible: merge or exclude some",
                    LARGEST_LOG);
}

static dtn_status take_cube(walk *w, uint64_t first, int free_options)
{
    if (free_options > LARGEST_LOG)
        return too_many(w);
    size_t n = (size_t)1 << free_options;
    if (w->room)
        for (size_t x = 0; x < n; x++)
            w->cell[w->count + x] = first + x;
    w->count += n;
    return w->count > (size_t)1 << LARGEST_LOG ? too_many(w) : DTN_OK;
}

static dtn_status take_word(walk *w, uint64_t first, int free_options, const dtn_restriction *const *r,
                            int count)
{
    uint64_t base = first & ~UINT64_C(63), word = UINT64_MAX;
    if (free_options < 6)
        word = ((UINT64_C(1) << (1u << free_options)) - 1) << (first & 63);
    for (int i = 0; i < count && word; i++) {
        uint64_t holds = dtn_statement_word(&r[i]->statement, base);
        word &= r[i]->forbidden ? ~holds : holds;
    }
    for (uint64_t x = 0; word; word >>= 1, x++)
        if (word & 1) {
            if (w->room)
                w->cell[w->count] = base + x;
            w->count++;
        }
    return w->count > (size_t)1 << LARGEST_LOG ? too_many(w) : DTN_OK;
}

/* All feasible patterns whose options from free_options on are as in value. */
static dtn_status descend(walk *w, uint64_t value, int free_options, const dtn_restriction *const *r,
                          int count)
{
    if (++w->nodes >> WORK_LOG)
        return dtn_fail(w->ctx, DTN_LIMIT,
                        "the feasible states of %d options cannot be listed: too many patterns", w->options);
    if ((w->nodes & 4095) == 0)
        DTN_TRY(dtn_ctx_poll(w->ctx));
    const dtn_restriction **left = w->active + (size_t)free_options * (size_t)w->restrictions;
    uint64_t known = ~((UINT64_C(1) << free_options) - 1);
    int kept = 0;
    for (int i = 0; i < count; i++) {
        bool can_hold, can_fail;
        dtn_statement_over_cube(&r[i]->statement, known, value, &can_hold, &can_fail);
        bool can_exclude = r[i]->forbidden ? can_hold : can_fail,
             can_spare = r[i]->forbidden ? can_fail : can_hold;
        if (!can_spare)
            return DTN_OK;
        if (can_exclude)
            left[kept++] = r[i];
    }
    if (!kept)
        return take_cube(w, value, free_options);
    if (free_options <= 6)
        return take_word(w, value, free_options, left, kept);
    DTN_TRY(descend(w, value, free_options - 1, left, kept));
    return descend(w, value | UINT64_C(1) << (free_options - 1), free_options - 1, left, kept);
}

static dtn_status list_cells(dtn_conflict_builder *b, dtn_conflict *c)
{
    walk w = {.ctx = b->ctx, .restrictions = b->restrictions.count, .options = c->options};
    const dtn_restriction **all;
    DTN_ALLOC(b->ctx, b->arena, all, w.restrictions);
    DTN_ALLOC(b->ctx, b->ctx->scratch, w.active, (size_t)(c->options + 1) * (size_t)w.restrictions);
    for (int i = 0; i < w.restrictions; i++)
        all[i] = (const dtn_restriction *)b->restrictions.item + i;
    DTN_TRY(descend(&w, 0, c->options, all, w.restrictions));
    c->cells = w.count;
    if (!c->cells)
        return dtn_builder_fail(b, DTN_DOMAIN, dtn_fault_at(DTN_PART_INFEASIBLE, -1, -1),
                                "no state is left: the infeasible patterns exclude all of them");
    if (c->options <= LARGEST_LOG && c->cells == (size_t)1 << c->options)
        return DTN_OK; /* every pattern: cell c is pattern c */
    DTN_ALLOC(b->ctx, b->arena, w.cell, w.count);
    w.room = w.count;
    w.count = w.nodes = 0;
    c->cell = w.cell;
    return descend(&w, 0, c->options, all, w.restrictions);
}

/* Numbers the states by their least cells; merged cells share a state. */
static dtn_status merge_cells(dtn_conflict_builder *b, dtn_conflict *c)
{
    c->states = c->cells;
    if (!b->merges.count)
        return DTN_OK;
    uint32_t *state_of, *first, *state_of_merge;
    uint64_t *either;
    const dtn_cube *merge = b->merges.item;
    DTN_ALLOC(b->ctx, b->arena, state_of, c->cells);
    DTN_ALLOC(b->ctx, b->ctx->scratch, state_of_merge, b->merges.count);
    for (int m = 0; m < b->merges.count; m++) {
        dtn_conflict_fault fault = dtn_fault_whole(dtn_fault_at(DTN_PART_MERGE, -1, m), merge[m].text);
        size_t members = 0;
        for (size_t x = 0; x < c->cells; x++) {
            if ((dtn_cell_pattern(c, x) ^ merge[m].value) & merge[m].known)
                continue;
            if (state_of[x])
                return dtn_builder_fail(b, DTN_PARSE, fault,
                                        "'%s' and '%s' share a state: merge each state once",
                                        merge[state_of[x] - 1].text, merge[m].text);
            state_of[x] = (uint32_t)m + 1;
            members++;
        }
        if (!members)
            return dtn_builder_fail(b, DTN_PARSE, fault, "no feasible state fits '%s'", merge[m].text);
    }
    size_t states = 0;
    for (size_t x = 0; x < c->cells; x++) {
        uint32_t m = state_of[x];
        if (m && state_of_merge[m - 1])
            state_of[x] = state_of_merge[m - 1] - 1;
        else {
            state_of[x] = (uint32_t)states++;
            if (m)
                state_of_merge[m - 1] = state_of[x] + 1;
        }
    }
    if (states == c->cells)
        return DTN_OK;
    DTN_ALLOC(b->ctx, b->arena, first, states);
    DTN_ALLOC(b->ctx, b->arena, either, states);
    memset(first, 0xff, states * sizeof *first);
    for (size_t x = 0; x < c->cells; x++) {
        uint32_t s = state_of[x];
        if (first[s] == UINT32_MAX)
            first[s] = (uint32_t)x;
        either[s] |= dtn_cell_pattern(c, x) ^ dtn_cell_pattern(c, first[s]);
    }
    c->states = states;
    c->state_of = state_of;
    c->first = first;
    c->either = either;
    return DTN_OK;
}

static bool letters_differ(const dtn_conflict *c)
{
    bool seen[128] = {['Y'] = true, ['N'] = true, ['.'] = true, ['-'] = true, ['_'] = true};
    for (int o = 0; o < c->options; o++) {
        unsigned char letter = (unsigned char)c->option[o].key[0];
        if (letter >= 128 || seen[letter])
            return false;
        seen[letter] = true;
    }
    return c->options > 0;
}

static int by_state(const void *a, const void *b)
{
    const dtn_state_name *x = a, *y = b;
    return x->state < y->state ? -1 : x->state > y->state;
}

static int by_id(const void *a, const void *b)
{
    const dtn_state_name *const *x = a, *const *y = b;
    return strcmp((*x)->id, (*y)->id);
}

static dtn_status name_states(dtn_conflict_builder *b, dtn_conflict *c)
{
    const dtn_named_spec *spec = b->named.item;
    int count = b->named.count;
    dtn_state_name *name;
    const dtn_state_name **sorted;
    DTN_ALLOC(b->ctx, b->arena, name, count);
    DTN_ALLOC(b->ctx, b->arena, sorted, count);
    for (int i = 0; i < count; i++) {
        dtn_state_text read = {.state = (size_t)i};
        dtn_conflict_fault fault = dtn_fault_at(DTN_PART_STATE, -1, i);
        if (spec[i].at && !dtn_state_text_single(&read, c, spec[i].at)) {
            fault.text = spec[i].at;
            fault.offset = read.offset;
            fault.length = read.length;
            return dtn_builder_fail(b, DTN_PARSE, fault, "state '%s': %s", spec[i].id, read.message);
        }
        name[i] = (dtn_state_name){spec[i].id, spec[i].about, (uint32_t)read.state, i};
    }
    qsort(name, (size_t)count, sizeof *name, by_state);
    for (int i = 0; i < count; i++)
        sorted[i] = &name[i];
    qsort(sorted, (size_t)count, sizeof *sorted, by_id);
    for (int i = 1; i < count; i++) {
        bool twice = !strcmp(sorted[i - 1]->id, sorted[i]->id);
        const char *id = twice ? sorted[i]->id : name[i].id;
        dtn_conflict_fault fault = dtn_fault_whole(dtn_fault_at(DTN_PART_STATE, -1, -1), id);
        for (int j = 0; j < count; j++)
            if (!strcmp(spec[j].id, id))
                fault.index = j;
        if (twice)
            return dtn_builder_fail(b, DTN_PARSE, fault, "two states are called '%s'", id);
        if (name[i - 1].state == name[i].state)
            return dtn_builder_fail(b, DTN_PARSE, fault, "'%s' and '%s' name the same state", name[i - 1].id,
                                    id);
    }
    c->named = name;
    c->by_id = sorted;
    c->names = count;
    return DTN_OK;
}

dtn_status dtn_builder_states(dtn_conflict_builder *b, dtn_conflict *c)
{
    c->lettered = letters_differ(c);
    if (!c->options) {
        if (!b->named.count)
            return dtn_builder_fail(b, DTN_DOMAIN, dtn_fault_at(DTN_PART_NONE, -1, -1),
                                    "a conflict needs options, or states of its own");
        c->cells = c->states = (size_t)b->named.count;
    } else {
        dtn_arena_mark mark = dtn_arena_save(b->ctx->scratch);
        dtn_status status = list_cells(b, c);
        if (status == DTN_OK)
            status = merge_cells(b, c);
        dtn_arena_release(b->ctx->scratch, mark);
        DTN_TRY(status);
    }
    return name_states(b, c);
}
