/* Names of a scenario by key, with "did you mean" where they are not known. */
#include <stdio.h>
#include <string.h>

#include "format/reader.h"

const char *const *dtn_keys(dtn_reader *r, const dtn_yaml *map, int *count)
{
    *count = 0;
    /* Beyond the last error that is listed nobody reads suggestions. */
    if (!map || map->kind != DTN_YAML_MAP || r->diags->errors > DTN_DIAG_MOST)
        return NULL;
    const char **words = dtn_arena_array(r->ctx->scratch, (size_t)map->count, sizeof *words);
    for (int i = 0; words && i < map->count; i++)
        words[(*count)++] = map->key[i]->text;
    return words;
}

int dtn_read_player(dtn_reader *r, const dtn_yaml *y)
{
    const char *key = y ? dtn_read_text(r, y, "player") : NULL;
    int player = key ? dtn_find_name(r, DTN_NAME_PLAYER, key) : -1;
    if (key && player < 0) {
        int count;
        const char *const *words = dtn_keys(r, r->players, &count);
        dtn_unknown(r, DTN_DIAG_PLAYER, y->place, "player", key, words, count);
    }
    return player;
}

int dtn_type_of(const dtn_reader *r, int player, const char *type)
{
    for (int i = 0; i < r->player[player].types; i++)
        if (strcmp(r->player[player].type[i], type) == 0)
            return i;
    return -1;
}

int dtn_param_named(dtn_reader *r, const char *name, dtn_place place)
{
    int found = dtn_find_name(r, DTN_NAME_PARAM, name);
    if (found >= 0) {
        r->used[found] = true;
        return found;
    }
    if (r->diags->errors > DTN_DIAG_MOST)
        return -1;
    const char **words = dtn_arena_array(r->ctx->scratch, (size_t)r->s->params, sizeof *words);
    for (int i = 0; words && i < r->s->params; i++)
        words[i] = r->param[i].name;
    dtn_unknown(r, DTN_DIAG_PARAMETER, place, "parameter", name, words, words ? r->s->params : 0);
    int family = dtn_find_name(r, DTN_NAME_FAMILY, name);
    if (family >= 0)
        dtn_diag_add_help(r->diags, "%s has one value for each type: write %s", name,
                          r->param[r->family[family].param[0]].name);
    return -1;
}

int dtn_read_param(dtn_reader *r, const dtn_yaml *y)
{
    const char *name = y ? dtn_read_text(r, y, "parameter") : NULL;
    return name ? dtn_param_named(r, name, y->place) : -1;
}

/* An action of a move by name; a grid action may carry a value in parentheses. */
static bool has_action(const dtn_scn_move *m, const char *name, size_t length)
{
    const char *open = memchr(name, '(', length);
    size_t plain = open && name[length - 1] == ')' ? (size_t)(open - name) : length;
    int movers = m->kind == DTN_MOVE_TOGETHER ? m->movers : 1;
    for (int k = 0; k < movers; k++) {
        const dtn_scn_action *a = m->kind == DTN_MOVE_TOGETHER ? m->mover_action[k] : m->action;
        int count = m->kind == DTN_MOVE_TOGETHER ? m->mover_actions[k] : m->actions;
        for (int i = 0; i < count; i++) {
            size_t n = a[i].grid >= 0 ? plain : length;
            if (strlen(a[i].key) == n && memcmp(a[i].key, name, n) == 0)
                return true;
        }
    }
    return false;
}

static bool has_type(const dtn_reader *r, const dtn_scn_move *m, const char *name, size_t length)
{
    int movers = m->kind == DTN_MOVE_TOGETHER ? m->movers : m->kind == DTN_MOVE_PLAYER ? 1 : 0;
    for (int k = 0; k < movers; k++) {
        int player = m->kind == DTN_MOVE_TOGETHER ? m->mover[k] : m->player;
        if (player < 0)
            return true; /* reported already */
        const dtn_scn_player *p = &r->player[player];
        if (strlen(p->key) == length && memcmp(p->key, name, length) == 0 && m->kind == DTN_MOVE_TOGETHER)
            return true; /* move.player.action of a simultaneous move */
        for (int i = 0; i < p->types; i++)
            if (strlen(p->type[i]) == length && memcmp(p->type[i], name, length) == 0)
                return true;
    }
    return false;
}

/* The next component of a dotted name: dots within brackets do not count. */
static size_t component(const char *text)
{
    int depth = 0;
    size_t n = 0;
    for (; text[n] && (text[n] != '.' || depth > 0); n++)
        depth += (text[n] == '[' || text[n] == '(') - (text[n] == ']' || text[n] == ')');
    return n;
}

static dtn_place within(dtn_place place, size_t offset, size_t length)
{
    place.column += (int)offset;
    place.length = (int)length;
    return place;
}

static bool no_action(dtn_reader *r, const dtn_scn_move *m, const char *word, dtn_place place)
{
    const char *words[64];
    int count = 0;
    int movers = m->kind == DTN_MOVE_TOGETHER ? m->movers : 1;
    for (int k = 0; k < movers; k++) {
        const dtn_scn_action *a = m->kind == DTN_MOVE_TOGETHER ? m->mover_action[k] : m->action;
        int actions = m->kind == DTN_MOVE_TOGETHER ? m->mover_actions[k] : m->actions;
        for (int i = 0; i < actions && count < 64; i++)
            words[count++] = a[i].key;
    }
    char what[160];
    snprintf(what, sizeof what, "action of the move '%.100s'", m->key);
    dtn_unknown(r, DTN_DIAG_ACTION, place, what, word, words, count);
    return false;
}

bool dtn_check_action(dtn_reader *r, const char *text, dtn_place place, bool partial)
{
    size_t n = component(text), head = strcspn(text, "[");
    char word[128];
    snprintf(word, sizeof word, "%.*s", (int)(head < n ? head : n), text);
    int move = dtn_find_name(r, DTN_NAME_MOVE, word);
    if (move < 0) {
        int count;
        const char *const *words = dtn_keys(r, r->moves, &count);
        dtn_unknown(r, DTN_DIAG_ACTION, within(place, 0, strlen(word)), "move", word, words, count);
        return false;
    }
    const dtn_scn_move *m = &r->move[move];
    const char *rest = text + n;
    while (*rest == '.') {
        rest++;
        n = component(rest);
        size_t plain = strcspn(rest, "[");
        if (plain > n)
            plain = n;
        snprintf(word, sizeof word, "%.*s", (int)n, rest);
        bool last = rest[n] == '\0';
        if (last && has_action(m, rest, n))
            return true;
        if (!has_type(r, m, rest, plain)) {
            if (last)
                return no_action(r, m, word, within(place, (size_t)(rest - text), n));
            dtn_diag_error(r->diags, DTN_DIAG_TYPE, within(place, (size_t)(rest - text), n),
                           "'%s' is no type of the player of the move '%s'", word, m->key);
            return false;
        }
        rest += n;
    }
    if (partial)
        return true;
    dtn_diag_error(r->diags, DTN_DIAG_ACTION, place, "expected move.action, found '%.100s'", text);
    return false;
}

bool dtn_sole_action(const dtn_reader *r, const char *action, int *move)
{
    int found = 0;
    for (int m = 0; m < r->s->moves; m++) {
        if (has_action(&r->move[m], action, strlen(action))) {
            found++;
            *move = m;
        }
    }
    return found == 1;
}
