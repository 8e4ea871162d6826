/* From bit rows to lists: the equilibria of the games of one group, in order.
 *
 * Method: where no strategy of a game has more best replies than actions, its equilibria are the pairs of supports that hold on both sides;
 *   their bits are read row by row and dealt out by counting. Elsewhere every extreme strategy that can stand in an equilibrium is read off the
 *   signs, with all its best replies; two of them are an equilibrium if each plays best replies only.
 * Cost: a few instructions an equilibrium; for a game with ties one look at each support and at each pair of its strategies.
 * Exact: signs of exact minors only. Source: H.-M. Winkels, in: Game Theory and Related Topics (1979), for extreme equilibria by labels. */
#include <stdlib.h>
#include <string.h>

#include "solve/batch.h"

dtn_status batch_list_reserve(dtn_ctx *ctx, batch_list *list, size_t more, double share)
{
    size_t need = list->count + more;
    if (need <= list->room)
        return DTN_OK;
    double whole = 1.05 * (double)need / share;
    size_t room = need + need / 2 + 64;
    room = whole > (double)room ? (size_t)whole : room;
    dtn_batch_equilibrium *item;
    DTN_ALLOC(ctx, list->arena, item, room);
    if (list->count)
        memcpy(item, list->item, list->count * sizeof *item);
    list->item = item;
    list->room = room;
    return DTN_OK;
}

static int bits_in(unsigned mask)
{
    int count = 0;
    for (; mask; mask &= mask - 1)
        count++;
    return count;
}

static int by_masks(const void *a, const void *b)
{
    const dtn_batch_equilibrium *x = a, *y = b;
    int i = bits_in(x->rows), j = bits_in(y->rows);
    if (i != j)
        return i - j;
    if (x->rows != y->rows)
        return x->rows - y->rows;
    if (x->columns != y->columns)
        return x->columns - y->columns;
    return x->best_rows != y->best_rows ? x->best_rows - y->best_rows : x->best_columns - y->best_columns;
}

bool batch_order(dtn_batch_equilibrium *item, size_t count)
{
    bool tied = false;
    for (size_t i = 0; i < count; i++)
        tied |= item[i].rows != item[i].best_rows || item[i].columns != item[i].best_columns;
    if (count > 1)
        qsort(item, count, sizeof *item, by_masks);
    return tied;
}

static bool bit_of(const batch_bits *row, int game)
{
    return row->word[game / 64] >> (game % 64) & 1;
}

/* The other player's extreme strategies that have best replies on this side, each once, with all of them. */
static int vertices_of(const batch_worker *w, int player, int game, batch_vertex *list)
{
    const batch_plan *plan = w->plan;
    const batch_side *s = &plan->side[player];
    const batch_bits *sign = w->group.sign[player];
    int count = 0;
    for (int e = 0; e < plan->supports; e++) {
        if (!bit_of(&w->group.holds[player][e], game))
            continue;
        unsigned best = player ? plan->columns_of[e] : plan->rows_of[e];
        unsigned own = player ? plan->rows_of[e] : plan->columns_of[e], inside = best;
        const uint16_t *test = s->test + (size_t)e * (size_t)s->own;
        test += bits_in(own) > 1 ? bits_in(own) : 0;
        for (int r = 0; r < s->own; r++) {
            if (inside >> r & 1)
                continue;
            if (!bit_of(&sign[*test], game) && !bit_of(&sign[*test ^ 1], game))
                best |= 1U << r;
            test++;
        }
        bool known = false;
        for (int i = 0; i < count && best != inside && !known; i++)
            known = list[i].own == own && list[i].best == best;
        if (!known)
            list[count++] = (batch_vertex){(uint16_t)own, (uint16_t)best};
    }
    return count;
}

static dtn_status solve_tied(batch_worker *w, int game)
{
    int ys = vertices_of(w, 0, game, w->vertex[0]), xs = vertices_of(w, 1, game, w->vertex[1]);
    for (int i = 0; i < xs; i++) {
        batch_vertex x = w->vertex[1][i];
        DTN_TRY(batch_list_reserve(w->ctx, &w->special, (size_t)ys, 1));
        for (int j = 0; j < ys; j++) {
            batch_vertex y = w->vertex[0][j];
            if (!(x.own & ~y.best) && !(y.own & ~x.best))
                w->special.item[w->special.count++] = (dtn_batch_equilibrium){x.own, y.own, y.best, x.best};
        }
    }
    return DTN_OK;
}

