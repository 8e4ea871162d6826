/* Expectations of `solve`: count, every, some, none, on trees and on strategic forms.
 *
 * What is stated of all equilibria needs the whole list, so that an incomplete one does not pass; an equilibrium that the verifier
 * did not certify does not pass either. */
#include <string.h>

#include "analyse/expect.h"
#include "solve/solver.h"

/* "solve d1". */
static const char *asked(dtn_expecting *x, const char *what)
{
    return dtn_arena_printf(x->arena, "solve %s: %s", x->entry->solve ? x->entry->solve : "", what);
}

static bool needs_all(const dtn_scn_expect *e)
{
    return e->count >= 0 || e->every || e->none;
}

static dtn_status add_count(dtn_ctx *ctx, dtn_expecting *x, int count)
{
    if (x->entry->count < 0)
        return DTN_OK;
    return dtn_expect_add(ctx, x, x->entry->place, count == x->entry->count, asked(x, "count"),
                          dtn_arena_printf(x->arena, "%d", x->entry->count),
                          dtn_arena_printf(x->arena, "%d", count));
}

static dtn_status add_complete(dtn_ctx *ctx, dtn_expecting *x, dtn_outcome outcome, const char *note)
{
    bool complete = outcome == DTN_OUTCOME_COMPLETE || outcome == DTN_OUTCOME_NONE;
    if (complete || !needs_all(x->entry))
        return DTN_OK;
    return dtn_expect_add(ctx, x, x->entry->place, false, asked(x, "all equilibria"), "a complete list",
                          dtn_arena_strdup(x->arena, note ? note : "an incomplete one"));
}

static dtn_status add_likes(dtn_ctx *ctx, dtn_expecting *x, const dtn_like_view *views, int count)
{
    const dtn_scn_expect *e = x->entry;
    if (e->every)
        DTN_TRY(dtn_expect_every(ctx, x, e->every, views, count, asked(x, "every")));
    if (e->some)
        DTN_TRY(dtn_expect_some(ctx, x, e->some, views, count, false));
    return e->none ? dtn_expect_some(ctx, x, e->none, views, count, true) : DTN_OK;
}

/* ---- strategic forms ---- */

typedef struct strategic_view {
    const dtn_strategic *game;
    const dtn_profiles *all;
    const dtn_profile *profile;
} strategic_view;

static dtn_status compare(dtn_ctx *ctx, dtn_expecting *x, const dtn_scn_pair *pair, const fmpq *value,
                          bool *pass, const char **found)
{
    fmpq *bound;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, bound, 2);
    if (!dtn_expect_bound(ctx, x, bound, pair))
        return ctx->status;
    *pass = dtn_expect_fits(value, value, pair, bound);
    *found = dtn_expect_span(x->arena, value, value);
    return *found ? DTN_OK : dtn_fail_nomem(ctx);
}

/* Payoffs "P"; strategies "P.opera". */
static dtn_status strategic_test(dtn_ctx *ctx, dtn_expecting *x, const void *subject, int kind,
                                 const dtn_scn_pair *pair, const dtn_scn_like *like, bool *pass,
                                 const char **found)
{
    const strategic_view *v = subject;
    (void)like;
    for (int p = 0; pair && p < v->game->players && p < x->scenario->players; p++) {
        size_t key = strlen(x->scenario->player[p].key);
        if (strncmp(pair->key, x->scenario->player[p].key, key) != 0)
            continue;
        if (kind == DTN_LIKE_PAYOFF && !pair->key[key])
            return compare(ctx, x, pair, v->profile->payoff + p, pass, found);
        for (int s = 0; kind == DTN_LIKE_STRATEGY && pair->key[key] == '.' && s < v->game->strategies[p]; s++)
            if (strcmp(pair->key + key + 1, v->game->strategy[p][s]) == 0)
                return compare(ctx, x, pair, v->profile->sigma + v->all->first[p] + s, pass, found);
    }
    if (pair && (kind == DTN_LIKE_PAYOFF || kind == DTN_LIKE_STRATEGY))
        return dtn_fail(ctx, DTN_ARG, "a matrix knows no \"%s\": expected a player, or player.strategy",
                        pair->key);
    return dtn_fail(ctx, DTN_DOMAIN, "a matrix has payoffs and strategies, nothing else can be stated of it");
}

static dtn_status on_strategic(dtn_ctx *ctx, dtn_expecting *x, const dtn_profiles *all)
{
    dtn_like_view *views;
    strategic_view *subject;
    DTN_ALLOC(ctx, ctx->scratch, views, all->count);
    DTN_ALLOC(ctx, ctx->scratch, subject, all->count);
    for (int i = 0; i < all->count; i++) {
        subject[i] = (strategic_view){x->scenario->matrix, all, &all->item[i]};
        views[i] = (dtn_like_view){&subject[i], strategic_test};
        if (!all->item[i].certified)
            DTN_TRY(dtn_expect_add(ctx, x, x->entry->place, false, asked(x, "certificate"), "regret 0",
                                   "an equilibrium that is not certified"));
    }
    DTN_TRY(add_complete(ctx, x, all->outcome, all->note));
    DTN_TRY(add_count(ctx, x, all->count));
    return add_likes(ctx, x, views, all->count);
}

/* ---- trees ---- */

static dtn_status on_tree(dtn_ctx *ctx, dtn_expecting *x, const dtn_tree *tree, const dtn_equilibria *all)
{
    dtn_like_view *views;
    dtn_like_tree *subject;
    DTN_ALLOC(ctx, ctx->scratch, views, all->count);
    DTN_ALLOC(ctx, ctx->scratch, subject, all->count);
    for (int i = 0; i < all->count; i++) {
        subject[i] = (dtn_like_tree){tree, &all->item[i]};
        views[i] = (dtn_like_view){&subject[i], dtn_like_tree_test};
        if (!all->item[i].certified)
            DTN_TRY(dtn_expect_add(ctx, x, x->entry->place, false, asked(x, "certificate"),
                                   dtn_rung_name(all->item[i].rung), "the verifier did not confirm it"));
    }
    DTN_TRY(add_complete(ctx, x, all->outcome, all->note));
    DTN_TRY(add_count(ctx, x, all->count));
    return add_likes(ctx, x, views, all->count);
}

dtn_status dtn_expect_solve(dtn_ctx *ctx, dtn_expecting *x)
{
    dtn_solve_options options = {0};
    const char *how = x->entry->solve;
    if (how && !dtn_rung_parse(how, &options.rung))
        options.method = how;
    if (x->scenario->start < 0) {
        if (!x->scenario->matrix)
            return dtn_fail(ctx, DTN_DOMAIN, "solve: the file has neither `moves:` nor `matrix:`");
        if (options.rung > DTN_RUNG_NASH)
            return dtn_fail(ctx, DTN_DOMAIN, "solve: a matrix has no rung above nash");
        dtn_profiles *all;
        DTN_TRY(dtn_solve_strategic(ctx, &all, x->scenario->matrix, &options));
        dtn_status status = on_strategic(ctx, x, all);
        dtn_profiles_free(all);
        return status;
    }
    dtn_tree *tree;
    dtn_equilibria *all = NULL;
    DTN_TRY(dtn_scenario_tree(ctx, &tree, x->scenario, &x->point, 0));
    dtn_status status = dtn_solve_tree(ctx, &all, tree, &options);
    if (status == DTN_OK)
        status = on_tree(ctx, x, tree, all);
    dtn_equilibria_free(all);
    dtn_tree_free(tree);
    return status;
}
