/* Chooses the engine for a conflict. */
#include "stability/engine.h"

enum { CUBE_LOG = 28, SMALL_LOG = 14, SPARSE = 32 };

/* The cube is worth its empty slots when it is small, or when at least one pattern in SPARSE is feasible. */
static bool cube_suits(const dtn_conflict *c)
{
    return c->option_form && c->options <= CUBE_LOG &&
           (c->options <= SMALL_LOG || ((size_t)1 << c->options) / SPARSE <= c->states);
}

dtn_status dtn_engine_new(dtn_ctx *ctx, dtn_engine **out, dtn_arena *arena, const dtn_conflict *c, bool lists)
{
    dtn_engine *e;
    DTN_ALLOC(ctx, arena, e, 1);
    *e = (dtn_engine){.conflict = c, .arena = arena};
    DTN_ALLOC(ctx, arena, e->preference, c->players);
    for (int i = 0; i < c->players; i++)
        DTN_ALLOC(ctx, arena, e->preference[i], c->player[i].variants);
    if (lists || !cube_suits(c)) {
        e->ops = &dtn_list_engine;
        DTN_TRY(dtn_list_engine_new(ctx, e));
    } else {
        e->ops = &dtn_cube_engine;
        e->slots = (size_t)1 << c->options;
        e->full = c->cells == e->slots;
    }
    *out = e;
    return DTN_OK;
}
