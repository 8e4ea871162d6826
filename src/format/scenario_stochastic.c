/* `stochastic:`: states, what can be done there, what it pays and where it leads.
 * Cost: linear in the file. */
#include <stdio.h>
#include <string.h>

#include "format/reader.h"

enum { MOST_GRID = 10000 };

/* [a, b, ...] or {grid: {x: [first, last, step]}}, numbers only. */
static dtn_status read_actions(dtn_reader *r, dtn_scn_stage_actions *out, const dtn_yaml *y)
{
    out->grid = -1;
    const dtn_yaml *grid = y->kind == DTN_YAML_MAP && y->count == 1 ? dtn_yaml_get(y, "grid") : NULL;
    if (!grid) {
        DTN_TRY(dtn_read_texts(r, y, "actions", &out->name, &out->count));
        for (int i = 0; i < out->count; i++)
            if (!out->name[i])
                out->count = 0;
            else
                dtn_check_name(r, dtn_list_item(y, i), "action", false);
        return DTN_OK;
    }
    fmpq bound[3], *value;
    const char **name;
    if (grid->kind != DTN_YAML_MAP || grid->count != 1 || grid->item[0]->kind != DTN_YAML_LIST ||
        grid->item[0]->count != 3) {
        dtn_diag_error(r->diags, DTN_DIAG_GRID, grid->place, "expected grid: {variable: [first, last, step]}");
        return DTN_OK;
    }
    DTN_TRY(dtn_declare_grid(r, grid->key[0], &out->grid));
    for (int i = 0; i < 3; i++) {
        bool ok;
        DTN_TRY(dtn_read_number(r, grid->item[0]->item[i], "bound of the grid", &bound[i], &ok));
        if (!ok)
            return DTN_OK;
    }
    DTN_ALLOC_FMPQ(r->ctx, r->arena, value, MOST_GRID + 1);
    bool sound = fmpq_sgn(&bound[2]) > 0 && fmpq_cmp(&bound[0], &bound[1]) <= 0;
    fmpq_set(value, &bound[0]);
    for (out->count = 1; sound && fmpq_cmp(value + out->count - 1, &bound[1]) < 0 && out->count < MOST_GRID;
         out->count++)
        fmpq_add(value + out->count, value + out->count - 1, &bound[2]);
    if (!sound || !fmpq_equal(value + out->count - 1, &bound[1])) {
        dtn_diag_error(r->diags, DTN_DIAG_GRID, grid->place,
                       "the step does not lead from the first to the last value of the grid");
        out->count = 0;
        return DTN_OK;
    }
    DTN_ALLOC(r->ctx, r->arena, name, out->count);
    for (int i = 0; i < out->count; i++)
        if (!(name[i] = dtn_rational_text(r->arena, value + i)))
            return dtn_fail_nomem(r->ctx);
    out->name = name;
    out->value = value;
    return DTN_OK;
}

/* "* accept" -> the number of each player's action, -1 for "*"; only players that decide there are named, in the file's order. */
static bool read_combination(dtn_reader *r, const dtn_scn_stage *s, const dtn_yaml *key, int *choice,
                             int *fixed)
{
    const char *at = key->text;
    bool all = strcmp(at, "*") == 0;
    *fixed = 0;
    for (int p = 0; p < r->s->players; p++) {
        const dtn_scn_stage_actions *a = &s->actions[p];
        choice[p] = -1;
        if (a->count == 0 || all)
            continue;
        at += strspn(at, " ");
        size_t n = strcspn(at, " ");
        if (!(n == 1 && *at == '*')) {
            for (int i = 0; i < a->count; i++)
                if (strlen(a->name[i]) == n && memcmp(a->name[i], at, n) == 0)
                    choice[p] = i;
            if (choice[p] < 0) {
                char word[128];
                snprintf(word, sizeof word, "%.*s", (int)n, at);
                dtn_unknown(r, DTN_DIAG_COMBINATION,
                            dtn_yaml_place_in(key, r->bytes, (int)(at - key->text), (int)n), "action", word,
                            a->name, a->count < 64 ? a->count : 64);
                return false;
            }
            ++*fixed;
        }
        at += n;
    }
    at += strspn(at, " ");
    return all || *at == '\0' ||
           dtn_diag_error(r->diags, DTN_DIAG_COMBINATION, key->place,
                          "'%.60s' names more actions than players decide in the state '%s'", key->text,
                          s->key);
}

