/* Collects the nodes of a tree in any order in which parents come first.
 *
 * Cost: constant a node, on average; equal texts are kept once. */
#include "model/tree_builder.h"

#include <string.h>

dtn_status dtn_tree_builder_new(dtn_ctx *ctx, dtn_tree_builder **out, const char *title)
{
    *out = NULL;
    dtn_arena *arena = dtn_arena_new(ctx), *work = dtn_arena_new(ctx);
    dtn_tree_builder *b = work ? dtn_arena_array(work, 1, sizeof *b) : NULL;
    const char *copy = arena ? dtn_arena_strdup(arena, title ? title : "") : NULL;
    if (!b || !copy) {
        dtn_arena_free(arena);
        dtn_arena_free(work);
        return dtn_fail_nomem(ctx);
    }
    b->ctx = ctx;
    b->arena = arena;
    b->work = work;
    b->title = copy;
    b->about = "";
    *out = b;
    return DTN_OK;
}

dtn_status dtn_tree_set_about(dtn_tree_builder *b, const char *about)
{
    const char *copy = dtn_arena_strdup(b->arena, about);
    if (!copy)
        return dtn_fail_nomem(b->ctx);
    b->about = copy;
    return DTN_OK;
}

void dtn_tree_builder_free(dtn_tree_builder *b)
{
    if (!b)
        return;
    dtn_arena_free(b->arena);
    dtn_arena_free(b->work); /* b lives there */
}

dtn_arena *dtn_tree_builder_arena(dtn_tree_builder *b)
{
    return b->arena;
}

/* Twice the room of a list, at least first; NULL when out of memory. */
static void *wider(const dtn_tree_builder *b, const void *list, int *room, size_t size)
{
    int fresh = *room ? *room * 2 : 16;
    void *copy = dtn_arena_array(b->work, (size_t)fresh, size);
    if (copy && *room)
        memcpy(copy, list, (size_t)*room * size);
    if (copy)
        *room = fresh;
    return copy;
}

static uint32_t hash_of(const char *text)
{
    uint32_t h = 2166136261u;
    for (; *text; text++)
        h = (h ^ (unsigned char)*text) * 16777619u;
    return h;
}

static void place(const char **table, int room, const char *text)
{
    uint32_t at = hash_of(text) & (uint32_t)(room - 1);
    while (table[at])
        at = (at + 1) & (uint32_t)(room - 1);
    table[at] = text;
}

/* The builder's own copy of a text (NULL counts as ""); NULL when out of memory. */
static const char *keep(dtn_tree_builder *b, const char *text)
{
    if (!text || !*text)
        return "";
    if (2 * (b->strings + 1) > b->string_room) {
        int room = b->string_room ? b->string_room * 2 : 64;
        const char **table = dtn_arena_array(b->work, (size_t)room, sizeof *table);
        if (!table)
            return NULL;
        for (int i = 0; i < b->string_room; i++)
            if (b->string[i])
                place(table, room, b->string[i]);
        b->string = table;
        b->string_room = room;
    }
    uint32_t mask = (uint32_t)(b->string_room - 1);
    for (uint32_t at = hash_of(text) & mask; b->string[at]; at = (at + 1) & mask)
        if (strcmp(b->string[at], text) == 0)
            return b->string[at];
    char *copy = dtn_arena_strdup(b->arena, text);
    if (copy) {
        place(b->string, b->string_room, copy);
        b->strings++;
    }
    return copy;
}

dtn_status dtn_tree_add_player(dtn_tree_builder *b, int *player, const char *name, const char *label,
                               int types, const char *const *type_names)
{
    if (b->players == b->player_room) {
        b->player = wider(b, b->player, &b->player_room, sizeof *b->player);
        if (!b->player)
            return dtn_fail_nomem(b->ctx);
    }
    const char **names;
    DTN_ALLOC(b->ctx, b->arena, names, types > 0 ? types : 1);
    for (int i = 0; i < types; i++) {
        names[i] = keep(b, type_names ? type_names[i] : "");
        if (!names[i])
            return dtn_fail_nomem(b->ctx);
    }
    dtn_tree_player *p = &b->player[b->players];
    *p = (dtn_tree_player){keep(b, name), keep(b, label ? label : name), types, names};
    if (!p->name || !p->label)
        return dtn_fail_nomem(b->ctx);
    *player = b->players++;
    return DTN_OK;
}

