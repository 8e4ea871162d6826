/* A stability concept: one record each, listed in concepts.def. */
#ifndef DTN_STABILITY_CONCEPT_H
#define DTN_STABILITY_CONCEPT_H

#include "detente/stability.h"
#include "stability/engine.h"
#include "stability/rule.h"

/* What preferences a concept is about. */
typedef enum dtn_family {
    DTN_FAMILY_RANKING,
    DTN_FAMILY_UNKNOWN,  /* pairs of which it is not known which state is better */
    DTN_FAMILY_STRENGTH, /* much better, better */
    DTN_FAMILY_FUZZY,
    DTN_FAMILY_PROBABLE,
    DTN_FAMILY_ATTITUDE
} dtn_family;

typedef struct dtn_concept {
    const char *name;  /* "SEQ" */
    const char *title; /* "sequential stability" */
    const char *about; /* the definition in one sentence */
    const char *source;
    /* What the sanctions are; used by the witness and to share results between combinations of variants. */
    bool sanctions;    /* others may answer an improvement */
    bool credible;     /* only with moves that improve on the state they leave */
    bool countermoves; /* and the focal player's own move afterwards must not help it */
    bool joint;        /* others move at once with the focal player, not after it */
    bool foresight;    /* two players look moves ahead; a witness tells the play that is expected */
    bool coalition;    /* groups move together */
    bool on_request;   /* computed only when asked for */
    dtn_family family;
    const dtn_rule *rule; /* other than of rankings: how it judges pairs of states; run is then NULL */
    size_t most_states;   /* by default only for conflicts of at most so many states; 0: any */
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
/* Why the concept does not apply to the conflict: the preferences are of another kind, or its own reason; NULL: it does. */
const char *dtn_concept_missing(const dtn_concept *concept, const dtn_conflict *conflict);

#endif
