/* Simultaneous moves: `together: [P, Q]` with a table of where each combination of actions leads.
 * Cost: linear in the combinations that the cells cover. */
#include <stdio.h>
#include <string.h>

#include "format/reader.h"

enum { MOST_COMBINATIONS = 1000000, MOST_MOVERS = 32 };

/* "honour breach" -> the number of each mover's action, -1 for "*". A lone "*" is all of them. */
static bool read_combination(dtn_reader *r, const dtn_scn_move *m, const dtn_yaml *key, int *choice)
{
    const char *text = key->text;
    for (int k = 0; k < m->movers; k++)
        choice[k] = -1;
    if (strcmp(text, "*") == 0)
        return true;
    int words = 0;
    for (const char *p = text; *p;) {
        p += strspn(p, " ");
        size_t n = strcspn(p, " ");
        if (n == 0)
            break;
        if (words < m->movers && !(n == 1 && *p == '*')) {
            const char *names[64];
            int found = -1, count = m->mover_actions[words];
            for (int a = 0; a < count; a++) {
                const char *name = m->mover_action[words][a].key;
                if (a < 64)
                    names[a] = name;
                if (strlen(name) == n && memcmp(name, p, n) == 0)
                    found = a;
            }
            if (found < 0) {
                char word[128], what[160];
                snprintf(word, sizeof word, "%.*s", (int)n, p);
                snprintf(what, sizeof what, "action of %.100s", r->player[m->mover[words]].key);
                dtn_unknown(r, DTN_DIAG_COMBINATION, dtn_yaml_place_in(key, r->bytes, (int)(p - text), (int)n),
                            what, word, names, count < 64 ? count : 64);
                return false;
            }
            choice[words] = found;
        }
        words++;
        p += n;
    }
    if (words == m->movers)
        return true;
    return dtn_diag_error(r->diags, DTN_DIAG_COMBINATION, key->place,
                          "the combination '%.60s' names %d action%s for %d players", text, words,
                          words == 1 ? "" : "s", m->movers);
}

/* Marks every combination that the cell covers; combinations are numbered with the first mover running fastest. */
static void mark(const dtn_scn_move *m, const dtn_scn_cell *cell, bool *covered)
{
    int choice[MOST_MOVERS];
    for (int k = 0; k < m->movers; k++)
        choice[k] = cell->choice[k] < 0 ? 0 : cell->choice[k];
    for (bool more = true; more;) {
        size_t number = 0;
        for (int k = m->movers - 1; k >= 0; k--)
            number = number * (size_t)m->mover_actions[k] + (size_t)choice[k];
        covered[number] = true;
        more = false;
        for (int k = 0; k < m->movers && !more; k++) {
            if (cell->choice[k] >= 0)
                continue;
            more = ++choice[k] < m->mover_actions[k];
            if (!more)
                choice[k] = 0;
        }
    }
}

/* Every combination has to lead somewhere; the first that does not is named. */
static dtn_status check_covered(dtn_reader *r, const dtn_scn_move *m, dtn_place place)
{
    size_t total = 1;
    for (int k = 0; k < m->movers; k++) {
        total *= (size_t)m->mover_actions[k];
        if (total == 0)
            return DTN_OK;
        if (total > MOST_COMBINATIONS) {
            dtn_diag_error(r->diags, DTN_DIAG_COMBINATION, place,
                           "the move '%s' has more than %d combinations of actions", m->key,
                           MOST_COMBINATIONS);
            return DTN_OK;
        }
    }
    bool *covered;
    DTN_ALLOC(r->ctx, r->ctx->scratch, covered, total);
    for (int c = 0; c < m->cells; c++)
        mark(m, &m->cell[c], covered);
    for (size_t i = 0; i < total; i++) {
        if (covered[i])
            continue;
        char text[256] = "";
        size_t rest = i;
        for (int k = 0; k < m->movers; k++) {
            size_t used = strlen(text);
            snprintf(text + used, sizeof text - used, "%s%.60s", k ? " " : "",
                     m->mover_action[k][rest % (size_t)m->mover_actions[k]].key);
            rest /= (size_t)m->mover_actions[k];
        }
        dtn_diag_error(r->diags, DTN_DIAG_UNCOVERED, place, "the move '%s' does not say where '%s' leads",
                       m->key, text);
        dtn_diag_add_help(r->diags, "a key \"*\" stands for all combinations that are left");
        break;
    }
    return DTN_OK;
}

static dtn_status define_actions(dtn_reader *r, dtn_scn_action *a, int count, const dtn_yaml *list)
{
    for (int i = 0; i < count && list->kind == DTN_YAML_MAP; i++) {
        const dtn_yaml *set, *pays, *about, *y = list->item[i];
        char what[160];
        snprintf(what, sizeof what, "the action '%.100s'", a[i].key);
        if (dtn_yaml_is_null(y) ||
            !dtn_read_fields(
                r, y, what, a[i].place,
                (dtn_field[]){{"set", &set, false}, {"pays", &pays, false}, {"about", &about, false}}, 3))
            continue;
        a[i].about = dtn_read_text(r, about, "about");
        DTN_TRY(dtn_read_effects(r, &a[i], set, pays));
    }
    return DTN_OK;
}

dtn_status dtn_define_together(dtn_reader *r, dtn_scn_move *m, const dtn_yaml *y, const dtn_yaml *movers,
                               const dtn_yaml *actions, const dtn_yaml *to)
{
    if (!actions || !to) {
        dtn_diag_error(r->diags, DTN_DIAG_MISSING_KEY, m->place, "the move '%s': the key '%s' is missing",
                       m->key, actions ? "to" : "actions");
        return DTN_OK;
    }
    if (m->movers < 2 || m->movers > MOST_MOVERS) {
        if (dtn_list_count(movers) < 2 || m->movers > MOST_MOVERS)
            dtn_diag_error(r->diags, DTN_DIAG_SHAPE, movers->place,
                           "the move '%s': expected a list of at least two players", m->key);
        return DTN_OK;
    }
    if (!dtn_expect_map(r, actions, "actions of a simultaneous move") ||
        !dtn_expect_map(r, to, "'to' of a simultaneous move"))
        return DTN_OK;
    for (int i = 0; i < actions->count; i++) {
        int p = dtn_read_player(r, actions->key[i]), mover = -1;
        for (int k = 0; k < m->movers; k++)
            if (m->mover[k] == p)
                mover = k;
        if (p >= 0 && mover < 0)
            dtn_diag_error(r->diags, DTN_DIAG_PLAYER, actions->key[i]->place,
                           "%s does not move here: it is not listed under 'together'", r->player[p].key);
        if (mover >= 0)
            DTN_TRY(define_actions(r, (dtn_scn_action *)m->mover_action[mover], m->mover_actions[mover],
                                   actions->item[i]));
    }
    dtn_scn_cell *cell;
    DTN_ALLOC(r->ctx, r->arena, cell, to->count);
    m->cell = cell;
    bool sound = true;
    for (int i = 0; i < to->count; i++) {
        int *choice;
        DTN_ALLOC(r->ctx, r->arena, choice, m->movers);
        cell[m->cells] = (dtn_scn_cell){.choice = choice, .place = to->key[i]->place};
        sound = read_combination(r, m, to->key[i], choice) && sound;
        dtn_read_goal(r, to->item[i], &cell[m->cells].to);
        m->cells++;
    }
    return sound ? check_covered(r, m, dtn_yaml_get(y, "to") == to ? to->place : m->place) : DTN_OK;
}
