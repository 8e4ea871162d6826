/* Walks a protocol from its first move to every end, for one profile of types.
 *
 * Method: depth first with an explicit stack. A frame holds a node and, as one row of integers, everything that its
 * path has fixed: state variables, grid variables, k(P) of each type-indexed parameter, amounts paid, what each
 * player has seen, choices made so far in a simultaneous move. A move that is met again on its own path with the
 * same state can only repeat for ever, which is an error; with another state it may end.
 * Cost: a few table look-ups a node. */
#include <stdio.h>
#include <string.h>

#include "model/protocol.h"

/* Deeper than any protocol that ends on purpose; solvers downstream may recurse. */
enum { DEEPEST = 10000 };

typedef struct frame {
    int menu;
    int next;      /* choice to follow next */
    int branches;  /* nodes made below so far (a chance move leaves out what cannot happen) */
    int node;      /* -1: a chance move with one way on, which makes no node: its end hangs where it would */
    int situation; /* of the move and the state when it began, for cycles; -1: not on a cycle */
    dtn_plan_node at;
} frame;

typedef struct walk {
    dtn_plan *p;
    const int *types;
    frame *stack;
    int *rows, depth, room;
    int width, pays, seen, chosen; /* of a row, and where its parts begin */
    int *assigned;                 /* values that an action is about to set */
    dtn_intern *situations;
    bool *on_path; /* [situations] */
    int on_path_room;
} walk;

static int *row(const walk *w, int depth)
{
    return w->rows + (size_t)depth * (size_t)w->width;
}

static dtn_status widen(dtn_ctx *ctx, walk *w)
{
    int room = w->room ? w->room * 2 : 32;
    frame *stack;
    int *rows;
    DTN_ALLOC(ctx, w->p->arena, stack, room);
    DTN_ALLOC(ctx, w->p->arena, rows, (size_t)room * (size_t)w->width);
    if (w->room) {
        memcpy(stack, w->stack, (size_t)w->room * sizeof *stack);
        memcpy(rows, w->rows, (size_t)w->room * (size_t)w->width * sizeof *rows);
    }
    w->stack = stack;
    w->rows = rows;
    w->room = room;
    return DTN_OK;
}

/* "present -> answer -> present": the moves from the last time that this one was met. */
static dtn_status fail_cycle(dtn_ctx *ctx, const walk *w, int move, const char *why)
{
    const dtn_scenario *s = w->p->s;
    char text[512], where[DTN_PLACE_TEXT];
    int from = w->depth - 1, length = 0, previous = -1;
    while (from >= 0 && w->p->menu[w->stack[from].menu].move != move)
        from--;
    if (from < 0)
        return dtn_fail(ctx, DTN_LIMIT, "%s", why);
    for (int d = from; d < w->depth && length < (int)sizeof text - 80; d++) {
        int at = w->p->menu[w->stack[d].menu].move;
        if (at != previous || w->p->first_menu[at + 1] - w->p->first_menu[at] == 1)
            length += snprintf(text + length, sizeof text - (size_t)length, "%.60s -> ", s->move[at].key);
        previous = at;
    }
    dtn_place_prefix(where, s, s->move[move].place);
    return dtn_fail(ctx, DTN_LIMIT, "%sthe protocol need not end: %s%s; %s", where, text, s->move[move].key,
                    why);
}

/* *situation: number of (move, state); fails when the path is already in it. */
static dtn_status note_situation(dtn_ctx *ctx, walk *w, int *situation, int move, const int *path)
{
    dtn_plan *p = w->p;
    int length = p->s->states + p->s->grids;
    int *tuple = w->assigned; /* has room: states and grids, and one more */
    tuple[0] = move;
    memcpy(tuple + 1, path, (size_t)length * sizeof *tuple);
    DTN_TRY(dtn_intern_id(ctx, w->situations, situation, NULL, tuple, length + 1));
    if (*situation >= w->on_path_room) {
        bool *wider;
        int room = (*situation + 32) * 2;
        DTN_ALLOC(ctx, p->arena, wider, room);
        if (w->on_path_room)
            memcpy(wider, w->on_path, (size_t)w->on_path_room * sizeof *wider);
        w->on_path = wider;
        w->on_path_room = room;
    }
    if (w->on_path[*situation])
        return fail_cycle(ctx, w, move, "nothing that a later move reads has changed in between");
    w->on_path[*situation] = true;
    return DTN_OK;
}

