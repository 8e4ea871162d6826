/* `links:` and `assume:`: which element of the model rests on which claim, and which on an assumption. */
#include <stdio.h>
#include <string.h>

#include "format/reader.h"

static const char *const prefixes[] = {"parameters", "moves",   "outcomes", "guarantees",
                                       "types",      "players", "conflict", "groups"};

typedef struct path {
    const char *text; /* as written */
    char part[4][128];
    int offset[4];
    int parts;
} path;

static void split(path *p, const char *text)
{
    p->text = text;
    p->parts = 0;
    for (const char *at = text; p->parts < 4;) {
        /* The last part keeps further dots: names of parameters hold one. */
        size_t n = p->parts < 3 ? strcspn(at, ".") : strlen(at);
        p->offset[p->parts] = (int)(at - text);
        snprintf(p->part[p->parts++], sizeof p->part[0], "%.*s", (int)n, at);
        at += n;
        if (*at++ != '.')
            break;
    }
}

static bool unknown(dtn_reader *r, const dtn_yaml *y, const path *p, int part, const char *what,
                    const dtn_yaml *map)
{
    int count;
    const char *const *words = dtn_keys(r, map, &count);
    dtn_place place = dtn_yaml_place_in(y, r->bytes, p->offset[part], (int)strlen(p->part[part]));
    dtn_unknown(r, DTN_DIAG_ELEMENT, place, what, p->part[part], words, count);
    return false;
}

static bool parameter(dtn_reader *r, dtn_element *e, const dtn_yaml *y, const path *p)
{
    const char *name = p->text + p->offset[1];
    int param = dtn_find_name(r, DTN_NAME_PARAM, name), family = dtn_find_name(r, DTN_NAME_FAMILY, name);
    if (param >= 0 || family >= 0) {
        *e = (dtn_element){param >= 0 ? DTN_ELEMENT_PARAM : DTN_ELEMENT_FAMILY, param >= 0 ? param : family,
                           -1, p->text};
        return true;
    }
    return unknown(r, y, p, 1, "parameter", r->parameters);
}

static bool move(dtn_reader *r, dtn_element *e, const dtn_yaml *y, const path *p)
{
    int found = dtn_find_name(r, DTN_NAME_MOVE, p->part[1]);
    if (found < 0)
        return unknown(r, y, p, 1, "move", r->moves);
    *e = (dtn_element){DTN_ELEMENT_MOVE, found, -1, p->text};
    if (p->parts == 2)
        return true;
    const dtn_scn_move *m = &r->move[found];
    e->kind = DTN_ELEMENT_ACTION;
    for (int a = 0; a < m->actions; a++)
        if (strcmp(m->action[a].key, p->part[p->parts - 1]) == 0)
            e->sub = a;
    for (int k = 0; k < m->movers && e->sub < 0; k++)
        for (int a = 0; a < m->mover_actions[k]; a++)
            if (strcmp(m->mover_action[k][a].key, p->part[p->parts - 1]) == 0)
                e->sub = a;
    if (e->sub >= 0)
        return true;
    return dtn_check_action(r, p->text + p->offset[1],
                            dtn_yaml_place_in(y, r->bytes, p->offset[1], (int)strlen(p->text + p->offset[1])),
                            false);
}

