/* Short fractions as they are, long ones as decimals. */
#include "solve/short_number.h"

#include <string.h>

enum { LONGEST = 24 };

const char *dtn_short_number(dtn_ctx *ctx, const fmpq_t x)
{
    const char *exact = dtn_rational_text(ctx->scratch, x);
    if (!exact || strlen(exact) <= LONGEST)
        return exact;
    return dtn_arena_printf(ctx->scratch, "about %.6g", dtn_rational_double(x));
}