static dtn_status add_end(dtn_ctx *ctx, walk *w, int outcome, const int *path, dtn_plan_node *at)
{
    dtn_plan *p = w->p;
    const dtn_scn_outcome *o = &p->s->outcome[outcome];
    int *payoff = w->assigned, node;
    for (int i = 0; i < p->s->players; i++) {
        const dtn_expr *formula = o->payoff ? o->payoff[i] : NULL;
        if (o->type_payoff && o->type_payoff[i] && w->types[i] >= 0)
            formula = o->type_payoff[i][w->types[i]];
        int value = DTN_VALUE_ZERO;
        if (formula)
            DTN_TRY(dtn_fail_at(ctx, dtn_values_bind(ctx, p->values, &value, NULL, formula, path), p->s,
                                o->place, "payoff of %.60s at outcome %.60s", p->s->player[i].key, o->key));
        DTN_TRY(dtn_values_sum(ctx, p->values, &payoff[i], value, path[w->pays + i]));
    }
    DTN_TRY(dtn_intern_id(ctx, p->payoffs, &at->payoff, NULL, payoff, p->s->players));
    at->kind = DTN_NODE_TERMINAL;
    at->infoset = outcome;
    at->menu = -1;
    if (!at->label)
        at->label = o->name;
    return dtn_plan_add(ctx, p, &node, at);
}

static dtn_status branch_probability(dtn_ctx *ctx, const walk *w, int *value, bool *never,
                                     const dtn_plan_menu *menu, int choice, const int *path)
{
    const dtn_scn_action *a = menu->choice[choice].action;
    bool path_only;
    DTN_TRY(dtn_fail_at(ctx, dtn_values_probability(ctx, w->p->values, value, &path_only, a->prob, path),
                        w->p->s, a->place, "probability of %.60s at move %.60s", a->key,
                        w->p->s->move[menu->move].key));
    *never = path_only && fmpq_is_zero(dtn_values_get(w->p->values, *value)->exact);
    return DTN_OK;
}

/* Chance probabilities sum to 1; *ways of them can happen at some parameters. */
static dtn_status check_chance(dtn_ctx *ctx, const walk *w, int *ways, const dtn_plan_menu *menu,
                               const int *path)
{
    fmpq_t sum;
    fmpq_init(sum);
    dtn_status status = DTN_OK;
    *ways = 0;
    for (int c = 0; c < menu->choices && status == DTN_OK; c++) {
        int value;
        bool never;
        status = branch_probability(ctx, w, &value, &never, menu, c, path);
        if (status == DTN_OK) {
            fmpq_add(sum, sum, dtn_values_get(w->p->values, value)->exact);
            *ways += !never;
        }
    }
    if (status == DTN_OK && !fmpq_is_one(sum)) {
        const char *text = dtn_rational_text(w->p->arena, sum);
        const dtn_scn_move *m = &w->p->s->move[menu->move];
        status = dtn_fail(ctx, DTN_DOMAIN, "they sum to %s, not 1", text ? text : "another number");
        status = dtn_fail_at(ctx, status, w->p->s, m->place, "probabilities of chance move %.60s", m->key);
    }
    fmpq_clear(sum);
    return status;
}

/* Begins a move (or the next mover of a simultaneous one) in the top row; at: where its node hangs. */
static dtn_status begin(dtn_ctx *ctx, walk *w, int menu_number, dtn_plan_node *at)
{
    dtn_plan *p = w->p;
    const dtn_plan_menu *menu = &p->menu[menu_number];
    const int *path = row(w, w->depth);
    int ways = menu->choices, situation = -1;
    if (w->depth >= DEEPEST)
        return fail_cycle(ctx, w, menu->move, "it was followed for 10000 moves");
    if (p->cyclic[menu->move] && menu_number == p->first_menu[menu->move])
        DTN_TRY(note_situation(ctx, w, &situation, menu->move, path));
    if (menu->player < 0)
        DTN_TRY(check_chance(ctx, w, &ways, menu, path));
    frame *f = &w->stack[w->depth];
    *f = (frame){.menu = menu_number, .node = -1, .situation = situation, .at = *at};
    w->depth++;
    if (menu->player < 0 && ways == 1 && menu->choices > 1)
        return DTN_OK;
    at->menu = menu_number;
    at->kind = menu->player < 0 ? DTN_NODE_CHANCE : DTN_NODE_DECISION;
    at->infoset = -1;
    if (!at->label)
        at->label = "";
    if (menu->player >= 0) {
        int tuple[4] = {menu->player, w->types[menu->player], menu_number, path[w->seen + menu->player]};
        DTN_TRY(dtn_intern_id(ctx, p->infosets, &at->infoset, NULL, tuple, 4));
    }
    return dtn_plan_add(ctx, p, &f->node, at);
}

