/* Collects information sets and ends of a game for the compiler.
 *
 * Method: two relations say which information sets of a player belong to one public situation: being met together with the same sequence of
 *   another player (common knowledge does not tell them apart), and leading to ends together with the same information set of
 *   another. Both are closed by union-find.
 * Cost: nearly linear. */
#include <limits.h>
#include <math.h>
#include <string.h>

#include "model/compile.h"

enum { FIRST_ROOM = 64 };

static dtn_status widen(dtn_collector *c, void *list, size_t used, size_t room, size_t size)
{
    void *old, *fresh = dtn_arena_array(c->work, room, size);
    if (!fresh)
        return dtn_fail_nomem(c->ctx);
    memcpy(&old, list, sizeof old);
    if (used)
        memcpy(fresh, old, used * size);
    memcpy(list, &fresh, sizeof fresh);
    return DTN_OK;
}

static dtn_status deepen(dtn_collector *c, int depth)
{
    if (depth < c->depths)
        return DTN_OK;
    size_t used = (size_t)c->depths, room = used ? 2 * used : FIRST_ROOM, players = (size_t)c->players;
    DTN_TRY(widen(c, (void *)&c->chance, used, room, sizeof *c->chance));
    DTN_TRY(widen(c, (void *)&c->deal, used, room, sizeof *c->deal));
    DTN_TRY(widen(c, (void *)&c->sequence, used * players, room * players, sizeof *c->sequence));
    DTN_TRY(widen(c, (void *)&c->level, used * players, room * players, sizeof *c->level));
    DTN_TRY(widen(c, (void *)&c->node, used, room, sizeof *c->node));
    c->depths = (int)room;
    return DTN_OK;
}

/* Room for sequences of player q, also in what the others keep of them. */
static dtn_status widen_sequences(dtn_collector *c, int q)
{
    dtn_raw_side *s = &c->side[q];
    size_t used = (size_t)s->sequences, room = 2 * (size_t)s->sequence_room;
    DTN_TRY(widen(c, (void *)&s->set_of, used, room, sizeof *s->set_of));
    for (int p = 0; p < c->players; p++)
        for (int k = 0; k < 2; k++)
            DTN_TRY(widen(c, (void *)&c->side[p].seen[k][q], used, room, sizeof(int)));
    s->sequence_room = (int)room;
    return DTN_OK;
}

dtn_status dtn_collect_start(dtn_ctx *ctx, dtn_collector *c, dtn_arena *work, int players, size_t ends,
                             bool play)
{
    size_t n = (size_t)players;
    *c = (dtn_collector){.ctx = ctx, .work = work, .players = players};
    DTN_TRY(deepen(c, 0));
    DTN_ALLOC(ctx, work, c->side, n);
    for (size_t p = 0; p < n; p++) {
        dtn_raw_side *s = &c->side[p];
        s->sequences = 1;
        s->sequence_room = s->infoset_room = FIRST_ROOM;
        DTN_ALLOC(ctx, work, s->set_of, FIRST_ROOM);
        DTN_ALLOC(ctx, work, s->infoset, FIRST_ROOM);
        s->set_of[0] = -1;
        for (int k = 0; k < 2; k++) {
            DTN_ALLOC(ctx, work, s->seen[k], n);
            for (size_t q = 0; q < n; q++)
                DTN_ALLOC(ctx, work, s->seen[k][q], FIRST_ROOM);
        }
    }
    c->chance[0] = 1;
    if (play) {
        DTN_ALLOC(ctx, work, c->play, 1);
        *c->play = (dtn_raw_play){.nodes = 1, .room = 2 * ends + FIRST_ROOM, .chance_room = FIRST_ROOM};
        DTN_ALLOC(ctx, work, c->play->node, c->play->room);
        DTN_ALLOC(ctx, work, c->play->chance, c->play->chance_room);
    }
    c->ends.room = ends ? ends : FIRST_ROOM;
    DTN_ALLOC(ctx, work, c->ends.sequence, c->ends.room * n);
    DTN_ALLOC(ctx, work, c->ends.payoff, c->ends.room * n);
    if (play)
        DTN_ALLOC(ctx, work, c->ends.worth, c->ends.room * n);
    return DTN_OK;
}

