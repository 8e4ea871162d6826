/* Which part of a game tree is drawn, and where: left to right, ends one below the other. */
#ifndef DTN_REPORT_TREE_LAYOUT_H
#define DTN_REPORT_TREE_LAYOUT_H

#include "model/assessment.h"

typedef struct dtn_tree_spot {
    int node;
    bool stub;         /* the tree goes on but is not drawn further */
    int ends;          /* terminals below (and of the siblings folded into this one, together) */
    int alike;         /* siblings drawn as this one: their number; 0: none */
    int parent, depth; /* spot of the parent, -1 at the root */
    int first, count;  /* children: spots first .. first + count - 1 */
    int run_end; /* node of the last of a run of siblings that are not played, drawn as this one stub; -1: no run */
    int hidden; /* branches of this node that are left out beside those drawn */
    int lane;   /* within its column */
    double x, y;
} dtn_tree_spot;

typedef struct dtn_tree_layout {
    dtn_tree_spot *spot;    /* [spots]; 0 = root; children after their parent */
    int spots, rows, depth; /* rows: ends and stubs; depth: largest */
    int *lanes;             /* [depth + 1] lanes of each column */
    bool whole;             /* nothing is left out */
} dtn_tree_layout;

/* reach: [nodes] or NULL. At most about most_rows rows: the whole tree when it fits, otherwise what is reached with positive
 * probability and one step beside it (without reach: from the root, level by level). Gives y in rows (0, 1, ...), lanes and
 * depths; x is left to whoever knows the widths of the words. Sibling subtrees that say the same are folded into one. */
dtn_status dtn_tree_layout_make(dtn_ctx *ctx, dtn_arena *arena, dtn_tree_layout *out, const dtn_tree *tree,
                                const fmpq *sigma, const fmpq *reach, int most_rows);

#endif
