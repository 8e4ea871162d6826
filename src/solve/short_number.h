/* Numbers in the sentences of findings; tables have them exactly. */
#ifndef DTN_SOLVE_SHORT_NUMBER_H
#define DTN_SOLVE_SHORT_NUMBER_H

#include "num/rational.h"

/* "71/360", or "about 0.123457" where the fraction is longer than a reader takes in. In ctx->scratch; NULL: out of memory. */
const char *dtn_short_number(dtn_ctx *ctx, const fmpq_t x);

#endif