/* conflict.options.M, conflict.preferences.P.hard */
static bool conflict(dtn_reader *r, dtn_element *e, const dtn_yaml *y, const path *p)
{
    const dtn_yaml *options = r->conflict ? dtn_yaml_get(r->conflict, "options") : NULL;
    const dtn_yaml *preferences = r->conflict ? dtn_yaml_get(r->conflict, "preferences") : NULL;
    if (p->parts == 3 && strcmp(p->part[1], "options") == 0) {
        int number = 0;
        *e = (dtn_element){DTN_ELEMENT_OPTION, -1, -1, p->text};
        for (int i = 0; options && i < options->count; i++)
            for (int k = 0; k < options->item[i]->count; k++, number++)
                if (options->item[i]->kind == DTN_YAML_MAP &&
                    strcmp(options->item[i]->key[k]->text, p->part[2]) == 0)
                    e->index = number;
        return e->index >= 0 || unknown(r, y, p, 2, "option", NULL);
    }
    if (p->parts >= 3 && strcmp(p->part[1], "preferences") == 0) {
        *e = (dtn_element){DTN_ELEMENT_PREFERENCE, dtn_find_name(r, DTN_NAME_PLAYER, p->part[2]), -1, p->text};
        const dtn_yaml *variants = preferences ? dtn_yaml_get(preferences, p->part[2]) : NULL;
        if (e->index < 0 || !variants)
            return unknown(r, y, p, 2, "player with preferences", preferences);
        for (int i = 0; p->parts == 4 && variants->kind == DTN_YAML_MAP && i < variants->count; i++)
            if (strcmp(variants->key[i]->text, p->part[3]) == 0)
                e->sub = i;
        return p->parts == 3 || e->sub >= 0 || unknown(r, y, p, 3, "preference variant", variants);
    }
    return dtn_diag_error(
        r->diags, DTN_DIAG_ELEMENT, y->place,
        "expected conflict.options.OPTION or conflict.preferences.PLAYER.VARIANT, found '%.80s'", p->text);
}

static bool simple(dtn_reader *r, dtn_element *e, const dtn_yaml *y, const path *p)
{
    bool player = strcmp(p->part[0], "players") == 0 || strcmp(p->part[0], "types") == 0;
    bool guarantee = strcmp(p->part[0], "guarantees") == 0;
    *e = (dtn_element){player      ? DTN_ELEMENT_PLAYER
                       : guarantee ? DTN_ELEMENT_GUARANTEE
                                   : DTN_ELEMENT_OUTCOME,
                       -1, -1, p->text};
    if (player)
        e->index = dtn_find_name(r, DTN_NAME_PLAYER, p->part[1]);
    if (guarantee)
        e->index = dtn_find_name(r, DTN_NAME_GUARANTEE, p->part[1]);
    if (!player && !guarantee)
        e->index = dtn_find_name(r, DTN_NAME_OUTCOME, p->part[1]);
    if (e->index < 0)
        return unknown(r, y, p, 1,
                       player      ? "player"
                       : guarantee ? "guarantee"
                                   : "outcome",
                       player      ? r->players
                       : guarantee ? r->guarantees
                                   : r->outcomes);
    if (p->parts == 2 || guarantee)
        return true;
    /* outcomes.kept.P, types.P.resolved */
    e->sub = player ? dtn_type_of(r, e->index, p->part[2]) : dtn_find_name(r, DTN_NAME_PLAYER, p->part[2]);
    return e->sub >= 0 || unknown(r, y, p, 2, player ? "type" : "player", player ? NULL : r->players);
}

static bool read_element(dtn_reader *r, dtn_element *e, const dtn_yaml *y)
{
    const char *text = y ? dtn_read_text(r, y, "element") : NULL;
    path p;
    *e = (dtn_element){DTN_ELEMENT_PARAM, -1, -1, text};
    if (!text)
        return false;
    split(&p, text);
    if (p.parts < 2) {
        dtn_diag_error(r->diags, DTN_DIAG_ELEMENT, y->place,
                       "expected an element such as parameters.%.60s, found '%.60s'", text, text);
        return false;
    }
    if (strcmp(p.part[0], "parameters") == 0)
        return parameter(r, e, y, &p);
    if (strcmp(p.part[0], "moves") == 0)
        return move(r, e, y, &p);
    if (strcmp(p.part[0], "conflict") == 0)
        return conflict(r, e, y, &p);
    for (int i = 2; i < 6; i++)
        if (strcmp(p.part[0], prefixes[i]) == 0)
            return simple(r, e, y, &p);
    dtn_unknown(r, DTN_DIAG_ELEMENT, dtn_yaml_place_in(y, r->bytes, 0, (int)strlen(p.part[0])),
                "kind of element", p.part[0], prefixes, 7);
    return false;
}

