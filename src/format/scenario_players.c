/* `players:` and `types:`: who takes part, and what each knows alone. */
#include <stdio.h>
#include <string.h>

#include "format/reader.h"

enum { MOST_TYPES = 10000 };

dtn_status dtn_declare_players(dtn_reader *r)
{
    const dtn_yaml *y = r->players;
    if (!y) {
        if (r->moves || r->conflict || r->matrix || r->claims)
            dtn_diag_error(r->diags, DTN_DIAG_MISSING_KEY, (dtn_place){1, 1, 1},
                           "the scenario: the key 'players' is missing");
        return DTN_OK;
    }
    if (y->kind == DTN_YAML_TEXT) {
        dtn_expect_map(r, y, "players");
        return DTN_OK;
    }
    DTN_ALLOC(r->ctx, r->arena, r->player, y->count);
    for (int i = 0; i < y->count; i++) {
        bool is_map = y->kind == DTN_YAML_MAP;
        const dtn_yaml *key = is_map ? y->key[i] : y->item[i], *value = is_map ? y->item[i] : NULL;
        dtn_scn_player *p = &r->player[i];
        *p = (dtn_scn_player){.key = key->text, .name = key->text, .grid = -1, .place = key->place};
        if (key->kind != DTN_YAML_TEXT)
            dtn_read_text(r, key, "player");
        else if (strcmp(key->text, "name") == 0 || strcmp(key->text, "about") == 0 ||
                 strcmp(key->text, "joint") == 0)
            dtn_diag_error(r->diags, DTN_DIAG_RESERVED, key->place, "a player cannot be called '%s'",
                           key->text);
        else
            dtn_check_name(r, key, "player", false);
        if (!is_map && key->kind == DTN_YAML_TEXT && dtn_find_name(r, DTN_NAME_PLAYER, key->text) >= 0)
            dtn_diag_error(r->diags, DTN_DIAG_DUPLICATE, key->place, "the player '%.60s' stands here again",
                           key->text);
        r->s->players = i + 1;
        if (!value || dtn_yaml_is_null(value))
            continue;
        if (value->kind == DTN_YAML_TEXT) {
            p->name = value->text;
            continue;
        }
        const dtn_yaml *name, *about;
        char what[160];
        snprintf(what, sizeof what, "the player '%.100s'", p->key);
        if (dtn_read_fields(r, value, what, key->place,
                            (dtn_field[]){{"name", &name, false}, {"about", &about, false}}, 2)) {
            const char *text = dtn_read_text(r, name, "name");
            p->name = text ? text : p->key;
            p->about = dtn_read_text(r, about, "about");
        }
    }
    r->s->player = r->player;
    return DTN_OK;
}

/* Types that are the points of a grid: {grid: {c: [0, 2/5, 1/50]}, density: 1}. */
static dtn_status declare_grid_types(dtn_reader *r, dtn_scn_player *p, const dtn_yaml *y)
{
    const dtn_yaml *grid, *density, *bounds;
    char what[160];
    snprintf(what, sizeof what, "types of %.100s", p->key);
    if (!dtn_read_fields(r, y, what, y->place,
                         (dtn_field[]){{"grid", &grid, true}, {"density", &density, false}}, 2) ||
        !grid)
        return DTN_OK;
    if (grid->kind != DTN_YAML_MAP || grid->count != 1 || grid->item[0]->kind != DTN_YAML_LIST ||
        grid->item[0]->count != 3) {
        dtn_diag_error(r->diags, DTN_DIAG_GRID, grid->place, "%s: expected {variable: [first, last, step]}",
                       what);
        return DTN_OK;
    }
    bounds = grid->item[0];
    dtn_check_clash(r, grid->key[0]);
    DTN_TRY(dtn_declare_grid(r, grid->key[0], &p->grid));
    fmpq lo, hi, step;
    bool ok[3];
    DTN_TRY(dtn_read_number(r, bounds->item[0], "first value of the grid", &lo, &ok[0]));
    DTN_TRY(dtn_read_number(r, bounds->item[1], "last value of the grid", &hi, &ok[1]));
    DTN_TRY(dtn_read_number(r, bounds->item[2], "step of the grid", &step, &ok[2]));
    if (!ok[0] || !ok[1] || !ok[2])
        return DTN_OK;
    fmpq *x;
    DTN_ALLOC_FMPQ(r->ctx, r->arena, x, 1);
    fmpq_sub(x, &hi, &lo);
    bool sound = fmpq_sgn(&step) > 0 && fmpq_sgn(x) >= 0;
    if (sound)
        fmpq_div(x, x, &step);
    if (!sound || !fmpz_is_one(fmpq_denref(x)) || fmpz_cmp_si(fmpq_numref(x), MOST_TYPES) >= 0) {
        dtn_diag_error(r->diags, DTN_DIAG_GRID, bounds->place,
                       "%s: the step does not lead from the first to the last value", what);
        dtn_diag_add_help(
            r->diags, "expected [first, last, step], step > 0, (last - first)/step a whole number below %d",
            MOST_TYPES);
        return DTN_OK;
    }
    p->types = (int)fmpz_get_si(fmpq_numref(x)) + 1;
    fmpq *value;
    const char **name;
    DTN_ALLOC_FMPQ(r->ctx, r->arena, value, p->types);
    DTN_ALLOC(r->ctx, r->arena, name, p->types);
    for (int t = 0; t < p->types; t++) {
        fmpq_set(value + t, t ? value + t - 1 : &lo);
        if (t)
            fmpq_add(value + t, value + t, &step);
        const char *text = dtn_rational_text(r->arena, value + t);
        name[t] = text ? dtn_arena_printf(r->arena, "%s=%s", grid->key[0]->text, text) : NULL;
        if (!name[t])
            return dtn_fail_nomem(r->ctx);
    }
    p->type = name;
    p->grid_value = value;
    return DTN_OK;
}

