/* The tree of a game given by functions.
 *
 * Cost: that of the walk (game_walk.c). Exact: probabilities and payoffs are fractions. */
#include "model/game_tree.h"

#include <stdio.h>
#include <string.h>

#include "model/game_walk.h"

enum { NAMELESS = 24 };

typedef struct make {
    dtn_ctx *ctx;
    const dtn_game *game;
    dtn_tree_builder *b;
    dtn_arena *work;
    int *node, depths;      /* [depths] of the path */
    int *infoset, infosets; /* [infosets] of the builder, by the walk's number */
    const char **name;      /* [slots] hash table of the names given so far */
    size_t slots, names;
    dtn_action *action; /* [action_room] */
    char *action_text;
    int action_room;
    fmpq *number; /* [players + 1] */
} make;

static dtn_status list_actions(make *m, const void *state, int moves)
{
    if (moves > m->action_room) {
        m->action_room = moves;
        DTN_ALLOC(m->ctx, m->work, m->action, moves);
        DTN_ALLOC(m->ctx, m->work, m->action_text, (size_t)moves * DTN_GAME_TEXT);
    }
    for (int a = 0; a < moves; a++) {
        char *text = m->action_text + (size_t)a * DTN_GAME_TEXT;
        dtn_game_move_name(m->game, state, a, text);
        m->action[a] = (dtn_action){.name = text, .target = -1};
    }
    return DTN_OK;
}

static void set_number(fmpq *out, dtn_fraction x)
{
    fmpz_set_si(fmpq_numref(out), (slong)x.num);
    fmpz_set_si(fmpq_denref(out), (slong)x.den);
    fmpq_canonicalise(out);
}

static size_t slot_of(const make *m, const char *text)
{
    uint64_t h = 0xcbf29ce484222325u;
    for (const char *c = text; *c; c++)
        h = (h ^ (unsigned char)*c) * 0x100000001b3u;
    size_t at = (h ^ h >> 29) & (m->slots - 1);
    while (m->name[at] && strcmp(m->name[at], text) != 0)
        at = (at + 1) & (m->slots - 1);
    return at;
}

/* Whether a name is taken; from now on it is. The text must last. */
static dtn_status take_name(make *m, bool *taken, const char *text)
{
    if (2 * m->names >= m->slots) {
        const char **old = m->name;
        size_t slots = m->slots;
        m->slots = slots ? 2 * slots : 256;
        DTN_ALLOC(m->ctx, m->work, m->name, m->slots);
        for (size_t i = 0; i < slots; i++)
            if (old[i])
                m->name[slot_of(m, old[i])] = old[i];
    }
    size_t at = slot_of(m, text);
    *taken = m->name[at] != NULL;
    m->names += !*taken;
    m->name[at] = text;
    return DTN_OK;
}

static dtn_status widen(dtn_ctx *ctx, dtn_arena *arena, int **list, int *room, int wanted)
{
    if (wanted < *room)
        return DTN_OK;
    int *fresh, wider = *room ? 2 * *room : 64;
    DTN_ALLOC(ctx, arena, fresh, wider);
    if (*room)
        memcpy(fresh, *list, (size_t)*room * sizeof *fresh);
    *list = fresh;
    *room = wider;
    return DTN_OK;
}

/* spec, completed by the way into the state. */
static dtn_status add(make *m, int depth, const dtn_game_way *way, dtn_node_spec spec)
{
    char via[DTN_GAME_TEXT] = "";
    DTN_TRY(widen(m->ctx, m->work, &m->node, &m->depths, depth));
    spec.parent = way ? m->node[depth - 1] : -1;
    spec.branch = way ? way->branch : 0;
    spec.outcome = spec.draw = -1;
    spec.label = spec.move = "";
    if (way && way->mover == DTN_GAME_CHANCE) {
        set_number(m->number + m->game->players, way->probability);
        dtn_game_move_name(m->game, way->above, way->branch, via);
        spec.prob = m->number + m->game->players;
        spec.via = via;
    }
    return dtn_tree_add_node(m->b, &m->node[depth], &spec);
}

static dtn_status chance(void *user, int depth, const dtn_game_way *way, int moves)
{
    (void)moves;
    return add(user, depth, way, (dtn_node_spec){.kind = DTN_NODE_CHANCE, .infoset = -1});
}

static dtn_status decision(void *user, int depth, const dtn_game_way *way, int player, int infoset,
                           bool fresh, const char *text, int moves, const void *state)
{
    make *m = user;
    if (fresh) {
        char name[DTN_GAME_TEXT + NAMELESS];
        bool taken;
        DTN_TRY(widen(m->ctx, m->work, &m->infoset, &m->infosets, infoset));
        DTN_TRY(take_name(m, &taken, text));
        if (taken)
            snprintf(name, sizeof name, "%s (player %d)", text, player + 1);
        DTN_TRY(list_actions(m, state, moves));
        DTN_TRY(dtn_tree_add_infoset(m->b, &m->infoset[infoset], player, -1, taken ? name : text, "", moves,
                                     m->action));
    }
    return add(m, depth, way, (dtn_node_spec){.kind = DTN_NODE_DECISION, .infoset = m->infoset[infoset]});
}

static dtn_status end(void *user, int depth, const dtn_game_way *way, const dtn_fraction *payoff)
{
    make *m = user;
    for (int p = 0; p < m->game->players; p++)
        set_number(m->number + p, payoff[p]);
    return add(m, depth, way, (dtn_node_spec){.kind = DTN_NODE_TERMINAL, .infoset = -1, .payoff = m->number});
}

static dtn_status start(make *m)
{
    const dtn_game *g = m->game;
    DTN_TRY(dtn_tree_builder_new(m->ctx, &m->b, g->title));
    if (g->about)
        DTN_TRY(dtn_tree_set_about(m->b, g->about));
    for (int p = 0; p < g->players; p++) {
        char name[16];
        int player;
        snprintf(name, sizeof name, "%d", p + 1);
        const char *given = g->player ? g->player[p] : name;
        DTN_TRY(dtn_tree_add_player(m->b, &player, given, given, 0, NULL));
    }
    DTN_ALLOC_FMPQ(m->ctx, m->work, m->number, g->players + 1);
    return dtn_game_walk(m->ctx, m->work, g, &(dtn_game_visitor){chance, decision, end, m});
}

dtn_status dtn_tree_of_game(dtn_ctx *ctx, dtn_tree **out, const dtn_game *game)
{
    *out = NULL;
    DTN_TRY(dtn_game_check(ctx, game));
    make m = {.ctx = ctx, .game = game, .work = dtn_arena_new(ctx)};
    if (!m.work)
        return dtn_fail_nomem(ctx);
    dtn_status status = start(&m);
    dtn_arena_free(m.work);
    if (status == DTN_OK)
        return dtn_tree_finish(ctx, out, m.b);
    dtn_tree_builder_free(m.b);
    return status;
}