static dtn_status define_link(dtn_reader *r, dtn_scn_link *l, const dtn_yaml *y)
{
    const dtn_yaml *claim, *element, *as, *effect, *otherwise, *why;
    l->place = y->place;
    if (!dtn_read_fields(r, y, "a link", y->place,
                         (dtn_field[]){{"claim", &claim, true},
                                       {"element", &element, true},
                                       {"as", &as, false},
                                       {"effect", &effect, false},
                                       {"else", &otherwise, false},
                                       {"why", &why, false}},
                         6))
        return DTN_OK;
    l->claim = dtn_read_claim(r, claim);
    bool sound = read_element(r, &l->element, element);
    l->as = dtn_read_text(r, as, "as");
    l->why = dtn_read_text(r, why, "why");
    if (effect)
        DTN_TRY(dtn_read_interval(r, effect, "effect", &l->effect_lo, &l->effect_hi, &l->has_effect));
    if (otherwise)
        DTN_TRY(dtn_read_interval(r, otherwise, "else", &l->else_lo, &l->else_hi, &l->has_else));
    bool number = l->element.kind == DTN_ELEMENT_PARAM || l->element.kind == DTN_ELEMENT_FAMILY;
    const dtn_yaml *range = effect ? effect : otherwise;
    if (sound && range && !number)
        dtn_diag_error(r->diags, DTN_DIAG_ELEMENT, range->place,
                       "only parameters have a range: '%.80s' is none", l->element.text);
    else if (effect && !otherwise)
        dtn_diag_error(r->diags, DTN_DIAG_ELSE, effect->place,
                       "a link with an effect also needs 'else': the range if the claim is dropped");
    return DTN_OK;
}

static dtn_status define_assumption(dtn_reader *r, dtn_scn_assume *a, const dtn_yaml *y)
{
    const dtn_yaml *element, *range, *by, *why;
    a->place = y->place;
    if (!dtn_read_fields(r, y, "an assumption", y->place,
                         (dtn_field[]){{"element", &element, true},
                                       {"range", &range, false},
                                       {"by", &by, false},
                                       {"why", &why, false}},
                         4))
        return DTN_OK;
    read_element(r, &a->element, element);
    a->by = dtn_read_text(r, by, "by");
    a->why = dtn_read_text(r, why, "why");
    return range ? dtn_read_interval(r, range, "range", &a->lo, &a->hi, &a->ranged) : DTN_OK;
}

dtn_status dtn_define_links(dtn_reader *r)
{
    static const fmpq zero = {0, 1};
    if (r->links && dtn_expect_list(r, r->links, "links")) {
        dtn_scn_link *link;
        DTN_ALLOC(r->ctx, r->arena, link, r->links->count);
        r->s->link = link;
        for (int i = 0; i < r->links->count; i++) {
            link[i] = (dtn_scn_link){
                .claim = -1, .effect_lo = zero, .effect_hi = zero, .else_lo = zero, .else_hi = zero};
            r->s->links++;
            DTN_TRY(define_link(r, &link[i], r->links->item[i]));
        }
    }
    if (!r->assume || !dtn_expect_list(r, r->assume, "assume"))
        return DTN_OK;
    dtn_scn_assume *assume;
    DTN_ALLOC(r->ctx, r->arena, assume, r->assume->count);
    r->s->assume = assume;
    for (int i = 0; i < r->assume->count; i++) {
        assume[i] = (dtn_scn_assume){.lo = zero, .hi = zero};
        r->s->assumes++;
        DTN_TRY(define_assumption(r, &assume[i], r->assume->item[i]));
    }
    return DTN_OK;
}
