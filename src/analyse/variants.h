/* What the analyses of a conflict share: which preferences they look at. */
#ifndef DTN_ANALYSE_VARIANTS_H
#define DTN_ANALYSE_VARIANTS_H

#include "analyse/analysis.h"
#include "detente/stability.h"

/* The option --variant PLAYER=NAME, as a row of an option table. */
#define DTN_VARIANT_OPTION                                                                  \
    {                                                                                       \
        "variant", "PLAYER=NAME", NULL, "only this variant of a player's preferences", true \
    }

/* Fills variants and combinations of *out, in scratch: all combinations of the variants that the job's --variant leave, the
 * last player's running fastest. ARG: no such player or variant. */
dtn_status dtn_variants_combine(dtn_ctx *ctx, dtn_stability_options *out, const dtn_conflict *c,
                                const dtn_job *job);
/* The concepts among R, GMR, SMR, SEQ and SSEQ that --concept leaves (all without it): out [5]. ARG: another one. */
dtn_status dtn_concepts_of_five(dtn_ctx *ctx, int *out, int *count, const dtn_job *job);
/* `missing` of an analysis that needs a conflict. */
const char *dtn_conflict_needed(const dtn_model *model);
/* The same for analyses that ask for rankings. */
const char *dtn_ranked_conflict_needed(const dtn_model *model);

#endif
