/* R, Nash stability: the player has no improvement.
 * Method: a state is stable iff its rank is the best that the player reaches.
 * Cost: one pass a move dimension. Exact. Source: Nash 1950; Fang, Hipel & Kilgour 1993, ch. 3. */
#include "stability/concept.h"

static dtn_status run(dtn_ctx *ctx, uint64_t *stable, const dtn_focus *f)
{
    f->engine->ops->ranks(f);
    return f->engine->ops->judge(ctx, stable, f);
}

extern const dtn_concept dtn_concept_r;
const dtn_concept dtn_concept_r = {
    .name = "R",
    .title = "Nash stability",
    .about = "the player has no move to a state that it prefers",
    .source = "Nash 1950; Fang, Hipel & Kilgour 1993",
    .run = run,
};
