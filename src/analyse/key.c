/* Names of play: which actions a key means, how likely they are, and events made of them.
 *
 * Cost: linear in actions a key; a target's probability is one sweep over the nodes. Exact. */
#include "analyse/key.h"

#include <string.h>

#include "base/suggest.h"

/* Whether text is exactly the pieces (NULL ends them) one after the other. */
static bool is_joined(const char *text, const char *const *piece)
{
    for (; *piece; piece++) {
        size_t length = strlen(*piece);
        if (strncmp(text, *piece, length) != 0)
            return false;
        text += length;
    }
    return *text == '\0';
}

static bool names_action(const dtn_tree *tree, int a, const char *key)
{
    const dtn_action *action = &tree->action[a];
    const dtn_infoset *h = &tree->infoset[action->infoset];
    if (is_joined(key, (const char *const[]){h->name, ".", action->name, NULL}) ||
        is_joined(key, (const char *const[]){h->move, ".", action->name, NULL}))
        return true;
    if (h->type < 0)
        return false;
    const char *type = tree->player[h->player].type_names[h->type];
    return is_joined(key, (const char *const[]){h->move, ".", type, ".", action->name, NULL});
}

/* Known keys for suggestions, four kinds one after the other: move.action, move.type.action, infoset.action, action. */
struct words {
    const dtn_tree *tree;
    dtn_arena *arena;
};

static const char *key_word(const void *user, int i)
{
    const struct words *w = user;
    const dtn_tree *t = w->tree;
    if (t->actions == 0 || i >= 4 * t->actions)
        return NULL;
    const dtn_action *action = &t->action[i % t->actions];
    const dtn_infoset *h = &t->infoset[action->infoset];
    const char *word = action->name;
    if (i < t->actions)
        word = dtn_arena_printf(w->arena, "%s.%s", h->move, action->name);
    else if (i < 2 * t->actions && h->type >= 0)
        word = dtn_arena_printf(w->arena, "%s.%s.%s", h->move, t->player[h->player].type_names[h->type],
                                action->name);
    else if (i < 3 * t->actions)
        word = dtn_arena_printf(w->arena, "%s.%s", h->name, action->name);
    return word ? word : "";
}

static dtn_status unknown_key(dtn_ctx *ctx, const dtn_tree *tree, const char *key)
{
    const char *near = dtn_suggest(key, key_word, &(struct words){tree, ctx->scratch});
    if (near)
        return dtn_fail(ctx, DTN_ARG, "no action is called \"%s\"; did you mean \"%s\"?", key, near);
    return dtn_fail(ctx, DTN_ARG, "no action is called \"%s\"; expected move.action or move.type.action", key);
}

/* The move whose action a bare name is; *several when more than one move has it. */
static const char *move_of_bare(const dtn_tree *tree, const char *name, bool *several)
{
    const char *move = NULL;
    *several = false;
    for (int a = 0; a < tree->actions; a++)
        if (strcmp(tree->action[a].name, name) == 0) {
            const char *found = tree->infoset[tree->action[a].infoset].move;
            *several = *several || (move && strcmp(move, found) != 0);
            move = found;
        }
    return move;
}

dtn_status dtn_key_actions(dtn_ctx *ctx, dtn_arena *arena, int **actions, int *count, const dtn_tree *tree,
                           const char *key)
{
    DTN_ALLOC(ctx, arena, *actions, tree->actions);
    *count = 0;
    for (int a = 0; a < tree->actions; a++)
        if (names_action(tree, a, key))
            (*actions)[(*count)++] = a;
    if (*count)
        return DTN_OK;
    bool several;
    const char *move = move_of_bare(tree, key, &several);
    if (several)
        return dtn_fail(ctx, DTN_ARG, "several moves have an action \"%s\"; say which, as in \"%s.%s\"", key,
                        move, key);
    for (int a = 0; move && a < tree->actions; a++)
        if (strcmp(tree->action[a].name, key) == 0)
            (*actions)[(*count)++] = a;
    return *count ? DTN_OK : unknown_key(ctx, tree, key);
}

