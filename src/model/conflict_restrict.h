/* Conflicts with fewer states. */
#ifndef DTN_MODEL_CONFLICT_RESTRICT_H
#define DTN_MODEL_CONFLICT_RESTRICT_H

#include "model/conflict.h"

/* *out = the conflict of the states in keep [states] alone, freed with dtn_conflict_free; *old [its states]: their numbers in c. What
 * is borrowed from c (texts, options) has to outlive it. Statuses: OK, NOMEM. */
dtn_status dtn_conflict_restrict(dtn_ctx *ctx, dtn_conflict **out, const size_t **old, const dtn_conflict *c,
                                 const bool *keep);

#endif
