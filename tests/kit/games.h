/* Small strategic games for tests: from integer tables, or random with a fixed seed. */
#ifndef DTN_TESTS_GAMES_H
#define DTN_TESTS_GAMES_H

#include "kit/kit.h"

#include "model/strategic.h"

/* Two players: a[i * columns + j], b likewise. */
dtn_strategic *kit_bimatrix(dtn_ctx *ctx, int rows, int columns, const int *a, const int *b);
/* Payoffs uniform in [0, range), any number of players. Equal seeds, equal games, on every machine. */
dtn_strategic *kit_random_game(dtn_ctx *ctx, int players, const int *strategies, uint64_t seed, int range);
/* The next number of a fixed generator (splitmix64). */
uint64_t kit_random(uint64_t *state);

#endif
