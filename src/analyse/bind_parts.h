/* What the files of `bind` share. */
#ifndef DTN_ANALYSE_BIND_PARTS_H
#define DTN_ANALYSE_BIND_PARTS_H

#include "analyse/bind_frontier.h"
#include "analyse/line.h"

/* A question about one lever. */
typedef struct dtn_bind_ask {
    const dtn_scenario *scenario;
    const dtn_tree *tree; /* at the point; for predicates of repetition only */
    const dtn_point *point;
    dtn_rung rung;
    const char *const *target;
    int targets;
    const fmpq *prob;
    int lever;
    bool wanted[DTN_PREDICATES];
    int cells; /* above 0: scan in so many cells instead of proving */
} dtn_bind_ask;

/* Adds an item a wanted predicate to items, which live in arena and have room. *left_out: why one could not be answered. */
dtn_status dtn_bind_lever(dtn_ctx *ctx, dtn_arena *arena, dtn_bind_item *items, int *count,
                          const char **left_out, const dtn_bind_ask *ask);

/* Which question of the sweep answers a predicate, and by which bit of its verdict. */
dtn_sweep_asks dtn_predicate_asks(dtn_predicate predicate);
int dtn_predicate_bit(dtn_predicate predicate);

/* Numbers and names of an item; nothing found yet. */
dtn_status dtn_bind_item_init(dtn_ctx *ctx, dtn_arena *arena, dtn_bind_item *item, const dtn_line *line,
                              dtn_predicate predicate, const fmpq *prob);
/* The item from exact stretches of the verdict. *proved = false: some stretch is undecided, and the item is not filled. */
dtn_status dtn_bind_prove(dtn_ctx *ctx, dtn_arena *arena, bool *proved, dtn_bind_item *item, dtn_line *line,
                          const dtn_faces *faces, const dtn_stretch *stretch, int stretches,
                          dtn_predicate predicate);
/* The least cost over the item's intervals and a witness (bind_cost.c). */
dtn_status dtn_bind_least(dtn_ctx *ctx, dtn_bind_item *item, const dtn_scenario *s, const dtn_point *point);
/* The border at an exact end as a formula over all parameters: end->formula; stays NULL where it is not found. */
dtn_status dtn_bind_formula(dtn_ctx *ctx, dtn_arena *arena, dtn_bind_end *end, const dtn_sweep *from,
                            int lever, const fmpq *lo, const fmpq *hi);
/* Cost of a lever at a value, the others at the point. DOMAIN where its formula has no value. */
dtn_status dtn_lever_cost(dtn_ctx *ctx, fmpq_t out, const dtn_scenario *s, const dtn_point *point, int lever,
                          const fmpq_t value);
/* Two levers (bind_frontier.c). UNSUPPORTED when nothing can be proved. out->map owns a sweep and faces:
 * dtn_bind_frontier_free, also after a failure. */
dtn_status dtn_bind_frontier_find(dtn_ctx *ctx, dtn_arena *arena, dtn_bind_frontier *out,
                                  const dtn_bind_ask *ask, int second);
void dtn_bind_frontier_free(dtn_bind_frontier *f);

#endif
