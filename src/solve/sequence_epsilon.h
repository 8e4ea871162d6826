/* From a basis of the sequence form with trembles to polynomials in the size of the trembles, and to their limit. */
#ifndef DTN_SOLVE_SEQUENCE_EPSILON_H
#define DTN_SOLVE_SEQUENCE_EPSILON_H

#include "model/assessment.h"
#include "model/sequence_form.h"

/* The weights that belong to the basis above[p] (see sequence_path.h), epsilon being an unknown. *good = false: for small epsilon
 * they are no equilibrium (the basis was found for one that is not small); then out is not filled. In arena. Cost: two linear systems
 * over polynomials, of the size of all sequences. */
dtn_status dtn_sequence_epsilon(dtn_ctx *ctx, dtn_arena *arena, dtn_trembles *out, bool *good,
                                const dtn_tree *tree, const dtn_sequence_form *form, dtn_tremble_kind kind,
                                bool *const *above);

/* Strategies and beliefs as epsilon goes to 0; `at` has room (dtn_assessment_new). Two players. Cost: linear in nodes. */
dtn_status dtn_trembles_limit(dtn_ctx *ctx, dtn_assessment *at, const dtn_tree *tree,
                              const dtn_trembles *trembles);

#endif
