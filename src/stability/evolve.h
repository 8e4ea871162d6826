/* Where a conflict drifts when players improve in random turns. */
#ifndef DTN_STABILITY_EVOLVE_H
#define DTN_STABILITY_EVOLVE_H

#include "num/rational.h"
#include "stability/rule.h"

/* A set of states that is not left once it is entered: one state, or several that go round. */
typedef struct dtn_rest {
    const size_t *state; /* [states] increasing */
    size_t states;
    const fmpq *probability; /* of ending there */
} dtn_rest;

typedef struct dtn_evolution {
    const size_t *state; /* [states] that can be come to from the start, nearest first; the start is the first */
    size_t states;
    int stages;
    const fmpq *share;    /* [stages + 1][states] probability of being there after so many stages */
    const dtn_rest *rest; /* [rests] */
    size_t rests;
    bool settled; /* rests are filled; false: too many states */
} dtn_evolution;

/* *out, in arena. At each stage one player, all with the same probability, is in turn: it moves to a state that it prefers (best: one
 * than which it has no better move; several with the same probability), or stays where it has none. Follows the states that can be
 * come to, at most 4096 (LIMIT); what happens in the end is found up to 256 of them.
 * Cost: stages x moves; the end: a linear system in rationals. Exact. */
dtn_status dtn_evolve(dtn_ctx *ctx, dtn_arena *arena, dtn_evolution *out, const dtn_view *view, size_t start,
                      int stages, bool best);

#endif
