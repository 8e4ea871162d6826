/* `outcomes:` and `groups:`: how the standoff can end, and what each end is worth to whom. */
#include <stdio.h>
#include <string.h>

#include "format/reader.h"

dtn_status dtn_declare_outcomes(dtn_reader *r)
{
    const dtn_yaml *y = r->outcomes;
    if (y && dtn_expect_map(r, y, "outcomes")) {
        DTN_ALLOC(r->ctx, r->arena, r->outcome, y->count);
        r->s->outcome = r->outcome;
        for (int i = 0; i < y->count; i++) {
            dtn_check_name(r, y->key[i], "outcome", false);
            r->outcome[r->s->outcomes++] =
                (dtn_scn_outcome){.key = y->key[i]->text, .name = y->key[i]->text, .place = y->key[i]->place};
        }
    } else if (r->moves && !y) {
        dtn_diag_error(r->diags, DTN_DIAG_MISSING_KEY, (dtn_place){1, 1, 1},
                       "the scenario has moves, but the key 'outcomes' is missing");
    }
    y = r->groups;
    if (!y || !dtn_expect_map(r, y, "groups"))
        return DTN_OK;
    DTN_ALLOC(r->ctx, r->arena, r->group, y->count);
    r->s->group = r->group;
    for (int i = 0; i < y->count; i++) {
        dtn_check_name(r, y->key[i], "group", false);
        if (dtn_find_name(r, DTN_NAME_OUTCOME, y->key[i]->text) >= 0)
            dtn_diag_error(r->diags, DTN_DIAG_CLASH, y->key[i]->place,
                           "'%.60s' is an outcome too: targets could not tell them apart", y->key[i]->text);
        r->group[r->s->groups++] =
            (dtn_scn_group){.key = y->key[i]->text, .name = y->key[i]->text, .place = y->key[i]->place};
    }
    return DTN_OK;
}

/* {resolved: -nH, irresolute: -nS}: by the player's own type. */
static dtn_status read_by_type(dtn_reader *r, const dtn_expr *const **out, int player, const dtn_yaml *y,
                               const char *what)
{
    const dtn_scn_player *p = &r->player[player];
    if (p->types == 0) {
        dtn_diag_error(r->diags, DTN_DIAG_TYPE, y->place, "%s: a payoff by type, but %s has no types", what,
                       p->key);
        return DTN_OK;
    }
    const dtn_expr **formula;
    DTN_ALLOC(r->ctx, r->arena, formula, p->types);
    *out = formula;
    for (int i = 0; i < y->count; i++) {
        int type = dtn_type_of(r, player, y->key[i]->text);
        if (type < 0)
            dtn_unknown(r, DTN_DIAG_TYPE, y->key[i]->place, "type", y->key[i]->text, p->type, p->types);
        else
            DTN_TRY(dtn_read_formula(r, &formula[type], y->item[i], what, DTN_USE_PATH));
    }
    for (int t = 0; t < p->types; t++)
        if (!dtn_yaml_get(y, p->type[t]))
            dtn_diag_error(r->diags, DTN_DIAG_TYPE_PAYOFF, y->place, "%s: no payoff for the type '%s' of %s",
                           what, p->type[t], p->key);
    return DTN_OK;
}

static dtn_status define_outcome(dtn_reader *r, dtn_scn_outcome *o, const dtn_yaml *y)
{
    const dtn_expr **payoff;
    const dtn_expr *const **by_type;
    DTN_ALLOC(r->ctx, r->arena, payoff, r->s->players + 1);
    DTN_ALLOC(r->ctx, r->arena, by_type, r->s->players + 1);
    o->payoff = payoff;
    o->type_payoff = by_type;
    char what[160];
    snprintf(what, sizeof what, "the outcome '%.100s'", o->key);
    bool is_list = y->kind == DTN_YAML_LIST;
    if (is_list && y->count != r->s->players) {
        dtn_diag_error(r->diags, DTN_DIAG_PAYOFF, y->place,
                       "%s: expected %d payoffs, one for each player, found %d", what, r->s->players,
                       y->count);
        return DTN_OK;
    }
    if (!is_list && !dtn_expect_map(r, y, what))
        return DTN_OK;
    bool *given;
    DTN_ALLOC(r->ctx, r->ctx->scratch, given, r->s->players + 1);
    for (int i = 0; i < y->count; i++) {
        const dtn_yaml *value = y->item[i];
        if (!is_list && strcmp(y->key[i]->text, "name") == 0) {
            const char *name = dtn_read_text(r, value, "name");
            o->name = name ? name : o->key;
            continue;
        }
        if (!is_list && strcmp(y->key[i]->text, "about") == 0) {
            o->about = dtn_read_text(r, value, "about");
            continue;
        }
        int player = is_list ? i : dtn_read_player(r, y->key[i]);
        if (player < 0)
            continue;
        given[player] = true;
        if (value->kind == DTN_YAML_MAP)
            DTN_TRY(read_by_type(r, &by_type[player], player, value, what));
        else
            DTN_TRY(dtn_read_formula(r, &payoff[player], value, what, DTN_USE_PATH));
    }
    for (int p = 0; p < r->s->players; p++)
        if (!given[p])
            dtn_diag_error(r->diags, DTN_DIAG_PAYOFF, o->place, "%s: no payoff for %s", what,
                           r->player[p].key);
    return DTN_OK;
}

static dtn_status define_group(dtn_reader *r, dtn_scn_group *g, const dtn_yaml *y)
{
    const dtn_yaml *list = y;
    if (y->kind == DTN_YAML_MAP) {
        const dtn_yaml *name;
        if (!dtn_read_fields(r, y, "group", g->place,
                             (dtn_field[]){{"name", &name, false}, {"outcomes", &list, true}}, 2) ||
            !list)
            return DTN_OK;
        const char *text = dtn_read_text(r, name, "name");
        g->name = text ? text : g->key;
    }
    if (list->kind == DTN_YAML_MAP) {
        dtn_expect_list(r, list, "group");
        return DTN_OK;
    }
    int *outcome;
    DTN_ALLOC(r->ctx, r->arena, outcome, dtn_list_count(list));
    g->outcome = outcome;
    for (int i = 0; i < dtn_list_count(list); i++) {
        const dtn_yaml *item = dtn_list_item(list, i);
        const char *text = dtn_read_text(r, item, "outcome");
        int found = text ? dtn_find_name(r, DTN_NAME_OUTCOME, text) : -1;
        if (found >= 0) {
            outcome[g->outcomes++] = found;
        } else if (text) {
            int count;
            const char *const *words = dtn_keys(r, r->outcomes, &count);
            dtn_unknown(r, DTN_DIAG_OUTCOME, item->place, "outcome", text, words, count);
        }
    }
    return DTN_OK;
}

dtn_status dtn_define_outcomes(dtn_reader *r)
{
    for (int i = 0; i < r->s->outcomes; i++)
        DTN_TRY(define_outcome(r, &r->outcome[i], r->outcomes->item[i]));
    for (int i = 0; i < r->s->groups; i++)
        DTN_TRY(define_group(r, &r->group[i], r->groups->item[i]));
    return DTN_OK;
}
