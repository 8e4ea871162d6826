/* A conflict as the document of a scenario: options, what is infeasible, preferences as statements or rankings.
 *
 * Cost: linear in texts, and in the states where a preference is a ranking. For conflicts of .gmcr files, which have neither
 * merged states nor transitions. Exact. */
#include "format/scenario_write.h"
#include "format/write.h"

static dtn_yaml *texts(dtn_arena *a, const char *const *text, int count)
{
    dtn_yaml *list = dtn_yaml_make_list(a, count, count <= 4);
    for (int i = 0; i < count; i++)
        if (!dtn_yaml_append(a, list, NULL, dtn_yaml_make_text(a, text[i])))
            return NULL;
    return list;
}

/* {ranking: [best, [equal, equal], ...]} */
static dtn_yaml *ranking(dtn_arena *a, const dtn_preference *v)
{
    dtn_yaml *list = dtn_yaml_make_list(a, v->tiers, true), *map = dtn_yaml_make_map(a, 1);
    for (int t = 0, at = 0; t < v->tiers; at += v->tier_size[t++]) {
        dtn_yaml *one = v->tier_size[t] == 1 ? dtn_yaml_make_text(a, v->text[at])
                                             : dtn_yaml_make_list(a, v->tier_size[t], true);
        for (int i = 0; one && v->tier_size[t] > 1 && i < v->tier_size[t]; i++)
            if (!dtn_yaml_append(a, one, NULL, dtn_yaml_make_text(a, v->text[at + i])))
                return NULL;
        if (!dtn_yaml_append(a, list, NULL, one))
            return NULL;
    }
    return dtn_yaml_append(a, map, "ranking", list) ? map : NULL;
}

static dtn_yaml *options_of(dtn_arena *a, const dtn_conflict *c, int player)
{
    static const char *const ways[] = {NULL, "forward-only", "backward-only"};
    dtn_yaml *map = dtn_yaml_make_map(a, c->options);
    for (int o = 0; o < c->options; o++) {
        const dtn_conflict_option *option = &c->option[o];
        if (option->player != player)
            continue;
        dtn_yaml *one = dtn_yaml_make_map(a, 2);
        if (!dtn_yaml_append(a, one, "name", dtn_yaml_make_text(a, option->name)) ||
            (ways[option->direction] &&
             !dtn_yaml_append(a, one, "moves", dtn_yaml_make_text(a, ways[option->direction]))) ||
            !dtn_yaml_append(a, map, option->key, one))
            return NULL;
        one->flow = true;
    }
    return map;
}

static dtn_yaml *conflict_block(dtn_arena *a, const dtn_conflict *c)
{
    dtn_yaml *options = dtn_yaml_make_map(a, c->players), *prefer = dtn_yaml_make_map(a, c->players),
             *block = dtn_yaml_make_map(a, 3);
    for (int p = 0; p < c->players; p++) {
        const dtn_preference *v = &c->player[p].variant[0];
        if ((c->player[p].options && !dtn_yaml_append(a, options, c->player[p].key, options_of(a, c, p))) ||
            !dtn_yaml_append(a, prefer, c->player[p].key,
                             v->kind == DTN_PREFER_TIERS ? ranking(a, v) : texts(a, v->text, v->texts)))
            return NULL;
    }
    if (!dtn_yaml_append(a, block, "options", options) ||
        (c->infeasibles && !dtn_yaml_append(a, block, "infeasible", texts(a, c->infeasible, c->infeasibles))) ||
        !dtn_yaml_append(a, block, "preferences", prefer))
        return NULL;
    return block;
}

dtn_status dtn_scenario_of_conflict(dtn_ctx *ctx, dtn_arena *a, const dtn_yaml **out, const dtn_conflict *c)
{
    *out = NULL;
    dtn_yaml *root = dtn_yaml_make_map(a, 4), *players = dtn_yaml_make_map(a, c->players);
    for (int p = 0; p < c->players; p++) {
        dtn_yaml *one = dtn_yaml_make_map(a, 1);
        if (!dtn_yaml_append(a, one, "name", dtn_yaml_make_text(a, c->player[p].name)) ||
            !dtn_yaml_append(a, players, c->player[p].key, one))
            return dtn_fail_nomem(ctx);
        one->flow = true;
    }
    if (!dtn_yaml_append(a, root, "detente", dtn_yaml_make_text(a, "1")) ||
        !dtn_yaml_append(a, root, "title", dtn_yaml_make_text(a, *c->title ? c->title : "A conflict")) ||
        !dtn_yaml_append(a, root, "players", players) ||
        !dtn_yaml_append(a, root, "conflict", conflict_block(a, c)))
        return dtn_fail_nomem(ctx);
    *out = root;
    return DTN_OK;
}
