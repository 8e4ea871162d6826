/* Statements and preferences of .gmcr files: conditions on options as statements of the conflict, rankings by the numbers of
 * the feasible states.
 *
 * Cost: linear in the text; rankings list the feasible states once. */
#include <string.h>

#include "base/str.h"
#include "format/gmcr.h"

/* [[option, "Y"|"N"], ...]: all of it holds. */
static dtn_status add_condition(dtn_gmcr *g, dtn_str *out, const dtn_yaml *y)
{
    static const char *const words[] = {"Y", "N"};
    if (!dtn_expect_list(&g->r, y, "a condition"))
        return DTN_OK;
    for (int i = 0; i < y->count; i++) {
        const dtn_yaml *pair = y->item[i];
        int option;
        if (pair->kind != DTN_YAML_LIST || pair->count != 2) {
            dtn_diag_error(g->r.diags, DTN_DIAG_GMCR, pair->place,
                           "expected a condition on an option, [number, \"Y\"] or [number, \"N\"]");
            return DTN_OK;
        }
        if (!dtn_gmcr_number(g, pair->item[0], "an option", 0, g->options - 1, &option))
            return DTN_OK;
        int word = dtn_read_word(&g->r, pair->item[1], "a condition", words, 2);
        dtn_str_addf(out, "%s%s%s", i ? " & " : "", word == 1 ? "!" : "", g->option_key[option]);
    }
    return DTN_OK;
}

dtn_status dtn_gmcr_statement(dtn_gmcr *g, const dtn_yaml *y, const char **out)
{
    int errors = g->r.diags->errors;
    *out = NULL;
    dtn_str text = dtn_str_in(g->r.arena);
    if (y->kind != DTN_YAML_MAP) {
        DTN_TRY(add_condition(g, &text, y));
    } else {
        const dtn_yaml *members = dtn_yaml_get(y, "members");
        if (!members) {
            dtn_diag_error(g->r.diags, DTN_DIAG_GMCR, y->place, "a compound condition: 'members' is missing");
            return DTN_OK;
        }
        if (!dtn_expect_list(&g->r, members, "members"))
            return DTN_OK;
        for (int i = 0; i < members->count; i++) {
            dtn_str_add(&text, i ? " | (" : members->count > 1 ? "(" : "");
            DTN_TRY(add_condition(g, &text, members->item[i]));
            dtn_str_add(&text, members->count > 1 ? ")" : "");
        }
    }
    if (g->r.diags->errors > errors)
        return DTN_OK;
    if (text.length == 0 || strstr(dtn_str_done(&text) ? text.data : "", "()")) {
        if (text.failed)
            return dtn_fail_nomem(g->r.ctx);
        dtn_diag_error(g->r.diags, DTN_DIAG_GMCR, y->place, "a condition without options says nothing");
        return DTN_OK;
    }
    *out = dtn_str_done(&text);
    return *out ? DTN_OK : dtn_fail_nomem(g->r.ctx);
}

static dtn_status by_statements(dtn_gmcr *g, int player, const dtn_yaml *y)
{
    dtn_reader *r = &g->r;
    const char **list;
    int count = 0;
    if (y && !dtn_expect_list(r, y, "preferences"))
        return DTN_OK;
    if (!y || y->count == 0)
        dtn_diag_warn(r->diags, DTN_DIAG_GMCR, g->makers->item[player]->place,
                      "%.60s has no preferences: all states are equal to it", g->player_name[player]);
    DTN_ALLOC(r->ctx, r->arena, list, y ? y->count : 0);
    for (int i = 0; y && i < y->count; i++) {
        DTN_TRY(dtn_gmcr_statement(g, y->item[i], &list[count]));
        count += list[count] != NULL;
    }
    return dtn_gmcr_fault(g, dtn_conflict_prefer(g->b, player, NULL, list, count), y ? y : g->root);
}

