/* `parameters:`, `constraints:` and `state:`: every number that an analyst assumes, once. */
#include <stdio.h>
#include <string.h>

#include "format/reader.h"

static const fmpq zero = {0, 1};

bool dtn_check_clash(dtn_reader *r, const dtn_yaml *key)
{
    static const struct {
        dtn_name_kind kind;
        const char *word;
    } kinds[] = {{DTN_NAME_PARAM, "parameter"},
                 {DTN_NAME_FAMILY, "parameter"},
                 {DTN_NAME_STATE, "state variable"},
                 {DTN_NAME_GRID, "grid variable"}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (dtn_find_name(r, kinds[i].kind, key->text) >= 0)
            return dtn_diag_error(r->diags, DTN_DIAG_CLASH, key->place,
                                  "'%.60s' is a %s already: formulas could not tell them apart", key->text,
                                  kinds[i].word);
    return true;
}

dtn_status dtn_declare_grid(dtn_reader *r, const dtn_yaml *key, int *grid)
{
    *grid = dtn_find_name(r, DTN_NAME_GRID, key->text);
    if (*grid >= 0)
        return DTN_OK;
    if (!dtn_check_name(r, key, "grid variable", true))
        return DTN_OK;
    if (r->s->grids == r->grid_room) {
        int room = r->grid_room ? 2 * r->grid_room : 8;
        const char **wider;
        DTN_ALLOC(r->ctx, r->arena, wider, room);
        if (r->s->grids)
            memcpy(wider, r->grid, (size_t)r->s->grids * sizeof *wider);
        r->grid = wider;
        r->grid_room = room;
    }
    *grid = r->s->grids;
    r->grid[r->s->grids++] = key->text;
    r->s->grid = r->grid;
    return DTN_OK;
}

static bool is_family(const dtn_yaml *y)
{
    return y->kind == DTN_YAML_MAP && dtn_yaml_get(y, "of");
}

static bool family_word(const char *key)
{
    static const char *const words[] = {"of", "about", "unit", "source", "lever", "cost"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i], key) == 0)
            return true;
    return false;
}

/* Adds the scalar parameters of `k: {of: P, resolved: ..., irresolute: ...}`. */
static dtn_status declare_family(dtn_reader *r, const dtn_yaml *key, const dtn_yaml *y)
{
    int player = dtn_read_player(r, dtn_yaml_get(y, "of"));
    if (player < 0)
        return DTN_OK;
    const dtn_scn_player *p = &r->player[player];
    if (p->types == 0 || p->grid >= 0) {
        dtn_diag_error(
            r->diags, DTN_DIAG_FAMILY, dtn_yaml_get(y, "of")->place,
            p->types ? "the types of %s are a grid: use its variable in formulas" : "%s has no types", p->key);
        return DTN_OK;
    }
    int *index;
    DTN_ALLOC(r->ctx, r->arena, index, p->types);
    int f = r->s->families++;
    r->family[f] = (dtn_scn_family){key->text, player, index};
    for (int i = 0; i < y->count; i++)
        if (!family_word(y->key[i]->text) && dtn_type_of(r, player, y->key[i]->text) < 0)
            dtn_unknown(r, DTN_DIAG_FAMILY, y->key[i]->place, "type", y->key[i]->text, p->type, p->types);
    for (int t = 0; t < p->types; t++) {
        int i = r->s->params++;
        const dtn_yaml *value = dtn_yaml_get(y, p->type[t]);
        index[t] = i;
        r->param_yaml[i] = value;
        r->param_key[i] = key;
        char *name = dtn_arena_printf(r->arena, "%s.%s", key->text, p->type[t]);
        if (!name)
            return dtn_fail_nomem(r->ctx);
        r->param[i] = (dtn_scn_param){.name = name,
                                      .family = key->text,
                                      .family_index = f,
                                      .type = t,
                                      .value = zero,
                                      .lo = zero,
                                      .hi = zero,
                                      .place = value ? value->place : key->place};
        for (int k = 0; k < y->count; k++)
            if (y->item[k] == value)
                r->param[i].place = y->key[k]->place;
        if (!value)
            dtn_diag_error(r->diags, DTN_DIAG_FAMILY, key->place,
                           "the parameter '%s' has no entry for the type '%s' of %s", key->text, p->type[t],
                           p->key);
    }
    return DTN_OK;
}