void dtn_key_play(fmpq_t p, bool *reached, const dtn_tree *tree, const fmpq *sigma, const fmpq *reach,
                  const int *actions, int count)
{
    fmpq_t all, here;
    fmpq_init(all);
    fmpq_init(here);
    fmpq_zero(p);
    for (int i = 0; i < count; i++) {
        int h = tree->action[actions[i]].infoset;
        fmpq_zero(here);
        for (int k = 0; k < tree->infoset[h].members; k++)
            fmpq_add(here, here, reach + tree->members[tree->infoset[h].first_member + k]);
        fmpq_addmul(p, here, sigma + actions[i]);
        bool first = true; /* an information set counts once, however many of its actions are listed */
        for (int j = 0; j < i; j++)
            first = first && tree->action[actions[j]].infoset != h;
        if (first)
            fmpq_add(all, all, here);
    }
    *reached = !fmpq_is_zero(all);
    if (*reached)
        fmpq_div(p, p, all);
    fmpq_clear(all);
    fmpq_clear(here);
}

static bool add_outcomes(const dtn_event *target, const dtn_tree *tree, const dtn_scenario *s,
                         const char *item)
{
    for (int o = 0; o < tree->outcomes; o++)
        if (strcmp(tree->outcome[o], item) == 0) {
            target->outcome[o] = true;
            return true;
        }
    for (int g = 0; s && g < s->groups; g++) {
        if (strcmp(s->group[g].key, item) != 0)
            continue;
        for (int k = 0; k < s->group[g].outcomes; k++)
            for (int o = 0; o < tree->outcomes; o++)
                if (strcmp(tree->outcome[o], s->outcome[s->group[g].outcome[k]].key) == 0)
                    target->outcome[o] = true;
        return true;
    }
    /* An outcome of the file that no path of this tree ends in: possible, with probability 0. */
    for (int o = 0; s && o < s->outcomes; o++)
        if (strcmp(s->outcome[o].key, item) == 0)
            return true;
    return false;
}

static const char *outcome_word(const void *user, int i)
{
    const dtn_scenario *s = user;
    if (!s || i >= s->outcomes + s->groups)
        return NULL;
    return i < s->outcomes ? s->outcome[i].key : s->group[i - s->outcomes].key;
}

static dtn_status add_item(dtn_ctx *ctx, const dtn_event *target, const dtn_tree *tree, const dtn_scenario *s,
                           const char *item)
{
    if (add_outcomes(target, tree, s, item))
        return DTN_OK;
    int *actions, count;
    dtn_status status = dtn_key_actions(ctx, ctx->scratch, &actions, &count, tree, item);
    if (status == DTN_ARG && !strchr(item, '.')) {
        const char *near = dtn_suggest(item, outcome_word, s);
        if (near)
            return dtn_fail(ctx, DTN_ARG,
                            "no outcome, group or action is called \"%s\"; did you mean \"%s\"?", item, near);
    }
    DTN_TRY(status);
    for (int i = 0; i < count; i++)
        target->action[actions[i]] = true;
    return DTN_OK;
}

static dtn_status new_event(dtn_ctx *ctx, dtn_arena *arena, dtn_event *out, const dtn_tree *tree)
{
    DTN_ALLOC(ctx, arena, out->action, tree->actions);
    DTN_ALLOC(ctx, arena, out->outcome, tree->outcomes);
    return DTN_OK;
}

/* "a > b > c": its pieces, each an item. */
static dtn_status add_path(dtn_ctx *ctx, dtn_arena *arena, dtn_path_target *out, const dtn_tree *tree,
                           const dtn_scenario *scenario, const char *text)
{
    dtn_event *step;
    int most = 1;
    for (const char *c = text; *c; c++)
        most += *c == '>';
    DTN_ALLOC(ctx, arena, step, most);
    *out = (dtn_path_target){.step = step};
    while (out->steps < most) {
        text += strspn(text, " ");
        size_t length = strcspn(text, ">"), word = length;
        while (word && text[word - 1] == ' ')
            word--;
        const char *item = dtn_arena_strndup(ctx->scratch, text, word);
        if (!item)
            return dtn_fail_nomem(ctx);
        DTN_TRY(new_event(ctx, arena, &step[out->steps], tree));
        DTN_TRY(add_item(ctx, &step[out->steps++], tree, scenario, item));
        text += length + (text[length] == '>');
    }
    return DTN_OK;
}