/* The patterns of the feasible states, in the order of their numbers. */
static dtn_status list_states(dtn_gmcr *g, const char ***out, int *count)
{
    dtn_reader *r = &g->r;
    dtn_conflict_builder *b;
    dtn_conflict *c = NULL;
    *count = 0;
    DTN_TRY(dtn_conflict_builder_new(r->ctx, &b, NULL));
    dtn_status status = dtn_gmcr_options(g, b);
    for (int p = 0; p < g->players && status == DTN_OK; p++)
        status = dtn_conflict_prefer(b, p, NULL, NULL, 0);
    if (status == DTN_OK)
        status = dtn_conflict_finish(r->ctx, &c, b);
    if (status != DTN_OK) {
        dtn_conflict_builder_free(b);
        return dtn_gmcr_fault(g, status, g->root);
    }
    const char **list = dtn_arena_array(r->arena, c->states, sizeof *list);
    status = list ? DTN_OK : dtn_fail_nomem(r->ctx);
    char text[DTN_CONFLICT_MAX_OPTIONS + 1];
    for (size_t s = 0; list && s < c->states && status == DTN_OK; s++) {
        dtn_conflict_state_pattern(c, s, text, sizeof text);
        list[s] = dtn_arena_strdup(r->arena, text);
        status = list[s] ? dtn_ctx_poll(r->ctx) : dtn_fail_nomem(r->ctx);
    }
    *out = list;
    *count = (int)c->states;
    dtn_conflict_free(c);
    return status;
}

/* [best, [equal, equal], ...] */
static dtn_status by_ranking(dtn_gmcr *g, int player, const dtn_yaml *y, const char *const *state, int states)
{
    dtn_reader *r = &g->r;
    const char **list;
    int *size, count = 0;
    bool *named;
    DTN_ALLOC(r->ctx, r->arena, list, states);
    DTN_ALLOC(r->ctx, r->arena, named, states);
    DTN_ALLOC(r->ctx, r->arena, size, y->count);
    for (int t = 0; t < y->count; t++)
        for (int i = 0; i < dtn_list_count(y->item[t]); i++) {
            const dtn_yaml *item = dtn_list_item(y->item[t], i);
            int number;
            if (!dtn_gmcr_number(g, item, "a feasible state", 1, states, &number))
                return DTN_OK;
            if (named[number - 1]) {
                dtn_diag_error(r->diags, DTN_DIAG_GMCR, item->place, "state %d is ranked twice", number);
                return DTN_OK;
            }
            named[number - 1] = true;
            list[count++] = state[number - 1];
            size[t]++;
        }
    for (int s = 0; s < states; s++)
        if (!named[s]) {
            dtn_diag_error(r->diags, DTN_DIAG_GMCR, y->place, "the ranking of %.60s leaves out state %d of %d",
                           g->player_name[player], s + 1, states);
            return DTN_OK;
        }
    return dtn_gmcr_fault(g, dtn_conflict_prefer_tiers(g->b, player, NULL, list, size, y->count), y);
}

static bool is_manual(dtn_gmcr *g)
{
    const dtn_yaml *y = dtn_yaml_get(g->root, "useManualPreferenceRanking");
    if (!y)
        y = dtn_yaml_get(g->root, "useManualPreferenceVectors");
    return y && !dtn_yaml_is_null(y) && dtn_read_flag(&g->r, y, "useManualPreferenceRanking", false);
}

dtn_status dtn_gmcr_preferences(dtn_gmcr *g)
{
    bool manual = is_manual(g);
    const char **state = NULL;
    int states = 0;
    for (int p = 0; p < g->players && g->r.diags->errors == 0; p++) {
        const dtn_yaml *maker = g->makers->item[p], *ranking = dtn_yaml_get(maker, "preferenceRanking");
        if (!ranking)
            ranking = dtn_yaml_get(maker, "preferenceVector");
        bool ranked = manual && ranking && ranking->kind == DTN_YAML_LIST && ranking->count;
        if (ranked && !states)
            DTN_TRY(list_states(g, &state, &states));
        if (g->r.diags->errors)
            return DTN_OK;
        DTN_TRY(ranked ? by_ranking(g, p, ranking, state, states)
                       : by_statements(g, p, dtn_yaml_get(maker, "preferences")));
    }
    return DTN_OK;
}
