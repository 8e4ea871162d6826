/* Scenarios written by hand for tests: formulas as text, arrays of fixed size, no reader involved. */
#ifndef DTN_TESTS_MODEL_SCENE_H
#define DTN_TESTS_MODEL_SCENE_H

#include <string.h>

#include "kit/kit.h"
#include "model/scenario.h"

enum { SCENE_ROOM = 24 };

typedef struct scene {
    dtn_ctx *ctx;
    dtn_scenario s;
    dtn_scn_player player[SCENE_ROOM];
    dtn_scn_param param[SCENE_ROOM];
    dtn_scn_family family[SCENE_ROOM];
    const char *state[SCENE_ROOM], *grid[SCENE_ROOM];
    const dtn_expr *initial[SCENE_ROOM];
    dtn_scn_constraint constraint[SCENE_ROOM];
    dtn_scn_joint joint[SCENE_ROOM];
    dtn_scn_move move[SCENE_ROOM];
    dtn_scn_outcome outcome[SCENE_ROOM];
} scene;

static inline int scene_index(const char *name, const char *const *names, int count)
{
    for (int i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0)
            return i;
    return -1;
}

static inline int scene_resolve(void *user, const char *name, const char *index, const dtn_expr **replacement)
{
    const scene *c = user;
    (void)replacement;
    if (index) {
        for (int i = 0; i < c->s.families; i++)
            if (strcmp(c->family[i].name, name) == 0 && strcmp(c->player[c->family[i].player].key, index) == 0)
                return dtn_scn_slot_family(&c->s, i);
        char whole[64];
        snprintf(whole, sizeof whole, "%s.%s", name, index);
        return dtn_scenario_param(&c->s, whole);
    }
    int at = dtn_scenario_param(&c->s, name);
    if (at >= 0)
        return at;
    at = scene_index(name, c->state, c->s.states);
    if (at >= 0)
        return dtn_scn_slot_state(&c->s, at);
    at = scene_index(name, c->grid, c->s.grids);
    return at >= 0 ? dtn_scn_slot_grid(&c->s, at) : -1;
}

static inline const dtn_expr *scene_formula(scene *c, const char *text)
{
    const dtn_expr *out;
    dtn_expr_error error;
    if (dtn_expr_parse(c->ctx, c->s.arena, &out, text, scene_resolve, c, &error) != DTN_OK)
        fail_msg("%s: %s", text, error.message);
    return out;
}

static inline void *scene_alloc(scene *c, size_t bytes)
{
    void *p = dtn_arena_alloc(c->s.arena, bytes);
    assert_non_null(p);
    return p;
}

/* An empty scenario, freed with dtn_scenario_free(&scene->s). */
static inline scene *scene_new(dtn_ctx *ctx)
{
    dtn_arena *arena = dtn_arena_new(ctx);
    assert_non_null(arena);
    scene *c = dtn_arena_alloc(arena, sizeof *c);
    assert_non_null(c);
    c->ctx = ctx;
    c->s = (dtn_scenario){.arena = arena, .file = "scene.yaml", .title = "scene"};
    c->s.player = c->player;
    c->s.param = c->param;
    c->s.family = c->family;
    c->s.state = c->state;
    c->s.grid = c->grid;
    c->s.state_initial = c->initial;
    c->s.constraint = c->constraint;
    c->s.joint = c->joint;
    c->s.move = c->move;
    c->s.outcome = c->outcome;
    return c;
}

static inline void scene_player(scene *c, const char *key)
{
    c->player[c->s.players++] = (dtn_scn_player){.key = key, .name = key, .grid = -1};
}

/* The order is that of slots: parameters, then state, then grids. */
static inline int scene_param(scene *c, const char *name, const char *value)
{
    dtn_scn_param *p = &c->param[c->s.params];
    *p = (dtn_scn_param){.name = name, .family_index = -1, .type = -1, .place = {c->s.params + 1, 1, 1}};
    fmpq *number = dtn_arena_fmpq(c->s.arena, 1);
    assert_non_null(number);
    if (dtn_rational_parse(number, value, strlen(value)))
        p->value = *number;
    else
        p->formula = scene_formula(c, value);
    return c->s.params++;
}

static inline void scene_state(scene *c, const char *name, const char *value)
{
    c->initial[c->s.states] = scene_formula(c, value);
    c->state[c->s.states++] = name;
}

static inline int scene_grid(scene *c, const char *name)
{
    c->grid[c->s.grids] = name;
    return c->s.grids++;
}

/* Family k of player with parameters first, first + 1, ... */
static inline void scene_family(scene *c, const char *name, int player, int first, int types)
{
    int *param = scene_alloc(c, (size_t)types * sizeof *param);
    for (int i = 0; i < types; i++)
        param[i] = first + i;
    c->family[c->s.families++] = (dtn_scn_family){name, player, param};
}

/* Two types with their probabilities. */
static inline void scene_types(scene *c, int player, const char *a, const char *pa, const char *b,
                               const char *pb)
{
    const char **names = scene_alloc(c, 2 * sizeof *names);
    const dtn_expr **prior = scene_alloc(c, 2 * sizeof *prior);
    names[0] = a;
    names[1] = b;
    prior[0] = scene_formula(c, pa);
    prior[1] = scene_formula(c, pb);
    c->player[player].types = 2;
    c->player[player].type = names;
    c->player[player].prior = prior;
}

