/* The builder of conflicts: takes strings, reads what can be read at once, keeps the rest for finish.
 * Cost: linear in the texts. */
#include "model/conflict_builder.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

dtn_status dtn_conflict_builder_new(dtn_ctx *ctx, dtn_conflict_builder **out, const char *title)
{
    *out = NULL;
    dtn_arena *arena = dtn_arena_new(ctx);
    dtn_conflict_builder *b = arena ? dtn_arena_alloc(arena, sizeof *b) : NULL;
    char *copy = b ? dtn_arena_strdup(arena, title ? title : "") : NULL;
    if (!copy) {
        dtn_arena_free(arena);
        return dtn_fail_nomem(ctx);
    }
    *b = (dtn_conflict_builder){.ctx = ctx, .arena = arena, .title = copy};
    *out = b;
    return DTN_OK;
}

void dtn_conflict_builder_free(dtn_conflict_builder *b)
{
    if (b)
        dtn_arena_free(b->arena);
}

const dtn_conflict_fault *dtn_conflict_builder_fault(const dtn_conflict_builder *b)
{
    return &b->fault;
}

void *dtn_builder_push(dtn_conflict_builder *b, dtn_list *list, size_t size)
{
    if (list->count == list->room) {
        int room = list->room ? 2 * list->room : 8;
        char *larger = dtn_arena_array(b->arena, (size_t)room, size);
        if (!larger)
            return NULL;
        if (list->count)
            memcpy(larger, list->item, (size_t)list->count * size);
        list->item = larger;
        list->room = room;
    }
    return (char *)list->item + (size_t)list->count * size;
}