static int state_named(dtn_reader *r, const dtn_yaml *states, const dtn_yaml *y, const char *text)
{
    for (int i = 0; i < states->count; i++)
        if (strcmp(states->key[i]->text, text) == 0)
            return i;
    int count;
    const char *const *keys = dtn_keys(r, states, &count);
    if (keys)
        dtn_unknown(r, DTN_DIAG_GOAL, y->place, "state", text, keys, count);
    return -1;
}

/* to: STATE, or {STATE: probability, ...}. */
static dtn_status read_next(dtn_reader *r, dtn_scn_rule *out, const dtn_yaml *states, const dtn_yaml *y)
{
    bool map = y && y->kind == DTN_YAML_MAP;
    int count = !y ? 0 : map ? y->count : 1, *to;
    const dtn_expr **prob;
    DTN_ALLOC(r->ctx, r->arena, to, count);
    DTN_ALLOC(r->ctx, r->arena, prob, count);
    out->to = to;
    out->prob = prob;
    for (int i = 0; i < count; i++) {
        const char *name = map ? y->key[i]->text : dtn_read_text(r, y, "state");
        if (!name)
            return DTN_OK;
        to[i] = state_named(r, states, map ? y->key[i] : y, name);
        if (map)
            DTN_TRY(dtn_read_formula(r, &prob[i], y->item[i], "probability", DTN_USE_GRID));
        out->ways++;
    }
    return DTN_OK;
}

static dtn_status read_rule(dtn_reader *r, dtn_scn_rule *out, const dtn_yaml *states, const dtn_yaml *pays,
                            const dtn_yaml *to)
{
    const dtn_expr **pay;
    DTN_ALLOC(r->ctx, r->arena, pay, r->s->players);
    out->pay = pay;
    for (int i = 0; pays && dtn_expect_map(r, pays, "pays") && i < pays->count; i++) {
        int p = dtn_read_player(r, pays->key[i]);
        if (p >= 0)
            DTN_TRY(dtn_read_formula(r, &pay[p], pays->item[i], "pays", DTN_USE_GRID));
    }
    return read_next(r, out, states, to);
}

static dtn_status read_order(dtn_reader *r, dtn_scn_stage *out, const dtn_yaml *y)
{
    int *order;
    out->movers = dtn_list_count(y);
    DTN_ALLOC(r->ctx, r->arena, order, out->movers);
    out->order = order;
    for (int i = 0; i < out->movers; i++) {
        order[i] = dtn_read_player(r, dtn_list_item(y, i));
        bool twice = false;
        for (int k = 0; k < i; k++)
            twice = twice || order[k] == order[i];
        if (twice)
            dtn_diag_error(r->diags, DTN_DIAG_SHAPE, y->place, "order: a player moves once in a state");
        if (order[i] >= 0 && out->actions[order[i]].count == 0)
            dtn_diag_error(r->diags, DTN_DIAG_SHAPE, y->place, "order: %s has no actions in the state '%s'",
                           r->player[order[i]].key, out->key);
    }
    for (int p = 0; p < r->s->players; p++) {
        bool in = out->actions[p].count == 0;
        for (int i = 0; i < out->movers; i++)
            in = in || order[i] == p;
        if (!in)
            dtn_diag_error(r->diags, DTN_DIAG_SHAPE, y->place,
                           "order: %s has actions in the state '%s', but no turn", r->player[p].key, out->key);
    }
    return DTN_OK;
}

