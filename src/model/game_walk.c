/* Walks through all states of a game given by functions.
 *
 * Method: preorder, with the states of the current path on a stack; information sets are found in a hash table by player and by what the player
 *   knows.
 * Cost: linear in the states, one table look-up a decision. Memory: the path and the texts of the information sets. */
#include "model/game_walk.h"

#include <stdio.h>
#include <string.h>

enum { LONGEST = 100000 };

typedef struct known {
    uint64_t hash;
    int player, infoset, moves;
    char *text;
} known;

typedef struct level {
    int move, moves; /* next move to try */
    int mover, infoset;
} level;

typedef struct walk {
    dtn_ctx *ctx;
    dtn_arena *work;
    const dtn_game *game;
    const dtn_game_visitor *visitor;
    unsigned char *state; /* [room][stride] states of the path */
    size_t stride;
    level *path;
    int depth, room;
    known *table;
    size_t slots, used;
    dtn_fraction payoff[DTN_GAME_MOST_PLAYERS];
} walk;

dtn_status dtn_game_check(dtn_ctx *ctx, const dtn_game *g)
{
    if (!g->title || !g->begin || !g->mover || !g->moves || !g->apply || !g->payoff || !g->known)
        return dtn_fail(
            ctx, DTN_ARG,
            "a game needs a title and the functions begin, mover, moves, apply, payoff and known");
    if (g->players < 1 || g->players > DTN_GAME_MOST_PLAYERS)
        return dtn_fail(ctx, DTN_ARG, "the game \"%s\": found %d players, expected 1 to %d", g->title,
                        g->players, (int)DTN_GAME_MOST_PLAYERS);
    if (g->state_bytes < 1)
        return dtn_fail(ctx, DTN_ARG, "the game \"%s\": a state has no bytes", g->title);
    return DTN_OK;
}

static void *state_at(const walk *w, int depth)
{
    return w->state + (size_t)depth * w->stride;
}

static uint64_t hash_of(int player, const char *text)
{
    uint64_t h = 0xcbf29ce484222325u ^ (uint64_t)player;
    for (; *text; text++)
        h = (h ^ (unsigned char)*text) * 0x100000001b3u;
    return h ^ h >> 29;
}

static known *look_up(const walk *w, uint64_t hash, int player, const char *text)
{
    size_t at = hash & (w->slots - 1);
    while (w->table[at].text && (w->table[at].hash != hash || w->table[at].player != player ||
                                 strcmp(w->table[at].text, text) != 0))
        at = (at + 1) & (w->slots - 1);
    return &w->table[at];
}

static dtn_status widen_table(walk *w)
{
    known *old = w->table;
    size_t slots = w->slots;
    w->slots = slots ? 2 * slots : 256;
    DTN_ALLOC(w->ctx, w->work, w->table, w->slots);
    for (size_t i = 0; i < slots; i++)
        if (old[i].text)
            *look_up(w, old[i].hash, old[i].player, old[i].text) = old[i];
    return DTN_OK;
}

void dtn_game_move_name(const dtn_game *game, const void *state, int move, char *text)
{
    *text = '\0';
    if (game->name)
        game->name(game->rules, state, move, text, DTN_GAME_TEXT);
    else
        snprintf(text, DTN_GAME_TEXT, "%d", move + 1);
    text[DTN_GAME_TEXT - 1] = '\0';
}

/* The information set in which a player moves. */
static dtn_status information_set(walk *w, level *here, const dtn_game_way *way, const void *state)
{
    char text[DTN_GAME_TEXT] = "";
    w->game->known(w->game->rules, state, text, DTN_GAME_TEXT);
    text[DTN_GAME_TEXT - 1] = '\0';
    if (2 * w->used >= w->slots)
        DTN_TRY(widen_table(w));
    uint64_t hash = hash_of(here->mover, text);
    known *at = look_up(w, hash, here->mover, text);
    bool fresh = !at->text;
    if (fresh) {
        *at = (known){hash, here->mover, (int)w->used++, here->moves, dtn_arena_strdup(w->work, text)};
        if (!at->text)
            return dtn_fail_nomem(w->ctx);
    } else if (at->moves != here->moves) {
        return dtn_fail(w->ctx, DTN_ARG,
                        "the game \"%s\": where player %d knows \"%s\" there are %d moves, and %d at "
                        "another such state",
                        w->game->title, here->mover + 1, text, at->moves, here->moves);
    }
    here->infoset = at->infoset;
    return w->visitor->decision(w->visitor->user, w->depth, way, here->mover, at->infoset, fresh, at->text,
                                here->moves, state);
}

