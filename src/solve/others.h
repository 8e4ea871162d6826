/* What the other players may do: their profiles, and how findings show them. */
#ifndef DTN_SOLVE_OTHERS_H
#define DTN_SOLVE_OTHERS_H

#include "model/finding.h"
#include "model/strategic.h"

/* The profiles of everybody but `player`, as indices of profiles in which `player` plays its first strategy, in ctx->scratch.
 * left: [width] by player then strategy, which strategies there are; NULL: all. LIMIT beyond 2^31. */
dtn_status dtn_others(dtn_ctx *ctx, size_t **profile, int *count, const dtn_strategic *game, int player,
                      const bool *left);

/* Columns "plays-1", "plays-2", ..., one a player, titled BEFORE player AFTER; and the cells of one profile, empty for
 * `player` (below 0: nobody is left out). */
void dtn_others_columns(dtn_ctx *ctx, dtn_finding *f, const dtn_strategic *game, const char *before,
                        const char *after);
void dtn_others_put(dtn_ctx *ctx, dtn_finding *f, const dtn_strategic *game, int player, size_t profile);

#endif
