/* `moves:` and `start:`: the protocol. First the names of moves, actions and grid variables, then goals, formulas, marks. */
#include <stdio.h>
#include <string.h>

#include "format/reader.h"

enum { MOST_ACTIONS = 10000 };

/* `chance: {...}` lists its branches there, every other move under `actions`. */
static const dtn_yaml *branches(const dtn_yaml *move)
{
    const dtn_yaml *chance = dtn_yaml_get(move, "chance");
    return chance ? chance : dtn_yaml_get(move, "actions");
}

static dtn_status declare_actions(dtn_reader *r, dtn_scn_action **out, int *count, const dtn_yaml *y)
{
    *out = NULL;
    *count = 0;
    if (y->count > MOST_ACTIONS) {
        dtn_diag_error(r->diags, DTN_DIAG_ACTION, y->place, "a move with %d actions: at most %d are read",
                       y->count, MOST_ACTIONS);
        return DTN_OK;
    }
    DTN_ALLOC(r->ctx, r->arena, *out, y->count);
    for (int i = 0; i < y->count; i++) {
        const dtn_yaml *key = y->kind == DTN_YAML_MAP ? y->key[i] : y->item[i];
        dtn_scn_action *a = &(*out)[i];
        *a = (dtn_scn_action){
            .key = key->text, .to = {DTN_GOAL_MOVE, -1}, .grid = -1, .target = -1, .place = key->place};
        if (dtn_read_text(r, key, "action"))
            dtn_check_name(r, key, "action", false);
        const dtn_yaml *grid = y->kind == DTN_YAML_MAP ? dtn_yaml_get(y->item[i], "grid") : NULL;
        if (grid && grid->kind == DTN_YAML_MAP && grid->count == 1)
            DTN_TRY(dtn_declare_grid(r, grid->key[0], &a->grid));
    }
    *count = y->count;
    return DTN_OK;
}

/* together: actions of each mover, in the order of `together`. */
static dtn_status declare_together(dtn_reader *r, dtn_scn_move *m, const dtn_yaml *movers,
                                   const dtn_yaml *actions)
{
    int n = dtn_list_count(movers);
    int *player, *counts;
    const dtn_scn_action **lists;
    DTN_ALLOC(r->ctx, r->arena, player, n);
    DTN_ALLOC(r->ctx, r->arena, counts, n);
    DTN_ALLOC(r->ctx, r->arena, lists, n);
    m->kind = DTN_MOVE_TOGETHER;
    m->mover = player;
    m->mover_actions = counts;
    m->mover_action = lists;
    for (int k = 0; k < n && movers->kind != DTN_YAML_MAP; k++) {
        int p = dtn_read_player(r, dtn_list_item(movers, k));
        for (int other = 0; other < m->movers && p >= 0; other++) {
            if (player[other] == p) {
                dtn_diag_error(r->diags, DTN_DIAG_DUPLICATE, dtn_list_item(movers, k)->place,
                               "the player '%s' stands here again", r->player[p].key);
                p = -1;
            }
        }
        const dtn_yaml *list = p >= 0 && actions && actions->kind == DTN_YAML_MAP
                                   ? dtn_yaml_get(actions, r->player[p].key)
                                   : NULL;
        if (p < 0)
            continue;
        player[m->movers] = p;
        if (list && list->kind != DTN_YAML_TEXT) {
            dtn_scn_action *a;
            DTN_TRY(declare_actions(r, &a, &counts[m->movers], list));
            lists[m->movers] = a;
        } else {
            dtn_diag_error(r->diags, DTN_DIAG_MISSING_KEY, list ? list->place : m->place,
                           "the move '%s': expected a list of the actions of %s", m->key, r->player[p].key);
        }
        m->movers++;
    }
    return DTN_OK;
}

