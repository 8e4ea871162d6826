/* The tree of a game given by functions.
 *
 * Method: a walk in preorder with the states of the current path on a stack; information sets are found in a hash table by player and by what
 *   the player knows.
 * Cost: linear in the states, one table look-up a decision. Exact: probabilities and payoffs are fractions. */
#include "model/game_tree.h"

#include <stdio.h>
#include <string.h>

enum { NAMELESS = 24, LONGEST = 100000 };

typedef struct known {
    uint64_t hash;
    int player, infoset, moves;
    char *text;
} known;

typedef struct level {
    int node, move, moves; /* next move to try */
    int mover;
} level;

typedef struct walk {
    dtn_ctx *ctx;
    const dtn_game *game;
    dtn_tree_builder *b;
    dtn_arena *work;
    unsigned char *state; /* [room][stride] states of the path */
    size_t stride;
    level *path;
    int depth, room;
    known *table;
    size_t slots, used;
    dtn_action *action; /* [action_room] */
    char *action_text;
    int action_room;
    fmpq *number; /* [players + 1] */
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

static void move_name(const walk *w, const void *state, int move, char *text)
{
    *text = '\0';
    if (w->game->name)
        w->game->name(w->game->rules, state, move, text, DTN_GAME_TEXT);
    else
        snprintf(text, DTN_GAME_TEXT, "%d", move + 1);
    text[DTN_GAME_TEXT - 1] = '\0';
}

static dtn_status list_actions(walk *w, const void *state, int moves)
{
    if (moves > w->action_room) {
        w->action_room = moves;
        DTN_ALLOC(w->ctx, w->work, w->action, moves);
        DTN_ALLOC(w->ctx, w->work, w->action_text, (size_t)moves * DTN_GAME_TEXT);
    }
    for (int a = 0; a < moves; a++) {
        char *text = w->action_text + (size_t)a * DTN_GAME_TEXT;
        move_name(w, state, a, text);
        w->action[a] = (dtn_action){.name = text, .target = -1};
    }
    return DTN_OK;
}

/* The information set in which a player moves. */
static dtn_status information_set(walk *w, int *out, const void *state, int player, int moves)
{
    char text[DTN_GAME_TEXT + NAMELESS] = "";
    w->game->known(w->game->rules, state, text, DTN_GAME_TEXT);
    text[DTN_GAME_TEXT - 1] = '\0';
    if (2 * w->used >= w->slots)
        DTN_TRY(widen_table(w));
    uint64_t hash = hash_of(player, text);
    known *at = look_up(w, hash, player, text);
    if (at->text) {
        if (at->moves != moves)
            return dtn_fail(
                w->ctx,
                DTN_ARG, "the game \"%s\": where player %d knows \"%s\" there are %d moves, and %d at another such state",
                w->game->title, player + 1, text, at->moves, moves);
        *out = at->infoset;
        return DTN_OK;
    }
    bool taken = false;
    for (int p = 0; p < w->game->players && !taken; p++)
        taken = look_up(w, hash_of(p, text), p, text)->text;
    *at = (known){hash, player, 0, moves, dtn_arena_strdup(w->work, text)};
    if (!at->text)
        return dtn_fail_nomem(w->ctx);
    w->used++;
    if (taken)
        snprintf(text + strlen(text), NAMELESS, " (player %d)", player + 1);
    DTN_TRY(list_actions(w, state, moves));
    DTN_TRY(dtn_tree_add_infoset(w->b, &at->infoset, player, -1, text, "", moves, w->action));
    *out = at->infoset;
    return DTN_OK;
}

static dtn_status number(walk *w, fmpq *out, dtn_fraction x, const char *what)
{
    if (x.den <= 0)
        return dtn_fail(w->ctx, DTN_ARG, "the game \"%s\": %s has the denominator %lld, expected above 0",
                        w->game->title, what, (long long)x.den);
    fmpz_set_si(fmpq_numref(out), (slong)x.num);
    fmpz_set_si(fmpq_denref(out), (slong)x.den);
    fmpq_canonicalise(out);
    return DTN_OK;
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

/* Adds the node of the state at w->depth, whose parent (if any) is one level up. */
static dtn_status add_node(walk *w)
{
    const dtn_game *g = w->game;
    void *state = state_at(w, w->depth);
    level *above = w->depth ? &w->path[w->depth - 1] : NULL, *here = &w->path[w->depth];
    char via[DTN_GAME_TEXT] = "";
    dtn_node_spec spec = {.parent = above ? above->node : -1,
                          .branch = above ? above->move - 1 : 0,
                          .infoset = -1,
                          .outcome = -1,
                          .draw = -1,
                          .label = "",
                          .move = ""};
    if (above && above->mover == DTN_GAME_CHANCE) {
        void *parent = state_at(w, w->depth - 1);
        dtn_fraction prob =
            g->chance ? g->chance(g->rules, parent, spec.branch) : (dtn_fraction){1, above->moves};
        DTN_TRY(number(w, w->number + g->players, prob, "a probability"));
        spec.prob = w->number + g->players;
        move_name(w, parent, spec.branch, via);
        spec.via = via;
    }
    int mover = g->mover(g->rules, state);
    *here = (level){.mover = mover};
    if (mover == DTN_GAME_END) {
        spec.kind = DTN_NODE_TERMINAL;
        for (int p = 0; p < g->players; p++)
            w->payoff[p] = (dtn_fraction){0, 1};
        g->payoff(g->rules, state, w->payoff);
        for (int p = 0; p < g->players; p++)
            DTN_TRY(number(w, w->number + p, w->payoff[p], "a payoff"));
        spec.payoff = w->number;
        return dtn_tree_add_node(w->b, &here->node, &spec);
    }
    if (mover != DTN_GAME_CHANCE && (mover < 0 || mover >= g->players))
        return dtn_fail(w->ctx, DTN_ARG, "the game \"%s\": found the mover %d, expected 0 to %d", g->title,
                        mover, g->players - 1);
    here->moves = g->moves(g->rules, state);
    if (here->moves < 1 || here->moves > DTN_GAME_MOST_MOVES)
        return dtn_fail(w->ctx, DTN_ARG, "the game \"%s\": found %d moves, expected 1 to %d", g->title,
                        here->moves, (int)DTN_GAME_MOST_MOVES);
    spec.kind = mover == DTN_GAME_CHANCE ? DTN_NODE_CHANCE : DTN_NODE_DECISION;
    if (mover != DTN_GAME_CHANCE)
        DTN_TRY(information_set(w, &spec.infoset, state, mover, here->moves));
    return dtn_tree_add_node(w->b, &here->node, &spec);
}

static dtn_status walk_all(walk *w)
{
    const dtn_game *g = w->game;
    DTN_TRY(deepen(w));
    g->begin(g->rules, state_at(w, 0));
    DTN_TRY(add_node(w));
    for (long steps = 0; w->depth >= 0; steps++) {
        level *here = &w->path[w->depth];
        if (here->move == here->moves) { /* at an end both are 0 */
            w->depth--;
            continue;
        }
        if (steps % 4096 == 0)
            DTN_TRY(dtn_ctx_poll(w->ctx));
        int move = here->move++;
        DTN_TRY(deepen(w));
        memcpy(state_at(w, w->depth + 1), state_at(w, w->depth), g->state_bytes);
        w->depth++;
        g->apply(g->rules, state_at(w, w->depth), move);
        DTN_TRY(add_node(w));
    }
    return DTN_OK;
}

static dtn_status start(walk *w)
{
    const dtn_game *g = w->game;
    DTN_TRY(dtn_tree_builder_new(w->ctx, &w->b, g->title));
    if (g->about)
        DTN_TRY(dtn_tree_set_about(w->b, g->about));
    for (int p = 0; p < g->players; p++) {
        char name[16];
        int player;
        snprintf(name, sizeof name, "%d", p + 1);
        const char *given = g->player ? g->player[p] : name;
        DTN_TRY(dtn_tree_add_player(w->b, &player, given, given, 0, NULL));
    }
    DTN_ALLOC_FMPQ(w->ctx, w->work, w->number, g->players + 1);
    return walk_all(w);
}

dtn_status dtn_tree_of_game(dtn_ctx *ctx, dtn_tree **out, const dtn_game *game)
{
    *out = NULL;
    DTN_TRY(dtn_game_check(ctx, game));
    /* Every state of the path is aligned as malloc would align it. */
    walk w = {
        .ctx = ctx, .game = game, .stride = (game->state_bytes + 63) / 64 * 64, .work = dtn_arena_new(ctx)};
    if (!w.work)
        return dtn_fail_nomem(ctx);
    dtn_status status = start(&w);
    dtn_arena_free(w.work);
    if (status == DTN_OK)
        return dtn_tree_finish(ctx, out, w.b);
    dtn_tree_builder_free(w.b);
    return status;
}
