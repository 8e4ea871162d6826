/* Small strategic games for tests. */
#include "kit/games.h"

uint64_t kit_random(uint64_t *state)
{
    uint64_t z = (*state += 0x9e3779b97f4a7c15u);
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

dtn_strategic *kit_bimatrix(dtn_ctx *ctx, int rows, int columns, const int *a, const int *b)
{
    dtn_arena *arena = dtn_arena_new(ctx);
    assert_non_null(arena);
    fmpq *payoff = dtn_arena_fmpq(arena, 2 * (size_t)(rows * columns));
    for (int i = 0; i < rows; i++)
        for (int j = 0; j < columns; j++) {
            fmpq_set_si(payoff + 2 * (i + rows * j), a[i * columns + j], 1);
            fmpq_set_si(payoff + 2 * (i + rows * j) + 1, b[i * columns + j], 1);
        }
    dtn_strategic *game;
    assert_ok(ctx, dtn_strategic_new(ctx, &game, "test", 2, (int[]){rows, columns}, NULL, NULL, payoff));
    dtn_arena_free(arena);
    return game;
}

dtn_strategic *kit_random_game(dtn_ctx *ctx, int players, const int *strategies, uint64_t seed, int range)
{
    size_t cells = (size_t)players;
    for (int p = 0; p < players; p++)
        cells *= (size_t)strategies[p];
    dtn_arena *arena = dtn_arena_new(ctx);
    assert_non_null(arena);
    fmpq *payoff = dtn_arena_fmpq(arena, cells);
    for (size_t i = 0; i < cells; i++)
        fmpq_set_si(payoff + i, (slong)(kit_random(&seed) % (uint64_t)range), 1);
    dtn_strategic *game;
    assert_ok(ctx, dtn_strategic_new(ctx, &game, "random", players, strategies, NULL, NULL, payoff));
    dtn_arena_free(arena);
    return game;
}
