/* Formulas of a scenario: what a name means at its place, and every way in which it can mean nothing. */
#include <stdio.h>
#include <string.h>

#include "format/reader.h"

typedef struct names {
    dtn_reader *r;
    int use;
    dtn_diag_id id; /* of `why` */
    char why[256];  /* the name is known but cannot stand here; "" otherwise */
} names;

static int refuse(names *n, dtn_diag_id id, const char *format, ...) DTN_PRINTF(3, 4);
static int refuse(names *n, dtn_diag_id id, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(n->why, sizeof n->why, format, args);
    va_end(args);
    n->id = id;
    return -1;
}

/* A parameter as a slot. Derived ones are computed in the order of the file. */
static int param_slot(names *n, int param)
{
    dtn_reader *r = n->r;
    const dtn_yaml *y = r->param_yaml[param];
    r->used[param] = true;
    if (r->deriving < 0 || param < r->deriving || !y || y->kind != DTN_YAML_MAP || !dtn_yaml_get(y, "formula"))
        return param;
    return refuse(n, DTN_DIAG_ORDER,
                  param == r->deriving ? "the parameter '%s' uses itself"
                                       : "'%s' is derived further down: move it up",
                  r->param[param].name);
}

static int family_slot(names *n, int f, const char *index)
{
    dtn_reader *r = n->r;
    const dtn_scn_family *family = &r->family[f];
    const dtn_scn_player *player = &r->player[family->player];
    if (!index)
        return refuse(n, DTN_DIAG_INDEX,
                      "'%s' has one value for each type of %s: write %s(%s), or %s for one type",
                      family->name, player->key, family->name, player->key, r->param[family->param[0]].name);
    int type = dtn_type_of(r, family->player, index);
    if (type >= 0) {
        return param_slot(n, family->param[type]);
    }
    if (dtn_find_name(r, DTN_NAME_PLAYER, index) != family->player) {
        if (dtn_find_name(r, DTN_NAME_PLAYER, index) >= 0)
            return refuse(n, DTN_DIAG_INDEX, "'%s' depends on the type of %s, not of %s", family->name,
                          player->key, index);
        const char *near = dtn_suggest_of(index, player->type, player->types);
        return refuse(n, DTN_DIAG_TYPE, "'%s' is no type of %s%s%s%s", index, player->key,
                      near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
    }
    if (!(n->use & DTN_USE_TYPE))
        return refuse(n, DTN_DIAG_OUT_OF_PLACE,
                      "%s(%s) has a value only along a path of the protocol: name one type here, such as %s",
                      family->name, player->key, r->param[family->param[0]].name);
    for (int t = 0; t < player->types; t++)
        r->used[family->param[t]] = true;
    return dtn_scn_slot_family(r->s, f);
}

static int resolve(void *user, const char *name, const char *index, const dtn_expr **replacement)
{
    (void)replacement;
    names *n = user;
    dtn_reader *r = n->r;
    int family = dtn_find_name(r, DTN_NAME_FAMILY, name), param = dtn_find_name(r, DTN_NAME_PARAM, name),
        slot = param;
    if (family >= 0)
        return family_slot(n, family, index);
    int state = dtn_find_name(r, DTN_NAME_STATE, name), grid = dtn_find_name(r, DTN_NAME_GRID, name);
    if (slot < 0 && state >= 0) {
        if (!(n->use & DTN_USE_STATE))
            return refuse(n, DTN_DIAG_OUT_OF_PLACE,
                          "the state variable '%s' has a value only along a path of the protocol", name);
        slot = dtn_scn_slot_state(r->s, state);
    }
    if (slot < 0 && grid >= 0) {
        if (!(n->use & DTN_USE_GRID))
            return refuse(n, DTN_DIAG_OUT_OF_PLACE,
                          "the grid variable '%s' has a value only along a path of the protocol", name);
        slot = dtn_scn_slot_grid(r->s, grid);
    }
    if (slot >= 0 && index)
        return refuse(n, DTN_DIAG_INDEX, "'%s' has one value only; to multiply write %s*(...)", name, name);
    return param >= 0 ? param_slot(n, param) : slot;
}

/* Everything that a formula could name, for "did you mean". */
static void unknown_name(dtn_reader *r, dtn_place place, const char *name)
{
    const dtn_scenario *s = r->s;
    if (r->diags->errors > DTN_DIAG_MOST)
        return;
    int room = s->params + s->states + s->grids + s->families, count = 0;
    const char **words = dtn_arena_array(r->ctx->scratch, (size_t)room, sizeof *words);
    if (!words)
        return;
    for (int i = 0; i < s->params; i++)
        words[count++] = r->param[i].name;
    for (int i = 0; i < s->families; i++)
        words[count++] = r->family[i].name;
    for (int i = 0; i < s->states; i++)
        words[count++] = s->state[i];
    for (int i = 0; i < s->grids; i++)
        words[count++] = r->grid[i];
    char plain[128];
    snprintf(plain, sizeof plain, "%.*s", (int)strcspn(name, "(["), name);
    dtn_unknown(r, DTN_DIAG_UNKNOWN_NAME, place, "name", plain, words, count);
}

dtn_status dtn_parse_formula(dtn_reader *r, const dtn_expr **out, const dtn_yaml *y, const char *text,
                             int offset, const char *what, int use)
{
    names n = {.r = r, .use = use};
    dtn_expr_error error;
    dtn_status status = dtn_expr_parse(r->ctx, r->arena, out, text, resolve, &n, &error);
    if (status != DTN_PARSE)
        return status;
    dtn_place place = dtn_yaml_place_in(y, r->bytes, offset + error.offset, error.length);
    if (n.why[0])
        dtn_diag_error(r->diags, n.id, place, "%s: %s", what, n.why);
    else if (error.name[0])
        unknown_name(r, place, error.name);
    else
        dtn_diag_error(r->diags, DTN_DIAG_FORMULA, place, "%s: %s", what, error.message);
    return DTN_OK;
}

dtn_status dtn_read_formula(dtn_reader *r, const dtn_expr **out, const dtn_yaml *y, const char *what, int use)
{
    *out = NULL;
    if (!y)
        return DTN_OK;
    if (y->kind != DTN_YAML_TEXT || dtn_yaml_is_null(y)) {
        dtn_diag_error(r->diags, DTN_DIAG_SHAPE, y->place, "%s: expected a formula, found %s", what,
                       y->kind == DTN_YAML_TEXT   ? "nothing"
                       : y->kind == DTN_YAML_LIST ? "a list"
                                                  : "a mapping");
        return DTN_OK;
    }
    DTN_TRY(dtn_parse_formula(r, out, y, y->text, 0, what, use));
    return *out ? dtn_check_later(r, DTN_CHECKED_VALUE, *out, y->place, 0, what) : DTN_OK;
}

dtn_status dtn_check_later(dtn_reader *r, dtn_checked_kind kind, const dtn_expr *formula, dtn_place place,
                           int group, const char *what)
{
    if (r->checks == r->check_room) {
        int room = r->check_room ? 2 * r->check_room : 64;
        dtn_checked *wider;
        DTN_ALLOC(r->ctx, r->arena, wider, room);
        if (r->checks)
            memcpy(wider, r->checked, (size_t)r->checks * sizeof *wider);
        r->checked = wider;
        r->check_room = room;
    }
    const char *copy = dtn_arena_strdup(r->arena, what);
    if (!copy)
        return dtn_fail_nomem(r->ctx);
    r->checked[r->checks++] = (dtn_checked){kind, formula, place, group, copy};
    return DTN_OK;
}
