/* Strategic form: names and a table of payoffs.
 * Cost: linear in profiles times players. Exact. */
#include "model/strategic.h"

#include <string.h>

#include "model/action_graph.h"

/* Copies the names, NULL entries or a NULL table becoming "1", "2", ... */
static dtn_status copy_names(dtn_ctx *ctx, dtn_arena *arena, const char ***out, int count,
                             const char *const *names)
{
    DTN_ALLOC(ctx, arena, *out, count);
    for (int i = 0; i < count; i++) {
        const char *name = names ? names[i] : NULL;
        (*out)[i] = name ? dtn_arena_strdup(arena, name) : dtn_arena_printf(arena, "%d", i + 1);
        if (!(*out)[i])
            return dtn_fail_nomem(ctx);
    }
    return DTN_OK;
}

static dtn_status fill(dtn_ctx *ctx, dtn_strategic *game, const char *title, const char *const *player,
                       const char *const *const *strategy)
{
    dtn_arena *arena = game->arena;
    const char **player_names, ***strategy_names;
    game->title = dtn_arena_strdup(arena, title ? title : "");
    if (!game->title)
        return dtn_fail_nomem(ctx);
    DTN_TRY(copy_names(ctx, arena, &player_names, game->players, player));
    DTN_ALLOC(ctx, arena, strategy_names, game->players);
    for (int p = 0; p < game->players; p++)
        DTN_TRY(copy_names(ctx, arena, &strategy_names[p], game->strategies[p], strategy ? strategy[p] : NULL));
    game->player = player_names;
    game->strategy = (const char *const *const *)strategy_names;
    return dtn_payoffs_make(ctx, &game->payoff, arena, game->profiles, (size_t)game->players);
}

dtn_status dtn_strategic_new_zero(dtn_ctx *ctx, dtn_strategic **out, const char *title, int players,
                                  const int *strategies, const char *const *player,
                                  const char *const *const *strategy)
{
    *out = NULL;
    if (players < 1)
        return dtn_fail(ctx, DTN_ARG, "a strategic game with %d players: expected at least 1", players);
    size_t profiles = 1, most = SIZE_MAX / 64 / (size_t)players;
    for (int p = 0; p < players; p++) {
        if (strategies[p] < 1)
            return dtn_fail(ctx, DTN_ARG, "player %d has %d strategies: expected at least 1", p + 1,
                            strategies[p]);
        if (profiles > most / (size_t)strategies[p])
            return dtn_fail(ctx, DTN_ARG, "the number of strategy profiles overflows at player %d", p + 1);
        profiles *= (size_t)strategies[p];
    }
    dtn_arena *arena = dtn_arena_new(ctx);
    dtn_strategic *game = arena ? dtn_arena_array(arena, 1, sizeof *game) : NULL;
    int *sizes = game ? dtn_arena_array(arena, (size_t)players, sizeof *sizes) : NULL;
    if (!sizes) {
        dtn_arena_free(arena);
        return dtn_fail_nomem(ctx);
    }
    memcpy(sizes, strategies, (size_t)players * sizeof *sizes);
    *game = (dtn_strategic){
        .arena = arena, .about = "", .players = players, .strategies = sizes, .profiles = profiles};
    dtn_status status = fill(ctx, game, title, player, strategy);
    if (status != DTN_OK) {
        dtn_arena_free(arena);
        return status;
    }
    *out = game;
    return DTN_OK;
}

dtn_status dtn_strategic_new(dtn_ctx *ctx, dtn_strategic **out, const char *title, int players,
                             const int *strategies, const char *const *player,
                             const char *const *const *strategy, const fmpq *payoff)
{
    DTN_TRY(dtn_strategic_new_zero(ctx, out, title, players, strategies, player, strategy));
    dtn_status status = DTN_OK;
    dtn_strategic *game = *out;
    for (size_t i = 0, cell = 0; i < game->profiles; i++)
        for (int p = 0; p < players && status == DTN_OK; p++, cell++)
            status = dtn_payoffs_set(ctx, &game->payoff, i, (size_t)p, payoff + cell);
    if (status != DTN_OK) {
        dtn_strategic_free(game);
        *out = NULL;
    }
    return status;
}

dtn_status dtn_strategic_set_about(dtn_ctx *ctx, dtn_strategic *game, const char *about)
{
    const char *copy = dtn_arena_strdup(game->arena, about);
    if (!copy)
        return dtn_fail_nomem(ctx);
    game->about = copy;
    return DTN_OK;
}

void dtn_strategic_free(dtn_strategic *game)
{
    if (!game)
        return;
    dtn_action_graph_free(game->graph);
    dtn_arena_free(game->arena);
}
