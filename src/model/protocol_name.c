/* Names of information sets: "answer", "answer.soft", "reaction.hard[publish]", "both.P".
 *
 * Method: sets of the same move, player and type differ in what their player has seen. Histories form a tree (each
 * is a shorter one and what was seen next); within a group only what was seen where that tree forks is told.
 * Cost: linear in the lengths of the histories. */
#include <string.h>

#include "model/protocol.h"

typedef struct fork {     /* a history as a node of the tree of one group */
    int group;            /* the group that the rest speaks of, + 1 */
    int ways;             /* continuations seen, and 1 if it is itself a set's history */
    int menu;             /* of the continuations; -1 when they belong to different moves */
    bool counted, is_end; /* as a continuation of the shorter one; as a set's own history */
} fork;

typedef struct namer {
    const dtn_plan *p;
    dtn_arena *arena;
    fork *fork; /* [histories] */
    const char **part;
} namer;

static fork *fork_of(namer *n, int history, int group)
{
    fork *f = &n->fork[history];
    if (f->group != group + 1)
        *f = (fork){.group = group + 1, .menu = -2};
    return f;
}

/* Counts where the histories of a group part. History 0 is the empty one. */
static void count_ways(namer *n, int history, int group)
{
    fork *own = fork_of(n, history, group);
    if (!own->is_end) {
        own->is_end = true;
        own->ways++;
    }
    while (history != 0 && !own->counted) {
        const int *tuple = dtn_intern_tuple(n->p->histories, history);
        own->counted = true;
        history = tuple[0];
        own = fork_of(n, history, group);
        own->ways++;
        own->menu = own->menu == -2 || own->menu == tuple[1] ? tuple[1] : -1;
    }
}

/* What was seen at the forks on the way to a history, first to last, into n->part. */
static dtn_status parts_of(dtn_ctx *ctx, namer *n, int *count, int history)
{
    const dtn_plan *p = n->p;
    *count = 0;
    while (history != 0) {
        const int *tuple = dtn_intern_tuple(p->histories, history);
        const fork *before = &n->fork[tuple[0]];
        if (before->ways > 1) {
            const dtn_plan_menu *menu = &p->menu[tuple[1]];
            const char *name = menu->choice[tuple[2]].name;
            if (before->menu == -1) { /* moves differ: say which */
                name = dtn_arena_printf(n->arena, "%s.%s", p->s->move[menu->move].key, name);
                if (!name)
                    return dtn_fail_nomem(ctx);
            }
            n->part[(*count)++] = name;
        }
        history = tuple[0];
    }
    return DTN_OK;
}

static dtn_status write_name(dtn_ctx *ctx, namer *n, const char **out, const char *base, int parts)
{
    size_t length = strlen(base) + 3;
    for (int i = 0; i < parts; i++)
        length += strlen(n->part[i]) + 1;
    char *text;
    DTN_ALLOC(ctx, n->arena, text, length);
    *out = text;
    size_t at = strlen(base);
    memcpy(text, base, at);
    for (int i = parts - 1; i >= 0; i--) {
        text[at++] = i == parts - 1 ? '[' : ',';
        size_t part = strlen(n->part[i]);
        memcpy(text + at, n->part[i], part);
        at += part;
    }
    if (parts)
        text[at++] = ']';
    return DTN_OK;
}

static const char *base_name(const namer *n, const int *infoset)
{
    const dtn_scenario *s = n->p->s;
    const dtn_plan_menu *menu = &n->p->menu[infoset[2]];
    const dtn_scn_move *move = &s->move[menu->move];
    const dtn_scn_player *player = &s->player[infoset[0]];
    bool together = move->kind == DTN_MOVE_TOGETHER;
    return dtn_arena_printf(n->arena, "%s%s%s%s%s", move->key, together ? "." : "",
                            together ? player->key : "", infoset[1] >= 0 ? "." : "",
                            infoset[1] >= 0 ? player->type[infoset[1]] : "");
}

dtn_status dtn_plan_names(dtn_ctx *ctx, const dtn_plan *p, const char **names)
{
    namer n = {.p = p, .arena = p->arena};
    int sets = dtn_intern_count(p->infosets), histories = dtn_intern_count(p->histories);
    DTN_ALLOC(ctx, p->arena, n.fork, histories);
    DTN_ALLOC(ctx, p->arena, n.part, histories);
    dtn_intern *groups;
    DTN_TRY(dtn_intern_new(ctx, p->arena, &groups));
    int *next, *head, *group;
    DTN_ALLOC(ctx, p->arena, next, sets); /* lists of a group's sets, ended by -1 */
    DTN_ALLOC(ctx, p->arena, head, sets);
    DTN_ALLOC(ctx, p->arena, group, sets);
    for (int i = 0; i < sets; i++) {
        bool fresh;
        const int *tuple = dtn_intern_tuple(p->infosets, i);
        int key[2] = {tuple[1], tuple[2]};
        DTN_TRY(dtn_intern_id(ctx, groups, &group[i], &fresh, key, 2));
        next[i] = fresh ? -1 : head[group[i]];
        head[group[i]] = i;
    }
    for (int g = 0; g < dtn_intern_count(groups); g++) {
        const char *base = base_name(&n, dtn_intern_tuple(p->infosets, head[g]));
        if (!base)
            return dtn_fail_nomem(ctx);
        for (int i = head[g]; i >= 0; i = next[i])
            count_ways(&n, dtn_intern_tuple(p->infosets, i)[3], g);
        for (int i = head[g]; i >= 0; i = next[i]) {
            int parts;
            DTN_TRY(parts_of(ctx, &n, &parts, dtn_intern_tuple(p->infosets, i)[3]));
            DTN_TRY(write_name(ctx, &n, &names[i], base, parts));
        }
    }
    return DTN_OK;
}
