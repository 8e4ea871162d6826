/* Assessments: reach probabilities, Bayes' rule, continuation values, and the description of an equilibrium.
 *
 * Nodes are in preorder, so that one forward sweep gives what parents decide (reach) and one backward sweep
 * what children decide (values). Cost: linear in nodes (times players). Exact. */
#include "model/assessment.h"

#include <string.h>

static const struct {
    const char *name, *title;
} rungs[DTN_RUNG_COUNT] = {
#define X(id, name, title) {name, title},
    DTN_RUNG_LIST(X)
#undef X
};

const char *dtn_rung_name(dtn_rung rung)
{
    return (unsigned)rung < DTN_RUNG_COUNT ? rungs[rung].name : "?";
}

const char *dtn_rung_title(dtn_rung rung)
{
    return (unsigned)rung < DTN_RUNG_COUNT ? rungs[rung].title : "?";
}

bool dtn_rung_parse(const char *name, dtn_rung *out)
{
    for (int r = 0; r < DTN_RUNG_COUNT; r++)
        if (strcmp(name, rungs[r].name) == 0) {
            *out = (dtn_rung)r;
            return true;
        }
    return false;
}

void dtn_equilibria_free(dtn_equilibria *e)
{
    if (e)
        dtn_arena_free(e->arena);
}

dtn_status dtn_assessment_new(dtn_ctx *ctx, dtn_arena *arena, dtn_assessment *out, const dtn_tree *tree)
{
    DTN_ALLOC_FMPQ(ctx, arena, out->sigma, tree->actions);
    DTN_ALLOC_FMPQ(ctx, arena, out->belief, tree->nodes);
    return DTN_OK;
}

/* Probability of the branch into a node, given that its parent is reached; NULL stands for 1. */
static const fmpq *branch_probability(const dtn_tree *tree, const fmpq *sigma, int node)
{
    const dtn_node *child = &tree->node[node], *parent = &tree->node[child->parent];
    if (parent->kind == DTN_NODE_CHANCE)
        return &tree->chance[node];
    return &sigma[tree->infoset[parent->infoset].first_action + child->branch];
}

void dtn_assessment_reach(const dtn_tree *tree, const fmpq *sigma, fmpq *reach)
{
    fmpq_one(reach);
    for (int n = 1; n < tree->nodes; n++)
        fmpq_mul(reach + n, reach + tree->node[n].parent, branch_probability(tree, sigma, n));
}

void dtn_assessment_bayes(const dtn_tree *tree, dtn_assessment *a, const fmpq *reach)
{
    fmpq_t total;
    fmpq_init(total);
    for (int h = 0; h < tree->infosets; h++) {
        const int *member = tree->members + tree->infoset[h].first_member;
        fmpq_zero(total);
        for (int k = 0; k < tree->infoset[h].members; k++)
            fmpq_add(total, total, reach + member[k]);
        if (fmpq_is_zero(total))
            continue;
        for (int k = 0; k < tree->infoset[h].members; k++)
            fmpq_div(a->belief + member[k], reach + member[k], total);
    }
    fmpq_clear(total);
}

void dtn_assessment_values(const dtn_tree *tree, const fmpq *sigma, fmpq *value)
{
    size_t players = (size_t)tree->players;
    for (size_t i = 0; i < (size_t)tree->nodes * players; i++)
        fmpq_zero(value + i);
    for (int n = tree->nodes - 1; n >= 0; n--) {
        const dtn_node *node = &tree->node[n];
        fmpq *own = value + (size_t)n * players;
        if (node->kind == DTN_NODE_TERMINAL)
            for (size_t p = 0; p < players; p++)
                fmpq_set(own + p, dtn_payoffs_at(&tree->payoff, (size_t)node->terminal * players + p).q);
        if (n == 0)
            break;
        const fmpq *weight = branch_probability(tree, sigma, n);
        fmpq *above = value + (size_t)node->parent * players;
        if (fmpq_is_one(weight)) /* chance and mixtures give branches less than 1: nothing else adds up above */
            for (size_t p = 0; p < players; p++)
                fmpq_set(above + p, own + p);
        else if (!fmpq_is_zero(weight))
            for (size_t p = 0; p < players; p++)
                fmpq_addmul(above + p, weight, own + p);
    }
}

