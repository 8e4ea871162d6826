/* Conflicts that differ from another one in their preferences only. */
#include "stability/substitute.h"

#include <string.h>

dtn_status dtn_substitute_new(dtn_ctx *ctx, dtn_arena *arena, dtn_conflict **out, uint32_t **rank,
                              const dtn_conflict *c, const int *variant)
{
    dtn_conflict *copy;
    dtn_conflict_player *player;
    dtn_preference *preference;
    DTN_ALLOC(ctx, arena, copy, 1);
    DTN_ALLOC(ctx, arena, player, c->players);
    DTN_ALLOC(ctx, arena, preference, c->players);
    *copy = *c;
    copy->arena = NULL;
    copy->player = player;
    for (int i = 0; i < c->players; i++) {
        DTN_ALLOC(ctx, arena, rank[i], c->states);
        player[i] = c->player[i];
        preference[i] = c->player[i].variant[variant ? variant[i] : 0];
        memcpy(rank[i], preference[i].rank, c->states * sizeof *rank[i]);
        preference[i].rank = rank[i];
        preference[i].levels = (uint32_t)(2 * c->states + 1);
        player[i].variants = 1;
        player[i].variant = &preference[i];
    }
    *out = copy;
    return DTN_OK;
}
