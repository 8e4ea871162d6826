/* `conflict:`: the standoff in option form. The builder of model/conflict checks every text; its faults are placed here. */
#include <stdio.h>
#include <string.h>

#include "detente/conflict.h"
#include "format/scenario_conflict.h"

/* The first text below y that equals text. */
static const dtn_yaml *find_text(const dtn_yaml *y, const char *text)
{
    if (!y)
        return NULL;
    if (y->kind == DTN_YAML_TEXT)
        return strcmp(y->text, text) == 0 ? y : NULL;
    for (int i = 0; i < y->count; i++) {
        const dtn_yaml *found = y->kind == DTN_YAML_MAP && strcmp(y->key[i]->text, text) == 0
                                    ? y->key[i]
                                    : find_text(y->item[i], text);
        if (found)
            return found;
    }
    return NULL;
}

/* The part of the block that a fault is about. */
static const dtn_yaml *section(const dtn_conflict_reading *c, const dtn_conflict_fault *f)
{
    const dtn_yaml *all[] = {[DTN_PART_INFEASIBLE] = c->infeasible, [DTN_PART_MERGE] = c->merge,
                             [DTN_PART_STATE] = c->states,          [DTN_PART_PREFERENCE] = c->preferences,
                             [DTN_PART_MOVES] = c->transitions,     [DTN_PART_STATUS_QUO] = c->status_quo,
                             [DTN_PART_OPTION] = c->options};
    const dtn_yaml *y = (size_t)f->part < sizeof all / sizeof *all ? all[f->part] : NULL;
    for (int p = 0; f->part == DTN_PART_PREFERENCE && y && p < c->r->s->players; p++)
        if (f->player >= 0 && c->number[p] == f->player && dtn_yaml_get(y, c->r->player[p].key))
            y = dtn_yaml_get(y, c->r->player[p].key);
    return y;
}

static dtn_diag_id code_of(const dtn_conflict_fault *f)
{
    switch (f->part) {
    case DTN_PART_STATE:
    case DTN_PART_STATUS_QUO:
        return DTN_DIAG_STATE;
    case DTN_PART_OPTION:
    case DTN_PART_PLAYER:
        return DTN_DIAG_NAME;
    case DTN_PART_INFEASIBLE:
    case DTN_PART_MERGE:
    case DTN_PART_PREFERENCE:
    case DTN_PART_MOVES:
        return f->text ? DTN_DIAG_STATEMENT : DTN_DIAG_CONFLICT;
    default:
        return DTN_DIAG_CONFLICT;
    }
}

/* Turns a failed call into a diagnostic at y (or where the fault's text stands). OK unless memory ran out. */
dtn_status dtn_conflict_read_fault(dtn_conflict_reading *c, dtn_status status, const dtn_yaml *y)
{
    dtn_reader *r = c->r;
    if (status == DTN_OK || status == DTN_NOMEM || status == DTN_CANCELLED)
        return status;
    const dtn_conflict_fault *f = dtn_conflict_builder_fault(c->b);
    const dtn_yaml *at = f->text ? find_text(y, f->text) : NULL;
    if (!at && f->text)
        at = find_text(section(c, f), f->text);
    if (!at)
        at = section(c, f) ? section(c, f) : y;
    dtn_place place = at->place;
    if (f->text && at->kind == DTN_YAML_TEXT)
        place = dtn_yaml_place_in(at, r->bytes, (int)f->offset, (int)f->length);
    const char *near = NULL;
    if (f->unknown) {
        int total = 0, count = 0;
        for (int i = 0; c->options && i < c->options->count; i++)
            total += c->options->item[i]->count;
        const char **words = dtn_arena_array(r->ctx->scratch, (size_t)total, sizeof *words);
        for (int i = 0; words && c->options && c->options->kind == DTN_YAML_MAP && i < c->options->count; i++)
            for (int k = 0; c->options->item[i]->kind == DTN_YAML_MAP && k < c->options->item[i]->count; k++)
                words[count++] = c->options->item[i]->key[k]->text;
        near = words ? dtn_suggest_of(f->unknown, words, count) : NULL;
    }
    dtn_diag_error(r->diags, f->unknown && code_of(f) != DTN_DIAG_STATE ? DTN_DIAG_OPTION : code_of(f), place,
                   "%s%s%s%s", dtn_ctx_error(r->ctx), near ? "; did you mean '" : "", near ? near : "",
                   near ? "'?" : "");
    return DTN_OK;
}

