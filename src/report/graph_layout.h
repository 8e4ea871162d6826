/* Layered layout of a directed graph, left to right. */
#ifndef DTN_REPORT_GRAPH_LAYOUT_H
#define DTN_REPORT_GRAPH_LAYOUT_H

#include "base/ctx.h"

typedef struct dtn_graph_edge {
    int from, to;
    const double *bend; /* result: [bends][2] points between its ends, from `from` to `to` */
    int bends;
} dtn_graph_edge;

typedef struct dtn_graph_layout {
    int nodes, edges;
    int *layer;           /* [nodes] given by the caller, >= 0 */
    dtn_graph_edge *edge; /* [edges] */
    double column, row;   /* distances of layers and, at least, of neighbours in a layer */
    double *x, *y;        /* result: [nodes] centres, smallest 0 */
    double width, height; /* result: largest x and y */
} dtn_graph_layout;

/* Fills x, y and bends in arena, which may not be the scratch arena. Deterministic. Cost: O(sweeps x edges x layers spanned); meant for up to a few hundred nodes. */
dtn_status dtn_graph_layout_run(dtn_ctx *ctx, dtn_arena *arena, dtn_graph_layout *g);

#endif