static inline int scene_outcome(scene *c, const char *key, const char *p0, const char *p1)
{
    const dtn_expr **payoff = scene_alloc(c, 3 * sizeof *payoff);
    payoff[0] = scene_formula(c, p0);
    if (c->s.players > 1)
        payoff[1] = scene_formula(c, p1);
    c->outcome[c->s.outcomes] = (dtn_scn_outcome){.key = key, .name = key, .payoff = payoff};
    c->outcome[c->s.outcomes].place = (dtn_place){100 + c->s.outcomes, 3, 1};
    return c->s.outcomes++;
}

/* Where an action leads: "=k" is outcome number k, "k" is move number k (moves may come later). */
static inline dtn_scn_goal scene_goal(int goal)
{
    return goal < 0 ? (dtn_scn_goal){DTN_GOAL_OUTCOME, -goal - 1} : (dtn_scn_goal){DTN_GOAL_MOVE, goal};
}
#define SCENE_END(outcome) (-(outcome)-1)

/* A move of player (-1: chance) whose actions are added with scene_action. */
static inline int scene_move(scene *c, const char *key, int player)
{
    dtn_scn_action *action = scene_alloc(c, SCENE_ROOM * sizeof *action);
    c->move[c->s.moves] = (dtn_scn_move){.key = key,
                                         .kind = player < 0 ? DTN_MOVE_CHANCE : DTN_MOVE_PLAYER,
                                         .player = player,
                                         .action = action,
                                         .place = {50 + c->s.moves, 5, 1}};
    return c->s.moves++;
}

/* prob: of a chance move's branch, else NULL. The action returned may be completed by the test. */
static inline dtn_scn_action *scene_action(scene *c, int move, const char *key, int goal, const char *prob)
{
    dtn_scn_move *m = &c->move[move];
    dtn_scn_action *a = (dtn_scn_action *)&m->action[m->actions];
    *a = (dtn_scn_action){.key = key, .to = scene_goal(goal), .grid = -1, .target = -1};
    a->prob = prob ? scene_formula(c, prob) : NULL;
    a->place = (dtn_place){50 + move, 10 + m->actions, 1};
    m->actions++;
    return a;
}

static inline void scene_set(scene *c, dtn_scn_action *a, int state, const char *value)
{
    dtn_scn_set *set = scene_alloc(c, SCENE_ROOM * sizeof *set);
    if (a->sets)
        memcpy(set, a->set, (size_t)a->sets * sizeof *set);
    set[a->sets] = (dtn_scn_set){state, scene_formula(c, value)};
    a->set = set;
    a->sets++;
}

static inline void scene_pay(scene *c, dtn_scn_action *a, int player, const char *amount)
{
    dtn_scn_pay *pay = scene_alloc(c, SCENE_ROOM * sizeof *pay);
    if (a->pays)
        memcpy(pay, a->pay, (size_t)a->pays * sizeof *pay);
    pay[a->pays] = (dtn_scn_pay){player, scene_formula(c, amount)};
    a->pay = pay;
    a->pays++;
}

/* Only these players see what happens at the move (bit i: player i). */
static inline void scene_seen_by(scene *c, int move, unsigned players)
{
    bool *seen = scene_alloc(c, SCENE_ROOM * sizeof *seen);
    for (int i = 0; i < c->s.players; i++)
        seen[i] = players >> i & 1;
    c->move[move].seen_restricted = true;
    c->move[move].seen_by = seen;
}

/* Two players choose at the same time between the same two actions. cells: {first, second, goal}, -1 = any. */
static inline int scene_together(scene *c, const char *key, const char *a, const char *b, int cells,
                                 const int (*cell)[3])
{
    int move = c->s.moves++;
    int *mover = scene_alloc(c, 2 * sizeof *mover), *sizes = scene_alloc(c, 2 * sizeof *sizes);
    const dtn_scn_action **lists = scene_alloc(c, 2 * sizeof *lists);
    for (int k = 0; k < 2; k++) {
        dtn_scn_action *list = scene_alloc(c, 2 * sizeof *list);
        list[0] = (dtn_scn_action){.key = a, .grid = -1, .target = -1};
        list[1] = (dtn_scn_action){.key = b, .grid = -1, .target = -1};
        mover[k] = k;
        sizes[k] = 2;
        lists[k] = list;
    }
    dtn_scn_cell *table = scene_alloc(c, (size_t)cells * sizeof *table);
    for (int i = 0; i < cells; i++) {
        int *choice = scene_alloc(c, 2 * sizeof *choice);
        choice[0] = cell[i][0];
        choice[1] = cell[i][1];
        table[i] = (dtn_scn_cell){.choice = choice, .to = scene_goal(cell[i][2])};
    }
    c->move[move] = (dtn_scn_move){.key = key,
                                   .kind = DTN_MOVE_TOGETHER,
                                   .player = -1,
                                   .mover = mover,
                                   .movers = 2,
                                   .mover_action = lists,
                                   .mover_actions = sizes,
                                   .cell = table,
                                   .cells = cells,
                                   .place = {50 + move, 5, 1}};
    return move;
}

static inline dtn_status scene_tree(scene *c, dtn_tree **tree, long max_nodes)
{
    dtn_point point;
    dtn_status status = dtn_point_new(c->ctx, c->s.arena, &point, &c->s);
    *tree = NULL;
    return status == DTN_OK ? dtn_scenario_tree(c->ctx, tree, &c->s, &point, max_nodes) : status;
}

/* Number of the information set of this name, or a failure. */
static inline int scene_infoset(const dtn_tree *t, const char *name)
{
    for (int i = 0; i < t->infosets; i++)
        if (strcmp(t->infoset[i].name, name) == 0)
            return i;
    for (int i = 0; i < t->infosets; i++)
        print_message("information set %s\n", t->infoset[i].name);
    fail_msg("no information set is called %s", name);
    return -1;
}

#endif
