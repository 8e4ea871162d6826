/* Which incentive switches at a change of the answer.
 *
 * Method: at the exact place c, take each equilibrium of a class that is also found on the side that matters. An action that is
 * exactly as good as the best one at c and strictly worse on that side marks the inequality that binds: the mover at that
 * information set, the action it plays there, and the other one. It `switches` when beyond c the other action is better, or
 * played. Cost: linear in equilibria x actions. Exact. */
#include "analyse/binding.h"

#include <stdlib.h>

dtn_status dtn_bind_end_init(dtn_ctx *ctx, dtn_arena *arena, dtn_bind_end *end)
{
    *end = (dtn_bind_end){.exact = false};
    return dtn_arena_fmpq_at(arena, &end->at, 1) && dtn_arena_fmpq_at(arena, &end->lo, 1) &&
                   dtn_arena_fmpq_at(arena, &end->hi, 1)
               ? DTN_OK
               : dtn_fail_nomem(ctx);
}

static const dtn_moment *of_class(const dtn_snapshot *s, int class_)
{
    for (int i = 0; i < s->moments; i++)
        if (s->moment[i].class_ == class_)
            return &s->moment[i];
    return NULL;
}

/* The action most used at an information set. */
static int played(const dtn_tree *tree, const dtn_moment *m, int infoset)
{
    const dtn_infoset *h = &tree->infoset[infoset];
    int best = h->first_action;
    for (int a = h->first_action; a < h->first_action + h->actions; a++)
        if (fmpq_cmp(m->sigma + a, m->sigma + best) > 0)
            best = a;
    return best;
}

/* A list of bindings that grows within known room: no pair of actions twice. */
typedef struct list {
    dtn_binding *item;
    int count, room;
} list;

static dtn_status add(dtn_ctx *ctx, dtn_arena *arena, list *l, const dtn_binding *binding, dtn_binding **out)
{
    *out = NULL;
    for (int i = 0; i < l->count; i++)
        if (l->item[i].infoset == binding->infoset && l->item[i].other == binding->other)
            return DTN_OK;
    if (l->count == l->room)
        return DTN_OK;
    dtn_binding *b = &l->item[l->count++];
    *b = *binding;
    if (!dtn_arena_fmpq_at(arena, &b->below, 1) || !dtn_arena_fmpq_at(arena, &b->above, 1))
        return dtn_fail_nomem(ctx);
    *out = b;
    return DTN_OK;
}

/* Payoff difference action - other in an equilibrium: from how far each falls short of the best. */
static void difference(fmpq_t out, const dtn_moment *m, int action, int other)
{
    fmpq_sub(out, m->slack + other, m->slack + action);
}

static dtn_status find_at(dtn_ctx *ctx, dtn_arena *arena, list *l, const dtn_sweep *sweep,
                          const dtn_moment *here, const dtn_moment *near, const dtn_snapshot *far, bool upper)
{
    for (int a = 0; a < sweep->tree->actions; a++) {
        if (!fmpq_is_zero(here->slack + a) || fmpq_sgn(near->slack + a) <= 0)
            continue;
        int infoset = sweep->tree->action[a].infoset;
        const dtn_infoset *h = &sweep->tree->infoset[infoset];
        dtn_binding *b;
        DTN_TRY(add(ctx, arena, l,
                    &(dtn_binding){.player = h->player,
                                   .type = h->type,
                                   .infoset = infoset,
                                   .action = played(sweep->tree, near, infoset),
                                   .other = a},
                    &b));
        if (!b)
            continue;
        difference(upper ? &b->above : &b->below, near, b->action, a);
        /* Beyond: the equilibrium that plays the other action there, if one does. */
        const dtn_moment *beyond = far->moments ? &far->moment[0] : NULL;
        for (int i = 0; i < far->moments; i++)
            if (!fmpq_is_zero(far->moment[i].sigma + a)) {
                beyond = &far->moment[i];
                b->switches = true;
                break;
            }
        if (!beyond)
            continue;
        fmpq *there = upper ? &b->below : &b->above;
        difference(there, beyond, b->action, a);
        b->switches = b->switches || fmpq_sgn(there) < 0;
    }
    return DTN_OK;
}

/* Switching ones first, then those on the path there, then in the order of information sets. */
static int by_weight(const void *a, const void *b)
{
    const dtn_binding *x = a, *y = b;
    if (x->switches != y->switches)
        return y->switches - x->switches;
    return (x->other > y->other) - (x->other < y->other);
}