static dtn_status define_state(dtn_reader *r, dtn_scn_stage *out, const dtn_yaml *states, const dtn_yaml *y)
{
    const dtn_yaml *about, *actions, *order, *cells, *pays, *to;
    char what[160];
    snprintf(what, sizeof what, "the state '%.100s'", out->key);
    dtn_scn_stage_actions *own;
    dtn_scn_rule *rule;
    DTN_ALLOC(r->ctx, r->arena, own, r->s->players);
    out->actions = own;
    for (int p = 0; p < r->s->players; p++)
        own[p].grid = -1;
    if (!dtn_read_fields(r, y, what, out->place,
                         (dtn_field[]){{"about", &about, false},
                                       {"actions", &actions, false},
                                       {"order", &order, false},
                                       {"cells", &cells, false},
                                       {"pays", &pays, false},
                                       {"to", &to, false}},
                         6))
        return DTN_OK;
    out->about = dtn_read_text(r, about, "about");
    for (int i = 0; actions && dtn_expect_map(r, actions, "actions") && i < actions->count; i++) {
        int p = dtn_read_player(r, actions->key[i]);
        if (p >= 0)
            DTN_TRY(read_actions(r, &own[p], actions->item[i]));
    }
    if (order)
        DTN_TRY(read_order(r, out, order));
    int errors = r->diags->errors;
    DTN_ALLOC(r->ctx, r->arena, rule, (cells && cells->kind == DTN_YAML_MAP ? cells->count : 0) + 1);
    out->rule = rule;
    for (int i = 0;
         cells && dtn_expect_map(r, cells, "cells") && i < cells->count && r->diags->errors == errors; i++) {
        const dtn_yaml *cell_pays, *cell_to;
        dtn_scn_rule *own_rule = &rule[out->rules++];
        int *choice;
        own_rule->place = cells->key[i]->place;
        DTN_ALLOC(r->ctx, r->arena, choice, r->s->players);
        own_rule->choice = choice;
        if (!read_combination(r, out, cells->key[i], choice, &own_rule->fixed) ||
            !dtn_read_fields(r, cells->item[i], "what a combination of actions does", own_rule->place,
                             (dtn_field[]){{"pays", &cell_pays, false}, {"to", &cell_to, false}}, 2))
            continue;
        DTN_TRY(read_rule(r, own_rule, states, cell_pays, cell_to));
    }
    if (!cells || pays || to) { /* one rule for all that is left */
        dtn_scn_rule *own_rule = &rule[out->rules++];
        int *choice;
        own_rule->place = out->place;
        DTN_ALLOC(r->ctx, r->arena, choice, r->s->players);
        for (int p = 0; p < r->s->players; p++)
            choice[p] = -1;
        own_rule->choice = choice;
        own_rule->fixed = -1;
        DTN_TRY(read_rule(r, own_rule, states, pays, to));
    }
    return DTN_OK;
}

dtn_status dtn_define_stochastic(dtn_reader *r)
{
    const dtn_yaml *y = r->stochastic, *discount, *start, *states;
    dtn_scn_stochastic *out;
    dtn_scn_stage *state;
    if (!y ||
        !dtn_read_fields(
            r, y, "stochastic", y->place,
            (dtn_field[]){{"discount", &discount, true}, {"start", &start, false}, {"states", &states, true}},
            3))
        return DTN_OK;
    if (!discount || !states || !dtn_expect_map(r, states, "states"))
        return DTN_OK;
    DTN_ALLOC(r->ctx, r->arena, out, 1);
    DTN_ALLOC(r->ctx, r->arena, state, states->count);
    *out = (dtn_scn_stochastic){.state = state, .states = states->count};
    DTN_TRY(dtn_read_formula(r, &out->discount, discount, "discount", 0));
    if (out->discount)
        DTN_TRY(dtn_check_later(r, DTN_CHECKED_PROBABILITY, out->discount, discount->place, 0, "discount"));
    for (int i = 0; i < states->count; i++) {
        state[i] = (dtn_scn_stage){.key = states->key[i]->text, .place = states->key[i]->place};
        dtn_check_name(r, states->key[i], "state", false);
        DTN_TRY(define_state(r, &state[i], states, states->item[i]));
    }
    const char *first = start ? dtn_read_text(r, start, "start") : NULL;
    if (first)
        out->start = state_named(r, states, start, first);
    r->s->stochastic = out;
    return DTN_OK;
}
