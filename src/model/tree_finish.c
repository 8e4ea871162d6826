/* Freezes what a builder has collected: preorder, numbering of information sets and actions, checks.
 *
 * Method: children are sorted into their branches, one walk in preorder numbers nodes, sums payoffs and meets
 * information sets; a set keeps perfect recall iff all its nodes have the same last own action (by induction
 * they then share the whole own history).
 * Cost: linear in nodes times players. Exact: yes. */
#include <string.h>

#include "model/tree_builder.h"

typedef struct freeze {
    dtn_ctx *ctx;
    dtn_tree_builder *b;
    dtn_tree *t;
    int *first, *branches, *child; /* of builder's nodes */
    int *order;                    /* [nodes] builder's node by preorder */
    int *number;                   /* [nodes] preorder by builder's node */
    dtn_node *node;
    dtn_infoset *infoset;
    int *final_set; /* by builder's number; -1: never met */
    fmpq *exact;    /* payoffs where they are formulas too */
    fmpq *sum, *chance;
    const dtn_expr **chance_formula, **payoff_formula;
} freeze;

/* Sorts children into branches: every branch filled once, as many as actions. */
static dtn_status sort_children(freeze *f)
{
    dtn_tree_builder *b = f->b;
    DTN_ALLOC(f->ctx, b->work, f->first, b->nodes);
    DTN_ALLOC(f->ctx, b->work, f->branches, b->nodes);
    DTN_ALLOC(f->ctx, b->work, f->child, b->nodes);
    for (int i = 0; i < b->nodes; i++) {
        f->child[i] = -1;
        const dtn_built_node *n = dtn_built_at(b, i);
        if (n->parent >= 0)
            f->branches[n->parent]++;
    }
    int total = 0;
    for (int i = 0; i < b->nodes; i++) {
        const dtn_built_node *n = dtn_built_at(b, i);
        f->first[i] = total;
        total += f->branches[i];
        if (n->kind == DTN_NODE_DECISION && f->branches[i] != b->infoset[n->infoset].actions)
            return dtn_fail(f->ctx, DTN_ARG,
                            "a node of information set %s has %d branches, the set has %d actions",
                            b->infoset[n->infoset].name, f->branches[i], b->infoset[n->infoset].actions);
        if (n->kind == DTN_NODE_CHANCE && f->branches[i] == 0)
            return dtn_fail(f->ctx, DTN_ARG, "chance node %d has no branches", i);
    }
    for (int i = 1; i < b->nodes; i++) {
        const dtn_built_node *n = dtn_built_at(b, i);
        if (n->branch >= f->branches[n->parent])
            return dtn_fail(f->ctx, DTN_ARG, "node %d is branch %d of a node with %d branches", i, n->branch,
                            f->branches[n->parent]);
        int *slot = &f->child[f->first[n->parent] + n->branch];
        if (*slot >= 0)
            return dtn_fail(f->ctx, DTN_ARG, "nodes %d and %d are both branch %d of node %d", *slot, i,
                            n->branch, n->parent);
        *slot = i;
    }
    return DTN_OK;
}

static dtn_status number_nodes(freeze *f)
{
    dtn_tree_builder *b = f->b;
    int *stack, depth = 0, count = 0;
    DTN_ALLOC(f->ctx, b->work, f->order, b->nodes);
    DTN_ALLOC(f->ctx, b->work, f->number, b->nodes);
    dtn_arena_mark mark = dtn_arena_save(b->work);
    DTN_ALLOC(f->ctx, b->work, stack, b->nodes);
    stack[depth++] = 0;
    while (depth > 0) {
        int at = stack[--depth];
        f->number[at] = count;
        f->order[count++] = at;
        for (int k = f->branches[at] - 1; k >= 0; k--)
            stack[depth++] = f->child[f->first[at] + k];
    }
    dtn_arena_release(b->work, mark);
    return DTN_OK;
}

