/* Which incentive switches at a change (for bind.c and critical.c). */
#ifndef DTN_ANALYSE_BINDING_H
#define DTN_ANALYSE_BINDING_H

#include "analyse/bind.h"
#include "analyse/line.h"

/* Makes the numbers of an end valid (0). */
dtn_status dtn_bind_end_init(dtn_ctx *ctx, dtn_arena *arena, dtn_bind_end *end);
/* The place of a change, seen from the side that matters (upper: the right one), with its bindings. */
dtn_status dtn_bind_end_of(dtn_ctx *ctx, dtn_arena *arena, dtn_bind_end *end, const dtn_sweep *sweep,
                           const dtn_break *at, bool upper, const dtn_label *label);
/* The smallest strict margins of a snapshot's equilibria whose target has at least this probability, tightest first, at most
 * `most`; the pairs of actions that `end` lists are left out (NULL: none are). */
dtn_status dtn_bind_nexts(dtn_ctx *ctx, dtn_arena *arena, const dtn_binding **out, int *count,
                          const dtn_sweep *sweep, const dtn_snapshot *at, const fmpq_t prob,
                          const dtn_bind_end *end, int most);
/* One question on a scanned line (bind.c): every equilibrium, or some, has the target with at least this probability.
 * item's numbers belong to arena, in which item has to live. */
dtn_status dtn_bind_on_line(dtn_ctx *ctx, dtn_arena *arena, dtn_bind_item *item, dtn_line *line,
                            const fmpq_t prob, bool every);

#endif
