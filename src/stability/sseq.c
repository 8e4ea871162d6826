/* SSEQ, symmetric sequential stability: as SEQ, and from where the sanction ends no move of the player helps it either.
 * (The strong SEQ of strength-of-preference models is another concept.)
 * Method: lower the rank after the best reply along the others' improvements, then judge. Cost: see the engine. Exact.
 * Source: Rego & Vieira 2017. */
#include "stability/concept.h"

static dtn_status run(dtn_ctx *ctx, uint64_t *stable, const dtn_focus *f)
{
    f->engine->ops->best_replies(f);
    DTN_TRY(f->engine->ops->lower_improvements(ctx, f));
    return f->engine->ops->judge(ctx, stable, f);
}

extern const dtn_concept dtn_concept_sseq;
const dtn_concept dtn_concept_sseq = {
    .name = "SSEQ",
    .title = "symmetric sequential stability",
    .about = "after each improvement the others can move, each step an improvement for whoever makes it, to "
             "a state no "
             "better for the player, from which it cannot move to a better one either",
    .source = "Rego & Vieira 2017",
    .sanctions = true,
    .credible = true,
    .countermoves = true,
    .run = run,
};
