/* Expected payoffs of an action-graph game without its table; expected.c calls this for games that have a graph. */
#ifndef DTN_SOLVE_EXPECTED_GRAPH_H
#define DTN_SOLVE_EXPECTED_GRAPH_H

#include "model/action_graph.h"

typedef struct dtn_graph_payoffs dtn_graph_payoffs;

/* In ctx's scratch. least, most [agents]: of the payoffs each agent may get. */
dtn_status dtn_graph_payoffs_new(dtn_ctx *ctx, dtn_graph_payoffs **out, const dtn_action_graph *graph,
                                 double *least, double *most);
/* u [width] and slope [width][width] as dtn_expected_at, not scaled. Cost: for each two classes of players that differ in what they
 * play, and each action node: players x partial configurations x log(classes). */
void dtn_graph_payoffs_at(dtn_graph_payoffs *e, double *u, double *slope, const double *sigma);

#endif
