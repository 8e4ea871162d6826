/* Backward induction where values are unique: one sweep from the last node to the first.
 *
 * Method: nodes are in preorder, so backwards the children of a node are met one after another before the node itself: a payoff
 *   vector a level of the tree is all that has to be kept. Where a mover's best moves give everybody the same, they are all free;
 *   where they differ for others, values are not unique and the sweep gives up.
 * Cost: one comparison a branch. Exact.
 * Source: H. W. Kuhn, Extensive games and the problem of information (1953). */
#include "solve/backward.h"

#include <string.h>

typedef struct level {
    fmpq *value; /* [players] of the best branch so far, or of chance's so far */
    int *tie;    /* branches as good as the best, from the last to the first */
    int ties;    /* 0: no branch was met */
    bool differ; /* some branch is as good for the mover and not for all */
} level;

typedef struct sweep {
    const dtn_tree *tree;
    size_t players;
    level *level;
    int *free, frees, room; /* actions of tied moves, from the last node to the first */
    int dimension;
} sweep;

static dtn_status new_levels(dtn_ctx *ctx, sweep *s)
{
    const dtn_tree *t = s->tree;
    int deepest = 0, widest = 1;
    for (int n = 0; n < t->nodes; n++) {
        deepest = t->node[n].depth > deepest ? t->node[n].depth : deepest;
        widest = t->node[n].branches > widest ? t->node[n].branches : widest;
    }
    DTN_ALLOC(ctx, ctx->scratch, s->level, deepest + 1);
    fmpq *value;
    int *tie;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, value, ((size_t)deepest + 1) * s->players);
    DTN_ALLOC(ctx, ctx->scratch, tie, ((size_t)deepest + 1) * (size_t)widest);
    for (int d = 0; d <= deepest; d++) {
        s->level[d].value = value + (size_t)d * s->players;
        s->level[d].tie = tie + (size_t)d * (size_t)widest;
    }
    return DTN_OK;
}

static void copy(const sweep *s, fmpq *to, const fmpq *from)
{
    for (size_t p = 0; p < s->players; p++)
        fmpq_set(to + p, from + p);
}

static bool same(const sweep *s, const fmpq *a, const fmpq *b)
{
    for (size_t p = 0; p < s->players; p++)
        if (!fmpq_equal(a + p, b + p))
            return false;
    return true;
}

/* A branch whose value is known is offered to the node above. */
static void offer(const sweep *s, level *up, int player, int branch, const fmpq *value)
{
    int sign = up->ties == 0 ? 1 : fmpq_cmp(value + player, up->value + player);
    if (sign > 0) {
        copy(s, up->value, value);
        up->ties = 0;
        up->differ = false;
    } else if (sign == 0 && !same(s, value, up->value)) {
        up->differ = true;
    }
    if (sign >= 0)
        up->tie[up->ties++] = branch;
}

static dtn_status keep_ties(dtn_ctx *ctx, sweep *s, const level *here, int first_action)
{
    if (s->frees + here->ties > s->room) {
        int *more, room = 2 * (s->frees + here->ties) + 64;
        DTN_ALLOC(ctx, ctx->scratch, more, room);
        if (s->frees)
            memcpy(more, s->free, (size_t)s->frees * sizeof *more);
        s->free = more;
        s->room = room;
    }
    for (int i = 0; i < here->ties; i++)
        s->free[s->frees++] = first_action + here->tie[i];
    s->dimension += here->ties - 1;
    return DTN_OK;
}

static dtn_status go(dtn_ctx *ctx, sweep *s, fmpq *sigma, bool *unique)
{
    const dtn_tree *t = s->tree;
    for (int n = t->nodes - 1; n >= 0; n--) {
        const dtn_node *node = &t->node[n];
        level *here = &s->level[node->depth];
        if (n % 4096 == 0)
            DTN_TRY(dtn_ctx_poll(ctx));
        if (node->kind == DTN_NODE_TERMINAL)
            for (size_t p = 0; p < s->players; p++)
                fmpq_set(here->value + p,
                         dtn_payoffs_at(&t->payoff, (size_t)node->terminal * s->players + p).q);
        if (node->kind == DTN_NODE_DECISION) {
            int first = t->infoset[node->infoset].first_action;
            *unique = !here->differ;
            if (!*unique)
                return DTN_OK;
            fmpq_one(sigma + first + here->tie[here->ties - 1]);
            if (here->ties > 1)
                DTN_TRY(keep_ties(ctx, s, here, first));
        }
        if (n > 0) {
            level *up = &s->level[node->depth - 1];
            const dtn_node *parent = &t->node[node->parent];
            if (parent->kind == DTN_NODE_DECISION) {
                offer(s, up, t->infoset[parent->infoset].player, node->branch, here->value);
            } else {
                for (size_t p = 0; p < s->players; p++) {
                    if (up->ties == 0)
                        fmpq_zero(up->value + p);
                    fmpq_addmul(up->value + p, t->chance + n, here->value + p);
                }
                up->ties = 1;
            }
        }
        here->ties = 0;
        here->differ = false;
    }
    return DTN_OK;
}

dtn_status dtn_backward_unique(dtn_ctx *ctx, dtn_arena *arena, dtn_equilibrium *e, bool *unique,
                               const dtn_tree *tree)
{
    sweep s = {.tree = tree, .players = (size_t)tree->players};
    fmpq *sigma;
    *unique = true;
    DTN_TRY(new_levels(ctx, &s));
    DTN_ALLOC_FMPQ(ctx, arena, sigma, tree->actions);
    DTN_TRY(go(ctx, &s, sigma, unique));
    if (!*unique)
        return DTN_OK;
    e->at.sigma = sigma;
    DTN_ALLOC_FMPQ(ctx, arena, e->at.belief, tree->nodes);
    for (int n = 0; n < tree->nodes; n++)
        if (tree->node[n].kind == DTN_NODE_DECISION)
            fmpq_one(e->at.belief + n);
    e->rung = DTN_RUNG_SPE;
    e->exact = true;
    e->dimension = s.dimension;
    DTN_ALLOC(ctx, arena, e->free, s.frees);
    for (int i = s.frees - 1; i >= 0; i--) {
        dtn_free_part *part = &e->free[e->frees++];
        part->index = s.free[i];
        fmpq_init(&part->lo); /* 0 and 1 need no clearing */
        fmpq_init(&part->hi);
        fmpq_one(&part->hi);
    }
    return DTN_OK;
}
