/* The protocol as a graph: what cannot be reached, what never ends; and parameters that nothing uses.
 * Cost: linear in moves and actions, with stacks of their own. */
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "format/reader.h"

/* The i-th goal of a move; false past the end. */
static bool goal(const dtn_scn_move *m, int i, dtn_scn_goal *out)
{
    if (m->kind == DTN_MOVE_TOGETHER) {
        if (i < m->cells)
            *out = m->cell[i].to;
        return i < m->cells;
    }
    if (i < m->actions)
        *out = m->action[i].to;
    return i < m->actions;
}

static dtn_status check_reached(dtn_reader *r)
{
    const dtn_scenario *s = r->s;
    bool *move, *outcome;
    int *stack, top = 0;
    DTN_ALLOC(r->ctx, r->ctx->scratch, move, s->moves);
    DTN_ALLOC(r->ctx, r->ctx->scratch, outcome, s->outcomes + 1);
    DTN_ALLOC(r->ctx, r->ctx->scratch, stack, s->moves);
    move[s->start] = true;
    stack[top++] = s->start;
    while (top > 0) {
        const dtn_scn_move *m = &r->move[stack[--top]];
        dtn_scn_goal to;
        for (int i = 0; goal(m, i, &to); i++) {
            if (to.index < 0)
                return DTN_OK; /* reported; what lies behind it is unknown */
            if (to.kind == DTN_GOAL_OUTCOME) {
                outcome[to.index] = true;
            } else if (!move[to.index]) {
                move[to.index] = true;
                stack[top++] = to.index;
            }
        }
    }
    if (r->diags->errors)
        return DTN_OK; /* what cannot be reached may follow from them */
    for (int i = 0; i < s->moves; i++)
        if (!move[i])
            dtn_diag_warn(r->diags, DTN_DIAG_UNREACHABLE, r->move[i].place,
                          "the move '%s' cannot be reached from '%s'", r->move[i].key, r->move[s->start].key);
    for (int i = 0; i < s->outcomes; i++)
        if (!outcome[i])
            dtn_diag_warn(r->diags, DTN_DIAG_UNREACHABLE, r->outcome[i].place,
                          "no move leads to the outcome '%s'", r->outcome[i].key);
    return DTN_OK;
}

/* A circle of moves without chance has no end. Depth-first search, colours 0 new, 1 on the path, 2 done. */
static dtn_status check_ends(dtn_reader *r)
{
    const dtn_scenario *s = r->s;
    unsigned char *colour;
    int *path, *next;
    DTN_ALLOC(r->ctx, r->ctx->scratch, colour, s->moves);
    DTN_ALLOC(r->ctx, r->ctx->scratch, path, s->moves);
    DTN_ALLOC(r->ctx, r->ctx->scratch, next, s->moves);
    for (int root = 0; root < s->moves; root++) {
        if (colour[root] || r->move[root].kind == DTN_MOVE_CHANCE)
            continue;
        int depth = 0;
        path[0] = root;
        colour[root] = 1;
        while (depth >= 0) {
            int at = path[depth];
            dtn_scn_goal to;
            if (!goal(&r->move[at], next[at]++, &to)) {
                colour[at] = 2;
                depth--;
                continue;
            }
            if (to.kind != DTN_GOAL_MOVE || to.index < 0 || r->move[to.index].kind == DTN_MOVE_CHANCE)
                continue;
            if (colour[to.index] == 0) {
                colour[to.index] = 1;
                path[++depth] = to.index;
            } else if (colour[to.index] == 1) {
                dtn_str circle = dtn_str_in(r->ctx->scratch);
                int from = depth;
                while (path[from] != to.index)
                    from--;
                for (int i = from; i <= depth; i++)
                    dtn_str_addf(&circle, "%s > ", r->move[path[i]].key);
                if (circle.failed)
                    return dtn_fail_nomem(r->ctx);
                dtn_diag_error(r->diags, DTN_DIAG_ENDLESS, r->move[to.index].place,
                               "the protocol never ends: %.400s%s", circle.data, r->move[to.index].key);
                return DTN_OK;
            }
        }
    }
    return DTN_OK;
}

dtn_status dtn_check_protocol(dtn_reader *r)
{
    if (r->s->start >= 0) {
        DTN_TRY(check_ends(r));
        DTN_TRY(check_reached(r));
    }
    for (int i = 0; i < r->s->params && !r->diags->errors; i++)
        if (!r->used[i])
            dtn_diag_warn(r->diags, DTN_DIAG_UNUSED, r->param[i].place, "nothing uses the parameter '%s'",
                          r->param[i].name);
    return DTN_OK;
}
