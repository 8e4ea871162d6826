/* Strategic form: copies names and exact payoffs, and makes scaled integers and doubles of them.
 * Cost: linear in profiles times players. Exact. */
#include "model/strategic.h"

#include <string.h>

enum { INTEGER_BITS = 62 };

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

/* denominator[p] = least common denominator of player p's payoffs; integers only where all of them fit. */
static dtn_status scale(dtn_ctx *ctx, dtn_strategic *game)
{
    size_t players = (size_t)game->players, cells = game->profiles * players;
    fmpz *denominator = dtn_arena_fmpz(game->arena, players);
    int64_t *integer = dtn_arena_array(game->arena, cells, sizeof *integer);
    if (!denominator || !integer)
        return dtn_fail_nomem(ctx);
    for (size_t p = 0; p < players; p++)
        fmpz_one(denominator + p);
    for (size_t i = 0; i < cells; i++)
        fmpz_lcm(denominator + i % players, denominator + i % players, fmpq_denref(game->payoff + i));
    game->denominator = denominator;
    fmpz_t x;
    fmpz_init(x);
    bool fits = true;
    for (size_t i = 0; i < cells && fits; i++) {
        fmpz_divexact(x, denominator + i % players, fmpq_denref(game->payoff + i));
        fmpz_mul(x, x, fmpq_numref(game->payoff + i));
        fits = fmpz_bits(x) <= INTEGER_BITS;
        if (fits)
            integer[i] = fmpz_get_si(x);
    }
    fmpz_clear(x);
    game->integer = fits ? integer : NULL;
    return DTN_OK;
}

static dtn_status fill(dtn_ctx *ctx, dtn_strategic *game, const char *title, const char *const *player,
                       const char *const *const *strategy, const fmpq *payoff)
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
    size_t cells = game->profiles * (size_t)game->players;
    fmpq *exact;
    double *approx;
    DTN_ALLOC_FMPQ(ctx, arena, exact, cells);
    DTN_ALLOC(ctx, arena, approx, cells);
    for (size_t i = 0; i < cells; i++) {
        fmpq_set(exact + i, payoff + i);
        approx[i] = dtn_rational_double(exact + i);
    }
    game->payoff = exact;
    game->approx = approx;
    return scale(ctx, game);
}

dtn_status dtn_strategic_new(dtn_ctx *ctx, dtn_strategic **out, const char *title, int players,
                             const int *strategies, const char *const *player,
                             const char *const *const *strategy, const fmpq *payoff)
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
    dtn_status status = fill(ctx, game, title, player, strategy, payoff);
    if (status != DTN_OK) {
        dtn_arena_free(arena);
        return status;
    }
    *out = game;
    return DTN_OK;
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
    if (game)
        dtn_arena_free(game->arena);
}
