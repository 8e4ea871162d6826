/* Lists of mixed profiles: made empty, grown one by one, freed at once. */
#include "model/profile.h"

#include <limits.h>
#include <string.h>

static dtn_status fill(dtn_ctx *ctx, dtn_profiles *out, const dtn_strategic *game, const char *method)
{
    int *strategies, *first;
    DTN_ALLOC(ctx, out->arena, strategies, game->players);
    DTN_ALLOC(ctx, out->arena, first, game->players);
    for (int p = 0; p < game->players; p++) {
        strategies[p] = game->strategies[p];
        first[p] = out->width;
        out->width += strategies[p];
    }
    out->players = game->players;
    out->strategies = strategies;
    out->first = first;
    out->components = -1;
    out->finding = (dtn_finding){.arena = out->arena, .strategies = strategies};
    out->method = dtn_arena_strdup(out->arena, method);
    return out->method ? DTN_OK : dtn_fail_nomem(ctx);
}

dtn_status dtn_profiles_new(dtn_ctx *ctx, dtn_profiles **out, const dtn_strategic *game, const char *method)
{
    *out = NULL;
    dtn_arena *arena = dtn_arena_new(ctx);
    dtn_profiles *made = arena ? dtn_arena_array(arena, 1, sizeof *made) : NULL;
    if (!made) {
        dtn_arena_free(arena);
        return dtn_fail_nomem(ctx);
    }
    made->arena = arena;
    dtn_status status = fill(ctx, made, game, method);
    if (status != DTN_OK) {
        dtn_arena_free(arena);
        return status;
    }
    *out = made;
    return DTN_OK;
}

/* fmpq_set, without a call for numbers of one word. */
static void copy(fmpq *to, const fmpq *from)
{
    if (COEFF_IS_MPZ(from->num) || COEFF_IS_MPZ(from->den))
        fmpq_set(to, from);
    else
        *to = *from; /* to is 0 */
}

dtn_status dtn_profiles_add(dtn_ctx *ctx, dtn_profiles *profiles, const fmpq *sigma, dtn_profile **out)
{
    int count = profiles->count;
    /* The list doubles when its length is 0 or a power of two from 8 up. */
    if (count == 0 || (count >= 8 && (count & (count - 1)) == 0)) {
        if (count > INT_MAX / 2)
            return dtn_fail(ctx, DTN_LIMIT, "more than %d profiles", count);
        dtn_profile *grown;
        DTN_ALLOC(ctx, profiles->arena, grown, count ? 2 * (size_t)count : 8);
        if (count)
            memcpy(grown, profiles->item, (size_t)count * sizeof *grown);
        profiles->item = grown;
    }
    fmpq *numbers;
    DTN_ALLOC_FMPQ(ctx, profiles->arena, numbers, profiles->width + 2 * profiles->players);
    for (int i = 0; i < profiles->width; i++)
        copy(numbers + i, sigma + i);
    dtn_profile *item = &profiles->item[profiles->count++];
    *item = (dtn_profile){.sigma = numbers,
                          .payoff = numbers + profiles->width,
                          .regret = numbers + profiles->width + profiles->players,
                          .vertex = {-1, -1},
                          .component = -1};
    if (out)
        *out = item;
    return DTN_OK;
}

void dtn_profiles_free(dtn_profiles *profiles)
{
    if (profiles)
        dtn_arena_free(profiles->arena);
}