static dtn_status declare_named_types(dtn_reader *r, dtn_scn_player *p, const dtn_yaml *y)
{
    const char **name;
    DTN_ALLOC(r->ctx, r->arena, name, y->count);
    p->type = name;
    if (y->count > MOST_TYPES) {
        dtn_diag_error(r->diags, DTN_DIAG_TYPE, y->place, "%s has %d types: at most %d are read", p->key,
                       y->count, MOST_TYPES);
        return DTN_OK;
    }
    for (int t = 0; t < y->count; t++) {
        const dtn_yaml *key = y->kind == DTN_YAML_MAP ? y->key[t] : y->item[t];
        if (!dtn_read_text(r, key, "type"))
            continue;
        dtn_check_name(r, key, "type", false);
        if (dtn_find_name(r, DTN_NAME_PLAYER, key->text) >= 0)
            dtn_diag_error(r->diags, DTN_DIAG_CLASH, key->place,
                           "'%.60s' is a player: a type needs another name", key->text);
        if (y->kind == DTN_YAML_LIST && dtn_type_of(r, (int)(p - r->player), key->text) >= 0)
            dtn_diag_error(r->diags, DTN_DIAG_DUPLICATE, key->place, "the type '%.60s' stands here again",
                           key->text);
        name[p->types++] = key->text;
    }
    return DTN_OK;
}

/* Types that are only named in the lines of the joint distribution, in order of first mention. */
static dtn_status declare_joint_types(dtn_reader *r, const dtn_yaml *joint, const dtn_yaml *types)
{
    for (int p = 0; p < r->s->players && joint->kind == DTN_YAML_LIST; p++) {
        dtn_scn_player *player = &r->player[p];
        if (dtn_yaml_get(types, player->key))
            continue;
        const char **name;
        DTN_ALLOC(r->ctx, r->arena, name, joint->count);
        player->type = name;
        for (int i = 0; i < joint->count; i++) {
            const dtn_yaml *type = dtn_yaml_get(joint->item[i], player->key);
            if (type && type->kind == DTN_YAML_TEXT && dtn_type_of(r, p, type->text) < 0) {
                dtn_check_name(r, type, "type", false);
                name[player->types++] = type->text;
            }
        }
    }
    return DTN_OK;
}

dtn_status dtn_declare_types(dtn_reader *r)
{
    const dtn_yaml *y = r->types;
    if (!y || !dtn_expect_map(r, y, "types"))
        return DTN_OK;
    for (int i = 0; i < y->count; i++) {
        const dtn_yaml *value = y->item[i];
        if (strcmp(y->key[i]->text, "joint") == 0)
            continue;
        int player = dtn_read_player(r, y->key[i]);
        if (player < 0)
            continue;
        if (value->kind == DTN_YAML_MAP && dtn_yaml_get(value, "grid"))
            DTN_TRY(declare_grid_types(r, &r->player[player], value));
        else if (value->kind == DTN_YAML_TEXT)
            dtn_expect_map(r, value, "types of a player");
        else
            DTN_TRY(declare_named_types(r, &r->player[player], value));
    }
    const dtn_yaml *joint = dtn_yaml_get(y, "joint");
    return joint && dtn_expect_list(r, joint, "types.joint") ? declare_joint_types(r, joint, y) : DTN_OK;
}

