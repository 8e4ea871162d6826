/* Balls in arenas. */
#include "num/ball.h"

static void clear_arb(void *object, size_t count)
{
    arb_struct *x = object;
    for (size_t i = 0; i < count; i++)
        arb_clear(x + i);
}

arb_struct *dtn_arena_arb(dtn_arena *arena, size_t count)
{
    arb_struct *x = dtn_arena_array(arena, count, sizeof *x);
    if (!x || !dtn_arena_defer(arena, clear_arb, x, count))
        return NULL;
    for (size_t i = 0; i < count; i++)
        arb_init(x + i);
    return x;
}
