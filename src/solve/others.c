/* Profiles of the other players, listed by mixed radix; their cells in findings. */
#include "solve/others.h"

static dtn_status count_others(dtn_ctx *ctx, size_t *count, const dtn_strategic *game, int player,
                               const bool *left)
{
    *count = 1;
    for (int p = 0, k = 0; p < game->players; p++) {
        size_t there = 0;
        for (int s = 0; s < game->strategies[p]; s++, k++)
            there += !left || left[k];
        *count *= p == player ? 1 : there;
        if (*count > INT32_MAX)
            return dtn_fail(ctx, DTN_LIMIT, "the players besides %s have more than %d profiles",
                            game->player[player], INT32_MAX);
    }
    return DTN_OK;
}

dtn_status dtn_others(dtn_ctx *ctx, size_t **profile, int *count, const dtn_strategic *game, int player,
                      const bool *left)
{
    size_t all, step = 1;
    DTN_TRY(count_others(ctx, &all, game, player, left));
    DTN_ALLOC(ctx, ctx->scratch, *profile, all);
    *count = 1;
    for (int p = 0, first = 0; p < game->players; first += game->strategies[p++]) {
        int had = *count,
            copies = 0; /* what is listed so far, once for each strategy of p: the last strategy in place */
        for (int s = game->strategies[p] - 1; p != player && s >= 0; s--)
            copies += !left || left[first + s];
        *count *= p == player ? 1 : copies;
        for (int s = game->strategies[p] - 1; p != player && s >= 0; s--) {
            if (left && !left[first + s])
                continue;
            copies--;
            for (int i = 0; i < had; i++)
                (*profile)[copies * had + i] = (*profile)[i] + (size_t)s * step;
        }
        step *= (size_t)game->strategies[p];
    }
    return DTN_OK;
}

void dtn_others_columns(dtn_ctx *ctx, dtn_finding *f, const dtn_strategic *game, const char *before,
                        const char *after)
{
    for (int p = 0; p < game->players; p++) {
        const char *key = dtn_arena_printf(ctx->scratch, "plays-%d", p + 1);
        const char *title = dtn_arena_printf(ctx->scratch, "%s%s%s", before, game->player[p], after);
        dtn_finding_column_add(ctx, f, key, title);
    }
}

void dtn_others_put(dtn_ctx *ctx, dtn_finding *f, const dtn_strategic *game, int player, size_t profile)
{
    for (int p = 0; p < game->players; p++) {
        size_t n = (size_t)game->strategies[p];
        dtn_finding_put(ctx, f, p == player ? dtn_cell_none() : dtn_cell_strategy(p, (int)(profile % n)));
        profile /= n;
    }
}