dtn_status dtn_builder_fail(dtn_conflict_builder *b, dtn_status status, dtn_conflict_fault fault,
                            const char *format, ...)
{
    char message[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    b->fault = fault;
    b->fault.text = dtn_arena_strdup(b->arena, fault.text);
    b->fault.unknown = dtn_arena_strdup(b->arena, fault.unknown);
    return dtn_fail(b->ctx, status, "%s", message);
}

dtn_conflict_fault dtn_fault_at(dtn_conflict_part part, int player, int index)
{
    return (dtn_conflict_fault){.part = part, .player = player, .variant = -1, .index = index, .entry = -1};
}

dtn_conflict_fault dtn_fault_whole(dtn_conflict_fault fault, const char *text)
{
    fault.text = text;
    fault.length = text ? strlen(text) : 0;
    return fault;
}

dtn_status dtn_builder_copy(dtn_conflict_builder *b, const char **out, const char *text)
{
    *out = dtn_arena_strdup(b->arena, text ? text : "");
    return *out ? DTN_OK : dtn_fail_nomem(b->ctx);
}

dtn_status dtn_builder_check_player(dtn_conflict_builder *b, int player, dtn_conflict_part part)
{
    if (player < 0 || player >= b->players.count)
        return dtn_builder_fail(b, DTN_ARG, dtn_fault_at(part, -1, -1),
                                "player %d does not exist, there are %d", player, b->players.count);
    return DTN_OK;
}

dtn_status dtn_conflict_add_player(dtn_conflict_builder *b, int *player, const char *key, const char *name,
                                   const char *about)
{
    dtn_conflict_fault fault = dtn_fault_whole(dtn_fault_at(DTN_PART_PLAYER, b->players.count, -1), key);
    if (b->players.count == DTN_CONFLICT_MAX_PLAYERS)
        return dtn_builder_fail(b, DTN_LIMIT, fault, "more than %d players", DTN_CONFLICT_MAX_PLAYERS);
    if (!key || !*key)
        return dtn_builder_fail(b, DTN_PARSE, fault, "a player without a name");
    for (int i = 0; i < b->players.count; i++)
        if (!strcmp(dtn_builder_player(b, i)->shown.key, key))
            return dtn_builder_fail(b, DTN_PARSE, fault, "player '%s' is defined twice", key);
    dtn_player_spec *p = dtn_builder_push(b, &b->players, sizeof *p);
    if (!p)
        return dtn_fail_nomem(b->ctx);
    *p = (dtn_player_spec){0};
    DTN_TRY(dtn_builder_copy(b, &p->shown.key, key));
    DTN_TRY(dtn_builder_copy(b, &p->shown.name, name ? name : key));
    DTN_TRY(dtn_builder_copy(b, &p->shown.about, about));
    if (player)
        *player = b->players.count;
    b->players.count++;
    return DTN_OK;
}

int dtn_builder_find_option(const void *user, const char *name, size_t length)
{
    const dtn_conflict_builder *b = user;
    const dtn_conflict_option *o = b->options.item;
    for (int i = 0; i < b->options.count; i++)
        if (strlen(o[i].key) == length && !memcmp(o[i].key, name, length))
            return i;
    return -1;
}

dtn_status dtn_conflict_add_option(dtn_conflict_builder *b, int *option, int player, const char *key,
                                   const char *name, const char *about, dtn_direction direction)
{
    DTN_TRY(dtn_builder_check_player(b, player, DTN_PART_OPTION));
    dtn_conflict_fault fault = dtn_fault_whole(dtn_fault_at(DTN_PART_OPTION, player, b->options.count), key);
    if (b->restrictions.count || b->merges.count)
        return dtn_builder_fail(b, DTN_ARG, fault,
                                "option '%s' comes after statements: options have to come first", key);
    if (b->options.count == DTN_CONFLICT_MAX_OPTIONS)
        return dtn_builder_fail(b, DTN_LIMIT, fault, "more than %d options", DTN_CONFLICT_MAX_OPTIONS);
    if (!key || !*key)
        return dtn_builder_fail(b, DTN_PARSE, fault, "an option without a name");
    for (const char *c = key; *c; c++)
        if (!isalnum((unsigned char)*c) && *c != '_' && *c != '-' && *c != '.' && (unsigned char)*c < 128) {
            fault.offset = (size_t)(c - key);
            fault.length = 1;
            return dtn_builder_fail(
                b, DTN_PARSE, fault,
                "option '%s': a name has letters, digits, '_', '-' and '.' only (its description "
                "may say more)",
                key);
        }
    if (!strcmp(key, "if") || !strcmp(key, "iff") || !strcmp(key, "only"))
        return dtn_builder_fail(b, DTN_PARSE, fault,
                                "an option cannot be called '%s', a word of the statements", key);
    if (dtn_builder_find_option(b, key, strlen(key)) >= 0)
        return dtn_builder_fail(b, DTN_PARSE, fault, "option '%s' is defined twice", key);
    dtn_conflict_option *o = dtn_builder_push(b, &b->options, sizeof *o);
    if (!o)
        return dtn_fail_nomem(b->ctx);
    *o = (dtn_conflict_option){.player = player, .direction = direction};
    DTN_TRY(dtn_builder_copy(b, &o->key, key));
    DTN_TRY(dtn_builder_copy(b, &o->name, name ? name : key));
    DTN_TRY(dtn_builder_copy(b, &o->about, about));
    dtn_conflict_player *p = &((dtn_player_spec *)b->players.item)[player].shown;
    uint64_t bit = UINT64_C(1) << b->options.count;
    p->options |= bit;
    p->forward |= direction == DTN_FORWARD_ONLY ? bit : 0;
    p->backward |= direction == DTN_BACKWARD_ONLY ? bit : 0;
    if (option)
        *option = b->options.count;
    b->options.count++;
    return DTN_OK;
}

dtn_status dtn_builder_parse(dtn_conflict_builder *b, dtn_statement *out, const char *text,
                             dtn_conflict_fault fault)
{
    dtn_statement_error error;
    const char *own;
    DTN_TRY(dtn_builder_copy(b, &own, text));
    dtn_status status =
        dtn_statement_parse(b->ctx, b->arena, out, own, b->options.count, dtn_builder_find_option, b, &error);
    if (status != DTN_PARSE)
        return status;
    fault.text = own;
    fault.offset = error.offset;
    fault.length = error.length;
    fault.unknown = *error.unknown ? error.unknown : NULL;
    return dtn_builder_fail(b, DTN_PARSE, fault, "statement '%.200s': %s", own, error.message);
}

static dtn_status restrict_states(dtn_conflict_builder *b, dtn_statement statement, bool forbidden)
{
    dtn_restriction *r = dtn_builder_push(b, &b->restrictions, sizeof *r);
    if (!r)
        return dtn_fail_nomem(b->ctx);
    *r = (dtn_restriction){statement, forbidden};
    b->restrictions.count++;
    return DTN_OK;
}

dtn_status dtn_conflict_forbid(dtn_conflict_builder *b, const char *statement)
{
    dtn_statement s;
    DTN_TRY(dtn_builder_parse(b, &s, statement, dtn_fault_at(DTN_PART_INFEASIBLE, -1, b->restrictions.count)));
    return restrict_states(b, s, true);
}

dtn_status dtn_conflict_require(dtn_conflict_builder *b, const char *statement)
{
    dtn_statement s;
    DTN_TRY(dtn_builder_parse(b, &s, statement, dtn_fault_at(DTN_PART_INFEASIBLE, -1, b->restrictions.count)));
    return restrict_states(b, s, false);
}

dtn_status dtn_conflict_require_count(dtn_conflict_builder *b, int least, int most,
                                      const char *const *options, int count)
{
    dtn_conflict_fault fault = dtn_fault_at(DTN_PART_INFEASIBLE, -1, b->restrictions.count);
    if (least < 0 || least > most || count < 1)
        return dtn_builder_fail(b, DTN_ARG, fault, "between %d and %d of %d options cannot be asked for",
                                least, most, count);
    dtn_statement_step *step;
    DTN_ALLOC(b->ctx, b->arena, step, 1);
    *step = (dtn_statement_step){.op = DTN_ST_COUNT, .least = least, .most = most};
    char *text = dtn_arena_printf(b->arena, "between %d and %d of", least, most);
    for (int i = 0; text && i < count; i++) {
        int o = dtn_builder_find_option(b, options[i], strlen(options[i]));
        if (o < 0 || step->known >> o & 1) {
            fault = dtn_fault_whole(fault, options[i]);
            fault.entry = i;
            fault.unknown = o < 0 ? options[i] : NULL;
            return dtn_builder_fail(b, DTN_PARSE, fault,
                                    o < 0 ? "no option is called '%s'" : "option '%s' stands twice",
                                    options[i]);
        }
        step->known |= UINT64_C(1) << o;
        text = dtn_arena_printf(b->arena, "%s %s", text, options[i]);
    }
    if (!text)
        return dtn_fail_nomem(b->ctx);
    return restrict_states(b, (dtn_statement){text, step, 1}, false);
}

dtn_status dtn_conflict_merge(dtn_conflict_builder *b, const char *pattern)
{
    dtn_cube cube;
    size_t wrong;
    if (!dtn_pattern_parse(pattern, strlen(pattern), b->options.count, &cube.known, &cube.value, &wrong)) {
        dtn_conflict_fault fault = dtn_fault_at(DTN_PART_MERGE, -1, b->merges.count);
        fault.text = pattern;
        fault.offset = wrong;
        fault.length = wrong < strlen(pattern);
        return dtn_builder_fail(b, DTN_PARSE, fault,
                                "'%s' is not a pattern of %d characters Y, N or - (one an option)", pattern,
                                b->options.count);
    }
    dtn_cube *m = dtn_builder_push(b, &b->merges, sizeof *m);
    if (!m)
        return dtn_fail_nomem(b->ctx);
    DTN_TRY(dtn_builder_copy(b, &cube.text, pattern));
    *m = cube;
    b->merges.count++;
    return DTN_OK;
}

dtn_status dtn_conflict_add_state(dtn_conflict_builder *b, const char *id, const char *state,
                                  const char *about)
{
    dtn_conflict_fault fault = dtn_fault_whole(dtn_fault_at(DTN_PART_STATE, -1, b->named.count), id);
    if (!id || !*id)
        return dtn_builder_fail(b, DTN_PARSE, fault, "a state without a name");
    if (!state && b->options.count)
        return dtn_builder_fail(b, DTN_PARSE, fault, "state '%s' needs its pattern or letters", id);
    if (state && !b->options.count)
        return dtn_builder_fail(b, DTN_PARSE, fault,
                                "state '%s' has the pattern '%s', but there are no options", id, state);
    dtn_named_spec *n = dtn_builder_push(b, &b->named, sizeof *n);
    if (!n)
        return dtn_fail_nomem(b->ctx);
    *n = (dtn_named_spec){0};
    DTN_TRY(dtn_builder_copy(b, &n->id, id));
    DTN_TRY(dtn_builder_copy(b, &n->about, about));
    if (state)
        DTN_TRY(dtn_builder_copy(b, &n->at, state));
    b->named.count++;
    return DTN_OK;
}

static dtn_status edit(dtn_conflict_builder *b, int player, dtn_edit_kind kind, const char *arrow)
{
    DTN_TRY(dtn_builder_check_player(b, player, DTN_PART_MOVES));
    dtn_edit e = {.kind = kind, .player = player};
    if (arrow) {
        dtn_conflict_fault fault =
            dtn_fault_whole(dtn_fault_at(DTN_PART_MOVES, player, b->edits.count), arrow);
        const char *sign = strstr(arrow, "->");
        if (!sign)
            return dtn_builder_fail(b, DTN_PARSE, fault, "'%s' is not of the form 'from -> to'", arrow);
        const char *end = sign;
        while (end > arrow && isspace((unsigned char)end[-1]))
            end--;
        const char *from = arrow, *to = sign + 2;
        while (from < end && isspace((unsigned char)*from))
            from++;
        while (isspace((unsigned char)*to))
            to++;
        size_t to_length = strlen(to);
        while (to_length && isspace((unsigned char)to[to_length - 1]))
            to_length--;
        if (end == from || !to_length)
            return dtn_builder_fail(b, DTN_PARSE, fault, "'%s' lacks a state %s '->'", arrow,
                                    end == from ? "before" : "after");
        DTN_TRY(dtn_builder_copy(b, &e.text, arrow));
        e.from = dtn_arena_strndup(b->arena, from, (size_t)(end - from));
        e.to = dtn_arena_strndup(b->arena, to, to_length);
        if (!e.from || !e.to)
            return dtn_fail_nomem(b->ctx);
    }
    dtn_edit *slot = dtn_builder_push(b, &b->edits, sizeof *slot);
    if (!slot)
        return dtn_fail_nomem(b->ctx);
    *slot = e;
    b->edits.count++;
    return DTN_OK;
}

dtn_status dtn_conflict_remove_moves(dtn_conflict_builder *b, int player, const char *arrow)
{
    return edit(b, player, DTN_EDIT_REMOVE, arrow);
}

dtn_status dtn_conflict_add_moves(dtn_conflict_builder *b, int player, const char *arrow)
{
    return edit(b, player, DTN_EDIT_ADD, arrow);
}

dtn_status dtn_conflict_clear_moves(dtn_conflict_builder *b, int player)
{
    return edit(b, player, DTN_EDIT_CLEAR, NULL);
}

dtn_status dtn_conflict_set_status_quo(dtn_conflict_builder *b, const char *state)
{
    return dtn_builder_copy(b, &b->status_quo, state);
}
