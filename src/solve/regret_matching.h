/* Inside of the solver `regret-matching`: games with a table and games that are kept compact. */
#ifndef DTN_SOLVE_REGRET_MATCHING_H
#define DTN_SOLVE_REGRET_MATCHING_H

#include "solve/solver.h"

/* A strategy in proportion to the positive regrets [n]; any when there is none. */
int dtn_regret_draw(uint64_t *random, const double *regret, int n);
/* Words average payoffs and regrets: number [players][2]. */
void dtn_regret_word(dtn_ctx *ctx, dtn_profile_run *run, const fmpq *number, long rounds);
/* Plays a game with a graph, in which players have no types. */
dtn_status dtn_regret_graph(dtn_ctx *ctx, dtn_profile_run *run, const dtn_strategic *game, long rounds);

#endif
