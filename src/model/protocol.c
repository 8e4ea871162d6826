/* Expands the protocol of a scenario into a tree at a point.
 *
 * Method: nature draws the private types (one draw a player, or one for a joint distribution); below each profile
 * the protocol is walked to its ends (protocol_walk.c); an information set is (player, own type, move, what the player
 * has seen), so recall is perfect by construction; names are given last (protocol_name.c).
 * Cost: linear in the nodes. Exact: yes. */
#include <stdio.h>
#include <string.h>

#include "model/protocol.h"

typedef struct drawing {
    dtn_plan *p;
    dtn_tree_builder *b;
    int *types; /* [players] drawn so far */
} drawing;

static dtn_status check_sum(dtn_ctx *ctx, const dtn_plan *p, const fmpq *sum, dtn_place place,
                            const char *what)
{
    if (fmpq_is_one(sum))
        return DTN_OK;
    const char *text = dtn_rational_text(p->arena, sum);
    dtn_status status = dtn_fail(ctx, DTN_DOMAIN, "they sum to %s, not 1", text ? text : "another number");
    return dtn_fail_at(ctx, status, p->s, place, "probabilities of %s", what);
}

/* All players with types are settled: the protocol begins. */
static dtn_status play(dtn_ctx *ctx, drawing *d, dtn_plan_node *at, const fmpq *probability)
{
    bool any = false;
    for (int i = 0; i < d->p->s->players; i++)
        any = any || d->types[i] >= 0;
    at->draw = -1;
    if (any)
        DTN_TRY(dtn_tree_add_draw(d->b, &at->draw, d->types, probability));
    return dtn_plan_walk(ctx, d->p, d->types, at);
}

/* Draws the types of players first, first + 1, ... independently, then plays. */
static dtn_status draw_types(dtn_ctx *ctx, drawing *d, int first, const dtn_plan_node *at,
                             const fmpq *probability)
{
    dtn_plan *p = d->p;
    const dtn_scenario *s = p->s;
    while (first < s->players && s->player[first].types < 2) {
        d->types[first] = s->player[first].types - 1;
        first++;
    }
    dtn_plan_node node = *at;
    if (first == s->players)
        return play(ctx, d, &node, probability);
    const dtn_scn_player *player = &s->player[first];
    int here;
    char what[160];
    fmpq *number; /* sum so far, and probability of the branch */
    DTN_ALLOC_FMPQ(ctx, p->arena, number, 2);
    node.kind = DTN_NODE_CHANCE;
    node.menu = node.infoset = node.draw = -1;
    if (!node.label)
        node.label = "";
    DTN_TRY(dtn_plan_add(ctx, p, &here, &node));
    for (int t = 0; t < player->types; t++) {
        dtn_plan_node below = {.parent = here, .branch = t, .draw = -1};
        DTN_TRY(dtn_fail_at(
            ctx, dtn_values_probability(ctx, p->values, &below.probability, NULL, player->prior[t], p->no_path),
            s, player->place, "probability that %.60s is %.60s", player->key, player->type[t]));
        const fmpq *exact = dtn_values_get(p->values, below.probability)->exact;
        fmpq_add(&number[0], &number[0], exact);
        fmpq_mul(&number[1], probability, exact);
        below.label = dtn_arena_printf(p->arena, "%s: %s", player->key, player->type[t]);
        if (!below.label)
            return dtn_fail_nomem(ctx);
        d->types[first] = t;
        DTN_TRY(draw_types(ctx, d, first + 1, &below, &number[1]));
    }
    snprintf(what, sizeof what, "the types of %.60s", player->key);
    return check_sum(ctx, p, &number[0], player->place, what);
}

/* Names of the drawn types: "P: hard, Q: soft". */
static const char *profile_name(dtn_plan *p, const int *types)
{
    const char *text = "";
    for (int i = 0; i < p->s->players && text; i++)
        if (types[i] >= 0)
            text = dtn_arena_printf(p->arena, "%s%s%s: %s", text, *text ? ", " : "", p->s->player[i].key,
                                    p->s->player[i].type[types[i]]);
    return text;
}

