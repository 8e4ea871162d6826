/* SEQ, sequential stability: every improvement can be answered by improvements of the others, each relative to the state
 * it leaves, that leave the player no better off than where it was.
 * Method: lower p along the others' improvements, then judge. Cost: see the engine. Exact.
 * Source: Fraser & Hipel 1979; Fang, Hipel & Kilgour 1993, ch. 3. */
#include "stability/concept.h"

static dtn_status run(dtn_ctx *ctx, uint64_t *stable, const dtn_focus *f)
{
    f->engine->ops->ranks(f);
    DTN_TRY(f->engine->ops->lower_improvements(ctx, f));
    return f->engine->ops->judge(ctx, stable, f);
}

extern const dtn_concept dtn_concept_seq;
const dtn_concept dtn_concept_seq = {
    .name = "SEQ",
    .title = "sequential stability",
    .about = "after each improvement the others can move, each step an improvement for whoever makes it, to "
             "a state no "
             "better for the player",
    .source = "Fraser & Hipel 1979; Fang, Hipel & Kilgour 1993",
    .sanctions = true,
    .credible = true,
    .run = run,
};