/* Room for one more level; states move along. */
static dtn_status deepen(walk *w)
{
    if (w->depth + 1 < w->room)
        return DTN_OK;
    if (w->depth > LONGEST)
        return dtn_fail(w->ctx, DTN_ARG, "the game \"%s\" does not end after %d moves", w->game->title,
                        (int)LONGEST);
    int room = w->room ? 2 * w->room : 64;
    unsigned char *state;
    level *path;
    DTN_ALLOC(w->ctx, w->work, state, (size_t)room * w->stride);
    DTN_ALLOC(w->ctx, w->work, path, room);
    if (w->room) {
        memcpy(state, w->state, (size_t)w->room * w->stride);
        memcpy(path, w->path, (size_t)w->room * sizeof *path);
    }
    w->state = state;
    w->path = path;
    w->room = room;
    return DTN_OK;
}

static dtn_status check_number(const walk *w, dtn_fraction x, const char *what)
{
    return x.den > 0
               ? DTN_OK
               : dtn_fail(w->ctx, DTN_ARG, "the game \"%s\": %s has the denominator %lld, expected above 0",
                          w->game->title, what, (long long)x.den);
}

static dtn_status end_of_play(walk *w, const dtn_game_way *way, const void *state)
{
    const dtn_game *g = w->game;
    for (int p = 0; p < g->players; p++)
        w->payoff[p] = (dtn_fraction){0, 1};
    g->payoff(g->rules, state, w->payoff);
    for (int p = 0; p < g->players; p++)
        DTN_TRY(check_number(w, w->payoff[p], "a payoff"));
    return w->visitor->end(w->visitor->user, w->depth, way, w->payoff);
}

/* The state at w->depth, told to the visitor. */
static dtn_status arrive(walk *w)
{
    const dtn_game *g = w->game;
    void *state = state_at(w, w->depth);
    level *above = w->depth ? &w->path[w->depth - 1] : NULL, *here = &w->path[w->depth];
    dtn_game_way into = {0}, *way = NULL;
    if (above) {
        const void *before = state_at(w, w->depth - 1);
        into = (dtn_game_way){above->mover, above->infoset,    above->move - 1,
                              above->moves, {1, above->moves}, before};
        way = &into;
        if (above->mover == DTN_GAME_CHANCE && g->chance)
            into.probability = g->chance(g->rules, before, into.branch);
        DTN_TRY(check_number(w, into.probability, "a probability"));
    }
    int mover = g->mover(g->rules, state);
    *here = (level){.mover = mover, .infoset = -1};
    if (mover == DTN_GAME_END)
        return end_of_play(w, way, state);
    if (mover != DTN_GAME_CHANCE && (mover < 0 || mover >= g->players))
        return dtn_fail(w->ctx, DTN_ARG, "the game \"%s\": found the mover %d, expected 0 to %d", g->title,
                        mover, g->players - 1);
    here->moves = g->moves(g->rules, state);
    if (here->moves < 1 || here->moves > DTN_GAME_MOST_MOVES)
        return dtn_fail(w->ctx, DTN_ARG, "the game \"%s\": found %d moves, expected 1 to %d", g->title,
                        here->moves, (int)DTN_GAME_MOST_MOVES);
    if (mover == DTN_GAME_CHANCE)
        return w->visitor->chance(w->visitor->user, w->depth, way, here->moves);
    return information_set(w, here, way, state);
}

dtn_status dtn_game_walk(dtn_ctx *ctx, dtn_arena *work, const dtn_game *game, const dtn_game_visitor *visitor)
{
    DTN_TRY(dtn_game_check(ctx, game));
    /* Every state of the path is aligned as malloc would align it. */
    walk w = {.ctx = ctx,
              .work = work,
              .game = game,
              .visitor = visitor,
              .stride = (game->state_bytes + 63) / 64 * 64};
    DTN_TRY(deepen(&w));
    game->begin(game->rules, state_at(&w, 0));
    DTN_TRY(arrive(&w));
    for (long steps = 0; w.depth >= 0; steps++) {
        level *here = &w.path[w.depth];
        if (here->move == here->moves) { /* at an end both are 0 */
            w.depth--;
            continue;
        }
        if (steps % 4096 == 0)
            DTN_TRY(dtn_ctx_poll(ctx));
        int move = here->move++;
        DTN_TRY(deepen(&w));
        memcpy(state_at(&w, w.depth + 1), state_at(&w, w.depth), game->state_bytes);
        w.depth++;
        game->apply(game->rules, state_at(&w, w.depth), move);
        DTN_TRY(arrive(&w));
    }
    return DTN_OK;
}
