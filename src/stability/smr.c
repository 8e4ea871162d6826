/* SMR, symmetric metarationality: as GMR, and from where the sanction ends no move of the player helps it either.
 * Method: lower the rank after the best reply along the others' moves, then judge. Cost: see the engine. Exact.
 * Source: Howard 1971; Fang, Hipel & Kilgour 1993, ch. 3. */
#include "stability/concept.h"

static dtn_status run(dtn_ctx *ctx, uint64_t *stable, const dtn_focus *f)
{
    f->engine->ops->best_replies(f);
    DTN_TRY(f->engine->ops->lower_moves(ctx, f));
    return f->engine->ops->judge(ctx, stable, f);
}

extern const dtn_concept dtn_concept_smr;
const dtn_concept dtn_concept_smr = {
    .name = "SMR",
    .title = "symmetric metarationality",
    .about = "after each improvement the others can move to a state no better for the player, from which it "
             "cannot move "
             "to a better one either",
    .source = "Howard 1971; Fang, Hipel & Kilgour 1993",
    .sanctions = true,
    .countermoves = true,
    .run = run,
};
