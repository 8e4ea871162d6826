/* Ball arithmetic (Arb), in arenas; one header for FLINT 2 + Arb and for FLINT 3, which holds Arb itself. */
#ifndef DTN_NUM_BALL_H
#define DTN_NUM_BALL_H

#include <flint/flint.h>
#if __FLINT_VERSION >= 3
#include <flint/arb.h>
#else
#include <arb.h>
#endif

#include "base/ctx.h"

/* count balls equal to 0, cleared by the arena. NULL when out of memory. */
arb_struct *dtn_arena_arb(dtn_arena *arena, size_t count);

#endif
