/* Moves of a conflict: those that options give, found on the fly; lists of them where merging, transitions or explicit
 * moves make each player's moves a relation of its own.
 * Cost: option form: a look-up an alternative of the player's own options, or one pass over the states when those are
 *       fewer; lists: sorting all moves once. Exact. */
#include <stdlib.h>
#include <string.h>

#include "model/conflict_builder.h"

enum { MOST_MOVES_LOG = 28 };

static size_t cell_at(const dtn_conflict *c, uint64_t pattern)
{
    if (!c->cell)
        return pattern < c->cells ? (size_t)pattern : SIZE_MAX;
    size_t lo = 0, hi = c->cells;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (c->cell[mid] < pattern)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < c->cells && c->cell[lo] == pattern ? lo : SIZE_MAX;
}

size_t dtn_conflict_state_at(const dtn_conflict *c, uint64_t pattern)
{
    size_t cell = cell_at(c, pattern);
    return cell == SIZE_MAX || !c->state_of ? cell : c->state_of[cell];
}

/* Moves by options between cells. */
static dtn_move_iter option_moves(const dtn_conflict *c, const dtn_conflict_player *p, size_t cell)
{
    uint64_t own = dtn_cell_pattern(c, cell);
    uint64_t mask = p->options & ~(p->forward & own) & ~(p->backward & ~own);
    int bits = 0;
    for (uint64_t m = mask; m; m &= m - 1)
        bits++;
    dtn_move_iter m = {.conflict = c, .base = own & ~mask, .mask = mask, .own = own};
    m.scan = bits >= 32 || c->cells >> bits == 0;
    m.done = !mask;
    m.stop = c->cells;
    return m;
}

dtn_move_iter dtn_conflict_moves_from(const dtn_conflict *c, int player, size_t state)
{
    const dtn_conflict_player *p = &c->player[player];
    if (!p->start)
        return option_moves(c, p, state);
    return (dtn_move_iter){.end = p->end, .at = p->start[state], .stop = p->start[state + 1]};
}

bool dtn_move_next(dtn_move_iter *m, size_t *end)
{
    if (m->end) {
        if (m->at == m->stop)
            return false;
        *end = m->end[m->at++];
        return true;
    }
    if (m->scan) {
        while (!m->done && m->at < m->stop) {
            uint64_t t = dtn_cell_pattern(m->conflict, m->at++);
            if (t != m->own && (t & ~m->mask) == m->base) {
                *end = m->at - 1;
                return true;
            }
        }
        return false;
    }
    while (!m->done) {
        uint64_t t = m->base | m->next;
        m->next = (m->next - m->mask) & m->mask;
        m->done = !m->next;
        if (t != m->own && (*end = cell_at(m->conflict, t)) != SIZE_MAX)
            return true;
    }
    return false;
}

size_t dtn_conflict_moves(const dtn_conflict *c, int player, size_t state, size_t *ends, size_t room)
{
    dtn_move_iter m = dtn_conflict_moves_from(c, player, state);
    size_t count = 0;
    for (size_t t; dtn_move_next(&m, &t); count++)
        if (count < room)
            ends[count] = t;
    return count;
}

static bool cell_fits(const dtn_conflict *c, const dtn_state_text *at, size_t cell)
{
    if (at->is_state)
        return (c->state_of ? c->state_of[cell] : cell) == at->state;
    return !((dtn_cell_pattern(c, cell) ^ at->cube.value) & at->cube.known);
}

static dtn_status read_end(dtn_conflict_builder *b, const dtn_conflict *c, dtn_state_text *out,
                           const dtn_edit *e, const char *text, size_t start)
{
    if (dtn_state_text_read(out, c, text))
        return DTN_OK;
    dtn_conflict_fault fault =
        dtn_fault_at(DTN_PART_MOVES, e->player, (int)(e - (const dtn_edit *)b->edits.item));
    fault.text = e->text;
    fault.offset = start + out->offset;
    fault.length = out->length;
    fault.unknown = *out->unknown ? out->unknown : NULL;
    return dtn_builder_fail(b, DTN_PARSE, fault, "moves '%s': %s", e->text, out->message);
}

/* Moves under construction: start cell << 32 | end cell. */
typedef struct arcs {
    uint64_t *arc;
    size_t count;
} arcs;

