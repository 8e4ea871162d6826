/* Verifier of games with perfect information: one sweep says whether every choice is best, and what the strategies pay.
 *
 * Method: backwards through the nodes, a level of the tree keeps the sum that the strategies give and the greatest that the mover could have.
 *   With perfect information every decision begins a subgame and no belief is needed: such strategies reach every rung.
 * Cost: one comparison a branch; memory: the depth of the tree. Exact. */
#include "solve/verify_tree.h"

typedef struct level {
    fmpq *value; /* [players], then the mover's best */
    bool met;    /* some branch was */
} level;

dtn_status dtn_check_perfect_information(dtn_ctx *ctx, bool *holds, fmpq *payoff, const dtn_tree *t,
                                         const fmpq *sigma)
{
    size_t players = (size_t)t->players;
    int deepest = 0;
    for (int n = 0; n < t->nodes; n++)
        deepest = t->node[n].depth > deepest ? t->node[n].depth : deepest;
    level *levels;
    fmpq *number;
    DTN_ALLOC(ctx, ctx->scratch, levels, deepest + 1);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, number, ((size_t)deepest + 1) * (players + 1));
    for (int d = 0; d <= deepest; d++)
        levels[d].value = number + (size_t)d * (players + 1);
    *holds = true;
    for (int n = t->nodes - 1; n >= 0; n--) {
        const dtn_node *node = &t->node[n];
        level *here = &levels[node->depth];
        if (n % 4096 == 0)
            DTN_TRY(dtn_ctx_poll(ctx));
        if (node->kind == DTN_NODE_TERMINAL)
            for (size_t p = 0; p < players; p++)
                fmpq_set(here->value + p, dtn_payoffs_at(&t->payoff, (size_t)node->terminal * players + p).q);
        if (node->kind == DTN_NODE_DECISION) {
            *holds = fmpq_equal(here->value + t->infoset[node->infoset].player, here->value + players);
            if (!*holds)
                return DTN_OK;
        }
        here->met = false;
        if (n == 0)
            break;
        level *up = &levels[node->depth - 1];
        const dtn_node *parent = &t->node[node->parent];
        const fmpq *weight = t->chance + n;
        if (parent->kind == DTN_NODE_DECISION) {
            const dtn_infoset *set = &t->infoset[parent->infoset];
            weight = sigma + set->first_action + node->branch;
            if (!up->met || fmpq_cmp(here->value + set->player, up->value + players) > 0)
                fmpq_set(up->value + players, here->value + set->player);
        }
        for (size_t p = 0; p < players; p++) {
            if (!up->met)
                fmpq_zero(up->value + p);
            if (fmpq_is_one(weight))
                fmpq_add(up->value + p, up->value + p, here->value + p);
            else if (!fmpq_is_zero(weight))
                fmpq_addmul(up->value + p, weight, here->value + p);
        }
        up->met = true;
    }
    for (size_t p = 0; p < players; p++)
        fmpq_set(payoff + p, levels[0].value + p);
    return DTN_OK;
}