/* The state at this depth, and its children as far as they are not known yet. */
static dtn_status add_state(dtn_collector *c, int depth, int who, int moves, int row)
{
    dtn_raw_play *p = c->play;
    if (!p)
        return DTN_OK;
    if (p->nodes + (size_t)moves > INT_MAX)
        return dtn_fail(c->ctx, DTN_LIMIT, "the game has more than %d states", INT_MAX);
    while (p->nodes + (size_t)moves > p->room) {
        DTN_TRY(widen(c, (void *)&p->node, p->nodes, 2 * p->room, sizeof *p->node));
        p->room *= 2;
    }
    p->node[c->node[depth]] = (dtn_compiled_node){(int)p->nodes, moves, who, row};
    p->nodes += (size_t)moves;
    return DTN_OK;
}

dtn_status dtn_collect_fork(dtn_collector *c, int depth, int moves)
{
    dtn_raw_play *p = c->play;
    if (!p)
        return DTN_OK;
    while (p->chances + (size_t)moves > p->chance_room) {
        DTN_TRY(widen(c, (void *)&p->chance, p->chances, 2 * p->chance_room, sizeof *p->chance));
        p->chance_room *= 2;
    }
    DTN_TRY(add_state(c, depth, DTN_GAME_CHANCE, moves, (int)p->chances));
    p->chances += (size_t)moves;
    return DTN_OK;
}

/* Where all moves of chance are alike no sums are needed. */
static void tell_even(const dtn_raw_play *p)
{
    for (size_t i = 0; i < p->nodes; i++) {
        dtn_compiled_node *n = &p->node[i];
        bool even = n->who == DTN_GAME_CHANCE;
        for (int k = 0; even && k < n->moves; k++)
            even = fabs(p->chance[n->row + k] - (k + 1.0) / n->moves) < 1e-14;
        if (even)
            n->row = -1;
    }
}

static dtn_status keep_play(dtn_collector *c, dtn_arena *arena, dtn_compiled_game *out)
{
    const dtn_raw_play *p = c->play;
    dtn_compiled_node *node;
    double *chance, *payoff;
    size_t numbers = c->ends.count * (size_t)c->players;
    tell_even(p);
    DTN_ALLOC(c->ctx, arena, node, p->nodes);
    DTN_ALLOC(c->ctx, arena, chance, p->chances + 1);
    DTN_ALLOC(c->ctx, arena, payoff, numbers);
    memcpy(node, p->node, p->nodes * sizeof *node);
    if (p->chances)
        memcpy(chance, p->chance, p->chances * sizeof *chance);
    memcpy(payoff, c->ends.worth, numbers * sizeof *payoff);
    out->play = (dtn_compiled_play){(int)p->nodes, node, chance, payoff};
    return DTN_OK;
}

static dtn_status go_deeper(dtn_collector *c, int depth, int branch)
{
    DTN_TRY(deepen(c, depth));
    if (c->play)
        c->node[depth] = c->play->node[c->node[depth - 1]].first + branch;
    size_t players = (size_t)c->players, at = (size_t)depth * players;
    c->chance[depth] = c->chance[depth - 1];
    c->deal[depth] = c->deal[depth - 1];
    memcpy(c->sequence + at, c->sequence + at - players, players * sizeof *c->sequence);
    memcpy(c->level + at, c->level + at - players, players * sizeof *c->level);
    return DTN_OK;
}

dtn_status dtn_collect_chance(dtn_collector *c, int depth, int branch, double probability)
{
    DTN_TRY(go_deeper(c, depth, branch));
    c->chance[depth] *= probability;
    if (c->play) {
        double *sum = c->play->chance + c->play->node[c->node[depth - 1]].row + branch;
        *sum = probability + (branch ? sum[-1] : 0);
    }
    c->deal[depth] = c->deal[depth] >> 8 | (uint64_t)(branch & 255) << 56;
    return DTN_OK;
}

dtn_status dtn_collect_move(dtn_collector *c, int depth, int player, int infoset, int branch)
{
    DTN_TRY(go_deeper(c, depth, branch));
    size_t at = (size_t)depth * (size_t)c->players + (size_t)player;
    c->sequence[at] = c->side[player].infoset[infoset].sequence + branch;
    c->level[at]++;
    return DTN_OK;
}

static int representative(dtn_raw_side *s, int infoset, int k)
{
    int at = infoset;
    while (s->infoset[at].public[k] != at) {
        s->infoset[at].public[k] = s->infoset[s->infoset[at].public[k]].public[k];
        at = s->infoset[at].public[k];
    }
    return at;
}

/* Information set h of the side was met with something that had been met with *seen - 1. */
static void join(dtn_raw_side *s, int *seen, int h, int k)
{
    if (!*seen) {
        *seen = h + 1;
        return;
    }
    int a = representative(s, *seen - 1, k), b = representative(s, h, k);
    if (a < b)
        s->infoset[b].public[k] = a;
    else
        s->infoset[a].public[k] = b;
}

