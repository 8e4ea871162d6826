/* Small trees for tests, written in the .efg format; assessments by texts of numbers. */
#ifndef DTN_TESTS_TREES_H
#define DTN_TESTS_TREES_H

#include "kit/kit.h"

#include "model/assessment.h"

dtn_tree *kit_tree(dtn_ctx *ctx, const char *efg);
/* A file of the source tree. */
dtn_tree *kit_tree_file(dtn_ctx *ctx, const char *relative);
/* sigma "1/2 1/2 0 1" by global action; belief "h: x y" pairs are given node by node at sets of several nodes, in the order of
 * information sets and members; NULL: none. In ctx->scratch. */
dtn_assessment kit_assessment(dtn_ctx *ctx, const dtn_tree *tree, const char *sigma, const char *belief);

/* Two actions everywhere, some moves hidden, some draws private, payoffs in [0, range). Equal seeds, equal trees. */
dtn_tree *kit_random_tree(dtn_ctx *ctx, int players, int depth, uint64_t seed, int range);
/* Player p's payoffs become factor[p] times them plus shift[p]. */
void kit_tree_affine(dtn_ctx *ctx, dtn_tree *tree, const int *factor, const int *shift);

extern const char kit_horse[];
/* Beer-quiche; p: prior of the strong type, e.g. "9/10", q = 1 - p. In ctx->scratch. Actions: strong {beer, quiche}, weak {beer,
 * quiche}, after beer {fight, let}, after quiche {fight, let}. */
const char *kit_beer_quiche(dtn_ctx *ctx, const char *p, const char *q);

#endif
