/* Scenarios made of bare models, to be written as YAML or JSON: a matrix, or a conflict, with players to be described.
 *
 * Cost: linear. Exact. */
#include <stdio.h>
#include <string.h>

#include "format/scenario_write.h"
#include "format/write.h"

/* name as a key of a scenario: letters, digits, _ and -, a letter first, at most 40 of them, not taken yet. */
const char *dtn_scenario_key(dtn_arena *arena, const char *name, const char *fallback,
                             const char *const *taken, int count)
{
    char key[48];
    size_t n = 0;
    for (const char *c = name; *c && n < 40; c++) {
        bool letter = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z');
        if (letter || (n && *c >= '0' && *c <= '9'))
            key[n++] = *c;
        else if (n && key[n - 1] != '_' && (unsigned char)*c < 0x80)
            key[n++] = '_';
    }
    while (n && key[n - 1] == '_')
        n--;
    key[n] = '\0';
    const char *start = n ? key : fallback;
    const char *out = dtn_arena_strdup(arena, start);
    for (int more = 2; out; more++) {
        bool clash = false;
        for (int i = 0; i < count && !clash; i++)
            clash = strcmp(taken[i], out) == 0;
        if (!clash)
            break;
        out = dtn_arena_printf(arena, "%s_%d", start, more);
    }
    return out;
}

static dtn_yaml *text_of(dtn_arena *a, const fmpq *x)
{
    return dtn_yaml_make_text(a, dtn_rational_text(a, x));
}

/* {KEY: {name: ...}, ...}; the name only where it says more than the key. */
static dtn_yaml *players(dtn_arena *a, const char *const *key, const char *const *name, int count)
{
    dtn_yaml *map = dtn_yaml_make_map(a, count);
    for (int p = 0; p < count; p++) {
        dtn_yaml *one = dtn_yaml_make_map(a, 1);
        if (one)
            one->flow = true;
        if (!dtn_yaml_append(a, one, "name", dtn_yaml_make_text(a, name[p])) ||
            !dtn_yaml_append(a, map, key[p], one))
            return NULL;
    }
    return map;
}

static dtn_yaml *document(dtn_arena *a, const char *title, const char *about, const char *const *key,
                          const char *const *name, int count)
{
    dtn_yaml *root = dtn_yaml_make_map(a, 8);
    if (!dtn_yaml_append(a, root, "detente", dtn_yaml_make_text(a, "1")) ||
        !dtn_yaml_append(a, root, "title", dtn_yaml_make_text(a, *title ? title : "A game")) ||
        (*about && !dtn_yaml_append(a, root, "about", dtn_yaml_make_text(a, about))) ||
        !dtn_yaml_append(a, root, "players", players(a, key, name, count)))
        return NULL;
    return root;
}

static dtn_yaml *payoffs(dtn_ctx *ctx, dtn_arena *a, const dtn_strategic *g, char ***strategy)
{
    dtn_yaml *map = dtn_yaml_make_map(a, (int)g->profiles);
    for (size_t k = 0; k < g->profiles; k++) {
        dtn_str name = dtn_str_in(a);
        size_t rest = k;
        dtn_yaml *cell = dtn_yaml_make_list(a, g->players, true);
        for (int p = 0; p < g->players; p++) {
            dtn_str_addf(&name, p ? " %s" : "%s", strategy[p][rest % (size_t)g->strategies[p]]);
            rest /= (size_t)g->strategies[p];
            if (!dtn_yaml_append(a, cell, NULL,
                                 text_of(a, dtn_payoffs_at(&g->payoff, k * (size_t)g->players + (size_t)p).q)))
                return NULL;
        }
        if (dtn_ctx_poll(ctx) != DTN_OK || !dtn_yaml_append(a, map, dtn_str_done(&name), cell))
            return NULL;
    }
    return map;
}

dtn_status dtn_scenario_of_strategic(dtn_ctx *ctx, dtn_arena *a, const dtn_yaml **out, const dtn_strategic *g)
{
    const char **key;
    char ***strategy;
    *out = NULL;
    DTN_ALLOC(ctx, a, key, g->players);
    DTN_ALLOC(ctx, a, strategy, g->players);
    dtn_yaml *lists = dtn_yaml_make_map(a, g->players), *matrix = dtn_yaml_make_map(a, 2);
    for (int p = 0; p < g->players; p++) {
        char fallback[24];
        snprintf(fallback, sizeof fallback, "P%d", p + 1);
        key[p] = dtn_scenario_key(a, g->player[p], fallback, key, p);
        DTN_ALLOC(ctx, a, strategy[p], g->strategies[p]);
        dtn_yaml *list = dtn_yaml_make_list(a, g->strategies[p], true);
        for (int s = 0; s < g->strategies[p]; s++) {
            snprintf(fallback, sizeof fallback, "s%d", s + 1);
            strategy[p][s] =
                (char *)dtn_scenario_key(a, g->strategy[p][s], fallback, (const char *const *)strategy[p], s);
            if (!dtn_yaml_append(a, list, NULL, dtn_yaml_make_text(a, strategy[p][s])))
                return dtn_fail_nomem(ctx);
        }
        if (!key[p] || !dtn_yaml_append(a, lists, key[p], list))
            return dtn_fail_nomem(ctx);
    }
    dtn_yaml *root = document(a, g->title, g->about, key, g->player, g->players);
    if (!dtn_yaml_append(a, matrix, "strategies", lists) ||
        !dtn_yaml_append(a, matrix, "payoffs", payoffs(ctx, a, g, strategy)) ||
        !dtn_yaml_append(a, root, "matrix", matrix))
        return ctx->status == DTN_CANCELLED || ctx->status == DTN_LIMIT ? ctx->status : dtn_fail_nomem(ctx);
    *out = root;
    return DTN_OK;
}