/* payoff of each (player, own type) = expectation over the draws that contain the type; 0 for a type of prior
 * 0. */
static dtn_status payoff_by_type(dtn_ctx *ctx, dtn_arena *arena, dtn_equilibrium *e, const dtn_tree *tree,
                                 const fmpq *value)
{
    e->type_stride = 1;
    for (int p = 0; p < tree->players; p++)
        if (tree->player[p].types > e->type_stride)
            e->type_stride = tree->player[p].types;
    size_t cells = (size_t)tree->players * (size_t)e->type_stride;
    fmpq *weight;
    DTN_ALLOC_FMPQ(ctx, arena, e->type_payoff, cells);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, weight, cells);
    for (int d = 0; d < tree->draws; d++)
        for (int p = 0; p < tree->players; p++) {
            int type = tree->draw[d].types[p];
            if (type < 0)
                continue;
            size_t cell = (size_t)p * (size_t)e->type_stride + (size_t)type;
            size_t at = (size_t)tree->draw[d].node * (size_t)tree->players + (size_t)p;
            fmpq_add(weight + cell, weight + cell, tree->draw_prob + d);
            fmpq_addmul(e->type_payoff + cell, tree->draw_prob + d, value + at);
        }
    for (size_t i = 0; i < cells; i++)
        if (!fmpq_is_zero(weight + i))
            fmpq_div(e->type_payoff + i, e->type_payoff + i, weight + i);
    return DTN_OK;
}

/* Where play ends and what it pays, from the probability of the node at each level on the way down. */
static dtn_status describe_play(dtn_ctx *ctx, dtn_equilibrium *e, const dtn_tree *tree)
{
    size_t players = (size_t)tree->players;
    int deepest = 0;
    for (int n = 0; n < tree->nodes; n++)
        deepest = tree->node[n].depth > deepest ? tree->node[n].depth : deepest;
    fmpq *reach;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, reach, (size_t)deepest + 1);
    fmpq_one(reach);
    for (int n = 0; n < tree->nodes; n++) {
        const dtn_node *node = &tree->node[n];
        fmpq *own = reach + node->depth;
        if (n > 0 && fmpq_is_zero(own - 1))
            fmpq_zero(own);
        else if (n > 0)
            fmpq_mul(own, own - 1, branch_probability(tree, e->at.sigma, n));
        if (fmpq_is_zero(own))
            continue;
        if (node->kind == DTN_NODE_DECISION)
            e->reached[node->infoset] = true;
        if (node->kind == DTN_NODE_TERMINAL && node->outcome >= 0)
            fmpq_add(e->outcome_prob + node->outcome, e->outcome_prob + node->outcome, own);
        for (size_t p = 0; p < players && node->kind == DTN_NODE_TERMINAL; p++)
            fmpq_addmul(e->payoff + p, own,
                        dtn_payoffs_at(&tree->payoff, (size_t)node->terminal * players + p).q);
    }
    return DTN_OK;
}

static dtn_status describe(dtn_ctx *ctx, dtn_arena *arena, dtn_equilibrium *e, const dtn_tree *tree)
{
    fmpq *value = NULL;
    DTN_ALLOC_FMPQ(ctx, arena, e->outcome_prob, tree->outcomes);
    DTN_ALLOC_FMPQ(ctx, arena, e->payoff, tree->players);
    DTN_ALLOC(ctx, arena, e->reached, tree->infosets);
    DTN_TRY(describe_play(ctx, e, tree));
    if (tree->draws) {
        DTN_ALLOC_FMPQ(ctx, ctx->scratch, value, (size_t)tree->nodes * (size_t)tree->players);
        dtn_assessment_values(tree, e->at.sigma, value);
    }
    return payoff_by_type(ctx, arena, e, tree, value);
}

dtn_status dtn_equilibrium_describe(dtn_ctx *ctx, dtn_arena *arena, dtn_equilibrium *e, const dtn_tree *tree)
{
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = describe(ctx, arena, e, tree);
    if (arena != ctx->scratch) /* else the result would go too */
        dtn_arena_release(ctx->scratch, mark);
    return status;
}
