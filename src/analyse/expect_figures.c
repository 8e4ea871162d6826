/* Expectations of `credibility`: figures of a threat, a promise or a signal in every listed equilibrium.
 *
 * Figures of an act: margin, regret, least_cost, probability, belief_threshold_lo, belief_threshold_hi (of the information set's first
 * position), belief_threshold with the type believed in, heed, execute and surplus (with the addressee's type where it has several).
 * Of a message: sent, posterior and gain with the sender's type, decision_value of its signal. */
#include <string.h>

#include "analyse/credibility.h"
#include "analyse/expect.h"
#include "analyse/solve.h"
#include "solve/solver.h"

/* What one equilibrium has to say. */
typedef struct figures {
    const dtn_tree *tree;
    const dtn_credible_act *act;
    int acts;
    const dtn_signal *signal;
    int signals;
    const int *action; /* the actions asked about */
    int actions;
} figures;

static bool is_asked(const figures *f, int action)
{
    for (int i = 0; i < f->actions; i++)
        if (f->action[i] == action)
            return true;
    return false;
}

static bool type_is(const dtn_tree *tree, int player, int type, const char *name)
{
    return !name || (type >= 0 && strcmp(tree->player[player].type_names[type], name) == 0);
}

/* Whether the draw of a position has a player other than the mover of this type. */
static bool position_has(const dtn_tree *tree, int node, const char *name)
{
    int draw = tree->node[node].draw, mover = tree->infoset[tree->node[node].infoset].player;
    for (int p = 0; draw >= 0 && name && p < tree->players; p++)
        if (p != mover && tree->draw[draw].types[p] >= 0 && type_is(tree, p, tree->draw[draw].types[p], name))
            return true;
    return !name;
}

/* Figures of an act; *met counts those found. Each is judged by itself. */
typedef struct judgement {
    const dtn_scn_pair *pair;
    const fmpq *bound;
    fmpq *lo, *hi; /* all values met */
    int met;
    bool pass;
} judgement;

static void meet(judgement *j, const fmpq *lo, const fmpq *hi)
{
    j->pass = j->pass && dtn_expect_fits(lo, hi, j->pair, j->bound);
    if (j->met == 0 || fmpq_cmp(lo, j->lo) < 0)
        fmpq_set(j->lo, lo);
    if (j->met == 0 || fmpq_cmp(hi, j->hi) > 0)
        fmpq_set(j->hi, hi);
    j->met++;
}

static void judge_heeds(judgement *j, const figures *f, const dtn_credible_act *act, const char *what)
{
    for (int i = 0; i < act->heeds; i++) {
        const dtn_heed *h = &act->heed[i];
        if (!type_is(f->tree, f->tree->infoset[h->infoset].player, h->type, j->pair->subkey))
            continue;
        if (strcmp(what, "heed") == 0 && h->formal)
            meet(j, &h->threshold, &h->threshold);
        else if (strcmp(what, "execute") == 0)
            meet(j, &h->execute.lo, &h->execute.hi);
        else if (strcmp(what, "surplus") == 0 && h->formal)
            meet(j, &h->surplus.lo, &h->surplus.hi);
    }
}

static void judge_needs(judgement *j, const figures *f, const dtn_credible_act *act, const char *end)
{
    for (int i = 0; i < act->needs && !act->never; i++) {
        if (j->pair->subkey ? !position_has(f->tree, act->need[i].node, j->pair->subkey) : i > 0)
            continue;
        const dtn_span *best = &act->need[i].best;
        if (strcmp(end, "_lo") == 0)
            meet(j, &best->lo, &best->lo);
        else if (strcmp(end, "_hi") == 0)
            meet(j, &best->hi, &best->hi);
        else
            meet(j, &best->lo, &best->hi);
    }
}

static void judge_acts(judgement *j, const figures *f)
{
    const char *key = j->pair->key;
    for (int i = 0; i < f->acts; i++) {
        const dtn_credible_act *act = &f->act[i];
        if (!is_asked(f, act->action))
            continue;
        const dtn_span *span = strcmp(key, "margin") == 0        ? &act->margin
                               : strcmp(key, "regret") == 0      ? &act->regret
                               : strcmp(key, "least_cost") == 0  ? &act->least_cost
                               : strcmp(key, "probability") == 0 ? &act->probability
                                                                 : NULL;
        if (span)
            meet(j, &span->lo, &span->hi);
        else if (strncmp(key, "belief_threshold", 16) == 0)
            judge_needs(j, f, act, key + 16);
        else
            judge_heeds(j, f, act, key);
    }
}

