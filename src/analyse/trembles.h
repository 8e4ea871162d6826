/* Beliefs for a profile that comes without: what equal small mistakes everywhere lead to. */
#ifndef DTN_ANALYSE_TREMBLES_H
#define DTN_ANALYSE_TREMBLES_H

#include "model/assessment.h"

/* Fills a->belief from a->sigma: Bayes' rule where play reaches; elsewhere the limit of Bayes' rule when every unused action is
 * taken with the same small probability. The assessment is then consistent. */
dtn_status dtn_assessment_tremble(dtn_ctx *ctx, dtn_assessment *a, const dtn_tree *tree);

#endif