static dtn_status draw_jointly(dtn_ctx *ctx, drawing *d, const dtn_plan_node *root)
{
    dtn_plan *p = d->p;
    const dtn_scenario *s = p->s;
    int here;
    fmpq *sum;
    DTN_ALLOC_FMPQ(ctx, p->arena, sum, 1);
    dtn_plan_node node = *root;
    node.kind = DTN_NODE_CHANCE;
    node.label = "";
    DTN_TRY(dtn_plan_add(ctx, p, &here, &node));
    for (int j = 0; j < s->joints; j++) {
        dtn_plan_node below = {.parent = here, .branch = j, .label = profile_name(p, s->joint[j].types)};
        if (!below.label)
            return dtn_fail_nomem(ctx);
        DTN_TRY(dtn_fail_at(
            ctx, dtn_values_probability(ctx, p->values, &below.probability, NULL, s->joint[j].prob, p->no_path),
            s, s->joint[j].place, "probability of a profile of types"));
        const fmpq *exact = dtn_values_get(p->values, below.probability)->exact;
        fmpq_add(sum, sum, exact);
        memcpy(d->types, s->joint[j].types, (size_t)s->players * sizeof *d->types);
        DTN_TRY(play(ctx, d, &below, exact));
    }
    return check_sum(ctx, p, sum, s->joint[0].place, "the profiles of types");
}

/* cyclic[m]: m can be reached from m. */
static dtn_status find_cycles(dtn_ctx *ctx, dtn_plan *p)
{
    const dtn_scenario *s = p->s;
    int *queue;
    bool *reached;
    DTN_ALLOC(ctx, p->arena, p->cyclic, s->moves);
    DTN_ALLOC(ctx, p->arena, queue, s->moves + 1);
    DTN_ALLOC(ctx, p->arena, reached, s->moves);
    for (int m = 0; m < s->moves; m++) {
        int count = 0;
        memset(reached, 0, (size_t)s->moves * sizeof *reached);
        queue[count++] = m;
        for (int q = 0; q < count; q++) {
            const dtn_scn_move *at = &s->move[queue[q]];
            bool together = at->kind == DTN_MOVE_TOGETHER;
            for (int i = 0; i < (together ? at->cells : at->actions); i++) {
                dtn_scn_goal to = together ? at->cell[i].to : at->action[i].to;
                if (to.kind == DTN_GOAL_MOVE && !reached[to.index]) {
                    reached[to.index] = true;
                    if (to.index != m)
                        queue[count++] = to.index;
                }
            }
        }
        p->cyclic[m] = reached[m];
    }
    return DTN_OK;
}

static dtn_status start_plan(dtn_ctx *ctx, dtn_plan *p, dtn_tree_builder *b)
{
    const dtn_scenario *s = p->s;
    int path = dtn_scn_slots(s) - s->params, empty;
    DTN_TRY(dtn_values_new(ctx, p->arena, dtn_tree_builder_arena(b), &p->values, s, p->point));
    DTN_TRY(dtn_intern_new(ctx, p->arena, &p->histories));
    DTN_TRY(dtn_intern_new(ctx, p->arena, &p->infosets));
    DTN_TRY(dtn_intern_new(ctx, p->arena, &p->payoffs));
    int nothing[3] = {-1, -1, -1};
    DTN_TRY(dtn_intern_id(ctx, p->histories, &empty, NULL, nothing, 3));
    DTN_ALLOC(ctx, p->arena, p->no_path, path + 1);
    for (int i = 0; i < path; i++)
        p->no_path[i] = DTN_VALUE_NONE;
    DTN_TRY(find_cycles(ctx, p));
    return dtn_plan_menus(ctx, p);
}

static dtn_status build_infosets(dtn_ctx *ctx, const dtn_plan *p, dtn_tree_builder *b, int *number)
{
    int sets = dtn_intern_count(p->infosets), most = 0;
    const char **name;
    DTN_ALLOC(ctx, p->arena, name, sets);
    DTN_TRY(dtn_plan_names(ctx, p, name));
    for (int m = 0; m < p->menus; m++)
        most = p->menu[m].choices > most ? p->menu[m].choices : most;
    dtn_action *action;
    DTN_ALLOC(ctx, p->arena, action, most);
    for (int i = 0; i < sets; i++) {
        const int *set = dtn_intern_tuple(p->infosets, i);
        const dtn_plan_menu *menu = &p->menu[set[2]];
        for (int c = 0; c < menu->choices; c++) {
            const dtn_scn_action *a = menu->choice[c].action;
            action[c] = (dtn_action){.name = menu->choice[c].name,
                                     .kind = a->kind,
                                     .target = a->target,
                                     .unless = a->unless,
                                     .seen = menu->seen};
        }
        DTN_TRY(dtn_tree_add_infoset(b, &number[i], set[0], set[1], name[i], p->s->move[menu->move].key,
                                     menu->choices, action));
    }
    return DTN_OK;
}