/* Final numbers: by player, then by first visit; sets that are never met are left out. */
static dtn_status number_infosets(freeze *f)
{
    dtn_tree_builder *b = f->b;
    dtn_tree *t = f->t;
    int *met, count = 0;
    DTN_ALLOC(f->ctx, b->work, f->final_set, b->infosets + 1);
    DTN_ALLOC(f->ctx, b->work, met, b->infosets + 1);
    for (int i = 0; i < b->infosets; i++)
        f->final_set[i] = -1;
    for (int i = 0; i < b->nodes; i++) {
        const dtn_built_node *n = dtn_built_at(b, f->order[i]);
        if (n->kind == DTN_NODE_DECISION && f->final_set[n->infoset] == -1) {
            f->final_set[n->infoset] = 0;
            met[count++] = n->infoset;
        }
    }
    dtn_action *action;
    int *members, actions = 0, at = 0;
    for (int i = 0; i < count; i++)
        actions += b->infoset[met[i]].actions;
    DTN_ALLOC(f->ctx, b->arena, f->infoset, count);
    DTN_ALLOC(f->ctx, b->arena, action, actions);
    for (int p = 0; p < b->players; p++)
        for (int i = 0; i < count; i++) {
            const dtn_built_infoset *from = &b->infoset[met[i]];
            if (from->player != p)
                continue;
            f->final_set[met[i]] = t->infosets;
            f->infoset[t->infosets] = (dtn_infoset){.player = p,
                                                    .type = from->type,
                                                    .first_action = at,
                                                    .actions = from->actions,
                                                    .name = from->name,
                                                    .move = from->move};
            for (int a = 0; a < from->actions; a++, at++) {
                action[at] = from->action[a];
                action[at].infoset = t->infosets;
            }
            t->infosets++;
        }
    t->actions = actions;
    t->action = action;
    t->infoset = f->infoset;
    int decisions = 0;
    for (int i = 0; i < b->nodes; i++)
        if (dtn_built_at(b, i)->kind == DTN_NODE_DECISION) {
            f->infoset[f->final_set[dtn_built_at(b, i)->infoset]].members++;
            decisions++;
        }
    DTN_ALLOC(f->ctx, b->arena, members, decisions);
    for (int h = 0, first = 0; h < t->infosets; h++) {
        f->infoset[h].first_member = first;
        first += f->infoset[h].members;
        f->infoset[h].members = 0;
    }
    for (int i = 0; i < b->nodes; i++) {
        const dtn_built_node *n = dtn_built_at(b, f->order[i]);
        if (n->kind == DTN_NODE_DECISION) {
            dtn_infoset *h = &f->infoset[f->final_set[n->infoset]];
            members[h->first_member + h->members++] = i;
        }
    }
    t->members = members;
    return DTN_OK;
}

/* Payoffs of an end: its own and what the nodes above it gave (sum, accumulated per node). */
static dtn_status fill_payoff(freeze *f, const dtn_built_node *from, int terminal, const fmpq *given)
{
    int players = f->b->players;
    for (int p = 0; p < players; p++) {
        fmpq *x = f->exact ? &f->exact[(size_t)terminal * (size_t)players + (size_t)p] : f->sum;
        const dtn_expr *formula = from->payoff_formula ? from->payoff_formula[p] : NULL;
        given ? fmpq_set(x, &given[p]) : fmpq_zero(x);
        if (from->payoff)
            fmpq_add(x, x, &from->payoff[p]);
        if (!f->exact) {
            DTN_TRY(dtn_payoffs_set(f->ctx, &f->t->payoff, (size_t)terminal, (size_t)p, x));
            continue;
        }
        if (!formula)
            formula = dtn_expr_constant(f->b->arena, x);
        else if (given && !fmpq_is_zero(&given[p])) {
            const dtn_expr *constant = dtn_expr_constant(f->b->arena, &given[p]);
            formula = constant ? dtn_expr_add(f->ctx, f->b->arena, formula, constant) : NULL;
        }
        if (!formula)
            return dtn_fail_nomem(f->ctx);
        f->payoff_formula[(size_t)terminal * (size_t)players + (size_t)p] = formula;
    }
    return DTN_OK;
}