/* What the action pays and sets, read before any of it takes effect. */
static dtn_status take_effect(dtn_ctx *ctx, walk *w, const dtn_plan_choice *choice, int *path)
{
    dtn_plan *p = w->p;
    const dtn_scn_action *a = choice->action;
    if (a->grid >= 0)
        path[p->s->states + a->grid] = choice->grid_value;
    for (int i = 0; i < a->pays; i++) {
        int amount, *total = &path[w->pays + a->pay[i].player];
        DTN_TRY(dtn_fail_at(ctx, dtn_values_bind(ctx, p->values, &amount, NULL, a->pay[i].amount, path), p->s,
                            a->place, "amount that %.60s pays", choice->name));
        DTN_TRY(dtn_values_sum(ctx, p->values, total, *total, amount));
    }
    for (int i = 0; i < a->sets; i++)
        DTN_TRY(dtn_fail_at(ctx, dtn_values_bind(ctx, p->values, &w->assigned[i], NULL, a->set[i].value, path),
                            p->s, a->place, "value that %.60s gives to %.60s", choice->name,
                            p->s->state[a->set[i].state]));
    for (int i = 0; i < a->sets; i++)
        path[a->set[i].state] = w->assigned[i];
    return DTN_OK;
}

/* Tells those who see it; hidden from all others. */
static dtn_status observe(dtn_ctx *ctx, const walk *w, int menu_number, int choice, int *path)
{
    const dtn_plan_menu *menu = &w->p->menu[menu_number];
    const dtn_scn_move *m = &w->p->s->move[menu->move];
    for (int i = 0; i < w->p->s->players; i++)
        if (i == menu->player || !m->seen_restricted || m->seen_by[i]) {
            int tuple[3] = {path[w->seen + i], menu_number, choice};
            DTN_TRY(dtn_intern_id(ctx, w->p->histories, &path[w->seen + i], NULL, tuple, 3));
        }
    return DTN_OK;
}

/* Where a combination of simultaneous choices leads: the most exact cell, the first of equals. */
static dtn_status cell_goal(dtn_ctx *ctx, const walk *w, dtn_scn_goal *to, int move, const int *chosen)
{
    const dtn_scn_move *m = &w->p->s->move[move];
    const dtn_plan_menu *menu = &w->p->menu[w->p->first_menu[move]];
    int best = -1, most = -1;
    for (int c = 0; c < m->cells; c++) {
        int exact = 0;
        for (int k = 0; k < m->movers && exact >= 0; k++)
            if (m->cell[c].choice[k] == menu[k].choice[chosen[k]].index)
                exact++;
            else if (m->cell[c].choice[k] != -1)
                exact = -1;
        if (exact > most) {
            most = exact;
            best = c;
        }
    }
    if (best < 0) {
        char where[DTN_PLACE_TEXT], names[256];
        int length = 0;
        for (int k = 0; k < m->movers && length < (int)sizeof names - 80; k++)
            length += snprintf(names + length, sizeof names - (size_t)length, "%s%.60s", k ? " " : "",
                               menu[k].choice[chosen[k]].action->key);
        dtn_place_prefix(where, w->p->s, m->place);
        return dtn_fail(ctx, DTN_DOMAIN, "%smove %s says nothing of \"%s\" (a last cell \"*\" takes the rest)",
                        where, m->key, names);
    }
    *to = m->cell[best].to;
    return DTN_OK;
}