dtn_status dtn_declare_moves(dtn_reader *r)
{
    const dtn_yaml *y = r->moves;
    r->s->start = -1;
    if (!y || !dtn_expect_map(r, y, "moves"))
        return DTN_OK;
    DTN_ALLOC(r->ctx, r->arena, r->move, y->count);
    r->s->move = r->move;
    for (int i = 0; i < y->count; i++) {
        const dtn_yaml *key = y->key[i], *value = y->item[i];
        dtn_scn_move *m = &r->move[r->s->moves];
        *m = (dtn_scn_move){.key = key->text, .player = -1, .place = key->place};
        dtn_check_name(r, key, "move", false);
        if (dtn_find_name(r, DTN_NAME_OUTCOME, key->text) >= 0)
            dtn_diag_error(r->diags, DTN_DIAG_CLASH, key->place,
                           "'%.60s' is an outcome too: goals could not tell them apart", key->text);
        r->s->moves++;
        char what[160];
        snprintf(what, sizeof what, "the move '%.100s'", m->key);
        if (!dtn_expect_map(r, value, what))
            continue;
        const dtn_yaml *movers = dtn_yaml_get(value, "together"), *list = branches(value);
        if (movers) {
            DTN_TRY(declare_together(r, m, movers, dtn_yaml_get(value, "actions")));
            continue;
        }
        m->kind = dtn_yaml_get(value, "chance") ? DTN_MOVE_CHANCE : DTN_MOVE_PLAYER;
        if (list && list->kind == DTN_YAML_MAP) {
            dtn_scn_action *a;
            DTN_TRY(declare_actions(r, &a, &m->actions, list));
            m->action = a;
        }
    }
    return DTN_OK;
}

bool dtn_read_goal(dtn_reader *r, const dtn_yaml *y, dtn_scn_goal *out)
{
    *out = (dtn_scn_goal){DTN_GOAL_MOVE, -1};
    const char *text = dtn_read_text(r, y, "goal");
    if (!text)
        return false;
    int outcome = dtn_find_name(r, DTN_NAME_OUTCOME, text);
    *out = outcome >= 0 ? (dtn_scn_goal){DTN_GOAL_OUTCOME, outcome}
                        : (dtn_scn_goal){DTN_GOAL_MOVE, dtn_find_name(r, DTN_NAME_MOVE, text)};
    if (out->index >= 0)
        return true;
    int moves, outcomes;
    const char *const *m = dtn_keys(r, r->moves, &moves), *const *o = dtn_keys(r, r->outcomes, &outcomes);
    const char **words = dtn_arena_array(r->ctx->scratch, (size_t)(moves + outcomes), sizeof *words);
    if (words) {
        if (moves)
            memcpy(words, m, (size_t)moves * sizeof *words);
        if (outcomes)
            memcpy(words + moves, o, (size_t)outcomes * sizeof *words);
        dtn_unknown(r, DTN_DIAG_GOAL, y->place, "move or outcome", text, words, moves + outcomes);
    }
    return false;
}

dtn_status dtn_read_effects(dtn_reader *r, dtn_scn_action *a, const dtn_yaml *set, const dtn_yaml *pays)
{
    if (set && dtn_expect_map(r, set, "set")) {
        dtn_scn_set *sets;
        DTN_ALLOC(r->ctx, r->arena, sets, set->count);
        a->set = sets;
        for (int i = 0; i < set->count; i++) {
            dtn_scn_set *it = &sets[a->sets++];
            it->state = -1;
            for (int k = 0; k < r->s->states; k++)
                if (strcmp(r->s->state[k], set->key[i]->text) == 0)
                    it->state = k;
            if (it->state < 0)
                dtn_unknown(r, DTN_DIAG_UNKNOWN_NAME, set->key[i]->place, "state variable", set->key[i]->text,
                            r->s->state, r->s->states);
            DTN_TRY(dtn_read_formula(r, &it->value, set->item[i], "set", DTN_USE_PATH));
        }
    }
    if (pays && dtn_expect_map(r, pays, "pays")) {
        dtn_scn_pay *pay;
        DTN_ALLOC(r->ctx, r->arena, pay, pays->count);
        a->pay = pay;
        for (int i = 0; i < pays->count; i++) {
            dtn_scn_pay *it = &pay[a->pays++];
            it->player = dtn_read_player(r, pays->key[i]);
            DTN_TRY(dtn_read_formula(r, &it->amount, pays->item[i], "pays", DTN_USE_PATH));
        }
    }
    return DTN_OK;
}

