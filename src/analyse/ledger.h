/* The ledger's parts (for rests.c). */
#ifndef DTN_ANALYSE_LEDGER_H
#define DTN_ANALYSE_LEDGER_H

#include "analyse/line.h"
#include "analyse/rests.h"

/* What follows from each claim's chain: out [scenario->claims], numbers of links not filled. */
void dtn_ledger_derive(dtn_ledger_claim *out, const dtn_scenario *s);
/* What stands behind each parameter, move, outcome and guarantee. */
dtn_status dtn_ledger_cover(dtn_ctx *ctx, dtn_arena *arena, const dtn_ledger_element **out, int *count,
                            const dtn_scenario *s);
/* Drops each claim in turn: its links' ranges become `else`. Solves over the ranges with the sweep. */
dtn_status dtn_ledger_drop(dtn_ctx *ctx, dtn_arena *arena, dtn_ledger_claim *claims, dtn_sweep *sweep,
                           int cells);
/* Some claim stands behind the parameter. */
bool dtn_ledger_claimed(const dtn_rests_answer *answer, int param);
/* Shares and order of the bars, and the debt. */
dtn_status dtn_tornado_rank(dtn_ctx *ctx, dtn_arena *arena, dtn_rests_answer *answer, dtn_critical *critical);

#endif
