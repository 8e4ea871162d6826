/* Security levels (maxmin.c), also the disagreement point of bargaining. */
#ifndef DTN_SOLVE_SECURITY_H
#define DTN_SOLVE_SECURITY_H

#include "model/strategic.h"

typedef struct dtn_security {
    int player;
    fmpq *pure; /* one number: greatest payoff that a pure strategy guarantees */
    int pure_strategy;
    fmpq *level, *mixed; /* one number; [strategies] the mixed strategy that guarantees it */
    size_t *profile;     /* [others] the others' profiles (others.h) */
    fmpq *threat;        /* [others] their joint distribution that holds the player down to level */
    int others;
} dtn_security;

/* In ctx->scratch. Cost: one linear program. */
dtn_status dtn_security_of(dtn_ctx *ctx, dtn_security *out, const dtn_strategic *game, int player);

#endif