/* Games that the supports alone do not decide, one after the other. */
static dtn_status solve_special(batch_worker *w, const batch_bits *special, uint32_t *count)
{
    uint8_t *flags = w->flags + w->group.start;
    w->special.count = 0;
    for (int g = 0; g < w->group.games; g++) {
        if (!bit_of(special, g))
            continue;
        size_t first = w->special.count;
        bool big = bit_of(&w->group.big, g);
        DTN_TRY(big ? batch_exact(w->ctx, &w->special, w->batch, w->group.start + (size_t)g)
                    : solve_tied(w, g));
        count[g] = (uint32_t)(w->special.count - first);
        bool tied = batch_order(w->special.item + first, count[g]);
        flags[g] = (uint8_t)((tied ? DTN_BATCH_TIED : 0) | (big ? DTN_BATCH_BIG : 0));
    }
    return DTN_OK;
}

/* Reads the bits of the other games support by support. */
static dtn_status collect(batch_worker *w, const batch_bits *plain, uint32_t *count, size_t *events)
{
    const batch_plan *plan = w->plan;
    *events = 0;
    for (int e = 0; e < plan->supports; e++) {
        if (*events + BATCH_GROUP > w->event_room) {
            size_t room = 2 * w->event_room + BATCH_GROUP;
            uint32_t *more;
            DTN_ALLOC(w->ctx, w->list.arena, more, room);
            if (*events)
                memcpy(more, w->event, *events * sizeof *more);
            w->event = more;
            w->event_room = room;
        }
        const batch_bits *p = &w->group.holds[0][e], *q = &w->group.holds[1][e];
        uint32_t *event = w->event + *events;
        for (int i = 0; i < BATCH_WORDS; i++)
            for (uint64_t bits = p->word[i] & q->word[i] & plain->word[i]; bits; bits &= bits - 1) {
                uint32_t game = (uint32_t)(64 * i + __builtin_ctzll(bits));
                *event++ = (uint32_t)e * BATCH_GROUP + game;
                count[game]++;
            }
        *events = (size_t)(event - w->event);
    }
    return DTN_OK;
}

dtn_status batch_emit(batch_worker *w)
{
    const batch_group *group = &w->group;
    size_t *first = w->first + group->start;
    batch_bits plain, special;
    for (int i = 0; i < BATCH_WORDS; i++) {
        int left = group->games - 64 * i;
        uint64_t games = left >= 64 ? ~(uint64_t)0 : left > 0 ? ((uint64_t)1 << left) - 1 : 0;
        special.word[i] = games & (group->tie.word[i] | group->big.word[i]);
        plain.word[i] = games & ~special.word[i];
    }
    uint32_t count[BATCH_GROUP] = {0}, place[BATCH_GROUP], sum = 0;
    size_t events;
    DTN_TRY(collect(w, &plain, count, &events));
    DTN_TRY(solve_special(w, &special, count));
    double share = (double)(group->start + (size_t)group->games - w->from) / (double)(w->until - w->from);
    DTN_TRY(batch_list_reserve(w->ctx, &w->list, events + w->special.count, share));
    dtn_batch_equilibrium *item = w->list.item + w->list.count;
    for (int g = 0; g < group->games; g++) {
        place[g] = sum;
        first[g] = w->list.count + sum;
        sum += count[g];
    }
    const dtn_batch_equilibrium *from = w->special.item;
    for (int i = 0; i < BATCH_WORDS; i++)
        for (uint64_t bits = special.word[i]; bits; bits &= bits - 1) {
            int g = 64 * i + __builtin_ctzll(bits);
            for (uint32_t k = 0; k < count[g]; k++)
                item[place[g] + k] = *from++;
        }
    for (size_t i = 0; i < events; i++) {
        uint32_t e = w->event[i] / BATCH_GROUP, game = w->event[i] % BATCH_GROUP;
        uint8_t rows = w->plan->rows_of[e], columns = w->plan->columns_of[e];
        item[place[game]++] = (dtn_batch_equilibrium){rows, columns, rows, columns};
    }
    w->list.count += sum;
    return DTN_OK;
}
