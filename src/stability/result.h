/* The inside of a stability result. */
#ifndef DTN_STABILITY_RESULT_H
#define DTN_STABILITY_RESULT_H

#include "detente/stability.h"
#include "stability/concept.h"

struct dtn_stability {
    dtn_arena *arena;
    const dtn_conflict *conflict;
    int combinations;
    const int *variant;   /* [combinations][players] */
    size_t words;         /* of a set of states */
    uint64_t computed;    /* bit i: concept i */
    const uint64_t **set; /* [combinations][concepts][players + 1]: stable states by player, then equilibria */
};

/* dtn_stability_run with lists of moves even where the cube would do (tests compare the two). */
dtn_status dtn_stability_run_lists(dtn_ctx *ctx, dtn_stability **out, const dtn_conflict *conflict,
                                   const dtn_stability_options *options);

static inline const int *dtn_stability_variants(const dtn_stability *r, int combination)
{
    return r->variant + (size_t)combination * (size_t)r->conflict->players;
}

/* The player's ranks of states in a combination. */
static inline const uint32_t *dtn_stability_ranks(const dtn_stability *r, int combination, int player)
{
    return r->conflict->player[player].variant[dtn_stability_variants(r, combination)[player]].rank;
}

#endif