static dtn_status add_options(dtn_conflict_reading *c)
{
    dtn_reader *r = c->r;
    static const char *const ways[] = {"both", "forward-only", "backward-only"};
    const dtn_direction directions[] = {DTN_BOTH_WAYS, DTN_FORWARD_ONLY, DTN_BACKWARD_ONLY};
    for (int p = 0; p < r->s->players; p++) {
        c->number[p] = -1;
        bool takes_part = (c->options && dtn_yaml_get(c->options, r->player[p].key)) ||
                          (c->preferences && dtn_yaml_get(c->preferences, r->player[p].key));
        if (takes_part)
            DTN_TRY(dtn_conflict_add_player(c->b, &c->number[p], r->player[p].key, r->player[p].name,
                                            r->player[p].about));
    }
    for (int i = 0; c->options && dtn_expect_map(r, c->options, "conflict.options") && i < c->options->count;
         i++) {
        int player = dtn_read_player(r, c->options->key[i]);
        const dtn_yaml *list = c->options->item[i];
        if (player < 0 || dtn_yaml_is_null(list) || !dtn_expect_map(r, list, "options of a player"))
            continue;
        for (int k = 0; k < list->count; k++) {
            const dtn_yaml *key = list->key[k], *value = list->item[k], *about = value, *moves = NULL,
                           *name = NULL;
            if (value->kind != DTN_YAML_TEXT &&
                !dtn_read_fields(
                    r, value, "an option", key->place,
                    (dtn_field[]){{"about", &about, false}, {"moves", &moves, false}, {"name", &name, false}},
                    3))
                continue;
            int way = moves ? dtn_read_word(r, moves, "moves", ways, 3) : 0;
            const char *text = about && !dtn_yaml_is_null(about) ? dtn_read_text(r, about, "about") : NULL;
            DTN_TRY(dtn_conflict_read_fault(c,
                                            dtn_conflict_add_option(c->b, NULL, c->number[player], key->text,
                                                                    dtn_read_text(r, name, "name"), text,
                                                                    directions[way < 0 ? 0 : way]),
                                            key));
        }
    }
    return DTN_OK;
}

/* A list of texts (or one text), each handed to a call of the builder. */
typedef dtn_status each_fn(dtn_conflict_builder *b, const char *text);
static dtn_status each(dtn_conflict_reading *c, const dtn_yaml *y, const char *what, each_fn *call)
{
    if (!y || (y->kind == DTN_YAML_MAP && !dtn_expect_list(c->r, y, what)))
        return DTN_OK;
    for (int i = 0; i < dtn_list_count(y); i++) {
        const dtn_yaml *item = dtn_list_item(y, i);
        const char *text = dtn_read_text(c->r, item, what);
        if (text)
            DTN_TRY(dtn_conflict_read_fault(c, call(c->b, text), item));
    }
    return DTN_OK;
}

/* at_most_one: [A, B] or [[A, B], [C, D]]. */
static dtn_status count_options(dtn_conflict_reading *c, const dtn_yaml *y, const char *what, int least,
                                int most)
{
    if (!y || !dtn_expect_list(c->r, y, what))
        return DTN_OK;
    bool nested = y->count > 0 && y->item[0]->kind == DTN_YAML_LIST;
    for (int i = 0; i < (nested ? y->count : 1); i++) {
        const dtn_yaml *list = nested ? y->item[i] : y;
        const char *const *option;
        int count;
        DTN_TRY(dtn_read_texts(c->r, list, what, &option, &count));
        DTN_TRY(dtn_conflict_read_fault(
            c, dtn_conflict_require_count(c->b, least, most ? most : count, option, count), list));
    }
    return DTN_OK;
}

/* states: {name: state} names states of the option form; [a, b, c] declares those of a conflict without options. */
static dtn_status add_states(dtn_conflict_reading *c)
{
    dtn_reader *r = c->r;
    const dtn_yaml *y = c->states;
    if (y && y->kind == DTN_YAML_TEXT)
        return dtn_expect_list(r, y, "conflict.states"), DTN_OK;
    for (int i = 0; y && i < y->count; i++) {
        const dtn_yaml *key = y->kind == DTN_YAML_MAP ? y->key[i] : y->item[i],
                       *value = y->kind == DTN_YAML_MAP ? y->item[i] : NULL;
        const dtn_yaml *at = NULL, *about = NULL;
        const char *id = dtn_read_text(r, key, "state");
        if (value && !dtn_yaml_is_null(value)) {
            if (value->kind == DTN_YAML_TEXT)
                *(c->options ? &at : &about) = value;
            else if (!dtn_read_fields(r, value, "a state", key->place,
                                      (dtn_field[]){{"state", &at, false}, {"about", &about, false}}, 2))
                continue;
        }
        if (id)
            DTN_TRY(dtn_conflict_read_fault(c,
                                            dtn_conflict_add_state(c->b, id, dtn_read_text(r, at, "state"),
                                                                   dtn_read_text(r, about, "about")),
                                            at ? at : key));
    }
    return DTN_OK;
}

