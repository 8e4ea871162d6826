/* What both dispatchers share: finding the method, checking its needs. */
#ifndef DTN_SOLVE_DISPATCH_H
#define DTN_SOLVE_DISPATCH_H

#include "solve/solver.h"

/* ARG with the list of methods when there is none of this name. */
dtn_status dtn_dispatch_find(dtn_ctx *ctx, const dtn_solver **out, const char *name);
/* ARG unless every option given is in the solver's table. */
dtn_status dtn_dispatch_options(dtn_ctx *ctx, const dtn_solver *solver, const dtn_options *given);
/* DOMAIN unless the solver accepts the model and the model has what the solver needs. */
dtn_status dtn_dispatch_check_tree(dtn_ctx *ctx, const dtn_solver *solver, const dtn_tree *tree);
dtn_status dtn_dispatch_check_strategic(dtn_ctx *ctx, const dtn_solver *solver, const dtn_strategic *game);

/* Whether the table of a game that is kept compact is small enough to be made unasked. */
bool dtn_dispatch_expands(const dtn_strategic *game);

/* The payoffs of all players have the same sum in every profile; false for games that are kept compact. */
bool dtn_dispatch_constant_sum(const dtn_strategic *game);

#endif
