/* Limited foresight of two players who move in turn: shared by L2 to L6, NM and the Stackelberg concepts. */
#ifndef DTN_STABILITY_LIMITED_H
#define DTN_STABILITY_LIMITED_H

#include "detente/stability.h"
#include "stability/concept.h"

/* Where play is expected to end, for either player to start and each state: what foresight over some moves says. */
typedef struct dtn_foresight {
    const dtn_conflict *conflict;
    const uint32_t *rank[2];
    uint32_t *end[2]; /* [states] the anticipated final state when this player is next; the state itself: it stays */
    uint32_t *move[2]; /* [states] the move it makes; the state itself: none */
    int horizon;       /* moves looked ahead, 0: none */
} dtn_foresight;

/* Foresight of no move, in arena. variant [2]. */
dtn_status dtn_foresight_new(dtn_ctx *ctx, dtn_arena *arena, dtn_foresight *out, const dtn_conflict *c,
                             const uint32_t *const *rank);
/* One move more. next: scratch foresight of the same conflict, whose arrays are exchanged with those of f. */
void dtn_foresight_deepen(dtn_foresight *f, dtn_foresight *next);

/* Sets the bits of the states where the focal player stays under a horizon of so many moves. */
dtn_status dtn_limited_run(dtn_ctx *ctx, uint64_t *stable, const dtn_focus *f, int horizon);
/* The same for horizons without limit: states where it stays under every horizon from some one on. */
dtn_status dtn_limited_run_forever(dtn_ctx *ctx, uint64_t *stable, const dtn_focus *f);
/* The witness: the player's best move and the play that it expects to follow. */
dtn_status dtn_limited_explain(dtn_ctx *ctx, dtn_arena *arena, dtn_witness *w, const dtn_conflict *c,
                               const uint32_t *const *rank, int horizon);
/* NULL when the conflict has two players. */
const char *dtn_limited_missing(const dtn_conflict *c);

#endif
