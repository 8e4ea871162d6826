/* Expected payoffs and slopes of an action-graph game in ball arithmetic: for Newton's method and for proofs. */
#ifndef DTN_SOLVE_GRAPH_BALL_H
#define DTN_SOLVE_GRAPH_BALL_H

#include "model/action_graph.h"
#include "num/ball.h"
#if __FLINT_VERSION >= 3
#include <flint/arb_mat.h>
#else
#include <arb_mat.h>
#endif

typedef struct dtn_graph_ball dtn_graph_ball;

/* In ctx's scratch. middle [width]: players who have the same types and actions, and the same numbers here, are taken to have the same
 * probabilities in every call; classes that this makes: *classes, and class_of [players] (both borrowed). */
dtn_status dtn_graph_ball_new(dtn_ctx *ctx, dtn_graph_ball **out, const dtn_action_graph *graph,
                              const fmpq *middle);
const int *dtn_graph_ball_classes(const dtn_graph_ball *b, int *classes);
/* u [width] at x [width]; slope (NULL: not wanted) [width][width]: derivative of u[i] by x[j] (0 for j of the same player). x encloses
 * distributions or not: payoffs are polynomials. Cost: classes^2 x nodes x players x partial configurations. */
dtn_status dtn_graph_ball_at(dtn_ctx *ctx, dtn_graph_ball *b, arb_struct *u, arb_mat_struct *slope,
                             const arb_struct *x, slong bits);

#endif
