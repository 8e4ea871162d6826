/* Large linear systems of doubles known only by what they do to a vector. */
#ifndef DTN_NUM_GMRES_H
#define DTN_NUM_GMRES_H

#include "detente/base.h"

/* out = A x, [n] each. */
typedef void dtn_gmres_apply_fn(void *user, double *out, const double *x);

/* Solves A x = b, x starting at 0, until the residual is at most tolerance times |b|, or after `most` applications of A.
 * *reached: the residual relative to |b| (0 when b = 0). space: vectors kept, at least 2. Room in ctx's scratch, released.
 * Statuses: NOMEM, LIMIT, CANCELLED. Cost: an application and up to `space` inner products an iteration. */
dtn_status dtn_gmres(dtn_ctx *ctx, double *x, double *reached, int n, const double *b, double tolerance,
                     int space, int most, dtn_gmres_apply_fn *apply, void *user);

#endif