static dtn_status read_grid(dtn_reader *r, dtn_scn_action *a, const dtn_yaml *y)
{
    if (!y)
        return DTN_OK;
    if (y->kind != DTN_YAML_MAP || y->count != 1 || y->item[0]->kind != DTN_YAML_LIST ||
        y->item[0]->count != 3) {
        dtn_diag_error(r->diags, DTN_DIAG_GRID, y->place,
                       "the action '%s': expected grid: {variable: [first, last, step]}", a->key);
        return DTN_OK;
    }
    const dtn_yaml *bounds = y->item[0];
    if (a->grid >= 0)
        for (int p = 0; p < r->s->players; p++)
            if (r->player[p].grid == a->grid)
                dtn_diag_error(r->diags, DTN_DIAG_CLASH, y->key[0]->place,
                               "'%s' is the grid variable of the types of %s", y->key[0]->text,
                               r->player[p].key);
    DTN_TRY(dtn_read_formula(r, &a->grid_lo, bounds->item[0], "first value of the grid", 0));
    DTN_TRY(dtn_read_formula(r, &a->grid_hi, bounds->item[1], "last value of the grid", 0));
    DTN_TRY(dtn_read_formula(r, &a->grid_step, bounds->item[2], "step of the grid", 0));
    fmpq *x;
    DTN_ALLOC_FMPQ(r->ctx, r->arena, x, 3);
    if (!a->grid_lo || !a->grid_hi || !a->grid_step || !dtn_expr_is_constant(a->grid_lo, x) ||
        !dtn_expr_is_constant(a->grid_hi, x + 1) || !dtn_expr_is_constant(a->grid_step, x + 2))
        return DTN_OK;
    fmpq_sub(x, x + 1, x);
    bool sound = fmpq_sgn(x + 2) > 0 && fmpq_sgn(x) >= 0;
    if (sound)
        fmpq_div(x, x, x + 2);
    if (!sound || !fmpz_is_one(fmpq_denref(x)) || fmpz_cmp_si(fmpq_numref(x), 10000) >= 0)
        dtn_diag_error(r->diags, DTN_DIAG_GRID, bounds->place,
                       "the action '%s': the step does not lead from the first to the last value", a->key);
    return DTN_OK;
}

/* threat: {to: Q, unless: answer.engage}, promise: {to: Q, if: answer.engage}, or only the addressee. */
static void read_mark(dtn_reader *r, dtn_scn_action *a, const dtn_yaml *y, dtn_act_kind kind)
{
    if (!y)
        return;
    const char *word = kind == DTN_ACT_THREAT ? "threat" : "promise";
    if (a->kind != DTN_ACT_PLAIN)
        dtn_diag_error(r->diags, DTN_DIAG_SHAPE, y->place, "the action '%s' is either a threat or a promise",
                       a->key);
    a->kind = kind;
    if (y->kind == DTN_YAML_TEXT) {
        a->target = dtn_read_player(r, y);
        return;
    }
    const dtn_yaml *to, *unless;
    if (!dtn_read_fields(
            r, y, word, y->place,
            (dtn_field[]){{"to", &to, true}, {kind == DTN_ACT_THREAT ? "unless" : "if", &unless, false}}, 2))
        return;
    a->target = dtn_read_player(r, to);
    a->unless = dtn_read_text(r, unless, "condition");
    if (a->unless)
        dtn_check_action(r, a->unless, dtn_yaml_place_in(unless, r->bytes, 0, (int)unless->length), false);
}

static dtn_status define_action(dtn_reader *r, dtn_scn_move *m, dtn_scn_action *a, const dtn_yaml *key,
                                const dtn_yaml *y, int group)
{
    char what[260];
    snprintf(what, sizeof what,
             m->kind == DTN_MOVE_CHANCE ? "the branch '%.100s' of '%.100s'"
                                        : "the action '%.100s' of '%.100s'",
             a->key, m->key);
    const dtn_yaml *to = NULL, *set = NULL, *pays = NULL, *about = NULL, *grid = NULL, *threat = NULL,
                   *promise = NULL, *prob = NULL;
    bool chance = m->kind == DTN_MOVE_CHANCE;
    if (y->kind == DTN_YAML_TEXT) {
        /* A player's action: the goal. A branch of chance: its probability, and the goal is its name. */
        to = chance ? key : y;
        prob = chance ? y : NULL;
    } else {
        const dtn_field common[] = {{"to", &to, !chance},
                                    {"set", &set, false},
                                    {"pays", &pays, false},
                                    {"about", &about, false},
                                    {chance ? "prob" : "grid", chance ? &prob : &grid, chance},
                                    {"threat", &threat, false},
                                    {"promise", &promise, false}};
        if (!dtn_read_fields(r, y, what, a->place, common, chance ? 5 : 7))
            return DTN_OK;
        if (!to && chance)
            to = key;
    }
    if (to)
        dtn_read_goal(r, to, &a->to);
    a->about = dtn_read_text(r, about, "about");
    DTN_TRY(dtn_read_effects(r, a, set, pays));
    DTN_TRY(read_grid(r, a, grid));
    read_mark(r, a, threat, DTN_ACT_THREAT);
    read_mark(r, a, promise, DTN_ACT_PROMISE);
    DTN_TRY(dtn_read_formula(r, &a->prob, prob, what, DTN_USE_PATH));
    return a->prob ? dtn_check_later(r, DTN_CHECKED_PROBABILITY, a->prob, prob->place, group, m->key) : DTN_OK;
}

