/* CGMR, coalition general metarationality: each improvement of a coalition can be answered to a state that some member does not prefer.
 * Method: every coalition that the player belongs to, by the definition (coalition.c). Cost: see there. Exact.
 * Source: Kilgour, Hipel, Fang & Peng 2001; Inohara & Hipel 2008. */
#include "stability/coalition.h"

static const dtn_coalition_rule rule = {.sanctions = true};

static dtn_status run(dtn_ctx *ctx, uint64_t *stable, const dtn_focus *f)
{
    return dtn_coalition_run(ctx, stable, f, rule);
}

static dtn_status explain(dtn_ctx *ctx, dtn_arena *arena, dtn_witness *w, const dtn_conflict *c,
                          const uint32_t *const *rank)
{
    return dtn_coalition_explain(ctx, arena, w, c, rank, rule);
}

extern const dtn_concept dtn_concept_cgmr;
const dtn_concept dtn_concept_cgmr = {
    .name = "CGMR",
    .title = "coalition general metarationality",
    .about = "after each improvement of a coalition that the player belongs to, the others can move to a "
             "state that some member does not prefer to where it was",
    .source = "Kilgour, Hipel, Fang & Peng 2001; Inohara & Hipel 2008",
    .sanctions = true,
    .coalition = true,
    .on_request = true,
    .missing = dtn_coalition_missing,
    .run = run,
    .explain = explain,
};