dtn_status dtn_collect_decision(dtn_collector *c, int depth, int player, int *infoset, int number, int actions)
{
    dtn_raw_side *s = &c->side[player];
    size_t at = (size_t)depth * (size_t)c->players;
    int from = c->sequence[at + (size_t)player];
    if (*infoset < 0) {
        if (s->infosets == s->infoset_room) {
            DTN_TRY(widen(c, (void *)&s->infoset, (size_t)s->infosets, 2 * (size_t)s->infosets,
                          sizeof *s->infoset));
            s->infoset_room *= 2;
        }
        while (s->sequences + actions > s->sequence_room)
            DTN_TRY(widen_sequences(c, player));
        *infoset = s->infosets++;
        s->infoset[*infoset] = (dtn_raw_infoset){.number = number,
                                                 .actions = actions,
                                                 .sequence = s->sequences,
                                                 .from = from,
                                                 .level = c->level[at + (size_t)player],
                                                 .public = {*infoset, *infoset},
                                                 .deal = c->deal[depth]};
        for (int a = 0; a < actions; a++)
            s->set_of[s->sequences++] = *infoset;
    } else if (s->infoset[*infoset].from != from) {
        return dtn_fail(c->ctx, DTN_DOMAIN,
                        "player %d forgets: the information set %d is reached after different own moves",
                        player + 1, number + 1);
    }
    DTN_TRY(add_state(c, depth, player, actions, s->infoset[*infoset].sequence - 1));
    for (int q = 0; q < c->players; q++)
        if (q != player)
            join(s, &s->seen[0][q][c->sequence[at + (size_t)q]], *infoset, 0);
    return DTN_OK;
}

dtn_status dtn_collect_end(dtn_collector *c, int depth, const double *payoff)
{
    dtn_raw_ends *ends = &c->ends;
    size_t players = (size_t)c->players;
    const int *sequence = c->sequence + (size_t)depth * players;
    if (ends->count == ends->room) {
        size_t used = ends->count * players, room = 2 * used;
        DTN_TRY(widen(c, (void *)&ends->sequence, used, room, sizeof *ends->sequence));
        DTN_TRY(widen(c, (void *)&ends->payoff, used, room, sizeof *ends->payoff));
        if (c->play)
            DTN_TRY(widen(c, (void *)&ends->worth, used, room, sizeof *ends->worth));
        ends->room *= 2;
    }
    DTN_TRY(add_state(c, depth, DTN_GAME_END, 0, (int)(ends->count * players)));
    if (c->play)
        memcpy(ends->worth + ends->count * players, payoff, players * sizeof *payoff);
    for (size_t p = 0; p < players; p++) {
        dtn_raw_side *s = &c->side[p];
        ends->sequence[ends->count * players + p] = sequence[p];
        ends->payoff[ends->count * players + p] = c->chance[depth] * payoff[p];
        for (size_t q = 0; q < players; q++)
            if (q != p && sequence[p] && sequence[q])
                join(s, &s->seen[1][q][c->side[q].set_of[sequence[q]]], s->set_of[sequence[p]], 1);
    }
    ends->count++;
    return DTN_OK;
}

dtn_status dtn_collect_finish(dtn_collector *c, dtn_arena *arena, dtn_compiled_game *out)
{
    dtn_ctx *ctx = c->ctx;
    int players = c->players;
    *out = (dtn_compiled_game){.players = players, .ends = c->ends.count};
    DTN_ALLOC(ctx, arena, out->side, players);
    for (int p = 0; p < players; p++) {
        for (int h = 0; h < c->side[p].infosets; h++)
            for (int k = 0; k < 2; k++)
                c->side[p].infoset[h].public[k] = representative(&c->side[p], h, k);
        DTN_TRY(dtn_arrange_side(ctx, arena, &out->side[p], &c->side[p]));
        int *sequence = c->ends.sequence + p;
        for (size_t e = 0; e < c->ends.count; e++, sequence += players)
            *sequence = c->side[p].final[*sequence];
    }
    if (c->play)
        DTN_TRY(keep_play(c, arena, out));
    for (int p = 0; p < players; p++) {
        dtn_arena_mark mark = dtn_arena_save(c->work);
        dtn_status status = dtn_compile_terms(ctx, arena, c->work, &out->side[p], &c->ends, p, players);
        dtn_arena_release(c->work, mark);
        DTN_TRY(status);
    }
    return DTN_OK;
}
