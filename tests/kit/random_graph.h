/* Random action-graph games for tests, small enough to be expanded. */
#ifndef DTN_TESTS_RANDOM_GRAPH_H
#define DTN_TESTS_RANDOM_GRAPH_H

#include "kit/kit.h"

#include "model/action_graph.h"

typedef struct kit_random_graph_spec {
    int players, actions, functions;
    bool bayesian; /* up to two types a player */
    bool alike;    /* all players may choose every action */
    int range;     /* payoffs are integers in [0, range) */
} kit_random_graph_spec;

/* Equal seeds, equal games. Function nodes of every kind. */
dtn_strategic *kit_random_graph(dtn_ctx *ctx, const kit_random_graph_spec *spec, uint64_t seed);
/* A random mixed profile [width of the game], some probabilities 0. */
void kit_random_mixture(fmpq *sigma, const dtn_strategic *game, uint64_t *state);

#endif