static dtn_status fill_nodes(freeze *f)
{
    dtn_tree_builder *b = f->b;
    dtn_tree *t = f->t;
    int *children, players = b->players, terminals = 0;
    bool formulas = false, inner = false; /* inner: some amounts stand above the ends */
    for (int i = 0; i < b->nodes; i++) {
        const dtn_built_node *n = dtn_built_at(b, i);
        terminals += n->kind == DTN_NODE_TERMINAL;
        formulas = formulas || n->payoff_formula || n->prob_formula;
        inner = inner || (n->payoff && n->kind != DTN_NODE_TERMINAL);
    }
    t->terminals = terminals;
    DTN_ALLOC(f->ctx, b->arena, f->node, b->nodes);
    DTN_ALLOC(f->ctx, b->arena, children, b->nodes);
    size_t ends = (size_t)terminals, columns = (size_t)players;
    DTN_ALLOC_FMPQ(f->ctx, b->work, f->sum, 1);
    DTN_TRY(formulas ? dtn_payoffs_make_exact(f->ctx, &t->payoff, b->arena, ends, columns, &f->exact)
                     : dtn_payoffs_make(f->ctx, &t->payoff, b->arena, ends, columns));
    DTN_ALLOC_FMPQ(f->ctx, b->arena, f->chance, b->nodes);
    if (formulas) {
        DTN_ALLOC(f->ctx, b->arena, f->chance_formula, b->nodes);
        DTN_ALLOC(f->ctx, b->arena, f->payoff_formula, (size_t)terminals * (size_t)players);
    }
    const fmpq **given = NULL; /* amounts above, by preorder; NULL: nothing */
    if (inner)
        DTN_ALLOC(f->ctx, b->work, given, b->nodes);
    terminals = 0;
    for (int i = 0; i < b->nodes; i++) {
        const dtn_built_node *from = dtn_built_at(b, f->order[i]);
        int parent = from->parent >= 0 ? f->number[from->parent] : -1;
        bool end = from->kind == DTN_NODE_TERMINAL, decision = from->kind == DTN_NODE_DECISION;
        f->node[i] = (dtn_node){.kind = from->kind,
                                .parent = parent,
                                .branch = from->branch,
                                .first_child = f->first[f->order[i]],
                                .branches = f->branches[f->order[i]],
                                .infoset = decision ? f->final_set[from->infoset] : -1,
                                .terminal = end ? terminals : -1,
                                .outcome = from->outcome,
                                .draw = from->draw,
                                .depth = parent >= 0 ? f->node[parent].depth + 1 : 0,
                                .label = from->label,
                                .via = from->via,
                                .move = from->move};
        for (int k = 0; k < f->node[i].branches; k++)
            children[f->node[i].first_child + k] = f->number[f->child[f->node[i].first_child + k]];
        if (inner)
            given[i] = parent >= 0 ? given[parent] : NULL;
        if (end) {
            DTN_TRY(fill_payoff(f, from, terminals++, inner ? given[i] : NULL));
        } else if (from->payoff) {
            fmpq *sum;
            DTN_ALLOC_FMPQ(f->ctx, b->work, sum, players);
            for (int p = 0; p < players; p++)
                given[i] ? fmpq_add(&sum[p], &given[i][p], &from->payoff[p])
                         : fmpq_set(&sum[p], &from->payoff[p]);
            given[i] = sum;
        }
        fmpq_one(&f->chance[i]);
        if (parent >= 0 && f->node[parent].kind == DTN_NODE_CHANCE) {
            if (!from->prob)
                return dtn_fail(f->ctx, DTN_ARG, "node %d hangs from chance and has no probability",
                                f->order[i]);
            fmpq_set(&f->chance[i], from->prob);
            if (formulas)
                f->chance_formula[i] =
                    from->prob_formula ? from->prob_formula : dtn_expr_constant(b->arena, from->prob);
        }
        if (from->draw >= 0 && b->draw[from->draw].node < 0)
            b->draw[from->draw].node = i;
    }
    t->node = f->node;
    t->children = children;
    t->chance = f->chance;
    t->chance_formula = f->chance_formula;
    t->payoff_formula = f->payoff_formula;
    return DTN_OK;
}