dtn_status dtn_declare_params(dtn_reader *r)
{
    const dtn_yaml *y = r->parameters;
    bool usable = y && dtn_expect_map(r, y, "parameters");
    int room = 0, families = 0;
    for (int i = 0; usable && i < y->count; i++) {
        int player = is_family(y->item[i]) && dtn_yaml_get(y->item[i], "of")->kind == DTN_YAML_TEXT
                         ? dtn_find_name(r, DTN_NAME_PLAYER, dtn_yaml_get(y->item[i], "of")->text)
                         : -1;
        room += player >= 0 ? r->player[player].types : 1;
        families += player >= 0;
    }
    DTN_ALLOC(r->ctx, r->arena, r->param, room);
    DTN_ALLOC(r->ctx, r->arena, r->family, families);
    DTN_ALLOC(r->ctx, r->arena, r->param_yaml, room);
    DTN_ALLOC(r->ctx, r->arena, r->param_key, room);
    DTN_ALLOC(r->ctx, r->arena, r->used, room);
    r->s->param = r->param;
    r->s->family = r->family;
    for (int i = 0; usable && i < y->count; i++) {
        dtn_check_name(r, y->key[i], "parameter", true);
        dtn_check_clash(r, y->key[i]);
        if (is_family(y->item[i])) {
            DTN_TRY(declare_family(r, y->key[i], y->item[i]));
            continue;
        }
        int p = r->s->params++;
        r->param_yaml[p] = y->item[i];
        r->param_key[p] = y->key[i];
        r->param[p] = (dtn_scn_param){.name = y->key[i]->text,
                                      .family_index = -1,
                                      .type = -1,
                                      .value = zero,
                                      .lo = zero,
                                      .hi = zero,
                                      .place = y->key[i]->place};
    }
    return DTN_OK;
}

static dtn_status define_param(dtn_reader *r, int index)
{
    dtn_scn_param *p = &r->param[index];
    const dtn_yaml *y = r->param_yaml[index], *value, *range, *about, *unit, *source, *lever, *cost, *formula;
    char what[160];
    snprintf(what, sizeof what, "the parameter '%.100s'", p->name);
    if (!y || dtn_yaml_is_null(y)) {
        if (y)
            dtn_diag_error(r->diags, DTN_DIAG_MISSING_KEY, p->place, "%s: a value is missing", what);
        return DTN_OK;
    }
    bool ok;
    if (y->kind == DTN_YAML_TEXT)
        return dtn_read_number(r, y, what, &p->value, &ok);
    if (!dtn_read_fields(r, y, what, p->place,
                         (dtn_field[]){{"value", &value, false},
                                       {"range", &range, false},
                                       {"formula", &formula, false},
                                       {"about", &about, false},
                                       {"unit", &unit, false},
                                       {"source", &source, false},
                                       {"lever", &lever, false},
                                       {"cost", &cost, false}},
                         8))
        return DTN_OK;
    p->about = dtn_read_text(r, about, "about");
    p->unit = dtn_read_text(r, unit, "unit");
    p->source = dtn_read_text(r, source, "source");
    p->lever = dtn_read_flag(r, lever, "lever", cost != NULL);
    DTN_TRY(dtn_read_formula(r, &p->cost, cost, "cost", 0));
    if (formula) {
        r->deriving = index;
        dtn_status status = dtn_read_formula(r, &p->formula, formula, what, 0);
        r->deriving = -1;
        DTN_TRY(status);
        const dtn_yaml *extra = value ? value : range ? range : lever;
        if (extra)
            dtn_diag_error(r->diags, DTN_DIAG_SHAPE, extra->place,
                           "%s is derived by its formula and cannot have a value, range or lever of its own",
                           what);
        return DTN_OK;
    }
    if (!value) {
        dtn_diag_error(r->diags, DTN_DIAG_MISSING_KEY, p->place,
                       "%s: the key 'value' (or 'formula') is missing", what);
        return DTN_OK;
    }
    DTN_TRY(dtn_read_number(r, value, what, &p->value, &ok));
    if (!range)
        return DTN_OK;
    DTN_TRY(dtn_read_interval(r, range, what, &p->lo, &p->hi, &p->ranged));
    if (p->ranged && ok && (fmpq_cmp(&p->value, &p->lo) < 0 || fmpq_cmp(&p->value, &p->hi) > 0))
        dtn_diag_error(r->diags, DTN_DIAG_RANGE, value->place,
                       "%s: the value %.40s lies outside of its range", what, value->text);
    return DTN_OK;
}