dtn_status dtn_bind_end_of(dtn_ctx *ctx, dtn_arena *arena, dtn_bind_end *end, const dtn_sweep *sweep,
                           const dtn_break *at, bool upper, const dtn_label *label)
{
    DTN_TRY(dtn_bind_end_init(ctx, arena, end));
    const dtn_snapshot *near = upper ? at->right : at->left, *far = upper ? at->left : at->right;
    fmpq_set(&end->lo, at->here ? at->here->x : at->left->x);
    fmpq_set(&end->hi, at->here ? at->here->x : at->right->x);
    fmpq_add(&end->at, &end->lo, &end->hi);
    fmpq_div_2exp(&end->at, &end->at, 1);
    end->exact = at->here != NULL;
    if (!at->here)
        return DTN_OK;
    list l = {.room = 16};
    DTN_ALLOC(ctx, arena, l.item, l.room);
    for (int i = 0; i < at->here->moments; i++) {
        const dtn_moment *here = &at->here->moment[i], *n = of_class(near, here->class_);
        if (n)
            DTN_TRY(find_at(ctx, arena, &l, sweep, here, n, far, upper));
        if (n && label->prob && fmpq_equal(here->target, label->prob) && !fmpq_equal(n->target, label->prob))
            end->by_probability = true;
    }
    /* Nothing on this side becomes indifferent at the beliefs held: the incentive that the other side loses there binds. */
    bool turned = l.count == 0 && !end->by_probability;
    for (int i = 0; turned && i < at->here->moments; i++) {
        const dtn_moment *here = &at->here->moment[i], *n = of_class(far, here->class_);
        if (n)
            DTN_TRY(find_at(ctx, arena, &l, sweep, here, n, near, !upper));
    }
    for (int i = 0; turned && i < l.count; i++) {
        int action = l.item[i].action;
        l.item[i].action = l.item[i].other;
        l.item[i].other = action;
        fmpq_neg(&l.item[i].below, &l.item[i].below);
        fmpq_neg(&l.item[i].above, &l.item[i].above);
    }
    if (l.count > 1)
        qsort(l.item, (size_t)l.count, sizeof *l.item, by_weight);
    end->binding = l.item;
    end->bindings = l.count;
    end->by_probability = end->by_probability && l.count == 0;
    end->by_definition = l.count == 0 && !end->by_probability;
    return DTN_OK;
}

static int by_margin(const void *a, const void *b)
{
    const dtn_binding *x = a, *y = b;
    int order = fmpq_cmp(&x->below, &y->below);
    return order ? order : (x->other > y->other) - (x->other < y->other);
}

static bool listed(const dtn_bind_end *end, int infoset, int a, int b)
{
    for (int i = 0; end && i < end->bindings; i++) {
        const dtn_binding *x = &end->binding[i];
        if (x->infoset == infoset && ((x->action == a && x->other == b) || (x->action == b && x->other == a)))
            return true;
    }
    return false;
}

dtn_status dtn_bind_nexts(dtn_ctx *ctx, dtn_arena *arena, const dtn_binding **out, int *count,
                          const dtn_sweep *sweep, const dtn_snapshot *at, const fmpq_t prob,
                          const dtn_bind_end *end, int most)
{
    list l = {.room = at->moments * sweep->tree->actions};
    DTN_ALLOC(ctx, arena, l.item, l.room);
    for (int i = 0; i < at->moments; i++)
        for (int a = 0; a < sweep->tree->actions; a++) {
            const dtn_moment *m = &at->moment[i];
            int infoset = sweep->tree->action[a].infoset;
            if (fmpq_cmp(m->target, prob) < 0 || fmpq_sgn(m->slack + a) <= 0 || !fmpq_is_zero(m->sigma + a) ||
                listed(end, infoset, played(sweep->tree, m, infoset), a))
                continue;
            const dtn_infoset *h = &sweep->tree->infoset[infoset];
            dtn_binding *b;
            DTN_TRY(add(ctx, arena, &l,
                        &(dtn_binding){.player = h->player,
                                       .type = h->type,
                                       .infoset = infoset,
                                       .action = played(sweep->tree, m, infoset),
                                       .other = a},
                        &b));
            if (!b)
                continue;
            difference(&b->below, m, b->action, a);
            fmpq_set(&b->above, &b->below);
        }
    if (l.count > 1)
        qsort(l.item, (size_t)l.count, sizeof *l.item, by_margin);
    *out = l.item;
    *count = l.count < most ? l.count : most;
    return DTN_OK;
}
