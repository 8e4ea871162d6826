/* A stability concept: one record each, listed in concepts.def. */
#ifndef DTN_STABILITY_CONCEPT_H
#define DTN_STABILITY_CONCEPT_H

#include "detente/stability.h"
#include "stability/engine.h"

typedef struct dtn_concept {
    const char *name;  /* "SEQ" */
    const char *title; /* "sequential stability" */
    const char *about; /* the definition in one sentence */
    const char *source;
    /* What the sanctions are; used by the witness and to share results between combinations of variants. */
    bool sanctions;     /* others may answer an improvement */
    bool credible;      /* only with moves that improve on the state they leave */
    bool countermoves;  /* and the focal player's own move afterwards must not help it */
    bool joint;         /* others move at once with the focal player, not after it */
    bool foresight;     /* two players look moves ahead; a witness tells the play that is expected */
    bool coalition;     /* groups move together */
    bool on_request;    /* computed only when asked for */
    size_t most_states; /* by default only for conflicts of at most so many states; 0: any */
    /* NULL when it applies, else a sentence that says why not. NULL function: applies to all. */
    const char *(*missing)(const dtn_conflict *conflict);
    /* stable [(states + 63) / 64], zeroed: sets the bits of the states that are stable for the focal player. */
    dtn_status (*run)(dtn_ctx *ctx, uint64_t *stable, const dtn_focus *focus);
    /* Fills the witness by the definition, for concepts whose sanctions are of another kind than those above; w->stable
     * comes as found by run. NULL: witness.c does it. */
    dtn_status (*explain)(dtn_ctx *ctx, dtn_arena *arena, dtn_witness *w, const dtn_conflict *c,
                          const uint32_t *const *rank);
} dtn_concept;

const dtn_concept *dtn_concept_at(int index); /* NULL past the end */

#endif