dtn_status dtn_tree_add_draw(dtn_tree_builder *b, int *draw, const int *types, const fmpq_t prob)
{
    if (b->draws == b->draw_room) {
        int room = b->draw_room;
        b->draw_prob = wider(b, b->draw_prob, &room, sizeof *b->draw_prob);
        b->draw = wider(b, b->draw, &b->draw_room, sizeof *b->draw);
        if (!b->draw || !b->draw_prob)
            return dtn_fail_nomem(b->ctx);
    }
    int *copy;
    DTN_ALLOC(b->ctx, b->arena, copy, b->players);
    memcpy(copy, types, (size_t)b->players * sizeof *copy);
    DTN_ALLOC_FMPQ(b->ctx, b->work, b->draw_prob[b->draws], 1);
    fmpq_set(b->draw_prob[b->draws], prob);
    b->draw[b->draws] = (dtn_draw){copy, -1};
    *draw = b->draws++;
    return DTN_OK;
}

dtn_status dtn_tree_add_outcome(dtn_tree_builder *b, int *outcome, const char *name, const char *label)
{
    if (b->outcomes == b->outcome_room) {
        int room = b->outcome_room;
        b->outcome_label = wider(b, b->outcome_label, &room, sizeof *b->outcome_label);
        b->outcome = wider(b, b->outcome, &b->outcome_room, sizeof *b->outcome);
        if (!b->outcome || !b->outcome_label)
            return dtn_fail_nomem(b->ctx);
    }
    b->outcome[b->outcomes] = keep(b, name);
    b->outcome_label[b->outcomes] = keep(b, label ? label : name);
    if (!b->outcome[b->outcomes] || !b->outcome_label[b->outcomes])
        return dtn_fail_nomem(b->ctx);
    *outcome = b->outcomes++;
    return DTN_OK;
}

dtn_status dtn_tree_add_infoset(dtn_tree_builder *b, int *infoset, int player, int type, const char *name,
                                const char *move, int actions, const dtn_action *action)
{
    if (player < 0 || player >= b->players || actions < 1)
        return dtn_fail(b->ctx, DTN_ARG, "information set %s: player %d of %d with %d actions",
                        name ? name : "", player, b->players, actions);
    if (b->infosets == b->infoset_room) {
        b->infoset = wider(b, b->infoset, &b->infoset_room, sizeof *b->infoset);
        if (!b->infoset)
            return dtn_fail_nomem(b->ctx);
    }
    dtn_built_infoset *h = &b->infoset[b->infosets];
    *h = (dtn_built_infoset){player, type, actions, keep(b, name), keep(b, move), NULL};
    DTN_ALLOC(b->ctx, b->work, h->action, actions);
    for (int a = 0; a < actions; a++) {
        h->action[a] = action[a];
        h->action[a].name = keep(b, action[a].name);
        h->action[a].unless = action[a].unless ? keep(b, action[a].unless) : NULL;
        if (!h->action[a].name || (action[a].unless && !h->action[a].unless))
            return dtn_fail_nomem(b->ctx);
    }
    if (!h->name || !h->move)
        return dtn_fail_nomem(b->ctx);
    *infoset = b->infosets++;
    return DTN_OK;
}

