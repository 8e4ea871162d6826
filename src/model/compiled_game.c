/* Arranges the information sets of a game for vectors of eight.
 *
 * Method: information sets of a player are sorted by own moves before, number of actions, public situation (compile.h), what chance did. Those of
 *   one situation (hands that have been played alike) begin a new slice when they fill half of one, so that the lanes of a slice lead to
 *   the same lanes of the slices that follow and meet the same moves of the others.
 * Cost: sorting; otherwise linear. */
#include "model/compiled_game.h"

#include <stdlib.h>
#include <string.h>

#include "model/compile.h"

static int by_place(const void *a, const void *b)
{
    const dtn_raw_infoset *x = a, *y = b;
    if (x->level != y->level)
        return x->level < y->level ? -1 : 1;
    if (x->actions != y->actions)
        return x->actions < y->actions ? -1 : 1;
    for (int k = 0; k < 2; k++)
        if (x->public[k] != y->public[k])
            return x->public[k] < y -> public[k] ? -1 : 1;
    if (x->deal != y->deal)
        return x->deal < y->deal ? -1 : 1;
    return x->number < y->number ? -1 : x->number > y->number;
}

/* How many information sets from the i-th on are in its situation. */
static int company(const dtn_raw_side *raw, int i)
{
    int end = i;
    const dtn_raw_infoset *x = &raw->infoset[i], *y = x;
    for (; end < raw->infosets && x->public[0] == y->public[0] && x->public[1] == y->public[1] &&
           x->level == y->level && x->actions == y->actions;
         y++)
        end++;
    return end - i;
}

/* place[i] = 8 * slice + lane of the i-th information set; returns the number of slices. */
static int fill_slices(const dtn_raw_side *raw, int *place)
{
    int lane = DTN_LANES, slice = -1, members = 0;
    for (int i = 0; i < raw->infosets; i++, members--) {
        const dtn_raw_infoset *h = &raw->infoset[i], *before = i ? h - 1 : h;
        bool fresh = i == 0 || h->level != before->level || h->actions != before->actions;
        if (members == 0) {
            members = company(raw, i);
            fresh = fresh || 2 * members >= DTN_LANES || lane + members > DTN_LANES;
        }
        if (fresh || lane == DTN_LANES) {
            slice++;
            lane = 0;
        }
        place[i] = DTN_LANES * slice + lane++;
    }
    return slice + 1;
}

static dtn_status number_sequences(dtn_ctx *ctx, dtn_arena *arena, dtn_compiled_side *out, dtn_raw_side *raw,
                                   const int *place)
{
    int *first, *level, *infoset, *row;
    int levels = raw->infosets ? raw->infoset[raw->infosets - 1].level + 1 : 0;
    DTN_ALLOC(ctx, arena, first, out->slices + 1);
    DTN_ALLOC(ctx, arena, level, levels + 1);
    DTN_ALLOC(ctx, arena, infoset, (size_t)out->slices * DTN_LANES);
    DTN_ALLOC(ctx, arena, row, (size_t)out->slices * DTN_LANES);
    for (int i = 0; i < out->slices * DTN_LANES; i++)
        infoset[i] = -1;
    int vectors = 1, last = -1;
    for (int i = 0; i < raw->infosets; i++) {
        const dtn_raw_infoset *h = &raw->infoset[i];
        int slice = place[i] / DTN_LANES, lane = place[i] % DTN_LANES;
        if (slice != last) {
            first[slice] = vectors;
            vectors += h->actions;
            if (last < 0 || h->level != raw->infoset[i - 1].level)
                level[h->level] = slice;
            last = slice;
        }
        infoset[place[i]] = h->number;
        row[place[i]] = h->sequence - 1;
        for (int a = 0; a < h->actions; a++)
            raw->final[h->sequence + a] = DTN_LANES * (first[slice] + a) + lane;
        if (h->actions > out->widest)
            out->widest = h->actions;
    }
    first[out->slices] = vectors;
    level[levels] = out->slices;
    out->infosets = raw->infosets;
    out->vectors = vectors;
    out->levels = levels;
    out->first = first;
    out->level = level;
    out->infoset = infoset;
    out->row = row;
    out->rows = raw->sequences - 1;
    return DTN_OK;
}

/* Where each slice comes from, and what follows each vector. */
static dtn_status link_slices(dtn_ctx *ctx, dtn_arena *arena, dtn_compiled_side *out, const dtn_raw_side *raw,
                              const int *place)
{
    int *above, *parent, *next, *next_slice, *loose, *lane, *from;
    DTN_ALLOC(ctx, arena, above, out->slices + 1);
    DTN_ALLOC(ctx, arena, parent, (size_t)out->slices * DTN_LANES);
    DTN_ALLOC(ctx, arena, next, out->vectors + 2);
    DTN_ALLOC(ctx, arena, loose, out->vectors + 2);
    for (int s = 0; s < out->slices; s++)
        above[s] = -2; /* nothing seen yet */
    for (int i = 0; i < raw->infosets; i++) {
        int to = place[i], slice = to / DTN_LANES, source = raw->final[raw->infoset[i].from];
        parent[to] = source;
        bool same = source < DTN_LANES || source % DTN_LANES == to % DTN_LANES;
        int vector = same ? source / DTN_LANES : -1;
        above[slice] = above[slice] == -2 || above[slice] == vector ? vector : -1;
    }
    for (int s = 0; s < out->slices; s++)
        if (above[s] >= 0)
            next[above[s] + 2]++;
        else
            for (int l = 0; l < DTN_LANES; l++)
                if (out->infoset[DTN_LANES * s + l] >= 0)
                    loose[parent[DTN_LANES * s + l] / DTN_LANES + 2]++;
    for (int v = 1; v <= out->vectors + 1; v++) {
        next[v] += next[v - 1];
        loose[v] += loose[v - 1];
    }
    DTN_ALLOC(ctx, arena, next_slice, next[out->vectors + 1] + 1);
    DTN_ALLOC(ctx, arena, lane, loose[out->vectors + 1] + 1);
    DTN_ALLOC(ctx, arena, from, loose[out->vectors + 1] + 1);
    for (int s = 0; s < out->slices; s++) {
        if (above[s] >= 0) {
            next_slice[next[above[s] + 1]++] = s;
            continue;
        }
        for (int at = DTN_LANES * s; at < DTN_LANES * (s + 1); at++)
            if (out->infoset[at] >= 0) {
                int k = loose[parent[at] / DTN_LANES + 1]++;
                lane[k] = parent[at] % DTN_LANES;
                from[k] = at;
            }
    }
    out->above = above;
    out->parent = parent;
    out->next = next;
    out->next_slice = next_slice;
    out->loose = loose;
    out->loose_lane = lane;
    out->loose_from = from;
    return DTN_OK;
}

dtn_status dtn_arrange_side(dtn_ctx *ctx, dtn_arena *arena, dtn_compiled_side *out, dtn_raw_side *raw)
{
    int *place;
    if (raw->infosets)
        qsort(raw->infoset, (size_t)raw->infosets, sizeof *raw->infoset, by_place);
    DTN_ALLOC(ctx, ctx->scratch, place, raw->infosets + 1);
    DTN_ALLOC(ctx, ctx->scratch, raw->final, raw->sequences);
    *out = (dtn_compiled_side){.slices = fill_slices(raw, place)};
    DTN_TRY(number_sequences(ctx, arena, out, raw, place));
    return link_slices(ctx, arena, out, raw, place);
}
