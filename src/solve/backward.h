/* Backward induction: the pass for trees whose values are unique. Internal to backward*.c. */
#ifndef DTN_SOLVE_BACKWARD_H
#define DTN_SOLVE_BACKWARD_H

#include "model/assessment.h"

/* One sweep that keeps one payoff vector a level. *unique false: some mover is indifferent between moves that differ for others, and
 * *e is not filled. Otherwise *e is the equilibrium, moves that are as good for everybody being free; without description.
 * In arena. Cost: one comparison a branch, memory: the answer and the depth of the tree. */
dtn_status dtn_backward_unique(dtn_ctx *ctx, dtn_arena *arena, dtn_equilibrium *e, bool *unique,
                               const dtn_tree *tree);

#endif