dtn_status dtn_target_make(dtn_ctx *ctx, dtn_arena *arena, dtn_target *out, const dtn_tree *tree,
                           const dtn_scenario *scenario, const char *const *item, int items)
{
    dtn_path_target *path;
    *out = (dtn_target){.item = item, .items = items};
    DTN_TRY(new_event(ctx, arena, &out->event, tree));
    DTN_ALLOC(ctx, arena, path, items);
    out->path = path;
    for (int i = 0; i < items; i++)
        DTN_TRY(strchr(item[i], '>') ? add_path(ctx, arena, &path[out->paths++], tree, scenario, item[i])
                                     : add_item(ctx, &out->event, tree, scenario, item[i]));
    return DTN_OK;
}

dtn_status dtn_target_words(dtn_ctx *ctx, dtn_arena *arena, const char *const **item, int *items,
                            const char *text)
{
    const char **list;
    DTN_ALLOC(ctx, arena, list, strlen(text) + 1);
    *items = 0;
    while (*text) {
        text += strspn(text, " ,");
        size_t length = strcspn(text, ",");
        while (length && text[length - 1] == ' ')
            length--;
        if (length && !(list[(*items)++] = dtn_arena_strndup(arena, text, length)))
            return dtn_fail_nomem(ctx);
        text += strcspn(text, ",");
    }
    *item = list;
    if (*items == 0)
        return dtn_fail(
            ctx, DTN_ARG,
            "the target is empty: expected an outcome, a group, an action, or several with commas");
    return DTN_OK;
}

static bool happens(const dtn_event *e, const dtn_tree *tree, int node, bool at_end)
{
    const dtn_node *n = &tree->node[node];
    if (at_end)
        return n->kind == DTN_NODE_TERMINAL && n->outcome >= 0 && e->outcome[n->outcome];
    if (node == 0 || tree->node[n->parent].kind != DTN_NODE_DECISION)
        return false;
    return e->action[tree->infoset[tree->node[n->parent].infoset].first_action + n->branch];
}

/* done[p]: how many steps of path p have been taken on the way to the node; above: at its parent, NULL at the root. */
static bool walk_paths(int *done, const int *above, const dtn_target *target, const dtn_tree *tree, int node)
{
    bool whole = false;
    for (int p = 0; p < target->paths; p++) {
        const dtn_path_target *path = &target->path[p];
        done[p] = above ? above[p] : 0;
        for (int end = 0; end < 2; end++)
            if (done[p] < path->steps && happens(&path->step[done[p]], tree, node, end))
                done[p]++;
        whole = whole || done[p] == path->steps;
    }
    return whole;
}

static dtn_status probability(dtn_ctx *ctx, fmpq_t p, const dtn_target *target, const dtn_tree *tree,
                              const fmpq *sigma)
{
    fmpq *reach;
    bool *hit;
    int *done;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, reach, tree->nodes);
    DTN_ALLOC(ctx, ctx->scratch, hit, tree->nodes);
    DTN_ALLOC(ctx, ctx->scratch, done, (size_t)tree->nodes * (size_t)target->paths);
    dtn_assessment_reach(tree, sigma, reach);
    fmpq_zero(p);
    for (int n = 0; n < tree->nodes; n++) {
        int parent = tree->node[n].parent;
        bool above = n > 0 && hit[parent];
        hit[n] = walk_paths(done + (size_t)n * (size_t)target->paths,
                            n > 0 ? done + (size_t)parent * (size_t)target->paths : NULL, target, tree, n);
        hit[n] = hit[n] || above || happens(&target->event, tree, n, false) ||
                 happens(&target->event, tree, n, true);
        if (hit[n] && !above)
            fmpq_add(p, p, reach + n);
    }
    return DTN_OK;
}

dtn_status dtn_target_probability(dtn_ctx *ctx, fmpq_t p, const dtn_target *target, const dtn_tree *tree,
                                  const fmpq *sigma)
{
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = probability(ctx, p, target, tree, sigma);
    dtn_arena_release(ctx->scratch, mark);
    return status;
}
