/* Stability against groups: a coalition moves by a legal sequence of its members' moves, to a state that all of them
 * prefer; the players outside answer, also by legal sequences.
 * Definitions, for coalition H at s. A coalition improvement is a t in R_H(s) that every member prefers to s. CNASH: there
 * is none. CGMR: after each the others reach some b, by moves, that at least one member does not prefer to s. CSMR: and
 * from b the coalition reaches nothing that all members prefer to s. CSEQ: as CGMR, the others making only moves that
 * improve on the state they leave. A coalition of one makes these R, GMR, SMR and SEQ.
 * Method: breadth-first searches by the definition. Cost: states x coalitions x improvements x moves. Exact.
 * Source: Kilgour, Hipel, Fang & Peng 2001; Inohara & Hipel 2008 (whose sanctions by groups are left out: the others
 * answer each for itself). */
#include "stability/coalition.h"

enum { MOST_PLAYERS = 12 };

const char *dtn_coalition_missing(const dtn_conflict *c)
{
    return c->players <= MOST_PLAYERS ? NULL
                                      : "there are more than 12 players, too many coalitions to go through";
}

dtn_status dtn_coalition_new(dtn_ctx *ctx, dtn_arena *arena, dtn_coalition *out, const dtn_conflict *c,
                             const uint32_t *const *rank)
{
    *out = (dtn_coalition){.conflict = c, .rank = rank};
    DTN_TRY(dtn_search_new(ctx, arena, &out->lead, c));
    DTN_TRY(dtn_search_new(ctx, arena, &out->answer, c));
    return dtn_search_new(ctx, arena, &out->counter, c);
}

/* Whether all members prefer t to s. */
static bool all_gain(const dtn_coalition *w, uint32_t members, size_t s, size_t t)
{
    for (int i = 0; members >> i; i++)
        if (members >> i & 1 && w->rank[i][t] <= w->rank[i][s])
            return false;
    return true;
}

/* Whether the coalition can go on from b to a state that all its members prefer to s; *where = the first such. */
static bool helped_from(dtn_coalition *w, uint32_t members, size_t s, size_t b)
{
    size_t at;
    dtn_search_start(&w->counter, b, members, NULL);
    while (dtn_search_next(&w->counter, &at))
        if (all_gain(w, members, s, w->counter.arrival[at].state))
            return true;
    return false;
}

/* A shortest answer to the coalition's arrival at t. */
static bool answered(dtn_coalition *w, dtn_coalition_rule rule, uint32_t members, size_t s, size_t t,
                     size_t *found)
{
    uint32_t others = (((uint32_t)2 << (w->conflict->players - 1)) - 1) & ~members;
    dtn_search_start(&w->answer, t, others, rule.credible ? w->rank : NULL);
    while (rule.sanctions && dtn_search_next(&w->answer, found)) {
        size_t b = w->answer.arrival[*found].state;
        if (!all_gain(w, members, s, b) && !(rule.countermoves && helped_from(w, members, s, b)))
            return true;
    }
    return false;
}

static dtn_status path_of(dtn_ctx *ctx, dtn_arena *arena, const dtn_conflict_move **out, int *steps,
                          const dtn_search *search, size_t arrival)
{
    dtn_conflict_move *path;
    *steps = dtn_search_steps(search, arrival);
    DTN_ALLOC(ctx, arena, path, *steps);
    dtn_search_path(search, arrival, path, *steps);
    *out = path;
    return DTN_OK;
}

static dtn_status keep(dtn_ctx *ctx, dtn_arena *arena, dtn_reply *reply, const dtn_coalition *w,
                       uint32_t members, size_t lead, bool sanctioned, size_t answer)
{
    *reply = (dtn_reply){.to = w->lead.arrival[lead].state, .coalition = members, .sanctioned = sanctioned};
    DTN_TRY(path_of(ctx, arena, &reply->lead, &reply->leads, &w->lead, lead));
    if (!sanctioned)
        return DTN_OK;
    reply->end = w->answer.arrival[answer].state;
    return path_of(ctx, arena, &reply->path, &reply->steps, &w->answer, answer);
}

