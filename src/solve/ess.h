/* Evolutionarily stable strategies of symmetric two-player games. */
#ifndef DTN_SOLVE_ESS_H
#define DTN_SOLVE_ESS_H

#include "model/strategic.h"

/* Called with each, x [strategies]; it is gone after the call. */
typedef dtn_status dtn_ess_fn(dtn_ctx *ctx, void *user, const fmpq *x);

/* Two players with equally many strategies, each earning what the other earns with the roles exchanged. Exact. */
bool dtn_is_symmetric(const dtn_strategic *game);
/* All evolutionarily stable strategies of a symmetric game, exactly; DOMAIN beyond 16 strategies. Cost: 2^strategies systems. */
dtn_status dtn_ess_all(dtn_ctx *ctx, const dtn_strategic *game, dtn_ess_fn *found, void *user);

#endif