static dtn_status check_spec(const dtn_tree_builder *b, const dtn_node_spec *spec)
{
    if (spec->parent >= b->nodes || spec->parent < -1 || (spec->parent == -1) != (b->nodes == 0))
        return dtn_fail(b->ctx, DTN_ARG, "node %d: parent %d is not an earlier node", b->nodes, spec->parent);
    if (spec->parent >= 0 && dtn_built_at(b, spec->parent)->kind == DTN_NODE_TERMINAL)
        return dtn_fail(b->ctx, DTN_ARG, "node %d: its parent %d is an end", b->nodes, spec->parent);
    if (spec->branch < 0)
        return dtn_fail(b->ctx, DTN_ARG, "node %d: branch %d", b->nodes, spec->branch);
    if (spec->kind == DTN_NODE_DECISION && (spec->infoset < 0 || spec->infoset >= b->infosets))
        return dtn_fail(b->ctx, DTN_ARG, "node %d: there is no information set %d", b->nodes, spec->infoset);
    if (spec->outcome < -1 || spec->outcome >= b->outcomes || spec->draw < -1 || spec->draw >= b->draws)
        return dtn_fail(b->ctx, DTN_ARG, "node %d: outcome %d of %d, draw %d of %d", b->nodes, spec->outcome,
                        b->outcomes, spec->draw, b->draws);
    return DTN_OK;
}

/* Room for count numbers, taken from a block: a clean-up record a block instead of one a node. NULL: no memory. */
static fmpq *numbers(dtn_tree_builder *b, int count)
{
    enum { BLOCK = 4096 };
    if (b->numbers < count) {
        b->numbers = count > BLOCK ? count : BLOCK;
        b->number = dtn_arena_fmpq(b->work, (size_t)b->numbers);
        if (!b->number)
            b->numbers = 0;
    }
    fmpq *out = b->number;
    if (out) {
        b->number += count;
        b->numbers -= count;
    }
    return out;
}

dtn_status dtn_tree_add_node(dtn_tree_builder *b, int *node, const dtn_node_spec *spec)
{
    DTN_TRY(check_spec(b, spec));
    if (b->nodes == b->chunks * DTN_BUILDER_CHUNK) {
        if ((b->chunks & (b->chunks - 1)) == 0) {
            dtn_built_node **list;
            DTN_ALLOC(b->ctx, b->work, list, b->chunks ? b->chunks * 2 : 1);
            if (b->chunks)
                memcpy(list, b->chunk, (size_t)b->chunks * sizeof *list);
            b->chunk = list;
        }
        DTN_ALLOC(b->ctx, b->work, b->chunk[b->chunks], DTN_BUILDER_CHUNK);
        b->chunks++;
    }
    dtn_built_node *n = dtn_built_at(b, b->nodes);
    *n = (dtn_built_node){.parent = spec->parent,
                          .branch = spec->branch,
                          .infoset = spec->infoset,
                          .outcome = spec->kind == DTN_NODE_TERMINAL ? spec->outcome : -1,
                          .draw = spec->draw,
                          .kind = spec->kind,
                          .label = keep(b, spec->label),
                          .move = keep(b, spec->move),
                          .via = keep(b, spec->via),
                          .prob_formula = spec->prob_formula};
    if (!n->label || !n->move || !n->via)
        return dtn_fail_nomem(b->ctx);
    if (spec->prob) {
        fmpq *copy = numbers(b, 1);
        if (!copy)
            return dtn_fail_nomem(b->ctx);
        fmpq_set(copy, spec->prob);
        n->prob = copy;
    }
    if (spec->payoff) {
        fmpq *copy = numbers(b, b->players);
        if (!copy)
            return dtn_fail_nomem(b->ctx);
        for (int i = 0; i < b->players; i++)
            fmpq_set(&copy[i], &spec->payoff[i]);
        n->payoff = copy;
    }
    if (spec->kind == DTN_NODE_TERMINAL && spec->payoff_formula) {
        const dtn_expr **copy;
        DTN_ALLOC(b->ctx, b->work, copy, b->players);
        memcpy(copy, spec->payoff_formula, (size_t)b->players * sizeof *copy);
        n->payoff_formula = copy;
    }
    *node = b->nodes++;
    return DTN_OK;
}