dtn_status dtn_coalition_stays(dtn_ctx *ctx, dtn_arena *arena, bool *stays, dtn_reply *reply,
                               dtn_coalition *w, dtn_coalition_rule rule, uint32_t members, size_t s)
{
    size_t lead, answer;
    *stays = true;
    dtn_search_start(&w->lead, s, members, NULL);
    while (dtn_search_next(&w->lead, &lead)) {
        size_t t = w->lead.arrival[lead].state;
        if (!all_gain(w, members, s, t))
            continue;
        DTN_TRY(dtn_ctx_poll(ctx));
        if (answered(w, rule, members, s, t, &answer))
            continue;
        *stays = false;
        return reply ? keep(ctx, arena, reply, w, members, lead, false, 0) : DTN_OK;
    }
    return DTN_OK;
}

dtn_status dtn_coalition_replies(dtn_ctx *ctx, dtn_arena *arena, const dtn_reply **out, size_t *count,
                                 dtn_coalition *w, dtn_coalition_rule rule, uint32_t members, size_t s,
                                 size_t most)
{
    size_t lead, answer = 0, n = 0;
    dtn_reply *reply;
    dtn_search_start(&w->lead, s, members, NULL);
    while (dtn_search_next(&w->lead, &lead))
        n += all_gain(w, members, s, w->lead.arrival[lead].state);
    size_t room = most && most < n ? most : n;
    DTN_ALLOC(ctx, arena, reply, room);
    *count = 0;
    dtn_search_start(&w->lead, s, members, NULL);
    while (*count < room && dtn_search_next(&w->lead, &lead)) {
        size_t t = w->lead.arrival[lead].state;
        if (!all_gain(w, members, s, t))
            continue;
        DTN_TRY(dtn_ctx_poll(ctx));
        bool sanctioned = answered(w, rule, members, s, t, &answer);
        DTN_TRY(keep(ctx, arena, &reply[(*count)++], w, members, lead, sanctioned, answer));
    }
    *out = reply;
    return DTN_OK;
}

static dtn_status run(dtn_ctx *ctx, uint64_t *stable, const dtn_focus *f, dtn_coalition_rule rule)
{
    const dtn_conflict *c = f->engine->conflict;
    const uint32_t *rank[DTN_CONFLICT_MAX_PLAYERS];
    dtn_coalition w;
    for (int j = 0; j < c->players; j++)
        rank[j] = c->player[j].variant[f->variant[j]].rank;
    DTN_TRY(dtn_coalition_new(ctx, ctx->scratch, &w, c, rank));
    for (size_t s = 0; s < c->states; s++) {
        bool stays = true;
        for (uint32_t members = 1; stays && members < (uint32_t)1 << c->players; members++)
            if (members >> f->player & 1)
                DTN_TRY(dtn_coalition_stays(ctx, NULL, &stays, NULL, &w, rule, members, s));
        stable[s / 64] |= (uint64_t)stays << (s % 64);
    }
    return DTN_OK;
}

dtn_status dtn_coalition_run(dtn_ctx *ctx, uint64_t *stable, const dtn_focus *f, dtn_coalition_rule rule)
{
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = run(ctx, stable, f, rule);
    dtn_arena_release(ctx->scratch, mark);
    return status;
}

/* Smaller coalitions first: the shortest reason is the best. */
dtn_status dtn_coalition_explain(dtn_ctx *ctx, dtn_arena *arena, dtn_witness *witness, const dtn_conflict *c,
                                 const uint32_t *const *rank, dtn_coalition_rule rule)
{
    dtn_coalition w;
    dtn_reply *list = NULL;
    size_t total = 0;
    DTN_TRY(dtn_coalition_new(ctx, ctx->scratch, &w, c, rank));
    witness->stable = true;
    for (int pass = 0; pass < 2; pass++) {
        size_t n = 0;
        for (int size = 1; size <= c->players; size++)
            for (uint32_t members = 1; members < (uint32_t)1 << c->players; members++) {
                int members_count = 0;
                for (uint32_t m = members; m; m &= m - 1)
                    members_count++;
                if (members_count != size || !(members >> witness->player & 1))
                    continue;
                const dtn_reply *reply;
                size_t count;
                DTN_TRY(dtn_coalition_replies(ctx, pass ? arena : ctx->scratch, &reply, &count, &w, rule,
                                              members, witness->state, 0));
                for (size_t k = 0; pass && k < count; k++)
                    list[n + k] = reply[k];
                n += count;
            }
        if (!pass)
            DTN_ALLOC(ctx, arena, list, n);
        total = n;
    }
    witness->reply = list;
    witness->replies = witness->improvements = total;
    for (size_t k = 0; k < total && !witness->decisive; k++)
        if (!list[k].sanctioned)
            witness->decisive = &list[k];
    witness->stable = !witness->decisive;
    return DTN_OK;
}