static dtn_status read_seen_by(dtn_reader *r, dtn_scn_move *m, const dtn_yaml *y)
{
    if (!y || (y->kind == DTN_YAML_MAP && !dtn_expect_list(r, y, "seen_by")))
        return DTN_OK;
    bool *seen;
    DTN_ALLOC(r->ctx, r->arena, seen, r->s->players + 1);
    m->seen_restricted = true;
    m->seen_by = seen;
    for (int i = 0; i < dtn_list_count(y); i++) {
        int player = dtn_read_player(r, dtn_list_item(y, i));
        if (player >= 0)
            seen[player] = true;
    }
    return DTN_OK;
}

static dtn_status define_move(dtn_reader *r, dtn_scn_move *m, const dtn_yaml *y)
{
    char what[160];
    snprintf(what, sizeof what, "the move '%.100s'", m->key);
    const dtn_yaml *player, *chance, *together, *actions, *to, *seen_by, *about;
    if (y->kind != DTN_YAML_MAP || !dtn_read_fields(r, y, what, m->place,
                                                    (dtn_field[]){{"player", &player, false},
                                                                  {"chance", &chance, false},
                                                                  {"together", &together, false},
                                                                  {"actions", &actions, false},
                                                                  {"to", &to, false},
                                                                  {"seen_by", &seen_by, false},
                                                                  {"about", &about, false}},
                                                    7))
        return DTN_OK;
    m->about = dtn_read_text(r, about, "about");
    DTN_TRY(read_seen_by(r, m, seen_by));
    if ((player != NULL) + (chance != NULL) + (together != NULL) != 1)
        dtn_diag_error(r->diags, DTN_DIAG_MISSING_KEY, m->place,
                       "%s: expected one of the keys 'player', 'chance', 'together'", what);
    if (together)
        return dtn_define_together(r, m, y, together, actions, to);
    if (to)
        dtn_diag_error(r->diags, DTN_DIAG_SHAPE, to->place,
                       "%s: 'to' belongs to each action, or to a move with 'together'", what);
    m->player = player ? dtn_read_player(r, player) : -1;
    const dtn_yaml *list = chance ? chance : actions;
    if (chance && actions)
        dtn_diag_error(r->diags, DTN_DIAG_SHAPE, actions->place,
                       "%s: a chance move has its branches under 'chance'", what);
    if (!list) {
        dtn_diag_error(r->diags, DTN_DIAG_MISSING_KEY, m->place, "%s: the key 'actions' is missing", what);
        return DTN_OK;
    }
    if (!dtn_expect_map(r, list, what))
        return DTN_OK;
    if (list->count == 0)
        dtn_diag_error(r->diags, DTN_DIAG_MISSING_KEY, list->place, "%s has no actions", what);
    int group = chance ? ++r->check_groups : 0;
    for (int i = 0; i < m->actions; i++)
        DTN_TRY(define_action(r, m, (dtn_scn_action *)&m->action[i], list->key[i], list->item[i], group));
    return DTN_OK;
}

dtn_status dtn_define_moves(dtn_reader *r)
{
    for (int i = 0; i < r->s->moves; i++)
        DTN_TRY(define_move(r, &r->move[i], r->moves->item[i]));
    if (!r->start) {
        r->s->start = r->s->moves ? 0 : -1;
        return DTN_OK;
    }
    const char *text = dtn_read_text(r, r->start, "start");
    r->s->start = text ? dtn_find_name(r, DTN_NAME_MOVE, text) : -1;
    if (text && r->s->start < 0) {
        int count;
        const char *const *words = dtn_keys(r, r->moves, &count);
        dtn_unknown(r, DTN_DIAG_GOAL, r->start->place, "move", text, words, count);
    }
    return DTN_OK;
}
