/* A conflict with other preferences: shares everything else with the original, which has to outlive it. */
#ifndef DTN_STABILITY_SUBSTITUTE_H
#define DTN_STABILITY_SUBSTITUTE_H

#include "model/conflict.h"

/* *out = c with one variant a player, the one chosen in variant [players], whose ranks may be changed: rank [players][states],
 * 1 = worst, equal = tied, gaps allowed; all in arena. Not to be freed. */
dtn_status dtn_substitute_new(dtn_ctx *ctx, dtn_arena *arena, dtn_conflict **out, uint32_t **rank,
                              const dtn_conflict *c, const int *variant);

#endif
