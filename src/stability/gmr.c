/* GMR, general metarationality: every improvement can be answered by moves of the others that leave the player no better
 * off than where it was.
 * Method: lower p along the others' moves, then judge. Cost: see the engine. Exact.
 * Source: Howard 1971; Fang, Hipel & Kilgour 1993, ch. 3. */
#include "stability/concept.h"

static dtn_status run(dtn_ctx *ctx, uint64_t *stable, const dtn_focus *f)
{
    f->engine->ops->ranks(f);
    DTN_TRY(f->engine->ops->lower_moves(ctx, f));
    return f->engine->ops->judge(ctx, stable, f);
}

extern const dtn_concept dtn_concept_gmr;
const dtn_concept dtn_concept_gmr = {
    .name = "GMR",
    .title = "general metarationality",
    .about = "after each improvement the others can move, by any legal sequence, to a state no better for "
             "the player",
    .source = "Howard 1971; Fang, Hipel & Kilgour 1993",
    .sanctions = true,
    .run = run,
};