/* Perfect recall, and absent-mindedness, from the last own action before each node. */
static dtn_status find_recall(freeze *f)
{
    dtn_tree *t = f->t;
    int *last,
        *before; /* [nodes][players] last own action on the way, by depth; [infosets] that of the first member */
    int *end,
        *within; /* [nodes] one past the last node below; [infosets] the greatest end of the members met */
    int deepest = 0;
    for (int i = 0; i < t->nodes; i++)
        deepest = t->node[i].depth > deepest ? t->node[i].depth : deepest;
    size_t players = (size_t)t->players;
    DTN_ALLOC(f->ctx, f->b->work, last, ((size_t)deepest + 2) * players);
    DTN_ALLOC(f->ctx, f->b->work, before, t->infosets + 1);
    DTN_ALLOC(f->ctx, f->b->work, within, t->infosets + 1);
    DTN_ALLOC(f->ctx, f->b->work, end, t->nodes);
    for (int i = t->nodes - 1; i >= 0; i--) {
        end[i] = end[i] ? end[i] : i + 1;
        if (i > 0 && !end[t->node[i].parent])
            end[t->node[i].parent] = end[i]; /* the last child comes first */
    }
    t->perfect_recall = true;
    t->perfect_information = true;
    t->recall_infoset = -1;
    for (size_t p = 0; p < players; p++)
        last[p] = -1;
    for (int i = 0; i < t->nodes; i++) {
        const dtn_node *n = &t->node[i];
        int *own = last + (size_t)n->depth * players;
        if (n->parent >= 0) {
            memcpy(own, own - players, players * sizeof *own);
            const dtn_node *parent = &t->node[n->parent];
            if (parent->kind == DTN_NODE_DECISION) {
                const dtn_infoset *h = &t->infoset[parent->infoset];
                own[h->player] = h->first_action + n->branch;
            }
        }
        if (n->kind != DTN_NODE_DECISION)
            continue;
        dtn_infoset *h = &f->infoset[n->infoset];
        int first = t->members[h->first_member], clash = -1;
        if (h->members > 1)
            t->perfect_information = false;
        if (first == i)
            before[n->infoset] = own[h->player];
        else if (before[n->infoset] != own[h->player])
            clash = first;
        if (i < within[n->infoset]) { /* below another member */
            h->absentminded = true;
            clash = i;
        }
        within[n->infoset] = end[i] > within[n->infoset] ? end[i] : within[n->infoset];
        if (clash >= 0 && t->perfect_recall) {
            t->perfect_recall = false;
            t->recall_infoset = n->infoset;
            t->recall_node[0] = clash;
            t->recall_node[1] = i;
        }
    }
    return DTN_OK;
}

static dtn_status freeze_tree(freeze *f)
{
    dtn_tree_builder *b = f->b;
    dtn_tree *t = f->t;
    if (b->nodes == 0)
        return dtn_fail(f->ctx, DTN_ARG, "a tree has at least one node");
    fmpq *prob;
    DTN_ALLOC_FMPQ(f->ctx, b->arena, prob, b->draws);
    for (int d = 0; d < b->draws; d++)
        fmpq_set(&prob[d], b->draw_prob[d]);
    *t = (dtn_tree){.arena = b->arena,
                    .title = b->title,
                    .about = b->about,
                    .players = b->players,
                    .nodes = b->nodes,
                    .outcomes = b->outcomes,
                    .draws = b->draws,
                    .draw_prob = prob};
    DTN_TRY(sort_children(f));
    DTN_TRY(number_nodes(f));
    DTN_TRY(number_infosets(f));
    DTN_TRY(fill_nodes(f));
    DTN_TRY(find_recall(f));
    DTN_TRY(dtn_tree_check(f->ctx, t));
    /* Lists that grew in the builder's own arena move to the tree's. */
    dtn_tree_player *player;
    const char **outcome, **label;
    dtn_draw *draw;
    DTN_ALLOC(f->ctx, b->arena, player, b->players);
    DTN_ALLOC(f->ctx, b->arena, outcome, b->outcomes);
    DTN_ALLOC(f->ctx, b->arena, label, b->outcomes);
    DTN_ALLOC(f->ctx, b->arena, draw, b->draws);
    if (b->players)
        memcpy(player, b->player, (size_t)b->players * sizeof *player);
    if (b->outcomes) {
        memcpy(outcome, b->outcome, (size_t)b->outcomes * sizeof *outcome);
        memcpy(label, b->outcome_label, (size_t)b->outcomes * sizeof *label);
    }
    if (b->draws)
        memcpy(draw, b->draw, (size_t)b->draws * sizeof *draw);
    t->player = player;
    t->outcome = outcome;
    t->outcome_label = label;
    t->draw = draw;
    return DTN_OK;
}

dtn_status dtn_tree_finish(dtn_ctx *ctx, dtn_tree **out, dtn_tree_builder *b)
{
    *out = NULL;
    freeze f = {.ctx = ctx, .b = b, .t = dtn_arena_array(b->arena, 1, sizeof(dtn_tree))};
    dtn_status status = f.t ? freeze_tree(&f) : dtn_fail_nomem(ctx);
    dtn_arena *work = b->work;
    if (status != DTN_OK)
        dtn_arena_free(b->arena);
    else
        *out = f.t;
    dtn_arena_free(work); /* b lives there */
    return status;
}