/* Follows the top frame's next choice: one node more, or one frame more, or none when it cannot happen. */
static dtn_status follow(dtn_ctx *ctx, walk *w)
{
    dtn_plan *p = w->p;
    if (w->depth == w->room)
        DTN_TRY(widen(ctx, w));
    frame *f = &w->stack[w->depth - 1];
    const dtn_plan_menu *menu = &p->menu[f->menu];
    int c = f->next++;
    const int *before = row(w, w->depth - 1);
    int *path = row(w, w->depth);
    dtn_plan_node at = f->at;
    at.probability = DTN_VALUE_NONE;
    if (menu->player < 0) {
        bool never;
        DTN_TRY(branch_probability(ctx, w, &at.probability, &never, menu, c, before));
        if (never)
            return DTN_OK;
    }
    if (f->node >= 0) {
        at.parent = f->node;
        at.branch = f->branches++;
        at.label = menu->player < 0 ? menu->choice[c].name : NULL;
    } else {
        at.probability = f->at.probability;
    }
    memcpy(path, before, (size_t)w->width * sizeof *path);
    DTN_TRY(take_effect(ctx, w, &menu->choice[c], path));
    dtn_scn_goal to = menu->choice[c].action->to;
    const dtn_scn_move *m = &p->s->move[menu->move];
    if (m->kind == DTN_MOVE_TOGETHER) {
        int first = p->first_menu[menu->move], step = f->menu - first;
        path[w->chosen + step] = c;
        if (step + 1 < m->movers)
            return begin(ctx, w, f->menu + 1, &at);
        DTN_TRY(cell_goal(ctx, w, &to, menu->move, path + w->chosen));
        if (to.kind == DTN_GOAL_OUTCOME)
            return add_end(ctx, w, to.index, path, &at);
        for (int k = 0; k < m->movers; k++)
            DTN_TRY(observe(ctx, w, first + k, path[w->chosen + k], path));
    } else {
        if (to.kind == DTN_GOAL_OUTCOME)
            return add_end(ctx, w, to.index, path, &at);
        DTN_TRY(observe(ctx, w, f->menu, c, path));
    }
    return begin(ctx, w, p->first_menu[to.index], &at);
}

/* The row before the first move: initial state, the types' parameters and grid values, nothing paid or seen. */
static dtn_status first_row(dtn_ctx *ctx, walk *w)
{
    dtn_plan *p = w->p;
    const dtn_scenario *s = p->s;
    int *path = row(w, 0);
    for (int i = 0; i < s->states; i++)
        DTN_TRY(dtn_fail_at(ctx,
                            dtn_values_bind(ctx, p->values, &path[i], NULL, s->state_initial[i], p->no_path),
                            s, (dtn_place){0}, "initial value of %.60s", s->state[i]));
    for (int i = s->states; i < w->pays; i++)
        path[i] = DTN_VALUE_NONE;
    for (int i = 0; i < s->players; i++)
        if (s->player[i].grid >= 0 && w->types[i] >= 0)
            DTN_TRY(dtn_values_constant(ctx, p->values, &path[s->states + s->player[i].grid],
                                        &s->player[i].grid_value[w->types[i]]));
    for (int i = 0; i < s->families; i++)
        if (w->types[s->family[i].player] >= 0)
            DTN_TRY(dtn_values_param(ctx, p->values, &path[s->states + s->grids + i],
                                     s->family[i].param[w->types[s->family[i].player]]));
    return DTN_OK;
}

dtn_status dtn_plan_walk(dtn_ctx *ctx, dtn_plan *p, const int *types, const dtn_plan_node *at)
{
    const dtn_scenario *s = p->s;
    walk w = {.p = p, .types = types};
    int most = s->players;
    for (int m = 0; m < s->moves; m++) {
        for (int k = p->first_menu[m]; k < p->first_menu[m + 1]; k++)
            for (int c = 0; c < p->menu[k].choices; c++)
                if (p->menu[k].choice[c].action->sets > most)
                    most = p->menu[k].choice[c].action->sets;
    }
    if (most < s->states + s->grids)
        most = s->states + s->grids;
    w.pays = s->states + s->grids + s->families;
    w.seen = w.pays + s->players;
    w.chosen = w.seen + s->players;
    w.width = w.chosen + s->players;
    DTN_ALLOC(ctx, p->arena, w.assigned, most + 1);
    DTN_TRY(dtn_intern_new(ctx, p->arena, &w.situations));
    DTN_TRY(widen(ctx, &w));
    DTN_TRY(first_row(ctx, &w));
    dtn_plan_node root = *at;
    DTN_TRY(begin(ctx, &w, p->first_menu[s->start], &root));
    while (w.depth > 0) {
        const frame *top = &w.stack[w.depth - 1];
        if (top->next < p->menu[top->menu].choices) {
            DTN_TRY(follow(ctx, &w));
        } else {
            if (top->situation >= 0)
                w.on_path[top->situation] = false;
            w.depth--;
        }
    }
    return DTN_OK;
}
