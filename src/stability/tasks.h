/* The work of a combination of preferences: one task a concept and player, done by one or several threads. */
#ifndef DTN_STABILITY_TASKS_H
#define DTN_STABILITY_TASKS_H

#include "stability/concept.h"

typedef struct dtn_task {
    const dtn_concept *concept;
    int player;
    uint64_t *stable; /* zeroed; the result */
} dtn_task;

/* Prepares the preferences of variant [players] and runs the tasks, on ctx->threads threads where the conflict is large. What
 * is prepared goes into arena and serves later calls. */
dtn_status dtn_tasks_run(dtn_ctx *ctx, dtn_arena *arena, dtn_engine *e, const int *variant,
                         const dtn_task *task, int tasks);

#endif
