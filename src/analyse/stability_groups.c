/* `stability --coalition P+Q`: what named groups could do together at every state of the tables. */
#include <string.h>

#include "analyse/stability.h"
#include "base/suggest.h"
#include "model/conflict.h"

enum { REPLIES_MOST = 16, GROUPS_MOST = 4096 };

const char *const dtn_stability_group_concepts[DTN_GROUP_CONCEPTS] = {"CNASH", "CGMR", "CSMR", "CSEQ"};

static const char *player_word(const void *user, int i)
{
    const dtn_conflict *c = user;
    return i < dtn_conflict_players(c) ? dtn_conflict_player_key(c, i) : NULL;
}

/* "P+Q" as bits of players. */
static dtn_status read_members(dtn_ctx *ctx, uint32_t *members, const dtn_conflict *c, const char *text)
{
    *members = 0;
    for (const char *at = text;; at++) {
        size_t length = strcspn(at, "+");
        const char *key = dtn_arena_strndup(ctx->scratch, at, length);
        if (!key)
            return dtn_fail_nomem(ctx);
        int i = dtn_conflict_find_player(c, key);
        if (i < 0) {
            const char *near = dtn_suggest(key, player_word, c);
            return dtn_fail(
                ctx, DTN_ARG,
                "--coalition %s: no player is called \"%s\"%s%s%s; expected players' keys joined by + (P+Q)",
                text, key, near ? " (did you mean \"" : "", near ? near : "", near ? "\"?)" : "");
        }
        *members |= (uint32_t)1 << i;
        at += length;
        if (!*at)
            return DTN_OK;
    }
}

static dtn_status look(dtn_ctx *ctx, dtn_arena *arena, dtn_stability_group *g, const dtn_stability_answer *a)
{
    DTN_ALLOC(ctx, arena, g->view, a->states * DTN_GROUP_CONCEPTS);
    for (size_t s = 0; s < a->states; s++)
        for (int k = 0; k < DTN_GROUP_CONCEPTS; k++) {
            int concept_index = dtn_concept_find(dtn_stability_group_concepts[k]);
            DTN_TRY(dtn_coalition_find(ctx, &g->view[g->views], a->run, g->combination, concept_index,
                                       g->members, a->state[s], REPLIES_MOST));
            g->views++;
        }
    return DTN_OK;
}

static dtn_status add(dtn_ctx *ctx, dtn_arena *arena, dtn_stability_answer *a, uint32_t members)
{
    for (int k = 0; k < a->items; k++) {
        dtn_stability_group *g = &a->group[a->groups++];
        *g = (dtn_stability_group){.members = members, .combination = k};
        DTN_TRY(look(ctx, arena, g, a));
    }
    return DTN_OK;
}

dtn_status dtn_stability_ask_coalitions(dtn_ctx *ctx, dtn_arena *arena, dtn_stability_answer *a,
                                        const dtn_job *job)
{
    int asked = 0, players = a->conflict->players;
    bool all = false;
    for (const dtn_option_value *v = job->options.first; v; v = v->next)
        if (!strcmp(v->name, "coalition")) {
            all |= !strcmp(v->value, "all");
            asked++;
        }
    if (all && (players > 12 || (1 << players) * a->items > GROUPS_MOST))
        return dtn_fail(ctx, DTN_LIMIT, "--coalition all: too many coalitions; name some (P+Q)");
    DTN_ALLOC(ctx, arena, a->group, (all ? 1 << players : asked) * a->items);
    for (uint32_t members = 3; all && members < (uint32_t)1 << players; members++)
        if (members & (members - 1))
            DTN_TRY(add(ctx, arena, a, members));
    for (const dtn_option_value *v = job->options.first; v && !all; v = v->next) {
        uint32_t members;
        if (strcmp(v->name, "coalition") != 0)
            continue;
        DTN_TRY(read_members(ctx, &members, a->conflict, v->value));
        DTN_TRY(add(ctx, arena, a, members));
    }
    return DTN_OK;
}
