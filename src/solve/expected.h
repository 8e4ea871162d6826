/* Expected payoffs of pure strategies against mixed ones, and their slopes, in doubles: for methods that search. */
#ifndef DTN_SOLVE_EXPECTED_H
#define DTN_SOLVE_EXPECTED_H

#include "model/strategic.h"

enum { DTN_EXPECTED_PLAYERS = 64 };

typedef struct dtn_expected {
    const dtn_strategic *game;
    int players, width;
    const int *first; /* [players]: player p's strategies are numbers first[p] .. first[p] + strategies[p] - 1 of width */
    double scale;   /* largest difference of payoffs of any player */
    double *payoff; /* [players][profiles] divided by scale, the least payoff of each player 0 */
    double *room;   /* [levels][2][profiles] for contractions */
    /* Games that are kept compact: payoff is NULL, room [width]. */
    struct dtn_graph_payoffs *graph;
    const double *least; /* [players] what is taken off a player's payoffs */
    double *sum;         /* [players] */
} dtn_expected;

/* In ctx's scratch. Cost: players x profiles; of compact games, their configurations. */
dtn_status dtn_expected_new(dtn_ctx *ctx, dtn_expected **out, const dtn_strategic *game);
/* u [width]: scaled payoff of each strategy; slope [width][width] (NULL: not wanted): slope[i][j] = scaled payoff of strategy i
 * when the player of j plays j for certain, 0 for strategies of one player. sigma [width]. Cost: some 3 x players x profiles. */
void dtn_expected_at(dtn_expected *e, double *u, double *slope, const double *sigma);
/* Largest gain of a deviation, scaled. */
double dtn_expected_regret(const dtn_expected *e, const double *u, const double *sigma);

#endif