/* transitions: [{remove: "Y--- -> N---", by: P}], by: [P, Q] for moves that both have; moves: {P: ["a -> b"]} of a conflict without options. */
static dtn_status add_moves(dtn_conflict_reading *c)
{
    dtn_reader *r = c->r;
    const dtn_yaml *y = c->transitions, *add, *remove, *by;
    for (int i = 0; y && dtn_expect_list(r, y, "conflict.transitions") && i < y->count; i++) {
        if (!dtn_read_fields(
                r, y->item[i], "a transition", y->item[i]->place,
                (dtn_field[]){{"add", &add, false}, {"remove", &remove, false}, {"by", &by, true}}, 3))
            continue;
        if (!add == !remove)
            dtn_diag_error(r->diags, DTN_DIAG_MISSING_KEY, y->item[i]->place,
                           "a transition: expected one of the keys 'add' and 'remove'");
        const dtn_yaml *arrow = add ? add : remove;
        const char *text = dtn_read_text(r, arrow, "arrow");
        for (int k = 0; text && by->kind != DTN_YAML_MAP && k < dtn_list_count(by); k++) {
            int player = dtn_read_player(r, dtn_list_item(by, k));
            if (player >= 0)
                DTN_TRY(dtn_conflict_read_fault(c,
                                                add ? dtn_conflict_add_moves(c->b, c->number[player], text)
                                                    : dtn_conflict_remove_moves(c->b, c->number[player], text),
                                                arrow));
        }
    }
    y = c->moves;
    for (int i = 0; y && dtn_expect_map(r, y, "conflict.moves") && i < y->count; i++) {
        int player = dtn_read_player(r, y->key[i]);
        const dtn_yaml *list = y->item[i];
        for (int k = 0; player >= 0 && list->kind != DTN_YAML_MAP && k < dtn_list_count(list); k++) {
            const char *text = dtn_read_text(r, dtn_list_item(list, k), "arrow");
            if (text)
                DTN_TRY(dtn_conflict_read_fault(c, dtn_conflict_add_moves(c->b, c->number[player], text),
                                                dtn_list_item(list, k)));
        }
    }
    return DTN_OK;
}

static dtn_status build(dtn_conflict_reading *c)
{
    dtn_reader *r = c->r;
    DTN_TRY(add_options(c));
    DTN_TRY(each(c, c->infeasible, "infeasible", dtn_conflict_forbid));
    DTN_TRY(each(c, c->require, "require", dtn_conflict_require));
    DTN_TRY(count_options(c, c->at_most_one, "at_most_one", 0, 1));
    DTN_TRY(count_options(c, c->at_least_one, "at_least_one", 1, 0));
    DTN_TRY(count_options(c, c->exactly_one, "exactly_one", 1, 1));
    DTN_TRY(each(c, c->merge, "merge", dtn_conflict_merge));
    DTN_TRY(add_states(c));
    DTN_TRY(dtn_read_preferences(c));
    DTN_TRY(add_moves(c));
    const char *status_quo = dtn_read_text(r, c->status_quo, "status_quo");
    if (status_quo)
        DTN_TRY(dtn_conflict_read_fault(c, dtn_conflict_set_status_quo(c->b, status_quo), c->status_quo));
    if (r->diags->errors)
        return DTN_OK; /* what is half built would complain about what is missing */
    dtn_conflict *done = NULL;
    dtn_status status = dtn_conflict_finish(r->ctx, &done, c->b);
    r->s->conflict = done;
    if (status == DTN_OK)
        c->b = NULL;
    return dtn_conflict_read_fault(c, status, r->conflict);
}

dtn_status dtn_define_conflict(dtn_reader *r)
{
    dtn_conflict_reading c = {.r = r};
    const dtn_yaml *about;
    if (!r->conflict || !dtn_read_fields(r, r->conflict, "conflict", r->conflict->place,
                                         (dtn_field[]){{"options", &c.options, false},
                                                       {"infeasible", &c.infeasible, false},
                                                       {"require", &c.require, false},
                                                       {"at_most_one", &c.at_most_one, false},
                                                       {"at_least_one", &c.at_least_one, false},
                                                       {"exactly_one", &c.exactly_one, false},
                                                       {"preferences", &c.preferences, true},
                                                       {"status_quo", &c.status_quo, false},
                                                       {"merge", &c.merge, false},
                                                       {"states", &c.states, false},
                                                       {"transitions", &c.transitions, false},
                                                       {"moves", &c.moves, false},
                                                       {"attitudes", &c.attitudes, false},
                                                       {"about", &about, false}},
                                         14))
        return DTN_OK;
    if (!c.options && !c.states) {
        dtn_diag_error(r->diags, DTN_DIAG_MISSING_KEY, r->conflict->place,
                       "conflict: the key 'options' is missing (or 'states' with 'moves')");
        return DTN_OK;
    }
    DTN_ALLOC(r->ctx, r->arena, c.number, r->s->players + 1);
    DTN_TRY(dtn_conflict_builder_new(r->ctx, &c.b, r->s->title));
    dtn_status status = build(&c);
    dtn_conflict_builder_free(c.b);
    return status;
}
