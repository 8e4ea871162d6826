/* The inside of a symbolic result. */
#ifndef DTN_STABILITY_SYMBOLIC_H
#define DTN_STABILITY_SYMBOLIC_H

#include "detente/stability.h"
#include "model/conflict.h"
#include "stability/bdd.h"

enum {
    DTN_SYMBOLIC_R,
    DTN_SYMBOLIC_GMR,
    DTN_SYMBOLIC_SMR,
    DTN_SYMBOLIC_SEQ,
    DTN_SYMBOLIC_SSEQ,
    DTN_SYMBOLIC_CONCEPTS
};

struct dtn_symbolic {
    dtn_arena *arena;
    const dtn_conflict *conflict;
    dtn_bdd_store *store;
    dtn_bdd feasible;
    bool turns; /* SEQ and SSEQ, too */
    /* By player, then equilibria at [players]. Bit o of a choice is option o. */
    dtn_bdd set[DTN_SYMBOLIC_CONCEPTS][DTN_CONFLICT_MAX_PLAYERS + 1];
    uint64_t count[DTN_SYMBOLIC_CONCEPTS][DTN_CONFLICT_MAX_PLAYERS + 1], feasible_count;
};

/* symbolic.c: fills the sets. */
dtn_status dtn_symbolic_compute(dtn_ctx *ctx, dtn_symbolic *r, const int *variant);

#endif
