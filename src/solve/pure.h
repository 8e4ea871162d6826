/* Inside of the solver `pure`: games that are kept compact. */
#ifndef DTN_SOLVE_PURE_H
#define DTN_SOLVE_PURE_H

#include "solve/solver.h"

/* All pure equilibria of a game with a graph: one for each way in which players who are alike share out the actions, or every
 * profile where these are few. */
dtn_status dtn_pure_graph(dtn_ctx *ctx, dtn_profile_run *run, const dtn_strategic *game);

#endif
