/* Information sets and outcomes of an .efg file by their numbers, and the unique names that they get in the tree. */
#include "format/efg_table.h"

#include <string.h>

static uint64_t mix(uint64_t z)
{
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

static int set_slot(dtn_efg_set *const *table, int slots, int player, int number)
{
    uint64_t key = mix((uint64_t)(player + 1) << 32 | (unsigned)number);
    int at = (int)(key & (uint64_t)(slots - 1));
    while (table[at] && (table[at]->player != player || table[at]->number != number))
        at = (at + 1) & (slots - 1);
    return at;
}

static int outcome_slot(dtn_efg_outcome *const *table, int slots, int number)
{
    int at = (int)(mix((unsigned)number) & (uint64_t)(slots - 1));
    while (table[at] && table[at]->number != number)
        at = (at + 1) & (slots - 1);
    return at;
}

dtn_status dtn_efg_set_find(dtn_lexer *x, dtn_efg_table *t, dtn_efg_set **out, int player, int number,
                            bool *fresh)
{
    if (2 * t->sets >= t->set_slots) {
        int slots = t->set_slots ? 2 * t->set_slots : 64;
        dtn_efg_set **bigger;
        DTN_ALLOC(x->ctx, x->ctx->scratch, bigger, slots);
        for (int i = 0; i < t->set_slots; i++)
            if (t->set[i])
                bigger[set_slot(bigger, slots, t->set[i]->player, t->set[i]->number)] = t->set[i];
        t->set = bigger;
        t->set_slots = slots;
    }
    int at = set_slot(t->set, t->set_slots, player, number);
    *fresh = !t->set[at];
    if (*fresh) {
        DTN_ALLOC(x->ctx, x->ctx->scratch, t->set[at], 1);
        *t->set[at] = (dtn_efg_set){.player = player, .number = number, .built = -1};
        t->sets++;
    }
    *out = t->set[at];
    return DTN_OK;
}

dtn_status dtn_efg_set_add_action(dtn_lexer *x, dtn_efg_table *t, dtn_efg_set *set, const char *name,
                                  const fmpq *prob)
{
    if (set->actions == t->room) {
        int room = t->room ? 2 * t->room : 8;
        dtn_action *list;
        const fmpq **probs;
        DTN_ALLOC(x->ctx, x->ctx->scratch, list, room);
        DTN_ALLOC(x->ctx, x->ctx->scratch, probs, room);
        if (t->room) {
            memcpy(list, t->list, (size_t)t->room * sizeof *list);
            memcpy(probs, t->prob, (size_t)t->room * sizeof *probs);
        }
        t->list = list;
        t->prob = probs;
        t->room = room;
    }
    if (!*name)
        name = dtn_arena_printf(x->ctx->scratch, "%d", set->actions + 1);
    if (!name)
        return dtn_fail_nomem(x->ctx);
    t->list[set->actions] = (dtn_action){.name = name, .target = -1};
    t->prob[set->actions++] = prob;
    return DTN_OK;
}

fmpq *dtn_efg_numbers(dtn_lexer *x, dtn_efg_table *t, int count)
{
    enum { BLOCK = 4096 };
    if (t->numbers < count) {
        t->numbers = count > BLOCK ? count : BLOCK;
        t->number = dtn_arena_fmpq(x->ctx->scratch, (size_t)t->numbers);
        if (!t->number) {
            t->numbers = 0;
            return NULL;
        }
    }
    fmpq *out = t->number;
    t->number += count;
    t->numbers -= count;
    return out;
}

static dtn_status check_sum(dtn_lexer *x, const dtn_efg_set *set, const dtn_token *where)
{
    fmpq *total;
    DTN_ALLOC_FMPQ(x->ctx, x->ctx->scratch, total, 1);
    for (int i = 0; i < set->actions; i++)
        fmpq_add(total, total, set->prob[i]);
    if (fmpq_is_one(total))
        return DTN_OK;
    const char *sum = dtn_rational_text(x->ctx->scratch, total);
    return dtn_lexer_fail(x, where, "expected probabilities that sum to 1, found a sum of %.60s",
                          sum ? sum : "?");
}

static int name_slot(const char *const *table, int slots, const char *name)
{
    uint64_t key = 1469598103934665603u;
    for (const char *c = name; *c; c++)
        key = (key ^ (unsigned char)*c) * 1099511628211u;
    int at = (int)(mix(key) & (uint64_t)(slots - 1));
    while (table[at] && strcmp(table[at], name) != 0)
        at = (at + 1) & (slots - 1);
    return at;
}

/* *value = the number that stands with the name; *fresh: it was not there and now stands with `number`. */
static dtn_status intern(dtn_lexer *x, dtn_efg_names *t, const char *name, int number, bool *fresh, int *value)
{
    if (2 * t->count >= t->slots) {
        int slots = t->slots ? 2 * t->slots : 64, *values;
        const char **bigger;
        DTN_ALLOC(x->ctx, x->ctx->scratch, bigger, slots);
        DTN_ALLOC(x->ctx, x->ctx->scratch, values, slots);
        for (int i = 0; i < t->slots; i++) {
            if (!t->name[i])
                continue;
            int at = name_slot(bigger, slots, t->name[i]);
            bigger[at] = t->name[i];
            values[at] = t->value[i];
        }
        t->name = bigger;
        t->value = values;
        t->slots = slots;
    }
    int at = name_slot(t->name, t->slots, name);
    *fresh = !t->name[at];
    if (*fresh) {
        t->name[at] = name;
        t->value[at] = number;
        t->count++;
    }
    *value = t->value[at];
    return DTN_OK;
}

/* Names may be missing or repeated in the file; in the tree they are unique: "2:5" is set 5 of player 2. */
static dtn_status unique_name(dtn_lexer *x, dtn_efg_table *t, const dtn_efg_set *set, const char **out)
{
    dtn_arena *scratch = x->ctx->scratch;
    bool named = set->name && *set->name, fresh = false;
    int value;
    if (named) {
        *out = set->name;
        DTN_TRY(intern(x, &t->set_names, *out, 0, &fresh, &value));
    }
    for (int more = 0; !fresh; more++) {
        const char *tail = more ? dtn_arena_printf(scratch, "#%d", more) : "";
        if (tail)
            *out = named ? dtn_arena_printf(scratch, "%s (%d:%d)%s", set->name, set->player + 1, set->number,
                                            tail)
                         : dtn_arena_printf(scratch, "%d:%d%s", set->player + 1, set->number, tail);
        if (!tail || !*out)
            return dtn_fail_nomem(x->ctx);
        DTN_TRY(intern(x, &t->set_names, *out, 0, &fresh, &value));
    }
    return DTN_OK;
}

dtn_status dtn_efg_set_finish(dtn_lexer *x, dtn_efg_table *t, dtn_tree_builder *b, dtn_efg_set *set,
                              const dtn_token *where)
{
    if (set->player < 0) {
        DTN_ALLOC(x->ctx, x->ctx->scratch, set->action, set->actions);
        DTN_ALLOC(x->ctx, x->ctx->scratch, set->prob, set->actions);
        for (int i = 0; i < set->actions; i++) {
            set->action[i] = t->list[i].name;
            set->prob[i] = t->prob[i];
        }
        return check_sum(x, set, where);
    }
    const char *name;
    DTN_TRY(unique_name(x, t, set, &name));
    return dtn_tree_add_infoset(b, &set->built, set->player, -1, name, "", set->actions, t->list);
}

dtn_status dtn_efg_outcome_find(dtn_lexer *x, dtn_efg_table *t, dtn_efg_outcome **out, int number,
                                int players, bool *fresh)
{
    if (2 * t->outcomes >= t->outcome_slots) {
        int slots = t->outcome_slots ? 2 * t->outcome_slots : 64;
        dtn_efg_outcome **bigger;
        DTN_ALLOC(x->ctx, x->ctx->scratch, bigger, slots);
        for (int i = 0; i < t->outcome_slots; i++)
            if (t->outcome[i])
                bigger[outcome_slot(bigger, slots, t->outcome[i]->number)] = t->outcome[i];
        t->outcome = bigger;
        t->outcome_slots = slots;
    }
    int at = outcome_slot(t->outcome, t->outcome_slots, number);
    *fresh = !t->outcome[at];
    if (*fresh) {
        dtn_efg_outcome *made;
        DTN_ALLOC(x->ctx, x->ctx->scratch, made, 1);
        *made = (dtn_efg_outcome){.number = number, .name = "", .built = -1};
        made->payoff = dtn_efg_numbers(x, t, players);
        if (!made->payoff)
            return dtn_fail_nomem(x->ctx);
        t->outcome[at] = made;
        t->outcomes++;
    }
    *out = t->outcome[at];
    return DTN_OK;
}

dtn_status dtn_efg_outcome_build(dtn_lexer *x, dtn_efg_table *t, dtn_tree_builder *b, dtn_efg_outcome *o,
                                 int *out)
{
    if (o->built < 0) {
        const char *key = *o->name ? o->name : dtn_arena_printf(x->ctx->scratch, "%d", o->number);
        bool fresh;
        if (!key)
            return dtn_fail_nomem(x->ctx);
        DTN_TRY(intern(x, &t->outcome_names, key, t->outcome_names.count, &fresh, &o->built));
        if (fresh)
            DTN_TRY(dtn_tree_add_outcome(b, &o->built, key, key));
    }
    *out = o->built;
    return DTN_OK;
}