static void judge_signals(judgement *j, const figures *f)
{
    const char *key = j->pair->key;
    for (int i = 0; i < f->signals; i++)
        for (int m = 0; m < f->signal[i].messages; m++) {
            const dtn_signal *s = &f->signal[i];
            const dtn_message *message = &s->message[m];
            bool value = strcmp(key, "decision_value") == 0, met = false;
            for (int t = 0; t < s->types; t++) {
                if (!s->present[t] || !is_asked(f, message->action[t]))
                    continue;
                const fmpq *list = strcmp(key, "sent") == 0        ? message->sent
                                   : strcmp(key, "posterior") == 0 ? message->posterior
                                   : strcmp(key, "gain") == 0      ? message->gain
                                                                   : NULL;
                if (list && type_is(f->tree, s->player, t, j->pair->subkey))
                    meet(j, list + t, list + t);
                met = true;
            }
            if (value && met)
                meet(j, &s->decision_value, &s->decision_value);
        }
}

static dtn_status judge_figure(dtn_ctx *ctx, dtn_expecting *x, const figures *list, int count,
                               const dtn_scn_pair *pair)
{
    fmpq *number;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, number, 4);
    const char *expected = dtn_expect_bound(ctx, x, number, pair);
    if (!expected)
        return ctx->status;
    judgement j = {.pair = pair, .bound = number, .lo = number + 2, .hi = number + 3, .pass = true};
    for (int i = 0; i < count; i++) {
        judge_acts(&j, &list[i]);
        judge_signals(&j, &list[i]);
    }
    const char *asked = dtn_arena_printf(x->arena, "credibility of %s: %s%s%s", x->entry->action, pair->key,
                                         pair->subkey ? " for " : "", pair->subkey ? pair->subkey : "");
    return dtn_expect_add(ctx, x, pair->place, j.met > 0 && j.pass, asked, expected,
                          j.met ? dtn_expect_span(x->arena, j.lo, j.hi) : "no such figure in any equilibrium");
}

static dtn_status judge_all(dtn_ctx *ctx, dtn_expecting *x, const dtn_tree *tree, const dtn_equilibria *all)
{
    figures *list;
    int *action, actions;
    DTN_TRY(dtn_key_actions(ctx, ctx->scratch, &action, &actions, tree, x->entry->action));
    DTN_ALLOC(ctx, ctx->scratch, list, all->count);
    for (int i = 0; i < all->count; i++) {
        list[i] = (figures){.tree = tree, .action = action, .actions = actions};
        DTN_TRY(dtn_credibility_acts(ctx, x->arena, &list[i].act, &list[i].acts, tree, &all->item[i]));
        DTN_TRY(dtn_credibility_signals(ctx, x->arena, &list[i].signal, &list[i].signals, tree, &all->item[i]));
    }
    for (int i = 0; i < x->entry->figures; i++)
        DTN_TRY(judge_figure(ctx, x, list, all->count, &x->entry->figure[i]));
    return DTN_OK;
}

dtn_status dtn_expect_credibility(dtn_ctx *ctx, dtn_expecting *x)
{
    dtn_solve_options options = {.rung = DTN_RUNG_D1};
    if (x->entry->solve)
        DTN_TRY(dtn_rung_read(ctx, &options.rung, x->entry->solve));
    if (x->scenario->start < 0)
        return dtn_fail(ctx, DTN_DOMAIN, "credibility: the file has no `moves:`");
    dtn_tree *tree;
    dtn_equilibria *all = NULL;
    DTN_TRY(dtn_scenario_tree(ctx, &tree, x->scenario, &x->point, 0));
    dtn_status status = dtn_solve_tree(ctx, &all, tree, &options);
    if (status == DTN_OK)
        status = judge_all(ctx, x, tree, all);
    dtn_equilibria_free(all);
    dtn_tree_free(tree);
    return status;
}