static dtn_status apply_edit(dtn_conflict_builder *b, const dtn_conflict *c, const dtn_edit *e, arcs *a)
{
    dtn_state_text from, to;
    DTN_TRY(read_end(b, c, &from, e, e->from, (size_t)(strstr(e->text, e->from) - e->text)));
    size_t arrow = (size_t)(strstr(e->text, "->") - e->text) + 2;
    DTN_TRY(
        read_end(b, c, &to, e, e->to, arrow + (size_t)(strstr(e->text + arrow, e->to) - (e->text + arrow))));
    if (e->kind == DTN_EDIT_REMOVE) {
        size_t kept = 0;
        for (size_t i = 0; i < a->count; i++)
            if (!cell_fits(c, &from, (size_t)(a->arc[i] >> 32)) ||
                !cell_fits(c, &to, (size_t)(a->arc[i] & UINT32_MAX)))
                a->arc[kept++] = a->arc[i];
        a->count = kept;
        return DTN_OK;
    }
    for (size_t x = 0; x < c->cells; x++) {
        if (!cell_fits(c, &from, x))
            continue;
        size_t y = to.is_state ? (c->first ? c->first[to.state] : to.state)
                               : cell_at(c, (dtn_cell_pattern(c, x) & ~to.cube.known) | to.cube.value);
        if (y != SIZE_MAX && y != x)
            a->arc[a->count++] = (uint64_t)x << 32 | y;
    }
    return DTN_OK;
}

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

/* The moves of one player as a list of states. */
static dtn_status list_moves(dtn_conflict_builder *b, const dtn_conflict *c, dtn_conflict_player *p,
                             int player)
{
    const dtn_edit *edit = b->edits.item;
    size_t room = 0;
    int first_edit = 0;
    bool given = c->options == 0;
    for (int e = 0; e < b->edits.count; e++)
        if (edit[e].player == player) {
            if (edit[e].kind == DTN_EDIT_CLEAR) {
                first_edit = e + 1;
                given = true;
                room = 0;
            }
            room += edit[e].kind == DTN_EDIT_ADD ? c->cells : 0;
        }
    for (size_t x = 0, t; !given && x < c->cells && room >> MOST_MOVES_LOG == 0; x++)
        for (dtn_move_iter m = option_moves(c, p, x); dtn_move_next(&m, &t);)
            room++;
    if (room >> MOST_MOVES_LOG)
        return dtn_builder_fail(
            b, DTN_LIMIT, dtn_fault_at(DTN_PART_MOVES, player, -1),
            "merged states and transitions need lists of moves: player '%s' has more than 2^%d", p->key,
            MOST_MOVES_LOG);
    arcs a = {0};
    DTN_ALLOC(b->ctx, b->ctx->scratch, a.arc, room);
    for (size_t x = 0, t; !given && x < c->cells; x++)
        for (dtn_move_iter m = option_moves(c, p, x); dtn_move_next(&m, &t);)
            a.arc[a.count++] = (uint64_t)x << 32 | t;
    for (int e = first_edit; e < b->edits.count; e++)
        if (edit[e].player == player)
            DTN_TRY(apply_edit(b, c, &edit[e], &a));
    if (c->state_of)
        for (size_t i = 0; i < a.count; i++)
            a.arc[i] = (uint64_t)c->state_of[a.arc[i] >> 32] << 32 | c->state_of[a.arc[i] & UINT32_MAX];
    qsort(a.arc, a.count, sizeof *a.arc, by_value);
    size_t kept = 0;
    for (size_t i = 0; i < a.count; i++)
        if (a.arc[i] >> 32 != (a.arc[i] & UINT32_MAX) && (!kept || a.arc[i] != a.arc[kept - 1]))
            a.arc[kept++] = a.arc[i];
    size_t *start;
    uint32_t *end;
    DTN_ALLOC(b->ctx, b->arena, start, c->states + 1);
    DTN_ALLOC(b->ctx, b->arena, end, kept + 1);
    for (size_t i = 0; i < kept; i++) {
        start[(a.arc[i] >> 32) + 1]++;
        end[i] = (uint32_t)a.arc[i];
    }
    for (size_t s = 0; s < c->states; s++)
        start[s + 1] += start[s];
    p->start = start;
    p->end = end;
    return DTN_OK;
}

dtn_status dtn_builder_moves(dtn_conflict_builder *b, dtn_conflict *c, dtn_conflict_player *players)
{
    c->edited = b->edits.count > 0;
    c->option_form = c->options > 0 && !c->state_of && !b->edits.count;
    for (int i = 0; i < c->players && !c->option_form; i++) {
        dtn_arena_mark mark = dtn_arena_save(b->ctx->scratch);
        dtn_status status = list_moves(b, c, &players[i], i);
        dtn_arena_release(b->ctx->scratch, mark);
        DTN_TRY(status);
    }
    return DTN_OK;
}
