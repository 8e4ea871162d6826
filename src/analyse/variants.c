/* Which combinations of preference variants a question is asked of: all, or those that --variant leaves.
 * Method: a mixed-radix count over the wanted variants, the last player's running fastest. */
#include "analyse/variants.h"

#include <string.h>

#include "base/suggest.h"
#include "model/conflict.h"

enum { COMBINATIONS_MOST = 4096 };

static const char *player_word(const void *user, int i)
{
    const dtn_conflict *c = user;
    return i < dtn_conflict_players(c) ? dtn_conflict_player_key(c, i) : NULL;
}

static dtn_status unknown(dtn_ctx *ctx, const char *what, const char *value, const char *near)
{
    return dtn_fail(ctx, DTN_ARG, "--variant %s: no %s%s%s%s", value, what, near ? "; did you mean \"" : "",
                    near ? near : "", near ? "\"?" : "");
}

/* Marks wanted[player][variant] for each --variant PLAYER=NAME; players that are not named keep all of theirs. */
static dtn_status read_variants(dtn_ctx *ctx, bool **wanted, const dtn_conflict *c, const dtn_job *job)
{
    for (const dtn_option_value *v = job->options.first; v; v = v->next) {
        if (strcmp(v->name, "variant") != 0)
            continue;
        size_t length = strcspn(v->value, "=");
        if (!v->value[length])
            return dtn_fail(ctx, DTN_ARG, "--variant: found \"%s\", expected PLAYER=NAME", v->value);
        const char *key = dtn_arena_strndup(ctx->scratch, v->value, length);
        if (!key)
            return dtn_fail_nomem(ctx);
        int i = dtn_conflict_find_player(c, key);
        if (i < 0)
            return unknown(ctx, "player of that name", v->value, dtn_suggest(key, player_word, c));
        int variant = dtn_conflict_find_variant(c, i, v->value + length + 1);
        if (variant < 0)
            return unknown(ctx, "preference of that name", v->value,
                           dtn_conflict_variants(c, i) == 1 ? NULL : dtn_conflict_variant_name(c, i, 0));
        wanted[i][variant] = true;
    }
    for (int i = 0; i < c->players; i++) {
        bool any = false;
        for (int v = 0; v < c->player[i].variants; v++)
            any |= wanted[i][v];
        for (int v = 0; v < c->player[i].variants && !any; v++)
            wanted[i][v] = true;
    }
    return DTN_OK;
}

dtn_status dtn_variants_combine(dtn_ctx *ctx, dtn_stability_options *out, const dtn_conflict *c,
                                const dtn_job *job)
{
    bool **wanted;
    long count = 1;
    DTN_ALLOC(ctx, ctx->scratch, wanted, c->players);
    for (int i = 0; i < c->players; i++)
        DTN_ALLOC(ctx, ctx->scratch, wanted[i], c->player[i].variants);
    DTN_TRY(read_variants(ctx, wanted, c, job));
    for (int i = 0; i < c->players && count <= COMBINATIONS_MOST; i++) {
        int n = 0;
        for (int v = 0; v < c->player[i].variants; v++)
            n += wanted[i][v];
        count *= n;
    }
    if (count > COMBINATIONS_MOST)
        return dtn_fail(ctx, DTN_LIMIT,
                        "more than %d combinations of preference variants: choose some with --variant",
                        COMBINATIONS_MOST);
    int *variant, *at;
    DTN_ALLOC(ctx, ctx->scratch, variant, (size_t)count * (size_t)c->players);
    DTN_ALLOC(ctx, ctx->scratch, at, c->players);
    for (int i = 0; i < c->players; i++)
        while (!wanted[i][at[i]])
            at[i]++;
    for (long k = 0; k < count; k++) {
        memcpy(variant + k * c->players, at, (size_t)c->players * sizeof *at);
        for (int i = c->players - 1; i >= 0; i--) { /* the next combination */
            do
                at[i]++;
            while (at[i] < c->player[i].variants && !wanted[i][at[i]]);
            if (at[i] < c->player[i].variants)
                break;
            at[i] = 0;
            while (!wanted[i][at[i]])
                at[i]++;
        }
    }
    out->variants = variant;
    out->combinations = (int)count;
    return DTN_OK;
}

const char *dtn_ranked_conflict_needed(const dtn_model *model)
{
    const char *missing = dtn_conflict_needed(model);
    return missing ? missing
           : dtn_conflict_listed(model->scenario->conflict) && !model->scenario->conflict->ranked
               ? "preferences of the conflict are not rankings: pairs of states are unknown, or go round in "
                 "a circle"
               : NULL;
}

const char *dtn_conflict_needed(const dtn_model *model)
{
    return model->scenario && model->scenario->conflict ? NULL : "the file has no `conflict:`";
}