static dtn_status define_grid_prior(dtn_reader *r, dtn_scn_player *p, const dtn_yaml *y,
                                    const dtn_expr **prior)
{
    const dtn_yaml *density = dtn_yaml_get(y, "density");
    const dtn_expr *d = NULL, *sum = NULL;
    fmpq *one;
    DTN_ALLOC_FMPQ(r->ctx, r->arena, one, 1);
    fmpq_one(one);
    if (density)
        DTN_TRY(dtn_parse_formula(r, &d, density, density->kind == DTN_YAML_TEXT ? density->text : "", 0,
                                  "density", DTN_USE_GRID));
    else
        d = dtn_expr_constant(r->arena, one);
    if (!d)
        return DTN_OK;
    int slots = dtn_scn_slots(r->s), slot = dtn_scn_slot_grid(r->s, p->grid);
    const dtn_expr **with;
    DTN_ALLOC(r->ctx, r->arena, with, slots);
    for (int t = 0; t < p->types; t++) {
        with[slot] = dtn_expr_constant(r->arena, p->grid_value + t);
        prior[t] = with[slot] ? dtn_expr_substitute(r->ctx, r->arena, d, with) : NULL;
        sum = !prior[t] ? NULL : t ? dtn_expr_add(r->ctx, r->arena, sum, prior[t]) : prior[t];
        if (!sum)
            return r->ctx->status;
    }
    for (int t = 0; t < p->types; t++)
        if (!(prior[t] = dtn_expr_divide(r->ctx, r->arena, prior[t], sum)))
            return r->ctx->status;
    /* They sum to 1 by construction. */
    dtn_place place = density ? density->place : y->place;
    for (int t = 0; t < p->types; t++)
        DTN_TRY(dtn_check_later(r, DTN_CHECKED_PROBABILITY, prior[t], place, 0, "density of the types"));
    return DTN_OK;
}

static dtn_status define_joint(dtn_reader *r, const dtn_yaml *y)
{
    dtn_scn_joint *joint;
    DTN_ALLOC(r->ctx, r->arena, joint, y->count);
    r->s->joint = joint;
    r->s->joints = y->count;
    int group = ++r->check_groups;
    for (int i = 0; i < y->count; i++) {
        const dtn_yaml *line = y->item[i];
        int *types;
        DTN_ALLOC(r->ctx, r->arena, types, r->s->players);
        joint[i].types = types;
        joint[i].place = line->place;
        if (!dtn_expect_map(r, line, "a line of types.joint"))
            continue;
        for (int p = 0; p < r->s->players; p++) {
            const dtn_yaml *type = dtn_yaml_get(line, r->player[p].key);
            types[p] = type && type->kind == DTN_YAML_TEXT ? dtn_type_of(r, p, type->text) : -1;
            if (type && types[p] < 0)
                dtn_unknown(r, DTN_DIAG_TYPE, type->place, "type", type->text, r->player[p].type,
                            r->player[p].types);
            if (!type && r->player[p].types > 0)
                dtn_diag_error(r->diags, DTN_DIAG_MISSING_KEY, line->place,
                               "a line of types.joint: the type of %s is missing", r->player[p].key);
        }
        for (int k = 0; k < line->count; k++)
            if (strcmp(line->key[k]->text, "prob") != 0)
                dtn_read_player(r, line->key[k]);
        const dtn_yaml *prob = dtn_yaml_get(line, "prob");
        if (!prob)
            dtn_diag_error(r->diags, DTN_DIAG_MISSING_KEY, line->place,
                           "a line of types.joint: the key 'prob' is missing");
        DTN_TRY(dtn_read_formula(r, &joint[i].prob, prob, "probability of types", 0));
        if (joint[i].prob)
            DTN_TRY(dtn_check_later(r, DTN_CHECKED_PROBABILITY, joint[i].prob, prob->place, group,
                                    "the joint distribution of types"));
    }
    return DTN_OK;
}

dtn_status dtn_define_types(dtn_reader *r)
{
    const dtn_yaml *y = r->types;
    if (!y || y->kind != DTN_YAML_MAP)
        return DTN_OK;
    const dtn_yaml *joint = dtn_yaml_get(y, "joint");
    if (joint && joint->kind == DTN_YAML_LIST)
        return define_joint(r, joint);
    for (int i = 0; i < y->count; i++) {
        int player = dtn_find_name(r, DTN_NAME_PLAYER, y->key[i]->text);
        const dtn_yaml *value = y->item[i];
        if (player < 0 || r->player[player].types == 0)
            continue;
        dtn_scn_player *p = &r->player[player];
        const dtn_expr **prior;
        DTN_ALLOC(r->ctx, r->arena, prior, p->types);
        p->prior = prior;
        if (p->grid >= 0) {
            DTN_TRY(define_grid_prior(r, p, value, prior));
            continue;
        }
        if (value->kind != DTN_YAML_MAP) {
            dtn_diag_error(r->diags, DTN_DIAG_SHAPE, value->place,
                           "types of %s: expected {type: probability, ...}", p->key);
            continue;
        }
        int group = ++r->check_groups;
        char what[160];
        snprintf(what, sizeof what, "the types of %.100s", p->key);
        for (int t = 0; t < p->types; t++) {
            DTN_TRY(dtn_read_formula(r, &prior[t], value->item[t], what, 0));
            if (prior[t])
                DTN_TRY(dtn_check_later(r, DTN_CHECKED_PROBABILITY, prior[t], value->item[t]->place, group,
                                        what));
        }
    }
    return DTN_OK;
}