/* What a family says once goes to each of its types. */
static void share_family(dtn_reader *r, const dtn_yaml *y, const dtn_scn_family *f)
{
    const char *about = dtn_yaml_get(y, "about") ? dtn_read_text(r, dtn_yaml_get(y, "about"), "about") : NULL;
    const char *unit = dtn_yaml_get(y, "unit") ? dtn_read_text(r, dtn_yaml_get(y, "unit"), "unit") : NULL;
    const char *source =
        dtn_yaml_get(y, "source") ? dtn_read_text(r, dtn_yaml_get(y, "source"), "source") : NULL;
    bool lever = dtn_read_flag(r, dtn_yaml_get(y, "lever"), "lever", false);
    for (int t = 0; t < r->player[f->player].types; t++) {
        dtn_scn_param *p = &r->param[f->param[t]];
        p->about = p->about ? p->about : about;
        p->unit = p->unit ? p->unit : unit;
        p->source = p->source ? p->source : source;
        p->lever = p->lever || lever;
    }
}

static dtn_status define_constraints(dtn_reader *r)
{
    const dtn_yaml *y = r->constraints;
    dtn_scn_constraint *c;
    if (!y || (y->kind == DTN_YAML_MAP && !dtn_expect_list(r, y, "constraints")))
        return DTN_OK;
    DTN_ALLOC(r->ctx, r->arena, c, dtn_list_count(y));
    r->s->constraint = c;
    for (int i = 0; i < dtn_list_count(y); i++) {
        const dtn_yaml *item = dtn_list_item(y, i);
        DTN_TRY(dtn_read_formula(r, &c[r->s->constraints].holds, item, "constraint", 0));
        if (!c[r->s->constraints].holds)
            continue;
        c[r->s->constraints].text = item->text;
        c[r->s->constraints++].place = item->place;
    }
    return DTN_OK;
}

dtn_status dtn_define_params(dtn_reader *r)
{
    for (int i = 0; i < r->s->params; i++)
        DTN_TRY(define_param(r, i));
    for (int f = 0; f < r->s->families; f++)
        share_family(r, dtn_yaml_get(r->parameters, r->family[f].name), &r->family[f]);
    DTN_TRY(define_constraints(r));
    if (!r->s->states)
        return DTN_OK;
    const dtn_expr **initial;
    DTN_ALLOC(r->ctx, r->arena, initial, r->s->states);
    r->s->state_initial = initial;
    for (int i = 0; i < r->s->states; i++)
        DTN_TRY(dtn_read_formula(r, &initial[i], r->state->item[i], "state variable", 0));
    return DTN_OK;
}

dtn_status dtn_declare_state(dtn_reader *r)
{
    const dtn_yaml *y = r->state;
    if (!y || !dtn_expect_map(r, y, "state"))
        return DTN_OK;
    const char **name;
    DTN_ALLOC(r->ctx, r->arena, name, y->count);
    r->s->state = name;
    for (int i = 0; i < y->count; i++) {
        dtn_check_name(r, y->key[i], "state variable", true);
        dtn_check_clash(r, y->key[i]);
        name[r->s->states++] = y->key[i]->text;
    }
    return DTN_OK;
}