static dtn_status build_nodes(dtn_ctx *ctx, const dtn_plan *p, dtn_tree_builder *b, const int *infoset)
{
    const dtn_scenario *s = p->s;
    fmpq *payoff;
    const dtn_expr **formula;
    DTN_ALLOC(ctx, p->arena, payoff, s->players); /* borrowed numbers: never cleared */
    DTN_ALLOC(ctx, p->arena, formula, s->players);
    for (long i = 0; i < p->nodes; i++) {
        const dtn_plan_node *from = dtn_plan_at(p, i);
        dtn_node_spec spec = {.parent = from->parent,
                              .branch = from->branch,
                              .kind = from->kind,
                              .infoset = -1,
                              .outcome = -1,
                              .draw = from->draw,
                              .label = from->label,
                              .move = from->menu >= 0 ? s->move[p->menu[from->menu].move].key : ""};
        if (from->kind == DTN_NODE_DECISION)
            spec.infoset = infoset[from->infoset];
        if (from->probability != DTN_VALUE_NONE) {
            const dtn_value *value = dtn_values_get(p->values, from->probability);
            spec.prob = value->exact;
            spec.prob_formula = value->formula;
        }
        if (from->kind == DTN_NODE_TERMINAL) {
            const int *values = dtn_intern_tuple(p->payoffs, from->payoff);
            for (int k = 0; k < s->players; k++) {
                const dtn_value *value = dtn_values_get(p->values, values[k]);
                payoff[k] = *value->exact;
                formula[k] = value->formula;
            }
            spec.outcome = from->infoset;
            spec.payoff = payoff;
            spec.payoff_formula = formula;
        }
        int node;
        DTN_TRY(dtn_tree_add_node(b, &node, &spec));
    }
    return DTN_OK;
}

static dtn_status expand(dtn_ctx *ctx, dtn_tree_builder *b, const dtn_scenario *s, const dtn_point *point,
                         long max_nodes)
{
    for (int i = 0; i < s->players; i++) {
        int player;
        const dtn_scn_player *from = &s->player[i];
        DTN_TRY(dtn_tree_add_player(b, &player, from->key, from->name, from->types, from->type));
    }
    for (int i = 0; i < s->outcomes; i++) {
        int outcome;
        DTN_TRY(dtn_tree_add_outcome(b, &outcome, s->outcome[i].key, s->outcome[i].name));
    }
    dtn_plan p = {.s = s, .point = point, .arena = ctx->scratch, .max_nodes = max_nodes};
    DTN_TRY(start_plan(ctx, &p, b));
    drawing d = {.p = &p, .b = b};
    DTN_ALLOC(ctx, p.arena, d.types, s->players);
    fmpq *one;
    DTN_ALLOC_FMPQ(ctx, p.arena, one, 1);
    fmpq_one(one);
    dtn_plan_node root = {
        .parent = -1, .branch = 0, .menu = -1, .infoset = -1, .draw = -1, .probability = DTN_VALUE_NONE};
    if (s->joints > 0)
        DTN_TRY(draw_jointly(ctx, &d, &root));
    else
        DTN_TRY(draw_types(ctx, &d, 0, &root, one));
    int *infoset;
    DTN_ALLOC(ctx, p.arena, infoset, dtn_intern_count(p.infosets) + 1);
    DTN_TRY(build_infosets(ctx, &p, b, infoset));
    return build_nodes(ctx, &p, b, infoset);
}

dtn_status dtn_scenario_tree(dtn_ctx *ctx, dtn_tree **out, const dtn_scenario *s, const dtn_point *point,
                             long max_nodes)
{
    *out = NULL;
    if (s->start < 0)
        return dtn_fail(ctx, DTN_DOMAIN, "%s has no protocol of moves: there is no tree to solve",
                        s->file ? s->file : "the scenario");
    dtn_tree_builder *b;
    DTN_TRY(dtn_tree_builder_new(ctx, &b, s->title ? s->title : ""));
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = expand(ctx, b, s, point, max_nodes > 0 ? max_nodes : 10000000);
    dtn_arena_release(ctx->scratch, mark);
    if (status != DTN_OK) {
        dtn_tree_builder_free(b);
        return status;
    }
    return dtn_tree_finish(ctx, out, b);
}
