/* Inside of the tree verifier: what is settled off the path, and who has which type. */
#ifndef DTN_SOLVE_VERIFY_SETTLED_H
#define DTN_SOLVE_VERIFY_SETTLED_H

#include "solve/verify_tree.h"

typedef struct dtn_settled {
    fmpq *lo, *hi; /* [nodes][players] continuation payoffs; equal where nothing open follows */
    bool *allowed; /* [actions] not dominated */
    bool *open;    /* [infosets] unreached, with several actions allowed */
} dtn_settled;

dtn_status dtn_settled_new(dtn_ctx *ctx, dtn_settled *s, const dtn_check *c);
/* *out [infosets]: type of the mover at each information set, declared by the tree or derived from chance's opening moves; -1: none. */
dtn_status dtn_check_types(dtn_ctx *ctx, const dtn_check *c, int **out);

#endif
