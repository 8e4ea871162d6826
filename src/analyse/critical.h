/* Critical values of one parameter (for rests.c and expect.c). */
#ifndef DTN_ANALYSE_CRITICAL_H
#define DTN_ANALYSE_CRITICAL_H

#include "analyse/line.h"
#include "analyse/rests.h"

/* What changes over a scanned line. Patterns are the sweep's numbers. out's numbers belong to arena, in which out has to live. */
dtn_status dtn_critical_on_line(dtn_ctx *ctx, dtn_arena *arena, dtn_critical *out, dtn_line *line);
/* The same with a sweep of its own, over the parameter's range. */
dtn_status dtn_critical_find(dtn_ctx *ctx, dtn_arena *arena, dtn_critical *out, const dtn_scenario *s,
                             const dtn_point *point, dtn_rung rung, int param, int cells);

#endif
